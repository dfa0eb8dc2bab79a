"""Distribution of misses: how outcomes elsewhere fell about targets, the own target marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Key, finish, open_frame, plain_axes, sentence_only
from yanshi_analysis.charts._place import limits_for_labels, nice_ticks
from yanshi_analysis.charts._rows import columns_needed, paper
from yanshi_analysis.charts.attainment_bullets import MET_COLORS
from yanshi_analysis.labels import region_name, source_line, t, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def miss_distribution(
    table: pd.DataFrame,
    *,
    target: pd.Series | Mapping[str, Any] | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    size: str | None = None,
) -> Axes:
    """Draw how far outcomes ended from their targets, one dot a case.

    Parameters
    ----------
    table : pandas.DataFrame
        The class: rows of `compare.attainment` of measure growth, with `gap` in percentage
        points (outcome minus target).
    target : pandas.Series or mapping, optional
        This district's target: a row of `compare.outcomes_vs_targets` of measure growth. It
        stands at 0, and a second line under the axis says which growth each miss would mean.
    ax, lang, size
        As for `growth_dumbbell`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        For an unknown language or size, or missing columns.

    Examples
    --------
    >>> from yanshi_analysis import compare, data
    >>> facts = data.load_facts()
    >>> cases = compare.attainment(facts)
    >>> pairs = compare.outcomes_vs_targets(facts)
    >>> own = pairs[(pairs["indicator"] == "gdp") & (pairs["measure"] == "growth")].iloc[0]
    >>> ax = miss_distribution(cases[cases["indicator"] == "gdp"], target=own, size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(table, ["indicator", "region", "year", "gap"], "miss_distribution")
    with open_frame(ax, lang, size) as frame:
        rows = table[np.isfinite(table["gap"].astype(float))]
        if "measure" in rows.columns:
            rows = rows[rows["measure"] == "growth"]
        rows = rows.sort_values(["gap", "region", "year"], kind="stable")
        title = findings.misses(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "miss_distribution")
        gaps = rows["gap"].to_numpy(float)
        met = (
            list(rows["met"].astype(str))
            if "met" in rows.columns
            else ["met" if gap >= 0 else "missed" for gap in gaps]
        )
        aim = float(target["target"]) if target is not None else np.nan
        named = rows
        if target is not None and "target_source" in target:
            named = pd.concat([rows, pd.DataFrame({"target_source": [target["target_source"]]})])
        frame.foot(source_line(named, lang))
        key = [
            Key(t(f"chart.case_{name}", lang), face=tint)
            for name, tint in MET_COLORS.items()
            if name in met
        ]
        key.append(Key(t("chart.middle_half", lang), "s", face=style.lighten(style.GRID, 0.5)))
        regions = t("finding.regions", lang, n=rows["region"].nunique())
        subtitle = t(
            "chart.miss_distribution",
            lang,
            n=len(rows),
            regions=regions,
            year=findings.years(rows["year"], lang),
        )
        whose = ""
        if target is not None:
            whose = region_name(str(target["region"]), lang)
            subtitle += t("chart.miss_second_line", lang, region=whose)
        frame.head(title, subtitle, key)
        small, label = frame.type.small, frame.type.label
        below = (2 if np.isfinite(aim) else 1) * _text.line_height(small) + 0.8 * small
        mark = ""
        if target is not None:
            mark = _text.wrap(
                t(
                    "chart.target_of",
                    lang,
                    region=whose,
                    year=findings.years([target["target_year"]], lang),
                    target=findings.pair_value(target, "target", lang),
                ),
                0.42 * frame.width,
                small,
                max_lines=3,
            )
        above = _text.height(mark, small) + 0.9 * small if mark else 0.4 * small
        wide, high = frame.body(bottom=below, top=above, left=0.5 * label, right=0.5 * label)
        axes = frame.ax
        plain_axes(frame)
        half = 0.5 * _text.width(mark, small)
        side = 1.4 * label  # the largest dots have a radius of 1.2
        spans = [(gap, side, side) for gap in (gaps.min(), gaps.max())] + [(0.0, half, half)]
        limits = limits_for_labels(spans, wide)
        low, high_limit = limits or (float(gaps.min()) - 1, float(gaps.max()) + 1)
        per_point = (high_limit - low) / wide
        diameter, columns, stacks = _stack(gaps, per_point, high, 2.4 * label)
        axes.set_xlim(low, high_limit)
        axes.set_ylim(0, high)
        first, last = np.quantile(gaps, [0.25, 0.75])
        axes.axvspan(first, last, color=style.lighten(style.GRID, 0.5), zorder=0, linewidth=0)
        axes.axhline(0, color=style.MUTED, linewidth=1.0, zorder=1)
        axes.axvline(0, color=style.INK, linewidth=0.09 * label, zorder=1)
        x = columns * diameter * per_point
        y = (stacks + 0.5) * diameter
        tints = [MET_COLORS.get(name, style.MUTED) for name in met]
        axes.scatter(
            x,
            y,
            s=(0.86 * diameter) ** 2,
            c=tints,
            linewidths=0,
            zorder=3,
            gid="cases",
            clip_on=False,
        )
        _axis(frame, low, high_limit, wide, aim)
        if mark:
            axes.plot(
                [0],
                [high],
                marker="D",
                markersize=0.75 * label,
                clip_on=False,
                markerfacecolor=style.PAPER,
                markeredgecolor=style.INK,
                linestyle="none",
                markeredgewidth=0.11 * label,
                zorder=5,
                gid="target",
            )
            axes.text(
                0,
                high + 0.75 * label,
                mark,
                ha="center",
                va="bottom",
                fontsize=small,
                weight="bold",
                color=style.INK,
                linespacing=_text.LINE_SPACING,
                gid="target value",
                bbox=paper(0.1),
            )
        items = [
            t(
                "chart.item_miss",
                lang,
                region=region_name(str(row["region"]), lang),
                year=findings.years([row["year"]], lang),
                gap=findings.signed(float(row["gap"]), lang),
            )
            for _, row in rows.iterrows()
        ]
        return finish(frame, rows, "miss_distribution", items)


def _stack(
    gaps: np.ndarray[Any, Any], per_point: float, high: float, largest: float
) -> tuple[float, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Diameter of the dots in points, and each dot's column and place in it."""
    diameter = largest
    while True:
        columns = np.round(gaps / (diameter * per_point))
        stacks = pd.Series(columns).groupby(columns).cumcount().to_numpy()
        if (stacks.max() + 1) * diameter <= 0.96 * high or diameter < 0.5:
            return diameter, columns, stacks
        diameter *= 0.92


def _axis(frame: Any, low: float, high: float, wide: float, aim: float) -> None:
    """Print misses under the axis and, for a target, the growth each would mean."""
    size, lang = frame.type.small, frame.lang

    def words(tick: float) -> str:
        text = (
            value_label(tick, "pp", lang, signed=True) if tick == 0 else findings.signed(tick, lang)
        )
        if tick == 0:
            text = t("chart.on_target", lang)
        if np.isfinite(aim):
            text += "\n" + value_label(round(aim + tick, 2), "%", lang)
        return text

    for most in (9, 7, 5, 4, 3, 2, 1):
        ticks = nice_ticks(low, high, most)
        widest = max((_text.width(words(tick), size) for tick in ticks), default=0.0)
        step = (ticks[1] - ticks[0]) / (high - low) * wide if len(ticks) > 1 else wide
        if widest + size <= step:
            break
    kept = []
    for tick in ticks:
        half = _text.width(words(tick), size) / 2
        place = frame.body_left + (tick - low) / (high - low) * wide
        if place - half >= 0 and place + half <= frame.width:
            kept.append(tick)
    frame.ax.set_xticks(kept, [words(tick) for tick in kept])
    frame.ax.set_yticks([])
    frame.ax.tick_params(axis="x", labelsize=size, pad=0.4 * size, labelcolor=style.MUTED)
    for text in frame.ax.get_xticklabels():
        text.set_linespacing(_text.LINE_SPACING)

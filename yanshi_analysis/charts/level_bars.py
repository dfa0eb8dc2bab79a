"""Level bars: implied base year, outcome and target of quantities, a group for each indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Key, finish, open_frame, sentence_only
from yanshi_analysis.charts._place import limits_for_labels
from yanshi_analysis.charts._rows import colours, columns_needed, lay_rows, percent_axis, unit_words
from yanshi_analysis.labels import number, source_line, t, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SCALES = ("unit", "index")


class _Bar(NamedTuple):
    role: str
    value: float
    low: float
    high: float
    words: tuple[str, ...]


def level_bars(
    table: pd.DataFrame,
    *,
    base: pd.DataFrame | None = None,
    scale: str = "unit",
    ax: Axes | None = None,
    lang: str = "en",
    size: str | None = None,
) -> Axes:
    """Draw levels as bars: outcome filled, target hollow, implied base year light.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`; comparable ones of measure level are drawn, in base
        units.
    base : pandas.DataFrame, optional
        Rows of `compare.implied_base`; where they hold an indicator's year before, it becomes a
        third bar, with the interval that the printed rounding allows.
    scale : str
        ``"unit"`` puts all bars on one axis and wants one `unit_base`; ``"index"`` sets each
        outcome to 100, so that quantities of different units can stand together.
    ax, lang, size
        As for `growth_dumbbell`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        For an unknown language, size or scale, missing columns, or several units with
        ``scale="unit"``.

    Examples
    --------
    >>> from yanshi_analysis import compare, data
    >>> facts = data.load_facts()
    >>> pairs = compare.outcomes_vs_targets(facts)
    >>> visits = pairs[pairs["indicator"] == "tourist_visits"]
    >>> ax = level_bars(visits, base=compare.implied_base(facts), size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        [
            "indicator",
            "region",
            "measure",
            "outcome",
            "target",
            "change",
            "unit_base",
            "year",
            "target_year",
        ],
        "level_bars",
    )
    if scale not in SCALES:
        raise ValueError(f"unknown scale {scale!r}; known: {', '.join(SCALES)}")
    with open_frame(ax, lang, size) as frame:
        rows = table[(table["measure"] == "level") & table["change"].notna()]
        if scale == "index":
            rows = rows[rows["outcome"] > 0]
        title = findings.level_targets(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "level_bars")
        units = list(dict.fromkeys(rows["unit_base"]))
        if scale == "unit" and len(units) > 1:
            raise ValueError(
                f"level_bars with scale='unit' needs one unit, and this table has "
                f"{', '.join(units)}: keep one, as in table[table['unit_base'] == {units[0]!r}], "
                "or pass scale='index'"
            )
        rows = rows.sort_values("change_pct", ascending=False, kind="stable")
        year, aim = (findings.years(rows[column], lang) for column in ("year", "target_year"))
        groups = [_bars(row, base, scale, lang) for _, row in rows.iterrows()]
        used_base = [
            base.loc[[place]] for bars in groups for place in _places(bars) if base is not None
        ]
        sources = pd.concat([rows, *used_base]) if used_base else rows
        frame.foot(source_line(sources, lang))
        key = [
            Key(t("chart.outcome", lang, year=year), "s", face=style.INK),
            Key(t("chart.target", lang, year=aim), "s", face=style.PAPER, edge=style.INK),
        ]
        if used_base:
            before = findings.years(pd.concat(used_base)["year"], lang)
            key.insert(
                0,
                Key(
                    t("chart.implied", lang, year=before), "s", face=style.lighten(style.INK, 0.65)
                ),
            )
        unit = unit_words(units[0], lang) if scale == "unit" else ""
        frame.head(
            title,
            t(f"chart.level_bars_{scale}", lang, unit=unit, year=year, target_year=aim),
            key,
        )
        small = frame.type.small
        most = max(len(bars) for bars, _ in groups)
        layout = lay_rows(
            frame,
            [findings.name_of(row, lang) for _, row in rows.iterrows()],
            priority=[
                abs(change) + 1e9 * bool(places)
                for change, (_, places) in zip(rows["change_pct"].fillna(0), groups, strict=True)
            ],
            least=[len(bars) * 1.35 * small for bars, _ in groups],
            gap=0.7,
            most=5.0 if len(groups) > 1 else 18.0,
            note="chart.shown_first",
        )
        # Thicker bars where there is room.
        thick = min(layout.pitch / (most + 0.6), 4.6 * frame.type.label)
        pad = 0.5 * small
        signs = {bar.value < 0 for bars, _ in groups for bar in bars}
        most_words = (0.66 if len(signs) == 1 else 0.3) * layout.width
        shown = [
            [bar._replace(words=(_fitting(bar.words, most_words, small),)) for bar in bars]
            for bars, _ in (groups[i] for i in layout.shown)
        ]
        spans = [(0.0, 0.0, 0.0)]
        for bars in shown:
            for bar in bars:
                room = pad + _text.width(bar.words[0], small)
                end = bar.high if np.isfinite(bar.high) else bar.value
                negative = bar.value < 0
                spans.append((end, room if negative else 0.0, 0.0 if negative else room))
        limits = limits_for_labels(spans, layout.width)
        assert limits is not None  # every label takes at most two thirds of the axis
        if min(value for value, _, _ in spans) >= 0:
            limits = (0.0, limits[1] - limits[0])
        axis_unit = units[0] if scale == "unit" else ""
        percent_axis(frame, limits, layout.width, axis_unit)
        per_point = (limits[1] - limits[0]) / layout.width
        tints = colours(rows.iloc[layout.shown])
        for bars, y, tint in zip(shown, layout.y, tints, strict=True):
            top = y - thick * len(bars) / 2
            for place, bar in enumerate(bars):
                middle = top + (place + 0.5) * thick
                look = (
                    {"facecolor": style.lighten(tint, 0.6), "edgecolor": "none"}
                    if bar.role == "base"
                    else style.mark(bar.role, tint, "bar")
                )
                frame.ax.barh(
                    [middle],
                    [bar.value],
                    height=0.82 * thick,
                    zorder=2,
                    gid=bar.role,
                    linewidth=0.11 * frame.type.label,
                    **look,
                )
                if np.isfinite(bar.low) and np.isfinite(bar.high):
                    frame.ax.plot(
                        [bar.low, bar.high],
                        [middle, middle],
                        color=style.INK,
                        linewidth=0.09 * frame.type.label,
                        zorder=3,
                        marker="|",
                        markersize=0.36 * thick,
                        gid="interval",
                        markeredgewidth=0.09 * frame.type.label,
                    )
                end = bar.high if np.isfinite(bar.high) else bar.value
                sign = -1 if bar.value < 0 else 1
                frame.ax.text(
                    end + sign * pad * per_point,
                    middle,
                    bar.words[0],
                    va="center_baseline",
                    ha="right" if sign < 0 else "left",
                    fontsize=small,
                    color=style.INK,
                    gid=f"{bar.role} value",
                )
        plotted = rows.iloc[layout.shown]
        items = [
            f"{findings.name_of(row, lang)}: " + ", ".join(bar.words[0] for bar in bars)
            for (_, row), bars in zip(plotted.iterrows(), shown, strict=True)
        ]
        return finish(frame, plotted, "level_bars", items)


def _bars(
    row: pd.Series, base: pd.DataFrame | None, scale: str, lang: str
) -> tuple[list[_Bar], list[object]]:
    """Bars of one indicator, oldest first, and the places of the base rows used."""
    factor = 100 / float(row["outcome"]) if scale == "index" else 1.0
    unit = str(row["unit_base"])
    bars: list[_Bar] = []
    places: list[object] = []
    if base is not None and len(base):
        found = base[
            (base["indicator"] == row["indicator"])
            & (base["region"] == row["region"])
            & (base["year"] == int(row["year"]) - 1)
        ].tail(1)
        for place, before in found.iterrows():
            low, high = float(before["implied_low"]), float(before["implied_high"])
            said = {
                "year": findings.years([before["year"]], lang),
                "value": value_label(float(before["implied"]), unit, lang),
                "low": number(low, unit, lang),
                "high": number(high, unit, lang),
            }
            words = (
                t("chart.implied_value", lang, **said),
                t("chart.implied_short", lang, **said),
                t("chart.year_value", lang, **said),
            )
            bars.append(
                _Bar("base", float(before["implied"]) * factor, low * factor, high * factor, words)
            )
            places.append(place)
    for role, when in (("outcome", "year"), ("target", "target_year")):
        said_value = t(
            "chart.year_value",
            lang,
            year=findings.years([row[when]], lang),
            value=findings.pair_value(row, role, lang),
        )
        bars.append(_Bar(role, float(row[role]) * factor, np.nan, np.nan, (said_value,)))
    return bars, places


def _fitting(words: tuple[str, ...], width: float, size: float) -> str:
    """Take the longest wording that fits, and the shortest one cut if none does."""
    for choice in words:
        if _text.width(choice, size) <= width:
            return choice
    return _text.ellipsize(words[-1], width, size)


def _places(group: tuple[list[_Bar], list[object]]) -> list[object]:
    return group[1]

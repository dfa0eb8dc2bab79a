"""Bullets: what was reached against what was promised, with the tolerance of the wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Key, finish, open_frame, sentence_only
from yanshi_analysis.charts._place import limits_for_labels
from yanshi_analysis.charts._rows import (
    columns_needed,
    lay_rows,
    paper,
    percent_axis,
    side_column,
)
from yanshi_analysis.labels import source_line, t, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MET_COLORS = {
    "met": style.STANCE_COLORS["raised"],
    "met_within_about": style.MUTED,
    "missed": style.STANCE_COLORS["lowered"],
}


def attainment_bullets(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw outcomes against the targets of the same year.

    A filled bar is the outcome, a hollow mark the target and a band behind it what its wording
    tolerates: ± the tolerance for 左右, the span of a range, and from the target on for 以上.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.attainment`. If all are growth rates the axis is % growth; otherwise it
        is the degree of attainment, 计划完成程度, target = 100.
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
    >>> rows = compare.attainment(data.load_facts(), region="410000")
    >>> ax = attainment_bullets(rows, lang="zh", size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        [
            "indicator",
            "measure",
            "region",
            "year",
            "target",
            "outcome",
            "target_qualifier",
            "attainment_pct",
            "tolerance",
            "met",
            "unit_base",
            "gap",
        ],
        "attainment_bullets",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[
            table["target"].notna() & table["outcome"].notna() & table["met"].isin(MET_COLORS)
        ]
        growth = bool((rows["measure"] == "growth").all())
        if not growth:
            rows = rows[np.isfinite(rows["attainment_pct"].astype(float))]
        one = rows["indicator"].nunique() == 1
        title = (
            findings.attainment_by_region
            if one and rows["region"].nunique() > 1
            else findings.attainment_by_indicator
        )(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "attainment_bullets")
        rows = rows.sort_values(
            "gap" if growth else "attainment_pct", ascending=False, kind="stable"
        )
        names = _names(rows, lang)
        frame.foot(source_line(rows, lang))
        key = [
            Key(t(f"chart.outcome_{met}", lang), "s", face=tint)
            for met, tint in MET_COLORS.items()
            if (rows["met"] == met).any()
        ]
        key += [
            Key(t("chart.target_plain", lang), "d", face=style.PAPER, edge=style.INK),
            Key(t("chart.tolerance", lang), "s", face=style.GRID),
        ]
        which = "growth" if growth else "level"
        where = _where(rows, lang)
        frame.head(
            title,
            t(
                f"chart.attainment_bullets_{which}",
                lang,
                where=where,
                year=findings.years(rows["year"], lang),
            ),
            key,
        )
        label, small = frame.type.label, frame.type.small
        gaps = [
            findings.signed(float(row["gap"] if growth else row["attainment_pct"] - 100), lang)
            for _, row in rows.iterrows()
        ]
        heading = t("chart.gap_points" if growth else "chart.gap_percent", lang)
        heading = _text.wrap(heading, 0.2 * frame.width, small, max_lines=2)
        wide = max(
            [_text.width(text, label, bold=True) for text in gaps] + [_text.width(heading, small)]
        )
        layout = lay_rows(
            frame,
            names,
            priority=np.abs(rows["gap"].fillna(0).to_numpy(float)).tolist(),
            right=wide + label,
            top=_text.height(heading, small),
            least=1.3 * label,
            gap=0.35,
            note="chart.shown_gaps",
        )
        shown = rows.iloc[layout.shown]
        thick = min(0.62 * layout.pitch, 1.7 * label)
        bars = [_bullet(row, growth) for _, row in shown.iterrows()]
        words = [
            findings.doubtful(
                value_label(
                    float(row["outcome"]),
                    str(row["unit_base"]),
                    lang,
                    qualifier=findings.cell(row, "outcome_qualifier", "exact"),
                ),
                lang,
                findings.cell(row, "outcome_status", "A"),
            )
            + t("chart.of_target", lang, target=_target_words(row, lang))
            for _, row in shown.iterrows()
        ]
        if max(_text.width(text, small) for text in words) > 0.45 * layout.width:
            words = [text.split(t("chart.of_target", lang, target=""), 1)[0] for text in words]
        pad = 0.5 * small + 0.35 * thick
        spans = []
        for (outcome, low, high, target), text in zip(bars, words, strict=True):
            end = max(outcome, target, high if np.isfinite(high) else target, 0.0)
            spans += [
                (end, 0.0, pad + _text.width(text, small)),
                (min(outcome, low if np.isfinite(low) else target, 0.0), pad, 0.0),
            ]
        limits = limits_for_labels(spans, layout.width)
        if limits is None:
            words = [""] * len(words)
            limits = limits_for_labels([(value, 0.0, 0.0) for value, _, _ in spans], layout.width)
        low_limit, high_limit = limits or (0.0, 1.0)
        percent_axis(frame, (low_limit, high_limit), layout.width)
        per_point = (high_limit - low_limit) / layout.width
        for (outcome, low, high, target), y, text, (_, row) in zip(
            bars, layout.y, words, shown.iterrows(), strict=True
        ):
            first = low if np.isfinite(low) else low_limit
            last = (
                high
                if np.isfinite(high)
                else min(max(target, outcome) + 0.04 * (high_limit - low_limit), high_limit)
            )
            frame.ax.add_patch(
                Rectangle(
                    (first, y - thick / 2),
                    last - first,
                    thick,
                    facecolor=style.GRID,
                    edgecolor="none",
                    zorder=1,
                    gid="tolerance",
                )
            )
            frame.ax.barh(
                [y],
                [outcome],
                height=0.42 * thick,
                color=MET_COLORS[str(row["met"])],
                zorder=2,
                gid="outcome",
            )
            frame.ax.plot(
                [target],
                [y],
                marker="d",
                markersize=0.62 * thick + 0.15 * label,
                markerfacecolor=style.PAPER,
                markeredgecolor=style.INK,
                markeredgewidth=0.11 * label,
                linestyle="none",
                zorder=4,
                gid="target",
            )
            end = max(outcome, target, last, 0.0)
            if text:
                frame.ax.text(
                    end + pad * per_point,
                    y,
                    text,
                    ha="left",
                    va="center_baseline",
                    fontsize=small,
                    color=style.INK,
                    zorder=5,
                    bbox=paper(0.1 * small),
                    gid="outcome value",
                )
        side_column(
            frame,
            layout,
            [gaps[i] for i in layout.shown],
            [style.text_color(MET_COLORS[str(met)]) for met in shown["met"]],
            heading,
            wide,
        )
        items = [
            t(
                "chart.item_attainment",
                lang,
                name=name.replace("\n", " "),
                target=_target_words(row, lang),
                outcome=text or _target_words(row, lang),
                met=t(f"met.{row['met']}", lang),
            )
            for name, text, (_, row) in zip(layout.names, words, shown.iterrows(), strict=True)
        ]
        return finish(frame, shown, "attainment_bullets", items)


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    """Name rows by what tells them apart: indicator, region, year or several of them."""
    parts = []
    if rows["indicator"].nunique() > 1 or (
        rows["region"].nunique() == 1 and rows["year"].nunique() == 1
    ):
        parts.append([findings.name_of(row, lang) for _, row in rows.iterrows()])
    if rows["region"].nunique() > 1:
        parts.append([findings.region_of(row, lang) for _, row in rows.iterrows()])
    if rows["year"].nunique() > 1:
        parts.append([findings.years([year], lang) for year in rows["year"]])
    joiner = t("finding.comma", lang)
    return [joiner.join(texts) for texts in zip(*parts, strict=True)]


def _where(rows: pd.DataFrame, lang: str) -> str:
    if rows["region"].nunique() == 1:
        return findings.region_of(rows.iloc[0], lang)
    return t("finding.regions", lang, n=rows["region"].nunique())


def _target_words(row: pd.Series, lang: str) -> str:
    high = row.get("target_high")
    return value_label(
        float(row["target"]),
        str(row["unit_base"]),
        lang,
        qualifier=str(row["target_qualifier"]),
        value_high=float(high) if high is not None else np.nan,
    )


def _bullet(row: pd.Series, growth: bool) -> tuple[float, float, float, float]:
    """Outcome, tolerated from, tolerated to and target on the axis; infinite where open."""
    target, outcome = float(row["target"]), float(row["outcome"])
    qualifier = str(row["target_qualifier"])
    tolerance = float(row["tolerance"]) if pd.notna(row["tolerance"]) else 0.0
    low, high = target, target
    if qualifier == "about":
        low, high = target - tolerance, target + tolerance
    elif qualifier == "at_least":
        high = np.inf
    elif qualifier == "at_most":
        low = -np.inf
    elif qualifier == "range" and pd.notna(row.get("target_high")):
        high = float(row["target_high"])
    if growth:
        return outcome, low, high, target
    reached = float(row["attainment_pct"])
    if str(row["measure"]) == "growth":
        scale = 100 / (100 + target)
        return (reached, 100 + (low - target) * scale, 100 + (high - target) * scale, 100.0)
    return reached, 100 * low / target, 100 * high / target, 100.0

"""KPI tiles: the headline figures of a year, with the next year's target under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._fit import grid
from yanshi_analysis.charts._frame import Frame, finish, no_axes, open_frame, sentence_only
from yanshi_analysis.charts._rows import colours, columns_needed, stance_tint
from yanshi_analysis.labels import source_line, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Least width of a tile in points, most columns and rows.
_TILES = {"slide": (200, 4, 3), "half": (128, 3, 3), "column": (100, 2, 3)}


def kpi_tiles(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw a tile for each row: name, figure, next year's target and the change.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`, the most important first. Rows that are not
        comparable show their figure and no target. Directions and rows without an outcome are
        left out.
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
    >>> ax = kpi_tiles(compare.outcomes_vs_targets(data.load_facts()), lang="zh", size="half")
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
            "target_year",
            "outcome",
            "target",
            "change",
            "unit_base",
        ],
        "kpi_tiles",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[
            np.isfinite(table["outcome"].astype(float)) & (table["measure"] != "direction")
        ].drop_duplicates(["indicator", "measure"])
        title = findings.headline(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "kpi_tiles")
        frame.foot(source_line(rows, lang))
        frame.head(
            title,
            t(
                "chart.kpi_tiles",
                lang,
                year=findings.years(rows["year"], lang),
                target_year=findings.years(rows["target_year"], lang),
            ),
        )
        small, label = frame.type.small, frame.type.label
        gap = 1.8 * small
        # The name, the figure, two lines of target, and the gap to the next row.
        names = [_name(row, lang) for _, row in rows.iterrows()]
        narrow, most_across, most_down = _TILES[frame.size]
        lines = max(
            _text.wrap(name, narrow, label, max_lines=3).count("\n") + 1 for name in names[:12]
        )
        least = lines * _text.line_height(label) + 1.9 * label + 2 * _text.line_height(small)
        across, down = grid(
            frame,
            len(rows),
            (narrow, least + gap + 1.2 * small, most_across, most_down),
            "chart.shown_first",
        )
        rows = rows.head(across * down)
        wide, high = frame.body()
        no_axes(frame)
        frame.ax.set(xlim=(0, wide), ylim=(high, 0))
        width = (wide - gap * (across - 1)) / across
        height = min((high - gap * (down - 1)) / down, 13 * frame.type.small)
        items = []
        for place, ((_, row), tint) in enumerate(zip(rows.iterrows(), colours(rows), strict=True)):
            x = (place % across) * (width + gap)
            y = (place // across) * (height + gap)
            items.append(_tile(frame, row, tint, x, y, width, height))
        return finish(frame, rows, "kpi_tiles", items)


def _tile(
    frame: Frame, row: pd.Series, tint: str, x: float, y: float, width: float, height: float
) -> str:
    lang, small, label = frame.lang, frame.type.small, frame.type.label
    frame.ax.plot(
        [x, x + width],
        [y, y],
        color=tint,
        linewidth=0.22 * label,
        solid_capstyle="butt",
        gid="rule",
    )
    name = _name(row, lang)
    head = _text.wrap(name, width, label, max_lines=3)
    top = y + 0.5 * small
    _put(frame, x, top, head, label, style.INK, "name")
    top += _text.height(head, label) + 0.2 * small
    figure = findings.pair_value(row, "outcome", lang)
    foot, change, foot_tint = _target(row, lang)
    if change and _text.width(f"{foot} {change}", small) <= width:
        foot = t("chart.tile_change", lang, target=foot, change=change)
    elif foot:
        foot = _text.wrap(foot, width, small, max_lines=1 if change else 2)
        foot += f"\n{change}" if change else ""
    foot_height = _text.height(foot, small) + 0.3 * small if foot else 0.0
    left = y + height - top - foot_height
    largest = min(2.9 * label, left / _text.LINE_SPACING)
    fitting = 0.96 * width / max(_text.width(figure, 100.0, bold=True) / 100, 0.01)
    big = max(min(largest, fitting), 1.05 * small)
    figure = _text.wrap(figure, width, big, bold=True, max_lines=2)
    _put(frame, x, top, figure, big, style.text_color(tint), "figure", "bold")
    top += _text.height(figure, big)
    if foot:
        _put(frame, x, top, foot, small, foot_tint, "target")
    said = findings.pair_value(row, "outcome", lang)
    item = t("chart.item_value", lang, name=name, value=said)
    return t("chart.aside", lang, text=item, aside=foot.replace("\n", " ")) if foot else item


def _name(row: pd.Series, lang: str) -> str:
    if row["measure"] == "growth":
        return t("chart.name_growth", lang, name=findings.name_of(row, lang))
    if row["measure"] == "share":
        return findings.share_name(row, lang)
    return findings.name_of(row, lang)


def _put(
    frame: Frame,
    x: float,
    y: float,
    text: str,
    size: float,
    tint: str,
    gid: str,
    weight: str = "normal",
) -> None:
    frame.ax.text(
        x,
        y,
        text,
        ha="left",
        va="top",
        fontsize=size,
        color=tint,
        weight=weight,
        linespacing=_text.LINE_SPACING,
        gid=gid,
    )


def _target(row: pd.Series, lang: str) -> tuple[str, str, str]:
    """Next year's target, its change, and the colour of the line."""
    if not np.isfinite(float(row["target"])) or row.get("verdict") == "not_comparable":
        return "", "", style.MUTED
    year = findings.years([row["target_year"]], lang)
    target = t(
        "chart.tile_target", lang, year=year, target=findings.pair_value(row, "target", lang)
    )
    change = float(row["change"]) if pd.notna(row["change"]) else np.nan
    if not np.isfinite(change):
        return target, "", style.MUTED
    if row["measure"] == "level":
        percent = float(row["change_pct"]) if pd.notna(row.get("change_pct")) else np.nan
        if not np.isfinite(percent):
            return target, "", style.MUTED
        words = t("finding.percent", lang, value=findings.signed(percent, lang))
        return target, t("chart.bracket", lang, text=words), stance_tint(change)
    words = t("chart.points_short", lang, value=findings.signed(change, lang))
    tint = stance_tint(change, findings.HELD_WITHIN)
    return target, t("chart.bracket", lang, text=words), tint

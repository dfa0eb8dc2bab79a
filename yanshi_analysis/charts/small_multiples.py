"""Small multiples: a panel for each indicator, its levels year by year, theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._fit import grid
from yanshi_analysis.charts._frame import (
    Frame,
    Key,
    finish,
    no_axes,
    open_frame,
    sentence_only,
)
from yanshi_analysis.charts._rows import colours, columns_needed
from yanshi_analysis.labels import source_line, t, theme_name, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Least width and height of a panel in points, most columns and rows.
_PANELS = {"slide": (205, 145, 4, 3), "half": (128, 92, 3, 3), "column": (102, 66, 2, 3)}
_MOST_YEARS = 5


def small_multiples(
    table: pd.DataFrame,
    *,
    base: pd.DataFrame | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    size: str | None = None,
) -> Axes:
    """Draw levels in a panel each: outcomes filled, targets hollow, implied base years light.

    Parameters
    ----------
    table : pandas.DataFrame
        Fact rows of measure level of one region, in base units; each panel has its own scale from
        zero and prints its values. Indicators with most years come first within the themes.
    base : pandas.DataFrame, optional
        Rows of `compare.implied_base`, for years the table does not state.
    ax, lang, size
        As for `growth_dumbbell`. The panels are inset into the Axes that is returned.

    Returns
    -------
    matplotlib.axes.Axes
        The frame; its ``child_axes`` are the panels.

    Raises
    ------
    ValueError
        For an unknown language or size, missing columns, or several regions.

    Examples
    --------
    >>> from yanshi_analysis import data
    >>> facts = data.load_facts()
    >>> own = facts[facts["region"] == "410307"]
    >>> ax = small_multiples(own, size="half")
    >>> len(ax.child_axes) > 3
    True
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        ["indicator", "region", "year", "kind", "measure", "value_base", "unit_base"],
        "small_multiples",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[
            (table["measure"] == "level")
            & np.isfinite(table["value_base"].astype(float))
            & table["kind"].isin(["outcome", "target"])
        ]
        if rows["region"].nunique() > 1:
            raise ValueError(
                "small_multiples draws one region, and this table has "
                f"{rows['region'].nunique()}: keep one, as in table[table['region'] == '410307']"
            )
        rows = rows[rows.groupby("indicator")["year"].transform("nunique") > 1]
        title = findings.levels_over_time(rows, lang)
        if rows.empty:
            return sentence_only(frame, t("chart.no_two_years", lang), rows, "small_multiples")
        implied = _implied(rows, base)
        everything = pd.concat([rows.assign(role=rows["kind"]), implied])
        order = _order(rows)
        frame.foot(source_line(everything, lang))
        key = [
            Key(
                t(f"chart.{kind}_plain", lang),
                "s",
                face=style.INK if kind == "outcome" else style.PAPER,
                edge=style.INK,
            )
            for kind in ("outcome", "target")
            if (rows["kind"] == kind).any()
        ]
        if _shows_base(frame, everything, order):
            key.insert(
                0, Key(t("chart.implied_plain", lang), "s", face=style.lighten(style.INK, 0.65))
            )
        frame.head(
            title,
            t("chart.small_multiples", lang, year=findings.years(everything["year"], lang)),
            key,
        )
        across, down = grid(frame, len(order), _PANELS[frame.size], "chart.shown_panels")
        order = order[: across * down]
        wide, high = frame.body()
        no_axes(frame)
        frame.ax.set(xlim=(0, wide), ylim=(high, 0))
        items = []
        width = _box(frame, 0, across, down, wide, high)[2]
        heads = [
            _text.wrap(
                findings.name_of(everything[everything["indicator"] == name].iloc[0], lang),
                width,
                frame.type.label,
                bold=True,
                max_lines=2,
            )
            for name in order
        ]
        for place, name in enumerate(order):
            panel = everything[everything["indicator"] == name]
            box = _box(frame, place, across, down, wide, high)
            row = place // across
            lines = max(head.count("\n") for head in heads[row * across : (row + 1) * across])
            items.append(_panel(frame, panel, heads[place], lines + 1, box, wide, high))
        shown = everything[everything["indicator"].isin(order)]
        return finish(frame, shown.drop(columns="role"), "small_multiples", items)


def _order(rows: pd.DataFrame) -> list[str]:
    """Sort indicators theme by theme, as the dictionary lists the themes."""
    themes = findings.meaning("theme")
    rank = {name: place for place, name in enumerate(dict.fromkeys(themes.values()))}
    count = rows.groupby("indicator", sort=False)["year"].nunique()
    both = rows.groupby("indicator", sort=False)["kind"].nunique()
    names = list(dict.fromkeys(rows["indicator"]))
    return sorted(
        names,
        key=lambda name: (
            -int(both[name]),
            rank.get(themes.get(name, ""), len(rank)),
            -int(count[name]),
        ),
    )


def _implied(rows: pd.DataFrame, base: pd.DataFrame | None) -> pd.DataFrame:
    """Implied base years that the table does not state, as fact rows."""
    if base is None or base.empty:
        return pd.DataFrame(columns=[*rows.columns, "role"])
    found = base[base["region"].isin(rows["region"]) & base["indicator"].isin(rows["indicator"])]
    stated = set(zip(rows["indicator"], rows["year"], strict=True))
    fresh = [
        (name, year) not in stated
        for name, year in zip(found["indicator"], found["year"], strict=True)
    ]
    found = found[np.array(fresh, dtype=bool)]
    return pd.DataFrame(
        {
            "indicator": found["indicator"],
            "region": found["region"],
            "year": found["year"],
            "kind": "outcome",
            "measure": "level",
            "value_base": found["implied"],
            "unit_base": found["unit_base"],
            "source": found["source"],
            "qualifier": "about",
            "low": found["implied_low"],
            "high": found["implied_high"],
            "role": "base",
        }
    )


def _shows_base(frame: Frame, everything: pd.DataFrame, order: list[str]) -> bool:
    """Tell whether a panel has room for a base year."""
    narrow, _, most_across, most_down = _PANELS[frame.size]
    across = max(1, min(most_across, int(frame.width // narrow), len(order)))
    width = _box(frame, 0, across, 1, frame.width, 1.0)[2]
    for name in order[: across * most_down]:
        panel = _latest(everything[everything["indicator"] == name])
        words = _words(panel, frame.lang, width, frame.type.small)
        if (panel.tail(len(words))["role"] == "base").any():
            return True
    return False


def _latest(panel: pd.DataFrame) -> pd.DataFrame:
    """Keep the last years of one indicator, each once."""
    panel = panel.sort_values(["year", "role"], kind="stable")
    return panel.drop_duplicates(["year", "kind"], keep="last").tail(_MOST_YEARS)


def _box(
    frame: Frame, place: int, across: int, down: int, wide: float, high: float
) -> tuple[float, float, float, float]:
    """Left, top, width and height of a panel in points, from the upper left corner."""
    gap = 2.0 * frame.type.small
    width = (wide - gap * (across - 1)) / across
    height = (high - 0.9 * gap * (down - 1)) / down
    column, row = place % across, place // across
    return column * (width + gap), row * (height + 0.9 * gap), width, height


def _panel(
    frame: Frame,
    panel: pd.DataFrame,
    head: str,
    lines: int,
    box: tuple[float, float, float, float],
    wide: float,
    high: float,
) -> str:
    lang, small, label = frame.lang, frame.type.small, frame.type.label
    x, top, width, height = box
    panel = _latest(panel)
    printed = _words(panel, lang, width, small)
    panel = panel.tail(len(printed))
    name = findings.name_of(panel.iloc[0], lang)
    frame.ax.text(
        x,
        top,
        head,
        ha="left",
        va="top",
        fontsize=label,
        weight="bold",
        color=style.INK,
        linespacing=_text.LINE_SPACING * 0.95,
        gid="panel title",
    )
    used = _text.height(head, label)
    roomy = frame.size != "column"
    theme = _theme(str(panel["indicator"].iloc[0]), lang) if roomy else ""
    if theme:
        frame.ax.text(
            x,
            top + used,
            _text.ellipsize(theme, width, small),
            ha="left",
            va="top",
            fontsize=small,
            color=style.MUTED,
            gid="theme",
        )
    # The bars of one row of panels stand on one line and start at one height.
    used = lines * _text.line_height(label) + (roomy * _text.line_height(small)) + 0.3 * small
    floor = _text.line_height(small) + 0.4 * small
    inner = (
        x / wide,
        1 - (top + height - floor) / high,
        width / wide,
        max(height - used - floor, small) / high,
    )
    axes = frame.ax.inset_axes(inner)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.grid(False)
    axes.set_facecolor("none")
    axes.axhline(0, color=style.MUTED, linewidth=1.0, zorder=1)
    values = panel["value_base"].to_numpy(float)
    tint = colours(panel)[0]
    room = max(height - used - floor, small)
    scale = _limits(values, room, _text.line_height(small) + 0.4 * small)
    axes.set_ylim(*scale)
    axes.set_xlim(-0.5, len(panel) - 0.5)
    axes.set_yticks([])
    said = []
    for place, ((_, row), words) in enumerate(zip(panel.iterrows(), printed, strict=True)):
        value, role = float(row["value_base"]), str(row["role"])
        look = (
            {"facecolor": style.lighten(tint, 0.6), "edgecolor": "none"}
            if role == "base"
            else style.mark(role, tint, "bar")
        )
        axes.bar([place], [value], width=0.62, zorder=2, linewidth=0.1 * label, gid=role, **look)
        axes.text(
            place,
            value,
            words,
            ha="center",
            va="top" if value < 0 else "bottom",
            fontsize=small,
            color=style.INK,
            gid=f"{role} value",
            linespacing=_text.LINE_SPACING,
        )
        said.append(f"{row['year']} {findings.fact_value(row, lang)}")
    ticks = [str(year) for year in panel["year"]]
    axes.set_xticks(range(len(panel)), ticks)
    axes.tick_params(axis="x", length=0, labelsize=small, pad=0.3 * small, labelcolor=style.MUTED)
    return t("chart.item_value", lang, name=name, value=t("chart.comma", lang).join(said))


def _limits(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], room: float, words: float
) -> tuple[float, float]:
    """Limits from zero that leave room for the words at the ends of the bars."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    span = (high - low) or 1.0
    sides = (1 if high > 0 or low == 0 else 0) + (1 if low < 0 else 0)
    left = max(room - sides * words, 0.25 * room)
    pad = words * span / left
    return low - (pad if low < 0 else 0.0), high + (pad if high > 0 or low == 0 else 0.0)


def _words(panel: pd.DataFrame, lang: str, width: float, size: float) -> list[str]:
    """Values with unit, without it or with fewer digits, alike for a panel as its slots allow.

    If nothing fits, the oldest years are left out: there are as many texts as years to draw.
    """
    count = len(panel)
    while True:
        rows = panel.tail(count)
        slot = width / count - 0.3 * size
        for digits in (None, 3, 2):
            for named in (True, False):
                words = [_value(row, lang, digits, named=named) for _, row in rows.iterrows()]
                if all(_text.width(word, size) <= slot for word in words):
                    return words
        if count <= 2:
            return [_text.ellipsize(word, slot, size) for word in words]
        count -= 1


def _value(row: pd.Series, lang: str, digits: int | None, *, named: bool) -> str:
    qualifier = findings.cell(row, "qualifier", "exact")
    qualifier = "exact" if qualifier == "range" or row["role"] == "base" else qualifier
    words = value_label(
        float(row["value_base"]),
        str(row["unit_base"]) if named else "",
        lang,
        qualifier=qualifier,
        digits=digits,
        unit=findings.cell(row, "unit") if named else "",
    )
    return findings.doubtful(words, lang, findings.cell(row, "status", "A"))


def _theme(indicator: str, lang: str) -> str:
    theme = findings.meaning("theme").get(indicator)
    return theme_name(theme, lang) if theme else ""

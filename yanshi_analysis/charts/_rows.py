"""Charts made of named rows: how many fit, where they stand, what is written beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from yanshi_analysis import style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._fit import fit_rows
from yanshi_analysis.charts._frame import Frame, plain_axes
from yanshi_analysis.charts._place import limits_for_labels, nice_ticks
from yanshi_analysis.findings import meaning
from yanshi_analysis.labels import has, t, value_label

__all__ = ["Layout", "colours", "columns_needed", "draw_pairs", "lay_rows", "percent_axis"]

_LABEL_SHARE = {"slide": 0.30, "half": 0.34, "column": 0.37}


def columns_needed(table: pd.DataFrame, needed: Sequence[str], chart: str) -> None:
    """Raise a ValueError that helps if a table cannot be drawn.

    Parameters
    ----------
    table : pandas.DataFrame
    needed : sequence of str
        Columns the chart reads.
    chart : str
        Name of the chart function, for the message.

    Raises
    ------
    TypeError
        If it is no DataFrame.
    ValueError
        If columns are missing; the message names them.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{chart} draws a pandas DataFrame, not {type(table).__name__}")
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise ValueError(
            f"{chart} needs the columns {', '.join(missing)}, which this table lacks; it has "
            f"{', '.join(map(str, table.columns)) or 'none'}"
        )


def colours(rows: pd.DataFrame) -> list[str]:
    """Colour of each row: its own `domain`, or the one the dictionary gives its indicator."""
    other = style.DOMAIN_COLORS["economy"]
    return [style.DOMAIN_COLORS.get(domain, other) for domain in domains_of(rows)]


def domains_of(rows: pd.DataFrame) -> list[str]:
    """Domain of each row: its own `domain`, or the one the dictionary gives its indicator."""
    if "domain" in rows.columns:
        return [str(domain) for domain in rows["domain"]]
    known = meaning("domain")
    return [known.get(str(item), "") for item in rows["indicator"]]


class Layout(NamedTuple):
    """Rows that fit: their places in the table, in display order, and centres in points."""

    shown: list[int]
    y: list[float]
    names: list[str]
    pitch: float
    width: float
    height: float


def lay_rows(
    frame: Frame,
    names: Sequence[str],
    *,
    priority: Sequence[float] | None = None,
    right: float = 0,
    bottom: float | None = None,
    top: float = 0,
    least: float | Sequence[float] = 0,
    gap: float = 0.7,
    most: float = 5.0,
    share: float | None = None,
    note: str = "chart.shown_first",
) -> Layout:
    """Wrap row names, find how many rows fit and put the Axes beside them.

    Parameters
    ----------
    frame : Frame
    names : sequence of str
        Row names in display order.
    priority : sequence of float, optional
        The larger the more the row deserves to be kept; the default keeps the first.
    right, bottom, top : float
        Points to leave around the Axes (bottom defaults to one line of tick labels).
    least : float or sequence of float
        Least height of a row in points, whatever its text; one for all or one a row.
    gap, most : float
        Least and largest distance between rows, in multiples of the label size.
    share : float, optional
        Part of the width that names may take.
    note : str
        Key of the note that says how many rows are shown when not all are.

    Returns
    -------
    Layout
    """
    size = frame.type.label
    limit = (share or _LABEL_SHARE[frame.size]) * frame.width
    wrapped = [_text.wrap(name, limit, size, max_lines=3) for name in names]
    floors = [least] * len(names) if isinstance(least, (int, float)) else list(least)
    heights = [
        max(_text.height(name, size), floor) for name, floor in zip(wrapped, floors, strict=True)
    ]
    order = list(range(len(names)))
    if priority is not None:
        order.sort(key=lambda i: (-priority[i], i))
    if bottom is None:
        bottom = _text.line_height(frame.type.small) + 0.6 * frame.type.small

    def fit(room: float) -> tuple[int, Callable[[Sequence[float]], list[float]], float]:
        return fit_rows([heights[i] for i in order], room, gap * size, most * size)

    room = frame.room - bottom - top
    count, place, used = fit(room)
    if count < len(names):
        words = t(note, frame.lang, n=len(names), total=len(names))
        room -= frame.note_height(words)
        count, place, used = fit(room)
        frame.note(t(note, frame.lang, n=count, total=len(names)))
    shown = sorted(order[:count])
    kept = [wrapped[i] for i in shown]
    left = max((_text.width(name, size) for name in kept), default=0.0) + 0.9 * size
    used = min(used, room)
    spare = max(frame.room - top - bottom - used, 0.0)
    wide, high = frame.body(left=left, right=right, bottom=bottom + spare, top=top)
    y = place([heights[i] for i in shown])
    plain_axes(frame)
    frame.ax.set_ylim(high, 0)
    frame.ax.set_yticks(y, kept)
    frame.ax.tick_params(axis="y", labelsize=size, pad=0.7 * size, labelcolor=style.INK)
    for label in frame.ax.get_yticklabels():
        label.set_multialignment("right")
        label.set_linespacing(_text.LINE_SPACING * 0.93)
    pitch = float(np.diff(y).min()) if len(y) > 1 else used
    return Layout(shown, y, kept, pitch, wide, high)


def paper(pad: float = 1.0) -> dict[str, Any]:
    """Keep the grid from running through a text: a box of the paper's colour behind it."""
    return {"facecolor": style.PAPER, "edgecolor": "none", "pad": pad}


def guides(frame: Frame, layout: Layout) -> None:
    """Draw the horizontal grid: one fine line a row."""
    frame.ax.hlines(
        layout.y,
        0,
        1,
        transform=frame.ax.get_yaxis_transform(),
        color=style.GRID,
        linewidth=0.8,
        zorder=0,
    )


def percent_axis(
    frame: Frame,
    limits: tuple[float, float],
    width: float,
    unit: str = "%",
    *,
    signed: bool = False,
    zero: bool = True,
) -> None:
    """Set the limits of the value axis and print its ticks without overlap or overhang."""
    ax, size = frame.ax, frame.type.small
    low, high = limits
    ax.set_xlim(low, high)

    def words(value: float) -> str:
        return value_label(value, unit, frame.lang, signed=signed)

    ticks: list[float] = []
    for most in (7, 6, 5, 4, 3, 2, 1):
        ticks = nice_ticks(low, high, most)
        widths = [_text.width(words(tick), size) for tick in ticks]
        step = (ticks[1] - ticks[0]) / (high - low) * width if len(ticks) > 1 else width
        if max(widths, default=0) + 1.2 * size <= step:
            break
    right_room = frame.width - frame.body_left - width
    kept = []
    for tick in ticks:
        half = _text.width(words(tick), size) / 2
        x = (tick - low) / (high - low) * width
        if x - half >= -frame.body_left and x + half <= width + max(right_room, 0):
            kept.append(tick)
    ax.set_xticks(kept, [words(tick) for tick in kept])
    ax.tick_params(axis="x", labelsize=size, pad=0.4 * size, labelcolor=style.MUTED)
    if zero and low <= 0 <= high:
        ax.axvline(0, color=style.MUTED, linewidth=1.0, zorder=1)


def side_column(
    frame: Frame,
    layout: Layout,
    texts: Sequence[str],
    tints: Sequence[str],
    heading: str,
    wide: float,
) -> None:
    """Print a column of values at the right end of the rows, under a heading."""
    size = frame.type.label
    x = frame.fraction_x(frame.width)
    for y, text, tint in zip(layout.y, texts, tints, strict=True):
        frame.ax.text(
            x,
            y,
            text,
            transform=frame.beside(),
            ha="right",
            va="center",
            color=tint,
            fontsize=size,
            weight="bold",
            gid="change",
        )
    frame.words(
        frame.width,
        frame.height - frame.top,
        heading,
        ha="right",
        va="top",
        size=frame.type.small,
        color=style.MUTED,
        gid="heading",
    )


def stance_tint(change: float, held: float = 0.0) -> str:
    """Text colour of a change."""
    if not np.isfinite(change) or abs(change) <= held:
        return style.MUTED
    return style.text_color(style.STANCE_COLORS["raised" if change > 0 else "lowered"])


class Pair(NamedTuple):
    """One row of a dumbbell: filled and hollow value with their words, and the change."""

    name: str
    filled: float
    hollow: float
    filled_words: str
    hollow_words: str
    change: str
    tint: str
    colour: str


def _spans(
    shown: Sequence[Pair], pad: float, radius: float, small: float
) -> tuple[list[tuple[float, float, float]], list[tuple[str, str]]]:
    """Points each mark and its words need, and the side the words stand on."""
    spans: list[tuple[float, float, float]] = []
    sides: list[tuple[str, str]] = []
    for pair in shown:
        first, second = _text.width(pair.filled_words, small), _text.width(pair.hollow_words, small)
        target_right = pair.hollow >= (pair.filled if np.isfinite(pair.filled) else 0)
        sides.append(("left", "right") if target_right else ("right", "left"))
        if np.isfinite(pair.filled):
            spans.append(
                (pair.filled, pad + first, radius)
                if target_right
                else (pair.filled, radius, pad + first)
            )
        if np.isfinite(pair.hollow):
            spans.append(
                (pair.hollow, radius, pad + second)
                if target_right
                else (pair.hollow, pad + second, radius)
            )
    return spans, sides


def _fit_words(
    shown: list[Pair], width: float, pad: float, radius: float, small: float
) -> tuple[list[Pair], tuple[float, float], list[tuple[str, str]]]:
    """Leave out the words of outcomes, then of targets, where the axis is too short for them."""
    spans, sides = _spans(shown, pad, radius, small)
    for target_words in (True, False):
        limits = limits_for_labels(spans, width)
        if limits is not None:
            return shown, limits, sides
        shown = [
            pair._replace(filled_words="", hollow_words=pair.hollow_words if target_words else "")
            for pair in shown
        ]
        spans, sides = _spans(shown, pad, radius, small)
    limits = limits_for_labels(spans, width)
    values = [value for value, _, _ in spans]
    return shown, limits or (min(values, default=0.0), max(values, default=1.0)), sides


def draw_pairs(
    frame: Frame,
    pairs: Sequence[Pair],
    heading: str,
    *,
    priority: Sequence[float],
    note: str,
) -> list[int]:
    """Draw a dumbbell a row; returns the places of the shown rows.

    A value that is NaN is left out. The number stands on the outer side of its mark, so that
    the two never meet.
    """
    label, small = frame.type.label, frame.type.small
    words = [pair.change for pair in pairs]
    limit = max(0.2 * frame.width, *(_text.width(word, label, bold=True) for word in words))
    heading = _text.wrap(heading, limit, small, max_lines=2) if any(words) else ""
    wide = max(
        [_text.width(word, label, bold=True) for word in words] + [_text.width(heading, small)]
    )
    # A column of values must leave the marks at least a third of the width.
    names = max(_text.width(pair.name, label) for pair in pairs)
    left = min(names, _LABEL_SHARE[frame.size] * frame.width)
    if frame.width - left - wide - 2 * label < 0.36 * frame.width:
        words, heading = [""] * len(pairs), ""
    right = wide + 1.0 * label if any(words) else 0.0
    top = _text.height(heading, small) if heading else 0.0
    layout = lay_rows(
        frame,
        [pair.name for pair in pairs],
        priority=priority,
        right=right,
        top=top,
        least=1.5 * label,
        note=note,
    )
    shown = [pairs[i] for i in layout.shown]
    radius = 0.5 * label
    pad = radius + 0.35 * small
    shown, (low, high), sides = _fit_words(shown, layout.width, pad, radius, small)
    guides(frame, layout)
    percent_axis(frame, (low, high), layout.width)
    per_point = (high - low) / layout.width
    for pair, y, side in zip(shown, layout.y, sides, strict=True):
        if np.isfinite(pair.filled) and np.isfinite(pair.hollow):
            frame.ax.plot(
                [pair.filled, pair.hollow],
                [y, y],
                color=style.lighten(pair.colour, 0.45),
                linewidth=0.28 * label,
                solid_capstyle="butt",
                zorder=2,
            )
        for value, role, text, where in (
            (pair.filled, "outcome", pair.filled_words, side[0]),
            (pair.hollow, "target", pair.hollow_words, side[1]),
        ):
            if not np.isfinite(value):
                continue
            frame.ax.plot(
                [value],
                [y],
                **style.mark(role, pair.colour),
                markersize=2 * radius * (0.86 if role == "target" else 0.8),
                markeredgewidth=0.16 * label,
                zorder=4 if role == "target" else 3,
                gid=role,
            )
            sign = -1 if where == "left" else 1
            frame.ax.text(
                value + sign * pad * per_point,
                y,
                text,
                ha="right" if sign < 0 else "left",
                va="center",
                fontsize=small,
                color=style.INK,
                gid=f"{role} value",
                zorder=5,
                bbox=paper(0.15 * small),
            )
    if right:
        side_column(
            frame,
            layout,
            [pair.change for pair in shown],
            [pair.tint for pair in shown],
            heading,
            wide,
        )
    return layout.shown


def unit_words(unit: str, lang: str) -> str:
    """Name of a base unit for a subtitle."""
    key = f"chart.unit_{unit}"
    return t(key, lang) if has(key) else unit

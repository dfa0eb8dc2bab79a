"""How many rows or boxes fit into a frame; what does not fit stays in the table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from yanshi_analysis.charts._frame import Frame
from yanshi_analysis.labels import t


def grid(
    frame: Frame, count: int, least: tuple[float, float, int, int], note: str
) -> tuple[int, int]:
    """Columns and rows of equal boxes that fit, with a note if not all do.

    Parameters
    ----------
    frame : Frame
    count : int
        Boxes wanted.
    least : tuple
        Least width and height of a box in points, most columns, most rows.
    note : str
        Key of the note that says how many of how many are shown.
    """
    wide, high, most_across, most_down = least
    across = max(1, min(most_across, int(frame.width // wide), count))

    def rows(room: float) -> int:
        return max(1, min(most_down, int(room // high), math.ceil(count / across)))

    down = rows(frame.room)
    if across * down < count:
        room = frame.room - frame.note_height(t(note, frame.lang, n=count, total=count))
        down = rows(room)
        frame.note(t(note, frame.lang, n=across * down, total=count))
    while across > 1 and (across - 1) * down >= count:
        across -= 1
    return across, down


def fit_rows(
    heights: Sequence[float], room: float, gap: float, most: float
) -> tuple[int, Callable[[Sequence[float]], list[float]], float]:
    """Work out how many rows fit.

    Parameters
    ----------
    heights : sequence of float
        Height of each row's text in points, the most important row first.
    room : float
        Points there are.
    gap : float
        Least distance between rows in points.
    most : float
        Largest distance between rows in points, so that one row does not fill a slide.

    Returns
    -------
    shown : int
        Rows that fit, at least one.
    place : callable
        Heights of the shown rows in display order -> centres in points from the top.
    used : float
        Points the rows take.
    """
    shown, total = 0, 0.0
    for high in heights:
        if shown and total + high + gap > room:
            break
        total += high + gap
        shown += 1
    extra = 0.0
    if shown:
        extra = min(max(room - total, 0.0) / shown, max(most - gap, 0.0))
    step = gap + extra

    def place(shown_heights: Sequence[float]) -> list[float]:
        centres, y = [], 0.0
        for high in shown_heights:
            centres.append(y + (high + step) / 2)
            y += high + step
        return centres

    return shown, place, total + extra * shown

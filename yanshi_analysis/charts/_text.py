"""Measure and wrap text before it is drawn: Chinese, English and both in one line.

Widths come from the fonts' own advance widths, so that a layout can be worked out in points
without drawing the figure first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matplotlib import rcParams
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

__all__ = ["ellipsize", "height", "line_height", "width", "wrap"]

LINE_SPACING = 1.22
"""Height of a line of text, in multiples of the font size, as drawn by matplotlib."""

ELLIPSIS = "…"

HINTING = (1.03, 0.3)
"""Screens round each letter's width to whole pixels: lines come out a few per cent longer there,
the more so the smaller the type. Factor, and what is added to it for type of one point."""

# Kinsoku: what may not begin a line of Chinese, and what may not end one.
_NOT_FIRST = frozenset("，。、；：！？）》」』】〕％%…”’·,.;:!?)]}°")
_PAUSES = frozenset("，；：、,;:")
_NOT_LAST = frozenset("（《「『【〔“‘([{")
# The inner part of a word is one piece: Latin letters, or a number with its sign and unit.
_PIECE = re.compile(
    r"\s+"
    r"|[≥≤≈±+−-]?\s?\d[\d,.]*(?:–[\d,.]+)?\s?(?:%|万亿元|亿元|万元|[\u4e00-\u9fff])?"
    r"|[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+[ ]?"
    r"|."
)


@lru_cache(maxsize=64)
def _fonts(family: tuple[str, ...], weight: str) -> tuple[FT2Font, ...]:
    fonts = []
    for name in family:
        path = findfont(FontProperties(family=[name], weight=weight))
        fonts.append(FT2Font(str(path)))
    return tuple(fonts)


@lru_cache(maxsize=16384)
def _advance(char: str, family: tuple[str, ...], weight: str) -> float:
    """Advance width of one character in multiples of the font size."""
    code = ord(char)
    fonts = _fonts(family, weight)
    for font in fonts:
        if font.get_char_index(code):
            glyph = font.load_char(code, flags=LoadFlags.NO_SCALE)
            return float(glyph.horiAdvance) / float(font.units_per_EM)
    return 1.0 if code >= 0x2E80 else 0.6


def _family() -> tuple[str, ...]:
    return tuple(str(name) for name in rcParams["font.family"])


def width(text: str, size: float, *, bold: bool = False) -> float:
    r"""Width of the widest line of a text, in points.

    Parameters
    ----------
    text : str
        One line or several, separated by ``\\n``.
    size : float
        Font size in points.
    bold : bool
        Measure the bold weight.

    Returns
    -------
    float
        Width in points; 0 for an empty text.

    Examples
    --------
    >>> width("", 10)
    0.0
    >>> width("二里头", 10) > width("二里", 10)
    True
    """
    family = _family()
    weight = "bold" if bold else "normal"
    lines = text.split("\n")
    widest = max(sum(_advance(char, family, weight) for char in line) for line in lines)
    return float(widest) * (size * HINTING[0] + HINTING[1])


def line_height(size: float) -> float:
    """Height of one line in points for a font size in points."""
    return size * LINE_SPACING


def height(text: str, size: float) -> float:
    r"""Height of a text in points, counting its lines.

    Examples
    --------
    >>> height("a\nb", 10) == 2 * line_height(10)
    True
    """
    return (text.count("\n") + 1) * line_height(size)


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end."""
    pieces: list[str] = []
    for piece in _PIECE.findall(" ".join(text.split())):
        sticks = pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if sticks or (pieces and piece == " "):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _chop(piece: str, limit: float, size: float, bold: bool) -> list[str]:
    """Cut a single piece that is wider than a whole line."""
    parts, current = [], ""
    for char in piece:
        if current and width(current + char, size, bold=bold) > limit:
            parts.append(current)
            current = ""
        current += char
    return [*parts, current]


def _greedy(pieces: list[str], widths: list[float], limit: float) -> list[str]:
    lines, current, used = [], "", 0.0
    for piece, wide in zip(pieces, widths, strict=True):
        if current and used + wide > limit:
            lines.append(current.rstrip())
            current, used = piece.lstrip(), wide
        else:
            current += piece
            used += wide
    lines.append(current.rstrip())
    return lines


def _at_a_pause(pieces: list[str], limit: float, size: float, bold: bool) -> list[str] | None:
    """Break into two lines behind a comma or the like, if that leaves neither much shorter."""
    best: tuple[float, list[str]] | None = None
    for place in range(1, len(pieces)):
        if pieces[place - 1].rstrip()[-1:] not in _PAUSES and pieces[place][0] not in "（(":
            continue
        halves = ["".join(pieces[:place]).rstrip(), "".join(pieces[place:]).strip()]
        wide = [width(half, size, bold=bold) for half in halves]
        if max(wide) <= limit and min(wide) >= 0.35 * max(wide):
            uneven = max(wide) - min(wide)
            if best is None or uneven < best[0]:
                best = uneven, halves
    return best[1] if best else None


def wrap(
    text: str,
    limit: float,
    size: float,
    *,
    bold: bool = False,
    max_lines: int | None = None,
    balance: bool = True,
) -> str:
    r"""Break a text into lines no wider than a limit.

    Chinese breaks between characters except before closing and after opening punctuation;
    English breaks at spaces; a number stays with its unit. A word wider than the line is cut.

    Parameters
    ----------
    text : str
        Any text; white space is collapsed.
    limit : float
        Widest line allowed, in points.
    size : float
        Font size in points.
    bold : bool
        Measure the bold weight.
    max_lines : int, optional
        Lines allowed; what is over is cut and marked with ``…``.
    balance : bool
        Make the lines about equally long without adding one.

    Returns
    -------
    str
        The text with ``\\n`` between lines.

    Examples
    --------
    >>> from yanshi_analysis.style import use_style
    >>> with use_style("zh"):
    ...     wrap("旅游收入增长（%）", 60, 10)
    '旅游收入\n增长（%）'
    >>> wrap("Value added of industry", 1000, 10)
    'Value added of industry'
    """
    limit = max(limit, 1.5 * size)
    pieces: list[str] = []
    widths: list[float] = []
    for piece in _pieces(text):
        wide = width(piece, size, bold=bold)
        if width(piece.rstrip(), size, bold=bold) > limit:
            parts = _chop(piece, limit, size, bold)
            pieces += parts
            widths += [width(part, size, bold=bold) for part in parts]
        else:
            pieces.append(piece)
            widths.append(wide)
    lines = _greedy(pieces, widths, limit)
    if max_lines is not None and len(lines) > max_lines:
        kept = lines[:max_lines]
        kept[-1] = ellipsize(kept[-1] + ELLIPSIS, limit, size, bold=bold, force=True)
        return "\n".join(kept)
    if balance and len(lines) > 1:
        low, high = limit / 2, limit
        for _ in range(7):
            middle = (low + high) / 2
            trial = _greedy(pieces, widths, middle)
            fits = len(trial) <= len(lines) and all(
                width(line, size, bold=bold) <= limit for line in trial
            )
            if fits:
                high, lines = middle, trial
            else:
                low = middle
    if balance and len(lines) == 2:
        lines = _at_a_pause(pieces, limit, size, bold) or lines
    return "\n".join(lines)


def ellipsize(
    text: str, limit: float, size: float, *, bold: bool = False, force: bool = False
) -> str:
    """Cut one line to a width and mark the cut with ``…``.

    Examples
    --------
    >>> from yanshi_analysis.style import use_style
    >>> with use_style("zh"):
    ...     ellipsize("偃师", 100, 10), ellipsize("洛阳市偃师区", 45, 10)
    ('偃师', '洛阳市…')
    """
    if width(text, size, bold=bold) <= limit:
        return text
    body = text.removesuffix(ELLIPSIS) if force else text
    while body and width(body + ELLIPSIS, size, bold=bold) > limit:
        body = body[:-1]
    return body.rstrip(" ,，、;；") + ELLIPSIS

"""What all charts share: title, subtitle, key and source line, laid out in points.

A chart opens a frame, gives it the words of its head and foot, says how much room its labels
need and draws into what is left. Nothing is squeezed: rows that do not fit are left to the
table, and the chart says how many are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from yanshi_analysis import style
from yanshi_analysis.charts import _text
from yanshi_analysis.labels import check_lang, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ChartInfo", "Frame", "Key", "describe", "finish", "open_frame", "sentence_only"]


class ChartInfo(NamedTuple):
    """What a chart says, kept on its Axes.

    Attributes
    ----------
    title, subtitle, source : str
        The words at the top and the bottom, unwrapped and complete.
    alt : str
        A description for readers who do not see the picture.
    rows : pandas.DataFrame
        The plotted rows.
    lang : str
        ``"en"`` or ``"zh"``.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    rows: pd.DataFrame
    lang: str


class Type(NamedTuple):
    """Font sizes of a frame in points."""

    title: float
    subtitle: float
    label: float
    small: float
    source: float
    margin: float


def _type(size: str) -> Type:
    """Type of a named size; nothing is smaller than 7 points."""
    named = style.SIZES[size]
    small = max(named.small, 7.0)
    margin = {"slide": 36.0, "half": 14.0, "column": 8.0}[size]
    return Type(named.title, named.text, named.text * 0.95, small, max(0.92 * small, 7.0), margin)


_TITLE_LINES = {"slide": 3, "half": 4, "column": 5}


_LINES: dict[str, Literal["-", "--", "none"]] = {"-": "-", "--": "--", "": "none"}


class Key(NamedTuple):
    """One entry of the key line: the words and how the mark beside them looks."""

    words: str
    marker: str = "o"
    face: str = "none"
    edge: str = "none"
    line: str = ""
    alpha: float = 1.0


@dataclass
class Frame:
    """A rectangle of a figure being laid out, in points from its lower left corner."""

    ax: Axes
    figure: Figure
    lang: str
    size: str
    type: Type
    x0: float
    y0: float
    width: float
    height: float
    top: float = 0.0
    bottom: float = 0.0
    title: str = ""
    subtitle: str = ""
    source: str = ""
    body_width: float = 0.0
    body_height: float = 0.0
    body_left: float = 0.0
    body_bottom: float = 0.0
    _texts: list[tuple[float, float, str, dict[str, Any]]] = field(default_factory=list)

    # -- words ---------------------------------------------------------------------------
    def head(self, title: str, subtitle: str, key: Sequence[Key] = ()) -> None:
        """Lay out title, subtitle and key from the top."""
        self.title, self.subtitle = title, subtitle
        kind = self.type
        wrapped = _text.wrap(
            title,
            self.width,
            kind.title,
            bold=True,
            max_lines=_TITLE_LINES[self.size],
        )
        y = self.height
        self.ax.set_title("")
        self.words(
            0, y, wrapped, size=kind.title, va="top", weight="bold", gid="title", color=style.INK
        )
        y -= _text.height(wrapped, kind.title) + 0.25 * kind.subtitle
        wrapped = _text.wrap(subtitle, self.width, kind.subtitle, balance=False, max_lines=4)
        if wrapped:
            self.words(
                0, y, wrapped, size=kind.subtitle, va="top", gid="subtitle", color=style.MUTED
            )
            y -= _text.height(wrapped, kind.subtitle) + 0.3 * kind.subtitle
        self.top = self.height - y
        if key:
            self._key(key)
        self.top += 0.5 * kind.label

    def _key(self, entries: Sequence[Key]) -> None:
        size = self.type.small
        gap, mark = 1.6 * size, 1.5 * size
        x, y = 0.0, self.height - self.top
        row = _text.line_height(size) * 1.1
        for entry in entries:
            words = _text.ellipsize(entry.words, self.width - mark, size)
            wide = mark + _text.width(words, size)
            if x and x + wide > self.width:
                x, y = 0.0, y - row
            middle = y - row / 2
            self._mark(entry, x + 0.55 * size, middle, size)
            self.words(x + mark, middle, words, size=size, va="center", gid="key", color=style.INK)
            x += wide + gap
        self.top = self.height - y + row

    def _mark(self, entry: Key, x: float, y: float, size: float) -> None:
        half = 0.55 * size if entry.line else 0.0
        fx, fy = self._fraction(x, y)
        dx = half / (self.figure.get_figwidth() * 72)
        self.ax.add_artist(
            Line2D(
                [fx - dx, fx + dx] if entry.line else [fx],
                [fy, fy] if entry.line else [fy],
                transform=self.figure.transFigure,
                clip_on=False,
                linestyle=_LINES[entry.line],
                linewidth=max(size / 7, 1.2),
                color=entry.edge if entry.edge != "none" else entry.face,
                marker="" if entry.line else entry.marker,
                markersize=0.78 * size,
                markerfacecolor=entry.face,
                markeredgecolor=entry.edge if entry.edge != "none" else entry.face,
                markeredgewidth=max(size / 9, 1.0),
                alpha=entry.alpha,
            )
        )

    def foot(self, source: str) -> None:
        """Lay out the source line at the bottom."""
        self.source = source
        size = self.type.source
        y = self.bottom
        if source:
            y = self._line_above(source, size, "source", style.MUTED)
        self.bottom = y + 0.35 * size

    def note(self, text: str) -> None:
        """Lay out a note above the source line."""
        self.bottom -= 0.35 * self.type.source
        self.bottom = self._line_above(text, self.type.source, "note", style.INK)
        self.bottom += 0.35 * self.type.source

    def note_height(self, text: str) -> float:
        """Points a note would take."""
        wrapped = _text.wrap(text, self.width, self.type.source, balance=False, max_lines=3)
        return _text.height(wrapped, self.type.source) + 0.25 * self.type.source

    def _line_above(self, text: str, size: float, gid: str, colour: str) -> float:
        most = 5 if gid == "source" else 3
        wrapped = _text.wrap(text, self.width, size, balance=False, max_lines=most)
        self.words(0, self.bottom, wrapped, size=size, va="bottom", gid=gid, color=colour)
        return self.bottom + _text.height(wrapped, size) + 0.25 * size

    def words(self, x: float, y: float, text: str, **look: Any) -> None:
        """Put a text at a place of the frame, in points from its lower left corner."""
        fx, fy = self._fraction(x, y)
        look.setdefault("ha", "left")
        look.setdefault("color", style.INK)
        look.setdefault("linespacing", _text.LINE_SPACING)
        self.ax.text(fx, fy, text, transform=self.figure.transFigure, clip_on=False, **look)

    def _fraction(self, x: float, y: float) -> tuple[float, float]:
        wide, high = self.figure.get_size_inches() * 72
        return (self.x0 + x) / wide, (self.y0 + y) / high

    # -- room ----------------------------------------------------------------------------
    @property
    def room(self) -> float:
        """Height in points between head and foot."""
        return self.height - self.top - self.bottom

    def body(
        self, *, left: float = 0, right: float = 0, bottom: float = 0, top: float = 0
    ) -> tuple[float, float]:
        """Put the Axes where head, foot and these margins leave room; its size in points."""
        least = 3 * self.type.small
        wide = max(self.width - left - right, least)
        high = max(self.room - top - bottom, least)
        self.body_left, self.body_bottom = left, self.bottom + bottom
        self.body_width, self.body_height = wide, high
        x, y = self._fraction(left, self.bottom + bottom)
        full_wide, full_high = self.figure.get_size_inches() * 72
        self.ax.set_position((x, y, wide / full_wide, high / full_high))
        return wide, high

    def beside(self) -> Any:
        """Transform with x in points of the frame (as a figure fraction) and y in data."""
        return blended_transform_factory(self.figure.transFigure, self.ax.transData)

    def fraction_x(self, x: float) -> float:
        """Figure fraction of a place in points from the frame's left side."""
        return self._fraction(x, 0)[0]


def _check(lang: str, size: str | None) -> None:
    check_lang(lang)
    if size is not None and size not in style.SIZES:
        raise ValueError(f"unknown size {size!r}; known: {', '.join(style.SIZES)}")


def _size_of(width: float) -> str:
    """Type size for a slot of a width in inches."""
    if width >= 9:
        return "slide"
    return "half" if width >= 4.5 else "column"


def _current_size() -> str:
    for name, inches in style.SIZES.items():
        if tuple(mpl.rcParams["figure.figsize"]) == (inches.width, inches.height):
            return name
    return "slide"


@contextmanager
def open_frame(ax: Axes | None, lang: str, size: str | None) -> Iterator[Frame]:
    """Open a frame on the Axes given, or on a new figure of a named size.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
        The chart fills the rectangle this Axes has now; None makes a figure.
    lang : str
        ``"en"`` or ``"zh"``.
    size : str or None
        ``"slide"``, ``"half"`` or ``"column"``; None takes the size that `use_style` set, and
        with an Axes the one that suits its width.

    Yields
    ------
    Frame

    Raises
    ------
    ValueError
        For an unknown language or size; the message lists the known ones.
    """
    _check(lang, size)
    name = size or (_current_size() if ax is None else None)
    with style.use_style(lang, name or "slide"):
        if ax is None:
            assert name is not None
            figure = plt.figure(figsize=style.SIZES[name][:2])
            ax = figure.add_axes((0.1, 0.1, 0.8, 0.8))
            kind = _type(name)
            wide, high = figure.get_size_inches() * 72
            box = (kind.margin, 0.8 * kind.margin, wide - 2 * kind.margin, high - 1.6 * kind.margin)
            made = True
        else:
            root = ax.get_figure(root=True)
            if root is None:
                raise ValueError("the Axes given has no figure")
            figure = root
            wide, high = figure.get_size_inches() * 72
            corners = ax.get_window_extent().transformed(figure.transFigure.inverted())
            box = (
                corners.x0 * wide,
                corners.y0 * high,
                corners.width * wide,
                corners.height * high,
            )
            name = name or _size_of(corners.width * wide / 72)
            kind = _type(name)
            made = False
            # Ticks that exist already keep the fonts they were made with.
            ax.tick_params(which="both", labelfontfamily=list(mpl.rcParams["font.family"]))
        try:
            yield Frame(ax, figure, lang, name, kind, *box)
        except BaseException:
            if made:
                plt.close(figure)
            raise


def plain_axes(frame: Frame) -> None:
    """Take away spines, ticks and grid: the chart draws what it needs."""
    ax = frame.ax
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.grid(False)
    ax.tick_params(length=0, labelsize=frame.type.small, colors=style.INK)
    ax.set_facecolor("none")


def no_axes(frame: Frame) -> None:
    """Hide the Axes itself: the chart is made of texts, tiles or panels."""
    frame.ax.set_xticks([])
    frame.ax.set_yticks([])
    frame.ax.set_axis_off()


def sentence_only(frame: Frame, text: str, rows: pd.DataFrame, kind: str) -> Axes:
    """Draw a clean chart that says why there is nothing to see."""
    no_axes(frame)
    frame.head(text, "")
    return finish(frame, rows, kind)


def finish(frame: Frame, rows: pd.DataFrame, kind: str, items: Sequence[str] = ()) -> Axes:
    """Leave the description on the Axes and return it.

    Parameters
    ----------
    frame : Frame
    rows : pandas.DataFrame
        The plotted rows.
    kind : str
        Key of the kind of chart in the catalogue, ``chart.kind_…``.
    items : sequence of str
        What each row shows, for the alternative text.
    """
    lang = frame.lang
    stop = t("chart.stop", lang)
    parts = [t(f"chart.kind_{kind}", lang), frame.title, frame.subtitle]
    most = 12
    if items:
        shown = t("chart.list_separator", lang).join(items[:most])
        if len(items) > most:
            shown += t("chart.and_more", lang, n=len(items) - most)
        parts.append(shown)
    alt = "".join(part.rstrip("。. ") + stop for part in parts if part).strip()
    info = ChartInfo(
        frame.title, frame.subtitle, frame.source, alt, rows.reset_index(drop=True), lang
    )
    frame.ax.yanshi_chart = info  # type: ignore[attr-defined]
    return frame.ax


def describe(ax: Axes) -> ChartInfo:
    """Say what a chart of this package shows.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        An Axes that one of the chart functions returned.

    Returns
    -------
    ChartInfo
        title, subtitle, source, alt, rows (the plotted rows), lang.

    Raises
    ------
    ValueError
        If the Axes was not drawn by this package.
    """
    info = getattr(ax, "yanshi_chart", None)
    if not isinstance(info, ChartInfo):
        raise ValueError(
            "this Axes holds no chart of yanshi_analysis: "
            "pass the Axes that a chart function returned"
        )
    return info

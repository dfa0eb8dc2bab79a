"""What a briefing says, apart from how PowerPoint, Word or Excel write it down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Native", "Place", "Section", "Series", "Table", "Tile"]


class Series(NamedTuple):
    """One series of a native chart; the role decides how it looks everywhere.

    Roles: ``outcome`` filled, ``target`` hollow, ``observed`` a solid line, ``projected`` dashed,
    ``implied`` (a base year worked out) dotted, ``band`` thin and light.
    """

    name: str
    values: tuple[float | None, ...]
    role: str


class Native(NamedTuple):
    """A chart that stays a chart, with its numbers, in PowerPoint and Excel."""

    kind: str  # "bar" (horizontal, clustered), "line"
    title: str  # measure, unit, years
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str
    alt: str


class Table(NamedTuple):
    """A small table, every cell already in words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]  # shares of the whole width
    numeric: tuple[bool, ...]  # right-aligned columns


class Tile(NamedTuple):
    """One key figure."""

    value: str
    name: str
    detail: str
    color: str


class Place(NamedTuple):
    """Where one number stands."""

    name: str  # of what and when
    value: str  # as printed
    source: str
    section: str
    page: str
    line: str


class Section(NamedTuple):
    """One slide, one chapter of the document."""

    key: str
    label: str  # the short word above the title
    color: str
    title: str  # the finding
    points: tuple[str, ...] = ()
    native: Native | None = None
    table: Table | None = None
    slide_table: Table | None = None  # what of the table a slide shows; all of it by default
    tiles: tuple[Tile, ...] = ()
    source: str = ""  # one line, under what is shown
    places: tuple[Place, ...] = ()  # where each number stands
    notes: tuple[str, ...] = ()  # what else the speaker should know
    draw: Callable[[], Axes] | None = None  # the picture for the document

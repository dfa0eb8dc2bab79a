"""One chart to the files that briefings take: PNG, SVG, PDF, and the plotted rows as CSV."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from yanshi_analysis.files import prepare_folder, write_all

from ._cells import csv_bytes
from ._names import file_name, known

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "picture", "save_chart"]

FORMATS = ("png", "svg", "pdf")
DPI = 300

# What a save depends on is fixed here, so that neither the user's settings nor the moment count.
_SETTINGS: dict[str, Any] = {
    "savefig.bbox": None,  # never "tight": the named size is the size of the file
    "savefig.pad_inches": 0.1,
    "savefig.transparent": False,
    "svg.fonttype": "path",  # letters as outlines: looks the same where the font is missing
    "svg.hashsalt": "yanshi",
    "pdf.fonttype": 42,  # TrueType: text can be searched and copied
    "pdf.compression": 6,
}


def save_chart(
    ax: Axes,
    name: str,
    folder: str | os.PathLike[str],
    *,
    formats: Sequence[str] = FORMATS,
    rows: bool = True,
) -> list[Path]:
    """Save a chart as files for a briefing.

    Parameters
    ----------
    ax : Axes
        A chart from `yanshi_analysis.charts`, or any Axes. Its whole figure is saved, at the size
        it was made in.
    name : str
        The files' name, without folder and ending.
    folder : str or path-like
        Where they go; made if missing.
    formats : sequence of str, default ("png", "svg", "pdf")
        Which pictures: PNG has 300 dots per inch, SVG has letters as outlines, PDF has TrueType
        text that can be copied.
    rows : bool, default True
        Also write the plotted rows as CSV (UTF-8 with a byte order mark, which Excel needs). A
        text cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers
        never do. An Axes that was not drawn by this package has no rows, hence no CSV.

    Returns
    -------
    list of Path
        The files, pictures in the order of `formats`, then the CSV.

    Raises
    ------
    ValueError
        If the name could leave the folder or is none a file can have, if a format is unknown or
        none is given, or if the chart's rows are empty.

    Notes
    -----
    Each file carries title and description (the computed alt text) and no date: the same chart
    gives the same bytes. Everything is drawn before the first file is written, and each file is
    the old one or the whole new one.

    Examples
    --------
    >>> import tempfile
    >>> import matplotlib.pyplot as plt
    >>> from yanshi_analysis.export import save_chart
    >>> fig, ax = plt.subplots()
    >>> bars = ax.bar(["a", "b"], [1, 2])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in save_chart(ax, "two_bars", folder)]
    ['two_bars.png', 'two_bars.svg', 'two_bars.pdf']
    >>> plt.close(fig)
    """
    stem = file_name(name)
    wanted = _formats(formats)
    title, alt, table = _described(ax)
    if rows and table is not None and table.empty:
        raise ValueError(f"the chart {name!r} shows no rows; there is nothing to save")
    figure = _figure(ax)
    made = {f"{stem}.{kind}": picture(figure, kind, title=title, alt=alt) for kind in wanted}
    if rows and table is not None:
        made[f"{stem}.csv"] = csv_bytes(table, bom=True)
    place = prepare_folder(folder)
    return write_all({place / file: content for file, content in made.items()})


def picture(figure: Figure, kind: str, *, title: str, alt: str, dpi: int = DPI) -> bytes:
    """Draw a figure into memory.

    Parameters
    ----------
    figure : Figure
        What to draw, at its own size.
    kind : {"png", "svg", "pdf"}
        The format.
    title, alt : str
        Title and description, written into the file.
    dpi : int, default 300
        Dots per inch of a PNG.

    Returns
    -------
    bytes
        The file; the same figure gives the same bytes.

    Raises
    ------
    ValueError
        If the format is unknown.
    """
    import matplotlib as mpl

    known(kind, FORMATS, "format")
    metadata: dict[str, str | None] = {
        "png": {"Title": title, "Description": alt, "Software": None},
        "svg": {"Title": title, "Description": alt, "Date": None},
        "pdf": {"Title": title, "Subject": alt, "CreationDate": None},
    }[kind]
    options: dict[str, Any] = {"metadata": metadata}
    if kind == "png":
        # Charts are flat areas: run lengths pack them nearly as small in two thirds of the time.
        options["pil_kwargs"] = {"compress_type": zlib.Z_RLE}
    out = io.BytesIO()
    settings: Any = _SETTINGS  # typed by key in matplotlib
    with mpl.rc_context(settings):
        figure.savefig(out, format=kind, dpi=dpi, **options)
    content = out.getvalue()
    return _with_description(content, alt) if kind == "svg" else content


def _with_description(svg: bytes, alt: str) -> bytes:
    """Add what screen readers look for: the picture's role, and the alt text as ``<desc>``."""
    content = svg.replace(b"<svg ", b'<svg role="img" ', 1)
    return content.replace(b"</title>", b"</title>\n <desc>" + escape(alt).encode() + b"</desc>", 1)


def _formats(formats: Sequence[str]) -> list[str]:
    """Check the formats; one named twice counts once."""
    if isinstance(formats, str):
        raise ValueError(f'formats is a list, such as ["{formats}"]')
    wanted = list(dict.fromkeys(formats))
    if not wanted:
        raise ValueError(f"no format given; known: {', '.join(FORMATS)}")
    for kind in wanted:
        known(kind, FORMATS, "format")
    return wanted


def _figure(ax: Axes) -> Figure:
    """Return the whole figure that an Axes belongs to."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the chart belongs to no figure any more")
    return figure


def _described(ax: Axes) -> tuple[str, str, pd.DataFrame | None]:
    """Return title, alt text and plotted rows; a chart of someone else's has no rows."""
    from yanshi_analysis import charts

    try:
        info = charts.describe(ax)
    except (AttributeError, KeyError, LookupError, ValueError):
        figure = _figure(ax)
        title = ax.get_title() or ax.get_title(loc="left") or figure.get_suptitle()
        return title, title, None
    return info.title, info.alt, info.rows

"""Pictures for the page, and files for briefings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from yanshi_analysis import export
from yanshi_analysis.files import prepare_folder, write_bytes
from yanshi_analysis.notebook import _html

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["outputs_folder", "picture", "save"]

_DPI = 110  # of the picture in the page; files have more
_WIDTH = 960  # pixels that a slide takes of the page


def outputs_folder() -> Path:
    """Return the folder for files: ``$YANSHI_OUTPUTS``, else the repository's ``outputs/``."""
    named = os.environ.get("YANSHI_OUTPUTS")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "outputs"


def picture(ax: Axes, say: Callable[[str], None]) -> bool:
    """Show a chart in the page.

    Parameters
    ----------
    ax : Axes
        A chart of the package.
    say : callable
        Says the chart's sentence if there is nothing to draw.

    Returns
    -------
    bool
        Whether there was something to draw.
    """
    import matplotlib.pyplot as plt

    from yanshi_analysis.charts import describe

    info = describe(ax)
    figure = ax.get_figure(root=True)
    assert figure is not None
    plt.close(figure)  # or the notebook would show it a second time
    if info.rows.empty:
        say(info.title)
        return False
    png = export.picture(figure, "png", title=info.title, alt=info.alt, dpi=_DPI)
    width = min(_WIDTH, round(figure.get_figwidth() * _DPI))
    _html.show(
        {"image/png": png, "text/plain": info.alt},
        {"image/png": {"alt": info.alt, "width": width}},
    )
    return True


def save(
    name: str, lang: str, charts: Mapping[str, Axes], tables: Mapping[str, pd.DataFrame]
) -> list[Path]:
    """Write charts and tables into the outputs folder.

    Parameters
    ----------
    name : str
        The notebook's.
    lang : str
        ``"en"`` or ``"zh"``.
    charts, tables : mapping
        What to write, by what it is called.

    Returns
    -------
    list of Path
        The files.
    """
    outputs = outputs_folder()
    files: list[Path] = []
    for what, ax in charts.items():
        files += export.save_chart(ax, f"{name}_{what}_{lang}", outputs / "charts")
    if tables:
        folder = prepare_folder(outputs / "tables")
        for what, table in tables.items():
            content = export.csv_bytes(export.readable(table, lang), bom=True)
            files.append(write_bytes(folder / f"{name}_{what}_{lang}.csv", content))
        files.append(export.save_tables(tables, folder / f"{name}_tables_{lang}.xlsx", lang=lang))
    return files

"""Where an explorer's exports go, and putting them there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from yanshi_analysis.data import data_folder
from yanshi_analysis.explore._picture import Draw
from yanshi_analysis.export import save_chart
from yanshi_analysis.style import use_style

__all__ = ["exports_folder", "save"]


def exports_folder() -> Path:
    """Return the folder of hand-made exports, which a refresh never touches.

    Returns
    -------
    Path
        The environment variable ``YANSHI_EXPORTS``, else ``exports/`` beside the data folder.
    """
    named = os.environ.get("YANSHI_EXPORTS")
    return Path(named) if named else data_folder().parent / "exports"


def save(draw: Draw, name: str, lang: str, size: str) -> list[Path]:
    """Save a chart as PNG, SVG and PDF with its rows as CSV.

    Parameters
    ----------
    draw : callable
        ``(lang, size) -> Axes``.
    name : str
        What is drawn; the files are named after it, the language and the size.
    lang, size : str
        Language and named size.

    Returns
    -------
    list of Path
        The files.
    """
    import matplotlib.pyplot as plt

    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    with plt.ioff(), use_style(lang, size):
        ax = draw(lang, size)
        try:
            return save_chart(ax, f"{plain}_{lang}_{size}", exports_folder())
        finally:
            plt.close("all")

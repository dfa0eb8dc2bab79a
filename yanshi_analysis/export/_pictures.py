"""The pictures of a document: charts of this package, drawn when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PICTURE_SIZE", "picture_of"]

PICTURE_SIZE = "half"


def picture_of(chart: str, table: pd.DataFrame, lang: str, **options: object) -> Callable[[], Axes]:
    """Return a function that draws a chart.

    Parameters
    ----------
    chart : str
        Name of a function in `yanshi_analysis.charts`.
    table : DataFrame
        What it draws.
    lang : {"en", "zh"}
        The language.
    **options
        What else the chart's function takes.

    Returns
    -------
    callable
        Draws the chart at the size of a page's width and returns its Axes.
    """

    def draw() -> Axes:
        from yanshi_analysis import charts

        axes: Axes = getattr(charts, chart)(table, lang=lang, size=PICTURE_SIZE, **options)
        return axes

    return draw

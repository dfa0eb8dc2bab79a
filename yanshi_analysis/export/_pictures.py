"""The pictures of a document: charts of this package, drawn when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["picture_of"]


def picture_of(chart: str, table: pd.DataFrame, lang: str) -> Callable[[], Axes]:
    """Return a function that draws a chart.

    Parameters
    ----------
    chart : str
        Name of a function in `yanshi_analysis.charts`.
    table : DataFrame
        What it draws.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    callable
        Draws the chart in the current style and returns its Axes.
    """

    def draw() -> Axes:
        from yanshi_analysis import charts

        axes: Axes = getattr(charts, chart)(table, lang=lang)
        return axes

    return draw

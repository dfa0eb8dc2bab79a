"""A chart as a picture in a widget, with its alt text, kept for export."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from yanshi_analysis.charts import ChartInfo, describe
from yanshi_analysis.style import use_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Draw", "picture"]

#: Draws a chart in a language and a size.
Draw = Callable[[str, str], "Axes"]

_DPI = 110


def picture(draw: Draw, lang: str, size: str) -> tuple[str, ChartInfo]:
    """Draw a chart and return it as an HTML image.

    Parameters
    ----------
    draw : callable
        ``(lang, size) -> Axes``.
    lang, size : str
        Language and named size.

    Returns
    -------
    html : str
        An image with the computed alt text.
    info : ChartInfo
        Title, alt text and plotted rows.
    """
    import matplotlib.pyplot as plt

    out = io.BytesIO()
    with plt.ioff(), use_style(lang, size):
        ax = draw(lang, size)
        info = describe(ax)
        figure: Any = ax.figure
        figure.savefig(out, format="png", dpi=_DPI)
        plt.close(figure)
    code = base64.b64encode(out.getvalue()).decode("ascii")
    html = (
        f'<img alt="{escape(info.alt)}" src="data:image/png;base64,{code}" '
        f'style="max-width:100%;height:auto">'
    )
    return html, info

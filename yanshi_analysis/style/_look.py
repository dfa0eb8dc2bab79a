"""The look: named sizes, one appearance per role, and the settings of matplotlib."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from yanshi_analysis.labels import check_lang
from yanshi_analysis.style._colors import DOMAIN_COLORS, GRID, INK, MUTED, PAPER, known, lighten
from yanshi_analysis.style._fonts import FONTS, register_fonts

if TYPE_CHECKING:
    from collections.abc import MutableMapping


class Size(NamedTuple):
    """A format: inches, and the size of its type in points."""

    width: float
    height: float
    text: float
    small: float
    title: float
    line: float


#: ``slide`` fills a 16:9 slide, ``half`` half a slide or a page's width, ``column`` a text column.
SIZES = {
    "slide": Size(13.333, 7.5, text=15, small=12, title=23, line=2.4),
    "half": Size(6.5, 4.6, text=10, small=8, title=14, line=1.8),
    "column": Size(3.4, 3.6, text=7.5, small=6.5, title=10, line=1.3),
}


def mark(role: str, color: str = INK, kind: str = "marker") -> dict[str, Any]:
    """Return the look of a role: outcomes filled, targets hollow, projections dashed and lighter.

    Parameters
    ----------
    role : str
        ``outcome``, ``target`` or ``projection``.
    color : str
        Hex colour.
    kind : str
        ``marker`` and ``line`` give keywords of ``Axes.plot``, ``scatter`` those of
        ``Axes.scatter``, ``bar`` those of ``Axes.bar`` and ``barh``.

    Returns
    -------
    dict
        Keyword arguments for matplotlib.

    Raises
    ------
    ValueError
        If the role or the kind is not known.

    Examples
    --------
    >>> mark("target", "#1D3F72", "bar")["facecolor"]
    '#FFFFFF'
    """
    known(role, ("outcome", "target", "projection"), "role")
    known(kind, ("marker", "scatter", "bar", "line"), "kind")
    face = {"outcome": color, "target": PAPER, "projection": lighten(color, 0.65)}[role]
    edge = lighten(color, 0.3) if role == "projection" else color
    dashes = (0, (4, 2)) if role == "projection" else "-"
    if kind == "line":
        return {
            "color": edge,
            "linestyle": dashes,
            "markerfacecolor": face,
            "markeredgecolor": edge,
        }
    if kind == "marker":
        return {
            "marker": "o",
            "linestyle": "none",
            "markerfacecolor": face,
            "markeredgecolor": edge,
        }
    if kind == "scatter":
        return {"marker": "o", "facecolors": face, "edgecolors": edge}
    return {"facecolor": face, "edgecolor": edge, "linestyle": dashes}


@cache
def _settings(lang: str, size: str) -> dict[str, Any]:
    from cycler import cycler

    inches = SIZES[size]
    return {
        "font.family": list(FONTS[lang]),
        "font.size": inches.text,
        "font.weight": "normal",
        "text.color": INK,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.unicode_minus": True,
        "axes.formatter.use_mathtext": False,
        "axes.formatter.use_locale": False,
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "yanshi-analysis",
        "figure.figsize": (inches.width, inches.height),
        "figure.dpi": 100,
        "figure.facecolor": PAPER,
        "figure.titlesize": inches.title,
        "figure.titleweight": "bold",
        "savefig.dpi": 300,
        "savefig.bbox": None,
        "savefig.facecolor": PAPER,
        "savefig.transparent": False,
        "axes.facecolor": PAPER,
        "axes.edgecolor": MUTED,
        "axes.linewidth": 0.8 * inches.text / 10,
        "axes.labelcolor": INK,
        "axes.labelsize": inches.text,
        "axes.labelweight": "normal",
        "axes.titlesize": inches.title,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlecolor": INK,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.spines.bottom": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=list(DOMAIN_COLORS.values())),
        "grid.color": GRID,
        "grid.linewidth": 0.7 * inches.text / 10,
        "grid.linestyle": "-",
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": inches.text,
        "ytick.labelsize": inches.text,
        "xtick.major.width": 0.8 * inches.text / 10,
        "ytick.left": False,
        "lines.linewidth": inches.line,
        "lines.markersize": inches.text * 0.75,
        "lines.markeredgewidth": inches.line * 0.8,
        "lines.solid_capstyle": "round",
        "patch.linewidth": inches.line * 0.8,
        "legend.frameon": False,
        "legend.fontsize": inches.small,
        "legend.title_fontsize": inches.small,
    }


def use_style(lang: str = "en", size: str = "slide") -> ExitStack:
    """Set matplotlib up in the house style, for good or for a ``with`` block.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"zh"``.
    size : str
        ``"slide"`` (13.333 × 7.5 inches), ``"half"`` (6.5 × 4.6) or ``"column"`` (3.4 × 3.6).

    Returns
    -------
    ExitStack
        Leaving it, or calling its ``close``, gives every setting that was changed its old value.

    Raises
    ------
    ValueError
        If the language or the size is not known.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["font.family"]
    >>> with use_style("zh", size="half"):
    ...     matplotlib.rcParams["font.family"]
    ['Noto Sans SC', 'DejaVu Sans']
    >>> matplotlib.rcParams["font.family"] == before
    True
    """
    check_lang(lang)
    known(size, SIZES, "size")
    import matplotlib

    register_fonts()
    live = cast("MutableMapping[str, Any]", matplotlib.rcParams)
    settings = _settings(lang, size)
    before = {key: live[key] for key in settings}
    live.update(settings)
    restore = ExitStack()
    restore.callback(live.update, before)
    return restore

"""The house style: fonts that travel, named sizes, colours by domain, and one look per role.

`use_style` sets matplotlib up, `SIZES` names the formats, `mark` gives the look of an outcome, a
target and a projection, and `check_glyphs` says which characters the bundled fonts cannot draw
before anything is drawn. Colours are plain hex texts, so that they serve PowerPoint as well.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from yanshi_analysis.labels import check_lang

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from matplotlib.figure import Figure

_CHINESE, _LATIN, _SYMBOLS = "Noto Sans SC", "Noto Sans SC Latin", "DejaVu Sans"
#: The font list of each language. The first two families are bundled; DejaVu Sans ships with
#: matplotlib and draws ₂, ₅ and their like. English takes its quotation marks and symbols from
#: faces where they are not as wide as a Chinese character.
FONTS = {"en": (_LATIN, _SYMBOLS, _CHINESE), "zh": (_CHINESE, _SYMBOLS)}
FONT_FILES = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
    "NotoSansSCLatin-Regular.ttf",
    "NotoSansSCLatin-Bold.ttf",
)


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

PAPER = "#FFFFFF"
INK = "#1F2328"
MUTED = "#5A6068"
GRID = "#D9DCE0"

#: One colour per domain; a test simulates colour-blind readers and greyscale print.
DOMAIN_COLORS = {
    "economy": "#325BB8",
    "tourism": "#A35D1B",
    "agriculture": "#779F4D",
    "environment": "#1A8A94",
    "city": "#51504D",
    "livelihood": "#67011D",
    "governance": "#6A1D7C",
}

#: Raised, held and lowered; the signs tell them apart where colour does not.
STANCE_COLORS = {"raised": "#2166AC", "held": "#8B9097", "lowered": "#8C2D04"}
STANCE_SIGNS = {"raised": "▲", "held": "●", "lowered": "▼"}


def _known(value: str, known: Any, what: str) -> str:
    if value not in known:
        raise ValueError(f"unknown {what} {value!r}; known: {', '.join(known)}")
    return value


def domain_color(domain: str) -> str:
    """Return the colour of a domain, for areas, lines and markers.

    Raises
    ------
    ValueError
        If the domain is not known.

    Examples
    --------
    >>> domain_color("economy").startswith("#")
    True
    """
    return DOMAIN_COLORS[_known(domain, DOMAIN_COLORS, "domain")]


def _rgb(color: str) -> tuple[float, float, float]:
    return (int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255)


def _mix(color: str, other: str, share: float) -> str:
    pairs = zip(_rgb(color), _rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02X}" for a, b in pairs)


def lighten(color: str, share: float = 0.5) -> str:
    """Return a colour mixed with paper; 0 is the colour itself and 1 is white."""
    return _mix(color, PAPER, share)


def luminance(color: str) -> float:
    """Return the relative luminance of a hex colour, 0 to 1, as WCAG 2.2 defines it."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(color))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(color: str, background: str = PAPER) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21, as WCAG 2.2 defines it.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    low, high = sorted((luminance(color), luminance(background)))
    return (high + 0.05) / (low + 0.05)


@cache
def text_color(color: str, background: str = PAPER) -> str:
    """Return `color`, darkened just enough to be read as text (contrast of at least 4.5:1)."""
    for step in range(101):
        darker = _mix(color, "#000000", step / 100)
        if contrast(darker, background) >= 4.5:
            return darker
    return PAPER


def ink_on(color: str) -> str:
    """Return the text colour, dark or white, that reads better on an area of `color`."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, color))


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
    _known(role, ("outcome", "target", "projection"), "role")
    _known(kind, ("marker", "scatter", "bar", "line"), "kind")
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


def font_path(name: str) -> Path:
    """Return the path of a bundled font file."""
    return Path(str(files("yanshi_analysis").joinpath("fonts", name)))


def register_fonts() -> None:
    """Make the bundled fonts known to matplotlib, before any of the same name on this machine."""
    from matplotlib.font_manager import fontManager

    for name in FONT_FILES:
        path = str(font_path(name))
        if not any(entry.fname == path for entry in fontManager.ttflist):
            fontManager.addfont(path)
            fontManager.ttflist.insert(0, fontManager.ttflist.pop())


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
    _known(size, SIZES, "size")
    import matplotlib

    register_fonts()
    live = cast("MutableMapping[str, Any]", matplotlib.rcParams)
    settings = _settings(lang, size)
    before = {key: live[key] for key in settings}
    live.update(settings)
    restore = ExitStack()
    restore.callback(live.update, before)
    return restore


class MissingGlyphError(ValueError):
    """A text holds characters that the fonts of the house style cannot draw."""


@cache
def covered(families: tuple[str, ...] = FONTS["zh"]) -> frozenset[int]:
    """Return the code points that a list of fonts can draw, by default the house style's."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    register_fonts()
    paths = [findfont(FontProperties(family=[family])) for family in families]
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


def missing_glyphs(text: str, families: tuple[str, ...] = FONTS["zh"]) -> str:
    """Return the characters of `text` that cannot be drawn, each once; line breaks are fine."""
    known = covered(families)
    return "".join(dict.fromkeys(c for c in text if c != "\n" and ord(c) not in known))


def _named(characters: str) -> str:
    return ", ".join(
        f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in characters
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def check_glyphs(text: str, where: str = "") -> str:
    """Return `text` if the fonts can draw all of it.

    Parameters
    ----------
    text : str
        Any text.
    where : str
        What the text is, for the message, such as ``"title"``.

    Raises
    ------
    MissingGlyphError
        If the fonts lack a character; the message names each with its code point.

    Examples
    --------
    >>> check_glyphs("PM₂.₅ −3.1%，偃师")
    'PM₂.₅ −3.1%，偃师'
    """
    lacking = missing_glyphs(text)
    if lacking:
        place = f" in the {where}" if where else ""
        raise MissingGlyphError(
            f"the bundled fonts cannot draw {_named(lacking)}{place}: {_shown(text)}. "
            "Use another character, or add it with scripts/make_fonts.py"
        )
    return text


def check_figure(figure: Figure) -> None:
    """Check every text of a figure, in the fonts it is set in, before it is drawn or saved.

    Raises
    ------
    MissingGlyphError
        For the first text with a character that cannot be drawn; the message also says so if the
        text was made outside `use_style`.
    """
    from matplotlib.text import Text

    for artist in figure.findobj(Text):
        if not isinstance(artist, Text) or not artist.get_visible():
            continue
        text = check_glyphs(artist.get_text())
        families = tuple(artist.get_fontproperties().get_family())
        if families in FONTS.values():
            continue
        lacking = missing_glyphs(text, families)
        if lacking:
            raise MissingGlyphError(
                f"{_shown(text)} is set in {', '.join(families)}, which cannot draw "
                f"{_named(lacking)}: make the chart inside use_style()"
            )

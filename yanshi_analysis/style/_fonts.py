"""Fonts that travel with the package, and which characters they can draw."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

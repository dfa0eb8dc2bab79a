"""The house style: fonts that travel, named sizes, colours by domain, and one look per role.

`use_style` sets matplotlib up, `SIZES` names the formats, `mark` gives the look of an outcome, a
target and a projection, and `check_glyphs` says which characters the bundled fonts cannot draw
before anything is drawn. Colours are plain hex texts, so that they serve PowerPoint as well.
"""

from __future__ import annotations

from yanshi_analysis.style._colors import (
    DOMAIN_COLORS,
    GRID,
    INK,
    MUTED,
    PAPER,
    STANCE_COLORS,
    STANCE_SIGNS,
    contrast,
    domain_color,
    ink_on,
    lighten,
    luminance,
    text_color,
)
from yanshi_analysis.style._fonts import (
    FONT_FILES,
    FONTS,
    MissingGlyphError,
    check_figure,
    check_glyphs,
    covered,
    font_path,
    missing_glyphs,
    register_fonts,
)
from yanshi_analysis.style._look import SIZES, Size, mark, use_style

__all__ = [
    "DOMAIN_COLORS",
    "FONTS",
    "FONT_FILES",
    "GRID",
    "INK",
    "MUTED",
    "PAPER",
    "SIZES",
    "STANCE_COLORS",
    "STANCE_SIGNS",
    "MissingGlyphError",
    "Size",
    "check_figure",
    "check_glyphs",
    "contrast",
    "covered",
    "domain_color",
    "font_path",
    "ink_on",
    "lighten",
    "luminance",
    "mark",
    "missing_glyphs",
    "register_fonts",
    "text_color",
    "use_style",
]

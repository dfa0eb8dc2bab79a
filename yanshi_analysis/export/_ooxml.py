"""What python-pptx and python-docx leave to the XML: faces for Chinese, languages, alt text."""

from __future__ import annotations

from typing import Any

__all__ = ["EAST_ASIAN", "LATIN", "describe", "rgb", "set_faces", "word_faces"]

LATIN = "Arial"
EAST_ASIAN = "微软雅黑"

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RUNS = ("rPr", "defRPr", "endParaRPr")
# The schema's order: what may stand after the faces.
_AFTER_FACES = ("sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst")
_LOCALES = {"en": ("en-US", "zh-CN"), "zh": ("zh-CN", "en-US")}


def set_faces(root: Any, lang: str) -> None:
    """Give every piece of text its Latin and its East-Asian face, and its language.

    Parameters
    ----------
    root : lxml element
        A slide, a notes page, a layout or a chart; changed in place.
    lang : {"en", "zh"}
        Decides which language a spelling checker expects.
    """
    for bare in root.iter(f"{{{_A}}}r", f"{{{_A}}}fld"):
        if bare.find(f"{{{_A}}}rPr") is None:
            bare.insert(0, bare.makeelement(f"{{{_A}}}rPr", {}))
    for tag in _RUNS:
        for run in root.iter(f"{{{_A}}}{tag}"):
            if tag != "defRPr":
                run.set("lang", _LOCALES[lang][0])
                run.set("altLang", _LOCALES[lang][1])
            for name in ("latin", "ea", "cs"):
                for old in run.findall(f"{{{_A}}}{name}"):
                    run.remove(old)
            place = len(run)
            for position, child in enumerate(run):
                if child.tag.rpartition("}")[2] in _AFTER_FACES:
                    place = position
                    break
            for offset, (name, face) in enumerate(
                (("latin", LATIN), ("ea", EAST_ASIAN), ("cs", LATIN))
            ):
                element = run.makeelement(f"{{{_A}}}{name}", {"typeface": face})
                run.insert(place + offset, element)


def rgb(color: str) -> Any:
    """Return a colour as python-pptx and python-docx take it.

    Parameters
    ----------
    color : str
        ``RRGGBB``.

    Returns
    -------
    pptx.dml.color.RGBColor
        The colour; python-docx takes it too.
    """
    from pptx.dml import color as library

    untyped: Any = library
    return untyped.RGBColor(*bytes.fromhex(color))


def describe(frame: Any, *, name: str, alt: str) -> None:
    """Give a shape of a slide a name and an alt text.

    Parameters
    ----------
    frame : lxml element
        A picture, a chart's or a table's frame, or a shape.
    name : str
        What the selection pane calls it.
    alt : str
        What a screen reader says; nothing means: decoration.
    """
    for properties in frame.iter():
        if str(properties.tag).endswith("}cNvPr"):
            properties.set("name", name)
            properties.set("descr", alt)
            return


def word_faces(properties: Any) -> None:
    """Set both faces on a style or run of a Word document.

    Parameters
    ----------
    properties : lxml element
        A ``w:rPr``; changed in place.
    """
    fonts = properties.find(f"{{{_W}}}rFonts")
    if fonts is None:
        fonts = properties.makeelement(f"{{{_W}}}rFonts", {})
        style = properties.find(f"{{{_W}}}rStyle")
        properties.insert(0 if style is None else 1, fonts)
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for attribute, face in (
        ("ascii", LATIN),
        ("hAnsi", LATIN),
        ("eastAsia", EAST_ASIAN),
        ("cs", LATIN),
    ):
        fonts.set(f"{{{_W}}}{attribute}", face)

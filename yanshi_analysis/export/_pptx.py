"""Sections to a PowerPoint deck: native charts and tables, notes with the sources."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from yanshi_analysis.files import canonical_zip
from yanshi_analysis.labels import t
from yanshi_analysis.style import DOMAIN_COLORS, INK, MUTED, text_color

from ._model import Native, Section, Table, Tile
from ._ooxml import EAST_ASIAN, LATIN, describe, rgb, set_faces
from ._places import place_line
from ._pptx_chart import add_chart
from ._pptx_table import add_table, fitted

__all__ = ["deck"]

_INK, _MUTED = INK.lstrip("#"), MUTED.lstrip("#")
_NIGHT, _PALE, _GOLD = "16324F", "F3F5F7", "E0A526"
_LEFT, _WIDTH = 0.65, 12.05  # inches
_TOP, _BOTTOM = 1.85, 6.75


def deck(title: str, subtitle: str, source: str, sections: Sequence[Section], lang: str) -> bytes:
    """Make a 16:9 deck.

    Parameters
    ----------
    title, subtitle, source : str
        The title slide.
    sections : sequence of Section
        One slide each.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    bytes
        The PPTX file, the same for the same sections.
    """
    from pptx import Presentation
    from pptx.util import Inches

    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)
    _tidy_template(show)
    show.core_properties.title = title
    show.core_properties.subject = subtitle
    show.core_properties.author = ""
    show.core_properties.keywords = ""
    show.core_properties.language = {"en": "en-US", "zh": "zh-CN"}[lang]
    _title_slide(show, title, subtitle, source, lang)
    for section in sections:
        _slide(show, section, lang)
    for slide in show.slides:
        set_faces(slide._element, lang)
        if slide.has_notes_slide:
            set_faces(slide.notes_slide._element, lang)
    out = io.BytesIO()
    show.save(out)
    return canonical_zip(out.getvalue())


def _tidy_template(show: Any) -> None:
    """Fit python-pptx's 4:3 template to 16:9, with our faces, two layouts and no leftovers."""
    from pptx.util import Inches

    for layout in list(show.slide_layouts):
        if layout.name not in {"Title Slide", "Title Only"}:
            show.slide_layouts.remove(layout)
    master = show.slide_master
    for holder in (master, *show.slide_layouts):
        for shape in list(holder.placeholders):
            kind = shape.placeholder_format.type
            if kind in {1, 3}:  # title
                shape.left, shape.top = Inches(_LEFT), Inches(0.72)
                shape.width, shape.height = Inches(_WIDTH), Inches(1.0)
            elif kind in {13, 15, 16} and holder is not master:
                shape._element.getparent().remove(shape._element)
            elif kind == 16:
                shape.left, shape.top = Inches(_LEFT), Inches(7.0)
                shape.width, shape.height = Inches(2), Inches(0.3)
            elif kind == 15:
                shape.left, shape.top = Inches(3), Inches(7.0)
                shape.width, shape.height = Inches(7), Inches(0.3)
            elif kind == 13:
                shape.left, shape.top = Inches(11.7), Inches(7.0)
                shape.width, shape.height = Inches(1), Inches(0.3)
            else:
                shape.left, shape.top = Inches(_LEFT), Inches(_TOP)
                shape.width, shape.height = Inches(_WIDTH), Inches(_BOTTOM - _TOP)
    title = master._element.find(f".//{{{_P}}}titleStyle/{{{_A}}}lvl1pPr")
    title.set("algn", "l")
    run = title.find(f"{{{_A}}}defRPr")
    run.set("sz", "2600")
    run.set("b", "1")
    for relation in list(show.part.rels.values()):
        if relation.reltype.endswith("/printerSettings"):
            show.part.rels.pop(relation.rId)
    package = show.part.package
    for rid, relation in list(package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package._rels.pop(rid)
    _theme(master)


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def _theme(master: Any) -> None:
    """Put the house's faces and colours into the theme, so that what people add matches."""
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    for relation in master.part.rels.values():
        if not relation.reltype.endswith("/theme"):
            continue
        part = relation.target_part
        root = parse_xml(part.blob)
        for font in root.iter(f"{{{_A}}}majorFont", f"{{{_A}}}minorFont"):
            font.find(f"{{{_A}}}latin").set("typeface", LATIN)
            font.find(f"{{{_A}}}ea").set("typeface", EAST_ASIAN)
            for script in font.findall(f"{{{_A}}}font"):
                if script.get("script") == "Hans":
                    script.set("typeface", EAST_ASIAN)
        for position, color in enumerate(list(DOMAIN_COLORS.values())[:6], start=1):
            accent = next(root.iter(f"{{{_A}}}accent{position}"))
            for old in list(accent):
                accent.remove(old)
            value = {"val": color.lstrip("#").upper()}
            accent.append(accent.makeelement(f"{{{_A}}}srgbClr", value))
        part._blob = serialize_part_xml(root)


def _title_slide(show: Any, title: str, subtitle: str, source: str, lang: str) -> None:
    """Add the first slide: what this is, about whom, from which source."""
    from pptx.util import Inches

    slide = show.slides.add_slide(_layout(show, "Title Slide"))
    _background(slide, _NIGHT)
    holder, under = slide.placeholders[0], slide.placeholders[1]
    holder.left, holder.top = Inches(0.95), Inches(2.1)
    holder.width, holder.height = Inches(11.2), Inches(1.7)
    _write(holder.text_frame, [title], 40, "FFFFFF", bold=True, anchor="b")
    _bar(slide, 0.95, 4.0, 1.2, 0.06, _GOLD)
    under.left, under.top = Inches(0.95), Inches(4.25)
    under.width, under.height = Inches(11.2), Inches(1.0)
    _write(under.text_frame, [subtitle], 20, "E6EBF0", anchor="t")
    _text(slide, [source], 0.95, 6.55, 11.2, 0.5, 12, "B8C2CC", name=t("export.source_name", lang))
    slide.notes_slide.notes_text_frame.text = source


def _slide(show: Any, section: Section, lang: str) -> None:
    """One section: label, finding, what shows it, points, source; the places in the notes."""
    slide = show.slides.add_slide(_layout(show, "Title Only"))
    color = section.color.lstrip("#").upper()
    _bar(slide, 0, 0, 0.14, 7.5, color)
    shade = text_color(section.color).lstrip("#")
    _text(slide, [section.label], _LEFT, 0.38, 9, 0.34, 13, shade, bold=True, name="label")
    holder = slide.shapes.title
    _write(holder.text_frame, [section.title], _title_size(section.title), _INK, True, "t")
    height = _BOTTOM - _TOP
    table = section.slide_table or section.table or Table((), (), (), ())
    if section.tiles:
        _tiles(slide, section.tiles, _LEFT, _TOP, 7.9 if section.points else _WIDTH)
        if section.points:
            _points(slide, section.points, 8.9, _TOP, 3.8, height)
    elif section.native and table.rows:
        chart = (_LEFT, _TOP, 6.5, _chart_height(section.native, height))
        add_chart(slide, section.native, chart, color, lang)
        _points_and_table(slide, section, table, lang)
    elif section.native:
        chart = (_LEFT, _TOP, 7.9, _chart_height(section.native, height))
        add_chart(slide, section.native, chart, color, lang)
        _points(slide, section.points, 8.9, _TOP, 3.8, height)
    elif table.rows:
        wide = not section.points
        width = _WIDTH if wide else 7.9
        add_table(slide, table, (_LEFT, _TOP, width, height), color, section.title, lang)
        if not wide:
            _points(slide, section.points, 8.9, _TOP, 3.8, height)
    else:
        _points(slide, section.points, _LEFT, _TOP, _WIDTH, height)
    if section.source:
        _text(slide, [section.source], _LEFT, 6.93, 11.2, 0.34, 10, _MUTED, name="source")
    _slide_number(slide)
    places = (place_line(place, lang) for place in section.places)
    notes = [section.title, *section.points, "", section.source, *section.notes, *places]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _chart_height(native: Native, room: float) -> float:
    """Height of a chart: few bars do not grow into beams."""
    if native.kind != "bar":
        return room
    bars = len(native.categories) * len(native.series)
    return min(room, 1.15 + len(native.categories) * 0.3 + bars * 0.45)


def _layout(show: Any, name: str) -> Any:
    return next(layout for layout in show.slide_layouts if layout.name == name)


def _title_size(title: str) -> int:
    """Choose the size at which a finding fits on two lines."""
    width = sum(2 if ord(one) > 0x2E7F else 1 for one in title)
    return 26 if width <= 118 else 22 if width <= 150 else 20


def _background(slide: Any, color: str) -> None:

    fill = slide.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(color)


def _bar(slide: Any, x: float, y: float, width: float, height: float, color: str) -> None:
    """Add a coloured rectangle, for the eye only."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    shape = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(x), Inches(y), Inches(width), Inches(height)
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(color)
    shape.line.fill.background()
    style = shape._element.find(f"{{{_P}}}style")
    shape._element.remove(style)  # the theme's shadow
    describe(shape._element, name="bar", alt="")


def _write(
    frame: Any,
    lines: Sequence[str],
    size: float,
    color: str,
    bold: bool = False,
    anchor: str = "t",
    after: float = 0,
) -> None:
    """Fill a text frame: no surprises from the template's sizes."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.vertical_anchor = {"t": MSO_ANCHOR.TOP, "b": MSO_ANCHOR.BOTTOM, "m": MSO_ANCHOR.MIDDLE}[
        anchor
    ]
    frame.margin_left = frame.margin_right = 0
    frame.margin_top = frame.margin_bottom = 0
    for position, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(after)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(color)


def _text(
    slide: Any,
    lines: Sequence[str],
    x: float,
    y: float,
    width: float,
    height: float,
    size: float,
    color: str,
    *,
    bold: bool = False,
    after: float = 0,
    name: str,
) -> Any:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(x), Inches(y), Inches(width), Inches(height))
    box.name = name
    _write(box.text_frame, lines, size, color, bold, after=after)
    return box


def _points(
    slide: Any, points: Sequence[str], x: float, y: float, width: float, height: float
) -> None:
    """Write findings as a list, as large as the room allows and never under 12 points."""
    if not points:
        return
    size = next(
        (size for size in (16, 15, 14, 13) if fitted(points, size, width - 0.25, gap=8) <= height),
        12,
    )
    box = _text(slide, points, x, y, width, height, size, _INK, after=8, name="points")
    for paragraph in box.text_frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", "228600")
        properties.set("indent", "-228600")
        bullet = properties.makeelement(f"{{{_A}}}buChar", {"char": "•"})
        properties.append(bullet)


def _points_and_table(slide: Any, section: Section, table: Table, lang: str) -> None:
    """Fill the right-hand side: one or two points, and the figures under them."""
    x, width, height = 7.4, 5.3, _BOTTOM - _TOP
    used = 0.0
    if section.points:
        size = 14
        used = fitted(section.points, size, width - 0.25, gap=6) + 0.15
        used = min(used, height / 2)
        _points(slide, section.points, x, _TOP, width, used)
    color = section.color.lstrip("#").upper()
    frame = (x, _TOP + used, width, height - used)
    add_table(slide, table, frame, color, section.title, lang)


def _tiles(slide: Any, tiles: Sequence[Tile], x: float, y: float, width: float) -> None:
    """Key figures in a grid, three a row."""
    from pptx.util import Pt

    across, gap = 3, 0.2
    rows = -(-len(tiles) // across)
    wide = (width - gap * (across - 1)) / across
    high = min((_BOTTOM - _TOP - gap * (rows - 1)) / rows, 2.1)
    for position, tile in enumerate(tiles):
        left = x + (position % across) * (wide + gap)
        top = y + (position // across) * (high + gap)
        _bar(slide, left, top, wide, high, _PALE)
        _bar(slide, left, top, wide, 0.07, tile.color.lstrip("#").upper())
        inner = wide - 0.36
        size = next((one for one in (30, 26, 22) if fitted([tile.value], one, inner) < 0.6), 18)
        box = _text(
            slide,
            [tile.value],
            left + 0.18,
            top + 0.22,
            inner,
            high - 0.3,
            size,
            _INK,
            bold=True,
            name=tile.name,
        )
        box.text_frame.paragraphs[0].space_after = Pt(4)
        _more_lines(box.text_frame, tile.name, 13, _INK, 5)
        _more_lines(box.text_frame, tile.detail, 13, _MUTED, 0)


def _more_lines(frame: Any, text: str, size: float, color: str, after: float) -> None:
    """Add a paragraph of its own size and colour to a text frame."""
    from pptx.util import Pt

    paragraph = frame.add_paragraph()
    paragraph.space_after = Pt(after)
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), False
    run.font.color.rgb = rgb(color)


def _slide_number(slide: Any) -> None:
    """Add the slide's number as a field, bottom right."""
    from pptx.enum.text import PP_ALIGN

    box = _text(slide, [""], 12.0, 6.93, 0.7, 0.3, 10, _MUTED, name="number")
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph._p.find(f"{{{_A}}}r")
    field = paragraph._p.makeelement(
        f"{{{_A}}}fld", {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"}
    )
    field.append(run.find(f"{{{_A}}}rPr"))
    text = field.makeelement(f"{{{_A}}}t", {})
    text.text = "‹#›"
    field.append(text)
    paragraph._p.replace(run, field)

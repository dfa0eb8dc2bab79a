"""Sections to a Word document: headings, findings, pictures with alt text, tables, sources."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from yanshi_analysis.files import canonical_zip
from yanshi_analysis.labels import t
from yanshi_analysis.style import INK, MUTED, text_color

from ._model import Section, Table
from ._ooxml import word_faces
from ._pictures import PICTURE_SIZE
from ._save_chart import picture

__all__ = ["document"]

_INK, _MUTED = INK.lstrip("#"), MUTED.lstrip("#")
_RULE = "C9CFD6"
_TEXT_WIDTH = 17.0  # cm, A4 less two margins of 2 cm
_PICTURE_WIDTH = 15.5  # cm
_PICTURE_DPI = 220
_LOCALES = {"en": "en-US", "zh": "zh-CN"}


def document(
    title: str, subtitle: str, source: str, sections: Sequence[Section], lang: str
) -> bytes:
    """Make an A4 document.

    Parameters
    ----------
    title, subtitle, source : str
        The head of the first page.
    sections : sequence of Section
        The chapters.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    bytes
        The DOCX file, the same for the same sections.
    """
    from docx import Document

    paper = Document()
    _page(paper)
    _styles(paper)
    _footer(paper, title, lang)
    properties = paper.core_properties
    properties.title, properties.subject = title, subtitle
    properties.author = properties.keywords = properties.comments = ""
    properties.language = _LOCALES[lang]
    paper.add_paragraph(title, style="Title")
    paper.add_paragraph(subtitle, style="Subtitle")
    _small(paper, source)
    counts = {"figure": 0, "table": 0}
    for section in sections:
        _chapter(paper, section, counts, lang)
    places = sorted(
        dict.fromkeys(place for section in sections for place in section.places),
        key=lambda place: (place.source, int(place.line or 0)),
    )
    if places:
        paper.add_heading(t("export.doc_places", lang), level=1)
        heads = tuple(
            t(f"export.{one}", lang)
            for one in (
                "head_indicator",
                "head_value",
                "head_source",
                "column_section",
                "column_page",
                "column_line",
            )
        )
        widths = (5.2, 3.2, 5.0, 1.3, 1.2, 1.2)
        listed = Table(heads, tuple(places), widths, (False, True, False, True, True, True))
        _table(paper, listed, _MUTED, size=8)
    for run in paper.element.body.iter(f"{{{_W}}}rPr"):
        word_faces(run)
    package = paper.part.package
    for rid, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # of the template, not of this document
            del package.rels[rid]
    out = io.BytesIO()
    paper.save(out)
    return canonical_zip(out.getvalue())


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _page(paper: Any) -> None:
    """A4 with margins of 2 cm."""
    from docx.shared import Cm

    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.0)
    page.top_margin, page.bottom_margin = Cm(2.0), Cm(1.8)
    page.header_distance = page.footer_distance = Cm(1.0)


def _styles(paper: Any) -> None:
    """Faces, sizes and colours of the built-in styles, so that outline and contents still work."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    looks = {
        "Normal": (10.5, False, _INK, 0, 5),
        "Title": (24, True, _INK, 0, 4),
        "Subtitle": (13, False, _MUTED, 0, 6),
        "Heading 1": (17, True, _INK, 20, 6),
        "Heading 2": (13, True, _INK, 12, 4),
        "List Bullet": (10.5, False, _INK, 0, 4),
        "Caption": (9, False, _MUTED, 2, 10),
    }
    for name, (size, bold, color, before, after) in looks.items():
        style = paper.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(color)
        word_faces(style.element.get_or_add_rPr())
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        spacing.line_spacing = 1.15
        if name.startswith("Heading"):
            spacing.keep_with_next = True
    borders = paper.styles["Title"].element.find(f".//{{{_W}}}pBdr")
    if borders is not None:
        borders.getparent().remove(borders)
    defaults = paper.styles.element.find(f".//{{{_W}}}rPrDefault/{{{_W}}}rPr")
    if defaults is not None:
        word_faces(defaults)
        language = defaults.find(f"{{{_W}}}lang")
        if language is not None:
            # Latin letters and digits: never Chinese, which would let numbers break anywhere
            language.set(f"{{{_W}}}val", "en-US")
            language.set(f"{{{_W}}}eastAsia", "zh-CN")


def _footer(paper: Any, title: str, lang: str) -> None:
    """Put the title and the page's number at the foot of each page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm, Pt, RGBColor

    line = paper.sections[0].footer.paragraphs[0]
    line.style = paper.styles["Normal"]
    line.paragraph_format.tab_stops.add_tab_stop(Cm(_TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    before, after = t("export.doc_page", lang), t("export.doc_page_after", lang)
    for text in (f"{title}\t{before} ", None, f" {after}".rstrip()):
        run = line.add_run(text or "")
        run.font.size = Pt(8.5)
        run.font.color.rgb = RGBColor.from_string(_MUTED)
        if text is None:
            for kind in ("begin", "PAGE", "end"):
                if kind == "PAGE":
                    element = run._r.makeelement(f"{{{_W}}}instrText", {})
                    element.text = kind
                else:
                    element = run._r.makeelement(f"{{{_W}}}fldChar", {f"{{{_W}}}fldCharType": kind})
                run._r.append(element)
        word_faces(run._r.get_or_add_rPr())


def _small(paper: Any, text: str, after: float = 8) -> None:
    """Add a paragraph in small grey type."""
    from docx.shared import Pt

    line = paper.add_paragraph(text, style="Caption")
    line.paragraph_format.space_after = Pt(after)


def _chapter(paper: Any, section: Section, counts: dict[str, int], lang: str) -> None:
    """One section: heading, finding, points, picture, table, source."""
    from docx.shared import Pt, RGBColor

    heading = paper.add_heading(section.label, level=1)
    heading.runs[0].font.color.rgb = RGBColor.from_string(text_color(section.color).lstrip("#"))
    finding = paper.add_paragraph()
    finding.paragraph_format.keep_with_next = True
    run = finding.add_run(section.title)
    run.font.bold, run.font.size = True, Pt(12)
    for point in section.points:
        paper.add_paragraph(point, style="List Bullet")
    if section.draw is not None:
        _picture(paper, section, counts, lang)
    if section.table is not None:
        counts["table"] += 1
        caption = paper.add_paragraph(
            t("export.doc_table", lang, n=counts["table"], title=section.label), style="Caption"
        )
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(8)
        caption.paragraph_format.space_after = Pt(3)
        _table(paper, section.table, section.color.lstrip("#").upper())
    if section.source and section.table is not None:
        _small(paper, section.source)


def _picture(paper: Any, section: Section, counts: dict[str, int], lang: str) -> None:
    """Draw the section's chart at the size of a page's width, with its alt text."""
    import matplotlib.pyplot as plt
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    from yanshi_analysis import charts
    from yanshi_analysis.style import use_style

    assert section.draw is not None
    with use_style(lang, PICTURE_SIZE):
        ax = section.draw()
        info = charts.describe(ax)
        figure = ax.get_figure(root=True)
        assert figure is not None
        content = picture(figure, "png", title=info.title, alt=info.alt, dpi=_PICTURE_DPI)
        plt.close(figure)
    counts["figure"] += 1
    holder = paper.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder.paragraph_format.keep_with_next = True
    shape = holder.add_run().add_picture(io.BytesIO(content), width=Cm(_PICTURE_WIDTH))
    for properties in shape._inline.iter():
        if properties.tag.endswith(("}docPr", "}cNvPr")):
            properties.set("descr", info.alt)
            properties.set("name", info.title)
    paper.add_paragraph(
        t("export.doc_figure", lang, n=counts["figure"], title=section.label), style="Caption"
    )


def _table(paper: Any, table: Table, color: str, size: float = 9) -> None:
    """Add a table with a head that repeats on each page, and light rules."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    grid = paper.add_table(rows=0, cols=len(table.heads))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    widths = [_TEXT_WIDTH * share / sum(table.widths) for share in table.widths]
    for number, cells in enumerate((table.heads, *table.rows)):
        row = grid.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(f"{{{_W}}}cantSplit", {}))
        if number == 0:
            properties.append(properties.makeelement(f"{{{_W}}}tblHeader", {}))
        for position, text in enumerate(cells):
            cell = row.cells[position]
            cell.width = Cm(widths[position])
            line = cell.paragraphs[0]
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2.5)
            line.paragraph_format.line_spacing = 1.0
            line.paragraph_format.keep_with_next = number in (0, len(table.rows))
            if table.numeric[position]:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = line.add_run(text)
            run.font.size, run.font.bold = Pt(size), number == 0
            run.font.color.rgb = RGBColor.from_string(_MUTED if number == 0 else _INK)
            _rule(cell, color if number == 0 else _RULE, 12 if number == 0 else 4)
    for position, width in enumerate(widths):
        grid.columns[position].width = Cm(width)


def _rule(cell: Any, color: str, eighths: int) -> None:
    """Draw a line under a cell."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.makeelement(f"{{{_W}}}tcBorders", {})
    bottom = borders.makeelement(
        f"{{{_W}}}bottom",
        {
            f"{{{_W}}}val": "single",
            f"{{{_W}}}sz": str(eighths),
            f"{{{_W}}}space": "0",
            f"{{{_W}}}color": color,
        },
    )
    borders.append(bottom)
    properties.append(borders)

"""Native tables on a slide, ruled lightly, and how much room text takes."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Sequence
from typing import Any

from yanshi_analysis.labels import t
from yanshi_analysis.style import GRID, INK, MUTED

from ._model import Table
from ._ooxml import describe, rgb

__all__ = ["add_table", "fitted"]

_INK, _GREY, _RULE = INK.lstrip("#"), MUTED.lstrip("#"), GRID.lstrip("#")
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"


def fitted(lines: Sequence[str], size: float, width: float, *, gap: float = 0) -> float:
    """Estimate how high text will be.

    Parameters
    ----------
    lines : sequence of str
        Paragraphs.
    size : float
        Size of the type, in points.
    width : float
        Room, in inches.
    gap : float
        Space after each paragraph, in points.

    Returns
    -------
    float
        Height in inches, on the safe side.
    """
    total = 0.0
    for line in lines:
        wide = [unicodedata.east_asian_width(one) in "WF" for one in line]
        points = sum(size * (1.0 if one else 0.51) for one in wide)
        # a thin space is set where Chinese and Latin letters meet
        points += 0.25 * size * sum(a != b for a, b in itertools.pairwise(wide))
        total += max(1, math.ceil(points * 1.04 / (width * 72))) * size * 1.25 + gap
    return total / 72


def add_table(
    slide: Any,
    table: Table,
    box: tuple[float, float, float, float],
    color: str,
    title: str,
    lang: str,
) -> None:
    """Put a table on a slide, in the largest type that fits; rows that do not fit are counted.

    Parameters
    ----------
    slide : pptx.slide.Slide
        Where it goes.
    table : Table
        What it says.
    box : (float, float, float, float)
        Left, top, width, height, in inches.
    color : str
        The section's colour, as ``RRGGBB``.
    title : str
        What the table is about, for the alt text.
    lang : {"en", "zh"}
        The language.
    """
    from pptx.util import Inches

    left, top, width, height = box
    widths = [width * share / sum(table.widths) for share in table.widths]
    size, rows = _fit(table, widths, height)
    left_out = len(table.rows) - len(rows)
    frame = slide.shapes.add_table(
        len(rows) + 1, len(table.heads), Inches(left), Inches(top), Inches(width), Inches(0.3)
    )
    alt = t("export.alt_table", lang, title=title, heads=t("export.joiner", lang).join(table.heads))
    describe(frame._element, name=title, alt=alt)
    grid = frame.table
    _plain(grid)
    for position, wide in enumerate(widths):
        grid.columns[position].width = Inches(wide)
    for row, cells in enumerate((table.heads, *rows)):
        grid.rows[row].height = Inches(_row_height(cells, widths, size))
        for position, text in enumerate(cells):
            _cell(
                grid.cell(row, position),
                text,
                size,
                head=row == 0,
                right=table.numeric[position],
                rule=color if row == 0 else _RULE,
            )
    if left_out:
        used = sum(_row_height(cells, widths, size) for cells in (table.heads, *rows))
        _more(slide, left, top + used + 0.04, width, t("export.more_rows", lang, count=left_out))


def _fit(
    table: Table, widths: Sequence[float], height: float
) -> tuple[float, tuple[tuple[str, ...], ...]]:
    """Choose the largest type in which all rows fit; at the smallest, as many rows as fit."""
    for size in (14.0, 13.0, 12.0, 11.0):
        needed = sum(_row_height(cells, widths, size) for cells in (table.heads, *table.rows))
        if needed <= height:
            return size, table.rows
    rows: list[tuple[str, ...]] = []
    used = _row_height(table.heads, widths, size) + 0.3
    for cells in table.rows:
        used += _row_height(cells, widths, size)
        if used > height:
            break
        rows.append(cells)
    return size, tuple(rows or table.rows[:1])


def _row_height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Height of a row in inches: its highest cell and the air around it."""
    return (
        max(fitted([cell], size, wide - 0.16) for cell, wide in zip(cells, widths, strict=True))
        + 0.09
    )


def _plain(grid: Any) -> None:
    """Take the template's table style off."""
    properties = grid._tbl.tblPr
    properties.find(f"{{{_A}}}tableStyleId").text = _NO_STYLE
    properties.set("bandRow", "0")
    properties.set("firstRow", "1")


def _cell(cell: Any, text: str, size: float, *, head: bool, right: bool, rule: str) -> None:
    """Write one cell: heads in grey, a rule under each row."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches, Pt

    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), head
    run.font.color.rgb = rgb(_GREY if head else _INK)
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(f"{{{_A}}}lnB", {"w": "19050" if head else "9525"})
    fill = line.makeelement(f"{{{_A}}}solidFill", {})
    fill.append(fill.makeelement(f"{{{_A}}}srgbClr", {"val": rule}))
    line.append(fill)
    properties.insert(0, line)


def _more(slide: Any, left: float, top: float, width: float, text: str) -> None:
    """Say how many rows stand only in the document and the workbook."""
    from pptx.util import Inches, Pt

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(0.28))
    box.name = "more"
    box.text_frame.word_wrap = True
    box.text_frame.margin_left = Inches(0.07)
    run = box.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.italic = Pt(11), False
    run.font.color.rgb = rgb(_GREY)

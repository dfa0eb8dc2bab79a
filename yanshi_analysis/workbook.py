"""Workbooks made for people who fill them in: drop-down lists, comments, widths.

A workbook that a person has edited is never written to: it would lose what openpyxl does not know.
"""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanshi_analysis import units
from yanshi_analysis.data import KINDS, MEASURES, STATUSES
from yanshi_analysis.data.dictionary import WORDS, Folder, ids
from yanshi_analysis.files import canonical_zip, write_bytes

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["HEADER_COMMENTS", "workbook_bytes", "write_workbook"]

#: What belongs in each column, "English | 中文"; the comment on its header.
HEADER_COMMENTS = {
    "indicator": "What is counted: an id from dictionary.xlsx. The same id means strictly "
    "comparable. | 统计指标代码，取自 dictionary.xlsx。代码相同表示口径完全可比。",
    "region": "GB/T 2260 code of the area, six digits, as text. | 行政区划代码（GB/T 2260），六位，文本格式。",
    "year": "The year the value is about. | 数值所属年份。",
    "kind": "outcome: happened; target: planned; context: a size that is neither (planned total "
    "investment, design capacity). | outcome 实绩；target 目标；context 其他规模（总投资、设计产能等）。",
    "measure": "level; growth (% on the year before); share (% of a whole, rates); rank; direction "
    "(-1 falls, +1 rises). | level 总量；growth 比上年增长（%）；share 比重、率（%）；rank 位次；"
    "direction 升降方向（-1 下降，+1 上升）。",
    "value": "The number as printed, in the printed unit; never converted or rounded. For a range, "
    "its lower end. | 按原文填写数字，不换算、不取舍。区间填下限。",
    "value_high": "Upper end of a range; else empty. | 区间的上限，其余留空。",
    "unit": "The unit as printed: 亿元, 万人次, % … Empty for a direction. | 按原文填写计量单位，如"
    "亿元、万人次、%。升降方向留空。",
    "qualifier": "exact; about (左右, 余, 约); at_least (以上, 超, 突破, 不低于); at_most (以内); range. | "
    "exact 确数；about 约数；at_least 不低于；at_most 不高于；range 区间。",
    "status": "SDMX status: A normal, E estimated (预计), P provisional. | SDMX 状态：A 正常，E 预计，P 初步。",
    "as_printed": "The shortest string that shows the number as printed, e.g. 665万人次; never a "
    "sentence. | 能完整显示该数字的最短原文，如 665万人次；不录整句。",
    "section": "Where it stands: part.heading, 1.3 is 一（三）. | 所在章节：1.3 即 一（三）。",
    "page": "Printed page. | 印刷页码。",
    "line": "Line of the text file, from 1, blank lines counted. | 文本文件行号，自 1 起，空行计入。",
    "source": "An id from the sheet sources of dictionary.xlsx. | 资料来源代码，取自 dictionary.xlsx 的 sources 表。",
    "note": "What a statistician should know: English | Chinese, with a bar between. | "
    "统计口径说明：英文在前，中文在后，以竖线分隔。",
    "number": "The number as printed. | 原文中的数字。",
    "reason": "Why the number is no statistic. | 不作为统计数据的原因。",
    "detail": "What it is. | 具体说明。",
    "name_en": "Name in English. | 英文名称。",
    "name_zh": "Name in Chinese, the official term. | 中文名称，用规范统计术语。",
    "domain": "Id of the domain. | 领域代码。",
    "theme": "Id of the theme within the domain. | 领域内的主题代码。",
    "unit_base": "Unit for calculation: yuan, person, kg … | 计算用的基本单位。",
    "better": "Which way is better: higher, lower, none. | 何为向好：higher 越高越好，lower 越低越好，none 不分。",
    "flow_or_stock": "flow: over the year; stock: at a moment; rate. | flow 时期数；stock 时点数；rate 比率。",
    "definition": "What is counted, English | Chinese. | 指标解释，英文在前，中文在后。",
    "level": "country, province, prefecture or county. | 行政层级。",
    "published": "When it was published (ISO date or year); the later source wins. | "
    "发布日期；同一数据以后发布者为准。",
    "outcome_indicator": "The indicator of the outcome. | 实绩所用指标。",
    "target_indicator": "The indicator of the target. | 目标所用指标。",
    "comparability": "wording: the same thing in other words; caveat: another population, scope or "
    "definition. | wording 表述不同、口径相同；caveat 口径不同，不可直接比较。",
    "reason_en": "Why, in English. | 理由（英文）。",
    "reason_zh": "Why, in Chinese. | 理由（中文）。",
    "relation": "part_of, per_unit or driver. | part_of 部分与总体；per_unit 比值有意义；driver 应同向变动。",
    "other_indicator": "The whole, the denominator or what is driven. | 总体、分母或被带动的指标。",
    "term": "The report's own shorthand. | 报告中的专用简称。",
    "explanation_en": "Explanation in our own words. | 用自己的话解释（英文）。",
    "explanation_zh": "Explanation in our own words, in Chinese. | 用自己的话解释（中文）。",
    "name": "The indicator's name as found in the text. | 原文中的指标名称。",
    "score": "How well the name matches the proposed id, 0 to 100. | 名称与建议指标的匹配度，0–100。",
    "reviewed": "Write yes when you have checked the row against the text. | 核对原文无误后填 yes。",
}

_LISTED: dict[str, Sequence[str]] = {
    "kind": KINDS,
    "measure": MEASURES,
    "qualifier": units.QUALIFIERS,
    "status": STATUSES,
    "reviewed": ("yes", "no"),
} | {column: words for (_, column), words in WORDS.items()}
_TEXT_COLUMNS = {"region", "section", "number", "published", "as_printed"}
_SPARE_ROWS = 500  # room for a person to go on below the last row
_WIDEST = 60


def workbook_bytes(
    sheets: Mapping[str, pd.DataFrame],
    *,
    folder: Folder = None,
    ids_of: Mapping[str, Sequence[str]] | None = None,
    colour: Callable[[str, int, str], str | None] | None = None,
) -> bytes:
    """Return an XLSX workbook of tables to be edited in Excel or WPS.

    Parameters
    ----------
    sheets : mapping of str to DataFrame
        Sheet name to table. NaN and NA become empty cells; text stays text, even if it begins with
        ``=``.
    folder : path, optional
        Data folder whose dictionary fills the drop-down lists of ``indicator``, ``region``,
        ``source`` and ``unit``.
    ids_of : mapping, optional
        The ids of those lists, instead of reading a dictionary.
    colour : callable, optional
        ``(sheet, record, column) -> RGB`` such as ``"FFF2CC"``, to mark single cells.

    Returns
    -------
    bytes
        The workbook. The same tables give the same bytes.
    """
    from openpyxl import Workbook

    listed = dict(_LISTED)
    for sheet, column in _ID_SHEETS.items():
        known = ids_of.get(column) if ids_of is not None else ids(folder, sheet)[column]
        if known:
            listed[column] = list(known)
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = {
        column: words
        for column, words in sorted(listed.items())
        if any(column in table.columns for table in sheets.values())
    }
    for title, table in sheets.items():
        _fill(book.create_sheet(title), table, lists, colour)
    hidden = book.create_sheet("lists")
    hidden.sheet_state = "hidden"
    for position, (column, words) in enumerate(lists.items(), start=1):
        for row, word in enumerate([column, *words], start=1):
            _write(hidden.cell(row, position), word)
    out = io.BytesIO()
    book.save(out)
    return canonical_zip(out.getvalue())


_ID_SHEETS = {
    "indicators": "indicator",
    "regions": "region",
    "sources": "source",
    "units": "unit",
    "domains": "domain",
    "themes": "theme",
}


def write_workbook(
    path: str | os.PathLike[str],
    sheets: Mapping[str, pd.DataFrame],
    *,
    overwrite: bool = False,
    folder: Folder = None,
    ids_of: Mapping[str, Sequence[str]] | None = None,
    colour: Callable[[str, int, str], str | None] | None = None,
) -> Path:
    """Write a workbook to be edited in Excel or WPS, in one step.

    Parameters
    ----------
    path : path
        The file to make.
    sheets, folder, ids_of, colour
        As in `workbook_bytes`.
    overwrite : bool, default False
        Replace an existing file. Leave it False for any file that a person may have edited.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    FileExistsError
        If the file exists and `overwrite` is False.
    """
    target = Path(path)
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} exists and may have been edited; give another name")
    target.parent.mkdir(parents=True, exist_ok=True)
    return write_bytes(
        target, workbook_bytes(sheets, folder=folder, ids_of=ids_of, colour=colour)
    )


def _fill(
    sheet: Worksheet,
    table: pd.DataFrame,
    lists: Mapping[str, Sequence[str]],
    colour: Callable[[str, int, str], str | None] | None,
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = len(table) + 1 + _SPARE_ROWS
    for position, column in enumerate(table.columns, start=1):
        letter = get_column_letter(position)
        header = sheet.cell(1, position, str(column))
        header.font = Font(bold=True, color="FFFFFF")
        header.fill = PatternFill("solid", fgColor="1F4E79")
        header.alignment = Alignment(vertical="center")
        if column in HEADER_COMMENTS:
            text = HEADER_COMMENTS[str(column)].replace(" | ", "\n", 1)
            header.comment = Comment(text, "yanshi_analysis", width=360, height=130)
        width = len(str(column)) + 3
        for record, cell in enumerate(table[column].tolist()):
            target = sheet.cell(record + 2, position)
            _write(target, cell)
            fill = colour(sheet.title, record, str(column)) if colour else None
            if fill:
                target.fill = PatternFill("solid", fgColor=fill)
            width = max(width, _width(cell))
        sheet.column_dimensions[letter].width = min(width, _WIDEST)
        if column in _TEXT_COLUMNS:
            sheet.column_dimensions[letter].number_format = "@"
        if column in lists and sheet.title != "lists":
            choice = list(lists).index(str(column)) + 1
            end = len(lists[str(column)]) + 1
            source = f"lists!${get_column_letter(choice)}$2:${get_column_letter(choice)}${end}"
            if sheet.title in _ID_SHEETS and _ID_SHEETS[sheet.title] == column:
                continue  # here the ids themselves are made
            rule = DataValidation(type="list", formula1=source, allow_blank=True)
            rule.errorTitle = "yanshi_analysis"
            rule.error = "Pick one from the list. 请从列表中选择。"
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    if len(table.columns):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"


def _write(target: Any, cell: object) -> None:
    import pandas as pd

    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    target.value = cell
    if isinstance(cell, str):
        target.data_type = "s"
        target.number_format = "@"


def _width(cell: object) -> int:
    text = "" if cell is None else str(cell)
    return 2 + sum(2 if ord(character) > 0x2E80 else 1 for character in text[:_WIDEST])

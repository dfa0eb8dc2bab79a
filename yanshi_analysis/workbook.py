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
from yanshi_analysis.data.problems import words
from yanshi_analysis.files import canonical_zip, write_bytes

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["workbook_bytes", "write_workbook"]

_LISTED: dict[str, Sequence[str]] = {
    "kind": KINDS,
    "measure": MEASURES,
    "qualifier": units.QUALIFIERS,
    "status": STATUSES,
    "reviewed": ("yes", "no"),
    **{column: known for (_, column), known in WORDS.items()},
}
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
        choices = ids_of.get(column) if ids_of is not None else ids(folder, sheet)[column]
        if choices:
            listed[column] = list(choices)
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = {
        column: known
        for column, known in sorted(listed.items())
        if any(column in table.columns for table in sheets.values())
    }
    for title, table in sheets.items():
        _fill(book.create_sheet(title), table, lists, colour)
    hidden = book.create_sheet("lists")
    hidden.sheet_state = "hidden"
    for position, (column, known) in enumerate(lists.items(), start=1):
        for row, word in enumerate([column, *known], start=1):
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
    return write_bytes(target, workbook_bytes(sheets, folder=folder, ids_of=ids_of, colour=colour))


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

    comments = words()["column"]
    last = len(table) + 1 + _SPARE_ROWS
    for position, column in enumerate(table.columns, start=1):
        letter = get_column_letter(position)
        header = sheet.cell(1, position, str(column))
        header.font = Font(bold=True, color="FFFFFF")
        header.fill = PatternFill("solid", fgColor="1F4E79")
        header.alignment = Alignment(vertical="center")
        if column in comments:
            text = f"{comments[column]['en']}\n{comments[column]['zh']}"
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

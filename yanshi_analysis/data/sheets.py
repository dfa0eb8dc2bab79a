"""One sheet of one workbook as a table of cells, with everything that is wrong with its shape."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from yanshi_analysis import units
from yanshi_analysis.data.files import inspect
from yanshi_analysis.data.problems import DataError, Problem, hint, problem

__all__ = ["Cells", "Workbook", "open_workbook"]


@dataclass
class Workbook:
    """A workbook that was found safe to open."""

    path: Path
    reader: CalamineWorkbook
    #: (sheet, cell) with a percent format
    percents: set[tuple[str, str]] = field(default_factory=set)
    #: (sheet, cell) with a formula whose result is not stored
    unsaved: set[tuple[str, str]] = field(default_factory=set)

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets, in order."""
        return self.reader.sheet_names


def open_workbook(path: Path) -> Workbook:
    """Open a workbook after checking that it is one and that it is harmless.

    Raises
    ------
    DataError
        If the file is no workbook, unpacks to too much or declares XML entities.
    """
    found, special = inspect(path)
    if found:
        raise DataError(found)
    try:
        workbook = Workbook(path, CalamineWorkbook.from_path(str(path)))
        if special:
            _look_closer(workbook)
    except (CalamineError, ValueError, KeyError, TypeError, OSError) as error:
        raise DataError([problem("not_workbook", path.name, detail=str(error))]) from None
    return workbook


def _look_closer(workbook: Workbook) -> None:
    import openpyxl

    formulas = openpyxl.load_workbook(workbook.path)
    values = openpyxl.load_workbook(workbook.path, data_only=True)
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                # A sign in quotes or behind a backslash is printed and scales nothing.
                if "%" in re.sub(r'"[^"]*"|\\.', "", cell.number_format or ""):
                    workbook.percents.add((sheet.title, cell.coordinate))
                stored = values[sheet.title][cell.coordinate].value
                if cell.data_type == "f" and stored is None:
                    workbook.unsaved.add((sheet.title, cell.coordinate))


def _letter(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class Cells:
    """The cells of a sheet, column by column, with the place of each.

    Attributes
    ----------
    columns : dict
        Column name to the list of its cells.
    rows : list of int
        Row number of each record in the sheet.
    problems : list of Problem
        What is wrong so far; the converters below add to it.
    """

    workbook: Workbook
    sheet: str
    columns: dict[str, list[Any]]
    letters: dict[str, str]
    rows: list[int]
    problems: list[Problem]

    def add(self, code: str, column: str, record: int, **values: object) -> None:
        """Note a problem at one cell, unless one stands there already."""
        cell = f"{self.letters.get(column, 'A')}{self.rows[record]}"
        name = self.workbook.path.name
        if all(found.cell != cell for found in self.problems):
            self.problems.append(problem(code, name, self.sheet, cell, **values))

    def _convert(self, column: str, convert: Callable[[Any, int], Any], empty: Any) -> list[Any]:
        if column not in self.columns:  # said once, at the header
            return [empty] * len(self.rows)
        return [convert(cell, record) for record, cell in enumerate(self.columns[column])]

    def text(self, column: str, *, required: bool = False) -> list[str]:
        """Return a column as text; whole numbers lose their ".0"."""

        def convert(cell: Any, record: int) -> str:
            if isinstance(cell, str):
                text = cell.strip()
            elif isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
                self.add("not_text", column, record, value=str(cell))
                return ""
            else:
                text = f"{cell:g}" if abs(cell) < 1e15 and cell != int(cell) else str(int(cell))
            if required and not text:
                self.add("empty_cell", column, record, name=column)
            return text

        return self._convert(column, convert, "")

    def whole(self, column: str, *, required: bool = False) -> list[int | None]:
        """Return a column as whole numbers, None where a cell is empty."""

        def convert(cell: Any, record: int) -> int | None:
            number = self._number(cell, column, record, required)
            if math.isnan(number):
                return None
            if number != int(number) or abs(number) > 1e9:
                self.add("not_whole", column, record, value=cell)
                return None
            return int(number)

        return self._convert(column, convert, None)

    def number(self, column: str, *, required: bool = False, percent: bool = False) -> list[float]:
        """Return a column as numbers, NaN where a cell is empty.

        With `percent`, a cell with a percent format (5.8 %, stored as 0.058) and the text "5.8%"
        are both 5.8.
        """

        def convert(cell: Any, record: int) -> float:
            if percent and isinstance(cell, str) and units.normalise(cell).endswith("%"):
                return self._number(units.normalise(cell)[:-1], column, record, required)
            number = self._number(cell, column, record, required)
            if percent and self.workbook.percents and not math.isnan(number):
                place = (self.sheet, f"{self.letters[column]}{self.rows[record]}")
                if place in self.workbook.percents:
                    return float(Decimal(repr(number)) * 100)
            return number

        return self._convert(column, convert, math.nan)

    def _number(self, cell: Any, column: str, record: int, required: bool) -> float:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return float(cell)
        if isinstance(cell, str):
            text = units.normalise(cell).replace(",", "")
            if not text:
                if required:
                    self.add("empty_cell", column, record, name=column)
                return math.nan
            try:
                number = float(text)
            except ValueError:
                number = math.inf
            if math.isfinite(number):
                return number
        self.add("not_number", column, record, value=str(cell))
        return math.nan


def read(
    workbook: Workbook, sheet: str, required: Sequence[str], optional: Iterable[str] = ()
) -> Cells:
    """Read one sheet.

    Parameters
    ----------
    workbook : Workbook
        From `open_workbook`.
    sheet : str
        Name of the sheet; its first row is the header.
    required, optional : sequence of str
        The columns that must and may stand there.

    Returns
    -------
    Cells
        Columns by name; blank rows are skipped. Problems of shape (missing, misspelt or repeated
        columns, merged cells, formulas without a stored result, no rows) are in ``problems``.
    """
    name = workbook.path.name
    cells = Cells(workbook, sheet, {}, {}, [], [])
    if sheet not in workbook.sheets:
        cells.problems.append(problem("missing_sheet", name, sheet))
        return cells
    source = workbook.reader.get_sheet_by_name(sheet)
    table = source.to_python(skip_empty_area=False)
    for first, last in source.merged_cell_ranges or []:
        detail = f"{_letter(first[1])}{first[0] + 1}:{_letter(last[1])}{last[0] + 1}"
        cells.problems.append(problem("merged", name, sheet, detail.split(":")[0], detail=detail))
    cells.problems += [
        problem("no_cached_value", name, sheet, place)
        for title, place in sorted(workbook.unsaved)
        if title == sheet
    ]
    header = [str(cell).strip() for cell in table[0]] if table else []
    known = [*required, *optional]
    for position, column in enumerate(header):
        if not column:
            continue
        place = f"{_letter(position)}1"
        if column not in known:
            near = hint(column, [name for name in known if name not in header])
            cells.problems.append(
                problem("unknown_column", name, sheet, place, name=column, **near)
            )
        elif column in cells.letters:
            cells.problems.append(problem("duplicate_column", name, sheet, place, name=column))
        else:
            cells.letters[column] = _letter(position)
    for column in required:
        if column not in cells.letters:
            near = hint(column, [name for name in header if name and name not in known])
            cells.problems.append(problem("missing_column", name, sheet, "A1", name=column, **near))
    records = [
        (number, row)
        for number, row in enumerate(table[1:], start=2)
        if any(cell != "" for cell in row)
    ]
    if not records:
        cells.problems.append(problem("empty_sheet", name, sheet))
    cells.rows = [number for number, _ in records]
    for column in cells.letters:
        position = header.index(column)
        cells.columns[column] = [row[position] for _, row in records]
    return cells

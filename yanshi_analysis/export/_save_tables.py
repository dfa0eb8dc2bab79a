"""Tables to one Excel workbook that people can read, sort, and make their own charts from."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from yanshi_analysis.files import canonical_zip, prepare_folder, write_bytes
from yanshi_analysis.labels import LANGUAGES, t

from ._codebook import Column, column
from ._excel_charts import add_charts
from ._names import file_name, known, sheet_names
from ._readable import readable

__all__ = ["save_tables"]

_FONT = {"en": "Arial", "zh": "微软雅黑"}
_NARROW, _WIDE = 8, 48  # columns, in characters
_LONGEST_CELL = 32_767  # characters, Excel's limit


def save_tables(
    tables: Mapping[str, pd.DataFrame], path: str | os.PathLike[str], *, lang: str = "en"
) -> Path:
    """Write tables to one XLSX workbook.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Sheet name to table. The names ``facts``, ``comparison``, ``attainment``,
        ``implied_base``, ``inconsistencies``, ``projections`` and ``chances`` are put into words.
    path : str or path-like
        The workbook to write, ending in ``.xlsx``; its folder is made if missing.
    lang : {"en", "zh"}, default "en"
        The language of headings, names and explanations.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    ValueError
        If there is no table, a table has no rows, a sheet's or the file's name is not allowed,
        the ending is not ``.xlsx``, or the language is unknown.

    Notes
    -----
    Each table has its sheet, with number formats, widths and filters; the sheet of charts holds
    native charts with the numbers behind them, and the codebook says what every column means and
    in which unit it is. Values stay numbers, in base units where the codebook says so. Text is
    always text: a cell that begins with ``=``, ``+``, ``-`` or ``@`` is never a formula. ``∞`` is
    an interval without an upper end. The same tables give the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from yanshi_analysis.export import save_tables
    >>> table = pd.DataFrame({"indicator": ["gdp"], "year": [2024], "growth": [5.8]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_tables({"growth": table}, f"{folder}/growth.xlsx", lang="zh").name
    'growth.xlsx'
    """
    known(lang, LANGUAGES, "language")
    place = Path(path)
    if place.suffix.lower() != ".xlsx":
        raise ValueError(f"{place.name!r} must end in .xlsx")
    file_name(place.stem)
    content = workbook(tables, lang)
    prepare_folder(place.parent)
    return write_bytes(place, content)


def workbook(tables: Mapping[str, pd.DataFrame], lang: str) -> bytes:
    """Make the workbook that `save_tables` writes.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Sheet name to table.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    bytes
        The XLSX file, the same for the same tables.
    """
    import xlsxwriter

    if not tables:
        raise ValueError("there are no tables to save")
    for name, table in tables.items():
        if table.empty:
            raise ValueError(f"the table {name!r} has no rows; leave it out")
    titles = [_sheet_title(name, lang) for name in tables]
    charts_title, codebook_title = t("export.sheet_charts", lang), t("export.sheet_codebook", lang)
    sheet_names(titles, taken=[charts_title, codebook_title])

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": t("export.workbook_title", lang)})
    book.set_calc_mode("auto")
    formats = _Formats(book, _FONT[lang])
    codebook: list[tuple[str, Column]] = []
    for title, table in zip(titles, tables.values(), strict=True):
        shown = readable(table, lang)
        described = [column(str(name), lang) for name in shown.columns]
        _write_sheet(book.add_worksheet(title), shown, described, formats)
        codebook += [(title, one) for one in described]
    add_charts(book, charts_title, tables, lang, _FONT[lang])
    _write_codebook(book.add_worksheet(codebook_title), codebook, formats, lang)
    book.close()
    return canonical_zip(out.getvalue())


def _sheet_title(name: str, lang: str) -> str:
    """Put the names of the package's own tables into words; any other name stays."""
    own = {
        "attainment",
        "chances",
        "comparison",
        "facts",
        "implied_base",
        "inconsistencies",
        "projections",
    }
    return t(f"export.sheet_{name}", lang) if name in own else name


class _Formats:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Any, font: str) -> None:
        self._book, self._font = book, font
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": self._font, "font_size": 10, "valign": "top", **properties}
            )
        return self._made[key]

    @property
    def head(self) -> Any:
        return self(bold=True, text_wrap=True, bg_color="#E9EEF2", bottom=1, valign="vcenter")


def _write_sheet(
    sheet: Any, table: pd.DataFrame, described: list[Column], formats: _Formats
) -> None:
    """Write one table: headings, cells, widths, filter, and panes that stay in view."""
    last_row, last_column = table.shape
    for position, one in enumerate(described):
        sheet.write_string(0, position, one.label, formats.head)
        values = table.iloc[:, position]
        longest = _width(one.label) if _width(one.label) <= 14 else 14
        for row, value in enumerate(values, start=1):
            longest = max(longest, _write_cell(sheet, row, position, value, one, formats))
        sheet.set_column(position, position, min(max(longest + 2, _NARROW), _WIDE))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last_row, last_column - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(2)


def _write_cell(
    sheet: Any, row: int, position: int, value: Any, one: Column, formats: _Formats
) -> int:
    """Write one cell and return how wide it is, in characters."""
    if value is None or value is pd.NA or (not isinstance(value, str) and pd.isna(value)):
        return 0
    if isinstance(value, str | bool) or not pd.api.types.is_number(value):
        written = str(value)
        if len(written) > _LONGEST_CELL:
            raise ValueError(f"a cell of {one.name!r} is longer than Excel's 32767 characters")
        sheet.write_string(row, position, written, formats(text_wrap=_width(written) > _WIDE))
        return _width(written)
    plain: Any = value
    number = float(f"{float(plain):.12g}")  # without the noise of binary fractions
    if math.isinf(number):
        sheet.write_string(row, position, "∞" if number > 0 else "−∞", formats(align="right"))
        return 2
    sheet.write_number(row, position, number, formats(num_format=_number_format(number, one.kind)))
    return len(f"{number:,.10g}") if one.kind not in {"year", "place"} else 6


def _number_format(number: float, kind: str) -> str:
    """Choose how a number looks: years without separator, percentages with their decimals."""
    if kind in {"year", "place", "count"}:
        return "0"
    if kind in {"%", "share"}:
        return {"%": "0.0", "share": "0.00"}[kind]
    for decimals in range(4):
        if math.isclose(number, round(number, decimals), rel_tol=1e-9, abs_tol=1e-9):
            return "#,##0" + ("." + "0" * decimals if decimals else "")
    return "#,##0.00" if abs(number) >= 1 else "0.0000"


def _width(text: str) -> int:
    """Estimate the width of the widest line of a text; Chinese characters count two."""
    import unicodedata

    return max(
        sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
        for line in (text.splitlines() or [""])
    )


def _write_codebook(
    sheet: Any, codebook: list[tuple[str, Column]], formats: _Formats, lang: str
) -> None:
    """Write which column of which sheet means what, in which unit."""
    heads = ("sheet", "label", "column", "means", "unit")
    for position, (head, width) in enumerate(zip(heads, (18, 26, 22, 78, 34), strict=True)):
        sheet.write_string(0, position, t(f"export.codebook_{head}", lang), formats.head)
        sheet.set_column(position, position, width)
    for row, (title, one) in enumerate(codebook, start=1):
        cells = (title, one.label, one.name, one.means, one.unit)
        for position, cell in enumerate(cells):
            sheet.write_string(row, position, cell, formats(text_wrap=True))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(codebook), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(2)

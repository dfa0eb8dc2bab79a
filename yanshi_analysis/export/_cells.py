"""Text in cells stays text: a spreadsheet must never run what a table says."""

from __future__ import annotations

import io
import math

import pandas as pd

__all__ = ["csv_bytes", "harmless", "is_text"]

_STARTERS = frozenset("=+-@\t\r\n＝＋－＠")  # the wide forms start a formula in East-Asian Excel


def harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Parameters
    ----------
    text : str
        A text cell.

    Returns
    -------
    str
        The text, with a leading ``'`` if it begins (after spaces) with ``=``, ``+``, ``-``, ``@``,
        one of their wide forms, a tab or a line break.

    Examples
    --------
    >>> from yanshi_analysis.export._cells import harmless
    >>> harmless("=1+1"), harmless("6%左右")
    ("'=1+1", '6%左右')
    """
    inner = text.lstrip(" \u3000\ufeff")
    return f"'{text}" if inner and inner[0] in _STARTERS else text


def is_text(column: pd.Series) -> bool:
    """Say whether a column holds text (or mixed objects), not numbers, truth values or times."""
    kind = column.dtype
    return not (
        pd.api.types.is_numeric_dtype(kind)
        or pd.api.types.is_bool_dtype(kind)
        or pd.api.types.is_datetime64_any_dtype(kind)
    )


def csv_bytes(table: pd.DataFrame, *, bom: bool) -> bytes:
    """Write a table as CSV (RFC 4180, UTF-8).

    Numbers are written as the shortest decimal that reads back the same; an unbounded end of an
    interval is ``INF`` or ``-INF`` (as Frictionless has it); what is missing is empty. Only text
    cells, and names of columns, are made harmless (see `harmless`): a negative number stays one.

    Parameters
    ----------
    table : DataFrame
        Any shape; the index is not written.
    bom : bool
        Begin with a byte order mark, by which Excel knows UTF-8.

    Returns
    -------
    bytes
        The file.
    """
    columns: dict[int, pd.Series] = {}
    for position in range(table.shape[1]):
        column = table.iloc[:, position]
        if is_text(column):
            columns[position] = column.map(_cell, na_action="ignore")
        elif pd.api.types.is_float_dtype(column.dtype):
            columns[position] = pd.Series(
                [_number(value) for value in column], index=column.index, dtype=object
            )
        elif pd.api.types.is_bool_dtype(column.dtype):
            columns[position] = column.map({True: "true", False: "false"}, na_action="ignore")
        else:
            columns[position] = column
    safe = pd.DataFrame(columns, index=table.index)
    out = io.StringIO(newline="")
    safe.to_csv(
        out,
        index=False,
        header=[harmless(str(name)) for name in table.columns],
        lineterminator="\r\n",
    )
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _cell(value: object) -> object:
    """Make one cell of a text column ready to write."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int | bool):
        return value
    return harmless(str(value))


def _number(value: float) -> str:
    """Write a number, exactly and without an exponent where that is readable."""
    if pd.isna(value):
        return ""
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))

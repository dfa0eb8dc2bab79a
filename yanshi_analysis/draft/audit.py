"""Every number of a text against a workbook, and every row of the workbook against the text."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanshi_analysis.data import data_folder
from yanshi_analysis.data.facts import SHEET_COLUMNS
from yanshi_analysis.data.sheets import open_workbook, read
from yanshi_analysis.draft.errors import DraftError
from yanshi_analysis.draft.facts import read_report
from yanshi_analysis.draft.numerals import plain

if TYPE_CHECKING:
    import pandas as pd

    from yanshi_analysis.data.dictionary import Folder

__all__ = ["AUDIT_COLUMNS", "audit"]

#: The columns of an audit.
AUDIT_COLUMNS = ("side", "line", "page", "number", "indicator", "result", "detail")

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NEAR = 2
_EXTRA = ("name", "score", "reason", "reviewed")


def audit(
    report: str | os.PathLike[str],
    workbook: str | os.PathLike[str] | None = None,
    *,
    folder: Folder = None,
) -> pd.DataFrame:
    """Account for every number of a report's text, and for every row of a workbook.

    Parameters
    ----------
    report : path
        The report's text.
    workbook : path, optional
        A workbook with the sheets ``facts`` and, if there are any, ``excluded``; the data folder's
        ``report_<year>.xlsx`` if not given.
    folder : path, optional
        Data folder; see `data_folder`.

    Returns
    -------
    DataFrame
        One row for each number of the text (``side`` is ``text``) and each row of the workbook
        (``side`` is ``workbook``): ``line``, ``page``, ``number`` (as printed), ``indicator``,
        ``result`` and ``detail``. Results of the text: ``fact``, ``excluded``, or ``missing`` (in
        neither sheet). Results of the workbook: ``found`` (the text says so at that line, or within
        two lines), ``words`` (a statement in words, found there), or ``not found``.

    Raises
    ------
    DraftError
        If the text cannot be read or there is no workbook.
    DataError
        If the workbook is not one.
    """
    import pandas as pd

    read_text = read_report(report)
    if workbook is None:
        workbook = data_folder(folder) / f"report_{read_text.plan.year}.xlsx"
    path = Path(workbook)
    if not path.is_file():
        raise DraftError(
            f"{path.name} does not exist; name the workbook to check against | "
            f"{path.name} 不存在，请指定要核对的工作簿"
        )
    facts = _facts(path)
    excluded = _excluded(path)
    flow = read_text.flow
    rows: list[tuple[Any, ...]] = []
    facts_at = _by_line(facts)
    excluded_at = _by_line(excluded)
    for match in _NUMBER.finditer(flow.plain):
        line, page = flow.line_at(match.start())
        digits = match[0].replace(",", "")
        fact = _take(facts_at, line, digits)
        if fact is not None:
            rows.append(
                ("text", line, page, match[0], fact["indicator"], "fact", fact["as_printed"])
            )
            continue
        left = _take(excluded_at, line, digits)
        if left is not None:
            rows.append(("text", line, page, match[0], "", "excluded", left["reason"]))
            continue
        around = flow.text[max(0, match.start() - 6) : match.end() + 6].replace("\n", " ")
        rows.append(("text", line, page, match[0], "", "missing", around))
    starts: dict[int, int] = {}
    for start, number in zip(flow.starts, flow.numbers, strict=True):
        starts.setdefault(number, start)
    order = sorted(starts)
    for fact in facts:
        result = _look_up(flow.plain, starts, order, fact)
        rows.append(
            (
                "workbook",
                fact["line"],
                fact["page"],
                fact["as_printed"],
                fact["indicator"],
                result,
                "",
            )
        )
    frame = pd.DataFrame(rows, columns=list(AUDIT_COLUMNS))
    for column in ("line", "page"):
        frame[column] = pd.array(frame[column].tolist(), dtype="Int64")
    for column in ("side", "number", "indicator", "result", "detail"):
        frame[column] = frame[column].astype("str")
    return frame


def _facts(path: Path) -> list[dict[str, Any]]:
    cells = read(open_workbook(path), "facts", SHEET_COLUMNS, _EXTRA)
    text = {name: cells.text(name) for name in ("indicator", "as_printed")}
    lines, pages = cells.whole("line"), cells.whole("page")
    value, high = cells.number("value"), cells.number("value_high")
    return [
        {
            "indicator": text["indicator"][row], "as_printed": text["as_printed"][row],
            "line": lines[row], "page": pages[row],
            "numbers": _numbers(text["as_printed"][row], value[row], high[row]), "used": 0,
        }
        for row in range(len(cells.rows))
    ]  # fmt: skip


def _excluded(path: Path) -> list[dict[str, Any]]:
    workbook = open_workbook(path)
    if "excluded" not in workbook.sheets:
        return []
    cells = read(workbook, "excluded", ("source", "line", "number", "reason", "detail"))
    numbers, reasons, lines = cells.text("number"), cells.text("reason"), cells.whole("line")
    return [
        {
            "line": lines[row], "reason": reasons[row], "used": 0,
            "numbers": [one.replace(",", "") for one in _NUMBER.findall(plain(numbers[row]))],
        }
        for row in range(len(cells.rows))
    ]  # fmt: skip


def _numbers(printed: str, value: float | None, high: float | None) -> list[str]:
    found = [one.replace(",", "") for one in _NUMBER.findall(plain(printed))]
    if found:
        return found
    return [f"{abs(one):g}" for one in (value, high) if one is not None and one == one]


def _by_line(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["line"] is not None:
            lines[int(row["line"])].append(row)
    return lines


def _take(rows: dict[int, list[dict[str, Any]]], line: int, digits: str) -> dict[str, Any] | None:
    """Return the row at a line that prints these digits, one not yet taken first."""
    here = [row for row in rows.get(line, []) if any(_same(digits, one) for one in row["numbers"])]
    if not here:
        return None
    row = min(here, key=lambda one: int(one["used"]))
    row["used"] += 1
    return row


def _same(one: str, other: str) -> bool:
    return one == other or (len(one) < 16 and len(other) < 16 and float(one) == float(other))


def _look_up(
    plain_text: str, starts: dict[int, int], order: list[int], fact: dict[str, Any]
) -> str:
    """Tell whether the text says what a row prints, at its line or close by."""
    line = fact["line"]
    if line is None or not order:
        return "not found"
    from bisect import bisect_left, bisect_right

    first = bisect_left(order, int(line))
    last = bisect_right(order, int(line) + _NEAR + 2)
    if first >= len(order):
        return "not found"
    begin = starts[order[max(0, first - 1)]]
    end = starts[order[last]] if last < len(order) else len(plain_text)
    printed = "".join(plain(fact["as_printed"]).split())
    if printed and printed in plain_text[begin:end]:
        return "found" if _NUMBER.search(printed) else "words"
    return "not found"

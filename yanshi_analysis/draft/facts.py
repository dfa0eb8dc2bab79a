"""A report to its statistics, one row a figure, and the numbers that are none."""

from __future__ import annotations

import math
import os
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from yanshi_analysis import units
from yanshi_analysis.draft.context import is_capacity, is_context
from yanshi_analysis.draft.errors import DraftError
from yanshi_analysis.draft.exclude import excluded_by
from yanshi_analysis.draft.exclude.ordinals import is_rank
from yanshi_analysis.draft.figure import Figure
from yanshi_analysis.draft.flow import Flow, flow
from yanshi_analysis.draft.grammar import figures
from yanshi_analysis.draft.measure import measure
from yanshi_analysis.draft.names import each_of, found_name, shared_subjects
from yanshi_analysis.draft.place import Place, Spans, spans
from yanshi_analysis.draft.read import Line, read_lines
from yanshi_analysis.draft.repeats import merge_repeats
from yanshi_analysis.draft.roles import Outline, Part, kind_and_year, outline, status
from yanshi_analysis.draft.row import Excluded, Report, Row
from yanshi_analysis.draft.words import Statement, statements

__all__ = ["read_report", "report_of"]

_PERCENT = ("%", "‰")
_MOST_NUMBERS = 20_000  # a report has some 300


def read_report(path: str | os.PathLike[str], *, year: int | None = None) -> Report:
    """Read a report file and find its statistics.

    Parameters
    ----------
    path : path
        As in `read_lines`.
    year : int, optional
        The year the report plans for; found in the text if not given.
    """
    return report_of(read_lines(path), year=year, name=Path(path).name)


def report_of(lines: Sequence[Line], *, year: int | None = None, name: str = "") -> Report:
    """Find the statistics of a report given as lines.

    Examples
    --------
    >>> text = ["2025年政府工作报告", "一、2024年工作回顾", "生产总值增长5.8%，就业6790人。"]
    >>> found = report_of([Line(number, None, line) for number, line in enumerate(text, 1)])
    >>> [(row.name, row.value, row.unit, row.measure, row.year) for row in found.rows]
    [('生产总值', 5.8, '%', 'growth', 2024), ('就业', 6790.0, '人', 'level', 2024)]
    """
    text = flow(lines)
    plan = outline(text, year=year, name=name)
    where = spans(text)
    rows: list[Row] = []
    excluded: list[Excluded] = []
    left = _Left()
    found = figures(text.plain)
    if len(found) > _MOST_NUMBERS:
        raise DraftError(
            f"holds more than {_MOST_NUMBERS:,} numbers: a table or a log, not a report | "
            f"数字超过 {_MOST_NUMBERS:,} 个，应为数据表或日志，不是政府工作报告"
        )
    for figure in found:
        part = plan.at(figure.number)
        place = Place(where, figure)
        if part.role == "glossary":
            why = "within the explanation of terms | 名词解释"
            excluded += _left_out(text, figure, "glossary", "glossary", why)
            continue
        rule = excluded_by(place)
        if rule is not None:
            excluded += _left_out(text, figure, rule.reason, rule.name, rule.why)
            continue
        made, left = _rows(text, plan, place, part, _what_is_left(text.plain, place, left))
        rows += made
    for one in _unsaid(statements(where), found):
        if plan.at(one.start).role != "glossary":
            rows.append(_word_row(text, plan, where, one))
    rows.sort(key=lambda row: row.offset)
    rows, repeats = merge_repeats(_name_ranks(rows, where))
    excluded += repeats
    excluded.sort(key=lambda out: out.offset)
    return Report(text, plan, rows, excluded)


class _Left(NamedTuple):
    """What a figure leaves to the next one of its sentence.

    `adjacent`: only 、 or 和 stands between the two. `listed`: 、 and a name of its own do.
    `each`: the names that A、B分别 still holds.
    """

    end: int = -1
    sentence: int = -1
    name: str = ""
    measure: tuple[str, float] | None = None
    each: tuple[str, ...] = ()
    adjacent: bool = False
    listed: bool = False


def _what_is_left(plain: str, place: Place, left: _Left) -> _Left:
    if left.sentence != place.first:
        return _Left(end=place.first)
    between = plain[left.end : place.figure.start]
    adjacent = not between.strip("、和及与以")
    return left._replace(
        adjacent=adjacent,
        each=left.each if adjacent else (),
        listed=between.startswith("、") and "，" not in between,
    )


def _rows(
    text: Flow, plan: Outline, place: Place, part: Part, left: _Left
) -> tuple[list[Row], _Left]:
    """Return the row of a figure, or its rows if it speaks of several indicators."""
    figure = place.figure
    percent = figure.unit in _PERCENT
    what, sign = measure(place, left.measure if left.adjacent and percent else None)
    kind, year, unsure = kind_and_year(place, part, plan)
    reasons = [unsure]
    unit, qualifier = figure.unit, figure.qualifier
    if what == "rank":
        unit = "位"
        qualifier = "at_most" if place.at_number.endswith("前") else qualifier
    if is_context(place):
        kind = "context"
    if sign < 0 and qualifier in _TURNED:
        qualifier = _TURNED[qualifier]
        reasons.append("the decline is at least or at most this | 降幅的上限或下限")
    if figure.script == "chinese":
        reasons.append("in Chinese numerals | 中文数字")
    if not _known(unit):
        reasons.append(f"unit {unit!r} is not in the table of units | 计量单位 {unit!r} 未收录")
    if not plan.sure:
        reasons.append("the report's year is a guess | 报告年份为推测")
    each = left.each or each_of(place)
    name = each[0] if each else ""
    name = name or found_name(place, left.end, left.name, listed=left.listed and not percent)
    if is_capacity(place):  # of a list of plants, the last is the one of this figure
        name = name.rpartition("、")[2]
    ends = sorted((sign * figure.value, sign * figure.value_high))
    low, high = ends if qualifier == "range" else (sign * figure.value, math.nan)
    line, page = text.line_at(figure.number)
    row = Row(
        value=low + 0.0,
        value_high=high,
        unit=unit,
        qualifier=qualifier,
        status=status(place, part.role),
        measure=what,
        kind=kind,
        year=year,
        name=name,
        section=part.section,
        page=page,
        line=line,
        as_printed=_printed(text, place, sign),
        note=_note(place, part, plan),
        reason="; ".join(filter(None, reasons)),
        offset=figure.number,
    )
    subjects = shared_subjects(place) if percent else []
    rows = [row._replace(name=subject) for subject in subjects] or [row]
    passed_on = (what, sign) if percent else None
    return rows, _Left(figure.end, place.first, name, passed_on, each[1:])


_TURNED = {"at_least": "at_most", "at_most": "at_least"}
_FALL = re.compile("下降|降低|减少|压减|缩减|回落|下跌|压降|压缩|下滑|收窄|削减|降|减")
_FALL_WITHIN = 30


def _printed(text: Flow, place: Place, sign: float) -> str:
    """Return the figure as printed, with 第 of a rank and the word that makes it a decline.

    In 分别下降40.5%、32.7% the second figure is printed 下降40.5%、32.7%.
    """
    start = place.figure.start
    if sign < 0:
        before = place.clause_before[-_FALL_WITHIN:]
        falls = list(_FALL.finditer(before))
        start -= len(before) - falls[-1].start() if falls else 0
    elif is_rank(place):
        start = place.figure.number - 1
    return text.text[start : place.figure.end].replace("\n", "")


def _note(place: Place, part: Part, plan: Outline) -> str:
    """Return what a statistician should know: a sum or an average over several years."""
    before = place.sentence_before[-24:]
    if "年均" in before:
        return "average a year | 年均"
    if plan.period == 5 and part.role == "review" and re.search("累计|五年", before):
        first, last = plan.year - 5, plan.year - 1
        return f"{first} to {last} together | {first}—{last}年累计"
    return ""


@lru_cache(maxsize=4096)
def _known(unit: str) -> bool:
    try:
        units.unit(unit)
    except units.UnitError:
        return False
    return bool(unit)


def _left_out(text: Flow, figure: Figure, reason: str, rule: str, why: str) -> list[Excluded]:
    """Return a number left out; a range is two numbers."""
    around = text.text[max(0, figure.number - 6) : figure.tail + 6].replace("\n", " ")
    detail = " | ".join(f"{around}: {part}" for part in why.split(" | "))
    line, page = text.line_at(figure.number)
    printed = text.plain[figure.number : figure.tail]
    numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", printed) or [printed]
    return [Excluded(line, page, number, reason, rule, detail, figure.number) for number in numbers]


def _unsaid(spoken: Sequence[Statement], found: Sequence[Figure]) -> list[Statement]:
    """Return the statements that no figure says already, each once."""
    arabic = [figure for figure in found if figure.script == "arabic"]
    starts = [figure.number for figure in arabic]
    seen: set[tuple[int, str]] = set()
    kept = []
    for one in spoken:
        place = bisect_left(starts, one.end) - 1
        overlaps = place >= 0 and arabic[place].tail > one.start
        if not overlaps and (one.start, one.name) not in seen:
            seen.add((one.start, one.name))
            kept.append(one)
    return kept


def _word_row(text: Flow, plan: Outline, where: Spans, one: Statement) -> Row:
    start, end = one.start, one.end
    place = Place(
        where,
        Figure(start, end, start, end, one.value, math.nan, one.unit, one.qualifier, "words"),
    )
    part = plan.at(start)
    kind, year, unsure = kind_and_year(place, part, plan)
    line, page = text.line_at(start)
    return Row(
        value=one.value,
        value_high=one.value_high,
        unit=one.unit,
        qualifier=one.qualifier,
        status=status(place, part.role),
        measure=one.measure,
        kind=kind,
        year=year,
        name=one.name,
        section=part.section,
        page=page,
        line=line,
        as_printed=text.text[start:end].replace("\n", ""),
        note="",
        reason="; ".join(filter(None, (unsure, "said in words | 文字表述"))),
        offset=start,
    )


_GENERAL = ("", "数量", "总量", "规模", "增速", "总数")


def _name_ranks(rows: list[Row], where: Spans) -> list[Row]:
    """Give a rank without a name that of the figure before it: 成交额6.9亿元，居第一."""
    named: list[Row] = []
    for row in rows:
        if row.measure == "rank" and row.name in _GENERAL and named:
            before = named[-1]
            if where.sentence(before.offset) == where.sentence(row.offset):
                row = row._replace(name=before.name)
        named.append(row)
    return named

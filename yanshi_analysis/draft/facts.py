"""A report to a draft table: one row per figure, and the numbers that are no statistics."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from yanshi_analysis import units
from yanshi_analysis.draft.exclude import excluded_by, is_rank
from yanshi_analysis.draft.flow import Flow, flow
from yanshi_analysis.draft.grammar import Figure, figures
from yanshi_analysis.draft.measure import measure
from yanshi_analysis.draft.names import HEAD_WORDS, found_name, shared_subjects
from yanshi_analysis.draft.place import Place, Spans, spans
from yanshi_analysis.draft.read import Line, read_lines
from yanshi_analysis.draft.roles import Outline, Part, kind_and_year, outline, status
from yanshi_analysis.draft.words import Statement, statements

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Excluded", "Row", "excluded_columns", "read_report", "row_columns", "rows_of"]


class Row(NamedTuple):
    """One statistic of the draft."""

    value: float
    value_high: float
    unit: str
    qualifier: str
    status: str
    measure: str
    kind: str
    year: int
    name: str
    section: str
    page: int | None
    line: int
    as_printed: str
    note: str
    reason: str
    offset: int


class Excluded(NamedTuple):
    """One number that is no statistic, and why."""

    line: int
    page: int | None
    section: str
    number: str
    reason: str
    rule: str
    detail: str
    offset: int


class Report(NamedTuple):
    """What was found in a report."""

    flow: Flow
    plan: Outline
    rows: list[Row]
    excluded: list[Excluded]


def read_report(path: str | os.PathLike[str], *, year: int | None = None) -> Report:
    """Read a report file and find its statistics."""
    return rows_of(read_lines(path), year=year, name=Path(path).name)


def rows_of(lines: Sequence[Line], *, year: int | None = None, name: str = "") -> Report:
    """Find the statistics of a report given as lines."""
    text = flow(lines)
    plan = outline(text, year=year, name=name)
    where = spans(text)
    rows: list[Row] = []
    excluded: list[Excluded] = []
    previous: _Previous | None = None
    found = figures(text.plain)
    for figure in found:
        place = Place(where, figure)
        part = plan.at(figure.number)
        line, page = text.line_at(figure.number)
        if part.section == "glossary":
            excluded.append(_left_out(text, figure, part, line, page, "glossary", "glossary", ""))
            continue
        rule = excluded_by(place)
        if rule is not None:
            excluded.append(
                _left_out(text, figure, part, line, page, rule.reason, rule.name, rule.why)
            )
            continue
        previous = _follows(text.plain, place, previous)
        made, previous = _rows(text, plan, place, part, previous, line, page)
        rows += made
    spoken = [one for one in statements(where) if plan.at(one.start).section != "glossary"]
    rows += [_word_row(text, plan, where, one) for one in _not_counted(spoken, found)]
    rows.sort(key=lambda row: row.offset)
    rows = _name_ranks(rows, where)
    rows, repeats = _merge_repeats(rows)
    excluded += repeats
    excluded.sort(key=lambda left: left.offset)
    return Report(text, plan, rows, excluded)


_EACH = re.compile(r"(?P<list>[^，。；：\d\n]{3,40}?)(?:[^，。；\d、]{0,4})分别(?P<rest>[^，。；\d]{0,8})$")


def _distributed(place: Place, previous: _Previous | None) -> str:
    """Return the name of a figure of A、B分别增长5%、6%, the first of A and the second of B."""
    if previous is not None and previous.adjacent and previous.shared:
        return previous.shared[0]
    return (_shared_names(place) or [""])[0]


def _shared_names(place: Place) -> list[str]:
    each = _EACH.search(place.clause_before)
    if each is None:
        return []
    parts = [part for part in re.split(r"[、和及与]", HEAD_WORDS.sub("", each["list"])) if part]
    return [re.sub(r"(?:年均|增速|数量)$", "", part) for part in parts] if len(parts) > 1 else []


class _Previous(NamedTuple):
    """What the figure before leaves to the next of the same sentence."""

    end: int
    sentence: int
    name: str
    measure: tuple[str, float]
    adjacent: bool
    percent: bool
    listed: bool = False
    shared: tuple[str, ...] = ()


def _follows(plain: str, place: Place, previous: _Previous | None) -> _Previous | None:
    if previous is None or previous.sentence != place.first:
        return None
    between = plain[previous.end : place.figure.start]
    return previous._replace(
        adjacent=not between.strip("、和及与以"), listed=between[:1] == "、" and "，" not in between
    )


def _rows(
    text: Flow,
    plan: Outline,
    place: Place,
    part: Part,
    previous: _Previous | None,
    line: int,
    page: int | None,
) -> tuple[list[Row], _Previous]:
    figure = place.figure
    inherited = None
    if previous is not None and previous.adjacent and previous.percent and figure.unit in ("%", "‰"):
        inherited = previous.measure
    what, sign = measure(place, inherited)
    kind, year, unsure = kind_and_year(place, part, plan)
    reasons = [unsure] if unsure else []
    unit, qualifier = figure.unit, figure.qualifier
    if what == "rank":
        unit = "位"
        if place.at_number.endswith("前"):
            qualifier = "at_most"
    capacity = _is_capacity(place)
    if capacity or _is_planned_total(place):
        kind = "context"
    elif _LISTED.search(place.clause_before) and not _known_measure(unit):
        kind = "context"
    if sign < 0:
        turned = {"at_least": "at_most", "at_most": "at_least"}
        if qualifier in turned:
            qualifier = turned[qualifier]
            reasons.append("a decline of at least this much | 降幅不低于该数")
    name = _distributed(place, previous) or found_name(
        place,
        previous.end if previous else place.first,
        previous.name if previous else "",
        listed=previous is not None and previous.listed and unit not in ("%", "‰"),
    )
    if figure.script == "chinese":
        reasons.append("in Chinese numerals | 中文数字")
    if not _known(unit):
        reasons.append(f"unit {unit!r} is not in the table of units | 计量单位 {unit!r} 未收录")
    if not plan.sure:
        reasons.append("the report's year is a guess | 报告年份为推测")
    low, high = sign * figure.value, sign * figure.value_high
    if sign < 0 and not math.isnan(high):
        low, high = high, low
    base = Row(
        low + 0.0, high, unit, qualifier, status(place, part.role), what, kind, year, name,
        part.section, page, line, _printed(text, place, sign), _note(place, part, plan),
        "; ".join(reasons), figure.number,
    )  # fmt: skip
    subjects = shared_subjects(place) if unit in ("%", "‰") else []
    rows = [base._replace(name=subject) for subject in subjects] or [base]
    shared = previous.shared[1:] if previous is not None and previous.adjacent else ()
    shared = shared or tuple(_shared_names(place)[1:])
    left = _Previous(figure.end, place.first, name, (what, sign), False, unit in ("%", "‰"))
    return rows, left._replace(shared=shared)


_VERB_BEFORE = re.compile(r"(?:下降|降低|减少|压减|缩减|回落|下跌|压降|压缩|下滑|收窄|削减|降|减)(?:了|约|近)?$")


def _printed(text: Flow, place: Place, sign: float) -> str:
    figure = place.figure
    start = figure.start
    if sign < 0:  # the word for the fall is the number's sign
        verb = _VERB_BEFORE.search(place.before)
        if verb:
            start -= len(verb[0])
    if is_rank(place):
        start = figure.number - 1
    return text.text[start : figure.end].replace("\n", "")


_TOTAL = re.compile(
    r"(?:总投资|计划投资|概算|投资总额|协议投资|设计年?(?:产能|能力|规模))(?:额)?(?:均|各|分别)?(?:达到|达|约|超过|超|近|为|共|逾)?$"
)
_DONE_BEFORE = re.compile(r"(?:完成|实现|累计)总投资(?:额)?(?:达到|达|约|超过|超|近|为|共)?$")
_ANNUAL = re.compile(r"年(?:产|处理|加工|产能|生产能力)$")
#: Leads and ideas for projects are neither done nor promised.
_LISTED = re.compile(r"(?:谋划|紧盯|跟踪|梳理|在谈|洽谈)(?!实施|储备|建设|推进)[^，。；]{0,20}$")
_MADE = frozenset("吨 台 辆 张 片 只 套 件 米 支".split())
_PLANT = re.compile(r"[^，。；\d]{1,16}(?:项目|生产线|产线)|[^，。；\d]{1,12}、[^，。；]{1,30}(?:项目|生产线)")
_NOT_PLANT = re.compile(r"(?:产量|完成|新增|达到?|突破|超过?|淘汰|减少|增加|建成|新建|改造|出口|更新|实施|为|共|推广|交付|生产)$")


def _known_measure(unit: str) -> bool:
    return unit in ("%", "‰") or unit.endswith(("元", "亩", "吨", "公里"))


def _is_planned_total(place: Place) -> bool:
    before = place.at_number[: len(place.at_number)]
    return _TOTAL.search(place.before) is not None and _DONE_BEFORE.search(before) is None


def _is_capacity(place: Place) -> bool:
    if _ANNUAL.search(place.before):
        return True
    unit = place.figure.unit
    if len(unit) < 2 or unit[-1] not in _MADE or unit[0] not in "万亿":
        return False
    return bool(_PLANT.match(place.after)) and not _NOT_PLANT.search(place.before) and place.figure.qualifier == "exact" and bool(re.search(r"[一-龥]$", place.before))


def _note(place: Place, part: Part, plan: Outline) -> str:
    """Return what a statistician should know: a sum or an average over several years."""
    before = place.spans.plain[place.first : place.figure.start][-60:]
    if re.search(r"年均|年平均", before[-24:]):
        return "average a year | 年均"
    if plan.period == 5 and part.role == "review" and re.search(r"累计|五年", before[-24:]):
        return f"{plan.year - 5} to {plan.year - 1} together | {plan.year - 5}—{plan.year - 1}年累计"
    return ""


_known_units: dict[str, bool] = {}


def _known(unit: str) -> bool:
    if unit not in _known_units:
        try:
            units.unit(unit)
            _known_units[unit] = bool(unit)
        except units.UnitError:
            _known_units[unit] = False
    return _known_units[unit]


def _left_out(
    text: Flow, figure: Figure, part: Part, line: int, page: int | None, reason: str, rule: str, why: str
) -> Excluded:
    end = max(figure.tail, figure.number + 1)
    detail = text.text[max(0, figure.number - 8) : end + 8].replace("\n", " ")
    number = text.plain[figure.number : figure.tail].replace("\n", "")
    return Excluded(line, page, part.section, number, reason, rule, why or detail, figure.number)


def _not_counted(spoken: Sequence[Statement], found: Sequence[Figure]) -> list[Statement]:
    """Drop what the figures already say (Arabic ranks), and the same statement found twice."""
    taken = [(figure.number, figure.tail) for figure in found if figure.script == "arabic"]
    kept: list[Statement] = []
    for one in spoken:
        if any(first < one.end and one.start < last for first, last in taken):
            continue
        if any(one.start == other.start and one.name == other.name for other in kept):
            continue
        kept.append(one)
    return kept


def _word_row(text: Flow, plan: Outline, where: Spans, one: Statement) -> Row:
    figure = Figure(
        one.start, one.end, one.start, one.end, one.value, math.nan, one.unit, one.qualifier, "words"
    )
    place = Place(where, figure)
    part = plan.at(one.start)
    kind, year, unsure = kind_and_year(place, part, plan)
    line, page = text.line_at(one.start)
    reason = "; ".join(filter(None, (unsure, "said in words | 文字表述")))
    printed = text.text[one.start : one.end].replace("\n", "")
    return Row(
        one.value, one.value_high, one.unit, one.qualifier, status(place, part.role), one.measure,
        kind, year, one.name, part.section, page, line, printed, "", reason, one.start,
    )  # fmt: skip


def _name_ranks(rows: list[Row], where: Spans) -> list[Row]:
    """Give a rank that has no name of its own the name of the figure before it: 6.9亿元，居第一."""
    named: list[Row] = []
    for row in rows:
        if row.measure == "rank" and row.name in ("", "数量", "总量", "规模", "增速", "总数") and named:
            before = named[-1]
            if where.sentence(before.offset) == where.sentence(row.offset):
                row = row._replace(name=before.name)
        named.append(row)
    return named


_STRICT = {"exact": 0, "about": 1, "range": 2, "at_most": 3, "at_least": 3}


def _merge_repeats(rows: list[Row]) -> tuple[list[Row], list[Excluded]]:
    """Make one row of a figure that the report repeats, with the stricter wording."""
    kept: list[Row] = []
    repeats: list[Excluded] = []
    by_key: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        key = (row.value, row.unit[-1:], row.kind if row.kind != "context" else "context", row.measure, row.year if row.kind != "context" else 0)
        same = None
        if row.measure in ("level", "growth", "share") and row.value not in (0.0, 100.0):
            for place in by_key.get(key, ()):
                if kept[place].section != row.section and _same_name(kept[place].name, row.name):
                    same = place
        if same is None:
            by_key.setdefault(key, []).append(len(kept))
            kept.append(row)
            continue
        first = kept[same]
        note = f"repeated at line {row.line} | 第{row.line}行重复"
        if _STRICT[row.qualifier] > _STRICT[first.qualifier]:
            first = first._replace(qualifier=row.qualifier, as_printed=row.as_printed)
        kept[same] = first._replace(note="; ".join(filter(None, (first.note, note))))
        repeats.append(
            Excluded(row.line, row.page, row.section, row.as_printed, "repeat", "repeat",
                     f"repeats line {first.line} | 重复第{first.line}行", row.offset)
        )  # fmt: skip
    return kept, repeats


_FILLER = re.compile(r"完成|实现|全年|各类|年度|[“”\"]")


def _same_name(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    first, second = _FILLER.sub("", one), _FILLER.sub("", other)
    if min(len(first), len(second)) < 3:
        return one == other
    return fuzz.ratio(first, second) >= 80


def row_columns(report: Report) -> dict[str, Sequence[object]]:
    """Return the rows as columns."""
    return {name: [getattr(row, name) for row in report.rows] for name in Row._fields}


def excluded_columns(report: Report) -> dict[str, Sequence[object]]:
    """Return the numbers left out as columns."""
    return {name: [getattr(row, name) for row in report.excluded] for name in Excluded._fields}

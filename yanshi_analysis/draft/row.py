"""What a report was read into: its rows, and the numbers left out."""

from __future__ import annotations

from typing import NamedTuple

from yanshi_analysis.draft.flow import Flow
from yanshi_analysis.draft.roles import Outline

__all__ = ["Excluded", "Report", "Row"]


class Row(NamedTuple):
    """One statistic; `offset` is its place in the running text."""

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
    """One number that is no statistic: why, by which rule, and the few characters around it."""

    line: int
    page: int | None
    number: str
    reason: str
    rule: str
    detail: str
    offset: int


class Report(NamedTuple):
    """A report that has been read."""

    flow: Flow
    plan: Outline
    rows: list[Row]
    excluded: list[Excluded]

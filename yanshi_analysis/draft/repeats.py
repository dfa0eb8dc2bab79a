"""A figure that the report repeats is one row, with the stricter wording."""

from __future__ import annotations

import re
from collections import defaultdict

from yanshi_analysis.draft.row import Excluded, Row

__all__ = ["merge_repeats"]

_STRICT = {"exact": 0, "about": 1, "range": 2, "at_most": 3, "at_least": 3}
_FILLER = re.compile('完成|实现|全年|各类|年度|[“”"]')
_LIKENESS = 80
_COMPARED = 40  # with so many earlier figures of the same size at most


def merge_repeats(rows: list[Row]) -> tuple[list[Row], list[Excluded]]:
    """Return the rows without repeats, and the repeats as numbers left out.

    The same size, of the same kind, measure and year, under nearly the same name in another section
    is a repeat. 0 and 100 % are said of too many things to be believed.
    """
    kept: list[Row] = []
    repeats: list[Excluded] = []
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        context = row.kind == "context"
        key = (row.value, row.unit[-1:], row.kind, row.measure, None if context else row.year)
        if row.measure in ("rank", "direction") or row.value in (0.0, 100.0):
            kept.append(row)
            continue
        earlier = next(
            (place for place in places[key][-_COMPARED:] if _repeats(kept[place], row)), None
        )
        if earlier is None:
            places[key].append(len(kept))
            kept.append(row)
            continue
        first = kept[earlier]
        note = f"repeated at line {row.line} | 第{row.line}行重复"
        if _STRICT[row.qualifier] > _STRICT[first.qualifier]:
            first = first._replace(qualifier=row.qualifier, as_printed=row.as_printed)
        kept[earlier] = first._replace(note="; ".join(filter(None, (first.note, note))))
        detail = f"repeats line {first.line} | 重复第{first.line}行"
        number = re.sub(r"[^\d.]", "", row.as_printed)
        repeats.append(Excluded(row.line, row.page, number, "repeat", "repeat", detail, row.offset))
    return kept, repeats


def _repeats(first: Row, row: Row) -> bool:
    from rapidfuzz import fuzz

    if first.section == row.section:
        return False
    one, other = _FILLER.sub("", first.name), _FILLER.sub("", row.name)
    if min(len(one), len(other)) < 3:
        return first.name == row.name
    return fuzz.ratio(one, other) >= _LIKENESS

"""Shorthand for directions: 两降一升 after its list, 三下降一杜绝 by the report's own glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yanshi_analysis.draft.numerals import chinese_number
from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words.statement import Statement, WordRule

__all__ = ["RULES"]

_TERM = re.compile(
    "(?P<one>[一二两三四五六])(?P<way>下降|降|减|升|增|上升|提升)"
    "(?P<two>[一二两三四五六])(?P<other>升|降|杜绝|提升|上升|增)"
)
_ENTRY = re.compile(r"\d[.．、]$")
_BEFORE_LIST = re.compile("^(?:推动|促进|确保|力争|实现|持续)+")
_AFTER_LIST = re.compile("(?:实现|保持|继续|达到|做到)+$")
_EXPLAINED = re.compile(
    r"[。：”\"]{0,2}(?:是指|指|即)?(?:降低|减少|下降|实现)?(?P<first>[^；。\n]{2,60})[；;，]"
    r"(?:杜绝|提升|提高|遏制)(?P<second>[^；。\n]{2,40})"
)


def _shorthands(spans: Spans) -> Iterator[Statement]:
    for match in _TERM.finditer(spans.plain):
        start, end = match.span()
        quote = spans.quote(start)
        if quote is not None and quote[1] - quote[0] > len(match[0]) + 2:
            continue
        if _ENTRY.search(spans.plain[max(0, start - 3) : start]):
            continue  # the glossary's own entry
        first = int(chinese_number(match["one"]) or 0)
        count = first + int(chinese_number(match["two"]) or 0)
        names = _listed(spans, start)
        if len(names) != count:
            names = _explained(spans.plain, match[0])
        if len(names) != count:
            continue
        way = -1.0 if match["way"] in ("下降", "降", "减") else 1.0
        for name in names[:first]:
            yield Statement(start, end, way, "", "direction", "exact", name)
        for name in names[first:]:
            if match["other"] == "杜绝":
                yield Statement(start, end, 0.0, "起", "level", "exact", name)
            else:
                other = -1.0 if match["other"] == "降" else 1.0
                yield Statement(start, end, other, "", "direction", "exact", name)


def _listed(spans: Spans, start: int) -> list[str]:
    """Return the list before the term: PM2.5、PM10、优良天数实现“两降一升”."""
    opening = spans.clause(start)[0]
    text = spans.plain[max(opening, start - 60) : start].rstrip('"')
    text = _AFTER_LIST.sub("", _BEFORE_LIST.sub("", text))
    return [name for name in text.split("、") if name]


def _explained(plain: str, term: str) -> list[str]:
    """Return what the last mention of a term, that of the glossary, says it stands for."""
    place = plain.rfind(term)
    match = _EXPLAINED.match(plain[place + len(term) : place + len(term) + 120])
    if match is None:
        return []
    names = [*match["first"].split("、"), *match["second"].split("、")]
    return [name + "起数" if name.endswith("事故") else name for name in names]


RULES = (
    WordRule(
        "shorthand",
        _shorthands,
        ("PM2.5、PM10、优良天数实现“两降一升”。",),
        ("落实“一降一升”要求。",),
    ),
)

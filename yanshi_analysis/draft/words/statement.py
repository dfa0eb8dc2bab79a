"""What a statement in words is, and how its subject is found."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from yanshi_analysis.draft.names import balanced
from yanshi_analysis.draft.place import Spans

__all__ = ["Statement", "WordRule", "plainly", "subject"]


class Statement(NamedTuple):
    """A statistic in words: its place, what it says, and what it is about."""

    start: int
    end: int
    value: float
    unit: str
    measure: str
    qualifier: str
    name: str
    value_high: float = math.nan


class WordRule(NamedTuple):
    """A way to state a statistic in words, with examples of it and of what it is not."""

    name: str
    find: Callable[[Spans], Iterator[Statement]]
    takes: tuple[str, ...]
    leaves: tuple[str, ...]


_WINDOW = 40
_CLAUSE_END = re.compile(r"[^，。；：！？\n]{0,40}$")
_AFTER_FIGURE = re.compile(r"^.*\d[^、]{0,8}、")
_LEADING = re.compile(
    "^(?:实现|确保|推动|持续|全面|基本|进一步|同时|其中|继续|切实|保持|努力|力争|坚持|有效|积极|"
    "我[省市区县]|全[省市区县])+"
)
_TRAILING = re.compile(
    '(?:保持|实现|达到|做到|继续|持续|已经|已|均|全部|连续|仍|也|再|进一步|始终|稳定|稳步|“|")+$'
)


def subject(spans: Spans, start: int) -> str:
    """Return the words of the clause before a statement, without its verbs."""
    found = _CLAUSE_END.search(spans.flow.text[max(0, start - _WINDOW) : start])
    text = _AFTER_FIGURE.sub("", found[0]) if found else ""
    return balanced(_TRAILING.sub("", _LEADING.sub("", text)))


def plainly(spans: Spans, match: re.Match[str]) -> bool:
    """Tell whether a match stands in plain text, or alone between quotation marks."""
    quote = spans.quote(match.start())
    if spans.title(match.start()):
        return False
    return quote is None or quote[1] - quote[0] <= len(match[0]) + 2

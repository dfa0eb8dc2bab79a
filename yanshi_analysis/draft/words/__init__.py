"""Statistics said in words: none, all, doubled, first, up and down.

Only definite statements count; 明显改善 and 名列前茅 state nothing that can be checked. Each file
holds the rules of one kind; to add a rule, write its function and list it in the `RULES` of its
file, with texts that it takes and texts that it leaves: those are its tests.
"""

from __future__ import annotations

from yanshi_analysis.draft.flow import HEADING
from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words import change, none, ranks, shorthand, trends, whole
from yanshi_analysis.draft.words.statement import Statement, WordRule

__all__ = ["WORD_RULES", "Statement", "WordRule", "statements"]

#: All rules, in no order that matters.
WORD_RULES: tuple[WordRule, ...] = (
    *none.RULES,
    *whole.RULES,
    *change.RULES,
    *ranks.RULES,
    *trends.RULES,
    *shorthand.RULES,
)


def statements(spans: Spans) -> list[Statement]:
    """Find the statistics that a text states in words, in order.

    Headings proclaim; they are not read.

    Examples
    --------
    >>> from yanshi_analysis.draft.flow import flow
    >>> from yanshi_analysis.draft.place import spans
    >>> from yanshi_analysis.draft.read import Line
    >>> text = spans(flow([Line(1, None, "较大事故保持“零发生”，信访总量持续下降。")]))
    >>> [(found.name, found.value, found.measure) for found in statements(text)]
    [('较大事故', 0.0, 'level'), ('信访总量', -1.0, 'direction')]
    """
    found = [
        statement
        for rule in WORD_RULES
        for statement in rule.find(spans)
        if not HEADING.match(spans.plain, spans.sentence(statement.start)[0])
    ]
    return sorted(found, key=lambda statement: statement.start)

"""Where a figure stands: its sentence, its clause, and the words just before and behind it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from yanshi_analysis.draft.figure import Figure
from yanshi_analysis.draft.flow import Flow

__all__ = ["Place", "Spans", "spans"]

_WINDOW = 28
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_CLAUSE = re.compile(r"[，。！？!?；;：\n]")
_QUOTED = re.compile(r"“[^“”\n]{0,60}”|「[^」\n]{0,60}」|\"[^\"\n]{0,60}\"|‘[^‘’\n]{0,60}’")
_TITLE = re.compile(r"《[^《》\n]{0,60}》")


class Spans:
    """The sentences, clauses, quotations and titles of a text, looked up by place."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.plain = flow.plain
        self.sentences = [0, *(match.end() for match in _SENTENCE.finditer(flow.plain))]
        self.clauses = [0, *(match.end() for match in _CLAUSE.finditer(flow.plain))]
        self.quotes = [match.span() for match in _QUOTED.finditer(flow.text)]
        self.titles = [match.span() for match in _TITLE.finditer(flow.text)]
        self._quote_starts = [first for first, _ in self.quotes]
        self._title_starts = [first for first, _ in self.titles]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return where the sentence around `offset` begins and ends."""
        return _around(self.sentences, offset, len(self.plain))

    def clause(self, offset: int) -> tuple[int, int]:
        """Return where the clause around `offset` begins and ends."""
        return _around(self.clauses, offset, len(self.plain))

    def quote(self, offset: int) -> tuple[int, int] | None:
        """Return the quotation that holds `offset`, if one does."""
        return _inside(self.quotes, self._quote_starts, offset)

    def title(self, offset: int) -> tuple[int, int] | None:
        """Return the 《title》 that holds `offset`, if one does."""
        return _inside(self.titles, self._title_starts, offset)


def spans(flow: Flow) -> Spans:
    """Return the spans of a running text."""
    return Spans(flow)


def _around(starts: list[int], offset: int, end: int) -> tuple[int, int]:
    place = bisect_right(starts, offset)
    return starts[place - 1], starts[place] if place < len(starts) else end


def _inside(found: list[tuple[int, int]], starts: list[int], offset: int) -> tuple[int, int] | None:
    place = bisect_right(starts, offset) - 1
    if place < 0 or found[place][1] <= offset:
        return None
    return found[place]


class Place:
    """A figure in its text. Windows are short, so every rule costs the same in any text.

    Attributes
    ----------
    before : str
        Up to 28 characters before the figure (and its qualifier), within the sentence.
    after : str
        Up to 28 characters behind the figure (and its qualifier), within the sentence.
    behind_unit : str
        The same, from the end of the unit.
    """

    def __init__(self, spans: Spans, figure: Figure) -> None:
        self.spans = spans
        self.figure = figure
        plain = spans.plain
        self.first, self.last = spans.sentence(figure.number)
        self.before = plain[max(self.first, figure.start - _WINDOW) : figure.start]
        self.after = plain[figure.end : min(self.last, figure.end + _WINDOW)]
        self.behind_unit = plain[figure.tail : min(self.last, figure.tail + _WINDOW)]
        self.at_number = plain[max(self.first, figure.number - _WINDOW) : figure.number]

    @cached_property
    def clause(self) -> tuple[int, int]:
        """Where the clause of the figure begins and ends."""
        return self.spans.clause(self.figure.number)

    @cached_property
    def clause_before(self) -> str:
        """The clause up to the figure (at most 80 characters)."""
        return self.spans.plain[max(self.clause[0], self.figure.start - 80) : self.figure.start]

    @cached_property
    def clause_after(self) -> str:
        """The clause behind the figure (at most 80 characters)."""
        return self.spans.plain[self.figure.end : min(self.clause[1], self.figure.end + 80)]

    @cached_property
    def sentence_before(self) -> str:
        """The sentence up to the figure (at most 200 characters)."""
        return self.spans.plain[max(self.first, self.figure.start - 200) : self.figure.start]

"""Lines to running text: page chrome dropped, broken words and numbers joined, places kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from yanshi_analysis.draft.numerals import plain
from yanshi_analysis.draft.read import Line

__all__ = ["ANNEX", "GLOSSARY", "HEADING", "Flow", "flow"]

#: How a heading begins: part (一、 第一部分), heading (（一）), or a line of the glossary.
HEADING = re.compile(
    r"(?P<part>[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}部分|[ⅠⅡⅢⅣⅤ]、)"
    r"|(?P<sub>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<item>[（(]?[0-9]{1,2}[）)、．.](?![0-9])|[①-⑳])"
)
_CHROME = re.compile(
    r"[-—–·\s]{1,4}\d{1,4}[-—–·\s]{1,4}"  # — 6 —
    r"|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?"
    r"|\d{1,4}\s?/\s?\d{1,4}"
    r"|https?://\S*|www\.\S*"
)
_FOOTER = re.compile(r"[-—–·\s]{1,4}(\d{1,4})[-—–·\s]{1,4}")
#: The line above the explanation of terms.
GLOSSARY = re.compile(
    r"(?:附[:：]?)?(?:有关)?(?:名词|术语|用语|名称|词语)(?:解释|注释|说明)[：:]?|注释[：:]?"
)
#: The line above an annex, which may state targets of its own.
ANNEX = re.compile(r"附件[一二三四五\d]{0,2}[：:]?|附[：:]")
_ENDS = "。！？!?；;…"
_INDENT = ("\u3000", "  ", "\t")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_DIGITS_APART = re.compile(r"(?<=\d)\s+(?=\d)")


class Flow(NamedTuple):
    """Running text. `text` is as printed without white space, `plain` the same in plain characters.

    A new paragraph stands behind a line feed. `starts` are the offsets at which a source line
    begins; `numbers` and `pages` tell which line and page that is. `line_at` looks one up.
    """

    text: str
    plain: str
    starts: list[int]
    numbers: list[int]
    pages: list[int | None]

    def line_at(self, offset: int) -> tuple[int, int | None]:
        """Return line and page of the character at `offset`."""
        place = bisect_right(self.starts, offset) - 1
        return self.numbers[place], self.pages[place]


def flow(lines: Sequence[Line]) -> Flow:
    """Join lines to running text.

    Lines that a page or a fixed width broke are joined without a gap, so that 2530|0亩 is one
    number; a heading, an indented line and, where each line is a paragraph, every line begins
    a new paragraph.

    Examples
    --------
    >>> broken = [Line(1, None, "完成投资 253.8"), Line(2, None, ""), Line(3, None, "亿元，新增12")]
    >>> flow(broken).text
    '完成投资253.8亿元，新增12'
    >>> flow(broken).line_at(7), flow(broken).line_at(9)
    ((1, None), (3, None))
    """
    lines = _number_pages(lines)
    numbered = _page_numbers(lines)
    kept: list[tuple[Line, str, str]] = []
    for line in lines:
        stripped = line.text.strip()
        if not stripped or _CHROME.fullmatch(stripped) or line.number in numbered:
            continue
        raw = _INVISIBLE.sub("", line.text) if not line.text.isascii() else line.text
        parts = raw.split()
        joined = "".join(parts)
        if len(parts) > 1 and _DIGITS_APART.search(raw):
            joined = "".join(_DIGITS_APART.sub("\x1f", raw).split()).replace("\x1f", " ")
        if joined:
            kept.append((line, raw, joined))
    width = _wrap_width([joined for _, _, joined in kept])
    pieces: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    pages: list[int | None] = []
    offset = 0
    before = ""
    for line, raw, joined in kept:
        if before and _breaks(before, raw, joined, width):
            pieces.append("\n")
            offset += 1
        starts.append(offset)
        numbers.append(line.number)
        pages.append(line.page)
        pieces.append(joined)
        offset += len(joined)
        before = joined
    if not starts:
        starts, numbers, pages = [0], [1], [None]
    text = "".join(pieces)
    return Flow(text, plain(text), starts, numbers, pages)


def _breaks(before: str, raw: str, joined: str, width: int) -> bool:
    """Tell whether a line begins a new paragraph."""
    if not width:
        return True
    match = HEADING.match(joined)
    if match and (before[-1] in _ENDS or match["item"] is None):
        return True
    if GLOSSARY.fullmatch(joined) or ANNEX.fullmatch(joined):
        return True
    if raw.startswith(_INDENT) or joined.startswith("——"):
        return True
    return _cells(before) < width * 0.7


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the width in columns at which the text is broken, or 0 if lines are paragraphs."""
    long = [line for line in lines if len(line) > 8]
    if len(long) < 4:
        bare = all(line[-1] not in _ENDS and not HEADING.match(line) for line in lines[:-1])
        return 1 if bare else 0
    widths = sorted(_cells(line) for line in long)
    width = widths[int(len(widths) * 0.9)]
    broken = sum(line[-1] not in _ENDS and _cells(line) >= width * 0.8 for line in long)
    return width if broken > len(long) * 0.4 and width < 400 else 0


def _cells(line: str) -> int:
    return len(line.encode("gbk", "replace"))  # a Chinese character takes two columns and bytes


def _page_numbers(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that hold nothing but a running page number."""
    alone = [
        (line.number, int(line.text.strip()))
        for line in lines
        if line.text.strip().isdecimal() and len(line.text.strip()) < 5
    ]
    rising = sum(after[1] == before[1] + 1 for before, after in pairwise(alone))
    return (
        {number for number, _ in alone} if len(alone) > 1 and rising >= len(alone) // 2 else set()
    )


def _number_pages(lines: Sequence[Line]) -> Sequence[Line]:
    """Give lines their printed page where footers such as "— 6 —" tell it.

    Text taken from a PDF often keeps a single leading blank where a page begins. That counts as a
    page break as long as every footer found agrees with the count.
    """
    if any(line.page is not None for line in lines):
        return lines
    footers = [_FOOTER.fullmatch(line.text.strip()) for line in lines]
    if not any(footers):
        return lines
    for leading_blanks in (True, False):
        numbered = _count_pages(lines, footers, leading_blanks)
        if numbered is not None:
            return numbered
    return lines


def _count_pages(
    lines: Sequence[Line], footers: Sequence[re.Match[str] | None], leading_blanks: bool
) -> list[Line] | None:
    first = next(int(match[1]) for match in footers if match)
    page = 1 if leading_blanks else first
    ended = False
    numbered = []
    for place, (line, match) in enumerate(zip(lines, footers, strict=True)):
        begins = line.text[:1] == " " and line.text[1:2].strip() != ""
        if match:
            if int(match[1]) not in (page, page + 1):
                return None
            page, ended = int(match[1]), int(match[1]) == page
        elif place and ((leading_blanks and begins) or (ended and line.text.strip())):
            page, ended = page + 1, False
        numbered.append(Line(line.number, page, line.text))
    return numbered

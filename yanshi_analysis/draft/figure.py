"""A printed figure, and the words before and behind it that say how exact it is."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Figure", "qualifier_after", "qualifier_before"]


class Figure(NamedTuple):
    """One printed figure; all places are offsets in the text.

    Attributes
    ----------
    start, end : int
        The figure with the qualifiers that touch it.
    number, tail : int
        Where its digits begin, and where its unit ends.
    value, value_high : float
        As printed, not multiplied out; `value_high` is NaN unless it is a range.
    unit : str
        As printed with its 万 or 亿; empty if nothing that counts follows.
    qualifier : str
        exact, about, at_least, at_most or range.
    script : str
        ``arabic``, ``chinese`` (numerals) or ``words``.
    """

    start: int
    end: int
    number: int
    tail: int
    value: float
    value_high: float
    unit: str
    qualifier: str
    script: str = "arabic"


_BEFORE = {
    "about": "大约 将近 接近 大致 约有 约为 约占 约达 约 近",
    "at_least": "不低于 不少于 不小于 不下于 至少 超过了 超过 突破了 突破 高于 多于 大于 逾 超 ≥ >",
    "at_most": "不超过 不高于 不大于 不多于 控制在 低于 少于 小于 不足 不到 ≤ <",
}
_QUALIFIER_OF = {word: name for name, words in _BEFORE.items() for word in words.split()}
_LONGEST = max(map(len, _QUALIFIER_OF))
_AFTER = re.compile(
    "(?P<about>左右|上下)"
    "|(?P<at_least>及以上|或以上|以上|之上)"
    "|(?P<at_most>及以内|及以下|以内|之内|以下|之下)"
)


def qualifier_before(text: str, number: int) -> tuple[int, str]:
    """Return where the qualifier before a number begins, and which it is.

    Examples
    --------
    >>> qualifier_before("总量超6万户", 3)
    (2, 'at_least')
    >>> qualifier_before("总量6万户", 2)
    (2, '')
    """
    window = text[max(0, number - _LONGEST) : number]
    for length in range(len(window), 0, -1):
        name = _QUALIFIER_OF.get(window[-length:])
        if name:
            return number - length, name
    return number, ""


def qualifier_after(text: str, place: int) -> tuple[int, str]:
    """Return where the qualifier behind a unit ends, and which it is.

    Examples
    --------
    >>> qualifier_after("6%左右", 2)
    (4, 'about')
    """
    match = _AFTER.match(text, place)
    return (match.end(), match.lastgroup or "") if match else (place, "")

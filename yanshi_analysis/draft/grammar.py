"""The grammar of a printed figure: number, range, magnitude, unit and qualifier.

``超6万户``, ``1300余亩``, ``10—20家``, ``百分之十二点八`` and ``3亿多农村人口`` are each one
figure. What a figure means, and whether it is a statistic at all, is decided elsewhere.
"""

from __future__ import annotations

import math
import re

from yanshi_analysis.draft.chinese import chinese_figures
from yanshi_analysis.draft.counters import MAGNITUDES, PERSONS, UNIT_PATTERN
from yanshi_analysis.draft.figure import Figure, qualifier_after, qualifier_before

__all__ = ["figures"]

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,5}(?![\d,])(?:\.\d{1,9})?|\d+(?:\.\d{1,9})?")
_DIGIT_LIMIT = 15
_TO = re.compile(r"[-—~]{1,2}|至|到")
# 千瓦 is a unit of its own, not a thousand of 瓦.
_WHOLE = "(?:千瓦时|千瓦|千伏安|千伏|千米|千克|百分点)(?:/[年月日天人户])?"
_TAIL = re.compile(
    rf"(?P<more>余|多|来)?(?:(?P<whole>{_WHOLE})"
    rf"|(?P<magnitude>{'|'.join(MAGNITUDES)})?(?P<more2>余|多)?(?P<unit>{UNIT_PATTERN})?"
    rf"(?P<plural>（[套间次个户条片段辆]{{1,2}}）)?)"
    rf"(?P<more3>余|多(?=[，。；、]))?"
)
_SPLIT_POINT = re.compile("个(?P<more>多|余)?百分点")
_NOUN = re.compile(r"[^\s，。；、：！？\d（）\"]{1,12}")
_MONEY = re.compile(
    "投资|收入|产值|生产总值|GDP|资金|税收|营收|贷款|存款|总额|债券|交易额|成交额|销售额|"
    "利润|支出|规模"
)


def figures(text: str) -> list[Figure]:
    """Find every printed figure of a text in plain characters, statistics or not.

    Examples
    --------
    >>> [(f.value, f.unit, f.qualifier) for f in figures("总量超6万户，盘活1300余亩，增长6%左右")]
    [(6.0, '万户', 'at_least'), (1300.0, '亩', 'about'), (6.0, '%', 'about')]
    >>> [(f.value, f.value_high, f.unit) for f in figures("引进10—20家")]
    [(10.0, 20.0, '家')]
    >>> [(f.value, f.unit, f.script) for f in figures("增长百分之十二点八")]
    [(12.8, '%', 'chinese')]
    >>> [(f.value, f.unit) for f in figures("惠及1.6亿学生，提高2个多百分点")]
    [(1.6, '亿人'), (2.0, '个百分点')]
    """
    found = _arabic(text)
    found += chinese_figures(text)
    found.sort(key=lambda figure: figure.number)
    return found


def _arabic(text: str) -> list[Figure]:
    found: list[Figure] = []
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done:  # the upper end of a range
            continue
        figure = _figure(text, match.start(), match.end(), _value(match[0]))
        found.append(figure)
        done = figure.end
    return found


def _value(digits: str) -> float:
    plain = digits.replace(",", "")
    return float(plain) if len(plain) <= _DIGIT_LIMIT else math.nan


def _figure(text: str, number: int, end: int, value: float) -> Figure:
    """Read what follows the digits of a figure, and what stands before them."""
    tail, high = _range(text, number, _tail(text, end), value)
    unit = _unit(tail)
    stop = tail.end()
    if not unit:
        stop = end if math.isnan(high) else tail.start()
    elif unit in MAGNITUDES:
        unit = _fill(text, number, stop, unit)
    point = _SPLIT_POINT.match(text, end)
    if point:  # 2个多百分点
        unit, stop = "个百分点", point.end()
    more = bool(tail["more"] or tail["more2"] or tail["more3"] or (point and point["more"]))
    finish, after = qualifier_after(text, stop) if unit else (stop, "")
    start, before = qualifier_before(text, number)
    if not math.isnan(high):
        qualifier = "range"
    elif after == "about":
        qualifier = "about"
    else:
        strict = before if before in ("at_least", "at_most") else after
        qualifier = strict or ("about" if before == "about" or (unit and more) else "exact")
    if before != qualifier:  # 控制在2%左右 is about, and its 控制在 says nothing more
        start = number
    return Figure(start, finish, number, stop, value, high, unit, qualifier)


def _tail(text: str, place: int) -> re.Match[str]:
    tail = _TAIL.match(text, place)
    assert tail is not None  # every part of it is optional
    return tail


def _range(
    text: str, number: int, tail: re.Match[str], value: float
) -> tuple[re.Match[str], float]:
    """Return the tail of a range's upper end and that end, or the tail as it is and NaN."""
    to = _TO.match(text, tail.end())
    second = _NUMBER.match(text, to.end()) if to else None
    if to is None or second is None:
        return tail, math.nan
    if to[0] in ("至", "到") and text[max(0, number - 1) : number] in ("从", "由", "自"):
        return tail, math.nan  # 从5%到8% is a change
    other = _tail(text, second.end())
    upper = _value(second[0])
    # 10—20万户 may be printed 10万—20万户.
    if upper > value and _unit(tail) in ("", _unit(other), other["magnitude"]):
        return other, upper
    return tail, math.nan


def _unit(tail: re.Match[str]) -> str:
    return tail["whole"] or (tail["magnitude"] or "") + (tail["unit"] or "")


def _fill(text: str, number: int, stop: int, unit: str) -> str:
    """Say what a bare 万 or 亿 counts where the words around tell it."""
    following = _NOUN.match(text, stop)
    if following and PERSONS.search(following[0]):
        return unit + "人"
    before = text[max(0, number - 14) : number]
    counted = before.rstrip("达到超过约近突破")
    if counted.endswith("人次"):
        return unit + "人次"
    people = list(PERSONS.finditer(counted))
    if counted.endswith(("人数", "人")) or (people and people[-1].end() == len(counted)):
        return unit + "人"
    return unit + "元" if _MONEY.search(before) else unit

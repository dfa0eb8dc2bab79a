"""How much it grew, in words: 翻番, 两位数增长, 与经济增长同步; and 达到Ⅲ类."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words.statement import Statement, WordRule, plainly, subject

__all__ = ["RULES"]

_DOUBLED = re.compile("翻(?P<times>了?一番|了?两番|番)(?!的|目标)")
_TWO_DIGITS = re.compile("(?:保持|实现|达到)?两位数(?:以上)?的?增长")
_IN_STEP = re.compile(
    r"(?P<name>[^，。；、\n]{2,18}收入)(?:实际)?(?:增长|增速)?(?:与|和|同)"
    r"(?:经济|GDP|地区生产总值)(?:增长)?(?:速度)?(?:保持)?(?P<say>(?:基本)?同步)"
)
_GDP_GOAL = re.compile(
    r"生产总值(?:（GDP）)?(?:预期)?增长(?:目标)?(?:为|达|约)?(?P<value>\d+(?:\.\d+)?)%"
)
_CLASS = re.compile(
    "(?:达到|达|稳定在|保持)(?P<say>(?P<number>Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|III|II|IV|I|V)类)"
    "(?:标准|水质|水体|以上)?(?=[，。；、])"
)
_CLASSES = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


def _doubled(spans: Spans) -> Iterator[Statement]:
    for match in _DOUBLED.finditer(spans.plain):
        start = match.start()
        if not plainly(spans, match) or "个" in spans.plain[max(0, start - 2) : start]:
            continue
        name = subject(spans, start)
        if name:
            value = 300.0 if "两" in match["times"] else 100.0
            yield Statement(*match.span(), value, "%", "growth", "exact", name)


def _two_digits(spans: Spans) -> Iterator[Statement]:
    for match in _TWO_DIGITS.finditer(spans.plain):
        name = subject(spans, match.start())
        if name:
            yield Statement(*match.span(), 10.0, "%", "growth", "at_least", name)


def _in_step(spans: Spans) -> Iterator[Statement]:
    """Read 居民收入增长与经济增长基本同步 as a target about that of GDP, named just before."""
    for match in _IN_STEP.finditer(spans.plain):
        goal = None
        for found in _GDP_GOAL.finditer(spans.plain[max(0, match.start() - 400) : match.start()]):
            goal = found
        if goal:
            value, name = float(goal["value"]), match["name"]
            yield Statement(*match.span("say"), value, "%", "growth", "about", name)


def _class_of_water(spans: Spans) -> Iterator[Statement]:
    for match in _CLASS.finditer(spans.plain):
        name = subject(spans, match.start())
        if name:
            value = float(_CLASSES[match["number"]])
            yield Statement(*match.span("say"), value, "类", "level", "exact", name)


RULES = (
    WordRule("doubled", _doubled, ("水产品产值实现翻番。",), ("实现两个翻番。",)),
    WordRule("two digits", _two_digits, ("旅游人次保持两位数增长。",), ("位数增长。",)),
    WordRule(
        "in step",
        _in_step,
        ("地区生产总值增长6%左右，居民收入增长与经济增长基本同步。",),
        ("收入与经济同步。",),
    ),
    WordRule(
        "class of water",
        _class_of_water,
        ("出境断面水质达到Ⅲ类标准，",),
        ("I—Ⅲ类水质比例98%。",),
    ),
)

"""Slogans: 8+4, “1338”, “31条”, and the number of points that a list has."""

from __future__ import annotations

import re

from yanshi_analysis.draft.exclude.rule import Rule
from yanshi_analysis.draft.place import Place

__all__ = ["RULES"]

_SIGNS = ("+", "×")
_LONGEST_QUOTE = 24
_POINTS = re.compile("个?(?:重点)?(?:方面|维度|层面|坚持|必须|确保|更加|聚焦)")
_POLICIES = re.compile("(?:新政|政策|措施|意见|举措|规定|禁令|硬措施)")


def _sum(place: Place) -> bool:
    plain, figure = place.spans.plain, place.figure
    before = plain[max(0, figure.number - 1) : figure.number]
    return before in _SIGNS or plain[figure.tail : figure.tail + 1] in _SIGNS


def _quoted(place: Place) -> bool:
    quote = place.spans.quote(place.figure.number)
    return quote is not None and quote[1] - quote[0] <= _LONGEST_QUOTE


def _points(place: Place) -> bool:
    unit = place.figure.unit
    if unit in ("", "个"):
        return _POINTS.match(place.behind_unit) is not None
    return unit == "条" and _POLICIES.match(place.behind_unit) is not None


RULES = (
    Rule(
        "sum",
        "slogan",
        "a slogan with a sum | 含加号的口号",
        _sum,
        ("8+4政策体系", "构建1+3格局"),
        ("增长8%",),
    ),
    Rule(
        "quoted",
        "slogan",
        "within quotation marks | 引号中的提法",
        _quoted,
        ("落实“31条”政策", "按照“1338”思路", "打造“15分钟生活圈”"),
        ("“小升规”47家",),
    ),
    Rule(
        "points",
        "slogan",
        "counts the points of a list | 条目数",
        _points,
        ("做好11方面工作", "抓好8个方面", "落实32条政策"),
        ("推进4个项目",),
    ),
)

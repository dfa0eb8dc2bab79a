"""Numbers that name: codes, roads, titles, lists of so many; and numbers that count nothing."""

from __future__ import annotations

import math
import re

from yanshi_analysis.draft.exclude.rule import Rule
from yanshi_analysis.draft.place import Place

__all__ = ["LAST_RULES", "RULES"]

_NUMBERED = re.compile(
    "号|路|线|国道|省道|县道|高速|期|届|版|型|代|强|师|式|热线|平台|政务|报警|急救|院校|款车型|禁令|方案|"
    r"[·•]\d"
)
_ROADS = ("国道", "省道", "·")
_HOTLINES = frozenset({12345, 12315, 12348, 12388, 12333, 12328, 12309, 110, 114, 119, 120, 122})
_CALLED = re.compile("(?:政务|便民|市长)?(?:服务)?(?:热线|平台|报警|急救|举报|投诉)")
_LETTER_BEFORE = re.compile("[A-Za-zα-ω][-·]?$")
_LETTER_BEHIND = re.compile("[-·]?[A-Za-z]")
_INDEX = re.compile(r"(?:倍差|系数|指数|收入比|之比|比值|得分|评分|均值|浓度)[^，。；\d]{0,8}$")
_RATIO = re.compile(r"[：/]\d")


def _digits(place: Place) -> bool:
    return math.isnan(place.figure.value)


def _title(place: Place) -> bool:
    return place.spans.title(place.figure.number) is not None


def _numbered(place: Place) -> bool:
    if place.figure.unit:
        return False
    if _NUMBERED.match(place.behind_unit) or place.at_number.endswith(_ROADS):
        return True
    return place.figure.value in _HOTLINES and _CALLED.match(place.behind_unit) is not None


def _ranking_list(place: Place) -> bool:
    """Tell whether the clause names a list of as many: 民营企业500强、研发投入500家等榜单."""
    value = place.figure.value
    around = place.clause_before[-60:] + place.clause_after
    return value >= 10 and f"{value:g}强" in around


def _code(place: Place) -> bool:
    figure = place.figure
    before = place.spans.plain[max(0, figure.number - 3) : figure.number]
    if _LETTER_BEFORE.search(before):
        # GDP19.92亿元 and CPI2% are amounts of something with letters in its name.
        amount = figure.unit.endswith("元") or figure.unit == "%"
        return not (before.isupper() and amount)
    return not figure.unit and _LETTER_BEHIND.match(place.behind_unit) is not None


def _no_unit(place: Place) -> bool:
    if place.figure.unit:
        return False
    ratio = _RATIO.match(place.behind_unit) or place.at_number.endswith(("：", "/"))
    return ratio is True or bool(ratio) or not _INDEX.search(place.before)


RULES = (
    Rule(
        "digits",
        "name",
        "a string of digits, no amount | 数字串，不是数量",
        _digits,
        ("编号12345678901234567890",),
        ("收入36370元",),
    ),
    Rule(
        "title",
        "name",
        "within a title | 书名之中",
        _title,
        ("《30分新闻》播出",),
        ("《新闻》30家",),
    ),
    Rule(
        "numbered",
        "name",
        "a name with a number | 带编号的名称",
        _numbered,
        ("开通6号线", "310国道改造", "12345热线办结", "入围500强", "纪念5·12"),
        ("改造120条线路",),
    ),
    Rule(
        "ranking list",
        "name",
        "the name of a list | 榜单名称",
        _ranking_list,
        ("500家和服务业500强榜单",),
        ("16家企业位列民营企业50强",),
    ),
    Rule(
        "code",
        "name",
        "part of a code with letters | 含字母的代号",
        _code,
        ("G331贯通", "创建4A景区", "PM2.5下降", "T800纤维"),
        ("装机30MW", "GDP19.92亿元"),
    ),
)
LAST_RULES = (
    Rule(
        "no unit",
        "name",
        "counts nothing | 没有计量单位",
        _no_unit,
        ("评选100佳", "做到1把手负责", "结构调整为12:43:45"),
        ("城乡收入倍差缩小至1.83",),
    ),
)

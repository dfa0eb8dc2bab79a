"""Ordinals and list numbers; and the places in a ranking, which are statistics."""

from __future__ import annotations

import re

from yanshi_analysis.draft.exclude.rule import Rule
from yanshi_analysis.draft.place import Place

__all__ = ["RULES", "is_rank"]

_RANKED = re.compile(
    "(?:全国|全省|全市|全区|全县|世界|全球|县区|区县|同类|[中西东]部|地区|省区市|主产省|城市|区域|环都市区|"
    "居|列|排名?|跃升|升至|榜|位次|考核|保持|巩固|前移|上升|提升|省|市|晋|进|位|从|由|至|到|为|获)"
    r"[^，。；\d]{0,12}第$"
)
_TOP = re.compile(r"(?:居|列|进入|跻身|排名?|保持|稳居|升至)[^，。；\d]{0,10}前$")
_COUNTS_IN_ORDER = re.compile(
    "[届次批期号代条轮章项例年线大台家所组款站节方课版场个]|季度|产业|书记|医院|中学|小学|人民|实验|"
    "梯队|阶段|要务|动力|生产力|责任|高级|附属|高中"
)
_PERSON = re.compile("同学|选手|同志|运动员")
_LAST_PLACE = 3000


def is_rank(place: Place) -> bool:
    """Tell whether a number is a place in a ranking: 居全国第4位, 进入全省前10位.

    The places that single persons take are no statistics.
    """
    unit, before = place.figure.unit, place.at_number
    if unit not in ("", "位", "名") or place.figure.value > _LAST_PLACE:
        return False
    if before.endswith("前"):
        return unit != "" and _TOP.search(before) is not None
    if not before.endswith("第") or (unit == "" and _COUNTS_IN_ORDER.match(place.behind_unit)):
        return False
    if _PERSON.search(place.sentence_before):
        return False
    return unit != "" or _RANKED.search(before) is not None


def _ordinal(place: Place) -> bool:
    return place.at_number.endswith("第") and not is_rank(place)


def _list_number(place: Place) -> bool:
    figure, plain = place.figure, place.spans.plain
    if figure.unit or figure.value >= 100:
        return False
    before = plain[max(0, figure.number - 1) : figure.number]
    behind = plain[figure.tail : figure.tail + 1]
    if before == "（" and behind == "）":
        return True
    begins = figure.number in (0, place.first) or before in ("\n", "：")
    return begins and behind in (".", "、", "）")


RULES = (
    Rule(
        "ordinal",
        "ordinal",
        "an ordinal | 序数",
        _ordinal,
        ("第33届恳亲大会", "第14次会议", "第3季度增长"),
        ("总量居全国第4位", "获得全市考核第1名"),
    ),
    Rule(
        "list",
        "ordinal",
        "a list number | 序号",
        _list_number,
        ("1.医疗卫生方面", "（2）加快建设", "3、加快建设"),
        ("1.5万台电梯",),
    ),
)

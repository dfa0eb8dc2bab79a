"""Sizes that are neither outcome nor target: planned totals, design capacity, lists of leads."""

from __future__ import annotations

import re

from yanshi_analysis.draft.place import Place

__all__ = ["is_capacity", "is_context"]

_LINK = "(?:均|各|分别)?(?:达到|达|约|超过|超|近|为|共|逾)?"
_TOTAL = re.compile(
    f"(?:总投资|计划投资|概算|投资总额|协议投资|设计年?(?:产能|能力|规模))额?{_LINK}$"
)
_SPENT = re.compile(f"(?:完成|实现|累计)总投资额?{_LINK}$")
# Leads and ideas for projects are neither done nor promised.
_LEADS = re.compile("(?:谋划|紧盯|跟踪|梳理|在谈|洽谈)(?!实施|储备|建设|推进)[^，。；]{0,20}$")
_AMOUNTS = ("%", "‰", "元", "亩", "吨", "公里")
_ANNUAL = re.compile("年(?:产|处理|加工|产能|生产能力)$")
_MADE = frozenset("吨台辆张片只套件米支")
_PLANT = re.compile(
    r"[^，。；\d]{1,16}(?:项目|生产线|产线)|[^，。；\d]{1,12}、[^，。；]{1,30}(?:项目|生产线)"
)
_DONE = re.compile(
    "(?:产量|完成|新增|达到?|突破|超过?|淘汰|减少|增加|建成|新建|改造|出口|更新|实施|为|共|"
    "推广|交付|生产)$"
)
_HAN = re.compile("[一-龥]$")


def is_context(place: Place) -> bool:
    """Tell whether a figure is a size that is neither outcome nor target.

    总投资35亿元的项目 is planned in all, 年产10万吨 is what a plant is built for, and 谋划项目33个
    are ideas; 完成总投资35亿元 has been spent.
    """
    if is_capacity(place):
        return True
    if _TOTAL.search(place.before):
        return not _SPENT.search(place.before)
    return not place.figure.unit.endswith(_AMOUNTS) and bool(_LEADS.search(place.clause_before))


def is_capacity(place: Place) -> bool:
    """Tell whether a figure is the design capacity of a plant: 年产10万吨, 120万吨乙烯项目."""
    if _ANNUAL.search(place.before):
        return True
    unit = place.figure.unit
    if len(unit) < 2 or unit[-1] not in _MADE or unit[0] not in "万亿":
        return False
    return (
        place.figure.qualifier == "exact"
        and _PLANT.match(place.after) is not None
        and _HAN.search(place.before) is not None
        and _DONE.search(place.before) is None
    )

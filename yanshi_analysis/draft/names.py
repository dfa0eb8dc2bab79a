"""The name of a figure, as found in the words around it."""

from __future__ import annotations

import re

from yanshi_analysis.draft.place import Place

__all__ = ["found_name", "shared_subjects"]

_EDGE = re.compile(r"[，。；：！？\n]")
_HEAD_VERBS = re.compile(
    r"^(?:预计|全年|其中|同时|力争|确保|继续|累计|共|全[省市区县]|我[省市区县]|今年|目前|已|将|要|计划|实际|达到|达|为|约|且|并|使|让|到|年底前|"
    r"由|从|与|和|及|以及|、|的|“|\"|在|对|把|等|各|分别|均|其|中|全力|加快|大力|积极|推动|促进|推进|带动|努力|切实|扎实)+"
)
_TAIL_VERBS = re.compile(
    r"(?:完成|达到|达|实现|超过|突破|为|共|共计|保持在|稳定在|控制在|保持|增长|增加|提高|提升|下降|降低|减少|上升|上涨|分别|同比|到|至|约|超|近|均|"
    r"占|增速|累计|已|有|在|率先|第|年均|实际|不低于|高于|低于|年产|总计|合计|、|位居|居|列|了|的|“|\"|（|\(|由|从|再|就)+$"
)
_TRAILING = re.compile(r"^(?:的|以上|左右|“|\"|）|\)|及以上|余|多|、|和|（[^）]{0,6}）)+")
_BEHIND = re.compile(r"[^，。；：、！？\n\d（）]{0,22}")


def found_name(place: Place, previous_end: int, inherited: str) -> str:
    """Return the indicator's name as found: the words before the figure and the noun behind it.

    Parameters
    ----------
    place : Place
        The figure.
    previous_end : int
        Where the figure before ends, if it stands in the same sentence; else the sentence's start.
    inherited : str
        The name of that figure, for a figure that has none of its own: 旅游收入20亿元、增长12%.
    """
    plain = place.spans.plain
    clause = place.clause[0]
    before = plain[max(clause, previous_end, place.figure.start - 40) : place.figure.start]
    own = _TAIL_VERBS.sub("", _HEAD_VERBS.sub("", before.strip("、"))).strip("、\"“”")
    match = _BEHIND.match(plain, place.figure.end)
    behind = _TRAILING.sub("", match[0]) if match else ""
    if place.figure.unit in ("%", "‰", "个百分点", "倍"):
        behind = behind if len(own) < 2 and not inherited else ""
    if own in ("占", "占比", "比重", "占全部"):
        return f"{inherited}{own}"
    if len(own) < 2 and not behind:
        return inherited or own
    if len(own) < 2 and place.figure.unit in ("%", "‰"):
        return inherited or own + behind
    return own + behind


_AND = re.compile(r"[、和及与]")
_BOTH = re.compile(r"(?P<list>[^，。；：\d\n]{4,40}?)(?:增速|增幅|增长|降幅)?(?:(?<![人年平户日月])均(?!分)|都|双双)[^，。；\d]{0,10}$")
_VERBS = re.compile(r"^(?:确保|力争|实现|推动|预计|全年|其中|保持|使|让)+")
_RATES = re.compile(
    r"(?:^|[，。；]|确保|实现|保持)(?P<one>[^，。；：、和\d\n]{2,14}率)[、和](?P<two>[^，。；：、和\d\n]{2,18}率)(?:均|都|保持|达到|达|稳定在|分别)*$"
)
_OF_TWO = re.compile(
    r"(?:^|[，。；]|确保|实现|保持)(?P<one>[^，。；：、和\d\n]{2,7})[、和](?P<two>[^，。；：、和\d\n]{2,9}?)(?P<rate>(?:安全利用|达标|覆盖|处理|普及|合格|完成|参保|办结)率)(?:均|都|保持|达到|达|稳定在)*$"
)


def shared_subjects(place: Place) -> list[str]:
    """Return the names of two or more indicators that one printed figure speaks of.

    Examples of such: A、B均增长20%以上; 甲率、乙率保持100%; 建设用地、农用地安全利用率100%.
    Empty if the figure speaks of one.
    """
    before = place.clause_before
    both = _BOTH.search(before)
    if both:
        parts = [_VERBS.sub("", part) for part in _AND.split(both["list"])]
        parts = [part for part in parts if len(part) >= 2]
        return parts if 2 <= len(parts) <= 4 else []
    rates = _RATES.search(before)
    if rates:
        return [_VERBS.sub("", rates["one"]), rates["two"]]
    owned = _OF_TWO.search(before)
    if owned:
        return [_VERBS.sub("", owned["one"]) + owned["rate"], owned["two"] + owned["rate"]]
    return []

"""What a figure measures: a level, a growth, a share or a rank, and the sign of a decline."""

from __future__ import annotations

import re

from yanshi_analysis.draft.exclude.ordinals import is_rank
from yanshi_analysis.draft.place import Place

__all__ = ["measure"]

_UP = (
    "增长|增加|提高|提升|上升|上涨|增幅|增速|涨幅"
    "|增收|增值|壮大|扩大|攀升|跃升|增|涨|高于|快于|同比"
)
_DOWN = (
    "下降|降低|减少|压减|缩减|回落|下跌|降幅|压降|压缩|减排|负增长|下滑|收窄|削减|降|缩小|减|少于"
)
_LINK = (
    "了|约|近|均|都|各|为|超|超过|达|达到|分别|同比|比上年|又|再|仍|实际|"
    "年均|幅度|幅|率|速度|目标|定为|预期|保持|在|均在|不低于|均不低于|力争|"
    "可|累计|均达|名义|并|率达|位居|由|从|由负转正|持续|稳定|平均|总|力度|将"
)
_GROWTH = re.compile(rf"(?P<verb>{_UP}|{_DOWN})(?:{_LINK}|[（）()“”\"]){{0,4}}$")
_LEVEL_VERB = re.compile(
    r"(?:提高|提升|上升|下降|降低|增加|减少|增|降|升|压减|压缩|回落|缩小|扩大|上涨|减|调整|"
    r"恢复|提|跃升|增长|收窄)(?:到|至|为)[了约近超]{0,2}$"
)
_RATE_NAME = re.compile(r"增速|增幅|涨幅|增长率|增长速度|增长目标|降幅|价格指数|增长预期")
_PREFIX = re.compile(r"(?:不低于|超过|突破|大约|接近|不超过|控制在|左右|高于|低于|近|约|超|逾)+$")
_CUT = re.compile(r"(?:压减|削减|压缩|缩减|减少|降低)(?!到|至|为)[^，。；、\d率度]{2,12}$")
_POINT_VERB = re.compile(rf"(?P<verb>{_UP}|{_DOWN})[^，。；\d]{{0,12}}$")


def measure(place: Place, previous: tuple[str, float] | None) -> tuple[str, float]:
    """Return the measure of a figure and its sign, 1 or -1.

    Parameters
    ----------
    place : Place
        The figure.
    previous : tuple, optional
        Measure and sign of the figure before, if only 、 or 和 stands between the two: in
        分别增长5%、6% the second has no verb of its own.
    """
    figure = place.figure
    if is_rank(place):
        return "rank", 1.0
    if figure.unit in ("个百分点", "百分点"):
        verb = _POINT_VERB.search(place.clause_before)
        down = verb is not None and re.fullmatch(_DOWN, verb["verb"]) is not None
        if verb is None and previous is not None and previous[0] == "growth":
            return previous
        return "growth", -1.0 if down else 1.0
    if figure.unit not in ("%", "‰"):
        return "level", 1.0
    if place.at_number.endswith("-") and not place.at_number[:-1].endswith(tuple("0123456789%")):
        return "growth", -1.0
    if previous is not None:
        return previous
    before = _PREFIX.sub("", place.clause_before)
    if _LEVEL_VERB.search(place.clause_before) or _LEVEL_VERB.search(before):
        return ("growth" if _RATE_NAME.search(before[-24:]) else "share"), 1.0
    verb = _GROWTH.search(before)
    if verb and verb["verb"] not in ("高于", "快于", "少于"):
        if re.search(
            r"(?:达|率|占|比|覆盖|贡献)[^，。；\d增降]{0,2}$", before[: verb.start()]
        ) and verb["verb"] in ("提升", "扩大"):
            return "share", 1.0
        down = re.fullmatch(_DOWN, verb["verb"]) is not None
        return "growth", -1.0 if down else 1.0
    if _CUT.search(before):
        return "growth", -1.0
    if _RATE_NAME.search(before[-20:]):
        down = "降幅" in before[-8:]
        return "growth", -1.0 if down else 1.0
    return "share", 1.0

"""The name of a figure, as found in the words around it."""

from __future__ import annotations

import re

from yanshi_analysis.draft.place import Place

__all__ = ["balanced", "each_of", "found_name", "shared_subjects"]

# Words at the head of a clause that are no part of a name.
_HEAD_WORDS = re.compile(
    r"^(?:(?:到|截至)?(?:19|20)\d\d年(?:[底末]前?|以前)?|预计|全年|其中|同时|力争|确保|继续|"
    r"累计|全[省市区县镇乡]|我[省市区县镇乡]|今年|去年|目前|达到|年底前|约|且|并|由|从|和|及|"
    r"以及|、|的|等|"
    r"分别|均|全力|加快|大力|积极|推动|促进|推进|带动|努力|切实|扎实|实现|完成|争取|高标准|"
    r"高质量|接续|统筹)+"
)
_TAIL_WORDS = re.compile(
    r"(?:完成|达到|达|实现|超过|突破|为|共|共计|保持在|稳定在|控制在|保持|增长|增加|提高|提升|"
    r"下降|降低|减少|上升|上涨|分别|同比|到|至|约|超|近|均|"
    r"[由从](?:19|20)\d\d年[底末]?的?|比上年|较上年|增速|累计|已|有|在|第|年均|实际|不低于|"
    r"高于|低于|年产|总计|合计|、|位居|居|列|了|的|压减|缩减|（|\(|由|从|再|就|定|提高到|"
    r"增加到|连年)+$"
)
_BEHIND_HEAD = re.compile(r"^(?:的|以上|左右|及以上|余|多|、|和|（[^）]{0,6}）)+")
_BEHIND = re.compile(r"[^，。；：、！？\n\d（）]{0,22}")
_CHANGE = re.compile(
    r"(?:增加|提高|增长|提升|上升|扩大|下降|降低|减少|压缩|缩短|降|升|增|调整)(?:了|到|至|"
    r"为)?|跃升[^，]{0,6}|左右"
)
_SHARE_BEHIND = re.compile(r"的[^，。；：、！？\n]{2,26}")
_AFTER_FIGURE = re.compile(r"^.*\d[^、]{0,8}、|^.*\d[^、]{0,8}$(?<=以上|以下)")
#: Names that say nothing without the one before: 总投资, 覆盖率, 办结率.
_GENERAL = re.compile(
    r"(?:年度|计划|实际)?(?:完成|实现)?(?:总?投资|总量|总数|总额|总产量?|面积|数量|余额|收入|"
    r"产值|营业收入|销售额|交易额|合同额)(?:额)?|"
    r"总?成交额|[^，。；]{0,2}(?:覆盖|办结|解决|达标|完成|开工|投产|化解|满意|增长)率|"
    r"占比?[^，。；]{0,14}|比重[^，。；]{0,10}|其中[^，。；]{0,8}|"
)


def found_name(place: Place, previous_end: int, inherited: str, *, listed: bool = False) -> str:
    """Return the indicator's name as found: the words before the figure and the noun behind it.

    Parameters
    ----------
    place : Place
        The figure.
    previous_end : int
        Where the figure before ends, if it stands in the same sentence; else the sentence's start.
    inherited : str
        The name of that figure. A figure without a name of its own takes it (旅游收入20亿元、增长
        12%); one with a general name adds its own to it (总投资, 办结率).
    listed : bool
        Whether only 、 stands between the two: 新建停车场3个、停车位500个 share their verb.
    """
    text = place.spans.flow.text
    start = max(place.clause[0], previous_end, place.figure.start - 40)
    before = _AFTER_FIGURE.sub("", text[start : place.figure.start].strip("、"))
    own = _TAIL_WORDS.sub("", _HEAD_WORDS.sub("", before)).strip("、")
    percent = place.figure.unit in ("%", "‰", "个百分点", "倍")
    if percent:
        share = _SHARE_BEHIND.match(text, place.figure.end) if len(own) < 2 else None
        behind = share[0][1:] if share else ""
    else:
        match = _BEHIND.match(text, place.figure.end)
        behind = _BEHIND_HEAD.sub("", match[0]) if match else ""
        behind = "" if _CHANGE.fullmatch(behind) else behind
    if len(own) < 2 and behind:
        return balanced(own + behind)
    if len(own) < 2:
        return inherited
    if not behind and inherited and _GENERAL.fullmatch(own):
        return balanced(f"{_root(inherited)}{own}")
    verb = _VERB.match(inherited) if listed and not _VERB.match(own) else None
    return balanced((verb[0] if verb else "") + own + behind)


_VERB = re.compile(
    r"(?:新建|新增|新引进|新认定|新开工|新|培育|创建|申报|改造|改扩建|建成|建设|引进|利用|"
    r"使用|办理|盘活|推广|淘汰|完善|实施|发放|培训)"
)


def _root(name: str) -> str:
    """Return a name without the general word that an earlier figure added to it."""
    for word in ("完成投资", "总投资", "实现投资", "投资", "总量", "总数"):
        if name.endswith(word) and len(name) > len(word) + 2:
            return name.removesuffix(word)
    return name


def balanced(name: str) -> str:
    """Close or drop a quotation mark whose other half lies outside the name."""
    name = name.strip("、”）").removeprefix("的")
    opened, closed = name.count("“"), name.count("”")
    if opened > closed:
        name += "”"
    elif closed > opened:
        name = "“" + name
    if name.count("（") > name.count("）"):
        name += "）"
    return name


_AND = re.compile(r"[、和及与]")
_BOTH = re.compile(
    r"(?P<list>[^，。；：\d\n]{4,40}?)(?:增速|增幅|增长|降幅)?(?:(?<![人年平户日月])均(?!分)|"
    r"都|双双)[^，。；\d]{0,10}$"
)
_ALL = re.compile("[均都双]")
_VERBS = re.compile(r"^(?:确保|力争|实现|推动|预计|全年|其中|保持|使|让)+")
_RATES = re.compile(
    r"(?:^|[，。；]|确保|实现|保持)(?P<one>[^，。；：、和\d\n]{2,14}"
    r"率)[、和](?P<two>[^，。；：、和\d\n]{2,18}率)(?:均|都|保持|达到|达|稳定在)*$"
)
_OF_TWO = re.compile(
    r"(?:^|[，。；]|确保|实现|保持)(?P<one>[^，。；：、和\d\n]{2,7}"
    r")[、和](?P<two>[^，。；：、和\d\n]{2,9}?)(?P<rate>(?:安全利用|达标|覆盖|处理|普及|合格|"
    r"完成|参保|办结)率)(?:均|都|保持|达到|达|稳定在)*$"
)


def shared_subjects(place: Place) -> list[str]:
    """Return the names of two or more indicators that one printed figure speaks of.

    Examples of such: A、B均增长20%以上; 甲率、乙率保持100%; 建设用地、农用地安全利用率100%.
    Empty if the figure speaks of one.
    """
    before = place.clause_before
    both = _BOTH.search(before) if _ALL.search(before) else None
    if both:
        parts = [_VERBS.sub("", part) for part in _AND.split(both["list"])]
        parts = [part for part in parts if len(part) >= 2]
        return parts if 2 <= len(parts) <= 4 else []
    if "率" not in before:
        return []
    rates = _RATES.search(before)
    if rates:
        return [_VERBS.sub("", rates["one"]), rates["two"]]
    owned = _OF_TWO.search(before)
    if owned:
        return [_VERBS.sub("", owned["one"]) + owned["rate"], owned["two"] + owned["rate"]]
    return []


_EACH = re.compile(r"(?P<list>[^，。；：\d\n]{3,40}?)[^，。；\d、]{0,4}分别[^，。；\d]{0,8}$")
_EACH_TAIL = re.compile("(?:年均|增速|数量)$")


def each_of(place: Place) -> tuple[str, ...]:
    """Return A and B before the first figure of A、B分别增长5%、6%, else nothing."""
    before = place.clause_before
    found = _EACH.search(before) if "分别" in before else None
    if found is None:
        return ()
    parts = [part for part in _AND.split(_HEAD_WORDS.sub("", found["list"])) if part]
    return tuple(_EACH_TAIL.sub("", part) for part in parts) if len(parts) > 1 else ()

"""Up or down, without a figure: 持续下降, 连年增加, 稳中有升, 提高补助标准."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words.statement import Statement, WordRule, plainly, subject

__all__ = ["RULES"]

_FALLS = "下降|减少|压降|降低|化减|递减|回落|缩小"
_RISES = "上升|增加|增长|提高|提升"
# A trend is believed only of something that can be counted or measured.
_STATISTIC = re.compile(
    "(?:总量|数量|规模|债务|成本|浓度|天数|标准|支出|收入|起数|人数|率|比重|占比|价格|投入|排放量|排放|"
    "强度|增加值|产值|差距|产量|销量|运量|流量|吞吐量|[^质]量)$"
)
_TREND = re.compile(
    r"(?P<way>持续|逐年|连年|逐步|连续[^，。；\d]{0,3}年|稳步)"
    rf"(?P<verb>{_FALLS}|{_RISES})(?P<object>[^，。；、\n]{{0,14}})"
)
_STEADY = re.compile("稳中有(?P<way>升|降|增)")
_TWO = re.compile(
    "(?P<owner>[^和、]{2,12}?)(?P<one>数量|人数|起数|总量)[和、]"
    "(?P<two>[^和、]{0,6}规模|人数|总量|[^和、]{0,6}数量)"
)
_LONGEST = 24
_BENEFIT = re.compile(
    r"(?P<say>提高|上调)(?P<what>[^，。；：！？、\d\n]{2,36}?"
    r"(?:救助|供养|抚恤|补助|低保|补贴|保障|待遇|养老金|津贴)[^，。；、\d\n和]{0,4}(?:标准|待遇|金)"
    r"(?:和[^，。；、\d\n]{2,24}(?:标准|待遇))?)(?=[，。；\n])"
)
_CUT = re.compile(
    r"(?P<say>压减|压缩|削减)"
    r"(?P<what>(?:一般性|非刚性|非急需|非重点|\"三公\")[^，。；、\d\n]{0,14}(?:支出|经费))(?=[，。；、\n])"
)
_PLACES = re.compile(
    r"(?:排名|位次)[^，。；\d\n]{0,5}"
    r"(?P<say>晋档升级|晋位升级|晋位|进位|前移|大幅提升|大幅跃升|提升|上升)(?=[，。；\n])"
)


def _trends(spans: Spans) -> Iterator[Statement]:
    for match in _TREND.finditer(spans.plain):
        if not plainly(spans, match) or spans.quote(match.start()):
            continue
        behind, name = match["object"], subject(spans, match.start())
        if behind:
            if match["way"] in ("稳步", "逐步"):
                continue  # 稳步缩小收入差距 says what is being done, not what came of it
            name = behind
        if not _STATISTIC.search(name) or len(name) > _LONGEST or re.search(r"\d", name):
            continue
        value = -1.0 if re.fullmatch(_FALLS, match["verb"]) else 1.0
        for one in _each(name):
            yield Statement(match.start(), match.end("verb"), value, "", "direction", "exact", one)


def _each(name: str) -> list[str]:
    """Split 融资平台数量和债务规模 into the two things of one owner."""
    match = _TWO.fullmatch(name)
    return [match["owner"] + match["one"], match["owner"] + match["two"]] if match else [name]


def _steady(spans: Spans) -> Iterator[Statement]:
    for match in _STEADY.finditer(spans.plain):
        name = subject(spans, match.start())
        if _STATISTIC.search(name) and len(name) < _LONGEST:
            value = -1.0 if match["way"] == "降" else 1.0
            yield Statement(*match.span(), value, "", "direction", "exact", name)


def _benefits(spans: Spans) -> Iterator[Statement]:
    for match in _BENEFIT.finditer(spans.plain):
        for name in re.split("(?<=[准遇])和", match["what"]):
            yield Statement(*match.span("say"), 1.0, "", "direction", "exact", name)


def _cuts(spans: Spans) -> Iterator[Statement]:
    for match in _CUT.finditer(spans.plain):
        yield Statement(*match.span("say"), -1.0, "", "direction", "exact", match["what"])


def _places(spans: Spans) -> Iterator[Statement]:
    for match in _PLACES.finditer(spans.plain):
        name = subject(spans, match.start()) + "排名"
        yield Statement(*match.span("say"), 1.0, "", "direction", "exact", name)


RULES = (
    WordRule(
        "trend",
        _trends,
        ("信访总量持续下降。", "连年增加民生支出、", "债务规模逐年压降，"),
        ("质量持续提升。", "持续增长的动力。", "稳步缩小收入差距，"),
    ),
    WordRule("steady", _steady, ("PM2.5平均浓度稳中有降，",), ("经济运行稳中有进，",)),
    WordRule(
        "benefit",
        _benefits,
        ("提高困难群众救助供养标准和优抚对象补助标准，",),
        ("提高产品质量标准。", "提高统筹层次和保障水平，"),
    ),
    WordRule("cut", _cuts, ("压减非刚性非重点支出，",), ("压减项目审批环节，",)),
    WordRule("place", _places, ("全省排名实现晋档升级。",), ("排名第5位。",)),
)

"""The whole of it: 全覆盖, 全部完工, 所有…达到, 超额完成."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words.statement import Statement, WordRule, plainly, subject

__all__ = ["RULES"]

_COVERED = re.compile(
    "(?:全覆盖|全域覆盖|全面覆盖|全员覆盖)"
    '(?![”"]?(?:示范|行动|工程|机制|试点|格局|、?全链|的|式|监管|要求|目标))'
)
_REACHED = re.compile("实现|达到|做到|达成|完成|已")
_NOT_YET = re.compile("基本|逐步|推动|推进|争取|加快|有序")
_DONE = (
    "完工|完成|化解|开工建设|开工|建成投用|建成|竣工投产|竣工|交付|达标|投用|投产|办结|整改到位|整改|"
    "销号|兑现|脱贫|摘帽|达效|解决|落实|验收"
)
_ALL_DONE = re.compile(f"全部(?P<what>{_DONE})(?![一-龥]{{0,2}}(?:任务|工作))")
_EVERY_ONE = re.compile(
    r"(?P<say>(?:所有|全部)(?P<who>[^，。；、\d\n的]{0,8}?(?:村|社区|镇|乡|户|企业|学校|街道)))"
    r"(?P<what>[^，。；、\d\n]{2,10}?)(?:均|都)?(?:达到?|超过?|突破)\d"
)
_EXCEEDED = re.compile(
    r"[，、](?P<all>均|都|全部)?(?P<say>超额完成)[^，。；\d\n]{0,12}(?:目标|任务)"
)
_BETWEEN_FIGURES = re.compile("(?<=[元吨个家项户人次])、")
_NAMED_FIGURE = re.compile(r"(?P<name>[^\d]{3,24}?)(?:达到?|完成|为)?\d")
_LEADING_COUNT = re.compile(r"^\d+(?:\.\d+)?万?[个家项套户条]?")


def _coverage(spans: Spans) -> Iterator[Statement]:
    for match in _COVERED.finditer(spans.plain):
        start = match.start()
        if spans.quote(start) or spans.title(start):
            continue
        clause = spans.plain[max(spans.clause(start)[0], start - 50) : start]
        if not _REACHED.search(clause) or _NOT_YET.search(clause):
            continue
        name = subject(spans, start)
        name = re.sub("^.*?(?:实现|达到|做到)(?=.)", "", name) or name
        yield Statement(*match.span(), 100.0, "%", "share", "exact", name + "覆盖率")


def _all_done(spans: Spans) -> Iterator[Statement]:
    for match in _ALL_DONE.finditer(spans.plain):
        if not plainly(spans, match):
            continue
        name = _LEADING_COUNT.sub("", subject(spans, match.start()))
        if name and not name.endswith(("任务", "工作", "要求", "目标")):
            name = f"{name}{match['what']}率"
            yield Statement(*match.span(), 100.0, "%", "share", "exact", name)


def _every_one(spans: Spans) -> Iterator[Statement]:
    for match in _EVERY_ONE.finditer(spans.plain):
        name = f"{match['what']}{match['who']}占比"
        yield Statement(*match.span("say"), 100.0, "%", "share", "exact", name)


def _exceeded(spans: Spans) -> Iterator[Statement]:
    """Read A、B均超额完成目标 as more than 100 % of the target of each."""
    for match in _EXCEEDED.finditer(spans.plain):
        first = spans.clause(max(0, match.start() - 1))[0]
        before = spans.plain[max(first, match.start() - 80) : match.start()]
        for part in _BETWEEN_FIGURES.split(before) if match["all"] else [before]:
            found = _NAMED_FIGURE.match(part)
            if found:
                name = found["name"] + "目标完成率"
                yield Statement(*match.span("say"), 100.0, "%", "share", "at_least", name)


RULES = (
    WordRule(
        "coverage",
        _coverage,
        ("建设公园100个，实现镇（街道）全覆盖。", "胸痛救治单元实现全域覆盖，"),
        ("获评全覆盖示范县。", "推动养老服务全覆盖。", "基本实现全覆盖。"),
    ),
    WordRule("all done", _all_done, ("15个项目全部完工，",), ("全部工作任务完成。",)),
    WordRule(
        "every one", _every_one, ("所有行政村集体收入达到15万元以上。",), ("所有村达到标准。",)
    ),
    WordRule(
        "exceeded",
        _exceeded,
        ("引进省外资金12亿元、市外资金4亿元，均超额完成目标。",),
        ("超额完成全年目标任务。",),
    ),
)

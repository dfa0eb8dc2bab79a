"""None at all: 零发生, 动态清零, 全面消除, 未发生事故."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words.statement import Statement, WordRule, plainly, subject

__all__ = ["RULES"]

_ZERO = re.compile("零(?P<what>发生|伤亡|死亡|事故|返贫|增长)|(?:动态|全部|存量|历史性)清零")
_GONE = re.compile(r"(?P<say>全面消除)(?P<what>[^，。；、\n]{2,14})")
_NOT_ONE = re.compile(r"(?<!不)未发生(?P<what>[^，。；\n]{0,16}?事故)")
_RELAPSE = re.compile(
    "(?:守牢|守住)了?(?P<say>不发生(?P<what>(?:规模性|大规模)返贫(?:致贫)?))的?底线"
)
_NOT_YET = re.compile('(?:基本|逐步|推动|推进|力求|努力)(?:实现|保持)?[“"]?$')
_UNIT_OF = {"伤亡": "人", "死亡": "人", "事故": "起", "返贫": "户"}
_COUNTED = {"事故": "起", "案件": "起", "企业": "家", "家庭": "户", "户": "户", "人口": "人"}


def _zero(spans: Spans) -> Iterator[Statement]:
    for match in _ZERO.finditer(spans.plain):
        start, end = match.span()
        if not plainly(spans, match) or _NOT_YET.search(spans.plain[max(0, start - 6) : start]):
            continue
        what = match["what"] or ""
        name = subject(spans, start)
        if what == "增长":
            if name:
                yield Statement(start, end, 0.0, "%", "growth", "exact", name)
        elif what or (name and not re.search(r"\d", name[-16:])):  # 104条水体清零: 104 says it
            unit = _UNIT_OF.get(what) or _unit(name)
            yield Statement(start, end, 0.0, unit, "level", "exact", name or what)


def _unit(name: str) -> str:
    return next((unit for word, unit in _COUNTED.items() if word in name[-10:]), "个")


def _gone(spans: Spans) -> Iterator[Statement]:
    for match in _GONE.finditer(spans.plain):
        if plainly(spans, match):
            yield Statement(*match.span("say"), 0.0, "个", "level", "exact", match["what"])


def _not_one(spans: Spans) -> Iterator[Statement]:
    for match in _NOT_ONE.finditer(spans.plain):
        yield Statement(*match.span(), 0.0, "起", "level", "exact", match["what"])


def _no_relapse(spans: Spans) -> Iterator[Statement]:
    for match in _RELAPSE.finditer(spans.plain):
        yield Statement(*match.span("say"), 0.0, "起", "level", "exact", match["what"])


RULES = (
    WordRule(
        "zero",
        _zero,
        ("较大及以上事故保持“零发生”。", "“散乱污”企业保持动态清零。"),
        ("零距离服务群众。", "坚持零容忍。", "基本实现动态清零。", "104条水体动态清零。"),
    ),
    WordRule("gone", _gone, ("全面消除大班额，",), ("基本消除黑臭水体，",)),
    WordRule("not one", _not_one, ("全年未发生重大安全事故。",), ("防止发生重大安全事故。",)),
    WordRule(
        "no relapse",
        _no_relapse,
        ("守牢不发生规模性返贫底线。",),
        ("守住不发生金融风险的底线。",),
    ),
)

"""Places in a ranking, in words: 居全市第一, 跃升到世界第二位, 居全国前三."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yanshi_analysis.draft.numerals import chinese_number
from yanshi_analysis.draft.place import Spans
from yanshi_analysis.draft.words.statement import Statement, WordRule, subject

__all__ = ["RULES"]

_RANK = re.compile(
    "(?:第(?P<number>[一二两三四五六七八九十]{1,3})(?P<unit>位|名)?|首位|榜首)"
    '(?=[，。；、！）)”"\n]|的|且|并|提升|跃升|上升|升|前移|晋升|下降|降)'
)
_FRAME = re.compile(
    "(?:居|列|排名?|跃升|升至|名列|位列|稳居|保持|蝉联|跃居|进入|进位|获|获得|荣获|夺得|从|由|至|到|在|数量|"
    r"总量|均居|继续)[^，。；\d]{0,14}$"
)
_AMONG = re.compile(
    "(?:全国|全省|全市|全区|全县|世界|全球|各?县区|各?区县|中部|西部|东部|地区|环都市区|同类|城市|[省市区县])"
    r"[^，。；\d]{0,4}$"
)
_BEFORE_NUMBER = re.compile("[居列]$")
_NO_RANKING = re.compile("同学|选手|人民利益|放在|摆在|坚持|等奖|作为|第一$|安全|质量第")
_VERB = re.compile("、?(?:位?居|位?列|排名?|名列|稳居|跃居|居)[^、]*$")
_TOP = re.compile(
    r"(?:居|列|位列|进入|跻身|排名?|稳居|位居)(?:全国|全省|全市|全球|世界|同类)[^，。；\d]{0,8}?"
    r"(?P<say>前(?P<number>[三五六七八九十])(?:位|名)?)(?=[，。；、\n])"
)


def _ranks(spans: Spans) -> Iterator[Statement]:
    for match in _RANK.finditer(spans.plain):
        start = match.start()
        first = spans.sentence(start)[0]
        before = spans.plain[max(first, start - 24) : start]
        among = _AMONG.search(before)
        if not (among or _FRAME.search(before)) or spans.quote(start):
            continue
        if match["number"] and not match["unit"] and not (among or _BEFORE_NUMBER.search(before)):
            continue
        if _NO_RANKING.search(spans.plain[max(first, start - 30) : start]):
            continue
        number = chinese_number(match["number"]) if match["number"] else 1.0
        name = _VERB.sub("", subject(spans, start))
        yield Statement(*match.span(), float(number or 1), "位", "rank", "exact", name)


def _tops(spans: Spans) -> Iterator[Statement]:
    for match in _TOP.finditer(spans.plain):
        number = chinese_number(match["number"]) or 1.0
        name = subject(spans, match.start())
        yield Statement(*match.span("say"), number, "位", "rank", "at_most", name)


RULES = (
    WordRule(
        "rank",
        _ranks,
        (
            "成交额6.9亿元，位居环都市区第一。",
            "总量跃升到世界第二位；",
            "绩效考核位列全市第一，",
            "总量位居全省首位。",
        ),
        ("把人民利益放在第一位，", "获科技进步二等奖。", "第一，坚持党的领导。"),
    ),
    WordRule("top", _tops, ("增速居全省前三。",), ("增速居全省前列。",)),
)

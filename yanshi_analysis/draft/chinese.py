"""Figures in Chinese numerals: 百分之十二点八, 三千亿元, 新增三家, 超八成."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from yanshi_analysis.draft.counters import UNIT_PATTERN, words_of
from yanshi_analysis.draft.figure import Figure, qualifier_after, qualifier_before
from yanshi_analysis.draft.numerals import chinese_number

__all__ = ["chinese_figures"]

_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_PERCENT = re.compile(
    f"百分之(?P<low>[{_DIGITS}点]{{1,12}})(?:到百分之(?P<high>[{_DIGITS}点]{{1,12}}))?"
)
# A number in Chinese numerals is believed with 十, 百, 千, 万 or 亿 in it and a counter behind it,
# or as a small count behind a verb: 三个 alone is mostly a turn of phrase.
_LARGE = re.compile(
    f"(?<![第几数之{_DIGITS}])(?P<digits>[零一二两三四五六七八九十百千]{{1,10}}?)"
    f"(?P<magnitude>万亿|千万|百万|亿|万)?(?P<more>余|多|来)?(?P<unit>{UNIT_PATTERN})"
)
_LARGE_UNITS = frozenset(
    words_of(
        "个 家 人 户 名 项 座 亩 元 吨 公里 人次 件 套 台 所 处 条 斤 平方米 辆 场 美元 立方米 "
        "千瓦 公斤 株 棵 头 米 张"
    )
)
_SMALL = re.compile(r"(?P<digit>[两三四五六七八九])(?P<unit>[个家座所条项处名户])")
_VERBS = words_of(
    "新增 新建 建成 改建 扩建 建设 引进 培育 创建 获批 签约 落地 关闭 取缔 完成 举办 开展 开通 "
    "新开 打造 改造 投用 整治 撤并 成立 设立 组建 增加 减少 开工 竣工 查处 荣获 获得"
)
_TENTHS = re.compile(
    "(?P<before>超过|超|近|约|达到|达|占|逾|不低于)(?P<first>[一二三四五六七八九])成(?P<half>半)?"
    "(?:以上|左右|多)?"
    "|(?P<second>[一二三四五六七八九])成(?:以上|左右|多)"
)


def chinese_figures(text: str) -> list[Figure]:
    """Find the figures of a text that are written in Chinese numerals.

    Examples
    --------
    >>> [(f.value, f.unit) for f in chinese_figures("突破三千亿元，新建学校十二所，超八成达标")]
    [(3000.0, '亿元'), (12.0, '所'), (80.0, '%')]
    >>> chinese_figures("用好三个抓手，落实十大战略，八项规定")
    []
    """
    return [*_percents(text), *_large(text), *_small(text), *_tenths(text)]


def _percents(text: str) -> Iterator[Figure]:
    for match in _PERCENT.finditer(text):
        low = chinese_number(match["low"])
        high = chinese_number(match["high"]) if match["high"] else None
        if low is None:
            continue
        start, before = qualifier_before(text, match.start())
        end, after = qualifier_after(text, match.end())
        is_range = high is not None and high > low
        qualifier = "range" if is_range else after or before or "exact"
        upper = high if is_range and high is not None else math.nan
        yield Figure(start, end, match.start(), match.end(), low, upper, "%", qualifier, "chinese")


def _large(text: str) -> Iterator[Figure]:
    for match in _LARGE.finditer(text):
        digits, magnitude, unit = match["digits"], match["magnitude"] or "", match["unit"]
        if unit not in _LARGE_UNITS or set(digits) <= set("十百千"):
            continue
        value = chinese_number(digits)
        if value is None or (value < 10 and not magnitude):
            continue
        start, before = qualifier_before(text, match.start())
        end, after = qualifier_after(text, match.end())
        qualifier = after or before or ("about" if match["more"] else "exact")
        first, last = match.span()
        yield Figure(
            start, end, first, last, value, math.nan, magnitude + unit, qualifier, "chinese"
        )


def _small(text: str) -> Iterator[Figure]:
    for match in _SMALL.finditer(text):
        first, last = match.span()
        if text[max(0, first - 3) : first].endswith(_VERBS):
            value = chinese_number(match["digit"]) or 0.0
            yield Figure(
                first, last, first, last, value, math.nan, match["unit"], "exact", "chinese"
            )


def _tenths(text: str) -> Iterator[Figure]:
    for match in _TENTHS.finditer(text):
        value = 10 * (chinese_number(match["first"] or match["second"]) or 0.0)
        value += 5 if match["half"] else 0
        first, last = match.span()
        _, before = qualifier_before(text, match.end("before")) if match["before"] else (0, "")
        qualifier = before or "exact"
        if match[0].endswith("以上"):
            qualifier = "at_least"
        elif match[0].endswith(("左右", "多")):
            qualifier = "about"
        yield Figure(first, last, first, last, value, math.nan, "%", qualifier, "chinese")

"""Dates, times of day and lengths of time."""

from __future__ import annotations

import re

from yanshi_analysis.draft.exclude.rule import Rule, counter
from yanshi_analysis.draft.place import Place

__all__ = ["RULES"]

_YEARS = frozenset(range(1900, 2101))
_CALENDAR = re.compile(
    r"年?(?:\d{1,2}月|月(?!均|度)|学年|年度?)|[-—至]\d{2,4}(?:学年|年)|[-—~至]\d{1,2}月|"
    r"[-./]\d{1,2}[-./]\d{1,2}"
)
_POINT = re.compile(r"[时点](?!\d|至)(?:\d|整|前|后|至|到|半|，|。|$)")
_AGES = re.compile("年限|寿命|学制|年龄|工龄|保质|税期")
_MEASURED = re.compile("压缩|缩短|压减|减少|提前|时限|时长|时间|用时|平均|天数|优良|达标|增加|周转")
_CIRCLE = re.compile(
    "(?:内|制|生活圈|交通圈|经济圈|圈|值班|不打烊|服务|品质|职业|自助|便民|阅读|医疗|健身|办结|响应|"
    "工作制|通达|达)"
)


def _date(place: Place) -> bool:
    figure = place.figure
    if figure.unit in ("日", "周年"):
        return True
    if figure.value in _YEARS and figure.unit in ("年", "") and figure.script == "arabic":
        return True
    return figure.unit == "" and _CALENDAR.match(place.behind_unit) is not None


def _clock(place: Place) -> bool:
    return place.figure.unit == "" and _POINT.match(place.behind_unit) is not None


def _duration(place: Place) -> bool:
    unit = counter(place)
    if unit == "年":
        return not _AGES.search(place.before[-14:])
    if unit in ("个季度", "季度"):
        return True
    if unit in ("个月", "天", "小时", "分钟", "秒"):
        return not _MEASURED.search(place.before[-18:]) or bool(_CIRCLE.match(place.after))
    return False


RULES = (
    Rule(
        "date",
        "date",
        "a date or a year | 日期或年份",
        _date,
        ("2025年1月召开", "1月24日召开", "1—11月增长", "2024中国民营企业"),
        ("完成2025户改造",),
    ),
    Rule(
        "clock",
        "date",
        "a time of day | 钟点",
        _clock,
        ("8点前完成", "20时，降雨"),
        ("提高8个点位",),
    ),
    Rule(
        "duration",
        "date",
        "a length of time | 时段",
        _duration,
        (
            "连续6年稳定",
            "连续12个季度召开",
            "用3年时间",
            "15分钟生活圈",
            "24小时值班",
            "近5年最好",
        ),
        ("人均受教育年限达到9年", "办理时间压缩至3小时", "优良天数达到320天"),
    ),
)

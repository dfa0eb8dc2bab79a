"""Numbers within a definition: 亿元以上项目, 10千伏开关站, 60岁以上老年人, 每10万人."""

from __future__ import annotations

import re

from yanshi_analysis.draft.counters import words_of
from yanshi_analysis.draft.exclude.rule import Rule, counter
from yanshi_analysis.draft.place import Place

__all__ = ["RULES"]

_PER = re.compile("每(?:一|新增)?$|[时流]速$")
_GRADE = re.compile("(?:及以上)?级(?!别)")
_STARS = re.compile("[星级]级?")
_VOLTAGES = ("千伏", "伏", "kV")
_AGE = re.compile("寿命|年龄|平均")

# Things that a size divides into classes: 5000万元以上项目.
_THINGS = (
    "企业|项目|工程|园区|集群|行政村|自然村|村|屯|镇|乡|县|产业|平台|单位|主体|合同|订单|医院|变电站|锅炉|"
    "机组|人口|居民|老年人|老人|人员|学生|小区|家庭|农户|养殖场|场所|基地|经营户|合作社|商户|门店|楼宇|大户|"
    "品牌|单品|市场|港口|泊位|船舶|船|公路|街道|社区|水库|用户|的群体|电站|住宅|建筑|河流|湖泊|集镇|学校|"
    "机构|装置|[一-龥]户(?!籍|均|外)|大县|的县|的市|仓库|大单"
)
_CLASS = re.compile(rf"的?(?:[^，。；、\d%]{{0,9}}?)(?:{_THINGS})(?!资金|投资|贷款|人次|收入|产值)")
_CLASS_COUNTED = re.compile(
    rf"的?[^，。；、\d%]{{0,14}}?(?:{_THINGS})[^，。；、\d%]{{0,8}}?"
    r"(?:\d+(?:\.\d+)?(?:余|多)?[个家项处座户条%]|占比|比重|比例|全覆盖)"
)
# 30户以上自然村 is a class of villages, but 1万户以上农户 are households.
_CLASS_OF_PLACES = re.compile(
    r"的?[^，。；、\d%]{0,6}?(?:村|屯|村民小组|镇|乡|县|企业|单位|学校|场所|社区|小区|聚居点|安置点)"
    "(?!民|级|干|集体)"
)
# 100公里以上农村公路 is a length; 500亩以上基地5个 are bases of a class, for a count follows.
_EXTENTS = frozenset(words_of("亩 公里 米 平方米 平方公里 公顷 年 千瓦 兆瓦 立方米 方"))
_SIZES = _EXTENTS | frozenset(words_of("元 美元 吨 吨标准煤 吨标煤 蒸吨 户 人 头 只 羽 张"))
_BOUNDS = ("以上", "以下", "以内", "及以上")
_EVERY = re.compile(
    r"(?:%的|所有|全部|每个)[^，。；、\d%]{1,26}"
    "(?:达到?|超过?|突破|在|不低于|均超|均达|均达到|分别达到?)?$"
)


def _per(place: Place) -> bool:
    return _PER.search(place.at_number[-6:]) is not None


def _grade(place: Place) -> bool:
    pattern = _GRADE if place.figure.unit else _STARS
    return pattern.match(place.behind_unit) is not None or counter(place) in _VOLTAGES


def _age_group(place: Place) -> bool:
    return counter(place) in ("岁", "周岁") and not _AGE.search(place.before[-12:])


def _threshold(place: Place) -> bool:
    figure, size = place.figure, counter(place)
    if size not in _SIZES:
        return False
    bounded = place.spans.plain[figure.tail : figure.end] in _BOUNDS
    if not bounded and figure.qualifier != "at_least":
        return False
    if _CLASS_COUNTED.match(place.after):
        return True
    if size in ("元", "美元", "亩") and _EVERY.search(place.before):
        return True
    if not bounded or size in _EXTENTS:
        return False
    pattern = _CLASS_OF_PLACES if size in ("户", "人") else _CLASS
    return pattern.match(place.after) is not None


RULES = (
    Rule(
        "per",
        "threshold",
        "part of the unit | 计量单位的一部分",
        _per,
        ("每10万人45台", "时速250公里"),
        ("人均3.6平方米", "每月680元"),
    ),
    Rule(
        "grade",
        "threshold",
        "a grade or class | 等级",
        _grade,
        ("50亿级企业5家", "10千伏开关站5座", "5000吨级码头", "4星级饭店"),
        ("改造4个等级",),
    ),
    Rule(
        "age group",
        "threshold",
        "an age group | 年龄段",
        _age_group,
        ("60岁以上老年人", "0-6岁儿童"),
        ("人均预期寿命达到75岁",),
    ),
    Rule(
        "threshold",
        "threshold",
        "a threshold within a definition | 定义中的门槛",
        _threshold,
        (
            "实施5000万元以上项目12个",
            "引进超10亿元项目5个",
            "全部行政村集体收入达100万元以上",
            "集体经济收入10万元以上的行政村占比80%",
            "30户以上自然村通路",
            "建设500亩以上基地5个",
        ),
        (
            "争取资金1000亿元以上",
            "新增5个以上装备项目",
            "总投资35亿元的生产基地项目签约",
            "带动1万户以上农户增收",
            "新建100公里以上农村公路",
        ),
    ),
)

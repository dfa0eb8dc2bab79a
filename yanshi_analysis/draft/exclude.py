"""What is not a statistic: one named rule each, with the examples that are its tests.

To add a rule, append it to `RULES` with texts whose first number it must take, and texts whose
first number it must leave.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from yanshi_analysis.draft.place import Place

__all__ = ["RULES", "Rule", "excluded_by"]


class Rule(NamedTuple):
    """A reason why a number is no statistic.

    Attributes
    ----------
    name : str
        What the rule is called.
    reason : str
        One of date, ordinal, name, slogan, threshold.
    why : str
        In a sentence, "English | 中文".
    test : callable
        Whether the rule takes the figure at this place.
    takes, leaves : tuple of str
        Examples; the first number of each is meant.
    """

    name: str
    reason: str
    why: str
    test: Callable[[Place], bool]
    takes: tuple[str, ...]
    leaves: tuple[str, ...] = ()


def _search(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


def _match(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.match(text) is not None


_UNIT_TAIL = re.compile(r"[^万亿千百十]+$")


def _counter(place: Place) -> str:
    """Return the unit without 万 and 亿."""
    found = _UNIT_TAIL.search(place.figure.unit)
    return found[0] if found else place.figure.unit


_YEAR_LIKE = frozenset(range(1900, 2101))
_calendar = _match(
    r"年?(?:\d{1,2}月|月(?!均|度)|学年|年度?)|[-—至]\d{2,4}(?:学年|年)|[-—~至]\d{1,2}月|[-./]\d{1,2}[-./]\d{1,2}"
)


def _date(place: Place) -> bool:
    figure = place.figure
    if figure.unit == "日" or (figure.unit == "周年"):
        return True
    if figure.value in _YEAR_LIKE and figure.unit in ("年", "") and figure.script == "arabic":
        return True
    return figure.unit == "" and _calendar(place.behind_unit)


_life = _search(r"年限|寿命|学制|年龄|工龄|保质|税期")
_spell = _search(r"压缩|缩短|压减|减少|提前|时限|时长|时间|用时|平均|天数|优良|达标|增加|周转")


def _duration(place: Place) -> bool:
    counter = _counter(place)
    if counter == "年" and "/" not in place.figure.unit:
        return not _life(place.before[-14:])
    if counter in ("个季度", "季度"):
        return True
    if counter in ("个月", "天", "小时", "分钟", "秒"):
        return not _spell(place.before[-18:]) or _clock(place.after)
    return False


_clock = _match(
    r"(?:内|制|生活圈|交通圈|经济圈|圈|值班|不打烊|服务|品质|职业|自助|便民|阅读|医疗|健身|办结|响应|工作制|通达|达)"
)
_clock_point = _match(r"[时点](?!\d|至)(?:\d|整|前|后|至|到|半|，|。|$)")


def _clock_time(place: Place) -> bool:
    return place.figure.unit == "" and _clock_point(place.behind_unit)


_ranked = re.compile(
    r"(?:全国|全省|全市|全区|全县|世界|全球|各县区|各区县|县区|同类|中部|西部|东部|地区|省区市|主产省|城市|区域|位列|"
    r"居|列|排名?|跃升|升至|名列|榜|稳居|位次|考核|保持|巩固|前移|上升|提升|省|市|环都市区|晋|进|位|从|由|至|到|为|获|获得)"
    r"[^，。；\d]{0,12}第$"
)
_top = re.compile(r"(?:居|列|进入|跻身|排名?|保持|稳居|升至)[^，。；\d]{0,10}前$")
_not_rank = _match(
    r"[届次批期号代条轮章项例年线大台家所组款站站节方课版场]|季度|产业|书记|医院|中学|小学|人民|实验|梯队|方阵|阶段|个|要务|动力|生产力|责任|高级|附属|高中"
)
_before_rank = _search(r"第$|第\d{1,3}[-—至、]$")


def is_rank(place: Place) -> bool:
    """Tell whether a number behind 第 is a place in a ranking: 居全国第4位."""
    if place.figure.unit not in ("", "位", "名") or place.figure.value > 3000:
        return False
    before = place.at_number
    if before.endswith("前"):
        return place.figure.unit in ("位", "名") and _top.search(before) is not None
    if not before.endswith("第"):
        return False
    if place.figure.unit == "" and _not_rank(place.behind_unit):
        return False
    if _PERSON.search(place.spans.plain[place.first : place.figure.number]):
        return False
    return place.figure.unit in ("位", "名") or _ranked.search(before) is not None


_PERSON = re.compile(r"同学|选手|同志|运动员|某")


def _ordinal(place: Place) -> bool:
    return place.at_number.endswith("第") and not is_rank(place)


def _list_number(place: Place) -> bool:
    if place.figure.unit or place.figure.value >= 100:
        return False
    plain, figure = place.spans.plain, place.figure
    following = plain[figure.tail : figure.tail + 1]
    opening = plain[max(0, figure.number - 1) : figure.number]
    if opening in ("（", "(") and following in ("）", ")"):
        return True
    starts = figure.number in (0, place.first) or opening in ("\n", "：")
    return starts and following in tuple(".．、）)") and following != ""


_letter_before = _search(r"[A-Za-zα-ω][-·]?$")
_letter_after = _match(r"[-·]?[A-Za-z]")


def _code(place: Place) -> bool:
    figure = place.figure
    before = place.spans.plain[max(0, figure.number - 3) : figure.number]
    if _letter_before(before):
        # GDP19.92亿元 and CPI2% are amounts of something with letters in its name.
        return not (before.isupper() and (figure.unit.endswith("元") or figure.unit == "%"))
    return _letter_after(place.behind_unit) and not figure.unit


_numbered = _match(
    r"号|路|线|国道|省道|县道|高速|期|届|版|型|代|强|师|式|热线|平台|政务|报警|急救|院校|所工程|[·•]\d|款车型|条?禁令|城市群|方案"
)
_lines = frozenset({12345, 12315, 12348, 12388, 12333, 12328, 110, 119, 120, 122, 114, 12309})
_called = _match(r"(?:政务|便民|市长)?(?:服务)?(?:热线|平台|报警|急救|举报|投诉)")


def _numbered_name(place: Place) -> bool:
    figure = place.figure
    if place.spans.title(figure.number):
        return True
    before = place.at_number
    if figure.unit == "" and (
        _numbered(place.behind_unit) or before.endswith(("国道", "省道", "·"))
    ):
        return True
    if (
        figure.value >= 10
        and f"{figure.value:g}强" in place.clause_before[-60:] + place.clause_after
    ):
        return True
    return figure.unit == "" and figure.value in _lines and _called(place.behind_unit)


def _sum_slogan(place: Place) -> bool:
    plain, figure = place.spans.plain, place.figure
    sign_before = plain[max(0, figure.number - 1) : figure.number]
    sign_after = plain[figure.tail : figure.tail + 1]
    return sign_before in ("+", "×") or (sign_after in ("+", "×") and sign_after != "")


_SHORT_QUOTE = 24
_count_quoted = _match(r"[\"”]?(?:增长|下降|以上|左右)")


def _quoted(place: Place) -> bool:
    quote = place.spans.quote(place.figure.number)
    return quote is not None and quote[1] - quote[0] <= _SHORT_QUOTE


_aspects = _match(r"个?(?:重点)?(?:方面|维度|层面|坚持|必须|确保|更加|聚焦)")
_policies = _match(r"(?:新政|政策|措施|意见|举措|规定|禁令|硬措施)(?:条)?")


def _structure(place: Place) -> bool:
    if place.figure.unit in ("", "个", "大") and _aspects(place.behind_unit):
        return True
    return place.figure.unit == "条" and _policies(place.behind_unit)


_level_after = _match(r"(?:及以上)?级(?!别)")
_voltage = re.compile(r"千伏安?|兆伏安|伏|kV|瓦")


def _grade(place: Place) -> bool:
    if place.figure.unit and _level_after(place.behind_unit):
        return True
    if place.figure.unit == "" and _match_level(place.behind_unit):
        return True
    return _counter(place) in ("千伏", "伏", "kV") or place.figure.unit in ("千伏", "伏", "kV")


_match_level = _match(r"[星级]级?")
_per = _search(r"每(?:一|新增)?$|[时流]速$")


def _per_unit(place: Place) -> bool:
    return _per(place.at_number[-6:])


_age = _search(r"寿命|年龄|平均")


def _age_group(place: Place) -> bool:
    return _counter(place) in ("岁", "周岁") and not _age(place.before[-12:])


_THINGS = (
    "企业|项目|工程|园区|集群|行政村|自然村|村|屯|镇|乡|县|产业|平台|单位|主体|合同|订单|医院|变电站|锅炉|机组|"
    "人口|居民|老年人|老人|人员|学生|小区|家庭|农户|养殖场|场所|基地|经营户|合作社|商户|门店|楼宇|大户|品牌|单品|"
    "市场|港口|泊位|船舶|船|公路|街道|社区|水库|用户|的群体|电站|住宅|建筑|河流|湖泊|集镇|学校|机构|装置|[一-龥]户(?!籍|均|外)|大县|的县|的市|仓库|大单"
)
_SIZES = frozenset(
    ["元", "美元", "吨", "吨标准煤", "千瓦", "兆瓦", "平方米", "平方公里", "公顷", "亩", "公里", "米", "户", "人", "头", "只", "年", "蒸吨", "立方米", "方", "吨标煤", "只", "羽", "张"]
)
_bound_things = re.compile(
    rf"的?(?:[^，。；、\d%]{{0,9}}?)(?:{_THINGS})(?!资金|投资|贷款|人次|收入|产值)"
)
_counted_things = re.compile(
    rf"的?[^，。；、\d%]{{0,14}}?(?:{_THINGS})[^，。；、\d%]{{0,8}}?(?:\d+(?:\.\d+)?(?:余|多)?[个家项处座户条%]|占比|比重|比例|全覆盖)"
)
# 30户以上自然村 is a class of villages, but 1万户以上农户 are households.
_peopled_things = re.compile(
    r"的?[^，。；、\d%]{0,6}?(?:村|屯|村民小组|镇|乡|县|企业|单位|学校|场所|社区|小区|聚居点|安置点)(?!民|级|干|集体)"
)
# 100公里以上农村公路 is a length; 500亩以上基地5个 are bases of a class, for a count follows.
_EXTENTS = frozenset(["亩", "公里", "米", "平方米", "平方公里", "公顷", "年", "千瓦", "兆瓦", "立方米", "方"])
_bounds = ("以上", "以下", "以内", "及以上")
_share_of = re.compile(
    r"(?:%的|所有|全部|每个)[^，。；、\d%]{1,26}(?:达到?|超过?|突破|在|不低于|均超|均达|均达到|分别达到?)?$"
)
_amount_before = re.compile(
    r"(?:总?投资|总额|规模|产值|营收|营业收入|收入|销售额)?(?:超过?|达到?|过|在)?$"
)


def _threshold(place: Place) -> bool:
    figure = place.figure
    if _counter(place) not in _SIZES:
        return False
    bounded = place.spans.plain[figure.tail : figure.end] in _bounds
    if bounded:
        things = _bound_things
        if _counter(place) in ("户", "人"):
            things = _peopled_things
        elif _counter(place) in _EXTENTS:
            things = _counted_things
        if things.match(place.after):
            return True
    if bounded or figure.qualifier == "at_least":
        if _counted_things.match(place.after):
            return True
        if _share_of.search(place.before) and _counter(place) in ("元", "亩", "美元"):
            return True
    return False


_ratio_sign = re.compile(r"[：∶:/]\d")
_index = _search(r"(?:倍差|系数|指数|收入比|之比|比值|得分|评分|均值|浓度)[^，。；\d]{0,8}$")


def _no_unit(place: Place) -> bool:
    if place.figure.unit:
        return False
    if (
        _index(place.before)
        and not _ratio_sign.match(place.behind_unit)
        and not place.at_number.endswith(("：", "/"))
    ):
        return False
    return True


def _too_long(place: Place) -> bool:
    return math.isnan(place.figure.value)


#: In order: the first rule that takes a number names the reason.
RULES: tuple[Rule, ...] = (
    Rule("digits", "name", "a string of digits, no amount | 数字串，不是数量", _too_long, ("编号12345678901234567890",), ("收入36370元",)),
    Rule("ordinal", "ordinal", "an ordinal | 序数", _ordinal,
         ("第33届恳亲大会", "第14次会议", "第3季度增长"), ("总量居全国第4位",)),
    Rule("title", "name", "within a title or a numbered name | 书名或带编号的名称", _numbered_name,
         ("《30分新闻》播出", "开通6号线", "310国道改造", "12345热线办结", "入围500强", "500家和服务业500强榜单"), ("改造120条线路",)),
    Rule("code", "name", "part of a code with letters | 含字母的代号", _code,
         ("G331贯通", "创建4A景区", "PM2.5下降", "T800纤维"), ("装机30MW", "GDP19.92亿元")),
    Rule("sum", "slogan", "a slogan with a sum | 含加号的口号", _sum_slogan, ("8+4政策体系", "构建1+3格局"), ("增长8%",)),
    Rule("quoted", "slogan", "within quotation marks | 引号中的提法", _quoted,
         ("落实“31条”政策", "按照“1338”思路", "打造“15分钟生活圈”"), ("“小升规”47家",)),
    Rule("date", "date", "a date or a year | 日期或年份", _date,
         ("2025年1月召开", "1月24日召开", "1—11月增长", "2024中国民营企业"), ("完成2025户改造",)),
    Rule("clock", "date", "a time of day | 钟点", _clock_time, ("8点前完成", "20时，降雨"), ("提高8个点位",)),
    Rule("duration", "date", "a length of time | 时段", _duration,
         ("连续6年稳定", "连续12个季度召开", "用3年时间", "15分钟生活圈", "24小时值班", "近5年最好"),
         ("人均受教育年限达到9年", "办理时间压缩至3小时", "优良天数达到320天")),
    Rule("list", "ordinal", "a list number | 序号", _list_number, ("1.医疗卫生方面", "（2）加快建设"), ("1.5万台电梯",)),
    Rule("structure", "slogan", "counts the points of a list | 条目数", _structure,
         ("做好11方面工作", "抓好8个方面", "落实32条政策"), ("推进4个项目",)),
    Rule("per", "threshold", "part of the unit | 计量单位的一部分", _per_unit, ("每10万人45台", "时速250公里"), ("人均3.6平方米",)),
    Rule("grade", "threshold", "a grade or class | 等级", _grade,
         ("50亿级企业5家", "10千伏开关站5座", "5000吨级码头", "4星级饭店"), ("改造4个等级",)),
    Rule("age", "threshold", "an age group | 年龄段", _age_group, ("60岁以上老年人", "0-6岁儿童"), ("人均预期寿命达到75岁",)),
    Rule("threshold", "threshold", "a threshold within a definition | 定义中的门槛", _threshold,
         ("实施5000万元以上项目12个", "引进超10亿元项目5个", "全部行政村集体收入达100万元以上",
          "集体经济收入10万元以上的行政村占比80%", "30户以上自然村通路"),
         ("争取资金1000亿元以上", "新增5个以上装备项目", "总投资35亿元的生产基地项目签约")),
    Rule("no_unit", "name", "counts nothing | 没有计量单位", _no_unit, ("评选100佳", "做到1把手负责"), ("城乡收入倍差缩小至1.83",)),
)  # fmt: skip


def excluded_by(place: Place) -> Rule | None:
    """Return the rule that makes a figure no statistic, or None if it is one."""
    if is_rank(place):
        return None
    for rule in RULES:
        if rule.test(place):
            return rule
    return None

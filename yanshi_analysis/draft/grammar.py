"""The grammar of a printed figure: number, range, magnitude, unit and qualifier.

``超6万户``, ``1300余亩``, ``10—20家``, ``百分之十二点八`` and ``3亿多农村人口`` are each one figure. What
a figure means, and whether it is a statistic at all, is decided elsewhere.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from yanshi_analysis.draft.numerals import chinese_number

__all__ = ["PERSONS", "UNITS", "Figure", "figures"]

_MEASURES = (
    "个百分点 百分点 % ‰ "
    "亿美元 美元 港元 欧元 日元 英镑 澳元 元 "
    "吨标准煤 吨标煤 吨公里 人公里 吨 公斤 千克 斤 毫克 微克 "
    "平方公里 平方千米 平方米 平米 平方 ㎡ m² 公顷 亩次 亩 立方米 立方 升 方 "
    "公里 千米 海里 厘米 毫米 米 "
    "千瓦时 兆瓦时 千瓦 兆瓦 吉瓦 瓦 度 千伏安 兆伏安 千伏 伏 kWh kW MW GW kV "
    "个工作日 工作日 个月 小时 分钟 秒 周年 周岁 岁 年 天 日 倍 成 标准箱 标箱 TEU "
    "PB TB GB P MB Gbps Mbps 摄氏度 分贝 "
).split()
_COUNTERS = (
    "人次 人日 人 名 位 户次 户 家次 家 个 件次 件套 件 项次 项 台次 台套 台 套 张 座 条 处 场次 场 次 所 批次 "
    "批 只 辆次 辆 栋 幢 间 部 艘次 艘 架次 架 支 份 本 册 枚 宗 起 例 对 块 片 株 棵 头 羽 种 类 车次 班次 "
    "标段 街道 行政村 自然村 社区 乡镇 村 镇 乡 县 市 校 班 门 口 眼 盏 根 面 款 单 笔 颗 列次 列 匹 尾 粒 团 组 队 篇 首 "
    "幅 句 孔 箱 床 卷 道 层 轮 期 课时 学时 分 角 丛 垛 桩 泊位 席 餐 票 剂 针 丝 包 袋 瓶 桶 筐 朵 扇 顶 杆 "
    "节 站 店 馆 院 厂 园 盘 桌 封 条次 趟 顷 旬 声 把"
).split()
#: Every unit the grammar knows, longest first. 万, 亿 … may stand before any of them.
UNITS = sorted({*_MEASURES, *_COUNTERS}, key=lambda word: (-len(word), word))
# A counter that is the first half of another word counts nothing: 3部门, 5方面, 2024年.
_NOT_BEFORE = {
    "个": "人|性|体",
    "人": "民|均|工|大|才|居|社|物|文|力|员|行",
    "家": "庭|乡|园|电",
    "条": "件|例|龙",
    "处": "级|理|置|罚|长|于",
    "场": "所|馆|景|地|面",
    "次": "要|级",
    "所": "有|在|需|得",
    "部": "门|委|分|署|队|级|长",
    "台": "湾|账|胞|风|企|阶",
    "面": "积|临|向|对",
    "方": "面|向|案|式|位|便|针",
    "度": "假|过",
    "单": "位|元|项|列",
    "口": "径|岸|袋",
    "门": "类|槛|诊",
    "分": "钟|之|公司|局|行|校|院|期|级|类|布|别|步|批",
    "班": "子|列|线",
    "市": "场|民|区|级|直|政|属|委",
    "县": "域|城|级|道|委|委|直|属",
    "村": "级|民|委|干|居|道|集",
    "镇": "域|区|级|村",
    "乡": "村|道|级|土|贤",
    "校": "园|长|区",
    "组": "织|建|团",
    "队": "伍|员",
    "节": "点|能|约|水|日|目",
    "站": "点|位",
    "院": "校|长|士|所",
    "园": "区|林",
    "道": "路|德|口",
    "层": "级|次|面",
    "类": "型|别",
    "期": "间|末|货|限|待|刊|工程|项目|建设",
    "成": "立|效|果|本|功|绩|员|都|长|就|为|品|熟|人|交|套|片|群|链|色|年",
    "项": "目标",
    "位": "于|列|居|置|数",
    "对": "口|接|外|于|标|策|象",
    "首": "次|个|批|要",
    "级": "",
    "起": "步|点|来|到|草|义",
    "包": "括|容|装|保",
    "件": "",
    "日": "报|常|均|前|游",
    "天": "然|津|津市|气|猫|宫|地|山|网",
    "米": "级",
    "斤": "",
    "年": "",
    "列": "入|为|全|车",
    "团": "队|伙|结|员",
    "箱": "包|体",
    "包": "",
    "店": "铺",
    "站": "",
    "针": "对",
    "剂": "",
    "把": "握|关|手",
    "席": "位",
    "票": "",
    "声": "",
    "P": "[A-Za-z0-9]",
    "丝": "",
    "节": "点|能|约|水|日|目|俭",
    "床": "",
    "轮": "",
    "角": "度|色",
    "盘": "活",
    "封": "",
    "根": "据|本|治|植",
    "只": "要|有|能",
    "支": "持|付|部|出|柱|撑|线|行",
    "张": "家",
    "份": "额",
    "本": "科|地|土|级|行|届|区|市|省",
    "头": "部",
    "种": "植|业|质|子|养",
    "批": "复|准|发",
    "片": "区",
    "块": "链",
    "间": "接|距|断",
    "例": "如",
    "门": "类|槛|诊|店|户",
    "眼": "科",
    "组": "织|建|团|合",
    "列": "入|为|全|车",
    "厂": "房|区|家|网",
    "馆": "藏",
    "桩": "基",
    "顶": "层|级",
    "篇": "章",
    "幅": "度",
    "道": "路|德|口|教",
    "卷": "烟",
    "杆": "",
    "扇": "区",
    "餐": "饮|厅",
    "瓶": "颈",
    "桶": "",
    "桌": "",
    "款": "项",
    "笔": "",
    "尾": "款",
    "趟": "",
    "户": "外|籍|均|型|数",
    "名": "录|列|单|称|优|师|校|企|牌|胜|城|人|镇|村|词|家|品",
    "元": "旦|素",
    "吨": "",
    "座": "谈",
    "辆": "",
    "套": "合",
    "栋": "",
    "架": "构|设",
    "株": "",
    "册": "",
    "宗": "旨|教",
    "句": "",
    "孔": "",
    "层": "级|次|面|楼",
    "包": "括|容|装|保|联",
}


def _unit_pattern(word: str) -> str:
    barred = _NOT_BEFORE.get(word, "")
    return re.escape(word) + (f"(?!{barred})" if barred else "")


_UNIT = "|".join(_unit_pattern(word) for word in UNITS)
# 千瓦 is a unit of its own, not a thousand of 瓦.
_WHOLE = "千瓦时|千瓦|千伏安|千伏|千米|千克|百分点"
_PER = r"(?:/(?:平方米|立方米|千瓦时|平方公里|公里|亩|吨|人|年|日|天|月|小时|户|万人|千人|百人|标立方米|升|斤|公斤|度|次|千克|头|只|台|件|时|秒|kWh))?"
_MAGNITUDE = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"
_TAIL = re.compile(
    rf"(?P<more>余|多|来)?(?:(?P<whole>{_WHOLE}){_PER}"
    rf"|(?P<magnitude>{_MAGNITUDE})?(?P<more2>余|多)?(?P<unit>(?:{_UNIT}){_PER})?(?P<plural>（[套间次个户条片段辆]{{1,2}}）)?)"
    r"(?P<more3>余|多(?=[，。；、]))?"
)
_AFTER = re.compile(
    r"(?P<about>左右|上下)|(?P<at_least>及以上|或以上|以上|之上)|(?P<at_most>及以内|及以下|以内|之内|以下|之下)"
)
_BEFORE = {
    "about": ("大约", "将近", "接近", "大致", "约有", "约为", "约占", "约达", "约", "近"),
    "at_least": (
        "不低于", "不少于", "不小于", "不下于", "至少", "超过了", "超过", "突破了", "突破", "高于", "多于",
        "大于", "逾", "超", "≥", ">",
    ),
    "at_most": ("不超过", "不高于", "不大于", "不多于", "控制在", "低于", "少于", "小于", "不足", "不到", "≤", "<"),
}  # fmt: skip
_QUALIFIER_OF = {word: name for name, words in _BEFORE.items() for word in words}
_LONGEST_BEFORE = max(map(len, _QUALIFIER_OF))
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,5}(?![\d,])(?:\.\d{1,9})?|\d+(?:\.\d{1,9})?")
_TO = re.compile(r"[-—~]{1,2}|至|到")
_DIGIT_LIMIT = 15

_HAN = "零〇一二两三四五六七八九十百千万亿点"
_PERCENT = re.compile(f"百分之([{_HAN}]{{1,12}})(?:到百分之([{_HAN}]{{1,12}}))?")
# A number in Chinese numerals is believed only with 十, 百, 千, 万 or 亿 in it, or where its
# neighbours make it a count (see `_small_counts`): 三个 is mostly a turn of phrase.
_HAN_FIGURE = re.compile(r"(?<![第零〇一二两三四五六七八九十百千万亿几数])([零一二两三四五六七八九十百千万亿]{2,12})(?=[余多来个]?)")
_HAN_UNITS = frozenset(
    "个 家 人 户 名 项 座 亩 元 吨 公里 人次 件 套 台 所 处 条 斤 平方米 万元 亿元 辆 场 美元 立方米 千瓦 公斤 株 棵 头 米 张".split()
)
_COUNT_VERBS = (
    "新增", "新建", "新建成", "建成", "改建", "扩建", "建设", "引进", "培育", "创建", "获批", "新引进", "签约",
    "落地", "关闭", "取缔", "完成", "举办", "开展", "开通", "新开", "打造", "改造", "投用", "整治", "撤并",
    "成立", "设立", "组建", "增加", "减少", "新开工", "竣工", "开工", "查处", "荣获", "获得",
)  # fmt: skip
_SMALL_COUNT = re.compile(r"([两三四五六七八九])([个家座所条项处名户])(?![一-龥]?[一个]一)")
_TENTHS = re.compile(r"(?:(超过|超|近|约|达|占|逾|不低于|达到)([一二三四五六七八九])成(?:以上|左右|多|半)?|([一二三四五六七八九])成(以上|左右|多))")

#: Words for people: 1.6亿学生 counts persons though no counter is printed.
PERSONS = re.compile(
    r"人口|学生|群众|劳动力|居民|农民|职工|孩子|游客|毕业生|青年|儿童|老人|老年人|党员|干部|师生|考生|群体|教师|消费者|"
    r"网民|旅客|贫困|患者|志愿者|从业人员|人员|劳动者|人才|学员|选手|军人|移民|残疾人|妇女|少年|观众|[乡城区县镇省市村]民"
)


class Figure(NamedTuple):
    """One printed figure; all places are offsets in the text.

    Attributes
    ----------
    start, end : int
        The figure with the qualifiers that touch it.
    number, tail : int
        Where its digits begin, and where its unit ends.
    value, value_high : float
        As printed, not multiplied out; `value_high` is NaN unless it is a range.
    unit : str
        As printed with its 万 or 亿; empty if nothing that counts follows.
    qualifier : str
        exact, about, at_least, at_most or range.
    script : str
        ``arabic``, ``chinese`` (numerals) or ``words``.
    """

    start: int
    end: int
    number: int
    tail: int
    value: float
    value_high: float
    unit: str
    qualifier: str
    script: str = "arabic"


def figures(text: str) -> list[Figure]:
    """Find every printed figure of a text in plain characters, statistics or not.

    Examples
    --------
    >>> [(f.value, f.unit, f.qualifier) for f in figures("总量超6万户，盘活1300余亩，增长6%左右")]
    [(6.0, '万户', 'at_least'), (1300.0, '亩', 'about'), (6.0, '%', 'about')]
    >>> [(f.value, f.value_high, f.unit) for f in figures("引进10—20家")]
    [(10.0, 20.0, '家')]
    >>> [(f.value, f.unit, f.script) for f in figures("增长百分之十二点八")]
    [(12.8, '%', 'chinese')]
    >>> [(f.value, f.unit) for f in figures("惠及1.6亿学生，提高2个多百分点")]
    [(1.6, '亿人'), (2.0, '个百分点')]
    """
    found = _arabic(text)
    found += _chinese(text)
    found.sort(key=lambda figure: figure.number)
    return found


def _arabic(text: str) -> list[Figure]:
    found: list[Figure] = []
    done = 0
    for match in _NUMBER.finditer(text):
        number = match.start()
        if number < done:
            continue
        figure = _figure(text, number, match.end(), _value(match[0]))
        found.append(figure)
        done = figure.end
    return found


def _value(digits: str) -> float:
    plain = digits.replace(",", "")
    return float(plain) if len(plain) <= _DIGIT_LIMIT else math.nan


def _figure(text: str, number: int, end: int, value: float) -> Figure:
    """Read what follows the digits of a figure, and what stands before them."""
    tail = _TAIL.match(text, end)
    assert tail is not None
    high = math.nan
    to = _TO.match(text, tail.end())
    if to:
        second = _NUMBER.match(text, to.end())
        if second and _is_range(text, number, tail, to[0]):
            other = _TAIL.match(text, second.end())
            assert other is not None
            upper = _value(second[0])
            first_unit = _unit_of(text, tail)
            if upper > value and first_unit in ("", _unit_of(text, other), _magnitude_less(text, other)):
                high, tail = upper, other
    unit = _unit_of(text, tail)
    stop = tail.end()
    if not unit:
        stop = end if math.isnan(high) else tail.start()
    bare = unit in ("万", "亿", "万亿", "千万", "百万", "千亿", "百亿", "十万", "千", "百", "十亿")
    if bare:
        unit = _fill(text, number, stop, unit)
        if unit == "个百分点":  # 2个多百分点 is caught below
            stop = tail.end()
    special = _SPLIT_POINT.match(text, end)
    if special:
        unit, stop = "个百分点", special.end()
    after = _AFTER.match(text, stop) if unit else None
    more = bool(unit) and (bool(tail["more"] or tail["more2"] or tail["more3"]) or bool(special and special[1]))
    start, before = _before(text, number)
    if not math.isnan(high):
        qualifier = "range"
    elif after and after.lastgroup == "about":
        qualifier = "about"
    elif before in ("at_least", "at_most"):
        qualifier = before
    elif after and after.lastgroup:
        qualifier = after.lastgroup
    elif more or before == "about":
        qualifier = "about"
    else:
        qualifier = "exact"
    finish = after.end() if after else stop
    return Figure(start, finish, number, stop, value, high, unit, qualifier)


_SPLIT_POINT = re.compile("个(多|余)?百分点")


def _is_range(text: str, number: int, tail: re.Match[str], to: str) -> bool:
    if to in ("至", "到"):
        # 从5万增加到8万 has a verb between; 从5%到8% is a change, not a range.
        return text[max(0, number - 1) : number] not in ("从", "由", "自")
    return True


def _unit_of(text: str, tail: re.Match[str]) -> str:
    if tail["whole"]:
        return text[tail.start("whole") : tail.end("whole")] + _per(tail)
    unit = tail["unit"] or ""
    if not unit and not tail["magnitude"]:
        return ""
    return (tail["magnitude"] or "") + unit


def _per(tail: re.Match[str]) -> str:
    rest = tail[0].partition("/")[2]
    return f"/{rest}" if rest else ""


def _magnitude_less(text: str, tail: re.Match[str]) -> str:
    """10—20万户 may be printed 10万—20万户: the first number then has the magnitude alone."""
    return tail["magnitude"] or ""


def _fill(text: str, number: int, stop: int, unit: str) -> str:
    """Say what a bare 万 or 亿 counts where the words around tell it."""
    following = _NOUN.match(text, stop)
    if following and PERSONS.search(following[0]):
        return unit + "人"
    before = text[max(0, number - 14) : number]
    if _MONEY.search(before):
        return unit + "元"
    return unit


_NOUN = re.compile(r"[^\s，。；、：！？\d（）\"]{1,12}")
_MONEY = re.compile(r"投资|收入|产值|生产总值|GDP|资金|税收|营收|贷款|存款|总额|债券|交易额|成交额|销售额|利润|支出|规模")


def _before(text: str, number: int) -> tuple[int, str]:
    """Return where the qualifier before a number begins, and which it is."""
    window = text[max(0, number - _LONGEST_BEFORE) : number]
    if not window:
        return number, ""
    if window[-1] in "到了为" and len(window) > 1:  # 超过了, 接近到
        window = window if window[-2:] in ("过了", "破了") else window
    for length in range(len(window), 0, -1):
        name = _QUALIFIER_OF.get(window[-length:])
        if name:
            return number - length, name
    return number, ""


def _chinese(text: str) -> list[Figure]:
    found: list[Figure] = []
    for match in _PERCENT.finditer(text):
        value = chinese_number(match[1])
        high = chinese_number(match[2]) if match[2] else None
        if value is None:
            continue
        start, before = _before(text, match.start())
        after = _AFTER.match(text, match.end())
        qualifier = (after and after.lastgroup) or before or "exact"
        if high is not None and high > value:
            qualifier = "range"
        end = after.end() if after else match.end()
        upper = high if qualifier == "range" and high is not None else math.nan
        found.append(Figure(start, end, match.start(), match.end(), value, upper, "%", qualifier, "chinese"))
    taken = [(figure.number, figure.tail) for figure in found]
    for match in _HAN_FIGURE.finditer(text):
        if any(first <= match.start() < last for first, last in taken):
            continue
        figure = _han_figure(text, match)
        if figure:
            found.append(figure)
    for match in _SMALL_COUNT.finditer(text):
        window = text[max(0, match.start() - 3) : match.start()]
        if window.endswith(_COUNT_VERBS):
            count = chinese_number(match[1])
            assert count is not None
            start, end = match.span()
            found.append(Figure(start, end, start, end, count, math.nan, match[2], "exact", "chinese"))
    for match in _TENTHS.finditer(text):
        digit = chinese_number(match[2] or match[3])
        assert digit is not None
        qualifier = _QUALIFIER_OF.get(match[1] or "", "exact")
        if match[0].endswith("以上"):
            qualifier = "at_least"
        elif match[0].endswith(("左右", "多")):
            qualifier = "about"
        first, last = match.span()
        value = digit * 10 + (5 if match[0].endswith("半") else 0)
        found.append(Figure(first, last, first, last, value, math.nan, "%", qualifier, "chinese"))
    return found


_HAN_SPLIT = re.compile(r"(?P<digits>[零一二两三四五六七八九十百千]+?)(?P<magnitude>万亿|千万|百万|亿|万)?$")
_HAN_TAIL = re.compile(rf"(?P<more>余|多|来)?(?P<unit>(?:{_UNIT}){_PER})")


def _han_figure(text: str, match: re.Match[str]) -> Figure | None:
    """Read a number in Chinese numerals with 十, 百, 千, 万 or 亿 and a counter behind it."""
    tail = _HAN_TAIL.match(text, match.end())
    if tail is None or tail["unit"] not in _HAN_UNITS:
        return None
    split = _HAN_SPLIT.match(match[1])
    digits, magnitude = (split["digits"], split["magnitude"] or "") if split else (match[1], "")
    value = chinese_number(digits)
    if value is None or (value < 10 and not magnitude) or set(digits) <= set("十百千"):
        return None
    start, before = _before(text, match.start())
    after = _AFTER.match(text, tail.end())
    qualifier = (after and after.lastgroup) or before or ("about" if tail["more"] else "exact")
    end = after.end() if after else tail.end()
    unit = magnitude + tail["unit"]
    return Figure(start, end, match.start(), tail.end(), value, math.nan, unit, qualifier, "chinese")

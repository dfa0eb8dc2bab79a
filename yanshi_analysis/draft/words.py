"""Statistics said in words: none, all, doubled, first, up and down.

Only definite statements count; 明显改善 and 名列前茅 state nothing that can be checked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from yanshi_analysis.draft.names import balanced
from yanshi_analysis.draft.numerals import chinese_number
from yanshi_analysis.draft.place import Spans

__all__ = ["WORD_RULES", "Statement", "WordRule", "statements"]


class Statement(NamedTuple):
    """A statistic in words: its place, what it says, and what it is about."""

    start: int
    end: int
    value: float
    unit: str
    measure: str
    qualifier: str
    name: str
    value_high: float = math.nan


class WordRule(NamedTuple):
    """A way to state a statistic in words, with examples of it and of what it is not."""

    name: str
    find: Callable[[Spans], Iterator[Statement]]
    takes: tuple[str, ...]
    leaves: tuple[str, ...] = ()


_SUBJECT = re.compile(r"[^，。；：！？\n]{0,40}$")
_LEADING = re.compile(
    r"^(?:实现|确保|推动|持续|全面|基本|进一步|同时|其中|继续|切实|保持|努力|力争|坚持|有效|积极|我[省市区县]|全[省市区县])+"
)
_AFTER_FIGURE = re.compile(r"^.*\d[^、]{0,8}、")
_TRAILING = re.compile(r"(?:保持|实现|达到|做到|继续|持续|已经|已|均|全部|连续|仍|也|再|进一步|始终|稳定|稳步|“|\")+$")


def _subject(spans: Spans, start: int) -> str:
    """Return the words of the clause before a statement, without its verbs."""
    window = spans.flow.text[max(0, start - 40) : start]
    found = _SUBJECT.search(window)
    text = _AFTER_FIGURE.sub("", found[0]) if found else ""
    return balanced(_TRAILING.sub("", _LEADING.sub("", text)))


def _object(plain: str, end: int) -> str:
    found = re.compile(r"[^，。；：、！？\n]{0,20}").match(plain, end)
    return found[0] if found else ""


def _plainly(spans: Spans, match: re.Match[str]) -> bool:
    """Tell whether a match stands in plain text or alone between quotation marks."""
    quote = spans.quote(match.start())
    if spans.title(match.start()):
        return False
    return quote is None or quote[1] - quote[0] <= len(match[0]) + 2


def _simple(
    pattern: str, value: float, unit: str, measure: str, qualifier: str = "exact", *, after: bool = False
) -> Callable[[Spans], Iterator[Statement]]:
    compiled = re.compile(pattern)

    def find(spans: Spans) -> Iterator[Statement]:
        for match in compiled.finditer(spans.plain):
            if not _plainly(spans, match):
                continue
            start = match.start("say") if "say" in compiled.groupindex else match.start()
            end = match.end("say") if "say" in compiled.groupindex else match.end()
            name = _object(spans.plain, end) if after else _subject(spans, start)
            if name:
                yield Statement(start, end, value, unit, measure, qualifier, name)

    return find


_COUNTED = {"事故": "起", "案件": "起", "企业": "家", "家庭": "户", "伤亡": "人", "死亡": "人", "户": "户", "人口": "人"}


def _unit_for(name: str) -> str:
    for word, unit in _COUNTED.items():
        if word in name[-10:]:
            return unit
    return "个"


def _zero(spans: Spans) -> Iterator[Statement]:
    pattern = re.compile(r"零(?P<what>发生|伤亡|死亡|事故|返贫|增长)|(?:动态|全部|存量|历史性)清零|全面消除(?P<gone>[^，。；、\n]{2,14})|(?<!不)未发生(?P<none>[^，。；\n]{0,16}?事故)")
    for match in pattern.finditer(spans.plain):
        if not _plainly(spans, match):
            continue
        what = match["what"] or ""
        if what == "增长":
            name = _subject(spans, match.start())
            if name:
                yield Statement(match.start(), match.end(), 0.0, "%", "growth", "exact", name)
            continue
        if match["gone"]:
            end = match.start("gone")
            yield Statement(match.start(), end, 0.0, "个", "level", "exact", match["gone"])
            continue
        if match["none"]:
            yield Statement(match.start(), match.end(), 0.0, "起", "level", "exact", match["none"])
            continue
        name = _subject(spans, match.start())
        if re.search(r"\d", name[-16:]) and what == "":
            continue  # 104条黑臭水体动态清零: the count says it
        unit = {"伤亡": "人", "死亡": "人", "事故": "起", "返贫": "户"}.get(what) or _unit_for(name)
        if name or what in ("伤亡", "死亡", "事故"):
            yield Statement(match.start(), match.end(), 0.0, unit, "level", "exact", name or what)


def _coverage(spans: Spans) -> Iterator[Statement]:
    pattern = re.compile(r"(?P<say>全覆盖|全域覆盖|全面覆盖|全员覆盖)(?![”\"]?(?:示范|行动|工程|机制|试点|格局|[、]?全链|的|式|监管|要求|目标))")
    for match in pattern.finditer(spans.plain):
        if spans.quote(match.start()) or spans.title(match.start()):
            continue
        first = spans.clause(match.start())[0]
        clause = spans.plain[max(first, match.start() - 50) : match.start()]
        done = re.search(r"实现|达到|做到|达成|完成|已", clause)
        if done is None or re.search(r"基本|逐步|推动|推进|争取|加快|有序", clause):
            continue
        name = _subject(spans, match.start())
        name = re.sub(r"^.*?(?:实现|达到|做到)(?=.)", "", name) or name
        if not name.strip("实现达到做"):
            name = clause.removesuffix("实现")
        yield Statement(match.start(), match.end(), 100.0, "%", "share", "exact", name + "覆盖率")


_DONE = "完工|完成|化解|开工建设|开工|建成投用|建成|竣工投产|竣工|交付|达标|投用|投产|办结|整改到位|整改|销号|兑现|脱贫|摘帽|达效|解决|落实|验收"


def _all(spans: Spans) -> Iterator[Statement]:
    for match in re.finditer(rf"(?P<say>全部(?:{_DONE}))(?![一-龥]{{0,2}}(?:任务|工作))", spans.plain):
        if not _plainly(spans, match):
            continue
        name = re.sub(r"^\d+(?:\.\d+)?[万]?[个家项套户条]?", "", _subject(spans, match.start("say")))
        if name and not name.endswith(("任务", "工作", "要求", "目标")):
            start, end = match.span("say")
            yield Statement(start, end, 100.0, "%", "share", "exact", name + match["say"][2:] + "率")
    pattern = re.compile(r"(?P<say>所有|全部)(?P<who>[^，。；、\d\n的]{0,8}?(?:村|社区|镇|乡|户|企业|学校|街道))(?P<what>[^，。；、\d\n]{2,10}?)(?:均|都)?(?:达到?|超过?|突破)\d")
    for match in pattern.finditer(spans.plain):
        start, end = match.start("say"), match.end("who")
        yield Statement(start, end, 100.0, "%", "share", "exact", match["what"] + match["who"] + "占比")


def _doubled(spans: Spans) -> Iterator[Statement]:
    for match in re.finditer(r"(?P<say>翻(?P<times>一番|两番|了一番|了两番|番))(?!的|目标)", spans.plain):
        if not _plainly(spans, match) or "个" in spans.plain[max(0, match.start() - 2) : match.start()]:
            continue
        name = _subject(spans, match.start())
        if name:
            value = 300.0 if "两" in match["times"] else 100.0
            yield Statement(match.start(), match.end(), value, "%", "growth", "exact", name)
    for match in re.finditer(r"(?P<say>(?:保持|实现|达到)?两位数(?:以上)?(?:的)?增长)", spans.plain):
        name = _subject(spans, match.start())
        if name and not re.search(r"均|都", name[-2:] + "") or name:
            for one in _all_of(name):
                yield Statement(match.start(), match.end(), 10.0, "%", "growth", "at_least", one)


def _all_of(name: str) -> list[str]:
    """Split A、B均 into its parts, each a name of its own."""
    if not name.endswith(("均", "都", "双双", "分别")):
        return [name]
    return [part for part in re.split(r"[、和及]", name.rstrip("均都双分别")) if len(part) > 1] or [name]


_RANK = re.compile(
    r"(?P<say>第(?P<number>[一二两三四五六七八九十]{1,3})(?P<unit>位|名)?|首位|榜首)(?=[，。；、！）)”\"\n]|的|且|并|提升|跃升|上升|升|前移|晋升|下降|降)"
)
_RANK_FRAME = re.compile(
    r"(?:居|列|排名?|跃升|升至|名列|位列|稳居|保持|蝉联|跃居|进入|进位|获|获得|荣获|夺得|从|由|至|到|在|数量|总量|均居|继续)[^，。；\d]{0,14}$"
)
_PLACE = re.compile(r"(?:全国|全省|全市|全区|全县|世界|全球|各?县区|各?区县|中部|西部|东部|地区|环都市区|同类|城市|[省市区县])[^，。；\d]{0,4}$")


def _ranks(spans: Spans) -> Iterator[Statement]:
    for match in _RANK.finditer(spans.plain):
        first, last = spans.sentence(match.start())
        before = spans.plain[max(first, match.start() - 24) : match.start()]
        if not (_RANK_FRAME.search(before) or _PLACE.search(before)):
            continue
        if match["number"] and not match["unit"] and not (_PLACE.search(before) or re.search(r"[居列]$", before)):
            continue
        if re.search(r"同学|选手|人民利益|放在|摆在|坚持|等奖|作为|第一$|安全|质量第", spans.plain[max(first, match.start() - 30) : match.start()]):
            continue
        if spans.quote(match.start()):
            continue
        number = chinese_number(match["number"]) if match["number"] else 1.0
        name = _subject(spans, match.start())
        name = re.sub(r"[、]?(?:位?居|位?列|排名?|名列|稳居|跃居|居)[^、]*$", "", name)
        yield Statement(match.start(), match.end(), float(number or 1), "位", "rank", "exact", name)
    for match in re.finditer(r"(?:居|列|位列|进入|跻身|排名?|稳居|位居)(?:全国|全省|全市|全球|世界|同类)[^，。；\d]{0,8}?(?P<say>前(?P<number>[三五六七八九十]|\d{1,2})(?P<unit>位|名|强)?)(?=[，。；、\n])", spans.plain):
        number = float(match["number"]) if match["number"].isdigit() else chinese_number(match["number"])
        if number and match["unit"] != "强" and not match["number"].isdigit():
            yield Statement(match.start("say"), match.end("say"), number, "位", "rank", "at_most", _subject(spans, match.start()))


_FALLS = "下降|减少|压降|降低|化减|递减|回落|缩小"
_RISES = "上升|增加|增长|提高|提升"
_STATISTIC = re.compile(
    r"(?:总量|数量|规模|债务|成本|浓度|天数|标准|支出|收入|起数|人数|率|比重|占比|价格|投入|排放量|排放|强度|增加值|产值|数|量|差距|距)$"
)
_TREND = re.compile(rf"(?P<way>持续|逐年|连年|逐步|连续[^，。；\d]{{0,3}}年|稳步)(?P<verb>{_FALLS}|{_RISES})(?P<object>[^，。；、\n]{{0,14}})")
_STEADY = re.compile(r"稳中有(?P<way>升|降|增)")


def _trends(spans: Spans) -> Iterator[Statement]:
    for match in _TREND.finditer(spans.plain):
        if not _plainly(spans, match) or spans.quote(match.start()):
            continue
        value = -1.0 if re.fullmatch(_FALLS, match["verb"]) else 1.0
        end = match.end("verb")
        subject = _subject(spans, match.start())
        behind = match["object"]
        if behind and match["way"] in ("稳步", "逐步"):
            continue  # 稳步缩小收入差距 says what is being done, not what came of it
        if not behind and _STATISTIC.search(subject):
            names = [subject]
        elif behind and _STATISTIC.search(behind):
            names = [behind]
        else:
            continue
        if len(names[0]) > 24 or re.search(r"\d", names[0] + behind):
            continue
        for name in _pair(names[0]):
            yield Statement(match.start(), end, value, "", "direction", "exact", name)
    for match in _STEADY.finditer(spans.plain):
        name = _subject(spans, match.start())
        if name and _STATISTIC.search(name) and len(name) < 24:
            value = -1.0 if match["way"] == "降" else 1.0
            yield Statement(match.start(), match.end(), value, "", "direction", "exact", name)


_BENEFIT = re.compile(
    r"(?P<say>提高|上调)(?P<what>[^，。；：！？、\d\n]{2,36}?(?:救助|供养|抚恤|补助|低保|补贴|保障|待遇|养老金|津贴)[^，。；、\d\n和]{0,4}(?:标准|水平|待遇|金)(?:和[^，。；、\d\n]{2,24}(?:标准|待遇))?)(?=[，。；\n])"
)
_PLACES = re.compile(r"(?:排名|位次)[^，。；\d\n]{0,5}(?P<say>晋档升级|晋位升级|晋位|进位|前移|大幅提升|大幅跃升|提升|上升)(?=[，。；\n])")


_CUTS = re.compile(
    r"(?P<say>压减|压缩|削减)(?P<what>(?:一般性|非刚性|非急需|非重点|\"三公\")[^，。；、\d\n]{0,14}(?:支出|经费))(?=[，。；、\n])"
)


def _benefits(spans: Spans) -> Iterator[Statement]:
    """Read 提高救助供养标准 without a figure as a rise."""
    for match in _BENEFIT.finditer(spans.plain):
        for name in re.split(r"(?<=[准遇])和", match["what"]):
            yield Statement(*match.span("say"), 1.0, "", "direction", "exact", name)
    for match in _CUTS.finditer(spans.plain):
        yield Statement(*match.span("say"), -1.0, "", "direction", "exact", match["what"])
    for match in _PLACES.finditer(spans.plain):
        name = _subject(spans, match.start())
        yield Statement(*match.span("say"), 1.0, "", "direction", "exact", name + "排名")


def _over_fulfilled(spans: Spans) -> Iterator[Statement]:
    """A、B均超额完成目标 says of each figure before it that more than 100 % was reached."""
    pattern = re.compile(r"[，、](?P<all>均|都|全部)?(?P<say>超额完成)[^，。；\d\n]{0,12}(?:目标|任务)")
    for match in pattern.finditer(spans.plain):
        first = spans.clause(max(0, match.start() - 1))[0]
        before = spans.plain[first : match.start()]
        for part in re.split(r"(?<=[元吨个家项户人次])、", before) if match["all"] else [before]:
            found = re.match(r"([^\d]{3,24}?)(?:达到?|完成|为)?\d", part)
            if found:
                name = found[1] + "目标完成率"
                yield Statement(*match.span("say"), 100.0, "%", "share", "at_least", name)


def _no_relapse(spans: Spans) -> Iterator[Statement]:
    for match in re.finditer(r"(?:守牢|守住)(?:了)?(?P<say>不发生(?P<what>(?:规模性|大规模)返贫(?:致贫)?))(?:的)?底线", spans.plain):
        yield Statement(*match.span("say"), 0.0, "起", "level", "exact", match["what"])


def _pair(name: str) -> list[str]:
    """Split 数量和债务规模 of one owner into two names."""
    match = re.fullmatch(r"([^和、]{2,12}?)(数量|人数|起数|总量)[和、]([^和、]{0,6}规模|人数|总量|[^和、]{0,6}数量)", name)
    return [match[1] + match[2], match[1] + match[3]] if match else [name]


_SHORTHAND = re.compile(
    r"(?P<one>[一二两三四五六])(?P<way>下降|降|减|升|增|上升|提升)(?P<two>[一二两三四五六])(?P<other>升|降|杜绝|提升|上升|增|控制)"
)


def _shorthands(spans: Spans) -> Iterator[Statement]:
    """Read 两降一升 from the list before it, and 三下降一杜绝 from the report's own glossary."""
    for match in _SHORTHAND.finditer(spans.plain):
        quote = spans.quote(match.start())
        if quote is not None and quote[1] - quote[0] > len(match[0]) + 2:
            continue
        if match.start() and spans.plain[match.start() - 1] in ".．、" or spans.plain[match.end() : match.end() + 1] == "。" and _defined(spans, match):
            continue
        first = int(chinese_number(match["one"]) or 0)
        second = int(chinese_number(match["two"]) or 0)
        way = -1.0 if match["way"] in ("下降", "降", "减") else 1.0
        other = {"杜绝": 0.0, "控制": 0.0, "降": -1.0}.get(match["other"], 1.0)
        opening, _ = spans.clause(match.start())
        listed = re.sub(r"[\"“]?$", "", spans.plain[opening : match.start()])
        listed = re.sub(r"^(?:推动|促进|确保|力争|实现|持续)+|(?:实现|保持|继续|达到|做到)+$", "", listed)
        names = [name for name in listed.split("、") if name]
        if len(names) != first + second:
            names = _explained(spans, match[0], first, second)
        if len(names) != first + second:
            continue
        for place, name in enumerate(names):
            value = way if place < first else other
            level = place >= first and match["other"] == "杜绝"
            yield Statement(
                match.start(), match.end(), value, "起" if level else "",
                "level" if level else "direction", "exact", name,
            )  # fmt: skip


def _defined(spans: Spans, match: re.Match[str]) -> bool:
    """Tell whether this is the glossary's own entry."""
    return re.search(r"\d[.．、]$", spans.plain[max(0, match.start() - 3) : match.start()]) is not None


def _explained(spans: Spans, term: str, first: int, second: int) -> list[str]:
    place = spans.plain.rfind(term)
    if place < 0:
        return []
    text = spans.plain[place + len(term) : place + len(term) + 120]
    match = re.match(r"[。：”\"]{0,2}(?:是指|指|即)?(?:降低|减少|下降|实现)?([^；。\n]{2,60})[；;，](?:杜绝|提升|提高|遏制)([^；。\n]{2,40})", text)
    if match is None:
        return []
    names = [*match[1].split("、"), *match[2].split("、")]
    names = [re.sub(r"(?:下降|上升|减少)$", "", name) for name in names]
    return [name + "起数" if name.endswith("事故") else name for name in names]


def _class_of_water(spans: Spans) -> Iterator[Statement]:
    classes = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "III": 3, "II": 2, "IV": 4, "I": 1, "V": 5}
    for match in re.finditer(r"(?:达到|达|稳定在|保持)(?P<say>(?P<number>Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|III|II|IV|I|V)类)(?:标准|水质|水体|以上)?(?=[，。；、])", spans.plain):
        name = _subject(spans, match.start())
        if name:
            start, end = match.span("say")
            yield Statement(start, end, float(classes[match["number"]]), "类", "level", "exact", name)


def _in_step(spans: Spans) -> Iterator[Statement]:
    """居民收入增长与经济增长基本同步 is a target about that of GDP."""
    goal = re.search(r"(?:地区|国内|全[省市区县])?生产总值(?:（GDP）)?(?:预期)?增长(?:目标)?(?:为|达|约)?(\d+(?:\.\d+)?)%(左右|以上)?", spans.plain)
    for match in re.finditer(r"(?P<name>[^，。；、\n]{2,18}收入)(?:实际)?(?:增长|增速)?(?:与|和|同)(?:经济|GDP|地区生产总值)(?:增长)?(?:速度)?(?:基本|保持)?(?P<say>(?:基本)?同步)", spans.plain):
        plan = None
        for goal in re.finditer(r"生产总值(?:（GDP）)?(?:预期)?增长(?:目标)?(?:为|达|约)?(\d+(?:\.\d+)?)%", spans.plain[max(0, match.start() - 400) : match.start()]):
            plan = goal
        if plan:
            start, end = match.span("say")
            yield Statement(start, end, float(plan[1]), "%", "growth", "about", match["name"])


WORD_RULES: tuple[WordRule, ...] = (
    WordRule("zero", _zero, ("较大及以上事故保持“零发生”。", "“散乱污”企业保持动态清零。", "全面消除大班额，", "全年未发生重大安全事故。"), ("零距离服务群众。", "坚持零容忍。")),
    WordRule("coverage", _coverage, ("建设公园100个，实现镇（街道）全覆盖。", "胸痛救治单元实现全域覆盖，"), ("获评全覆盖示范县。", "推动养老服务全覆盖。", "基本实现全覆盖。")),
    WordRule("all", _all, ("15个项目全部完工，", "所有行政村集体收入达到15万元以上。"), ("全部工作任务完成。",)),
    WordRule("doubled", _doubled, ("水产品产值实现翻番。", "旅游人次保持两位数增长。"), ("实现两个翻番。",)),
    WordRule("rank", _ranks, ("成交额6.9亿元，位居环都市区第一。", "总量跃升到世界第二位；", "绩效考核位列全市第一，"), ("把人民利益放在第一位，", "获科技进步二等奖。", "第一，坚持党的领导。")),
    WordRule("trend", _trends, ("信访总量持续下降。", "连年增加民生支出、", "债务规模逐年压降，"), ("质量持续提升。", "持续增长的动力。")),
    WordRule("benefit", _benefits, ("提高困难群众救助供养标准和优抚对象补助标准，", "全省排名实现晋档升级。"), ("提高产品质量标准。", "排名第5位。")),
    WordRule("over-fulfilled", _over_fulfilled, ("引进省外资金12亿元、市外资金4亿元，均超额完成目标。",), ("超额完成全年目标任务。",)),
    WordRule("no relapse", _no_relapse, ("守牢不发生规模性返贫底线。",), ("守住不发生金融风险的底线。",)),
    WordRule("shorthand", _shorthands, ("PM2.5、PM10、优良天数实现“两降一升”。",), ("落实“一降一升”要求。",)),
    WordRule("water", _class_of_water, ("出境断面水质达到Ⅲ类标准，",), ("I—Ⅲ类水质比例98%。",)),
    WordRule("in step", _in_step, ("地区生产总值增长6%左右，居民收入增长与经济增长基本同步。",), ("收入与经济同步。",)),
)  # fmt: skip


def statements(spans: Spans) -> list[Statement]:
    """Find the statistics that a text states in words, in order.

    Examples
    --------
    >>> from yanshi_analysis.draft.flow import flow
    >>> from yanshi_analysis.draft.place import spans
    >>> from yanshi_analysis.draft.read import Line
    >>> text = spans(flow([Line(1, None, "较大事故保持“零发生”，信访总量持续下降。")]))
    >>> [(found.name, found.value, found.measure) for found in statements(text)]
    [('较大事故', 0.0, 'level'), ('信访总量', -1.0, 'direction')]
    """
    found = [statement for rule in WORD_RULES for statement in rule.find(spans)]
    return sorted(found, key=lambda statement: statement.start)

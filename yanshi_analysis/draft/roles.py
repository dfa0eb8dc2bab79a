"""The parts of a report: section numbers, review or plan, and the year a figure is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from yanshi_analysis.draft.flow import ANNEX, GLOSSARY, HEADING, Flow
from yanshi_analysis.draft.numerals import chinese_number
from yanshi_analysis.draft.place import Place

__all__ = ["Outline", "Part", "kind_and_year", "outline", "plan_year", "status"]

_YEAR = r"((?:19|20)\d\d)年"
_REVIEW = re.compile(
    r"回顾|总结|过去(?:的)?[一二三四五]年|成就|完成情况|本届政府|[一五]年来|工作情况|"
    r"取得的成绩|发展历程"
)
_PLAN = re.compile(
    r"目标|安排|任务|部署|今年|建议|重点工作|总体要求|计划|打算|思路|今后|未来|下一步|明年|"
    r"新的一年|来年|展望|工作要点|主要工作$|自身建设"
)
_CUES = re.compile(
    r"(?:今年|明年|{year}|新的一年)[^，。；]{{0,30}}(?:目标|要求|任务)[^，。；]{{0,12}}(?:是|为|：)"
    r"|(?:今年|新的一年|{year})，?(?:我们|全[省市区县镇乡]|政府|要|将)[^。；]{{0,20}}(?:将|要|重点)"
    r"|主要预期目标(?:是|为|建议|：)|{year}是[^。]{{0,40}}(?:之年|一年|年份)".replace(
        "{year}", "(?:20\\d\\d)年"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)
_CLOSING = re.compile(r"各位代表|同志们|一年来|过去(?:的)?一年|五年来|同时，|此外，|回顾")
_ANNEX_TITLE = re.compile(
    r"(?:19|20)\d\d年.{0,12}(?:实事|清单|目标|任务|项目|计划|安排)|(?:民生|惠民|为民)实事|"
    r"任务清单|项目清单"
)
_SHORT = 48
_HEAD = 800


class Part(NamedTuple):
    """A stretch of the report from `start` on: section, role and the year it is about."""

    start: int
    section: str
    role: str
    year: int


class Outline(NamedTuple):
    """The parts in order, and the year the report plans for."""

    parts: list[Part]
    starts: list[int]
    year: int
    sure: bool
    period: int

    def at(self, offset: int) -> Part:
        """Return the part that holds `offset`."""
        return self.parts[max(0, bisect_right(self.starts, offset) - 1)]


def plan_year(flow: Flow, name: str = "") -> tuple[int, bool]:
    """Return the year the report plans for, and whether the text says so.

    Title and headings come first, then the date of the session, then what is said of a year;
    the file's name and the years met most are only a guess.
    """
    text = flow.plain
    head = text[:_HEAD]
    match = re.search(_YEAR + r"[^，。\n]{0,24}政府工作报告", head)
    if match:
        return int(match[1]), True
    votes: Counter[int] = Counter()
    for paragraph in text.split("\n"):
        if len(paragraph) > _SHORT and not HEADING.match(paragraph):
            continue
        for found in re.finditer(_YEAR, paragraph[:_SHORT]):
            rest = paragraph[found.end() : found.end() + 20]
            if _REVIEW.search(rest):
                votes[int(found[1]) + 1] += 2
            elif _PLAN.search(rest) or re.match(r"(?:政府|全[省市区县])?工作", rest):
                votes[int(found[1])] += 2
    for found in re.finditer(
        _YEAR + r"(?:全[省市区县]|经济|政府|是|工作|我们|国民)[^。；\n]{0,40}"
        r"(?:目标|之年|总体要求|收官|开局|关键|重要一年)",
        text,
    ):
        votes[int(found[1])] += 1
    date = re.search(_YEAR + r"(\d{1,2})月\d{1,2}日", head)
    if date:
        votes[int(date[1]) + (int(date[2]) >= 11)] += 3
    if votes:
        return votes.most_common(1)[0][0], True
    named = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", name)
    if named:
        return int(named[1]), False
    years = Counter(int(year) for year in re.findall(_YEAR, text))
    if years:
        return max(
            year for year, count in years.items() if count >= years.most_common(1)[0][1] / 3
        ) + 1, False
    import datetime

    return datetime.date.today().year, False


def outline(flow: Flow, *, year: int | None = None, name: str = "") -> Outline:
    """Divide a report into parts.

    Parameters
    ----------
    flow : Flow
        The running text.
    year : int, optional
        The year the report plans for; found in the text if not given.
    name : str
        File name, the last resort for the year.
    """
    planned, sure = (year, True) if year is not None else plan_year(flow, name)
    text = flow.plain
    parts: list[Part] = []
    part, sub, role, about = 0, 0, "review", planned - 1
    period = (
        5
        if re.search(
            r"(?:过去|本届|[^近]五年来|五年的?)[^。]{0,6}五年|五年来|过去五年", text[:4000]
        )
        else 1
    )
    glossary = annex = False
    seen_plan = False
    headed = _has_plan_heading(text)
    offset = 0
    for paragraph in text.split("\n"):
        head = re.split(r"[。！？]", paragraph, maxsplit=1)[0][:90]
        match = HEADING.match(paragraph)
        short = _is_heading(paragraph)
        before = (part, sub, role, about)
        if GLOSSARY.fullmatch(paragraph):
            glossary = True
        elif ANNEX.fullmatch(paragraph) or (
            glossary and short and not match and _ANNEX_TITLE.search(paragraph)
        ):
            glossary, annex = False, True
            role, about = "plan", planned
        elif match and match["part"] and not annex:
            number = chinese_number(re.sub(r"[^一二三四五六七八九十]", "", match["part"]))
            part, sub = int(number or part + 1), 0
            role, about = _role(head, role, about, planned, strict=False)
        elif match and match["sub"] and not annex:
            sub = int(chinese_number(match["sub"][1:-1]) or sub + 1)
            if short or re.search(_YEAR, head):
                role, about = _role(head, role, about, planned, strict=True)
        elif short and not match and len(paragraph) >= 4 and not annex:
            new_role, new_about = _role(head, role, about, planned, strict=True)
            if (new_role, new_about) != (role, about) and offset > 0:
                part, sub = part + 1, 0
            role, about = new_role, new_about
        elif sub and _CLOSING.match(paragraph):
            sub = 0
        section = f"{part}.{sub}" if sub else str(part)
        section = "glossary" if glossary else "annex" if annex else section
        if (
            not parts
            or section != parts[-1].section
            or (part, sub, role, about) != before
            or glossary
        ):
            parts.append(Part(offset, section, "glossary" if glossary else role, about))
        if not headed and not seen_plan and role == "review":
            cue = _CUES.search(paragraph)
            if cue:
                seen_plan = True
                part, sub, role, about = part + 1, 0, "plan", planned
                parts.append(Part(offset + cue.start(), str(part), role, about))
        offset += len(paragraph) + 1
    return Outline(parts, [one.start for one in parts], planned, sure, period)


def _is_heading(paragraph: str) -> bool:
    """Tell whether a paragraph is short and no sentence."""
    if len(paragraph) > _SHORT or paragraph.endswith(("。", "；", "！", "，", "、")):
        return False
    return HEADING.match(paragraph) is not None or not re.search(r"[，。；：]", paragraph)


def _has_plan_heading(text: str) -> bool:
    for paragraph in text.split("\n"):
        match = HEADING.match(paragraph)
        head = re.split(r"[。！？]", paragraph, maxsplit=1)[0][:_SHORT]
        if match and match["part"] and _PLAN.search(head) and not _REVIEW.search(head):
            return True
        if not match and _is_heading(paragraph) and len(paragraph) >= 4:
            role, _ = _role(head, "review", 0, 0, strict=True)
            if role == "plan":
                return True
    return False


_DATED = re.compile(
    r"(?:19|20)\d\d年|今年|明年|新的一年|今后|未来|下一步|下步|来年|主要预期目标|重点工作|"
    r"主要任务|工作安排|总体要求"
)


def _role(head: str, role: str, about: int, planned: int, *, strict: bool) -> tuple[str, int]:
    """Return role and year of the part under a heading; unchanged if the heading tells neither."""
    review, plan = _REVIEW.search(head), _PLAN.search(head)
    if "政府工作报告" in head:
        return role, about
    if review and plan:
        # 回顾过去五年，安排今年工作 speaks of both: the first word is the part's own.
        plan = None if review.start() <= plan.start() else plan
        review = None if plan else review
    year = re.search(_YEAR, head)
    if strict and not review and not _DATED.search(head):
        return role, about
    if review:
        return "review", int(year[1]) if year and int(year[1]) < planned else planned - 1
    if plan or (year and int(year[1]) >= planned):
        if re.search(r"今后[三四五]年|未来[三四五]年", head):
            return "plan", planned + 4
        period = re.search(r"[“\"]十([一二三四五六七]?)五[”\"](?:时期|期间)", head)
        if period and not year:
            return "plan", 1955 + 5 * int(chinese_number("十" + period[1]) or 10)
        return "plan", int(year[1]) if year and int(year[1]) >= planned else planned
    if year and re.match(r"[^，。]{0,4}工作", head[year.end() :]):
        return "review", int(year[1])
    return role, about


_MENTION = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<end>底|末|初)?(?!来|以来|版|不变价|可比价|级|[-—至]|"
    r"度(?:中国|全国|全省|国家))"
    r"|(?P<last>去年|上年)(?!同期|水平|预算|基础|以来)|(?P<now>今年|现在|目前|当前)(?!以来)"
    r"|[“\"]十(?P<plan>[一二三四五六七八]?)五[”\"]末"
)
_COMPARED = ("比", "较", "于", "同", "对比", "以", "自", "起")
_FROM = re.compile(r"(?:从|由)[^，。；]{0,24}$")
_TO_VERB = re.compile(
    r"(?:提高|增加|增长|上升|提升|扩大|下降|降低|减少|降|升|增|跃升|上涨|回落|缩小|压缩|压减|"
    r"缩减|扩展|攀升|跃居|跻身|调整|恢复|变|涨|发展|优化|缩短|拓展|达|跨越|前移|晋升|突破|"
    r"收窄)(?:到|至|为)"
)


def kind_and_year(place: Place, part: Part, plan: Outline) -> tuple[str, int, str]:
    """Return kind, year and what is unsure about them for a figure.

    Examples
    --------
    The first figure of 由240元提高到280元 is about the year before, and has happened.
    """
    kind = "target" if part.role == "plan" else "outcome"
    year, reason = part.year, ""
    start = place.figure.number
    text = place.sentence_before
    offset = place.figure.start - len(text)
    said = _last_mention(place, text, offset, plan)
    if said is not None:
        year = said
    if _is_start_of_change(place):
        stated = re.search(_YEAR + r"[底末初]?的?[^，。；\d]{0,10}$", place.at_number)
        if stated:
            year = int(stated[1])
        else:
            earlier = re.findall(r"[从由]" + _YEAR, place.sentence_before)
            if earlier:
                year = int(earlier[-1])
            else:
                five = part.role == "review" and plan.period == 5
                year = year - (5 if five else 1)
                reason = "the year before the change is inferred | 变动前的年份为推断"
        kind = "outcome"
    elif kind == "target" and year < plan.year:
        kind = "outcome"
    elif kind == "target" and re.search(
        r"(?:已经|目前已|现已|已累计|已达)[^，]{0,6}$",
        place.before + place.spans.plain[place.figure.start : start],
    ):
        kind, year = "outcome", min(year, plan.year - 1)
        reason = "an outcome within the plan | 计划部分中的已完成数"
    if kind == "outcome" and year > plan.year - 1 and part.role == "review":
        kind = "target"
        reason = "a year after the report's review | 年份晚于回顾期"
    return kind, year, reason


def _last_mention(place: Place, text: str, offset: int, plan: Outline) -> int | None:
    """Return the year last named before a figure, in its sentence, as the year spoken of."""
    found: int | None = None
    for match in _MENTION.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if before.endswith(_COMPARED) or before.endswith(("从", "由")):
            continue
        here = offset + match.start()
        if place.spans.title(here) or (place.spans.quote(here) and not match["plan"]):
            continue
        if match["year"]:
            year = int(match["year"])
            if abs(year - plan.year) > 30:
                continue
            if before[-1:] == "（":
                continue
            found = year
        elif match["last"]:
            found = plan.year - 1
        elif match["now"]:
            found = None
        elif match["plan"] is not None:
            number = chinese_number("十" + match["plan"]) if match["plan"] else 10.0
            found = 1955 + 5 * int(number or 0)
    return found


def _is_start_of_change(place: Place) -> bool:
    """Tell whether a figure is X in 从X增加到Y or 由X提高到Y."""
    if not _FROM.search(place.at_number):
        return False
    opening = max(place.at_number.rfind("从"), place.at_number.rfind("由"))
    if re.search(r"\d", re.sub(_YEAR, "", place.at_number[opening:])):
        return False
    return bool(_TO_VERB.search(place.behind_unit[:18]))


_EXPECTED = re.compile(r"预计|有望")
_PRELIMINARY = re.compile(r"初步核算|初步统计|快报数")


def status(place: Place, role: str) -> str:
    """Return the SDMX status: E if the text expects the figure, P if it is preliminary, else A."""
    if role != "review":
        return "A"
    before = place.spans.plain[max(place.clause[0], place.figure.start - 60) : place.figure.start]
    opening = place.spans.plain[place.first : place.first + 8]
    if _EXPECTED.search(before) or re.match(r"[^，]{0,2}预计(?:全年|，|[^，]{0,3}年)", opening):
        return "E"
    if _PRELIMINARY.search(before) or _PRELIMINARY.match(opening):
        return "P"
    return "A"

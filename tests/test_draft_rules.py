"""The grammar and the rules: their own examples, made-up sentences, and anything at all."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanshi_analysis import units
from yanshi_analysis.draft.counters import UNITS
from yanshi_analysis.draft.exclude import RULES, Rule, excluded_by
from yanshi_analysis.draft.facts import report_of
from yanshi_analysis.draft.flow import flow
from yanshi_analysis.draft.grammar import figures
from yanshi_analysis.draft.numerals import chinese_number, plain
from yanshi_analysis.draft.place import Place, spans
from yanshi_analysis.draft.read import Line
from yanshi_analysis.draft.row import Report
from yanshi_analysis.draft.words import WORD_RULES, WordRule


def first(text: str) -> Place:
    running = flow([Line(1, None, text)])
    return Place(spans(running), figures(running.plain)[0])


def report(*lines: str) -> Report:
    opening = ["2025年政府工作报告", "一、2024年工作回顾"]
    return report_of(
        [Line(number, None, line) for number, line in enumerate([*opening, *lines], 1)]
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_takes_its_examples(rule: Rule) -> None:
    assert rule.reason in {"date", "ordinal", "name", "slogan", "threshold"}
    assert " | " in rule.why
    for text in rule.takes:
        found = excluded_by(first(text))
        assert found is not None, text
        assert found.name == rule.name, text
    for text in rule.leaves:
        assert excluded_by(first(text)) is None, text


@pytest.mark.parametrize("rule", WORD_RULES, ids=lambda rule: rule.name)
def test_each_statement_in_words_takes_its_examples(rule: WordRule) -> None:
    for text in rule.takes:
        assert list(rule.find(spans(flow([Line(1, None, text)])))), text
    for text in rule.leaves:
        assert not list(rule.find(spans(flow([Line(1, None, text)])))), text


def test_rule_names_are_unique() -> None:
    for rules in (RULES, WORD_RULES):
        names = [rule.name for rule in rules]
        assert len(names) == len(set(names))


# Sentences made up for the tests: value, unit, qualifier and measure of each statistic in them.
SENTENCES = [
    ("全镇预计实现GDP19.92亿元,比2010年底同比增长10.9%;注册外资到账300万美元。",
     "19.92 亿元 exact level; 10.9 % exact growth; 300 万美元 exact level"),
    ("新上项目36个，其中，300万元以上的已竣工项目3个，投资1500万元的油脂厂投产。",
     "36 个 exact level; 3 个 exact level; 1500 万元 exact level"),
    ("粮食播种面积3000多亩，调整面积达28%。", "3000 亩 about level; 28 % exact share"),
    ("生产总值由2016年的120.5亿元增加到2020年的180亿元，年均增长8.3%。",
     "120.5 亿元 exact level; 180 亿元 exact level; 8.3 % exact growth"),
    ("城镇化率从45.2%提高到52.1%，提高6.9个百分点。",
     "45.2 % exact share; 52.1 % exact share; 6.9 个百分点 exact growth"),
    ("三次产业结构由15:45:40调整为12:43:45。", ""),
    ("一产、二产、三产增加值分别增长3.2%、5.6%和7.1%。",
     "3.2 % exact growth; 5.6 % exact growth; 7.1 % exact growth"),
    ("生产安全事故起数、死亡人数分别下降12.5%、8%。",
     "-12.5 % exact growth; -8 % exact growth"),
    ("万元GDP能耗下降3%以上，细颗粒物浓度下降到35微克/立方米。",
     "-3 % at_most growth; 35 微克/立方米 exact level"),
    ("拨付资金1,234.5万元，惠及群众2.3万人次。",
     "1234.5 万元 exact level; 2.3 万人次 exact level"),
    ("完成国道310改建工程，S312省道通车，3条县道改造完成。", "3 条 exact level"),
    ("引进5000万元以上项目12个，其中亿元以上项目6个、10亿元以上项目1个。",
     "12 个 exact level; 6 个 exact level; 1 个 exact level"),
    ("增长百分之十二点八，突破三千亿元，新建学校十二所。",
     "12.8 % exact growth; 3000 亿元 at_least level; 12 所 exact level"),
    ("新增就业１２３００人，占目标任务的１０２．５％。",
     "12300 人 exact level; 102.5 % exact share"),
    ("每千名老年人拥有养老床位38张，每万人发明专利拥有量12.5件。",
     "38 张 exact level; 12.5 件 exact level"),
    ("为65岁以上老年人免费体检3.2万人次。", "3.2 万人次 exact level"),
    ("全镇辖26个行政村，常住人口5.6万。", "26 个 exact level; 5.6 万人 exact level"),
    ("办理时限由15天压缩到3天，审批事项减少60%。",
     "15 天 exact level; 3 天 exact level; -60 % exact growth"),
    ("推动12345热线办结率达98.5%。", "98.5 % exact share"),
    ("新建改建农村公路100公里以上，带动1万户以上农户增收。",
     "100 公里 at_least level; 1 万户 at_least level"),
    ("旅游总收入是2015年的2.3倍。", "2.3 倍 exact level"),
    ("综合实力居全省第12位，入选全国千强镇第326位。",
     "12 位 exact rank; 326 位 exact rank"),
    ("主要指标增速居全市前3位，规上工业增加值增速全市第一。",
     "3 位 at_most rank; 1 位 exact rank"),
    ("推进4个10万吨级码头、2条220千伏输电线路建设。", "4 个 exact level; 2 条 exact level"),
    ("城镇登记失业率控制在4.5%以内，居民消费价格涨幅3%左右。",
     "4.5 % at_most share; 3 % about growth"),
    ("接待游客、旅游收入均增长20%以上。",
     "20 % at_least growth; 20 % at_least growth"),
    ("抓好10个方面工作，深化3项改革，深化“31条”政策。", "3 项 exact level"),
    ("疫苗接种率超九成。", "90 % at_least share"),
    ("新增贷款15亿，存款余额突破200亿。", "15 亿元 exact level; 200 亿元 at_least level"),
    ("严格控制经费，压减一般性支出10%以上。", "-10 % at_most growth"),
    ("力争税收占比达到85%至90%，引进企业10—20家。",
     "85 % range share; 10 家 range level"),
    ("第33届大会于8月6日上午9时开幕，2024—2026年分三期实施。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: str) -> None:
    wanted = sorted(tuple(one.split()) for one in expected.split("; ") if one)
    found = sorted(
        (f"{row.value:g}", row.unit, row.qualifier, row.measure) for row in report(text).rows
    )
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("医保补助标准由每人每年610元提高到640元。", [2023, 2024], ["outcome", "outcome"]),
        ("2022年，产值3亿元。", [2022], ["outcome"]),
        ("去年，产值3亿元。", [2024], ["outcome"]),
        ("到2027年产值达到9亿元。", [2027], ["target"]),
        ("产值比2022年增加3亿元。", [2024], ["outcome"]),
        ("签约总投资35亿元的项目2个，年产10万吨铝箔项目投产。", [2024] * 3,
         ["context", "outcome", "context"]),
        ("预计产值3亿元、增长6%。", [2024, 2024], ["outcome", "outcome"]),
    ],
)  # fmt: skip
def test_year_and_kind(text: str, year: list[int], kind: list[str]) -> None:
    rows = report(text).rows
    assert [row.year for row in rows] == year
    assert [row.kind for row in rows] == kind
    if "预计" in text:
        assert {row.status for row in rows} == {"E"}


PARTS = [
    # five years and one year, review and plan, as reports of towns have them
    ("政府工作报告\n——2021年4月28日在某某镇人民代表大会上\n一、过去五年工作回顾\n"
     "五年来，累计完成投资52亿元，农民收入由2015年的9800元增加到15200元。\n"
     "二、今后五年目标任务\n到2025年，生产总值达到60亿元。新建学校5所。\n"
     "三、2021年重点工作\n完成投资12亿元。",
     "outcome 2020; outcome 2015; outcome 2020; target 2025; target 2025; target 2021"),
    ("2023年政府工作报告\n2022年工作回顾\n一、经济稳步发展。实现产值5.2亿元。\n"
     "2023年工作安排\n一、狠抓项目。新引进项目8个。",
     "outcome 2022; target 2023"),
    ("各位代表：\n2019年，我镇完成产值8.5亿元。\n2020年是收官之年。"
     "主要预期目标是：产值增长8%。",
     "outcome 2019; target 2020"),
    ("政府工作报告\n——2023年12月28日在区人民代表大会上\n一、2023年工作回顾\n"
     "今年以来，产值增长5.2%。\n二、2024年工作安排\n产值增长6%。",
     "outcome 2023; target 2024"),
    ("政府工作报告\n——1999年3月5日在全国人民代表大会上\n一、一九九八年工作的回顾\n"
     "粮食总产量达到49000万吨。\n二、1999年的工作\n增长预期目标为7%左右。",
     "outcome 1998; target 1999"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_parts_of_other_reports(text: str, expected: str) -> None:
    lines = [Line(number, None, line) for number, line in enumerate(text.split("\n"), 1)]
    found = report_of(lines)
    assert "; ".join(f"{row.kind} {row.year}" for row in found.rows) == expected


def test_the_glossary_is_no_statistic_and_an_annex_is() -> None:
    found = report(
        "产值增长5%。", "二、2025年工作安排", "产值增长6%。", "名词解释", "1.某词：提高30%。",
        "附件", "2025年民生实事", "新建学校5所。",
    )  # fmt: skip
    assert [row.value for row in found.rows] == [5, 6, 5]
    assert {left.reason for left in found.excluded if left.line == 7} == {"glossary"}


def test_a_repeat_is_one_row_with_the_stricter_wording() -> None:
    found = report(
        "二、2025年主要目标",
        "新增市场主体6000户以上。",
        "三、2025年重点工作",
        "新增市场主体6000户。",
    )
    [row] = found.rows
    assert (row.qualifier, row.line, row.as_printed) == ("at_least", 4, "6000户以上")
    assert "line 6" in row.note
    assert [left.line for left in found.excluded if left.reason == "repeat"] == [6]


def test_glossary_shorthand_gives_directions() -> None:
    found = report(
        "全年实现“三下降一杜绝”。", "名词解释",
        "1．三下降一杜绝。降低事故起数、死亡人数、较大事故起数；杜绝重特大事故。",
    )  # fmt: skip
    assert [(row.measure, row.value) for row in found.rows] == [
        ("direction", -1), ("direction", -1), ("direction", -1), ("level", 0),
    ]  # fmt: skip


@given(
    st.decimals(0, 10**9, places=2).map(lambda number: f"{number:f}".rstrip("0").rstrip(".")),
    st.sampled_from(["", "万", "亿", "千", "百万"]),
    st.sampled_from(["元", "人", "户", "亩", "个", "吨", "公里", "%", "人次", "平方米"]),
    st.sampled_from(["", "左右", "以上", "以内"]),
    st.sampled_from(["", "超", "约", "不低于", "突破"]),
)
def test_what_is_printed_is_what_is_found(
    number: str, magnitude: str, unit: str, after: str, before: str
) -> None:
    magnitude = "" if unit == "%" else magnitude
    printed = f"{before}{number}{magnitude}{unit}{after}"
    [figure] = figures(f"全年完成{printed}，其中")
    assert figure.value == float(number)
    assert figure.unit == magnitude + unit
    known = units.parse(printed)
    assert (known.value, known.unit) == (figure.value, figure.unit)
    if not (before and after):
        assert known.qualifier == figure.qualifier


@given(
    st.text(
        alphabet="0123456789.,%万亿千百个家元人年月日第至到从由增长下降超约—-+“”《》（）、，。\n一二三",
        max_size=60,
    )
)
@settings(max_examples=400)
def test_the_grammar_takes_anything(text: str) -> None:
    assert len(plain(text)) == len(text)
    for figure in figures(plain(text)):
        assert 0 <= figure.start <= figure.number < figure.tail <= figure.end <= len(text)
        assert figure.unit == "" or not figure.unit[0].isdigit()
        assert figure.qualifier in units.QUALIFIERS
        assert (figure.qualifier == "range") == (not math.isnan(figure.value_high))


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_read(text: str) -> None:
    lines = [Line(number, None, line) for number, line in enumerate(text.split("\n"), 1)]
    for row in report_of(lines, year=2025).rows:
        assert row.line <= len(lines)


@given(st.integers(0, 10**11))
def test_chinese_numerals(number: int) -> None:
    assert chinese_number(_in_chinese(number)) == number


def _in_chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            tail = "" if not rest else ("零" if rest < size // 10 else "") + _in_chinese(rest)
            return _in_chinese(head) + name + tail
    raise AssertionError


def test_every_unit_is_found_behind_a_number() -> None:
    for unit in UNITS:
        [figure] = figures(f"共有7{unit}。")
        assert figure.unit == unit


# Each could make a careless pattern try without end.
HOSTILE = [
    "1",
    "9.",
    "1,000",
    "百分之",
    "百分之五",
    "一二三",
    "（",
    "“",
    '"',
    "《",
    "、",
    "，",
    "从",
    "增长",
    "增长1%、",
    "1至",
    "1—2",
    "第",
    "第1",
    "居全国第",
    "2025年",
    "超",
    "万",
    "1亿元以上",
    "1万元以上项目",
    "A、B均1%",
    "率、率100%",
    "分别1%",
    "零发生",
    "清零",
    "实现全覆盖",
    "全部完工",
    "所有村",
    "翻番",
    "持续下降",
    "提高补助标准",
    "两降一升",
    "一、",
    "（一）",
    "1.",
    " ",
    "1 ",
    "预计",
    "1个多百分点",
    "1万吨、",
    "收入增长与经济增长同步",
    "新增三个",
    "超八成",
    "全国第一，",
    "名词解释",
    "a1",
    "1+",
    "1/",
    "\u200b",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 30_000)[:30_000]
    begun = time.process_time()
    report_of([Line(1, None, text)], year=2025)
    assert time.process_time() - begun < 8

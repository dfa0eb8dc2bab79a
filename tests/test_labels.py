from __future__ import annotations

import math
import string
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanshi_analysis import data, labels, style, units

NAN = math.nan


def fact(value: float, unit: str, as_printed: str, qualifier: str = "exact", high: float = NAN):
    return {
        "value": value,
        "value_high": high,
        "unit": unit,
        "qualifier": qualifier,
        "as_printed": as_printed,
    }


# --- the catalogue ---------------------------------------------------------------------------


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_entry_says_the_same_in_both_languages():
    for key, entry in labels.catalogue().items():
        assert set(entry) - {"en_one"} == {"en", "zh"}, key
        if bool(entry["en"]) != bool(entry["zh"]):  # the 页 of 第 3 页, not a missing translation
            assert len(entry["en"] + entry["zh"]) <= 3, key
        english, chinese = fields(entry["en"]), fields(entry["zh"])
        assert english <= chinese or chinese <= english, key
        assert fields(entry.get("en_one", "")) <= english, key


def test_every_entry_can_be_drawn():
    for key, entry in labels.catalogue().items():
        for text in entry.values():
            assert style.missing_glyphs(text) == "", key


def test_unknown_language_key_and_value_are_named():
    with pytest.raises(ValueError, match="unknown language 'fr'; known: en, zh"):
        labels.t("kind.target", "fr")
    with pytest.raises(ValueError, match=r"no 'kind\.targets'; similar: kind\.target"):
        labels.t("kind.targets", "en")
    with pytest.raises(ValueError, match=r"'qualifier\.about' need a value for 'value'"):
        labels.t("qualifier.about", "en")


def test_singular():
    assert labels.t("unit.person", "en", n="1") == "1 person"
    assert labels.t("unit.person", "en", n="1.1") == "1.1 people"


def test_importing_the_words_loads_no_heavy_library():
    heavy = "{'babel', 'matplotlib', 'pandas', 'numpy', 'openpyxl'}"
    code = (
        "import sys, yanshi_analysis.labels, yanshi_analysis.style;"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (6552, "6,552", "6552"),
        (9999, "9,999", "9999"),
        (10_000, "10,000", "1万"),
        (36_370, "36,370", "36370"),
        (63_000, "63,000", "6.3万"),
        (650_000, "650,000", "65万"),
        (6_650_000, "6.65 million", "665万"),
        (1_750_000_000, "1.75 billion", "17.5亿"),
        (298_112_000_000, "298.112 billion", "2981.12亿"),
        (1_200_000_000_000, "1.2 trillion", "1.2万亿"),
        (0, "0", "0"),
        (-6_650_000, "−6.65 million", "−665万"),
        (0.5, "0.5", "0.5"),
        (NAN, "n/a", "无数据"),
        (math.inf, "∞", "∞"),
        (-math.inf, "−∞", "−∞"),
    ],
)
def test_numbers_in_each_scale(value, en, zh):
    assert labels.number(value, lang="en") == en
    assert labels.number(value, lang="zh") == zh


def test_computed_numbers_show_no_digits_nobody_printed():
    assert labels.number(5_748_343.2, lang="en") == "5.748 million"
    assert labels.number(5_748_343.2, lang="zh") == "574.8万"
    assert labels.number(0.1 + 0.2, lang="en") == "0.3"
    assert labels.number(103.3846, "%", "en") == "103.4"
    assert labels.number(17.45, "%", "en") == "17.45"
    assert labels.number(5.8 - 7.0, "pp", "en") == "−1.2"


def test_rounding_carries_into_the_next_word():
    assert labels.number(999_999_999, lang="en", digits=3) == "1 billion"
    assert labels.number(99_996_000, lang="zh", digits=4) == "1亿"
    assert labels.number(9_999.6, lang="zh", digits=4) == "1万"


def test_halves_round_up_as_in_chinese_statistics():
    assert labels.number(2.5, lang="en", digits=1) == "3"
    assert labels.number(0.125, "pp", "en", digits=2) == "0.13"


def test_signs_digits_and_decimals():
    assert labels.number(1.2, "pp", "en", signed=True) == "+1.2"
    assert labels.number(0.0, "pp", "en", signed=True) == "0"
    assert labels.number(-0.001, "pp", "en", decimals=1) == "0.0"
    assert labels.number(6, "%", "en", decimals=1) == "6.0"
    assert labels.number(6_650_000, lang="zh", decimals=1) == "665.0万"
    assert labels.number(6_650_000, lang="en", digits=2) == "6.7 million"
    with pytest.raises(ValueError, match="digits must be 1 or more"):
        labels.number(1, digits=0)


def test_years_ranks_and_shares_are_never_scaled():
    assert labels.number(2024, "year", "en") == "2024"
    assert labels.number(12_000_000, "%", "zh") == "12000000"


SCALES = {" million": 1e6, " billion": 1e9, " trillion": 1e12, "万亿": 1e12, "亿": 1e8, "万": 1e4}
SCALES[""] = 1


@given(
    st.floats(min_value=-1e13, max_value=1e13, allow_nan=False),
    st.sampled_from(labels.LANGUAGES),
    st.integers(1, 6),
)
def test_a_spoken_number_is_the_number_rounded(value, lang, digits):
    spoken = labels.number(value, lang=lang, digits=digits)
    word = next(word for word in SCALES if spoken.endswith(word))
    plain = spoken.removesuffix(word).replace(",", "").replace("−", "-")
    factor = SCALES[word]
    assert float(plain) * factor == pytest.approx(value, rel=0.51 * 10 ** (1 - digits), abs=1e-300)
    assert len(plain.strip("-").lstrip("0.").replace(".", "").rstrip("0")) <= digits


# --- values ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "base", "more", "en", "zh"),
    [
        (6_650_000, "person-visit", {}, "6.65 million visits", "665万人次"),
        (1_750_000_000, "yuan", {}, "1.75 billion yuan", "17.5亿元"),
        (36_370, "yuan", {}, "36,370 yuan", "36370元"),
        (280_000_000, "kg", {}, "280 million kg", "2.8亿公斤"),
        (280_000_000, "kg", {"unit": "亿斤"}, "280 million kg", "5.6亿斤"),
        (150_000_000, "kg", {"unit": "万吨"}, "150,000 t", "15万吨"),
        (210_000, "m²", {"unit": "万平方米"}, "210,000 m²", "21万平方米"),
        (60_000, "item", {"unit": "万户"}, "60,000", "6万户"),
        (5.8, "%", {}, "5.8%", "5.8%"),
        (1.2, "pp", {"signed": True}, "+1.2 pp", "+1.2个百分点"),
        (-1.2, "pp", {}, "−1.2 pp", "−1.2个百分点"),
        (6, "%", {"qualifier": "about"}, "about 6%", "6%左右"),
        (10, "%", {"qualifier": "at_least"}, "≥ 10%", "10%以上"),
        (10, "%", {"qualifier": "at_least", "words": True}, "at least 10%", "10%以上"),
        (2, "%", {"qualifier": "at_most"}, "≤ 2%", "2%以内"),
        (5, "%", {"qualifier": "range", "value_high": 6.0}, "5–6%", "5%—6%"),
        (10, "item", {"qualifier": "range", "value_high": 20, "unit": "家"}, "10–20", "10—20家"),
        (-1, "direction", {"qualifier": "about"}, "down", "下降"),
        (1, "rank", {"unit": "位"}, "no. 1", "第1位"),
        (3, "class", {"unit": "类"}, "class III", "Ⅲ类"),
        (NAN, "yuan", {}, "n/a", "无数据"),
        (7, "", {}, "7", "7"),
    ],
)
def test_values(value, base, more, en, zh):
    assert labels.value_label(value, base, "en", **more) == en
    assert labels.value_label(value, base, "zh", **more) == zh


def test_every_base_unit_has_words():
    for base in units.BASE_UNITS:
        for lang in labels.LANGUAGES:
            assert labels.value_label(1.0, base, lang)


def test_unknown_unit_and_qualifier():
    with pytest.raises(ValueError, match="unknown base unit 'ell'; known: yuan"):
        labels.value_label(1, "ell")
    with pytest.raises(ValueError, match="unknown qualifier 'roughly'; known: exact"):
        labels.value_label(1, "%", qualifier="roughly")


@pytest.mark.parametrize(
    ("row", "en"),
    [
        (fact(665, "万人次", "665万人次"), "6.65 million visits"),
        (fact(6, "%", "6%左右", "about"), "about 6%"),
        (fact(6, "万户", "超6万户", "at_least"), "more than 60,000"),
        (fact(6000, "户", "6000户以上", "at_least"), "at least 6,000"),
        (fact(1300, "亩", "1300余亩", "about"), "just over 1,300 mu"),
        (fact(12, "平方公里", "近12平方公里", "about"), "nearly 12 km²"),
        (fact(5, "亿斤", "5亿斤以上", "at_least"), "at least 250 million kg"),
        (fact(2.5, "亿斤", "2.50亿斤"), "125 million kg"),
        (fact(6, "%", "6.0%"), "6.0%"),
        (fact(25, "亿元", "25.0亿元"), "2.50 billion yuan"),
        (fact(436.0338, "亿元", "436.0338亿元"), "43.60338 billion yuan"),
        (fact(5, "%", "5%—6%", "range", 6.0), "5–6%"),
        (fact(5.5, "%", "5.5%—6%", "range", 6.0), "5.5–6%"),
        (fact(0, "起", "零发生"), "0"),
        (fact(-1, "", "两降一升"), "down"),
        (fact(NAN, "%", ""), "n/a"),
    ],
)
def test_english_says_just_what_was_printed(row, en):
    assert labels.printed(row, "en") == en
    if row["as_printed"]:
        assert labels.printed(row, "zh") == row["as_printed"]


def test_one_side_of_a_comparison():
    row = {
        "outcome": 6_650_000.0,
        "outcome_as_printed": "665万人次",
        "outcome_qualifier": "exact",
        "target": 6.0,
        "target_as_printed": "基本同步",
        "target_qualifier": "about",
        "unit_base": "%",
    }
    assert labels.printed(row, "en", "outcome") == "6.65 million visits"
    assert labels.printed(row, "en", "target") == "in step with GDP growth (about 6%)"
    assert labels.printed(row, "zh", "target") == "基本同步（约6%）"


def test_words_for_a_number_show_the_number_too():
    row = fact(100, "%", "超额完成", "at_least")
    assert labels.printed(row, "zh") == "超额完成（100%以上）"
    assert labels.printed(row, "en") == "exceeded (at least 100%)"
    unknown = fact(100, "%", "大幅超出", "at_least")
    assert labels.printed(unknown, "en") == "at least 100%"
    for row in data.load_facts().to_dict("records"):
        if labels.said_in_words(row["as_printed"]) and row["qualifier"] != "exact":
            assert labels.has(f"printed.{row['as_printed']}"), row["as_printed"]


def test_chinese_tidies_what_was_printed():
    assert labels.printed(fact(8, "%", "8—9%", "range", 9.0), "zh") == "8%—9%"
    assert labels.printed(fact(-8.7, "%", "-8.7%"), "zh") == "−8.7%"


def test_a_label_is_shorter_than_a_sentence():
    assert labels.printed(fact(6, "万户", "超6万户", "at_least"), "en", short=True) == "> 60,000"
    assert labels.printed(fact(10, "%", "10%以上", "at_least"), "en", short=True) == "≥ 10%"


def test_every_fact_can_be_said_in_english():
    facts = data.load_facts()
    for row in facts.to_dict("records"):
        said = labels.printed(row, "en")
        assert said.isascii() or set(said) - set(map(chr, range(128))) <= set("−–²³µ"), said
        assert labels.value_label(
            row["value_base"], row["unit_base"], "zh", unit=row["unit"], qualifier=row["qualifier"]
        )


# --- names and sources -----------------------------------------------------------------------


def test_names_come_from_the_dictionary():
    for loader, name in (
        ("load_indicators", labels.indicator_name),
        ("load_regions", labels.region_name),
        ("load_domains", labels.domain_name),
        ("load_themes", labels.theme_name),
    ):
        table = getattr(data, loader)()
        key = table.columns[0]
        row = table.iloc[-1]
        assert name(row[key], "en") == row["name_en"]
        assert name(row[key], "zh", table) == row["name_zh"]


def test_an_unknown_id_names_its_neighbours():
    table = pd.DataFrame({"indicator": ["gdp"], "name_en": ["GDP"], "name_zh": ["地区生产总值"]})
    with pytest.raises(ValueError, match="no indicator 'gpd'; similar: gdp"):
        labels.indicator_name("gpd", "en", table)


@pytest.mark.parametrize(
    ("cell", "en", "zh"),
    [
        ("plan | 计划", "plan", "计划"),
        ("plan", "plan", "plan"),
        (" | 计划", "计划", "计划"),
        ("| 计划", "计划", "计划"),
        ("plan | ", "plan", "plan"),
        ("", "", ""),
    ],
)
def test_pick(cell, en, zh):
    assert labels.pick(cell, "en") == en
    assert labels.pick(cell, "zh") == zh


SOURCES = pd.DataFrame(
    {
        "source": ["b", "a", "y1", "y2", "y4"],
        "name_en": ["Report B", "Report A", "Yearbook 2001", "Yearbook 2002", "Yearbook 2004"],
        "name_zh": ["报告乙", "报告甲", "《年鉴2001》", "《年鉴2002》", "《年鉴2004》"],
        "published": ["2025-01-02", "2024-01-02", "2001", "2002", "2004"],
    }
)


def test_source_line_reads_every_source_column_once_and_in_order_of_publication():
    rows = pd.DataFrame({"outcome_source": ["b", "b"], "target_source": ["a", ""]})
    assert labels.source_line(rows, "en", SOURCES) == "Sources: Report A; Report B"
    assert labels.source_line(rows, "zh", SOURCES) == "资料来源：报告甲；报告乙"
    assert labels.source_line(rows[["outcome_source"]], "en", SOURCES) == "Source: Report B"
    listed = pd.DataFrame({"sources": ["a; b"]})
    assert labels.source_line(listed, "en", SOURCES) == "Sources: Report A; Report B"


def test_editions_are_named_once():
    rows = pd.DataFrame({"source": ["y1", "y2"]})
    assert labels.source_line(rows, "en", SOURCES) == "Sources: Yearbook 2001–2002"
    rows = pd.DataFrame({"source": ["y4", "y2"]})
    assert labels.source_line(rows, "zh", SOURCES) == "资料来源：《年鉴2002、2004》"


def test_many_sources_are_counted():
    rows = pd.DataFrame({"source": ["y1", "b", "b", "a"]})
    line = labels.source_line(rows, "en", SOURCES, most=1)
    assert line == "Sources: Report B; and 2 other sources"


def test_reports_of_many_regions_are_one():
    facts = data.load_facts()
    sources = facts["source"]
    rows = facts[sources.str.contains("_report_2") & ~sources.str.startswith("state_council")]
    line = labels.source_line(rows, "en")
    assert "and 30 other regions" in line and len(line) < 160


def test_sections_are_named_on_request():
    rows = pd.DataFrame({"source": ["a"] * 5, "section": ["1.3", "1.1", "1.2", "2", "3.9"]})
    line = labels.source_line(rows, "en", SOURCES, places=True)
    assert line == "Source: Report A (sections 1.1–1.3, 2, 3.9)"
    line = labels.source_line(rows, "zh", SOURCES, places=True)
    assert line == "资料来源：报告甲（一（一）—一（三）、二、三（九））"


def test_rows_without_a_source():
    assert labels.source_line(pd.DataFrame({"source": []}), "en") == ""
    with pytest.raises(ValueError, match="the rows name no source"):
        labels.source_line(pd.DataFrame({"value": [1]}), "en", SOURCES)
    with pytest.raises(ValueError, match="no source 'c'"):
        labels.source_line(pd.DataFrame({"source": ["c"]}), "en", SOURCES)

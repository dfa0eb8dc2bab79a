"""Findings: sentences say what their rows say, in both languages, with doubt kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from yanshi_analysis import compare, data, findings, style

LANGS = ("en", "zh")
NAN = float("nan")


def pair(**change: object) -> dict[str, object]:
    """One made-up row of a comparison: a growth rate that is raised."""
    row: dict[str, object] = {
        "indicator": "x",
        "name_en": "Widget output",
        "name_zh": "零件产量",
        "measure": "growth",
        "region": "410307",
        "year": 2031,
        "target_year": 2032,
        "unit_base": "%",
        "outcome": 5.0,
        "outcome_qualifier": "exact",
        "outcome_status": "A",
        "outcome_unit": "%",
        "target": 6.0,
        "target_qualifier": "exact",
        "target_high": NAN,
        "target_unit": "%",
        "change": 1.0,
        "change_pct": NAN,
        "required_growth": NAN,
        "achieved_growth": 5.0,
        "stance": "raised",
        "verdict": "raised",
        "comparability": "strict",
        "reason_en": "",
        "reason_zh": "",
    }
    return row | change


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


LEVEL = {
    "measure": "level",
    "unit_base": "yuan",
    "outcome": 2e8,
    "outcome_unit": "亿元",
    "target": 3e8,
    "target_unit": "亿元",
    "change": 1e8,
    "change_pct": 50.0,
    "required_growth": 50.0,
    "achieved_growth": 8.0,
}


def test_growth_targets_counts_and_names_the_widest_gap() -> None:
    rows = table(
        pair(),
        pair(target=5.0, change=0.0, stance="held"),
        pair(indicator="y", name_en="Gadget output", name_zh="器具产量", target=-2.0, change=-7.0),
    )
    assert findings.growth_targets(rows, "en") == (
        "1 of 3 growth targets for 2032 lie above 2031’s outcome; "
        "the largest difference is in gadget output, −7.0 points"
    )
    assert findings.growth_targets(rows, "zh") == (
        "2032年3项增速目标中1项高于2031年完成值，相差最大的是器具产量（−7.0个百分点）"
    )


def test_one_pair_is_told_in_full() -> None:
    row = table(pair(target_qualifier="about", outcome_status="E")).iloc[0]
    assert findings.comparison(row, "en") == (
        "Growth of widget output: 5% est. in 2031, the target for 2032 is about 6% (+1.0 points)"
    )
    zh = findings.comparison(row, "zh")
    assert "预计5%" in zh and "6%左右" in zh and "+1.0个百分点" in zh
    assert findings.growth_targets(table(pair()), "en").startswith("Growth of widget output: 5%")


def test_a_floor_below_the_outcome_is_no_forecast_decline() -> None:
    row = table(
        pair(
            target=3.0,
            change=-2.0,
            target_qualifier="at_least",
            stance="lowered",
            verdict="floor_below_outcome",
        )
    ).iloc[0]
    assert "not a forecast decline" in findings.comparison(row, "en")
    assert "不等于预期下降" in findings.comparison(row, "zh")


def test_what_is_not_comparable_gets_its_reason_and_no_change() -> None:
    row = table(
        pair(
            change=NAN,
            verdict="not_comparable",
            comparability="caveat",
            reason_en="another population",
            reason_zh="总体不同",
        )
    ).iloc[0]
    for lang, reason in (("en", "another population"), ("zh", "总体不同")):
        text = findings.comparison(row, lang)
        assert reason in text and not re.search(r"[+−]\d", text)


def test_levels_change_in_percent_and_growth_in_points() -> None:
    level = findings.comparison(table(pair(**LEVEL)).iloc[0], "en")
    assert level == (
        "Widget output: 200 million yuan in 2031, the target for 2032 is 300 million yuan (+50.0%)"
    )
    assert "2亿元" in findings.comparison(table(pair(**LEVEL)).iloc[0], "zh")


def test_required_pace_says_whether_growth_must_quicken() -> None:
    faster = findings.required_pace(table(pair(**LEVEL)), "en")
    assert faster == (
        "To reach its 2032 target, widget output needs 50% growth, faster than the 8% of 2031"
    )
    slower = pair(**(LEVEL | {"required_growth": 2.0}))
    assert findings.required_pace(table(slower), "en").startswith("No target for 2032 asks")
    unknown = pair(**(LEVEL | {"achieved_growth": NAN}))
    assert "+50.0%" in findings.required_pace(table(unknown), "en")


def test_stances_add_up() -> None:
    rows = table(
        pair(),
        pair(stance="held"),
        pair(stance="lowered"),
        pair(stance="lowered"),
        pair(stance="", verdict="not_comparable"),
    )
    text = findings.stances(rows, "en")
    assert text == (
        "Comparable targets for 2032: 1 above 2031’s outcome, 1 level with it, 2 below (4 in all)"
    )


def attained(met: str, indicator: str = "x", region: str = "410000") -> dict[str, object]:
    return {
        "indicator": indicator,
        "name_en": f"Thing {indicator}",
        "name_zh": f"事{indicator}",
        "region": region,
        "year": 2032,
        "met": met,
        "gap": -1.0 if met == "missed" else 0.5,
    }


def test_attainment_names_what_was_missed() -> None:
    rows = table(attained("met"), attained("met_within_about", "y"), attained("missed", "z"))
    text = findings.attainment_by_indicator(rows, "en")
    assert "met 2 of 3 targets in 2032" in text and "missed: thing z" in text
    assert "1 of them within “about”" in text
    full = findings.attainment_by_indicator(rows.head(1), "en")
    assert full.endswith("met 1 of 1 targets in 2032")


def test_attainment_by_region_finds_best_and_worst() -> None:
    rows = table(
        *[attained("met", "x", str(i)) for i in range(6)],
        *[attained("missed" if i else "met", "y", str(i)) for i in range(6)],
        attained("met", "z", "0"),
    )
    text = findings.attainment_by_region(rows, "en")
    assert text.startswith("Thing x targets were met most often in 2032 (6 of 6)")
    assert "thing y least (1 of 6)" in text  # z has too few cases to lead


def test_misses_count_what_fell_short() -> None:
    rows = table(*[attained("met") | {"gap": gap} for gap in (-2.0, -1.0, 0.0, 1.0, 2.0)])
    assert findings.misses(rows, "en") == (
        "Thing x: 2 of 5 outcomes ended below their target; "
        "the middle half ended −1.0 to +1.0 points from it"
    )


def fact(**change: object) -> dict[str, object]:
    row: dict[str, object] = {
        "indicator": "x",
        "name_en": "Coverage",
        "name_zh": "覆盖率",
        "region": "410307",
        "year": 2031,
        "kind": "outcome",
        "measure": "share",
        "value_base": 100.0,
        "unit_base": "%",
        "unit": "%",
        "qualifier": "exact",
        "status": "A",
        "low": NAN,
        "high": NAN,
    }
    return row | change


def test_shares_keep_their_qualifier() -> None:
    rows = table(
        fact(),
        fact(name_en="Private share", name_zh="民营占比", value_base=95.0, qualifier="at_least"),
    )
    assert findings.shares(rows, "en") == (
        "1 of 2 rates stand at 100%, 2031; the lowest is private share, ≥ 95%"
    )
    assert "95%以上" in findings.shares(rows, "zh")


def test_directions_say_what_fell_and_rose() -> None:
    rows = table(
        fact(measure="direction", value_base=-1.0, name_en="PM10"),
        fact(measure="direction", value_base=1.0, indicator="y", name_en="Good-air days"),
        fact(measure="direction", value_base=1.0, indicator="y", kind="target", year=2032),
    )
    assert findings.directions(rows, "en") == (
        "PM10 went down and good-air days went up in 2031; "
        "where 2032 sets a target for one of them, it points the same way"
    )
    other = rows.assign(value_base=[-1.0, 1.0, -1.0])
    assert "the same way" not in findings.directions(other, "en")


def test_projection_tells_bands_from_scenarios() -> None:
    base = {
        "indicator": "x",
        "name_en": "Output",
        "name_zh": "产值",
        "year": 2035,
        "unit_base": "yuan",
        "observed": False,
    }
    band = table(base | {"scenario": "central", "mean": 3e8, "lo80": 2e8, "hi80": 4e8})
    assert findings.projection(band, "en") == (
        "Output in 2035: 300 million yuan projected, with an 80% range of 200 million to "
        "400 million yuan"
    )
    scenarios = table(
        base | {"scenario": "a", "mean": 3e8, "lo80": NAN, "hi80": NAN},
        base | {"scenario": "b", "mean": 5e8, "lo80": NAN, "hi80": NAN},
    )
    text = findings.projection(scenarios, "zh")
    assert "2种情景" in text and "区间" not in text
    elsewhere = findings.projection(band.assign(region="410300"), "en")
    assert elsewhere.startswith("Output, Luoyang, in 2035: 300 million yuan")


def test_implied_base_gives_its_interval() -> None:
    row = pd.Series(
        {
            "indicator": "x",
            "name_en": "Visits",
            "name_zh": "人次",
            "year": 2030,
            "implied": 5_747_623.0,
            "implied_low": 5_740_821.0,
            "implied_high": 5_754_431.0,
            "unit_base": "person-visit",
        }
    )
    assert findings.implied_base(row, "en") == (
        "Visits in 2030, worked back from level and growth: 5.748 million visits "
        "(between 5.741 million and 5.754 million visits)"
    )


def test_values_keep_the_words_and_digits_that_were_printed() -> None:
    printed = fact(
        value=750.0, value_high=NAN, value_base=750.0, unit="场", unit_base="item",
        qualifier="about", as_printed="750余场",
    )  # fmt: skip
    assert findings.fact_value(printed, "zh") == "750余场"
    assert findings.fact_value(printed, "en") == "just over 750"
    row = pair(outcome=6.0, outcome_as_printed="6.0%", target=6.0, target_as_printed="基本同步")
    row |= {"target_qualifier": "about", "outcome_status": "E"}
    assert findings.pair_value(row, "outcome", "zh") == "预计6.0%"
    assert findings.pair_value(row, "target", "zh") == "基本同步（约6%）"
    assert findings.pair_value(row, "target", "en") == "in step with GDP growth (about 6%)"
    full = fact(value=100.0, value_high=NAN, as_printed="全覆盖")
    assert findings.fact_value(full, "zh") == "100%"


def test_prices_rise_and_the_rest_grows() -> None:
    row = table(pair(name_en="Consumer prices", name_zh="居民消费价格")).iloc[0]
    assert findings.comparison(row, "zh").startswith("居民消费价格涨幅")
    assert findings.comparison(row, "en").startswith("Rise of consumer prices")


# -- on the real data ------------------------------------------------------------------------
def sentences(lang: str) -> list[str]:
    facts = data.load_facts()
    own = facts[facts["region"] == "410307"]
    pairs = compare.outcomes_vs_targets(facts)
    reached = compare.attainment(facts)
    whole = pd.DataFrame(
        {
            "indicator": ["tertiary_industry_value_added"],
            "whole": ["gdp"],
            "year": [2031],
            "share": [49.74],
        }
    )
    made = [
        findings.growth_targets(pairs, lang),
        findings.level_targets(pairs, lang),
        findings.required_pace(pairs, lang),
        findings.stances(pairs, lang),
        findings.attainment_by_indicator(reached[reached["region"] == "410000"], lang),
        findings.attainment_by_region(reached, lang),
        findings.misses(reached, lang),
        findings.shares(own[own["measure"] == "share"], lang),
        findings.parts_of_whole(whole, lang),
        findings.levels_over_time(own[own["measure"] == "level"], lang),
        findings.directions(own[own["measure"] == "direction"], lang),
        findings.headline(pairs, lang),
    ]
    made += [findings.comparison(row, lang) for _, row in pairs.iterrows()]
    made += [findings.implied_base(row, lang) for _, row in compare.implied_base(facts).iterrows()]
    made += [
        findings.inconsistency(row, lang) for _, row in compare.inconsistencies(facts).iterrows()
    ]
    return made


@pytest.mark.parametrize("lang", LANGS)
def test_sentences_on_the_real_data_are_clean(lang: str) -> None:
    for text in sentences(lang):
        style.check_glyphs(text)
        assert text == text.strip() and "  " not in text
        assert not re.search(r"\bnan\b|None|\binf\b|\{|\}|<NA>", text), text
        assert not text.endswith((".", "。")), text
        assert text[0].isupper() or not text[0].isascii() or text[0].isdigit(), text
        if lang == "en":
            names = "".join(data.load_indicators()["name_en"])
            han = re.findall(r"[\u4e00-\u9fff]", text)
            assert not [char for char in han if char not in names] or "÷" in text or "(line" in text


def test_growth_targets_on_the_real_data_agree_with_the_table() -> None:
    pairs = compare.outcomes_vs_targets(data.load_facts())
    growth = pairs[(pairs["measure"] == "growth") & pairs["change"].notna()]
    text = findings.growth_targets(pairs, "en")
    above = int((growth["change"] > 0).sum())
    assert text.startswith(f"{above} of {len(growth)} growth targets")
    assert (
        findings.signed(
            float(growth["change"].iloc[int(np.abs(growth["change"]).to_numpy().argmax())]), "en"
        )
        in text
    )


# -- bad input -------------------------------------------------------------------------------
TABLES: tuple[Callable[..., str], ...] = (
    findings.growth_targets,
    findings.level_targets,
    findings.required_pace,
    findings.stances,
    findings.attainment_by_indicator,
    findings.attainment_by_region,
    findings.misses,
    findings.shares,
    findings.parts_of_whole,
    findings.levels_over_time,
    findings.directions,
    findings.projection,
    findings.headline,
)
EVERY = sorted(
    {
        "indicator",
        "measure",
        "change",
        "change_pct",
        "year",
        "target_year",
        "required_growth",
        "achieved_growth",
        "stance",
        "met",
        "region",
        "gap",
        "value_base",
        "unit_base",
        "whole",
        "share",
        "kind",
        "scenario",
        "mean",
        "lo80",
        "hi80",
        "observed",
        "outcome",
    }
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("say", TABLES)
def test_an_empty_table_has_a_sentence_too(say: Callable[..., str], lang: str) -> None:
    text = say(pd.DataFrame({column: pd.Series(dtype=float) for column in EVERY}), lang)
    assert len(text) > 5 and "{" not in text


@pytest.mark.parametrize("say", TABLES)
def test_bad_input_is_told_apart(say: Callable[..., str]) -> None:
    empty = pd.DataFrame({column: pd.Series(dtype=float) for column in EVERY})
    with pytest.raises(ValueError, match="unknown language 'fr'; known: en, zh"):
        say(empty, "fr")
    with pytest.raises(ValueError, match=r"lacks the columns .*it has a"):
        say(pd.DataFrame({"a": [1]}), "en")

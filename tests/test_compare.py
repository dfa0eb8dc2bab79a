"""Comparisons, on facts made up here and (marked so) on the package's own data."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanshi_analysis import units
from yanshi_analysis.compare import (
    attainment,
    implied_base,
    inconsistencies,
    latest_outcome_year,
    outcomes_vs_targets,
)

HOME = "410307"
PLACE = {"section": "1.1", "page": 1, "source": "made_up"}
LINKS = ["outcome_indicator", "target_indicator", "comparability", "reason_en", "reason_zh"]
RELATIONS = ["relation", "indicator", "other_indicator", "reason_en", "reason_zh"]
EXCLUDED = ["source", "line", "number", "reason", "detail"]
COLUMNS = [
    *("indicator", "region", "year", "kind", "measure", "value", "value_high", "unit"),
    *("qualifier", "status", "as_printed", "section", "page", "line", "source", "note"),
    *("value_base", "unit_base", "low", "high"),
]


def table(rows: list[tuple[str, ...]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns).astype("str")


NO_LINKS = table([], LINKS)
NO_RELATIONS = table([], RELATIONS)
INDICATORS = table(
    [("prices", "Prices", "价格", "lower"), ("visits", "Visits", "游客", "higher")],
    ["indicator", "name_en", "name_zh", "better"],
)


def facts(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Build facts from (indicator, year, kind, measure, as printed[, qualifier[, region]])."""
    records = []
    for line, (indicator, year, kind, measure, printed, *rest) in enumerate(rows, start=1):
        if measure == "direction":
            quantity = units.Quantity(float(str(printed)), math.nan, "", "exact")
        else:
            quantity = units.parse(str(printed))
        qualifier = rest[0] if rest and rest[0] else quantity.qualifier
        low, high = units.interval(
            quantity.value, quantity.value_high, quantity.unit, str(qualifier), str(printed)
        )
        records.append(
            {
                "indicator": indicator,
                "region": rest[1] if len(rest) > 1 else HOME,
                "year": year,
                "kind": kind,
                "measure": measure,
                "value": quantity.value,
                "value_high": quantity.value_high,
                "unit": quantity.unit,
                "qualifier": qualifier,
                "status": "A",
                "as_printed": printed,
                "line": line,
                "note": "",
                "value_base": units.to_base(quantity.value, quantity.unit),
                "unit_base": units.unit(quantity.unit).base,
                "low": low,
                "high": high,
                **PLACE,
            }
        )
    made = pd.DataFrame(records, columns=COLUMNS)
    text = [name for name in COLUMNS if made[name].dtype == object or not len(made)]
    numbers = {"year": "int64", "page": "Int64", "line": "Int64"}
    floats = dict.fromkeys(("value", "value_high", "value_base", "low", "high"), "float64")
    return made.astype(dict.fromkeys(text, "str") | numbers | floats)


def compare(*rows: tuple[object, ...], links: pd.DataFrame = NO_LINKS) -> pd.DataFrame:
    return outcomes_vs_targets(facts(*rows), links=links, indicators=INDICATORS)


def attain(*rows: tuple[object, ...], **options: object) -> pd.DataFrame:
    options.setdefault("year", "all")
    return attainment(facts(*rows), indicators=INDICATORS, **options)  # type: ignore[arg-type]


def check(
    *rows: tuple[object, ...],
    links: pd.DataFrame = NO_LINKS,
    relations: pd.DataFrame = NO_RELATIONS,
    excluded: pd.DataFrame | None = None,
    **options: object,
) -> pd.DataFrame:
    return inconsistencies(
        facts(*rows),
        links=links,
        relations=relations,
        excluded=table([], EXCLUDED) if excluded is None else excluded,
        indicators=INDICATORS,
        **options,  # type: ignore[arg-type]
    )


OUTCOME, TARGET = (2030, "outcome"), (2031, "target")
VISITS = (
    ("visits", *OUTCOME, "level", "400万人次"),
    ("visits", *OUTCOME, "growth", "25%"),
    ("visits", *TARGET, "level", "500万人次"),
)

# --- outcomes against targets ---------------------------------------------------------------


def test_a_level_needs_required_growth_beside_the_achieved() -> None:
    row = compare(*VISITS).iloc[0]
    assert row["change"] == 1_000_000
    assert row["change_pct"] == row["required_growth"] == pytest.approx(25)
    assert row["achieved_growth"] == 25
    assert (row["stance"], row["verdict"], row["comparability"]) == ("raised", "raised", "strict")
    assert (row["outcome_low"], row["outcome_high"]) == (3_995_000, 4_005_000)
    assert (row["year"], row["target_year"], row["target_indicator"]) == (2030, 2031, "visits")
    assert row["outcome_source"] == row["target_source"] == "made_up"


def test_the_columns_are_a_contract() -> None:
    side = ["unit", "qualifier", "as_printed", "section", "page", "line", "source"]
    expected = [
        *("indicator", "target_indicator", "measure", "region", "year", "target_year"),
        *("outcome", "outcome_low", "outcome_high", "outcome_unit", "outcome_qualifier"),
        *("outcome_status", *(f"outcome_{name}" for name in side[2:])),
        *("target", "target_low", "target_high", *(f"target_{name}" for name in side)),
        *("unit_base", "change", "change_pct", "required_growth", "achieved_growth", "stance"),
        *("verdict", "comparability", "reason_en", "reason_zh"),
    ]
    full, empty = compare(*VISITS), compare(("visits", *OUTCOME, "level", "1人次"))
    assert list(full) == list(empty) == expected
    assert len(empty) == 0
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()


def test_rates_change_in_percentage_points_never_per_cent_of_per_cent() -> None:
    row = compare(("gdp", *OUTCOME, "growth", "5.8%"), ("gdp", *TARGET, "growth", "6%左右")).iloc[0]
    assert row["change"] == 0.2  # not 0.20000000000000018
    assert math.isnan(row["change_pct"]) and math.isnan(row["required_growth"])


@pytest.mark.parametrize(
    ("outcome", "target", "stance", "verdict"),
    [
        ("100户", "120户", "raised", "raised"),
        ("100户", "100户", "held", "held"),
        ("100户", "80户", "lowered", "lowered"),
        ("100户", "80户以上", "lowered", "floor_below_outcome"),
        ("100户", "120户以上", "raised", "raised"),
        ("100户", "120户以内", "raised", "ceiling_above_outcome"),
        ("100户", "80户以内", "lowered", "lowered"),
        ("100户", "90—110户", "held", "held"),
        ("100户", "110—120户", "raised", "raised"),
        ("100户", "80—90户", "lowered", "lowered"),
    ],
)
def test_the_verdict_reads_the_qualifier(
    outcome: str, target: str, stance: str, verdict: str
) -> None:
    row = compare(("x", *OUTCOME, "level", outcome), ("x", *TARGET, "level", target)).iloc[0]
    assert (row["stance"], row["verdict"]) == (stance, verdict)


def test_a_range_counts_from_its_nearer_end() -> None:
    row = compare(("x", *OUTCOME, "level", "100户"), ("x", *TARGET, "level", "110—120户")).iloc[0]
    assert (row["target"], row["target_high"], row["change"]) == (110, 120, 10)
    assert row["required_growth"] == pytest.approx(10)


def test_a_target_for_prices_is_a_ceiling_whatever_its_qualifier() -> None:
    row = compare(
        ("prices", *OUTCOME, "growth", "0.2%"), ("prices", *TARGET, "growth", "2%左右")
    ).iloc[0]
    assert (row["stance"], row["verdict"]) == ("raised", "ceiling_above_outcome")


@pytest.mark.parametrize(
    ("target", "verdict"), [("-1", "direction_same"), ("1", "direction_changed")]
)
def test_directions_are_the_same_or_changed(target: str, verdict: str) -> None:
    row = compare(
        ("dust", *OUTCOME, "direction", "-1"), ("dust", *TARGET, "direction", target)
    ).iloc[0]
    assert (row["verdict"], row["stance"]) == (verdict, "")
    assert math.isnan(row["change"])


def test_a_smaller_rank_is_raised() -> None:
    row = compare(("x", *OUTCOME, "rank", "3位"), ("x", *TARGET, "rank", "1位")).iloc[0]
    assert (row["change"], row["stance"]) == (-2, "raised")


def test_nothing_is_divided_by_zero() -> None:
    row = compare(("x", *OUTCOME, "level", "0起"), ("x", *TARGET, "level", "0起")).iloc[0]
    assert (row["stance"], row["change"]) == ("held", 0)
    assert math.isnan(row["required_growth"])


def test_links_pair_per_measure_and_a_caveat_gets_no_computed_value() -> None:
    links = table(
        [
            ("x", "y", "wording", "other words", "说法不同"),
            ("v", "w", "caveat", "other scope", "口径不同"),
            ("v", "v", "caveat", "same id: strict", "同一指标"),
        ],
        LINKS,
    )
    found = compare(
        ("x", *OUTCOME, "level", "10个"),
        ("x", *OUTCOME, "share", "50%"),
        ("v", *OUTCOME, "level", "10个"),
        ("v", *OUTCOME, "growth", "7%"),
        ("y", *TARGET, "level", "12个"),
        ("w", *TARGET, "level", "12个"),
        ("v", *TARGET, "level", "11个"),
        links=links,
    ).set_index("target_indicator")
    assert list(found.index) == ["v", "y", "w"]
    assert list(found["comparability"]) == ["strict", "wording", "caveat"]
    assert found.loc["y", "required_growth"] == pytest.approx(20)
    assert found.loc["y", "reason_zh"] == "说法不同"
    caveat = found.loc["w"]
    assert caveat[["change", "change_pct", "required_growth"]].isna().all()
    assert (caveat["stance"], caveat["verdict"]) == ("", "not_comparable")
    assert (caveat["outcome"], caveat["target"], caveat["achieved_growth"]) == (10, 12, 7)
    assert caveat["reason_en"] == "other scope"
    assert found.loc["v", "reason_en"] == ""


def test_linked_units_of_another_kind_are_not_compared() -> None:
    links = table([("x", "y", "wording", "a", "b")], LINKS)
    row = compare(
        ("x", *OUTCOME, "level", "10人"), ("y", *TARGET, "level", "12人次"), links=links
    ).iloc[0]
    assert math.isnan(row["change"])
    assert row["verdict"] == "not_comparable"


def test_context_and_other_regions_and_years_stay_out() -> None:
    found = compare(
        *VISITS,
        ("size", 2030, "context", "level", "5个"),
        ("size", *TARGET, "level", "5个"),
        ("far", *OUTCOME, "level", "5个", "exact", "410300"),
        ("far", *TARGET, "level", "5个"),
        ("old", 2029, "outcome", "level", "5个"),
        ("old", *TARGET, "level", "5个"),
    )
    assert list(found["indicator"]) == ["visits"]


def test_a_statistic_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"more than once.*superseded"):
        compare(*VISITS, VISITS[0])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="as_printed"):
        outcomes_vs_targets(facts(*VISITS).drop(columns="as_printed"), links=NO_LINKS)


# --- years ------------------------------------------------------------------------------------


def test_the_latest_year_is_the_last_one_followed_by_targets() -> None:
    late = ("visits", 2032, "outcome", "level", "1人次")
    assert latest_outcome_year(facts(*VISITS, late)) == 2030
    assert latest_outcome_year(facts(*VISITS[:1], late)) == 2032
    assert latest_outcome_year(facts(VISITS[2])) is None


def test_an_unknown_region_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="410307"):
        latest_outcome_year(facts(*VISITS), "999999")
    with pytest.raises(ValueError, match="410307"):
        inconsistencies(
            facts(*VISITS),
            "999999",
            links=NO_LINKS,
            relations=NO_RELATIONS,
            excluded=table([], EXCLUDED),
            indicators=INDICATORS,
        )


def test_no_facts_give_no_rows() -> None:
    assert len(compare()) == len(attain()) == len(check()) == 0


# --- attainment -------------------------------------------------------------------------------


def year(indicator: str, measure: str, target: str, outcome: str) -> tuple[tuple[object, ...], ...]:
    return (
        (indicator, 2030, "target", measure, target),
        (indicator, 2030, "outcome", measure, outcome),
    )


def test_attainment_of_a_level_is_actual_over_target() -> None:
    row = attain(*year("visits", "level", "400万人次", "500万人次")).iloc[0]
    assert row["attainment_pct"] == pytest.approx(125)
    assert (row["gap"], row["gap_low"], row["gap_high"]) == (1_000_000, 995_000, 1_005_000)
    assert row["met"] == "met"


def test_attainment_of_a_growth_divides_the_factors() -> None:
    row = attain(*year("gdp", "growth", "10%", "4.5%")).iloc[0]
    assert row["attainment_pct"] == pytest.approx(95)
    assert row["gap"] == -5.5
    assert (row["gap_low"], row["gap_high"]) == pytest.approx((-5.55, -5.45))
    assert row["met"] == "missed"


@pytest.mark.parametrize(
    ("indicator", "target", "outcome", "met"),
    [
        ("gdp", "6%", "6.0%", "met"),
        ("gdp", "6%", "5.9%", "missed"),
        ("gdp", "6%以上", "5.9%", "missed"),
        ("gdp", "6%以上", "9%", "met"),
        ("gdp", "6%左右", "5.5%", "met_within_about"),
        ("gdp", "6%左右", "5.4%", "missed"),
        ("gdp", "6%左右", "7%", "met"),
        ("gdp", "6—7%", "6.5%", "met"),
        ("gdp", "6—7%", "7.5%", "met"),
        ("gdp", "6—7%", "5.9%", "missed"),
        ("gdp", "6%以内", "5%", "met"),
        ("gdp", "6%以内", "6.1%", "missed"),
        ("prices", "2%左右", "0.2%", "met"),
        ("prices", "2%左右", "2.5%", "met_within_about"),
        ("prices", "2%左右", "2.6%", "missed"),
        ("prices", "2%", "2.1%", "missed"),
        ("prices", "2%", "1.9%", "met"),
        ("prices", "2—3%", "3.1%", "missed"),
        ("prices", "2—3%", "1%", "met"),
        ("prices", "2%以上", "1%", "missed"),
    ],
)
def test_met_depends_on_the_kind_of_target(
    indicator: str, target: str, outcome: str, met: str
) -> None:
    assert attain(*year(indicator, "growth", target, outcome))["met"].tolist() == [met]


def test_the_tolerance_of_about_is_a_choice() -> None:
    rows = year("gdp", "growth", "6%左右", "5.4%")
    assert attain(*rows, about_pp=1)["met"].tolist() == ["met_within_about"]
    assert attain(*rows, about_pp=1)["tolerance"].tolist() == [1]
    rows = year("x", "level", "100户左右", "95户")
    assert attain(*rows)["met"].tolist() == ["met_within_about"]
    assert attain(*rows)["tolerance"].tolist() == [5]
    assert attain(*rows, about_pct=4)["met"].tolist() == ["missed"]
    assert attain(*year("x", "level", "100户", "95户"))["tolerance"].tolist() == [0]


def test_inside_a_range_there_is_no_gap() -> None:
    row = attain(*year("gdp", "growth", "6—7%", "6.5%")).iloc[0]
    assert (row["target"], row["target_high"], row["gap"], row["attainment_pct"]) == (6, 7, 0, 100)
    assert attain(*year("gdp", "growth", "6—7%", "7.5%"))["gap"].tolist() == [0.5]


def test_shares_ranks_and_directions_have_no_attainment() -> None:
    found = attain(
        *year("s", "share", "80%", "90%"),
        *year("r", "rank", "3位", "2位"),
        *year("d", "direction", "-1", "-1"),
        *year("e", "direction", "-1", "1"),
    ).set_index("indicator")
    assert found["attainment_pct"].isna().all()
    assert found["met"].to_dict() == {"s": "met", "r": "met", "d": "met", "e": "missed"}
    assert found.loc["s", "gap"] == 10


def test_each_region_has_its_own_latest_year() -> None:
    rows = [
        ("gdp", when, kind, "growth", "5%", "exact", region)
        for region, years in (("a", (2030, 2031)), ("b", (2029, 2030)))
        for when in years
        for kind in ("target", "outcome")
    ]
    rows.append(("gdp", 2032, "outcome", "growth", "5%", "exact", "a"))
    latest = attain(*rows, year=None)
    assert dict(zip(latest["region"], latest["year"], strict=True)) == {"a": 2031, "b": 2030}
    assert len(attain(*rows)) == 4
    assert len(attain(*rows, region="a")) == 2
    assert len(attain(*rows, year=2030)) == 2
    assert len(attain(*rows, year=[2029, 2031])) == 2
    with pytest.raises(ValueError, match="all"):
        attain(*rows, year="every")


# --- implied base -----------------------------------------------------------------------------


def test_the_implied_base_is_an_interval() -> None:
    row = implied_base(facts(*VISITS), relations=NO_RELATIONS).iloc[0]
    assert (row["year"], row["from_year"], row["implied"]) == (2029, 2030, 3_200_000)
    assert row["implied_low"] == pytest.approx(3_995_000 / 1.255)
    assert row["implied_high"] == pytest.approx(4_005_000 / 1.245)
    assert (row["as_printed_level"], row["as_printed_growth"]) == ("400万人次", "25%")
    assert row["basis"] == "as_stated"


def test_growth_at_constant_prices_is_marked() -> None:
    real = table([("constant_prices", "visits", "visits", "", "")], RELATIONS)
    assert implied_base(facts(*VISITS), relations=real)["basis"].tolist() == ["constant_prices"]


def test_only_outcomes_imply_a_base() -> None:
    rows = facts(VISITS[2], ("visits", *TARGET, "growth", "25%"))
    assert len(implied_base(rows, relations=NO_RELATIONS)) == 0


# --- what does not add up ---------------------------------------------------------------------

PER_VISIT = table([("per_unit", "money", "visits", "", "")], RELATIONS)
CLEAN = (
    *VISITS,
    ("visits", *TARGET, "growth", "25%"),
    ("visits", 2029, "outcome", "level", "320万人次"),
    ("money", *OUTCOME, "level", "8亿元"),
    ("money", *OUTCOME, "growth", "25%"),
    ("money", *TARGET, "level", "10亿元"),
    ("money", *TARGET, "growth", "25%以上"),
    ("part", *OUTCOME, "level", "4亿元"),
    ("part", *TARGET, "level", "5亿元"),
    ("rest", *OUTCOME, "level", "4亿元"),
)
CLEAN_RELATIONS = table(
    [
        ("per_unit", "money", "visits", "", ""),
        ("part_of", "part", "money", "", ""),
        ("driver", "money", "visits", "", ""),
        ("adds_up_to", "part", "money", "", ""),
        ("adds_up_to", "rest", "money", "", ""),
    ],
    RELATIONS,
)


def test_figures_that_fit_give_no_findings() -> None:
    found = check(*CLEAN, relations=CLEAN_RELATIONS)
    assert found["arithmetic_en"].tolist() == []
    assert list(found) == [
        *("kind", "indicator", "other_indicator", "year", "stated", "computed", "computed_low"),
        *("computed_high", "unit", "arithmetic_en", "arithmetic_zh", "severity", "sources"),
        "lines",
    ]


@pytest.mark.parametrize(
    ("stated", "severity"),
    [
        ("20%", "high"),
        ("20%以上", "low"),
        ("30%以上", "high"),
        ("30%以内", "low"),
        ("20%以内", "high"),
    ],
)
def test_a_stated_growth_must_fit_its_levels(stated: str, severity: str) -> None:
    row = check(*VISITS, ("visits", *TARGET, "growth", stated)).iloc[0]
    assert (row["kind"], row["indicator"], row["year"]) == ("growth_vs_levels", "visits", 2031)
    assert row["severity"] == severity
    assert row["computed"] == pytest.approx(25)
    assert row["computed_low"] < 25 < row["computed_high"]
    assert row["arithmetic_en"].startswith(
        "5 million visits ÷ 4 million visits − 1 = 25.0% (24.8% to 25.2%); the stated growth is "
    )
    assert "报告所列增速为" + stated in row["arithmetic_zh"]
    assert row["lines"] == "1; 3; 4"


def test_rounding_is_no_contradiction() -> None:
    assert len(check(*VISITS, ("visits", *TARGET, "growth", "25.1%"))) == 0
    assert len(check(*VISITS, ("visits", *TARGET, "growth", "24.5%左右"))) == 0
    assert len(check(*VISITS, ("visits", *TARGET, "growth", "24%左右"))) == 1


def test_printed_outcomes_of_two_years_are_checked_too() -> None:
    found = check(*VISITS[:2], ("visits", 2029, "outcome", "level", "300万人次"))
    assert found[["kind", "year", "stated"]].values.tolist() == [["growth_vs_levels", 2030, 25]]
    real = table([("constant_prices", "visits", "visits", "", "")], RELATIONS)
    rows = (*VISITS[:2], ("visits", 2029, "outcome", "level", "300万人次"))
    assert len(check(*rows, relations=real)) == 0


@pytest.mark.parametrize(
    ("number", "kind", "severity"),
    [("60", "restated_target", "low"), ("70", "restated_target", "high")],
)
def test_repeats_are_found_through_the_excluded_numbers(
    number: str, kind: str, severity: str
) -> None:
    excluded = table([("made_up", "9", number, "repeat", "line 2")], EXCLUDED)
    rows = (("x", *OUTCOME, "level", "50户"), ("x", *TARGET, "level", "60户以上"))
    row = check(*rows, excluded=excluded).iloc[0]
    assert (row["kind"], row["severity"], row["lines"]) == (kind, severity, "2; 9")
    assert "60户以上" in row["arithmetic_zh"] and number in row["arithmetic_zh"]
    other = excluded.assign(source="another")
    assert len(check(*rows, excluded=other)) == 0


@pytest.mark.parametrize(("target", "found"), [("19个", 0), ("21个", 1), ("5个", 0), ("4个", 1)])
def test_a_target_far_from_its_outcome(target: str, found: int) -> None:
    rows = (("x", *OUTCOME, "level", "10个"), ("x", *TARGET, "level", target))
    assert len(check(*rows)) == found
    assert len(check(*rows, far=(0.01, 100))) == 0


def test_a_caveated_pair_is_not_far_from_anything() -> None:
    links = table([("x", "y", "caveat", "a", "b")], LINKS)
    rows = (("x", *OUTCOME, "level", "10个"), ("y", *TARGET, "level", "90个"))
    assert len(check(*rows, links=links)) == 0


def test_a_count_printed_in_full_has_no_interval() -> None:
    row = check(("x", *OUTCOME, "level", "9个"), ("x", *TARGET, "level", "3个")).iloc[0]
    assert row["computed_low"] == row["computed"] == row["computed_high"]
    assert row["arithmetic_en"] == "3 ÷ 9 = 33.3% of the outcome of 2030."


def test_money_that_runs_away_from_what_it_should_move() -> None:
    relations = table([("driver", "loans", "jobs", "", "")], RELATIONS)
    row = check(
        ("loans", *OUTCOME, "level", "1000万元"),
        ("loans", *TARGET, "level", "1900万元"),
        ("jobs", *OUTCOME, "level", "1000人"),
        ("jobs", *TARGET, "level", "900人"),
        relations=relations,
    ).iloc[0]
    assert (row["kind"], row["other_indicator"]) == ("money_vs_count", "jobs")
    assert (row["computed"], row["stated"]) == pytest.approx((190, 90))
    assert row["arithmetic_zh"] == (
        "loans：1900万元 ÷ 1000万元 = 1.90；jobs：900人 ÷ 1000人 = 0.90。"
    )


def test_a_part_against_the_growth_of_its_whole_names_the_caveat() -> None:
    links = table([("part", "list", "caveat", "Two lists.", "清单不同。")], LINKS)
    relations = table([("part_of", "part", "whole", "", "")], RELATIONS)
    row = check(
        ("part", *OUTCOME, "level", "200亿元"),
        ("list", *TARGET, "level", "100亿元"),
        ("whole", *TARGET, "growth", "8%"),
        links=links,
        relations=relations,
    ).iloc[0]
    assert row["kind"] == "part_vs_whole_growth"
    assert (row["computed"], row["stated"]) == pytest.approx((-50, 8))
    assert "10 billion yuan ÷ 20 billion yuan − 1 = −50.0%" in row["arithmetic_en"]
    assert row["arithmetic_en"].endswith("Not the same scope: Two lists.")
    assert row["arithmetic_zh"].endswith("口径不同：清单不同。")


def test_a_ratio_that_turns_round() -> None:
    rows = (
        *VISITS,
        ("money", *OUTCOME, "level", "8.0亿元"),
        ("money", *OUTCOME, "growth", "10.0%"),
        ("money", *TARGET, "level", "11亿元"),
    )
    row = check(*rows, relations=PER_VISIT).iloc[0]
    assert (row["kind"], row["indicator"], row["year"]) == ("ratio_shift", "money", 2031)
    assert (row["stated"], row["computed"]) == pytest.approx((200, 220))
    assert row["unit"] == "yuan per person-visit"
    assert "= 227.3; 2030: 800 million yuan ÷ 4 million visits = 200.0;" in row["arithmetic_en"]
    assert row["arithmetic_zh"].endswith("= 220.0 元/人次（变化−12.0%，继而+10.0%）。")
    # Once the target goes on the way it went, only a jump is remarkable.
    on = (*rows[:-1], ("money", *TARGET, "level", "9.5亿元"))
    assert len(check(*on, relations=PER_VISIT)) == 0
    assert len(check(*on, relations=PER_VISIT, ratio_jump=0.01)) == 1


def test_parts_against_their_whole() -> None:
    relations = table(
        [("part_of", "part", "whole", "", ""), ("part_of", "money", "whole", "", "")], RELATIONS
    )
    rows = (
        ("part", *OUTCOME, "level", "12亿元"),
        ("money", *OUTCOME, "level", "9亿元"),
        ("whole", *OUTCOME, "level", "10亿元"),
    )
    found = check(*rows, relations=relations)
    assert found[["kind", "indicator", "severity"]].values.tolist() == [
        ["parts_vs_whole", "part", "high"]
    ]
    sums = relations.assign(relation="adds_up_to")
    found = check(*rows, relations=sums)
    assert found["computed"].tolist() == [2_100_000_000]
    assert "12亿元" in found["arithmetic_zh"][0] and "9亿元" in found["arithmetic_zh"][0]
    assert "900 million yuan + 1.2 billion yuan" in found["arithmetic_en"][0]
    assert len(check(*rows[1:], relations=sums)) == 0  # not all parts are known


# --- properties -------------------------------------------------------------------------------

QUALIFIED = st.sampled_from(["{}个", "{}个以上", "{}个以内", "{}个左右"])
NUMBERS = st.integers(1, 10_000)
SAMPLES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), NUMBERS, NUMBERS, QUALIFIED, st.booleans()),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


def rows_of(samples: list[tuple[str, int, int, str, bool]]) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for indicator, outcome, target, shape, growth in samples:
        rows.append((indicator, *OUTCOME, "level", f"{outcome}个"))
        rows.append((indicator, *TARGET, "level", shape.format(target)))
        rows.append((indicator, 2030, "target", "level", shape.format(target)))
        if growth:
            rows.append((indicator, *OUTCOME, "growth", f"{target % 50}%"))
            rows.append((indicator, *TARGET, "growth", shape.format(outcome % 50)[:-1] + "%"))
    rows = [(*row[:4], str(row[4]).replace("个%", "%").replace("个以%", "%以上")) for row in rows]
    rows = [row for row in rows if "个左%" not in str(row[4])]
    made = facts(*rows)
    return made.assign(line=made["line"] // 5)  # several figures stand in one line


WEB = table(
    [
        (kind, one, other, "", "")
        for kind in ("driver", "part_of", "per_unit", "adds_up_to")
        for one, other in ("ab", "cd", "ef", "gd")
    ],
    RELATIONS,
)
SOME_LINKS = table([("a", "b", "wording", "x", "x"), ("c", "d", "caveat", "x", "x")], LINKS)


def everything(table_of_facts: pd.DataFrame) -> list[pd.DataFrame]:
    return [
        outcomes_vs_targets(table_of_facts, links=SOME_LINKS, indicators=INDICATORS),
        attainment(table_of_facts, indicators=INDICATORS),
        implied_base(table_of_facts, relations=NO_RELATIONS),
        inconsistencies(
            table_of_facts,
            links=SOME_LINKS,
            relations=WEB,
            excluded=table([], EXCLUDED),
            indicators=INDICATORS,
        ),
    ]


@settings(max_examples=15, deadline=None)
@given(samples=SAMPLES, seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(
    samples: list[tuple[str, int, int, str, bool]], seed: int
) -> None:
    made = rows_of(samples)
    shuffled = made.sample(frac=1, random_state=seed)
    for one, other in zip(everything(made), everything(shuffled), strict=True):
        pd.testing.assert_frame_equal(one, other)


@settings(max_examples=15, deadline=None)
@given(samples=SAMPLES, factor=st.sampled_from([1e-3, 0.5, 10.0, 1e8]))
def test_the_size_of_the_unit_does_not_matter(
    samples: list[tuple[str, int, int, str, bool]], factor: float
) -> None:
    made = rows_of(samples)
    level = made["measure"] == "level"
    scaled = made.copy()
    for name in ("value_base", "low", "high"):
        scaled[name] = scaled[name].where(~level, scaled[name] * factor)
    first, second = (everything(each) for each in (made, scaled))
    relative = (
        ["change_pct", "required_growth", "achieved_growth", "stance", "verdict"],
        ["attainment_pct", "met"],
        ["growth", "as_printed_level"],
        ["kind", "indicator", "arithmetic_en", "severity"],
    )
    for one, other, columns in zip(first, second, relative, strict=True):
        pd.testing.assert_frame_equal(one[columns], other[columns], rtol=1e-6, atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(samples=SAMPLES)
def test_what_always_holds(samples: list[tuple[str, int, int, str, bool]]) -> None:
    compared, attained, implied, found = everything(rows_of(samples))
    strict = compared[compared["comparability"] == "strict"]
    assert np.allclose(strict["change"], strict["target"] - strict["outcome"])
    levels = strict[strict["measure"] == "level"]
    grown = levels["outcome"] * (1 + levels["required_growth"] / 100)
    assert np.allclose(grown, levels["target"])
    floors = strict[strict["verdict"] == "floor_below_outcome"]
    assert (floors["target_qualifier"] == "at_least").all() and (floors["change"] < 0).all()
    assert (attained["gap"].between(attained["gap_low"], attained["gap_high"])).all()
    missed = attained[(attained["met"] == "missed") & (attained["target_qualifier"] == "at_least")]
    assert (missed["attainment_pct"] < 100).all()
    assert implied["implied"].between(implied["implied_low"], implied["implied_high"]).all()
    assert found["computed"].between(found["computed_low"], found["computed_high"]).all()

"""Comparisons of the package's own data: what must be found there, recomputed from the facts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from yanshi_analysis.compare import (
    attainment,
    implied_base,
    inconsistencies,
    latest_outcome_year,
    outcomes_vs_targets,
)
from yanshi_analysis.data import load_facts, load_links

HOME = "410307"


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return load_facts()


@pytest.fixture(scope="module")
def findings(facts: pd.DataFrame) -> pd.DataFrame:
    return inconsistencies(facts)


def level(facts: pd.DataFrame, indicator: str, kind: str) -> float:
    rows = facts.query(
        "region == @HOME and indicator == @indicator and kind == @kind and measure == 'level'"
    )
    return float(rows["value_base"].iloc[-1])


def test_all_strict_pairs_and_all_links_with_a_common_measure_are_there(
    facts: pd.DataFrame,
) -> None:
    table = outcomes_vs_targets(facts)
    year = latest_outcome_year(facts)
    assert year is not None
    home = facts[facts["region"] == HOME]
    keys = ["indicator", "measure"]
    outcomes = home.query("kind == 'outcome' and year == @year")[keys]
    targets = home.query("kind == 'target' and year == @year + 1")[keys]
    strict = table[table["comparability"] == "strict"]
    assert len(strict) == len(outcomes.merge(targets)) >= 20
    links = load_links()
    expected = links.merge(outcomes, left_on="outcome_indicator", right_on="indicator").merge(
        targets.rename(columns={"indicator": "target_indicator"}),
        on=["target_indicator", "measure"],
    )
    linked = table[table["comparability"] != "strict"]
    assert len(linked) == len(expected) >= 20
    assert (linked["reason_en"] != "").all() and (linked["reason_zh"] != "").all()


def test_no_computed_value_and_no_verdict_for_a_caveat(facts: pd.DataFrame) -> None:
    caveats = outcomes_vs_targets(facts).query("comparability == 'caveat'")
    assert len(caveats)
    assert caveats[["change", "change_pct", "required_growth"]].isna().all(axis=None)
    assert set(caveats["verdict"]) == {"not_comparable"}


def test_every_value_can_be_traced(facts: pd.DataFrame) -> None:
    table = outcomes_vs_targets(facts)
    for side in ("outcome", "target"):
        assert (table[f"{side}_source"] != "").all()
        assert table[f"{side}_line"].notna().all()
        assert (table[f"{side}_as_printed"] != "").all()


@pytest.mark.parametrize(
    ("kind", "indicator", "other"),
    [
        ("growth_vs_levels", "tourism_revenue", ""),
        ("growth_vs_levels", "tourist_visits", ""),
        ("restated_target", "new_market_entities", ""),
        ("restated_target", "new_urban_jobs", ""),
        ("target_far_from_outcome", "technology_contract_value", ""),
        ("money_vs_count", "entrepreneurship_loans", "new_urban_jobs"),
        ("part_vs_whole_growth", "key_project_investment", "fixed_asset_investment"),
        ("ratio_shift", "tourism_revenue", "tourist_visits"),
    ],
)
def test_what_is_known_not_to_add_up_is_found(
    findings: pd.DataFrame, kind: str, indicator: str, other: str
) -> None:
    row = findings.query("kind == @kind and indicator == @indicator").iloc[0]
    assert row["other_indicator"] == other
    assert row["arithmetic_en"].endswith(".") and row["arithmetic_zh"].endswith("。")
    assert not any(character >= "\u4e00" for character in row["arithmetic_en"])
    assert row["sources"] and ";" in row["lines"]


def test_the_findings_hold_the_sums_they_show(facts: pd.DataFrame, findings: pd.DataFrame) -> None:
    def of(kind: str, indicator: str) -> pd.Series[Any]:
        return findings.query("kind == @kind and indicator == @indicator").iloc[0]

    for indicator in ("tourism_revenue", "tourist_visits"):
        row = of("growth_vs_levels", indicator)
        ratio = level(facts, indicator, "target") / level(facts, indicator, "outcome")
        assert row["computed"] == pytest.approx(100 * (ratio - 1))
        assert row["stated"] < row["computed_low"]
        assert row["severity"] == "low"  # a floor permits a higher growth
    spending = of("ratio_shift", "tourism_revenue")
    for column, kind in (("stated", "outcome"), ("computed", "target")):
        ratio = level(facts, "tourism_revenue", kind) / level(facts, "tourist_visits", kind)
        assert spending[column] == pytest.approx(ratio)
    loans = of("money_vs_count", "entrepreneurship_loans")
    assert loans["computed"] > 2 * loans["stated"]


def test_findings_are_few_enough_to_read_and_unique(findings: pd.DataFrame) -> None:
    assert 8 <= len(findings) <= 30
    assert not findings.duplicated(["kind", "indicator", "other_indicator", "year"]).any()
    assert set(findings["severity"]) <= {"high", "medium", "low"}


def test_every_region_can_be_checked(facts: pd.DataFrame) -> None:
    for region in facts["region"].unique():
        inconsistencies(facts, region)


def test_attainment_covers_the_nation_over_decades_and_the_provinces(facts: pd.DataFrame) -> None:
    nation = attainment(facts, "all", "000000")
    assert nation["year"].nunique() >= 20
    latest = attainment(facts)
    assert latest.loc[latest["region"] != "000000", "region"].nunique() >= 30
    assert (latest.groupby("region")["year"].nunique() == 1).all()


def test_prices_are_a_ceiling(facts: pd.DataFrame) -> None:
    prices = attainment(facts, "all", "000000").query("indicator == 'consumer_prices'")
    assert len(prices)
    under = prices["outcome"] <= prices["target"]
    assert (prices.loc[under, "met"] == "met").all()
    assert (prices.loc[~under, "met"] != "met").all()


def test_a_base_is_implied_where_level_and_growth_are_printed(facts: pd.DataFrame) -> None:
    table = implied_base(facts).query("region == @HOME and indicator == 'tourist_visits'")
    row = table.iloc[0]
    assert row["implied_low"] < row["implied"] < row["implied_high"]
    assert row["implied"] * (1 + row["growth"] / 100) == pytest.approx(row["level"])

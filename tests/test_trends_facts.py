"""Projections from facts: which evidence leads to which method."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanshi_analysis import load_facts
from yanshi_analysis.compare import latest_outcome_year
from yanshi_analysis.trends import (
    backtest,
    chance_of_meeting,
    forecast,
    project,
    reference_class,
    spread,
    years_to_reach,
)
from yanshi_analysis.trends._series import plan_end

BANDS = ["lo80", "hi80", "lo95", "hi95"]
COLUMNS = [
    "indicator", "region", "year", "scenario", "method", "n", "mean", *BANDS, "basis", "note",
    "observed",
]  # fmt: skip


def fact(
    indicator: str,
    year: int,
    value: float,
    kind: str = "outcome",
    measure: str = "level",
    **other: Any,
) -> dict[str, Any]:
    unit = {"level": "yuan", "growth": "%", "share": "%"}.get(measure, measure)
    row = {
        "indicator": indicator, "region": "410307", "year": year, "kind": kind, "measure": measure,
        "value": value, "value_high": np.nan, "unit": unit, "qualifier": "exact", "status": "A",
        "as_printed": f"{value:g}", "section": "1.1", "page": pd.NA, "line": pd.NA, "source": "s",
        "note": "", "value_base": value, "unit_base": unit, "low": value - 0.05,
        "high": value + 0.05,
    } | other  # fmt: skip
    return row


def facts(*rows: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    texts = ["indicator", "region", "kind", "measure", "unit", "qualifier", "status", "as_printed",
             "section", "source", "note", "unit_base"]  # fmt: skip
    return table.astype(dict.fromkeys(texts, "str") | {"page": "Int64", "line": "Int64"})


def levels(
    values: Any, start: int = 2000, indicator: str = "gdp", **other: Any
) -> list[dict[str, Any]]:
    return [fact(indicator, start + i, float(v), **other) for i, v in enumerate(values)]


def elsewhere(
    misses: Any, indicator: str = "gdp", target: float = 5.0, start: int = 1990, **other: Any
) -> list[dict[str, Any]]:
    rows = []
    for i, miss in enumerate(misses):
        shared = {"measure": "growth", "region": "000000"} | other
        rows.append(fact(indicator, start + i, target, "target", **shared))
        rows.append(fact(indicator, start + i, target + miss, **shared))
    return rows


# --- few levels: scenarios ---------------------------------------------------------------------


def test_one_level_gives_scenarios_and_no_ranges() -> None:
    table = project(
        facts(
            fact("tourist_visits", 2024, 100.0),
            fact("tourist_visits", 2024, 10.0, measure="growth"),
            fact("tourist_visits", 2025, 8.0, "target", "growth"),
            fact("tourist_visits", 2025, 120.0, "target"),
        ),
        "tourist_visits",
    )
    assert set(COLUMNS) <= set(table.columns)
    assert table[BANDS].isna().all(axis=None)
    assert table["observed"].tolist() == [True] + [False] * (len(table) - 1)
    at = table.set_index(["scenario", "year"])["mean"]
    assert at["implied_base", 2023] == pytest.approx(100 / 1.1)
    assert at["last_growth", 2026] == pytest.approx(100 * 1.1**2)
    assert at["target_growth", 2026] == pytest.approx(100 * 1.08**2)
    assert at["target_pace", 2026] == pytest.approx(100 * 1.2**2)
    assert table["year"].max() == 2030
    assert (table["n"] == 1).all()
    ahead = table[~table["observed"] & (table["scenario"] != "implied_base")]
    assert ahead["note"].str.contains("no ranges").all()
    assert ahead["basis"].str.contains(" | ", regex=False).all()


def test_the_implied_base_states_what_rounding_allows() -> None:
    table = project(load_facts(), "tourist_visits")
    base = table[table["scenario"] == "implied_base"].iloc[0]
    assert "5,741,000 to 5,754,000" in base["basis"]  # 574.1 to 575.4 万人次
    assert base["mean"] == pytest.approx(6_650_000 / 1.157)


def test_a_floor_below_the_level_is_not_a_pace() -> None:
    table = project(
        facts(
            fact("grain_output", 2024, 280.0),
            fact("grain_output", 2025, 250.0, "target", qualifier="at_least", high=np.inf),
        ),
        "grain_output",
    )
    ahead = table[~table["observed"]]
    assert set(ahead["scenario"]) == {"no_change", "target_held"}
    assert set(ahead.loc[ahead["scenario"] == "target_held", "mean"]) == {250.0}
    assert "floor below" in ahead.loc[ahead["scenario"] == "target_held", "note"].iloc[0]


def test_a_lower_exact_target_is_a_pace() -> None:
    table = project(
        facts(fact("gdp", 2024, 100.0), fact("gdp", 2025, 90.0, "target")), "gdp", until=2026
    )
    assert table.set_index(["scenario", "year"])["mean"]["target_pace", 2026] == pytest.approx(81)


def test_a_level_is_carried_on_by_the_growth_printed_after_it() -> None:
    table = project(
        facts(fact("gdp", 2023, 100.0), fact("gdp", 2024, 5.0, measure="growth")), "gdp"
    )
    base = table[table["scenario"] == "derived_base"].iloc[0]
    assert (base["year"], base["mean"], base["observed"]) == (2024, 105.0, False)
    assert "2023" in base["basis"]
    assert "prices" in base["note"]


def test_levels_across_a_break_give_no_growth() -> None:
    rows = facts(
        fact("visits", 2023, 50.0), fact("visits", 2024, 100.0, note="break: new borders | 新边界")
    )
    table = project(rows, "visits")
    assert set(table["scenario"]) == {"observed", "no_change"}
    assert table["n"].unique().tolist() == [1]
    joined = facts(fact("visits", 2023, 50.0), fact("visits", 2024, 100.0))
    assert "last_growth" in set(project(joined, "visits")["scenario"])


def test_a_negative_level_has_no_growth_path() -> None:
    table = project(
        facts(fact("balance", 2024, -3.0), fact("balance", 2024, 10.0, measure="growth")), "balance"
    )
    assert set(table["scenario"]) == {"observed", "implied_base", "no_change"}


def test_the_report_as_the_issue_wants_it() -> None:
    known = load_facts()
    for indicator in ("tourist_visits", "tourism_revenue", "grain_output"):
        table = project(known, indicator)
        assert table["year"].max() == 2030
        assert table[BANDS].isna().all(axis=None)
        assert table.loc[~table["observed"], "scenario"].nunique() >= 2
    income = project(known, "disposable_income_per_capita")
    assert income["year"].max() == 2030


# --- longer series -----------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "method"), [(4, "shrunken_drift"), (7, "shrunken_drift"),
                                           (8, "median_combination")])  # fmt: skip
def test_the_length_decides(n: int, method: str) -> None:
    table = project(facts(*levels(100 + 7.0 * np.arange(n) ** 1.1)), "gdp")
    ahead = table[~table["observed"]]
    assert set(ahead["method"]) == {method}
    assert (ahead["n"] == n).all()
    assert ahead[BANDS].notna().all(axis=None)


def test_a_break_cuts_the_series_and_says_so() -> None:
    values = [500, 510, 520, 100, 105, 111, 116, 122]
    rows = levels(values)
    rows[3]["note"] = "break: boundaries changed in 2003. | 2003年区划调整"
    table = project(facts(*rows), "gdp")
    assert table.loc[table["observed"], "year"].tolist() == [2003, 2004, 2005, 2006, 2007]
    ahead = table[~table["observed"]]
    assert ahead["note"].str.contains("cut at 2003: boundaries changed").all()
    assert ahead["note"].str.contains("区划调整").all()
    uncut = project(facts(*levels(values)), "gdp")
    assert (uncut["n"] == 8).all()


def test_the_mention_of_a_break_before_is_not_a_break() -> None:
    rows = levels(range(100, 140, 5))
    rows[0]["note"] = "Boundaries before the change. | 调整前"
    assert (project(facts(*rows), "gdp")["n"] == 8).all()


def test_a_missing_year_cuts_the_series_and_says_so() -> None:
    rows = levels(range(100, 200, 10))
    del rows[3]
    table = project(facts(*rows), "gdp")
    assert (table["n"] == 6).all()
    assert "no figure for 2003" in table["note"].iloc[-1]
    rows[5]["value_base"] = np.nan  # the same for a row without a value
    assert (project(facts(*rows), "gdp")["n"] == 3).all()


def test_the_order_of_the_rows_does_not_matter() -> None:
    known = load_facts()
    mixed = known.sample(frac=1, random_state=3)
    for args in (("gdp", "410300"), ("tourist_visits",), ("industrial_value_added",)):
        pd.testing.assert_frame_equal(project(known, *args), project(mixed, *args))
    pd.testing.assert_frame_equal(chance_of_meeting(known), chance_of_meeting(mixed))


def test_luoyang_with_its_backtest() -> None:
    known = load_facts()
    table = project(known, "gdp", "410300")
    seen = table[table["observed"]]
    assert len(seen) == 10
    assert set(table["method"]) == {"as_printed", "median_combination"}
    assert table["year"].is_monotonic_increasing
    tried = backtest(known, "gdp", "410300")
    assert {"shrunken_drift", "median_combination", "naive", "drift", "theta"} <= set(
        tried["method"]
    )
    own = tried[tried["method"].isin(["shrunken_drift", "median_combination"])]
    naive = tried[tried["method"] == "naive"]
    assert own["error"].abs().mean() < naive["error"].abs().mean()
    assert own.loc[own["h"] == 1, "in95"].all()
    assert (own.groupby("origin")["n"].first().diff().dropna() == 1).all()


def test_a_backtest_knows_only_what_came_before() -> None:
    values = [100, 104, 109, 113, 118, 90, 300, 10, 500, 3]
    whole = backtest(facts(*levels(values)), "gdp", horizon=1)
    short = backtest(facts(*levels(values[:6])), "gdp", horizon=1)
    early = whole[whole["origin"] <= short["origin"].max()].reset_index(drop=True)
    pd.testing.assert_frame_equal(early, short)
    for origin, part in whole[
        whole["method"].isin(["shrunken_drift", "median_combination"])
    ].groupby("origin"):
        known = values[: int(origin) - 2000 + 1]
        assert part["n"].tolist() == [len(known)]
        assert part["mean"].tolist() == forecast(known, 1)["mean"].tolist()
        assert part["actual"].tolist() == [values[len(known)]]


@given(st.lists(st.floats(0, 100).map(lambda v: round(v, 1)), min_size=1, max_size=10))
@settings(max_examples=25, deadline=None)
def test_shares_stay_within_bounds(values: list[float]) -> None:
    table = project(facts(*levels(values, measure="share")), "gdp")
    numbers = table[["mean", *BANDS]].to_numpy()
    numbers = numbers[np.isfinite(numbers)]
    assert numbers.min() >= 0
    assert numbers.max() <= 100


@given(st.lists(st.floats(0, 1e6).map(round), min_size=1, max_size=10), st.sampled_from([1e3, 1e8]))
@settings(max_examples=25, deadline=None)
def test_the_unit_does_not_matter(values: list[float], unit: float) -> None:
    one = project(facts(*levels(values)), "gdp")
    other = project(facts(*levels([v * unit for v in values])), "gdp")
    size = max(float(np.abs(one["mean"]).max()), 1e-12)
    np.testing.assert_allclose(
        other[["mean", *BANDS]] / unit, one[["mean", *BANDS]], rtol=1e-5, atol=1e-5 * size
    )


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what", [{"kind": "context"}, {"measure": "direction"}, {"measure": "rank"}]
)
def test_context_directions_and_ranks_are_not_extrapolated(what: dict[str, str]) -> None:
    rows = facts(*(fact("gdp", 2000 + i, 1.0, **what) for i in range(9)))
    with pytest.raises(ValueError, match="nothing to project"):
        project(rows, "gdp")


def test_context_rows_do_not_enter_a_series() -> None:
    rows = [*levels(range(100, 150, 10)), fact("gdp", 2005, 9e9, "context")]
    assert project(facts(*rows), "gdp").loc[lambda t: t["observed"], "year"].max() == 2004


def test_a_year_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="more than once"):
        project(facts(*levels([1, 2, 3, 4]), fact("gdp", 2003, 5.0)), "gdp")


def test_unknown_names_are_said() -> None:
    known = load_facts()
    with pytest.raises(ValueError, match="no region has this indicator"):
        project(known, "gdpp")
    with pytest.raises(ValueError, match="410300"):
        project(known, "gdp", "999999")
    with pytest.raises(ValueError, match="level, growth, share"):
        project(known, "gdp", measure="levels")
    with pytest.raises(ValueError, match="column"):
        project(known.drop(columns="year"), "gdp")
    with pytest.raises(ValueError, match="not after the last observation"):
        project(known, "gdp", "410300", until=2020)
    with pytest.raises(ValueError, match="5 consecutive"):
        backtest(known, "tourist_visits")


def test_the_end_of_the_next_plan() -> None:
    assert [plan_end(y) for y in (2021, 2024, 2025, 2026, 2030)] == [2030, 2030, 2030, 2035, 2035]


# --- reference class ---------------------------------------------------------------------------


def test_misses_are_outcome_less_target_elsewhere() -> None:
    rows = elsewhere([-1.0, 0.5, 2.0]) + elsewhere([9.0], region="410307")
    cases = reference_class(facts(*rows), "gdp")
    assert cases["miss"].tolist() == [-1.0, 0.5, 2.0]
    assert set(cases["region"]) == {"000000"}
    assert reference_class(facts(*rows), "gdp", since=1992)["miss"].tolist() == [2.0]


def test_a_year_without_a_target_is_no_case() -> None:
    cases = reference_class(load_facts(), "gdp")
    assert 2020 not in set(cases["year"])
    assert 2020 in set(reference_class(load_facts(), "consumer_prices")["year"])


def test_misses_of_numbers_are_in_percent_of_the_target() -> None:
    cases = reference_class(load_facts(), "new_urban_jobs", measure="level")
    np.testing.assert_allclose(
        cases["miss"], 100 * (cases["outcome"] / cases["target"] - 1), rtol=1e-12
    )


def target_of(qualifier: str, indicator: str = "gdp", **other: Any) -> dict[str, Any]:
    return fact(indicator, 2025, 6.0, "target", "growth", qualifier=qualifier, **other)


@pytest.mark.parametrize(
    ("qualifier", "indicator", "good"),
    [
        ("exact", "gdp", 4),  # misses 0, 0.5, 1, 2
        ("at_least", "gdp", 4),
        ("about", "gdp", 7),  # and -0.5, -0.4, -0.1
        ("at_most", "gdp", 7),  # all but 0.5, 1, 2
        ("about", "energy_intensity", 8),  # better lower: all up to +0.5
        ("about", "consumer_prices", 5),  # neither is better: from -0.5 to +0.5
    ],
)
def test_the_chance_follows_the_qualifier(qualifier: str, indicator: str, good: int) -> None:
    misses = [-3.0, -2.0, -1.0, -0.5, -0.4, -0.1, 0.0, 0.5, 1.0, 2.0]
    rows = facts(
        fact(indicator, 2024, 5.0, measure="growth"),
        target_of(qualifier, indicator),
        *elsewhere(misses, indicator),
    )
    names = pd.DataFrame(
        {
            "indicator": ["gdp", "energy_intensity", "consumer_prices"],
            "better": ["higher", "lower", "none"],
        }
    ).astype("str")
    table = chance_of_meeting(rows, indicators=names)
    assert table["chance"].tolist() == [pytest.approx((good + 0.5) / 11)]
    assert table["n"].tolist() == [10]


def test_below_ten_cases_there_is_no_chance() -> None:
    rows = [fact("gdp", 2024, 5.0, measure="growth"), target_of("exact")]
    nine = chance_of_meeting(facts(*rows, *elsewhere(np.arange(9.0))))
    assert nine[["chance", "mean", *BANDS]].isna().all(axis=None)
    assert "9 cases are fewer than 10" in nine["note"].iloc[0]
    ten = chance_of_meeting(facts(*rows, *elsewhere(np.arange(10.0))))
    assert ten[["chance", "mean", *BANDS]].notna().all(axis=None)


def test_a_growth_target_is_projected_by_its_class() -> None:
    table = project(load_facts(), "gdp", measure="growth")
    row = table[~table["observed"]].iloc[0]
    cases = reference_class(load_facts(), "gdp")
    target = load_facts().query("indicator=='gdp' and region=='410307' and kind=='target'").iloc[0]
    low, high = spread(cases["miss"].to_numpy(), 80)
    assert (row["method"], row["n"]) == ("reference_class", len(cases))
    assert row["lo80"] == pytest.approx(target["value_base"] + low)
    assert row["hi80"] == pytest.approx(target["value_base"] + high)
    assert row["lo95"] < row["lo80"] < row["mean"] < row["hi80"] < row["hi95"]
    assert "leave out" in row["note"]
    assert str(len(cases)) in row["basis"]


def test_growth_without_a_class_has_no_range() -> None:
    rows = facts(fact("gdp", 2024, 5.0, measure="growth"), target_of("exact"))
    table = project(rows, "gdp")
    assert table[BANDS].isna().all(axis=None)
    assert table.loc[~table["observed"], "mean"].tolist() == [6.0]


def test_the_chances_of_the_report() -> None:
    known = load_facts()
    table = chance_of_meeting(known)
    rates = {"gdp", "industrial_value_added", "retail_sales", "fixed_asset_investment"}
    others = {"general_public_budget_revenue", "consumer_prices", "new_urban_jobs"}
    assert rates | others <= set(table["indicator"])
    assert set(table["year"]) == {(latest_outcome_year(known) or 0) + 1}
    enough = table["n"] >= 10
    assert table.loc[enough, "chance"].between(0, 1, inclusive="neither").all()
    assert table.loc[~enough, "chance"].isna().all()
    assert (table["chance_strict"].dropna() <= table["chance"].dropna()).all()
    assert (table.loc[enough, "lo95"] <= table.loc[enough, "lo80"]).all()
    recent = chance_of_meeting(known, since=2012).set_index("indicator")
    assert recent.at["gdp", "n"] < table.set_index("indicator").at["gdp", "n"]


def test_ranges_of_the_class_cover_regions_left_out() -> None:
    """Each region in turn: do the others' misses cover its own? Regions weigh alike."""
    cases = reference_class(load_facts(), "gdp")
    inside: dict[int, list[float]] = {80: [], 95: []}
    for region, level in itertools.product(cases["region"].unique(), inside):
        own = cases["region"] == region
        low, high = spread(cases.loc[~own, "miss"].to_numpy(), level)
        inside[level].append(float(cases.loc[own, "miss"].between(low - 1e-9, high + 1e-9).mean()))
    for level, hits in inside.items():
        assert np.mean(hits) * 100 == pytest.approx(level, abs=5)


# --- years to reach ----------------------------------------------------------------------------


def test_years_to_reach_a_level() -> None:
    rows = facts(fact("visits", 2024, 100.0), fact("visits", 2024, 10.0, measure="growth"),
                 fact("visits", 2025, 8.0, "target", "growth"))  # fmt: skip
    when = years_to_reach(rows, "visits", 121.0).set_index("scenario")
    assert when.at["last_growth", "years"] == pytest.approx(2)
    assert when.at["last_growth", "year"] == 2026
    assert when.at["target_growth", "year"] == 2027
    never = years_to_reach(rows, "visits", 50.0)
    assert never["year"].isna().all()
    now = years_to_reach(rows, "visits", 100.0)
    assert (now["year"] == 2024).all()


def test_the_years_agree_with_the_scenarios() -> None:
    known = load_facts()
    when = years_to_reach(known, "gdp", 1e11).set_index("scenario")
    assert (when["base_year"] == latest_outcome_year(known)).all()
    assert when["basis"].str.contains("level × (1 +", regex=False).all()
    table = project(known, "gdp", until=int(when["year"].max())).set_index(["scenario", "year"])
    for scenario, year in when["year"].items():
        assert table.at[(scenario, year), "mean"] >= 1e11
        assert table.at[(scenario, year - 1), "mean"] < 1e11


def test_a_projection_reaches_a_level_within_a_span() -> None:
    when = years_to_reach(load_facts(), "gdp", 7e11, "410300").iloc[0]
    assert when["earliest"] <= when["year"]
    assert pd.isna(when["latest"]) or when["year"] <= when["latest"]
    falling = facts(*levels([100, 92, 85, 78, 72, 66], indicator="farmers"))
    down = years_to_reach(falling, "farmers", 55.0).iloc[0]
    mean = project(falling, "farmers", until=2020).set_index("year")["mean"]
    assert mean[down["year"]] <= 55.0 < mean[down["year"] - 1]
    assert down["earliest"] <= down["year"]
    with pytest.raises(ValueError, match="finite"):
        years_to_reach(load_facts(), "gdp", np.nan)

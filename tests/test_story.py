"""Quotients with their intervals, and what the notebooks of single subjects say of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from yanshi_analysis import compare, data, notebook

REGION = "410307"


def fact(indicator: str, year: int, value: float, **other: object) -> dict[str, object]:
    """One fact, printed to the last unit: ± half a unit."""
    row: dict[str, object] = {
        "indicator": indicator, "region": REGION, "year": year, "kind": "outcome",
        "measure": "level", "value": value, "unit": "元", "qualifier": "exact", "status": "A",
        "as_printed": f"{value:g}元", "section": "1.1", "page": 1, "line": year - 1900,
        "source": "report_2025", "note": "", "value_base": value, "unit_base": "yuan",
        "low": value - 0.5, "high": value + 0.5,
    }  # fmt: skip
    return {**row, **other}


def counted(indicator: str, year: int, value: float, **other: object) -> dict[str, object]:
    return fact(indicator, year, value, unit="个", unit_base="item", **other)


def divided(*rows: dict[str, object]) -> pd.DataFrame:
    return compare.per_unit(
        pd.DataFrame(list(rows)), "tourism_revenue", "tourist_visits", 2030, REGION
    )


def test_quotient_takes_the_ends_crosswise() -> None:
    table = divided(fact("tourism_revenue", 2030, 100), fact("tourist_visits", 2030, 10))
    row = table.iloc[0]
    assert row["value_base"] == 10
    assert row["low"] == pytest.approx(99.5 / 10.5) and row["high"] == pytest.approx(100.5 / 9.5)
    assert row["lines"] == "130" and row["qualifier"] == "exact"


def test_things_counted_one_by_one_are_not_rounded() -> None:
    table = divided(fact("tourism_revenue", 2030, 100), counted("tourist_visits", 2030, 10))
    assert table["low"].iloc[0] == pytest.approx(9.95)
    scaled = counted("tourist_visits", 2030, 10) | {"unit": "万个"}
    assert divided(fact("tourism_revenue", 2030, 100), scaled)["low"].iloc[0] < 9.5


@pytest.mark.parametrize(
    ("over", "under", "qualifier"),
    [
        ("at_least", "exact", "at_least"),
        ("exact", "at_least", "at_most"),
        ("exact", "at_most", "at_least"),
        ("at_least", "at_least", "about"),
        ("about", "exact", "about"),
    ],
)
def test_a_floor_bounds_the_quotient_on_the_right_side(
    over: str, under: str, qualifier: str
) -> None:
    ends = {"at_least": {"high": np.inf}, "at_most": {"low": -np.inf}}
    table = divided(
        fact("tourism_revenue", 2030, 100, qualifier=over, **ends.get(over, {})),
        fact("tourist_visits", 2030, 10, qualifier=under, **ends.get(under, {})),
    )
    row = table.iloc[0]
    assert row["qualifier"] == qualifier
    assert np.isinf(row["high"]) == (over == "at_least" or under == "at_most")
    assert (row["low"] == 0) == (under == "at_least")


def test_the_year_before_follows_from_growth_unless_it_is_printed() -> None:
    grown = [
        fact("tourism_revenue", 2030, 110), fact("tourist_visits", 2030, 10),
        *(
            fact(name, 2030, 10, measure="growth", unit="%", unit_base="%", low=9.5, high=10.5)
            for name in ("tourism_revenue", "tourist_visits")
        ),
    ]  # fmt: skip
    table = divided(*grown)
    assert table["kind"].tolist() == ["implied", "outcome"]
    assert table["year"].tolist() == [2029, 2030]
    assert table["value_base"].iloc[0] == pytest.approx(11)
    printed = divided(*grown, fact("tourism_revenue", 2029, 90), fact("tourist_visits", 2029, 10))
    assert printed["kind"].tolist() == ["outcome", "outcome"]
    assert printed["value_base"].iloc[0] == 9


def test_one_of_two_and_zero_give_no_quotient() -> None:
    assert divided(fact("tourism_revenue", 2030, 100)).empty
    assert divided(fact("tourism_revenue", 2030, 1), fact("tourist_visits", 2030, 0)).empty


def spend(before: float, now: float) -> pd.DataFrame:
    facts = pd.DataFrame(
        [
            fact("tourism_revenue", 2029, before), fact("tourist_visits", 2029, 10),
            fact("tourism_revenue", 2030, now), fact("tourist_visits", 2030, 10),
            fact("tourism_revenue", 2031, 120, kind="target"),
            fact("tourist_visits", 2031, 10, kind="target"),
        ]
    )  # fmt: skip
    return notebook.quotient(
        facts, "spend_per_visit", "tourism_revenue", "tourist_visits", 2030, REGION
    )


@pytest.mark.parametrize(
    ("before", "now", "english", "chinese"),
    [(80, 100, "It rose", "有所上升"), (130, 100, "It fell", "有所下降"),
     (99, 100, "cannot be told", "无法判断")],
)  # fmt: skip
def test_a_change_within_rounding_is_not_called_one(
    before: float, now: float, english: str, chinese: str
) -> None:
    rows = spend(before, now)
    for lang, words in (("en", english), ("zh", chinese)):
        first, second, third = notebook.quotient_said(rows, lang)
        assert "2030" in first and words in second and "2031" in third


def test_bars_of_a_quotient_hold_outcome_target_and_change() -> None:
    pairs, base = notebook.bars_of(spend(80, 100))
    row = pairs.iloc[0]
    assert (row["outcome"], row["target"], row["year"], row["target_year"]) == (10, 12, 2030, 2031)
    assert row["change_pct"] == pytest.approx(20) and row["verdict"] == "raised"
    assert base.empty


def test_figures_put_those_with_targets_first_and_keep_every_outcome() -> None:
    page = notebook.begin("x")
    stated = page.about(page.report, "city")
    tiles = notebook.figures(stated, page.comparison)
    paired = tiles["target"].notna().tolist()
    assert paired == sorted(paired, reverse=True) and any(paired) and not all(paired)
    outcomes = stated[(stated["kind"] == "outcome") & (stated["measure"] != "direction")]
    assert sorted(tiles["indicator"] + tiles["measure"]) == sorted(
        outcomes["indicator"] + outcomes["measure"]
    )
    assert set(tiles["year"]) == {page.year}
    assert notebook.figures(stated.iloc[:0], page.comparison).empty


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_measured_counts_every_statistic_once(lang: str) -> None:
    page = notebook.begin("x", lang)
    stated = page.about(page.report, "environment")
    table = notebook.measured(stated, data.load_indicators(), lang)
    assert table.iloc[:, 1:].to_numpy().sum() == len(stated)
    assert notebook.measured(stated.iloc[:0], data.load_indicators(), lang).empty

"""Ratios with a meaning, such as spending per visit, through three years."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.compare._words import finding, name, percent, significant, unit_zh

__all__ = ["ratio_shifts"]

_SIDES = ("a", "b")


def _points(facts: pd.DataFrame, pairs: pd.DataFrame, implied: pd.DataFrame) -> pd.DataFrame:
    """Return base, outcome and target of every pair of levels, one row an indicator and year."""
    levels = pairs[(pairs["measure"] == "level") & pairs["change"].notna()]
    levels = levels.drop_duplicates(["indicator", "year"])
    table = levels[
        [
            "indicator",
            "year",
            "target_year",
            "outcome",
            "outcome_low",
            "outcome_high",
            "outcome_unit",
            "outcome_as_printed",
            "outcome_line",
            "outcome_source",
            "target",
            "target_as_printed",
            "target_line",
            "target_source",
            "unit_base",
        ]
    ]
    printed = facts[(facts["kind"] == "outcome") & (facts["measure"] == "level")]
    columns = ["indicator", "year", "base", "base_low", "base_high", "base_en", "base_line"]
    before = pd.DataFrame(
        {
            "indicator": printed["indicator"],
            "year": printed["year"] + 1,
            "base": printed["value_base"],
            "base_low": printed["low"],
            "base_high": printed["high"],
            "base_en": printed["as_printed"],
            "base_line": printed["line"],
        }
    )
    usable = implied[implied["basis"] == "as_stated"]
    worked_out = pd.DataFrame(
        {
            "indicator": usable["indicator"],
            "year": usable["from_year"],
            "base": usable["implied"],
            "base_low": usable["implied_low"],
            "base_high": usable["implied_high"],
            "base_en": usable["as_printed_level"] + " ÷ (1 + " + usable["as_printed_growth"] + ")",
            "base_line": usable["growth_line"],
        }
    )
    bases = pd.concat([before, worked_out], ignore_index=True)[columns]
    bases = bases.drop_duplicates(["indicator", "year"])  # what is printed goes before
    return table.merge(bases, on=["indicator", "year"], how="left")


def ratio_shifts(
    facts: pd.DataFrame,
    pairs: pd.DataFrame,
    implied: pd.DataFrame,
    relations: pd.DataFrame,
    names: pd.DataFrame,
    jump: float,
) -> list[dict[str, Any]]:
    """Return ratios that the targets turn round beyond rounding, or move by more than `jump`."""
    points = _points(facts, pairs, implied)
    related = relations.loc[
        relations["relation"] == "per_unit", ["indicator", "other_indicator"]
    ].rename(columns={"indicator": "indicator_a", "other_indicator": "indicator_b"})
    both = related
    for side in _SIDES:
        renamed = points.add_suffix(f"_{side}").rename(columns={f"year_{side}": "year"})
        both = both.merge(
            renamed, on=["year", f"indicator_{side}"] if side == "b" else f"indicator_{side}"
        )
    positive = (both[[f"{part}_b" for part in ("outcome", "target")]] > 0).all(axis=1)
    both = both[positive].reset_index(drop=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = both["base_a"] / both["base_b"]
        first_low = both["base_low_a"] / both["base_high_b"]
        first_high = both["base_high_a"] / both["base_low_b"]
        second = both["outcome_a"] / both["outcome_b"]
        second_low = both["outcome_low_a"] / both["outcome_high_b"]
        second_high = both["outcome_high_a"] / both["outcome_low_b"]
        third = both["target_a"] / both["target_b"]
        moved = third / second - 1
    fell = second_high < first_low
    rose = second_low > first_high
    turned = (fell & (third > second_high)) | (rose & (third < second_low))
    findings = []
    for at in np.flatnonzero(turned | (moved.abs() > jump)):
        row = both.iloc[at]
        findings.append(
            finding(
                "ratio_shift",
                "medium",
                row["indicator_a"],
                int(row["target_year_a"]),
                _words(row, names, first[at], second[at], third[at]),
                unit=f"{row['unit_base_a']} per {row['unit_base_b']}",
                stated=float(second[at]),
                computed=(float(third[at]),) * 3,
                sources=(row[f"{part}_source_{side}"] for part in _PARTS for side in _SIDES),
                lines=(
                    row[f"{part}_line_{side}"]
                    for part in ("base", *_PARTS)
                    for side in _SIDES
                    if part != "base" or not np.isnan(first[at])
                ),
                other=row["indicator_b"],
            )
        )
    return findings


_PARTS = ("outcome", "target")


def _words(
    row: pd.Series[Any], names: pd.DataFrame, first: float, second: float, third: float
) -> tuple[str, str]:
    """Return the three ratios and the change from each to the next, in both languages."""
    year = int(row["year"])
    over, under = name(names, row["indicator_a"]), name(names, row["indicator_b"])
    unit = (
        f"{row['unit_base_a']} per {row['unit_base_b']}",
        f"{unit_zh(row['outcome_unit_a'])}/{unit_zh(row['outcome_unit_b'])}",
    )
    steps = [
        (year, f"{row['outcome_as_printed_a']} ÷ {row['outcome_as_printed_b']}", second),
        (year + 1, f"{row['target_as_printed_a']} ÷ {row['target_as_printed_b']}", third),
    ]
    if not np.isnan(first):
        steps.insert(0, (year - 1, f"[{row['base_en_a']}] ÷ [{row['base_en_b']}]", first))
    changes = [percent(100 * (late[2] / early[2] - 1), sign="+") for early, late in pairwise(steps)]
    english = f"{over[0]} ÷ {under[0]}: " + "; ".join(
        f"{when}: {sum_} = {significant(value)}" for when, sum_, value in steps
    )
    chinese = f"{over[1]} ÷ {under[1]}：" + "；".join(
        f"{when}年 {sum_} = {significant(value)}" for when, sum_, value in steps
    )
    return (
        f"{english} {unit[0]} (change {', then '.join(changes)}).",
        f"{chinese} {unit[1]}（变化{'，继而'.join(changes)}）。",
    )

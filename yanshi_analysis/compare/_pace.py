"""How fast targets move from outcomes, alone and beside related indicators."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.compare._words import finding, name, percent, percents, unit_zh
from yanshi_analysis.compare.facts import records

__all__ = ["pace_vs_pace", "targets_far_from_outcomes"]

_KINDS = {"driver": "money_vs_count", "part_of": "part_vs_whole_growth"}
_COUNTS = ("item", "person", "person-visit")
_CAUTION = ("Not the same scope: ", "口径不同：")


def _levels(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of levels whose outcome is above zero, with target ÷ outcome."""
    same_unit = (pairs["change"].notna()) | (pairs["comparability"] == "caveat")
    levels = pairs[(pairs["measure"] == "level") & (pairs["outcome"] > 0) & same_unit]
    ranged = levels["target_qualifier"] == "range"
    top = levels["target_high"].where(ranged, levels["target"])
    outcome = levels["outcome"]
    nearest = outcome.clip(lower=levels["target"], upper=top)
    # A count printed in full, such as 9 car parks, is not rounded.
    counted = levels["unit_base"].isin(_COUNTS) & (levels["outcome_qualifier"] == "exact")
    counted &= levels["outcome_unit"].map(unit_zh) == levels["outcome_unit"]
    low = levels["outcome_low"].where(~counted, outcome)
    return levels.assign(
        pace=nearest / outcome,
        pace_low=nearest / levels["outcome_high"].where(~counted, outcome),
        pace_high=nearest / low.where(low > 0),
    )


def targets_far_from_outcomes(
    pairs: pd.DataFrame, far: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return level targets outside `far` times the outcome of the year before."""
    levels = _levels(pairs[pairs["comparability"] != "caveat"])
    levels = levels[(levels["pace"] < far[0]) | (levels["pace"] > far[1])]
    findings = []
    for row in records(levels):
        ratio = (100 * row.pace, 100 * row.pace_low, 100 * row.pace_high)
        shown, shown_zh = percents(*ratio)
        if row.pace > 1:
            shown, shown_zh = f"{row.pace:.2f} times", f"{row.pace:.2f}倍"
        else:
            shown += " of"
        sum_ = f"{row.target_as_printed} ÷ {row.outcome_as_printed}"
        floor = row.target_qualifier == "at_least" and row.pace < 1
        ending = ("; a minimum, not a forecast", "；该目标为下限，不是预测") if floor else ("", "")
        other = row.target_indicator if row.target_indicator != row.indicator else ""
        findings.append(
            finding(
                "target_far_from_outcome",
                "medium",
                row.indicator,
                int(row.target_year),
                (
                    f"{sum_} = {shown} the outcome of {row.year}{ending[0]}.",
                    f"目标为{row.year}年完成值的{shown_zh}：{sum_}{ending[1]}。",
                ),
                unit="%",
                computed=ratio,
                sources=(row.outcome_source, row.target_source),
                lines=(row.outcome_line, row.target_line),
                other=other,
            )
        )
    return findings


def _paces(facts: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pace of every indicator and target year: levels first, else growth targets."""
    levels = _levels(pairs)
    shown = levels["target_as_printed"] + " ÷ " + levels["outcome_as_printed"]
    own = pd.DataFrame(
        {
            "indicator": levels["indicator"],
            "year": levels["target_year"],
            "pace": levels["pace"],
            "pace_low": levels["pace_low"],
            "pace_high": levels["pace_high"],
            "shown_en": shown,
            "shown_zh": shown,
            "is_level": True,
            "reason_en": levels["reason_en"].where(levels["comparability"] == "caveat", ""),
            "reason_zh": levels["reason_zh"].where(levels["comparability"] == "caveat", ""),
            "sources": list(zip(levels["outcome_source"], levels["target_source"], strict=True)),
            "lines": list(zip(levels["outcome_line"], levels["target_line"], strict=True)),
        }
    )
    as_target = own.assign(indicator=levels["target_indicator"])
    growth = facts[(facts["kind"] == "target") & (facts["measure"] == "growth")]
    pace = 1 + growth["value_base"] / 100
    stated = pd.DataFrame(
        {
            "indicator": growth["indicator"],
            "year": growth["year"],
            "pace": pace,
            "pace_low": pace,
            "pace_high": pace,
            "shown_en": "a growth target of " + growth["as_printed"],
            "shown_zh": "增长目标" + growth["as_printed"],
            "is_level": False,
            "reason_en": "",
            "reason_zh": "",
            "sources": [(source,) for source in growth["source"]],
            "lines": [(line,) for line in growth["line"]],
        }
    )
    paces = pd.concat([own, as_target, stated], ignore_index=True)
    return paces.drop_duplicates(["indicator", "year"], ignore_index=True)


def pace_vs_pace(
    facts: pd.DataFrame,
    pairs: pd.DataFrame,
    relations: pd.DataFrame,
    names: pd.DataFrame,
    far: tuple[float, float],
) -> list[dict[str, Any]]:
    """Return drivers and parts whose targets move far otherwise than what they belong to."""
    paces = _paces(facts, pairs)
    related = relations[relations["relation"].isin(_KINDS)]
    related = related[["relation", "indicator", "other_indicator"]]
    both = related.merge(paces, on="indicator").merge(
        paces.rename(columns={"indicator": "other_indicator"}),
        on=["other_indicator", "year"],
        suffixes=("", "_other"),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = both["pace"] / both["pace_other"]
    findings = []
    for at in np.flatnonzero((quotient < far[0]) | (quotient > far[1])):
        row = both.iloc[at]
        minus = 0 if row["relation"] == "driver" else 1
        ours, theirs = (
            100 * (np.array([row[f"pace{end}{side}"] for end in ("", "_low", "_high")]) - minus)
            for side in ("", "_other")
        )
        sums = []
        for language, sign in ((0, ": "), (1, "：")):
            shown = "shown_zh" if language else "shown_en"
            sums.append(
                [
                    name(names, row[column])[language] + sign + _sum(row, shown, side, minus, value)
                    for column, side, value in (
                        ("indicator", "", ours[0]),
                        ("other_indicator", "_other", theirs[0]),
                    )
                ]
            )
        reasons = [
            dict.fromkeys(filter(None, (row[f"reason_{tag}"], row[f"reason_{tag}_other"])))
            for tag in ("en", "zh")
        ]
        english = "; ".join(sums[0]) + "."
        chinese = "；".join(sums[1]) + "。"
        if reasons[0]:
            english += " " + _CAUTION[0] + _stop("; ".join(reasons[0]), ".")
        if reasons[1]:
            chinese += _CAUTION[1] + _stop("；".join(reasons[1]), "。")
        findings.append(
            finding(
                _KINDS[row["relation"]],
                "medium",
                row["indicator"],
                int(row["year"]),
                (english, chinese),
                unit="%",
                stated=float(theirs[0]),
                computed=(float(ours[0]), float(ours[1]), float(ours[2])),
                sources=(*row["sources"], *row["sources_other"]),
                lines=(*row["lines"], *row["lines_other"]),
                other=row["other_indicator"],
            )
        )
    return findings


def _sum(row: pd.Series[Any], shown: str, side: str, minus: int, value: float) -> str:
    """Return `740 ÷ 665 − 1 = 11.3%`, or the growth target where no levels are printed."""
    text = str(row[shown + side])
    if not row["is_level" + side]:
        return text
    return f"{text} − 1 = {percent(value)}" if minus else f"{text} = {value / 100:.2f}"


def _stop(text: str, stop: str) -> str:
    return text.rstrip(".。;； ") + stop

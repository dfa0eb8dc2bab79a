"""Growth as stated against growth between the stated levels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis import units
from yanshi_analysis.compare._words import finding, percents

__all__ = ["growth_vs_levels"]

_ABOUT = 0.5  # percentage points
_ENDING = {
    "low": ("; a higher growth is within that wording", "；表述未排除更高增速"),
    "high": ("; both cannot hold as printed", "；两者不能同时成立"),
}


def growth_vs_levels(
    facts: pd.DataFrame, pairs: pd.DataFrame, relations: pd.DataFrame
) -> list[dict[str, Any]]:
    """Compare every stated growth with the growth between the levels beside it.

    `facts` are those of one region, `pairs` its outcomes against targets.
    """
    real = relations.loc[relations["relation"] == "constant_prices", "indicator"]
    growths = facts[(facts["measure"] == "growth") & ~facts["indicator"].isin(real)]
    both = pd.concat(
        [_targets(pairs, growths), _outcomes(facts, growths)], ignore_index=True
    ).reset_index(drop=True)
    if both.empty:
        return []
    low, high = _stated(both)
    with np.errstate(divide="ignore", invalid="ignore"):
        computed = 100 * (both["level"] / both["base"] - 1)
        computed_low = 100 * (both["level_low"] / both["base_high"] - 1)
        computed_high = 100 * (both["level_high"] / both["base_low"] - 1)
    apart = (computed_low > high + 1e-9) | (computed_high < low - 1e-9)
    above = computed > both["value_base"]
    permitted = (above & (both["qualifier"] == "at_least")) | (
        ~above & (both["qualifier"] == "at_most")
    )
    severity = np.where(permitted, "low", "high")
    findings = []
    for at in np.flatnonzero(apart & (both["base"] > 0)):
        row = both.iloc[at]
        value = (float(computed[at]), float(computed_low[at]), float(computed_high[at]))
        english, chinese = percents(*value)
        ending = _ENDING["low" if permitted[at] else "high"]
        if permitted[at] and not above[at]:
            ending = ("; a lower growth is within that wording", "；表述未排除更低增速")
        sum_ = f"{row['level_printed']} ÷ {row['base_printed']} − 1 ="
        printed = row["as_printed"]
        findings.append(
            finding(
                "growth_vs_levels",
                str(severity[at]),
                row["indicator"],
                int(row["year"]),
                (
                    f"{sum_} {english}; the stated growth is {printed}{ending[0]}.",
                    f"{sum_} {chinese}；报告所列增速为{printed}{ending[1]}。",
                ),
                unit="%",
                stated=float(row["value_base"]),
                computed=value,
                sources=(row["base_source"], row["level_source"], row["source"]),
                lines=(row["base_line"], row["level_line"], row["line"]),
            )
        )
    return findings


def _targets(pairs: pd.DataFrame, growths: pd.DataFrame) -> pd.DataFrame:
    """Return growth targets with the level target beside them and the outcome before."""
    level = pairs[(pairs["measure"] == "level") & pairs["verdict"].ne("not_comparable")]
    level = level.drop_duplicates(["target_indicator", "target_year"])
    ranged = level["target_qualifier"] == "range"
    sides = pd.DataFrame(
        {
            "indicator": level["target_indicator"],
            "year": level["target_year"],
            "kind": "target",
            "level": level["target"],
            "level_low": level["target"],
            "level_high": level["target_high"].where(ranged, level["target"]),
            "level_printed": level["target_as_printed"],
            "level_line": level["target_line"],
            "level_source": level["target_source"],
            "base": level["outcome"],
            "base_low": level["outcome_low"],
            "base_high": level["outcome_high"],
            "base_printed": level["outcome_as_printed"],
            "base_line": level["outcome_line"],
            "base_source": level["outcome_source"],
        }
    )
    return growths.merge(sides, on=["indicator", "year", "kind"])


def _outcomes(facts: pd.DataFrame, growths: pd.DataFrame) -> pd.DataFrame:
    """Return growth outcomes with the levels of their year and of the year before."""
    level = facts[(facts["measure"] == "level") & (facts["kind"] == "outcome")]
    columns = {
        "value_base": "level",
        "low": "level_low",
        "high": "level_high",
        "as_printed": "level_printed",
        "line": "level_line",
        "source": "level_source",
    }
    key = ["indicator", "year", "kind"]
    later = level[[*key, "unit_base", *columns]].rename(
        columns=columns | {"unit_base": "level_unit"}
    )
    before = later.rename(columns=lambda column: column.replace("level", "base"))
    before = before.assign(year=before["year"] + 1)
    both = growths.merge(later, on=key).merge(before, on=key)
    return both[both["level_unit"] == both["base_unit"]]


def _stated(growths: pd.DataFrame) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return the interval of the printed growth number itself, open ends closed again.

    ``about`` reaches at least as far as `attainment` lets it reach.
    """
    closed = [
        units.interval(float(value), float("nan"), unit, "exact", printed)
        for value, unit, printed in zip(
            growths["value"], growths["unit"], growths["as_printed"], strict=True
        )
    ]
    ends = pd.DataFrame(closed, columns=["low", "high"], index=growths.index)
    open_ = growths["qualifier"].isin(["at_least", "at_most"])
    low = growths["low"].where(~open_, ends["low"])
    high = growths["high"].where(~open_, ends["high"])
    about = growths["qualifier"] == "about"
    value = growths["value_base"]
    low = low.where(~about, np.minimum(low, value - _ABOUT))
    high = high.where(~about, np.maximum(high, value + _ABOUT))
    return low, high

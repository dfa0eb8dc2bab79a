"""When a level is reached."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.data import DISTRICT

from ._combination import SHORTEST
from ._forecast import forecast
from ._project import forecast_basis, scenario_paths
from ._series import cut, pick
from ._words import joined

COLUMNS = [
    "indicator", "region", "level", "scenario", "method", "n", "base_year", "base", "growth",
    "years", "year", "earliest", "latest", "basis", "note", "source",
]  # fmt: skip
FARTHEST = 100  # years ahead that a scenario is followed
AHEAD = 30  # and a projection


def years_to_reach(
    facts: pd.DataFrame, indicator: str, level: float, region: str = DISTRICT
) -> pd.DataFrame:
    r"""Say when an indicator reaches a level, in each scenario.

    In a scenario of constant growth `g` from the base `b`, after
    :math:`\ln(\text{level}/b)/\ln(1+g)` years. For a series with 4 or more observations, the first
    year in which the projection reaches it, and the first years in which the upper and the lower
    end of its 80 % range do.

    Parameters
    ----------
    facts
        Facts as `load_facts` returns them.
    indicator
        Id of an indicator with levels.
    level
        In base units (100 billion yuan is ``1e11``).
    region
        GB/T 2260 code.

    Returns
    -------
    DataFrame, a row for each scenario: `indicator`, `region`, `level`, `scenario`, `method`, `n`,
    `base_year`, `base`, `growth` (% a year), `years` (from the base year, with decimals), `year`
    (the first calendar year at or past the level; missing if it is not reached within 100 years,
    or 30 for a projection), `earliest` and `latest` (80 % range, projections only), `basis`,
    `note`, `source`. A level below the base is reached by falling to it.

    Raises
    ------
    ValueError
        If the facts hold no level of the indicator, or `level` is not a finite number.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> when = years_to_reach(load_facts(), "gdp", 1e11)
    >>> when[["scenario", "base_year"]].to_numpy().tolist()
    [['last_growth', 2024], ['target_growth', 2024]]
    """
    if not np.isfinite(level):
        raise ValueError(f"level must be a finite number in base units, not {level}")
    rows = pick(facts, indicator, region, "level")
    series = cut(rows)
    if not series.years:
        raise ValueError(f"{indicator!r} has no level in region {region!r} to start from")
    n = len(series.years)
    found: list[dict[str, Any]] = []
    if n >= SHORTEST:
        made = forecast(series.values, AHEAD)
        last, start = series.years[-1], float(series.values[-1])
        up = level >= start
        first, best, worst = (
            _first(made[c], level, up, last)
            for c in ("mean", *(("hi80", "lo80") if up else ("lo80", "hi80")))
        )
        found.append(
            {
                "scenario": "projection",
                "method": made["method"].iloc[0],
                "base_year": last,
                "base": start,
                "years": np.nan if first is None else float(first - last),
                "year": first,
                "earliest": best,
                "latest": worst,
                "basis": forecast_basis(series, str(made["method"].iloc[0])),
                "note": series.note,
                "source": "; ".join(dict.fromkeys(series.rows["source"])),
            }
        )
    else:
        base, ways = scenario_paths(facts, rows, series, "level")
        for way in ways:
            years = _years(base.value, level, way.growth, way.value)
            found.append(
                {
                    "scenario": way.scenario,
                    "method": way.method,
                    "base_year": base.year,
                    "base": base.value,
                    "growth": way.growth,
                    "years": years,
                    "year": None if np.isnan(years) else base.year + int(np.ceil(years - 1e-9)),
                    "basis": joined([way.basis, base.basis]),
                    "note": joined([way.note, base.note, series.note]),
                    "source": "; ".join(dict.fromkeys(f"{base.source}; {way.source}".split("; "))),
                }
            )
    table = pd.DataFrame(found, columns=COLUMNS)
    table = table.assign(indicator=indicator, region=region, level=float(level), n=n)
    whole = ["year", "earliest", "latest"]
    table[whole] = table[whole].astype("Int64")
    table["growth"] = table["growth"].astype("float64")
    words = ["basis", "note", "source"]
    table[words] = table[words].fillna("").astype("str")
    return table


def _first(values: pd.Series[float], level: float, up: bool, last: int) -> int | None:
    there = np.flatnonzero((values >= level) if up else (values <= level))
    return last + 1 + int(there[0]) if len(there) else None


def _years(base: float, level: float, growth: float, held: float) -> float:
    """Years until `level`; NaN if never, or later than `FARTHEST` years."""
    if level == base:
        return 0.0
    if np.isnan(growth):
        there = base < level <= held or held <= level < base
        return 1.0 if there else np.nan
    factor = 1 + growth / 100
    if base <= 0 or level <= 0 or factor <= 0 or factor == 1:
        return np.nan
    years = float(np.log(level / base) / np.log(factor))
    return years if 0 <= years <= FARTHEST else np.nan

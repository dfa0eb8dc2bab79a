"""Project an indicator by the method that the evidence allows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.compare.facts import dictionary, records
from yanshi_analysis.data import DISTRICT

from ._combination import SHORTEST
from ._forecast import forecast
from ._reference_class import describe, outlook, reference_class
from ._scenarios import Base, Pace, at, base_of, implied, paces
from ._series import Series, cut, last_year, pick, plan_end
from ._words import both, joined, span

COLUMNS = [
    "indicator", "region", "year", "scenario", "method", "n", "mean", "lo80", "hi80", "lo95",
    "hi95", "basis", "note", "observed", "measure", "unit_base", "source",
]  # fmt: skip
BANDS = ["lo80", "hi80", "lo95", "hi95"]


def project(
    facts: pd.DataFrame,
    indicator: str,
    region: str = DISTRICT,
    until: int | None = None,
    *,
    measure: str | None = None,
    since: int | None = None,
) -> pd.DataFrame:
    """Project an indicator, by what is known about it.

    =============================  ============================================  ==========
    evidence                       method                                        ranges
    =============================  ============================================  ==========
    a level, fewer than 4 years    scenarios (see `scenario` below)              none
    growth, fewer than 4 years,    `reference_class`: the target and how such    empirical
    and a growth target            targets fared elsewhere, n ≥ 10
    4 to 7 years                   `shrunken_drift`                              calibrated
    8 and more years               `median_combination` of drift, theta and      calibrated
                                   damped exponential smoothing
    =============================  ============================================  ==========

    The series starts after the last break declared in the facts' notes (``break: <reason>``) and
    after the last missing year. Growth is projected as growth, levels as levels; shares stay
    within 0 and 100, and levels that never were negative at 0 or above. Rows of kind `context` and
    ranks and directions are never extrapolated.

    Parameters
    ----------
    facts
        Facts as `load_facts` returns them, in any order.
    indicator
        Id from the dictionary.
    region
        GB/T 2260 code.
    until
        Last year; by default the end of the next five-year plan, counted from the region's latest
        outcome.
    measure
        ``"level"``, ``"growth"`` or ``"share"``; by default the first of these that the facts hold.
    since
        First year of the reference class; by default all.

    Returns
    -------
    DataFrame, a row for each year and scenario, observed years first: `indicator`, `region`,
    `year`; `scenario` (``observed``; ``implied_base``, the year before as level and growth imply
    it; ``derived_base``, a level carried on by printed growth; ``last_growth``, ``target_growth``,
    ``target_pace``, ``target_held``, ``no_change``; ``target`` for a reference class;
    ``projection``); `method` (``as_printed``, ``implied_base``, ``level_times_growth``,
    ``constant_growth``, ``held``, ``reference_class``, ``shrunken_drift``,
    ``median_combination``); `n` observations, or cases of the class; `mean`, `lo80`, `hi80`,
    `lo95`, `hi95` (base units for levels, % for growth and shares); `basis` and `note`, bilingual;
    `observed`; `measure`, `unit_base`, `source`.

    Raises
    ------
    ValueError
        If columns are missing, a year stands twice, or there is nothing to project.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = project(load_facts(), "tourist_visits")
    >>> table["scenario"].unique().tolist()
    ['observed', 'implied_base', 'last_growth', 'target_growth', 'target_pace']
    >>> project(load_facts(), "gdp", "410300")["method"].unique().tolist()
    ['as_printed', 'median_combination']
    """
    rows = pick(facts, indicator, region, measure)
    measure, unit = str(rows["measure"].iloc[0]), str(rows["unit_base"].iloc[0])
    series = cut(rows)
    if until is None:
        until = plan_end(last_year(facts, region, int(rows["year"].max())))
    found = _observed(series)
    if len(series.years) >= SHORTEST:
        found += _forecast(series, measure, until)
    elif measure == "growth":
        found += _from_class(facts, rows, series, since, until)
    elif series.years:
        found += _scenarios(facts, rows, series, measure, until)
    if not any(not row.get("observed") for row in found):
        if not series.years:
            raise ValueError(
                f"nothing to project: {indicator!r} has a target in region {region!r} but neither "
                "an outcome nor cases elsewhere"
            )
        if until <= series.years[-1]:
            raise ValueError(f"until={until} is not after the last observation, {series.years[-1]}")
    table = pd.DataFrame(found, columns=COLUMNS).assign(
        indicator=indicator, region=region, measure=measure, unit_base=unit
    )
    table["observed"] = table["observed"].eq(True)
    table["n"] = table["n"].fillna(len(series.years)).astype("int64")
    numbers = ["mean", *BANDS]
    table[numbers] = table[numbers].astype("float64")
    words = ["scenario", "method", "basis", "note", "source"]
    table[words] = table[words].fillna("").astype("str")
    return table


def _observed(series: Series) -> list[dict[str, Any]]:
    return [
        {
            "year": year,
            "scenario": "observed",
            "method": "as_printed",
            "mean": value,
            "basis": "",
            "note": getattr(row, "note", ""),
            "source": row.source,
            "observed": True,
        }
        for year, value, row in zip(series.years, series.values, records(series.rows), strict=True)
    ]


def _forecast(series: Series, measure: str, until: int) -> list[dict[str, Any]]:
    last = series.years[-1]
    if until <= last:
        return []
    made = forecast(series.values, until - last, measure=measure)
    basis = forecast_basis(series, str(made["method"].iloc[0]))
    source = "; ".join(dict.fromkeys(series.rows["source"]))
    return [
        {
            "year": last + row["h"],
            "scenario": "projection",
            "basis": basis,
            "note": series.note,
            "source": source,
            **{name: row[name] for name in ("method", "n", "mean", *BANDS)},
        }
        for row in made.to_dict("records")
    ]


def forecast_basis(series: Series, method: str) -> str:
    """Say what a forecast rests on, in both languages."""
    n = len(series.years)
    en, zh = span(series.years[0], series.years[-1])
    what = {
        "shrunken_drift": (
            "the yearly changes, shrunken as far as they disagree, and damped",
            "按年度变化的一致程度收缩并阻尼外推",
        ),
        "median_combination": (
            "the median of drift, theta and damped exponential smoothing",
            "漂移、theta与阻尼指数平滑三类方法的中位数",
        ),
    }[method]
    return both(
        f"{n} years, {en}: {what[0]}; ranges calibrated on public series by length and horizon",
        f"{zh}共{n}年：{what[1]}；区间按序列长度与预测期以公开序列校准",
    )


def _from_class(
    facts: pd.DataFrame, rows: pd.DataFrame, series: Series, since: int | None, until: int
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    last = series.years[-1] if series.years else -1
    indicator, region = str(rows["indicator"].iloc[0]), str(rows["region"].iloc[0])
    targets = rows[(rows["kind"] == "target") & (rows["year"] > last) & (rows["year"] <= until)]
    for target in records(targets):
        cases = reference_class(facts, indicator, region, since=since)
        high = float(target.high) if target.qualifier == "range" else float(target.value_base)
        centre = (float(target.value_base) + high) / 2
        basis, note = describe(cases, "growth")
        made = outlook(centre, "growth", cases["miss"].to_numpy(float))
        if np.isnan(made["mean"]):
            made["mean"] = centre
        found.append(
            {
                "year": int(target.year),
                "scenario": "target",
                "method": "reference_class" if len(cases) else "held",
                "n": len(cases),
                **made,
                "basis": basis,
                "note": joined([note, series.note]),
                "source": str(target.source),
            }
        )
    if series.years and not found:
        found += [
            {
                "year": year,
                "scenario": "no_change",
                "method": "held",
                "mean": float(series.values[-1]),
                "basis": both(f"growth stays as in {last}", f"增速保持{last}年水平"),
                "note": series.note,
                "source": str(series.rows["source"].iloc[-1]),
            }
            for year in range(last + 1, until + 1)
        ]
    return found


def _scenarios(
    facts: pd.DataFrame, rows: pd.DataFrame, series: Series, measure: str, until: int
) -> list[dict[str, Any]]:
    indicator, region = str(rows["indicator"].iloc[0]), str(rows["region"].iloc[0])
    base, ways = scenario_paths(facts, rows, series, measure)
    few = both(
        f"scenarios, no ranges: {len(series.years)} of at least {SHORTEST} observations",
        f"仅为情景，无区间：观测值{len(series.years)}个，不足{SHORTEST}个",
    )
    found: list[dict[str, Any]] = []
    if base.derived:
        found.append(
            {
                "year": base.year,
                "scenario": "derived_base",
                "method": "level_times_growth",
                "mean": base.value,
                "basis": base.basis,
                "note": joined([base.note, series.note]),
                "source": base.source,
            }
        )
    elif measure == "level" and base.year - 1 not in series.years:
        found += implied(facts, indicator, region, base.year)
    for way in ways:
        for year in range(base.year + 1, until + 1):
            value = at(way, base, year)
            found.append(
                {
                    "year": year,
                    "scenario": way.scenario,
                    "method": way.method,
                    "mean": min(max(value, 0.0), 100.0) if measure == "share" else value,
                    "basis": joined([way.basis, base.basis]),
                    "note": joined([way.note, few, base.note, series.note]),
                    "source": "; ".join(dict.fromkeys(f"{base.source}; {way.source}".split("; "))),
                }
            )
    return found


def scenario_paths(
    facts: pd.DataFrame, rows: pd.DataFrame, series: Series, measure: str
) -> tuple[Base, list[Pace]]:
    """Find the base and the paces of an indicator with few levels."""
    indicator, region = str(rows["indicator"].iloc[0]), str(rows["region"].iloc[0])
    mine = facts[(facts["indicator"] == indicator) & (facts["region"] == region)]
    growths = mine[(mine["kind"] == "outcome") & (mine["measure"] == "growth")]
    targets = mine[(mine["kind"] == "target") & mine["measure"].isin([measure, "growth"])]
    if measure == "share":
        growths, targets = growths.iloc[:0], targets[targets["measure"] == "share"]
        targets = targets.assign(measure="level")
    growths = growths.sort_values("year")
    relations = dictionary("relations")
    constant = relations.loc[relations["relation"] == "constant_prices", "indicator"]
    base = base_of(series, growths, indicator in set(constant))
    better = dictionary("indicators").set_index("indicator")["better"].get(indicator, "none")
    return base, paces(series, base, growths, targets, str(better))

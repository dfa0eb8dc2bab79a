"""The chance of meeting each target that has a reference class."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.compare import latest_outcome_year
from yanshi_analysis.compare.facts import check_columns, check_unique, dictionary, records
from yanshi_analysis.data import DISTRICT

from ._members import Floats
from ._reference_class import FEWEST, RECENT, describe, outlook, reference_class

COLUMNS = [
    "indicator", "region", "year", "measure", "target", "target_high", "qualifier", "unit_base",
    "chance", "chance_strict", "mean", "lo80", "hi80", "lo95", "hi95", "n", "n_regions",
    "first_year", "last_year", "since_recent", "n_recent", "chance_recent", "method", "basis",
    "note", "as_printed", "section", "page", "line", "source",
]  # fmt: skip


def chance_of_meeting(
    facts: pd.DataFrame,
    year: int | None = None,
    region: str = DISTRICT,
    *,
    since: int | None = None,
    about_pp: float = 0.5,
    about_pct: float = 5.0,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Estimate for each target with a reference class the chance that it is met.

    The chance is :math:`(k + 1/2)/(n + 1)`, `k` of the `n` misses elsewhere being good enough
    (Jeffreys' estimate of a proportion, which is never 0 or 1). Good enough, as in
    `compare.attainment`: a target qualified ``at_least``, ``exact`` or ``range`` is a floor;
    ``about`` a floor with a tolerance; ``at_most`` a ceiling, as are ``exact`` and ``about`` for
    indicators that are better lower. Where neither direction is better (`better` is ``none``),
    ``about`` and ``exact`` are read from both sides: within the tolerance.

    Parameters
    ----------
    facts
        Facts as `load_facts` returns them.
    year
        Year of the targets; by default the one after the latest outcome year.
    region
        Whose targets.
    since
        First year of the cases; by default all.
    about_pp, about_pct
        Tolerance of ``about`` in percentage points (growth) and in % of the target (levels), as in
        `compare.attainment`.
    indicators
        The dictionary's indicators (`indicator`, `better`); by default `load_indicators`.

    Returns
    -------
    DataFrame, a row for each target with at least one case: `indicator`, `region`, `year`,
    `measure`, `target`, `target_high` (range), `qualifier`, `unit_base`; `chance` (0 to 1),
    `chance_strict` (without the tolerance of ``about``); `mean`, `lo80`, `hi80`, `lo95`, `hi95` of
    the outcome (unit of the target); `n`, `n_regions`, `first_year`, `last_year` of the class;
    `chance_recent` from the `n_recent` cases since `since_recent` (the class's last ten years);
    `method`, `basis`, `note`, and where the target stands. Chances and ranges are NaN below 10
    cases.

    Raises
    ------
    ValueError
        If columns are missing, a target stands twice, or the region has no facts.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = chance_of_meeting(load_facts())
    >>> gdp = table[table["indicator"] == "gdp"].iloc[0]
    >>> bool(0 < gdp["chance_strict"] <= gdp["chance"] < 1), bool(gdp["n"] >= 10)
    (True, True)
    """
    check_columns(facts)
    if year is None:
        latest = latest_outcome_year(facts, region)
        year = latest + 1 if latest is not None else 0
    better = (dictionary("indicators") if indicators is None else indicators).set_index("indicator")
    targets = facts[
        (facts["kind"] == "target")
        & (facts["region"] == region)
        & (facts["year"] == year)
        & facts["measure"].isin(["growth", "level"])
    ]
    check_unique(targets[["indicator", "region", "year", "measure"]])
    elsewhere = facts[(facts["kind"] == "target") & (facts["region"] != region)]
    known = set(zip(elsewhere["indicator"], elsewhere["measure"], strict=True))
    rows = []
    for target in records(targets):
        indicator, measure = str(target.indicator), str(target.measure)
        if (indicator, measure) not in known:
            continue
        cases = reference_class(
            facts, indicator, region, measure=measure, since=since, indicators=indicators
        )
        if cases.empty:
            continue
        side = _side(str(target.qualifier), str(better["better"].get(indicator, "none")))
        tolerance = about_pp if measure == "growth" else about_pct
        slack = tolerance if target.qualifier == "about" else 0.0
        rows.append(_row(target, cases, measure, side, slack))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["measure", "indicator"], ignore_index=True)


def _side(qualifier: str, better: str) -> str:
    if qualifier == "at_most" or (better == "lower" and qualifier != "at_least"):
        return "ceiling"
    if better == "none" and qualifier in ("about", "exact"):
        return "both"
    return "floor"


def _row(target: Any, cases: pd.DataFrame, measure: str, side: str, slack: float) -> dict[str, Any]:
    misses = cases["miss"].to_numpy(float)
    first = int(cases["year"].max()) - RECENT + 1
    recent = misses[(cases["year"] >= first).to_numpy()]
    basis, note = describe(cases, measure)
    high = float(target.high) if target.qualifier == "range" else np.nan
    centre = (target.value_base + high) / 2 if target.qualifier == "range" else target.value_base
    return {
        "indicator": target.indicator,
        "region": target.region,
        "year": target.year,
        "measure": measure,
        "target": target.value_base,
        "target_high": high,
        "qualifier": target.qualifier,
        "unit_base": target.unit_base,
        "chance": _chance(misses, side, slack),
        "chance_strict": _chance(misses, side, 0.0),
        **outlook(float(centre), measure, misses),
        "n": len(cases),
        "n_regions": cases["region"].nunique(),
        "first_year": int(cases["year"].min()),
        "last_year": int(cases["year"].max()),
        "since_recent": first,
        "n_recent": len(recent),
        "chance_recent": _chance(recent, side, slack),
        "method": "reference_class",
        "basis": basis,
        "note": note,
        "as_printed": target.as_printed,
        "section": target.section,
        "page": target.page,
        "line": target.line,
        "source": target.source,
    }


def _chance(misses: Floats, side: str, slack: float) -> float:
    if len(misses) < FEWEST:
        return np.nan
    slack += 1e-9
    good = {"floor": misses >= -slack, "ceiling": misses <= slack, "both": abs(misses) <= slack}
    return float((good[side].sum() + 0.5) / (len(misses) + 1))

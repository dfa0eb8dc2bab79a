"""Outcomes of a year against the targets of the next: the pace they require."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from yanshi_analysis.compare._match import Pairs, match
from yanshi_analysis.compare._years import latest_outcome_year
from yanshi_analysis.compare.facts import (
    check_columns,
    column,
    dictionary,
    equals,
    positions,
    text,
)
from yanshi_analysis.data import DISTRICT

__all__ = ["outcomes_vs_targets"]

_GRADES = np.array(["strict", "wording", "caveat"], dtype=object)
_ROUND = 9  # decimals kept of a difference: 6.0 - 5.8 is 0.2, not 0.2000000000000002


def outcomes_vs_targets(
    facts: pd.DataFrame,
    year: int | None = None,
    region: str = DISTRICT,
    *,
    links: pd.DataFrame | None = None,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare the outcomes of a year with the targets of the next.

    This is the pace a target asks for, not attainment: see `attainment` for the target and the
    outcome of one and the same year. Facts pair if they have the same measure and either the same
    indicator (``strict``) or two indicators that the dictionary links (``wording``: the same
    thing in other words; ``caveat``: another population, scope or definition).

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`; other years, regions and kinds may be in it.
    year : int, optional
        The outcome year. Default: see `latest_outcome_year`.
    region : str
        GB/T 2260 code.
    links : DataFrame, optional
        Linked indicators, as `load_links` returns them (the default).
    indicators : DataFrame, optional
        The indicators with their column ``better``, as `load_indicators` returns them (the
        default).

    Returns
    -------
    DataFrame
        One row per pair and measure, strict pairs first, in the order of the report:

        - ``indicator``, ``target_indicator``, ``measure``, ``region``, ``year``, ``target_year``
        - ``outcome``, ``outcome_low``, ``outcome_high`` (base units; %, for rates),
          ``outcome_unit``, ``outcome_qualifier``, ``outcome_status``, ``outcome_as_printed``,
          ``outcome_section``, ``outcome_page``, ``outcome_line``, ``outcome_source``
        - the same of the target, without a status; then ``unit_base``
        - ``change``: target − outcome, in base units for levels and percentage points for growth
          and shares. A range counts from its nearer end, and 0 inside it.
        - ``change_pct``: 100 · change / outcome, levels only
        - ``required_growth``: 100 · (target / outcome − 1), levels only, %
        - ``achieved_growth``: the growth printed for the outcome year, %; NaN if none is
        - ``stance``: ``raised``, ``held`` or ``lowered``, by the printed numbers alone (for a
          rank, a smaller number is raised); empty for directions and caveated pairs
        - ``verdict``: the stance read with the target's qualifier. ``floor_below_outcome``: an
          "at least" under the outcome is a low bar, not a forecast decline.
          ``ceiling_above_outcome``: an "at most", or any target for something that is better
          lower, above the outcome. ``direction_same``, ``direction_changed``. ``not_comparable``
        - ``comparability``, ``reason_en``, ``reason_zh``

        Caveated pairs, and linked pairs in different base units, are listed with their reason
        and get no computed value.

    Raises
    ------
    ValueError
        If a column is missing, the region is unknown or a statistic stands there twice.

    Notes
    -----
    Methods: the project's design page, "Outcome against next year's target". Targets are set, not
    measured; only outcomes carry an error of rounding, which ``outcome_low`` and
    ``outcome_high`` give.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = outcomes_vs_targets(load_facts())
    >>> bool((table["target_year"] == table["year"] + 1).all())
    True
    >>> sorted(table["comparability"].unique())
    ['caveat', 'strict', 'wording']
    >>> bool(table.loc[table["comparability"] == "caveat", "change"].isna().all())
    True
    """
    check_columns(facts)
    links = dictionary("links") if links is None else links
    indicators = dictionary("indicators") if indicators is None else indicators
    if year is None:
        year = latest_outcome_year(facts, region)
    outcomes = targets = np.empty(0, dtype=np.intp)
    if year is not None:
        outcomes = positions(facts, year=year, region=region, kind="outcome")
        targets = positions(facts, year=year + 1, region=region, kind="target")
    pairs = match(facts, outcomes, targets, links)
    lower = indicators.loc[indicators["better"] == "lower", "indicator"]
    return _table(facts, pairs, links, lower)


def _table(
    facts: pd.DataFrame, pairs: Pairs, links: pd.DataFrame, lower: pd.Series[str]
) -> pd.DataFrame:
    """Return the comparison of `pairs`; `lower` are the indicators that are better lower."""

    def both(name: str) -> tuple[Any, Any]:
        return column(facts, name, pairs.outcome), column(facts, name, pairs.target)

    indicator, target_indicator = both("indicator")
    measure = column(facts, "measure", pairs.outcome)
    outcome, target = (np.asarray(side, dtype=float) for side in both("value_base"))
    outcome_unit_base, target_unit_base = both("unit_base")
    qualifier = column(facts, "qualifier", pairs.target)
    target_high = np.asarray(column(facts, "high", pairs.target), dtype=float)

    grade = np.append(_grades(links), 0)[pairs.link]  # position -1, no link, is the 0 at the end
    level, rank, direction = (equals(measure, name) for name in ("level", "rank", "direction"))
    computed = (grade < 2) & equals(outcome_unit_base, target_unit_base)
    counted = computed & ~direction

    nearest = np.clip(outcome, target, np.where(equals(qualifier, "range"), target_high, target))
    change = np.where(counted, np.round(nearest - outcome, _ROUND), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.where(level & (outcome > 0), 100 * change / outcome, np.nan)
    upward = np.where(rank, -change, change)
    ceiling = equals(qualifier, "at_most")
    ceiling |= np.asarray(target_indicator.isin(lower)) & ~equals(qualifier, "at_least")
    stance = np.select(
        [~counted, upward > 0, upward < 0], ["", "raised", "lowered"], default="held"
    ).astype(object)
    verdict = np.select(
        [
            ~computed,
            direction & (outcome == target),
            direction,
            equals(qualifier, "at_least") & (change < 0) & ~rank,
            ceiling & (change > 0) & ~rank,
        ],
        [
            "not_comparable",
            "direction_same",
            "direction_changed",
            "floor_below_outcome",
            "ceiling_above_outcome",
        ],
        default="",
    ).astype(object)
    verdict = np.where(verdict == "", stance, verdict)

    def reason(name: str) -> Any:
        return text(np.append(links[name].to_numpy(dtype=object), "")[pairs.link])

    year = column(facts, "year", pairs.outcome)
    columns: dict[str, Any] = {
        "indicator": indicator,
        "target_indicator": target_indicator,
        "measure": measure,
        "region": column(facts, "region", pairs.outcome),
        "year": year,
        "target_year": column(facts, "year", pairs.target),
        "outcome": outcome,
        "outcome_low": column(facts, "low", pairs.outcome),
        "outcome_high": column(facts, "high", pairs.outcome),
    }
    for name in ("unit", "qualifier", "status", "as_printed", "section", "page", "line", "source"):
        columns[f"outcome_{name}"] = column(facts, name, pairs.outcome)
    columns["target"] = target
    columns["target_low"] = column(facts, "low", pairs.target)
    columns["target_high"] = target_high
    for name in ("unit", "qualifier", "as_printed", "section", "page", "line", "source"):
        columns[f"target_{name}"] = column(facts, name, pairs.target)
    columns |= {
        "unit_base": outcome_unit_base,
        "change": change,
        "change_pct": growth,
        "required_growth": growth.copy(),
        "achieved_growth": pairs.achieved,
        "stance": text(stance),
        "verdict": text(verdict),
        "comparability": text(_GRADES[grade]),
        "reason_en": reason("reason_en"),
        "reason_zh": reason("reason_zh"),
    }
    return pd.DataFrame(columns)


def _grades(links: pd.DataFrame) -> NDArray[np.intp]:
    """Return 1 for links of wording and 2 for all others."""
    return np.where(links["comparability"].to_numpy(dtype=object) == "wording", 1, 2)

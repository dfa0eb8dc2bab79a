"""Attainment: the target and the outcome of the same year (计划完成程度)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
import pandas as pd

from yanshi_analysis.compare._years import latest_outcome_years
from yanshi_analysis.compare.facts import check_columns, check_unique, dictionary, text

__all__ = ["attainment"]

_KEYS = ["indicator", "measure", "region", "year"]
_RATES = ("growth", "share")
_ROUND = 9


def attainment(
    facts: pd.DataFrame,
    year: int | Iterable[int] | Literal["all"] | None = None,
    region: str | None = None,
    *,
    indicators: pd.DataFrame | None = None,
    about_pp: float = 0.5,
    about_pct: float = 5.0,
) -> pd.DataFrame:
    """Compare the target and the outcome of the same year.

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`.
    year : int, iterable of int, "all", optional
        Which years. Default: the latest outcome year of each region for which it had targets.
    region : str, optional
        GB/T 2260 code. Default: all regions.
    indicators : DataFrame, optional
        The indicators with their column ``better``, as `load_indicators` returns them (the
        default).
    about_pp : float
        How far a rate may miss a target that is qualified ``about`` (左右) and still count as met,
        in percentage points. Our convention: reports define no such limit.
    about_pct : float
        The same for levels, in % of the target.

    Returns
    -------
    DataFrame
        One row per indicator, measure, region and year that has both, sorted by them:

        - ``indicator``, ``measure``, ``region``, ``year``
        - ``target`` (the lower end of a range), ``target_high`` (its upper end, else NaN),
          ``target_qualifier``, ``target_as_printed``
        - ``outcome``, ``outcome_qualifier``, ``outcome_status``, ``unit_base``
        - ``gap``: outcome − target, in base units for levels and percentage points for rates;
          from the nearer end of a range, and 0 inside it. ``gap_low``, ``gap_high``: what the
          rounding of the outcome allows. A target is set, not measured, and taken as printed.
        - ``attainment_pct``: 100 · actual / target for levels,
          100 · (1 + actual) / (1 + target) for growth; NaN for shares, ranks and directions
        - ``tolerance``: what ``about`` allows, in percentage points or base units; 0 for all else
        - ``met``: ``met``, ``met_within_about`` or ``missed``
        - ``target_source``, ``outcome_source``, ``target_section``, ``target_page``,
          ``target_line``, ``outcome_section``, ``outcome_page``, ``outcome_line``

    Raises
    ------
    ValueError
        If a column is missing or a statistic stands in the table twice.

    Notes
    -----
    计划完成程度相对指标, as Chinese textbooks of statistics define it: actual over planned; for a
    planned *rate of increase*, (1 + actual rate) over (1 + planned rate).

    What counts as met depends on the kind of target: ``at_least`` is a floor and ``at_most`` a
    ceiling. ``exact``, ``about`` and ``range`` are floors, but ceilings for indicators that are
    better lower: consumer prices "of about 2 %" are a limit in Chinese practice, and a rise of
    0.2 % met it. A rank is met by the same place or a better one, a direction by the same sign.
    Reports tend to leave out what they missed, so the share of targets met is an upper bound.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = attainment(load_facts(), year="all", region="000000")
    >>> sorted(table["met"].unique())
    ['met', 'met_within_about', 'missed']
    >>> bool((table.loc[table["target_qualifier"] != "about", "tolerance"] == 0).all())
    True
    """
    check_columns(facts)
    indicators = dictionary("indicators") if indicators is None else indicators
    rows = facts if region is None else facts[facts["region"] == region]
    rows = _of_years(rows, year)
    targets = rows[rows["kind"] == "target"]
    outcomes = rows[rows["kind"] == "outcome"]
    check_unique(targets[_KEYS])
    check_unique(outcomes[_KEYS])
    both = targets.merge(outcomes, on=_KEYS, suffixes=("_t", "_o"))
    both = both[both["unit_base_t"] == both["unit_base_o"]]
    both = both.sort_values(_KEYS, ignore_index=True)

    measure, qualifier = both["measure"], both["qualifier_t"]
    target = both["value_base_t"].to_numpy(dtype=float)
    high = np.where(qualifier == "range", both["high_t"], np.nan)
    outcome = both["value_base_o"].to_numpy(dtype=float)
    rate = measure.isin(_RATES).to_numpy()
    level = (measure == "level").to_numpy()
    counted = (measure != "direction").to_numpy()

    def gap(values: Any) -> Any:
        nearest = np.clip(values, target, np.where(np.isnan(high), target, high))
        return np.where(counted, np.round(values - nearest, _ROUND), np.nan)

    distance = gap(outcome)
    tolerance = np.where(rate, about_pp, np.where(level, about_pct / 100 * np.abs(target), 0.0))
    tolerance = np.where(qualifier == "about", tolerance, 0.0)
    lower = both["indicator"].isin(indicators.loc[indicators["better"] == "lower", "indicator"])
    ceiling = (measure == "rank") | (qualifier == "at_most") | (lower & (qualifier != "at_least"))
    shortfall = np.where(ceiling, distance, -distance)
    shortfall = np.where(counted, shortfall, np.where(outcome == target, 0.0, np.inf))
    slack = np.round(shortfall - tolerance, _ROUND)
    met = np.select(
        [shortfall <= 0, slack <= 0], ["met", "met_within_about"], default="missed"
    ).astype(object)

    reference = outcome - distance
    with np.errstate(divide="ignore", invalid="ignore"):
        attained = np.select(
            [level & (reference > 0), (measure == "growth").to_numpy()],
            [100 * outcome / reference, 100 * (100 + outcome) / (100 + reference)],
            default=np.nan,
        )
    places = {
        f"{side}_{name}": both[f"{name}_{side[0]}"]
        for side in ("target", "outcome")
        for name in ("section", "page", "line")
    }
    return pd.DataFrame(
        {
            **{key: both[key] for key in _KEYS},
            "target": target,
            "target_high": high,
            "target_qualifier": qualifier,
            "target_as_printed": both["as_printed_t"],
            "outcome": outcome,
            "outcome_qualifier": both["qualifier_o"],
            "outcome_status": both["status_o"],
            "unit_base": both["unit_base_t"],
            "gap": distance,
            "gap_low": gap(both["low_o"].to_numpy(dtype=float)),
            "gap_high": gap(both["high_o"].to_numpy(dtype=float)),
            "attainment_pct": attained,
            "tolerance": tolerance,
            "met": text(met),
            "target_source": both["source_t"],
            "outcome_source": both["source_o"],
            **places,
        }
    )


def _of_years(
    facts: pd.DataFrame, year: int | Iterable[int] | Literal["all"] | None
) -> pd.DataFrame:
    """Return the facts of the years asked for."""
    if year is None:
        latest = facts["region"].map(latest_outcome_years(facts, ahead=0))
        return facts[(facts["year"] == latest).to_numpy(dtype=bool)]
    if isinstance(year, str):
        if year != "all":
            raise ValueError(f'year is a number, several numbers or "all", not {year!r}')
        return facts
    years = list(year) if isinstance(year, Iterable) else [year]
    return facts[facts["year"].isin(years)]

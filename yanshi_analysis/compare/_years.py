"""Which year a comparison is about when none is named."""

from __future__ import annotations

import pandas as pd

from yanshi_analysis.data import DISTRICT

__all__ = ["latest_outcome_year", "latest_outcome_years"]


def latest_outcome_years(facts: pd.DataFrame, *, ahead: int = 1) -> pd.Series[int]:
    """Return the latest outcome year of every region.

    Parameters
    ----------
    facts : DataFrame
        Facts with the columns ``region``, ``year`` and ``kind``.
    ahead : int
        How many years after its outcomes a year's targets are looked for: 1 to compare with the
        next year's targets, 0 with the year's own.

    Returns
    -------
    Series of int
        Year by region. A year counts if it has outcomes and there are targets `ahead` of it; only
        a region without any such year gets the latest year that has outcomes. So a yearbook value
        of a later year does not move the comparison away from the report.
    """
    years = facts[["region", "year", "kind"]].drop_duplicates()
    outcomes = years.loc[years["kind"] == "outcome", ["region", "year"]]
    targets = years.loc[years["kind"] == "target", ["region", "year"]]
    targets = targets.assign(year=targets["year"] - ahead, followed=True)
    ranked = outcomes.merge(targets, on=["region", "year"], how="left")
    ranked["followed"] = ranked["followed"].notna()
    last = ranked.sort_values(["region", "followed", "year"]).drop_duplicates("region", keep="last")
    return last.set_index("region")["year"].astype("int64")


def latest_outcome_year(facts: pd.DataFrame, region: str = DISTRICT) -> int | None:
    """Return the year whose outcomes are compared with the next year's targets by default.

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`.
    region : str
        GB/T 2260 code.

    Returns
    -------
    int or None
        The latest year that has outcomes and is followed by targets; without targets, the latest
        that has outcomes; None if the region has no outcome.

    Raises
    ------
    ValueError
        If the facts say nothing about the region.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> facts = load_facts()
    >>> year = latest_outcome_year(facts)
    >>> bool(((facts["region"] == "410307") & (facts["year"] == year + 1)).any())
    True
    """
    rows = facts.loc[facts["region"] == region, ["region", "year", "kind"]]
    if rows.empty and len(facts):
        known = ", ".join(sorted(facts["region"].unique()))
        raise ValueError(f"no facts about region {region!r}; the table has {known}")
    years = latest_outcome_years(rows)
    return int(years.iloc[0]) if len(years) else None

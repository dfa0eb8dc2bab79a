"""Cut from the facts the series that a projection may rest on."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from yanshi_analysis.compare.facts import check_columns, check_unique

from ._members import Floats
from ._words import both, joined

MEASURES = ("level", "growth", "share")
BREAK = re.compile(r"\bbreak:\s*([^|]*)", re.IGNORECASE)
PLAN_YEARS = 5


class Series(NamedTuple):
    """One indicator's outcomes in one region, one measure, consecutive years, oldest first."""

    rows: pd.DataFrame
    years: list[int]
    values: Floats
    note: str


def pick(facts: pd.DataFrame, indicator: str, region: str, measure: str | None) -> pd.DataFrame:
    """Select an indicator's outcomes and targets in one measure.

    Parameters
    ----------
    facts
        Facts as `load_facts` returns them.
    indicator, region
        Ids.
    measure
        ``"level"``, ``"growth"`` or ``"share"``; by default the first of these that has outcomes,
        else targets.

    Returns
    -------
    Rows of `facts`, by year. Rows of kind `context` and of measure `rank` or `direction` are never
    among them.

    Raises
    ------
    ValueError
        If there is nothing to project, a measure is unknown, or a year stands twice.
    """
    check_columns(facts)
    if measure is not None and measure not in MEASURES:
        raise ValueError(f"measure {measure!r} is not one of {', '.join(MEASURES)}")
    mine = facts[(facts["indicator"] == indicator) & (facts["region"] == region)]
    rows = mine[mine["kind"].isin(["outcome", "target"]) & mine["measure"].isin(MEASURES)]
    rows = rows[np.isfinite(rows["value_base"].to_numpy(float))]
    if measure is None:
        have = {(kind, what) for kind, what in rows[["kind", "measure"]].to_numpy()}
        order = [(kind, what) for kind in ("outcome", "target") for what in MEASURES]
        measure = next((what for kind, what in order if (kind, what) in have), None)
    rows = rows[rows["measure"] == measure]
    if rows.empty:
        if len(mine):
            raise ValueError(
                f"nothing to project: the facts hold no {measure or 'level, growth or share'} of "
                f"{indicator!r} in region {region!r}; context, rank, direction rows do not count"
            )
        where = sorted(facts.loc[facts["indicator"] == indicator, "region"].unique())
        raise ValueError(
            f"no facts about {indicator!r} in region {region!r}; "
            + (f"it is known for {', '.join(where)}" if where else "no region has this indicator")
        )
    check_unique(rows[["indicator", "region", "year", "kind", "measure"]])
    ordered: pd.DataFrame = rows.sort_values("year", ignore_index=True)
    return ordered


def cut(rows: pd.DataFrame) -> Series:
    """Take the outcomes since the last declared break and the last missing year.

    A note that says ``break: <reason>`` in the first row of a new territory or definition ends
    what came before; so does a missing year, since yearly changes across it are unknown.

    Parameters
    ----------
    rows
        Rows of one indicator, region and measure, by year, as `pick` returns them.

    Returns
    -------
    `Series`; empty if there are no outcomes. Its `note` (bilingual) says where it was cut and why.
    """
    rows = rows[rows["kind"] == "outcome"]
    years = rows["year"].tolist()
    notes = []
    start = 0
    for i, text in enumerate(rows["note"] if "note" in rows.columns else []):
        found = BREAK.search(text)
        if found and i > 0:
            start = i
            en = found.group(1).strip().rstrip(".") or "break"
            zh = text.split(" | ")[-1].strip().rstrip("。") if " | " in text else en
            notes = [both(f"cut at {years[i]}: {en}", f"自{years[i]}年起截断：{zh}")]
    for i in range(start + 1, len(years)):
        if years[i] != years[i - 1] + 1:
            start = i
            gap = years[i] - 1
            notes.append(
                both(f"starts in {years[i]}: no figure for {gap}", f"始于{years[i]}年：缺{gap}年数")
            )
    kept = rows.iloc[start:]
    values = kept["value_base"].to_numpy(float)
    ranged = (kept["qualifier"] == "range").to_numpy()
    middle = (kept["low"].to_numpy(float) + kept["high"].to_numpy(float)) / 2
    values = np.where(ranged & np.isfinite(middle), middle, values)
    return Series(kept, years[start:], values, joined(notes[-1:]))


def plan_end(year: int) -> int:
    """Give the last year of the five-year plan after the one that `year` falls in.

    China's five-year plans end in years divisible by five (the 14th ran from 2021 to 2025).

    Examples
    --------
    >>> plan_end(2024), plan_end(2025), plan_end(2026)
    (2030, 2030, 2035)
    """
    return -(-year // PLAN_YEARS) * PLAN_YEARS + PLAN_YEARS


def last_year(facts: pd.DataFrame, region: str, otherwise: int) -> int:
    """Give the latest year with an outcome in a region."""
    mine = facts[(facts["region"] == region) & (facts["kind"] == "outcome")]
    return int(mine["year"].max()) if len(mine) else otherwise

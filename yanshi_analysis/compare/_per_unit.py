"""One quantity divided by another: spending per visit, yield per mu."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.compare._implied_base import implied_base
from yanshi_analysis.compare._years import latest_outcome_year
from yanshi_analysis.compare.facts import check_columns
from yanshi_analysis.data import DISTRICT

__all__ = ["per_unit"]

_COLUMNS = (
    "indicator", "other_indicator", "region", "year", "kind", "value_base", "low", "high",
    "qualifier", "unit", "unit_base", "other_unit_base", "source", "lines",
)  # fmt: skip


def per_unit(
    facts: pd.DataFrame,
    indicator: str,
    other: str,
    year: int | None = None,
    region: str = DISTRICT,
) -> pd.DataFrame:
    """Divide one level by another, for the outcome, the target after it and the year before.

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`.
    indicator, other : str
        What is divided, and by what; ids of indicators.
    year : int, optional
        The year of the outcomes, by default the latest (`latest_outcome_year`).
    region : str
        GB/T 2260 code.

    Returns
    -------
    DataFrame
        Up to three rows, oldest first: ``indicator``, ``other_indicator``, ``region``, ``year``,
        ``kind`` (``implied`` for a year before that only a level and its growth imply,
        ``outcome``, ``target``), ``value_base``, ``low``, ``high`` (base units of `indicator` for
        one base unit of `other`), ``qualifier``, ``unit`` (as `indicator` is printed),
        ``unit_base``, ``other_unit_base``, ``source``, ``lines``. A year that states only one of
        the two has no row.

    Raises
    ------
    ValueError
        If a column is missing.

    Notes
    -----
    low = low of `indicator` / high of `other`, high = high / low, from the ends that the printed
    digits allow; a count without 万 or 亿 is taken as not rounded. A floor under the line makes
    the quotient ``at_most``, one above it ``at_least``; two floors bound nothing, and the
    quotient is ``about``.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> spend = per_unit(load_facts(), "tourism_revenue", "tourist_visits")
    >>> spend["kind"].tolist()
    ['implied', 'outcome', 'target']
    >>> bool((spend["low"] <= spend["high"]).all())
    True
    """
    check_columns(facts)
    chosen = latest_outcome_year(facts, region) if year is None else year
    if chosen is None:
        return _table([])
    levels = facts[(facts["region"] == region) & (facts["measure"] == "level")]

    def stated(name: str, when: int, kind: str) -> pd.Series[Any] | None:
        found = levels[
            (levels["indicator"] == name) & (levels["year"] == when) & (levels["kind"] == kind)
        ]
        return found.iloc[0] if len(found) == 1 else None

    base = implied_base(facts[(facts["region"] == region) & (facts["year"] == chosen)])
    base = base[base["basis"] == "as_stated"]

    def before(name: str) -> pd.Series[Any] | None:
        printed = stated(name, chosen - 1, "outcome")
        found = base[base["indicator"] == name]
        if printed is not None or found.empty:
            return printed
        row = found.iloc[0]
        level = stated(name, chosen, "outcome")
        return pd.Series(
            {
                "value_base": row["implied"],
                "low": row["implied_low"],
                "high": row["implied_high"],
                "qualifier": "exact",
                "unit": "" if level is None else level["unit"],
                "unit_base": row["unit_base"],
                "source": row["source"],
                "line": row["growth_line"],
                "kind": "implied",
            }
        )

    points = [
        (chosen - 1, before(indicator), before(other)),
        (chosen, stated(indicator, chosen, "outcome"), stated(other, chosen, "outcome")),
        (chosen + 1, stated(indicator, chosen + 1, "target"), stated(other, chosen + 1, "target")),
    ]
    rows = []
    for when, over, under in points:
        if over is None or under is None or not under["value_base"] > 0:
            continue
        rows.append(
            {
                "indicator": indicator,
                "other_indicator": other,
                "region": region,
                "year": when,
                "kind": "implied" if "implied" in (over["kind"], under["kind"]) else over["kind"],
                **_quotient(over, under),
                "unit": over["unit"],
                "unit_base": over["unit_base"],
                "other_unit_base": under["unit_base"],
                "source": "; ".join(dict.fromkeys([over["source"], under["source"]])),
                "lines": "; ".join(
                    dict.fromkeys(
                        str(int(side["line"])) for side in (over, under) if pd.notna(side["line"])
                    )
                ),
            }
        )
    return _table(rows)


def _quotient(over: pd.Series[Any], under: pd.Series[Any]) -> dict[str, Any]:
    """Return value, interval and qualifier of one quantity divided by another."""
    (over_low, over_high), (under_low, under_high) = (_interval(side) for side in (over, under))
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = over_low / under_high, over_high / np.maximum(under_low, 0.0)
    kinds = (over["qualifier"], under["qualifier"])
    up = "at_least" in kinds[:1] or "at_most" in kinds[1:]
    down = "at_most" in kinds[:1] or "at_least" in kinds[1:]
    if up != down:
        qualifier = "at_least" if up else "at_most"
    else:
        qualifier = "exact" if set(kinds) == {"exact"} else "about"
    return {
        "value_base": over["value_base"] / under["value_base"],
        "low": ends[0],
        "high": ends[1],
        "qualifier": qualifier,
    }


def _interval(side: pd.Series[Any]) -> tuple[np.float64, np.float64]:
    """Return the ends of what was printed; things counted one by one were not rounded."""
    whole = side["unit_base"] in ("item", "person") and side["unit"][:1] not in set("十百千万亿")
    if whole and side["qualifier"] == "exact" and side["kind"] != "implied":
        return np.float64(side["value_base"]), np.float64(side["value_base"])
    return np.float64(side["low"]), np.float64(side["high"])


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    numbers = dict.fromkeys(("value_base", "low", "high"), "float64")
    texts = {name: "str" for name in _COLUMNS if name not in numbers and name != "year"}
    return table.astype({**texts, **numbers, "year": "int64"})

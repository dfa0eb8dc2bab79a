"""What the methods would have said earlier, and how far off they were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.data import DISTRICT

from ._combination import COMBINED_FROM, SHORTEST, members
from ._forecast import MEASURES, forecast
from ._members import drift, naive
from ._series import cut, pick

COLUMNS = [
    "indicator", "region", "measure", "origin", "year", "h", "method", "n", "actual", "mean",
    "error", "error_pct", "lo80", "hi80", "lo95", "hi95", "in80", "in95",
]  # fmt: skip


def backtest(
    facts: pd.DataFrame,
    indicator: str,
    region: str = DISTRICT,
    *,
    measure: str | None = None,
    horizon: int = 6,
) -> pd.DataFrame:
    """Repeat a projection from every earlier year, knowing only what came before.

    Parameters
    ----------
    facts
        Facts as `load_facts` returns them.
    indicator, region
        Ids.
    measure
        ``"level"``, ``"growth"`` or ``"share"``; by default the first of these that the facts hold.
    horizon
        Most years ahead.

    Returns
    -------
    DataFrame, a row for each origin, year ahead and method: `indicator`, `region`, `measure`,
    `origin` (last year known), `year`, `h`, `method` (the one `project` would have used:
    ``shrunken_drift`` or ``median_combination``; its members ``recent_drift``, ``whole_drift``,
    ``theta``, ``damped_ets`` from 8 years on; ``naive`` and ``drift`` to compare with), `n` years
    known, `actual`, `mean`, `error` (actual less mean), `error_pct` (% of the actual), and for the
    method used `lo80`, `hi80`, `lo95`, `hi95`, `in80`, `in95` (missing for the others).

    Raises
    ------
    ValueError
        If the series, after breaks and gaps, has fewer than 5 observations.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = backtest(load_facts(), "gdp", "410300")
    >>> bool((table["origin"] < table["year"]).all()), bool((table["n"] >= 4).all())
    (True, True)
    """
    rows = pick(facts, indicator, region, measure)
    measure = str(rows["measure"].iloc[0])
    series = cut(rows)
    y, years = series.values, series.years
    if len(y) <= SHORTEST:
        raise ValueError(
            f"a backtest needs {SHORTEST + 1} consecutive observations, {indicator!r} has {len(y)} "
            f"in region {region!r}"
        )
    found: list[dict[str, Any]] = []
    for n in range(SHORTEST, len(y)):
        known, after = y[:n], y[n : n + horizon]
        h = len(after)
        made = forecast(known, h, measure=measure)
        others = {"naive": naive(known, h)[-1], "drift": drift(known, h)[-1]}
        if n >= COMBINED_FROM:
            parts = members(known, max(h, 3), positive=MEASURES[measure][2])
            others |= {name: part[-1, :h] for name, part in parts.items()}
        for k in range(h):
            shared = {"origin": years[n - 1], "year": years[n + k], "h": k + 1, "n": n}
            shared["actual"] = after[k]
            row: dict[Any, Any] = made.iloc[k].to_dict()
            row["in80"] = row["lo80"] <= after[k] <= row["hi80"]
            row["in95"] = row["lo95"] <= after[k] <= row["hi95"]
            found.append(row | shared)
            found += [shared | {"method": m, "mean": float(f[k])} for m, f in others.items()]
    table = pd.DataFrame(found, columns=COLUMNS)
    table = table.assign(indicator=indicator, region=region, measure=measure)
    table["error"] = table["actual"] - table["mean"]
    actual = table["actual"].to_numpy(float)
    error = table["error"].to_numpy(float)
    table["error_pct"] = np.divide(
        100 * error, np.abs(actual), out=np.full(len(error), np.nan), where=actual != 0
    )
    table[["in80", "in95"]] = table[["in80", "in95"]].astype("boolean")
    return table

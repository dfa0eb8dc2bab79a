"""How outcomes differed from targets of the same indicator elsewhere."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from yanshi_analysis.compare import attainment
from yanshi_analysis.data import DISTRICT

from ._intervals import LEVELS
from ._members import Floats
from ._words import both, points, span

FEWEST = 10  # cases below which there is no range and no chance
RECENT = 10  # years that count as recent


def reference_class(
    facts: pd.DataFrame,
    indicator: str,
    region: str = DISTRICT,
    *,
    measure: str = "growth",
    since: int | None = None,
    indicators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Collect the misses (outcome less target) of an indicator in other regions.

    Reference-class forecasting (Kahneman and Tversky 1979; Flyvbjerg 2006): how targets like this
    one fared elsewhere says more about this one than its own story does.

    Parameters
    ----------
    facts
        Facts as `load_facts` returns them.
    indicator
        Id of the indicator.
    region
        The region that asks; its own cases are left out.
    measure
        ``"growth"``, or ``"level"`` where targets are numbers (jobs).
    since
        First year of the cases; by default all.
    indicators
        The dictionary's indicators; by default `load_indicators`.

    Returns
    -------
    Rows of `compare.attainment` (all years, other regions) with the column `miss`: percentage
    points for growth, % of the target for levels. From the nearer end of a range, and 0 inside it.
    A year without a target has no case, as 2020 has none for GDP.

    Notes
    -----
    Reports tend to leave out figures that missed their target, so for all but GDP the misses lean
    to the good side.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> misses = reference_class(load_facts(), "gdp")
    >>> bool((misses["region"] != "410307").all()), 2020 in set(misses["year"])
    (True, False)
    """
    rows = facts[
        (facts["indicator"] == indicator)
        & (facts["region"] != region)
        & (facts["measure"] == measure)
        & facts["kind"].isin(["outcome", "target"])
    ]
    if since is not None:
        rows = rows[rows["year"] >= since]
    cases = attainment(rows, year="all", indicators=indicators)
    gap = cases["gap"].to_numpy(float)
    target = cases["target"].to_numpy(float)
    if measure == "level":
        gap = np.divide(100 * gap, target, out=np.full(len(gap), np.nan), where=target != 0)
    cases["miss"] = gap
    known: pd.DataFrame = cases[np.isfinite(gap)].reset_index(drop=True)
    return known


def spread(misses: Floats, level: int) -> tuple[float, float]:
    r"""Give the range that the next miss falls in with a chance of `level` %.

    The ends are the order statistics at the places :math:`p(n+1)` and :math:`(1-p)(n+1)` with
    :math:`p = (1 - level)/2` (Weibull's plotting position), which cover the next of exchangeable
    cases with the stated chance whatever their distribution (Wilks 1941; conformal prediction).
    Where `n` is too small for that, as below 39 cases for 95 %, Student's prediction range
    :math:`\bar x \pm t_{n-1} s\sqrt{1 + 1/n}` widens the range beyond the smallest and largest
    case.

    Parameters
    ----------
    misses
        Shape ``(n,)``, percentage points or %.
    level
        80 or 95.

    Returns
    -------
    Lower and upper end, unit of `misses`; NaN below 10 cases.

    Examples
    --------
    >>> spread(np.arange(19.0), 80)
    (1.0, 17.0)
    >>> spread(np.arange(9.0), 80)
    (nan, nan)
    """
    x = np.sort(misses)
    n = len(x)
    if n < FEWEST:
        return np.nan, np.nan
    tail = (1 - level / 100) / 2
    place = round(tail * (n + 1), 9)
    if place >= 1:
        at = np.arange(1, n + 1)
        return float(np.interp(place, at, x)), float(np.interp(n + 1 - place, at, x))
    half = _student(1 - tail, n - 1) * float(x.std(ddof=1)) * float(np.sqrt(1 + 1 / n))
    return float(min(x[0], x.mean() - half)), float(max(x[-1], x.mean() + half))


def _student(p: float, freedom: int) -> float:
    """Student's quantile from the normal one (Abramowitz and Stegun 26.7.5), good to 0.001."""
    z, v = NormalDist().inv_cdf(p), freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def outlook(target: float, measure: str, misses: Floats) -> dict[str, float]:
    """Add the misses of a class to a target.

    Parameters
    ----------
    target
        % for growth, base units for levels.
    measure
        ``"growth"`` or ``"level"``.
    misses
        Percentage points, or % of the target for levels, shape ``(n,)``.

    Returns
    -------
    `mean` (the target and the median miss), `lo80`, `hi80`, `lo95`, `hi95` in the unit of
    `target`; NaN below 10 cases.

    Examples
    --------
    >>> outlook(6.0, "growth", np.arange(-9.0, 10))["mean"]
    6.0
    """

    def shifted(miss: float) -> float:
        return target + miss if measure == "growth" else target * (1 + miss / 100)

    out = {"mean": shifted(float(np.median(misses))) if len(misses) >= FEWEST else np.nan}
    for level in LEVELS:
        low, high = spread(misses, level)
        out[f"lo{level}"], out[f"hi{level}"] = shifted(low), shifted(high)
    if measure == "level":
        out = {name: max(value, 0.0) for name, value in out.items()}
    return out


def describe(cases: pd.DataFrame, measure: str) -> tuple[str, str]:
    """Say what a class consists of, and what to keep in mind: basis and note, both bilingual."""
    n = len(cases)
    if n == 0:
        return (
            both("no cases elsewhere", "无可参照案例"),
            both("no range: there is no reference class", "无参照类，不给区间"),
        )
    regions = cases["region"].nunique()
    en, zh = span(int(cases["year"].min()), int(cases["year"].max()))
    median = float(cases["miss"].median())
    unit = ("points", "个百分点") if measure == "growth" else ("% of the target", "%（占目标）")
    basis = both(
        f"misses of {n} targets of the same indicator in {regions} other "
        f"region{'s' if regions > 1 else ''}, {en}; median {points(median)} {unit[0]}",
        f"{zh}其他{regions}个地区同一指标{n}个目标的偏差，中位数{points(median)}{unit[1]}",
    )
    if n < FEWEST:
        return basis, both(
            f"no range and no chance: {n} cases are fewer than {FEWEST}",
            f"案例仅{n}个，不足{FEWEST}个，不给区间与概率",
        )
    notes_en = ["reports tend to leave out figures that missed their target"]
    notes_zh = ["报告往往不公布未完成的指标"]
    first = int(cases["year"].max()) - RECENT + 1
    early, late = (cases.loc[m, "miss"] for m in (cases["year"] < first, cases["year"] >= first))
    if len(early) and len(late):
        a, b = float(early.median()), float(late.median())
        notes_en.append(
            f"before {first} the median miss was {points(a)}, since then {points(b)} (see since=)"
        )
        notes_zh.append(
            f"{first}年前偏差中位数为{points(a)}，此后为{points(b)}（可用since=限定年份）"
        )
    notes_en.append("the cases are the nation and provinces, and a district may stray further")
    notes_zh.append("案例为全国和各省，区县的偏差可能更大")
    return basis, both("; ".join(notes_en), "；".join(notes_zh))

"""Scenarios for series too short to forecast: where they lead if a stated pace is kept."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from yanshi_analysis.compare import implied_base
from yanshi_analysis.compare.facts import records

from ._series import Series
from ._words import both, figures, percent, span


class Base(NamedTuple):
    """The level that scenarios start from."""

    year: int
    value: float
    derived: bool
    basis: str
    note: str
    source: str


class Pace(NamedTuple):
    """A scenario: a yearly growth in %, or (`growth` NaN) a `value` that is held."""

    scenario: str
    method: str
    growth: float
    value: float
    basis: str
    note: str
    source: str


def base_of(series: Series, growths: pd.DataFrame, constant: bool) -> Base:
    """Find the level to start from: the last one, carried on by the growth printed for later years.

    Parameters
    ----------
    series
        Levels, at least one.
    growths
        The same indicator's outcomes as growth, by year.
    constant
        True if the growth is at constant prices while the level is at current ones.

    Returns
    -------
    `Base`: ``level × Π(1 + growth)`` over the years after the last level that have a printed
    growth.

    Examples
    --------
    The 2023 yearbook level and the 2024 growth of a report give 2024.
    """
    year, value = series.years[-1], float(series.values[-1])
    rate = dict(zip(growths["year"], growths["value_base"], strict=True))
    source = str(series.rows["source"].iloc[-1])
    used, sources = [], [source]
    while year + 1 in rate and rate[year + 1] > -100:
        year += 1
        value *= 1 + rate[year] / 100
        used.append(f"(1 + {percent(rate[year])})")
        sources.append(str(growths.loc[growths["year"] == year, "source"].iloc[0]))
    if not used:
        return Base(year, value, False, "", "", source)
    first = series.years[-1]
    chain = " × ".join(used)
    basis = both(
        f"the {first} level × {chain}, the growth printed for {span(first + 1, year)[0]}",
        f"{first}年数 × {chain}，即{span(first + 1, year)[1]}公布的增速",
    )
    note = ""
    if constant:
        note = both(
            f"constant-price growth on a level at {first} prices: the result is at {first} prices",
            f"不变价增速乘以{first}年现价总量，结果为{first}年价格",
        )
    return Base(year, value, True, basis, note, "; ".join(dict.fromkeys(sources)))


def paces(
    series: Series, base: Base, growths: pd.DataFrame, targets: pd.DataFrame, better: str
) -> list[Pace]:
    """List the paces that the evidence names.

    Parameters
    ----------
    series
        Levels, at least one.
    base
        Where the scenarios start.
    growths
        Outcomes as growth, by year.
    targets
        Targets of the same indicator, levels and growth.
    better
        ``"higher"``, ``"lower"`` or ``"none"``.

    Returns
    -------
    Scenarios, of these ids: `last_growth` (the base year's growth goes on), `target_growth` (the
    target's growth goes on), `target_pace` (the growth that the target level needs goes on),
    `target_held` (a floor below, or a ceiling above, the last level says no pace: it is held),
    `no_change` (the last level is held, where no growth is known).
    """
    found: list[Pace] = []
    last = growths[growths["year"] == base.year]
    if base.value < 0:  # a growth rate of a negative level has no meaning
        last, targets = last.iloc[:0], targets[targets["measure"] == "level"]
    if len(last) and last["value_base"].iloc[0] > -100:
        g = float(last["value_base"].iloc[0])
        found.append(
            Pace(
                "last_growth",
                "constant_growth",
                g,
                np.nan,
                both(
                    f"{percent(g)} a year, as in {base.year}", f"每年{percent(g)}，同{base.year}年"
                ),
                "",
                str(last["source"].iloc[0]),
            )
        )
    elif len(series.years) > 1 and not base.derived and min(series.values[-2:]) > 0:
        g = float(series.values[-1] / series.values[-2] - 1) * 100
        years = series.years[-2:]
        found.append(
            Pace(
                "last_growth",
                "constant_growth",
                g,
                np.nan,
                both(
                    f"{percent(g)} a year, the growth between the {years[0]} and {years[1]} levels",
                    f"每年{percent(g)}，即{years[0]}年至{years[1]}年两数之间的增速",
                ),
                "",
                str(series.rows["source"].iloc[-1]),
            )
        )
    known = bool(found)
    ahead = targets[targets["year"] > base.year].sort_values("year")
    for row in records(ahead[ahead["measure"] == "growth"].head(1)):
        if row.value_base > -100:
            found.append(_target_growth(row))
    for row in records(ahead[ahead["measure"] == "level"].head(1)):
        found.append(_target_level(row, base, better))
    if not known:
        found.insert(
            0,
            Pace(
                "no_change",
                "held",
                np.nan,
                base.value,
                both(
                    f"the {base.year} level is held: no growth is known",
                    f"保持{base.year}年水平：增速未知",
                ),
                "",
                base.source,
            ),
        )
    return found


def _target_growth(row: Any) -> Pace:
    g = float(row.value_base)
    floor = {"at_least": ("at least ", "不低于"), "at_most": ("at most ", "不超过")}
    word = floor.get(str(row.qualifier), ("about ", "约") if row.qualifier == "about" else ("", ""))
    return Pace(
        "target_growth",
        "constant_growth",
        g,
        np.nan,
        both(
            f"{word[0]}{percent(g)} a year, the {row.year} target",
            f"每年{word[1]}{percent(g)}，即{row.year}年目标",
        ),
        "",
        str(row.source),
    )


def _target_level(row: Any, base: Base, better: str) -> Pace:
    level = float(row.value_base)
    loose = (row.qualifier == "at_least" and level < base.value) or (
        row.qualifier == "at_most" and level > base.value
    )
    if loose or base.value <= 0 or level <= 0:
        low = level < base.value
        note = ""
        if loose:
            note = both(
                f"a {'floor below' if low else 'ceiling above'} the {base.year} level is a limit, "
                "not a pace",
                f"目标为{'低于' if low else '高于'}{base.year}年水平的{'下限' if low else '上限'}，"
                "不代表增速",
            )
        return Pace(
            "target_held",
            "held",
            np.nan,
            level,
            both(f"the {row.year} target is held", f"保持{row.year}年目标水平"),
            note,
            str(row.source),
        )
    g = ((level / base.value) ** (1 / (row.year - base.year)) - 1) * 100
    return Pace(
        "target_pace",
        "constant_growth",
        g,
        np.nan,
        both(
            f"{percent(g)} a year, the pace that the {row.year} target level needs",
            f"每年{percent(g)}，即实现{row.year}年目标水平所需增速",
        ),
        "",
        str(row.source),
    )


def at(pace: Pace, base: Base, year: int) -> float:
    """Evaluate a scenario: ``base × (1 + growth)^(year − base year)``, or the value held.

    Examples
    --------
    >>> base = Base(2024, 100.0, False, "", "", "")
    >>> at(Pace("last_growth", "constant_growth", 10.0, np.nan, "", "", ""), base, 2026)
    121.0
    """
    if np.isnan(pace.growth):
        return pace.value
    return round(base.value * (1 + pace.growth / 100) ** (year - base.year), 6)


def implied(facts: pd.DataFrame, indicator: str, region: str, year: int) -> list[dict[str, Any]]:
    """Work back to the year before, with the interval that rounding allows in words."""
    mine = facts[(facts["indicator"] == indicator) & (facts["region"] == region)]
    table = implied_base(mine)
    rows = []
    for row in records(table[table["from_year"] == year]):
        low, high = sorted((row.implied_low, row.implied_high))
        note = ""
        if row.basis == "constant_prices":
            note = both(f"at {year} prices", f"{year}年价格")
        rows.append(
            {
                "year": int(row.year),
                "scenario": "implied_base",
                "method": "implied_base",
                "mean": float(row.implied),
                "basis": both(
                    f"the {year} level / (1 + {percent(row.growth)}); "
                    f"rounding allows {figures(low)} to {figures(high)}",
                    f"{year}年数 ÷ (1 + {percent(row.growth)})；四舍五入允许的范围为"
                    f"{figures(low)}至{figures(high)}",
                ),
                "note": note,
                "source": str(row.source),
            }
        )
    return rows

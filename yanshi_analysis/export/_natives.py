"""Tidy tables to charts that stay charts: what a native PowerPoint or Excel chart shows.

Each function returns ``None`` where there is nothing to draw, and never a chart of one bar whose
scale would be made up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from yanshi_analysis.labels import has, indicator_name, number, region_name, t
from yanshi_analysis.style import DOMAIN_COLORS

from ._model import Native, Series

__all__ = [
    "BASES",
    "attainment_native",
    "axis_unit",
    "chance_native",
    "change_native",
    "growth_native",
    "projection_native",
    "scenario_colors",
    "scenario_name",
]

_MOST_BARS = 12
_PERCENT = '0.0"%"'
_SIGNED = '+0.0"%";−0.0"%";0.0"%"'
_RATES = ("growth", "share")
BASES = ("implied_base", "derived_base")  # worked out, neither observed nor projected
_WHOLE = 100  # an axis that goes so far needs no decimals
_POWERS = {"en": (9, 6, 3), "zh": (8, 4)}


def growth_native(comparison: pd.DataFrame, lang: str, *, most: int = _MOST_BARS) -> Native | None:
    """Outcome and next year's target of growth rates and shares, side by side.

    Parameters
    ----------
    comparison : DataFrame
        From `compare.outcomes_vs_targets`.
    lang : {"en", "zh"}
        The language.
    most : int
        Pairs shown at most, the first in the report's order.

    Returns
    -------
    Native or None
        A chart of bars, in %; none if no pair of growth rates can be compared.
    """
    rows = comparison[
        (comparison["measure"] == "growth")
        & (comparison["comparability"] != "caveat")
        & comparison["outcome"].notna()
        & comparison["target"].notna()
    ].head(most)
    if rows.empty:
        return None
    names = tuple(indicator_name(one, lang) for one in rows["indicator"])
    year, target_year = int(rows["year"].max()), int(rows["target_year"].max())
    series = (
        Series(t("export.series_outcome", lang, year=year), _numbers(rows["outcome"]), "outcome"),
        Series(
            t("export.series_target", lang, year=target_year), _numbers(rows["target"]), "target"
        ),
    )
    title = t("export.chart_growth", lang, year=year, target_year=target_year)
    pairs = [
        t(
            "export.alt_pair",
            lang,
            name=name,
            outcome=number(outcome, "%", lang),
            target=number(target, "%", lang),
        )
        for name, outcome, target in zip(names, rows["outcome"], rows["target"], strict=True)
    ]
    return Native("bar", title, names, series, _PERCENT, _alt(title, pairs, lang))


def change_native(comparison: pd.DataFrame, lang: str, *, most: int = _MOST_BARS) -> Native | None:
    """Change in % from the outcome of a level to next year's target.

    Parameters
    ----------
    comparison : DataFrame
        From `compare.outcomes_vs_targets`.
    lang : {"en", "zh"}
        The language.
    most : int
        Bars at most, the first in the report's order.

    Returns
    -------
    Native or None
        A chart of bars, in %; none if no level has both an outcome and a comparable target.
    """
    rows = comparison[(comparison["measure"] == "level") & comparison["change_pct"].notna()]
    rows = rows[np.isfinite(rows["change_pct"].astype(float))].head(most)
    if rows.empty:
        return None
    names = tuple(indicator_name(one, lang) for one in rows["indicator"])
    year, target_year = int(rows["year"].max()), int(rows["target_year"].max())
    title = t("export.chart_change", lang, year=year, target_year=target_year)
    series = (
        Series(
            t("export.series_change", lang, year=year, target_year=target_year),
            _numbers(rows["change_pct"]),
            "outcome",
        ),
    )
    pairs = [
        t("export.alt_value", lang, name=name, value=f"{value:+.1f}%".replace("-", "−"))
        for name, value in zip(names, rows["change_pct"], strict=True)
    ]
    return Native("bar", title, names, series, _SIGNED, _alt(title, pairs, lang))


def attainment_native(attained: pd.DataFrame, lang: str) -> Native | None:
    """Targets and outcomes of one growth rate over the years: the one stated most often.

    Parameters
    ----------
    attained : DataFrame
        From `compare.attainment`.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Native or None
        A chart of two lines, in %, by year; none with fewer than three years.
    """
    growth = attained[
        (attained["measure"] == "growth") & attained["target"].notna() & attained["outcome"].notna()
    ]
    if growth.empty:
        return None
    counted = growth.value_counts(["indicator", "region"]).reset_index()
    counted = counted.sort_values(["count", "region"], ascending=[False, True], kind="stable")
    indicator, region = str(counted["indicator"].iloc[0]), str(counted["region"].iloc[0])
    rows = growth[(growth["indicator"] == indicator) & (growth["region"] == region)]
    rows = rows.drop_duplicates("year").sort_values("year")
    if len(rows) < 3:
        return None
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    by_year = rows.set_index("year").reindex(years)  # a year without a target is a gap
    title = t(
        "export.chart_attainment",
        lang,
        name=indicator_name(indicator, lang),
        region=region_name(region, lang),
    )
    series = (
        Series(t("export.outcome", lang), _numbers(by_year["outcome"]), "observed"),
        Series(t("export.target", lang), _numbers(by_year["target"]), "projected"),
    )
    pairs = [
        t(
            "export.alt_pair",
            lang,
            name=str(year),
            outcome=number(outcome, "%", lang),
            target=number(target, "%", lang),
        )
        for year, outcome, target in zip(rows["year"], rows["outcome"], rows["target"], strict=True)
    ]
    names = tuple(str(year) for year in years)
    return Native("line", title, names, series, _PERCENT, _alt(title, pairs, lang))


def projection_native(projected: pd.DataFrame, lang: str) -> Native | None:
    """History and projection of one indicator, with its 80 % band where there is one.

    Parameters
    ----------
    projected : DataFrame
        From `trends.project`, of one indicator in one region.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Native or None
        A chart of lines by year: what was observed, what a base year is worked out to be, each
        scenario from there on, and the band of a single projection; none if nothing is projected.
    """
    rows = projected[projected["mean"].notna()].sort_values("year", kind="stable")
    seen = rows[rows["observed"].astype(bool)].drop_duplicates("year").set_index("year")["mean"]
    bases = rows[rows["scenario"].isin(BASES)]
    ahead = rows[~rows["observed"].astype(bool) & ~rows["scenario"].isin(BASES)]
    if ahead.empty:
        return None
    first = rows.iloc[0]
    years = list(range(int(rows["year"].min()), int(rows["year"].max()) + 1))
    scale, unit = axis_unit(rows["mean"], str(first["unit_base"]), lang)
    series = []
    if len(seen):
        series.append(Series(t("export.outcome", lang), _by_year(seen, years, scale), "observed"))
    start = seen.tail(1)
    for scenario, group in bases.groupby("scenario", sort=False):
        values = group.drop_duplicates("year").set_index("year")["mean"]
        if scenario == "derived_base":  # the scenarios start where the history is carried on to
            joined = pd.concat([seen.tail(1), values])
            start = values.tail(1)
        else:
            joined = pd.concat([values, seen.head(1)])
        name = scenario_name(str(scenario), lang)
        series.append(Series(name, _by_year(joined, years, scale), "implied"))
    several = ahead["scenario"].nunique() > 1
    for scenario, group in ahead.groupby("scenario", sort=False):
        by_year = group.drop_duplicates("year").set_index("year")
        name = scenario_name(str(scenario), lang)
        values = pd.concat([start, by_year["mean"]])  # the dashed line starts at the solid one
        series.append(Series(name, _by_year(values, years, scale), "projected"))
        if not several and by_year["lo80"].notna().any():
            for end in ("lo80", "hi80"):
                label = t(f"export.series_{end}", lang)
                series.append(Series(label, _by_year(by_year[end], years, scale), "band"))
    title = t(
        "export.chart_projection",
        lang,
        name=indicator_name(str(first["indicator"]), lang),
        region=region_name(str(first["region"]), lang),
        unit=unit,
    )
    pairs = []
    for one in series:
        said = [
            f"{year} {value:,.4g}"
            for year, value in zip(years, one.values, strict=True)
            if value is not None
        ]
        ends = said if len(said) < 3 else [said[0], said[-1]]
        values_said = t("export.comma", lang).join(ends)
        pairs.append(t("export.alt_value", lang, name=one.name, value=values_said))
    names = tuple(str(year) for year in years)
    largest = max(abs(value) for one in series for value in one.values if value is not None)
    decimals = "#,##0" if largest >= _WHOLE else "#,##0.0"
    return Native("line", title, names, tuple(series), decimals, _alt(title, pairs, lang))


def chance_native(chances: pd.DataFrame, lang: str) -> Native | None:
    """How often targets like these were met elsewhere.

    Parameters
    ----------
    chances : DataFrame
        From `trends.chance_of_meeting`, of one region; rows without a chance are left out, and
        each bar says how many cases it rests on.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Native or None
        A chart of bars, in %; none if no chance is known.
    """
    rows = chances[chances["chance"].notna()].sort_values("chance", ascending=False, kind="stable")
    if rows.empty:
        return None
    names = tuple(
        f"{indicator_name(one, lang)} (n = {int(n)})"
        for one, n in zip(rows["indicator"], rows["n"], strict=True)
    )
    values = tuple(float(round(100 * one)) for one in rows["chance"])
    title = t("export.chart_chance", lang, year=int(rows["year"].max()))
    pairs = [
        t("export.alt_value", lang, name=name, value=f"{value:.0f}%")
        for name, value in zip(names, values, strict=True)
    ]
    series = (Series(t("export.head_chance", lang), values, "projected"),)
    return Native("bar", title, names, series, '0"%"', _alt(title, pairs, lang))


def scenario_colors(color: str) -> tuple[str, str, str]:
    """Return colours for up to three scenarios: the section's own, then two that differ from it.

    Parameters
    ----------
    color : str
        The section's colour, as ``RRGGBB``.

    Returns
    -------
    tuple of str
        ``RRGGBB`` each.
    """
    others = [one.lstrip("#").upper() for one in DOMAIN_COLORS.values()]
    first, second = [one for one in others if one != color][:2]
    return color, first, second


def _numbers(values: Iterable[float]) -> tuple[float | None, ...]:
    """Plain floats for XML; what is missing or unbounded is a gap."""
    return tuple(float(v) if pd.notna(v) and math.isfinite(v) else None for v in values)


def _by_year(values: pd.Series, years: list[int], scale: float) -> tuple[float | None, ...]:
    """Values on every year of the axis, in the unit the axis names."""
    return tuple(
        None if value is None else round(value / scale, 6)
        for value in _numbers(values.reindex(years))
    )


def axis_unit(values: pd.Series, unit: str, lang: str) -> tuple[float, str]:
    """Choose the unit of an axis: 亿 and 万 in Chinese, million and billion in English.

    Parameters
    ----------
    values : Series
        What the axis shows, in base units.
    unit : str
        The base unit.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    scale : float
        What the values are divided by.
    unit : str
        The unit in words.
    """
    if unit in {"", "%"}:
        return 1.0, unit
    largest = float(values.abs().max())
    for power in _POWERS[lang]:
        if largest >= 10**power:
            word = t(f"export.power_{power}", lang)
            return float(10**power), t(f"unit.{unit}", lang, n=word, counter="").strip()
    return 1.0, t(f"unit.{unit}", lang, n="", counter="").strip()


def scenario_name(scenario: str, lang: str) -> str:
    """Return what a scenario of a projection is called; one without a name keeps its id.

    Parameters
    ----------
    scenario : str
        The id in the table.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    str
        The name.
    """
    key = f"export.scenario_{scenario}"
    return t(key, lang) if has(key) else scenario.replace("_", " ")


def _alt(title: str, pairs: list[str], lang: str) -> str:
    """Say what a chart shows, with every number, for those who cannot see it."""
    return t("export.alt_chart", lang, title=title, values=t("export.joiner", lang).join(pairs))

"""Tidy tables to charts that stay charts: what a native PowerPoint or Excel chart shows.

Each function returns ``None`` where there is nothing to draw, and never a chart of one bar whose
scale would be made up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from yanshi_analysis.labels import has, indicator_name, number, region_name, t

from ._model import Native, Series

__all__ = [
    "attainment_native",
    "change_native",
    "growth_native",
    "projection_native",
    "scenario_name",
]

_MOST_BARS = 12
_PERCENT = '0.0"%"'
_SIGNED = '+0.0"%";−0.0"%";0.0"%"'
_RATES = ("growth", "share")
_BAND = (("lo80", "hi80"),)
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
    rows = rows[[math.isfinite(value) for value in rows["change_pct"]]].head(most)
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
        A chart of lines by year; none if nothing is projected.
    """
    rows = projected[projected["mean"].notna()]
    if rows.empty or not (~rows["observed"].astype(bool)).any():
        return None
    first = rows.iloc[0]
    unit = str(first["unit_base"]) if "unit_base" in rows.columns else ""
    years = sorted({int(year) for year in rows["year"]})
    seen = rows[rows["observed"].astype(bool)].drop_duplicates("year").set_index("year")["mean"]
    scale, word = _scale(rows["mean"], unit, lang)
    last = int(seen.index.max()) if len(seen) else None
    series = [Series(t("export.outcome", lang), _by_year(seen, years, scale), "observed")]
    ahead = rows[~rows["observed"].astype(bool)]
    for scenario, group in ahead.groupby("scenario", sort=False):
        values = group.drop_duplicates("year").set_index("year")["mean"]
        if last is not None:  # the dashed line starts where the solid one ends
            values = pd.concat([seen.loc[[last]], values])
        name = t("export.series_projected", lang, scenario=scenario_name(str(scenario), lang))
        series.append(Series(name, _by_year(values, years, scale), "projected"))
        for low, high in _BAND:
            if group[low].notna().any() and len(group["scenario"].unique()) == 1:
                for end in (low, high):
                    bound = group.drop_duplicates("year").set_index("year")[end]
                    label = t(f"export.series_{end}", lang)
                    series.append(Series(label, _by_year(bound, years, scale), "band"))
    title = t(
        "export.chart_projection",
        lang,
        name=indicator_name(str(first["indicator"]), lang),
        region=region_name(str(first["region"]), lang),
        unit=word,
        first=years[0],
        last=years[-1],
    )
    pairs = [
        t("export.alt_value", lang, name=f"{one.name}, {year}", value=f"{value:,.4g}")
        for one in series
        for year, value in zip(years, one.values, strict=True)
        if value is not None and (year == years[-1] or year == last)
    ]
    categories = tuple(str(year) for year in years)
    return Native("line", title, categories, tuple(series), "#,##0.##", _alt(title, pairs, lang))


def _numbers(values: Iterable[float]) -> tuple[float | None, ...]:
    """Plain floats for XML; what is missing or unbounded is a gap."""
    return tuple(float(v) if pd.notna(v) and math.isfinite(v) else None for v in values)


def _by_year(values: pd.Series, years: list[int], scale: float) -> tuple[float | None, ...]:
    """Values on every year of the axis, in the unit the axis names."""
    return tuple(
        None if value is None else round(value / scale, 6)
        for value in _numbers(values.reindex(years))
    )


def _scale(values: pd.Series, unit: str, lang: str) -> tuple[float, str]:
    """Choose the unit of an axis: 亿 and 万 in Chinese, million and billion in English."""
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
    return t(key, lang) if has(key) else scenario


def _alt(title: str, pairs: list[str], lang: str) -> str:
    """Say what a chart shows, with every number, for those who cannot see it."""
    return t("export.alt_chart", lang, title=title, values=t("export.joiner", lang).join(pairs))

"""How targets were met elsewhere and before, and where projections lead."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from yanshi_analysis import findings
from yanshi_analysis.labels import number, pick, printed, region_name, source_line, t, value_label
from yanshi_analysis.style import domain_color

from ._model import Section, Table
from ._natives import (
    BASES,
    attainment_native,
    axis_unit,
    chance_native,
    projection_native,
    scenario_name,
)
from ._pictures import picture_of
from ._tables import RATES, Tables, short_source

__all__ = ["attainment", "chances", "projections"]

_MANY_CASES = 5  # an indicator with fewer is not spoken of as met often or seldom
_MOST_PROJECTIONS = 4


def attainment(tables: Tables, lang: str) -> Section | None:
    """Return how targets of other regions and years were met.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if no target has an outcome of the same year.
    """
    rows = tables.attainment
    if rows.empty:
        return None
    points = []
    growth = rows[(rows["measure"] == "growth") & rows["gap"].notna()]
    if len(growth):
        growth = growth[growth["indicator"] == growth["indicator"].value_counts().idxmax()]
        points = [findings.misses(growth, lang)]
    often = rows[rows.groupby("indicator")["indicator"].transform("size") >= _MANY_CASES]
    latest = rows[rows["year"] == rows["year"].max()]
    return Section(
        "attainment",
        t("export.label_attainment", lang),
        domain_color("governance"),
        _most_and_least(often if len(often) else rows, lang),
        (*points, t("export.attainment_selection", lang)),
        native=attainment_native(rows, lang),
        table=_attained(rows, tables, lang),
        source=short_source(rows, lang),
        draw=picture_of("attainment_heatmap", latest, lang),
    )


def _most_and_least(rows: pd.DataFrame, lang: str) -> str:
    """Say how often the targets most often met and those least often met were, in their years."""
    rate = (rows["met"] != "missed").groupby(rows["indicator"]).agg(["mean", "size"])
    rate = rate.sort_values(["mean", "size"], ascending=False, kind="stable")
    ends = dict.fromkeys([rate.index[0], rate.index[-1]])
    return t("export.joiner", lang).join(
        findings.attainment_by_region(rows[rows["indicator"] == end], lang) for end in ends
    )


def _attained(rows: pd.DataFrame, tables: Tables, lang: str) -> Table:
    cells = []
    for indicator, group in rows.groupby("indicator", sort=False):
        counts = group["met"].value_counts()
        gaps = group.loc[group["measure"].isin(RATES), "gap"].dropna()
        gap = "–"
        if len(gaps):
            gap = number(float(gaps.median()), "pp", lang, signed=True, decimals=1)
        cells.append(
            (
                tables.indicators[str(indicator)],
                str(len(group)),
                f"{counts.get('met', 0)} + {counts.get('met_within_about', 0)}",
                str(counts.get("missed", 0)),
                gap,
            )
        )
    heads = tuple(
        t(f"export.head_{one}", lang)
        for one in ("indicator", "targets", "met_about", "missed", "median_gap")
    )
    cells.sort(key=lambda cell: -int(cell[1]))
    return Table(heads, tuple(cells), (2.2, 0.9, 1.4, 1.0, 1.3), (False, True, True, True, True))


def projections(tables: Tables, lang: str) -> list[Section]:
    """Return projected indicators, those with most observations first, four at most.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    list of Section
        One per indicator and region; empty if nothing is projected.
    """
    if tables.projections.empty:
        return []
    groups = [rows for _, rows in tables.projections.groupby(["indicator", "region"], sort=False)]
    groups = [rows for rows in groups if _says_something(rows)]
    groups.sort(key=lambda rows: -int(rows["n"].max()))
    made = [_projection(rows, tables, lang) for rows in groups]
    return [section for section in made if section is not None][:_MOST_PROJECTIONS]


def _says_something(rows: pd.DataFrame) -> bool:
    """Tell whether a projection has a range, or scenarios that lead to different ends."""
    ahead = rows[~rows["observed"].astype(bool)]
    ends = ahead.loc[ahead["year"] == ahead["year"].max(), "mean"].dropna()
    return bool(ahead["lo80"].notna().any()) or len({f"{end:.4g}" for end in ends}) > 1


def _projection(rows: pd.DataFrame, tables: Tables, lang: str) -> Section | None:
    native = projection_native(rows, lang)
    if native is None:
        return None
    ahead = rows[~rows["observed"].astype(bool) & rows["mean"].notna()]
    ahead = ahead[~ahead["scenario"].isin(BASES)].sort_values("year", kind="stable")
    indicator, region = str(rows["indicator"].iloc[0]), str(rows["region"].iloc[0])
    words = {"name": tables.indicators[indicator], "region": region_name(region, lang)}
    return Section(
        f"projection_{indicator}_{region}",
        t("export.label_projection_of", lang, **words),
        domain_color(tables.domains[indicator]),
        findings.projection(rows, lang),
        _grounds(ahead, lang),
        native=native,
        table=_projected(ahead, lang),
        source=short_source(rows, lang),
        draw=picture_of("fan", rows, lang),
    )


def _grounds(ahead: pd.DataFrame, lang: str) -> tuple[str, ...]:
    """Say what a projection rests on: each scenario's basis once, then the notes."""
    several = ahead["scenario"].nunique() > 1
    points = []
    for row in ahead.drop_duplicates("scenario").to_dict("records"):
        basis = pick(str(row["basis"]), lang)
        name = scenario_name(str(row["scenario"]), lang)
        points.append(t("export.alt_value", lang, name=name, value=basis) if several else basis)
    points += [pick(str(note), lang) for note in dict.fromkeys(ahead["note"])]
    made = tuple(dict.fromkeys(point[:1].upper() + point[1:] for point in points if point))
    return made or (t("export.projection_read", lang),)


def _projected(ahead: pd.DataFrame, lang: str) -> Table:
    """Make a table by year: with intervals, or with a column for each scenario."""
    scale, unit = axis_unit(ahead["mean"], str(ahead["unit_base"].iloc[0]), lang)
    rows = ahead.to_dict("records")
    year_head = t("export.head_year_unit", lang, unit=unit)
    if ahead["lo80"].notna().any():
        cells = tuple(
            (
                str(row["year"]),
                _value(row["mean"] / scale),
                _between(row["lo80"] / scale, row["hi80"] / scale, lang),
                _between(row["lo95"] / scale, row["hi95"] / scale, lang),
            )
            for row in rows
        )
        heads = tuple(t(f"export.head_{one}", lang) for one in ("central", "band80", "band95"))
        return Table((year_head, *heads), cells, (1.5, 1.2, 1.6, 1.6), (False, True, True, True))
    scenarios = list(dict.fromkeys(str(row["scenario"]) for row in rows))
    by_year: dict[int, dict[str, str]] = {}
    for row in rows:
        said = by_year.setdefault(int(row["year"]), {})
        said[str(row["scenario"])] = _value(row["mean"] / scale)
    by_scenario = tuple(
        (str(year), *(said.get(scenario, "–") for scenario in scenarios))
        for year, said in by_year.items()
    )
    heads = (
        year_head,
        *(scenario_name(scenario, lang) for scenario in scenarios),
    )
    count = len(scenarios)
    return Table(heads, by_scenario, (1.5, *[1.5] * count), (False, *[True] * count))


def _value(value: float) -> str:
    """Write a number in the unit of its column, with four significant digits."""
    if math.isnan(value):
        return "–"
    digits = 0 if value == 0 else math.floor(math.log10(abs(value)))
    return f"{value:,.{min(max(3 - digits, 0), 3)}f}".replace("-", "−")


def _between(low: float, high: float, lang: str) -> str:
    if math.isnan(low) or math.isnan(high):
        return "–"
    return t("number.range", lang, low=_value(low), high=_value(high))


def _band(row: Mapping[Any, Any], share: str, unit: str, lang: str) -> str:
    low, high = float(row[f"lo{share}"]), float(row[f"hi{share}"])
    if math.isnan(low) or math.isnan(high):
        return "–"
    rate = unit == "%"
    return value_label(
        low,
        unit,
        lang,
        qualifier="range",
        value_high=high,
        digits=None if rate else 4,
        decimals=1 if rate else None,
    )


def chances(tables: Tables, lang: str) -> Section | None:
    """Return how likely the region's targets are met, judged by how such targets fared elsewhere.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if no target has enough cases.
    """
    rows = tables.chances
    if rows.empty or rows["chance"].notna().sum() == 0:
        return None
    rows = rows.sort_values("chance", ascending=False, na_position="last", kind="stable")
    known = rows[rows["chance"].notna()]
    best, worst = known.iloc[0], known.iloc[-1]
    key = "title_chances" if len(known) > 1 else "title_chance"
    title = t(
        f"export.{key}",
        lang,
        best=findings.name_in_sentence(best, lang),
        high=round(100 * float(best["chance"])),
        worst=findings.name_in_sentence(worst, lang),
        low=round(100 * float(worst["chance"])),
        year=int(best["year"]),
    )
    cells = tuple(
        (
            tables.indicators[str(row["indicator"])],
            _target(row, lang),
            str(int(row["n"])),
            "–" if pd.isna(row["chance"]) else f"{round(100 * float(row['chance']))}%",
            _band(row, "80", str(row["unit_base"]), lang),
        )
        for row in rows.to_dict("records")
    )
    heads = tuple(
        t(f"export.head_{one}", lang)
        for one in ("indicator", "target", "cases", "chance", "outcome80")
    )
    return Section(
        "chances",
        t("export.label_chances", lang),
        domain_color("governance"),
        title,
        (t("export.chances_read", lang), t("export.attainment_selection", lang)),
        native=chance_native(rows, lang),
        table=Table(heads, cells, (2.2, 1.4, 1.05, 1.1, 1.9), (False, True, True, True, True)),
        source=source_line(_with_class(rows, tables), lang),
    )


def _with_class(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return what chances rest on: the sources of the targets, and of the cases elsewhere."""
    from yanshi_analysis import trends

    columns = ["target_source", "outcome_source"]
    used = [rows[["source"]].rename(columns={"source": "target_source"})]
    for row in rows.to_dict("records"):
        cases = trends.reference_class(
            tables.facts, str(row["indicator"]), tables.region, measure=str(row["measure"])
        )
        used.append(cases.loc[cases["year"].between(row["first_year"], row["last_year"]), columns])
    return pd.concat(used, ignore_index=True)


def _target(row: Mapping[Any, Any], lang: str) -> str:
    """Put the target into words; in Chinese as the report prints it."""
    side = {f"target_{one}": row[one] for one in ("as_printed", "qualifier")}
    return printed({**row, **side}, lang, "target")

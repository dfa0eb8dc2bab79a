"""How targets were met elsewhere and before, and where projections lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from yanshi_analysis import findings
from yanshi_analysis.labels import number, t, value_label
from yanshi_analysis.style import domain_color

from ._model import Section, Table
from ._natives import attainment_native, projection_native, scenario_name
from ._pictures import picture_of
from ._tables import RATES, Tables, short_source

__all__ = ["attainment", "projections"]

_MANY_CASES = 5  # an indicator with fewer is not spoken of as met often or seldom
_MOST_PROJECTIONS = 2


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
        findings.attainment_by_region(often if len(often) else rows, lang),
        (*points, t("export.attainment_selection", lang)),
        native=attainment_native(rows, lang),
        table=_attained(rows, tables, lang),
        source=short_source(rows, lang),
        draw=picture_of("attainment_heatmap", latest, lang),
    )


def _attained(rows: pd.DataFrame, tables: Tables, lang: str) -> Table:
    cells = []
    for indicator, group in rows.groupby("indicator", sort=False):
        counts = group["met"].value_counts()
        gaps = group.loc[group["measure"].isin(RATES), "gap"].dropna()
        gap = "–"
        if len(gaps):
            gap = value_label(float(gaps.median()), "pp", lang, signed=True, decimals=1)
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
    """Return projected indicators, those with most observations first, two at most.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    list of Section
        One per indicator; empty if nothing is projected.
    """
    if tables.projections.empty:
        return []
    made: list[tuple[float, Section]] = []
    for _, group in tables.projections.groupby(["indicator", "region"], sort=False):
        section = _projection(group, tables, lang)
        if section is not None:
            made.append((float(group["n"].max()), section))
    made.sort(key=lambda one: -one[0])
    return [section for _, section in made[:_MOST_PROJECTIONS]]


def _projection(rows: pd.DataFrame, tables: Tables, lang: str) -> Section | None:
    native = projection_native(rows, lang)
    if native is None:
        return None
    ahead = rows[~rows["observed"].astype(bool) & rows["mean"].notna()]
    unit = str(rows["unit_base"].iloc[0])
    cells = tuple(
        (
            str(int(row["year"])),
            scenario_name(str(row["scenario"]), lang),
            value_label(float(row["mean"]), unit, lang, digits=4),
            _band(row, unit, lang),
            "–" if pd.isna(row["n"]) else str(int(row["n"])),
        )
        for row in ahead.to_dict("records")
    )
    heads = tuple(
        t(f"export.head_{one}", lang) for one in ("year", "scenario", "central", "band80", "n")
    )
    facts = tables.facts[
        tables.facts["indicator"].isin(rows["indicator"])
        & tables.facts["region"].isin(rows["region"])
    ]
    shown = rows if {"source", "sources"} & set(rows.columns) else facts
    return Section(
        "projection",
        t("export.label_projection", lang),
        domain_color("environment"),
        findings.projection(rows, lang),
        (t("export.projection_read", lang),),
        native=native,
        table=Table(heads, cells, (0.8, 2.0, 1.6, 1.9, 0.5), (False, False, True, True, True)),
        source=short_source(shown, lang),
        draw=picture_of("fan", rows, lang),
    )


def _band(row: Mapping[Any, Any], unit: str, lang: str) -> str:
    if pd.isna(row["lo80"]) or pd.isna(row["hi80"]):
        return t("export.no_band", lang)
    low = number(float(row["lo80"]), unit, lang, digits=4)
    high = value_label(float(row["hi80"]), unit, lang, digits=4)
    return t("number.range", lang, low=low, high=high)

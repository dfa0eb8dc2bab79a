"""Where each number of a briefing stands: source, section, page and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from yanshi_analysis.labels import printed, t

from ._model import Place
from ._tables import Tables

__all__ = ["fact_places", "pair_places", "place_line"]


def pair_places(rows: pd.DataFrame, tables: Tables, lang: str) -> tuple[Place, ...]:
    """Return the places of both sides of compared pairs.

    Parameters
    ----------
    rows : DataFrame
        From `compare.outcomes_vs_targets`.
    tables : Tables
        For the names.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    tuple of Place
        Outcome and target of each pair, each place once.
    """
    sides = (("outcome", "indicator", "year"), ("target", "target_indicator", "target_year"))
    return _once(
        _place(row, side, str(row[indicator]), int(row[year]), side, tables, lang)
        for row in rows.to_dict("records")
        for side, indicator, year in sides
    )


def fact_places(facts: pd.DataFrame, tables: Tables, lang: str) -> tuple[Place, ...]:
    """Return the places of facts.

    Parameters
    ----------
    facts : DataFrame
        From `load_facts`.
    tables : Tables
        For the names.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    tuple of Place
        One per fact, each place once.
    """
    return _once(
        _place(row, "", str(row["indicator"]), int(row["year"]), str(row["kind"]), tables, lang)
        for row in facts.to_dict("records")
    )


def place_line(place: Place, lang: str) -> str:
    """Put a place into one line.

    Parameters
    ----------
    place : Place
        Where a number stands.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    str
        The line; of a source without lines, only the source.
    """
    key = "export.place" if place.line else "export.place_source"
    return t(key, lang, **place._asdict())


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))


def _place(
    row: Mapping[Any, Any],
    side: str,
    indicator: str,
    year: int,
    kind: str,
    tables: Tables,
    lang: str,
) -> Place:
    prefix = f"{side}_" if side else ""
    name = t(
        "export.name_year",
        lang,
        name=tables.indicators[indicator],
        year=year,
        kind=t(f"kind.{kind}", lang),
    )

    def where(column: str) -> str:
        value = row[f"{prefix}{column}"]
        return "" if pd.isna(value) else str(value)

    return Place(
        name=name,
        value=printed(row, lang, side),
        source=tables.sources.get(where("source"), where("source")),
        section=where("section"),
        page=where("page").removesuffix(".0"),
        line=where("line").removesuffix(".0"),
    )

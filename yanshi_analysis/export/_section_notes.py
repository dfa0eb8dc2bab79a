"""The last slides: what does not add up, what cannot be compared, method, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from yanshi_analysis import findings
from yanshi_analysis.labels import printed, source_line, t
from yanshi_analysis.style import domain_color

from ._model import Section, Table
from ._places import pair_places
from ._tables import Tables

__all__ = ["caveats", "inconsistencies", "method", "sources"]

_METHOD = ("place", "rounding", "pace", "points", "verdict", "projection", "context")


def inconsistencies(tables: Tables, lang: str) -> Section | None:
    """Return what does not add up, with the arithmetic.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if everything adds up.
    """
    rows = tables.inconsistencies
    if rows.empty:
        return None
    cells = tuple(
        (
            tables.indicators[str(row["indicator"])],
            str(int(row["year"])),
            str(row[f"arithmetic_{lang}"]),
        )
        for row in rows.to_dict("records")
    )
    heads = tuple(t(f"export.head_{one}", lang) for one in ("indicator", "year", "arithmetic"))
    return Section(
        "inconsistencies",
        t("export.label_inconsistencies", lang),
        domain_color("city"),
        t("export.title_inconsistencies", lang, n=len(rows)),
        table=Table(heads, cells, (2.4, 0.8, 8.0), (False, False, False)),
        source=source_line(rows, lang),
        notes=tuple(findings.inconsistency(row, lang) for _, row in rows.iterrows()),
    )


def caveats(tables: Tables, lang: str) -> Section | None:
    """Return pairs that look alike and are not the same thing.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if there are none.
    """
    rows = tables.comparison[tables.comparison["comparability"] == "caveat"]
    if rows.empty:
        return None
    cells = tuple(
        (
            _named_value(row, "indicator", "outcome", tables, lang),
            _named_value(row, "target_indicator", "target", tables, lang),
            str(row[f"reason_{lang}"]),
        )
        for row in rows.to_dict("records")
    )
    heads = (
        t("export.series_outcome", lang, year=tables.year),
        t("export.series_target", lang, year=tables.target_year),
        t("export.head_reason", lang),
    )
    return Section(
        "caveats",
        t("export.label_caveats", lang),
        domain_color("city"),
        t("export.title_caveats", lang, n=len(rows)),
        table=Table(heads, cells, (3.3, 3.3, 5.4), (False, False, False)),
        source=source_line(rows, lang),
        places=pair_places(rows, tables, lang),
    )


def _named_value(
    row: Mapping[Any, Any], indicator: str, side: str, tables: Tables, lang: str
) -> str:
    name = tables.indicators[str(row[indicator])]
    return t("export.alt_value", lang, name=name, value=printed(row, lang, side))


def method(lang: str) -> Section:
    """Return how the numbers were read and compared.

    Parameters
    ----------
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section
        Points only.
    """
    return Section(
        "method",
        t("export.label_method", lang),
        domain_color("city"),
        t("export.title_method", lang),
        tuple(t(f"export.method_{one}", lang) for one in _METHOD),
    )


def sources(tables: Tables, lang: str) -> Section:
    """Return all sources used, those about the region first, the latest of them on top.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section
        A table of sources.
    """
    from yanshi_analysis.data import load_sources

    used = {one for column in _columns(tables) for one in column if isinstance(one, str) and one}
    own = set(tables.facts.loc[tables.facts["region"] == tables.region, "source"])
    known = load_sources()
    listed = known[known["source"].isin(used)]
    listed = listed.assign(other=~listed["source"].isin(own)).sort_values(
        ["other", "published", "source"], ascending=[True, False, True], kind="stable"
    )
    cells = tuple(
        (tables.sources[str(source)], str(published))
        for source, published in zip(listed["source"], listed["published"], strict=True)
    )
    heads = (t("export.head_source", lang), t("export.head_published", lang))
    return Section(
        "sources",
        t("export.label_sources", lang),
        domain_color("city"),
        t("export.title_sources", lang, n=len(cells)),
        table=Table(heads, cells, (8.0, 2.0), (False, True)),
    )


def _columns(tables: Tables) -> Iterator[pd.Series]:
    """Columns that name a source."""
    yield tables.facts["source"]
    for table in (tables.comparison, tables.attainment):
        for name in table.columns:
            if str(name).endswith("_source"):
                yield table[name]

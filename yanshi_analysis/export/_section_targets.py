"""The first slides: at a glance, the targets of growth, the targets of levels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis import findings
from yanshi_analysis.labels import number, printed, source_line, t, value_label
from yanshi_analysis.style import domain_color

from ._model import Section, Table, Tile
from ._natives import change_native, growth_native
from ._pictures import picture_of
from ._places import pair_places
from ._tables import RATES, Tables, comparable, widest

__all__ = ["glance", "growth_targets", "level_targets"]

_TILES = 6
_POINTS = 4
_MOST_LEVELS = 18
_NO_TABLE = Table((), (), (), ())


def glance(tables: Tables, lang: str) -> Section | None:
    """Return the key figures: the first pairs of outcome and target that the report states.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if nothing can be compared.
    """
    rows = comparable(tables.comparison)
    if rows.empty:
        return None
    shown = rows.head(_TILES)
    return Section(
        "glance",
        t("export.label_glance", lang),
        domain_color("economy"),
        findings.headline(rows, lang),
        (
            findings.growth_targets(tables.comparison, lang),
            findings.level_targets(tables.comparison, lang),
            findings.stances(tables.comparison, lang),
        ),
        tiles=tuple(_tile(row, tables, lang) for row in shown.to_dict("records")),
        source=source_line(shown, lang),
        places=pair_places(shown, tables, lang),
        draw=picture_of("stance_overview", tables.comparison, lang),
    )


def growth_targets(tables: Tables, lang: str) -> Section | None:
    """Return growth rates against next year's targets.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if no growth rate can be compared.
    """
    rows = comparable(tables.comparison)
    rows = rows[rows["measure"] == "growth"]
    if rows.empty:
        return None
    return Section(
        "growth",
        t("export.label_growth", lang),
        domain_color("economy"),
        findings.growth_targets(rows, lang),
        native=growth_native(rows, lang),
        table=_pair_table(rows, tables, lang),
        source=source_line(rows, lang),
        places=pair_places(rows, tables, lang),
        draw=picture_of("growth_dumbbell", rows, lang),
    )


def level_targets(tables: Tables, lang: str) -> Section | None:
    """Return levels against next year's targets.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if no level can be compared.
    """
    rows = comparable(tables.comparison)
    rows = rows[(rows["measure"] == "level") & rows["change"].notna()]
    if rows.empty:
        return None
    native = change_native(rows, lang, most=_MOST_LEVELS)
    moved = widest(rows[rows["change"] != 0]).head(_POINTS)
    return Section(
        "levels",
        t("export.label_levels", lang),
        domain_color("economy"),
        findings.level_targets(rows, lang) if native else findings.stances(rows, lang),
        tuple(findings.comparison(row, lang) for _, row in moved.iterrows()),
        native=native,
        table=_pair_table(rows, tables, lang),
        slide_table=_NO_TABLE if native else None,
        source=source_line(rows, lang),
        places=pair_places(rows, tables, lang),
        draw=picture_of("required_vs_achieved", _with_pace(rows), lang),
    )


def _with_pace(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs whose required growth can be computed."""
    return rows[np.isfinite(rows["required_growth"].astype(float))]


def _tile(row: Mapping[Any, Any], tables: Tables, lang: str) -> Tile:
    name = tables.indicators[str(row["indicator"])]
    if row["measure"] == "growth":
        name = t("export.name_growth", lang, name=name)
    detail = t(
        "export.tile_target",
        lang,
        year=int(row["target_year"]),
        value=printed(row, lang, "target"),
    )
    color = domain_color(tables.domains[str(row["indicator"])])
    return Tile(printed(row, lang, "outcome"), name, detail, color)


def _pair_table(rows: pd.DataFrame, tables: Tables, lang: str) -> Table:
    points = bool((rows["measure"] == "growth").all())  # the head names the unit once
    cells = tuple(
        (
            tables.indicators[str(row["indicator"])],
            printed(row, lang, "outcome"),
            printed(row, lang, "target"),
            number(float(row["change"]), "pp", lang, signed=True, decimals=1)
            if points
            else _change(row, lang),
        )
        for row in rows.to_dict("records")
    )
    heads = (
        t("export.head_indicator", lang),
        t("export.series_outcome", lang, year=tables.year),
        t("export.series_target", lang, year=tables.target_year),
        t("export.head_change_points" if points else "export.head_change", lang),
    )
    return Table(heads, cells, (2.4, 1.6, 1.6, 1.4), (False, True, True, True))


def _change(row: Mapping[Any, Any], lang: str) -> str:
    """Put a pair's change into words: points for rates, % for levels, a dash where none."""
    if row["measure"] in RATES and pd.notna(row["change"]):
        return value_label(float(row["change"]), "pp", lang, signed=True)
    if row["measure"] == "level" and math.isfinite(float(row["change_pct"])):
        return f"{number(float(row['change_pct']), '%', lang, decimals=1, signed=True)}%"
    return "–"

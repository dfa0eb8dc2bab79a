"""Facts and comparison as a Frictionless data package, for R, SPSS and data portals."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from yanshi_analysis.files import prepare_folder, write_all
from yanshi_analysis.labels import t

from ._cells import csv_bytes, is_text
from ._codebook import column

__all__ = ["save_datapackage"]

_KEYS = {"indicator": "indicators", "target_indicator": "indicators", "source": "sources"}


def save_datapackage(
    facts: pd.DataFrame, comparison: pd.DataFrame, folder: str | os.PathLike[str]
) -> list[Path]:
    """Write facts and comparison as CSV files with a description that machines read.

    Parameters
    ----------
    facts : DataFrame
        From `load_facts`.
    comparison : DataFrame
        From `outcomes_vs_targets`.
    folder : str or path-like
        Where the files go; made if missing.

    Returns
    -------
    list of Path
        ``facts.csv``, ``comparison.csv``, ``indicators.csv``, ``sources.csv`` and
        ``datapackage.json``. The description is written last.

    Raises
    ------
    ValueError
        If a table has no rows.

    Notes
    -----
    The files follow Data Package and Table Schema (Frictionless Data): UTF-8 without byte order
    mark, commas, empty cells for what is missing, ``INF`` and ``-INF`` for no bound. Every column
    has type, title and meaning in English and Chinese; keys tie indicators and sources to their
    tables. Text cells that a spreadsheet would run as a formula carry a leading apostrophe. There
    is no date in it: the same tables give the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> from yanshi_analysis import load_facts, outcomes_vs_targets
    >>> from yanshi_analysis.export import save_datapackage
    >>> facts = load_facts()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save_datapackage(facts, outcomes_vs_targets(facts), folder)
    >>> [path.name for path in paths][:2]
    ['facts.csv', 'comparison.csv']
    """
    from yanshi_analysis.data import load_indicators, load_sources

    for name, table in (("facts", facts), ("comparison", comparison)):
        if table.empty:
            raise ValueError(f"the table {name!r} has no rows; there is nothing to publish")
    sources = load_sources()
    tables = {
        "facts": facts,
        "comparison": comparison,
        "indicators": load_indicators(),
        "sources": sources,
    }
    used = {
        source
        for table in (facts, comparison)
        for name in table.columns
        if str(name).endswith("source") and is_text(table[name])
        for source in table[name].dropna().unique()
    }
    package = {
        "profile": "tabular-data-package",
        "name": "yanshi-analysis",
        "title": f"{t('export.package_title', 'en')} | {t('export.package_title', 'zh')}",
        "description": f"{t('export.package_about', 'en')} | {t('export.package_about', 'zh')}",
        "sources": [
            {"title": f"{row['name_en']} | {row['name_zh']}"}
            for _, row in sources[sources["source"].isin(used)].iterrows()
        ],
        "resources": [_resource(name, table, tables) for name, table in tables.items()],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    place = prepare_folder(folder)
    contents = {
        place / f"{name}.csv": csv_bytes(table, bom=False) for name, table in tables.items()
    }
    return write_all({**contents, place / "datapackage.json": text.encode()})


def _resource(name: str, table: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Describe one file."""
    schema: dict[str, Any] = {
        "fields": [_field(str(one), table[one]) for one in table.columns],
        "missingValues": [""],
    }
    own_key = {"indicators": "indicator", "sources": "source"}.get(name)
    if own_key:
        schema["primaryKey"] = own_key
    else:
        keys = [
            _foreign_key(str(one), tables)
            for one in table.columns
            if _target(str(one)) and _refers(table[one], str(one), tables)
        ]
        if keys:
            schema["foreignKeys"] = keys
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, values: pd.Series) -> dict[str, Any]:
    """Describe one column."""
    english, chinese = column(name, "en"), column(name, "zh")
    field: dict[str, Any] = {"name": name, "type": _type(values)}
    if english.means:
        field["title"] = f"{english.label} | {chinese.label}"
        means = f"{english.means} [{english.unit}]" if english.unit else english.means
        also = f"{chinese.means}［{chinese.unit}］" if chinese.unit else chinese.means
        field["description"] = f"{means} | {also}"
    return field


def _type(values: pd.Series) -> str:
    kind = values.dtype
    if pd.api.types.is_bool_dtype(kind):
        return "boolean"
    if pd.api.types.is_integer_dtype(kind):
        return "integer"
    if pd.api.types.is_numeric_dtype(kind):
        return "number"
    return "string"


def _target(name: str) -> str:
    """Name the table a column's ids stand in, if any."""
    if name in _KEYS:
        return _KEYS[name]
    return "sources" if name.endswith("_source") else ""


def _refers(values: pd.Series, name: str, tables: dict[str, pd.DataFrame]) -> bool:
    """Whether every id of a column stands in its table."""
    table = _target(name)
    known = set(tables[table][table.removesuffix("s")])
    return bool(values.notna().all()) and set(values) <= known


def _foreign_key(name: str, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    table = _target(name)
    return {"fields": name, "reference": {"resource": table, "fields": table.removesuffix("s")}}

"""A tidy table put into words: names for ids, values as people read them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pandas as pd

from yanshi_analysis.findings import growth_name
from yanshi_analysis.labels import (
    has,
    indicator_name,
    pick,
    printed,
    region_name,
    source_name,
    t,
    value_label,
)

__all__ = ["in_words", "numbers", "place"]

Row = pd.Series
_RATES = ("growth", "share")
_CATALOGUE = (
    "kind", "measure", "stance", "verdict", "met", "comparability", "qualifier", "severity",
    "scenario", "result",
    "method",
)  # fmt: skip
_PERCENT = ("change_pct", "required_growth", "achieved_growth", "attainment_pct", "share")
_UNSIGNED = ("growth", "missed_by")
_BASE = (
    "value_base", "low", "high", "implied", "implied_low", "implied_high",
    "mean", "lo80", "hi80", "lo95", "hi95",
)  # fmt: skip
_SIDES = ("outcome", "target")
_RANGES = {"range80": ("lo80", "hi80"), "range95": ("lo95", "hi95")}


def in_words(table: pd.DataFrame, lang: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Put a tidy table into the words of a language.

    Parameters
    ----------
    table : DataFrame
        One of the package's tables, or any other.
    lang : str
        ``"en"`` or ``"zh"``.
    columns : sequence of str, optional
        Which columns, in which order; by default all. Columns of the package are put into words:
        ids become names, ``value``, ``outcome`` and ``target`` are shown as printed, changes and
        growth rates with sign and unit. Besides the table's own there are ``place``,
        ``outcome_place`` and ``target_place`` (where it stands in the report), ``range80`` and
        ``range95``, and ``reason``, ``arithmetic`` (either language). Any other column keeps its
        name; its text stays text.

    Returns
    -------
    DataFrame
        Texts, with readable headings.

    Raises
    ------
    ValueError
        If a column is not there, or the language is not known.

    Examples
    --------
    >>> from yanshi_analysis import load_facts, outcomes_vs_targets
    >>> pairs = outcomes_vs_targets(load_facts())
    >>> in_words(pairs, "zh", ["indicator", "stance"]).columns.tolist()
    ['指标', '目标与上年比较']
    """
    names = [str(name) for name in (table.columns if columns is None else columns)]
    missing = [name for name in names if not _there(name, table)]
    if missing:
        known = ", ".join(map(str, table.columns))
        raise ValueError(f"the table has no column {', '.join(missing)}; it has {known}")
    cells = {name: _column(name, lang) for name in names}
    rows = [row for _, row in table.iterrows()]
    texts = [[cells[name](row) for name in names] for row in rows]
    return pd.DataFrame(texts, columns=[_head(name, table, lang) for name in names], dtype="str")


def numbers(table: pd.DataFrame, columns: Sequence[str] | None = None) -> list[bool]:
    """Say which columns of `in_words` are numbers, and stand to the right."""
    return [
        _is_number(str(name), table) for name in (table.columns if columns is None else columns)
    ]


def place(row: Row, lang: str, side: str = "") -> str:
    """Say where a number stands in its source: section, page and line.

    Parameters
    ----------
    row : Series
        A fact, or with `side` a row of a comparison.
    lang : str
        ``"en"`` or ``"zh"``.
    side : str
        ``""``, ``"outcome"`` or ``"target"``.

    Returns
    -------
    str
        Such as ``§ 1.3, p. 8, line 321``; the source's name for what has no line.
    """
    prefix = f"{side}_" if side else ""
    line, page = row.get(f"{prefix}line"), row.get(f"{prefix}page")
    if line is None or pd.isna(line):
        source = str(row.get(f"{prefix}source") or "")
        return source_name(source, lang) if source else _NONE
    return t(
        "notebook.place",
        lang,
        section=row.get(f"{prefix}section") or _NONE,
        page=_NONE if page is None or pd.isna(page) else int(page),
        line=int(line),
    )


_NONE = "–"


def _there(name: str, table: pd.DataFrame) -> bool:
    have = {str(column) for column in table.columns}
    if name in have or {f"{name}_en", f"{name}_zh"} <= have:
        return True
    if name in _RANGES:
        return set(_RANGES[name]) <= have
    return name.endswith("place") and name.removesuffix("place") + "line" in have


def _is_number(name: str, table: pd.DataFrame) -> bool:
    if name in ("year", "target_year", "page", "line"):
        return False
    if name in ("value", *_SIDES, *_RANGES):
        return True
    return name in table and pd.api.types.is_numeric_dtype(table[name])


def _head(name: str, table: pd.DataFrame, lang: str) -> str:
    if name in _SIDES:
        year = "target_year" if name == "target" and "target_year" in table else "year"
        years = {int(one) for one in table[year]} if year in table else set()
        if len(years) == 1:
            return t(f"export.series_{name}", lang, year=years.pop())
    for key in (f"notebook.column_{name}", f"export.column_{name}"):
        if has(key):
            return t(key, lang)
    return name


def _column(name: str, lang: str) -> Callable[[Row], str]:
    """Return how one column's cells are put into words."""
    if name in ("indicator", "target_indicator", "other_indicator", "whole"):
        return lambda row: _name(str(row[name]), str(row.get("measure") or ""), lang)
    if name == "region":
        return lambda row: region_name(row[name], lang)
    if name == "source":
        return lambda row: source_name(row[name], lang) if row[name] else _NONE
    if name in _CATALOGUE:
        return lambda row: _looked_up(name, row[name], lang)
    if name in _RANGES:
        return lambda row: _range(name, row, lang)
    if name.endswith("place"):
        return lambda row: place(row, lang, name.removesuffix("place").rstrip("_"))
    return lambda row: _value(name, row, lang)


def _name(indicator: str, measure: str, lang: str) -> str:
    if not indicator:
        return _NONE
    name = indicator_name(indicator, lang)
    return growth_name(name, lang, "notebook") if measure == "growth" else name


def _range(name: str, row: Row, lang: str) -> str:
    low, high = (float(row[end]) for end in _RANGES[name])
    unit = str(row.get("unit_base") or "")
    if math.isnan(low) or math.isnan(high):
        return _NONE
    if unit == "%":
        low, high = round(low, 1), round(high, 1)
    return value_label(
        low, unit, lang, qualifier="range", value_high=high, digits=None if unit == "%" else 4
    )


def _looked_up(name: str, value: object, lang: str) -> str:
    if name == "qualifier":
        return t(f"notebook.precision_{value}", lang)
    for key in (f"notebook.{name}_{value}", f"{name}.{value}"):
        if has(key):
            return t(key, lang)
    return str(value) if value else _NONE


def _value(name: str, row: Row, lang: str) -> str:
    cell = row[f"{name}_{lang}"] if name not in row.index else row[name]
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return _NONE
    if isinstance(cell, str):
        return pick(cell, lang) if " | " in cell else cell or _NONE
    if name == "value" and "as_printed" in row.index:
        return printed(row, lang)
    if name in _SIDES and f"{name}_as_printed" in row.index:
        return printed(row, lang, name)
    if name == "target" and "as_printed" in row.index:  # a table of targets alone
        named = {"as_printed": "target_as_printed", "qualifier": "target_qualifier"}
        return printed(row.rename(named), lang, "target")
    if name in _PERCENT:
        signed = name not in ("attainment_pct", "share")
        return value_label(round(float(cell), 1), "%", lang, signed=signed, decimals=1)
    if name in ("chance", "chance_strict", "chance_recent"):
        return value_label(round(100 * float(cell)), "%", lang)
    if name in _UNSIGNED:
        return value_label(round(float(cell), 1), "%", lang)
    unit = str(row.get("unit_base") or "")
    if name in ("change", "gap"):
        if unit == "direction":
            return _NONE
        rate = row.get("measure") in _RATES
        return value_label(
            round(float(cell), 1) if rate else float(cell),
            "pp" if rate else unit,
            lang,
            unit="" if rate else str(row.get("outcome_unit") or ""),
            signed=True,
        )
    if name in _BASE:
        shown = round(float(cell), 1) if unit == "%" else float(cell)
        return value_label(shown, unit, lang, digits=None if unit == "%" else 4)
    if isinstance(cell, bool):
        return t(f"notebook.{'yes' if cell else 'no'}", lang)
    return f"{cell:g}" if isinstance(cell, float) else str(cell)

"""Names of indicators, regions, domains, themes and sources, from the dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from yanshi_analysis.labels._catalogue import check_lang

if TYPE_CHECKING:
    import pandas as pd


Columns = Mapping[str, Sequence[str]]


def columns(sheet: str, table: pd.DataFrame | None = None) -> Columns:
    """Return a table of the dictionary as plain columns; `data` is loaded when first needed."""
    if table is not None:
        return {str(column): list(table[column]) for column in table.columns}
    from yanshi_analysis.data import dictionary

    return dictionary.ids(None, sheet)


def _name(kind: str, key: str, lang: str, table: pd.DataFrame | None) -> str:
    return named(kind, key, lang, columns(f"{kind}s", table))


def named(kind: str, key: str, lang: str, table: Columns) -> str:
    """Return the name a table of the dictionary gives to an id."""
    check_lang(lang)
    try:
        return table[f"name_{lang}"][table[kind].index(key)]
    except ValueError:
        near = get_close_matches(key, table[kind], 3)
        hint = f"; similar: {', '.join(near)}" if near else ""
        raise ValueError(f"the dictionary has no {kind} {key!r}{hint}") from None


def indicator_name(indicator: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of an indicator.

    Parameters
    ----------
    indicator : str
        Its id.
    lang : str
        ``"en"`` or ``"zh"``.
    table : DataFrame, optional
        The dictionary's table, by default `load_indicators()`; columns ``indicator``, ``name_en``
        and ``name_zh`` are read.

    Raises
    ------
    ValueError
        If the language is not known or the dictionary has no such indicator; similar ids are named.

    Examples
    --------
    >>> indicator_name("gdp", "zh")
    '地区生产总值'
    """
    return _name("indicator", indicator, lang, table)


def region_name(region: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a region from its GB/T 2260 code; see `indicator_name`."""
    return _name("region", region, lang, table)


def domain_name(domain: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a domain; see `indicator_name`."""
    return _name("domain", domain, lang, table)


def theme_name(theme: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a theme; see `indicator_name`."""
    return _name("theme", theme, lang, table)


def source_name(source: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a source; see `indicator_name`."""
    return _name("source", source, lang, table)

"""Names of indicators, regions, domains, themes and sources, from the dictionary."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from yanshi_analysis.labels._catalogue import check_lang

if TYPE_CHECKING:
    import pandas as pd


def load(loader: str) -> pd.DataFrame:
    """Return a table of the dictionary; the room `data` is loaded when first needed."""
    from yanshi_analysis import data

    table: pd.DataFrame = getattr(data, loader)()
    return table


def _name(kind: str, loader: str, key: str, lang: str, table: pd.DataFrame | None) -> str:
    check_lang(lang)
    table = load(loader) if table is None else table
    found = table.loc[table[kind] == key, f"name_{lang}"]
    if found.empty:
        near = get_close_matches(key, list(table[kind]), 3)
        hint = f"; similar: {', '.join(near)}" if near else ""
        raise ValueError(f"the dictionary has no {kind} {key!r}{hint}")
    return str(found.iloc[0])


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
    return _name("indicator", "load_indicators", indicator, lang, table)


def region_name(region: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a region from its GB/T 2260 code; see `indicator_name`."""
    return _name("region", "load_regions", region, lang, table)


def domain_name(domain: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a domain; see `indicator_name`."""
    return _name("domain", "load_domains", domain, lang, table)


def theme_name(theme: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a theme; see `indicator_name`."""
    return _name("theme", "load_themes", theme, lang, table)


def source_name(source: str, lang: str, table: pd.DataFrame | None = None) -> str:
    """Return the name of a source; see `indicator_name`."""
    return _name("source", "load_sources", source, lang, table)

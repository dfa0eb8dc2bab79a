"""Names from the dictionary, and the source line of a set of rows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from yanshi_analysis.labels._catalogue import check_lang, t

if TYPE_CHECKING:
    import pandas as pd


def _load(loader: str) -> pd.DataFrame:
    from yanshi_analysis import data

    table: pd.DataFrame = getattr(data, loader)()
    return table


def _name(kind: str, loader: str, key: str, lang: str, table: pd.DataFrame | None) -> str:
    check_lang(lang)
    table = _load(loader) if table is None else table
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


def _ids(cell: object) -> Iterable[str]:
    if isinstance(cell, str):
        return (part.strip() for part in cell.split(";"))
    if isinstance(cell, (list, tuple, set, frozenset)):
        return (str(part).strip() for part in cell)
    return ()


def source_line(
    rows: pd.DataFrame,
    lang: str,
    sources: pd.DataFrame | None = None,
    *,
    places: bool = False,
) -> str:
    """Return the source line of the rows a chart plots.

    Parameters
    ----------
    rows : DataFrame
        The plotted rows. Read are ``source``, ``sources`` and every ``…_source`` column (one id, or
        several separated by ``;``) and, with `places`, the ``section`` column beside each.
    lang : str
        ``"en"`` or ``"zh"``.
    sources : DataFrame, optional
        The dictionary's sources, by default `load_sources()`: ``source``, ``name_en``, ``name_zh``,
        ``published``.
    places : bool
        Also say in which sections of each source the numbers stand.

    Returns
    -------
    str
        Each source once, the earliest publication first; ``""`` for no rows.

    Raises
    ------
    ValueError
        If rows name no source, or one the dictionary does not have.
    """
    check_lang(lang)
    if len(rows) == 0:
        return ""
    found: dict[str, set[str]] = {}
    for column in rows.columns:
        name = str(column)
        if name not in ("source", "sources") and not name.endswith("_source"):
            continue
        section = name.removesuffix("source") + "section"
        beside = rows[section] if section in rows.columns else [""] * len(rows)
        for cell, place in zip(rows[column], beside, strict=True):
            for source in _ids(cell):
                if source:
                    found.setdefault(source, set()).add(str(place or ""))
    if not found:
        raise ValueError("the rows name no source: a column source, …_source or sources is needed")
    table = _load("load_sources") if sources is None else sources
    published = dict(zip(table["source"], table["published"].astype(str), strict=True))
    ordered = sorted(found, key=lambda source: (published.get(source, ""), source))
    names = []
    for source in ordered:
        name = source_name(source, lang, table)
        sections = sorted(found[source] - {"", "nan", "<NA>"}, key=_section_order)
        if places and sections:
            joined = t("source.list", lang).join(_section(one, lang) for one in sections)
            name = t("source.places", lang, source=name, sections=joined)
        names.append(name)
    joined = t("source.separator", lang).join(dict.fromkeys(names))
    return t("source.one" if len(set(names)) == 1 else "source.many", lang, sources=joined)


def _section_order(section: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in section.split(".")]


_NUMERALS = "〇一二三四五六七八九十"


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _section(section: str, lang: str) -> str:
    """Return ``1.3`` as it is in English and as 一（三） in Chinese."""
    parts = section.split(".")
    if lang == "en" or not all(part.isdigit() and int(part) < 100 for part in parts):
        return section
    head, *rest = (_numeral(int(part)) for part in parts)
    return head + "".join(f"（{part}）" for part in rest)

"""A table as people read it: names beside ids, one language instead of two."""

from __future__ import annotations

import pandas as pd

from yanshi_analysis.labels import indicator_name, pick, region_name

__all__ = ["readable"]

_BILINGUAL = ("note", "definition")
_LANGUAGES = ("en", "zh")
_NAMES = {
    "indicator": indicator_name,
    "target_indicator": indicator_name,
    "other_indicator": indicator_name,
    "region": region_name,
}


def readable(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Prepare a table for people who read `lang`.

    Parameters
    ----------
    table : DataFrame
        One of the package's tables, or any other.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    DataFrame
        A new table. After each id of an indicator or region stands its name (``…_name``); of the
        columns ``…_en`` and ``…_zh`` the one in `lang` stays, without its ending; notes and
        definitions that hold both languages hold one.
    """
    columns: dict[str, pd.Series] = {}
    names = {str(name) for name in table.columns}
    for name in table.columns:
        values, name = table[name], str(name)
        stem, _, language = name.rpartition("_")
        if language in _LANGUAGES and all(f"{stem}_{one}" in names for one in _LANGUAGES):
            if language == lang:
                columns[stem] = values
            continue
        if name in _BILINGUAL:
            values = values.map(lambda cell: pick(cell, lang), na_action="ignore")
        columns[name] = values
        if name in _NAMES and f"{name}_name" not in names:
            columns[f"{name}_name"] = values.map(
                {one: _NAMES[name](one, lang) for one in values.dropna().unique() if one}
            ).fillna("")
    return pd.DataFrame(columns, index=table.index)

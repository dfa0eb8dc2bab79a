"""A table as people read it: names beside ids, one language instead of two."""

from __future__ import annotations

import re

import pandas as pd

from yanshi_analysis.labels import indicator_name, pick, region_name

from ._cells import is_text

__all__ = ["readable"]

_BILINGUAL = ("note", "definition")  # even where all cells of a table hold one language
_BOTH = re.compile(r"[A-Za-z].* \| .*[\u4e00-\u9fff]", re.DOTALL)
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
        columns ``…_en`` and ``…_zh`` the one in `lang` stays, without its ending; notes,
        definitions and any other column of cells ``English | 中文`` hold one language. What was
        printed (``…as_printed``) stays as it is.

    Examples
    --------
    >>> readable(pd.DataFrame({"basis": ["last growth | 上年增速"]}), "zh")["basis"].tolist()
    ['上年增速']
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
        if name in _BILINGUAL or _bilingual(name, values):
            values = values.map(lambda cell: _one(cell, lang), na_action="ignore")
        columns[name] = values
        if name in _NAMES and f"{name}_name" not in names:
            known = {one: _NAMES[name](one, lang) for one in values.dropna().unique() if one}
            columns[f"{name}_name"] = pd.Series(
                [known.get(one, "") for one in values], index=table.index, dtype="str"
            )
    return pd.DataFrame(columns, index=table.index)


def _bilingual(name: str, values: pd.Series) -> bool:
    """Tell whether cells of a column hold an English and a Chinese text."""
    if name.endswith("as_printed") or not is_text(values):
        return False
    return any(isinstance(cell, str) and _BOTH.search(cell) for cell in values)


def _one(cell: object, lang: str) -> object:
    return pick(cell, lang) if isinstance(cell, str) else cell

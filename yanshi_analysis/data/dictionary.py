"""The dictionary: what every id means, in both languages."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from yanshi_analysis import units
from yanshi_analysis.data.files import DICTIONARY, data_folder, sheet_names, stamp, workbooks
from yanshi_analysis.data.problems import DataError, Problem, hint, problem
from yanshi_analysis.data.sheets import Workbook, open_workbook, read

if TYPE_CHECKING:
    import pandas as pd

Folder = str | os.PathLike[str] | None
_PLACE = "_place"  # workbook:row of each record

# sheet -> its columns, all required; the first is the key unless `_KEYS` says otherwise.
SHEETS: dict[str, tuple[str, ...]] = {
    "indicators": (
        "indicator",
        "name_en",
        "name_zh",
        "domain",
        "theme",
        "unit_base",
        "better",
        "flow_or_stock",
        "definition",
    ),
    "domains": ("domain", "name_en", "name_zh"),
    "themes": ("theme", "domain", "name_en", "name_zh"),
    "regions": ("region", "name_en", "name_zh", "level"),
    "units": ("unit", "name_en", "name_zh"),
    "sources": ("source", "name_en", "name_zh", "published"),
    "links": ("outcome_indicator", "target_indicator", "comparability", "reason_en", "reason_zh"),
    "relations": ("relation", "indicator", "other_indicator", "reason_en", "reason_zh"),
    "glossary": ("term", "name_en", "explanation_en", "explanation_zh", "line"),
}
_KEYS = {
    "links": ("outcome_indicator", "target_indicator"),
    "relations": ("relation", "indicator", "other_indicator"),
}
# A workbook of facts may define what is new in it, so that new data are one workbook.
_EXTENDED = ("indicators", "sources")
_MAY_BE_EMPTY = {
    ("indicators", "definition"),
    ("sources", "published"),
    ("glossary", "line"),
}
# (sheet, column) -> the words it may hold
WORDS = {
    ("indicators", "better"): ("higher", "lower", "none"),
    ("indicators", "flow_or_stock"): ("flow", "stock", "rate"),
    ("indicators", "unit_base"): units.BASE_UNITS,
    ("links", "comparability"): ("wording", "caveat"),
    ("relations", "relation"): ("part_of", "adds_up_to", "per_unit", "driver", "constant_prices"),
}
# (sheet, column) -> the sheet whose key it must be
REFERENCES = {
    ("indicators", "domain"): "domains",
    ("indicators", "theme"): "themes",
    ("themes", "domain"): "domains",
    ("links", "outcome_indicator"): "indicators",
    ("links", "target_indicator"): "indicators",
    ("relations", "indicator"): "indicators",
    ("relations", "other_indicator"): "indicators",
}


def _read_table(workbook: Workbook, sheet: str) -> tuple[dict[str, list[str]], list[Problem]]:
    columns = SHEETS[sheet]
    cells = read(workbook, sheet, columns)
    if any(found.code in ("missing_sheet", "missing_column") for found in cells.problems):
        return {column: [] for column in (*columns, _PLACE)}, cells.problems
    table = {
        column: cells.text(column, required=(sheet, column) not in _MAY_BE_EMPTY)
        for column in columns
    }
    if sheet == "regions":
        table["region"] = [code.zfill(6) if code.isdigit() else code for code in table["region"]]
    for column in columns:
        words = WORDS.get((sheet, column))
        for record, value in enumerate(table[column]):
            if words and value and value not in words:
                known = ", ".join(words)
                cells.add("unknown_word", column, record, name=column, value=value, known=known)
            elif column == "unit" and sheet == "units":
                try:
                    units.unit(value)
                except units.UnitError:
                    cells.add("unknown_unit", column, record, value=value)
    key = _KEYS.get(sheet, columns[:1])
    seen: dict[tuple[str, ...], int] = {}
    for record, values in enumerate(zip(*(table[column] for column in key), strict=True)):
        if values in seen:
            other = cells.rows[seen[values]]
            cells.add("duplicate_key", key[0], record, name=" + ".join(key), other=other)
        seen.setdefault(values, record)
    table[_PLACE] = [f"{workbook.path.name}:{row}" for row in cells.rows]
    return table, cells.problems


def _extend(tables: dict[str, dict[str, list[str]]], others: list[Path]) -> list[Problem]:
    """Add the indicators and sources that other workbooks define to the dictionary's own."""
    problems: list[Problem] = []
    for path in others:
        named = sheet_names(path)
        if not any(sheet in named for sheet in _EXTENDED):
            continue
        try:
            workbook = open_workbook(path)
        except DataError:
            continue  # said when its facts are read
        for sheet in _EXTENDED:
            if sheet not in workbook.sheets:
                continue
            table, found = _read_table(workbook, sheet)
            problems += [one for one in found if one.code != "empty_sheet"]
            key = SHEETS[sheet][0]
            for record, name in enumerate(table[key]):
                if name in tables[sheet][key]:
                    other = tables[sheet][_PLACE][tables[sheet][key].index(name)]
                    row = table[_PLACE][record].rsplit(":", 1)[1]
                    values = {"name": key, "other": other}
                    problems.append(
                        problem("duplicate_key", path.name, sheet, f"row {row}", **values)
                    )
            for column, cells in table.items():
                tables[sheet][column] += cells
    return problems


@lru_cache(maxsize=4)
def _dictionary(
    folder: Path, state: tuple[tuple[str, int, int], ...]
) -> dict[str, dict[str, list[str]]]:
    del state  # part of the key: another state of the folder is another dictionary
    path = folder / DICTIONARY
    if not path.exists():
        raise DataError([problem("no_dictionary", str(folder))])
    workbook = open_workbook(path)
    tables, problems = {}, []
    for sheet in SHEETS:
        tables[sheet], found = _read_table(workbook, sheet)
        problems += found
    problems += _extend(tables, [other for other in workbooks(folder) if other != path])
    for (sheet, column), other in REFERENCES.items():
        known = set(tables[other][SHEETS[other][0]])
        places = zip(tables[sheet][column], tables[sheet][_PLACE], strict=True)
        for value, place in places:
            if value and value not in known:
                name, row = place.rsplit(":", 1)
                values = {"name": column, "value": value, **hint(value, known)}
                problems.append(problem("unknown_id", name, sheet, f"row {row}", **values))
    if problems:
        raise DataError(problems)
    return tables


def ids(folder: Folder, sheet: str) -> dict[str, list[str]]:
    """Return one table of the dictionary as plain columns."""
    return _dictionary(data_folder(folder), stamp(folder))[sheet]


def _load(folder: Folder, sheet: str) -> pd.DataFrame:
    import pandas as pd

    table = ids(folder, sheet)
    return pd.DataFrame({column: table[column] for column in SHEETS[sheet]}, dtype="str")


def load_indicators(folder: Folder = None) -> pd.DataFrame:
    """Return what each indicator means, one row an indicator.

    Parameters
    ----------
    folder : path, optional
        Data folder; see `data_folder`.

    Returns
    -------
    DataFrame
        ``indicator`` (id), ``name_en``, ``name_zh``, ``domain``, ``theme``, ``unit_base``,
        ``better`` (higher, lower, none), ``flow_or_stock`` (flow, stock, rate), ``definition``
        ("English | 中文").

    Raises
    ------
    DataError
        Listing every problem in dictionary.xlsx.

    Examples
    --------
    >>> load_indicators().set_index("indicator").loc["tourist_visits", "unit_base"]
    'person-visit'
    """
    return _load(folder, "indicators")


def load_domains(folder: Folder = None) -> pd.DataFrame:
    """Return the domains: ``domain``, ``name_en``, ``name_zh``."""
    return _load(folder, "domains")


def load_themes(folder: Folder = None) -> pd.DataFrame:
    """Return the themes within domains: ``theme``, ``domain``, ``name_en``, ``name_zh``."""
    return _load(folder, "themes")


def load_regions(folder: Folder = None) -> pd.DataFrame:
    """Return the regions: ``region`` (GB/T 2260 code), ``name_en``, ``name_zh``, ``level``."""
    return _load(folder, "regions")


def load_sources(folder: Folder = None) -> pd.DataFrame:
    """Return the sources: ``source``, ``name_en``, ``name_zh``, ``published`` (ISO date or year).

    ``published`` orders revisions: of two sources that state one value, the later wins.
    """
    return _load(folder, "sources")


def load_links(folder: Folder = None) -> pd.DataFrame:
    """Return the links between an outcome and a differently worded target.

    Returns
    -------
    DataFrame
        ``outcome_indicator``, ``target_indicator``, ``comparability`` (``wording``: the same thing
        in other words; ``caveat``: another population, scope or definition), ``reason_en``,
        ``reason_zh``.

    Examples
    --------
    >>> sorted(load_links()["comparability"].unique())
    ['caveat', 'wording']
    """
    return _load(folder, "links")


def load_relations(folder: Folder = None) -> pd.DataFrame:
    """Return which indicators bear on each other, for the checks of `inconsistencies`.

    Returns
    -------
    DataFrame
        ``relation`` (``part_of``: a part and its whole; ``per_unit``: their ratio has a meaning;
        ``driver``: they should move together), ``indicator``, ``other_indicator``, ``reason_en``,
        ``reason_zh``.
    """
    return _load(folder, "relations")


def load_glossary(folder: Folder = None) -> pd.DataFrame:
    """Return the report's shorthand: ``term``, ``name_en``, ``explanation_en``, ``explanation_zh``.

    ``line`` (Int64) is where the term first stands in the report.
    """
    import pandas as pd

    table = _load(folder, "glossary")
    return table.assign(line=pd.to_numeric(table["line"].replace("", None)).astype("Int64"))


def load_units(folder: Folder = None) -> pd.DataFrame:
    """Return the units as printed.

    Returns
    -------
    DataFrame
        ``unit``, ``unit_base``, ``factor`` (base units in one unit), ``name_en``, ``name_zh``.
    """
    table = _load(folder, "units")
    known = [units.unit(name) for name in table["unit"]]
    table.insert(1, "unit_base", [unit.base for unit in known])
    table.insert(2, "factor", [float(unit.factor) for unit in known])
    return table


def load_excluded(folder: Folder = None) -> pd.DataFrame:
    """Return the numbers of the reports that are not statistics, each with its reason.

    Returns
    -------
    DataFrame
        ``source``, ``line`` (Int64), ``number`` (as printed), ``reason`` (date, ordinal, name,
        slogan, threshold, glossary, repeat), ``detail``.
    """
    import pandas as pd

    frames, problems = [], []
    for path in workbooks(folder):
        workbook = open_workbook(path)
        if "excluded" not in workbook.sheets:
            continue
        cells = read(workbook, "excluded", ("source", "line", "number", "reason", "detail"))
        problems += cells.problems
        if not cells.problems:
            table = {name: cells.text(name) for name in ("source", "number", "reason", "detail")}
            frame = pd.DataFrame(table, dtype="str")
            frame.insert(1, "line", pd.Series(cells.whole("line"), dtype="Int64"))
            frames.append(frame)
    if problems:
        raise DataError(problems)
    if not frames:
        return pd.DataFrame(columns=["source", "line", "number", "reason", "detail"], dtype="str")
    return pd.concat(frames, ignore_index=True)

"""The facts: every statistic of every workbook as one validated tidy table."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanshi_analysis import units
from yanshi_analysis.data.dictionary import Folder, ids
from yanshi_analysis.data.files import data_folder, stamp, workbooks
from yanshi_analysis.data.problems import DataError, Problem, hint, problem
from yanshi_analysis.data.schema import (
    KEY,
    KINDS,
    MEASURES,
    STATUSES,
    expected_base,
    facts_schema,
)
from yanshi_analysis.data.sheets import Cells, open_workbook, read

if TYPE_CHECKING:
    import pandas as pd

#: The columns a person fills in, in order.
SHEET_COLUMNS = (
    "indicator",
    "region",
    "year",
    "kind",
    "measure",
    "value",
    "value_high",
    "unit",
    "qualifier",
    "status",
    "as_printed",
    "section",
    "page",
    "line",
    "source",
    "note",
)
#: All columns of `load_facts`: the last four are derived and never typed.
FACT_COLUMNS = (*SHEET_COLUMNS, "value_base", "unit_base", "low", "high")
# What the columns of a draft hold beyond the facts; a reviewed draft may keep them.
_TOLERATED = ("name", "score", "reason", "reviewed")
_OPTIONAL = ("unit", "as_printed", "section", "note")
_NUMBERS = ("year", "value", "value_high", "page", "line")


def load_facts(folder: Folder = None, *, superseded: bool = False) -> pd.DataFrame:
    """Return every statistic of the data folder, one row a statistic.

    Every ``*.xlsx`` there with a sheet named ``facts`` is read. Where two sources state a value
    for the same indicator, region, year, kind and measure, the one published later wins.

    Parameters
    ----------
    folder : path, optional
        Data folder; see `data_folder`.
    superseded : bool, default False
        Keep the values that a later source has replaced (see also `load_revisions`).

    Returns
    -------
    DataFrame
        One row a statistic, RangeIndex. ``indicator``, ``region`` (GB/T 2260), ``year`` (int64),
        ``kind``, ``measure``, ``value`` and ``value_high`` (in ``unit``, as printed), ``unit``,
        ``qualifier``, ``status`` (SDMX), ``as_printed``, ``section``, ``page`` and ``line``
        (Int64), ``source``, ``note``; derived: ``value_base`` in ``unit_base``, and ``low`` and
        ``high``, the interval in base units that the printed figure allows
        (see `yanshi_analysis.units.interval`).

    Raises
    ------
    DataError
        Listing every problem of every workbook with its sheet and cell.

    Examples
    --------
    >>> facts = load_facts()
    >>> visits = facts.query("indicator == 'tourist_visits' and kind == 'outcome'")
    >>> visits[["as_printed", "unit_base"]].iloc[0].tolist()
    ['665万人次', 'person-visit']
    """
    current, replaced = _facts(data_folder(folder), stamp(folder))
    if not superseded:
        return current.copy()
    import pandas as pd

    return pd.concat([current, replaced], ignore_index=True)


def load_revisions(folder: Folder = None) -> pd.DataFrame:
    """Return every value that a later source has changed.

    Returns
    -------
    DataFrame
        ``indicator``, ``region``, ``year``, ``kind``, ``measure``; ``value_old``, ``unit_old``,
        ``as_printed_old``, ``source_old`` and the same with ``_new``; ``change`` in base units.
        A source that repeats a value unchanged is no revision.

    Examples
    --------
    >>> "change" in load_revisions().columns
    True
    """
    current, replaced = _facts(data_folder(folder), stamp(folder))
    shown = ["value", "unit", "as_printed", "source", "value_base"]
    both = replaced[[*KEY, *shown]].merge(
        current[[*KEY, *shown]], on=list(KEY), suffixes=("_old", "_new")
    )
    both["change"] = both["value_base_new"] - both["value_base_old"]
    changed = both[both["change"] != 0].drop(columns=["value_base_old", "value_base_new"])
    return changed.reset_index(drop=True)


@lru_cache(maxsize=4)
def _facts(
    folder: Path, state: tuple[tuple[str, int, int], ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    del state  # part of the key: another state of the folder gives other facts
    import pandas as pd

    sheets: list[tuple[Cells, pd.DataFrame]] = []
    problems: list[Problem] = []
    dictionary_problems: list[Problem] = []
    try:
        ids(folder, "indicators")
    except DataError as error:
        dictionary_problems = error.problems
    for path in workbooks(folder):
        try:
            workbook = open_workbook(path)
        except DataError as error:
            if error.problems not in (dictionary_problems, []):
                problems += error.problems
            continue
        if "facts" not in workbook.sheets:
            continue
        cells = read(workbook, "facts", SHEET_COLUMNS, _TOLERATED)
        if dictionary_problems:
            problems += cells.problems
        else:
            sheets.append((cells, _frame(cells, folder)))
    problems = dictionary_problems + problems
    if not sheets and not problems:
        problems = [problem("no_facts", str(folder))]
    if sheets:
        facts = pd.concat([frame for _, frame in sheets], ignore_index=True)
        _check_schema(facts, [cells for cells, _ in sheets], folder)
        problems += [found for cells, _ in sheets for found in cells.problems]
    if problems:
        raise DataError(problems)
    order = ids(folder, "sources")
    published = dict(zip(order["source"], order["published"], strict=True))
    facts["_published"] = facts["source"].map(published)
    by_age = facts.sort_values(["_published", "source"], kind="stable")
    replaced = by_age.duplicated(list(KEY), keep="last").reindex(facts.index)
    facts = _derive(facts.drop(columns="_published"), folder)
    return (
        facts[~replaced].reset_index(drop=True),
        facts[replaced].reset_index(drop=True),
    )


def _frame(cells: Cells, folder: Path) -> pd.DataFrame:
    """Convert the cells of a facts sheet to typed columns, noting what cannot be converted."""
    import pandas as pd

    text = {
        name: cells.text(name, required=name not in _OPTIONAL)
        for name in SHEET_COLUMNS
        if name not in _NUMBERS
    }
    text["region"] = [code.zfill(6) if code.isdigit() else code for code in text["region"]]
    table: dict[str, Any] = {name: pd.array(column, dtype="str") for name, column in text.items()}
    table["value"] = cells.number("value", required=True, percent=True)
    table["value_high"] = cells.number("value_high", percent=True)
    table["year"] = [year or 0 for year in cells.whole("year", required=True)]
    for name in ("page", "line"):
        table[name] = pd.array(cells.whole(name), dtype="Int64")
    frame = pd.DataFrame({name: table[name] for name in SHEET_COLUMNS})
    frame = frame.astype({"year": "int64", "value": "float64", "value_high": "float64"})
    _check_units(frame, cells, folder)
    _check_keys(frame, cells)
    return frame


def _check_units(frame: pd.DataFrame, cells: Cells, folder: Path) -> None:
    """Check unit against indicator and measure, and value against the figure as printed."""
    known = ids(folder, "indicators")
    base = dict(zip(known["indicator"], known["unit_base"], strict=True))
    columns = ("indicator", "measure", "value", "value_high", "unit", "as_printed")
    rows = zip(*(frame[name].tolist() for name in columns), strict=True)
    for record, (indicator, measure, value, value_high, unit, printed) in enumerate(rows):
        try:
            found = units.unit(unit).base
        except units.UnitError:
            cells.add("unknown_unit", "unit", record, value=unit)
            continue
        expected = expected_base(measure, base.get(indicator, found))
        if not _same_dimension(found, expected, measure):
            detail = {"value": unit, "found": found, "expected": expected}
            cells.add("wrong_dimension", "unit", record, indicator=indicator, **detail)
            continue
        if math.isnan(value):
            continue
        try:
            figure = units.parse(printed)
        except units.UnitError:
            # Words ("零发生"), or nothing: only a share typed as a fraction can be told.
            if found == "%" and 0 < abs(value) < 0.1:
                cells.add("percent_scale", "value", record, value=f"{value:g}")
            continue
        ends = (figure.value, figure.value_high)
        if not all(_equal(*pair) for pair in zip(ends, (value, value_high), strict=True)):
            code = "percent_scale" if _equal(value * 100, figure.value) else "not_as_printed"
            detail = {"value": f"{value:g}", "unit": unit, "printed": printed}
            cells.add(code, "value", record, **detail)


def _same_dimension(found: str, expected: str, measure: str) -> bool:
    if measure == "rank":  # 第1名, 第2位
        return found in ("rank", "person", "item", "direction")
    if found == expected:
        return True
    try:
        units.convert(1.0, found, expected)
    except units.UnitError:
        return (found, expected) == ("pp", "%")
    return True


def _equal(one: float, other: float) -> bool:
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-9)


def _check_schema(facts: pd.DataFrame, sheets: list[Cells], folder: Path) -> None:
    """Validate all sheets' rows at once, lazily, and say each failure at its cell."""
    from pandera.errors import SchemaErrors

    known = {
        "indicator": tuple(ids(folder, "indicators")["indicator"]),
        "region": tuple(ids(folder, "regions")["region"]),
        "source": tuple(ids(folder, "sources")["source"]),
    }
    words = {"kind": KINDS, "measure": MEASURES, "qualifier": units.QUALIFIERS, "status": STATUSES}
    try:
        facts_schema(*known.values()).validate(facts, lazy=True)
    except SchemaErrors as error:
        places = [(cells, record) for cells in sheets for record in range(len(cells.rows))]
        failures = error.failure_cases[["index", "column", "check", "failure_case"]]
        for index, column, check, value in failures.itertuples(index=False):
            cells, record = places[int(index)]
            column = "value_high" if check == "range_end" else str(column)
            if column not in cells.letters:  # said once, at the header
                continue
            detail: dict[str, object] = {"name": column, "value": value}
            if check == "unknown_id":
                detail |= hint(str(value), known[column])
            elif check == "unknown_word":
                detail["known"] = ", ".join(words[column])
            elif check not in ("out_of_range", "range_end"):
                check, detail = "schema", {"value": value, "detail": check}
            cells.add(check, column, record, **detail)


def _check_keys(frame: pd.DataFrame, cells: Cells) -> None:
    key = [*KEY, "source"]
    repeated = frame[frame.duplicated(key, keep=False) & (frame["indicator"] != "")]
    if repeated.empty:
        return
    for _, group in repeated.groupby(key, sort=False):
        first, *others = group.index
        for record in others:
            name, other = " + ".join(key), cells.rows[first]
            cells.add("duplicate_key", "indicator", record, name=name, other=other)


def _derive(facts: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Add `value_base`, `unit_base`, `low` and `high`."""
    import pandas as pd

    known = ids(folder, "indicators")
    base = dict(zip(known["indicator"], known["unit_base"], strict=True))
    names = ("indicator", "measure", "value", "value_high", "unit", "qualifier", "as_printed")
    derived = [
        _derived(base[indicator], *rest)
        for indicator, *rest in zip(*(facts[name].tolist() for name in names), strict=True)
    ]
    value, unit, low, high = zip(*derived, strict=True)
    return facts.assign(
        value_base=pd.array(value, dtype="float64"),
        unit_base=pd.array(unit, dtype="str"),
        low=pd.array(low, dtype="float64"),
        high=pd.array(high, dtype="float64"),
    )


def _derived(
    indicator_base: str,
    measure: str,
    value: float,
    value_high: float,
    unit: str,
    qualifier: str,
    as_printed: str,
) -> tuple[float, str, float, float]:
    expected = expected_base(measure, indicator_base)
    if measure in ("rank", "direction"):
        return value, expected, value, value
    found = units.unit(unit).base
    if math.isnan(value_high):
        value_high = math.nan  # one object: intervals are looked up by it
    numbers = [
        units.to_base(value, unit),
        *units.interval(value, value_high, unit, qualifier, as_printed),
    ]
    if found != expected and found != "pp":  # land printed in hectares, counted in mu
        numbers = [units.convert(number, found, expected) for number in numbers]
    return numbers[0], expected, numbers[1], numbers[2]

"""What every comparison, and every projection, asks of a table of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from yanshi_analysis import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

__all__ = [
    "check_columns",
    "check_unique",
    "column",
    "dictionary",
    "equals",
    "positions",
    "records",
    "text",
]

NEEDED = (
    "indicator",
    "region",
    "year",
    "kind",
    "measure",
    "qualifier",
    "status",
    "as_printed",
    "section",
    "page",
    "line",
    "source",
    "unit",
    "value_base",
    "unit_base",
    "low",
    "high",
)


def check_columns(facts: pd.DataFrame) -> None:
    """Raise ValueError unless `facts` has the columns that comparisons read."""
    missing = [name for name in NEEDED if name not in facts.columns]
    if missing:
        raise ValueError(
            f"this table lacks the column(s) {', '.join(missing)}; pass the table that "
            "load_facts() returns, or rows of it with all of its columns"
        )


def check_unique(keys: pd.DataFrame) -> None:
    """Raise ValueError if a statistic stands in `keys` more than once."""
    repeated = keys[keys.duplicated()]
    if len(repeated):
        shown = "; ".join(" ".join(map(str, row)) for row in repeated.head(5).to_numpy())
        raise ValueError(
            f"{len(repeated)} statistic(s) stand in the table more than once ({shown}); compare "
            "load_facts() without superseded=True, or keep one row for each"
        )


def dictionary(sheet: str) -> pd.DataFrame:
    """Return a sheet of the dictionary: links, indicators, relations or excluded."""
    loaded: pd.DataFrame = getattr(data, f"load_{sheet}")()
    return loaded


def positions(facts: pd.DataFrame, *, year: int, region: str, kind: str) -> NDArray[np.intp]:
    """Return the positions of the facts of one year, region and kind."""
    where = np.flatnonzero(facts["year"].to_numpy() == year)
    for name, wanted in (("region", region), ("kind", kind)):
        where = where[equals(column(facts, name, where), wanted)]
    return where


def equals(values: Any, wanted: Any) -> NDArray[np.bool_]:
    """Return where `values` are `wanted` (one text, or as many)."""
    same = np.asarray(values, dtype=object) == np.asarray(wanted, dtype=object)
    return np.asarray(same, dtype=bool)


def column(facts: pd.DataFrame, name: str, where: NDArray[np.intp]) -> Any:
    """Return the values of a column at `where`, in the column's own type."""
    return facts[name].array.take(where)


def text(values: Iterable[str] | NDArray[np.object_]) -> Any:
    """Return `values` as an array of pandas' text type."""
    return pd.array(np.asarray(values, dtype=object), dtype="str")


def records(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a short table as named tuples, for putting them into words."""
    return iter(table.itertuples(index=False))

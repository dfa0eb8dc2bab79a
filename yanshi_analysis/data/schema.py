"""The facts schema: what each column may hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from yanshi_analysis import units

if TYPE_CHECKING:
    import pandera.pandas as pa

#: What a value says: what happened, what is planned, or a size that is neither.
KINDS = ("outcome", "target", "context")
MEASURES = ("level", "growth", "share", "rank", "direction")
#: SDMX observation status: normal, estimated, provisional.
STATUSES = ("A", "E", "P")
#: The years a fact may be about.
YEARS = (1949, 2100)
#: The region that is meant where none is named: Yanshi District, by its GB/T 2260 code.
DISTRICT = "410307"

KEY = ("indicator", "region", "year", "kind", "measure")


@lru_cache(maxsize=8)
def facts_schema(
    indicators: tuple[str, ...], regions: tuple[str, ...], sources: tuple[str, ...]
) -> pa.DataFrameSchema:
    """Return the pandera schema of the facts sheet for a dictionary's ids.

    The error of each check is the code of the problem it finds.
    """
    import pandera.pandas as pa

    def listed(known: Sequence[str], code: str) -> pa.Column:
        return pa.Column("str", pa.Check.isin(known, error=code))

    def range_end(frame: object) -> object:
        is_range = frame["qualifier"] == "range"  # type: ignore[index]
        above = frame["value_high"] > frame["value"]  # type: ignore[index]
        absent = frame["value_high"].isna()  # type: ignore[index]
        return (is_range & above) | (~is_range & absent)

    whole = pa.Column("Int64", pa.Check.in_range(1, 10_000, error="out_of_range"), nullable=True)
    return pa.DataFrameSchema(
        {
            "indicator": listed(indicators, "unknown_id"),
            "region": listed(regions, "unknown_id"),
            "year": pa.Column("int64", pa.Check.in_range(*YEARS, error="out_of_range")),
            "kind": listed(KINDS, "unknown_word"),
            "measure": listed(MEASURES, "unknown_word"),
            "value": pa.Column("float64"),
            "value_high": pa.Column("float64", nullable=True),
            "unit": pa.Column("str"),
            "qualifier": listed(units.QUALIFIERS, "unknown_word"),
            "status": listed(STATUSES, "unknown_word"),
            "as_printed": pa.Column("str"),
            "section": pa.Column("str"),
            "page": whole,
            "line": whole,
            "source": listed(sources, "unknown_id"),
            "note": pa.Column("str"),
        },
        checks=pa.Check(range_end, error="range_end"),
        strict=True,
    )


def expected_base(measure: str, unit_base: str) -> str:
    """Return the base unit in which a measure of an indicator must be given.

    Examples
    --------
    >>> expected_base("growth", "yuan")
    '%'
    """
    return {"growth": "%", "share": "%", "rank": "rank", "direction": "direction"}.get(
        measure, unit_base
    )

"""What a briefing is made from, and the names of everything in it, looked up once."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from yanshi_analysis.labels import source_line, t

__all__ = ["RATES", "Tables", "comparable", "names", "short_source", "widest"]

RATES = ("growth", "share")
_FEW_SOURCES = 2


class Tables(NamedTuple):
    """The tables of one briefing, and names in its language by id."""

    facts: pd.DataFrame
    comparison: pd.DataFrame
    attainment: pd.DataFrame
    inconsistencies: pd.DataFrame
    projections: pd.DataFrame
    chances: pd.DataFrame
    year: int  # the outcome year
    region: str
    indicators: dict[str, str]
    sources: dict[str, str]
    domains: dict[str, str]  # the domain's id by indicator

    @property
    def target_year(self) -> int:
        """The year after the outcome year."""
        return self.year + 1


def names(table: pd.DataFrame, key: str, lang: str) -> dict[str, str]:
    """Return names by id.

    Parameters
    ----------
    table : DataFrame
        A table of the dictionary, with ``name_en`` and ``name_zh``.
    key : str
        Its column of ids.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    dict of str to str
        Id to name.
    """
    return {
        str(one): str(name) for one, name in zip(table[key], table[f"name_{lang}"], strict=True)
    }


def comparable(comparison: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of the same definition with numbers on both sides, in the report's order.

    Parameters
    ----------
    comparison : DataFrame
        From `compare.outcomes_vs_targets`.

    Returns
    -------
    DataFrame
        Some of its rows; neither caveated pairs nor mere directions.
    """
    rows = comparison[
        (comparison["comparability"] != "caveat")
        & comparison["outcome"].notna()
        & comparison["target"].notna()
        & (comparison["measure"] != "direction")
    ]
    return rows.sort_values("outcome_line", kind="stable")


def widest(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs by how far the target is from the outcome, the farthest first.

    A percentage point of growth weighs as much as 5 % of a level.

    Parameters
    ----------
    pairs : DataFrame
        From `comparable`.

    Returns
    -------
    DataFrame
        The same rows in another order.
    """
    size = pairs["change_pct"].abs().where(pairs["measure"] == "level", pairs["change"].abs() * 5)
    return pairs.loc[size.sort_values(ascending=False, kind="stable").index]


def short_source(rows: pd.DataFrame, lang: str) -> str:
    """Return a source line that fits: of many sources, how many, and where they are listed.

    Parameters
    ----------
    rows : DataFrame
        What is shown, with ``source`` or ``…_source``.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    str
        The source line.
    """
    columns = [one for one in rows.columns if str(one) == "source" or str(one).endswith("_source")]
    cells = (str(cell) for name in columns for cell in rows[name].dropna())
    count = len({one.strip() for cell in cells for one in cell.split(";") if one.strip()})
    if count <= _FEW_SOURCES:
        return source_line(rows, lang)
    return t("export.source_count", lang, count=count)

"""The level of the year before, as a level and its growth imply it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from yanshi_analysis.compare.facts import check_columns, check_unique, dictionary, text

__all__ = ["implied_base"]

_KEYS = ["indicator", "region", "year"]


def implied_base(facts: pd.DataFrame, *, relations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Work out the base year from outcomes that state both a level and its growth.

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`.
    relations : DataFrame, optional
        The dictionary's relations, as `load_relations` returns them (the default). Indicators
        with the relation ``constant_prices`` state real growth beside a level at current prices.

    Returns
    -------
    DataFrame
        One row per indicator, region and year with both, sorted by them: ``indicator``,
        ``region``, ``year`` (the base year), ``implied``, ``implied_low``, ``implied_high``
        (base units), ``from_year``, ``level`` (base units), ``growth`` (%), ``unit_base``,
        ``source``, ``as_printed_level``, ``as_printed_growth``, ``level_section``,
        ``level_page``, ``level_line``, ``growth_section``, ``growth_page``, ``growth_line``,
        and ``basis``: ``as_stated``, or ``constant_prices`` where the result is the base year's
        level at the *later* year's prices and not the one a yearbook would print.

    Raises
    ------
    ValueError
        If a column is missing or a statistic stands in the table twice.

    Notes
    -----
    implied = level / (1 + growth). The interval divides the ends that the printed digits allow:
    low = level_low / (1 + growth_high), high = level_high / (1 + growth_low).

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = implied_base(load_facts())
    >>> bool((table["year"] == table["from_year"] - 1).all())
    True
    >>> bool(table["implied"].between(table["implied_low"], table["implied_high"]).all())
    True
    """
    check_columns(facts)
    relations = dictionary("relations") if relations is None else relations
    outcomes = facts[facts["kind"] == "outcome"]
    levels = outcomes[outcomes["measure"] == "level"]
    growths = outcomes[outcomes["measure"] == "growth"]
    check_unique(levels[_KEYS])
    check_unique(growths[_KEYS])
    both = levels.merge(growths, on=_KEYS, suffixes=("_l", "_g"))
    both = both.sort_values(_KEYS, ignore_index=True)

    def divide(level: str, growth: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        factor = 1 + both[growth].to_numpy(dtype=float) / 100
        factor = np.where(factor > 0, factor, np.nan)
        return both[level].to_numpy(dtype=float) / factor

    source, other = both["source_l"].astype(object), both["source_g"].astype(object)
    constant = relations.loc[relations["relation"] == "constant_prices", "indicator"]
    basis = np.where(both["indicator"].isin(constant), "constant_prices", "as_stated")
    places = {
        f"{side}_{name}": both[f"{name}_{side[0]}"]
        for side in ("level", "growth")
        for name in ("section", "page", "line")
    }
    return pd.DataFrame(
        {
            "indicator": both["indicator"],
            "region": both["region"],
            "year": both["year"] - 1,
            "implied": divide("value_base_l", "value_base_g"),
            "implied_low": divide("low_l", "high_g"),
            "implied_high": divide("high_l", "low_g"),
            "from_year": both["year"],
            "level": both["value_base_l"],
            "growth": both["value_base_g"],
            "unit_base": both["unit_base_l"],
            "source": text(np.where(source == other, source, source + "; " + other)),
            "as_printed_level": both["as_printed_l"],
            "as_printed_growth": both["as_printed_g"],
            **places,
            "basis": text(basis.astype(object)),
        }
    )

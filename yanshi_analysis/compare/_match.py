"""Which outcome and which target belong together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from yanshi_analysis.compare.facts import check_unique, column, equals

__all__ = ["Pairs", "match"]

Positions = NDArray[np.intp]


class Pairs(NamedTuple):
    """Paired facts, sorted by comparability and then as the report is."""

    outcome: Positions  # positions in the table of facts
    target: Positions
    link: Positions  # position in the table of links, -1 where no link was needed
    achieved: NDArray[np.float64]  # the growth printed for the outcome's year, %, or NaN


def match(
    facts: pd.DataFrame, outcomes: Positions, targets: Positions, links: pd.DataFrame
) -> Pairs:
    """Pair outcomes and targets by indicator or link, and by measure.

    Indicators are turned into numbers once; everything after that works on numbers.

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`.
    outcomes, targets : array of int
        Positions in it of the outcomes of one region and year, and of the next year's targets.
    links : DataFrame
        Linked indicators, as `load_links` returns them.

    Raises
    ------
    ValueError
        If a statistic stands there twice.
    """
    both, n = np.concatenate([outcomes, targets]), len(outcomes)
    code, names = pd.factorize(column(facts, "indicator", both))
    measure, measures = pd.factorize(column(facts, "measure", both), sort=True)
    key = code * max(1, len(measures)) + measure
    left, right = pd.Index(key[:n]), pd.Index(key[n:])
    for index, where in ((left, outcomes), (right, targets)):
        if not index.is_unique:
            check_unique(facts[["indicator", "measure"]].iloc[where])

    partner = right.get_indexer(left)
    strict = np.flatnonzero(partner >= 0)
    first, second, link = _linked(names, len(measures), left, right, links)
    one = np.concatenate([strict, first])
    other = np.concatenate([partner[strict], second])
    linked = np.concatenate([np.full(len(strict), -1, dtype=np.intp), link])

    lines = column(facts, "line", both).to_numpy(dtype=np.float64, na_value=np.inf)
    rank = np.empty(len(names), dtype=np.intp)
    rank[np.argsort(np.asarray(names, dtype=object))] = np.arange(len(names))
    order = np.lexsort(
        (
            measure[one],
            rank[code[n + other]],
            rank[code[one]],
            lines[n + other],
            lines[one],
            linked >= 0,
        )
    )
    one, other, linked = one[order], other[order], linked[order]

    growth = np.full(len(names), np.nan)
    printed = np.flatnonzero(equals(column(facts, "measure", outcomes), "growth"))
    growth[code[printed]] = column(facts, "value_base", outcomes[printed])
    return Pairs(outcomes[one], targets[other], linked, growth[code[one]])


def _linked(
    names: pd.Index[str],
    measures: int,
    left: pd.Index[int],
    right: pd.Index[int],
    links: pd.DataFrame,
) -> tuple[Positions, Positions, Positions]:
    """Return positions in `left`, `right` and `links` of linked pairs, for every measure."""
    pairs = links[["outcome_indicator", "target_indicator"]].reset_index(drop=True)
    pairs = pairs[pairs["outcome_indicator"] != pairs["target_indicator"]].drop_duplicates()
    wanted = pd.Index(pd.unique(pairs.to_numpy(dtype=object).ravel()))
    found = wanted.get_indexer(names)
    code = np.full(len(wanted), -1, dtype=np.intp)
    known = np.flatnonzero(found >= 0)
    code[found[known]] = known

    def keys(side: str) -> NDArray[np.intp]:
        codes = code[wanted.get_indexer(pd.Index(pairs[side]))]
        each = codes[:, None] * max(1, measures) + np.arange(measures)[None, :]
        return np.where(codes[:, None] >= 0, each, -1).ravel()

    first = left.get_indexer(pd.Index(keys("outcome_indicator")))
    second = right.get_indexer(pd.Index(keys("target_indicator")))
    link = np.repeat(pairs.index.to_numpy(dtype=np.intp), measures)
    both = np.flatnonzero((first >= 0) & (second >= 0))
    return first[both], second[both], link[both]

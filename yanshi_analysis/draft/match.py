"""Which indicator of the dictionary a name found in a report is, with a score."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yanshi_analysis import units

__all__ = ["LEAST_SCORE", "Proposal", "Query", "propose"]

#: Below this score nothing is proposed: the figure is likely of a new indicator.
LEAST_SCORE = 40.0

_ABBREVIATIONS = (
    ("规模以上", "规上"),
    ("GDP", "生产总值"),
    ("国内生产总值", "地区生产总值"),
    ("固投", "固定资产投资"),
    ("社零", "社会消费品零售"),
    ("R&D", "研发"),
    ("CPI", "居民消费价格"),
    ("经营主体", "市场主体"),
    ("全社会研究与试验发展经费", "研发"),
)
_IGNORED = re.compile(r"[“”\"‘’（）()、·\s]")

# How much each kind of evidence counts; together 100.
_COVERED = 41.0  # of the dictionary's name by the name found
_EXPLAINED = 21.0  # of the name found by the dictionary's name
_AROUND = 20.0  # of the dictionary's name by the words around the figure
_ALIKE = 8.0  # likeness of the two names as a whole (RapidFuzz)
_UNIT = 10.0  # the unit measures the same thing


_AT_ONCE = 2_000


class Query(NamedTuple):
    """A figure to find an indicator for."""

    name: str
    around: str
    unit: str
    measure: str


class Proposal(NamedTuple):
    """The indicator proposed, its score from 0 to 100, and the next best."""

    indicator: str
    score: float
    second: str
    second_score: float


def _plain(name: str) -> str:
    name = _IGNORED.sub("", name)
    for long, short in _ABBREVIATIONS:
        name = name.replace(long, short)
    return name


def _grams(name: str) -> set[str]:
    """Return the characters and pairs of characters of a name."""
    return {name[place : place + 2] for place in range(len(name) - 1)} | set(name)


class _Index(NamedTuple):
    names: tuple[str, ...]
    column: dict[str, int]
    weights: NDArray[np.float32]
    totals: NDArray[np.float32]
    rarity: dict[str, float]
    unknown: float


@lru_cache(maxsize=8)
def _index(names: tuple[str, ...]) -> _Index:
    """Weigh each character pair of the names: the rarer in the dictionary, the more it tells."""
    plain = tuple(_plain(name) for name in names)
    sets = [_grams(name) for name in plain]
    frequency = Counter(gram for grams in sets for gram in grams)
    most = math.log(1 + len(names))
    rarity = {
        gram: math.log(1 + len(names) / count) * (1.0 if len(gram) == 2 else 0.4)
        for gram, count in frequency.items()
    }
    column = {gram: place for place, gram in enumerate(rarity)}
    weights = np.zeros((len(column), len(names)), dtype=np.float32)
    for row, grams in enumerate(sets):
        for gram in grams:
            weights[column[gram], row] = rarity[gram]
    totals = np.maximum(weights.sum(axis=0), 1e-6)
    return _Index(plain, column, weights, totals, rarity, most)


@lru_cache(maxsize=4096)
def _base(unit: str) -> str:
    try:
        return units.unit(unit).base
    except units.UnitError:
        return ""


def propose(queries: Sequence[Query], indicators: Sequence[tuple[str, str, str]]) -> list[Proposal]:
    """Propose an indicator for each figure.

    A name that covers the dictionary's name by its rare character pairs scores high; a unit that
    measures something else scores against.

    Parameters
    ----------
    queries : sequence of Query
        Name found, words around, unit and measure of each figure.
    indicators : sequence of tuple
        ``(indicator, name_zh, unit_base)`` of the dictionary.

    Returns
    -------
    list of Proposal
        In the order of `queries`.

    Examples
    --------
    >>> known = [("gdp", "地区生产总值", "yuan"), ("new_jobs", "城镇新增就业", "person")]
    >>> query = Query("新增城镇就业", "全年新增城镇就业6790人", "人", "level")
    >>> propose([query], known)[0].indicator
    'new_jobs'
    """
    if not indicators or not queries:
        return [Proposal("", 0.0, "", 0.0) for _ in queries]
    if len(queries) > _AT_ONCE:  # bounds the memory that the comparison takes
        halves = queries[:_AT_ONCE], queries[_AT_ONCE:]
        return propose(halves[0], indicators) + propose(halves[1], indicators)
    from rapidfuzz import fuzz, process

    index = _index(tuple(name for _, name, _ in indicators))
    ids = [indicator for indicator, _, _ in indicators]
    bases = np.array([base for _, _, base in indicators])
    plain = [_plain(query.name) for query in queries]
    alike = process.cdist(plain, index.names, scorer=fuzz.ratio, dtype=np.float32) / 100
    grams = [_grams(name) for name in plain]
    own = _overlap(index, grams)
    around = _overlap(index, [_grams(_plain(query.around)) for query in queries])
    own_totals = np.array([[max(_weight(index, one), 1e-6)] for one in grams], dtype=np.float32)
    evidence = {
        key: _unit_evidence(*key, bases)
        for key in {(query.unit, query.measure) for query in queries}
    }
    scores = (
        _COVERED * own / index.totals
        + _EXPLAINED * own / own_totals
        + _AROUND * around / index.totals
        + _ALIKE * alike
        + np.array([evidence[query.unit, query.measure] for query in queries])
    ).clip(0, 100)
    first = scores.argmax(axis=1)
    rows = np.arange(len(queries))
    best = scores[rows, first]
    scores[rows, first] = -1.0
    second = scores.argmax(axis=1)
    return [
        Proposal(ids[one], float(score), ids[two], float(max(scores[row, two], 0.0)))
        for row, (one, score, two) in enumerate(zip(first, best, second, strict=True))
    ]


def _overlap(index: _Index, grams: Sequence[set[str]]) -> NDArray[np.float32]:
    """Return the weight that each set of grams shares with each name."""
    shared = np.zeros((len(grams), len(index.names)), dtype=np.float32)
    for row, one in enumerate(grams):
        known = [index.column[gram] for gram in one if gram in index.column]
        np.add.reduce(index.weights[known], axis=0, out=shared[row])
    return shared


def _weight(index: _Index, grams: set[str]) -> float:
    rarity, pair, single = index.rarity, 0.8 * index.unknown, 0.3 * index.unknown
    return sum(rarity.get(gram, pair if len(gram) == 2 else single) for gram in grams)


def _unit_evidence(unit: str, measure: str, bases: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return what the unit says for or against each indicator."""
    if measure == "level":
        base = _base(unit)
        if not base:
            return np.zeros(len(bases))
        same = bases == base
        if base in ("mu", "m²"):
            same |= np.isin(bases, ["mu", "m²"])
        return np.where(same, _UNIT, -2 * _UNIT)
    if measure == "share":
        return np.where(bases == "%", 0.7 * _UNIT, -0.2 * _UNIT)
    if measure == "growth":
        return np.where(bases == "%", -0.8 * _UNIT, 0.2 * _UNIT)
    if measure == "rank":
        return np.where(bases == "rank", 0.3 * _UNIT, 0.0)
    return np.zeros(len(bases))

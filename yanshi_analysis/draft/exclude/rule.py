"""What a rule is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from yanshi_analysis.draft.place import Place

__all__ = ["Rule", "counter"]


class Rule(NamedTuple):
    """A reason why a number is no statistic.

    Attributes
    ----------
    name : str
        What the rule is called.
    reason : str
        One of date, ordinal, name, slogan, threshold.
    why : str
        In a few words, "English | 中文".
    test : callable
        Whether the rule takes the figure at this place.
    takes, leaves : tuple of str
        Examples; the first number of each is meant.
    """

    name: str
    reason: str
    why: str
    test: Callable[[Place], bool]
    takes: tuple[str, ...]
    leaves: tuple[str, ...]


_COUNTER = re.compile("[^万亿千百十]+$")
_WHOLE = ("千瓦", "千瓦时", "千伏", "千伏安", "千米", "千克")


def counter(place: Place) -> str:
    """Return the unit of a figure without 万 and 亿."""
    unit = place.figure.unit
    whole = next((word for word in _WHOLE if unit.endswith(word)), None)
    if whole:
        return whole
    found = _COUNTER.search(unit)
    return found[0] if found else unit

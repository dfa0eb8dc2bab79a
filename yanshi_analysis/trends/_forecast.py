"""Forecast one series of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ._combination import COMBINED_FROM, SHORTEST, point
from ._intervals import ranges
from ._members import Floats
from ._scale import scale

# Bounds of what is measured, and whether it may be seen in logarithms.
MEASURES = {
    "level": (-np.inf, np.inf, True),
    "growth": (-np.inf, np.inf, False),
    "share": (0.0, 100.0, False),
}
FIRST = 1e-100  # a series whose largest value is smaller is taken as zero


def forecast(y: Any, h: int = 6, *, measure: str = "level") -> pd.DataFrame:
    """Forecast a yearly series, with ranges that are honest at its length.

    4 to 7 observations: a shrunken, damped drift. 8 and more: the median of that drift with two
    memories, the dynamic theta model and damped-trend exponential smoothing. Levels are forecast
    in levels and in logarithms, and the smaller move is kept. The ranges are multiples of how much
    the series moves from year to year, calibrated by length and horizon on public series (see
    `widths`).

    Parameters
    ----------
    y
        Yearly observations without gaps, oldest first, shape ``(n,)`` with ``n >= 4``, any unit.
    h
        Number of years ahead, 1 or more.
    measure
        ``"level"`` (kept at or above zero if no observation is negative), ``"growth"`` (%,
        unbounded) or ``"share"`` (%, kept within 0 and 100).

    Returns
    -------
    DataFrame with a row for each year ahead: `h`, `mean`, `lo80`, `hi80`, `lo95`, `hi95` (unit of
    `y`), `method` (``"shrunken_drift"`` or ``"median_combination"``), `n`.

    Raises
    ------
    ValueError
        If `y` has fewer than 4 observations, is not one-dimensional, or holds missing or infinite
        values; if `h` is less than 1; if `measure` is unknown; if a share lies outside 0 to 100.

    Examples
    --------
    >>> forecast([100, 110, 118, 131, 140], 2)[["mean", "method", "n"]].round(1)
        mean          method  n
    0  147.9  shrunken_drift  5
    1  155.7  shrunken_drift  5
    """
    values = _checked(y, h, measure)
    lower, upper, positive = MEASURES[measure]
    if measure == "level" and values.min() >= 0:
        lower = 0.0
    n = len(values)
    # Work on numbers of size one, so that the unit cannot matter. Powers of two are exact.
    size = float(np.abs(values).max())
    unit = 2.0 ** np.floor(np.log2(size)) if size > FIRST else 1.0
    small = values / unit
    ahead = point(small, max(h, 3), positive=positive)
    yardstick = scale(small, ahead, positive=positive)
    mean = np.clip(ahead[-1, :h], lower / unit, upper / unit)
    bands = ranges(
        mean,
        yardstick,
        n,
        skewed=positive and bool(values.min() > 0),
        lower=lower / unit,
        upper=upper / unit,
    )
    table = {"h": np.arange(1, h + 1), "mean": mean * unit}
    table |= {name: band * unit for name, band in bands.items()}
    method = "shrunken_drift" if n < COMBINED_FROM else "median_combination"
    return pd.DataFrame(table)[["h", "mean", "lo80", "hi80", "lo95", "hi95"]].assign(
        method=method, n=n
    )


def _checked(y: Any, h: int, measure: str) -> Floats:
    if measure not in MEASURES:
        raise ValueError(f"measure {measure!r} is not one of {', '.join(MEASURES)}")
    if h < 1:
        raise ValueError(f"h must be 1 or more years ahead, not {h}")
    values = np.asarray(y, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"a series has one dimension, this one has shape {values.shape}")
    bad = np.flatnonzero(~np.isfinite(values))
    if len(bad):
        places = ", ".join(str(b + 1) for b in bad[:5])
        raise ValueError(
            f"observation(s) {places} are missing or infinite; leave out what is before the gap"
        )
    if len(values) < SHORTEST:
        raise ValueError(
            f"{len(values)} observation(s) are too few for a forecast, which needs {SHORTEST}; "
            "project() gives scenarios instead"
        )
    if measure == "share" and (values.min() < 0 or values.max() > 100):
        raise ValueError("a share lies within 0 and 100 %; give a level or a growth rate as such")
    return values

"""Ranges: calibrated multiples of the yardstick, by length, horizon and level."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np

from ._members import Floats

LEVELS = (80, 95)
TABLE = "widths.csv"


@cache
def widths() -> dict[tuple[int, int], Floats]:
    """Read the calibration table, ``widths.csv``.

    It was made by ``benchmarks/calibrate_trends.py`` from one half of the M3 yearly series (every
    second one, by position): series cut to the last 4, 5, … 30 observations at up to 15 origins,
    forecast up to 6 years ahead, each error divided by `scale`. Its columns: `from_n` (shortest
    length the row is for), `level` (80 or 95), `h` (years ahead), `lower` and `upper` (multiples
    for levels), `even` (multiple for growth and shares).

    Returns
    -------
    ``(from_n, level) -> array of shape (6, 3)``: rows are years ahead, columns `lower`, `upper`,
    `even`.

    Examples
    --------
    >>> widths()[8, 80].shape
    (6, 3)
    """
    rows: dict[tuple[int, int], list[list[float]]] = {}
    text = files(__package__).joinpath(TABLE).read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        key = int(row["from_n"]), int(row["level"])
        rows.setdefault(key, []).append([float(row[c]) for c in ("lower", "upper", "even")])
    return {key: np.array(multiples) for key, multiples in rows.items()}


def multiples(n: int, h: int, level: int) -> Floats:
    """Look up the multiples for a series of length `n`, 1 to `h` years ahead.

    Beyond the 6 years of the table they go on growing as the power of the horizon that leads from
    the first year to the sixth.

    Parameters
    ----------
    n
        Number of observations, at least 4.
    h
        Number of years ahead.
    level
        80 or 95.

    Returns
    -------
    Array of shape ``(h, 3)``: `lower`, `upper`, `even`.

    Examples
    --------
    >>> bool((np.diff(multiples(5, 9, 95), axis=0) > 0).all())
    True
    """
    table = widths()
    known = table[max(start for start, _ in table if start <= n), level]
    years = len(known)
    if h <= years:
        return known[:h]
    power = np.log(known[-1] / known[0]) / np.log(years)
    ahead = np.arange(years + 1, h + 1)[:, None] / years
    return np.vstack([known, known[-1] * ahead**power])


def ranges(
    mean: Floats, yardstick: float, n: int, *, skewed: bool, lower: float, upper: float
) -> dict[str, Floats]:
    """Lay the 80 and 95 % ranges around a forecast.

    Parameters
    ----------
    mean
        Point forecasts for 1, 2, … years ahead, shape ``(h,)``, within the bounds.
    yardstick
        What `scale` measured, in the unit of `mean`.
    n
        Number of observations.
    skewed
        True for positive levels, whose ranges reach further up than down.
    lower, upper
        Bounds no value can cross (``-inf`` and ``inf`` for none). Where a bound cuts a range, the
        other end keeps it at least as wide as the year before.

    Returns
    -------
    ``{"lo80", "hi80", "lo95", "hi95"}``, each of shape ``(h,)``.

    Examples
    --------
    >>> bands = ranges(np.array([10.0, 10]), 1.0, 8, skewed=False, lower=0.0, upper=np.inf)
    >>> bool((bands["lo95"] < bands["lo80"]).all() and (bands["hi80"] < bands["hi95"]).all())
    True
    """
    out: dict[str, Floats] = {}
    for level in LEVELS:
        table = multiples(n, len(mean), level)
        down, up = (table[:, 0], table[:, 1]) if skewed else (table[:, 2], table[:, 2])
        lo = np.maximum(mean - down * yardstick, lower)
        hi = np.minimum(mean + up * yardstick, upper)
        widest = np.maximum.accumulate(hi - lo)
        hi = np.minimum(np.maximum(hi, lo + widest), upper)
        lo = np.maximum(np.minimum(lo, hi - widest), lower)
        out[f"lo{level}"], out[f"hi{level}"] = lo, hi
    out["lo95"] = np.minimum(out["lo95"], out["lo80"])
    out["hi95"] = np.maximum(out["hi95"], out["hi80"])
    return out

"""How much a series moves: the yardstick that calibrated widths are multiples of."""

from __future__ import annotations

import numpy as np

from ._combination import COMBINED_FROM
from ._members import Floats

MEMORY = 0.9  # weight of a year relative to the year after it
OWN_ERRORS = 0.2  # weight of the rolling-origin errors, in logarithms, once the combination is used
SMALLEST = 0.004  # of the last level: not one in a hundred of the series calibrated on moved less


def scale(y: Floats, forecasts: Floats, *, positive: bool) -> float:
    r"""Measure how much a series moves, and how far its own past forecasts were off.

    The yardstick is the root of the weighted mean of squared yearly changes (weights 0.9 to the
    power of their age); for levels, the geometric mean of that in levels and of that in logarithms
    times the last level. Changes, not residuals: after a fit to four points next to nothing is
    left of the residuals, while the changes of a short series say as much about its future errors
    as those of a long one. From 8 observations on the rolling-origin errors one, two and three
    years ahead (root mean squares, same weights, brought to one year by 1, 1.5 and 2) enter with a
    fifth of the weight: :math:`s = g^{0.8} r^{0.2}`. More weight makes ranges less honest: with
    rolling-origin errors alone the 80 % range covers about 65 % for the quarter of series whose
    past went well and 92 % for the quarter whose past went badly.

    Parameters
    ----------
    y
        Observations, shape ``(n,)`` with ``n >= 4``, any unit.
    forecasts
        Forecasts from every origin, shape ``(n, h)`` with ``h >= 3``, unit of `y`.
    positive
        True for levels, which may be seen in logarithms.

    Returns
    -------
    The yardstick in the unit of `y`, at least 0.4 % of the last value.

    Examples
    --------
    >>> y = np.array([100.0, 104, 108, 112])
    >>> round(scale(y, np.repeat(y[:, None], 3, axis=1), positive=True), 2)
    4.11
    """
    size = _rms(np.diff(y))
    if positive and y.min() > 0:
        size = float(np.sqrt(size * y[-1] * _rms(np.diff(np.log(y)))))
    if len(y) >= COMBINED_FROM and size > 0:
        logs = [np.log(max(e / (1 + k / 2) / size, 0.05)) for k, e in enumerate(_own(y, forecasts))]
        size *= float(np.exp(OWN_ERRORS * np.mean(logs)))
    return max(size, SMALLEST * abs(float(y[-1])))


def _own(y: Floats, forecasts: Floats) -> list[float]:
    """Root mean square error 1, 2 and 3 years ahead, from origins with 3 or more observations."""
    return [_rms(y[2 + k :] - forecasts[2:-k, k - 1]) for k in (1, 2, 3)]


def _rms(x: Floats) -> float:
    weight = MEMORY ** np.arange(len(x))[::-1]
    top = float(np.abs(x).max(initial=0.0))
    if top == 0:
        return 0.0
    return top * float(np.sqrt((weight * (x / top) ** 2).sum() / weight.sum()))

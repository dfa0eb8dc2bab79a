"""The point forecast: a shrunken drift for short series, a median of four methods for others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from ._members import Floats, damped_ets, dynamic_theta, shrunken_drift

Method = Callable[[Floats, int], Floats]

SHORTEST = 4  # fewer observations of a level get scenarios, not a forecast
COMBINED_FROM = 8  # from here on the median combination


def cautious(method: Method, y: Floats, h: int) -> Floats:
    """Forecast in levels and in logarithms and keep the smaller move.

    A rising series is then continued along a line rather than an exponential, a falling one along
    an exponential rather than a line, so it never turns negative. A series that is not positive
    throughout is forecast in levels.

    Parameters
    ----------
    method
        Function of ``(y, h)`` that returns forecasts from every origin, shape ``(n, h)``.
    y
        Observations, shape ``(n,)``, any unit.
    h
        Number of years ahead.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`.

    Examples
    --------
    >>> from yanshi_analysis.trends._members import drift
    >>> cautious(drift, np.array([8.0, 4.0]), 2)[-1].round(6).tolist()
    [2.0, 1.0]
    """
    levels = method(y, h)
    if y.min() <= 0:
        return levels
    with np.errstate(over="ignore"):
        logs = np.exp(method(np.log(y), h))
    last = y[:, None]
    return np.where(np.abs(levels - last) <= np.abs(logs - last), levels, logs)


def members(y: Floats, h: int, *, positive: bool) -> dict[str, Floats]:
    """Forecast with every member of the combination from every origin.

    Parameters
    ----------
    y
        Observations, shape ``(n,)``, any unit.
    h
        Number of years ahead.
    positive
        True for levels, which may be seen in logarithms; False for growth rates and shares.

    Returns
    -------
    ``method id -> array of shape (n, h)``: `recent_drift` and `whole_drift` (`shrunken_drift` with
    memory 0.9 and 1), `theta` (`dynamic_theta`) and `damped_ets`.

    Examples
    --------
    >>> list(members(np.arange(1.0, 10), 1, positive=True))
    ['recent_drift', 'whole_drift', 'theta', 'damped_ets']
    """
    methods: dict[str, Method] = {
        "recent_drift": shrunken_drift,
        "whole_drift": partial(shrunken_drift, memory=1.0),
        "theta": dynamic_theta,
        "damped_ets": damped_ets,
    }
    return {name: _see(method, y, h, positive) for name, method in methods.items()}


def point(y: Floats, h: int, *, positive: bool) -> Floats:
    """Forecast from every origin with the method that the length of the whole series asks for.

    Parameters
    ----------
    y
        Observations, shape ``(n,)`` with ``n >= 4``, any unit.
    h
        Number of years ahead.
    positive
        True for levels, which may be seen in logarithms; False for growth rates and shares.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`: below 8 observations `shrunken_drift`, else the
    median of `members` (the mean of the middle two).

    Examples
    --------
    >>> point(np.array([100.0, 110, 118, 131, 140]), 2, positive=True)[-1].round(1).tolist()
    [147.9, 155.7]
    """
    if len(y) < COMBINED_FROM:
        return _see(shrunken_drift, y, h, positive)
    return np.asarray(np.median(list(members(y, h, positive=positive).values()), axis=0))


def _see(method: Method, y: Floats, h: int, positive: bool) -> Floats:
    return cautious(method, y, h) if positive else method(y, h)

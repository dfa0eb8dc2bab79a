"""The members of the combination, each forecast from every origin in one pass.

Every function takes a series ``y`` of ``n`` yearly observations and returns an array of shape
``(n, h)``: row ``t`` holds the forecasts made with the first ``t + 1`` observations only. The last
row is the forecast; the rows before it are what the method would have said earlier, which is where
honest intervals come from. Rows with too few observations for the method repeat the last value
(the naive forecast).

The recursions are written for numpy arrays because one pass over a grid of smoothing parameters
costs about a millisecond, and because starting values are then exact least squares rather than the
result of a search. The tests compare them with ``statsmodels`` at the same parameters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Smoothing parameters tried. A coarse grid: with 8 to 40 points a finer one only fits noise.
ALPHAS: Floats = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
TREND_SHARES: Floats = np.array([0.0, 0.1, 0.3, 0.6, 1.0])
DAMPINGS: Floats = np.array([0.8, 0.9, 0.98])


def naive(y: Floats, h: int) -> Floats:
    """Repeat the last value.

    Parameters
    ----------
    y
        Observations, shape ``(n,)``, any unit.
    h
        Number of years ahead.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`.

    Examples
    --------
    >>> naive(np.array([1.0, 2.0]), 2).tolist()
    [[1.0, 1.0], [2.0, 2.0]]
    """
    return np.repeat(y[:, None], h, axis=1)


def drift(y: Floats, h: int) -> Floats:
    """Draw the line through the first and the last value.

    ``y[n] + h * (y[n] - y[1]) / (n - 1)`` (Hyndman and Athanasopoulos, *Forecasting: Principles
    and Practice*, 5.2).

    Parameters
    ----------
    y
        Observations, shape ``(n,)``, any unit.
    h
        Number of years ahead.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`.

    Examples
    --------
    >>> drift(np.array([1.0, 2.0, 3.0]), 2)[-1].tolist()
    [4.0, 5.0]
    """
    slope = (y - y[0]) / np.maximum(np.arange(len(y)), 1)
    return np.asarray(y[:, None] + slope[:, None] * np.arange(1, h + 1))


def shrunken_drift(y: Floats, h: int, *, memory: float = 0.9) -> Floats:
    r"""Extrapolate a drift as far as the evidence for it goes.

    The yearly changes :math:`d_j` are averaged with weights :math:`w_j \propto` ``memory`` to the
    power of their age;
    :math:`b` is that mean, :math:`s^2` its squared standard error and
    :math:`m = 1 / \sum w_j^2` the number
    of changes it rests on. The forecast is

    .. math:: \hat y_{n+h} = y_n + \frac{m}{m + 1}\, a\, b \sum_{k=1}^{h} \phi^k, \qquad
              a = \frac{b^2}{b^2 + s^2}, \quad \phi = 0.85 + 0.15\, a^2

    The first factor shrinks a drift that rests on few changes, the second one that the changes do
    not agree on (the shape of an empirical-Bayes, James-Stein, estimate), and the sum damps it
    with the horizon (Gardner and McKenzie 1985), the more the less they agree. With one change
    there is no standard error and the drift is left out.

    Parameters
    ----------
    y
        Observations, shape ``(n,)``, any unit (levels, or their logarithms).
    h
        Number of years ahead.
    memory
        Weight of a change relative to the change after it; 1 weighs all alike.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`.

    Examples
    --------
    >>> y = np.array([100.0, 110.0, 118.0, 131.0, 140.0])
    >>> shrunken_drift(y, 2)[-1].round(1).tolist()
    [147.9, 155.7]
    """
    n = len(y)
    out = naive(y, h)
    if n < 3:
        return out
    changes = np.diff(y)
    age = np.arange(n - 1)[:, None] - np.arange(n - 1)[None, :]
    w = np.where(age >= 0, memory ** np.maximum(age, 0), 0.0)
    w = w / w.sum(axis=1, keepdims=True)
    w2 = (w**2).sum(axis=1)[1:]
    b = (w @ changes)[1:]
    spread = (w[1:] * (changes[None, :] - b[:, None]) ** 2).sum(axis=1)
    se2 = spread * w2 / (1.0 - w2)
    total = b**2 + se2
    agreement = np.divide(b**2, total, out=np.zeros_like(b), where=total > 0)
    size = 1.0 / (1.0 + w2)
    damping = 0.85 + 0.15 * agreement**2
    steps = np.cumsum(damping[:, None] ** np.arange(1, h + 1), axis=1)
    out[2:] += (size * agreement * b)[:, None] * steps
    return out


def damped_ets(y: Floats, h: int) -> Floats:
    r"""Average damped-trend exponential smoothing over its smoothing parameters.

    The recursion is Holt's with a damped trend (Gardner and McKenzie 1985; ETS(A,Ad,N)):
    :math:`\ell_t = \ell_{t-1} + \phi b_{t-1} + \alpha e_t`,
    :math:`b_t = \phi b_{t-1} + \alpha\beta^* e_t`. For each
    point of a grid of :math:`(\alpha, \beta^*, \phi)` the starting level and trend are exact least
    squares, as the one-step errors are linear in them. The forecasts are averaged with weights
    :math:`S^{-n/2}`, `S` being the sum of squared one-step errors: the profile likelihood, so
    Akaike weights, as all have equally many parameters. Averaging is steadier on short series than
    picking the best (Kolassa 2011).

    Parameters
    ----------
    y
        Observations, shape ``(n,)``, any unit (levels, or their logarithms).
    h
        Number of years ahead.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`.

    Examples
    --------
    >>> damped_ets(np.array([100.0, 110, 118, 131, 140, 149, 161, 170]), 2)[-1].round(0).tolist()
    [179.0, 188.0]
    """
    n = len(y)
    out = naive(y, h)
    if n < 4:
        return out
    a, share, phi = (g.ravel() for g in np.meshgrid(ALPHAS, TREND_SHARES, DAMPINGS, indexing="ij"))
    # Seen from the first value, so that a large level costs no digits; it is added back at the end.
    level, trend, errors = _linear_states(y - y[0], a, a * share, phi)
    # One-step errors are e = E0 + E1*l0 + E2*b0: normal equations, cumulated for every origin.
    e0, e1, e2 = errors[..., 0], errors[..., 1], errors[..., 2]
    s00, s11, s22, s12, s01, s02 = (
        np.cumsum(p, axis=0)[3:] for p in (e0 * e0, e1 * e1, e2 * e2, e1 * e2, e0 * e1, e0 * e2)
    )
    s11, s22 = s11 * (1 + 1e-9), s22 * (1 + 1e-9)
    det = s11 * s22 - s12**2
    l0 = (-s01 * s22 + s02 * s12) / det
    b0 = (-s02 * s11 + s01 * s12) / det
    sse = s00 + l0 * s01 + b0 * s02
    count = np.arange(4, n + 1)[:, None]
    floor = 1e-6 * np.cumsum(np.r_[0.0, np.diff(y) ** 2])[3:, None] + 1e-300
    loglik = -0.5 * count * np.log(np.maximum(sse, 0.0) + floor)
    weight = np.exp(loglik - loglik.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    last_level = level[3:, :, 0] + level[3:, :, 1] * l0 + level[3:, :, 2] * b0
    last_trend = trend[3:, :, 0] + trend[3:, :, 1] * l0 + trend[3:, :, 2] * b0
    steps = np.cumsum(phi[:, None] ** np.arange(1, h + 1), axis=1)
    out[3:] = y[0] + (weight * last_level).sum(axis=1)[:, None] + (weight * last_trend) @ steps
    return out


def _linear_states(
    y: Floats, alpha: Floats, beta: Floats, phi: Floats
) -> tuple[Floats, Floats, Floats]:
    """Level, trend and one-step error after each observation, as coefficients of (1, l0, b0)."""
    n, g = len(y), len(alpha)
    level, trend, errors = (np.zeros((n, g, 3)) for _ in range(3))
    now_level, now_trend = np.zeros((g, 3)), np.zeros((g, 3))
    now_level[:, 1] = now_trend[:, 2] = 1.0
    for t in range(n):
        drifted = phi[:, None] * now_trend
        expected = now_level + drifted
        error = -expected
        error[:, 0] += y[t]
        now_level = expected + alpha[:, None] * error
        now_trend = drifted + beta[:, None] * error
        level[t], trend[t], errors[t] = now_level, now_trend, error
    return level, trend, errors


def dynamic_theta(y: Floats, h: int) -> Floats:
    r"""Forecast with the dynamic optimised theta model.

    Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016), equations 12 to 17: simple
    exponential smoothing of the theta line plus a share :math:`\omega = 1 - 1/\theta` of the
    straight line fitted to the data so far,

    .. math:: \mu_t = \ell_{t-1} + \omega\left[(1-\alpha)^{t-1} A_{t-1}
              + \frac{1-(1-\alpha)^t}{\alpha}B_{t-1}\right]

    :math:`A` and :math:`B` being the running intercept and slope. The one-step errors are linear in
    :math:`\ell_0` and :math:`\omega`, so both are exact least squares with
    :math:`0 \le \omega \le 1`;
    :math:`\alpha` is taken from a grid by the smallest sum of squared errors.

    Parameters
    ----------
    y
        Observations, shape ``(n,)``, any unit (levels, or their logarithms).
    h
        Number of years ahead.

    Returns
    -------
    Array of shape ``(n, h)`` in the unit of `y`.

    Examples
    --------
    >>> dynamic_theta(np.array([100.0, 110, 118, 131, 140, 149, 161, 170]), 2)[-1].round(0).tolist()
    [180.0, 190.0]
    """
    n = len(y)
    out = naive(y, h)
    if n < 4:
        return out
    first, y = y[0], y - y[0]  # as above
    intercept, slope, mean = _running_line(y)
    a = ALPHAS
    keep = (1 - a)[None, :] ** np.arange(n + 1)[:, None]  # (1 - alpha)^t
    smooth = np.zeros(
        (n + 1, len(a))
    )  # what alpha and the data alone give; l_t = smooth_t + keep_t * l0
    for t in range(n):
        smooth[t + 1] = a * y[t] + (1 - a) * smooth[t]
    # line part of mu_{t+1}, from the first t observations
    part = keep[1:n] * intercept[:-1, None] + (1 - keep[2:]) / a * slope[:-1, None]
    part = np.vstack([np.zeros_like(a), part])
    e0, e1, e2 = y[:, None] - smooth[:-1], -keep[:-1], -part
    e0, e1, e2 = e0[1:], e1[1:], e2[1:]  # the first point only starts the recursion
    s00, s11, s22, s12, s01, s02 = (
        np.cumsum(p, axis=0)[2:] for p in (e0 * e0, e1 * e1, e2 * e2, e1 * e2, e0 * e1, e0 * e2)
    )
    s11 = s11 * (1 + 1e-9)
    s22 = s22 * (1 + 1e-9) + 1e-300
    det = s11 * s22 - s12**2
    omega = np.clip((-s02 * s11 + s01 * s12) / np.where(det > 0, det, 1.0), 0.0, 1.0)
    l0 = -(s01 + omega * s12) / s11
    sse = s00 + 2 * (l0 * s01 + omega * s02 + l0 * omega * s12) + l0**2 * s11 + omega**2 * s22
    noise = 1e-6 * np.cumsum(np.diff(y) ** 2)[2:, None]  # differences below it are rounding
    best = (sse <= sse.min(axis=1, keepdims=True) + noise).argmax(axis=1)
    rows = np.arange(len(best))
    a_, om = a[best], omega[rows, best]
    level = smooth[4:][rows, best] + keep[4:][rows, best] * l0[rows, best]
    count = np.arange(4, n + 1).astype(float)
    now_a, now_b, now_mean = intercept[3:].copy(), slope[3:].copy(), mean[3:].copy()
    for k in range(h):
        kept = (1 - a_) ** count
        mu = level + om * (kept * now_a + (1 - kept * (1 - a_)) / a_ * now_b)
        out[3:, k] = first + mu
        level = a_ * mu + (1 - a_) * level
        count += 1
        now_b = ((count - 2) * now_b + 6 / count * (mu - now_mean)) / (count + 1)
        now_mean = now_mean + (mu - now_mean) / count
        now_a = now_mean - now_b * (count + 1) / 2
    return out


def _running_line(y: Floats) -> tuple[Floats, Floats, Floats]:
    """Least-squares intercept (at time 0), slope and mean of the first 1, 2, … n observations."""
    n = len(y)
    t = np.arange(1, n + 1, dtype=float)
    mean = np.cumsum(y) / t
    cross = np.cumsum(t * y) - (t * (t + 1) / 2) * mean
    spread = t * (t**2 - 1) / 12
    slope = np.divide(cross, spread, out=np.zeros(n), where=spread > 0)
    return mean - slope * (t + 1) / 2, slope, mean

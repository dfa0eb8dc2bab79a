"""The numbers behind projections: members, ranges, and what they were measured to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanshi_analysis.trends import forecast, spread
from yanshi_analysis.trends._combination import cautious, members, point
from yanshi_analysis.trends._intervals import multiples, ranges, widths
from yanshi_analysis.trends._members import (
    ALPHAS,
    _linear_states,
    damped_ets,
    drift,
    dynamic_theta,
    naive,
    shrunken_drift,
)
from yanshi_analysis.trends._reference_class import _student
from yanshi_analysis.trends._scale import scale

BANDS = ["lo95", "lo80", "mean", "hi80", "hi95"]

numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: round(v, 3))
series = st.lists(numbers, min_size=4, max_size=24)
positive = st.lists(st.floats(0.01, 1e9).map(lambda v: round(v, 2)), min_size=4, max_size=24)
measures = st.sampled_from(["level", "growth", "share"])


def noisy(n: int, seed: int = 0) -> np.ndarray:
    return 100 + np.cumsum(np.random.default_rng(seed).normal(3, 4, n))


# --- properties ------------------------------------------------------------------------------


@given(series, st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_ranges_nest_and_widen(y: list[float], h: int) -> None:
    table = forecast(y, h)
    assert len(table) == h
    assert np.isfinite(table[BANDS].to_numpy()).all()
    steps = np.diff(table[BANDS].to_numpy(), axis=1)
    size = max(1.0, float(np.abs(table[BANDS].to_numpy()).max()))
    assert (steps >= -1e-9 * size).all()
    for level in (80, 95):
        wide = (table[f"hi{level}"] - table[f"lo{level}"]).to_numpy()
        assert (np.diff(wide) >= -1e-9 * size).all()


@given(series, st.sampled_from([1e-4, 0.3, 7.0, 1e4, 1e8]))
@settings(max_examples=60, deadline=None)
def test_ranges_scale_with_the_unit(y: list[float], unit: float) -> None:
    one, other = forecast(y)[BANDS].to_numpy(), forecast(np.array(y) * unit)[BANDS].to_numpy()
    size = max(float(np.abs(one).max()), 1e-300)
    np.testing.assert_allclose(other / unit, one, rtol=1e-5, atol=1e-5 * size)


@given(st.lists(st.floats(0, 100).map(lambda v: round(v, 1)), min_size=4, max_size=16))
@settings(max_examples=40, deadline=None)
def test_shares_stay_within_0_and_100(y: list[float]) -> None:
    table = forecast(y, 8, measure="share")[BANDS].to_numpy()
    assert table.min() >= 0
    assert table.max() <= 100


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=16))
@settings(max_examples=40, deadline=None)
def test_counts_stay_at_or_above_zero(y: list[int]) -> None:
    assert forecast(y, 8)[BANDS].to_numpy().min() >= 0


@given(positive)
@settings(max_examples=40, deadline=None)
def test_growth_is_not_seen_in_logarithms(y: list[float]) -> None:
    shift = np.array(y) + 1000.0  # a rate has no natural zero: shifting it shifts the forecast
    one, other = (forecast(v, measure="growth")["mean"].to_numpy() for v in (y, shift))
    np.testing.assert_allclose(other - 1000, one, rtol=1e-4, atol=1e-4 * max(y))


@pytest.mark.parametrize("n", [4, 5, 7, 8, 12])
def test_constant_series_are_continued_and_not_called_certain(n: int) -> None:
    table = forecast([7.0] * n)
    np.testing.assert_allclose(table["mean"], 7.0)
    assert (table["hi80"] > table["lo80"]).all()


@pytest.mark.parametrize("n", [4, 8, 12])
def test_zeros_stay_zeros(n: int) -> None:
    assert (forecast([0.0] * n)[BANDS].to_numpy() == 0).all()


def test_a_falling_series_never_turns_negative() -> None:
    assert (forecast([80.0, 40, 20, 10, 5], 12)["mean"] > 0).all()


@pytest.mark.parametrize(
    ("y", "words"),
    [
        ([], "0 observation"),
        ([1.0], "1 observation"),
        ([1.0, 2, 3], "3 observation"),
        ([1.0, np.nan, 3, 4, 5], "2 are missing"),
        ([1.0, np.inf, 3, 4], "missing or infinite"),
        ([[1.0, 2], [3, 4]], "one dimension"),
    ],
)
def test_what_cannot_be_forecast_is_said(y: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        forecast(y)


def test_wrong_arguments_are_said() -> None:
    with pytest.raises(ValueError, match="level, growth, share"):
        forecast([1.0, 2, 3, 4], measure="rank")
    with pytest.raises(ValueError, match="1 or more"):
        forecast([1.0, 2, 3, 4], 0)
    with pytest.raises(ValueError, match="within 0 and 100"):
        forecast([1.0, 2, 3, 104], measure="share")


# --- members ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [naive, drift, shrunken_drift, damped_ets, dynamic_theta])
@pytest.mark.parametrize("n", [4, 9, 20])
def test_an_origin_knows_only_what_came_before(method: object, n: int) -> None:
    y = noisy(n)
    whole = method(y, 4)  # type: ignore[operator]
    assert whole.shape == (n, 4)
    for t in range(n):
        np.testing.assert_allclose(whole[t], method(y[: t + 1], 4)[-1], rtol=1e-9)  # type: ignore[operator]


@pytest.mark.parametrize("place", [0, 40, 77, 149])
def test_damped_ets_is_the_one_of_statsmodels(place: int) -> None:
    from statsmodels.tsa.holtwinters import Holt

    y = noisy(12)
    grid = [(a, b, p) for a in ALPHAS for b in (0.0, 0.1, 0.3, 0.6, 1.0) for p in (0.8, 0.9, 0.98)]
    a, b, p = grid[place]
    model = Holt(
        y, damped_trend=True, initialization_method="known", initial_level=90.0, initial_trend=2.0
    )
    fit = model.fit(smoothing_level=a, smoothing_trend=b, damping_trend=p, optimized=False)
    one = [np.array([v]) for v in (a, a * b, p)]
    level, trend, errors = _linear_states(y, *one)
    start = np.array([1.0, 90.0, 2.0])
    np.testing.assert_allclose(errors[:, 0] @ start, y - fit.fittedvalues, rtol=1e-9, atol=1e-9)
    ahead = level[-1, 0] @ start + trend[-1, 0] @ start * np.cumsum(p ** np.arange(1, 4))
    np.testing.assert_allclose(ahead, fit.forecast(3), rtol=1e-9)


def test_damped_ets_finds_the_best_start() -> None:
    """Its starting values leave no smaller sum of squares than a search does."""
    from scipy.optimize import minimize

    y = noisy(10)
    a, b, p = (np.array([v]) for v in (0.5, 0.15, 0.9))
    errors = _linear_states(y, a, b, p)[2][:, 0]

    def sse(x: np.ndarray) -> float:
        return float(((errors @ np.r_[1.0, x]) ** 2).sum())

    searched = minimize(sse, np.array([100.0, 0.0]), method="Nelder-Mead", tol=1e-10).fun
    solved = np.linalg.lstsq(-errors[:, 1:], errors[:, 0], rcond=None)[0]
    assert sse(solved) <= searched * (1 + 1e-6)


def test_dynamic_theta_follows_its_definition() -> None:
    """The recursion of Fiorucci et al. (2016), written out and searched over a fine grid."""
    y = noisy(14, 3)
    n = len(y)

    def run(alpha: float, omega: float, l0: float, h: int) -> tuple[float, list[float]]:
        level = alpha * y[0] + (1 - alpha) * l0
        mean, slope, intercept, sse = y[0], 0.0, y[0], 0.0
        ahead: list[float] = []
        for t in range(2, n + h + 1):
            line = (1 - alpha) ** (t - 1) * intercept + (1 - (1 - alpha) ** t) / alpha * slope
            mu = level + omega * line
            value = y[t - 1] if t <= n else mu
            if t <= n:
                sse += (value - mu) ** 2
            else:
                ahead.append(mu)
            level = alpha * value + (1 - alpha) * level
            slope = ((t - 2) * slope + 6 * (value - mean) / t) / (t + 1)
            mean += (value - mean) / t
            intercept = mean - slope * (t + 1) / 2
        return sse, ahead

    best = min(
        (run(float(a), o, l0, 3) for a in ALPHAS for o in np.linspace(0, 1, 41)
         for l0 in np.linspace(-60, 260, 161)),
        key=lambda found: found[0],
    )  # fmt: skip
    np.testing.assert_allclose(dynamic_theta(y, 3)[-1], best[1], rtol=0.01)


def test_the_drift_is_kept_only_as_far_as_the_changes_agree() -> None:
    steady = np.array([100.0, 110, 120, 130, 140])
    torn = np.array([100.0, 140, 90, 150, 140])  # the same first and last value
    assert shrunken_drift(steady, 1)[-1, 0] - 140 > 7
    assert abs(shrunken_drift(torn, 1)[-1, 0] - 140) < 3


def test_the_smaller_move_of_levels_and_logarithms_is_kept() -> None:
    up, down = np.array([100.0, 150, 225]), np.array([225.0, 150, 100])
    assert cautious(drift, up, 3)[-1].tolist() == drift(up, 3)[-1].tolist()
    np.testing.assert_allclose(
        cautious(drift, down, 3)[-1], np.exp(drift(np.log(down), 3)[-1]), rtol=1e-12
    )


def test_eight_observations_are_combined_and_seven_are_not() -> None:
    y = noisy(8)
    assert set(forecast(y[:7])["method"]) == {"shrunken_drift"}
    assert set(forecast(y)["method"]) == {"median_combination"}
    parts = members(y, 3, positive=True)
    np.testing.assert_allclose(
        point(y, 3, positive=True)[-1], np.median([p[-1] for p in parts.values()], axis=0)
    )


# --- ranges ----------------------------------------------------------------------------------


def test_the_table_of_widths_is_whole_and_orderly() -> None:
    table = widths()
    starts = sorted({start for start, _ in table})
    assert starts[0] == 4
    assert set(table) == {(start, level) for start in starts for level in (80, 95)}
    for (start, level), block in table.items():
        assert block.shape == (6, 3)
        assert (np.diff(block, axis=0) > 0).all()
        assert (block > 0).all()
        if level == 80:
            assert (table[start, 95] > block).all()


def test_widths_go_on_growing_beyond_the_table() -> None:
    long = multiples(9, 20, 80)
    assert (np.diff(long, axis=0) > 0).all()
    np.testing.assert_allclose(long[:6], multiples(9, 6, 80))


def test_a_bound_does_not_narrow_the_range() -> None:
    bands = ranges(np.array([50.0, 20, 1]), 20.0, 8, skewed=False, lower=0.0, upper=np.inf)
    wide = bands["hi80"] - bands["lo80"]
    assert bands["lo80"][-1] == 0
    assert (np.diff(wide) >= 0).all()


def test_the_own_past_errors_count_from_eight_observations_on() -> None:
    y = noisy(9)
    good = np.column_stack([np.r_[y[k:], np.zeros(k)] for k in (1, 2, 3)])
    bad = good + 50
    assert scale(y, bad, positive=True) > 1.2 * scale(y, good, positive=True)
    assert scale(y[:7], bad[:7], positive=True) == scale(y[:7], good[:7], positive=True)


def test_fewer_observations_mean_wider_ranges() -> None:
    assert (multiples(4, 6, 95) > multiples(12, 6, 95)).all()


def test_the_yardstick_does_not_vanish_with_a_perfect_fit() -> None:
    y = 100 + 10.0 * np.arange(6)
    assert scale(y, point(y, 3, positive=True), positive=True) > 5


def test_student_quantiles() -> None:
    from scipy.stats import t

    for freedom in (9, 12, 30):
        assert _student(0.975, freedom) == pytest.approx(t.ppf(0.975, freedom), abs=2e-3)


@given(st.integers(39, 80), st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_the_class_covers_the_next_case(n: int, seed: int) -> None:
    draws = np.random.default_rng(seed).standard_t(3, (600, n + 1))
    inside = [low <= row[-1] <= high for row in draws for low, high in [spread(row[:-1], 80)]]
    assert np.mean(inside) == pytest.approx(0.80, abs=0.06)


def test_the_class_covers_the_next_case_when_small() -> None:
    draws = np.random.default_rng(1).normal(size=(4000, 13))
    for level in (80, 95):
        ends = [spread(row[:-1], level) for row in draws]
        inside = [low <= row[-1] <= high for row, (low, high) in zip(draws, ends, strict=True)]
        assert np.mean(inside) * 100 == pytest.approx(level, abs=5)


def test_below_ten_cases_there_is_no_range() -> None:
    assert np.isnan(spread(np.arange(9.0), 80)).all()
    assert np.isfinite(spread(np.arange(10.0), 95)).all()


# --- what is claimed -------------------------------------------------------------------------


# The best of naive, drift, AutoETS, AutoARIMA, AutoTheta and DynamicOptimizedTheta on that half.
RIVALS = [(None, 15.51, 2.641), (12, 16.21, 2.707), (8, 17.44, 2.940), (5, 17.44, 3.092)]


@pytest.mark.parametrize(("length", "smape", "mase"), RIVALS)
def test_accuracy_and_coverage_on_the_half_not_calibrated_on(
    shared: Path, length: int | None, smape: float, mase: float
) -> None:
    table = pd.read_csv(shared / "benchmarks" / "m3_yearly.csv")
    groups = list(table.groupby("series", sort=False))[1::2]
    errors, scaled, inside = [], [], []
    for _, one in groups:
        train, test = (
            one.loc[one["split"] == s, "value"].to_numpy(float) for s in ("train", "test")
        )
        made = forecast(train if length is None else train[-length:], 6)
        mean = made["mean"].to_numpy()
        errors.append(200 * np.abs(test - mean) / (np.abs(test) + np.abs(mean)))
        scaled.append(np.abs(test - mean) / np.abs(np.diff(train)).mean())
        inside.append([(made[f"lo{k}"] <= test) & (test <= made[f"hi{k}"]) for k in (80, 95)])
    assert np.mean(errors) < smape
    assert np.mean(scaled) < mase
    covered = np.array(inside, dtype=float).mean(axis=0) * 100
    for k, nominal in enumerate((80, 95)):
        assert covered[k, 0] == pytest.approx(nominal, abs=3)
        assert covered[k].mean() == pytest.approx(nominal, abs=5)


def test_importing_trends_does_not_load_statsmodels() -> None:
    code = (
        "import sys, yanshi_analysis.trends;"
        "sys.exit(bool({'statsmodels', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

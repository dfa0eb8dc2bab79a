"""How accurate and how honest the projections are, next to well-known methods.

    python benchmarks/bench_trends.py [M3_YEARLY_CSV] [--cache competitors.csv] [--reference-class]

Prints sMAPE, MASE, coverage of the 80 and 95 % ranges (one year ahead, and over all six) and
milliseconds per series for the 645 yearly series of the M3 competition: whole, and cut to their
last 12, 8 and 5 observations; over all series, and over the even half, on which the ranges were
not calibrated. statsforecast (dependency group ``bench``) runs once and is kept in the cache.
``--reference-class`` adds how well the ranges for growth targets cover.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from yanshi_analysis.trends import forecast, reference_class, spread

ROOT = Path(__file__).resolve().parents[1]

HORIZONS = 6
RECENT = 2012  # the nation's targets are of another kind before
LENGTHS = ("full", "12", "8", "5")
COLUMNS = ["mean", "lo80", "hi80", "lo95", "hi95"]
RIVALS = ("AutoETS", "AutoARIMA", "AutoTheta", "DynamicOptimizedTheta")
# Entrants of the competition (whole series), from their published forecasts.
PUBLISHED = {"RBF": 16.42, "ForcX": 16.48, "Theta": 16.97, "ForecastPro": 17.27}
Z = {80: 1.2816, 95: 1.9600}


def read(path: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    table = pd.read_csv(path)
    return {
        str(name): tuple(
            one.loc[one["split"] == split, "value"].to_numpy(float) for split in ("train", "test")
        )
        for name, one in table.groupby("series", sort=False)
    }


def cut(y: np.ndarray, length: str) -> np.ndarray:
    return y if length == "full" else y[-int(length) :]


def with_normal_ranges(mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    bands = [mean + sign * Z[level] * spread for level in (80, 95) for sign in (-1, 1)]
    return np.column_stack([mean, *bands])


def ours(y: np.ndarray) -> np.ndarray:
    return forecast(y, HORIZONS)[COLUMNS].to_numpy()


def naive(y: np.ndarray) -> np.ndarray:
    h = np.arange(1, HORIZONS + 1)
    return with_normal_ranges(np.full(HORIZONS, y[-1]), np.sqrt(h * np.mean(np.diff(y) ** 2)))


def drift(y: np.ndarray) -> np.ndarray:
    h, years = np.arange(1, HORIZONS + 1), len(y) - 1
    spread = np.std(np.diff(y), ddof=1) * np.sqrt(h * (1 + h / years))
    return with_normal_ranges(y[-1] + h * (y[-1] - y[0]) / years, spread)


def run(
    series: dict[str, tuple[np.ndarray, np.ndarray]],
    length: str,
    method: Callable[[np.ndarray], np.ndarray],
) -> tuple[np.ndarray, float]:
    """Forecasts (series, horizons, columns), NaN where refused, and milliseconds a series."""
    out = np.full((len(series), HORIZONS, len(COLUMNS)), np.nan)
    start = time.perf_counter()
    for i, (train, _) in enumerate(series.values()):
        try:
            out[i] = method(cut(train, length))
        except Exception:
            continue
    return out, (time.perf_counter() - start) / len(series) * 1000


def rival(name: str) -> Callable[[np.ndarray], np.ndarray]:
    from statsforecast import models

    def method(y: np.ndarray) -> np.ndarray:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = getattr(models, name)(season_length=1).forecast(y=y, h=HORIZONS, level=[80, 95])
        return np.column_stack([made[k] for k in ("mean", "lo-80", "hi-80", "lo-95", "hi-95")])

    return method


def rivals(
    series: dict[str, tuple[np.ndarray, np.ndarray]], cache: Path | None
) -> dict[tuple[str, str], tuple[np.ndarray, float]]:
    if cache is not None and cache.exists():
        table = pd.read_csv(cache, dtype={"length": str})
        shape = (len(series), HORIZONS, len(COLUMNS))
        return {
            key: (one.sort_values(["i", "h"])[COLUMNS].to_numpy().reshape(shape), one["ms"].iloc[0])
            for key, one in table.groupby(["method", "length"])
        }
    done = {(name, k): run(series, k, rival(name)) for k in LENGTHS for name in RIVALS}
    if cache is not None:
        frames = []
        for (name, length), (made, ms) in done.items():
            frame = pd.DataFrame(made.reshape(-1, len(COLUMNS)), columns=COLUMNS)
            frame["i"] = np.repeat(np.arange(len(series)), HORIZONS)
            frame["h"] = np.tile(np.arange(1, HORIZONS + 1), len(series))
            frames.append(frame.assign(method=name, length=length, ms=ms))
        pd.concat(frames).to_csv(cache, index=False)
    return done


def score(
    series: dict[str, tuple[np.ndarray, np.ndarray]], made: np.ndarray, which: slice
) -> dict[str, float]:
    truth = np.array([test for _, test in series.values()])[which]
    step = np.array([np.abs(np.diff(train)).mean() for train, _ in series.values()])[which]
    made = made[which]
    if np.isnan(made).any():
        return dict.fromkeys(("sMAPE", "MASE", "80 h=1", "80 all", "95 h=1", "95 all"), np.nan)
    mean, lo80, hi80, lo95, hi95 = np.moveaxis(made, 2, 0)
    error = np.abs(truth - mean)
    in80, in95 = (truth >= lo80) & (truth <= hi80), (truth >= lo95) & (truth <= hi95)
    return {
        "sMAPE": (200 * error / (np.abs(truth) + np.abs(mean))).mean(),
        "MASE": (error / step[:, None]).mean(),
        "80 h=1": in80[:, 0].mean() * 100,
        "80 all": in80.mean() * 100,
        "95 h=1": in95[:, 0].mean() * 100,
        "95 all": in95.mean() * 100,
    }


def table(series: dict[str, tuple[np.ndarray, np.ndarray]], cache: Path | None) -> pd.DataFrame:
    """Scores of every method by length and by set of series."""
    own = {"this package": ours, "naive": naive, "drift": drift}
    done = {(name, k): run(series, k, method) for k in LENGTHS for name, method in own.items()}
    done |= rivals(series, cache)
    rows = {}
    for title, which in (("all", slice(None)), ("even half", slice(1, None, 2))):
        for length in LENGTHS:
            for name in (*own, *RIVALS):
                if (name, length) in done:
                    made, ms = done[name, length]
                    rows[title, length, name] = score(series, made, which) | {"ms": ms}
    return pd.DataFrame(rows).T


def print_reference_class() -> None:
    from yanshi_analysis.data import load_facts

    print("\nTargets: coverage (%) of the reference class's ranges, on cases it did not contain")
    print(class_coverage(load_facts()).to_string(index=False))


def class_coverage(facts: pd.DataFrame) -> pd.DataFrame:
    """Coverage with one region left out, with one year left out, and from earlier years only.

    `cases` are all that could be tried (a class needs 10), `folds` the regions or years. Coverage
    by fold is the mean over folds: a year with 31 provinces weighs as much as one without.
    """
    targets = facts[facts["kind"] == "target"][["indicator", "measure"]].drop_duplicates()
    rows = []
    for indicator, measure in targets.itertuples(index=False):
        if measure not in ("growth", "level"):
            continue
        for since in (None, RECENT) if indicator == "gdp" else (None,):
            cases = reference_class(facts, indicator, "", measure=measure, since=since)
            for how in ("one region out", "one year out", "earlier years"):
                found = tried(cases, how)
                if found.empty:
                    continue
                by_fold = found.groupby("fold")[["in80", "in95"]].mean().mean() * 100
                by_case = found[["in80", "in95"]].mean() * 100
                rows.append(
                    {
                        "indicator": indicator,
                        "since": int(cases["year"].min()),
                        "how": how,
                        "cases": len(found),
                        "folds": found["fold"].nunique(),
                        "80 by fold": by_fold["in80"],
                        "95 by fold": by_fold["in95"],
                        "80 by case": by_case["in80"],
                        "95 by case": by_case["in95"],
                    }
                )
    return pd.DataFrame(rows).round(1)


def tried(cases: pd.DataFrame, how: str) -> pd.DataFrame:
    """Whether each case fell into the ranges of the cases that were kept."""
    column = "region" if how == "one region out" else "year"
    rows = []
    for fold in sorted(cases[column].unique()):
        left = cases[column] == fold
        kept = cases[column] < fold if how == "earlier years" else ~left
        misses = cases.loc[kept, "miss"].to_numpy(float)
        ends = {level: spread(misses, level) for level in (80, 95)}
        if np.isnan(ends[80][0]):
            continue
        for miss in cases.loc[left, "miss"]:
            inside = {
                f"in{k}": low - 1e-9 <= miss <= high + 1e-9 for k, (low, high) in ends.items()
            }
            rows.append({"fold": fold} | inside)
    return pd.DataFrame(rows, columns=["fold", "in80", "in95"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    m3 = Path(os.environ.get("YANSHI_SHARED", ROOT.parent / "shared")) / "benchmarks/m3_yearly.csv"
    parser.add_argument(
        "m3", type=Path, nargs="?", default=m3, help="m3_yearly.csv: series, t, value, split"
    )
    parser.add_argument("--cache", type=Path, help="where statsforecast's forecasts are kept")
    parser.add_argument("--reference-class", action="store_true")
    args = parser.parse_args()
    if args.reference_class or not args.m3.is_file():
        print_reference_class()
    if not args.m3.is_file():
        print(f"the M3 series are not at hand ({args.m3}); give their file as an argument")
        return
    found = table(read(args.m3), args.cache)
    for (title, length), part in found.groupby(level=[0, 1], sort=False):
        print(f"\n{title}, {'whole series' if length == 'full' else f'last {length} observations'}")
        print(part.droplevel([0, 1]).to_string(float_format="{:.3f}".format))
    entrants = ", ".join(f"{name} {smape}" for name, smape in PUBLISHED.items())
    print(f"\npublished entrants, whole series, sMAPE: {entrants}")


if __name__ == "__main__":
    main()

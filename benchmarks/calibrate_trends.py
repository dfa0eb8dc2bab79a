"""Make ``yanshi_analysis/trends/widths.csv``: how wide honest ranges are, by length and horizon.

    python benchmarks/calibrate_trends.py M3_YEARLY_CSV            print the table and its check
    python benchmarks/calibrate_trends.py M3_YEARLY_CSV --write    and write it into the package

Half the series (the 1st, 3rd, 5th … in the file) calibrate; coverage is reported on the other
half, then with the halves swapped. For each series and length the errors come from the
competition's own last window and from up to 14 windows before it; the last window has half the
weight, the earlier ones share the other half, so that the table rests on more than one stretch of
years. Quantiles are smoothed over the horizon by a power law. The lower and upper multiples keep
half of the skew that the errors show, as the skew differs between the halves.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from yanshi_analysis.trends._combination import point
from yanshi_analysis.trends._scale import scale

HORIZONS = 6
EARLIER = 14
FULL = 10**6
# Lengths cut, and the shortest length each is used for.
BANDS = {4: (4,), 5: (5,), 6: (6,), 7: (7,), 8: (8, 10), 12: (12, 16, 20, 30, FULL)}
LEVELS = {80: 0.2, 95: 0.05}


def read(path: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Training and test values of each series, in the order of the file."""
    table = pd.read_csv(path)
    parts = []
    for _, one in table.groupby("series", sort=False):
        train, test = (
            one.loc[one["split"] == s, "value"].to_numpy(float) for s in ("train", "test")
        )
        parts.append((train, test))
    return parts


def errors(series: list[tuple[np.ndarray, np.ndarray]]) -> pd.DataFrame:
    """Scaled errors of every series at every length, origin and horizon."""
    rows = []
    for i, (train, test) in enumerate(series):
        whole, end = np.r_[train, test], len(train)
        for length in (cut for cuts in BANDS.values() for cut in cuts):
            first = end if length == FULL else max(length, end - EARLIER)
            origins = range(first, end + 1)
            for origin in origins:
                y = whole[max(origin - length, 0) : origin]
                ahead = point(y, HORIZONS, positive=True)
                yardstick = scale(y, ahead, positive=True)
                after = whole[origin : origin + HORIZONS]
                z = (after - ahead[-1, : len(after)]) / yardstick
                rows += [(i, length, len(y), origin == end, h + 1, z[h]) for h in range(len(z))]
    return pd.DataFrame(rows, columns=["series", "length", "n", "last", "h", "z"])


def quantiles(z: np.ndarray, weight: np.ndarray, q: list[float]) -> np.ndarray:
    order = np.argsort(z)
    z, weight = z[order], weight[order]
    place = (np.cumsum(weight) - weight / 2) / weight.sum()
    return np.interp(q, place, z)


def calibrate(part: pd.DataFrame) -> pd.DataFrame:
    """Multiples by length, level and horizon from the errors of some series."""
    rows = []
    for start, lengths in BANDS.items():
        band = part[part["length"].isin(lengths)]
        raw: dict[tuple[int, str], list[float]] = {}
        for _, one in band.groupby("h"):
            last = one["last"].to_numpy()
            count = one.groupby(["series", "last"])["z"].transform("size").to_numpy()
            both = one.groupby("series")["last"].transform("nunique").to_numpy()
            weight = np.where(both == 2, 0.5, np.where(last, 0.5, 1.0)) / count
            z = one["z"].to_numpy()
            for level, miss in LEVELS.items():
                low, high = quantiles(z, weight, [miss / 2, 1 - miss / 2])
                even = quantiles(np.abs(z), weight, [1 - miss])[0]
                for name, value in (("lower", -low), ("upper", high), ("even", even)):
                    raw.setdefault((level, name), []).append(value)
        x = np.log(np.arange(1, HORIZONS + 1))
        smooth = {key: np.exp(np.polyval(np.polyfit(x, np.log(v), 1), x)) for key, v in raw.items()}
        for level in LEVELS:
            even = smooth[level, "even"]
            for h in range(HORIZONS):
                lower, upper = ((smooth[level, s][h] + even[h]) / 2 for s in ("lower", "upper"))
                rows.append((start, level, h + 1, lower, upper, even[h]))
    table = pd.DataFrame(rows, columns=["from_n", "level", "h", "lower", "upper", "even"])
    return table.round(3)


def coverage(table: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """Coverage (%) of the last windows, one year ahead and over all years, by length."""
    part = part[part["last"]]
    part = part.assign(from_n=[max(b for b in BANDS if b <= n) for n in part["n"]])
    rows = {}
    for level in LEVELS:
        both = part.merge(table[table["level"] == level], on=["from_n", "h"])
        inside = (both["z"] >= -both["lower"]) & (both["z"] <= both["upper"])
        rows[f"{level} % h=1"] = inside[both["h"] == 1].groupby(both["length"]).mean() * 100
        rows[f"{level} % all h"] = inside.groupby(both["length"]).mean() * 100
    return pd.DataFrame(rows).rename(index={FULL: "full"}).round(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("m3", type=Path, help="m3_yearly.csv: series, t, value, split")
    parser.add_argument("--write", action="store_true", help="write the table into the package")
    args = parser.parse_args()
    table = errors(read(args.m3))
    odd, even = table[table["series"] % 2 == 0], table[table["series"] % 2 == 1]
    shipped = calibrate(odd)
    print(shipped.to_string(index=False))
    for title, widths, part in (
        (
            "calibrated on the odd half, covering the even half (what the package ships)",
            shipped,
            even,
        ),
        ("calibrated on the even half, covering the odd half", calibrate(even), odd),
        ("calibrated on the odd half, covering all", shipped, table),
    ):
        print(f"\n{title}\n{coverage(widths, part).to_string()}")
    if args.write:
        target = Path(__file__).parent.parent / "yanshi_analysis" / "trends" / "widths.csv"
        shipped.to_csv(target, index=False)
        print(f"\nwritten: {target.name}")


if __name__ == "__main__":
    main()

"""How much loading and comparing cost, as ratios measured in one run.

Each ratio sets our code against the least that the same work can take with plain pandas, in the
same process or in interleaved fresh interpreters, so that a slow machine slows both sides.

Run with ``python benchmarks/bench_load.py``; it prints a table and ends with an error if a ratio
is above its aim and ``--strict`` is given.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pandas as pd
from _timing import interleaved
from python_calamine import CalamineWorkbook

from yanshi_analysis.compare import outcomes_vs_targets
from yanshi_analysis.data import DISTRICT, data_folder, load_facts, load_indicators, load_links

YEAR = 2030


def fresh(statement: str) -> Callable[[], object]:
    """Return a job that runs `statement` in an interpreter of its own."""
    return lambda: subprocess.run([sys.executable, "-c", statement], check=True)


def read_bare() -> object:
    """Read every cell of every workbook and do nothing with it."""
    return [
        workbook.get_sheet_by_name(name).to_python()
        for path in sorted(data_folder().glob("*.xlsx"))
        if not path.name.startswith("~$")
        for workbook in [CalamineWorkbook.from_path(str(path))]
        for name in workbook.sheet_names
    ]


def load_cold() -> object:
    """Load the facts as a fresh process does: without what an earlier call remembered."""
    from yanshi_analysis import units
    from yanshi_analysis.data import dictionary, facts

    for module in (units, dictionary, facts):
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()
    return load_facts()


def many_facts(n: int) -> pd.DataFrame:
    """Return `n` facts of one region: each indicator's outcome and next target, two measures.

    One region is the hardest case: all facts pair, none can be left out beforehand.
    """
    rng = np.random.default_rng(20)
    quarter = n // 4
    indicator = np.array([f"indicator_{number:07d}" for number in range(quarter)], dtype=object)
    shuffled = rng.permutation(n)

    def each(values: list[object]) -> object:
        return np.repeat(np.array(values, dtype=object), quarter)[shuffled]

    level = np.repeat([True, False, True, False], quarter)[shuffled]
    value = np.where(level, rng.integers(10, 10_000, n), rng.integers(1, 200, n) / 10)
    facts = pd.DataFrame(
        {
            "indicator": np.tile(indicator, 4)[shuffled],
            "region": DISTRICT,
            "year": np.repeat([YEAR, YEAR, YEAR + 1, YEAR + 1], quarter)[shuffled],
            "kind": each(["outcome", "outcome", "target", "target"]),
            "measure": each(["level", "growth", "level", "growth"]),
            "value": value,
            "value_high": np.nan,
            "unit": np.where(level, "个", "%").astype(object),
            "qualifier": each(["exact", "exact", "at_least", "about"]),
            "status": "A",
            "as_printed": pd.Series(value).map("{:g}".format),
            "section": "1.1",
            "page": pd.array(rng.integers(1, 30, n), dtype="Int64"),
            "line": pd.array(rng.integers(1, 1200, n), dtype="Int64"),
            "source": "made_up",
            "note": "",
            "value_base": value,
            "unit_base": np.where(level, "item", "%").astype(object),
            "low": value - 0.5,
            "high": value + 0.5,
        }
    )
    text = [name for name in facts if facts[name].dtype == object]
    return facts.astype(dict.fromkeys(text, "str"))


def main() -> int:
    """Measure, print and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=1_000_000, help="synthetic facts")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each job")
    parser.add_argument("--strict", action="store_true", help="fail above an aim")
    chosen = parser.parse_args()

    links, indicators = load_links(), load_indicators()
    facts = many_facts(chosen.facts)

    def compare() -> object:
        return outcomes_vs_targets(facts, YEAR, DISTRICT, links=links, indicators=indicators)

    def pivot() -> object:
        return facts.pivot(
            index=["region", "indicator", "measure"],
            columns=["year", "kind"],
            values="value_base",
        )

    runs = [
        (
            "import yanshi_analysis / import pandas",
            1.1,
            interleaved(fresh("import yanshi_analysis"), fresh("import pandas"), chosen.rounds * 2),
        ),
        (
            "import yanshi_analysis.compare / import pandas",
            1.1,
            interleaved(
                fresh("import yanshi_analysis.compare"), fresh("import pandas"), chosen.rounds * 2
            ),
        ),
        (
            "load_facts() / bare calamine read",
            5.0,
            interleaved(load_cold, read_bare, chosen.rounds * 2),
        ),
        (
            f"outcomes_vs_targets / pivot, {chosen.facts:,} facts of one region",
            3.0,
            interleaved(compare, pivot, chosen.rounds),
        ),
    ]
    print(f"{'':58} {'ours':>9} {'theirs':>9} {'ratio':>6} {'aim':>5}")
    above = 0
    for name, aim, (ours, theirs) in runs:
        ratio = ours / theirs
        above += ratio > aim
        print(f"{name:58} {ours:8.3f}s {theirs:8.3f}s {ratio:6.2f} {aim:5.1f}")
    return int(chosen.strict and above > 0)


if __name__ == "__main__":
    sys.exit(main())

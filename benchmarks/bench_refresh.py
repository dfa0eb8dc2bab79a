"""What a refresh costs, against what it costs to start as many kernels and do nothing in them.

The floor is measured in the same run: as many notebooks as the refresh executes (each of ours in
both languages), which only import pandas and matplotlib, executed by nbclient, each in a kernel of
its own, in as many processes as the refresh has jobs. The refresh also draws and saves all charts,
writes all tables, pages and briefings, and swaps the set in.

Run it on a machine that does nothing else: ``python benchmarks/bench_refresh.py [--jobs 2]``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "import sys; from yanshi_analysis.cli import app; app(sys.argv[1:])"
BARE = "import pandas\nimport matplotlib.pyplot"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run_bare(folder: str) -> None:
    """Execute one notebook that only imports, as anyone would with nbclient."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE)])
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": folder}}
    ).execute()


def floor(count: int, jobs: int, folder: str) -> float:
    """Return the seconds for as many bare notebooks in as many processes."""

    def work() -> None:
        with get_context("spawn").Pool(jobs) as pool:
            pool.map(run_bare, [folder] * count, chunksize=1)

    return timed(work)


def refresh(outputs: Path, *options: str) -> float:
    """Return the seconds of the command ``yanshi refresh``."""
    env = os.environ | {"YANSHI_OUTPUTS": str(outputs), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", COMMAND, "refresh", *options]
    return timed(lambda: subprocess.run(words, env=env, check=True, capture_output=True))


def main() -> None:
    """Measure and print, each as seconds and as a ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2, help="the best of so many counts")
    options = parser.parse_args()
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    count = 2 * len(notebooks)
    jobs = ("--jobs", str(options.jobs))
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder) / "outputs"
        bare, full, plain = [], [], []
        for _ in range(options.rounds):  # in turn, so that both meet the same machine
            bare.append(floor(count, options.jobs, folder))
            full.append(refresh(outputs, "--force", *jobs))
        unchanged = [refresh(outputs, *jobs) for _ in range(5)]
        os.environ["YANSHI_FORK"] = "0"
        plain.append(refresh(outputs, "--force", *jobs))
    least = min(bare)
    print(f"{len(notebooks)} notebooks in 2 languages, {options.jobs} at a time")
    print(f"floor: {count} kernels that import pandas and matplotlib {least:8.1f} s")
    for name, seconds, aim in (
        ("full refresh", min(full), 1.5),
        ("full refresh, every kernel a new process", min(plain), None),
    ):
        ratio = seconds / least
        verdict = "" if aim is None else f"  (aim {aim}: {'met' if ratio <= aim else 'missed'})"
        print(f"{name}: {seconds:.1f} s, {ratio:.2f} times the floor{verdict}")
    quick = min(unchanged)
    print(f"unchanged refresh: {quick:.2f} s  (aim 1.5: {'met' if quick <= 1.5 else 'missed'})")


if __name__ == "__main__":
    main()

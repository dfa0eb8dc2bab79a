"""How long from starting JupyterLab to the first chart of the overview, in a real browser.

python benchmarks/bench_lab.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.jupyterlab import CHROMIUM, open_page, run_all, running_lab


def main() -> None:
    if CHROMIUM is None:
        print("Chromium is not installed")
        return
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as home, running_lab(Path(home)) as lab, open_page() as page:
        started = time.perf_counter()
        run_all(page, lab, "00_overview.ipynb", wait=False)
        ran = time.perf_counter()
        page.wait_for_selector(".jp-OutputArea-output img", timeout=120_000)
        drawn = time.perf_counter()
    print(f"server answers after          {started - begun:6.1f} s")
    print(f"notebook open, kernel idle    {ran - started:6.1f} s later")
    print(f"first chart of 00_overview    {drawn - ran:6.1f} s later")
    print(f"from start to first chart     {drawn - begun:6.1f} s")


if __name__ == "__main__":
    main()

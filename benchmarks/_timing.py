"""Times of two jobs that take turns, so that a slow machine slows both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable


def seconds(job: Callable[[], object]) -> float:
    """Return the time that `job` takes, without the collection of earlier garbage."""
    gc.collect()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def interleaved(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the median times of two jobs that take turns, after one turn to warm up."""
    times: tuple[list[float], list[float]] = ([], [])
    ours(), theirs()
    for turn in range(rounds):
        for which in (0, 1) if turn % 2 else (1, 0):
            times[which].append(seconds((ours, theirs)[which]))
    return statistics.median(times[0]), statistics.median(times[1])

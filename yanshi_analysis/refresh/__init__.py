"""Run everything: data in, one complete set of outputs out.

`refresh` validates the data, runs what has changed since the last time, and swaps the new set of
charts, tables, briefings and pages in. One concept a file: `_inputs` (hashes), `_plan` (what to do
again), `_workers` and `_starter` (processes), `_execute`, `_tidy` and `_pages` (notebooks),
`_jobs` and `_changes` (the rest), `_manifest` and `_swap` (one whole set at a time), `_work` and
`_run` (all in order).
"""

from __future__ import annotations

from yanshi_analysis.refresh._problems import (
    Failure,
    NotebooksFailed,
    RefreshError,
    RefreshRunning,
)
from yanshi_analysis.refresh._result import Refreshed, Step
from yanshi_analysis.refresh._run import LANGUAGES, refresh

__all__ = [
    "LANGUAGES",
    "Failure",
    "NotebooksFailed",
    "RefreshError",
    "RefreshRunning",
    "Refreshed",
    "Step",
    "refresh",
]

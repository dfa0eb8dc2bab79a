"""What a refresh says while it works, and what it has done in the end."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["Refreshed", "Step"]


class Step(NamedTuple):
    """A sign of progress."""

    job: str  # what it is about; "" for the whole
    state: str  # "load", "start", "cell", "done" or "failed"
    done: int  # steps done so far, of all jobs
    total: int


class Refreshed(NamedTuple):
    """What a refresh did.

    Attributes
    ----------
    outputs : Path
        The folder of the results.
    changed : bool
        Whether anything was made anew; False if all was up to date.
    done, kept, stale : list of str
        Jobs that were done; that were kept because nothing they depend on has changed; and that
        were kept though something has, because only others were asked for.
    warnings : list of tuple
        (job, cell, first line) of everything that a notebook wrote to its error stream.
    yours : list of str
        Files that a person had changed, which are now in ``outputs/yours/``.
    """

    outputs: Path
    changed: bool
    done: list[str]
    kept: list[str]
    stale: list[str]
    warnings: list[tuple[str, int, str]]
    yours: list[str]

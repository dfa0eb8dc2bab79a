"""What can go wrong in a refresh, said in both languages without a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Failure", "NotebooksFailed", "RefreshError", "RefreshRunning"]


def _both(key: str, **values: object) -> str:
    from yanshi_analysis.labels import t

    return "\n".join(t(key, lang, **values) for lang in ("en", "zh"))


class RefreshError(Exception):
    """A refresh could not be finished; ``outputs/`` is as it was.

    Parameters
    ----------
    key : str
        Entry of the catalogue of words, without its section ``cli``.
    **values
        What the braces of that entry stand for.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values

    def __str__(self) -> str:
        """Return the message in English and Chinese."""
        return _both(f"cli.{self.key}", **self.values)


class RefreshRunning(RefreshError):
    """Another refresh is at work on the same outputs."""


class Failure(NamedTuple):
    """One part that failed: which, at which cell, and how."""

    part: str  # notebook and language, such as "02_tourism zh"
    cell: int  # counted from 1; 0 if it is no cell that failed
    source: str  # the line that failed
    error: str
    message: str


class NotebooksFailed(RefreshError):
    """Notebooks, or other parts of the set, failed.

    Attributes
    ----------
    failures : list of Failure
        One for each part, in order.
    """

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = list(failures)
        super().__init__("notebooks_failed", n=len(self.failures))

    def __str__(self) -> str:
        """Return all failures as text, in English and Chinese."""
        from yanshi_analysis.labels import t

        lines = []
        for failure in self.failures:
            values = failure._asdict()
            key = "cli.failure" if failure.cell else "cli.failure_before"
            lines += [t(key, lang, **values) for lang in ("en", "zh")]
            message = failure.message.strip() or "–"
            if failure.source:
                lines.append(f"    › {failure.source}")
            lines += [f"    {failure.error}: {message}".replace("\n", "\n    "), ""]
        return "\n".join([*lines, super().__str__()])

"""Errors in a notebook read as help, not as a list of files the reader has never seen."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from yanshi_analysis.data import DataError
from yanshi_analysis.labels import t

__all__ = ["NotebookError", "help_lines", "install", "running"]

_ROOM = str(Path(__file__).resolve().parents[1])


class NotebookError(ValueError):
    """What a cell asked for cannot be had; the message says what can."""


def help_lines(error: BaseException, trace: TracebackType | None, lang: str) -> list[str]:
    """Return what a reader sees of an error: which line of the cell, and what to do.

    Parameters
    ----------
    error : BaseException
        The error.
    trace : TracebackType or None
        Where it came from; the line of the cell is found in it.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    list of str
        Lines without any path.

    Examples
    --------
    >>> help_lines(ValueError("known: en, zh"), None, "en")
    ['This cell could not run.', 'known: en, zh']
    """
    lines = [t("notebook.error", lang), *str(error).splitlines()]
    cells = [frame for frame in traceback.extract_tb(trace) if _is_cell(frame.filename)]
    if cells:
        lines.append(f"Cell In[{_count()}], line {cells[-1].lineno}: {cells[-1].line}")
    return lines


def install(lang: str) -> None:
    """Show errors that this package raises as help in the running notebook, if there is one.

    Errors from elsewhere (a typing mistake, say) keep their traceback.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"zh"``.
    """
    shell = running()
    if shell is None:
        return

    def handler(
        shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, **_: Any
    ) -> None:
        frames = traceback.extract_tb(trace)
        if (frames and frames[-1].filename.startswith(_ROOM)) or isinstance(error, DataError):
            shell._showtraceback(kind, error, help_lines(error, trace, lang))
        else:
            shell.showtraceback((kind, error, trace))

    shell.set_custom_exc((ValueError, DataError), handler)


def running() -> Any:
    """Return the notebook's shell, or None outside a notebook."""
    if "IPython" not in sys.modules:
        return None
    from IPython.core.getipython import get_ipython

    return get_ipython()


def _is_cell(file: str) -> bool:
    return "ipykernel_" in file or file.startswith("<ipython-input")


def _count() -> int:
    shell = running()
    return int(shell.execution_count) if shell is not None else 0

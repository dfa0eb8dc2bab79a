"""The whole of a refresh, in order: lock, plan, do, assemble, swap."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from yanshi_analysis.data.files import data_folder
from yanshi_analysis.refresh._places import MANIFEST, PathLike, Places, places
from yanshi_analysis.refresh._plan import PARTS, plan
from yanshi_analysis.refresh._problems import RefreshError, RefreshRunning
from yanshi_analysis.refresh._result import Refreshed, Step
from yanshi_analysis.refresh._swap import recover
from yanshi_analysis.refresh._work import Work

__all__ = ["LANGUAGES", "refresh"]

#: What ``lang`` may be, and the languages that it stands for.
LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
_T = TypeVar("_T")


def refresh(
    data: PathLike = None,
    *,
    lang: str = "both",
    only: Sequence[str] = (),
    year: int | None = None,
    jobs: int = 2,
    force: bool = False,
    notebooks: PathLike = None,
    outputs: PathLike = None,
    on_step: Callable[[Step], None] | None = None,
    fork: bool | None = None,
    parts: Sequence[str] = PARTS,
) -> Refreshed:
    """Validate the data, run the notebooks, and put a new set of outputs in the place of the last.

    Parameters
    ----------
    data : path, optional
        Data folder; default: ``YANSHI_DATA``, else the repository's ``data/``.
    lang : {"both", "en", "zh"}
        The languages of the set.
    only : sequence of str, optional
        Names of notebooks, such as ``02_tourism``; the others are kept from the last set.
    year : int, optional
        The outcome year that everything is about; default: the latest.
    jobs : int
        How many notebooks run at the same time.
    force : bool
        Do everything again, though nothing has changed.
    notebooks : path, optional
        Folder of the notebooks; default: ``YANSHI_NOTEBOOKS``, else the repository's.
    outputs : path, optional
        Folder of the results; default: ``YANSHI_OUTPUTS``, else the repository's ``outputs/``.
    on_step : callable, optional
        Called with a `Step` whenever there is progress.
    fork : bool, optional
        Start kernels as copies of one process that has the libraries loaded. Default: where the
        system can (Linux), unless ``YANSHI_FORK=0``. Results are the same, it only takes longer.
    parts : sequence of str
        What to make besides the notebooks: ``facts`` (with the data package and the report on
        what is new) and ``briefing`` (deck, document and tables). Default: both.

    Returns
    -------
    Refreshed
        What was done, and where it is.

    Raises
    ------
    DataError
        If something is wrong with the data; it lists everything.
    NotebooksFailed
        If a notebook failed; it names notebook, cell and error.
    RefreshRunning
        If another refresh is at work on the same outputs.
    RefreshError
        If there is no such notebook, or the outputs cannot be replaced.
    ValueError
        If the language is unknown or `jobs` is not positive.

    Notes
    -----
    ``outputs/`` is always one whole set, the last or the new: the new one is built beside it and
    takes its place when it is complete (see `_swap`). Whatever goes wrong, and wherever it is
    killed, the last set stays; the next refresh clears away what was left.

    Examples
    --------
    >>> refresh(lang="fr")
    Traceback (most recent call last):
    ValueError: unknown language 'fr'; known: both, en, zh
    """
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; known: both, en, zh")
    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    where = places(notebooks, outputs)
    folder = str(data_folder(data).resolve())
    _check_target(where)
    lock = _lock(where)
    try:
        recover(where)
        todo = plan(where, folder, LANGUAGES[lang], only, year, force, parts)
        if not todo.todo and not todo.dropped:
            return Refreshed(where.outputs, False, [], [*todo.kept], todo.stale, [], [])
        _check_open(where)
        if fork is None:
            fork = os.environ.get("YANSHI_FORK", "1") != "0"
        work = Work(where, folder, todo, year, jobs, fork, on_step or (lambda step: None))
        try:
            return _run(work.do())
        finally:
            shutil.rmtree(where.building, ignore_errors=True)
    finally:
        lock.release()


def _check_target(where: Places) -> None:
    """Refuse to replace a folder of someone else's."""
    own = where.package.parent / "outputs"
    if where.outputs.exists() and not where.outputs.is_dir():
        raise RefreshError("not_a_folder", folder=where.outputs)
    known = where.outputs == own or (where.outputs / MANIFEST).exists()
    if not known and where.outputs.is_dir() and any(where.outputs.iterdir()):
        raise RefreshError("foreign_folder", folder=where.outputs)


def _check_open(where: Places) -> None:
    """On Windows, notice a file that is open in Office before the work instead of after it."""
    if os.name != "nt":
        return
    for path in sorted(where.outputs.rglob("*.*")):
        try:
            with path.open("r+b"):
                pass
        except PermissionError:
            raise RefreshError("file_open", file=path) from None
        except OSError:
            continue


def _lock(where: Places) -> Any:
    """Take the lock of these outputs, or say that another refresh has it."""
    from filelock import FileLock, Timeout

    where.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(where.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise RefreshRunning("running", folder=where.outputs) from None
    return lock


def _run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end, also where an event loop is running already, as in a notebook."""
    factory = asyncio.SelectorEventLoop if sys.platform == "win32" else None

    def run() -> _T:
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(work)

    if asyncio._get_running_loop() is None:
        return run()
    result: list[_T] = []
    failure: list[BaseException] = []

    def in_thread() -> None:
        try:
            result.append(run())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return result[0]

"""The whole of a refresh, in order: lock, plan, do, assemble, swap."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from yanshi_analysis.data.files import data_folder
from yanshi_analysis.refresh import _manifest
from yanshi_analysis.refresh._inputs import file_hash
from yanshi_analysis.refresh._places import PathLike, Places, places
from yanshi_analysis.refresh._plan import PARTS, Job, Plan, folder_of, plan
from yanshi_analysis.refresh._problems import (
    Failure,
    NotebooksFailed,
    RefreshError,
    RefreshRunning,
)
from yanshi_analysis.refresh._swap import recover, swap

__all__ = ["LANGUAGES", "Refreshed", "Step", "refresh"]

#: What ``lang`` may be, and the languages that it stands for.
LANGUAGES = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
_T = TypeVar("_T")


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
        work = _Work(where, folder, todo, year, jobs, fork, on_step or (lambda step: None))
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
    known = where.outputs == own or (where.outputs / _manifest.MANIFEST).exists()
    if not known and where.outputs.is_dir() and any(where.outputs.iterdir()):
        raise RefreshError("foreign_folder", folder=where.outputs)


def _check_open(where: Places) -> None:
    """On Windows, notice a file that is open in Office before the work instead of after it."""
    if os.name != "nt":
        return
    for path in sorted(where.outputs.rglob("*.*")):
        try:
            with open(path, "r+b"):
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

    try:
        asyncio.get_running_loop()
    except RuntimeError:
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


class _Work:
    """One refresh at work: its plan, its processes, and how far it is."""

    def __init__(
        self,
        where: Places,
        data: str,
        todo: Plan,
        year: int | None,
        jobs: int,
        fork: bool,
        on_step: Callable[[Step], None],
    ) -> None:
        self.where, self.data, self.plan, self.year = where, data, todo, year
        self.fork, self.on_step = fork, on_step
        self.slots = asyncio.Semaphore(jobs)
        self.work = where.building / "work"
        self.set = where.building / "set"
        self.failures: list[Failure] = []
        self.warnings: list[tuple[str, int, str]] = []
        self.done = self.total = 0

    async def do(self) -> Refreshed:
        """Do all jobs and swap the new set in."""
        self.work.mkdir(parents=True)
        if self.plan.todo:
            await self.all_jobs()
        if self.failures:
            raise NotebooksFailed(sorted(self.failures))
        await asyncio.to_thread(self.assemble)
        try:
            yours = swap(self.where, self.set)
        except PermissionError as error:
            raise RefreshError("file_open", file=error.filename or self.where.outputs) from None
        names = [job.name for job in self.plan.todo]
        kept = [name for name in self.plan.kept if name not in self.plan.stale]
        return Refreshed(
            self.where.outputs, True, names, kept, self.plan.stale, sorted(self.warnings), yours
        )

    def open_notebooks(self) -> dict[str, Any]:
        """Read the notebooks to run; one that cannot be read is a failure."""
        from yanshi_analysis.refresh import _notebook

        opened = {}
        for job in self.plan.todo:
            if job.kind != "notebook":
                continue
            path = self.where.notebooks / f"{job.notebook}.ipynb"
            try:
                opened[job.name] = _notebook.prepare(path, job.lang, self.year)
            except _notebook.Unusable as error:
                self.failures.append(
                    Failure(job.name, 0, "", type(error).__name__, str(error))
                )
        return opened

    async def all_jobs(self) -> None:
        """Validate, load, and do every job; a failure does not stop the others."""
        from yanshi_analysis.refresh._workers import Workers, environment

        env = environment(self.where.package, self.work, self.data)
        self.say("", "load")
        workers = Workers(env, self.work, fork=self.fork)
        try:
            notebooks = await asyncio.to_thread(self.open_notebooks)
            await workers.ready()
            if workers.problems:
                from yanshi_analysis.data import DataError, Problem

                raise DataError(Problem(*problem) for problem in workers.problems)
            try:
                async with asyncio.TaskGroup() as group:
                    for job in self.in_order(notebooks):
                        group.create_task(self.one_job(job, workers, notebooks.get(job.name)))
            except ExceptionGroup as errors:
                raise errors.exceptions[0] from None
        finally:
            workers.close()

    def in_order(self, notebooks: dict[str, Any]) -> list[Job]:
        """Return the jobs that can be done, long ones first, so that none is left at the end."""
        from yanshi_analysis.refresh._notebook import steps

        lengths = {name: steps(notebook) for name, notebook in notebooks.items()}
        self.total = len(self.plan.todo) + sum(lengths.values())
        ready = [job for job in self.plan.todo if job.kind != "notebook" or job.name in notebooks]
        return sorted(ready, key=lambda job: (-lengths.get(job.name, 0), job.name))

    async def one_job(self, job: Job, workers: Any, notebook: Any) -> None:
        """Do one job in its own folder."""
        from yanshi_analysis.refresh import _notebook

        folder = folder_of(self.work / "made", job)
        async with self.slots:
            folder.mkdir(parents=True)
            self.say(job.name, "start")
            try:
                if job.kind == "notebook":
                    warned = await _notebook.run(
                        notebook, job, folder, workers, self.where, lambda: self.step(job.name)
                    )
                    self.warnings += [(job.name, *warning) for warning in warned]
                else:
                    last = [str(self.where.outputs)] if job.kind == "facts" else [job.lang]
                    await workers.do(job.kind, [str(folder), *last, self.year], cwd=self.work)
            except _notebook.CellError as error:
                self.failures.append(
                    Failure(job.name, error.position, error.source, error.name, error.said)
                )
                self.say(job.name, "failed")
                return
            except RuntimeError as error:
                name, _, said = str(error).partition(": ")
                self.failures.append(Failure(job.name, 0, "", name, said or name))
                self.say(job.name, "failed")
                return
        self.step(job.name, "done")

    def assemble(self) -> None:
        """Put the files of all jobs, new and kept, into one set, and write its manifest."""
        manifest = {
            name: _manifest.Made(made.key, dict(made.files)) for name, made in self.plan.kept.items()
        }
        owner: dict[str, str] = {}
        self.set.mkdir()
        for name, made in self.plan.kept.items():
            for file in made.files:
                if file not in owner:
                    _place(self.where.outputs / file, self.set / file)
                owner[file] = name
        for job in self.plan.todo:
            files: dict[str, str] = {}
            folder = folder_of(self.work / "made", job)
            for path in sorted(folder.rglob("*")):
                if path.is_dir():
                    continue
                file = path.relative_to(folder).as_posix()
                files[file] = file_hash(path)
                target = self.set / file
                if file in owner and owner[file] in self.plan.stale:
                    # An outdated file of a job that was not asked for gives way to the new one.
                    manifest[owner[file]].files.pop(file)
                elif file in owner:
                    if file_hash(target) == files[file]:
                        continue
                    names = {"file": file, "one": owner[file], "other": job.name}
                    raise RefreshError("same_file", **names)
                owner[file] = job.name
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, target)
            manifest[job.name] = _manifest.Made(job.key, files)
        _manifest.write(self.set, manifest)

    def say(self, job: str, state: str) -> None:
        self.on_step(Step(job, state, self.done, self.total))

    def step(self, job: str, state: str = "cell") -> None:
        self.done += 1
        self.say(job, state)


def _place(source: Path, target: Path) -> None:
    """Put a file into the set without copying its bytes, where the file system can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)

"""One refresh at work: do the jobs, assemble their files into one set, swap it in."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from yanshi_analysis.refresh import _manifest
from yanshi_analysis.refresh._inputs import file_hash
from yanshi_analysis.refresh._places import Places
from yanshi_analysis.refresh._plan import Job, Plan, folder_of
from yanshi_analysis.refresh._problems import Failure, NotebooksFailed, RefreshError
from yanshi_analysis.refresh._result import Refreshed, Step
from yanshi_analysis.refresh._swap import swap

__all__ = ["Work"]


class Work:
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
                self.failures.append(Failure(job.name, 0, "", type(error).__name__, str(error)))
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
        long = {"briefing": 1, "facts": -1}
        return sorted(
            ready, key=lambda job: (-long.get(job.kind, 0), -lengths.get(job.name, 0), job.name)
        )

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
            name: _manifest.Made(key, dict(files)) for name, (key, files) in self.plan.kept.items()
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
                path.replace(target)
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

"""Which jobs a refresh consists of, and which of them have to be done again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from yanshi_analysis.refresh import _manifest
from yanshi_analysis.refresh._inputs import digest, find_notebooks, inputs_key, notebook_key
from yanshi_analysis.refresh._places import Places
from yanshi_analysis.refresh._problems import RefreshError

__all__ = ["PARTS", "Job", "Plan", "folder_of", "plan"]

#: What a set holds besides the notebooks.
PARTS = ("facts", "briefing")


class Job(NamedTuple):
    """One piece of work with files of its own."""

    name: str  # "02_tourism en", "briefing zh", "facts"
    kind: str  # notebook, briefing or facts
    key: str  # hash of all it depends on
    notebook: str = ""  # its name without ending
    lang: str = ""


class Plan(NamedTuple):
    """What to do and what to keep."""

    todo: list[Job]
    kept: dict[str, _manifest.Made]  # from the last set
    stale: list[str]  # kept because only others were asked for, though they are out of date
    dropped: bool  # whether the last set holds something that this one will not


def plan(
    where: Places,
    data: str,
    languages: Sequence[str],
    only: Iterable[str] = (),
    year: int | None = None,
    force: bool = False,
    parts: Sequence[str] = PARTS,
) -> Plan:
    """Compare what is there with what is wanted.

    Parameters
    ----------
    where : Places
        The folders.
    data : str
        The data folder.
    languages : sequence of str
        The languages of the set.
    only : iterable of str
        Notebooks to run; the others are kept from the last set as they are.
    year : int, optional
        The outcome year that everything is about.
    force : bool
        Do everything again.
    parts : sequence of str
        What the set holds besides the notebooks.

    Raises
    ------
    RefreshError
        If there are no notebooks, or one is named that is not there.
    """
    notebooks = find_notebooks(where.notebooks)
    if not notebooks:
        raise RefreshError("no_notebooks", folder=where.notebooks)
    asked = {name.removesuffix(".ipynb").rpartition("/")[2] for name in only}
    if unknown := sorted(asked - set(notebooks)):
        raise RefreshError("unknown_notebook", name=", ".join(unknown), known=", ".join(notebooks))
    base = inputs_key(where.package, where.notebooks, data)
    jobs = []
    if "facts" in parts:
        jobs.append(Job("facts", "facts", digest(base, "facts", year)))
    if "briefing" in parts:
        jobs += [
            Job(f"briefing {lang}", "briefing", digest(base, "briefing", lang, year), lang=lang)
            for lang in languages
        ]
    for name, path in notebooks.items():
        said = notebook_key(path)
        for lang in languages:
            key = digest(base, name, said, lang, year)
            jobs.append(Job(f"{name} {lang}", "notebook", key, notebook=name, lang=lang))

    last = _manifest.read(where.outputs)
    whole = {name: made for name, made in last.items() if _manifest.intact(where.outputs, made)}
    todo, kept, stale = [], {}, []
    for job in jobs:
        made = whole.get(job.name)
        left_out = bool(asked) and job.kind == "notebook" and job.notebook not in asked
        current = made is not None and made.key == job.key
        if made is not None and (left_out or (current and not force)):
            kept[job.name] = made
            if not current:
                stale.append(job.name)
        elif not left_out:
            todo.append(job)
    wanted = {job.name for job in jobs}
    return Plan(todo, kept, stale, dropped=not set(last) <= wanted)


def folder_of(work: Path, job: Job) -> Path:
    """Return the folder that a job writes into."""
    return work / job.name.replace(" ", "_")

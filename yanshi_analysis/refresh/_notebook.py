"""One notebook from file to files: parameters in, run, tidied, written as notebook and page."""

from __future__ import annotations

import asyncio
import os
import sysconfig
from pathlib import Path
from typing import Any

from yanshi_analysis.files import write_bytes
from yanshi_analysis.refresh._execute import CellError, execute, parameters
from yanshi_analysis.refresh._optional import without_slow_extras
from yanshi_analysis.refresh._pages import page
from yanshi_analysis.refresh._places import Places
from yanshi_analysis.refresh._plan import Job
from yanshi_analysis.refresh._tidy import tidy, warnings_of
from yanshi_analysis.refresh._workers import Workers

with without_slow_extras():
    import nbformat

__all__ = ["CellError", "Unusable", "prepare", "run", "steps"]


class Unusable(ValueError):
    """A notebook that cannot be run: no notebook, or without a cell of parameters."""


def prepare(path: Path, lang: str, year: int | None) -> Any:
    """Read a notebook and set its parameters.

    Parameters
    ----------
    path : Path
        The notebook.
    lang : {"en", "zh"}
        For its ``lang``.
    year : int, optional
        For its ``year``.

    Raises
    ------
    Unusable
        If the file is no notebook or no cell is tagged ``parameters``.
    """
    from yanshi_analysis.labels import t

    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
        if tagged:
            tagged[0].source = parameters(tagged[0].source, {"lang": lang, "year": year})
    except Exception as error:
        raise Unusable(" ".join(str(error).split())) from None
    if not tagged:
        raise Unusable(t("cli.no_parameters", lang))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def steps(notebook: Any) -> int:
    """Return how many code cells a notebook has; 0 for None."""
    return 0 if notebook is None else sum(cell.cell_type == "code" for cell in notebook.cells)


async def run(
    notebook: Any, job: Job, folder: Path, workers: Workers, where: Places, on_cell: Any
) -> list[tuple[int, str]]:
    """Run a prepared notebook and write what comes of it.

    Parameters
    ----------
    notebook : NotebookNode
        From `prepare`.
    job : Job
        Which notebook and language it is.
    folder : Path
        Where its exports, the executed notebook and the page go.
    workers : Workers
        What starts the kernel.
    where : Places
        The folders of the refresh.
    on_cell : callable
        Called after each code cell.

    Returns
    -------
    list of tuple
        What cells wrote to the error stream: position and first line.
    """
    from yanshi_analysis.labels import t

    connection = where.building / "work" / f"{folder.name}.json"
    await execute(
        notebook,
        workers,
        cwd=where.notebooks,
        env={"YANSHI_OUTPUTS": str(folder)},
        connection=connection,
        on_cell=on_cell,
    )
    words = {"title": job.notebook, "show_code": t("cli.show_code", job.lang)}
    await asyncio.to_thread(_write, notebook, job, folder, where, words, t("cli.widget", job.lang))
    return warnings_of(notebook)


def _write(
    notebook: Any, job: Job, folder: Path, where: Places, words: dict[str, str], widget: str
) -> None:
    """Write the executed notebook and its page; nothing of this machine stays in them."""
    names = {str(folder): "outputs", sysconfig.get_paths()["purelib"]: "site-packages"}
    for home in {where.notebooks.parent, where.package.parent}:
        if len(home.parts) > 1:
            names[f"{home}{os.sep}"] = ""
    tidy(notebook, names, widget)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    html = page(notebook, job.lang, words)
    name = f"{job.notebook}_{job.lang}"
    for ending, content in (("ipynb", text + "\n"), ("html", html)):
        place = folder / {"ipynb": "notebooks", "html": "pages"}[ending]
        place.mkdir(exist_ok=True)
        write_bytes(place / f"{name}.{ending}", content.encode())

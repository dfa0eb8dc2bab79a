"""``yanshi refresh``: a bar while it works, and at the end where things are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yanshi_analysis.cli._common import LANG, Languages, explained, say, words

if TYPE_CHECKING:
    from yanshi_analysis.refresh import Refreshed, Step

__all__ = ["refresh"]


def refresh(
    lang: Annotated[Languages, LANG] = Languages.both,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NOTEBOOK",
            help="Run only this notebook, such as 02_tourism; the others are kept as they are. "
            "May be repeated. 只运行该笔记本，其余保留；可重复使用。",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(help="Outcome year; default: the latest. 完成值年份，默认为最新年份。"),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, help="Notebooks run at the same time. 同时运行的笔记本数。")
    ] = 2,
    force: Annotated[
        bool,
        typer.Option("--force", help="Make everything anew. 即使没有变化也全部重新生成。"),
    ] = False,
) -> None:
    """Validate the data, run the notebooks, fill outputs/."""
    with explained():
        from yanshi_analysis.refresh import refresh as run

        with _progress(lang.each[0]) as on_step:
            result = run(
                lang=lang.value, only=only or (), year=year, jobs=jobs, force=force, on_step=on_step
            )
        for one in lang.each:
            _summary(result, one)


def _summary(result: Refreshed, lang: str) -> None:
    """Say what was done and where the results are."""
    if result.changed:
        say(words("refreshed", lang, done=len(result.done), kept=len(result.kept)))
    else:
        say(words("unchanged", lang))
    if result.stale:
        say(words("stale", lang, names=", ".join(result.stale)))
    if result.yours:
        say(words("yours", lang, files=", ".join(result.yours)))
    for job, cell, text in result.warnings:
        say(words("warned", lang, job=job, cell=cell, text=text))
    say(words("where", lang, folder=result.outputs))
    for name, key in (
        ("pages/", "pages"),
        ("charts/", "charts"),
        ("tables/", "tables"),
        ("briefing_*", "briefing"),
        ("notebooks/", "notebooks"),
        ("datapackage/", "datapackage"),
        ("changes.md", "changes"),
    ):
        if any(result.outputs.glob(name.rstrip("/"))):
            say(f"  {name:14} {words(f'where_{key}', lang)}")


@contextmanager
def _progress(lang: str) -> Iterator[Any]:
    """Show a bar on a terminal, and a line for each finished part elsewhere."""
    bars: list[Any] = []
    running: set[str] = set()

    def begin() -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(stderr=True)
        bar = Progress(
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        bar.start()
        bar.add_task(words("loading", lang), total=None)
        bars.append(bar)

    def on_step(step: Step) -> None:
        if not bars:  # only now is there anything to show: an unchanged refresh loads nothing
            begin()
        if step.state == "start":
            running.add(step.job)
        elif step.state in ("done", "failed"):
            running.discard(step.job)
            if not bars[0].console.is_terminal:
                say(f"[{step.done}/{step.total}] {step.job}", error=True)
        shown = ", ".join(sorted(running)) or words("loading", lang)
        bars[0].update(0, completed=step.done, total=step.total or None, description=shown)

    try:
        yield on_step
    finally:
        for bar in bars:
            bar.stop()

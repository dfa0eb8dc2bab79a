"""The command ``yanshi``: refresh, check, draft, accept, audit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from yanshi_analysis.refresh import Refreshed, Step

__all__ = ["app"]

#: Exit codes, beside 0 for success and 2 for a wrong option.
FAILED, NOTEBOOK_FAILED, BUSY, STOPPED = 1, 3, 4, 130

app = typer.Typer(
    name="yanshi",
    help="Analyse the government work report of Yanshi District. 偃师区政府工作报告数据分析。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Languages(str, Enum):
    """What ``--lang`` may be."""

    both = "both"
    en = "en"
    zh = "zh"

    @property
    def each(self) -> tuple[str, ...]:
        """The languages that it stands for."""
        return ("en", "zh") if self is Languages.both else (self.value,)


def _say(text: str, *, error: bool = False) -> None:
    typer.echo(text, err=error)


def _t(key: str, lang: str, **values: object) -> str:
    from yanshi_analysis.labels import t

    return t(f"cli.{key}", lang, **values)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn every error into its words, in both languages, and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a console that cannot show a character shows a mark
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        _say("\n".join(_t("stopped", lang) for lang in ("en", "zh")), error=True)
        raise typer.Exit(STOPPED) from None
    except Exception as error:
        if os.environ.get("YANSHI_DEBUG"):
            raise
        _say(_words(error), error=True)
        raise typer.Exit(_code(error)) from None


def _words(error: Exception) -> str:
    """Return what to say of an error: its own words if it is one of ours."""
    if type(error).__module__.startswith("yanshi_analysis.") or isinstance(error, ValueError):
        return str(error)
    said = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return "\n".join(_t("unexpected", lang, error=said) for lang in ("en", "zh"))


def _code(error: Exception) -> int:
    from yanshi_analysis.refresh import NotebooksFailed, RefreshRunning

    if isinstance(error, NotebooksFailed):
        return NOTEBOOK_FAILED
    return BUSY if isinstance(error, RefreshRunning) else FAILED


_LANG = typer.Option(help="Language of the results. 结果的语言。")


@app.command()
def refresh(
    lang: Annotated[Languages, _LANG] = Languages.both,
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
    """Validate the data, run the notebooks, fill outputs/. 校验数据，运行笔记本，生成结果。

    What has not changed is not run again. Exit codes: 1 the data or the outputs need attention,
    3 a notebook failed, 4 another refresh is running.
    """
    with _explained():
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
        _say(_t("refreshed", lang, done=len(result.done), kept=len(result.kept)))
    else:
        _say(_t("unchanged", lang))
    if result.stale:
        _say(_t("stale", lang, names=", ".join(result.stale)))
    if result.yours:
        _say(_t("yours", lang, files=", ".join(result.yours)))
    for job, cell, text in result.warnings:
        _say(_t("warned", lang, job=job, cell=cell, text=text))
    _say(_t("where", lang, folder=result.outputs))
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
            _say(f"  {name:14} {_t(f'where_{key}', lang)}")


@contextmanager
def _progress(lang: str) -> Iterator[Any]:
    """Show a bar on a terminal, and a line for each finished part elsewhere."""
    bars: list[Any] = []
    running: set[str] = set()

    def begin() -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
        from rich.progress import TimeElapsedColumn

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
        bar.add_task(_t("loading", lang), total=None)
        bars.append(bar)

    def on_step(step: Step) -> None:
        if not bars:  # only now is there anything to show: an unchanged refresh loads nothing
            begin()
        if step.state == "start":
            running.add(step.job)
        elif step.state in ("done", "failed"):
            running.discard(step.job)
            if not bars[0].console.is_terminal:
                _say(f"[{step.done}/{step.total}] {step.job}", error=True)
        shown = ", ".join(sorted(running)) or _t("loading", lang)
        bars[0].update(0, completed=step.done, total=step.total or None, description=shown)

    try:
        yield on_step
    finally:
        for bar in bars:
            bar.stop()


@app.command()
def check(lang: Annotated[Languages, _LANG] = Languages.both) -> None:
    """Validate the data and say what is in them. 只校验数据，并显示概况。"""
    with _explained():
        from yanshi_analysis.data import load_facts, load_indicators, load_revisions

        facts, indicators, revisions = load_facts(), load_indicators(), load_revisions()
        facts = facts.merge(indicators[["indicator", "domain"]], on="indicator", how="left")
        for one in lang.each:
            _describe(facts, revisions, one)


def _describe(facts: Any, revisions: Any, lang: str) -> None:
    """Print the summary tables of the data."""
    from yanshi_analysis.compare import outcomes_vs_targets
    from yanshi_analysis.labels import domain_name, indicator_name, region_name, source_name

    _say(_t("check_title", lang, n=len(facts), indicators=facts["indicator"].nunique(),
            regions=facts["region"].nunique(), first=facts["year"].min(), last=facts["year"].max()))
    _counts(facts, "source", source_name, "check_sources", lang)
    _counts(facts, "domain", domain_name, "check_domains", lang)
    pairs = outcomes_vs_targets(facts.drop(columns="domain"))
    if len(pairs):
        first = pairs.iloc[0]
        counts = pairs["comparability"].value_counts()
        kinds = {kind: int(counts.get(kind, 0)) for kind in ("strict", "wording", "caveat")}
        _say(_t("check_pairs", lang, year=first["year"], target_year=first["target_year"],
                region=region_name(first["region"], lang), **kinds))
    _say(_t("check_revisions", lang, n=len(revisions)))
    for row in revisions.to_dict("records"):
        _say("  " + _t("check_revision", lang, indicator=indicator_name(row["indicator"], lang),
                       region=region_name(row["region"], lang), year=row["year"],
                       before=row["as_printed_old"], now=row["as_printed_new"],
                       source=source_name(row["source_new"], lang)))
    _say("")


def _counts(facts: Any, column: str, name: Any, title: str, lang: str) -> None:
    """Print how many facts of each kind there are, by source or domain."""
    from rich.console import Console
    from rich.table import Table

    from yanshi_analysis.labels import t

    kinds = [kind for kind in ("outcome", "target", "context") if (facts["kind"] == kind).any()]
    table = Table(title=_t(title, lang), title_justify="left", title_style="bold")
    table.add_column(_t(f"column_{column}", lang), overflow="fold")
    for kind in kinds:
        table.add_column(t(f"kind.{kind}", lang), justify="right")
    table.add_column(_t("column_rows", lang), justify="right")
    for key, rows in facts.groupby(column, sort=False):
        counts = [int((rows["kind"] == kind).sum()) for kind in kinds]
        table.add_row(name(key, lang), *map(str, counts), str(len(rows)))
    Console(markup=False, highlight=False).print(table)

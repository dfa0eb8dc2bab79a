"""``yanshi draft``, ``accept`` and ``audit``: from a report's text to data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from yanshi_analysis.cli._common import FAILED, LANG, Languages, explained, say, words

__all__ = ["accept", "audit", "draft"]

_REPORT = typer.Argument(help="The report: .txt, .docx or .pdf with text. 报告文本。")


def draft(
    report: Annotated[Path, _REPORT],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The workbook to make; default: data/drafts/<source>.xlsx. 要生成的工作簿。",
        ),
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="GB/T 2260 code; default: found in the text. 行政区划代码。")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(help="The year the report plans for. 报告所计划的年份。"),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Id of the report as a source. 来源代码。")
    ] = None,
) -> None:
    """Read a report's statistics into a workbook to review."""
    with explained():
        from yanshi_analysis.draft import draft_facts, draft_summary, write_draft
        from yanshi_analysis.refresh import RefreshError

        options: dict[str, Any] = {"region": region, "year": year, "source": source}
        try:
            path = write_draft(report, output, **options)
        except FileExistsError as error:
            raise RefreshError("draft_exists", path=error.filename or output) from None
        summary = draft_summary(
            draft_facts(report, **options), draft_facts(report, excluded=True, **options)
        )
        for what, count in summary[["what", "count"]].itertuples(index=False):
            say(f"{count:6}  {what}")
        for lang in ("en", "zh"):
            say(words("drafted", lang, path=path))


def accept(
    draft: Annotated[Path, typer.Argument(help="The reviewed workbook. 已核对的工作簿。")],
    name: Annotated[
        str | None,
        typer.Option(help="Its name in data/; default: <source>.xlsx. 在 data/ 中的文件名。"),
    ] = None,
) -> None:
    """Validate a reviewed draft and move it into data/."""
    with explained():
        from yanshi_analysis.draft import accept as move

        path = move(draft, name=name)
        for lang in ("en", "zh"):
            say(words("accepted", lang, path=path))


def audit(
    report: Annotated[Path, _REPORT],
    workbook: Annotated[
        Path | None,
        typer.Argument(help="Default: data/report_<year>.xlsx. 要核对的工作簿。"),
    ] = None,
    lang: Annotated[Languages, LANG] = Languages.both,
) -> None:
    """Account for every number of a text, and every row of a workbook.

    Exit code 1 if a number is missing or a row is not found.
    """
    with explained():
        from yanshi_analysis.draft import audit as account

        table = account(report, workbook)
        for one in lang.each:
            _account(table, one)
        if table["result"].isin(["missing", "not found"]).any():
            raise typer.Exit(FAILED)


def _account(table: Any, lang: str) -> None:
    """Print what an audit found: counts, then each number and row that is not accounted for."""
    keys = {"missing": "n_missing", "not found": "n_not_found"}
    for side in ("text", "workbook"):
        rows = table[table["side"] == side]
        counts = rows["result"].value_counts()
        said = ", ".join(
            f"{words(f'audit_{keys.get(result, result)}', lang)} {count}"
            for result, count in counts.items()
        )
        say(f"{words(f'audit_{side}', lang)} ({len(rows)}): {said}")
    wrong = table[table["result"].isin(["missing", "not found"])]
    if wrong.empty:
        say(words("audited", lang))
    for row in wrong.to_dict("records"):
        key = f"audit_{row['result'].replace(' ', '_')}"
        say(
            "  "
            + words(
                key,
                lang,
                line=row["line"],
                number=row["number"],
                indicator=row["indicator"],
                detail=row["detail"],
            ).rstrip()
        )

"""What a refresh makes besides the notebooks; each job runs in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yanshi_analysis.files import write_bytes

__all__ = ["do"]

#: The file in which the state of the facts is kept, and the report on what is new in it.
STATE, REPORT = "facts.csv", "changes.md"


def do(kind: str, args: list[Any]) -> int:
    """Do a job by its name; on failure, say why in one line on the error stream.

    Returns
    -------
    int
        0, or 1 if it failed.
    """
    try:
        _JOBS[kind](*args)
    except Exception as error:
        import traceback

        traceback.print_exc()
        said = " ".join(str(error).split())
        print(f"{type(error).__name__}: {said}", file=sys.stderr)
        return 1
    return 0


def facts(folder: str, last: str, year: int | None) -> None:
    """Write the facts, the data package, and what is new since the last refresh.

    Parameters
    ----------
    folder : str
        Where the files go.
    last : str
        The last set of outputs; it may be missing or hold no facts.
    year : int, optional
        The outcome year of the comparison.
    """
    from yanshi_analysis.compare import outcomes_vs_targets
    from yanshi_analysis.data import load_facts
    from yanshi_analysis.export import save_datapackage
    from yanshi_analysis.refresh._changes import changes, read_facts, write_facts

    table = load_facts()
    state = write_facts(table)
    place = Path(folder)
    write_bytes(place / STATE, state)
    save_datapackage(table, outcomes_vs_targets(table, year), place / "datapackage")
    before, report = Path(last) / STATE, Path(last) / REPORT
    if before.is_file() and before.read_bytes() == state and report.is_file():
        # Nothing is new: the report on what was new when the data last changed still holds.
        write_bytes(place / REPORT, report.read_bytes())
        return
    try:
        old = read_facts(before.read_bytes()) if before.is_file() else None
    except (ValueError, LookupError):  # someone has edited it: nothing to compare with
        old = None
    write_bytes(place / REPORT, changes(old, read_facts(state)).encode())


def briefing(folder: str, lang: str, year: int | None) -> None:
    """Write the workbook of tables, the deck and the document in one language.

    Parameters
    ----------
    folder : str
        Where the files go.
    lang : {"en", "zh"}
        The language.
    year : int, optional
        The outcome year.
    """
    from yanshi_analysis import compare
    from yanshi_analysis.data import load_facts
    from yanshi_analysis.export import briefing as write_briefing
    from yanshi_analysis.export import save_tables

    table = load_facts()
    tables = {
        "facts": table,
        "comparison": compare.outcomes_vs_targets(table, year),
        "attainment": compare.attainment(table, year),
        "implied_base": compare.implied_base(table),
        "inconsistencies": compare.inconsistencies(table),
    }
    filled = {name: rows for name, rows in tables.items() if not rows.empty}
    place = Path(folder)
    save_tables(filled, place / "tables" / f"all_tables_{lang}.xlsx", lang=lang)
    write_briefing(
        table,
        place,
        lang=lang,
        year=year,
        name=f"briefing_{lang}",
        comparison=tables["comparison"],
        inconsistencies=tables["inconsistencies"],
    )


_JOBS: dict[str, Callable[..., None]] = {"facts": facts, "briefing": briefing}

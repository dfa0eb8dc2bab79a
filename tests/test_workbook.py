from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from yanshi_analysis import data
from yanshi_analysis.data.problems import words
from yanshi_analysis.workbook import workbook_bytes, write_workbook

FACTS = pd.DataFrame(
    [
        {
            **dict.fromkeys(data.SHEET_COLUMNS, ""),
            "indicator": "gdp",
            "region": "410307",
            "year": 2011,
            "kind": "outcome",
            "measure": "growth",
            "value": 5.8,
            "value_high": float("nan"),
            "unit": "%",
            "qualifier": "exact",
            "status": "A",
            "as_printed": "5.8%",
            "page": 1,
            "line": 2,
            "source": "report_2025",
            "note": "=not a formula",
        }
    ]
)[list(data.SHEET_COLUMNS)]


def test_what_was_written_loads(tmp_path: Path) -> None:
    (tmp_path / "dictionary.xlsx").write_bytes(
        (data.data_folder() / "dictionary.xlsx").read_bytes()
    )
    write_workbook(tmp_path / "facts.xlsx", {"facts": FACTS})
    (fact,) = data.load_facts(tmp_path).itertuples()
    assert (fact.region, fact.value, fact.note) == ("410307", 5.8, "=not a formula")


@pytest.mark.parametrize("name", ["dictionary.xlsx", "report_2025.xlsx", "context.xlsx"])
def test_every_workbook_helps_the_person_who_edits_it(name: str) -> None:
    book = openpyxl.load_workbook(data.data_folder() / name)
    for sheet in book.worksheets:
        if sheet.sheet_state == "hidden":
            continue
        assert sheet.freeze_panes == "A2"
        for cell in sheet[1]:
            assert cell.comment is not None, (sheet.title, cell.value)
            assert any(character >= "\u4e00" for character in cell.comment.text)
            assert sheet.column_dimensions[cell.column_letter].width >= len(str(cell.value))
    if "facts" in book.sheetnames:
        header = {cell.value: cell.column_letter for cell in book["facts"][1]}
        rules = book["facts"].data_validations.dataValidation
        covered = {str(rule.sqref).rstrip("0123456789").split("2:")[0] for rule in rules}
        wanted = ("indicator", "region", "kind", "measure", "qualifier", "status", "unit", "source")
        assert {header[column] for column in wanted} <= covered


def test_the_lists_hold_what_they_promise() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"facts": FACTS})))
    columns = book["lists"].columns
    lists = {head.value: [cell.value for cell in rest if cell.value] for head, *rest in columns}
    assert lists["indicator"] == data.load_indicators()["indicator"].tolist()
    assert lists["kind"] == list(data.KINDS)
    assert book["lists"].sheet_state == "hidden"


def test_text_is_never_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"facts": FACTS})))
    note = book["facts"].cell(2, data.SHEET_COLUMNS.index("note") + 1)
    assert (note.value, note.data_type) == ("=not a formula", "s")


def test_an_existing_workbook_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"a person's work")
    with pytest.raises(FileExistsError, match="may have been edited"):
        write_workbook(path, {"facts": FACTS})
    assert path.read_bytes() == b"a person's work"


def test_the_same_tables_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, yanshi_analysis.workbook as w, yanshi_analysis as y;"
        "print(hashlib.sha256(w.workbook_bytes({'links': y.load_links()})).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(data.data_folder().parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_every_comment_speaks_both_languages() -> None:
    for comment in words()["column"].values():
        assert comment["en"][0].isascii()
        assert any(character >= "\u4e00" for character in comment["zh"])

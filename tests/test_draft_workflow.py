"""From the invented report to a draft, from the reviewed draft to data; and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from yanshi_analysis import data
from yanshi_analysis.data.dictionary import SHEETS
from yanshi_analysis.draft import (
    DraftError,
    accept,
    audit,
    draft_facts,
    draft_summary,
    write_draft,
)
from yanshi_analysis.workbook import write_workbook

EXAMPLE = Path(__file__).parents[1] / "notebooks" / "example_report.txt"
LOADERS: dict[str, Callable[..., pd.DataFrame]] = {
    "indicators": data.load_indicators,
    "domains": data.load_domains,
    "themes": data.load_themes,
    "regions": data.load_regions,
    "sources": data.load_sources,
    "links": data.load_links,
    "relations": data.load_relations,
}
NEW = {
    "indicator": "low_altitude_landing_sites",
    "name_en": "Landing sites for low-altitude flight built",
    "name_zh": "低空飞行起降点数",
    "domain": "economy",
    "theme": "industry",
    "unit_base": "item",
    "better": "higher",
    "flow_or_stock": "flow",
    "definition": "Sites put into use. | 建成投用的起降点。",
}


def row(sheet: str, cells: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: [cells[name]] for name in SHEETS[sheet]}, dtype="str")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose dictionary knows the invented report and its new indicator."""
    place = tmp_path_factory.mktemp("data")
    for file in data.workbooks():
        if file.name != "dictionary.xlsx":
            shutil.copy2(file, place / file.name)
    tables = {name: load() for name, load in LOADERS.items()}
    units = data.load_units()
    tables["units"] = units[["unit", "name_en", "name_zh"]]
    glossary = data.load_glossary()
    tables["glossary"] = glossary.astype({"line": "object"})
    source = {
        "source": "report_2026",
        "name_en": "Invented report",
        "name_zh": "虚构报告",
        "published": "2026-01-20",
    }
    tables["sources"] = pd.concat([tables["sources"], row("sources", source)], ignore_index=True)
    tables["indicators"] = pd.concat(
        [tables["indicators"], row("indicators", NEW)], ignore_index=True
    )
    write_workbook(place / "dictionary.xlsx", tables, ids_of={})
    data.load_facts(place)
    return place


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    place = tmp_path / "data"
    shutil.copytree(folder, place)
    return place


def reviewed(folder: Path, file: Path, answer: str = "yes") -> pd.DataFrame:
    """Write the draft as a person leaves it: every row checked, the new ids filled in."""
    table = draft_facts(EXAMPLE, folder=folder)
    in_step = table["as_printed"] == "基本同步"
    table.loc[in_step, "indicator"] = "disposable_income_per_capita"
    table["reviewed"] = answer
    left_out = draft_facts(EXAMPLE, excluded=True, folder=folder)
    write_workbook(file, {"facts": table, "excluded": left_out}, folder=folder)
    return table


def test_the_draft_of_the_invented_report(folder: Path) -> None:
    table = draft_facts(EXAMPLE)
    assert tuple(table.columns[:16]) == data.SHEET_COLUMNS
    assert set(table["region"]) == {"410307"}
    assert set(table["source"]) == {"report_2026"}
    assert set(table["reviewed"]) == {"no"}
    assert len(table) == 55
    found = table.set_index(["indicator", "year", "kind", "measure"])["value"]
    assert found["tourist_visits", 2025, "outcome", "level"] == 752
    assert found["tourist_visits", 2024, "outcome", "level"] == 668
    assert found["tourist_visits", 2026, "target", "growth"] == 6
    assert found["gdp", 2026, "target", "growth"] == 5.5
    new = table[table["name"].str.contains("低空飞行起降点")]
    assert new["indicator"].tolist() == ["", ""]
    assert new["reason"].str.contains("no indicator matches").all()
    known = draft_facts(EXAMPLE, folder=folder)
    assert (known["indicator"] == NEW["indicator"]).sum() == 2


def test_excluded_numbers_and_summary() -> None:
    left_out = draft_facts(EXAMPLE, excluded=True)
    assert left_out.columns.tolist() == ["source", "line", "number", "reason", "detail"]
    assert set(left_out["reason"]) == {"date"}
    table = draft_facts(EXAMPLE)
    counts = draft_summary(table, left_out).set_index("what")["count"]
    assert counts.iloc[0] == len(table)
    assert counts.iloc[-1] == len(left_out)


def test_region_year_and_source_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "some.txt"
    file.write_text("一、工作回顾\n产值增长5%。\n二、工作安排\n产值增长6%。", encoding="utf-8")
    guessed = draft_facts(file)
    assert guessed["reason"].str.contains("guess").all()
    assert guessed["reason"].str.contains("region").all()
    table = draft_facts(file, region="410308", year=2023, source="mine")
    assert table["year"].tolist() == [2022, 2023]
    assert set(table["region"]) == {"410308"}
    assert set(table["source"]) == {"mine"}


def test_the_workbook_has_lists_colours_and_room(tmp_path: Path) -> None:
    import openpyxl

    file = write_draft(EXAMPLE, tmp_path / "draft.xlsx")
    book = openpyxl.load_workbook(file)
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "summary", "facts", "excluded", "indicators", "sources",
    ]  # fmt: skip
    facts = book["facts"]
    columns = {cell.value: cell.column_letter for cell in facts[1]}
    listed = {str(rule.sqref)[0:2].rstrip("2:") for rule in facts.data_validations.dataValidation}
    assert columns["reviewed"] in listed
    assert columns["indicator"] in listed
    reasons = {cell.row: cell for cell in facts[columns["reason"]][1:]}
    filled = {number for number, cell in reasons.items() if cell.fill.fill_type == "solid"}
    assert filled == {number for number, cell in reasons.items() if cell.value}
    assert filled


def test_a_draft_is_never_written_over(tmp_path: Path) -> None:
    file = write_draft(EXAMPLE, tmp_path / "draft.xlsx")
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        write_draft(EXAMPLE, file)
    assert file.read_bytes() == before


def test_accepted_data_load_and_compare(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "report_2026.xlsx"
    table = reviewed(own, file)
    content = file.read_bytes()
    target = accept(file, own)
    assert target == own / "report_2026.xlsx"
    assert target.read_bytes() == content
    assert not file.exists()
    facts = data.load_facts(own)
    assert (facts["source"] == "report_2026").sum() == len(table)
    visits = facts.query("indicator == 'tourist_visits' and year == 2025 and measure == 'level'")
    assert dict(zip(visits["kind"], visits["value"], strict=True)) == {
        "outcome": 752,
        "target": 740,
    }
    revisions = data.load_revisions(own)
    assert "tourist_visits" in set(revisions["indicator"])
    assert not [one for one in own.iterdir() if one.name.startswith(".")]


def unchanged(own: Path, file: Path, message: str, **options: str) -> None:
    before = {one.name: one.read_bytes() for one in own.iterdir()}
    content = file.read_bytes() if file.exists() else b""
    with pytest.raises((DraftError, data.DataError)) as error:
        accept(file, own, **options)
    assert message in str(error.value)
    assert " | " in str(error.value)
    assert {one.name: one.read_bytes() for one in own.iterdir()} == before
    if content:
        assert file.read_bytes() == content


@pytest.mark.parametrize("answer", ["no", "", "perhaps"])
def test_what_is_not_reviewed_is_refused(answer: str, own: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.xlsx"
    reviewed(own, file, answer)
    unchanged(own, file, "not reviewed")


def test_one_row_left_open_is_named(own: Path, tmp_path: Path) -> None:
    table = draft_facts(EXAMPLE, folder=own)
    table["reviewed"] = "yes"
    table.loc[7, "reviewed"] = "no"
    file = tmp_path / "draft.xlsx"
    write_workbook(file, {"facts": table}, folder=own)
    unchanged(own, file, "1 of 55 rows are not reviewed: 9")


def test_a_workbook_that_is_there_is_not_replaced(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.xlsx"
    reviewed(own, file)
    (own / "report_2026.xlsx").write_bytes((own / "report_2025.xlsx").read_bytes())
    unchanged(own, file, "somebody's edits")


def test_a_draft_that_is_open_is_refused(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.xlsx"
    reviewed(own, file)
    (tmp_path / "~$draft.xlsx").write_bytes(b"")
    unchanged(own, file, "open in another program")


def test_invalid_rows_are_refused_with_their_cell(own: Path, tmp_path: Path) -> None:
    table = draft_facts(EXAMPLE, folder=own)
    table["reviewed"] = "yes"
    table.loc[3, "indicator"] = "no_such_indicator"
    file = tmp_path / "draft.xlsx"
    write_workbook(file, {"facts": table}, folder=own)
    unchanged(own, file, "A5")


def test_other_refusals(own: Path, tmp_path: Path) -> None:
    unchanged(own, tmp_path / "none.xlsx", "does not exist")
    file = tmp_path / "draft.xlsx"
    table = draft_facts(EXAMPLE, folder=own)
    write_workbook(file, {"facts": table.drop(columns="reviewed")}, folder=own)
    unchanged(own, file, "no column reviewed")
    file.unlink()
    table["reviewed"] = "yes"
    table.loc[0, "source"] = "report_2025"
    write_workbook(file, {"facts": table}, folder=own)
    unchanged(own, file, "one source")
    file.unlink()
    reviewed(own, file)
    unchanged(own, file, "no name", name="../outside.xlsx")
    inside = own / "inside.xlsx"
    shutil.copy2(file, inside)
    unchanged(own, inside, "already", name="inside.xlsx")
    file.write_bytes(b"no workbook")
    unchanged(own, file, "not an .xlsx")


def test_audit_accounts_for_everything(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.xlsx"
    reviewed(own, file)
    found = audit(EXAMPLE, file)
    assert set(found.query("side == 'text'")["result"]) == {"fact", "excluded"}
    assert set(found.query("side == 'workbook'")["result"]) == {"found", "words"}
    table = draft_facts(EXAMPLE, folder=own).drop(index=[4]).reset_index(drop=True)
    table.loc[0, "as_printed"] = "9.9%"
    table.loc[0, "value"] = 9.9
    other = tmp_path / "other.xlsx"
    write_workbook(other, {"facts": table}, folder=own)
    found = audit(EXAMPLE, other)
    missing = found.query("result == 'missing'")
    assert {"5.6", "2.6"} <= set(missing["number"])
    assert found.query("result == 'not found'")["number"].tolist() == ["9.9%"]


def test_audit_needs_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(DraftError, match="does not exist"):
        audit(EXAMPLE, tmp_path / "none.xlsx")

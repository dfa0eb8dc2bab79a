"""What people do to workbooks, and what the loader says about it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yanshi_analysis import data
from yanshi_analysis.data import DataError

REAL = data.data_folder()
Edit = Callable[[openpyxl.worksheet.worksheet.Worksheet], None]

ROW: dict[str, Any] = {
    "indicator": "gdp",
    "region": "410300",
    "year": 2011,
    "kind": "outcome",
    "measure": "growth",
    "value": 5.8,
    "unit": "%",
    "qualifier": "exact",
    "status": "A",
    "as_printed": "5.8%",
    "section": "1.1",
    "page": 1,
    "line": 29,
    "source": "report_2025",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the real dictionary and nothing else."""
    shutil.copy(REAL / "dictionary.xlsx", tmp_path)
    return tmp_path


def write(folder: Path, *rows: dict[str, Any], edit: Edit | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "facts"
    sheet.append(list(data.SHEET_COLUMNS))
    for row in rows:
        sheet.append([row.get(column) for column in data.SHEET_COLUMNS])
    if edit:
        edit(sheet)
    path = folder / "new.xlsx"
    book.save(path)
    return path


def cell(column: str, row: int = 2) -> str:
    return f"{chr(65 + data.SHEET_COLUMNS.index(column))}{row}"


def problems(folder: Path) -> dict[str, str]:
    """The problems of a folder: cell to code."""
    with pytest.raises(DataError) as caught:
        data.load_facts(folder)
    assert all(p.problem.count(" | ") == p.remedy.count(" | ") == 1 for p in caught.value.problems)
    return {found.cell: found.code for found in caught.value.problems}


def test_columns_and_types_are_the_contract() -> None:
    facts = data.load_facts()
    assert tuple(facts.columns) == data.FACT_COLUMNS
    kinds = facts.dtypes.astype(str)
    assert (kinds[["value", "value_high", "value_base", "low", "high"]] == "float64").all()
    assert (kinds[["page", "line"]] == "Int64").all()
    assert kinds["year"] == "int64"
    assert (kinds[["indicator", "unit", "note", "as_printed", "source"]] == "str").all()
    assert not facts[["note", "section", "as_printed"]].isna().any(axis=None)
    assert (facts["low"] <= facts["value_base"]).all()
    assert (facts["value_base"] <= facts["high"]).all()


def test_a_good_row_is_read(folder: Path) -> None:
    write(folder, ROW)
    (fact,) = data.load_facts(folder).itertuples()
    assert (fact.value, fact.value_base, fact.unit_base) == (5.8, 5.8, "%")
    assert (fact.low, fact.high) == (5.75, 5.85)


def test_the_loaded_table_is_the_callers_own(folder: Path) -> None:
    write(folder, ROW)
    facts = data.load_facts(folder)
    facts.loc[0, "value"] = -1
    assert data.load_facts(folder).loc[0, "value"] == 5.8


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"indicator": "gpd"}, "indicator", "unknown_id"),
        ({"indicator": None}, "indicator", "empty_cell"),
        ({"unit": "亿圆", "as_printed": "5.8亿圆"}, "unit", "unknown_unit"),
        ({"unit": "亩", "as_printed": "5.8亩"}, "unit", "wrong_dimension"),
        ({"measure": "level", "unit": "亩", "as_printed": "5.8亩"}, "unit", "wrong_dimension"),
        ({"value": "about six"}, "value", "not_number"),
        ({"value": None}, "value", "empty_cell"),
        ({"value": True}, "value", "not_number"),
        ({"value": 0.058}, "value", "percent_scale"),
        ({"value": 0.058, "as_printed": None}, "value", "percent_scale"),
        ({"value": 8.5}, "value", "not_as_printed"),
        ({"value_high": 7}, "value_high", "range_end"),
        ({"year": 20244}, "year", "out_of_range"),
        ({"year": 2024.5}, "year", "not_whole"),
        ({"year": None}, "year", "empty_cell"),
        ({"kind": "outcomes"}, "kind", "unknown_word"),
        ({"measure": "growht"}, "measure", "unknown_word"),
        ({"qualifier": "circa"}, "qualifier", "unknown_word"),
        ({"status": "X"}, "status", "unknown_word"),
        ({"region": "999999"}, "region", "unknown_id"),
        ({"source": "nowhere"}, "source", "unknown_id"),
        ({"line": 0}, "line", "out_of_range"),
    ],
)
def test_each_problem_is_named_at_its_cell(
    folder: Path, change: dict[str, Any], column: str, code: str
) -> None:
    write(folder, ROW | change)
    assert problems(folder).get(cell(column)) == code


def test_all_problems_come_in_one_error(folder: Path) -> None:
    write(folder, ROW | {"unit": "亿圆"}, ROW | {"indicator": "gpd", "year": 1066})
    found = problems(folder)
    assert found == {
        cell("unit"): "unknown_unit",
        cell("indicator", 3): "unknown_id",
        cell("year", 3): "out_of_range",
    }


def test_the_message_says_where_and_what_to_do(folder: Path) -> None:
    write(folder, ROW | {"indicator": "tourist_visit"})
    with pytest.raises(DataError) as caught:
        data.load_facts(folder)
    text = str(caught.value)
    assert "new.xlsx › facts › A2" in text
    assert "did you mean tourist_visits?" in text
    assert "To do:" in text and "处理办法：" in text


def test_full_width_digits_and_separators_are_read(folder: Path) -> None:
    write(folder, ROW | {"value": "５．８", "year": "２０１１"})
    assert data.load_facts(folder).loc[0, "value"] == 5.8


@pytest.mark.parametrize("code", ["0%", "0.00%", '0.0"%"'])
def test_a_percent_format_is_understood(folder: Path, code: str) -> None:
    def edit(sheet: Any) -> None:
        sheet[cell("value")].number_format = code

    write(folder, ROW | {"value": 0.058}, edit=edit)
    if '"' in code:  # a literal sign scales nothing
        assert problems(folder) == {cell("value"): "percent_scale"}
    else:
        assert data.load_facts(folder).loc[0, "value"] == 5.8


def test_region_codes_typed_as_numbers_are_read(folder: Path) -> None:
    write(folder, ROW | {"region": 410307}, ROW | {"region": 0})
    assert data.load_facts(folder)["region"].tolist() == ["410307", "000000"]


def test_merged_cells_are_refused(folder: Path) -> None:
    write(folder, ROW, ROW | {"year": 2012}, edit=lambda sheet: sheet.merge_cells("B2:B3"))
    assert problems(folder)["B2"] == "merged"


def test_a_formula_without_a_stored_result_is_refused(folder: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet[cell("value")] = "=2+3.8"

    write(folder, ROW, edit=edit)
    assert problems(folder)[cell("value")] == "no_cached_value"


def test_misspelt_and_missing_columns_are_named(folder: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet[cell("qualifier", 1)] = "qualifer"

    write(folder, ROW, edit=edit)
    with pytest.raises(DataError) as caught:
        data.load_facts(folder)
    assert {found.code for found in caught.value.problems} == {"missing_column", "unknown_column"}
    assert "did you mean qualifier?" in str(caught.value)


def test_a_repeated_key_names_the_other_row(folder: Path) -> None:
    write(folder, ROW, ROW)
    with pytest.raises(DataError, match="row 2"):
        data.load_facts(folder)
    assert problems(folder) == {"A3": "duplicate_key"}


def test_an_empty_sheet_is_said(folder: Path) -> None:
    write(folder)
    assert "empty_sheet" in problems(folder).values()


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not really", b"\xd0\xcf\x11\xe0old", b"a,b\n"]
)
def test_a_file_that_is_no_workbook_is_said(folder: Path, content: bytes) -> None:
    (folder / "new.xlsx").write_bytes(content)
    assert problems(folder) == {"": "not_workbook"}


def test_lock_files_of_open_workbooks_are_skipped(folder: Path) -> None:
    write(folder, ROW)
    (folder / "~$new.xlsx").write_bytes(b"owner")
    assert len(data.load_facts(folder)) == 1


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused(folder: Path, encoding: str) -> None:
    path = write(folder, ROW)
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    rewrite(path, "xl/sharedStrings.xml", lambda old: bomb.encode(encoding))
    assert problems(folder) == {"": "entities"}


def test_a_zip_bomb_is_refused_unread(folder: Path) -> None:
    path = write(folder, ROW)
    rewrite(path, "xl/worksheets/sheet2.xml", lambda old: b" " * 250_000_000)
    assert path.stat().st_size < 1_000_000
    assert problems(folder) == {"": "too_large"}


def test_without_a_dictionary_or_facts_the_error_says_so(tmp_path: Path, folder: Path) -> None:
    assert problems(folder) == {"": "no_facts"}
    (folder / "dictionary.xlsx").unlink()
    assert problems(folder) == {"": "no_dictionary"}
    with pytest.raises(DataError, match="does not exist"):
        data.load_facts(tmp_path / "nowhere")


def test_the_later_source_wins_and_the_change_is_reported(folder: Path) -> None:
    later = ROW | {"source": "henan_report_2026", "value": 5.6, "as_printed": "5.6%"}
    earlier = ROW | {"source": "henan_report_2025"}
    write(
        folder,
        later,
        earlier,
        ROW | {"year": 2012},
        ROW | {"year": 2012, "source": "henan_report_2026"},
    )
    current = data.load_facts(folder)
    assert current["value"].tolist() == [5.6, 5.8]
    assert set(current["source"]) == {"henan_report_2026"}
    assert len(data.load_facts(folder, superseded=True)) == 4
    (revision,) = data.load_revisions(folder).itertuples()
    assert (revision.value_old, revision.value_new) == (5.8, 5.6)
    assert revision.change == pytest.approx(-0.2)


def test_a_change_on_disk_is_seen(folder: Path) -> None:
    write(folder, ROW)
    assert len(data.load_facts(folder)) == 1
    write(folder, ROW, ROW | {"year": 2012})
    assert len(data.load_facts(folder)) == 2


def test_nothing_is_written_by_reading(folder: Path) -> None:
    write(folder, ROW | {"unit": "亿圆"})
    before = {path: path.read_bytes() for path in folder.iterdir()}
    problems(folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_hectares_of_an_indicator_counted_in_mu(folder: Path) -> None:
    land = {"indicator": "cultivated_land_area", "measure": "level", "unit": "公顷"}
    write(folder, ROW | land | {"value": 100, "as_printed": "100公顷"})
    (fact,) = data.load_facts(folder).itertuples()
    assert (fact.value_base, fact.unit_base) == (1500, "mu")


def test_every_table_of_the_dictionary_speaks_both_languages() -> None:
    for load in (data.load_indicators, data.load_domains, data.load_themes, data.load_regions):
        table = load()
        assert (table["name_en"].str.contains("[A-Za-z]")).all()
        assert (table["name_zh"].str.contains("[\u4e00-\u9fff]")).all()
    definitions = data.load_indicators()["definition"]
    assert definitions.str.contains(" | ", regex=False).all()


def test_links_join_two_different_indicators_of_the_report() -> None:
    links = data.load_links()
    facts = data.load_facts().query("region == '410307'")
    outcomes = set(facts.query("kind == 'outcome'")["indicator"])
    targets = set(facts.query("kind != 'outcome'")["indicator"])
    assert set(links["outcome_indicator"]) <= outcomes
    assert set(links["target_indicator"]) <= targets
    assert (links["outcome_indicator"] != links["target_indicator"]).all()


NEW_INDICATOR = {
    "indicator": "drone_pads",
    "name_en": "Drone pads",
    "name_zh": "起降点数",
    "domain": "economy",
    "theme": "industry",
    "unit_base": "item",
    "better": "higher",
    "flow_or_stock": "flow",
    "definition": "Pads. | 起降点。",
}


def add_sheet(path: Path, title: str, *rows: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet(title)
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(path)


def test_a_workbook_may_define_what_is_new_in_it(folder: Path) -> None:
    pads = {"indicator": "drone_pads", "measure": "level", "unit": "个", "as_printed": "3个"}
    path = write(folder, ROW | pads | {"value": 3, "source": "mine"})
    add_sheet(path, "indicators", NEW_INDICATOR)
    source = {"source": "mine", "name_en": "Mine", "name_zh": "本表", "published": "2012"}
    add_sheet(path, "sources", source)
    (fact,) = data.load_facts(folder).itertuples()
    assert (fact.indicator, fact.unit_base) == ("drone_pads", "item")
    assert "drone_pads" in set(data.load_indicators(folder)["indicator"])
    assert "mine" in set(data.load_sources(folder)["source"])


def test_a_second_definition_of_an_id_is_refused(folder: Path) -> None:
    path = write(folder, ROW)
    add_sheet(path, "indicators", NEW_INDICATOR | {"indicator": "gdp"})
    assert problems(folder) == {"row 2": "duplicate_key"}


def test_a_definition_names_known_domains(folder: Path) -> None:
    path = write(folder, ROW)
    add_sheet(path, "indicators", NEW_INDICATOR | {"domain": "economics"})
    with pytest.raises(DataError, match=r"new\.xlsx › indicators › row 2"):
        data.load_facts(folder)

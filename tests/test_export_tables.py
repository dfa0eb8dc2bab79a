"""Tables as an Excel workbook: numbers, formats, text that stays text, codebook, native charts."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from yanshi_analysis import (
    attainment,
    chance_of_meeting,
    implied_base,
    inconsistencies,
    load_facts,
    load_indicators,
    load_sources,
    outcomes_vs_targets,
    project,
)
from yanshi_analysis.export import readable, save_tables
from yanshi_analysis.export._codebook import column
from yanshi_analysis.labels import LANGUAGES, indicator_name, t

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return load_facts()


@pytest.fixture(scope="module")
def tables(facts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        "facts": facts,
        "comparison": outcomes_vs_targets(facts),
        "attainment": attainment(facts, year="all"),
    }


@pytest.fixture(scope="module", params=LANGUAGES)
def saved(
    request: pytest.FixtureRequest,
    tables: dict[str, pd.DataFrame],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path]:
    path = tmp_path_factory.mktemp("tables") / "tables.xlsx"
    return request.param, save_tables(tables, path, lang=request.param)


def _sheet(path: Path, title: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[title].iter_rows(values_only=True))


def test_a_sheet_per_table_then_charts_then_the_codebook(saved: tuple[str, Path]) -> None:
    lang, path = saved
    names = ("facts", "comparison", "attainment", "charts", "codebook")
    assert openpyxl.load_workbook(path).sheetnames == [
        t(f"export.sheet_{one}", lang) for one in names
    ]


def test_every_row_and_number_is_there(saved: tuple[str, Path], facts: pd.DataFrame) -> None:
    lang, path = saved
    head, *rows = _sheet(path, t("export.sheet_facts", lang))
    assert len(rows) == len(facts)
    at = head.index(t("export.column_value", lang))
    assert [row[at] for row in rows] == facts["value"].tolist()
    names = head.index(t("export.column_indicator_name", lang))
    assert rows[0][names] == indicator_name(facts["indicator"].iloc[0], lang)
    upper = head.index(t("export.column_high", lang))
    open_ended = np.isinf(facts["high"]).tolist()
    assert any(open_ended)
    assert [row[upper] == "∞" for row in rows] == open_ended


def test_numbers_have_formats_and_columns_widths(saved: tuple[str, Path]) -> None:
    lang, path = saved
    sheet = openpyxl.load_workbook(path)[t("export.sheet_comparison", lang)]
    head = [cell.value for cell in sheet[1]]

    def formats(column: str) -> set[str]:
        at = head.index(t(f"export.column_{column}", lang)) + 1
        cells = [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]
        return {cell.number_format for cell in cells if cell.value is not None}

    assert formats("year") == {"0"}
    assert formats("change_pct") == {"0.0"}
    assert "#,##0" in formats("outcome")
    widths = [sheet.column_dimensions[letter].width for letter in ("A", "B", "E")]
    assert all(8 <= width <= 49 for width in widths)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref


def test_the_codebook_explains_every_column_of_the_packages_tables(saved: tuple[str, Path]) -> None:
    lang, path = saved
    book = openpyxl.load_workbook(path)
    _, *rows = book[t("export.sheet_codebook", lang)].iter_rows(values_only=True)
    listed = [(row[0], row[1]) for row in rows]
    shown = [
        (sheet.title, cell.value)
        for sheet in book.worksheets[:3]
        for cell in next(sheet.iter_rows(max_row=1))
    ]
    assert listed == shown
    assert all(row[3] for row in rows)
    by_column = {row[2]: row[4] for row in rows}
    assert by_column["change_pct"] == "%"
    assert by_column["as_printed"] in (None, "")


def test_charts_are_native_and_hold_the_numbers(
    saved: tuple[str, Path], tables: dict[str, pd.DataFrame]
) -> None:
    lang, path = saved
    with zipfile.ZipFile(path) as book:
        charts = [one for one in book.namelist() if one.startswith("xl/charts/chart")]
        assert len(charts) == 3
        drawing = book.read("xl/drawings/drawing1.xml").decode()
        assert not any(name.startswith("xl/media") for name in book.namelist())
    assert drawing.count("descr=") == 3
    rows = _sheet(path, t("export.sheet_charts", lang))
    growth = tables["comparison"]
    growth = growth[(growth["measure"] == "growth") & (growth["comparability"] != "caveat")]
    block = rows[1 : 1 + len(growth)]
    assert [row[1] for row in block] == growth["outcome"].tolist()
    assert [row[2] for row in block] == growth["target"].tolist()


def test_every_column_of_every_table_of_the_package_is_explained(
    facts: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> None:
    others = [
        implied_base(facts),
        inconsistencies(facts),
        project(facts, "tourist_visits"),
        chance_of_meeting(facts),
        load_indicators(),
        load_sources(),
    ]
    for table in [*tables.values(), *others]:
        for lang in LANGUAGES:
            assert [name for name in table.columns if not column(name, lang).means] == []


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org", "{=1}", "12"]
    table = pd.DataFrame({"=head": nasty, "number": [-1.5] * len(nasty)})
    path = save_tables({"=nasty": table}, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["=nasty"]
    assert [cell.value for cell in sheet["A"]][1:] == nasty
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert {cell.data_type for cell in sheet["B"][1:]} == {"n"}
    assert all(cell.hyperlink is None for cell in sheet["A"])
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_table_of_someone_elses_keeps_its_columns(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "county": ["a", "b", "c"],
            "gdp": [1.0, np.nan, math.inf],
            "flag": [True, False, True],
            "when": pd.to_datetime(["2024-01-02", None, "2024-01-03"]),
        }
    )
    path = save_tables({"mine": table}, tmp_path / "a.xlsx")
    head, *rows = _sheet(path, "mine")
    assert head == ("county", "gdp", "flag", "when")
    assert rows[0][:3] == ("a", 1, "True")
    assert str(rows[0][3]).startswith("2024-01-02")
    assert rows[1][1] is None
    assert rows[2][1] == "∞"


def test_one_language_is_shown_of_what_is_in_two(saved: tuple[str, Path]) -> None:
    lang, path = saved
    head, *rows = _sheet(path, t("export.sheet_comparison", lang))
    reason = head.index(t("export.column_reason", lang))
    assert head.count(t("export.column_reason", lang)) == 1
    words = "".join(str(row[reason] or "") for row in rows)
    assert any("\u4e00" <= one <= "\u9fff" for one in words) == (lang == "zh")


_SCRIPT = """
import sys
from yanshi_analysis import attainment, load_facts, outcomes_vs_targets
from yanshi_analysis.export import save_datapackage, save_tables
facts = load_facts()
pairs = outcomes_vs_targets(facts)
tables = {"facts": facts, "comparison": pairs, "attainment": attainment(facts, year="all")}
save_tables(tables, sys.argv[1] + "/tables.xlsx", lang="zh")
save_datapackage(facts, pairs, sys.argv[1])
"""


def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            cwd=ROOT,
        )
    paths = sorted((tmp_path / "1").iterdir())
    assert len(paths) == 6
    for path in paths:
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


def test_a_second_save_gives_the_same_bytes(
    saved: tuple[str, Path], tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    lang, path = saved
    again = save_tables(tables, tmp_path / "again.xlsx", lang=lang)
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert b"dcterms:" not in book.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


@pytest.mark.parametrize(
    ("tables", "name", "lang", "message"),
    [
        ({}, "a.xlsx", "en", "no tables"),
        ({"a": pd.DataFrame({"x": []})}, "a.xlsx", "en", "'a' has no rows"),
        ({"a": pd.DataFrame({"x": [1]})}, "a.csv", "en", "end in .xlsx"),
        ({"a": pd.DataFrame({"x": [1]})}, "con.xlsx", "en", "device"),
        ({"a": pd.DataFrame({"x": [1]})}, "a.xlsx", "fr", "unknown language 'fr'"),
        ({"a/b": pd.DataFrame({"x": [1]})}, "a.xlsx", "en", "sheet"),
        ({"a": pd.DataFrame({"x": ["y" * 40_000]})}, "a.xlsx", "en", "32767"),
    ],
)
def test_bad_input_is_said_before_anything_is_written(
    tables: dict[str, pd.DataFrame], name: str, lang: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=message):
        save_tables(tables, tmp_path / "out" / name, lang=lang)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_two_languages_in_a_column_one_stays_whatever_the_column(lang: str) -> None:
    table = pd.DataFrame(
        {
            "basis": ["", "last growth | 上年增速", None],
            "arithmetic": ["6 | 6 by hand", "2 + 2 = 4 by addition | 二加二等于四", ""],
            "as_printed": ["a | 甲", "", ""],
            "value": [1.0, 2.0, 3.0],
            "plain": ["a | b", "c", ""],
        }
    )
    shown = readable(table, lang)
    assert shown["basis"][1] == {"en": "last growth", "zh": "上年增速"}[lang]
    assert shown["arithmetic"][1] == {"en": "2 + 2 = 4 by addition", "zh": "二加二等于四"}[lang]
    for name in ("as_printed", "value", "plain"):
        assert shown[name].tolist() == table[name].tolist()


def test_no_cell_of_the_packages_tables_holds_two_languages(facts: pd.DataFrame) -> None:
    made = {"chances": chance_of_meeting(facts), "projections": project(facts, "gdp")}
    for name, table in {**made, "inconsistencies": inconsistencies(facts)}.items():
        shown = readable(table, "zh")
        for head in shown.columns:
            cells = [cell for cell in shown[head] if isinstance(cell, str)]
            assert not any(" | " in cell for cell in cells), (name, head)

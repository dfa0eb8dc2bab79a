"""All notebooks, in both languages, on the real data and on made-up data of the year after."""

from __future__ import annotations

import ast
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from yanshi_analysis import data, notebook
from yanshi_analysis.workbook import write_workbook

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
STORIES = [path for path in NOTEBOOKS if path.stem[:2] <= "07"]
LANGUAGES = ("en", "zh")
DISTRICT = "410307"
NEW, REVISED = "made_up_heritage_sites", "gdp"
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_story = pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)


def cells(path: Path, kind: str = "") -> list[Any]:
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if kind in ("", cell.cell_type)]


def calls(path: Path, method: str) -> list[ast.Call]:
    """Calls of a method of the page, in a notebook's code."""
    found = []
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr == method:
                found.append(node)
    return found


# -- made-up data of the year after -----------------------------------------------------------
def made_up(folder: Path) -> Path:
    """Write a data folder with a second report: a year on, everything a little changed."""
    shutil.copytree(ROOT / "data", folder)
    facts = data.load_facts(ROOT / "data")
    report = notebook.begin("made_up").report
    year = int(report["year"].max())
    first = report["source"].iloc[0]
    targets = report[report["kind"] == "target"]
    outcomes = pd.concat([targets, report[report["kind"] == "outcome"]])
    outcomes = outcomes.drop_duplicates(["indicator", "measure"])
    outcomes = outcomes.assign(year=year, kind="outcome", status="A")
    better, worse = _changed(outcomes.iloc[::2], 1.02), _changed(outcomes.iloc[1::2], 0.97)
    rows = pd.concat([better, worse, _changed(targets.assign(year=year + 1), 1.05)])
    same = report[(report["indicator"] == REVISED) & (report["year"] == year - 1)]
    revised = same.assign(value=same["value"] - 0.1)
    revised["as_printed"] = [f"{value:.1f}%" for value in revised["value"]]
    new = rows[rows["indicator"] == "cultural_events"].head(1)
    new = new.assign(indicator=NEW, value=7.0, unit="处", as_printed="7处", qualifier="exact")
    rows = pd.concat([rows, revised, new]).assign(source=f"report_{year + 1}")
    rows = rows[list(data.SHEET_COLUMNS)].reset_index(drop=True)
    _extend_dictionary(folder / "dictionary.xlsx", first, f"report_{year + 1}", str(year + 1))
    write_workbook(folder / f"report_{year + 1}.xlsx", {"facts": rows}, folder=folder)
    assert len(data.load_facts(folder)) > len(facts)
    return folder


def _changed(rows: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Scale levels, leave rates, ranks and directions; print what comes out."""
    rows = rows.copy()
    level = (rows["measure"] == "level") & (rows["value"] > 50)
    rows.loc[level, "value"] = (rows.loc[level, "value"] * factor).round()
    printed = rows["value"].map("{:g}".format) + rows["unit"]
    rows["as_printed"] = rows["as_printed"].where(~level, printed)
    rows["qualifier"] = rows["qualifier"].where(~level, "exact")
    return rows


def _extend_dictionary(path: Path, like: str, source: str, year: str) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["sources"]
    head = [cell.value for cell in sheet[1]]
    row = {
        "source": source,
        "name_en": f"Made-up report, {year}",
        "name_zh": f"虚构报告（{year}年）",
        "published": f"{year}-01-20",
    }
    sheet.append([row.get(name) for name in head])
    sheet = book["indicators"]
    head = [cell.value for cell in sheet[1]]
    sheet.append(
        [
            {
                "indicator": NEW,
                "name_en": "Made-up heritage sites",
                "name_zh": "虚构遗产点",
                "domain": "tourism",
                "theme": "culture",
                "unit_base": "item",
                "better": "higher",
                "flow_or_stock": "stock",
                "definition": "Made up | 虚构",
            }.get(name)
            for name in head
        ]
    )
    book.save(path)


@pytest.fixture(scope="session")
def next_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up(tmp_path_factory.mktemp("made_up") / "data")


# -- running ----------------------------------------------------------------------------------
class Kernel:
    """One kernel for many notebooks: what each defines is forgotten before the next."""

    def __init__(self) -> None:
        from jupyter_client.manager import KernelManager

        # IPC: kernels of several test processes must not meet on a port.
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(ROOT / "notebooks"))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)

    def run(self, path: Path, lang: str, data_folder: Path, outputs: Path) -> Any:
        from nbclient import NotebookClient

        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if "parameters" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace('lang = "en"', f"lang = {lang!r}")
        first = nbformat.v4.new_code_cell(
            "%reset -f\nimport os, warnings\n"
            f"os.environ['YANSHI_DATA'] = {str(data_folder)!r}\n"
            f"os.environ['YANSHI_OUTPUTS'] = {str(outputs)!r}\n"
            "warnings.resetwarnings()\nwarnings.simplefilter('error')"
        )
        last = nbformat.v4.new_code_cell("warnings.simplefilter('ignore')")
        notebook.cells = [first, *notebook.cells, last]
        client = NotebookClient(notebook, km=self.manager, timeout=300, record_timing=False)
        client.kc = self.client
        client.reset_execution_trackers()
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        notebook.cells = notebook.cells[1:-1]
        return notebook

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="session")
def kernel() -> Iterator[Kernel]:
    one = Kernel()
    yield one
    one.stop()


def said(run: Any) -> str:
    """All that a run says."""
    outputs = [output for cell in run.cells for output in cell.get("outputs", [])]
    return "\n".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in outputs
    )


def errors(run: Any) -> list[str]:
    outputs = [output for cell in run.cells for output in cell.get("outputs", [])]
    return [str(output) for output in outputs if output.get("name") == "stderr"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@every_notebook
def test_runs_on_the_real_data(path: Path, lang: str, kernel: Kernel, tmp_path: Path) -> None:
    run = kernel.run(path, lang, ROOT / "data", tmp_path)
    assert errors(run) == []
    for cell in run.cells:
        if cell.cell_type == "code":
            assert all(output.output_type != "error" for output in cell.outputs), cell.source
    if path not in STORIES:
        return
    charts, tables = tmp_path / "charts", tmp_path / "tables"
    for kind in ("png", "svg", "pdf", "csv"):
        assert list(charts.glob(f"{path.stem}_*_{lang}.{kind}")), kind
    assert list(tables.glob(f"{path.stem}_tables_{lang}.xlsx"))
    for file in tables.glob("*.csv"):
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), file.name
    assert str(tmp_path) not in str(run)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@every_notebook
def test_moves_on_by_itself(
    path: Path, lang: str, kernel: Kernel, next_year: Path, tmp_path: Path
) -> None:
    run = kernel.run(path, lang, next_year, tmp_path)
    assert errors(run) == []
    if path not in STORIES:
        return
    before = int(notebook.begin("x").year)
    first = next(line for line in said(run).splitlines() if str(before + 1) in line)
    assert str(before + 2) in first and str(before) not in first
    tables = tmp_path / "tables"
    if path.stem == "02_tourism":
        listed = pd.read_csv(tables / f"{path.stem}_statistics_{lang}.csv")
        assert NEW in set(listed["indicator"])
    if path.stem == "01_economy":
        listed = pd.read_csv(tables / f"{path.stem}_statistics_{lang}.csv")
        old = listed[(listed["indicator"] == REVISED) & (listed["year"] == before)]
        real = data.load_facts(ROOT / "data")
        printed = real[(real["indicator"] == REVISED) & (real["year"] == before)]
        printed = printed[printed["region"] == DISTRICT]
        assert old["value"].iloc[0] == pytest.approx(printed["value"].iloc[0] - 0.1)
    if path.stem == "06_targets":
        own = pd.read_csv(tables / f"{path.stem}_own_attainment_{lang}.csv")
        assert set(own["year"]) == {before + 1} and len(own) > 50
        assert {"met", "missed"} <= set(own["met"])


@pytest.mark.slow
def test_same_data_same_bytes(kernel: Kernel, tmp_path: Path) -> None:
    path = next(path for path in NOTEBOOKS if path.stem == "00_overview")
    runs = [kernel.run(path, "zh", ROOT / "data", tmp_path / name) for name in ("a", "b")]
    shown = [[cell.get("outputs") for cell in run.cells] for run in runs]
    assert _without_counts(shown[0]) == _without_counts(shown[1])
    files = [
        {file.name: file.read_bytes() for file in (tmp_path / name).rglob("*.*")}
        for name in ("a", "b")
    ]
    assert files[0] == files[1] and len(files[0]) > 10


def _without_counts(outputs: list[Any]) -> str:
    return re.sub(r"'execution_count': \d+", "", str(outputs))


# -- how they are written ---------------------------------------------------------------------
@every_notebook
def test_begins_the_same_way(path: Path) -> None:
    first, second, third = cells(path)[:3]
    assert first.cell_type == "markdown" and first.source.count("\n# ") == 2
    assert second.metadata["tags"] == ["parameters"]
    assigned = {
        node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(second.source).body
    }
    assert assigned == {"lang": "en", "year": None}
    assert "import" in third.source


@every_notebook
def test_cells_have_lasting_readable_ids_and_no_outputs(path: Path) -> None:
    ids = [cell["id"] for cell in cells(path)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z-]+", name) for name in ids), ids
    for cell in cells(path, "code"):
        assert cell.outputs == [] and cell.execution_count is None


@every_notebook
def test_prose_is_in_both_languages(path: Path) -> None:
    for cell in cells(path, "markdown"):
        parts = re.findall(r'<div lang="(en|zh)">\n\n(.+?)\n\n</div>', cell.source, re.DOTALL)
        assert [lang for lang, _ in parts] == ["en", "zh"], cell.source
        english, chinese = (text for _, text in parts)
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"\(.+?\)|（.+?）", "", english)), english
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert not re.search(r"[\u4e00-\u9fff，。；：]\n[\u4e00-\u9fff]", chinese), "a gap in print"


@every_story
def test_is_a_story_of_ten_to_twenty_five_cells(path: Path) -> None:
    assert 10 <= len(cells(path)) <= 25
    assert len(calls(path, "begin")) == len(calls(path, "finish")) == 1
    assert calls(path, "how_sure")
    assert "page.finish()" in cells(path)[-1].source
    names = [
        (method, call.args[1].value)
        for method in ("show", "table")
        for call in calls(path, method)
        if isinstance(call.args[1], ast.Constant)
    ]
    assert len(set(names)) == len(names), "one name, two charts or tables: one would be lost"


@pytest.mark.parametrize("stem", ["00_overview", "01_economy", "06_targets", "07_projections"])
def test_has_several_kinds_of_charts(stem: str) -> None:
    path = next(path for path in STORIES if path.stem == stem)
    kinds = {
        node.func.attr
        for cell in cells(path, "code")
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "charts"
    } - {"describe"}
    assert len(kinds) >= 3, kinds


# What holds digits and is no figure: names of notebooks, of particles, of columns; one plus a
# rate; how a number is formatted.
_NAMES = re.compile(
    r"\b\d\d_[a-z_]+\b|PM(2\.5|10)|PM₂\.₅|PM₁₀|CO2|\b[45]A\b|\b(lo|hi|in|range)(80|95)\b"
    r"|1 ?[+＋]|(?<=:)\.\df"
)


@every_notebook
def test_no_year_and_no_figure_is_typed(path: Path) -> None:
    for cell in cells(path):
        text = _NAMES.sub("", cell.source)
        assert not re.search(r"(19|20)\d\d", text), text
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", text), text
            continue
        for node in ast.walk(ast.parse(text)):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and not re.fullmatch(r"\d{6}", value):  # a region's code
                assert not re.search(r"\d", value), value
            elif isinstance(value, int | float):
                assert value in range(13) or value == 100, value


def subjects(path: Path) -> list[str]:
    """What a notebook lists the statistics of."""
    return [arg.value for call in calls(path, "statistics") for arg in call.args]


@pytest.mark.parametrize("folder", ["real", "made up"])
def test_every_statistic_of_the_report_is_listed(
    folder: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if folder != "real":
        monkeypatch.setenv("YANSHI_DATA", str(request.getfixturevalue("next_year")))
    page = notebook.begin("x")
    named = [name for path in STORIES for name in subjects(path)]
    listed = page.about(page.report, *named)
    themes = page.indicators.set_index("indicator")["theme"]
    missing = sorted(
        {themes[name] for name in set(page.report["indicator"]) - set(listed["indicator"])}
    )
    assert missing == [], f"themes in no notebook: {', '.join(missing)}"
    assert len(listed) == len(page.report)


def test_made_up_data_have_everything_a_new_year_brings(next_year: Path) -> None:
    assert os.environ.get("YANSHI_DATA") is None
    real, new = data.load_facts(ROOT / "data"), data.load_facts(next_year)
    own = new[new["region"] == DISTRICT]
    assert own["year"].max() == real.loc[real["region"] == DISTRICT, "year"].max() + 1
    assert NEW in set(own["indicator"]) and len(data.load_revisions(next_year)) == 1

"""Refresh as a whole, on small notebooks of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from yanshi_analysis.data import DataError
from yanshi_analysis.refresh import (
    NotebooksFailed,
    Refreshed,
    RefreshError,
    RefreshRunning,
    _manifest,
    _places,
    refresh,
)
from yanshi_analysis.refresh._pages import outside_references

DATA = Path(__file__).resolve().parents[1] / "data"
LOAD = "import os\nfrom pathlib import Path\nout = Path(os.environ['YANSHI_OUTPUTS'])"
EXPORT = """(out / "tables").mkdir(exist_ok=True)
(out / "tables" / f"{name}_{lang}.csv").write_text(f"{lang},{year}", encoding="utf-8")
print(name, lang, out)"""


def write(folder: Path, name: str, *cells: str) -> Path:
    """Write a notebook: heading, parameters, and these code cells."""
    v4 = nbformat.v4
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell(
                f'<div lang="en">\n\n# About {name}\n\n</div>\n'
                f'<div lang="zh">\n\n# 关于{name}\n\n</div>',
                id="title",
            ),
            v4.new_code_cell(
                'lang = "en"  # or "zh"\nyear = None', id="p", metadata={"tags": ["parameters"]}
            ),
            v4.new_code_cell(f"{LOAD}\nname = {name!r}", id="load"),
            *(v4.new_code_cell(text, id=f"c{number}") for number, text in enumerate(cells)),
        ]
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


class Desk:
    """A folder with notebooks, and refresh on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks, self.outputs = folder / "notebooks", folder / "outputs"

    def write(self, name: str, *cells: str) -> Path:
        return write(self.notebooks, name, *cells)

    def refresh(self, **options: Any) -> Refreshed:
        options = {"parts": (), "lang": "en", "data": DATA, "fork": False} | options
        return refresh(notebooks=self.notebooks, outputs=self.outputs, **options)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.outputs).as_posix(): path.read_bytes()
            for path in sorted(self.outputs.rglob("*"))
            if path.is_file()
        }

    def left_over(self) -> list[str]:
        return sorted(
            path.name
            for path in self.folder.iterdir()
            if path.name not in ("notebooks", "outputs", "outputs.lock", "data")
        )

    def whole(self) -> bool:
        """Whether the outputs are one complete set."""
        return bool(_manifest.read(self.outputs)) and not _manifest.missing_or_changed(self.outputs)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_set_holds_exports_notebook_and_page_of_each_language(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    result = desk.refresh(lang="both", year=2024)
    assert result.changed and result.done == ["01_a en", "01_a zh"]
    files = desk.files()
    assert sorted(files) == [
        "notebooks/01_a_en.ipynb",
        "notebooks/01_a_zh.ipynb",
        "pages/01_a_en.html",
        "pages/01_a_zh.html",
        "refresh.json",
        "tables/01_a_en.csv",
        "tables/01_a_zh.csv",
    ]
    assert files["tables/01_a_zh.csv"] == b"zh,2024"
    assert desk.whole() and desk.left_over() == []


def test_parameters_stand_in_the_notebook_that_is_kept(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.refresh(lang="zh", year=2024)
    kept = nbformat.reads(desk.files()["notebooks/01_a_zh.ipynb"].decode(), as_version=4)
    assert kept.cells[1].source == "lang = 'zh'  # or \"zh\"\nyear = 2024"


def test_nothing_of_this_machine_stays_in_it(desk: Desk) -> None:
    desk.write("01_a", EXPORT, "print(Path.cwd(), object())")
    desk.refresh()
    for name, content in desk.files().items():
        assert str(desk.folder).encode() not in content, name
        assert b"0x7" not in content, name
    assert b"01_a en outputs" in desk.files()["notebooks/01_a_en.ipynb"]


def test_unchanged_is_not_run_again(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    assert desk.refresh().changed
    again = desk.refresh()
    assert not again.changed and again.done == [] and again.kept == ["01_a en"]


@pytest.mark.parametrize("change", ["cell", "data", "file lost", "file edited", "year", "lang"])
def test_what_has_changed_is_run_again(desk: Desk, change: str) -> None:
    data = desk.folder / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("drafts"))
    desk.write("01_a", EXPORT)
    desk.write("02_b", EXPORT)
    options: dict[str, Any] = {"data": data}
    desk.refresh(**options)
    expected = ["01_a en", "02_b en"]
    if change == "cell":
        desk.write("02_b", EXPORT, "1 + 1")
        expected = ["02_b en"]
    elif change == "data":
        (data / "new.txt").write_text("x", encoding="utf-8")
    elif change == "file lost":
        (desk.outputs / "tables/02_b_en.csv").unlink()
        expected = ["02_b en"]
    elif change == "file edited":
        (desk.outputs / "tables/02_b_en.csv").write_text("mine", encoding="utf-8")
        expected = ["02_b en"]
    elif change == "year":
        options["year"] = 2024
    else:
        options["lang"] = "zh"
        expected = ["01_a zh", "02_b zh"]
    assert desk.refresh(**options).done == expected
    assert desk.whole()


def test_running_a_notebook_in_the_lab_is_no_change(desk: Desk) -> None:
    path = desk.write("01_a", EXPORT)
    desk.refresh()
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][2]["execution_count"] = 7
    notebook["cells"][2]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["hello"]}
    ]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert not desk.refresh().changed


def test_two_refreshes_give_the_same_bytes_however_kernels_start(
    tmp_path: Path,
) -> None:
    both: list[dict[str, bytes]] = []
    noise = (
        "import sys, uuid, warnings\nfrom IPython.display import HTML, display\n"
        "print('a'); print('b', file=sys.stderr); print('c'); print('d', file=sys.stderr)\n"
        "display(HTML(f'<i id=\"{uuid.uuid4()}\">x</i>'))\nprint(uuid.uuid4(), object())",
        "import pandas as pd\npd.DataFrame({'a': [1]}).style",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 3, 2])",
        "import ipywidgets\nipywidgets.IntSlider()",
    )
    for name, fork in (("one", True), ("another place", False)):
        desk = Desk(tmp_path / name)
        desk.write("01_a", EXPORT, *noise)
        result = desk.refresh(fork=fork)
        assert result.warnings == [("01_a en", 5, "b")]
        both.append(desk.files())
    assert both[0] == both[1]
    notebook = both[0]["notebooks/01_a_en.ipynb"].decode()
    assert "image/png" in notebook
    assert "IntSlider" not in notebook.replace("ipywidgets.IntSlider()", "")


def test_a_failing_notebook_is_named_and_leaves_the_last_set(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.write("02_b", EXPORT)
    desk.refresh()
    before = desk.files()
    desk.write("01_a", EXPORT, "x = 1\nraise LookupError('no such indicator')")
    desk.write("02_b", EXPORT, "2")
    with pytest.raises(NotebooksFailed) as caught:
        desk.refresh()
    (failure,) = caught.value.failures
    assert failure == (
        "01_a en",
        5,
        "raise LookupError('no such indicator')",
        "LookupError",
        "no such indicator",
    )
    text = str(caught.value)
    assert "01_a en, cell 5: LookupError" in text and "第 5 个单元格出错" in text
    assert "Traceback" not in text
    assert desk.files() == before and desk.left_over() == []


def test_every_failing_notebook_is_named(desk: Desk) -> None:
    desk.write("01_a", "1 / 0")
    desk.write("02_b", "import os; os._exit(3)")
    (desk.notebooks / "03_c.ipynb").write_text("no notebook", encoding="utf-8")
    write(desk.notebooks, "04_d").write_text(
        nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="x")])),
        encoding="utf-8",
    )
    with pytest.raises(NotebooksFailed) as caught:
        desk.refresh()
    found = [(failure.part, failure.cell, failure.error) for failure in caught.value.failures]
    assert found == [
        ("01_a en", 4, "ZeroDivisionError"),
        ("02_b en", 4, "DeadKernelError"),
        ("03_c en", 0, "Unusable"),
        ("04_d en", 0, "Unusable"),
    ]
    assert not desk.outputs.exists()


def test_wrong_data_are_said_before_any_notebook_runs(desk: Desk) -> None:
    data = desk.folder / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("drafts"))
    (data / "report_2030.xlsx").write_bytes(b"not a workbook")
    desk.write("01_a", "raise SystemError('must not run')")
    with pytest.raises(DataError) as caught:
        desk.refresh(data=data)
    assert [problem.workbook for problem in caught.value.problems] == ["report_2030.xlsx"]
    assert not desk.outputs.exists() and desk.left_over() == []


def test_only_runs_what_is_named_and_keeps_the_rest(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.write("02_b", EXPORT)
    desk.refresh()
    desk.write("01_a", EXPORT, "1")
    desk.write("02_b", EXPORT, "2")
    result = desk.refresh(only=["02_b"])
    assert (result.done, result.kept, result.stale) == (["02_b en"], [], ["01_a en"])
    assert desk.whole()
    assert desk.refresh().done == ["01_a en"]


def test_only_on_an_empty_desk_makes_just_that(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.write("02_b", EXPORT)
    assert desk.refresh(only=["notebooks/02_b.ipynb"]).done == ["02_b en"]
    assert "tables/01_a_en.csv" not in desk.files()


def test_a_notebook_that_is_gone_leaves_the_set(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    path = desk.write("02_b", EXPORT)
    desk.refresh(lang="both")
    path.unlink()
    result = desk.refresh()
    assert result.changed and result.done == []
    assert sorted(desk.files()) == [
        "notebooks/01_a_en.ipynb",
        "pages/01_a_en.html",
        "refresh.json",
        "tables/01_a_en.csv",
    ]


def test_two_notebooks_may_not_export_one_name(desk: Desk) -> None:
    cell = "(out / 'same.txt').write_text({!r})"
    desk.write("01_a", cell.format("one"))
    desk.write("02_b", cell.format("other"))
    with pytest.raises(RefreshError, match=r"01_a en and 02_b en both export same\.txt"):
        desk.refresh()
    desk.write("02_b", cell.format("one"))
    assert desk.refresh().changed


def test_a_persons_files_are_never_lost(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.refresh()
    (desk.outputs / "tables/01_a_en.csv").write_text("my edit", encoding="utf-8")
    (desk.outputs / "mine").mkdir()
    (desk.outputs / "mine/notes.txt").write_text("mine", encoding="utf-8")
    result = desk.refresh(force=True)
    assert result.yours == ["yours/tables/01_a_en.csv"]
    files = desk.files()
    assert files["yours/tables/01_a_en.csv"] == b"my edit"
    assert files["mine/notes.txt"] == b"mine"
    assert files["tables/01_a_en.csv"] == b"en,None"
    desk.refresh(force=True)
    assert desk.files() == files


def test_a_folder_of_someone_else_is_refused(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.outputs.mkdir()
    (desk.outputs / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(RefreshError, match="YANSHI_OUTPUTS"):
        desk.refresh()
    assert sorted(desk.files()) == ["thesis.docx"]


def test_the_second_of_two_says_so_and_stops(desk: Desk) -> None:
    from filelock import FileLock

    desk.write("01_a", EXPORT)
    with (
        FileLock(_places.places(outputs=desk.outputs).lock),
        pytest.raises(RefreshRunning, match="Another yanshi refresh"),
    ):
        desk.refresh()
    assert desk.refresh().changed


def test_unknown_names_are_answered_with_known_ones(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    with pytest.raises(RefreshError, match=r"no notebook 07_x\. Known: 01_a"):
        desk.refresh(only=["07_x"])
    with pytest.raises(ValueError, match="known: both, en, zh"):
        desk.refresh(lang="fr")
    with pytest.raises(ValueError, match="at least 1"):
        desk.refresh(jobs=0)


def test_no_notebooks_is_said(desk: Desk) -> None:
    desk.notebooks.mkdir()
    with pytest.raises(RefreshError, match="YANSHI_NOTEBOOKS"):
        desk.refresh()


def test_kernels_can_be_copies_of_one_loaded_process(desk: Desk) -> None:
    desk.write("01_a", "import sys\nassert 'pandas' in sys.modules", EXPORT)
    assert desk.refresh(fork=True).changed


def test_progress_counts_up_to_the_whole(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    steps: list[Any] = []
    desk.refresh(on_step=steps.append)
    assert steps[0].state == "load"
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 4  # three code cells, and the notebook itself


def test_it_runs_where_an_event_loop_runs_as_in_a_notebook(desk: Desk) -> None:
    import asyncio

    desk.write("01_a", EXPORT)

    async def inside() -> Refreshed:
        return desk.refresh()

    assert asyncio.run(inside()).changed


def test_pages_have_title_language_and_need_nothing_from_outside(desk: Desk) -> None:
    desk.write(
        "01_a",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()",
        "from IPython.display import Javascript\nJavascript('alert(1)')",
    )
    desk.refresh(lang="both")
    titles = {"en": "About 01_a", "zh": "关于01_a"}
    for lang, code, title in (("en", "en", titles["en"]), ("zh", "zh-CN", titles["zh"])):
        html = desk.files()[f"pages/01_a_{lang}.html"].decode()
        assert f'<html lang="{code}">' in html and f"<title>{title}</title>" in html
        assert f"<h1>{title}</h1>" in html
        assert titles["zh" if lang == "en" else "en"] not in html
        assert 'src="data:image/png;base64,' in html
        assert outside_references(html) == []
        assert "<script" not in html


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://x.org/a.js"></script>',
        "<link rel=stylesheet href=//x.org/a.css>",
        '<img alt="a" src="http://x.org/a.png">',
        "<style>@import url(https://x.org/a.css);</style>",
        "<style>a{background:url('//x.org/a.png')}</style>",
        "<script type=module>import mermaid from 'https://x.org/m.mjs'</script>",
        "<script>import('https://x.org/m.mjs')</script>",
        "<script>fetch('https://x.org')</script>",
    ],
)
def test_what_fetches_from_outside_is_found(html: str) -> None:
    assert outside_references(html)


def test_the_facts_of_a_set_are_the_state_for_the_next(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    desk.refresh(parts=("facts",))
    files = desk.files()
    assert {"facts.csv", "changes.md", "datapackage/datapackage.json"} <= set(files)
    assert "first refresh" in files["changes.md"].decode()
    desk.refresh(parts=("facts",), force=True)
    assert desk.files() == files


@pytest.mark.slow
def test_briefings_are_made_in_each_language(desk: Desk) -> None:
    desk.write("01_a", EXPORT)
    result = desk.refresh(parts=("briefing",), lang="both")
    assert "briefing zh" in result.done
    names = {f"briefing_{lang}.{kind}" for lang in ("en", "zh") for kind in ("pptx", "docx")}
    assert names | {"tables/all_tables_en.xlsx", "tables/all_tables_zh.xlsx"} <= set(desk.files())

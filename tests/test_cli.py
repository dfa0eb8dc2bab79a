"""The command line: what it prints, and with which exit code it ends."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.test_refresh import DATA, EXPORT, Desk
from yanshi_analysis import cli

Run = Callable[..., Result]
REPORT = """某区政府工作报告
一、过去一年工作回顾
2030年，地区生产总值增长5.8%，接待游客665万人次。
二、今年工作目标
2031年主要预期目标：地区生产总值增长6%左右，接待游客700万人次。
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a desk of its own, without the briefings."""
    import yanshi_analysis.refresh as refresh

    monkeypatch.setenv("YANSHI_NOTEBOOKS", str(desk.notebooks))
    monkeypatch.setenv("YANSHI_OUTPUTS", str(desk.outputs))
    monkeypatch.setenv("YANSHI_DATA", str(DATA))
    monkeypatch.setenv("YANSHI_FORK", "0")
    real = refresh.refresh
    monkeypatch.setattr(
        refresh, "refresh", lambda **options: real(**{"parts": ("facts",)} | options)
    )
    return lambda *words: CliRunner().invoke(cli.app, [str(word) for word in words])


def test_refresh_says_where_things_are_in_both_languages(desk: Desk, run: Run) -> None:
    desk.write("01_a", EXPORT)
    result = run("refresh")
    assert result.exit_code == 0, result.output
    assert "Parts made anew: 3;" in result.stdout
    assert "重新生成 3 项" in result.stdout
    assert str(desk.outputs) in result.stdout
    assert "changes.md" in result.stdout and "briefing" not in result.stdout
    assert "[" not in result.stdout  # progress goes elsewhere
    again = run("refresh", "--lang", "both")
    assert again.exit_code == 0
    assert "Nothing has changed" in again.stdout and "没有变化" in again.stdout


def test_refresh_in_one_language_speaks_that(desk: Desk, run: Run) -> None:
    desk.write("01_a", EXPORT)
    result = run("refresh", "--lang", "zh", "--year", 2024, "--jobs", 1)
    assert result.exit_code == 0 and "Refreshed" not in result.stdout
    assert (desk.outputs / "tables/01_a_zh.csv").read_text(encoding="utf-8") == "zh,2024"
    assert not (desk.outputs / "tables/01_a_en.csv").exists()


def test_only_and_force(desk: Desk, run: Run) -> None:
    desk.write("01_a", EXPORT)
    desk.write("02_b", EXPORT)
    assert run("refresh", "--lang", "en").exit_code == 0
    desk.write("01_a", EXPORT, "1")
    desk.write("02_b", EXPORT, "1")
    result = run("refresh", "--lang", "en", "--only", "02_b")
    assert "anew: 1;" in result.stdout
    assert "out of date, because others were asked for: 01_a en" in result.stdout
    assert "anew: 3;" in run("refresh", "--lang", "en", "--force").stdout


def test_a_failed_notebook_ends_with_3(desk: Desk, run: Run) -> None:
    desk.write("01_a", "1 / 0")
    result = run("refresh", "--lang", "en")
    assert result.exit_code == 3
    assert "01_a en, cell 4: ZeroDivisionError" in result.stderr
    assert "› 1 / 0" in result.stderr and "输出文件夹仍是上一次的结果" in result.stderr
    assert "Traceback" not in result.output


def test_a_data_error_is_its_text_and_ends_with_1(
    desk: Desk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("01_a", EXPORT)
    data = desk.folder / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("drafts"))
    (data / "broken.xlsx").write_bytes(b"?")
    monkeypatch.setenv("YANSHI_DATA", str(data))
    for command in ("refresh", "check"):
        result = run(command)
        assert result.exit_code == 1
        assert result.stderr.count("1 problem in the data") == 1, result.stderr
        assert "broken.xlsx" in result.stderr and "处理办法" in result.stderr
        assert "Traceback" not in result.output
    monkeypatch.setenv("YANSHI_DATA", str(desk.folder / "nowhere"))
    assert run("check").exit_code == run("refresh").exit_code == 1


def test_another_refresh_ends_with_4(desk: Desk, run: Run) -> None:
    from filelock import FileLock

    from yanshi_analysis.refresh._places import places

    desk.write("01_a", EXPORT)
    with FileLock(places(outputs=desk.outputs).lock):
        result = run("refresh")
    assert result.exit_code == 4
    assert "Another yanshi refresh" in result.stderr and "正在更新" in result.stderr


def test_wrong_options_end_with_2_or_say_what_is_known(desk: Desk, run: Run) -> None:
    desk.write("01_a", EXPORT)
    assert run("refresh", "--lang", "fr").exit_code == 2
    assert run("refresh", "--jobs", "0").exit_code == 2
    result = run("refresh", "--only", "99_x")
    assert result.exit_code == 1 and "Known: 01_a" in result.stderr


def test_the_unexpected_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from yanshi_analysis import data

    def broken() -> None:
        raise RuntimeError("the disk\nis on fire")

    monkeypatch.setattr(data, "load_facts", broken)
    result = run("check")
    assert result.exit_code == 1
    assert "RuntimeError: the disk is on fire" in result.stderr and "意外错误" in result.stderr
    monkeypatch.setenv("YANSHI_DEBUG", "1")
    assert isinstance(run("check").exception, RuntimeError)


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from yanshi_analysis import data

    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(data, "load_facts", stopped)
    result = run("check")
    assert result.exit_code == 130 and "Stopped." in result.stderr and "已停止" in result.stderr


@pytest.mark.parametrize(("lang", "words"), [("en", "The data are valid"), ("zh", "数据校验通过")])
def test_check_counts_by_source_kind_domain_and_pairs(run: Run, lang: str, words: str) -> None:
    from yanshi_analysis import load_facts, outcomes_vs_targets

    result = run("check", "--lang", lang)
    assert result.exit_code == 0, result.output
    facts = load_facts()
    assert words in result.stdout and str(len(facts)) in result.stdout
    counts = outcomes_vs_targets(facts)["comparability"].value_counts()
    assert f" {counts['strict']} " in result.stdout
    largest = facts.groupby("source").size().max()
    assert f" {largest} " in result.stdout


def test_draft_accept_and_refusals(desk: Desk, run: Run) -> None:
    report = desk.folder / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    draft = desk.folder / "draft.xlsx"
    result = run("draft", report, "-o", draft, "--region", "410307")
    assert result.exit_code == 0, result.output
    assert draft.exists() and "yanshi accept" in result.stdout
    assert "statistics found" in result.stdout
    again = run("draft", report, "-o", draft)
    assert again.exit_code == 1 and "somebody may have begun" in again.stderr
    refused = run("accept", draft)
    assert refused.exit_code == 1 and "not reviewed" in refused.stderr and "核对" in refused.stderr
    nowhere = run("draft", desk.folder / "no.txt")
    assert nowhere.exit_code == 1 and "Traceback" not in nowhere.output


def test_audit_counts_and_fails_if_a_number_is_missing(desk: Desk, run: Run) -> None:
    report = desk.folder / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    draft = desk.folder / "draft.xlsx"
    assert run("draft", report, "-o", draft, "--region", "410307").exit_code == 0
    good = run("audit", report, draft, "--lang", "en")
    assert good.exit_code == 0, good.output
    assert "accounted for" in good.stdout
    report.write_text(REPORT.replace("665万", "665万人次，新建道路17"), encoding="utf-8")
    bad = run("audit", report, draft, "--lang", "zh")
    assert bad.exit_code == 1 and "17" in bad.stdout and "既未列入数据" in bad.stdout


def test_an_unchanged_refresh_loads_no_heavy_library(desk: Desk, run: Run) -> None:
    desk.write("01_a", EXPORT)
    assert run("refresh").exit_code == 0
    code = (
        "import sys\nimport yanshi_analysis.refresh as refresh\n"
        "assert not refresh.refresh(parts=('facts',)).changed\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'nbformat', 'nbclient', 'rich'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    root = str(Path(cli.__file__).parents[2])
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    for command in ("refresh", "check", "draft", "accept", "audit"):
        assert command in result.output

"""What ``changes.md`` says when data arrive, on made-up facts and on a made-up workbook."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.test_refresh import DATA, EXPORT, Desk
from yanshi_analysis import load_facts
from yanshi_analysis.refresh import _changes
from yanshi_analysis.workbook import write_workbook


@pytest.fixture
def facts() -> pd.DataFrame:
    table = load_facts()
    own = table[(table["region"] == "410307") & (table["measure"].isin(["level", "growth"]))]
    return _changes.read_facts(_changes.write_facts(own.reset_index(drop=True)))


def test_the_state_reads_back_as_it_was() -> None:
    table = load_facts()
    content = _changes.write_facts(table)
    again = _changes.read_facts(content)
    assert content.startswith(b"\xef\xbb\xbf")  # so that Excel shows Chinese
    assert again["value"].equals(table["value"]) and again["high"].equals(table["high"])
    assert again["page"].equals(table["page"]) and again["year"].dtype == "int64"
    assert _changes.write_facts(again) == content


def test_the_same_facts_have_no_changes(facts: pd.DataFrame) -> None:
    added, revised, removed, corrected = _changes.compare_facts(facts, facts)
    assert (len(added), len(revised), len(removed), corrected) == (0, 0, 0, 0)


def test_added_revised_removed_and_corrected_are_told_apart(facts: pd.DataFrame) -> None:
    old, new = facts.drop(index=0), facts.copy()
    new.loc[1, "value"] += 1
    new.loc[2, "note"] = "looked up again"
    new.loc[3, "qualifier"] = "about"
    new = new.drop(index=4)
    added, revised, removed, corrected = _changes.compare_facts(old, new)
    keys = _changes.KEY
    assert added[keys].to_numpy().tolist() == [facts.loc[0, keys].tolist()]
    assert sorted(revised["indicator"]) == sorted(facts.loc[[1, 3], "indicator"])
    assert removed[keys].to_numpy().tolist() == [facts.loc[4, keys].tolist()]
    assert corrected == 1


def test_a_target_comes_due_when_its_outcome_arrives(facts: pd.DataFrame) -> None:
    targets = facts[(facts["kind"] == "target") & (facts["measure"] == "growth")].head(3)
    year = int(targets["year"].iloc[0])
    outcomes = targets.assign(kind="outcome", qualifier="exact", value=[100.0, 100.0, -50.0])
    outcomes = outcomes.assign(value_base=outcomes["value"], low=outcomes["value"],
                               high=outcomes["value"], as_printed="")  # fmt: skip
    new = pd.concat([facts, outcomes], ignore_index=True)
    due = _changes.came_due(facts, new)
    assert len(due) == 3 and set(due["year"]) == {year}
    assert sorted(due["met"]) == ["met", "met", "missed"]
    assert _changes.came_due(new, new).empty
    text = _changes.changes(facts, new)
    english, _, chinese = text.partition("\n---\n")
    assert "targets that came due 3" in english and "Met: 2 of 3." in english
    assert "3 项目标到期" in chinese and "3 项中完成 2 项" in chinese


def test_an_id_that_the_dictionary_lost_stands_for_itself(facts: pd.DataFrame) -> None:
    old = facts.copy()
    old.loc[0, "indicator"] = "of_long_ago"
    assert "| of_long_ago |" in _changes.changes(old, facts)


def test_cells_cannot_break_the_table(facts: pd.DataFrame) -> None:
    new = facts.copy()
    new.loc[0, ["indicator", "as_printed"]] = ["a|b", "1|2\n3"]
    rows = [line for line in _changes.changes(facts, new).splitlines() if line.startswith("| a")]
    assert len(rows) == 2
    assert all(row.replace("\\|", "").count("|") == 7 for row in rows)


def test_long_lists_end_with_how_many_more(
    facts: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_changes, "_MOST", 5)
    text = _changes.changes(facts.iloc[:0], facts)
    assert f"… and {len(facts) - 5} more" in text


@pytest.mark.slow
def test_new_data_are_reported_once_and_the_report_stays(tmp_path: Path) -> None:
    """A workbook that states a value again, as a yearbook does: a revision, and an outcome."""
    desk = Desk(tmp_path)
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("drafts"))
    desk.write("01_a", EXPORT)
    parts = {"parts": ("facts",), "data": data}
    desk.refresh(**parts)
    table = load_facts()
    sources = pd.read_excel(data / "dictionary.xlsx", sheet_name="sources", dtype=str,
                            engine="calamine")  # fmt: skip
    newest = str(sources.loc[sources["published"].idxmax(), "source"])
    own = table[(table["region"] == "410307") & (table["source"] != newest)]
    target = own[(own["kind"] == "target") & (own["measure"] == "growth")].iloc[[0]]
    row = target.assign(kind="outcome", source=newest, value=99.5, qualifier="exact", unit="%",
                        as_printed="99.5%", section="", note="")  # fmt: skip
    columns = list(table.columns[:16])
    write_workbook(data / "later.xlsx", {"facts": row[columns]}, folder=data)
    desk.refresh(**parts)
    report = (desk.outputs / "changes.md").read_text(encoding="utf-8")
    assert "added 1, revised 0, removed 0; targets that came due 1" in report
    assert "Met: 1 of 1." in report
    desk.write("01_a", EXPORT, "1")
    assert desk.refresh(force=True, **parts).changed
    assert (desk.outputs / "changes.md").read_text(encoding="utf-8") == report
    assert b"99.5" in io.BytesIO((desk.outputs / "facts.csv").read_bytes()).read()

"""What the draft finds in real reports, against readings by hand."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from yanshi_analysis import data
from yanshi_analysis.draft import audit, draft_facts
from yanshi_analysis.draft.facts import read_report

GOLD = Path(__file__).parent / "data"
ASPECTS = ("value", "unit", "qualifier", "status", "kind", "year", "measure")


def compare(found: list[dict[str, Any]], gold: list[dict[str, Any]]) -> dict[str, float]:
    """Return recall, precision and the share right of each aspect of what was matched.

    Figures match by size within two lines. Rows of the reading marked optional (statements in words
    on which readers may differ) are neither missed nor false.
    """
    at: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        at[int(row["line"])].append(row)
    right: dict[str, int] = dict.fromkeys(ASPECTS, 0)
    taken: set[int] = set()
    matched = missed = 0
    for wanted in sorted(gold, key=lambda row: row.get("optional") == "yes"):
        line = int(wanted["line"])
        near = [
            row
            for other in (line, line - 1, line + 1, line - 2, line + 2)
            for row in at[other]
            if id(row) not in taken and abs(row["value"]) == abs(float(wanted["value"]))
        ]
        optional = wanted.get("optional") == "yes"
        if not near:
            missed += not optional
            continue
        best = max(near, key=lambda row: sum(agrees(row, wanted, one) for one in ASPECTS))
        if optional and not agrees(best, wanted, "measure"):
            continue
        taken.add(id(best))
        if optional:
            continue
        matched += 1
        for aspect in ASPECTS:
            right[aspect] += agrees(best, wanted, aspect)
    false = len(found) - len(taken)
    shares = {aspect: count / matched for aspect, count in right.items()}
    return {
        "recall": matched / (matched + missed),
        "precision": matched / (matched + false),
    } | shares


def agrees(row: dict[str, Any], wanted: dict[str, Any], aspect: str) -> bool:
    said = str(wanted[aspect])
    if aspect == "value":
        high = float(wanted["value_high"] or "nan")
        same = row["value_high"] == high or (math.isnan(row["value_high"]) and math.isnan(high))
        return bool(row["value"] == float(said) and same)
    if aspect == "unit":
        return row["unit"] in said.split("/") or row["unit"] == said
    # An empty cell of the reading leaves the matter open.
    return said in ("", str(row[aspect]))


def found_in(path: Path) -> list[dict[str, Any]]:
    return [row._asdict() for row in read_report(path).rows]


@pytest.mark.parametrize(
    "name", ["jilin_2025", "state_council_2013", "zhejiang_2025", "yunnan_2025"]
)
def test_sample_reports(name: str, shared: Path) -> None:
    with (GOLD / f"gold_{name}.csv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file))
    scores = compare(found_in(shared / "reports_sample" / f"{name}.txt"), gold)
    assert scores["recall"] >= 0.98
    assert scores["precision"] >= 0.97
    assert min(scores[aspect] for aspect in ASPECTS) >= 0.98


@pytest.fixture
def report_file(report_text: str, tmp_path: Path) -> Path:
    file = tmp_path / "report_2025.txt"
    file.write_text(report_text, encoding="utf-8")
    return file


def test_the_report_against_its_own_data(report_file: Path) -> None:
    facts = data.load_facts(superseded=True).query("source == 'report_2025'")
    gold = [{**row, "value_high": row["value_high"]} for row in facts.to_dict("records")]
    for row in gold:
        row["value_high"] = "" if math.isnan(row["value_high"]) else row["value_high"]
    scores = compare(found_in(report_file), gold)
    assert scores["recall"] >= 0.98
    assert scores["precision"] >= 0.98
    assert min(scores[one] for one in ("value", "unit", "qualifier")) >= 0.98
    assert min(scores["kind"], scores["year"]) >= 0.97
    assert scores["measure"] >= 0.95


def test_the_right_indicator_comes_first(report_file: Path) -> None:
    facts = data.load_facts(superseded=True).query("source == 'report_2025'")
    table = draft_facts(report_file)
    proposed = defaultdict(list)
    for row in table.to_dict("records"):
        proposed[row["line"], row["value"], row["measure"]].append(row["indicator"])
    right = 0
    for row in facts.to_dict("records"):
        names = proposed[row["line"], row["value"], row["measure"]]
        if row["indicator"] in names:
            names.remove(row["indicator"])
            right += 1
    assert right / len(facts) >= 0.90


def test_section_and_page_are_those_of_the_data(report_file: Path) -> None:
    facts = data.load_facts(superseded=True).query("source == 'report_2025'")
    where = {row["line"]: (row["section"], row["page"]) for row in facts.to_dict("records")}
    table = draft_facts(report_file)
    same = [
        where[row["line"]] == (row["section"], row["page"])
        for row in table.to_dict("records")
        if row["line"] in where
    ]
    assert sum(same) / len(same) >= 0.98


def test_audit_of_the_report(report_file: Path) -> None:
    found = audit(report_file)
    assert (found.query("side == 'text'")["result"] == "missing").sum() == 0
    assert (found.query("side == 'workbook'")["result"] == "not found").sum() == 0

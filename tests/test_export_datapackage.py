"""Facts and comparison as a Frictionless data package."""

from __future__ import annotations

import csv
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from yanshi_analysis import load_facts, outcomes_vs_targets
from yanshi_analysis.export import save_datapackage


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return load_facts()


@pytest.fixture(scope="module")
def comparison(facts: pd.DataFrame) -> pd.DataFrame:
    return outcomes_vs_targets(facts)


@pytest.fixture(scope="module")
def package(
    facts: pd.DataFrame, comparison: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    *_, path = save_datapackage(facts, comparison, tmp_path_factory.mktemp("package"))
    return path


def _validate(path: Path) -> list[str]:
    with warnings.catch_warnings():  # the validator's own dependencies warn on import
        warnings.simplefilter("ignore")
        import frictionless

        with frictionless.system.use_context(trusted=True):
            report = frictionless.validate(str(path))
    assert report.stats["tasks"] == 4
    return [str(row) for row in report.flatten(["type", "fieldName", "note"])]


def test_the_package_is_valid(package: Path) -> None:
    assert _validate(package) == []


def test_the_validator_finds_what_is_broken(
    facts: pd.DataFrame, comparison: pd.DataFrame, tmp_path: Path
) -> None:
    *_, path = save_datapackage(facts, comparison, tmp_path)
    file = tmp_path / "facts.csv"
    lines = file.read_bytes().decode("utf-8").split("\r\n")
    year = lines[1].split(",")[2]
    lines[1] = lines[1].replace(f",{year},", ",soon,", 1)
    lines[2] = "no_such_indicator" + lines[2][lines[2].index(",") :]
    file.write_bytes("\r\n".join(lines).encode())
    found = " ".join(_validate(path))
    assert "type-error" in found
    assert "foreign-key" in found


def test_every_column_has_a_type_and_a_meaning_in_both_languages(
    package: Path, facts: pd.DataFrame, comparison: pd.DataFrame
) -> None:
    described = json.loads(package.read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in described["resources"]}
    for name, table in (("facts", facts), ("comparison", comparison)):
        fields = resources[name]["schema"]["fields"]
        assert [field["name"] for field in fields] == list(table.columns)
        assert all(field["description"].count(" | ") == 1 for field in fields)
    types = {field["name"]: field["type"] for field in resources["facts"]["schema"]["fields"]}
    assert types["region"] == "string"
    assert types["year"] == "integer"
    assert types["line"] == "integer"
    assert types["value"] == "number"


def test_rows_and_open_intervals_are_kept(package: Path, facts: pd.DataFrame) -> None:
    content = (package.parent / "facts.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    assert len(rows) == len(facts)
    assert [float(row["value"]) for row in rows] == facts["value"].tolist()
    assert [row["high"] == "INF" for row in rows] == np.isposinf(facts["high"]).tolist()
    assert [row["region"] for row in rows] == facts["region"].tolist()


def test_every_source_used_is_named(package: Path, facts: pd.DataFrame) -> None:
    described = json.loads(package.read_text(encoding="utf-8"))
    assert len(described["sources"]) == facts["source"].nunique()


def test_a_formula_in_a_note_is_made_harmless(
    facts: pd.DataFrame, comparison: pd.DataFrame, tmp_path: Path
) -> None:
    table = facts.head(3).assign(note=["=1+1", "-2", "fine"])
    save_datapackage(table, comparison, tmp_path)
    with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as file:
        assert [row["note"] for row in csv.DictReader(file)] == ["'=1+1", "'-2", "fine"]


def test_ids_that_the_dictionary_does_not_have_are_no_foreign_keys(
    facts: pd.DataFrame, comparison: pd.DataFrame, tmp_path: Path
) -> None:
    table = facts.head(2).assign(indicator="of_my_own")
    *_, path = save_datapackage(table, comparison, tmp_path)
    schema = json.loads(path.read_text(encoding="utf-8"))["resources"][0]["schema"]
    assert [key["fields"] for key in schema["foreignKeys"]] == ["source"]
    assert _validate(path) == []


def test_nothing_to_publish_is_said_clearly(
    facts: pd.DataFrame, comparison: pd.DataFrame, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="'facts' has no rows"):
        save_datapackage(facts.head(0), comparison, tmp_path / "out")
    with pytest.raises(ValueError, match="'comparison' has no rows"):
        save_datapackage(facts, comparison.head(0), tmp_path / "out")
    assert not (tmp_path / "out").exists()

"""Every number of the report is in the data, on its line, or excluded for a stated reason."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
import pytest

from yanshi_analysis import data

SOURCE = "report_2025"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
FOOTER = re.compile(r"—\s*\d+\s*—")
REASONS = {"date", "ordinal", "name", "slogan", "threshold", "glossary", "repeat"}


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return data.load_facts().query("source == @SOURCE").reset_index(drop=True)


@pytest.fixture(scope="module")
def excluded() -> pd.DataFrame:
    return data.load_excluded().query("source == @SOURCE").reset_index(drop=True)


def _pages(lines: list[str]) -> list[int]:
    page, pages = 0, []
    for line in lines:
        page += line.startswith(" ") or bool(FOOTER.fullmatch(line.strip()))
        pages.append(page)
    return pages


def test_every_number_of_the_text_is_accounted_for(
    report_text: str, facts: pd.DataFrame, excluded: pd.DataFrame
) -> None:
    lines = report_text.split("\n")
    printed = Counter(
        (number, float(found))
        for number, line in enumerate(lines, start=1)
        if not FOOTER.fullmatch(line.strip()) and not line.lstrip().startswith("http")
        for found in NUMBER.findall(line)
    )
    in_words = ~facts["as_printed"].str.contains(r"\d")
    figures = facts[~in_words]
    # One printed number may speak of two indicators: the second row says so in its note.
    shares = figures["note"].str.startswith("One figure stated")
    kept = figures[~(shares & figures.duplicated(["line", "value"]))]
    accounted = Counter(zip(kept["line"], kept["value"], strict=True))
    accounted.update(zip(excluded["line"], excluded["number"].astype(float), strict=True))
    assert sum(printed.values()) > 290
    missing = printed - accounted
    assert not missing, f"in the text and nowhere in the data: {sorted(missing)}"
    invented = accounted - printed
    assert not invented, f"in the data and not on that line: {sorted(invented)}"


def test_what_is_said_in_words_stands_where_it_is_said_to(
    report_text: str, facts: pd.DataFrame
) -> None:
    lines = report_text.split("\n")
    for fact in facts.itertuples():
        # Words may break across printed lines, between which a blank line stands.
        around = "".join(lines[max(fact.line - 3, 0) : fact.line + 4])
        plain = re.sub(r"\s", "", around)
        assert re.sub(r"\s", "", fact.as_printed) in plain, (fact.line, fact.as_printed)


def test_pages_are_right(report_text: str, facts: pd.DataFrame) -> None:
    pages = _pages(report_text.split("\n"))
    wrong = [(f.line, f.page) for f in facts.itertuples() if pages[f.line - 1] != f.page]
    assert not wrong


def test_every_exclusion_has_a_known_reason(excluded: pd.DataFrame) -> None:
    assert set(excluded["reason"]) <= REASONS


def test_years_and_kinds_follow_the_parts_of_the_report(facts: pd.DataFrame) -> None:
    review = facts["section"].str.startswith("1")
    assert (facts.loc[review, "kind"] != "target").all()
    assert (facts.loc[~review, "kind"] != "outcome").all()
    assert facts.loc[review, "year"].nunique() == 1
    assert (facts.loc[~review, "year"] == facts.loc[review, "year"].max() + 1).all()


def test_no_sentence_of_the_report_is_kept(report_text: str, facts: pd.DataFrame) -> None:
    assert facts["as_printed"].str.len().max() <= 16
    assert not facts["as_printed"].str.contains("[，。；、]").any()

"""The room of the notebooks: what a page loads, says, shows and saves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from yanshi_analysis import charts, data, notebook
from yanshi_analysis.compare import outcomes_vs_targets
from yanshi_analysis.notebook import _help, _html, _statistics
from yanshi_analysis.notebook._begin import report_of
from yanshi_analysis.notebook._glossary import used
from yanshi_analysis.notebook._words import place


class Shown:
    """What a page has displayed."""

    def __init__(self) -> None:
        self.bundles: list[dict[str, Any]] = []
        self.metadata: list[dict[str, Any]] = []

    def __call__(self, bundle: dict[str, Any], metadata: Any = None) -> None:
        self.bundles.append(bundle)
        self.metadata.append(metadata or {})

    @property
    def html(self) -> str:
        return self.bundles[-1]["text/html"]

    @property
    def text(self) -> str:
        return self.bundles[-1]["text/plain"]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    one = Shown()
    monkeypatch.setattr(_html, "show", one)
    return one


@pytest.fixture
def page(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> notebook.Page:
    monkeypatch.setenv("YANSHI_OUTPUTS", str(tmp_path / "out"))
    return notebook.begin("made_up", "en")


# -- begin ------------------------------------------------------------------------------------
def test_begin_says_what_the_page_rests_on_and_hides_the_other_language(
    page: notebook.Page, shown: Shown
) -> None:
    assert str(page.year) in shown.text and str(page.target_year) in shown.text
    assert str(len(page.report)) in shown.text
    assert 'body.jp-Notebook div[lang="zh"]{display:none}' in shown.html
    assert set(page.comparison["year"]) == {page.year}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"lang": "fr"}, "known: en, zh"),
        ({"year": 1950}, "Years with outcomes"),
        ({"region": "999999"}, "Known regions: 000000"),
    ],
)
def test_what_cannot_be_had_is_said_with_what_can(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(notebook.NotebookError, match=message):
        notebook.begin("made_up", **arguments)


def facts_of(*rows: tuple[str, int, str, float | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["source", "year", "kind", "line"])
    return table.assign(line=table["line"].astype("Int64"))


def test_the_report_is_what_holds_the_next_years_targets() -> None:
    own = facts_of(
        ("old", 1, "outcome", 3), ("old", 2, "target", 4), ("new", 2, "outcome", 3),
        ("new", 3, "target", 4), ("new", 1, "outcome", 9), ("yearbook", 2, "outcome", None),
    )  # fmt: skip
    assert set(report_of(own, 2)["source"]) == {"new"} and len(report_of(own, 2)) == 3
    assert set(report_of(own, 1)["source"]) == {"old"}


def test_without_targets_the_report_is_what_gives_lines_and_at_last_all_outcomes() -> None:
    own = facts_of(("report", 2, "outcome", 3), ("yearbook", 2, "outcome", None))
    assert report_of(own, 2)["source"].tolist() == ["report"]
    assert report_of(own.iloc[1:], 2)["source"].tolist() == ["yearbook"]


# -- choosing ---------------------------------------------------------------------------------
def test_about_takes_domains_themes_and_indicators(page: notebook.Page) -> None:
    tourism = page.about(page.report, "tourism")
    assert len(tourism) > len(page.about(page.report, "visitors")) > 0
    assert set(page.about(page.report, "gdp")["indicator"]) == {"gdp"}
    both = page.about(page.report, "tourism", "visitors")
    assert len(both) == len(tourism), "nothing twice"


def test_about_names_what_there_is(page: notebook.Page) -> None:
    with pytest.raises(notebook.NotebookError, match=r"turism is neither.*tourism"):
        page.about(page.report, "turism")


def test_pairs_can_leave_out_other_measures_and_definitions(page: notebook.Page) -> None:
    growth = page.pairs("economy", measure="growth", comparable=True)
    assert set(growth["measure"]) == {"growth"} and "caveat" not in set(growth["comparability"])
    assert len(page.pairs()) == len(page.comparison)


# -- saying and showing -----------------------------------------------------------------------
def test_say_ends_sentences_and_escapes_them(page: notebook.Page, shown: Shown) -> None:
    page.say("a < b", "a < b", "Done.")
    assert shown.text == "a < b.\nDone."
    assert "a &lt; b." in shown.html


def test_say_takes_the_pages_language(shown: Shown) -> None:
    page = notebook.begin("made_up", "zh")
    page.say(en="One", zh="一")
    assert shown.text == "一。" and 'lang="zh"' in shown.html


def test_nothing_to_say_is_said(page: notebook.Page, shown: Shown) -> None:
    page.compared(page.comparison.iloc[:0])
    assert "nothing of this kind" in shown.text


def test_a_chart_is_shown_with_its_description(page: notebook.Page, shown: Shown) -> None:
    ax = charts.growth_dumbbell(page.comparison, lang="en")
    page.show(ax, "growth")
    assert shown.bundles[-1]["image/png"].startswith(b"\x89PNG")
    alt = charts.describe(ax).alt
    assert shown.metadata[-1]["image/png"]["alt"] == alt == shown.text


def test_a_chart_without_rows_is_a_sentence(page: notebook.Page, shown: Shown) -> None:
    page.show(charts.growth_dumbbell(page.comparison.iloc[:0], lang="en"), "growth")
    assert "image/png" not in shown.bundles[-1] and shown.text
    assert page.finish() == []


def test_a_chart_can_say_what_its_facts_warn_of(page: notebook.Page, shown: Shown) -> None:
    own = page.facts[page.facts["region"] == page.region]
    page.show(charts.composition(page.about(own, "growth"), whole="gdp"), "parts", cautions=True)
    assert "oundaries" in shown.text


def test_a_table_without_rows_is_a_sentence(page: notebook.Page, shown: Shown) -> None:
    page.table(page.comparison.iloc[:0], "pairs", caption="Pairs")
    assert shown.text.startswith("Pairs")
    assert page.finish() == []


# -- words ------------------------------------------------------------------------------------
@pytest.fixture
def pairs() -> pd.DataFrame:
    return outcomes_vs_targets(data.load_facts())


def test_words_are_as_printed_in_each_language(pairs: pd.DataFrame) -> None:
    visits = pairs[(pairs["indicator"] == "tourist_visits") & (pairs["measure"] == "level")]
    columns = ["indicator", "outcome", "change", "change_pct", "stance", "target_place"]
    english = notebook.in_words(visits, "en", columns).iloc[0].tolist()
    chinese = notebook.in_words(visits, "zh", columns).iloc[0].tolist()
    assert english[0] == "Tourist visits" and english[1].endswith("million visits")
    assert chinese[1] == visits["outcome_as_printed"].iloc[0]
    assert english[2].startswith("+") and english[3].endswith("%")
    assert re.fullmatch(r"§ 3\.6, p\. \d+, line \d+", english[5])
    assert chinese[4] == "高于上年"


def test_words_of_rates_differ_by_points(pairs: pd.DataFrame) -> None:
    rates = pairs[(pairs["measure"] == "growth") & pairs["change"].notna()]
    growth = notebook.in_words(rates, "en", ["indicator", "change"])
    assert growth["Statistic"].str.endswith(", growth").all()
    assert growth["Change"].str.endswith(" pp").all()


def test_headings_name_the_year_if_there_is_one(pairs: pd.DataFrame) -> None:
    year = int(pairs["year"].iloc[0])
    assert f"{year} outcome" in notebook.in_words(pairs, "en", ["outcome"]).columns
    mixed = pd.concat([pairs, pairs.assign(year=year - 1)])
    assert "Outcome" in notebook.in_words(mixed, "en", ["outcome"]).columns


def test_words_take_one_language_of_two(pairs: pd.DataFrame) -> None:
    reasons = notebook.in_words(pairs, "zh", ["reason"])
    assert reasons.columns.tolist() == ["原因"]
    own = pd.DataFrame({"note": ["one | 一"], "mine": [2.5], "gone": [None]})
    assert notebook.in_words(own, "en").iloc[0].tolist() == ["one", "2.5", "–"]


def test_words_name_the_columns_there_are(pairs: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"no column outcom; it has indicator"):
        notebook.in_words(pairs, "en", ["outcom"])


def test_what_has_no_line_is_placed_by_its_source() -> None:
    row = pd.Series({"line": pd.NA, "page": pd.NA, "section": "", "source": "report_2025"})
    assert "report" in place(row, "en")


# -- HTML -------------------------------------------------------------------------------------
def test_tables_are_html_without_ids() -> None:
    made = _html.table(["a", "b"], [["<x>", "1"], ["<x>", "2"]], "en", numeric=[False, True])
    assert "&lt;x&gt;" in made and "id=" not in made
    assert made.count('scope="row"') == 2 and '<td class="n">1</td>' in made


def test_equal_first_cells_become_one() -> None:
    made = _html.table(["a", "b"], [["x", "1"], ["x", "2"], ["y", "3"]], "en", join_first=True)
    assert made.count(">x<") == 1 and 'rowspan="2"' in made


# -- statistics, glossary, certainty ----------------------------------------------------------
def test_statistics_are_listed_by_theme_with_their_places(
    page: notebook.Page, shown: Shown
) -> None:
    page.statistics("tourism")
    rows = page.about(page.report, "tourism")
    assert shown.html.count("<details") == 3, "three themes"
    assert shown.html.count("<style>") == 1
    assert len(re.findall(r"line \d+", shown.text)) == len(rows)
    page.how_sure()
    assert f"{len(rows)} statements" in shown.text


def test_directions_and_ranks_are_no_exact_numbers() -> None:
    facts = data.load_facts()
    kinds = {"direction": "direction only", "rank": "rank"}
    for measure, words in kinds.items():
        row = facts[facts["measure"] == measure].iloc[0]
        assert _statistics._cells(row, "en")[3] == words
        said = _statistics.how_sure(facts[facts["measure"] == measure], "en")
        assert "0 exact" in said and f"{words} {int((facts['measure'] == measure).sum())}" in said
    spoken = facts[facts["as_printed"] == "全覆盖"]
    assert f"said in words {len(spoken)}" in _statistics.how_sure(spoken, "en")


@pytest.mark.parametrize(("lang", "words"), [("en", "not published"), ("zh", "并非公布数")])
def test_a_base_that_was_worked_out_says_so(lang: str, words: str) -> None:
    from yanshi_analysis import trends

    row = trends.years_to_reach(data.load_facts(), "gdp", 1e11).iloc[0]
    said = notebook.reach(row, lang)
    assert words in said and "×" in said and ("prices" in said or "价格" in said)
    plain = notebook.reach(row.copy().replace(row["basis"], "5% a year | 每年5%"), lang)
    assert words not in plain


def test_glossary_explains_the_terms_of_what_was_listed(page: notebook.Page, shown: Shown) -> None:
    page.statistics("environment")
    page.glossary()
    assert "两降一升" in shown.text and "村BA" not in shown.text
    page.glossary(everything=True)
    assert "村BA" in shown.text


def test_terms_are_found_in_names_notes_and_lines() -> None:
    facts = pd.DataFrame(
        {
            "indicator": ["a", "b"], "region": "1", "year": 1, "line": pd.array([5, 6], "Int64"),
            "source": "s", "note": ["", "甲"], "as_printed": ["1", "1"],
        }
    )  # fmt: skip
    indicators = pd.DataFrame(
        {"indicator": ["a", "b"], "name_zh": ["乙指标", "x"], "definition": ""}
    )
    glossary = pd.DataFrame(
        {"term": ["甲", "乙", "丙", "丁"], "line": pd.array([9, 9, 5, 9], "Int64")}
    )
    assert used(facts, facts, indicators, glossary)["term"].tolist() == ["甲", "乙", "丙"]
    assert used(facts.iloc[:1], facts, indicators, glossary)["term"].tolist() == ["乙", "丙"]
    assert used(facts.iloc[:0], facts, indicators, glossary).empty


# -- saving -----------------------------------------------------------------------------------
def test_finish_saves_all_that_was_shown(page: notebook.Page, shown: Shown, tmp_path: Path) -> None:
    page.show(charts.growth_dumbbell(page.comparison, size="column"), "growth")
    page.table(page.comparison, "pairs", ["indicator", "outcome"])
    page.statistics("tourism")
    page.statistics("visitors")
    files = page.finish()
    out = tmp_path / "out"
    names = sorted(file.relative_to(out).as_posix() for file in files)
    assert names == [
        *(f"charts/made_up_growth_en.{kind}" for kind in ("csv", "pdf", "png", "svg")),
        "tables/made_up_pairs_en.csv",
        "tables/made_up_statistics_en.csv",
        "tables/made_up_tables_en.xlsx",
    ]
    table = pd.read_csv(out / "tables" / "made_up_pairs_en.csv")
    assert len(table) == len(page.comparison) and "target_line" in table, "all columns"
    listed = pd.read_csv(out / "tables" / "made_up_statistics_en.csv")
    assert len(listed) == len(page.about(page.report, "tourism")), "listed twice, saved once"
    assert str(tmp_path) not in shown.text


# -- errors -----------------------------------------------------------------------------------
def run_cell(source: str, capsys: pytest.CaptureFixture[str]) -> str:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    try:
        result = shell.run_cell(source)
        assert not result.success
        return "".join(capsys.readouterr())
    finally:
        InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    "source",
    [
        'notebook.begin("x", year=1950)',
        "page.about(page.report, 'turism')",
        "from yanshi_analysis import charts; charts.growth_dumbbell(page.report)",
    ],
)
def test_errors_read_as_help(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = run_cell(
        f'from yanshi_analysis import notebook\npage = notebook.begin("x")\n{source}', capsys
    )
    assert "This cell could not run." in said
    assert "Traceback" not in said and ".py" not in said


def test_other_errors_keep_their_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    said = run_cell("from yanshi_analysis import notebook\nnotebook.begin('x')\nint('y')", capsys)
    assert "Traceback" in said and "invalid literal" in said


def test_help_names_the_line_of_the_cell() -> None:
    code = compile("x = 1\nraise ValueError('known: a')", "/tmp/ipykernel_1/2.py", "exec")
    with pytest.raises(ValueError, match="known") as caught:
        exec(code)
    lines = _help.help_lines(caught.value, caught.value.__traceback__, "zh")
    assert lines[0] == "本单元格未能运行。" and lines[1] == "known: a"
    assert "line 2" in lines[-1] and "/" not in lines[-1]


def test_outside_a_notebook_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    _html.show({"text/html": "<p>x</p>", "text/plain": "x"})
    assert capsys.readouterr().out == "x\n"

"""The briefing: a deck of native charts and a document, in both languages, without a date in it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Inches

from yanshi_analysis import load_facts, outcomes_vs_targets, reference_class
from yanshi_analysis.export import briefing
from yanshi_analysis.export._briefing import _tables as briefing_tables
from yanshi_analysis.export._natives import (
    attainment_native,
    chance_native,
    change_native,
    projection_native,
)
from yanshi_analysis.export._pptx_chart import _label_side
from yanshi_analysis.export._pptx_table import fitted
from yanshi_analysis.export._section_domain import domain_section
from yanshi_analysis.export._section_outlook import attainment as outlook_attainment
from yanshi_analysis.export._section_outlook import chances
from yanshi_analysis.export._section_targets import growth_targets, level_targets
from yanshi_analysis.export._tables import Tables
from yanshi_analysis.labels import (
    LANGUAGES,
    domain_name,
    indicator_name,
    printed,
    source_line,
    t,
)
from yanshi_analysis.style import DOMAIN_COLORS

ROOT = Path(__file__).resolve().parents[1]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
FACE = "微软雅黑"


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return load_facts()


@pytest.fixture(scope="module")
def comparison(facts: pd.DataFrame) -> pd.DataFrame:
    return outcomes_vs_targets(facts)


@pytest.fixture(scope="module")
def projections() -> pd.DataFrame:
    rows = [
        ("gdp", 2021, "", "", 4, 300e8, np.nan, np.nan, True),
        ("gdp", 2022, "", "", 4, 320e8, np.nan, np.nan, True),
        ("gdp", 2023, "trend", "damped trend", 4, 340e8, 330e8, 352e8, False),
        ("gdp", 2024, "trend", "damped trend", 4, 355e8, 338e8, 375e8, False),
    ]
    columns = ["indicator", "year", "scenario", "method", "n", "mean", "lo80", "hi80", "observed"]
    table = pd.DataFrame(rows, columns=columns)
    words = {"basis": "four years | 四年", "note": "", "source": "report_2025"}
    return table.assign(region="410307", unit_base="yuan", lo95=np.nan, hi95=np.nan, **words)


@pytest.fixture(scope="module", params=LANGUAGES)
def made(
    request: pytest.FixtureRequest,
    facts: pd.DataFrame,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path, Path]:
    lang = request.param
    deck, paper = briefing(facts, tmp_path_factory.mktemp("briefing"), lang=lang)
    return lang, deck, paper


# -- the deck ----------------------------------------------------------------------------------
def _frames(show: Any) -> Iterator[Any]:
    for slide in show.slides:
        yield from (shape for shape in slide.shapes if shape.has_chart or shape.has_table)


def test_the_deck_is_wide_and_every_slide_has_a_title_and_notes(
    made: tuple[str, Path, Path],
) -> None:
    show = Presentation(str(made[1]))
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9, rel=1e-3)
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert all(slide.notes_slide.notes_text_frame.text for slide in show.slides)


def test_there_is_a_slide_for_each_domain_targets_method_and_sources(
    made: tuple[str, Path, Path], facts: pd.DataFrame
) -> None:
    lang, deck, _ = made
    labels = [
        shape.text_frame.text
        for slide in Presentation(str(deck)).slides
        for shape in slide.shapes
        if shape.name == "label"
    ]
    wanted = [domain_name(one, lang) for one in DOMAIN_COLORS]
    wanted += [t(f"export.label_{one}", lang) for one in ("growth", "levels", "method", "sources")]
    assert set(wanted) <= set(labels)


def test_charts_are_native_and_hold_the_numbers(
    made: tuple[str, Path, Path], comparison: pd.DataFrame
) -> None:
    lang, deck, _ = made
    show = Presentation(str(deck))
    charts = [frame.chart for frame in _frames(show) if frame.has_chart]
    assert len(charts) >= 5
    assert not any(shape.shape_type == 13 for slide in show.slides for shape in slide.shapes)
    growth = comparison[
        (comparison["measure"] == "growth") & (comparison["comparability"] != "caveat")
    ].sort_values("outcome_line", kind="stable")
    chart = charts[0]
    assert list(chart.plots[0].categories) == [
        indicator_name(one, lang) for one in growth["indicator"]
    ]
    outcome, target = chart.plots[0].series
    assert list(outcome.values) == growth["outcome"].tolist()
    assert list(target.values) == growth["target"].tolist()
    with zipfile.ZipFile(deck) as archive:
        xml = archive.read("ppt/charts/" + Path(chart.part.partname).name).decode()
        written = re.findall(r"<c:v>([\d.]+)</c:v>", xml)
        assert {f"{one:g}" for one in growth["outcome"]} <= {f"{float(one):g}" for one in written}
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    sheet = book.worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == growth[
        "outcome"
    ].tolist()


def test_targets_are_hollow_and_outcomes_filled(made: tuple[str, Path, Path]) -> None:
    chart = next(frame.chart for frame in _frames(Presentation(str(made[1]))) if frame.has_chart)
    outcome, target = chart.plots[0].series
    assert str(target.format.fill.fore_color.rgb) == "FFFFFF"
    assert str(outcome.format.fill.fore_color.rgb) != "FFFFFF"
    assert target.format.line.color.rgb == outcome.format.fill.fore_color.rgb


def test_every_text_has_a_latin_and_an_east_asian_face(made: tuple[str, Path, Path]) -> None:
    show = Presentation(str(made[1]))
    roots = [slide._element for slide in show.slides]
    roots += [slide.notes_slide._element for slide in show.slides]
    roots += [frame.chart._chartSpace for frame in _frames(show) if frame.has_chart]
    runs = [run for root in roots for tag in ("rPr", "defRPr") for run in root.iter(f"{A}{tag}")]
    assert len(runs) > 300
    for run in runs:
        assert run.find(f"{A}ea").get("typeface") == FACE
        assert run.find(f"{A}latin").get("typeface")
    for root in roots:  # no run without properties
        assert all(run.find(f"{A}rPr") is not None for run in root.iter(f"{A}r"))
    with zipfile.ZipFile(made[1]) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert theme.count(f'<a:ea typeface="{FACE}"/>') == 2


def test_every_chart_and_table_has_an_alt_text_with_what_it_shows(
    made: tuple[str, Path, Path], comparison: pd.DataFrame
) -> None:
    lang, deck, _ = made
    frames = list(_frames(Presentation(str(deck))))
    for frame in frames:
        properties = frame._element.nvGraphicFramePr.cNvPr
        assert len(properties.get("descr")) > 20
        assert properties.get("name")
    first = next(frame for frame in frames if frame.has_chart)
    alt = first._element.nvGraphicFramePr.cNvPr.get("descr")
    growth = comparison[comparison["measure"] == "growth"].iloc[0]
    assert indicator_name(growth["indicator"], lang) in alt
    assert f"{growth['outcome']:g}" in alt


def test_notes_say_where_each_number_stands(
    made: tuple[str, Path, Path], comparison: pd.DataFrame
) -> None:
    lang, deck, _ = made
    show = Presentation(str(deck))
    slide = next(
        slide
        for slide in show.slides
        if any(
            shape.name == "label" and shape.text_frame.text == t("export.label_growth", lang)
            for shape in slide.shapes
        )
    )
    notes = slide.notes_slide.notes_text_frame.text.split("\n")
    growth = comparison[
        (comparison["measure"] == "growth") & (comparison["comparability"] != "caveat")
    ]
    for row in growth.to_dict("records"):
        for side in ("outcome", "target"):
            line = str(row[f"{side}_line"])
            found = [note for note in notes if re.search(rf"(?<!\d){line}(?!\d)", note)]
            assert found, (row["indicator"], side)


def test_nothing_stands_outside_a_slide_and_no_type_is_tiny(
    made: tuple[str, Path, Path],
) -> None:
    show = Presentation(str(made[1]))
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= show.slide_width + 1
            assert shape.top + shape.height <= show.slide_height + 1
        sizes = [int(run.get("sz")) for run in slide._element.iter(f"{A}rPr") if run.get("sz")]
        assert min(sizes) >= 1000
        title = slide.shapes.title
        size = title.text_frame.paragraphs[0].runs[0].font.size.pt
        high = fitted([title.text_frame.text], size, title.width / Inches(1))
        assert high <= title.height / Inches(1) + 0.05, title.text_frame.text


def test_a_table_that_is_too_long_says_how_many_rows_are_left_out(
    made: tuple[str, Path, Path],
) -> None:
    show = Presentation(str(made[1]))
    for slide in show.slides:
        for shape in slide.shapes:
            if shape.has_table:
                assert len(shape.table.rows) > 1
                bottom = shape.top + sum(row.height for row in shape.table.rows)
                assert bottom <= Inches(7.0)
    assert any(shape.name == "more" for slide in show.slides for shape in slide.shapes)


# -- what stands side by side, and where it comes from -------------------------------------------
def _tables(facts: pd.DataFrame, lang: str) -> Tables:
    none = pd.DataFrame()
    return briefing_tables(facts, None, "410307", None, None, none, none, None, lang)


def _fact(facts: pd.DataFrame, pair: dict[Any, Any]) -> pd.Series:
    """Return the fact behind the target of a pair."""
    return facts[
        (facts["indicator"] == pair["target_indicator"])
        & (facts["measure"] == pair["measure"])
        & (facts["region"] == pair["region"])
        & (facts["kind"] == "target")
        & (facts["year"] == pair["target_year"])
    ].iloc[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_row_of_a_domain_holds_both_numbers_of_a_pair_that_is_not_comparable(
    facts: pd.DataFrame, lang: str
) -> None:
    tables = _tables(facts, lang)
    made = [domain_section(tables, domain, lang) for domain in DOMAIN_COLORS]
    shown = [one.table.rows for one in made if one is not None and one.table is not None]
    rows = [row for table in shown for row in table]
    pairs = tables.comparison
    caveats = pairs[pairs["comparability"] == "caveat"]
    assert len(caveats) > 10
    for pair in caveats.to_dict("records"):
        names = [tables.indicators[str(pair[one])] for one in ("indicator", "target_indicator")]
        outcome = printed(pair, lang, "outcome")
        target = printed(_fact(facts, pair), lang)
        for name, done, aim in (row for row in rows if row[0] in names):
            assert not (outcome in done and target in aim), (name, done, aim)
        assert any(name == names[1] and target in aim for name, _, aim in rows), names[1]
    wording = pairs[pairs["comparability"] == "wording"]
    assert len(wording)
    for pair in wording.to_dict("records"):  # another word for the same thing may share a row
        outcome, target = (printed(pair, lang, side) for side in ("outcome", "target"))
        name = tables.indicators[str(pair["indicator"])]
        assert any(row[0] == name and outcome in row[1] and target in row[2] for row in rows)


def test_a_pair_of_one_indicator_that_is_not_comparable_has_two_rows(facts: pd.DataFrame) -> None:
    tables = _tables(facts, "en")
    pairs = tables.comparison
    at = (pairs["indicator"] == "tourism_revenue") & (pairs["measure"] == "level")
    assert at.any()
    marked = pairs.assign(comparability=pairs["comparability"].mask(at, "caveat"))
    section = domain_section(tables._replace(comparison=marked), "tourism", "en")
    assert section is not None
    assert section.table is not None
    name = tables.indicators["tourism_revenue"]
    found = [row for row in section.table.rows if row[0] == name]
    assert [(row[1] == "–", row[2] == "–") for row in found] == [(False, True), (True, False)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_chances_name_the_sources_of_their_cases_and_what_to_keep_in_mind(
    facts: pd.DataFrame, lang: str
) -> None:
    tables = _tables(facts, lang)
    section = chances(tables, lang)
    assert section is not None
    assert source_line(tables.chances, lang) != section.source
    used = [tables.chances["source"]]
    used += [
        reference_class(facts, row["indicator"], measure=row["measure"])[f"{side}_source"]
        for row in tables.chances.to_dict("records")
        for side in ("target", "outcome")
    ]
    assert section.source == source_line(pd.DataFrame({"source": pd.concat(used)}), lang)
    assert t("export.attainment_selection", lang) in section.points
    assert t("export.chances_read", lang) in section.points
    assert section.native is not None
    assert all("n = " in name for name in section.native.categories)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_often_targets_were_met_is_said_with_each_indicators_own_years(
    facts: pd.DataFrame, lang: str
) -> None:
    tables = _tables(facts, lang)
    section = outlook_attainment(tables, lang)
    assert section is not None
    jobs = tables.attainment[tables.attainment["indicator"] == "new_urban_jobs"]
    assert jobs["year"].min() > tables.attainment["year"].min()
    assert f"{jobs['year'].min()}–{jobs['year'].max()}" in section.title
    assert str(tables.attainment["year"].min()) not in section.title


def test_level_targets_are_levels(facts: pd.DataFrame) -> None:
    tables = _tables(facts, "en")
    section = level_targets(tables, "en")
    pairs = tables.comparison
    rates = pairs[(pairs["measure"] == "share") & (pairs["comparability"] != "caveat")]
    assert len(rates)
    assert section is not None
    assert section.table is not None
    listed = {row[0] for row in section.table.rows}
    assert not listed & {tables.indicators[str(one)] for one in rates["indicator"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_target_printed_in_words_alone_is_shown_in_words(facts: pd.DataFrame, lang: str) -> None:
    tables = _tables(facts, lang)
    pairs = tables.comparison
    row = pairs[pairs["indicator"] == "disposable_income_per_capita"].iloc[0]
    assert not re.search(r"\d", row["target_as_printed"])
    section = growth_targets(tables, lang)
    assert section is not None
    assert section.table is not None
    name = tables.indicators["disposable_income_per_capita"]
    (shown,) = [cells for cells in section.table.rows if cells[0] == name]
    assert shown[2] == printed(row, lang, "target")
    if lang == "zh":
        assert row["target_as_printed"] in shown[2]


# -- the document ------------------------------------------------------------------------------
def test_the_document_has_headings_findings_pictures_tables_and_sources(
    made: tuple[str, Path, Path],
) -> None:
    lang, deck, path = made
    paper = Document(str(path))
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert {domain_name(one, lang) for one in DOMAIN_COLORS} <= set(headings)
    assert t("export.label_sources", lang) in headings
    texts = {one.text for one in paper.paragraphs}
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(deck)).slides]
    assert set(titles) <= texts
    assert len(paper.tables) >= 12
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None


def test_every_picture_has_a_computed_alt_text(made: tuple[str, Path, Path]) -> None:
    paper = Document(str(made[2]))
    properties = list(paper.element.body.iter(f"{WP}docPr"))
    assert len(properties) >= 6
    assert len({one.get("id") for one in properties}) == len(properties)
    for one in properties:
        assert len(one.get("descr")) > 40
        assert one.get("name")


def test_every_run_of_the_document_has_an_east_asian_face(made: tuple[str, Path, Path]) -> None:
    paper = Document(str(made[2]))
    fonts = list(paper.element.body.iter(f"{W}rFonts"))
    assert {one.get(f"{W}eastAsia") for one in fonts} == {FACE}
    for name in ("Normal", "Title", "Heading 1", "Caption", "List Bullet"):
        style = paper.styles[name].element
        assert style.find(f".//{W}rFonts").get(f"{W}eastAsia") == FACE


def test_the_document_lists_the_place_of_every_figure(
    made: tuple[str, Path, Path], facts: pd.DataFrame
) -> None:
    paper = Document(str(made[2]))
    rows = paper.tables[-1]._tbl.tr_lst[1:]
    lines = {"".join(one.text for one in row.tc_lst[-1].iter(f"{W}t")) for row in rows}
    year = facts.loc[(facts["region"] == "410307") & (facts["kind"] == "target"), "year"].max()
    own = facts[
        (facts["region"] == "410307")
        & facts["kind"].isin(["outcome", "target"])
        & facts["year"].between(year - 1, year)
        & facts["line"].notna()
    ]
    assert {str(line) for line in own["line"]} <= lines


# -- the same bytes, whole files, clear errors ---------------------------------------------------
_SCRIPT = """
import sys
import matplotlib
matplotlib.use("agg")
from yanshi_analysis import load_facts
from yanshi_analysis.export import briefing
briefing(load_facts(), sys.argv[1], lang="zh")
"""


@pytest.mark.parametrize("made", ["zh"], indirect=True)
def test_two_processes_give_the_same_bytes_as_this_one(
    made: tuple[str, Path, Path], tmp_path: Path
) -> None:
    _, *here = made
    subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Asia/Shanghai"},
        check=True,
        cwd=ROOT,
    )
    for path in here:
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_no_date_is_inside(made: tuple[str, Path, Path]) -> None:
    def check(content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml")
            assert b"<dcterms:" not in core
            for name in archive.namelist():
                assert "thumbnail" not in name
                assert "printerSettings" not in name
                if name.endswith(".xlsx"):
                    check(archive.read(name))

    for path in made[1:]:
        check(path.read_bytes())


def test_projections_are_lines_with_a_dashed_future(
    facts: pd.DataFrame, projections: pd.DataFrame, tmp_path: Path
) -> None:
    (deck,) = briefing(facts, tmp_path, formats=["pptx"], projections=projections, name="p")
    charts = [frame.chart for frame in _frames(Presentation(str(deck))) if frame.has_chart]
    chart = next(one for one in charts if one.plots[0].categories[0] == "2021")
    history, ahead, low, _ = chart.plots[0].series
    assert list(history.values) == [30.0, 32.0, None, None]
    assert list(ahead.values) == [None, 32.0, 34.0, 35.5]
    assert list(low.values) == [None, None, 33.0, 33.8]
    assert history.format.line.dash_style is None
    assert ahead.format.line.dash_style is not None


def test_a_projection_without_an_interval_says_so(projections: pd.DataFrame) -> None:
    two = projections.assign(lo80=np.nan, hi80=np.nan)
    native = projection_native(two, "en")
    assert native is not None
    assert [one.role for one in native.series] == ["observed", "projected"]


def test_scenarios_start_where_the_history_is_carried_on_to() -> None:
    rows = [
        (2023, "observed", 100.0),
        (2024, "derived_base", 106.0),
        (2025, "last_growth", 112.0),
        (2025, "target_growth", 118.0),
    ]
    table = pd.DataFrame(rows, columns=["year", "scenario", "mean"]).assign(
        indicator="gdp", region="410307", unit_base="yuan", lo80=np.nan, hi80=np.nan
    )
    native = projection_native(table.assign(observed=table["scenario"] == "observed"), "en")
    assert native is not None
    assert [one.role for one in native.series] == ["observed", "implied", "projected", "projected"]
    assert [one.values for one in native.series] == [
        (100.0, None, None),
        (100.0, 106.0, None),
        (None, 106.0, 112.0),
        (None, 106.0, 118.0),
    ]
    lower, upper = native.series[2:]
    assert (_label_side(native, lower), _label_side(native, upper)) == (-1, 1)


def test_targets_with_too_few_cases_get_no_chance() -> None:
    table = pd.DataFrame(
        {
            "indicator": ["gdp", "retail_sales"],
            "chance": [0.814, np.nan],
            "year": 2025,
            "n": [61, 6],
        }
    )
    native = chance_native(table, "zh")
    assert native is not None
    assert "n = 61" in native.categories[0]
    assert native.series[0].values == (81.0,)
    assert chance_native(table.tail(1), "zh") is None


def test_empty_parts_are_left_out(
    facts: pd.DataFrame, comparison: pd.DataFrame, tmp_path: Path
) -> None:
    none = pd.DataFrame()
    (deck,) = briefing(
        facts,
        tmp_path,
        formats=["pptx"],
        comparison=comparison.head(0),
        attainment=none,
        inconsistencies=none,
        projections=none,
        chances=none,
    )
    labels = [
        shape.text_frame.text
        for slide in Presentation(str(deck)).slides
        for shape in slide.shapes
        if shape.name == "label"
    ]
    assert labels[-2:] == [t("export.label_method", "en"), t("export.label_sources", "en")]
    assert len(labels) == len(DOMAIN_COLORS) + 2


def test_native_charts_keep_gaps_and_drop_what_cannot_be_drawn(comparison: pd.DataFrame) -> None:
    rows = comparison[comparison["measure"] == "level"].head(3).copy()
    rows["change_pct"] = [np.inf, np.nan, 5.0]
    native = change_native(rows, "zh")
    assert native is not None
    assert native.series[0].values == (5.0,)
    assert change_native(rows.head(0), "zh") is None
    years = pd.DataFrame(
        {
            "indicator": "gdp",
            "region": "000000",
            "measure": "growth",
            "year": [2019, 2021, 2022],
            "target": [6.0, 6.0, 5.5],
            "outcome": [6.1, 8.1, 3.0],
        }
    )
    lines = attainment_native(years, "en")
    assert lines is not None
    assert lines.categories == ("2019", "2020", "2021", "2022")
    assert lines.series[0].values == (6.1, None, 8.1, 3.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": "fr"}, "unknown language 'fr'; known: en, zh"),
        ({"formats": ["pdf"]}, "unknown format 'pdf'; known: pptx, docx"),
        ({"formats": []}, "formats is a list"),
        ({"formats": "pptx"}, "formats is a list"),
        ({"name": "../x"}, "file name"),
        ({"year": 1888}, "no outcomes of 1888"),
        ({"region": "999999"}, "no outcomes of region '999999'"),
    ],
)
def test_bad_input_is_said_before_anything_is_written(
    facts: pd.DataFrame, options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=message):
        briefing(facts, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_no_facts_at_all_is_said_clearly(facts: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        briefing(facts.head(0), tmp_path)

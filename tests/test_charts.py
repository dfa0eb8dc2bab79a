"""Charts: what is drawn, on the drawn figure; nothing overlaps, is cut off or too small to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from yanshi_analysis import charts, compare, data, findings, style, trends
from yanshi_analysis.charts import _place, _text

SIZES = tuple(style.SIZES)
LANGS = ("en", "zh")
LEAST_POINTS = {"slide": 11.0, "half": 7.0, "column": 7.0}

Draw = Callable[..., Axes]
Case = tuple[Draw, pd.DataFrame, dict[str, Any]]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("Agg")
    yield
    plt.close("all")


def projection(scenarios: bool = False, scale: float = 1e9) -> pd.DataFrame:
    """Made-up rows of a projection: ten years of history and five ahead."""
    nan = float("nan")
    mean = [scale * (1 + i / 9) for i in range(10)]
    past = pd.DataFrame({"year": range(2011, 2021), "mean": mean, "scenario": "", "observed": True})
    parts = [past]
    for name, pace in (
        (("central", 1.05),)
        if not scenarios
        else (
            ("growth_of_last_year", 1.157),
            ("growth_of_target", 1.10),
            ("pace_of_target_level", 1.11),
        )
    ):
        steps = np.arange(1, 6)
        ahead = 2 * scale * pace**steps
        wide = 0.02 * np.sqrt(steps) * ahead
        parts.append(
            pd.DataFrame(
                {
                    "year": 2020 + steps,
                    "mean": ahead,
                    "scenario": name,
                    "observed": False,
                    "lo80": nan if scenarios else ahead - wide,
                    "hi80": nan if scenarios else ahead + wide,
                    "lo95": nan if scenarios else ahead - 2 * wide,
                    "hi95": nan if scenarios else ahead + 2 * wide,
                }
            )
        )
    return (
        pd.concat(parts, ignore_index=True)
        .reindex(columns=["year", "mean", "scenario", "observed", "lo80", "hi80", "lo95", "hi95"])
        .assign(
            indicator="gdp",
            region="410300",
            method="median of three methods",
            n=10,
            unit_base="yuan",
            source="report_2025",
        )
    )


@cache
def real() -> dict[str, Case]:
    """Every chart with a table of the real data."""
    facts = data.load_facts()
    region = "410307"
    own = facts[facts["region"] == region]
    pairs = compare.outcomes_vs_targets(facts)
    reached = compare.attainment(facts)
    base = compare.implied_base(facts)
    level = pairs[pairs["measure"] == "level"]
    parts = [
        "gdp",
        *(f"{name}_industry_value_added" for name in ("primary", "secondary", "tertiary")),
    ]
    target = pairs[(pairs["indicator"] == "gdp") & (pairs["measure"] == "growth")].iloc[0]
    return {
        "growth_dumbbell": (charts.growth_dumbbell, pairs, {}),
        "level_bars": (charts.level_bars, level[level["unit_base"] == "yuan"], {"base": base}),
        "level_bars_one": (
            charts.level_bars,
            level[level["indicator"] == "tourist_visits"],
            {"base": base},
        ),
        "level_bars_index": (charts.level_bars, level, {"base": base, "scale": "index"}),
        "required_vs_achieved": (charts.required_vs_achieved, pairs, {}),
        "stance_overview": (charts.stance_overview, pairs, {}),
        "attainment_bullets": (
            charts.attainment_bullets,
            reached[reached["region"] == "410000"],
            {},
        ),
        "attainment_bullets_regions": (
            charts.attainment_bullets,
            reached[reached["indicator"] == "gdp"],
            {},
        ),
        "attainment_bullets_mixed": (
            charts.attainment_bullets,
            reached[reached["region"] == "000000"],
            {},
        ),
        "attainment_heatmap": (charts.attainment_heatmap, reached, {}),
        "miss_distribution": (
            charts.miss_distribution,
            reached[reached["indicator"] == "gdp"],
            {"target": target},
        ),
        "composition": (charts.composition, own[own["kind"] == "outcome"], {}),
        "composition_both": (charts.composition, own, {}),
        "composition_whole": (
            charts.composition,
            own[own["indicator"].isin(parts)],
            {"whole": "gdp"},
        ),
        "small_multiples": (charts.small_multiples, own, {"base": base}),
        "fan": (charts.fan, trends.project(facts, "gdp", region="410300"), {}),
        "fan_growth": (charts.fan, trends.project(facts, "gdp", measure="growth"), {}),
        "fan_scenarios": (charts.fan, trends.project(facts, "tourist_visits"), {}),
        "fan_derived": (charts.fan, trends.project(facts, "gdp"), {}),
        "direction_arrows": (charts.direction_arrows, own, {}),
        "kpi_tiles": (charts.kpi_tiles, pairs, {}),
    }


REAL = tuple(real())


# -- measuring what is drawn -----------------------------------------------------------------
def texts(ax: Axes) -> list[Text]:
    """Every visible text of the chart and of the panels inside it."""
    found: list[Text] = []
    for artist in ax.figure.findobj(Text):
        assert isinstance(artist, Text)
        if artist.get_visible() and artist.get_text().strip():
            found.append(artist)
    return found


def boxes(ax: Axes) -> list[tuple[str, Bbox, Text]]:
    """Text, box in points and artist of every text on the drawn figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    scale = 72 / figure.dpi
    found = []
    for artist in texts(ax):
        axes = artist.axes
        if (
            axes is not None
            and artist in [*axes.get_xticklabels(), *axes.get_yticklabels()]
            and (not axes.axison)
        ):
            continue
        box = Text.get_window_extent(artist, renderer)
        found.append(
            (
                artist.get_text(),
                Bbox.from_extents(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale),
                artist,
            )
        )
    return found


def problems(ax: Axes, size: str) -> list[str]:
    """What a reader would complain of: overlap, text cut off, type too small, lost characters."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    wide, high = figure.get_size_inches() * 72
    placed = boxes(ax)
    bad = []
    for text, box, artist in placed:
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > wide + 0.5 or box.y1 > high + 0.5:
            bad.append(f"cut off: {text!r} {box.extents.round(1)} in {wide:.0f} x {high:.0f}")
        if artist.get_fontsize() < LEAST_POINTS[size] - 0.05:
            bad.append(f"{artist.get_fontsize():.1f} points: {text!r}")
        style.check_glyphs(text)
    slack = 1.2  # ascent and descent reach beyond the letters
    for i, (text, box, _) in enumerate(placed):
        for other, second, _ in placed[i + 1 :]:
            across = min(box.x1, second.x1) - max(box.x0, second.x0)
            up = min(box.y1, second.y1) - max(box.y0, second.y0)
            if across > slack and up > max(slack, 0.16 * min(box.height, second.height)):
                bad.append(f"overlap {across:.1f} x {up:.1f}: {text!r} and {other!r}")
    return bad


# -- on the real data ------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REAL)
def test_text_is_readable_everywhere(name: str, lang: str, size: str) -> None:
    draw, table, more = real()[name]
    ax = draw(table, lang=lang, size=size, **more)
    assert not problems(ax, size)
    info = charts.describe(ax)
    assert info.lang == lang and info.title and info.alt and len(info.rows)
    assert info.title in info.alt
    assert info.source.startswith("Source" if lang == "en" else "资料来源")
    wide, high = ax.figure.get_size_inches()
    assert (wide, high) == style.SIZES[size][:2]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REAL)
def test_a_chart_fills_the_axes_it_is_given(name: str, lang: str) -> None:
    draw, table, more = real()[name]
    figure = plt.figure(figsize=(14, 8))
    given = figure.add_axes((0.5, 0.2, 0.45, 0.7))
    ax = draw(table, ax=given, lang=lang, **more)
    assert ax is given and figure.axes == [given]
    assert not problems(ax, "half")
    inside = [box for _, box, _ in boxes(ax)]
    assert min(box.x0 for box in inside) >= 0.5 * 14 * 72 - 1
    assert max(box.x1 for box in inside) <= 0.95 * 14 * 72 + 1
    assert min(box.y0 for box in inside) >= 0.2 * 8 * 72 - 1
    assert max(box.y1 for box in inside) <= 0.9 * 8 * 72 + 1


def test_drawing_changes_no_setting() -> None:
    before = dict(mpl.rcParams)
    for draw, table, more in real().values():
        draw(table, lang="zh", size="column", **more)
        plt.close("all")
    assert dict(mpl.rcParams) == before


def test_drawing_changes_no_table() -> None:
    for draw, table, more in real().values():
        copy = table.copy()
        draw(table, size="half", **more)
        pd.testing.assert_frame_equal(table, copy)
        plt.close("all")


# -- what the marks mean ---------------------------------------------------------------------
def by_gid(ax: Axes, gid: str) -> list[Any]:
    return [artist for artist in ax.figure.findobj() if artist.get_gid() == gid]


def test_outcomes_are_filled_and_targets_hollow() -> None:
    draw, table, more = real()["growth_dumbbell"]
    ax = draw(table, **more)
    rows = charts.describe(ax).rows
    outcomes, targets = by_gid(ax, "outcome"), by_gid(ax, "target")
    assert [line.get_xdata()[0] for line in outcomes] == list(rows["outcome"])
    assert [line.get_xdata()[0] for line in targets] == list(rows["target"])
    assert all(line.get_markerfacecolor() == style.PAPER for line in targets)
    assert all(line.get_markerfacecolor() != style.PAPER for line in outcomes)
    changes = [text.get_text() for text in by_gid(ax, "change")]
    assert changes == [findings.signed(change, "en") for change in rows["change"]]


def test_level_bars_show_values_and_the_interval_of_the_implied_year() -> None:
    draw, table, more = real()["level_bars_one"]
    ax = draw(table, size="half", **more)
    row = charts.describe(ax).rows.iloc[0]
    (outcome,), (target,), (base,) = (by_gid(ax, name) for name in ("outcome", "target", "base"))
    assert outcome.get_width() == row["outcome"] and target.get_width() == row["target"]
    assert mpl.colors.to_hex(target.get_facecolor()) == style.PAPER.lower()
    implied = more["base"]
    implied = implied[
        (implied["indicator"] == row["indicator"]) & (implied["region"] == row["region"])
    ].iloc[0]
    assert base.get_width() == implied["implied"]
    (interval,) = by_gid(ax, "interval")
    assert list(interval.get_xdata()) == [implied["implied_low"], implied["implied_high"]]


def test_required_pace_is_drawn_as_computed() -> None:
    draw, table, more = real()["required_vs_achieved"]
    ax = draw(table, **more)
    rows = charts.describe(ax).rows
    assert [line.get_xdata()[0] for line in by_gid(ax, "target")] == list(rows["required_growth"])
    known = rows["achieved_growth"].dropna()
    assert [line.get_xdata()[0] for line in by_gid(ax, "outcome")] == list(known)


def test_every_target_has_its_square() -> None:
    draw, table, more = real()["stance_overview"]
    ax = draw(table, **more)
    for stance in ("raised", "held", "lowered"):
        assert len(by_gid(ax, stance)) == int((table["stance"] == stance).sum())
    floors = by_gid(ax, "lowered")
    hollow = [patch for patch in floors if mpl.colors.to_hex(patch.get_facecolor()) == "#ffffff"]
    assert len(hollow) == int((table["verdict"] == "floor_below_outcome").sum())


def test_the_tolerance_of_the_wording_is_drawn() -> None:
    draw, table, more = real()["attainment_bullets"]
    ax = draw(table, size="slide", **more)
    rows = charts.describe(ax).rows
    bands = by_gid(ax, "tolerance")
    for band, (_, row) in zip(bands, rows.iterrows(), strict=True):
        if row["target_qualifier"] == "about":
            assert band.get_x() == pytest.approx(row["target"] - row["tolerance"])
            assert band.get_width() == pytest.approx(2 * row["tolerance"])
    assert [bar.get_width() for bar in by_gid(ax, "outcome")] == pytest.approx(
        list(rows["outcome"])
    )


def test_the_heat_map_marks_missed_targets_in_bold() -> None:
    draw, table, more = real()["attainment_heatmap"]
    ax = draw(table, size="slide", **more)
    rows = charts.describe(ax).rows
    cells = by_gid(ax, "cell")
    assert len(cells) == len(rows)
    bold = [cell for cell in cells if cell.get_weight() == "bold"]
    assert len(bold) == int((rows["met"] == "missed").sum())


def test_each_case_is_a_dot_near_its_miss() -> None:
    draw, table, more = real()["miss_distribution"]
    ax = draw(table, size="slide", **more)
    (dots,) = [artist for artist in by_gid(ax, "cases") if isinstance(artist, PathCollection)]
    places = np.sort(np.asarray(dots.get_offsets())[:, 0])
    gaps = np.sort(charts.describe(ax).rows["gap"].to_numpy(float))
    assert len(places) == len(table) and np.abs(places - gaps).max() < 0.1
    assert f"n = {len(table)}" in charts.describe(ax).subtitle
    assert len(by_gid(ax, "target")) == 1


def test_shares_of_a_whole_end_where_the_parts_do() -> None:
    draw, table, more = real()["composition_whole"]
    ax = draw(table, **more)
    rows = charts.describe(ax).rows
    widths = [bar.get_width() for bar in by_gid(ax, "part")]
    assert sum(widths) == pytest.approx(rows["share"].sum())
    with pytest.raises(ValueError, match="add up to"):
        charts.composition(
            pd.concat([table, table[table["indicator"] == "gdp"].assign(indicator="gross_again")]),
            whole="gdp",
        )
    with pytest.raises(ValueError, match="states no level of the whole"):
        charts.composition(table, whole="grain_output")


def test_projections_are_dashed_and_bands_nest() -> None:
    ax = charts.fan(projection(), size="half")
    (line,) = by_gid(ax, "projection")
    (history,) = by_gid(ax, "history")
    assert line.get_linestyle() != "-" and history.get_linestyle() == "-"
    assert style.luminance(mpl.colors.to_hex(line.get_color()).upper()) > style.luminance(
        mpl.colors.to_hex(history.get_color()).upper()
    )
    (inner,), (outer,) = by_gid(ax, "band 80"), by_gid(ax, "band 95")
    assert outer.get_datalim(ax.transData).height > inner.get_datalim(ax.transData).height
    assert "n = 10" in charts.describe(ax).subtitle
    ends = [text.get_text() for text in by_gid(ax, "end")]
    assert sum(end.startswith("80%") for end in ends) == 2
    scenarios = charts.fan(projection(scenarios=True), size="half")
    assert len(by_gid(scenarios, "projection")) == 3
    assert not by_gid(scenarios, "band 80") and not by_gid(scenarios, "band 95")


def test_computed_base_years_are_no_scenarios() -> None:
    for name in ("fan_scenarios", "fan_derived"):
        draw, table, more = real()[name]
        ax = draw(table, size="half", **more)
        base = table[table["scenario"].isin(["implied_base", "derived_base"])]
        ahead = table[~table["observed"] & ~table["scenario"].isin(base["scenario"])]
        (mark,) = by_gid(ax, "base")
        assert list(mark.get_xdata()) == list(base["year"])
        lines = by_gid(ax, "projection")
        assert len(lines) == ahead["scenario"].nunique()
        start = table.loc[table["year"] < ahead["year"].min(), "year"].max()
        assert {int(line.get_xdata()[0]) for line in lines} == {int(start)}


def test_notes_for_callers_stay_off_the_chart() -> None:
    draw, table, more = real()["fan_growth"]
    assert table["note"].str.contains("since=").any()
    for lang in LANGS:
        (note,) = by_gid(draw(table, lang=lang, size="slide", **more), "note")
        assert "=" not in note.get_text()


def test_small_multiples_start_at_zero() -> None:
    draw, table, more = real()["small_multiples"]
    ax = draw(table, **more)
    assert len(ax.child_axes) > 3
    assert all(panel.get_ylim()[0] == 0 for panel in ax.child_axes)


def test_arrows_point_where_the_report_says() -> None:
    draw, table, more = real()["direction_arrows"]
    ax = draw(table, size="slide", **more)
    rows = charts.describe(ax).rows
    for kind in ("outcome", "target"):
        assert len(by_gid(ax, kind)) == int((rows["kind"] == kind).sum())
        for arrow in by_gid(ax, kind):
            hollow = mpl.colors.to_hex(arrow.get_facecolor()) == "#ffffff"
            assert hollow == (kind == "target")


def test_tiles_say_estimates_and_floors() -> None:
    draw, table, more = real()["kpi_tiles"]
    estimated = table[(table["outcome_status"] == "E") & (table["measure"] == "growth")]
    for lang, word in (("en", "est."), ("zh", "预计")):
        ax = draw(estimated, lang=lang, **more)
        assert any(word in text.get_text() for text in by_gid(ax, "figure"))
    floors = table[(table["target_qualifier"] == "at_least") & table["change"].notna()]
    ax = draw(floors, lang="en", **more)
    assert all("≥" in text.get_text() for text in by_gid(ax, "target"))


def test_small_charts_say_how_many_rows_they_show() -> None:
    draw, table, more = real()["attainment_bullets_regions"]
    ax = draw(table, size="column", **more)
    rows = charts.describe(ax).rows
    (note,) = by_gid(ax, "note")
    assert len(rows) < len(table)
    assert str(len(rows)) in note.get_text() and str(len(table)) in note.get_text()


def test_the_source_line_follows_the_rows() -> None:
    draw, table, more = real()["attainment_bullets_regions"]
    one = charts.describe(draw(table[table["region"] == "130000"], lang="en", **more)).source
    assert "Hebei" in one and "Henan" not in one


# -- bad input -------------------------------------------------------------------------------
@pytest.mark.parametrize("name", REAL)
def test_unknown_language_and_size_are_named(name: str) -> None:
    draw, table, more = real()[name]
    with pytest.raises(ValueError, match=r"unknown language 'fr'; known: en, zh"):
        draw(table, lang="fr", **more)
    with pytest.raises(ValueError, match=r"unknown size 'poster'; known: slide, half, column"):
        draw(table, size="poster", **more)
    assert not plt.get_fignums()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [name for name in REAL if name != "composition_whole"])
def test_an_empty_table_gives_a_chart_that_says_so(name: str, lang: str) -> None:
    draw, table, more = real()[name]
    ax = draw(table.head(0), lang=lang, size="column", **more)
    info = charts.describe(ax)
    assert len(info.title) > 5 and info.rows.empty and not info.source
    assert not problems(ax, "column")


MISSING: Mapping[str, tuple[str, ...]] = {
    "growth_dumbbell": ("outcome", "target", "change"),
    "level_bars": ("outcome", "change", "change_pct"),
    "required_vs_achieved": ("required_growth", "achieved_growth"),
    "attainment_bullets": ("outcome", "gap", "attainment_pct"),
    "attainment_heatmap": ("attainment_pct",),
    "miss_distribution": ("gap",),
    "composition": ("value_base",),
    "small_multiples": ("value_base",),
    "fan": ("mean", "lo80", "hi80", "lo95", "hi95"),
    "direction_arrows": ("value_base",),
    "kpi_tiles": ("outcome",),
}


@pytest.mark.parametrize("name", MISSING)
def test_all_missing_values_give_a_chart_that_says_so(name: str) -> None:
    draw, table, more = real()[name]
    ax = draw(table.assign(**dict.fromkeys(MISSING[name], float("nan"))), size="half", **more)
    assert charts.describe(ax).rows.empty and not problems(ax, "half")


@pytest.mark.parametrize("name", REAL)
def test_a_table_of_another_kind_is_refused_with_help(name: str) -> None:
    draw, _, more = real()[name]
    with pytest.raises(ValueError, match=f"{draw.__name__} needs the columns .*it has a, b"):
        draw(pd.DataFrame({"a": [1], "b": [2]}), **more)
    with pytest.raises(TypeError, match="draws a pandas DataFrame, not list"):
        draw([1, 2], **more)
    assert not plt.get_fignums()


def test_several_units_regions_and_years_are_refused_with_help() -> None:
    cases = real()
    draw, table, more = cases["level_bars_index"]
    with pytest.raises(ValueError, match="scale='index'"):
        draw(table, base=more["base"])
    with pytest.raises(ValueError, match="unknown scale 'log'; known: unit, index"):
        draw(table, scale="log")
    with pytest.raises(ValueError, match="draws one region"):
        charts.small_multiples(data.load_facts())
    with pytest.raises(ValueError, match="draws one region"):
        charts.fan(pd.concat([projection(), projection().assign(region="410307")]))
    _, reached, _ = cases["attainment_heatmap"]
    with pytest.raises(ValueError, match="draws one year"):
        charts.attainment_heatmap(pd.concat([reached, reached.assign(year=1999)]))
    assert not plt.get_fignums()


def test_describe_refuses_other_axes() -> None:
    _, ax = plt.subplots()
    with pytest.raises(ValueError, match="holds no chart"):
        charts.describe(ax)


# -- nasty tables ----------------------------------------------------------------------------
LONG_EN = (
    "Value added of small and medium-sized specialised, sophisticated, distinctive and "
    "innovative enterprises above designated size in the circular-economy demonstration zone"
)
LONG_ZH = (
    "洛阳市偃师区循环经济产业示范园区规模以上专精特新中小企业固体废弃物综合利用产业增加值完成情况"
)
NUMBERS = (
    "outcome",
    "target",
    "change",
    "change_pct",
    "required_growth",
    "achieved_growth",
    "gap",
    "attainment_pct",
    "value_base",
    "mean",
    "lo80",
    "hi80",
    "lo95",
    "hi95",
)


def long_names(table: pd.DataFrame) -> pd.DataFrame:
    """Very long names, and one word without a place to break."""
    names = [LONG_EN, "W" * 90, "Short"]
    chinese = [LONG_ZH, LONG_ZH * 2, "短"]
    return table.assign(
        name_en=[names[i % 3] for i in range(len(table))],
        name_zh=[chinese[i % 3] for i in range(len(table))],
    )


def negative(table: pd.DataFrame) -> pd.DataFrame:
    flipped = {column: -table[column].abs() for column in NUMBERS if column in table.columns}
    if "lo80" in flipped:
        flipped |= {f"lo{level}": 1.2 * flipped[f"hi{level}"] for level in ("80", "95")}
    return table.assign(**flipped)


def huge(table: pd.DataFrame) -> pd.DataFrame:
    """Values from a millionth to a million million times what they were."""
    factors = np.array([1e-6, 1.0, 1e12])[np.arange(len(table)) % 3]
    return table.assign(
        **{column: table[column] * factors for column in NUMBERS if column in table.columns}
    )


def one(table: pd.DataFrame) -> pd.DataFrame:
    kept = [column for column in ("change", "required_growth", "gap") if column in table.columns]
    usable = table.dropna(subset=kept) if kept else table
    return usable.head(1)


NASTY = {"long": long_names, "negative": negative, "huge": huge, "one": one}


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("name", [name for name in REAL if name != "composition_whole"])
def test_nasty_tables_are_readable_too(name: str, kind: str) -> None:
    draw, table, more = real()[name]
    # The narrowest size and the one with the largest type, each in one language by turns.
    turn = REAL.index(name) + list(NASTY).index(kind)
    for size, lang in (("column", LANGS[turn % 2]), ("slide", LANGS[(turn + 1) % 2])):
        ax = draw(NASTY[kind](table), lang=lang, size=size, **more)
        assert not problems(ax, size)
        assert charts.describe(ax).title
        plt.close("all")


# -- text and placement ----------------------------------------------------------------------
@pytest.mark.parametrize("text", ["GDP grew 5.8%", "地区生产总值增长5.8%", "PM₂.₅ ≥ 10 µg/m³"])
@pytest.mark.parametrize("bold", [False, True])
def test_measured_widths_are_the_drawn_ones(text: str, bold: bool) -> None:
    with style.use_style("zh"):
        figure = plt.figure()
        artist = figure.text(0, 0, text, fontsize=20, weight="bold" if bold else "normal")
        figure.canvas.draw()
        drawn = artist.get_window_extent().width * 72 / figure.dpi
        assert drawn <= _text.width(text, 20, bold=bold) + 0.5 < 1.1 * drawn


def test_wrapped_lines_fit_and_keep_every_character() -> None:
    with style.use_style("zh"):
        for text in (LONG_EN, LONG_ZH, "W" * 90, "（一）、。" * 30, ""):
            for limit in (30, 80, 300):
                lines = _text.wrap(text, limit, 10).split("\n")
                assert all(_text.width(line, 10) <= limit + 0.01 for line in lines)
                assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_chinese_lines_neither_start_nor_end_with_the_wrong_sign() -> None:
    with style.use_style("zh"):
        text = "全年接待游客665万人次（增长15.7%），综合旅游收入17.5亿元，均超额完成。"
        for limit in range(60, 300, 7):
            for line in _text.wrap(text, limit, 10, balance=False).split("\n"):
                assert line[0] not in "，。）%" and line[-1] not in "（"


def test_spread_labels_do_not_overlap_and_stay_inside() -> None:
    rng = np.random.default_rng(7)
    for _ in range(200):
        count = int(rng.integers(1, 9))
        wanted = rng.uniform(0, 100, count)
        sizes = rng.uniform(1, 10, count)
        placed = _place.spread(list(wanted), list(sizes), 0, 100)
        order = np.argsort(placed)
        for a, b in pairwise(order):
            assert placed[b] - placed[a] >= (sizes[a] + sizes[b]) / 2 - 1e-6
        assert min(p - s / 2 for p, s in zip(placed, sizes, strict=True)) >= -1e-6
        assert max(p + s / 2 for p, s in zip(placed, sizes, strict=True)) <= 100 + 1e-6


def test_limits_leave_room_for_labels() -> None:
    limits = _place.limits_for_labels([(-3, 40, 0), (2, 0, 30), (9, 5, 25)], 200)
    assert limits is not None
    low, high = limits
    per_point = (high - low) / 200
    assert -3 - 40 * per_point >= low - 1e-9 and 9 + 25 * per_point <= high + 1e-9
    assert _place.limits_for_labels([(0, 60, 0), (1, 0, 60)], 100) is None

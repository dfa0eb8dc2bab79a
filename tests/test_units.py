from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yanshi_analysis import units

NAMED = (
    *("元", "万元", "亿元", "万亿元", "人", "万人", "人次", "万人次", "名"),
    *"户家个件项台套张座条处场次所",
    *("斤", "万斤", "亿斤", "公斤", "吨", "万吨", "亩", "万亩"),
    *("平方米", "万平方米", "公顷", "公里", "米", "%", "个百分点"),
)
ALL = sorted({*NAMED, *(f"{p}{c}" for c in units.COUNTERS for p in ("", "万", "亿"))})
NUMBERS = st.one_of(
    st.integers(0, 10**12).map(float),
    st.decimals(0, 10**6, places=3).map(float),
)


@pytest.mark.parametrize("name", NAMED)
def test_every_named_unit_is_known(name: str) -> None:
    assert units.unit(name).base in units.BASE_UNITS
    assert units.unit(name).factor > 0


@given(NUMBERS, st.sampled_from(ALL), st.sampled_from(units.QUALIFIERS), st.integers(1, 99))
def test_parse_reads_back_what_show_prints(
    value: float, name: str, qualifier: str, above: int
) -> None:
    high = value + above if qualifier == "range" else math.nan
    quantity = units.Quantity(value, high, name, qualifier)
    back = units.parse(units.show(quantity))
    assert back[0] == quantity[0]
    assert back[2:] == quantity[2:]
    assert back[1] == high or (math.isnan(back[1]) and math.isnan(high))


@given(NUMBERS, st.sampled_from(ALL), st.sampled_from(units.QUALIFIERS), st.integers(1, 99))
def test_interval_contains_the_value(value: float, name: str, qualifier: str, above: int) -> None:
    high = value + above if qualifier == "range" else math.nan
    printed = units.show(units.Quantity(value, high, name, qualifier))
    low, top = units.interval(value, high, name, qualifier, printed)
    assert low <= units.to_base(value, name) <= top
    if qualifier == "range":
        assert units.to_base(high, name) <= top


@given(st.text(max_size=300))
@example("1" * 10_000)
@example("." * 200)
@example("1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,x")
@example("约约约约约约约约")
@example("²³½٣")
def test_no_text_crashes_the_parser(text: str) -> None:
    try:
        quantity = units.parse(text)
    except units.UnitError:
        return
    assert math.isfinite(quantity.value)
    assert quantity.qualifier in units.QUALIFIERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("665万人次", (665, "万人次", "exact")),
        ("超6万户", (6, "万户", "at_least")),
        ("突破50亿元", (50, "亿元", "at_least")),
        ("不低于32个", (32, "个", "at_least")),
        ("1300余亩", (1300, "亩", "about")),
        ("8000余万元", (8000, "万元", "about")),
        ("2万余件", (2, "万件", "about")),
        ("控制在2%左右", (2, "%", "about")),
        ("2%以内", (2, "%", "at_most")),
        ("５．６亿斤", (5.6, "亿斤", "exact")),
        ("36,370元", (36370, "元", "exact")),
        ("−2.1%", (-2.1, "%", "exact")),
    ],
)
def test_printed_figures(text: str, expected: tuple[float, str, str]) -> None:
    quantity = units.parse(text)
    assert (quantity.value, quantity.unit, quantity.qualifier) == expected


@pytest.mark.parametrize("text", ["", "5", "第1名", "12度电", "二里头", "10—5家", "万", "3家5家"])
def test_what_is_not_one_figure_is_refused(text: str) -> None:
    with pytest.raises(units.UnitError):
        units.parse(text)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("665万人次", 6_645_000, 6_655_000),
        ("17.5亿元", 1_745_000_000, 1_755_000_000),
        ("5.8%", 5.75, 5.85),
        ("6.0%", 5.95, 6.05),
        ("1300余亩", 1300, 1400),
        ("8000余万元", 80_000_000, 90_000_000),
        ("6%左右", 5.5, 6.5),
        ("超6万户", 60_000, math.inf),
        ("2%以内", -math.inf, 2),
        ("10—20家", 10, 20),
    ],
)
def test_interval_follows_the_printed_rounding(printed: str, low: float, high: float) -> None:
    quantity = units.parse(printed)
    assert units.interval(*quantity[:3], quantity.qualifier, printed) == (low, high)


def test_statements_in_words_are_taken_at_their_word() -> None:
    assert units.interval(0.0, math.nan, "起", "exact", "零发生") == (0, 0)
    assert units.interval(1.0, math.nan, "位", "exact", "第1名") == (1, 1)


def test_areas_convert_and_other_dimensions_do_not() -> None:
    assert units.convert(1.0, "mu", "m²") == pytest.approx(2000 / 3)
    with pytest.raises(units.UnitError, match="cannot be expressed"):
        units.convert(1.0, "kg", "yuan")


def test_base_values_are_exact_decimals() -> None:
    assert units.to_base(17.45, "亿元") == 1_745_000_000
    assert units.to_base(0.1, "万元") == 1000
    assert units.to_base(5.6, "亿斤") == 280_000_000

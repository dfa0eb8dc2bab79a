"""Numbers and values as each language speaks them: 6.65 million visits, 665万人次."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from yanshi_analysis import units
from yanshi_analysis.labels._catalogue import check_lang, has, t

MINUS = "\u2212"
#: A value with more significant digits than this was computed, and is shown with `_COMPUTED`.
_PRINTED = 6
_COMPUTED = 4
_NEVER_SCALED = {"%", "pp", "rank", "class", "year", "day", "times", "µg/m³", "direction"}
_ROMAN = ("", "I", "II", "III", "IV", "V")
_CLASSES = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")


@cache
def _scales(lang: str) -> tuple[tuple[Decimal, str], ...]:
    """Return the powers of ten that have a word in a language, largest first, from Babel."""
    from babel.numbers import format_compact_decimal

    powers = (12, 9, 6) if lang == "en" else (12, 8, 4)
    width: Literal["long", "short"] = "long" if lang == "en" else "short"
    return tuple(
        (Decimal(10**power), format_compact_decimal(10**power, format_type=width, locale=lang)[1:])
        for power in powers
    )


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _round(value: Decimal, digits: int) -> Decimal:
    """Round to `digits` significant digits, halves away from zero."""
    if not value:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP)


def _clean(value: float, unit_base: str | None, digits: int | None) -> Decimal:
    """Return the number that is to be shown: without noise, never with more digits than it has."""
    exact = _round(Decimal(repr(float(value))), 12).normalize()
    if digits is not None:
        if digits < 1:
            raise ValueError(f"digits must be 1 or more, not {digits}")
        return _round(exact, digits)
    if unit_base in ("%", "pp"):
        return exact if _decimals(exact) <= 2 else exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return exact if len(exact.as_tuple().digits) <= _PRINTED else _round(exact, _COMPUTED)


def number(
    value: float,
    unit_base: str | None = None,
    lang: str = "en",
    *,
    digits: int | None = None,
    decimals: int | None = None,
    pad: bool = False,
    signed: bool = False,
) -> str:
    """Return a number in a language's own scale.

    English groups by thousands and says million, billion and trillion from a million on. Chinese
    says 万 and 亿; below 万, and where 万 would need more than two decimals (36370), it writes the
    digits without separators, as Chinese statistics do.

    Parameters
    ----------
    value : float
        The number, in base units. NaN gives the words for "no data".
    unit_base : str, optional
        Its base unit: percentages, points, ranks, years and days are never spoken in millions.
    lang : str
        ``"en"`` or ``"zh"``.
    digits : int, optional
        At most so many significant digits. By default all digits of a number that has no more
        than six, else four (two decimals of a percentage, else one): a computed number shows no
        digits that nobody printed.
    decimals : int, optional
        Exactly so many decimals in the scale that is spoken, for numbers that stand in a column.
    pad : bool
        Show exactly `digits` digits after the first: 6.0 stays 6.0 with two digits.
    signed : bool
        Put a plus before positive numbers.

    Returns
    -------
    str
        The number, with a true minus sign if it is negative.

    Raises
    ------
    ValueError
        If the language is not known or `digits` is less than 1.

    Examples
    --------
    >>> number(6_650_000, lang="en"), number(6_650_000, lang="zh")
    ('6.65 million', '665万')
    >>> number(6552, lang="en"), number(6552, lang="zh")
    ('6,552', '6552')
    >>> number(-1.2, "pp", "en")
    '−1.2'
    """
    check_lang(lang)
    if math.isnan(value):
        return t("number.missing", lang)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    if math.isinf(value):
        return f"{sign}∞"
    shown = abs(_clean(value, unit_base, digits))
    word = ""
    if unit_base not in _NEVER_SCALED:
        for divisor, name in _scales(lang):
            scaled = shown / divisor
            plain = lang == "zh" and shown < 100_000 and _decimals(scaled) > 2 and decimals is None
            if shown >= divisor and not plain:
                shown, word = scaled, name
                break
    places = _decimals(shown) if decimals is None else decimals
    if pad and digits is not None:
        places = max(places, digits - 1 - shown.adjusted())
    shown = shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if not shown:
        sign = ""
    return f"{sign}{_digits(shown, places, lang, grouped=unit_base != 'year')}{word}"


def _digits(value: Decimal, places: int, lang: str, *, grouped: bool) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" if grouped and lang == "en" else "0"
    if places:
        pattern += "." + "0" * places
    return format_decimal(value, format=pattern, locale=lang)


def value_label(
    value: float,
    unit_base: str,
    lang: str = "en",
    *,
    unit: str = "",
    qualifier: str = "exact",
    value_high: float = math.nan,
    digits: int | None = None,
    decimals: int | None = None,
    signed: bool = False,
    words: bool = False,
) -> str:
    """Return a value with its unit and qualifier.

    Parameters
    ----------
    value : float
        The value in base units (percentages in %, differences of percentages in ``pp``).
    unit_base : str
        Base unit; ``""`` gives the bare number.
    lang : str
        ``"en"`` or ``"zh"``.
    unit : str
        Unit as printed. Chinese keeps what it counts in (户 of 万户, 斤 of 亿斤); English keeps
        tonnes, hectares and the like, and the base unit otherwise. Scales (万, 亿) are chosen anew.
    qualifier : str
        ``exact``, ``about``, ``at_least``, ``at_most`` or ``range``.
    value_high : float
        Upper end of a range, in base units.
    digits, decimals, signed
        As in `number`.
    words : bool
        In English "at least 10%" for a sentence instead of "≥ 10%" for a label.

    Returns
    -------
    str
        The label.

    Raises
    ------
    ValueError
        If the language, the unit or the qualifier is not known.

    Examples
    --------
    >>> value_label(1_750_000_000, "yuan", "en"), value_label(1_750_000_000, "yuan", "zh")
    ('1.75 billion yuan', '17.5亿元')
    >>> value_label(280_000_000, "kg", "en", unit="亿斤"), value_label(280_000_000, "kg", "zh")
    ('280 million kg', '2.8亿公斤')
    >>> value_label(1.2, "pp", "en", signed=True), value_label(1.2, "pp", "zh", signed=True)
    ('+1.2 pp', '+1.2个百分点')
    >>> value_label(10, "%", "en", qualifier="at_least")
    '≥ 10%'
    """
    check_lang(lang)
    if qualifier not in units.QUALIFIERS:
        raise ValueError(f"unknown qualifier {qualifier!r}; known: {', '.join(units.QUALIFIERS)}")
    if math.isnan(value):
        return t("number.missing", lang)
    shape = _Shape(digits=digits, decimals=decimals, signed=signed)
    label = _measured(value, value_high, unit_base, unit, lang, shape)
    if qualifier in ("exact", "range") or unit_base == "direction":
        return label
    short = "" if words or qualifier == "about" else "_short"
    return t(f"qualifier.{qualifier}{short}", lang, value=label)


class _Shape(NamedTuple):
    """How a number is to be shown; see `number`."""

    digits: int | None = None
    decimals: int | None = None
    pad: bool = False
    signed: bool = False


def _measured(
    value: float, high: float, unit_base: str, printed_unit: str, lang: str, shape: _Shape
) -> str:
    """Return number (or range) and unit, without the qualifier."""
    if unit_base == "direction":
        return t(f"direction.{'up' if value > 0 else 'down' if value < 0 else 'flat'}", lang)
    if unit_base == "class" and value in range(1, len(_ROMAN)):
        names = _CLASSES if lang == "zh" else _ROMAN
        return t("unit.class", lang, n=names[int(value)])
    core = core_unit(printed_unit)
    if core and units.unit(core).base == unit_base and _speaks_in(core, lang):
        factor = units.unit(core).factor
        value, high = (
            float(Decimal(repr(float(one))) / factor) if math.isfinite(one) else one
            for one in (value, high)
        )
    else:
        core = ""
    low = number(value, unit_base, lang, **shape._asdict())
    if math.isnan(high):
        return _with_unit(low, unit_base, core, lang)
    if lang == "zh" and unit_base == "%":
        low += "%"
    ends = t("number.range", lang, low=low, high=number(high, unit_base, lang, **shape._asdict()))
    return _with_unit(ends, unit_base, core, lang)


def core_unit(printed_unit: str) -> str:
    """Return a printed unit without its scale: 户 of 万户, 吨 of 万吨.

    Examples
    --------
    >>> core_unit("万人次"), core_unit("万亿元"), core_unit("千瓦"), core_unit("")
    ('人次', '元', '千瓦', '')
    """
    return re.sub(r"^[十百千]?(?:万亿|万|亿)(?=.)", "", printed_unit)


def _speaks_in(core: str, lang: str) -> bool:
    return has(f"printed_unit.{core}") if lang == "en" else core not in ("位", "%", "个百分点")


def _with_unit(spoken: str, unit_base: str, core: str, lang: str) -> str:
    if not unit_base:
        return spoken
    if core:
        return t(f"printed_unit.{core}", lang, n=spoken) if lang == "en" else f"{spoken}{core}"
    if not has(f"unit.{unit_base}"):
        raise ValueError(f"unknown base unit {unit_base!r}; known: {', '.join(units.BASE_UNITS)}")
    return t(f"unit.{unit_base}", lang, n=spoken)


# What the words next to a number say in English, most specific first.
_NUANCES = (
    ("more_than", ("超过", "突破", "超", "高于", "多于", ">")),
    ("just_over", ("余", "多")),
    ("nearly", ("近",)),
)


def said_in_words(text: str) -> bool:
    """Tell whether a printed value has no digit: 基本同步, 全覆盖, 第一.

    Examples
    --------
    >>> said_in_words("基本同步"), said_in_words("6%左右"), said_in_words("Ⅲ类"), said_in_words("")
    (True, False, False, False)
    """
    return bool(text) and re.search(r"[0-9０-９Ⅰ-Ⅻ]", text) is None


def printed(row: Mapping[str, Any] | Any, lang: str, side: str = "", *, short: bool = False) -> str:
    """Return a fact the way it was printed, or in English words that say just that.

    Parameters
    ----------
    row : Series or mapping
        A row of `load_facts()` (``value``, ``value_high``, ``unit``, ``qualifier``, ``as_printed``)
        or, with `side`, of a comparison (``outcome``, ``outcome_as_printed`` …, ``unit_base``).
    lang : str
        Chinese gives ``as_printed`` itself; English translates number, unit and qualifier, and
        shows as many digits as were printed. Words that stand for a number that is not exact are
        shown with that number in brackets.
    side : str
        ``""``, ``"outcome"`` or ``"target"``.
    short : bool
        In English "≥ 10%" for a label instead of "at least 10%" for a sentence.

    Returns
    -------
    str
        For example ``665万人次`` and ``6.65 million visits``; ``超6万户`` and ``more than 60,000``.

    Raises
    ------
    ValueError
        If the language or the unit is not known.

    Examples
    --------
    >>> fact = {"value": 1300.0, "value_high": float("nan"), "unit": "亩", "qualifier": "about",
    ...         "as_printed": "1300余亩"}
    >>> printed(fact, "zh"), printed(fact, "en")
    ('1300余亩', 'just over 1,300 mu')
    >>> fact = {"value": 6.0, "value_high": float("nan"), "unit": "%", "qualifier": "about",
    ...         "as_printed": "基本同步"}
    >>> printed(fact, "zh"), printed(fact, "en")
    ('基本同步（约6%）', 'in step with GDP growth (about 6%)')
    """
    check_lang(lang)
    prefix = f"{side}_" if side else ""
    text = str(row[f"{prefix}as_printed"] or "")
    qualifier = str(row[f"{prefix}qualifier"])
    if said_in_words(text) and qualifier != "exact":
        return _in_words(row, lang, side, text, qualifier)
    if lang == "zh" and text:
        return _tidy(text)
    if side:
        try:
            quantity = units.parse(text)
        except units.UnitError:
            value, base = float(row[side]), str(row["unit_base"])
            return value_label(value, base, lang, qualifier=qualifier, words=not short)
        value, high, unit = quantity.value, quantity.value_high, quantity.unit
    else:
        value, high, unit = float(row["value"]), float(row["value_high"]), str(row["unit"])
    if math.isnan(value):
        return t("number.missing", lang)
    base = units.unit(unit).base
    if base == "person-visit" and row.get("unit_base") == "person-time":
        base = "person-time"
    ends = (units.to_base(value, unit), units.to_base(high, unit))
    # All digits of the exact value (5亿斤 is 250 million kg, not 300), and those that were printed:
    # 6.0% has two digits and is not 6%.
    digits = len(Decimal(repr(ends[0])).normalize().as_tuple().digits)
    figures = re.search(r"\d+\.\d+", units.normalise(text))
    if figures:
        digits = max(digits, len(Decimal(figures[0]).as_tuple().digits))
    shape = _Shape(digits=digits, pad=figures is not None)
    label = _measured(*ends, base, unit, lang, shape if math.isnan(high) else _Shape())
    if qualifier in ("exact", "range") or base == "direction":
        return label
    nuance = next((name for name, marks in _NUANCES if any(mark in text for mark in marks)), None)
    key = f"qualifier.{nuance or qualifier}"
    return t(f"{key}_short" if short and has(f"{key}_short") else key, lang, value=label)


def _tidy(text: str) -> str:
    """Return a printed text as Chinese sets it: 8%—9% for 8—9%, a true minus sign."""
    text = re.sub(r"^-(?=\d)", MINUS, text)
    return re.sub(r"^(\d+(?:\.\d+)?)(?=[—–-]\d+(?:\.\d+)?%)", r"\1%", text)


def _in_words(row: Mapping[str, Any] | Any, lang: str, side: str, text: str, qualifier: str) -> str:
    """Return words that stand for a number, and the number they stand for."""
    if side:
        value, base, unit = float(row[side]), str(row["unit_base"]), ""
    else:
        unit = str(row["unit"])
        value, base = units.to_base(float(row["value"]), unit), units.unit(unit).base
    if lang == "zh" and qualifier == "about":
        label = t("qualifier.about_before", lang, value=value_label(value, base, lang, unit=unit))
    else:
        label = value_label(value, base, lang, unit=unit, qualifier=qualifier, words=True)
    said = text if lang == "zh" else t(f"printed.{text}", lang) if has(f"printed.{text}") else ""
    return t("number.in_words", lang, words=said, value=label) if said else label

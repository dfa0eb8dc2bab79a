"""What a printed figure says: number, unit and qualifier, and their size in base units.

This module knows the way Chinese official statistics are written and nothing else: ``665万人次``
is 6 650 000 person-visits, ``1300余亩`` is at least 1300 and less than 1400 mu.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "BASE_UNITS",
    "COUNTERS",
    "QUALIFIERS",
    "Quantity",
    "Unit",
    "UnitError",
    "convert",
    "interval",
    "normalise",
    "parse",
    "show",
    "to_base",
    "unit",
]

QUALIFIERS = ("exact", "about", "at_least", "at_most", "range")

#: Counters that number separate things. Which one is printed carries no size.
COUNTERS = (
    *"户家个件项台套张座条处场次所批只辆栋幢间部艘架支份本册枚宗起例对块",
    *"片株棵头羽种期届轮村镇乡校班门口眼盏根面款单笔列颗床箱层",
    *(
        "件次",
        "车次",
        "台次",
        "户次",
        "场次",
        "辆次",
        "架次",
        "艘次",
        "标段",
        "标箱",
        "标准箱",
        "TEU",
    ),
)

#: unit as printed -> (base unit, how many base units it is). 万, 亿 … compose with any of them.
_SIMPLE: dict[str, tuple[str, Decimal]] = {
    "元": ("yuan", Decimal(1)),
    "美元": ("USD", Decimal(1)),
    "欧元": ("EUR", Decimal(1)),
    "港元": ("HKD", Decimal(1)),
    "日元": ("JPY", Decimal(1)),
    "人": ("person", Decimal(1)),
    "名": ("person", Decimal(1)),
    "位": ("rank", Decimal(1)),
    "人次": ("person-visit", Decimal(1)),
    "公斤": ("kg", Decimal(1)),
    "千克": ("kg", Decimal(1)),
    "斤": ("kg", Decimal("0.5")),
    "吨": ("kg", Decimal(1000)),
    "吨标准煤": ("kgce", Decimal(1000)),
    "亩": ("mu", Decimal(1)),
    "平方米": ("m²", Decimal(1)),
    "平米": ("m²", Decimal(1)),
    "㎡": ("m²", Decimal(1)),
    "公顷": ("m²", Decimal(10_000)),
    "平方公里": ("m²", Decimal(1_000_000)),
    "平方千米": ("m²", Decimal(1_000_000)),
    "公里": ("km", Decimal(1)),
    "千米": ("km", Decimal(1)),
    "米": ("km", Decimal("0.001")),
    "立方米": ("m³", Decimal(1)),
    "立方": ("m³", Decimal(1)),
    "方": ("m³", Decimal(1)),
    "升": ("m³", Decimal("0.001")),
    "千瓦": ("kW", Decimal(1)),
    "兆瓦": ("kW", Decimal(1000)),
    "MW": ("kW", Decimal(1000)),
    "GW": ("kW", Decimal(1_000_000)),
    "千瓦时": ("kWh", Decimal(1)),
    "度": ("kWh", Decimal(1)),
    "微克/立方米": ("µg/m³", Decimal(1)),
    "天": ("day", Decimal(1)),
    "个月": ("month", Decimal(1)),
    "小时": ("minute", Decimal(60)),
    "分钟": ("minute", Decimal(1)),
    "年": ("year", Decimal(1)),
    "岁": ("year", Decimal(1)),
    "倍": ("times", Decimal(1)),
    "类": ("class", Decimal(1)),
    "%": ("%", Decimal(1)),
    "‰": ("%", Decimal("0.1")),
    "个百分点": ("pp", Decimal(1)),
    "百分点": ("pp", Decimal(1)),
}
_SIMPLE.update({counter: ("item", Decimal(1)) for counter in COUNTERS})

#: Every base unit a figure can be expressed in; ``direction`` and the empty unit go together.
BASE_UNITS = (*dict.fromkeys(base for base, _ in _SIMPLE.values()), "person-time", "direction")

_PREFIXES = {
    "": Decimal(1),
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_NO_PREFIX = {"%", "‰", "个百分点", "百分点", "位"}

# Land is counted in mu, floor space in square metres; both are areas: 1 ha = 15 mu. 人次 counts
# visits of places and otherwise attendances, which English does not call visits.
_RATIOS = {
    ("m²", "mu"): Decimal("0.0015"),
    ("mu", "m²"): Decimal(2000) / Decimal(3),
    ("person-visit", "person-time"): Decimal(1),
}


class UnitError(ValueError):
    """A unit or a printed figure that cannot be understood."""


class Unit(NamedTuple):
    """A unit of measure: its base unit and how many base units it is."""

    base: str
    factor: Decimal


class Quantity(NamedTuple):
    """A printed figure: ``value`` (``value_high`` of a range) in ``unit``, with its qualifier."""

    value: float
    value_high: float
    unit: str
    qualifier: str


def normalise(text: str) -> str:
    """Return `text` with full-width digits and signs made plain and all white space removed.

    Examples
    --------
    >>> normalise("６６５ 万人次")
    '665万人次'
    """
    text = text.replace("㎡", "平方米").replace("µg", "微克").replace("μg", "微克")
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b\ufeff]+", "", text).replace("−", "-").replace("﹣", "-")


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """Return base unit and factor of a unit as printed.

    Parameters
    ----------
    text : str
        A unit as printed, such as ``亿元`` or ``万人次``; 十, 百, 千, 万, 亿 and 万亿 compose with
        any simple unit or counter. The empty unit belongs to statements of direction.

    Returns
    -------
    Unit
        Base unit (see `BASE_UNITS`) and the number of base units in one of `text`.

    Raises
    ------
    UnitError
        If the unit is not known.

    Examples
    --------
    >>> unit("亿斤")
    Unit(base='kg', factor=Decimal('50000000.0'))
    >>> unit("公顷").base
    'm²'
    """
    name = normalise(text)
    if not name:
        return Unit("direction", Decimal(1))
    if name in _SIMPLE:
        return Unit(*_SIMPLE[name])
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        rest = name[len(prefix) :]
        if prefix and name.startswith(prefix) and rest not in _NO_PREFIX and rest in _SIMPLE:
            base, factor = _SIMPLE[rest]
            return Unit(base, factor * _PREFIXES[prefix])
    raise UnitError(f"unknown unit {text!r}")


def to_base(value: float, unit_text: str) -> float:
    """Return `value`, printed in `unit_text`, in base units.

    Decimal arithmetic: 17.45 亿 is 1 745 000 000 and not a hair less.

    Parameters
    ----------
    value : float
        The number as printed; NaN and infinities pass through.
    unit_text : str
        Its unit as printed.

    Raises
    ------
    UnitError
        If the unit is not known.

    Examples
    --------
    >>> to_base(17.45, "亿元")
    1745000000.0
    """
    factor = unit(unit_text).factor
    if not math.isfinite(value):
        return value
    return float(Decimal(repr(float(value))) * factor)


def convert(value: float, from_base: str, to: str) -> float:
    """Convert between two base units of the same dimension (areas: ``mu`` and ``m²``).

    Raises
    ------
    UnitError
        If the two measure different things.

    Examples
    --------
    >>> convert(10_000, "m²", "mu")
    15.0
    """
    if from_base == to:
        return value
    try:
        ratio = _RATIOS[from_base, to]
    except KeyError:
        raise UnitError(f"{from_base} cannot be expressed in {to}") from None
    return float(Decimal(repr(float(value))) * ratio) if math.isfinite(value) else value


# No nested repetition anywhere: each pattern is linear in the length of the text.
_NUMBER = r"[+-]?\d{1,30}(?:,\d{3}){0,9}(?:\.\d{1,30})?"
_BEFORE = {
    "at_least": ("不低于", "不少于", "至少", "超过", "突破", "高于", "多于", "超", "≥", ">"),
    "at_most": ("不超过", "不高于", "控制在", "低于", "少于", "≤", "<"),
    "about": ("大约", "约", "近", "大体"),
}
_AFTER = {
    "at_least": ("及以上", "以上"),
    "at_most": ("及以内", "以内", "以下"),
    "about": ("左右", "上下"),
}
_BEFORE_PATTERN = "|".join(word for words in _BEFORE.values() for word in words)
_AFTER_PATTERN = "|".join(word for words in _AFTER.values() for word in words)
_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE_PATTERN})?达?到?"
    rf"(?P<number>{_NUMBER})(?P<unit1>[^\d\s—~至-]{{0,8}}?)"
    rf"(?:(?:—|~|-|至){{1,2}}(?P<high>{_NUMBER}))?"
    rf"(?P<more>[余多])?(?P<unit2>[^\d\s余多—~-]{{0,8}}?)(?P<more2>[余多])?"
    rf"(?P<after>{_AFTER_PATTERN})?"
)
_WORDS = {
    word: qualifier
    for table in (_BEFORE, _AFTER)
    for qualifier, words in table.items()
    for word in words
}


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))


@lru_cache(maxsize=65536)
def parse(text: str) -> Quantity:
    """Read one printed figure.

    Parameters
    ----------
    text : str
        A figure as printed, such as ``665万人次``, ``超6万户``, ``1300余亩``, ``6%左右`` or
        ``10—20家``. Full-width digits, white space and thousands separators are accepted.

    Returns
    -------
    Quantity
        Number(s) in the printed unit, the unit as printed and the qualifier.

    Raises
    ------
    UnitError
        If the text is not one figure with a known unit.

    Examples
    --------
    >>> parse("超6万户")
    Quantity(value=6.0, value_high=nan, unit='万户', qualifier='at_least')
    >>> parse("10—20家").qualifier
    'range'
    """
    plain = normalise(text)
    match = _FIGURE.fullmatch(plain) if len(plain) <= 200 else None
    if match is None:
        raise UnitError(f"{text[:40]!r} is not one printed figure")
    high = math.nan if match["high"] is None else _float(match["high"])
    unit1, unit2 = match["unit1"], match["unit2"]
    if match["high"] is not None and unit1 and unit1 != unit2 and unit1 not in _PREFIXES:
        raise UnitError(f"{text[:40]!r} gives its two ends in different units")
    name = unit2 if match["high"] is not None else unit1 + unit2
    unit(name)
    if not name:
        raise UnitError(f"{text[:40]!r} has no unit")
    value = _float(match["number"])
    if match["high"] is not None:
        if high <= value:
            raise UnitError(f"{text[:40]!r} is a range whose upper end is not above its lower end")
        return Quantity(value, high, name, "range")
    if match["after"] in ("左右", "上下"):
        qualifier = "about"
    elif match["after"]:
        qualifier = _WORDS[match["after"]]
    elif match["before"]:
        qualifier = _WORDS[match["before"]]
    elif match["more"] or match["more2"]:
        qualifier = "about"
    else:
        qualifier = "exact"
    return Quantity(value, math.nan, name, qualifier)


def _digits(value: float) -> str:
    text = f"{Decimal(repr(float(value))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(quantity: Quantity) -> str:
    """Return a quantity as it would be printed; `parse` reads it back unchanged.

    Examples
    --------
    >>> show(Quantity(6.0, float("nan"), "%", "about"))
    '6%左右'
    >>> parse(show(parse("1300余亩"))) == parse("1300余亩")
    True
    """
    number = _digits(quantity.value)
    match quantity.qualifier:
        case "exact":
            return f"{number}{quantity.unit}"
        case "about":
            return f"{number}{quantity.unit}左右"
        case "at_least":
            return f"{number}{quantity.unit}以上"
        case "at_most":
            return f"{number}{quantity.unit}以内"
        case "range":
            return f"{number}—{_digits(quantity.value_high)}{quantity.unit}"
    raise UnitError(f"unknown qualifier {quantity.qualifier!r}; known: {', '.join(QUALIFIERS)}")


def _steps(digits: str) -> tuple[Decimal, Decimal]:
    """One unit of the last printed digit, and one of the last digit that is not zero."""
    number = Decimal(digits.replace(",", "").lstrip("+-"))
    last = Decimal(1).scaleb(int(number.as_tuple().exponent))
    significant = number.normalize()
    if not significant:
        return last, last
    return last, max(last, Decimal(1).scaleb(int(significant.as_tuple().exponent)))


@lru_cache(maxsize=65536)
def interval(
    value: float, value_high: float, unit_text: str, qualifier: str, as_printed: str
) -> tuple[float, float]:
    """Return the interval, in base units, that a printed figure allows.

    Parameters
    ----------
    value, value_high : float
        Number(s) in the printed unit; `value_high` is NaN unless the figure is a range.
    unit_text, qualifier : str
        Unit as printed, one of `QUALIFIERS`.
    as_printed : str
        The figure as printed: its digits tell how finely it was rounded. A statement in words has
        no digits and is taken at its word.

    Returns
    -------
    tuple of float
        ``(low, high)`` in base units. ``exact``: half a unit of the last printed digit either way,
        low included and high not. ``余``/``多``: from the value up to one unit of its last digit
        that is not zero. Other ``about``: half of such a unit either way. ``at_least`` and
        ``at_most`` are open on one side (infinite). ``range``: its two ends.

    Examples
    --------
    >>> interval(665.0, float("nan"), "万人次", "exact", "665万人次")
    (6645000.0, 6655000.0)
    >>> interval(1300.0, float("nan"), "亩", "about", "1300余亩")
    (1300.0, 1400.0)
    """
    factor = unit(unit_text).factor
    number = Decimal(repr(float(value)))

    def base(low: Decimal, high: Decimal) -> tuple[float, float]:
        return float(low * factor), float(high * factor)

    if qualifier == "range":
        return base(number, Decimal(repr(float(value_high))))
    if qualifier == "at_least":
        return base(number, number)[0], math.inf
    if qualifier == "at_most":
        return -math.inf, base(number, number)[1]
    digits = re.search(_NUMBER, normalise(as_printed))
    if digits is None or unit(unit_text).base in ("rank", "direction"):
        return base(number, number)
    last, significant = _steps(digits[0])
    if qualifier == "about":
        if "余" in as_printed or "多" in as_printed:
            return base(number, number + significant)
        return base(number - significant / 2, number + significant / 2)
    return base(number - last / 2, number + last / 2)

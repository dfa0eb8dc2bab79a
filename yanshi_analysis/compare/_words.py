"""How a finding is put into words and figures, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from yanshi_analysis import units
from yanshi_analysis.labels import printed

__all__ = [
    "COLUMNS",
    "SEVERITIES",
    "finding",
    "in_english",
    "name",
    "percent",
    "percents",
    "significant",
    "unit_zh",
]

COLUMNS = (
    "kind",
    "indicator",
    "other_indicator",
    "year",
    "stated",
    "computed",
    "computed_low",
    "computed_high",
    "unit",
    "arithmetic_en",
    "arithmetic_zh",
    "severity",
    "sources",
    "lines",
)
SEVERITIES = ("high", "medium", "low")


def finding(
    kind: str,
    severity: str,
    indicator: str,
    year: int,
    arithmetic: tuple[str, str],
    *,
    unit: str,
    computed: tuple[float, float, float],
    sources: Iterable[str],
    lines: Iterable[Any],
    stated: float = float("nan"),
    other: str = "",
) -> dict[str, Any]:
    """Return one row of `inconsistencies`.

    `arithmetic` is (English, Chinese), each with the figures as printed; `computed` is (value,
    low, high).
    """
    low, high = sorted(computed[1:])
    english = in_english(arithmetic[0])
    return {
        "kind": kind,
        "indicator": indicator,
        "other_indicator": other,
        "year": year,
        "stated": stated,
        "computed": computed[0],
        "computed_low": low,
        "computed_high": high,
        "unit": unit,
        "arithmetic_en": english[:1].upper() + english[1:],
        "arithmetic_zh": arithmetic[1],
        "severity": severity,
        "sources": "; ".join(dict.fromkeys(filter(None, sources))),
        "lines": "; ".join(dict.fromkeys(str(line) for line in lines if not pd.isna(line))),
    }


# A figure as the report prints it: words before and behind the digits touch them.
_FIGURE = re.compile(r"[\u4e00-\u9fff]{0,4}\d[\d.,]{0,20}[\u4e00-\u9fff%]{1,12}")


def in_english(text: str) -> str:
    """Say in English the figures that an English text holds as printed.

    Examples
    --------
    >>> in_english("127亿元 ÷ 253.8亿元; a growth target of 10%以上")
    '12.7 billion yuan ÷ 25.38 billion yuan; a growth target of at least 10%'
    """

    def english(found: re.Match[str]) -> str:
        try:
            quantity = units.parse(found[0])
        except units.UnitError:
            return found[0]
        return printed(quantity._asdict() | {"as_printed": found[0]}, "en")

    return _FIGURE.sub(english, text)


def percent(value: float, *, sign: str = "-") -> str:
    """Return a percentage with one decimal: 11.3%; with `sign` "+", 11.3 is +11.3%."""
    return f"{value:{sign}.1f}%".replace("-", "−")


def percents(value: float, low: float, high: float) -> tuple[str, str]:
    """Return a percentage with the interval that rounding allows, in English and Chinese.

    Examples
    --------
    >>> percents(11.28, 11.19, 11.36)
    ('11.3% (11.2% to 11.4%)', '11.3%（11.2%至11.4%）')
    """
    low, high = sorted((low, high))
    if percent(low) == percent(high):
        return percent(value), percent(value)
    return (
        f"{percent(value)} ({percent(low)} to {percent(high)})",
        f"{percent(value)}（{percent(low)}至{percent(high)}）",
    )


def significant(value: float) -> str:
    """Return a quantity with four significant digits and no exponent."""
    digits = max(0, 3 - len(str(int(abs(value)))) + (1 if abs(value) >= 1 else 0))
    return f"{value:,.{digits}f}"


def name(names: pd.DataFrame, indicator: str) -> tuple[str, str]:
    """Return an indicator's name in English and Chinese, or its id in plain words."""
    if indicator in names.index:
        return str(names.at[indicator, "name_en"]), str(names.at[indicator, "name_zh"])
    plain = indicator.replace("_", " ")
    return plain, plain


def unit_zh(printed: str) -> str:
    """Return a printed unit without its multiplier: 亿元 is counted in 元."""
    return re.sub(r"^[十百千万亿]+(?=.)", "", printed)

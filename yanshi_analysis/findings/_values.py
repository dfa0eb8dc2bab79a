"""Single values in words: names, changes, years, values with their doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.labels import (
    check_lang,
    indicator_name,
    number,
    printed,
    region_name,
    said_in_words,
    t,
    value_label,
)


def cell(row: Mapping[str, Any] | pd.Series, key: str, default: str = "") -> str:
    """Text of a cell; the default where the column or the text is absent.

    Examples
    --------
    >>> cell({"unit": "亿元"}, "unit"), cell({"unit": float("nan")}, "unit", "-")
    ('亿元', '-')
    """
    value = row.get(key)
    return value if isinstance(value, str) and value else default


def meaning(column: str) -> dict[str, str]:
    """Return one column of the dictionary's indicators, by indicator.

    Parameters
    ----------
    column : str
        For instance ``domain``, ``theme``, ``unit_base`` or ``better``.

    Examples
    --------
    >>> meaning("unit_base")["tourist_visits"]
    'person-visit'
    """
    from yanshi_analysis.data import dictionary

    table = dictionary.ids(None, "indicators")
    return dict(zip(table["indicator"], table[column], strict=True))


def name_of(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Name of a row's indicator: the dictionary's, or the row's own `name_en` or `name_zh`.

    Parameters
    ----------
    row : pandas.Series or mapping
        Holds `indicator`, and may hold `name_en` and `name_zh`.
    lang : str
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> name_of({"indicator": "tourist_visits"}, "en")
    'Tourist visits'
    """
    return cell(row, f"name_{lang}") or indicator_name(str(row["indicator"]), lang)


def region_of(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Name of a row's region: the row's own `region_en` or `region_zh`, or the dictionary's.

    Parameters
    ----------
    row : pandas.Series or mapping
        Holds `region`, and may hold `region_en` and `region_zh`.
    lang : str
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> region_of({"region": "000000"}, "en"), region_of({"region": "x", "region_zh": "某县"}, "zh")
    ('China', '某县')
    """
    return cell(row, f"region_{lang}") or region_name(str(row["region"]), lang)


def name_in_sentence(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Name of a row's indicator as it stands inside a sentence.

    English names lose their capital unless it belongs to an abbreviation or a name.

    Examples
    --------
    >>> name_in_sentence({"indicator": "x", "name_en": "Tourist visits"}, "en")
    'tourist visits'
    >>> name_in_sentence({"indicator": "x", "name_en": "GDP"}, "en")
    'GDP'
    """
    return lower(name_of(row, lang), lang)


def share_name(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Name of a share: an indicator that is a quantity gets the word "share" behind its name."""
    name = name_of(row, lang)
    quantity = meaning("unit_base").get(str(row["indicator"]), "%") not in ("%", "pp")
    return t("finding.share_of", lang, name=name) if quantity else name


def signed(value: float, lang: str) -> str:
    """Print a change with its sign and one decimal: +0.2, −6.6, 0.0.

    Examples
    --------
    >>> signed(-6.6, "en"), signed(0.2, "zh"), signed(0.0, "en")
    ('−6.6', '+0.2', '0.0')
    """
    if not np.isfinite(value):
        return t("finding.unknown", lang)
    return number(round(float(value), 1) + 0.0, "pp", lang, decimals=1, signed=True)


def doubtful(text: str, lang: str, status: str = "A") -> str:
    """Mark a printed value that is an estimate or provisional.

    Parameters
    ----------
    text : str
        The value as `labels.value_label` prints it.
    lang : str
        ``"en"`` or ``"zh"``.
    status : str
        SDMX observation status; E is an estimate, P provisional.

    Examples
    --------
    >>> doubtful("6%", "en", "E"), doubtful("6%", "zh", "E"), doubtful("6%", "zh", "A")
    ('6% est.', '预计6%', '6%')
    """
    if status in ("E", "P"):
        return t(f"finding.status_{status}", lang, value=text)
    return text


def years(values: Sequence[int] | pd.Series, lang: str) -> str:
    """Print years: one, two or a span.

    Examples
    --------
    >>> years([2025, 2024, 2023], "en"), years([2024], "zh")
    ('2023–2025', '2024年')
    """
    numbers = sorted({int(year) for year in pd.Series(values).dropna()})
    if not numbers:
        return ""
    if len(numbers) == 1:
        text = str(numbers[0])
    elif numbers[-1] - numbers[0] == len(numbers) - 1 or len(numbers) > 3:
        text = f"{numbers[0]}–{numbers[-1]}"
    else:
        text = t("finding.comma", lang).join(map(str, numbers))
    return t("finding.year", lang, year=text)


def pair_value(row: Mapping[str, Any] | pd.Series, side: str, lang: str) -> str:
    """Print the outcome or the target of a comparison row, with qualifier and status.

    Parameters
    ----------
    row : pandas.Series or mapping
        One row of `compare.outcomes_vs_targets`.
    side : str
        ``"outcome"`` or ``"target"``.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        For instance ``about 6%`` or ``预计36370元``; as printed, but a number where words say
        exactly that number.
    """
    qualifier = cell(row, f"{side}_qualifier", "exact")
    if _speaks(cell(row, f"{side}_as_printed"), qualifier):
        return doubtful(
            printed(row, lang, side, short=True), lang, cell(row, f"{side}_status", "A")
        )
    high = row.get(f"{side}_high")
    text = value_label(
        float(row[side]),
        str(row["unit_base"]),
        lang,
        unit=cell(row, f"{side}_unit"),
        qualifier=qualifier,
        value_high=float(high) if qualifier == "range" and high is not None else np.nan,
    )
    return doubtful(text, lang, cell(row, f"{side}_status", "A"))


def fact_value(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Print the value of a fact row, with qualifier and status.

    Parameters
    ----------
    row : pandas.Series or mapping
        One row of `data.load_facts`; `value_base` and `unit_base` are read, and `unit`,
        `qualifier`, `high` and `status` where there are. With `value`, `value_high` and
        `as_printed` the value is shown as printed, but a number where words say exactly that
        number.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    qualifier = cell(row, "qualifier", "exact")
    if "value" in row and _speaks(cell(row, "as_printed"), qualifier):
        return doubtful(printed(row, lang, short=True), lang, cell(row, "status", "A"))
    high = row.get("high")
    text = value_label(
        float(row["value_base"]),
        str(row["unit_base"]),
        lang,
        unit=cell(row, "unit"),
        qualifier=qualifier,
        value_high=float(high) if qualifier == "range" and high is not None else np.nan,
    )
    return doubtful(text, lang, cell(row, "status", "A"))


def _speaks(text: str, qualifier: str) -> bool:
    """Tell whether a printed text says more than its number: 750余场, 6.0%, 基本同步."""
    return bool(text) and not (said_in_words(text) and qualifier == "exact")


def growth_name(name: str, lang: str, section: str = "finding") -> str:
    """Name the growth of an indicator; prices do not grow, they rise.

    Examples
    --------
    >>> growth_name("地区生产总值", "zh"), growth_name("居民消费价格", "zh")
    ('地区生产总值增速', '居民消费价格涨幅')
    """
    prices = name.lower().endswith(("价格", "prices", "price index", "价格指数"))
    return t(f"{section}.{'rise_of' if prices else 'growth_of'}", lang, name=name)


def projected(value: float, unit: str, lang: str, *, named: bool = True) -> str:
    """Print a computed value: four digits of a level, one decimal of a percentage.

    Parameters
    ----------
    value : float
        In base units or %.
    unit : str
        Base unit.
    lang : str
        ``"en"`` or ``"zh"``.
    named : bool
        Say the unit too.

    Examples
    --------
    >>> projected(742_768_312_345.0, "yuan", "en"), projected(3.775, "%", "zh")
    ('742.8 billion yuan', '3.8%')
    """
    if unit == "%":
        value = round(value, 1)
        return value_label(value, unit, lang) if named else number(value, unit, lang)
    if not named:
        return number(value, unit, lang, digits=4)
    return value_label(value, unit, lang, digits=4)


def lower(name: str, lang: str) -> str:
    """Take the capital off an English name that is no abbreviation."""
    if lang != "en" or len(name) < 2:
        return name
    first = name.split()[0]
    if any(letter.isupper() for letter in first[1:]) or not first.replace("-", "").isalpha():
        return name
    return name[0].lower() + name[1:]


def sentence(text: str) -> str:
    """Give a sentence its first capital."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str], lang: str) -> str:
    """Join words with commas and "and"."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts)
    head = t("finding.comma", lang).join(parts[:-1])
    return t("finding.and", lang, head=head, last=parts[-1])


def year_of(table: pd.DataFrame, column: str, lang: str) -> str:
    """Print the years of a column."""
    return years(table[column], lang)


def check(table: pd.DataFrame, needed: Sequence[str], lang: str) -> None:
    """Raise a ValueError that helps for an unknown language or missing columns."""
    check_lang(lang)
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise ValueError(
            f"the table lacks the columns {', '.join(missing)}; it has "
            f"{', '.join(map(str, table.columns)) or 'none'}"
        )


def names_of(rows: pd.DataFrame, lang: str) -> list[str]:
    """Name the indicators of rows for a sentence."""
    return [name_in_sentence(row, lang) for _, row in rows.iterrows()]


def extreme(rows: pd.DataFrame, column: str, sign: int = 0) -> pd.Series:
    """Row with the largest (+1), smallest (−1) or furthest from zero (0) value."""
    values = rows[column].to_numpy(float)
    return rows.iloc[int(np.argmax(values * sign if sign else np.abs(values)))]

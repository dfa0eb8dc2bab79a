"""Sentences about what lies ahead: chances, years to reach, how honest the ranges were."""

from __future__ import annotations

import re

import pandas as pd

from yanshi_analysis.data import load_indicators
from yanshi_analysis.findings import name_in_sentence, years
from yanshi_analysis.labels import pick, printed, t, value_label

__all__ = ["chance", "honest", "reach", "track_record"]


def chance(row: pd.Series, lang: str) -> str:
    """Say how likely a target is to be met, and on what that rests.

    Parameters
    ----------
    row : Series
        A row of `trends.chance_of_meeting`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str

    Examples
    --------
    >>> from yanshi_analysis import chance_of_meeting, load_facts
    >>> table = chance_of_meeting(load_facts())
    >>> chance(table[table["indicator"] == "gdp"].iloc[0], "en")  # doctest: +ELLIPSIS
    'Gross domestic product: judged by ... targets elsewhere ...'
    """
    unit = str(row["unit_base"])
    words = {
        "name": _capital(name_in_sentence(row, lang)),
        "year": years([row["year"]], lang),
        "target": printed(_as_target(row), lang, "target"),
        "n": int(row["n"]),
    }
    if pd.isna(row["chance"]):
        return t("notebook.no_chance", lang, **words)
    return t(
        "notebook.chance",
        lang,
        chance=value_label(round(100 * float(row["chance"])), "%", lang),
        years=years(range(int(row["first_year"]), int(row["last_year"]) + 1), lang),
        low=_rounded(float(row["lo80"]), unit, lang),
        high=_rounded(float(row["hi80"]), unit, lang),
        **words,
    )


def reach(row: pd.Series, lang: str) -> str:
    """Say when a level is reached in one scenario.

    Parameters
    ----------
    row : Series
        A row of `trends.years_to_reach`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        With the arithmetic and the prices of the base where no source publishes it.

    Examples
    --------
    >>> from yanshi_analysis import load_facts, trends
    >>> table = trends.years_to_reach(load_facts(), "gdp", 1e11)
    >>> reach(table.iloc[0], "en")  # doctest: +ELLIPSIS
    '... base is worked out here and not published (the ... level × ...'
    """
    table = load_indicators().set_index("indicator")
    unit = str(table.loc[row["indicator"], "unit_base"])
    words = {
        "scenario": t(f"scenario.{row['scenario']}", lang),
        "name": name_in_sentence(row, lang),
        "level": value_label(float(row["level"]), unit, lang),
    }
    if pd.isna(row["year"]):
        return t("notebook.no_reach", lang, **words)
    key, note = "notebook.reach", pick(str(row["note"]), lang)
    # A base that was carried on from an earlier level names its arithmetic at the end.
    basis = re.split(r"[;；]\s*", pick(str(row["basis"]), lang))[-1]
    if "×" in basis:
        key = "notebook.reach_derived" if note else "notebook.reach_derived_plain"
    return t(
        key,
        lang,
        basis=basis,
        note=note,
        growth=value_label(float(row["growth"]), "%", lang, signed=True),
        base=value_label(float(row["base"]), unit, lang),
        base_year=years([row["base_year"]], lang),
        year=years([row["year"]], lang),
        **words,
    )


def track_record(table: pd.DataFrame) -> pd.DataFrame:
    """Sum up a backtest by method.

    Parameters
    ----------
    table : DataFrame
        `trends.backtest`.

    Returns
    -------
    DataFrame
        A row for each method, the most exact first: ``method``, ``cases`` (forecasts),
        ``missed_by`` (mean absolute error, % of the actual), ``in80`` and ``in95`` (how many ended
        within the range; missing for methods that only serve to compare).
    """
    groups = table.assign(missed_by=table["error_pct"].abs()).groupby("method", sort=False)
    made = groups.agg(
        cases=("missed_by", "size"),
        missed_by=("missed_by", "mean"),
        in80=("in80", lambda within: within.sum(min_count=1)),
        in95=("in95", lambda within: within.sum(min_count=1)),
    )
    return made.sort_values("missed_by", kind="stable").reset_index()


def honest(table: pd.DataFrame, lang: str) -> str:
    """Say how a projection fared against what came, and against expecting no change.

    Parameters
    ----------
    table : DataFrame
        `trends.backtest`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    own = table[table["in80"].notna()]
    naive = table[table["method"] == "naive"]
    return t(
        "notebook.honest",
        lang,
        n=len(own),
        in80=int(own["in80"].sum()),
        in95=int(own["in95"].sum()),
        error=value_label(round(float(own["error_pct"].abs().mean()), 1), "%", lang),
        naive=value_label(round(float(naive["error_pct"].abs().mean()), 1), "%", lang),
    )


def _as_target(row: pd.Series) -> pd.Series:
    """Name the columns of a row of chances as `printed` wants them."""
    return row.rename({"as_printed": "target_as_printed", "qualifier": "target_qualifier"})


def _rounded(value: float, unit: str, lang: str) -> str:
    if unit == "%":
        return value_label(round(value, 1), unit, lang)
    return value_label(value, unit, lang, digits=3)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

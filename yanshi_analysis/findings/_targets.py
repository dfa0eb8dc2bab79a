"""Next year's targets against this year's outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from yanshi_analysis.findings._values import (
    cell,
    check,
    extreme,
    growth_name,
    name_in_sentence,
    pair_value,
    sentence,
    signed,
    year_of,
    years,
)
from yanshi_analysis.labels import number, region_name, t

HELD_WITHIN = 0.05
"""Percentage points below which two growth rates count as the same."""


def growth_targets(table: pd.DataFrame, lang: str = "en") -> str:
    """Say how next year's growth targets stand to this year's growth.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`; growth rows are used, changes in pp.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        One sentence without a full stop.

    Raises
    ------
    ValueError
        For an unknown language or a table without the columns needed.
    """
    check(table, ["indicator", "measure", "change", "year", "target_year"], lang)
    rows = _comparable(table, ["growth"])
    if rows.empty:
        return t("finding.no_growth_pairs", lang)
    if len(rows) == 1:
        return comparison(rows.iloc[0], lang)
    above = int((rows["change"] > HELD_WITHIN).sum())
    below = int((rows["change"] < -HELD_WITHIN).sum())
    widest = extreme(rows, "change")
    return t(
        "finding.growth_targets",
        lang,
        n=len(rows),
        above=above,
        below=below,
        held=len(rows) - above - below,
        year=year_of(rows, "year", lang),
        target_year=year_of(rows, "target_year", lang),
        name=name_in_sentence(widest, lang),
        change=signed(float(widest["change"]), lang),
    )


def level_targets(table: pd.DataFrame, lang: str = "en") -> str:
    """Say how next year's level targets stand to this year's levels.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`; level rows are used, changes in %.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "measure", "change", "change_pct", "year", "target_year"], lang)
    rows = _comparable(table, ["level"])
    rows = rows[np.isfinite(rows["change_pct"].astype(float))]
    if rows.empty:
        return t("finding.no_level_pairs", lang)
    if len(rows) == 1:
        return comparison(rows.iloc[0], lang)
    above = int((rows["change"] > 0).sum())
    below = int((rows["change"] < 0).sum())
    widest = extreme(rows, "change_pct")
    return t(
        "finding.level_targets",
        lang,
        n=len(rows),
        above=above,
        below=below,
        year=year_of(rows, "year", lang),
        target_year=year_of(rows, "target_year", lang),
        name=name_in_sentence(widest, lang),
        change=signed(float(widest["change_pct"]), lang),
    )


def required_pace(table: pd.DataFrame, lang: str = "en") -> str:
    """Say what growth the level targets ask for, against the growth achieved.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`; `required_growth` and `achieved_growth` in %.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    needed = ["indicator", "required_growth", "achieved_growth", "year", "target_year"]
    check(table, needed, lang)
    rows = table[np.isfinite(table["required_growth"].astype(float))]
    if rows.empty:
        return t("finding.no_level_pairs", lang)
    words = {
        "year": year_of(rows, "year", lang),
        "target_year": year_of(rows, "target_year", lang),
    }
    both = rows[np.isfinite(rows["achieved_growth"].astype(float))]
    if both.empty:
        if len(rows) == 1:
            row = rows.iloc[0]
            return t(
                "finding.required_one",
                lang,
                name=name_in_sentence(row, lang),
                required=signed(float(row["required_growth"]), lang),
                **words,
            )
        return t(
            "finding.required_span",
            lang,
            low=signed(float(rows["required_growth"].min()), lang),
            high=signed(float(rows["required_growth"].max()), lang),
            n=len(rows),
            **words,
        )
    ahead = both["required_growth"] - both["achieved_growth"]
    row = both.iloc[int(ahead.to_numpy(float).argmax())]
    faster = float(ahead.max()) > HELD_WITHIN
    return t(
        "finding.required_faster" if faster else "finding.required_slower",
        lang,
        name=name_in_sentence(row, lang),
        required=number(round(float(row["required_growth"]), 1), "%", lang),
        achieved=number(round(float(row["achieved_growth"]), 1), "%", lang),
        **words,
    )


def stances(table: pd.DataFrame, lang: str = "en") -> str:
    """Count the targets that are raised, held and lowered.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "stance", "year", "target_year"], lang)
    rows = table[table["stance"].isin(["raised", "held", "lowered"])]
    if rows.empty:
        return t("finding.no_pairs", lang)
    counts = rows["stance"].value_counts()
    return t(
        "finding.stances",
        lang,
        n=len(rows),
        raised=int(counts.get("raised", 0)),
        held=int(counts.get("held", 0)),
        lowered=int(counts.get("lowered", 0)),
        year=year_of(rows, "year", lang),
        target_year=year_of(rows, "target_year", lang),
    )


def comparison(row: pd.Series, lang: str = "en") -> str:
    """Say how one target stands to its outcome, with qualifier, estimate and caveat.

    Parameters
    ----------
    row : pandas.Series
        One row of `compare.outcomes_vs_targets`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(row.to_frame().T, ["indicator", "measure", "outcome", "target", "verdict"], lang)
    measure = str(row["measure"])
    name = name_in_sentence(row, lang)
    if measure == "growth":
        name = growth_name(name, lang)
    words = {
        "name": name,
        "outcome": pair_value(row, "outcome", lang),
        "target": pair_value(row, "target", lang),
        "year": years([row["year"]], lang),
        "target_year": years([row["target_year"]], lang),
    }
    verdict = str(row["verdict"])
    change = float(row["change"]) if pd.notna(row.get("change")) else np.nan
    if verdict == "not_comparable" or not np.isfinite(change):
        reason = cell(row, f"reason_{lang}").rstrip("。. ")
        key = "pair_caveat" if reason else "pair_plain"
        return sentence(t(f"finding.{key}", lang, reason=reason, **words))
    if measure == "level":
        percent = float(row["change_pct"]) if pd.notna(row.get("change_pct")) else np.nan
        if not np.isfinite(percent):
            return sentence(t("finding.pair_plain", lang, **words))
        words["change"] = t("finding.percent", lang, value=signed(percent, lang))
    else:
        words["change"] = t("finding.points", lang, value=signed(change, lang))
    known = verdict in ("floor_below_outcome", "ceiling_above_outcome")
    key = f"pair_{verdict}" if known else "pair"
    return sentence(t(f"finding.{key}", lang, **words))


def headline(table: pd.DataFrame, lang: str = "en") -> str:
    """Name the first two figures of a comparison table as a headline.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "measure", "region", "year", "outcome", "unit_base"], lang)
    rows = table[table["outcome"].notna()]
    if rows.empty:
        return t("finding.no_headline", lang)
    parts = []
    for _, row in rows.head(2).iterrows():
        grew = row["measure"] == "growth" and float(row["outcome"]) > 0
        key = "figure_growth" if grew else "figure"
        name = name_in_sentence(row, lang)
        if row["measure"] == "growth" and not grew:
            name = growth_name(name, lang)
        parts.append(t(f"finding.{key}", lang, name=name, value=pair_value(row, "outcome", lang)))
    return t(
        "finding.headline",
        lang,
        region=region_name(str(rows["region"].iloc[0]), lang),
        year=year_of(rows, "year", lang),
        figures=parts[0]
        if len(parts) < 2
        else t("finding.clauses", lang, head=parts[0], last=parts[1]),
    )


def _comparable(table: pd.DataFrame, measure: Sequence[str]) -> pd.DataFrame:
    rows = table[table["measure"].isin(list(measure)) & table["change"].notna()]
    if "comparability" in rows.columns:
        rows = rows[rows["comparability"] != "caveat"]
    return rows

"""Projections, implied base years, and what does not add up."""

from __future__ import annotations

import pandas as pd

from yanshi_analysis.findings._values import (
    cell,
    check,
    growth_name,
    name_in_sentence,
    projected,
    sentence,
    years,
)
from yanshi_analysis.labels import number, region_name, t, value_label


def projection(table: pd.DataFrame, lang: str = "en") -> str:
    """Say where a projection leads, and how wide it is.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `trends.project` for one indicator and region.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "year", "scenario", "mean", "lo80", "hi80", "observed"], lang)
    seen = table["observed"].astype(bool)
    ahead = table[~seen & table["mean"].notna()]
    if ahead.empty:
        return t("finding.no_projection", lang)
    name = name_in_sentence(ahead.iloc[0], lang)
    unit = str(ahead["unit_base"].iloc[0]) if "unit_base" in ahead.columns else "%"
    if "measure" in ahead.columns and (ahead["measure"] == "growth").all():
        name = growth_name(name, lang)
    if "region" in ahead.columns:
        where = region_name(str(ahead["region"].iloc[0]), lang)
        name = t("finding.name_region", lang, name=name, region=where)
    last = ahead[ahead["year"] == ahead["year"].max()]
    year = years([int(last["year"].iloc[0])], lang)
    bands = last[last["lo80"].notna() & last["hi80"].notna()]
    if len(bands):
        row = bands.iloc[0]
        return sentence(
            t(
                "finding.projection_band",
                lang,
                name=name,
                year=year,
                mean=projected(float(row["mean"]), unit, lang),
                low=projected(float(row["lo80"]), unit, lang, named=unit == "%"),
                high=projected(float(row["hi80"]), unit, lang),
            )
        )
    low, high = float(last["mean"].min()), float(last["mean"].max())
    if len(last) == 1 or low == high:
        return sentence(
            t(
                "finding.projection_one",
                lang,
                name=name,
                year=year,
                mean=projected(high, unit, lang),
            )
        )
    return sentence(
        t(
            "finding.projection_span",
            lang,
            name=name,
            year=year,
            n=len(last),
            low=projected(low, unit, lang, named=unit == "%"),
            high=projected(high, unit, lang),
        )
    )


def implied_base(row: pd.Series, lang: str = "en") -> str:
    """Say what the year before must have been, given a level and its growth.

    Parameters
    ----------
    row : pandas.Series
        One row of `compare.implied_base`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    needed = ["indicator", "year", "implied", "implied_low", "implied_high", "unit_base"]
    check(row.to_frame().T, needed, lang)
    unit = str(row["unit_base"])
    return sentence(
        t(
            "finding.implied_base",
            lang,
            name=name_in_sentence(row, lang),
            year=years([row["year"]], lang),
            value=value_label(float(row["implied"]), unit, lang),
            low=number(float(row["implied_low"]), unit, lang),
            high=value_label(float(row["implied_high"]), unit, lang),
        )
    )


def inconsistency(row: pd.Series, lang: str = "en") -> str:
    """Say what does not add up, with the arithmetic.

    Parameters
    ----------
    row : pandas.Series
        One row of `compare.inconsistencies`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(row.to_frame().T, ["indicator", f"arithmetic_{lang}"], lang)
    return sentence(
        t(
            "finding.inconsistency",
            lang,
            name=name_in_sentence(row, lang),
            arithmetic=cell(row, f"arithmetic_{lang}").rstrip("。. "),
        )
    )

"""Targets against outcomes of the same year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from yanshi_analysis.findings._values import (
    check,
    joined,
    name_in_sentence,
    names_of,
    sentence,
    signed,
    year_of,
)
from yanshi_analysis.labels import region_name, t


def attainment_by_indicator(table: pd.DataFrame, lang: str = "en") -> str:
    """Say how many of the targets of a region were met, and which were missed.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.attainment`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "region", "year", "met"], lang)
    rows = table[table["met"].isin(["met", "met_within_about", "missed"])]
    if rows.empty:
        return t("finding.no_attainment", lang)
    met, about, missed = _met(rows)
    regions = rows["region"].unique()
    if len(regions) == 1:
        where = region_name(str(regions[0]), lang)
    else:
        where = t("finding.regions", lang, n=len(regions))
    lost = rows[rows["met"] == "missed"].drop_duplicates("indicator")
    if not missed:
        tail = t("finding.none_missed", lang)
    elif len(lost) <= 2:
        names = joined(names_of(lost, lang), lang)
        tail = t("finding.missed_names", lang, names=names)
    else:
        tail = t("finding.missed_count", lang, n=missed)
    key = "attainment_about" if about else "attainment"
    return sentence(
        t(
            f"finding.{key}",
            lang,
            where=where,
            year=year_of(rows, "year", lang),
            met=met + about,
            about=about,
            n=len(rows),
            tail=tail,
        )
    )


def attainment_by_region(table: pd.DataFrame, lang: str = "en") -> str:
    """Say which indicator's targets were met most and least often across regions.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.attainment` for several regions.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "region", "year", "met"], lang)
    rows = table[table["met"].isin(["met", "met_within_about", "missed"])]
    if rows.empty:
        return t("finding.no_attainment", lang)
    if rows["indicator"].nunique() == 1:
        met, about, _ = _met(rows)
        return sentence(
            t(
                "finding.regions_met",
                lang,
                name=name_in_sentence(rows.iloc[0], lang),
                met=met + about,
                n=len(rows),
                year=year_of(rows, "year", lang),
            )
        )
    tally = (
        rows.assign(hit=rows["met"] != "missed")
        .groupby("indicator", sort=True)["hit"]
        .agg(["sum", "count"])
    )
    tally["rate"] = tally["sum"] / tally["count"]
    tally = tally.sort_values(["rate", "count"], ascending=[False, False], kind="stable")
    often = tally[tally["count"] >= min(5, int(tally["count"].max()))]
    tally = often if len(often) > 1 else tally
    best, worst = tally.iloc[0], tally.iloc[-1]
    if best["rate"] == worst["rate"]:
        total = int((rows["met"] != "missed").sum())
        return t(
            "finding.regions_all", lang, met=total, n=len(rows), year=year_of(rows, "year", lang)
        )
    return sentence(
        t(
            "finding.regions_best_worst",
            lang,
            year=year_of(rows, "year", lang),
            best=_named(rows, tally.index[0], lang),
            best_met=int(best["sum"]),
            best_n=int(best["count"]),
            worst=_named(rows, tally.index[-1], lang),
            worst_met=int(worst["sum"]),
            worst_n=int(worst["count"]),
        )
    )


def misses(table: pd.DataFrame, lang: str = "en") -> str:
    """Say how outcomes fell about their targets in a class of comparable cases.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a case, with `indicator`, `year` and `gap` (outcome minus target, pp).
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "year", "gap"], lang)
    gaps = table["gap"].astype(float)
    gaps = gaps[np.isfinite(gaps)]
    if gaps.empty:
        return t("finding.no_misses", lang)
    single = table["indicator"].nunique() == 1
    name = name_in_sentence(table.iloc[0], lang) if single else t("finding.all", lang)
    low, high = np.quantile(gaps, [0.25, 0.75])
    short = int((gaps < -1e-9).sum())
    return sentence(
        t(
            "finding.misses",
            lang,
            name=name,
            short=short,
            n=len(gaps),
            low=signed(float(low), lang),
            high=signed(float(high), lang),
        )
    )


def _met(rows: pd.DataFrame) -> tuple[int, int, int]:
    counts = rows["met"].value_counts()
    return (
        int(counts.get("met", 0)),
        int(counts.get("met_within_about", 0)),
        int(counts.get("missed", 0)),
    )


def _named(rows: pd.DataFrame, indicator: object, lang: str) -> str:
    return name_in_sentence(rows[rows["indicator"] == indicator].iloc[0], lang)

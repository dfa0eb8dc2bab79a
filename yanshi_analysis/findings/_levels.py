"""Shares, parts of a whole, levels over time, directions."""

from __future__ import annotations

import pandas as pd

from yanshi_analysis.findings._values import (
    check,
    extreme,
    fact_value,
    joined,
    lower,
    name_in_sentence,
    names_of,
    sentence,
    share_name,
    year_of,
    years,
)
from yanshi_analysis.labels import t, value_label


def shares(table: pd.DataFrame, lang: str = "en") -> str:
    """Say how shares of a whole stand: how many are complete, which is lowest.

    Parameters
    ----------
    table : pandas.DataFrame
        Fact rows of measure share.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "year", "value_base", "unit_base"], lang)
    rows = table[table["value_base"].notna()]
    if rows.empty:
        return t("finding.no_shares", lang)
    low, high = extreme(rows, "value_base", -1), extreme(rows, "value_base", 1)
    words = {
        "year": year_of(rows, "year", lang),
        "n": len(rows),
        "low_name": lower(share_name(low, lang), lang),
        "low": fact_value(low, lang),
        "high_name": lower(share_name(high, lang), lang),
        "high": fact_value(high, lang),
    }
    full = int((rows["value_base"] >= 100).sum())
    if len(rows) == 1:
        return sentence(t("finding.share_one", lang, **words))
    if full == len(rows):
        return t("finding.shares_all_full", lang, **words)
    if full:
        return t("finding.shares_full", lang, full=full, **words)
    return sentence(t("finding.shares_span", lang, **words))


def parts_of_whole(table: pd.DataFrame, lang: str = "en") -> str:
    """Say which part of a whole is largest, and how it moved.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `indicator` (the part), `whole`, `year` and `share` (%).
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "whole", "year", "share"], lang)
    rows = table[table["share"].notna()]
    if rows.empty:
        return t("finding.no_shares", lang)
    last = rows[rows["year"] == rows["year"].max()]
    top = extreme(last, "share", 1)
    words = {
        "name": name_in_sentence(top, lang),
        "whole": _whole(top, lang),
        "share": value_label(round(float(top["share"]), 1), "%", lang),
        "year": years([top["year"]], lang),
    }
    earlier = rows[
        (rows["indicator"] == top["indicator"]) & (rows["year"] < top["year"])
    ].sort_values("year")
    if "region" in rows.columns:
        earlier = earlier[earlier["region"] == top["region"]]
    if earlier.empty:
        return sentence(t("finding.parts", lang, **words))
    before = earlier.iloc[0]
    return sentence(
        t(
            "finding.parts_moved",
            lang,
            before=value_label(round(float(before["share"]), 1), "%", lang),
            before_year=years([before["year"]], lang),
            **words,
        )
    )


def levels_over_time(table: pd.DataFrame, lang: str = "en") -> str:
    """Say in how many indicators the target lies above the last outcome.

    Parameters
    ----------
    table : pandas.DataFrame
        Fact rows of measure level, outcomes and targets.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "year", "kind", "value_base"], lang)
    rows = table[table["value_base"].notna()]
    if rows.empty:
        return t("finding.no_levels", lang)
    latest = rows.sort_values("year", kind="stable").groupby(["indicator", "kind"]).tail(1)
    wide = latest.pivot_table(index="indicator", columns="kind", values="value_base")
    when = latest.pivot_table(index="indicator", columns="kind", values="year")
    if "target" not in wide.columns or "outcome" not in wide.columns:
        return t(
            "finding.levels_shown",
            lang,
            n=rows["indicator"].nunique(),
            year=year_of(rows, "year", lang),
        )
    both = wide.dropna(subset=["target", "outcome"])
    if both.empty:
        return t(
            "finding.levels_shown",
            lang,
            n=rows["indicator"].nunique(),
            year=year_of(rows, "year", lang),
        )
    above = int((both["target"] > both["outcome"]).sum())
    return t(
        "finding.levels",
        lang,
        above=above,
        n=len(both),
        year=years(when.loc[both.index, "outcome"], lang),
        target_year=years(when.loc[both.index, "target"], lang),
    )


def directions(table: pd.DataFrame, lang: str = "en") -> str:
    """Say what fell and what rose where the report states a direction only.

    Parameters
    ----------
    table : pandas.DataFrame
        Fact rows of measure direction (−1 falls, +1 rises).
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    check(table, ["indicator", "year", "kind", "value_base"], lang)
    rows = table[table["value_base"].notna()]
    if rows.empty:
        return t("finding.no_directions", lang)
    kind = "outcome" if (rows["kind"] == "outcome").any() else "target"
    now = rows[(rows["kind"] == kind)]
    now = now[now["year"] == now["year"].max()]

    def named(part: pd.DataFrame) -> str:
        if len(part) > 2:
            return t("finding.indicators", lang, n=len(part))
        return joined(names_of(part, lang), lang)

    down, up = now[now["value_base"] < 0], now[now["value_base"] > 0]
    year = year_of(now, "year", lang)
    if not len(down) or not len(up):
        key = f"directions_{'up' if len(up) else 'down'}_{kind}"
        text = t(f"finding.{key}", lang, names=named(now), year=year)
    else:
        text = t(f"finding.directions_{kind}", lang, down=named(down), up=named(up), year=year)
    aims = rows[rows["kind"] == "target"]
    if kind == "outcome" and len(aims):
        aims = aims[aims["year"] == aims["year"].max()]
        both = aims.merge(now, on="indicator", suffixes=("", "_now"))
        if len(both) and (both["value_base"] == both["value_base_now"]).all():
            text += t("finding.directions_same", lang, year=year_of(aims, "year", lang))
    return sentence(text)


def _whole(row: pd.Series, lang: str) -> str:
    own = row.get(f"whole_name_{lang}")
    return name_in_sentence(
        {"indicator": row["whole"], f"name_{lang}": own if isinstance(own, str) else ""}, lang
    )

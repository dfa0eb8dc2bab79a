"""Findings: what a tidy table says, in one sentence, in English or Chinese.

Every sentence is computed from the rows it is given: chart titles, notebooks and briefings share
them. A figure whose qualifier is not exact keeps its qualifier, and an estimate says that it is
one. No sentence calls a floor below the outcome a forecast decline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from yanshi_analysis.labels import (
    check_lang,
    indicator_name,
    number,
    region_name,
    t,
    value_label,
)

__all__ = [
    "attainment_by_indicator",
    "attainment_by_region",
    "cell",
    "comparison",
    "directions",
    "doubtful",
    "fact_value",
    "growth_targets",
    "headline",
    "implied_base",
    "inconsistency",
    "level_targets",
    "levels_over_time",
    "meaning",
    "misses",
    "name_in_sentence",
    "name_of",
    "pair_value",
    "parts_of_whole",
    "projected",
    "projection",
    "required_pace",
    "share_name",
    "shares",
    "signed",
    "stances",
    "years",
]

HELD_WITHIN = 0.05
"""Percentage points below which two growth rates count as the same."""


# -- words for single values -----------------------------------------------------------------
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
    return _lower(name_of(row, lang), lang)


def _lower(name: str, lang: str) -> str:
    if lang != "en" or len(name) < 2:
        return name
    first = name.split()[0]
    if any(letter.isupper() for letter in first[1:]) or not first.replace("-", "").isalpha():
        return name
    return name[0].lower() + name[1:]


def share_name(row: Mapping[str, Any] | pd.Series, lang: str) -> str:
    """Name of a share: an indicator that is a quantity gets the word "share" behind its name."""
    name = name_of(row, lang)
    quantity = meaning("unit_base").get(str(row["indicator"]), "%") not in ("%", "pp")
    return t("finding.share_of", lang, name=name) if quantity else name


def _sentence(text: str) -> str:
    """Give a sentence its first capital."""
    return text[:1].upper() + text[1:]


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


def _one(table: pd.DataFrame, column: str, lang: str) -> str:
    return years(table[column], lang)


def _list(parts: Sequence[str], lang: str) -> str:
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts)
    head = t("finding.comma", lang).join(parts[:-1])
    return t("finding.and", lang, head=head, last=parts[-1])


def _check(table: pd.DataFrame, needed: Sequence[str], lang: str) -> None:
    check_lang(lang)
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise ValueError(
            f"the table lacks the columns {', '.join(missing)}; it has "
            f"{', '.join(map(str, table.columns)) or 'none'}"
        )


def _comparable(table: pd.DataFrame, measure: Sequence[str]) -> pd.DataFrame:
    rows = table[table["measure"].isin(list(measure)) & table["change"].notna()]
    if "comparability" in rows.columns:
        rows = rows[rows["comparability"] != "caveat"]
    return rows


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    return [name_in_sentence(row, lang) for _, row in rows.iterrows()]


def _named(rows: pd.DataFrame, indicator: object, lang: str) -> str:
    return name_in_sentence(rows[rows["indicator"] == indicator].iloc[0], lang)


def _extreme(rows: pd.DataFrame, column: str, sign: int = 0) -> pd.Series:
    """Row with the largest (+1), smallest (−1) or furthest from zero (0) value."""
    values = rows[column].to_numpy(float)
    return rows.iloc[int(np.argmax(values * sign if sign else np.abs(values)))]


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
        For instance ``about 6%`` or ``预计36370元``.
    """
    qualifier = cell(row, f"{side}_qualifier", "exact")
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
        `qualifier`, `high` and `status` where there are.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    qualifier = cell(row, "qualifier", "exact")
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


# -- outcomes against targets ----------------------------------------------------------------
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
    _check(table, ["indicator", "measure", "change", "year", "target_year"], lang)
    rows = _comparable(table, ["growth"])
    if rows.empty:
        return t("finding.no_growth_pairs", lang)
    if len(rows) == 1:
        return comparison(rows.iloc[0], lang)
    above = int((rows["change"] > HELD_WITHIN).sum())
    below = int((rows["change"] < -HELD_WITHIN).sum())
    widest = _extreme(rows, "change")
    return t(
        "finding.growth_targets",
        lang,
        n=len(rows),
        above=above,
        below=below,
        held=len(rows) - above - below,
        year=_one(rows, "year", lang),
        target_year=_one(rows, "target_year", lang),
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
    _check(table, ["indicator", "measure", "change", "change_pct", "year", "target_year"], lang)
    rows = _comparable(table, ["level"])
    rows = rows[np.isfinite(rows["change_pct"].astype(float))]
    if rows.empty:
        return t("finding.no_level_pairs", lang)
    if len(rows) == 1:
        return comparison(rows.iloc[0], lang)
    above = int((rows["change"] > 0).sum())
    below = int((rows["change"] < 0).sum())
    widest = _extreme(rows, "change_pct")
    return t(
        "finding.level_targets",
        lang,
        n=len(rows),
        above=above,
        below=below,
        year=_one(rows, "year", lang),
        target_year=_one(rows, "target_year", lang),
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
    _check(table, needed, lang)
    rows = table[np.isfinite(table["required_growth"].astype(float))]
    if rows.empty:
        return t("finding.no_level_pairs", lang)
    words = {
        "year": _one(rows, "year", lang),
        "target_year": _one(rows, "target_year", lang),
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
    _check(table, ["indicator", "stance", "year", "target_year"], lang)
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
        year=_one(rows, "year", lang),
        target_year=_one(rows, "target_year", lang),
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
    _check(row.to_frame().T, ["indicator", "measure", "outcome", "target", "verdict"], lang)
    measure = str(row["measure"])
    name = name_in_sentence(row, lang)
    if measure == "growth":
        name = t("finding.growth_of", lang, name=name)
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
        return _sentence(t(f"finding.{key}", lang, reason=reason, **words))
    if measure == "level":
        percent = float(row["change_pct"]) if pd.notna(row.get("change_pct")) else np.nan
        if not np.isfinite(percent):
            return _sentence(t("finding.pair_plain", lang, **words))
        words["change"] = t("finding.percent", lang, value=signed(percent, lang))
    else:
        words["change"] = t("finding.points", lang, value=signed(change, lang))
    known = verdict in ("floor_below_outcome", "ceiling_above_outcome")
    key = f"pair_{verdict}" if known else "pair"
    return _sentence(t(f"finding.{key}", lang, **words))


# -- attainment ------------------------------------------------------------------------------
def _met(rows: pd.DataFrame) -> tuple[int, int, int]:
    counts = rows["met"].value_counts()
    return (
        int(counts.get("met", 0)),
        int(counts.get("met_within_about", 0)),
        int(counts.get("missed", 0)),
    )


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
    _check(table, ["indicator", "region", "year", "met"], lang)
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
        names = _list(_names(lost, lang), lang)
        tail = t("finding.missed_names", lang, names=names)
    else:
        tail = t("finding.missed_count", lang, n=missed)
    key = "attainment_about" if about else "attainment"
    return _sentence(
        t(
            f"finding.{key}",
            lang,
            where=where,
            year=_one(rows, "year", lang),
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
    _check(table, ["indicator", "region", "year", "met"], lang)
    rows = table[table["met"].isin(["met", "met_within_about", "missed"])]
    if rows.empty:
        return t("finding.no_attainment", lang)
    if rows["indicator"].nunique() == 1:
        met, about, _ = _met(rows)
        return _sentence(
            t(
                "finding.regions_met",
                lang,
                name=name_in_sentence(rows.iloc[0], lang),
                met=met + about,
                n=len(rows),
                year=_one(rows, "year", lang),
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
            "finding.regions_all", lang, met=total, n=len(rows), year=_one(rows, "year", lang)
        )
    return _sentence(
        t(
            "finding.regions_best_worst",
            lang,
            year=_one(rows, "year", lang),
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
    _check(table, ["indicator", "year", "gap"], lang)
    gaps = table["gap"].astype(float)
    gaps = gaps[np.isfinite(gaps)]
    if gaps.empty:
        return t("finding.no_misses", lang)
    single = table["indicator"].nunique() == 1
    name = name_in_sentence(table.iloc[0], lang) if single else t("finding.all", lang)
    low, high = np.quantile(gaps, [0.25, 0.75])
    short = int((gaps < -1e-9).sum())
    return _sentence(
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


# -- shares, levels, directions --------------------------------------------------------------
def _whole(row: pd.Series, lang: str) -> str:
    own = row.get(f"whole_name_{lang}")
    return name_in_sentence(
        {"indicator": row["whole"], f"name_{lang}": own if isinstance(own, str) else ""}, lang
    )


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
    _check(table, ["indicator", "year", "value_base", "unit_base"], lang)
    rows = table[table["value_base"].notna()]
    if rows.empty:
        return t("finding.no_shares", lang)
    low, high = _extreme(rows, "value_base", -1), _extreme(rows, "value_base", 1)
    words = {
        "year": _one(rows, "year", lang),
        "n": len(rows),
        "low_name": _lower(share_name(low, lang), lang),
        "low": fact_value(low, lang),
        "high_name": _lower(share_name(high, lang), lang),
        "high": fact_value(high, lang),
    }
    full = int((rows["value_base"] >= 100).sum())
    if len(rows) == 1:
        return _sentence(t("finding.share_one", lang, **words))
    if full == len(rows):
        return t("finding.shares_all_full", lang, **words)
    if full:
        return t("finding.shares_full", lang, full=full, **words)
    return _sentence(t("finding.shares_span", lang, **words))


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
    _check(table, ["indicator", "whole", "year", "share"], lang)
    rows = table[table["share"].notna()]
    if rows.empty:
        return t("finding.no_shares", lang)
    last = rows[rows["year"] == rows["year"].max()]
    top = _extreme(last, "share", 1)
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
        return _sentence(t("finding.parts", lang, **words))
    before = earlier.iloc[0]
    return _sentence(
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
    _check(table, ["indicator", "year", "kind", "value_base"], lang)
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
            year=_one(rows, "year", lang),
        )
    both = wide.dropna(subset=["target", "outcome"])
    if both.empty:
        return t(
            "finding.levels_shown",
            lang,
            n=rows["indicator"].nunique(),
            year=_one(rows, "year", lang),
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
    _check(table, ["indicator", "year", "kind", "value_base"], lang)
    rows = table[table["value_base"].notna()]
    if rows.empty:
        return t("finding.no_directions", lang)
    kind = "outcome" if (rows["kind"] == "outcome").any() else "target"
    now = rows[(rows["kind"] == kind)]
    now = now[now["year"] == now["year"].max()]

    def named(part: pd.DataFrame) -> str:
        if len(part) > 2:
            return t("finding.indicators", lang, n=len(part))
        return _list(_names(part, lang), lang)

    down, up = now[now["value_base"] < 0], now[now["value_base"] > 0]
    year = _one(now, "year", lang)
    if not len(down) or not len(up):
        key = f"directions_{'up' if len(up) else 'down'}_{kind}"
        text = t(f"finding.{key}", lang, names=named(now), year=year)
    else:
        text = t(
            f"finding.directions_{kind}", lang, down=named(down), up=named(up), year=year
        )
    aims = rows[rows["kind"] == "target"]
    if kind == "outcome" and len(aims):
        aims = aims[aims["year"] == aims["year"].max()]
        joined = aims.merge(now, on="indicator", suffixes=("", "_now"))
        if len(joined) and (joined["value_base"] == joined["value_base_now"]).all():
            text += t("finding.directions_same", lang, year=_one(aims, "year", lang))
    return _sentence(text)


# -- projections, headline, base year, what does not add up -----------------------------------
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
    _check(table, ["indicator", "year", "scenario", "mean", "lo80", "hi80", "observed"], lang)
    seen = table["observed"].astype(bool)
    ahead = table[~seen & table["mean"].notna()]
    if ahead.empty:
        return t("finding.no_projection", lang)
    name = name_in_sentence(ahead.iloc[0], lang)
    unit = str(ahead["unit_base"].iloc[0]) if "unit_base" in ahead.columns else "%"
    if "measure" in ahead.columns and (ahead["measure"] == "growth").all():
        name = t("finding.growth_of", lang, name=name)
    last = ahead[ahead["year"] == ahead["year"].max()]
    year = years([int(last["year"].iloc[0])], lang)
    bands = last[last["lo80"].notna() & last["hi80"].notna()]
    if len(bands):
        row = bands.iloc[0]
        return _sentence(
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
        return _sentence(
            t(
                "finding.projection_one",
                lang,
                name=name,
                year=year,
                mean=projected(high, unit, lang),
            )
        )
    return _sentence(
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
    _check(table, ["indicator", "measure", "region", "year", "outcome", "unit_base"], lang)
    rows = table[table["outcome"].notna()]
    if rows.empty:
        return t("finding.no_headline", lang)
    parts = []
    for _, row in rows.head(2).iterrows():
        grew = row["measure"] == "growth" and float(row["outcome"]) > 0
        key = "figure_growth" if grew else "figure"
        name = name_in_sentence(row, lang)
        if row["measure"] == "growth" and not grew:
            name = t("finding.growth_of", lang, name=name)
        parts.append(t(f"finding.{key}", lang, name=name, value=pair_value(row, "outcome", lang)))
    return t(
        "finding.headline",
        lang,
        region=region_name(str(rows["region"].iloc[0]), lang),
        year=_one(rows, "year", lang),
        figures=_list(parts, lang),
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
    _check(row.to_frame().T, needed, lang)
    unit = str(row["unit_base"])
    return _sentence(
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
    _check(row.to_frame().T, ["indicator", f"arithmetic_{lang}"], lang)
    return _sentence(
        t(
            "finding.inconsistency",
            lang,
            name=name_in_sentence(row, lang),
            arithmetic=cell(row, f"arithmetic_{lang}").rstrip("。. "),
        )
    )

"""What notebooks of single subjects say besides: quotients, lone figures, what is measured."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from yanshi_analysis.compare import per_unit
from yanshi_analysis.data import MEASURES
from yanshi_analysis.labels import LANGUAGES, check_lang, indicator_name, t, theme_name, value_label

_DIGITS = 4

__all__ = ["bars_of", "figures", "measured", "quotient", "quotient_said"]


def quotient(
    facts: pd.DataFrame, name: str, indicator: str, other: str, year: int, region: str
) -> pd.DataFrame:
    """Divide one level by another, and give the quotient a name.

    Parameters
    ----------
    facts : DataFrame
        All facts.
    name : str
        Which quotient it is: a key of the section ``story`` of the words, such as
        ``"spend_per_visit"``.
    indicator, other : str
        What is divided, and by what.
    year : int
        The year of the outcomes.
    region : str
        GB/T 2260 code.

    Returns
    -------
    DataFrame
        Rows of `compare.per_unit`, with ``name_en`` and ``name_zh``.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> from yanshi_analysis.compare import latest_outcome_year
    >>> facts = load_facts()
    >>> year = latest_outcome_year(facts)
    >>> spend = quotient(facts, "spend_per_visit", "tourism_revenue", "tourist_visits", year,
    ...                  "410307")
    >>> sorted(set(spend["name_en"]))
    ['Spend per visit']
    """
    rows = per_unit(facts, indicator, other, year, region)
    return rows.assign(**{f"name_{lang}": t(f"story.{name}", lang) for lang in LANGUAGES})


def quotient_said(rows: pd.DataFrame, lang: str) -> list[str]:
    """Say what a quotient is, how it moved and what the targets make of it.

    A change is said only where it is larger than what rounding could make of the printed figures.

    Parameters
    ----------
    rows : DataFrame
        From `quotient`.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    list of str
        Sentences; none where there is no outcome to divide.
    """
    check_lang(lang)
    by_kind = {str(row["kind"]): row for _, row in rows.sort_values("year").iterrows()}
    past = rows[rows["kind"].isin(["implied", "outcome"])].sort_values("year")
    if "outcome" not in by_kind:
        return []
    now = past.iloc[-1]
    words = {"name": str(now[f"name_{lang}"]), "year": int(now["year"])}
    if now["qualifier"] in ("at_most", "at_least"):
        end = float(now["high"] if now["qualifier"] == "at_most" else now["low"])
        said = [
            t(
                f"story.quotient_{now['qualifier']}",
                lang,
                value=_value(now, lang),
                end=_value(now, lang, end),
                **words,
            )
        ]
    else:
        low, high = (_value(now, lang, float(now[name])) for name in ("low", "high"))
        key = "story.quotient_plain" if low == high else "story.quotient"
        said = [t(key, lang, value=_value(now, lang), low=low, high=high, **words)]
    if len(past) > 1:
        before = past.iloc[-2]
        if now["low"] > before["high"]:
            way = "rose"
        else:
            way = "fell" if now["high"] < before["low"] else "unclear"
        said.append(
            t(
                f"story.quotient_{way}",
                lang,
                before_year=int(before["year"]),
                before=_value(before, lang),
                change=_change(float(before["value_base"]), float(now["value_base"]), lang),
                low=_value(before, lang, float(before["low"])),
                high=_value(before, lang, float(before["high"])),
                **words,
            )
        )
    if "target" in by_kind:
        aim = by_kind["target"]
        said.append(
            t(
                "story.quotient_target",
                lang,
                target_year=int(aim["year"]),
                target=_value(aim, lang),
                change=_change(float(now["value_base"]), float(aim["value_base"]), lang),
                **words,
            )
        )
    return said


def bars_of(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a quotient as a pair of outcome and target, and the year before as its base.

    Parameters
    ----------
    rows : DataFrame
        From `quotient`.

    Returns
    -------
    pairs, base : DataFrame
        What `charts.level_bars` draws. Both are empty without an outcome and a target.
    """
    outcome, target = (rows[rows["kind"] == kind] for kind in ("outcome", "target"))
    outcome = outcome.tail(1)
    pairs = outcome.drop(columns="kind").merge(
        target[["indicator", "year", "value_base", "qualifier", "source"]],
        on="indicator",
        suffixes=("", "_target"),
    )
    pairs = pairs.rename(
        columns={
            "value_base": "outcome", "qualifier": "outcome_qualifier", "source": "outcome_source",
            "unit": "outcome_unit", "year_target": "target_year", "value_base_target": "target",
            "qualifier_target": "target_qualifier", "source_target": "target_source",
        }
    )  # fmt: skip
    change = pairs["target"] - pairs["outcome"]
    pairs = pairs.assign(
        measure="level",
        target_unit=pairs["outcome_unit"],
        outcome=pairs["outcome"].map(_rounded),
        target=pairs["target"].map(_rounded),
        change=change,
        change_pct=100 * change / pairs["outcome"],
        comparability="strict",
        verdict=np.where(change > 0, "raised", np.where(change < 0, "lowered", "held")),
    )
    base = rows[rows["kind"] == "implied"].rename(
        columns={"value_base": "implied", "low": "implied_low", "high": "implied_high"}
    )
    return pairs, base


def figures(rows: pd.DataFrame, comparison: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes in the form of a comparison, with their targets where there are any.

    Parameters
    ----------
    rows : DataFrame
        Facts; outcomes of the comparison's year are used, of the latest where it is empty.
        Directions are left out.
    comparison : DataFrame
        Rows of `compare.outcomes_vs_targets`.

    Returns
    -------
    DataFrame
        A row for each outcome, which `charts.kpi_tiles` draws: those with a comparable target
        first, then the others in the order of the facts, nothing (zero) last.
    """
    keys = ["indicator", "region", "year", "measure"]
    known = comparison[
        comparison["change"].notna() & (comparison["measure"] != "direction")
    ].drop_duplicates(keys)
    alone = rows[(rows["kind"] == "outcome") & (rows["measure"] != "direction")]
    alone = alone[alone["year"] == (known["year"] if len(known) else alone["year"]).max()]
    known = known.merge(alone[keys].drop_duplicates(), on=keys)
    alone = alone.merge(known[keys].assign(paired=True), on=keys, how="left")
    alone = alone[alone["paired"].isna()]
    alone = alone.sort_values("value_base", key=lambda values: values == 0, kind="stable")
    others = pd.DataFrame(
        {
            **{name: alone[name] for name in keys},
            "target_indicator": alone["indicator"],
            "target_year": alone["year"] + 1,
            "outcome": alone["value_base"],
            "outcome_high": alone["high"],
            **{
                f"outcome_{name}": alone[name]
                for name in ("unit", "qualifier", "status", "as_printed", "section", "page",
                             "line", "source")
            },
            "unit_base": alone["unit_base"],
        }
    )  # fmt: skip
    made = pd.concat([known, others], ignore_index=True) if len(known) else others
    made = made.reindex(columns=list(comparison.columns))
    for lang in LANGUAGES:
        made[f"name_{lang}"] = [_name(row, lang) for _, row in made.iterrows()]
    return made


def measured(rows: pd.DataFrame, indicators: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Count statistics by theme and by what is said of each: a number, a share, a direction.

    Parameters
    ----------
    rows : DataFrame
        Facts.
    indicators : DataFrame
        The dictionary's indicators: which theme each is of.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    DataFrame
        A row for each theme, a column for each measure that occurs, headed in words.
    """
    themes = rows.merge(indicators[["indicator", "theme"]], on="indicator", how="left")
    counts = pd.crosstab(themes["theme"], themes["measure"])
    order = [name for name in indicators["theme"].unique() if name in counts.index]
    counts = counts.reindex(order)
    made: dict[str, list[object]] = {
        t("story.theme", lang): [theme_name(str(name), lang) for name in order]
    }
    for measure in MEASURES:
        if measure in counts:
            made[t(f"story.measured_{measure}", lang)] = counts[measure].tolist()
    return pd.DataFrame(made)


def _name(row: pd.Series, lang: str) -> str:
    """Return the name of an outcome that stands alone: a rank says that it is one."""
    name = indicator_name(str(row["indicator"]), lang)
    return t("story.rank_of", lang, name=name) if row["measure"] == "rank" else name


def _rounded(value: float) -> float:
    """Return a quotient with four significant digits: the printed figures carry no more."""
    return float(f"{value:.{_DIGITS}g}")


def _value(row: pd.Series, lang: str, value: float | None = None) -> str:
    about = row["qualifier"] == "about" and value is None
    return value_label(
        float(row["value_base"]) if value is None else value,
        str(row["unit_base"]),
        lang,
        unit=str(row["unit"]),
        qualifier="about" if about else "exact",
        digits=_DIGITS,
    )


def _change(before: float, after: float, lang: str) -> str:
    percent = 100 * (after / before - 1) if before else math.nan
    return value_label(round(percent, 1), "%", lang, signed=True, decimals=1)

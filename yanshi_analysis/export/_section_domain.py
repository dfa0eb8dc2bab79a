"""A slide per domain: what happened, what is planned, and what is worth saying about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from yanshi_analysis import findings
from yanshi_analysis.labels import domain_name, printed, source_line, t, value_label
from yanshi_analysis.style import domain_color

from ._model import Native, Section, Table
from ._natives import change_native, growth_native
from ._pictures import picture_of
from ._places import fact_places
from ._tables import Tables, comparable, widest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["domain_section"]

_POINTS = 4
_BESIDE_CHART = 2
_MOST_LEVELS = 6
_ORDER = ("level", "share", "rank", "direction", "growth")


def domain_section(tables: Tables, domain: str, lang: str) -> Section | None:
    """Return what happened and what is planned in one domain.

    Parameters
    ----------
    tables : Tables
        What the briefing is made from.
    domain : str
        Id of the domain.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    Section or None
        None if the region has no figures in it.
    """
    facts = tables.facts[
        (tables.facts["region"] == tables.region)
        & tables.facts["kind"].isin(["outcome", "target"])
        & tables.facts["year"].between(tables.year, tables.target_year)
    ]
    facts = facts[facts["indicator"].map(tables.domains) == domain]
    if facts.empty:
        return None
    facts = facts.sort_values(["line", "measure"], kind="stable")
    pairs = tables.comparison
    pairs = pairs[pairs["indicator"].map(tables.domains) == domain]
    native = _native(comparable(pairs), lang)
    count = t(
        "export.domain_counts",
        lang,
        domain=domain_name(domain, lang),
        outcomes=int((facts["kind"] == "outcome").sum()),
        targets=int((facts["kind"] == "target").sum()),
        year=tables.year,
        target_year=tables.target_year,
    )
    title, *points = [*_sentences(facts, pairs, lang), count]
    shown = points[:_BESIDE_CHART] if native else [*points[:-1][: _POINTS - 1], *points[-1:]]
    rows = _figures(facts, pairs, tables, lang)
    charted = set(native.categories) if native else set()
    return Section(
        f"domain_{domain}",
        domain_name(domain, lang),
        domain_color(domain),
        title,
        tuple(shown),
        native=native,
        table=_table(rows, tables, lang),
        slide_table=_table([row for row in rows if row[0] not in charted], tables, lang),
        source=source_line(facts, lang),
        places=fact_places(facts, tables, lang),
        draw=_picture(comparable(pairs), facts, lang),
    )


def _native(pairs: pd.DataFrame, lang: str) -> Native | None:
    """Growth where there are two rates to compare, else the change of levels."""
    if (pairs["measure"] == "growth").sum() > 1:
        return growth_native(pairs, lang)
    return change_native(pairs, lang) if pairs["change_pct"].notna().sum() > 1 else None


def _picture(pairs: pd.DataFrame, facts: pd.DataFrame, lang: str) -> Callable[[], Axes] | None:
    """Choose the picture of a domain for the document."""
    growth = pairs[pairs["measure"] == "growth"]
    if len(growth) > 1:
        return picture_of("growth_dumbbell", growth, lang)
    levels = pairs[(pairs["measure"] == "level") & pairs["change_pct"].notna()]
    if len(levels) > 1:
        return picture_of("level_bars", levels.head(_MOST_LEVELS), lang, scale="index")
    directions = facts[facts["measure"] == "direction"]
    if len(directions) > 1:
        return picture_of("direction_arrows", directions, lang)
    return None


def _sentences(facts: pd.DataFrame, pairs: pd.DataFrame, lang: str) -> list[str]:
    """Say what is worth saying about a domain, the most telling first."""
    ordered = comparable(pairs)
    ordered = widest(ordered[ordered["change"].notna()])
    moved, held = ordered[ordered["change"] != 0], ordered[ordered["change"] == 0]
    made = [findings.comparison(row, lang) for _, row in moved.head(3).iterrows()]
    directions = facts[facts["measure"] == "direction"]
    if len(directions):
        made.append(findings.directions(directions, lang))
    made += [findings.comparison(row, lang) for _, row in held.head(2).iterrows()]
    shares = facts[(facts["measure"] == "share") & (facts["kind"] == "outcome")]
    if len(shares) > 1:
        made.append(findings.shares(shares, lang))
    return made


def _figures(
    facts: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str
) -> list[tuple[str, str, str]]:
    """Each indicator's outcome and target in words, those that have both first.

    A target of another wording stands beside its outcome. One that is not comparable stands in a
    row of its own, under its own name: what stands side by side is read as one thing.
    """
    alike, apart = _partners(pairs)
    said: dict[tuple[str, str], dict[str, str]] = {}
    for row in facts.to_dict("records"):
        key = (str(row["indicator"]), str(row["kind"]))
        said.setdefault(key, {}).setdefault(str(row["measure"]), _value(row, lang))
    rows = []
    for indicator in dict.fromkeys(str(one) for one in facts["indicator"]):
        name = tables.indicators[indicator]
        done = _joined(said.get((indicator, "outcome"), {}), lang)
        own = said.get((indicator, "target"), {})
        if indicator in alike:
            own = own | said.get((alike[indicator], "target"), {})
        elif indicator in alike.values():  # its target stands beside its partner
            own = {}
        aims = _joined(own, lang)
        cells = [(done, "–"), ("–", aims)] if indicator in apart else [(done, aims)]
        rows += [(name, *both) for both in cells if both != ("–", "–")]
    return sorted(rows, key=lambda row: "–" in row[1:])


def _partners(pairs: pd.DataFrame) -> tuple[dict[str, str], set[str]]:
    """Return the target that may stand beside an outcome, and what must not with its own."""
    alike: dict[str, str] = {}
    apart: set[str] = set()
    for row in pairs.to_dict("records"):
        done, aim = str(row["indicator"]), str(row["target_indicator"])
        if row["comparability"] == "caveat":
            apart |= {done} if done == aim else set()
        elif done != aim:
            alike.setdefault(done, aim)
    return alike, apart


def _value(row: Mapping[Any, Any], lang: str) -> str:
    if row["measure"] == "direction":  # "two fall, one rises" says nothing of one of them
        return value_label(float(row["value"]), "direction", lang)
    text = printed(row, lang)
    return t("export.with_growth", lang, value=text) if row["measure"] == "growth" else text


def _joined(by_measure: Mapping[str, str], lang: str) -> str:
    parts = [by_measure[measure] for measure in _ORDER if measure in by_measure]
    return t("export.comma", lang).join(parts) or "–"


def _table(rows: Sequence[tuple[str, str, str]], tables: Tables, lang: str) -> Table:
    heads = (
        t("export.head_indicator", lang),
        t("export.series_outcome", lang, year=tables.year),
        t("export.series_target", lang, year=tables.target_year),
    )
    return Table(heads, tuple(rows), (2.6, 1.9, 1.8), (False, True, True))

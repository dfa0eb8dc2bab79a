"""All statistics of a subject, theme by theme, and how sure they are."""

from __future__ import annotations

import pandas as pd

from yanshi_analysis.data import KINDS
from yanshi_analysis.findings import growth_name
from yanshi_analysis.labels import (
    domain_name,
    indicator_name,
    printed,
    said_in_words,
    source_line,
    t,
    theme_name,
)
from yanshi_analysis.notebook import _html
from yanshi_analysis.notebook._words import place

__all__ = ["contents", "how_sure", "show"]

_COLUMNS = ("indicator", "year", "value", "precision", "kind", "place")


def show(rows: pd.DataFrame, indicators: pd.DataFrame, lang: str) -> pd.DataFrame:
    """List statistics, a folded table for each theme.

    Parameters
    ----------
    rows : DataFrame
        Facts.
    indicators : DataFrame
        The dictionary's indicators: which theme each is of, and in which order they come.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    DataFrame
        The facts in the order shown.
    """
    order = indicators[["indicator", "domain", "theme"]].assign(at=range(len(indicators)))
    kinds = {"outcome": 0, "context": 1, "target": 2}
    listed = rows.merge(order, on="indicator", how="left").assign(
        rank=rows["kind"].map(kinds).to_numpy()
    )
    listed = listed.sort_values(["at", "year", "rank", "measure"], kind="stable", ignore_index=True)
    if listed.empty:
        said = t("notebook.no_statistics", lang)
        _html.display(_html.paragraph(said, lang), said)
        return listed[list(rows.columns)]
    pages: list[str] = []
    texts: list[str] = []
    for theme in dict.fromkeys(listed["theme"]):
        part = listed[listed["theme"] == theme]
        cells = [_cells(row, lang) for _, row in part.iterrows()]
        summary = t("notebook.all_of_theme", lang, theme=theme_name(str(theme), lang), n=len(part))
        pages.append(
            _html.table(
                [t(f"notebook.column_{name}", lang) for name in _COLUMNS],
                cells,
                lang,
                numeric=[name == "value" for name in _COLUMNS],
                summary=summary,
                join_first=True,
                styled=not pages,
            )
        )
        texts += [summary, *(" · ".join(row) for row in cells)]
    _html.display("".join(pages), "\n".join(texts))
    return listed[list(rows.columns)]


def contents(rows: pd.DataFrame, indicators: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Count statistics by domain and kind.

    Parameters
    ----------
    rows : DataFrame
        Facts.
    indicators : DataFrame
        The dictionary's indicators: which domain each is of.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    DataFrame
        A row for each domain, a column for each kind, and their sum, headed in words.
    """
    domains = rows.merge(indicators[["indicator", "domain"]], on="indicator", how="left")
    counts = pd.crosstab(domains["domain"], domains["kind"])
    order = [name for name in indicators["domain"].unique() if name in counts.index]
    counts = counts.reindex(order)
    made = {t("notebook.domain", lang): [domain_name(str(name), lang) for name in order]}
    for kind in KINDS:
        if kind in counts:
            made[t(f"notebook.count_{kind}", lang)] = counts[kind].tolist()
    made[t("notebook.count_all", lang)] = counts.sum(axis=1).tolist()
    return pd.DataFrame(made)


def _cells(row: pd.Series, lang: str) -> list[str]:
    measure = str(row["measure"])
    name = indicator_name(str(row["indicator"]), lang)
    if measure == "growth":
        name = growth_name(name, lang, "notebook")
    kind = t(f"kind.{row['kind']}", lang)
    if row["status"] != "A":
        kind = t(f"notebook.status_{row['status']}", lang, kind=kind)
    return [
        name,
        str(row["year"]),
        printed(row, lang),
        t(f"notebook.precision_{_precision(row)}", lang),
        kind,
        place(row, lang),
    ]


def _precision(row: pd.Series) -> str:
    """Say what kind of statement a fact is: a number with its qualifier, or none."""
    if row["measure"] in ("direction", "rank"):
        return str(row["measure"])
    return "words" if said_in_words(str(row["as_printed"])) else str(row["qualifier"])


def how_sure(rows: pd.DataFrame, lang: str) -> str:
    """Say in one line how sure the figures are.

    Parameters
    ----------
    rows : DataFrame
        Facts.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> how_sure(load_facts(), "en").startswith("How sure is this?")
    True
    """
    if rows.empty:
        return t("notebook.no_statistics", lang)
    kinds = [_precision(row) for _, row in rows.iterrows()]
    return t(
        "notebook.how_sure",
        lang,
        n=len(rows),
        exact=kinds.count("exact"),
        about=kinds.count("about"),
        bounds=sum(kind in ("at_least", "at_most", "range") for kind in kinds),
        direction=kinds.count("direction"),
        rank=kinds.count("rank"),
        words=kinds.count("words"),
        estimates=int((rows["status"] != "A").sum()),
        source=source_line(rows, lang),
    )

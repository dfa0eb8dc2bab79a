"""The report's shorthand, explained where a notebook uses it."""

from __future__ import annotations

from html import escape

import pandas as pd

from yanshi_analysis.data import load_glossary
from yanshi_analysis.labels import t
from yanshi_analysis.notebook import _html

__all__ = ["show", "used"]


def used(
    shown: pd.DataFrame, facts: pd.DataFrame, indicators: pd.DataFrame, glossary: pd.DataFrame
) -> pd.DataFrame:
    """Return the terms that some statistics use.

    A term is used if an indicator's name, definition or note holds it, or if the report uses it
    in the very line that one of the indicators is read from.

    Parameters
    ----------
    shown : DataFrame
        Facts that a notebook has listed.
    facts : DataFrame
        All facts; the lines of the glossary are those of the region's first report.
    indicators, glossary : DataFrame
        The dictionary's.

    Returns
    -------
    DataFrame
        Rows of the glossary.
    """
    if shown.empty:
        return glossary.iloc[:0]
    known = indicators[indicators["indicator"].isin(shown["indicator"])]
    parts = [known["name_zh"], known["definition"], shown["note"], shown["as_printed"]]
    text = "\n".join(dict.fromkeys(pd.concat(parts).astype(str)))
    own = facts[facts["region"].isin(shown["region"]) & facts["line"].notna()]
    first = own[own["source"].isin(own.sort_values("year", kind="stable")["source"].head(1))]
    lines = set(first.loc[first["indicator"].isin(shown["indicator"]), "line"].astype(int))
    named = glossary["term"].map(lambda term: str(term) in text)
    beside = glossary["line"].map(lambda line: pd.notna(line) and int(line) in lines)
    return glossary[named | beside].reset_index(drop=True)


def show(
    shown: pd.DataFrame,
    facts: pd.DataFrame,
    indicators: pd.DataFrame,
    lang: str,
    *,
    everything: bool = False,
) -> None:
    """Explain the terms that some statistics use, or all terms, folded away.

    Parameters
    ----------
    shown, facts, indicators : DataFrame
        As for `used`.
    lang : str
        ``"en"`` or ``"zh"``.
    everything : bool
        Explain the whole glossary.
    """
    glossary = load_glossary()
    terms = glossary if everything else used(shown, facts, indicators, glossary)
    if terms.empty:
        said = t("notebook.no_terms", lang)
        _html.display(_html.paragraph(said, lang), said)
        return
    entries = [(_term(row, lang), str(row[f"explanation_{lang}"])) for _, row in terms.iterrows()]
    key = "notebook.all_terms" if everything else "notebook.terms"
    summary = t(key, lang, n=len(entries))
    colon = t("notebook.colon", lang)
    listed = "".join(
        f'<p style="margin:.35em 0 .35em 1.1em"><b>{escape(term)}</b>{colon}{escape(said)}</p>'
        for term, said in entries
    )
    html = (
        f'<details class="yanshi"{"" if everything else " open"}>'
        f'<summary lang="{lang}" style="cursor:pointer">{escape(summary)}</summary>'
        f'<div style="font-size:.94em">{listed}</div></details>'
    )
    _html.display(html, "\n".join([summary, *(f"{term}{colon}{said}" for term, said in entries)]))


def _term(row: pd.Series, lang: str) -> str:
    if lang == "zh":
        return str(row["term"])
    return t("notebook.term", lang, name=row["name_en"], term=row["term"])

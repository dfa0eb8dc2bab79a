"""Open a page: load the facts, choose the year, compare."""

from __future__ import annotations

import pandas as pd

from yanshi_analysis import compare, data
from yanshi_analysis.labels import LANGUAGES, region_name, source_line, t
from yanshi_analysis.notebook import _html
from yanshi_analysis.notebook._help import NotebookError, install
from yanshi_analysis.notebook._page import Page
from yanshi_analysis.style import use_style

__all__ = ["begin", "report_of"]


def begin(
    name: str, lang: str = "en", year: int | None = None, *, region: str = data.DISTRICT
) -> Page:
    """Open a notebook's page.

    Loads the facts, chooses the year, compares outcomes with targets, sets charts up in the house
    style, makes errors read as help, and says in one line what the page rests on.

    Parameters
    ----------
    name : str
        The notebook's name, which its files are named after, such as ``"01_economy"``.
    lang : str, default "en"
        ``"en"`` or ``"zh"``.
    year : int, optional
        The year of the outcomes; by default the latest that is followed by targets.
    region : str
        GB/T 2260 code, by default the district's.

    Returns
    -------
    Page

    Raises
    ------
    NotebookError
        If the language is not known, or there is nothing about the region or year; the message
        says what there is.
    DataError
        If the data folder cannot be read; the message lists every problem.

    Examples
    --------
    >>> page = begin("example", "en")  # doctest: +ELLIPSIS
    Yanshi: outcomes of ...
    >>> page.target_year - page.year
    1
    """
    if lang not in LANGUAGES:
        raise NotebookError(f"lang = {lang!r} is not known; known: {', '.join(LANGUAGES)}")
    install(lang)
    facts = data.load_facts()
    own = facts[facts["region"] == region]
    if own.empty:
        known = ", ".join(sorted(facts["region"].unique()))
        raise NotebookError(t("notebook.no_region", lang, region=region, known=known))
    chosen = compare.latest_outcome_year(facts, region) if year is None else year
    years = sorted(own.loc[own["kind"] == "outcome", "year"].unique())
    if chosen is None or chosen not in years:
        known = ", ".join(map(str, years))
        raise NotebookError(t("notebook.no_year", lang, year=year, known=known))
    use_style(lang, "slide")
    page = Page(
        name=name,
        lang=lang,
        region=region,
        year=chosen,
        target_year=chosen + 1,
        facts=facts,
        report=report_of(own, chosen),
        comparison=compare.outcomes_vs_targets(facts, chosen, region),
        indicators=data.load_indicators(),
    )
    rests = t(
        "notebook.rests_on",
        lang,
        region=region_name(region, lang),
        n=len(page.report),
        year=page.year,
        target_year=page.target_year,
        source=source_line(page.report, lang),
    )
    _html.display(_html.hide_other(lang) + _html.paragraph(rests, lang, "opacity:.75"), rests)
    return page


def report_of(own: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the statistics of the report that looks back on a year.

    Parameters
    ----------
    own : DataFrame
        Facts of one region.
    year : int
        The year of the outcomes.

    Returns
    -------
    DataFrame
        All rows of the source that holds the next year's targets; where there are none, of those
        sources that give a line for an outcome of the year; at last, the year's outcomes.
    """
    aims = own[(own["kind"] == "target") & (own["year"] == year + 1)]
    now = own[(own["kind"] == "outcome") & (own["year"] == year)]
    for rows in (aims, now[now["line"].notna()]):
        if len(rows):
            return own[own["source"].isin(rows["source"])].reset_index(drop=True)
    return now.reset_index(drop=True)

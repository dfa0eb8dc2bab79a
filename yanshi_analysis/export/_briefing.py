"""The whole briefing: a deck to show and a document to hand round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from yanshi_analysis.data import DISTRICT
from yanshi_analysis.files import prepare_folder, write_all
from yanshi_analysis.labels import LANGUAGES, region_name, source_line, t

from ._names import file_name, known
from ._sections import sections
from ._tables import Tables, names

__all__ = ["briefing"]

FORMATS = ("pptx", "docx")


def briefing(
    facts: pd.DataFrame,
    folder: str | os.PathLike[str],
    *,
    lang: str = "en",
    year: int | None = None,
    region: str = DISTRICT,
    name: str = "briefing",
    formats: Sequence[str] = FORMATS,
    comparison: pd.DataFrame | None = None,
    attainment: pd.DataFrame | None = None,
    inconsistencies: pd.DataFrame | None = None,
    projections: pd.DataFrame | None = None,
    chances: pd.DataFrame | None = None,
) -> list[Path]:
    """Write a briefing as PowerPoint and Word.

    Parameters
    ----------
    facts : DataFrame
        From `load_facts`.
    folder : str or path-like
        Where the files go; made if missing.
    lang : {"en", "zh"}, default "en"
        The language of everything in it.
    year : int, optional
        The outcome year; the latest one with an outcome of the region by default.
    region : str, default `data.DISTRICT`
        GB/T 2260 code of the region it is about.
    name : str, default "briefing"
        The files' name, without folder and ending.
    formats : sequence of str, default ("pptx", "docx")
        Which files.
    comparison, attainment, inconsistencies, projections, chances : DataFrame, optional
        Tables of `outcomes_vs_targets`, `attainment`, `inconsistencies`, `project` and
        `chance_of_meeting`, where they are at hand; computed from `facts` by default. An empty
        one leaves its part out.

    Returns
    -------
    list of Path
        The files, in the order of `formats`.

    Raises
    ------
    ValueError
        If there are no facts of the region and year, or a language, format or name is unknown or
        not allowed.

    Notes
    -----
    The deck is 16:9. Its charts are native: they can be edited in PowerPoint and WPS and hold their
    numbers. The notes under each slide say where each number stands. The document has headings,
    findings, pictures with alt text, all rows of the tables, and the places of all numbers. Titles
    are computed findings. The same facts give the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> from yanshi_analysis import load_facts
    >>> from yanshi_analysis.export import briefing
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in briefing(load_facts(), folder, formats=["pptx"])]
    ['briefing.pptx']
    """
    known(lang, LANGUAGES, "language")
    stem = file_name(name)
    if isinstance(formats, str) or not formats:
        raise ValueError(f"formats is a list of: {', '.join(FORMATS)}")
    wanted = [known(one, FORMATS, "format") for one in dict.fromkeys(formats)]
    tables = _tables(
        facts, year, region, comparison, attainment, inconsistencies, projections, chances, lang
    )
    made = sections(tables, lang)
    words = {
        "region": region_name(region, lang),
        "year": tables.year,
        "target_year": tables.year + 1,
    }
    own = tables.facts[
        (tables.facts["region"] == region)
        & tables.facts["year"].isin([tables.year, tables.year + 1])
    ]
    head = (
        t("export.title", lang, **words),
        t("export.subtitle", lang, **words),
        source_line(own, lang),
    )
    contents: dict[str, bytes] = {}
    for kind in wanted:
        if kind == "pptx":
            from ._pptx import deck

            contents[kind] = deck(*head, made, lang)
        else:
            from ._docx import document

            contents[kind] = document(*head, made, lang)
    place = prepare_folder(folder)
    return write_all({place / f"{stem}.{kind}": content for kind, content in contents.items()})


def _tables(
    facts: pd.DataFrame,
    year: int | None,
    region: str,
    comparison: pd.DataFrame | None,
    attained: pd.DataFrame | None,
    doubtful: pd.DataFrame | None,
    projected: pd.DataFrame | None,
    likely: pd.DataFrame | None,
    lang: str,
) -> Tables:
    """Compute what was not given."""
    from yanshi_analysis import compare
    from yanshi_analysis.data import load_indicators, load_sources

    outcomes = facts[(facts["region"] == region) & (facts["kind"] == "outcome")]
    if outcomes.empty:
        raise ValueError(f"there are no outcomes of region {region!r} to brief on")
    if year is None:
        year = int(outcomes["year"].max())
    elif not (outcomes["year"] == year).any():
        years = ", ".join(str(one) for one in sorted(outcomes["year"].unique()))
        raise ValueError(f"there are no outcomes of {year} in region {region!r}; known: {years}")
    if comparison is None:
        comparison = compare.outcomes_vs_targets(facts, year=year, region=region)
    if attained is None:
        attained = compare.attainment(facts, year="all")
    if doubtful is None:
        doubtful = compare.inconsistencies(facts, region=region)
    if projected is None:
        projected = _projected(facts, comparison, region)
    if likely is None:
        likely = _chances(facts, year + 1, region)
    indicators = load_indicators()
    return Tables(
        facts,
        comparison,
        attained,
        doubtful,
        projected,
        likely,
        year,
        region,
        indicators=names(indicators, "indicator", lang),
        sources=names(load_sources(), "source", lang),
        domains={
            str(one): str(domain)
            for one, domain in zip(indicators["indicator"], indicators["domain"], strict=True)
        },
    )


def _projected(facts: pd.DataFrame, comparison: pd.DataFrame, region: str) -> pd.DataFrame:
    """Project what has a target, as a level, in the region and in the prefecture it belongs to."""
    from yanshi_analysis import trends

    made: list[pd.DataFrame] = []
    levels = facts[(facts["measure"] == "level") & (facts["kind"] == "outcome")]
    for where in dict.fromkeys([f"{region[:4]}00", region]):
        known = set(levels.loc[levels["region"] == where, "indicator"])
        for indicator in dict.fromkeys(comparison["indicator"]):
            if indicator not in known:
                continue
            try:
                made.append(trends.project(facts, indicator, where, measure="level"))
            except ValueError:  # nothing to project it from
                continue
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame()


def _chances(facts: pd.DataFrame, year: int, region: str) -> pd.DataFrame:
    """Judge the region's targets of a year by how such targets fared elsewhere."""
    from yanshi_analysis import trends

    try:
        return trends.chance_of_meeting(facts, year, region)
    except ValueError:  # no targets to judge
        return pd.DataFrame()

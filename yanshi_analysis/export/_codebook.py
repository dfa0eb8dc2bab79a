"""What the columns of the package's tables are: label, meaning, unit, and how a number looks.

The words themselves stand in the catalogue (``labels.toml``), under ``export.column_…`` (the label)
and ``export.means_…`` (the meaning). Here stands only which unit a column has.
"""

from __future__ import annotations

from typing import NamedTuple

from yanshi_analysis.labels import t

__all__ = ["COLUMNS", "Column", "column", "same_column"]

# Column -> unit. "printed": the unit in `unit`; "base": the unit in `unit_base`; "change": base
# units for levels, percentage points for growth and shares; "text" has none.
COLUMNS: dict[str, str] = {
    # names put beside ids
    "indicator_name": "text",
    "region_name": "text",
    "target_indicator_name": "text",
    "other_indicator_name": "text",
    # facts
    "indicator": "text",
    "region": "text",
    "year": "year",
    "kind": "text",
    "measure": "text",
    "value": "printed",
    "value_high": "printed",
    "unit": "text",
    "qualifier": "text",
    "status": "text",
    "as_printed": "text",
    "section": "text",
    "page": "place",
    "line": "place",
    "source": "text",
    "note": "text",
    "value_base": "base",
    "unit_base": "text",
    "low": "base",
    "high": "base",
    # outcomes against next year's targets
    "target_indicator": "text",
    "target_year": "year",
    "outcome": "base",
    "target": "base",
    "change": "change",
    "change_pct": "%",
    "required_growth": "%",
    "achieved_growth": "%",
    "stance": "text",
    "verdict": "text",
    "comparability": "text",
    "reason": "text",
    # attainment
    "gap": "change",
    "gap_low": "change",
    "gap_high": "change",
    "attainment_pct": "%",
    "tolerance": "change",
    "met": "text",
    # implied base year
    "implied": "base",
    "implied_low": "base",
    "implied_high": "base",
    "from_year": "year",
    "level": "base",
    "growth": "%",
    # what does not add up
    "other_indicator": "text",
    "stated": "row",
    "computed": "row",
    "computed_low": "row",
    "computed_high": "row",
    "arithmetic": "text",
    "severity": "text",
    "sources": "text",
    "lines": "text",
    # projections
    "scenario": "text",
    "method": "text",
    "n": "count",
    "mean": "base",
    "lo80": "base",
    "hi80": "base",
    "lo95": "base",
    "hi95": "base",
    "basis": "text",
    "observed": "text",
    # chances of targets
    "chance": "share",
    "chance_strict": "share",
    "chance_recent": "share",
    "n_regions": "count",
    "n_recent": "count",
    "first_year": "year",
    "last_year": "year",
    "since_recent": "year",
    "miss": "change",
    # dictionary
    "name": "text",
    "domain": "text",
    "theme": "text",
    "better": "text",
    "flow_or_stock": "text",
    "definition": "text",
    "published": "text",
}
# "outcome_page" is the page of the outcome: these parts take the words of the bare column.
_SIDES = ("outcome", "target", "level", "growth")
_LANGUAGES = ("en", "zh")


class Column(NamedTuple):
    """What one column is, in one language."""

    name: str
    label: str
    means: str
    unit: str
    kind: str


def same_column(name: str) -> tuple[str, str]:
    """Split ``outcome_page`` into the side it is about and the column, ``("outcome", "page")``.

    Parameters
    ----------
    name : str
        A column of one of the package's tables.

    Returns
    -------
    side : str
        ``"outcome"``, ``"target"``, ``"level"``, ``"growth"`` or nothing.
    column : str
        The column's bare name, without side and without language.
    """
    bare = name
    for language in _LANGUAGES:
        bare = bare.removesuffix(f"_{language}") if bare not in COLUMNS else bare
    if bare in COLUMNS:
        return "", bare
    for side in _SIDES:
        for rest in (bare.removeprefix(f"{side}_"), bare.removesuffix(f"_{side}")):
            if rest != bare and rest in COLUMNS:
                return side, rest
    return "", bare


def column(name: str, lang: str) -> Column:
    """Describe a column.

    Parameters
    ----------
    name : str
        The column's name.
    lang : {"en", "zh"}
        The language of the words.

    Returns
    -------
    Column
        Its label, meaning, unit in words and kind of unit (a value of `COLUMNS`). A column that is
        not of this package keeps its name, and has neither meaning nor unit.
    """
    side, bare = same_column(name)
    kind = COLUMNS.get(bare)
    if kind is None:
        return Column(name, name, "", "", "")
    label, means = t(f"export.column_{bare}", lang), t(f"export.means_{bare}", lang)
    if side:
        label = t(
            "export.column_of_side", lang, side=t(f"export.column_{side}", lang), column=label
        )
    if side and kind in {"base", "printed"}:
        kind = "base"
    unit = "" if kind == "text" else t(f"export.unit_{_UNIT_WORDS.get(kind, kind)}", lang)
    return Column(name, label, means, unit, kind)


_UNIT_WORDS = {"%": "percent"}

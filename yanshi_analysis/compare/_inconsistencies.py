"""What does not add up, each case with its arithmetic."""

from __future__ import annotations

from typing import Any

import pandas as pd

from yanshi_analysis.compare._growth_vs_levels import growth_vs_levels
from yanshi_analysis.compare._implied_base import implied_base
from yanshi_analysis.compare._outcomes_vs_targets import outcomes_vs_targets
from yanshi_analysis.compare._pace import pace_vs_pace, targets_far_from_outcomes
from yanshi_analysis.compare._parts import parts_vs_whole
from yanshi_analysis.compare._ratios import ratio_shifts
from yanshi_analysis.compare._restated import restated
from yanshi_analysis.compare._words import COLUMNS, SEVERITIES
from yanshi_analysis.compare.facts import check_columns, check_unique, dictionary
from yanshi_analysis.data import DISTRICT

__all__ = ["inconsistencies"]

_NUMBERS = ("stated", "computed", "computed_low", "computed_high")


def inconsistencies(
    facts: pd.DataFrame,
    region: str = DISTRICT,
    *,
    links: pd.DataFrame | None = None,
    relations: pd.DataFrame | None = None,
    excluded: pd.DataFrame | None = None,
    indicators: pd.DataFrame | None = None,
    far: tuple[float, float] = (0.5, 2.0),
    ratio_jump: float = 0.25,
) -> pd.DataFrame:
    """Find the figures of a region that do not fit together, and show why.

    A finding is a question to ask and not an accusation: definitions, prices or coverage may
    explain it. Each is computed from the data; nothing is a list of known cases.

    Parameters
    ----------
    facts : DataFrame
        The table of `load_facts`; all years of the region are examined.
    region : str
        GB/T 2260 code.
    links, relations, excluded, indicators : DataFrame, optional
        As `load_links`, `load_relations`, `load_excluded` and `load_indicators` return them (the
        defaults).
    far : tuple of float
        Smallest and largest target ÷ outcome, or quotient of two paces, that passes unremarked.
    ratio_jump : float
        Largest relative change of a ratio (spending per visit) that passes unremarked.

    Returns
    -------
    DataFrame
        One row per finding, the gravest first, then in the order of the report:

        - ``kind``, see below; ``indicator``, ``other_indicator`` (empty if there is none),
          ``year`` the finding is about
        - ``stated``, ``computed``, ``computed_low``, ``computed_high``, ``unit``: see below
        - ``arithmetic_en``, ``arithmetic_zh``: the sum, with the figures as printed
        - ``severity``: ``high`` (the figures cannot all be right as printed), ``medium`` (they
          can, but the report does not say how), ``low`` (the wording permits it; a reader who
          quotes one figure should know the other)
        - ``sources`` (ids) and ``lines``, each joined by ``"; "``

        ==========================  ======================  =========================  =======
        kind                        stated                  computed                   unit
        ==========================  ======================  =========================  =======
        ``growth_vs_levels``        growth stated           growth between the levels  %
        ``restated_target``,        the figure              the figure where it is     as
        ``restated_outcome``                                repeated                   printed
        ``target_far_from_outcome`` NaN                     100 · target / outcome     %
        ``ratio_shift``             ratio of the outcomes   ratio of the targets       a per b
        ``money_vs_count``          pace of what is driven  pace of the driver         %
        ``part_vs_whole_growth``    growth of the whole     growth of the part         %
        ``parts_vs_whole``          the whole               the part, or all parts     base
        ==========================  ======================  =========================  =======

        The interval is the one that the rounding of measured figures allows. Targets are set,
        not measured, and taken as printed.

    Raises
    ------
    ValueError
        If a column is missing, the region is unknown or a statistic stands there twice.

    Notes
    -----
    - Growth against levels: ``L(t) / L(t-1) - 1`` where a growth is stated beside a level and the
      level before is stated too (for targets also through links of wording). Reported when the
      interval of the computed growth does not meet that of the printed one. Indicators with the
      relation ``constant_prices`` are left out: real growth does not divide nominal levels.
    - A target far from its outcome: target / outcome of a level outside `far`.
    - Ratio: for the relation ``per_unit``, the ratio in the base year (printed, else implied by
      level and growth), the outcome year and the target year. Reported when the target turns the
      direction round beyond rounding, or moves the ratio by more than `ratio_jump`.
    - Pace: target / outcome of a level, else 1 + the growth target. For ``driver`` and ``part_of``,
      reported when the quotient of the two paces is outside `far`. Caveated links count here,
      with their reason, since the difference of scope is the question.
    - Parts: for ``part_of`` a part above its whole; for ``adds_up_to`` parts whose sum is not
      their whole; within one year and kind, beyond rounding.
    - Restated: numbers of the report that the data list as a ``repeat`` of a figure.

    Examples
    --------
    >>> from yanshi_analysis import load_facts
    >>> table = inconsistencies(load_facts())
    >>> bool((table["kind"] == "growth_vs_levels").any())
    True
    >>> sorted(table["severity"].unique()) != []
    True
    """
    check_columns(facts)
    links = dictionary("links") if links is None else links
    relations = dictionary("relations") if relations is None else relations
    excluded = dictionary("excluded") if excluded is None else excluded
    indicators = dictionary("indicators") if indicators is None else indicators

    rows = facts[facts["region"] == region]
    if rows.empty and len(facts):
        known = ", ".join(sorted(facts["region"].unique()))
        raise ValueError(f"no facts about region {region!r}; the table has {known}")
    check_unique(rows[["indicator", "year", "kind", "measure"]])
    rows = rows.sort_values(["line", "indicator", "year", "kind", "measure"], ignore_index=True)
    pairs = _all_pairs(rows, region, links, indicators)
    implied = implied_base(rows, relations=relations)
    names = indicators.set_index("indicator")[["name_en", "name_zh"]]

    findings: list[dict[str, Any]] = [
        *growth_vs_levels(rows, pairs, relations),
        *restated(rows, excluded),
        *targets_far_from_outcomes(pairs, far),
        *ratio_shifts(rows, pairs, implied, relations, names, ratio_jump),
        *pace_vs_pace(rows, pairs, relations, names, far),
        *parts_vs_whole(rows, relations, names),
    ]
    table = pd.DataFrame(findings, columns=list(COLUMNS))
    text = [name for name in COLUMNS if name not in (*_NUMBERS, "year")]
    table = table.astype(
        {"year": "int64"} | dict.fromkeys(_NUMBERS, "float64") | dict.fromkeys(text, "str")
    )
    order = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    first = pd.to_numeric(table["lines"].str.extract(r"(\d+)")[0]).fillna(0)
    table = table.assign(_severity=table["severity"].map(order), _line=first)
    table = table.sort_values(
        ["_severity", "year", "_line", "kind", "indicator", "other_indicator"], ignore_index=True
    )
    return table[list(COLUMNS)]


def _all_pairs(
    rows: pd.DataFrame, region: str, links: pd.DataFrame, indicators: pd.DataFrame
) -> pd.DataFrame:
    """Return outcomes against the next year's targets for every year that has both."""
    targets = set(rows.loc[rows["kind"] == "target", "year"] - 1)
    years = sorted(targets & set(rows.loc[rows["kind"] == "outcome", "year"]))
    tables = [
        outcomes_vs_targets(rows, year, region, links=links, indicators=indicators)
        for year in (years or [0])
    ]
    return pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]

"""Findings: what a tidy table says, in one sentence, in English or Chinese.

Every sentence is computed from the rows it is given: chart titles, notebooks and briefings share
them. A figure whose qualifier is not exact keeps its qualifier, and an estimate says that it is
one. No sentence calls a floor below the outcome a forecast decline.
"""

from __future__ import annotations

from yanshi_analysis.findings._attainment import (
    attainment_by_indicator,
    attainment_by_region,
    misses,
)
from yanshi_analysis.findings._levels import (
    directions,
    levels_over_time,
    parts_of_whole,
    shares,
)
from yanshi_analysis.findings._outlook import (
    implied_base,
    inconsistency,
    projection,
)
from yanshi_analysis.findings._targets import (
    HELD_WITHIN,
    comparison,
    growth_targets,
    headline,
    level_targets,
    required_pace,
    stances,
)
from yanshi_analysis.findings._values import (
    cell,
    doubtful,
    fact_value,
    growth_name,
    meaning,
    name_in_sentence,
    name_of,
    pair_value,
    projected,
    region_of,
    share_name,
    signed,
    years,
)

__all__ = [
    "HELD_WITHIN",
    "attainment_by_indicator",
    "attainment_by_region",
    "cell",
    "comparison",
    "directions",
    "doubtful",
    "fact_value",
    "growth_name",
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
    "region_of",
    "required_pace",
    "share_name",
    "shares",
    "signed",
    "stances",
    "years",
]

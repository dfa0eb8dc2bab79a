"""What was planned against what happened, and what does not add up.

Every function takes the tidy facts of `yanshi_analysis.load_facts` and returns a tidy table that
holds the components of each comparison (both values, qualifiers, places, sources), not only its
verdict. Units are base units (yuan, persons, mu …), rates are in per cent, and differences of
rates are in percentage points.
"""

from __future__ import annotations

from yanshi_analysis.compare._attainment import attainment
from yanshi_analysis.compare._implied_base import implied_base
from yanshi_analysis.compare._inconsistencies import inconsistencies
from yanshi_analysis.compare._outcomes_vs_targets import outcomes_vs_targets
from yanshi_analysis.compare._per_unit import per_unit
from yanshi_analysis.compare._years import latest_outcome_year

__all__ = [
    "attainment",
    "implied_base",
    "inconsistencies",
    "latest_outcome_year",
    "outcomes_vs_targets",
    "per_unit",
]

"""What is not a statistic: plain named rules, each with the examples that are its tests.

Each file holds the rules of one kind. To add a rule, write its test as a function of a `Place` and
list it in the `RULES` of its file with texts whose first number it must take, and texts whose first
number it must leave.
"""

from __future__ import annotations

from yanshi_analysis.draft.exclude import calendar, codes, ordinals, slogans, thresholds
from yanshi_analysis.draft.exclude.rule import Rule
from yanshi_analysis.draft.place import Place

__all__ = ["RULES", "Rule", "excluded_by"]

#: In order: the first rule that takes a number names the reason.
RULES: tuple[Rule, ...] = (
    *ordinals.RULES,
    *codes.RULES,
    *slogans.RULES,
    *calendar.RULES,
    *thresholds.RULES,
    *codes.LAST_RULES,
)


def excluded_by(place: Place) -> Rule | None:
    """Return the rule that makes a figure no statistic, or None if it is one."""
    if ordinals.is_rank(place):
        return None
    return next((rule for rule in RULES if rule.test(place)), None)

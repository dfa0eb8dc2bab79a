"""The order of a briefing."""

from __future__ import annotations

from yanshi_analysis.style import DOMAIN_COLORS

from ._model import Section
from ._section_domain import domain_section
from ._section_notes import caveats, inconsistencies, method, sources
from ._section_outlook import attainment, chances, projections
from ._section_targets import glance, growth_targets, level_targets
from ._tables import Tables

__all__ = ["sections"]


def sections(tables: Tables, lang: str) -> list[Section]:
    """Put a briefing together.

    Parameters
    ----------
    tables : Tables
        What it is made from.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    list of Section
        At a glance, growth and level targets, each domain, targets and outcomes elsewhere, the
        chances of the targets, projections, what does not add up, what cannot be compared, method,
        sources; what there is no data for is left out.
    """
    made = [
        glance(tables, lang),
        growth_targets(tables, lang),
        level_targets(tables, lang),
        *(domain_section(tables, domain, lang) for domain in DOMAIN_COLORS),
        attainment(tables, lang),
        chances(tables, lang),
        *projections(tables, lang),
        inconsistencies(tables, lang),
        caveats(tables, lang),
        method(lang),
        sources(tables, lang),
    ]
    return [section for section in made if section is not None]

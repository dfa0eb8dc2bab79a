"""Workbooks in, validated tidy facts out."""

from __future__ import annotations

from yanshi_analysis.data.dictionary import (
    load_domains,
    load_excluded,
    load_glossary,
    load_indicators,
    load_links,
    load_regions,
    load_relations,
    load_sources,
    load_themes,
    load_units,
)
from yanshi_analysis.data.facts import FACT_COLUMNS, SHEET_COLUMNS, load_facts, load_revisions
from yanshi_analysis.data.files import data_folder, workbooks
from yanshi_analysis.data.problems import DataError, Problem
from yanshi_analysis.data.schema import DISTRICT, KINDS, MEASURES, STATUSES

__all__ = [
    "DISTRICT",
    "FACT_COLUMNS",
    "KINDS",
    "MEASURES",
    "SHEET_COLUMNS",
    "STATUSES",
    "DataError",
    "Problem",
    "data_folder",
    "load_domains",
    "load_excluded",
    "load_facts",
    "load_glossary",
    "load_indicators",
    "load_links",
    "load_regions",
    "load_relations",
    "load_revisions",
    "load_sources",
    "load_themes",
    "load_units",
    "workbooks",
]

"""The 2025 government work report of Yanshi District as tidy data, comparisons and charts."""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Where each public name lives. A room is loaded when one of its names is first used, so that
# importing the package costs hardly more than importing pandas.
_HOMES = {
    "data": (
        "DataError",
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
    ),
    "compare": ("attainment", "implied_base", "inconsistencies", "outcomes_vs_targets"),
    "trends": ("backtest", "chance_of_meeting", "project", "reference_class", "years_to_reach"),
    "style": ("use_style",),
    "export": ("briefing", "save_chart", "save_datapackage", "save_tables"),
    "draft": ("accept", "audit", "draft_facts"),
}
_HOME = {name: room for room, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])

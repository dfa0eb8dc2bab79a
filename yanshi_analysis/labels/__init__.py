"""Words and numbers in English and Chinese.

All words stand in one catalogue, ``labels.toml``, and all names in the dictionary workbook. This
room puts them together: `t` looks words up, `number` and `value_label` speak numbers in the scale
of each language, `printed` shows a fact as the report printed it, and `source_line` says where the
plotted rows come from.
"""

from __future__ import annotations

from yanshi_analysis.labels._catalogue import LANGUAGES, catalogue, check_lang, has, pick, t
from yanshi_analysis.labels._names import (
    domain_name,
    indicator_name,
    region_name,
    source_name,
    theme_name,
)
from yanshi_analysis.labels._numbers import number, printed, said_in_words, value_label
from yanshi_analysis.labels._sources import source_line

__all__ = [
    "LANGUAGES",
    "catalogue",
    "check_lang",
    "domain_name",
    "has",
    "indicator_name",
    "number",
    "pick",
    "printed",
    "region_name",
    "said_in_words",
    "source_line",
    "source_name",
    "t",
    "theme_name",
    "value_label",
]

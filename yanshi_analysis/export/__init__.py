"""Files for briefings: charts, tables, a data package, a deck and a document.

Everything written here is the same for the same data, byte for byte, and is written in one step: a
file is the old one or the whole new one. Names cannot leave the folder they are given for.
"""

from __future__ import annotations

from yanshi_analysis.export._briefing import briefing
from yanshi_analysis.export._cells import csv_bytes
from yanshi_analysis.export._readable import readable
from yanshi_analysis.export._save_chart import picture, save_chart
from yanshi_analysis.export._save_datapackage import save_datapackage
from yanshi_analysis.export._save_tables import save_tables

__all__ = [
    "briefing",
    "csv_bytes",
    "picture",
    "readable",
    "save_chart",
    "save_datapackage",
    "save_tables",
]

"""The next report: from its text to a draft workbook, and from the reviewed draft to data."""

from __future__ import annotations

from yanshi_analysis.draft.errors import DraftError
from yanshi_analysis.draft.table import draft_facts, write_draft

__all__ = ["DraftError", "draft_facts", "write_draft"]

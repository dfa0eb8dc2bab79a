"""The next report: from its text to a draft workbook, and from the reviewed draft to data.

`draft_facts` reads a report and returns its statistics as a table, `write_draft` writes them as a
workbook to review, `accept` moves the reviewed workbook into the data folder, and `audit` accounts
for every number of a text against a workbook. Rules and a grammar; no model and no network.
"""

from __future__ import annotations

from yanshi_analysis.draft.accept import accept
from yanshi_analysis.draft.audit import audit
from yanshi_analysis.draft.errors import DraftError
from yanshi_analysis.draft.table import draft_facts, draft_summary, write_draft

__all__ = ["DraftError", "accept", "audit", "draft_facts", "draft_summary", "write_draft"]

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("YANSHI_SHARED", ROOT.parent / "shared"))


@pytest.fixture
def shared() -> Path:
    """The team's reference material, which the product never needs."""
    if not SHARED.is_dir():
        pytest.skip(f"the reference material is not at hand ({SHARED}); set YANSHI_SHARED")
    return SHARED


@pytest.fixture
def report_text() -> str:
    """The report's text, which is not part of the repository."""
    named = os.environ.get("YANSHI_REPORT")
    found = [Path(named)] if named else sorted(SHARED.glob("report/*.txt"))
    if not found or not found[0].is_file():
        pytest.skip("the report's text is not at hand; set YANSHI_REPORT to its file")
    return found[0].read_text(encoding="utf-8")

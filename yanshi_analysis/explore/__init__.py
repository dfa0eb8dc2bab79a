"""Widgets for JupyterLab: choose, compare, project, find the place in the report, export.

Widgets vanish from HTML and PDF, so they are an addition: what they draw, a static chart shows too.
Everything can be reached and changed with the keyboard, and no error is shown as a traceback.
"""

from __future__ import annotations

from yanshi_analysis.explore._explorer import explorer
from yanshi_analysis.explore._save import exports_folder

__all__ = ["explorer", "exports_folder"]

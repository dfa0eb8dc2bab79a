"""What every notebook needs: load, say, show, list, explain, save.

A notebook opens a page with `begin`, tells its story through the page's methods, and closes it
with `Page.finish`, which writes every chart and table that was shown into the outputs folder. All
words come out in the language of the page, and no number is typed.
"""

from __future__ import annotations

from yanshi_analysis.notebook._begin import begin
from yanshi_analysis.notebook._help import NotebookError
from yanshi_analysis.notebook._outlook import chance, honest, reach, track_record
from yanshi_analysis.notebook._page import Page
from yanshi_analysis.notebook._story import bars_of, figures, measured, quotient, quotient_said
from yanshi_analysis.notebook._words import in_words, place

__all__ = [
    "NotebookError",
    "Page",
    "bars_of",
    "begin",
    "chance",
    "figures",
    "honest",
    "in_words",
    "measured",
    "place",
    "quotient",
    "quotient_said",
    "reach",
    "track_record",
]

"""Where a number stands: everything a reader needs to find it in its source."""

from __future__ import annotations

import math
from html import escape

import pandas as pd

from yanshi_analysis.labels import indicator_name, pick, printed, source_name, t, value_label
from yanshi_analysis.notebook import place

__all__ = ["card", "line"]

_DIGITS = 8  # an interval's two ends must not look alike


def line(fact: pd.Series, lang: str) -> str:
    """Return a fact in one line, for a list.

    Parameters
    ----------
    fact : Series
        One row of the facts.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
    """
    name = indicator_name(str(fact["indicator"]), lang)
    kind, measure = t(f"kind.{fact['kind']}", lang), t(f"measure.{fact['measure']}", lang)
    return t(
        "explore.fact_line",
        lang,
        name=name,
        year=fact["year"],
        kind=kind,
        measure=measure,
        value=printed(fact, lang),
    )


def card(fact: pd.Series, lang: str) -> str:
    """Return all there is to know about a fact, as a small HTML table.

    Parameters
    ----------
    fact : Series
        One row of the facts.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        HTML; every text in it is escaped.
    """
    rows = [
        ("as_printed", str(fact["as_printed"])),
        ("place", place(fact, lang)),
        ("source", source_name(str(fact["source"]), lang)),
        ("interval", _interval(fact, lang)),
        ("note", pick(str(fact["note"]), lang)),
    ]
    body = "".join(
        f"<tr><th scope='row' style='text-align:left;padding-right:1em'>"
        f"{escape(t(f'explore.{key}', lang))}</th><td>{escape(text)}</td></tr>"
        for key, text in rows
        if text
    )
    return f"<b>{escape(line(fact, lang))}</b><table>{body}</table>"


def _interval(fact: pd.Series, lang: str) -> str:
    low, high, unit = float(fact["low"]), float(fact["high"]), str(fact["unit_base"])
    if low == high:  # a rank, a direction, a statement in words
        return ""
    ends = {
        name: value_label(end, unit, lang, digits=_DIGITS)
        for name, end in (("low", low), ("high", high))
        if math.isfinite(end)
    }
    key = (
        "explore.from_to"
        if len(ends) == 2
        else f"explore.{'from_up' if 'low' in ends else 'up_to'}"
    )
    return t(key, lang, **ends)

"""Bilingual texts of the tables: ``English | 中文``."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def both(en: str, zh: str) -> str:
    """Join the two languages as the tables hold them."""
    return f"{en} | {zh}"


def joined(texts: Iterable[str]) -> str:
    """Join several bilingual texts into one, each language on its own side."""
    parts = [text.split(" | ") for text in dict.fromkeys(texts) if text]
    if not parts:
        return ""
    return both("; ".join(p[0] for p in parts), "；".join(p[-1] for p in parts))


def percent(value: float) -> str:
    """Write a percentage with the decimals it needs: 15.7%, 6%, −0.3%."""
    return f"{round(value, 2):g}%".replace("-", "−")


def points(value: float) -> str:
    """Write a difference of percentages with its sign: +0.3, −1.2, 0.0."""
    text = f"{value:+.1f}"
    return "0.0" if float(text) == 0 else text.replace("-", "−")


def figures(value: float) -> str:
    """Write a number with four significant digits and thousands separators."""
    if value == 0 or not np.isfinite(value):
        return f"{value:g}"
    digits = max(0, 3 - int(np.floor(np.log10(abs(value)))))
    return f"{float(f'{value:.4g}'):,.{digits}f}".replace("-", "−")


def span(first: int, last: int) -> tuple[str, str]:
    """Write a span of years in English and Chinese; a single year stands alone."""
    return (f"{first}–{last}", f"{first}—{last}年") if first != last else (str(first), f"{first}年")

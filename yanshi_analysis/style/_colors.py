"""Colours: one per domain, for stances and for text, and how well they can be read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

PAPER = "#FFFFFF"
INK = "#1F2328"
MUTED = "#5A6068"
GRID = "#D9DCE0"

#: One colour per domain; a test simulates colour-blind readers and greyscale print.
DOMAIN_COLORS = {
    "economy": "#325BB8",
    "tourism": "#A35D1B",
    "agriculture": "#779F4D",
    "environment": "#1A8A94",
    "city": "#51504D",
    "livelihood": "#67011D",
    "governance": "#6A1D7C",
}

#: Raised, held and lowered; the signs tell them apart where colour does not.
STANCE_COLORS = {"raised": "#2166AC", "held": "#8B9097", "lowered": "#8C2D04"}
STANCE_SIGNS = {"raised": "▲", "held": "●", "lowered": "▼"}


def known(value: str, names: Iterable[str], what: str) -> str:
    """Return `value` if it is one of the names, else say clearly what is known."""
    if value not in names:
        raise ValueError(f"unknown {what} {value!r}; known: {', '.join(names)}")
    return value


def domain_color(domain: str) -> str:
    """Return the colour of a domain, for areas, lines and markers.

    Raises
    ------
    ValueError
        If the domain is not known.

    Examples
    --------
    >>> domain_color("economy").startswith("#")
    True
    """
    return DOMAIN_COLORS[known(domain, DOMAIN_COLORS, "domain")]


def _rgb(color: str) -> tuple[float, float, float]:
    return (int(color[1:3], 16) / 255, int(color[3:5], 16) / 255, int(color[5:7], 16) / 255)


def _mix(color: str, other: str, share: float) -> str:
    pairs = zip(_rgb(color), _rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02X}" for a, b in pairs)


def lighten(color: str, share: float = 0.5) -> str:
    """Return a colour mixed with paper; 0 is the colour itself and 1 is white."""
    return _mix(color, PAPER, share)


def luminance(color: str) -> float:
    """Return the relative luminance of a hex colour, 0 to 1, as WCAG 2.2 defines it."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(color))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(color: str, background: str = PAPER) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21, as WCAG 2.2 defines it.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    low, high = sorted((luminance(color), luminance(background)))
    return (high + 0.05) / (low + 0.05)


@cache
def text_color(color: str, background: str = PAPER) -> str:
    """Return `color`, darkened just enough to be read as text (contrast of at least 4.5:1)."""
    for step in range(101):
        darker = _mix(color, "#000000", step / 100)
        if contrast(darker, background) >= 4.5:
            return darker
    return ink_on(background)


def ink_on(color: str) -> str:
    """Return the text colour, dark or white, that can be read on an area of `color`.

    Black stands in where neither the house's ink nor white reaches a contrast of 4.5:1.
    """
    ink = max((INK, PAPER), key=lambda candidate: contrast(candidate, color))
    return ink if contrast(ink, color) >= 4.5 else "#000000"

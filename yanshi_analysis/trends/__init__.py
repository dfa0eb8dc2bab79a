"""Projections that say how much they know."""

from __future__ import annotations

from ._forecast import forecast

__all__ = ["forecast"]

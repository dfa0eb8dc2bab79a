"""What can go wrong with a report or a draft, said so that its reader can mend it."""

from __future__ import annotations

__all__ = ["DraftError"]


class DraftError(ValueError):
    """A report that cannot be read, or a draft that cannot be accepted.

    The message is "English | 中文".
    """

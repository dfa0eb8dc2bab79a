"""Leave out an optional library that takes longer to load than all others together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["without_slow_extras"]

# jsonschema, which nbformat loads, takes this if it is there, for checking "iri" formats that
# notebooks do not use; it builds a grammar when imported, which takes over a second.
_SLOW = "rfc3987_syntax"


@contextmanager
def without_slow_extras() -> Iterator[None]:
    """Import within this as if the optional library were not installed.

    Examples
    --------
    >>> with without_slow_extras():
    ...     import nbformat
    """
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    if _SLOW in modules:
        yield
        return
    modules[_SLOW] = None  # importing it raises ImportError, which jsonschema expects
    try:
        yield
    finally:
        modules.pop(_SLOW, None)

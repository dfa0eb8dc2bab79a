"""Where a refresh reads, and where it builds and swaps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

__all__ = ["Places", "places"]

_PACKAGE = Path(__file__).resolve().parents[1]
MANIFEST = "refresh.json"

PathLike = str | os.PathLike[str] | None


class Places(NamedTuple):
    """The folders of one refresh; all that is written lies in `outputs` or beside it."""

    package: Path
    notebooks: Path
    outputs: Path  # the set that readers see
    building: Path  # work in progress; worthless once nothing works on it
    old: Path  # a set that has been, or is about to be, swapped out
    lock: Path


def places(notebooks: PathLike = None, outputs: PathLike = None) -> Places:
    """Return the folders of a refresh.

    Parameters
    ----------
    notebooks : path, optional
        Folder of the notebooks; default: ``YANSHI_NOTEBOOKS``, else the repository's.
    outputs : path, optional
        Folder of the results; default: ``YANSHI_OUTPUTS``, else the repository's ``outputs/``.

    Returns
    -------
    Places
        Absolute paths. A link is followed, so that what is built beside it can be renamed.

    Examples
    --------
    >>> found = places(outputs="results")
    >>> found.outputs.name, found.building.name, found.building.parent == found.outputs.parent
    ('results', 'results.building', True)
    """
    root = _PACKAGE.parent
    target = Path(outputs or os.environ.get("YANSHI_OUTPUTS") or root / "outputs").resolve()
    source = Path(notebooks or os.environ.get("YANSHI_NOTEBOOKS") or root / "notebooks").resolve()

    def beside(ending: str) -> Path:
        return target.with_name(f"{target.name}.{ending}")

    return Places(_PACKAGE, source, target, beside("building"), beside("old"), beside("lock"))

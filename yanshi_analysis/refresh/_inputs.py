"""What a result depends on, as hashes: nothing is run again unless one of them changes."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from yanshi_analysis.data.files import data_folder

__all__ = ["digest", "find_notebooks", "inputs_key", "notebook_key"]

#: Part of every key; raised when refresh itself changes what it writes for the same input.
FORMAT = 1
_SKIPPED = {"__pycache__", ".ipynb_checkpoints", "drafts"}
# What a person's session leaves in a notebook without changing what it says.
_SPOKEN = ("cell_type", "source", "id")


def digest(*parts: object) -> str:
    """Return one short hash of several values that JSON can write.

    Examples
    --------
    >>> digest("a", 1) == digest("a", 1) != digest("a", "1")
    True
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def file_hash(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def find_notebooks(folder: Path) -> dict[str, Path]:
    """Return the notebooks of a folder by name without ending, sorted."""
    found = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith((".", "~")))
    return {path.stem: path for path in found}


def inputs_key(package: Path, notebooks: Path, data: str | None = None) -> str:
    """Return the hash of all that every result depends on: data, package, versions, helpers.

    Parameters
    ----------
    package : Path
        Folder of this package; its modules, words and fonts count.
    notebooks : Path
        Folder of the notebooks; other files there (a text, a helper) count, notebooks do not.
    data : path, optional
        Data folder; see `yanshi_analysis.data.data_folder`.

    Raises
    ------
    DataError
        If there is no data folder.
    """
    helpers = [path for path in _files(notebooks) if path.suffix != ".ipynb"]
    return digest(
        FORMAT,
        _hashes(data_folder(data)),
        _hashes(package),
        {path.relative_to(notebooks).as_posix(): file_hash(path) for path in helpers},
        versions(package.parent / "requirements.lock"),
    )


def notebook_key(path: Path) -> str:
    """Return the hash of what a notebook says: cells and tags, not results or run counts.

    Opening a notebook in JupyterLab and running it does not change this; editing it does.
    """
    content = path.read_bytes()
    try:
        cells = [
            [cell.get(part) for part in _SPOKEN] + [cell.get("metadata", {}).get("tags")]
            for cell in json.loads(content)["cells"]
        ]
    except (ValueError, LookupError, AttributeError, TypeError):
        return hashlib.sha256(content).hexdigest()[:32]
    return digest(cells)


def versions(lock: Path) -> dict[str, str]:
    """Return the installed version of every package that the lock file names, and Python's.

    What is installed counts, not what is written: whoever updates pandas by hand gets new
    results. Packages outside the lock do not matter. Without a lock file, all count.
    """
    wanted: set[str] | None = None
    if lock.exists():
        names = re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
        wanted = {_plain(name) for name in names}
    installed = {"python": platform.python_version(), "system": sys.platform}
    for place in sys.path:
        if not place or not Path(place).is_dir():
            continue
        for info in Path(place).glob("*.dist-info"):
            name, _, version = info.name.removesuffix(".dist-info").partition("-")
            if wanted is None or _plain(name) in wanted:
                installed.setdefault(_plain(name), version)
    return installed


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~")) or part in _SKIPPED for part in inner)
        if not hidden and path.is_file():
            yield path


def _hashes(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in _files(folder)}

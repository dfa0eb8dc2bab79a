"""What a set of outputs holds and what it was made from: ``refresh.json``, its last file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from yanshi_analysis.files import write_bytes
from yanshi_analysis.refresh._inputs import file_hash
from yanshi_analysis.refresh._places import MANIFEST

__all__ = ["Made", "Manifest", "intact", "listed", "read", "write"]


class Made(NamedTuple):
    """The files of one job: relative path to hash, and the key of what they were made from."""

    key: str
    files: dict[str, str]


#: Job ("00_overview en", "briefing zh", "data") to what it made.
Manifest = dict[str, Made]


def read(outputs: Path) -> Manifest:
    """Return the manifest of a set; empty if there is none or it cannot be read.

    Examples
    --------
    >>> read(Path("no such folder"))
    {}
    """
    try:
        content = json.loads((outputs / MANIFEST).read_text(encoding="utf-8"))
        return {
            job: Made(str(made["key"]), {str(k): str(v) for k, v in made["files"].items()})
            for job, made in content["jobs"].items()
        }
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return {}


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest: the file that makes a set complete, hence written last."""
    content = {"jobs": {job: manifest[job]._asdict() for job in sorted(manifest)}}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    write_bytes(folder / MANIFEST, text.encode() + b"\n")


def listed(manifest: Manifest) -> dict[str, str]:
    """Return every file of a set with its hash."""
    return {name: made for job in manifest.values() for name, made in job.files.items()}


def intact(outputs: Path, made: Made) -> bool:
    """Tell whether every file of a job is there, byte for byte as it was made."""
    try:
        return all(file_hash(outputs / name) == mark for name, mark in made.files.items())
    except OSError:
        return False


def missing_or_changed(outputs: Path) -> list[str]:
    """Return the files of a set that are not as its manifest says: empty for a whole set."""
    found = []
    for name, mark in listed(read(outputs)).items():
        path = outputs / name
        if not path.is_file() or file_hash(path) != mark:
            found.append(name)
    return sorted(found)

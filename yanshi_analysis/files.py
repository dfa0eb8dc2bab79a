"""Files that are whole and always the same: atomic writes, and archives without dates."""

from __future__ import annotations

import io
import os
import re
import secrets
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["canonical_zip", "prepare_folder", "write_all", "write_bytes"]

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold: "no date"
_FIRST = "[Content_Types].xml"  # the packaging convention wants this entry first
_CORE = "docProps/core.xml"
_DATES = re.compile(
    rb"<(dcterms:created|dcterms:modified|cp:lastPrinted|cp:lastModifiedBy|cp:revision)\b[^>]*"
    rb"(?:/>|>.*?</\1>)",
    re.DOTALL,
)
_APP = "docProps/app.xml"
_STALE = b"<TotalTime>"  # counts and times of the template that the libraries start from
_NO_STATISTICS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>'
)
_INNER = (".xlsx", ".docx", ".pptx")


def prepare_folder(folder: str | os.PathLike[str]) -> Path:
    """Return `folder` as a path, made if it is missing.

    Parameters
    ----------
    folder : str or path-like
        Where the files are to go.

    Returns
    -------
    Path
        The folder, which exists.

    Raises
    ------
    ValueError
        If something that is not a folder stands there.
    """
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise ValueError(f"{path} is a file; give the folder that the files should go to")
    path.mkdir(parents=True, exist_ok=True)
    return path


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` to `path` in one step.

    The bytes go to a hidden file beside the target, reach the disk, and take the target's name.
    If anything fails on the way, the old file is untouched and the hidden one is removed.

    Parameters
    ----------
    path : Path
        The file to write; its folder must exist. A symbolic link is replaced, not followed.
    content : bytes
        The whole file.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    PermissionError
        If the file may not be replaced: on Windows, when it is open in another program.
    """
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except PermissionError as error:
        raise PermissionError(
            error.errno,
            "cannot be replaced; if it is open in another program, close it and try again",
            str(path),
        ) from error
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    _sync_folder(path.parent)
    return path


def write_all(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write several files, each in one step, in the order given.

    Everything is made before the first is written, so a failure while making leaves all as it was.

    Parameters
    ----------
    contents : mapping of Path to bytes
        What to write where.

    Returns
    -------
    list of Path
        The files, in order.
    """
    return [write_bytes(path, content) for path, content in contents.items()]


def _sync_folder(folder: Path) -> None:
    """Make the new name itself reach the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def canonical_zip(archive: bytes) -> bytes:
    """Return an Office file without dates, with its entries in a fixed order.

    Times of entries become 1 January 1980; the creation and change dates in the document's
    properties, which are optional, are taken out, and so are statistics that belong to a template;
    workbooks embedded behind charts are treated the same way. What the file shows does not change.

    Parameters
    ----------
    archive : bytes
        A PPTX, DOCX or XLSX file.

    Returns
    -------
    bytes
        The same document; equal documents give equal bytes.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda entry: (entry != _FIRST, entry)):
            content = old.read(name)
            if name == _CORE:
                content = _DATES.sub(b"", content)
            elif name == _APP and _STALE in content:
                content = _NO_STATISTICS
            elif name.lower().endswith(_INNER):
                content = canonical_zip(content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content, compresslevel=6)
    return out.getvalue()

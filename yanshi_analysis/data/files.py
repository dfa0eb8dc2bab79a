"""Where the workbooks are, and whether one is safe to open."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from pathlib import Path

from yanshi_analysis.data.problems import DataError, Problem, problem

DICTIONARY = "dictionary.xlsx"

# A year's facts take some 50 kB; these leave room for a hundred years of every province.
_MAX_FILE = 50_000_000
_MAX_PARTS = 2_000
_MAX_UNPACKED = 200_000_000
_MAX_NAMES = 1_000_000


def data_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of the workbooks.

    Parameters
    ----------
    folder : path, optional
        The folder itself. Without it: the environment variable ``YANSHI_DATA``, else the
        repository's ``data/``.

    Raises
    ------
    DataError
        If there is no such folder.

    Examples
    --------
    >>> data_folder().joinpath("dictionary.xlsx").exists()
    True
    """
    named = folder or os.environ.get("YANSHI_DATA")
    path = Path(named) if named else Path(__file__).resolve().parents[2] / "data"
    if not path.is_dir():
        raise DataError([problem("no_folder", str(path))])
    return path


def workbooks(folder: str | os.PathLike[str] | None = None) -> list[Path]:
    """Return the workbooks of a data folder, sorted by name.

    Hidden files, and the lock files (``~$``) beside a workbook open in Excel, are skipped.
    """
    return sorted(
        path for path in data_folder(folder).glob("*.xlsx") if not path.name.startswith(("~$", "."))
    )


def stamp(folder: str | os.PathLike[str] | None = None) -> tuple[tuple[str, int, int], ...]:
    """Return path, time and size of every workbook: what tells two states of a folder apart."""
    return tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in workbooks(folder)
    )


def sheet_names(path: Path) -> list[str]:
    """Return the names of a workbook's sheets without opening it; none if it is no workbook."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo("xl/workbook.xml").file_size > _MAX_NAMES:
                return []
            text = package.read("xl/workbook.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, RuntimeError, ValueError):
        return []
    return re.findall(r'<(?:\w+:)?sheet [^>]*?name="([^"]*)"', text)


def inspect(path: Path) -> tuple[list[Problem], bool]:
    """Check a workbook before any spreadsheet library sees it.

    Returns
    -------
    problems : list of Problem
        Not a workbook, too large when unpacked, or declaring XML entities.
    special : bool
        True if some cell holds a formula or has a percent format, which the fast reader cannot see.
    """
    name = path.name
    if path.stat().st_size > _MAX_FILE:
        return [problem("too_large", name, detail=f"{path.stat().st_size:,} bytes")], False
    special = False
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED:
                detail = f"{len(parts):,} parts, {unpacked:,} bytes unpacked"
                return [problem("too_large", name, detail=detail)], False
            if "[Content_Types].xml" not in package.namelist():
                return [problem("not_workbook", name, detail="no [Content_Types].xml")], False
            for part in parts:
                # Reading each part whole also proves its declared size and checksum.
                content = package.read(part)
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                plain = content.replace(b"\0", b"")  # UTF-16 hides a declaration otherwise
                if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                    return [problem("entities", name, detail=part.filename)], False
                if part.filename == "xl/styles.xml":
                    special = special or _has_percent_format(content)
                elif part.filename.startswith("xl/worksheets/"):
                    special = special or b"<f>" in content or b"<f " in content
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        return [problem("not_workbook", name, detail=str(error))], False
    except NotImplementedError as error:
        return [problem("not_workbook", name, detail=str(error))], False
    return [], special


def _has_percent_format(styles: bytes) -> bool:
    used = re.search(rb"<cellXfs.*?</cellXfs>", styles, re.DOTALL)
    percents = {b"9", b"10"}
    for number in re.findall(rb"<numFmt [^>]*>", styles):
        if b"%" in number and (found := re.search(rb'numFmtId="(\d+)"', number)):
            percents.add(found[1])
    ids = re.findall(rb'numFmtId="(\d+)"', used[0]) if used else []
    return any(number in percents for number in ids)

"""Write a file so that a reader finds the old one or the whole new one, never a part of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["prepare_folder", "write_all", "write_bytes"]


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

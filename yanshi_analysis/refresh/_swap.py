"""Put a finished set in the place of the last one, so that readers see the old or the new.

Where the system can exchange two folders in one step (Linux, macOS), a reader never finds anything
but one whole set. Where it cannot (Windows, some network drives), two renames do it, and for the
instant between them there is no folder of that name; if the machine dies just then, `recover`
brings the old set back. Files in the old set that refresh did not make are a person's: they move
into the new set before the old one is removed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from yanshi_analysis.refresh import _manifest
from yanshi_analysis.refresh._inputs import file_hash
from yanshi_analysis.refresh._places import MANIFEST, Places

__all__ = ["exchange", "recover", "swap"]

#: Where a person's changes to a file of refresh's go when that file is made anew.
KEPT = "yours"
_DOOMED = ".removing"
_AT_FDCWD = {"linux": -100, "darwin": -2}
_SWAP = 2  # RENAME_EXCHANGE on Linux and RENAME_SWAP on macOS


def swap(where: Places, finished: Path) -> list[str]:
    """Put the set `finished` in the place of ``outputs`` and remove the old set.

    Parameters
    ----------
    where : Places
        The folders; `finished` must be in the same file system.
    finished : Path
        A complete set.

    Returns
    -------
    list of str
        Files of a person's that were moved to ``yours/`` because refresh made them anew.

    Raises
    ------
    OSError
        If the folder cannot be renamed, as when Windows has one of its files open; the old set is
        then where it was.
    """
    if not where.outputs.exists():
        finished.rename(where.outputs)
        return []
    remove(where.old)
    # From here on `old` holds something whole: first the new set, then the old one. Whichever it
    # is when the machine dies, `recover` may move a person's files out of it and remove it.
    finished.rename(where.old)
    if not exchange(where.old, where.outputs):
        spare = where.building / "finished"
        where.old.rename(spare)
        where.outputs.rename(where.old)
        try:
            spare.rename(where.outputs)
        except OSError:
            where.old.rename(where.outputs)
            raise
    moved = _keep_personal(where.old, where.outputs)
    remove(where.old)
    return moved


def recover(where: Places) -> bool:
    """Clear away what a refresh that was killed has left; return whether there was anything.

    Call it only while holding the lock.
    """
    doomed = [folder.with_name(f"{folder.name}{_DOOMED}") for folder in (where.old, where.building)]
    left = any(folder.exists() for folder in (where.old, where.building, *doomed))
    for folder in doomed:
        shutil.rmtree(folder, ignore_errors=True)
    if where.old.exists():
        if not where.outputs.exists():
            where.old.rename(where.outputs)
        else:
            _keep_personal(where.old, where.outputs)
            remove(where.old)
    remove(where.building)
    return left


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False if the system cannot.

    Raises
    ------
    OSError
        If it can but may not: a folder is missing, or the permission is.
    """
    place = _AT_FDCWD.get(sys.platform)
    if place is None:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    if call is None:
        return False
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if call(place, os.fsencode(one), place, os.fsencode(other), _SWAP) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def remove(folder: Path) -> None:
    """Remove a folder and all in it; nothing there is fine."""
    if not folder.exists():
        return
    # A name of its own first, so that a half-removed folder is never taken for a whole one.
    doomed = folder.with_name(f"{folder.name}{_DOOMED}")
    with suppress(FileNotFoundError):
        shutil.rmtree(doomed)
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _keep_personal(old: Path, new: Path) -> list[str]:
    """Move what refresh did not make, or a person changed since, from the old set to the new."""
    made = _manifest.listed(_manifest.read(old))
    names = sorted(
        path.relative_to(old).as_posix()
        for path in old.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )
    moved = []
    # First what refresh did not make, as it may stay where it is; then what was changed.
    for name in sorted(names, key=lambda name: (name in made, name)):
        path, target = old / name, new / name
        if name == MANIFEST or _is_temporary(path):
            continue
        if name in made and not path.is_symlink() and file_hash(path) == made[name]:
            continue
        if target.exists() or target.is_symlink():
            if _same(path, target):
                continue
            target = _free(target if name.startswith(f"{KEPT}/") else new / KEPT / name)
            moved.append(target.relative_to(new).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    return moved


def _is_temporary(path: Path) -> bool:
    return path.name.startswith((".", "~$")) and path.suffix in (".tmp", ".pptx", ".docx", ".xlsx")


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return other.is_file() and file_hash(one) == file_hash(other)


def _free(path: Path) -> Path:
    """Return `path`, or the first numbered name beside it that is not taken."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free

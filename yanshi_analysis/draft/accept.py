"""A reviewed draft into the data folder: validated as a whole, then moved in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yanshi_analysis.data import DataError, data_folder, load_facts, workbooks
from yanshi_analysis.data.sheets import open_workbook, read
from yanshi_analysis.draft.errors import DraftError
from yanshi_analysis.draft.table import DRAFT_COLUMNS

if TYPE_CHECKING:
    from yanshi_analysis.data.dictionary import Folder

__all__ = ["accept"]

_YES = frozenset({"yes", "y", "是", "已核对", "true", "1"})
_LISTED = 12


def accept(
    draft: str | os.PathLike[str], folder: Folder = None, *, name: str | None = None
) -> Path:
    """Validate a reviewed draft and move it into the data folder.

    The workbook is moved as it is, never rewritten, so nothing that a person wrote into it is lost.

    Parameters
    ----------
    draft : path
        A draft workbook in which every row of ``facts`` has ``yes`` in the column ``reviewed``.
    folder : path, optional
        The data folder; see `data_folder`.
    name : str, optional
        File name in the data folder; ``<source>.xlsx`` if not given.

    Returns
    -------
    Path
        The workbook in its new place.

    Raises
    ------
    DraftError
        If a row is not reviewed, the draft is open in another program, it names several sources,
        or a workbook of that name is there already. Nothing is changed.
    DataError
        If the data would not be valid with the draft, each problem with its cell. Nothing is
        changed.
    """
    path = Path(draft)
    if not path.is_file():
        raise DraftError(f"{path.name} does not exist | {path.name} 不存在")
    target_folder = data_folder(folder)
    lock = path.with_name(f"~${path.name}")
    if lock.exists():
        raise DraftError(
            f"{path.name} is open in another program; save and close it first | "
            f"{path.name} 正在其他程序中打开，请先保存并关闭"
        )
    source = _reviewed_source(path)
    target = target_folder / (name or f"{source}.xlsx")
    if target.parent != target_folder or target.suffix != ".xlsx":
        raise DraftError(f"{name} is no name for a workbook | {name} 不能用作工作簿名称")
    if target.resolve() == path.resolve():
        raise DraftError(
            f"{path.name} is in the data folder already | {path.name} 已在数据文件夹中"
        )
    if target.exists() or target.with_name(f"~${target.name}").exists():
        raise DraftError(
            f"{target.name} is in the data folder already and may hold somebody's edits; move it "
            f"away or give another name | 数据文件夹中已有 {target.name}，其中可能有人工修改；"
            f"请先移走该文件或另取名称"
        )
    before = path.stat()
    _validate(path, target_folder, target.name)
    after = path.stat()
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise DraftError(
            f"{path.name} was changed while it was checked; try again | "
            f"{path.name} 在校验过程中被修改，请重试"
        )
    _move(path, target)
    return target


def _reviewed_source(path: Path) -> str:
    """Check that every row is reviewed, and return the one source of the rows."""
    workbook = open_workbook(path)
    cells = read(workbook, "facts", DRAFT_COLUMNS[:-1], ("reviewed",))
    if any(found.code in ("missing_sheet", "empty_sheet") for found in cells.problems):
        raise DataError(cells.problems)
    if "reviewed" not in cells.columns:
        raise DraftError(
            f"{path.name} has no column reviewed, so nobody has said yes to its rows | "
            f"{path.name} 缺少 reviewed 列，尚无人确认各行数据"
        )
    answers = cells.text("reviewed")
    open_rows = [
        row
        for row, answer in zip(cells.rows, answers, strict=True)
        if answer.strip().lower() not in _YES
    ]
    if open_rows:
        shown = ", ".join(map(str, open_rows[:_LISTED])) + (
            " …" if len(open_rows) > _LISTED else ""
        )
        raise DraftError(
            f"{len(open_rows)} of {len(answers)} rows are not reviewed: {shown}. Check each ag"
            f"ainst "
            f"the text and write yes in the column reviewed; delete rows that are no statistics | "
            f"{len(answers)} 行中有 {len(open_rows)} 行尚未核对：{shown}。请逐行核对原文后在 r"
            f"eviewed "
            f"列填 yes，并删除并非统计数据的行"
        )
    sources = sorted(set(cells.text("source")))
    if len(sources) != 1 or not sources[0] or Path(sources[0]).name != sources[0]:
        listed = ", ".join(sources)
        raise DraftError(
            f"a draft has one source, this one: {listed} | 一份草稿应只有一个来源，此处为：{listed}"
        )
    return sources[0]


def _validate(path: Path, folder: Path, name: str) -> None:
    """Load all data together with the draft, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="yanshi-accept-") as trial:
        for workbook in workbooks(folder):
            shutil.copy2(workbook, Path(trial) / workbook.name)
        shutil.copy2(path, Path(trial) / name)
        load_facts(trial)


def _move(path: Path, target: Path) -> None:
    """Give the file its new name in one step, and never over another file."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        try:
            os.link(path, beside)
        except OSError:  # another disk, or no hard links there
            shutil.copy2(path, beside)
        try:
            os.link(beside, target)  # fails if the name is taken, whoever took it
        except FileExistsError:
            raise DraftError(
                f"{target.name} is in the data folder already | 数据文件夹中已有 {target.name}"
            ) from None
        except OSError:
            with target.open("xb"):  # reserves the name where hard links are unknown
                pass
            beside.replace(target)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    path.unlink()

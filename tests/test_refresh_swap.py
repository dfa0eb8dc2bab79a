"""The swap: interrupted before each single step, and recovered from each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from yanshi_analysis.refresh import _manifest, _swap
from yanshi_analysis.refresh._inputs import file_hash
from yanshi_analysis.refresh._places import Places, places

STEPS = (
    (os, "rename"),
    (os, "replace"),
    (os, "unlink"),
    (os, "rmdir"),
    (_swap, "exchange"),
)


class Killed(BaseException):
    """Stands for the end of the process."""


def make_set(folder: Path, content: str, *names: str) -> None:
    files = {}
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        files[name] = file_hash(path)
    _manifest.write(folder, {"job": _manifest.Made("key", files)})


def content_of(folder: Path) -> str:
    """Return which set this is, after checking that it is whole."""
    assert _manifest.read(folder), "no complete set here"
    assert _manifest.missing_or_changed(folder) == []
    (text,) = {
        (folder / name).read_text(encoding="utf-8")
        for name in _manifest.listed(_manifest.read(folder))
    }
    return text


@contextmanager
def killed_before(step: int) -> Iterator[list[int]]:
    """Raise `Killed` instead of doing the file operation with this number."""
    count = [0]
    real = [(module, name, getattr(module, name)) for module, name in STEPS]

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == step:
                raise Killed
            return function(*args, **named)

        return wrapped

    try:
        for module, name, function in real:
            setattr(module, name, counting(function))
        yield count
    finally:
        for module, name, function in real:
            setattr(module, name, function)


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "one step" and sys.platform not in ("linux", "darwin"):
        pytest.skip("this system cannot exchange two folders in one step")
    if request.param == "two renames":
        monkeypatch.setattr(_swap, "exchange", lambda one, other: False)
    return str(request.param)


def prepare(folder: Path) -> tuple[Places, Path]:
    where = places(outputs=folder / "outputs")
    make_set(where.outputs, "old", "a.txt", "charts/b.png", "gone.txt")
    (where.outputs / "mine.txt").write_text("a person's", encoding="utf-8")
    (where.outputs / "charts/mine.txt").write_text("a person's", encoding="utf-8")
    finished = where.building / "set"
    make_set(finished, "new", "a.txt", "charts/b.png", "more/c.txt")
    return where, finished


def check_personal(outputs: Path) -> None:
    """Check that a person's files are there, and none that belongs to neither set."""
    personal = {"mine.txt", "charts/mine.txt"}
    for name in personal:
        assert (outputs / name).read_text(encoding="utf-8") == "a person's"
    files = {path.relative_to(outputs).as_posix() for path in outputs.rglob("*.*")}
    made = set(_manifest.listed(_manifest.read(outputs)))
    assert files == personal | made | {"refresh.json"}


def test_swap_replaces_the_set_and_keeps_a_persons_files(tmp_path: Path, way: str) -> None:
    where, finished = prepare(tmp_path)
    assert _swap.swap(where, finished) == []
    assert content_of(where.outputs) == "new"
    check_personal(where.outputs)
    assert not (where.outputs / "gone.txt").exists()
    assert not where.old.exists()


def test_swap_may_be_cut_off_before_any_step(tmp_path: Path, way: str) -> None:
    step, seen = 0, set()
    while True:
        step += 1
        folder = tmp_path / str(step)
        folder.mkdir()
        where, finished = prepare(folder)
        try:
            with killed_before(step):
                _swap.swap(where, finished)
        except Killed:
            pass
        else:
            break  # there is no such step any more
        if way == "one step":
            content_of(where.outputs)  # whole at every moment, before any recovery
        assert _swap.recover(where)
        seen.add(content_of(where.outputs))
        check_personal(where.outputs)
        assert sorted(path.name for path in folder.iterdir()) == ["outputs"]
    assert step > 10 and seen == {"old", "new"}


def test_recovery_may_be_cut_off_before_any_step(tmp_path: Path, way: str) -> None:
    for moment in range(1, 12):
        step = 0
        while True:
            step += 1
            folder = tmp_path / f"{moment}-{step}"
            folder.mkdir()
            where, finished = prepare(folder)
            try:
                with killed_before(moment):
                    _swap.swap(where, finished)
            except Killed:
                pass
            try:
                with killed_before(step):
                    _swap.recover(where)
            except Killed:
                pass
            else:
                break
            _swap.recover(where)
            content_of(where.outputs)
            check_personal(where.outputs)
            shutil.rmtree(folder)


def test_exchange_is_one_step_where_the_system_can(tmp_path: Path) -> None:
    if sys.platform not in ("linux", "darwin"):
        assert not _swap.exchange(tmp_path, tmp_path)
        return
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "x").touch()
    assert _swap.exchange(one, other)
    assert (other / "x").exists() and not (one / "x").exists()
    with pytest.raises(FileNotFoundError):
        _swap.exchange(one, tmp_path / "nowhere")


def test_a_folder_that_cannot_be_renamed_leaves_the_old_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, finished = prepare(tmp_path)
    monkeypatch.setattr(_swap, "exchange", lambda one, other: False)
    rename = os.rename

    def locked(one: Path, other: Path) -> None:
        if Path(one) == where.outputs or Path(other) == where.outputs:
            raise PermissionError(13, "in use", str(where.outputs))
        rename(one, other)

    monkeypatch.setattr(os, "rename", locked)
    with pytest.raises(PermissionError):
        _swap.swap(where, finished)
    monkeypatch.undo()
    _swap.recover(where)
    assert content_of(where.outputs) == "old"
    check_personal(where.outputs)


def test_an_edited_file_is_kept_beside_the_new_one(tmp_path: Path, way: str) -> None:
    for round_, expected in ((1, "yours/a.txt"), (2, "yours/a (2).txt")):
        where = places(outputs=tmp_path / "outputs")
        if round_ == 1:
            make_set(where.outputs, "old", "a.txt")
        (where.outputs / "a.txt").write_text(f"edit {round_}", encoding="utf-8")
        finished = where.building / "set"
        make_set(finished, "new", "a.txt")
        assert _swap.swap(where, finished) == [expected]
        assert (where.outputs / expected).read_text(encoding="utf-8") == f"edit {round_}"
        assert content_of(where.outputs) == "new"


def test_links_among_a_persons_files_stay_links(tmp_path: Path, way: str) -> None:
    where, finished = prepare(tmp_path)
    (where.outputs / "link").symlink_to("nowhere")
    _swap.swap(where, finished)
    assert (where.outputs / "link").readlink() == Path("nowhere")

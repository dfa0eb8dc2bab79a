"""How files are named and written: safe names, whole files, archives without dates, plain text."""

from __future__ import annotations

import io
import math
import os
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from yanshi_analysis import files
from yanshi_analysis.export._cells import csv_bytes, harmless
from yanshi_analysis.export._names import file_name, known, sheet_names
from yanshi_analysis.files import canonical_zip


# -- names -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["growth", "增速对比_2024", "a.b", "x" * 200, "comet", "nuls"])
def test_a_plain_name_is_taken_as_it_is(name: str) -> None:
    assert file_name(name) == name


def test_a_name_is_composed() -> None:
    assert file_name("cafe\u0301") == "caf\u00e9"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        ".",
        "..",
        "../up",
        "a/b",
        "a\\b",
        "/etc/passwd",
        "C:\\x",
        "c:x",
        "\\\\server\\share",
        ".hidden",
        " leading",
        "trailing ",
        "trailing.",
        "con",
        "CON.txt",
        "nul",
        "Aux",
        "com1",
        "LPT9.x",
        "com¹",
        "a\x00b",
        "a\nb",
        "a\tb",
        "a\u202eb",
        "a\u2028b",
        "a\ud800b",
        "what?",
        "a*b",
        'a"b',
        "a<b",
        "a|b",
        "长" * 67,
    ],
)
def test_a_name_that_could_leave_the_folder_or_break_a_system_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"file name|folder"):
        file_name(name)


def test_a_name_that_is_not_text_is_refused() -> None:
    with pytest.raises(ValueError, match="text"):
        file_name(Path("a"))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "a/b", "[x]", "x" * 32, "'a", "History", "a\x01"])
def test_a_sheet_name_excel_would_refuse_is_refused_first(name: str) -> None:
    with pytest.raises(ValueError):
        sheet_names([name])


def test_two_sheets_of_one_name_are_refused_whatever_their_case() -> None:
    with pytest.raises(ValueError, match="two sheets"):
        sheet_names(["Facts", "facts"])
    with pytest.raises(ValueError, match="two sheets"):
        sheet_names(["facts"], taken=["Facts"])


def test_an_unknown_option_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown language 'fr'; known: en, zh"):
        known("fr", ("en", "zh"), "language")


# -- writing -----------------------------------------------------------------------------------
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def broken(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        files.write_bytes(target, b"new and longer")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_reader_sees_the_old_file_or_the_whole_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    seen: list[bytes] = []
    sync = os.fsync

    def watched(handle: int) -> None:
        seen.append(target.read_bytes())
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    files.write_bytes(target, b"new")
    assert seen[0] == b"old"
    assert target.read_bytes() == b"new"


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"precious")
    folder = tmp_path / "out"
    folder.mkdir()
    link = folder / "a.txt"
    link.symlink_to(outside)
    files.write_bytes(link, b"new")
    assert outside.read_bytes() == b"precious"
    assert not link.is_symlink()


def test_a_locked_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(PermissionError, match="close it and try again"):
        files.write_bytes(tmp_path / "a.xlsx", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(ValueError, match="is a file"):
        files.prepare_folder(tmp_path / "out")


# -- archives ----------------------------------------------------------------------------------
def _archive(names: list[str], year: int, core: str, inner: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            content = core.encode() if name == "docProps/core.xml" else name.encode()
            content = inner if name.endswith(".xlsx") else content
            archive.writestr(zipfile.ZipInfo(name, (year, 5, 6, 7, 8, 10)), content)
    return out.getvalue()


_CORE = (
    "<cp:coreProperties><dc:title>T</dc:title>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{0}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{0}</dcterms:modified>'
    "<cp:lastModifiedBy>Somebody</cp:lastModifiedBy></cp:coreProperties>"
)


def test_times_order_and_properties_do_not_count() -> None:
    names = ["docProps/core.xml", "[Content_Types].xml", "ppt/embeddings/a.xlsx"]
    first = _archive(names, 2001, _CORE.format(1), _archive(names[:2], 1999, _CORE.format(3)))
    second = _archive(
        names[::-1], 2024, _CORE.format(2), _archive(names[:2], 2005, _CORE.format(4))
    )
    assert first != second
    assert canonical_zip(first) == canonical_zip(second)


def test_content_is_kept() -> None:
    names = ["docProps/core.xml", "[Content_Types].xml", "a.xml"]
    with zipfile.ZipFile(io.BytesIO(canonical_zip(_archive(names, 2020, _CORE.format(1))))) as made:
        assert made.namelist() == ["[Content_Types].xml", "a.xml", "docProps/core.xml"]
        core = made.read("docProps/core.xml").decode()
    assert "<dc:title>T</dc:title>" in core
    assert "dcterms" not in core
    assert "Somebody" not in core


# -- cells -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "－1", "＋1", "＠x"]
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "6%左右", "'=1", "−5", "  "])
def test_other_text_stays(text: str) -> None:
    assert harmless(text) == text


def test_numbers_in_csv_are_never_touched() -> None:
    table = pd.DataFrame(
        {
            "=name": ["=cmd|' /C calc'!A0", None],
            "number": [-5.5, np.nan],
            "open": [math.inf, -math.inf],
            "count": pd.array([-3, None], dtype="Int64"),
            "flag": [True, False],
            "big": [1e9, 0.1],
        }
    )
    lines = csv_bytes(table, bom=False).decode().split("\r\n")
    assert lines == [
        "'=name,number,open,count,flag,big",
        "'=cmd|' /C calc'!A0,-5.5,INF,-3,true,1000000000",
        ",,-INF,,false,0.1",
        "",
    ]


def test_csv_reads_back_the_same_numbers() -> None:
    values = [0.1 + 0.2, 1 / 3, -1e-9, 123456789.123, 1e15, 1e22, 6.65e6]
    table = pd.DataFrame({"value": values})
    back = csv_bytes(table, bom=False).decode().split()[1:]
    assert [float(value) for value in back] == values


def test_the_mark_that_excel_needs_is_there_only_when_asked_for() -> None:
    table = pd.DataFrame({"名": ["值"]})
    assert csv_bytes(table, bom=True).startswith(b"\xef\xbb\xbf")
    assert not csv_bytes(table, bom=False).startswith(b"\xef\xbb\xbf")

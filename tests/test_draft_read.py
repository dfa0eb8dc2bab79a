"""Report files: encodings, layouts, Word, PDF, and files that mean harm."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from yanshi_analysis.draft import DraftError, draft_facts
from yanshi_analysis.draft.facts import read_report
from yanshi_analysis.draft.read import read_lines
from yanshi_analysis.draft.row import Report

EXAMPLE = Path(__file__).parents[1] / "notebooks" / "example_report.txt"


def statistics(report: Report) -> Counter[tuple[object, ...]]:
    return Counter(
        (row.value, row.unit, row.qualifier, row.measure, row.kind, row.year) for row in report.rows
    )


def paragraphs() -> list[str]:
    return EXAMPLE.read_text(encoding="utf-8").split("\n")


def wrapped(width: int, gap: str) -> str:
    lines = []
    for paragraph in paragraphs():
        for start in range(0, len(paragraph), width):
            lines.append(paragraph[start : start + width])
    return gap.join(lines)


def wide(text: str) -> str:
    return "".join(
        chr(ord(one) + 0xFEE0) if one.isascii() and (one.isdigit() or one in ".%") else one
        for one in text
    )


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "gb18030": lambda: EXAMPLE.read_text(encoding="utf-8").encode("gb18030"),
    "utf-16": lambda: EXAMPLE.read_text(encoding="utf-8").encode("utf-16"),
    "bom": lambda: EXAMPLE.read_text(encoding="utf-8").encode("utf-8-sig"),
    "crlf": lambda: "\r\n".join(paragraphs()).encode(),
    "blank lines": lambda: "\n\n".join(paragraphs()).encode(),
    "indented": lambda: "\n".join("　　" + one for one in paragraphs()).encode(),
    "wrapped at 28": lambda: wrapped(28, "\n").encode(),
    "wrapped at 28 with blank lines": lambda: wrapped(28, "\n\n").encode(),
    "wrapped at 40": lambda: wrapped(40, "\n").encode(),
    "full width": lambda: wide(EXAMPLE.read_text(encoding="utf-8")).encode(),
    "plain punctuation": lambda: EXAMPLE.read_text(encoding="utf-8")
    .replace("，", ",").replace("；", ";").replace("：", ":").encode(),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layout_of_a_text_does_not_matter(layout: str, tmp_path: Path) -> None:
    file = tmp_path / "report_2026.txt"
    file.write_bytes(LAYOUTS[layout]())
    assert statistics(read_report(file)) == statistics(read_report(EXAMPLE))


def test_word_documents(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for paragraph in paragraphs():
        document.add_paragraph(paragraph)
    file = tmp_path / "report.docx"
    document.save(str(file))
    assert statistics(read_report(file)) == statistics(read_report(EXAMPLE))


def pdf(pages: list[str]) -> bytes:
    """Return a PDF of plain text lines, in the way of programs that embed no font."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>"
    )
    for place, text in enumerate(pages):
        shown = "".join(
            f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in text.split("\n") if line
        )
        stream = f"BT /F1 9 Tf 14 TL 40 800 Td\n{shown}ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * place} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    )
    return out.getvalue()


def test_pdf_with_text_knows_its_pages(tmp_path: Path) -> None:
    half = len(paragraphs()) // 2
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf([wrapped_part(paragraphs()[:half]), wrapped_part(paragraphs()[half:])]))
    found = read_report(file)
    assert statistics(found) == statistics(read_report(EXAMPLE))
    assert {row.page for row in found.rows} == {1, 2}


def wrapped_part(part: list[str]) -> str:
    return "\n".join(one[start : start + 44] for one in part for start in range(0, len(one), 44))


def test_page_numbers_come_from_footers(tmp_path: Path) -> None:
    file = tmp_path / "report_2025.txt"
    file.write_text("产值增长5%。\n— 1 —\n投资增长6%。\n— 2 —\n消费增长7%。\n", encoding="utf-8")
    assert [row.page for row in read_report(file).rows] == [1, 2, 3]


def refused(file: Path) -> str:
    with pytest.raises(DraftError) as error:
        draft_facts(file)
    message = str(error.value)
    assert " | " in message
    assert file.name in message
    return message


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "none.txt")
    assert "folder" in refused(tmp_path)


def test_fifty_megabytes_of_text_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as out:
        for _ in range(50):
            out.write("产值增长5%。".encode() * 55_000)
    assert "too large" in refused(file)


def test_too_many_numbers(tmp_path: Path) -> None:
    file = tmp_path / "table.txt"
    file.write_text("1家、" * 25_000, encoding="utf-8")
    with pytest.raises(DraftError, match="numbers"):
        draft_facts(file)


def test_a_pdf_of_pictures(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf(["", ""]))
    assert "no text" in refused(file)


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.append(pypdf.PdfReader(io.BytesIO(pdf(["产值增长5%。"]))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = tmp_path / "locked.pdf"
    with file.open("wb") as out:
        writer.write(out)
    assert "encrypted" in refused(file)


@pytest.mark.parametrize("cut", [9, 200, 700])
def test_a_damaged_pdf(cut: int, tmp_path: Path) -> None:
    file = tmp_path / "torn.pdf"
    file.write_bytes(pdf(["产值增长5%。" * 20])[:cut])
    refused(file)


def test_a_zip_bomb(tmp_path: Path) -> None:
    file = tmp_path / "bomb.docx"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        part.write(b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/")
        part.write(b"main'><w:p><w:r><w:t>")
        for _ in range(100):
            part.write(b"0" * 1_000_000)
        part.write(b"</w:t></w:r></w:p></w:document>")
    assert file.stat().st_size < 1_000_000
    assert "enormous" in refused(file)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    file = tmp_path / "entities.docx"
    xml = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><w>&b;</w>"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", xml)
    assert "damaged" in refused(file)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old", b"\x00" * 5000], ids=repr
)
def test_other_files(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(content)
    refused(file)


@pytest.mark.parametrize("seed", range(5))
def test_random_bytes(seed: int, tmp_path: Path) -> None:
    file = tmp_path / "noise.txt"
    file.write_bytes(random.Random(seed).randbytes(200_000))
    refused(file)


@pytest.mark.parametrize("text", ["", "\n\n", "各位代表：现在向大会报告工作。"], ids=len)
def test_a_text_without_numbers_gives_an_empty_draft(text: str, tmp_path: Path) -> None:
    file = tmp_path / "report_2025.txt"
    file.write_text(text, encoding="utf-8")
    assert len(draft_facts(file)) == 0
    assert len(draft_facts(file, excluded=True)) == 0


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "report_2025.txt"
    file.write_text("一\n\n三\f四\n五", encoding="utf-8")
    lines = [(line.number, line.page, line.text) for line in read_lines(file)]
    assert lines == [(1, 1, "一"), (2, 1, ""), (3, 1, "三"), (3, 2, "四"), (4, 2, "五")]

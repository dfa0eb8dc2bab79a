"""A report file (text, Word, PDF) to its lines, each with its number and page."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from yanshi_analysis.draft.errors import DraftError

__all__ = ["Line", "read_lines"]

# A report has some 20 000 characters; these leave room for fifty times as many.
_MAX_FILE = 50_000_000
_MAX_TEXT_FILE = 4_000_000
_MAX_CHARACTERS = 1_000_000
_MAX_XML = 60_000_000
_MAX_PAGES = 1_000
_MAX_SECONDS = 60.0

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Line(NamedTuple):
    """One line: its number (from 1, blank lines counted), its page if known, its text."""

    number: int
    page: int | None
    text: str


def read_lines(path: str | os.PathLike[str]) -> list[Line]:
    """Read a report.

    Parameters
    ----------
    path : path
        ``.txt`` (UTF-8, UTF-16 with a mark, GB18030), ``.docx``, or ``.pdf`` with text. What the
        file is, is told from its bytes, not from its name.

    Returns
    -------
    list of Line
        A Word paragraph is one line.

    Raises
    ------
    DraftError
        If there is no such file, it is too large, encrypted, damaged or holds no text.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise _error(file, "is a folder", "是文件夹")
        if size > _MAX_FILE:
            raise _too_large(file, f"{size / 1e6:.0f} MB")
        content = file.read_bytes()
    except FileNotFoundError:
        raise _error(file, "does not exist", "不存在") from None
    except OSError as error:
        raise _error(file, f"cannot be read: {error.strerror}", "无法读取") from error
    if content.startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        lines = _read_pdf(file, content)
    elif content.startswith(b"PK\x03\x04"):
        lines = _read_docx(file, content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _error(
            file,
            "is in the old Word format or encrypted; save it as .docx without a password",
            "是旧版 Word 格式或已加密，请另存为不带密码的 .docx",
        )
    else:
        if size > _MAX_TEXT_FILE:
            raise _too_large(file, f"{size / 1e6:.0f} MB")
        lines = _split(decode(file, content))
    if sum(len(line.text) for line in lines) > _MAX_CHARACTERS:
        raise _too_large(file, f"more than {_MAX_CHARACTERS:,} characters")
    return lines


def decode(file: Path, content: bytes) -> str:
    """Return the text of a text file in UTF-8, UTF-16 (with a byte order mark) or GB18030."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            break
    else:
        text = ""
        for encoding in ("utf-8", "gb18030"):
            try:
                text = content.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
        else:
            text = content.decode("utf-8", errors="replace")
    odd = sum(text.count(character) for character in ("\ufffd", "\0", "\x01", "\x02", "\x03"))
    if odd > 3 + len(text) // 500:
        raise _error(
            file,
            "is not text in UTF-8 or GB18030, nor .docx or .pdf",
            "不是 UTF-8 或 GB18030 编码的文本，也不是 .docx 或 .pdf",
        )
    return text


_BREAK = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")


def _split(text: str) -> list[Line]:
    """Split a text into lines; a form feed begins a new page."""
    page = 1 if "\f" in text else None
    lines = []
    for number, line in enumerate(_BREAK.split(text), start=1):
        before, *after = line.split("\f")
        if not after:
            lines.append(Line(number, page, line))
            continue
        if before.strip():
            lines.append(Line(number, page, before))
        for part in after:
            page = (page or 1) + 1
            if part.strip():
                lines.append(Line(number, page, part))
    return lines


def _read_docx(file: Path, content: bytes) -> list[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            if "word/document.xml" not in names:
                raise _error(file, "is not a Word document", "不是 Word 文档")
            if len(names) > 20_000 or package.getinfo("word/document.xml").file_size > _MAX_XML:
                raise _too_large(file, "its text unpacks to an enormous size")
            with package.open("word/document.xml") as part:
                # The declared size may lie: never read more than is allowed.
                xml = part.read(_MAX_XML + 1)
        if len(xml) > _MAX_XML:
            raise _too_large(file, "its text unpacks to an enormous size")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _error(file, "is damaged or has a password", "已损坏或设有密码") from error
    return _paragraphs(file, xml)


def _paragraphs(file: Path, xml: bytes) -> list[Line]:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    lines: list[Line] = []
    text: list[str] = []
    page, total, paged = 1, 0, False
    try:
        for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
            tag = element.tag.removeprefix(_WORD)
            if event == "start":
                if tag == "p":
                    text = []
                continue
            if tag == "t":
                text.append(element.text or "")
            elif tag == "tab":
                text.append(" ")
            elif tag in ("br", "cr", "lastRenderedPageBreak"):
                if tag == "lastRenderedPageBreak" or element.get(f"{_WORD}type") == "page":
                    page, paged = page + 1, True
                else:
                    text.append("\n")
            elif tag == "p":
                for part in "".join(text).split("\n"):
                    lines.append(Line(len(lines) + 1, page, part))
                    total += len(part)
                text = []
                element.clear()
                if total > _MAX_CHARACTERS:
                    raise _too_large(file, f"more than {_MAX_CHARACTERS:,} characters")
    except (ParseError, DefusedXmlException) as error:
        raise _error(file, "is damaged", "已损坏") from error
    return lines if paged else [Line(line.number, None, line.text) for line in lines]


def _read_pdf(file: Path, content: bytes) -> list[Line]:
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    begun = time.monotonic()
    lines: list[Line] = []
    total = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _error(
                file,
                "is encrypted; save a copy without a password",
                "已加密，请另存一份不带密码的副本",
            )
        if len(reader.pages) > _MAX_PAGES:
            raise _too_large(file, f"{len(reader.pages):,} pages")
        for page, sheet in enumerate(reader.pages, start=1):
            for text in _BREAK.split(sheet.extract_text() or ""):
                lines.append(Line(len(lines) + 1, page, text.replace("\f", "")))
                total += len(text)
            if total > _MAX_CHARACTERS:
                raise _too_large(file, f"more than {_MAX_CHARACTERS:,} characters")
            if time.monotonic() - begun > _MAX_SECONDS:
                raise _error(file, "takes too long to read", "读取时间过长")
    except DraftError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _error(file, "is damaged or encrypted", "已损坏或已加密") from error
    except (RecursionError, NotImplementedError, ImportError, zlib.error, OSError) as error:
        raise _error(file, "is damaged or encrypted", "已损坏或已加密") from error
    if (lines and total < 20 * lines[-1].number / 100) or not any(
        line.text.strip() for line in lines
    ):
        raise _error(
            file,
            "holds no text, only pictures of pages; run a text recognition first",
            "只有页面图像，没有文字，请先做文字识别",
        )
    return lines


def _error(file: Path, english: str, chinese: str) -> DraftError:
    return DraftError(f"{file.name} {english} | {file.name} {chinese}")


def _too_large(file: Path, detail: str) -> DraftError:
    return _error(
        file,
        f"is too large for a report: {detail}",
        f"过大，不像一份政府工作报告（{detail}）",
    )

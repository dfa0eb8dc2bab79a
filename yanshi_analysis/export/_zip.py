"""Office files are zip archives: make the same content give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

__all__ = ["normalise"]

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


def normalise(archive: bytes) -> bytes:
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
                content = normalise(content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content, compresslevel=6)
    return out.getvalue()

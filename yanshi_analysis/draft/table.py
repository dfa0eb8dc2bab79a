"""The draft as a table in the facts layout, and as a workbook to review."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yanshi_analysis.data.dictionary import Folder, ids
from yanshi_analysis.data.facts import SHEET_COLUMNS
from yanshi_analysis.draft.facts import read_report
from yanshi_analysis.draft.match import LEAST_SCORE, Query, propose
from yanshi_analysis.draft.regions import region_of
from yanshi_analysis.draft.row import Report

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DRAFT_COLUMNS",
    "EXCLUDED_COLUMNS",
    "draft_facts",
    "draft_summary",
    "draft_table",
    "write_draft",
]

#: The columns of a draft: those of a facts sheet, then what helps to review it.
DRAFT_COLUMNS = (*SHEET_COLUMNS, "name", "score", "reason", "reviewed")
EXCLUDED_COLUMNS = ("source", "line", "number", "reason", "detail")

_SURE = 62.0
_CLOSE = 4.0
_UNSURE_COLOUR = "FFF2CC"
_NEW_COLOUR = "FCE4D6"


def draft_facts(
    path: str | os.PathLike[str],
    *,
    excluded: bool = False,
    folder: Folder = None,
    region: str | None = None,
    year: int | None = None,
    source: str | None = None,
) -> pd.DataFrame:
    """Return the statistics of a government work report, one row a figure, to be reviewed.

    Parameters
    ----------
    path : path
        ``.txt`` (UTF-8 or GB18030), ``.docx``, or ``.pdf`` with text.
    excluded : bool, default False
        Return the numbers that are no statistics instead, each with its reason.
    folder : path, optional
        Data folder whose dictionary names the indicators; see `data_folder`.
    region : str, optional
        GB/T 2260 code; found in the report's opening if not given.
    year : int, optional
        The year the report plans for (it reviews the year before); found in the text if not given.
    source : str, optional
        Id of the report as a source; ``report_<year>`` if not given.

    Returns
    -------
    DataFrame
        The columns of a facts sheet (``indicator``, ``region``, ``year``, ``kind``, ``measure``,
        ``value``, ``value_high``, ``unit``, ``qualifier``, ``status``, ``as_printed``, ``section``,
        ``page``, ``line``, ``source``, ``note``), then ``name`` (as found), ``score`` (0 to 100,
        how well it matches the proposed ``indicator``, which is empty where nothing does),
        ``reason`` (why a person should look: "English | 中文", empty if nothing is unsure) and
        ``reviewed`` (``no``). With `excluded`: ``source``, ``line``, ``number``, ``reason`` (date,
        ordinal, name, slogan, threshold, glossary, repeat), ``detail``.

    Raises
    ------
    DraftError
        If the file cannot be read.

    Notes
    -----
    Rules and a grammar; no model and no network. A decline is negative growth. Sums and averages
    over several years are about the last of them, and the note says so.
    """
    report = read_report(path, year=year)
    table, left_out = draft_table(report, folder=folder, region=region, source=source)
    return left_out if excluded else table


def draft_table(
    report: Report, *, folder: Folder = None, region: str | None = None, source: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return statistics and excluded numbers of a report that has been read."""
    import pandas as pd

    indicators = ids(folder, "indicators")
    regions = ids(folder, "regions")
    if region is None:
        known = list(zip(regions["region"], regions["name_zh"], strict=True))
        region = region_of(report.flow.text, known)
    if source is None:
        source = source_id(report.plan.year, region, folder)
    rows = report.rows
    text = report.flow.text
    queries = [Query(row.name, _around(text, row.offset), row.unit, row.measure) for row in rows]
    known_indicators = list(
        zip(indicators["indicator"], indicators["name_zh"], indicators["unit_base"], strict=True)
    )
    proposals = propose(queries, known_indicators)
    names = dict(zip(indicators["indicator"], indicators["name_zh"], strict=True))
    chosen = [one.indicator if one.score >= LEAST_SCORE else "" for one in proposals]
    keys = Counter(
        (indicator, row.year, row.kind, row.measure)
        for indicator, row in zip(chosen, rows, strict=True)
        if indicator
    )
    reasons = []
    for row, proposal, indicator in zip(rows, proposals, chosen, strict=True):
        why = [row.reason] if row.reason else []
        if not indicator:
            near = f"{names.get(proposal.indicator, '')} {proposal.score:.0f}"
            why.append(f"no indicator matches; nearest: {near} | 没有匹配的指标，最接近：{near}")
        elif keys[indicator, row.year, row.kind, row.measure] > 1:
            why.append("proposed for more than one row | 多行建议为同一指标")
        elif proposal.score < _SURE:
            why.append("the match is weak | 匹配度低")
        elif proposal.score - proposal.second_score < _CLOSE and proposal.second != indicator:
            near = names.get(proposal.second, "")
            why.append(f"nearly as close: {near} | 同样接近：{near}")
        if not region:
            why.append("the region is not in the dictionary | 地区未收录")
        reasons.append(_both(why))
    size = len(rows)
    table = pd.DataFrame(
        {
            "indicator": pd.array(chosen, dtype="str"),
            "region": pd.array([region] * size, dtype="str"),
            "year": pd.array([row.year for row in rows], dtype="int64"),
            "kind": pd.array([row.kind for row in rows], dtype="str"),
            "measure": pd.array([row.measure for row in rows], dtype="str"),
            "value": pd.array([row.value for row in rows], dtype="float64"),
            "value_high": pd.array([row.value_high for row in rows], dtype="float64"),
            "unit": pd.array([row.unit for row in rows], dtype="str"),
            "qualifier": pd.array([row.qualifier for row in rows], dtype="str"),
            "status": pd.array([row.status for row in rows], dtype="str"),
            "as_printed": pd.array([row.as_printed for row in rows], dtype="str"),
            "section": pd.array([row.section for row in rows], dtype="str"),
            "page": pd.array([row.page for row in rows], dtype="Int64"),
            "line": pd.array([row.line for row in rows], dtype="Int64"),
            "source": pd.array([source] * size, dtype="str"),
            "note": pd.array([_both(row.note.split("; ")) for row in rows], dtype="str"),
            "name": pd.array([row.name for row in rows], dtype="str"),
            "score": pd.array([round(one.score, 1) for one in proposals], dtype="float64"),
            "reason": pd.array(reasons, dtype="str"),
            "reviewed": pd.array(["no"] * size, dtype="str"),
        }
    )[list(DRAFT_COLUMNS)]
    left_out = pd.DataFrame(
        {
            "source": pd.array([source] * len(report.excluded), dtype="str"),
            "line": pd.array([one.line for one in report.excluded], dtype="Int64"),
            "number": pd.array([one.number for one in report.excluded], dtype="str"),
            "reason": pd.array([one.reason for one in report.excluded], dtype="str"),
            "detail": pd.array([one.detail for one in report.excluded], dtype="str"),
        }
    )
    return table, left_out


def _around(text: str, offset: int) -> str:
    return text[max(0, offset - 45) : offset + 30]


def _both(parts: Sequence[str]) -> str:
    """Join "English | 中文" texts language by language."""
    pairs = [part.split(" | ", 1) for part in parts if part]
    flat = [
        piece for pair in pairs for piece in ([pair] if len(pair) == 2 else [[pair[0], pair[0]]])
    ]
    if not flat:
        return ""
    return "; ".join(pair[0] for pair in flat) + " | " + "；".join(pair[1] for pair in flat)


def source_id(year: int, region: str, folder: Folder = None) -> str:
    """Return the id a report of `region` and `year` has, or will have, among the sources."""
    known = ids(folder, "sources")["source"]
    regions = ids(folder, "regions")
    english = dict(zip(regions["region"], regions["name_en"], strict=True)).get(region, "")
    own = f"{english.lower().replace(' ', '_')}_report_{year}"
    return own if own in known else f"report_{year}"


def draft_summary(table: pd.DataFrame, left_out: pd.DataFrame) -> pd.DataFrame:
    """Return how many figures were found, matched, new and unsure: ``what``, ``count``."""
    import pandas as pd

    matched = table["indicator"] != ""
    counts = {
        "statistics found | 统计数据": len(table),
        "outcomes | 完成值": int((table["kind"] == "outcome").sum()),
        "targets | 目标": int((table["kind"] == "target").sum()),
        "sizes that are neither | 其他规模": int((table["kind"] == "context").sum()),
        "matched to an indicator | 已匹配指标": int(matched.sum()),
        "perhaps new indicators | 可能的新指标": int((~matched).sum()),
        "unsure, please look (coloured) | 需重点核对（着色）": int((table["reason"] != "").sum()),
        "numbers that are no statistics | 非统计数字": len(left_out),
    }
    return pd.DataFrame(
        {"what": pd.array(list(counts), dtype="str"), "count": list(counts.values())}
    )


def write_draft(
    report: str | os.PathLike[str],
    path: str | os.PathLike[str] | None = None,
    *,
    folder: Folder = None,
    region: str | None = None,
    year: int | None = None,
    source: str | None = None,
) -> Path:
    """Write the draft workbook of a report, to be reviewed in Excel or WPS.

    Sheets: ``summary``; ``facts`` in the layout of the data, with drop-down lists, unsure cells
    coloured and a column ``reviewed``; ``excluded``, the numbers that are no statistics; and, to be
    filled in where the dictionary lacks them, ``indicators`` and ``sources``.

    Parameters
    ----------
    report : path
        The report's text.
    path : path, optional
        The workbook to make; ``drafts/<source>.xlsx`` within the data folder if not given.
    folder, region, year, source
        As in `draft_facts`.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    DraftError
        If the report cannot be read.
    FileExistsError
        If the workbook exists: somebody may have begun to review it.
    """
    from yanshi_analysis.data.files import data_folder
    from yanshi_analysis.workbook import write_workbook

    read = read_report(report, year=year)
    table, left_out = draft_table(read, folder=folder, region=region, source=source)
    name = table["source"].iloc[0] if len(table) else source or f"report_{read.plan.year}"
    target = Path(path) if path is not None else data_folder(folder) / "drafts" / f"{name}.xlsx"
    sheets = {
        "summary": draft_summary(table, left_out),
        "facts": table,
        "excluded": left_out,
        **_additions(read, name, folder),
    }
    reasons = table["reason"].tolist()
    chosen = table["indicator"].tolist()

    def colour(sheet: str, record: int, column: str) -> str | None:
        if sheet != "facts" or not reasons[record]:
            return None
        if column == "indicator" and not chosen[record]:
            return _NEW_COLOUR
        return _UNSURE_COLOUR if column in ("indicator", "name", "score", "reason") else None

    return write_workbook(target, sheets, folder=folder, colour=colour)


def _additions(read: Report, source: str, folder: Folder) -> dict[str, pd.DataFrame]:
    """Return the sheets that add to the dictionary: this source, and room for new indicators."""
    import re

    import pandas as pd

    from yanshi_analysis.data.dictionary import SHEETS

    sheets = {
        "indicators": pd.DataFrame(
            {column: pd.array([], dtype="str") for column in SHEETS["indicators"]}
        )
    }
    if source not in ids(folder, "sources")["source"]:
        date = re.search(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日", read.flow.plain[:800])
        day = (
            f"{int(date[1])}-{int(date[2]):02d}-{int(date[3]):02d}" if date else str(read.plan.year)
        )
        row = {
            "source": source,
            "name_en": f"Government work report, {read.plan.year}",
            "name_zh": f"政府工作报告（{read.plan.year}年）",
            "published": day,
        }
        sheets["sources"] = pd.DataFrame(
            {name: pd.array([cell], dtype="str") for name, cell in row.items()}
        )
    return sheets

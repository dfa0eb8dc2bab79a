"""Plain HTML for tables, findings and pictures: the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from yanshi_analysis.notebook._help import running

__all__ = ["display", "hide_other", "paragraph", "show", "table"]

# In each table, as notebooks take outputs out of the page when they are scrolled away.
_TABLE_STYLE = (
    "<style>"
    "table.yanshi.yanshi{border-collapse:collapse;margin:.6em 0 1em;font-size:.92em;"
    "line-height:1.45;table-layout:auto}"
    "table.yanshi.yanshi caption{caption-side:top;text-align:left;font-weight:600;padding:.3em 0}"
    "table.yanshi.yanshi th,table.yanshi.yanshi td{text-align:left;vertical-align:top;"
    "padding:.32em .9em .32em 0;border:0;border-bottom:1px solid rgba(127,132,140,.35);"
    "white-space:normal;max-width:34em;background:none}"
    "table.yanshi.yanshi thead th{vertical-align:bottom;border-bottom:2px solid currentColor;"
    "font-weight:600}"
    "table.yanshi.yanshi tbody th{font-weight:400;min-width:9em}"
    "table.yanshi.yanshi .n{text-align:right;white-space:nowrap;"
    "font-variant-numeric:tabular-nums}"
    "table.yanshi.yanshi .k{white-space:nowrap}"
    "details.yanshi>summary{cursor:pointer;margin:.4em 0}"
    "@media print{details.yanshi::details-content{content-visibility:visible;display:block}}"
    "</style>"
)


def display(html: str, text: str) -> None:
    """Show HTML in a notebook; its text elsewhere."""
    show({"text/html": html, "text/plain": text})


def show(bundle: Mapping[str, Any], metadata: Mapping[str, Any] | None = None) -> None:
    """Show one thing in the forms it comes in; outside a notebook its text is printed.

    Parameters
    ----------
    bundle : mapping
        MIME type to content; ``text/plain`` must be there.
    metadata : mapping, optional
        MIME type to what a notebook should know about the content, such as a picture's
        description.
    """
    if running() is None:
        print(bundle["text/plain"])
        return
    from IPython.display import display as shown

    shown(dict(bundle), raw=True, metadata=dict(metadata or {}))  # type: ignore[no-untyped-call]


def hide_other(lang: str) -> str:
    """Return a style sheet that hides the other language's prose in a page made from a notebook.

    Only exported pages (``<body class="jp-Notebook">``) are meant: JupyterLab shows both.
    """
    other = "zh" if lang == "en" else "en"
    return f'<style>body.jp-Notebook div[lang="{other}"]{{display:none}}</style>'


def paragraph(text: str, lang: str, look: str = "") -> str:
    """Return a paragraph; ``look`` is its style."""
    style = f' style="{look}"' if look else ""
    return f'<p lang="{lang}"{style}>{escape(text)}</p>'


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    lang: str,
    *,
    numeric: Sequence[bool] = (),
    caption: str = "",
    summary: str = "",
    join_first: bool = False,
    styled: bool = True,
) -> str:
    """Return a table.

    Parameters
    ----------
    heads : sequence of str
        Column headings.
    rows : sequence of sequence of str
        Cells, already in words; the first of each row is its heading.
    lang : str
        Language of the words.
    numeric : sequence of bool, optional
        Which columns are numbers, and stand to the right.
    caption : str, optional
        A heading for the whole.
    summary : str, optional
        If given, the table is folded away under these words.
    join_first : bool, default False
        Give equal first cells that follow one another one tall cell.
    styled : bool, default True
        Bring the style sheet along; a table after another in the same output need not.

    Returns
    -------
    str
        HTML without ids, so that the same table gives the same text.
    """
    right = list(numeric) or [False] * len(heads)

    def cell(text: str, position: int, tag: str, extra: str = "") -> str:
        kind = ' class="n"' if right[position] else ""
        return f"<{tag}{kind}{extra}>{escape(text)}</{tag}>"

    head = "".join(cell(text, at, "th", ' scope="col"') for at, text in enumerate(heads))
    body: list[str] = []
    runs: list[list[Any]] = (
        [list(run) for _, run in groupby(rows, key=lambda row: row[0])]
        if join_first
        else [[row] for row in rows]
    )
    for run in runs:
        for position, row in enumerate(run):
            span = f' rowspan="{len(run)}"' if len(run) > 1 else ""
            scope = ' scope="rowgroup"' if span else ' scope="row"'
            first = cell(row[0], 0, "th", scope + span) if position == 0 else ""
            rest = "".join(cell(text, at + 1, "td") for at, text in enumerate(row[1:]))
            body.append(f"<tr>{first}{rest}</tr>")
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    made = (
        f'<table class="yanshi" lang="{lang}">{title}<thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )
    if summary:
        made = (
            f'<details class="yanshi"><summary lang="{lang}">{escape(summary)}</summary>'
            f"{made}</details>"
        )
    return (_TABLE_STYLE if styled else "") + made

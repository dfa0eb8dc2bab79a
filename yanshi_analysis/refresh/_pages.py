"""An executed notebook as one HTML page that works offline and makes no request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanshi_analysis.refresh._optional import without_slow_extras

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["outside_references", "page", "title_of"]

_HERE = Path(__file__).parent
_DIVISION = re.compile(r'<div lang="(\w+)">\s*(.*?)\s*</div>', re.DOTALL)
_PICTURE = re.compile(r"!\[[^\]]*\]\(|<img\b")
_HEADING = re.compile(r"^\s*#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_MARKUP = re.compile(r"<[^>]+>|[*`]")
# What makes a browser fetch something. A link that a person may click is none of these.
_FETCHES = re.compile(
    r"""<(?!a\b)[a-z][^>]*?\s(?:src|href|data|poster|srcset|action)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]*
    |(?:url\(|@import\s+(?:url\()?)\s*["']?\s*(?:https?:)?//[^"')\s]*
    |\bimport\s*(?:\(\s*|[^"'();\n]{0,200}?from\s*)?["'](?:https?:)?//[^"']*
    |\b(?:fetch|importScripts|WebSocket|EventSource)\s*\(\s*["'](?:https?:|wss?:)?//[^"']*""",
    re.IGNORECASE | re.VERBOSE,
)


def page(notebook: NotebookNode, lang: str, words: Mapping[str, str]) -> str:
    """Return a notebook as one HTML page.

    Parameters
    ----------
    notebook : NotebookNode
        Executed and tidied.
    lang : {"en", "zh"}
        The language of its text.
    words : mapping of str to str
        ``title``, for a notebook without a heading, and ``show_code``.

    Returns
    -------
    str
        The page: pictures, styles and all in it. Code is folded away.
    """
    spoken = in_one_language(notebook, lang)
    resources: dict[str, Any] = {
        "yanshi": {
            "language": {"zh": "zh-CN"}.get(lang, lang),
            "title": title_of(spoken) or words["title"],
            "show_code": words["show_code"],
            "css": _css(),
        }
    }
    pictures = any(_PICTURE.search(cell.source) for cell in spoken.cells)
    html, _ = _exporter(pictures).from_notebook_node(spoken, resources)
    return str(html)


def in_one_language(notebook: NotebookNode, lang: str) -> NotebookNode:
    """Return a copy whose text holds no other language than `lang`.

    Text cells mark their languages with ``<div lang="en">…</div>``; what is not marked stays.
    """

    def own(found: re.Match[str]) -> str:
        return found[2] if found[1] == lang else ""

    spoken = copy(notebook)
    spoken.cells = [copy(cell) for cell in notebook.cells]
    for cell in spoken.cells:
        if cell.cell_type == "markdown":
            cell.source = _DIVISION.sub(own, cell.source).strip()
    return spoken


def title_of(notebook: NotebookNode) -> str:
    """Return the first heading of a notebook, in its text or in what it displays."""
    for cell in notebook.cells:
        texts = [cell.source] if cell.cell_type == "markdown" else []
        texts += [
            output.data.get("text/markdown", "")
            for output in cell.get("outputs", [])
            if output.output_type in ("display_data", "execute_result")
        ]
        for text in texts:
            if found := _HEADING.search(text):
                return _MARKUP.sub("", found[1]).strip()
    return ""


def outside_references(html: str) -> list[str]:
    """Return what in a page would make a browser fetch something from elsewhere.

    Examples
    --------
    >>> outside_references('<a href="https://example.org">a link is fine</a>')
    []
    >>> outside_references('<script src="https://example.org/x.js"></script>')
    ['<script src="https://example.org/x.js']
    """
    return [found[0] for found in _FETCHES.finditer(html)]


@cache
def _css() -> str:
    from pygments.formatters.html import HtmlFormatter  # type: ignore[import-untyped]

    colours = HtmlFormatter(style="friendly", nobackground=True)
    own = (_HERE / "page.css").read_text(encoding="utf-8")
    return own + str(colours.get_style_defs(".highlight"))


@cache
def _exporter(pictures: bool) -> Any:
    """Return the exporter, made once: its templates take longer to read than a page to write.

    Embedding pictures of text cells parses each piece of HTML in them by itself, and so closes
    every element that a later piece would close; hence it is on only where there are pictures.
    """
    with without_slow_extras():
        from nbconvert.exporters import HTMLExporter
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="classic",
        template_file=str(_HERE / "page.html.j2"),
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=pictures,
        require_js_url="",
        mathjax_url="",
        mermaid_js_url="",
        mermaid_layout_elk_js_url="",
        jquery_url="",
        jupyter_widgets_base_url="",
    )

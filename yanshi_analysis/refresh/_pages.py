"""An executed notebook as one HTML page that works offline and makes no request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanshi_analysis.refresh._optional import without_slow_extras

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["outside_references", "page", "title_of"]

_HERE = Path(__file__).parent
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
    resources: dict[str, Any] = {
        "yanshi": {
            "language": {"zh": "zh-CN"}.get(lang, lang),
            "title": title_of(notebook, lang) or words["title"],
            "show_code": words["show_code"],
            "css": _css(),
        }
    }
    html, _ = _exporter().from_notebook_node(notebook, resources)
    return str(html)


def title_of(notebook: NotebookNode, lang: str) -> str:
    """Return the first heading of a notebook, in its text or in what it displays.

    Where a text marks its languages (``<div lang="en">``), the heading of the wanted one is taken.
    """
    for cell in notebook.cells:
        texts = [cell.source] if cell.cell_type == "markdown" else []
        texts += [
            output.data.get("text/markdown", "")
            for output in cell.get("outputs", [])
            if output.output_type in ("display_data", "execute_result")
        ]
        for text in texts:
            _, marked, rest = text.partition(f'<div lang="{lang}">')
            if found := _HEADING.search(rest if marked else text):
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
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]

    colours = HtmlFormatter(style="friendly", nobackground=True)
    own = (_HERE / "page.css").read_text(encoding="utf-8")
    return own + str(colours.get_style_defs(".highlight"))


@cache
def _exporter() -> Any:
    """Return the exporter, made once: its templates take longer to read than a page to write."""
    with without_slow_extras():
        from nbconvert.exporters import HTMLExporter
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="classic",
        template_file=str(_HERE / "page.html.j2"),
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=True,
        require_js_url="",
        mathjax_url="",
        mermaid_js_url="",
        mermaid_layout_elk_js_url="",
        jquery_url="",
        jupyter_widgets_base_url="",
    )

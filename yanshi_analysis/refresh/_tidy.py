"""Take out of an executed notebook what differs between two runs of the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["tidy", "warnings_of"]

WIDGET = "application/vnd.jupyter.widget-view+json"
_UUID = re.compile(
    r"\b[0-9a-f]{8}([-_]?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}\b|"
    r"(?<=_)[0-9a-f]{8}([-_]?)[0-9a-f]{4}\2[0-9a-f]{4}\2[0-9a-f]{4}\2[0-9a-f]{12}\b"
)
_STYLER = re.compile(r"\bT_[0-9a-f]{5}(?=[_\s\"'.#{,]|$)")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")
_CELL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")
_TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")


def tidy(notebook: NotebookNode, paths: Mapping[str, str], widget: str) -> NotebookNode:
    """Make the notebook the same for the same results.

    Run times, random ids, memory addresses and machine paths go; output that was written to two
    streams at the same time gets one order; widgets, which need a kernel, are replaced by words.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; changed in place.
    paths : mapping of str to str
        Folders of this machine to what to call them.
    widget : str
        What to say in the place of a widget.

    Returns
    -------
    NotebookNode
        The same notebook.
    """
    notebook.metadata.pop("widgets", None)
    replace = _replacer(paths)
    for cell in notebook.cells:
        for name in ("execution", "ExecuteTime", "collapsed", "scrolled"):
            cell.metadata.pop(name, None)
        if cell.cell_type == "code":
            outputs = [_output(output, replace, widget) for output in _ordered(cell.outputs)]
            said = {"text/plain": widget}
            cell.outputs = [
                output
                for number, output in enumerate(outputs)
                if output.get("data") != said or outputs[number - 1 : number] != [output]
            ]
    return notebook


def warnings_of(notebook: NotebookNode) -> list[tuple[int, str]]:
    """Return what each cell wrote to its error stream: position from 1, and the first line."""
    return [
        (position, line)
        for position, cell in enumerate(notebook.cells, start=1)
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
        for line in [output.text.strip().partition("\n")[0]]
        if line
    ]


def _ordered(outputs: list[Any]) -> list[Any]:
    """Merge neighbouring streams by name, standard output first."""
    ordered: list[Any] = []
    streams: dict[str, Any] = {}
    for output in [*outputs, None]:
        if output is not None and output.output_type == "stream":
            if output.name in streams:
                streams[output.name].text += output.text
            else:
                streams[output.name] = output
            continue
        ordered += [streams[name] for name in sorted(streams, reverse=True)]
        streams = {}
        if output is not None:
            ordered.append(output)
    return ordered


def _output(output: Any, replace: Callable[[str], str], widget: str) -> Any:
    if output.output_type == "stream":
        output.text = replace(output.text)
        return output
    data = output.get("data", {})
    if WIDGET in data:
        data.clear()
        data["text/plain"] = widget
    for kind in ("image/png", "image/jpeg"):
        if kind in data:  # what a screen reader says of a picture that does not say it itself
            about = output.metadata.setdefault(kind, {})
            about.setdefault("alt", data.get("text/plain", ""))
    for kind in _TEXTS:
        if isinstance(data.get(kind), str):
            data[kind] = replace(data[kind])
    return output


def _replacer(paths: Mapping[str, str]) -> Callable[[str], str]:
    """Return what puts names in the place of paths, and numbers in the place of random ids."""
    seen: dict[str, str] = {}
    written: dict[str, str] = {}
    for path, name in paths.items():
        for form in (path, path.replace("\\", "\\\\")):  # as it is, and as repr() shows it
            written[form] = name

    def numbered(found: re.Match[str]) -> str:
        text = found[0]
        plain = re.sub("[-_]", "", text)
        count = seen.setdefault(plain, f"{len(seen) + 1:032x}")
        if len(text) == 32:
            return count
        mark = text[8]
        return mark.join((count[:8], count[8:12], count[12:16], count[16:20], count[20:]))

    def styled(found: re.Match[str]) -> str:
        return seen.setdefault(found[0], f"T_{len(seen) + 1:05x}")

    def replace(text: str) -> str:
        for path in sorted(written, key=len, reverse=True):
            text = text.replace(path, written[path])
        text = _UUID.sub(numbered, text)
        text = _STYLER.sub(styled, text)
        text = _CELL_FILE.sub("cell", text)
        return _ADDRESS.sub("at 0x0", text)

    return replace

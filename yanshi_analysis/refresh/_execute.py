"""Run one notebook in a kernel of its own."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yanshi_analysis.refresh._optional import without_slow_extras
from yanshi_analysis.refresh._workers import Workers

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["CellError", "execute", "parameters"]

#: Seconds after which a cell counts as stuck, and a kernel as unable to start.
CELL_LIMIT = 900
START_LIMIT = 90
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")


class CellError(Exception):
    """A cell failed.

    Attributes
    ----------
    position : int
        Which cell of the notebook, counted from 1.
    source : str
        The line of it that failed, or its first line.
    name, said : str
        The error's class and its words.
    """

    def __init__(self, position: int, source: str, name: str, said: str) -> None:
        super().__init__(position, source, name, said)
        self.position, self.source, self.name, self.said = position, source, name, said


def parameters(source: str, values: Mapping[str, object]) -> str:
    r"""Put values in the place of those that a cell assigns.

    Parameters
    ----------
    source : str
        The cell tagged ``parameters``: one assignment a line.
    values : mapping of str to object
        What to assign instead; a name that the cell does not assign is added at its end.

    Returns
    -------
    str
        The cell; everything else in it, comments too, is as it was.

    Raises
    ------
    SyntaxError
        If the cell is not Python.

    Examples
    --------
    >>> print(parameters('lang = "en"  # or "zh"\nyear = None', {"lang": "zh"}))
    lang = 'zh'  # or "zh"
    year = None
    """
    lines = source.encode().split(b"\n")  # ast counts columns in bytes
    rest = dict(values)
    for node in reversed(ast.parse(source).body):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or not isinstance(target, ast.Name):
            continue
        if target.id in values and node.value is not None:
            value = node.value
            first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
            head, tail = lines[first][: value.col_offset], lines[last][value.end_col_offset :]
            lines[first : last + 1] = [head + repr(values[target.id]).encode() + tail]
            rest.pop(target.id, None)
    return "\n".join([b"\n".join(lines).decode(), *(f"{k} = {v!r}" for k, v in rest.items())])


async def execute(
    notebook: NotebookNode,
    workers: Workers,
    *,
    cwd: Path,
    env: Mapping[str, str],
    connection: Path,
    on_cell: Callable[[], None] = lambda: None,
) -> NotebookNode:
    """Run all cells of a notebook, in a fresh kernel that is killed afterwards.

    Parameters
    ----------
    notebook : NotebookNode
        Its results are put in place.
    workers : Workers
        What starts the kernel.
    cwd : Path
        The kernel's working folder.
    env : mapping of str to str
        What to add to its environment.
    connection : Path
        A file for the kernel's ports and key.
    on_cell : callable
        Called after each code cell.

    Raises
    ------
    CellError
        If a cell fails, takes too long, or the kernel dies in it.
    RuntimeError
        If no kernel can be started.
    """
    with without_slow_extras():
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    manager = _manager(workers, cwd, env, connection)
    client = NotebookClient(notebook, km=manager, timeout=CELL_LIMIT, record_timing=False)
    client.reset_execution_trackers()
    client.coalesce_streams = True
    try:
        client.kc = await _started(manager, cwd)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            try:
                await client.async_execute_cell(
                    cell, index, execution_count=client.code_cells_executed + 1
                )
            except CellExecutionError as error:
                source = _failing_line(cell.source, error.traceback)
                raise CellError(index + 1, source, error.ename, error.evalue) from None
            except (CellTimeoutError, DeadKernelError) as error:
                source = _failing_line(cell.source, "")
                said = str(error).strip().partition("\n")[0]
                raise CellError(index + 1, source, type(error).__name__, said) from None
            on_cell()
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        with contextlib.suppress(RuntimeError):
            await manager.shutdown_kernel(now=True)
    return notebook


def _failing_line(source: str, traceback: str) -> str:
    """Return the line of a cell that failed."""
    lines = source.splitlines() or [""]
    found = _LINE.search(_ANSI.sub("", traceback))
    number = int(found[1]) if found else 1
    return lines[min(number, len(lines)) - 1].strip()


def _manager(workers: Workers, cwd: Path, env: Mapping[str, str], connection: Path) -> Any:
    """Return a kernel manager whose kernels come from `workers`, whatever kernels are installed."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class Provisioner(LocalProvisioner):
        """Takes the process from `workers`; Jupyter does the rest."""

        async def launch_kernel(self, cmd: list[str], **_: Any) -> Any:
            process: Any = workers.start("kernel", cmd, cwd=cwd, env=env)
            self.process, self.pid, self.pgid, self.cwd = process, process.pid, None, str(cwd)
            return self.connection_info

        async def wait(self) -> int | None:
            process = self.process
            while process is not None and process.poll() is None:
                await asyncio.sleep(0.005)
            self.process = None
            return 0 if process is None else process.returncode

    spec = KernelSpec(argv=["-f", "{connection_file}"], language="python", display_name="Python 3")
    manager = AsyncKernelManager(connection_file=str(connection), shutdown_wait_time=2)
    manager._kernel_spec = spec
    manager.kernel_id = connection.stem
    manager.provisioner = Provisioner(kernel_id=connection.stem, kernel_spec=spec, parent=manager)
    return manager


async def _started(manager: Any, cwd: Path) -> Any:
    """Start the kernel and return a client that it answers; try twice.

    Between the choice of its ports and their use another program may take one of them.
    """
    arguments = ["--HistoryManager.hist_file=:memory:", "--HistoryManager.enabled=False"]
    for last in (False, True):
        await manager.start_kernel(extra_arguments=list(arguments), cwd=str(cwd))
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=START_LIMIT)
        except RuntimeError:
            client.stop_channels()
            if last:
                raise
            with contextlib.suppress(RuntimeError):
                await manager.shutdown_kernel(now=True)
            continue
        client.allow_stdin = False
        return client
    raise AssertionError("unreachable")

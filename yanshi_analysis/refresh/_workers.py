"""Processes of a refresh as refresh sees them: start one, signal it, wait for its end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["Workers", "environment"]

_STARTER = [sys.executable, "-P", "-m", "yanshi_analysis.refresh._starter"]


def environment(package: Path, work: Path, data: str) -> dict[str, str]:
    """Return the environment that all processes of a refresh share.

    Parameters
    ----------
    package : Path
        This package, which notebooks are to import whatever else is installed.
    work : Path
        A folder for what IPython and Jupyter write; a person's own settings do not count.
    data : str
        The data folder.
    """
    path = os.pathsep.join(filter(None, [str(package.parent), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {
        "IPYTHONDIR": str(work / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(work),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",  # notebooks run side by side; and one thread adds in one order
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": path,
        "PYTHONUTF8": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "YANSHI_DATA": data,
    }


class Process:
    """A forked copy, with the few methods of `subprocess.Popen` that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, workers: Workers, number: int) -> None:
        self._workers, self._number = workers, number
        self.pid = -1
        self.returncode: int | None = None
        self.started = threading.Event()
        self.ended = threading.Event()

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        self.ended.wait(timeout)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            self._workers.tell(signal=int(number), id=self._number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))


class Workers:
    """The starter process of a refresh, and what it has started.

    Parameters
    ----------
    env : mapping of str to str
        Environment of every process; see `environment`.
    work : Path
        Where their logs go.
    fork : bool
        Whether to fork copies where the system allows it.
    """

    def __init__(self, env: Mapping[str, str], work: Path, *, fork: bool = True) -> None:
        self._env, self._work = dict(env), work
        self._wanted = fork and sys.platform == "linux"
        self._running: dict[int, Process] = {}
        self._plain: list[subprocess.Popen[bytes]] = []
        self._count = 0
        self._ready = threading.Event()
        self.fork = False
        self.problems: list[list[str]] = []
        with (work / "starter.log").open("ab") as log:
            self._starter = subprocess.Popen(
                [*_STARTER, str(os.getpid()), "fork" if self._wanted else "plain"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self._env,
                start_new_session=True,
            )
        threading.Thread(target=self._listen, daemon=True).start()

    async def ready(self) -> None:
        """Wait until the data are validated and the libraries loaded.

        Raises
        ------
        RuntimeError
            If the starter ended without an answer; with the end of what it said.
        """
        await asyncio.to_thread(self._ready.wait)
        if not self._starter_answered:
            self._starter.wait()
            said = (self._work / "starter.log").read_text("utf-8", "replace").strip()
            raise RuntimeError(said.splitlines()[-1] if said else "the starter process ended")

    def start(
        self, kind: str, args: list[Any], *, cwd: Path, env: Mapping[str, str] | None = None
    ) -> Process | subprocess.Popen[bytes]:
        """Start a kernel or a job.

        Parameters
        ----------
        kind : str
            ``kernel``, or the name of a job in `_jobs`.
        args : list
            Its arguments, values that JSON can write.
        cwd : Path
            Its working folder.
        env : mapping, optional
            What to add to the environment.
        """
        full = self._env | dict(env or {})
        self._count += 1
        log = self._work / f"{kind}-{self._count}.log"
        if self.fork:
            process = self._running[self._count] = Process(self, self._count)
            self.tell(id=self._count, run=kind, args=args, env=full, cwd=str(cwd), log=str(log))
            return process
        command = (
            [sys.executable, "-m", "ipykernel_launcher", *args]
            if kind == "kernel"
            else [*_STARTER, "do", kind, json.dumps(args)]
        )
        if kind == "kernel":
            full["JPY_PARENT_PID"] = str(os.getpid())  # a kernel ends when this process has ended
        with log.open("ab") as file:
            plain = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if kind == "kernel" else subprocess.PIPE,
                stdout=file,
                stderr=file,
                cwd=cwd,
                env=full,
                start_new_session=True,
            )
        self._plain.append(plain)
        return plain

    async def do(self, kind: str, args: list[Any], *, cwd: Path) -> None:
        """Do a job in a process of its own and wait for its end.

        Raises
        ------
        RuntimeError
            If it failed; with the last line of what it said.
        """
        process = self.start(kind, args, cwd=cwd)
        number = self._count
        try:
            code = await asyncio.to_thread(process.wait)
        except asyncio.CancelledError:
            process.kill()
            raise
        if code:
            said = (self._work / f"{kind}-{number}.log").read_text("utf-8", "replace").strip()
            raise RuntimeError(said.splitlines()[-1] if said else f"{kind} ended with code {code}")

    def tell(self, **request: object) -> None:
        """Send one request to the starter."""
        assert self._starter.stdin is not None
        with suppress(BrokenPipeError, ValueError):
            self._starter.stdin.write(json.dumps(request).encode() + b"\n")
            self._starter.stdin.flush()

    def close(self) -> None:
        """End everything that was started."""
        for process in self._running.values():
            process.kill()
        for plain in self._plain:
            with suppress(ProcessLookupError):
                plain.kill()
        if not self._ready.is_set():
            self._starter.kill()
        for plain in [*self._plain, self._starter]:
            if plain.stdin is not None:
                with suppress(BrokenPipeError):
                    plain.stdin.close()
            plain.wait()

    _starter_answered = False

    def _listen(self) -> None:
        """Take the starter's answers until it ends."""
        assert self._starter.stdout is not None
        for line in self._starter.stdout:
            answer = json.loads(line)
            if "fork" in answer:
                self.fork, self.problems = answer["fork"], answer["problems"]
                self._starter_answered = True
                self._ready.set()
            elif "exit" in answer:
                process = self._running.pop(answer["id"])
                process.returncode = answer["exit"]
                process.ended.set()
            else:
                self._running[answer["id"]].pid = answer["pid"]
        for process in list(self._running.values()):
            process.returncode = -9
            process.ended.set()
        self._ready.set()
        self._starter.stdout.close()

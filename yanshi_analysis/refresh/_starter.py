"""Start Python processes that have the libraries loaded already.

Run as a module, this is a process of its own that loads pandas, matplotlib and the package once.
Then it forks a copy of itself for each kernel or job that `_workers` asks for: a copy is as
separate as a new process, but ready in milliseconds instead of a second. It reads one request a
line from its standard input and answers on its standard output, in JSON:

- ``{"id": 3, "run": "kernel", "args": ["-f", "…"], "env": {…}, "cwd": "…", "log": "…"}`` answers
  ``{"id": 3, "pid": 4711}`` and, when that process has ended, ``{"id": 3, "exit": 0}``;
- ``{"signal": 9, "id": 3}`` sends a signal to it.

Before all that it validates the data and says whether it can fork: ``{"fork": true, "problems":
[]}``. Only Linux forks here, and only while no second thread runs: elsewhere system libraries do
not survive it, and `_workers` starts new processes instead.

When the standard input closes, because refresh ended or was killed, it kills every copy and ends.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# What notebooks and jobs use. One that is missing or broken is left to the notebook that needs it.
_LIBRARIES = (
    "pandas",
    "matplotlib.pyplot",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "IPython.core.completer",
    "babel.numbers",
    "xlsxwriter",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "PIL.PngImagePlugin",
    "yanshi_analysis.data",
    "yanshi_analysis.compare",
    "yanshi_analysis.labels",
    "yanshi_analysis.style",
    "yanshi_analysis.findings",
    "yanshi_analysis.charts",
    "yanshi_analysis.export",
    "yanshi_analysis.notebook",
)
# What only some use and takes long: loaded while the first copies are at work.
_SLOW_LIBRARIES = ("seaborn", "ipywidgets", "docx", "pptx")


def validate() -> list[list[str]]:
    """Return the problems of the data, as plain lists; the facts stay loaded for the copies."""
    from yanshi_analysis.data import DataError, load_facts, load_glossary, load_links

    try:
        load_facts()
        load_links()
        load_glossary()
    except DataError as error:
        return [list(problem) for problem in error.problems]
    return []


def load(names: Iterable[str] = _LIBRARIES) -> None:
    """Load libraries, so that no copy has to."""
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def run(kind: str, args: list[Any]) -> int:
    """Do what this process was started for: be a kernel, or do a job.

    Returns
    -------
    int
        The exit code.
    """
    if kind == "kernel":
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance(argv=args)
        return 0
    from yanshi_analysis.refresh import _jobs

    return _jobs.do(kind, args)


def die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when its parent ends, however that happens."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _say(**message: object) -> None:
    os.write(_ANSWERS, json.dumps(message).encode() + b"\n")


_ANSWERS = 1


def _fork(request: dict[str, Any]) -> int:
    """Start one copy and return its process id."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        die_with_parent(parent)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _redirect(request["log"])
        os.environ.clear()
        os.environ.update(request["env"], JPY_PARENT_PID=str(parent))
        os.chdir(request["cwd"])
        sys.argv = ["kernel"]
        code = run(request["run"], request["args"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _redirect(log: str) -> None:
    """Give a copy no input and a log file for output, instead of our own pipes."""
    empty = os.open(os.devnull, os.O_RDONLY)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((empty, 0), (file, 1), (file, 2)):
        os.dup2(source, target)
    os.closerange(3, 256)


def serve() -> None:
    """Answer requests until the standard input closes."""
    parent, may_fork = int(sys.argv[1]), sys.argv[2] == "fork"
    if sys.platform == "linux":
        die_with_parent(parent)
    problems = validate()
    if problems or not may_fork:
        _say(fork=False, problems=problems)
        return
    wake, bell = os.pipe()
    os.set_blocking(bell, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(bell)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches refresh, which ends us
    load()
    gc.collect()
    gc.freeze()
    slow = list(_SLOW_LIBRARIES)
    fork = _threads() == 1
    _say(fork=fork, problems=problems)
    if not fork:
        return
    running: dict[int, int] = {}  # process id -> id of the request
    waiting = b""
    try:
        while True:
            at_once = 0 if slow and running else None
            ready, _, _ = select.select([0, wake], [], [], at_once)
            if not ready:
                load([slow.pop(0)])
                gc.freeze()
                if _threads() > 1:  # it is no longer safe to fork
                    _say(fork=False, problems=[])
            if wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(wake, 4096)
                _reap(running)
            if 0 in ready:
                block = os.read(0, 65536)
                if not block:
                    return
                *lines, waiting = (waiting + block).split(b"\n")
                for line in lines:
                    _answer(json.loads(line), running)
    finally:
        for pid in running:
            _signal(pid, signal.SIGKILL)


def _answer(request: dict[str, Any], running: dict[int, int]) -> None:
    if "signal" in request:
        for pid, number in running.items():
            if number == request["id"]:
                _signal(pid, request["signal"])
        return
    pid = _fork(request)
    running[pid] = request["id"]
    _say(id=request["id"], pid=pid)


def _signal(pid: int, number: int) -> None:
    """Signal a copy and what it started; it is not reaped yet, so the id is still its own."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:  # it was forked just now and leads no group yet
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _reap(running: dict[int, int]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in running:
            _say(id=running.pop(pid), exit=os.waitstatus_to_exitcode(status))


def main() -> None:
    """Serve, or (with ``do KIND ARGS``) do one job in this process."""
    if sys.argv[1] == "do":
        _end_with_input()
        sys.exit(run(sys.argv[2], json.loads(sys.argv[3])))
    # Answers get a descriptor of their own: what libraries print while loading must not mix in.
    global _ANSWERS
    _ANSWERS = os.dup(1)
    os.dup2(2, 1)
    serve()


def _end_with_input() -> None:
    """End this process when its standard input closes: refresh, at the other end, has ended."""
    import threading

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()

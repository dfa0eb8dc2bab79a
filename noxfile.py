"""The jobs of this repository: refresh, tests, lab, check, bench, lock."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["refresh"]
nox.needs_version = ">=2025.2.9"

# Notebooks start three times faster when the installer compiles what it installs.
os.environ.setdefault("UV_COMPILE_BYTECODE", "1")

LOCK = "requirements.lock"
STAMP = "installed.lock"


def install(session: nox.Session) -> None:
    """Install what the lock file says, and the package itself, if the lock has changed."""
    stamp = Path(session.virtualenv.location) / STAMP
    lock = Path(LOCK).read_text(encoding="utf-8") + Path("pyproject.toml").read_text("utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return
    compile_bytecode = [] if session.venv_backend == "uv" else ["--compile"]
    session.install("--require-hashes", "-r", LOCK, *compile_bytecode)
    session.install("--no-deps", "-e", ".")
    stamp.write_text(lock, encoding="utf-8")


@nox.session
def refresh(session: nox.Session) -> None:
    """Validate the data, run the notebooks, fill outputs/. Options go to `yanshi refresh`."""
    install(session)
    session.run("yanshi", "refresh", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, doctests included. Options go to pytest."""
    install(session)
    session.run(
        "pytest", "-n", str(os.cpu_count() or 1), "--dist=worksteal", "--mpl", *session.posargs
    )


@nox.session
def lab(session: nox.Session) -> None:
    """Open JupyterLab on the notebooks."""
    install(session)
    session.run("jupyter", "lab", "--notebook-dir=notebooks", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Check style, types, layers, notebooks and the data."""
    install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")
    notebooks = sorted(str(path) for path in Path("notebooks").glob("*.ipynb"))
    session.run("nbstripout", "--verify", "--keep-id", *notebooks)
    session.run("yanshi", "check")


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks; name one to run only that (`nox -s bench -- load`)."""
    install(session)
    session.install("--group", "bench", silent=True)
    named = session.posargs or [
        path.stem.removeprefix("bench_") for path in sorted(Path("benchmarks").glob("bench_*.py"))
    ]
    for name in named:
        session.run("python", f"benchmarks/bench_{name}.py")


@nox.session
def lock(session: nox.Session) -> None:
    """Write requirements.lock anew from pyproject.toml."""
    session.install("uv")
    session.run(
        "uv", "pip", "compile", "pyproject.toml", "--group", "test", "--universal",
        "--generate-hashes", "--no-emit-index-url", "--no-header", "--upgrade", "--quiet",
        "--output-file", LOCK,
        env={"UV_PYTHON": sys.executable},
    )  # fmt: skip

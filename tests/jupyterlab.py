"""A running JupyterLab and a browser that uses it, for the tests and the benchmark."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOKEN = "a-token-of-the-tests"


class Lab(NamedTuple):
    """A running JupyterLab: where it is, its notebooks, and where exports go."""

    url: str
    notebooks: Path
    exports: Path


@contextmanager
def running_lab(home: Path) -> Iterator[Lab]:
    """Start JupyterLab on a copy of the notebooks, with settings and outputs of its own."""
    notebooks = shutil.copytree(ROOT / "notebooks", home / "notebooks")
    settings = {
        "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
        "notebook-extension/tracker": '{"windowingMode": "none"}',  # all cells are in the page
    }
    for name, text in settings.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "YANSHI_DATA": str(ROOT / "data"),
        "YANSHI_OUTPUTS": str(home / "outputs"),
        "YANSHI_EXPORTS": str(home / "exports"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}"]
    command += ["--ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}", "--allow-root"]
    command += [f"--ServerApp.root_dir={notebooks}", "--ServerApp.open_browser=False"]
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=home)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/api?token={TOKEN}", server, home / "lab.log")
            yield Lab(url, notebooks, home / "exports")
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@contextmanager
def open_page() -> Iterator[Any]:
    """Open an empty page of a headless Chromium; `asked` lists every address it asks for."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page: Any = browser.new_page(viewport={"width": 1500, "height": 1100})
        page.set_default_timeout(90_000)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        yield page
        browser.close()


def run_all(page: Any, lab: Lab, name: str, *, wait: bool = True) -> None:
    """Open a notebook, wait until its kernel idles and all cells are there, run all of them."""
    cells = json.loads((lab.notebooks / name).read_text(encoding="utf-8"))["cells"]
    page.goto(f"{lab.url}/lab/tree/{name}?reset&token={TOKEN}")
    page.wait_for_selector(".jp-Notebook")
    page.wait_for_function(
        "count => document.querySelectorAll('.jp-Notebook .jp-Cell').length >= count",
        arg=len(cells),
    )
    page.wait_for_function("() => /\\| Idle/.test(document.body.innerText)")
    page.click("text=Run >> nth=0")
    page.click("text=Run All Cells")
    if not wait:
        return
    # The number in brackets of the last code cell appears when all before it have run.
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
            return prompts.length && prompts.every(p => /\\[\\d+\\]:/.test(p.innerText));
        }""",
        timeout=100_000,
    )

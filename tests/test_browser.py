"""A real JupyterLab in a real browser: what a person does, and what they then see."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

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

if CHROMIUM is None and os.environ.get("CI") == "true":
    pytest.fail("Chromium is missing; .ci/run installs it", pytrace=False)


class Lab(NamedTuple):
    """A running JupyterLab: where it is, its notebooks, and where exports go."""

    url: str
    notebooks: Path
    exports: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("lab")
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
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture
def page(lab: Lab) -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1500, "height": 1100})
        page.set_default_timeout(90_000)
        page.asked = []  # every address the page asks for
        page.on("request", lambda request: page.asked.append(request.url))
        yield page
        _keep(page, "last")
        browser.close()


def _run_all(page: Any, lab: Lab, name: str) -> None:
    """Open a notebook, wait until its kernel idles and all cells are there, run all of them."""
    import json

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
    # The number in brackets of the last code cell appears when all before it have run.
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
            return prompts.length && prompts.every(p => /\\[\\d+\\]:/.test(p.innerText));
        }""",
        timeout=100_000,
    )


def _assert_clean(page: Any, lab: Lab) -> None:
    errors = page.query_selector_all(
        ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr'], "
        ".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']"
    )
    assert not [error.inner_text() for error in errors]
    own = (lab.url, lab.url.replace("http", "ws"), "data:", "blob:")
    assert not [address for address in page.asked if not address.startswith(own)]


def _keep(page: Any, name: str) -> None:
    """Keep a screenshot where it was asked for, to be looked at."""
    if folder := os.environ.get("YANSHI_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_the_overview_runs_without_error_or_outside_request(page: Any, lab: Lab) -> None:
    _run_all(page, lab, "00_overview.ipynb")
    assert page.query_selector(".jp-OutputArea-output img")
    _assert_clean(page, lab)
    _keep(page, "overview")


def test_a_slider_moves_the_chart_and_export_writes_files(page: Any, lab: Lab) -> None:
    _run_all(page, lab, "08_explorer.ipynb")
    page.wait_for_selector(".widget-tab")
    page.click(".widget-tab >> text=Project")
    picture = ".widget-tab .widget-html img[alt*='Tourist'], .widget-tab .widget-html img:visible"
    page.wait_for_selector(picture)
    images = page.locator(".widget-tab .widget-html img:visible")
    before = images.first.get_attribute("src")
    _keep(page, "explorer_before")
    handle = page.locator(".widget-tab .widget-hslider .noUi-handle:visible").first
    handle.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        """before => [...document.querySelectorAll('.widget-tab .widget-html img')]
            .filter(image => image.offsetParent).some(image => image.src !== before)""",
        arg=before,
    )
    _keep(page, "explorer_after")
    page.click("button:has-text('Export the chart')")
    page.wait_for_selector("text=Saved projection")
    endings = {path.suffix for path in lab.exports.iterdir()}
    assert {".png", ".svg", ".pdf", ".csv"} <= endings
    _keep(page, "explorer_exported")
    _assert_clean(page, lab)

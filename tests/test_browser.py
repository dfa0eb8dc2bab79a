"""A real JupyterLab in a real browser: what a person does, and what they then see."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.jupyterlab import CHROMIUM, Lab, open_page, run_all, running_lab

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

if CHROMIUM is None and os.environ.get("CI") == "true":
    pytest.fail("Chromium is missing; .ci/run installs it", pytrace=False)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def page() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with open_page() as opened:
        yield opened
        _keep(opened, "last")


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
    run_all(page, lab, "00_overview.ipynb")
    assert page.query_selector(".jp-OutputArea-output img")
    _assert_clean(page, lab)
    _keep(page, "overview")


def test_a_slider_moves_the_chart_and_export_writes_files(page: Any, lab: Lab) -> None:
    run_all(page, lab, "08_explorer.ipynb")
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

"""The explorer, driven as its widgets are: values change, and what is shown follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd
import pytest

from yanshi_analysis import data, explore, trends
from yanshi_analysis.explore import _project


def _all(box: Any, kind: type) -> list[Any]:
    found = [box] if isinstance(box, kind) else []
    for child in getattr(box, "children", ()):
        found += _all(child, kind)
    return found


@pytest.fixture
def box() -> Any:
    return explore.explorer("en")


def _parts(box: Any) -> dict[str, Any]:
    top, tabs, foot = box.children
    languages, domains, sizes = top.children
    (growth,) = _all(tabs, widgets.FloatSlider)
    (horizon,) = _all(tabs, widgets.IntSlider)
    (search,) = _all(tabs, widgets.Text)
    export, status = foot.children
    return {
        "languages": languages,
        "domains": domains,
        "sizes": sizes,
        "tabs": tabs,
        "growth": growth,
        "horizon": horizon,
        "search": search,
        "export": export,
        "status": status,
    }


def _shown(tab: Any) -> str:
    return "".join(part.value for part in _all(tab, widgets.HTML))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_control_has_a_label_in_the_language(lang: str) -> None:
    box = explore.explorer(lang)
    for kind in (widgets.Dropdown, widgets.FloatSlider, widgets.IntSlider, widgets.Button):
        for control in _all(box, kind):
            chinese = any(character >= "\u4e00" for character in control.description)
            assert control.description
            assert chinese == (lang == "zh"), control.description


@pytest.mark.parametrize("domain", data.load_domains()["domain"])
def test_every_domain_can_be_chosen(box: Any, domain: str) -> None:
    parts = _parts(box)
    parts["domains"].value = domain
    assert parts["status"].value == ""
    for tab in parts["tabs"].children:
        assert _shown(tab)


def test_the_growth_slider_moves_the_projection(box: Any) -> None:
    parts = _parts(box)
    parts["domains"].value = "tourism"
    before = _shown(parts["tabs"].children[1])
    parts["growth"].value += 5
    after = _shown(parts["tabs"].children[1])
    assert before != after
    assert f"{parts['growth'].value:g}%" in after
    parts["horizon"].value += 3
    assert str(parts["horizon"].value) in _shown(parts["tabs"].children[1])


def test_a_number_is_found_with_its_place(box: Any) -> None:
    parts = _parts(box)
    parts["domains"].value = "tourism"
    fact = data.load_facts().query("indicator == 'tourist_visits' and kind == 'outcome'").iloc[0]
    parts["search"].value = "visits outcome level"
    shown = _shown(parts["tabs"].children[2])
    assert str(fact["as_printed"]) in shown
    assert f"line {fact['line']}" in shown
    parts["search"].value = "no such thing"
    assert "Nothing found" in _shown(parts["tabs"].children[2])


def test_export_says_where_the_files_went(
    box: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANSHI_EXPORTS", str(tmp_path / "made"))
    parts = _parts(box)
    for tab in (0, 1):
        parts["tabs"].selected_index = tab
        parts["export"].click()
        assert str(tmp_path / "made") in parts["status"].value
    endings = {path.suffix for path in (tmp_path / "made").iterdir()}
    assert endings == {".png", ".svg", ".pdf", ".csv"}
    parts["tabs"].selected_index = 2
    parts["export"].click()
    assert "no chart" in parts["status"].value


def test_the_language_can_be_changed(box: Any) -> None:
    _parts(box)["domains"].value = "tourism"
    _parts(box)["languages"].value = "zh"
    parts = _parts(box)
    assert parts["domains"].value == "tourism"
    assert parts["tabs"].titles[0] == "对照"


def test_an_error_is_words_and_not_a_traceback(box: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("the reason <b>why</b>")

    monkeypatch.setattr(trends, "project", fail)
    parts = _parts(box)
    parts["growth"].value += 1
    assert "the reason &lt;b&gt;why" in parts["status"].value
    assert "Traceback" not in parts["status"].value


def test_the_readers_own_growth_compounds_from_the_last_level() -> None:
    table = trends.project(data.load_facts(), "tourist_visits")
    own = _project.own_assumption(table, 10.0)
    start = table.loc[table["observed"], "mean"].iloc[-1]
    assert np.allclose(own["mean"], start * 1.1 ** np.arange(1, len(own) + 1))
    assert own[["lo80", "hi80", "lo95", "hi95"]].isna().all(axis=None)
    assert list(own.columns) == list(table.columns)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en"):
        explore.explorer("fr")


def test_a_region_without_targets_still_opens() -> None:
    facts = data.load_facts()
    box = explore.explorer("en", facts, region="410308")
    assert isinstance(box, widgets.VBox)
    assert isinstance(facts, pd.DataFrame)

"""The README's pictures are what the charts draw: each is the baseline of a test.

After a change that is meant, draw them anew and look at every one:
``pytest tests/test_pictures.py --mpl-generate-path=docs/images``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from yanshi_analysis import charts, compare, data, trends, use_style

DISTRICT = "410307"
IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"


@cache
def facts() -> pd.DataFrame:
    return data.load_facts()


@cache
def pairs() -> pd.DataFrame:
    return compare.outcomes_vs_targets(facts())


def misses(lang: str) -> Axes:
    target = pairs().query("indicator == 'gdp' and measure == 'growth'").iloc[0]
    cases = compare.attainment(facts()).query("indicator == 'gdp'")
    return charts.miss_distribution(cases, target=target, lang=lang)


PICTURES: dict[str, Callable[[str], Axes]] = {
    "growth_dumbbell": lambda lang: charts.growth_dumbbell(pairs(), lang=lang),
    "stance_overview": lambda lang: charts.stance_overview(pairs(), lang=lang),
    "required_vs_achieved": lambda lang: charts.required_vs_achieved(pairs(), lang=lang),
    "attainment_heatmap": lambda lang: charts.attainment_heatmap(
        compare.attainment(facts()), lang=lang
    ),
    "miss_distribution": misses,
    "fan": lambda lang: charts.fan(trends.project(facts(), "tourism_revenue"), lang=lang),
    "direction_arrows": lambda lang: charts.direction_arrows(
        facts()[facts()["region"] == DISTRICT], lang=lang
    ),
}


@pytest.fixture
def _house_style(lang: str) -> Iterator[None]:
    with use_style(lang, "slide"):
        yield


@pytest.mark.usefixtures("_house_style")
@pytest.mark.parametrize(
    ("name", "lang"),
    [
        pytest.param(
            name,
            lang,
            id=f"{name}_{lang}",
            marks=pytest.mark.mpl_image_compare(
                filename=f"{name}_{lang}.png",
                baseline_dir=str(IMAGES),
                savefig_kwargs={"dpi": 90},
                tolerance=1,
                remove_text=False,
            ),
        )
        for name in PICTURES
        for lang in ("en", "zh")
    ],
)
def test_the_readme_shows_what_the_charts_draw(name: str, lang: str) -> Figure:
    figure = PICTURES[name](lang).figure
    assert isinstance(figure, Figure)
    return figure


def test_every_picture_of_the_readmes_is_a_baseline() -> None:
    root = IMAGES.parents[1]
    shown = {
        Path(line.split(")")[0]).stem
        for readme in ("README.md", "README.zh-CN.md")
        for line in (root / readme).read_text(encoding="utf-8").split("](docs/images/")[1:]
    }
    assert shown == {f"{name}_{lang}" for name in PICTURES for lang in ("en", "zh")}
    assert {path.stem for path in IMAGES.glob("*.png")} == shown

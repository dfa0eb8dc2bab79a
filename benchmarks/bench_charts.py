"""What the charts cost against the same drawing in bare matplotlib, as ratios in one run.

The bare drawing is the finished chart taken apart: the same texts, lines, areas, dots and cells
with the same looks, set down at the places that were worked out, on Axes without ticks.
So it pays for drawing alone, and not for choosing words, wrapping, placing or reading a table.
Both sides end with a PNG at 300 dpi in memory; they take turns in the same process.

Run with ``python benchmarks/bench_charts.py``; it prints a table and ends with an error if a ratio
is above its aim and ``--strict`` is given.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
from collections.abc import Callable
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from _timing import interleaved
from matplotlib.axes import Axes
from matplotlib.collections import Collection, FillBetweenPolyCollection, PathCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from yanshi_analysis import charts, compare, data, style, trends

AIM = 1.3

Draw = Callable[[Axes], object]


def png(figure: Figure) -> int:
    """Write a figure as PNG into memory and close it; the number of bytes."""
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=300)
    plt.close(figure)
    return target.tell()


# -- taking a finished chart apart -------------------------------------------------------------
def take_apart(ax: Axes) -> list[Draw]:
    """Return one bare matplotlib call for each thing that is drawn, in figure fractions."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    back = figure.transFigure.inverted()
    calls: list[Draw] = []
    for axes in [ax, *ax.child_axes]:
        if axes is not ax:
            box = back.transform_bbox(axes.get_window_extent())
            calls.append(panel(box.bounds))
        ticks: list[Any] = []
        if axes.axison:
            ticks = [*axes.get_xticklabels(), *axes.get_yticklabels()]
        artists = [*axes.lines, *axes.patches, *axes.collections, *axes.texts, *ticks]
        artists += [artist for artist in axes.artists if artist not in artists]
        for artist in artists:
            call = bare(artist, back)
            if call is not None and artist.get_visible():
                calls.append(call)
    return calls


def panel(bounds: tuple[float, float, float, float]) -> Draw:
    """Return the call that makes an Axes for a small multiple, as anyone would."""

    def call(ax: Axes) -> None:
        figure = ax.get_figure(root=True)
        assert figure is not None
        figure.add_axes(bounds).set_axis_off()

    return call


def bare(artist: object, back: Any) -> Draw | None:
    """Return the call that draws an artist again."""
    if isinstance(artist, Text):
        return bare_text(artist, back)
    if isinstance(artist, Line2D):
        points = back.transform(artist.get_transform().transform(artist.get_xydata()))
        look = {
            key: getattr(artist, f"get_{key}")()
            for key in (
                "color",
                "linewidth",
                "linestyle",
                "marker",
                "markersize",
                "alpha",
                "markerfacecolor",
                "markeredgecolor",
                "markeredgewidth",
                "zorder",
            )
        }
        return lambda ax: ax.plot(points[:, 0], points[:, 1], **look)
    if isinstance(artist, Patch):
        path = artist.get_transform().transform_path(artist.get_path())
        moved = Path(back.transform(path.vertices), path.codes)
        look = {
            key: getattr(artist, f"get_{key}")()
            for key in ("facecolor", "edgecolor", "linewidth", "zorder")
        }
        return lambda ax: ax.add_patch(PathPatch(moved, **look))
    if isinstance(artist, Collection):
        return bare_collection(artist, back)
    return None


def bare_text(artist: Text, back: Any) -> Draw | None:
    if not artist.get_text():
        return None
    x, y = back.transform(artist.get_transform().transform(artist.get_position()))
    look: dict[str, Any] = {
        "fontsize": artist.get_fontsize(),
        "color": artist.get_color(),
        "weight": artist.get_fontweight(),
        "ha": artist.get_ha(),
        "va": artist.get_va(),
        "linespacing": artist._linespacing,
        "zorder": artist.get_zorder(),  # type: ignore[attr-defined]
    }
    patch = artist.get_bbox_patch()
    if patch is not None:
        look["bbox"] = {"facecolor": patch.get_facecolor(), "edgecolor": "none", "pad": 1}
    text = artist.get_text()
    return lambda ax: ax.text(x, y, text, **look)


def bare_collection(artist: Collection, back: Any) -> Draw | None:
    faces = artist.get_facecolor()
    if isinstance(artist, PathCollection):
        places = back.transform(
            artist.get_offset_transform().transform(np.asarray(artist.get_offsets()))
        )
        area = artist.get_sizes()
        return lambda ax: ax.scatter(places[:, 0], places[:, 1], s=area, c=faces, linewidths=0)
    if isinstance(artist, QuadMesh):
        corners = artist.get_coordinates()
        flat = artist.get_transform().transform(corners.reshape(-1, 2))
        grid = back.transform(flat).reshape(corners.shape)
        cells = faces.reshape(grid.shape[0] - 1, grid.shape[1] - 1, 4)
        return lambda ax: ax.pcolormesh(
            grid[..., 0], grid[..., 1], cells, edgecolors=style.PAPER, linewidth=1.2
        )
    if isinstance(artist, FillBetweenPolyCollection):
        (path,) = artist.get_paths()
        points = back.transform(artist.get_transform().transform(path.vertices))
        return lambda ax: ax.fill(points[:, 0], points[:, 1], color=faces[0], linewidth=0)
    return None


def redraw(calls: list[Draw], lang: str, size: str) -> int:
    """Draw the parts on one bare Axes and write the picture."""
    with style.use_style(lang, size):
        figure = plt.figure(figsize=style.SIZES[size][:2])
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, 1), ylim=(0, 1), autoscale_on=False)
        ax.set_axis_off()
        for call in calls:
            call(ax)
    return png(figure)


# -- the charts --------------------------------------------------------------------------------
def cases() -> dict[str, tuple[Callable[..., Axes], pd.DataFrame, dict[str, Any]]]:
    facts = data.load_facts()
    own = facts[facts["region"] == data.DISTRICT]
    pairs = compare.outcomes_vs_targets(facts)
    reached = compare.attainment(facts)
    base = compare.implied_base(facts)
    growth = pairs[pairs["measure"] == "growth"]
    gdp = reached[reached["indicator"] == "gdp"]
    levels = pairs[(pairs["measure"] == "level") & (pairs["unit_base"] == "yuan")]
    outlook = trends.project(facts, "gdp", region="410300")
    return {
        "growth_dumbbell": (charts.growth_dumbbell, pairs, {}),
        "level_bars": (charts.level_bars, levels, {"base": base}),
        "required_vs_achieved": (charts.required_vs_achieved, pairs, {}),
        "stance_overview": (charts.stance_overview, pairs, {}),
        "attainment_bullets": (charts.attainment_bullets, gdp, {}),
        "attainment_heatmap": (charts.attainment_heatmap, reached, {}),
        "miss_distribution": (charts.miss_distribution, gdp, {"target": growth.iloc[0]}),
        "composition": (charts.composition, own, {}),
        "small_multiples": (charts.small_multiples, own, {"base": base}),
        "fan": (charts.fan, outlook, {}),
        "direction_arrows": (charts.direction_arrows, own, {}),
        "kpi_tiles": (charts.kpi_tiles, pairs, {}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", choices=list(style.SIZES), default="slide")
    parser.add_argument("--lang", choices=["en", "zh"], default="zh")
    parser.add_argument("--strict", action="store_true", help="fail above the aim")
    options = parser.parse_args()
    lang, size = options.lang, options.size
    print(f"PNG at 300 dpi, {size}, {lang}; median of {options.rounds} rounds that take turns\n")
    print(f"{'chart':<22}{'artists':>8}{'chart ms':>10}{'bare ms':>10}{'ratio':>8}{'aim':>6}")
    above = []
    ratios = []
    for name, (draw, table, more) in cases().items():
        ax = draw(table, lang=lang, size=size, **more)
        calls = take_apart(ax)
        plt.close("all")

        def ours(
            draw: Callable[..., Axes] = draw,
            table: pd.DataFrame = table,
            more: dict[str, Any] = more,
        ) -> int:
            made = draw(table, lang=lang, size=size, **more).get_figure(root=True)
            assert made is not None
            return png(made)

        def theirs(calls: list[Draw] = calls) -> int:
            return redraw(calls, lang, size)

        chart, plain = interleaved(ours, theirs, options.rounds)
        ratio = chart / plain
        ratios.append(ratio)
        if ratio > AIM:
            above.append(name)
        print(
            f"{name:<22}{len(calls):>8}{1e3 * chart:>10.0f}{1e3 * plain:>10.0f}"
            f"{ratio:>8.2f}{AIM:>6}"
        )
    print(f"{'median':<22}{'':>28}{statistics.median(ratios):>8.2f}{AIM:>6}")
    if options.strict and above:
        sys.exit("above the aim: " + ", ".join(above))


if __name__ == "__main__":
    main()

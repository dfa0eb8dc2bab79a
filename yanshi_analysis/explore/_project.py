"""A projection, beside the reader's own assumption of growth."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from yanshi_analysis import charts, trends
from yanshi_analysis.labels import indicator_name, t, value_label

if TYPE_CHECKING:
    import ipywidgets as widgets
    from matplotlib.axes import Axes

__all__ = ["own_assumption", "panel"]

_ENDS = ("lo80", "hi80", "lo95", "hi95")


def own_assumption(table: pd.DataFrame, growth: float) -> pd.DataFrame:
    """Return the path of a level that grows at a rate of the reader's own.

    Parameters
    ----------
    table : DataFrame
        From `trends.project`: one indicator's observed and projected rows.
    growth : float
        Per cent a year.

    Returns
    -------
    DataFrame
        One row a projected year, in the columns of `table`: the last level, observed or carried
        on by a printed growth, times ``(1 + growth/100)`` to the power of the years since.
        Scenario ``own``; no interval.
    """
    known = table[table["observed"] | (table["scenario"] == "derived_base")]
    last = known.sort_values("year").iloc[-1]
    ahead = sorted(year for year in table["year"].unique() if year > last["year"])
    rows = [
        last.to_dict()
        | dict.fromkeys(_ENDS, math.nan)
        | {
            "year": year,
            "mean": last["mean"] * (1 + growth / 100) ** (year - last["year"]),
            "scenario": "own",
            "method": "scenario",
            "observed": False,
            "note": "",
        }
        for year in ahead
    ]
    return pd.DataFrame(rows, columns=table.columns)


def panel(
    facts: pd.DataFrame,
    pairs: pd.DataFrame,
    themes: pd.DataFrame,
    lang: str,
    region: str,
    domains: widgets.Dropdown,
    sizes: widgets.Dropdown,
    show: Callable[..., pd.DataFrame],
    guarded: Callable[[Callable[[], None]], None],
) -> widgets.VBox:
    """Build the tab; see `explorer` for what the arguments are."""
    import ipywidgets as widgets

    latest = int((pairs if len(pairs) else facts)["year"].max())
    names = widgets.Dropdown(description=t("explore.indicator", lang))
    growth = widgets.FloatSlider(
        value=5.0,
        min=-20.0,
        max=30.0,
        step=0.5,
        description=t("explore.growth", lang),
        readout_format=".1f",
        continuous_update=False,
    )
    horizon = widgets.IntSlider(
        value=trends.plan_end(latest),
        min=latest + 1,
        max=latest + 16,
        description=t("explore.until", lang),
        continuous_update=False,
    )
    image, reading = widgets.HTML(), widgets.HTML()

    def refill(*_: object) -> None:
        domain = facts["indicator"].map(themes.set_index("indicator")["domain"])
        levels = facts[
            (facts["region"] == region)
            & (facts["kind"] == "outcome")
            & (facts["measure"] == "level")
            & (domain == domains.value)
            & (facts["value"] != 0)
        ]
        found = list(dict.fromkeys(levels["indicator"]))
        names.options = [(indicator_name(name, lang), name) for name in found]
        names.value = found[0] if found else None
        redraw()

    def redraw(*_: object) -> None:
        def action() -> None:
            if names.value is None:
                image.value, reading.value = "", t("explore.nothing_to_project", lang)
                return
            table = trends.project(facts, names.value, region, until=horizon.value)
            own = own_assumption(table, growth.value)
            both = pd.concat([table, own.astype(table.dtypes)], ignore_index=True)

            def draw(language: str, size: str) -> Axes:
                return charts.fan(both, lang=language, size=size)

            show(1, f"projection {names.value}", draw, image)
            unit = str(facts.loc[facts["indicator"] == names.value, "unit_base"].iloc[0])
            reading.value = t(
                "explore.own_reading",
                lang,
                growth=f"{growth.value:g}",
                year=horizon.value,
                value=value_label(float(own["mean"].iloc[-1]), unit, lang),
            )

        guarded(action)

    domains.observe(refill, names="value")
    for control in (names, growth, horizon, sizes):
        control.observe(redraw, names="value")
    refill()
    return widgets.VBox([widgets.HBox([names, growth, horizon]), reading, image])

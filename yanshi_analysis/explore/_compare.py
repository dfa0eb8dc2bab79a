"""Outcomes against targets: a domain's pairs as a chart, and where each number stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from yanshi_analysis import charts
from yanshi_analysis.explore._place import card
from yanshi_analysis.labels import indicator_name, t
from yanshi_analysis.notebook import in_words

if TYPE_CHECKING:
    import ipywidgets as widgets
    from matplotlib.axes import Axes

__all__ = ["panel"]

# The kinds of chart that draw a comparison, each with the rows it can draw.
_CHARTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "growth_dumbbell": lambda pairs: pairs[pairs["measure"] == "growth"],
    "required_vs_achieved": lambda pairs: pairs[pairs["measure"] == "level"],
    "stance_overview": lambda pairs: pairs,
}
_COLUMNS = ("indicator", "outcome", "target", "verdict", "outcome_place", "target_place")


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
    from itables.widget import ITable

    kinds = widgets.Dropdown(
        options=[(t(f"explore.chart_{name}", lang), name) for name in _CHARTS],
        description=t("explore.chart", lang),
    )
    chosen = widgets.SelectMultiple(rows=8, description=t("explore.indicators", lang))
    picked = widgets.Select(rows=6, description=t("explore.number", lang))
    where, image = widgets.HTML(), widgets.HTML()
    table = ITable(pd.DataFrame(), paging=False, allow_html=False)

    def own() -> pd.DataFrame:
        domain = pairs["indicator"].map(themes.set_index("indicator")["domain"])
        kept: pd.DataFrame = pairs[domain == domains.value]
        return kept

    def rows() -> pd.DataFrame:
        return _CHARTS[kinds.value](own()[own()["indicator"].isin(chosen.value)])

    def refill(*_: object) -> None:
        names = list(dict.fromkeys(_CHARTS[kinds.value](own())["indicator"]))
        chosen.options = [(indicator_name(name, lang), name) for name in names]
        chosen.value = names

    def redraw(*_: object) -> None:
        def action() -> None:
            selected = rows()

            def draw(language: str, size: str) -> Axes:
                made: Axes = getattr(charts, kinds.value)(selected, lang=language, size=size)
                return made

            show(0, f"{kinds.value} {domains.value}", draw, image)
            table.update(in_words(selected, lang, list(_COLUMNS)) if len(selected) else selected)
            numbers = [
                (row[column], side, row["measure"])
                for _, row in selected.iterrows()
                for side, column in (("outcome", "indicator"), ("target", "target_indicator"))
            ]
            picked.options = [
                (
                    t(f"explore.{side}_of", lang, name=indicator_name(name, lang)),
                    (name, side, measure),
                )
                for name, side, measure in numbers
            ]
            picked.value = numbers[0] if numbers else None
            point()

        guarded(action)

    def point(*_: object) -> None:
        where.value = ""
        if picked.value is None:
            return
        indicator, side, measure = picked.value
        found = facts[
            (facts["indicator"] == indicator)
            & (facts["region"] == region)
            & (facts["kind"] == side)
            & (facts["measure"] == measure)
            & (
                facts["year"]
                == (pairs["year"] if side == "outcome" else pairs["target_year"]).max()
            )
        ]
        if len(found):
            where.value = card(found.iloc[0], lang)

    def again(change: dict[str, Any]) -> None:
        del change
        refill()

    domains.observe(again, names="value")
    kinds.observe(again, names="value")
    chosen.observe(redraw, names="value")
    sizes.observe(redraw, names="value")
    picked.observe(point, names="value")
    refill()
    choices = widgets.VBox([kinds, chosen, picked, where], layout={"width": "38%"})
    shown = widgets.VBox([image], layout={"width": "62%"})
    return widgets.VBox([widgets.HBox([choices, shown]), table])

"""Find a number: type a few letters, choose, and see where it stands in the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from yanshi_analysis.explore._place import card, line
from yanshi_analysis.labels import t

if TYPE_CHECKING:
    import ipywidgets as widgets

__all__ = ["panel"]


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

    del pairs, sizes, show
    own = facts[facts["region"] == region].reset_index(drop=True)
    domain = own["indicator"].map(themes.set_index("indicator")["domain"]).tolist()
    lines = [line(fact, lang) for _, fact in own.iterrows()]
    search = widgets.Text(
        description=t("explore.search", lang), placeholder=t("explore.search_tip", lang)
    )
    everywhere = widgets.Checkbox(description=t("explore.all_domains", lang), indent=False)
    found = widgets.Select(rows=14, layout={"width": "100%"})
    where = widgets.HTML()

    def refill(*_: object) -> None:
        def action() -> None:
            words = search.value.casefold().split()
            kept = [
                position
                for position, text in enumerate(lines)
                if (everywhere.value or domain[position] == domains.value)
                and all(word in text.casefold() for word in words)
            ]
            found.options = [(lines[position], position) for position in kept]
            found.value = kept[0] if kept else None
            point()

        guarded(action)

    def point(*_: object) -> None:
        if found.value is None:
            where.value = f"<i>{t('explore.nothing_found', lang)}</i>"
        else:
            where.value = card(own.loc[found.value], lang)

    for control in (search, everywhere, domains):
        control.observe(refill, names="value")
    found.observe(point, names="value")
    refill()
    return widgets.VBox([widgets.HBox([search, everywhere]), found, where])

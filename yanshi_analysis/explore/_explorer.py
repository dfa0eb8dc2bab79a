"""The explorer: three tabs under one row of choices, and an export button."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from yanshi_analysis import compare, data
from yanshi_analysis.explore import _compare, _find, _project, _save
from yanshi_analysis.explore._picture import Draw, picture
from yanshi_analysis.labels import LANGUAGES, check_lang, domain_name, t
from yanshi_analysis.style import SIZES

if TYPE_CHECKING:
    import ipywidgets as widgets

__all__ = ["explorer"]


def explorer(
    lang: str = "en", facts: pd.DataFrame | None = None, *, region: str = data.DISTRICT
) -> widgets.VBox:
    """Return the explorer as one widget, to be shown in JupyterLab.

    Pick language, size and domain; compare outcomes with targets, project with sliders for growth
    and horizon, or look up where a number stands; export what is drawn.

    Parameters
    ----------
    lang : {"en", "zh"}
        The language it opens in; it can be changed in the widget.
    facts : DataFrame, optional
        From `load_facts`, which is the default.
    region : str
        GB/T 2260 code, by default the district's.

    Returns
    -------
    ipywidgets.VBox

    Raises
    ------
    ValueError
        If the language is not known.
    DataError
        If the data folder cannot be read.

    Examples
    --------
    >>> box = explorer("zh")
    >>> [type(child).__name__ for child in box.children]
    ['HBox', 'Tab', 'HBox']
    """
    import ipywidgets as widgets

    check_lang(lang)
    table = data.load_facts() if facts is None else facts
    pairs = compare.outcomes_vs_targets(table, region=region)
    themes = data.load_indicators()[["indicator", "domain", "theme"]]
    box = widgets.VBox()

    def rebuild(language: str, size: str = "half", domain: str = "economy") -> None:
        box.children = _build(box, rebuild, table, pairs, themes, language, size, domain, region)

    rebuild(lang)
    return box


def _build(
    box: widgets.VBox,
    rebuild: Callable[..., None],
    facts: pd.DataFrame,
    pairs: pd.DataFrame,
    themes: pd.DataFrame,
    lang: str,
    size: str,
    domain: str,
    region: str,
) -> tuple[Any, ...]:
    import ipywidgets as widgets

    languages = widgets.ToggleButtons(
        options=[(t(f"explore.language_{code}", code), code) for code in LANGUAGES],
        value=lang,
        description=t("explore.language", lang),
    )
    sizes = widgets.Dropdown(
        options=[(t(f"explore.size_{name}", lang), name) for name in SIZES],
        value=size,
        description=t("explore.size", lang),
    )
    domains = widgets.Dropdown(
        options=[(domain_name(name, lang), name) for name in dict.fromkeys(themes["domain"])],
        value=domain,
        description=t("explore.domain", lang),
    )
    export = widgets.Button(
        description=t("explore.export", lang),
        icon="download",
        button_style="primary",
        tooltip=t("explore.export_tip", lang),
    )
    status = widgets.HTML()
    drawn: dict[int, tuple[str, Draw]] = {}

    def say(key: str, **values: object) -> None:
        status.value = f"<span role='status'>{escape(t(key, lang, **values))}</span>"

    def guarded(action: Callable[[], None]) -> None:
        try:
            status.value = ""
            action()
        except (ValueError, KeyError, data.DataError, OSError) as error:
            say("explore.cannot", why=str(error))

    def show(tab: int, name: str, draw: Draw, target: widgets.HTML) -> pd.DataFrame:
        html, info = picture(draw, lang, sizes.value)
        target.value = html
        drawn[tab] = name, draw
        return info.rows

    panels = [
        module.panel(facts, pairs, themes, lang, region, domains, sizes, show, guarded)
        for module in (_compare, _project, _find)
    ]
    tabs = widgets.Tab(
        children=panels,
        titles=[t(f"explore.tab_{name}", lang) for name in ("compare", "project", "find")],
    )

    def on_export(_: object) -> None:
        def action() -> None:
            if tabs.selected_index not in drawn:
                say("explore.nothing_to_export")
                return
            name, draw = drawn[tabs.selected_index]
            files = _save.save(draw, name, lang, sizes.value)
            names = ", ".join(file.name for file in files)
            say("explore.exported", files=names, folder=str(files[0].parent))

        guarded(action)

    export.on_click(on_export)
    languages.observe(
        lambda change: rebuild(change["new"], sizes.value, domains.value), names="value"
    )
    return (
        widgets.HBox([languages, domains, sizes], layout={"flex_flow": "row wrap"}),
        tabs,
        widgets.HBox([export, status]),
    )

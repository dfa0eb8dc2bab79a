"""A sheet of native Excel charts, each beside the numbers it draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from yanshi_analysis.labels import t
from yanshi_analysis.style import DOMAIN_COLORS, GRID, INK, MUTED, lighten

from ._cells import is_text
from ._model import Native, Series
from ._natives import (
    attainment_native,
    chance_native,
    change_native,
    growth_native,
    projection_native,
    scenario_colors,
)

__all__ = ["add_charts", "natives"]

_COLOR = next(iter(DOMAIN_COLORS.values()))
_MOST_BARS = 30


def natives(tables: Mapping[str, pd.DataFrame], lang: str) -> list[Native]:
    """Choose the charts that a set of tables gives.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As `save_tables` takes them.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    list of Native
        Growth and change for a comparison, targets and outcomes over the years for attainment, one
        chart per projected indicator; for any other table that has one text column without repeats
        and a few rows, its first column of numbers.
    """
    made: list[Native | None] = []
    for name, table in tables.items():
        columns = set(table.columns)
        if {"outcome", "target", "change_pct", "comparability"} <= columns:
            made += [growth_native(table, lang), change_native(table, lang)]
        elif {"gap", "met", "outcome", "target"} <= columns:
            made.append(attainment_native(table, lang))
        elif {"chance", "chance_strict"} <= columns:
            made.append(chance_native(table, lang))
        elif {"scenario", "mean", "observed", "lo80", "hi80"} <= columns:
            groups = table.groupby(["indicator", "region"], sort=False)
            made += [projection_native(group, lang) for _, group in groups]
        else:
            made.append(_plain(name, table, lang))
    return [one for one in made if one is not None]


def _plain(name: str, table: pd.DataFrame, lang: str) -> Native | None:
    """Make a bar chart of a table that is nothing but labels and numbers."""
    texts = [one for one in table.columns if is_text(table[one])]
    numbers = [
        one
        for one in table.columns
        if pd.api.types.is_numeric_dtype(table[one]) and one not in {"year", "page", "line"}
    ]
    if len(texts) != 1 or not numbers or not 1 < len(table) <= _MOST_BARS:
        return None
    labels = table[texts[0]]
    if labels.isna().any() or labels.duplicated().any():
        return None
    values = tuple(
        float(one) if pd.notna(one) and abs(float(one)) != float("inf") else None
        for one in table[numbers[0]]
    )
    title = f"{name}: {numbers[0]}" if lang == "en" else f"{name}：{numbers[0]}"
    categories = tuple(str(one) for one in labels)
    return Native(
        "bar",
        title,
        categories,
        (Series(str(numbers[0]), values, "outcome"),),
        "General",
        t("export.alt_chart", lang, title=title, values=""),
    )


def add_charts(
    book: Any, title: str, tables: Mapping[str, pd.DataFrame], lang: str, font: str
) -> None:
    """Add the sheet of charts, if the tables give any.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        Where it goes.
    title : str
        Name of the sheet.
    tables : mapping of str to DataFrame
        As `save_tables` takes them.
    lang : {"en", "zh"}
        The language.
    font : str
        Face of all text.
    """
    charts = natives(tables, lang)
    if not charts:
        return
    sheet = book.add_worksheet(title)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 12, 13)
    head = book.add_format({"font_name": font, "font_size": 10, "bold": True, "text_wrap": True})
    cell = book.add_format({"font_name": font, "font_size": 10})
    top = 0
    for native in charts:
        _numbers(sheet, title, top, native, head, cell, book, font)
        chart = _chart(book, title, top, native, font)
        room = max(len(native.categories), 18)
        bars = len(native.categories) * len(native.series) if native.kind == "bar" else 0
        height = max(380, 24 * bars + 110)
        sheet.insert_chart(
            top,
            len(native.series) + 2,
            chart,
            {"description": native.alt, "x_scale": 1, "y_scale": 1, "object_position": 1},
        )
        chart.set_size({"width": 760, "height": height})
        top += max(room, height // 20) + 4


def _numbers(
    sheet: Any, title: str, top: int, native: Native, head: Any, cell: Any, book: Any, font: str
) -> None:
    """Write the numbers of one chart: its title, then a row per category."""
    number = book.add_format(
        {"font_name": font, "font_size": 10, "num_format": native.number_format}
    )
    sheet.write_string(top, 0, native.title, head)
    for position, series in enumerate(native.series, start=1):
        sheet.write_string(top, position, series.name, head)
        for row, value in enumerate(series.values, start=top + 1):
            if value is not None:
                sheet.write_number(row, position, value, number)
    for row, name in enumerate(native.categories, start=top + 1):
        sheet.write_string(row, 0, name, cell)


def _chart(book: Any, title: str, top: int, native: Native, font: str) -> Any:
    """Make one chart in the house's style."""
    chart = book.add_chart({"type": native.kind})
    face = {"name": font, "size": 10, "color": INK}
    last = top + len(native.categories)
    shades, scenarios = scenario_colors(_COLOR.lstrip("#").upper()), 0
    number = native.number_format
    for position, series in enumerate(native.series, start=1):
        options: dict[str, Any] = {
            "name": [title, top, position],
            "categories": [title, top + 1, 0, last, 0],
            "values": [title, top + 1, position, last, position],
        }
        if native.kind == "bar":
            hollow = series.role == "target"
            options |= {
                "fill": {"color": "#FFFFFF" if hollow else _COLOR},
                "border": {"color": _COLOR, "width": 1.5},
                "data_labels": {"value": True, "num_format": number, "font": face},
                "gap": 45,
                "overlap": -5,
            }
        else:
            thin = series.role in {"band", "implied"}
            color = lighten(_COLOR, 0.5) if thin else _COLOR
            if series.role == "projected":
                color = f"#{shades[scenarios % len(shades)]}"
                scenarios += 1
            solid = series.role == "observed"
            options |= {
                "line": {
                    "color": color,
                    "width": 1 if thin else 2.25,
                    "dash_type": "solid" if solid else "round_dot" if thin else "dash",
                },
                "marker": {"type": "none"}
                if series.role == "band"
                else {
                    "type": "circle",
                    "size": 6,
                    "fill": {"color": color if solid else "#FFFFFF"},
                    "border": {"color": color},
                },
            }
        chart.add_series(options)
    chart.set_title(
        {
            "name": native.title,
            "name_font": {"name": font, "size": 11, "color": MUTED},
            "overlay": False,
        }
    )
    grid = {"visible": native.kind == "line", "line": {"color": GRID, "width": 0.5}}
    values = {
        "num_format": number,
        "num_font": face,
        "major_gridlines": grid,
        "line": {"none": True},
    }
    names = {"num_font": face, "line": {"color": MUTED}, "label_position": "low"}
    if native.kind == "bar":
        chart.set_x_axis({**values, "visible": False})
        chart.set_y_axis({**names, "reverse": True, "major_gridlines": {"visible": False}})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    if len(native.series) > 1:
        chart.set_legend({"position": "bottom", "font": face})
    else:
        chart.set_legend({"none": True})
    return chart

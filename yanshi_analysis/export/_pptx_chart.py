"""Native, editable charts on a slide: outcomes filled, targets hollow, projections dashed."""

from __future__ import annotations

import math
from typing import Any

from yanshi_analysis.style import GRID, INK, MUTED

from ._model import Native, Series
from ._natives import scenario_colors
from ._ooxml import describe, rgb, set_faces

__all__ = ["add_chart"]

_INK, _GREY, _GRID = INK.lstrip("#"), MUTED.lstrip("#"), GRID.lstrip("#")
_MANY_YEARS, _YEAR_LABELS = 14, 9


def add_chart(
    slide: Any, native: Native, box: tuple[float, float, float, float], color: str, lang: str
) -> Any:
    """Put a chart on a slide.

    Parameters
    ----------
    slide : pptx.slide.Slide
        Where it goes.
    native : Native
        What it shows.
    box : (float, float, float, float)
        Left, top, width, height, in inches.
    color : str
        The section's colour, as ``RRGGBB``.
    lang : {"en", "zh"}
        The language of its words.

    Returns
    -------
    pptx.chart.chart.Chart
        The chart; its workbook holds the numbers.
    """
    from pptx.chart import data as chart_data
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    horizontal = native.kind == "bar"
    library: Any = chart_data  # untyped in python-pptx
    data = library.CategoryChartData(number_format=native.number_format)
    data.categories = list(native.categories)
    for one in native.series:
        data.add_series(one.name, one.values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if horizontal else XL_CHART_TYPE.LINE
    frame = slide.shapes.add_chart(kind, *(Inches(one) for one in box), data)
    chart = frame.chart
    describe(frame._element, name=native.title, alt=native.alt)
    chart.font.size = Pt(12)
    _color(chart.font, _INK)
    chart.has_title = True
    title = chart.chart_title
    title.include_in_layout = False
    title.text_frame.text = native.title
    run = title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(13), True
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _place_title(title)
    _color(run.font, _GREY)
    chart.has_legend = len(native.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(12)
    if horizontal:
        _bars(chart, native, color)
    else:
        _lines(chart, native, color)
    set_faces(chart._chartSpace, lang)
    return chart


def _place_title(title: Any) -> None:
    """Put a chart's title at the left edge, as the house has it, and not in the middle."""
    element = title._element
    space = element.nsmap["c"]
    layout = element.find(f"{{{space}}}layout")
    if layout is None:
        layout = element.makeelement(f"{{{space}}}layout", {})
        element.find(f"{{{space}}}tx").addnext(layout)
    manual = layout.makeelement(f"{{{space}}}manualLayout", {})
    for tag, value in (("xMode", "edge"), ("yMode", "edge"), ("x", "0.005"), ("y", "0.01")):
        manual.append(manual.makeelement(f"{{{space}}}{tag}", {"val": value}))
    layout.append(manual)


def _bars(chart: Any, native: Native, color: str) -> None:
    """Horizontal bars, first category on top, each with its number; no value axis to read off."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    values, names = chart.value_axis, chart.category_axis
    names.reverse_order = True
    names.format.line.width = Pt(0.75)
    _line(names.format.line, _GREY)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(12)
    values.visible = False
    values.has_major_gridlines = False
    numbers = [one for series in native.series for one in series.values if one is not None]
    low, high = min([*numbers, 0.0]), max([*numbers, 0.0])
    span = (high - low) or 1.0
    values.minimum_scale = 0.0 if low >= 0 else low - 0.18 * span
    values.maximum_scale = high + 0.14 * span if high > 0 else 0.0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = native.number_format, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(11)
    for series, one in zip(plot.series, native.series, strict=True):
        series.invert_if_negative = False
        if one.role in {"target", "projected"}:
            series.format.fill.solid()
            _fore(series.format.fill, "FFFFFF" if one.role == "target" else _lighter(color))
            series.format.line.width = Pt(1.75)
        else:
            series.format.fill.solid()
            _fore(series.format.fill, color)
            series.format.line.width = Pt(1)
        _line(series.format.line, color)


def _lines(chart: Any, native: Native, color: str) -> None:
    """History solid, what lies ahead dashed and lighter, bands as thin lines."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
    from pptx.enum.dml import MSO_LINE

    shapes = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE)
    from pptx.util import Pt

    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.width = Pt(0.5)
    _line(values.major_gridlines.format.line, _GRID)
    values.format.line.fill.background()
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.font.size = names.tick_labels.font.size = Pt(11)
    values.tick_labels.number_format = native.number_format
    values.tick_labels.number_format_is_linked = False
    _line(names.format.line, _GREY)
    many = len(native.categories) > _MANY_YEARS
    if many:
        _skip_labels(names._element, math.ceil(len(native.categories) / _YEAR_LABELS))
    scenarios = 0
    for series, one in zip(chart.plots[0].series, native.series, strict=True):
        series.smooth = False
        line, shade, shape = series.format.line, color, shapes[0]
        if one.role == "projected":  # several scenarios differ in colour and in marker
            shade = scenario_colors(color)[scenarios % len(shapes)]
            shape = shapes[scenarios % len(shapes)]
            scenarios += 1
        elif one.role in {"band", "implied"}:
            shade = _lighter(color)
        _line(line, shade)
        line.width = Pt({"observed": 2.5, "projected": 2.25, "implied": 1.75}.get(one.role, 1.0))
        if one.role != "observed":
            line.dash_style = MSO_LINE.DASH if one.role == "projected" else MSO_LINE.ROUND_DOT
        marker = series.marker
        marker.style = XL_MARKER_STYLE.NONE if one.role == "band" else shape
        if one.role != "band":
            marker.size = 4 if many else 6
            marker.format.fill.solid()
            _fore(marker.format.fill, shade if one.role == "observed" else "FFFFFF")
            _line(marker.format.line, shade)
        last = max((i for i, value in enumerate(one.values) if value is not None), default=None)
        side = _label_side(native, one)
        if last is not None and side:  # the last point says its number
            label = series.points[last].data_label
            label.has_text_frame = False
            label.position = XL_LABEL_POSITION.ABOVE if side > 0 else XL_LABEL_POSITION.BELOW
            label.font.size, label.font.bold = Pt(12), True
            _show_value(label, native.number_format)


def _label_side(native: Native, one: Series) -> int:
    """Decide where the number of a line's end stands: above (1), below (−1), or nowhere (0).

    Ends that nearly meet would cover each other: the higher keeps its number above, the lower has
    it below, and one between them or level with another has none.
    """
    if one.role not in {"observed", "projected"}:
        return 0
    ends = {
        series: next(value for value in reversed(series.values) if value is not None)
        for series in native.series
        if series.role == one.role and any(value is not None for value in series.values)
    }
    if one not in ends:
        return 0
    largest = max(abs(value) for value in ends.values()) or 1.0
    near = [other for other in ends if abs(ends[other] - ends[one]) < 0.08 * largest]
    ranked = sorted(near, key=lambda other: (-ends[other], native.series.index(other)))
    if one == ranked[0]:
        return 1
    distinct = ends[ranked[0]] - ends[one] > 0.005 * largest
    return -1 if one == ranked[-1] and distinct else 0


def _skip_labels(axis: Any, step: int) -> None:
    """Label every so many years."""
    space = axis.nsmap["c"]
    skip = axis.makeelement(f"{{{space}}}tickLblSkip", {"val": str(step)})
    axis.find(f"{{{space}}}noMultiLvlLbl").addprevious(skip)


def _show_value(label: Any, number_format: str) -> None:
    """Let a point's label show its value and nothing else, in the chart's number format."""
    element = label._get_or_add_dLbl()
    space = element.nsmap["c"]
    format_ = element.find(f"{{{space}}}numFmt")
    if format_ is None:
        format_ = element.makeelement(
            f"{{{space}}}numFmt", {"formatCode": number_format, "sourceLinked": "0"}
        )
        element.insert(1, format_)
    for tag in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent"):
        flag = element.find(f"{{{space}}}{tag}")
        if flag is not None:
            flag.set("val", "1" if tag == "showVal" else "0")


def _color(font: Any, color: str) -> None:

    font.color.rgb = rgb(color)


def _fore(fill: Any, color: str) -> None:

    fill.fore_color.rgb = rgb(color)


def _line(line: Any, color: str) -> None:

    line.color.rgb = rgb(color)


def _lighter(color: str) -> str:
    """Half way to white."""
    return "".join(f"{(int(color[i : i + 2], 16) + 255) // 2:02X}" for i in (0, 2, 4))

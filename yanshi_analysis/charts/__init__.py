"""Charts: a tidy table in, a matplotlib Axes out, one function per kind of chart.

Each takes ``(table, *, ax=None, lang="en", size=None)`` and more keywords of its own. The title is
a finding computed from the rows, the subtitle says measure, unit and years, and the source line
is derived from the rows that are drawn. `describe` gives these words back, with a text for
readers who do not see the picture and the plotted rows.
"""

from __future__ import annotations

from yanshi_analysis.charts._frame import ChartInfo, describe
from yanshi_analysis.charts.attainment_bullets import attainment_bullets
from yanshi_analysis.charts.attainment_heatmap import attainment_heatmap
from yanshi_analysis.charts.composition import composition
from yanshi_analysis.charts.direction_arrows import direction_arrows
from yanshi_analysis.charts.fan import fan
from yanshi_analysis.charts.growth_dumbbell import growth_dumbbell
from yanshi_analysis.charts.kpi_tiles import kpi_tiles
from yanshi_analysis.charts.level_bars import level_bars
from yanshi_analysis.charts.miss_distribution import miss_distribution
from yanshi_analysis.charts.required_vs_achieved import required_vs_achieved
from yanshi_analysis.charts.small_multiples import small_multiples
from yanshi_analysis.charts.stance_overview import stance_overview

__all__ = [
    "ChartInfo",
    "attainment_bullets",
    "attainment_heatmap",
    "composition",
    "describe",
    "direction_arrows",
    "fan",
    "growth_dumbbell",
    "kpi_tiles",
    "level_bars",
    "miss_distribution",
    "required_vs_achieved",
    "small_multiples",
    "stance_overview",
]

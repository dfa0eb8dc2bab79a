"""Dumbbells: this year's growth and next year's growth target, a row for each indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts._frame import Key, finish, open_frame, sentence_only
from yanshi_analysis.charts._rows import Pair, colours, columns_needed, draw_pairs, stance_tint
from yanshi_analysis.labels import source_line, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def growth_dumbbell(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw growth outcomes against next year's growth targets, the change in points.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`; those of measure growth that are comparable are
        drawn (outcome and target in %, change in percentage points).
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    lang : str
        ``"en"`` or ``"zh"``.
    size : str, optional
        ``"slide"``, ``"half"`` or ``"column"``.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        For an unknown language or size, or missing columns.

    Examples
    --------
    >>> from yanshi_analysis import compare, data
    >>> pairs = compare.outcomes_vs_targets(data.load_facts())
    >>> ax = growth_dumbbell(pairs, lang="en", size="half")
    >>> len(ax.get_yticklabels()) > 2
    True
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        ["indicator", "measure", "outcome", "target", "change", "year", "target_year"],
        "growth_dumbbell",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[
            (table["measure"] == "growth")
            & table["change"].notna()
            & table["outcome"].notna()
            & table["target"].notna()
        ].sort_values("change", ascending=False, kind="stable")
        title = findings.growth_targets(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "growth_dumbbell")
        year, aim = (findings.years(rows[column], lang) for column in ("year", "target_year"))
        tints = colours(rows)
        frame.foot(source_line(rows, lang))
        frame.head(
            title,
            t("chart.growth_dumbbell", lang, year=year, target_year=aim),
            [
                Key(t("chart.outcome", lang, year=year), face=style.INK),
                Key(t("chart.target", lang, year=aim), face=style.PAPER, edge=style.INK),
            ],
        )
        pairs = [
            Pair(
                findings.name_of(row, lang),
                float(row["outcome"]),
                float(row["target"]),
                findings.pair_value(row, "outcome", lang),
                findings.pair_value(row, "target", lang),
                findings.signed(float(row["change"]), lang),
                stance_tint(float(row["change"]), findings.HELD_WITHIN),
                tint,
            )
            for (_, row), tint in zip(rows.iterrows(), tints, strict=True)
        ]
        shown = draw_pairs(
            frame,
            pairs,
            t("chart.change_points", lang),
            priority=list(np.abs(rows["change"].to_numpy(float))),
            note="chart.shown_changes",
        )
        items = [
            t(
                "chart.item_pair",
                lang,
                name=pair.name,
                outcome=pair.filled_words,
                target=pair.hollow_words,
                change=pair.change,
            )
            for pair in (pairs[i] for i in shown)
        ]
        return finish(frame, rows.iloc[shown], "growth_dumbbell", items)

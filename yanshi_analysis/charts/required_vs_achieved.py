"""Required pace: the growth that level targets ask for, against the growth achieved."""

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


def required_vs_achieved(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw the growth each level target asks for, and the growth achieved where it is known.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`; those of measure level with `required_growth` are
        drawn (% on the outcome), and `achieved_growth` (%) where the report prints it.
    ax, lang, size
        As for `growth_dumbbell`.

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
    >>> ax = required_vs_achieved(pairs, lang="zh", size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        [
            "indicator",
            "measure",
            "required_growth",
            "achieved_growth",
            "target",
            "unit_base",
            "year",
            "target_year",
        ],
        "required_vs_achieved",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[
            (table["measure"] == "level") & np.isfinite(table["required_growth"].astype(float))
        ]
        known = rows["achieved_growth"].notna()
        rows = rows.assign(_known=known).sort_values(
            ["_known", "required_growth"], ascending=[False, False], kind="stable"
        )
        known = rows.pop("_known")
        title = findings.required_pace(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "required_vs_achieved")
        year, aim = (findings.years(rows[column], lang) for column in ("year", "target_year"))
        tints = colours(rows)
        frame.foot(source_line(rows, lang))
        key = [Key(t("chart.required", lang, year=aim), face=style.PAPER, edge=style.INK)]
        if known.any():
            key.insert(0, Key(t("chart.achieved", lang, year=year), face=style.INK))
        frame.head(title, t("chart.required_vs_achieved", lang, year=year, target_year=aim), key)
        pairs = []
        for (_, row), tint in zip(rows.iterrows(), tints, strict=True):
            required, achieved = float(row["required_growth"]), float(row["achieved_growth"])
            gap = required - achieved
            pairs.append(
                Pair(
                    findings.name_of(row, lang),
                    achieved,
                    required,
                    _percent(achieved, lang),
                    _percent(required, lang),
                    findings.pair_value(row, "target", lang),
                    stance_tint(gap, findings.HELD_WITHIN) if np.isfinite(gap) else style.INK,
                    tint,
                )
            )
        size_of_ask = np.abs(rows["required_growth"].to_numpy(float))
        shown = draw_pairs(
            frame,
            pairs,
            t("chart.target_level", lang, year=aim),
            priority=list(size_of_ask + np.where(known, 1e12, 0)),
            note="chart.shown_asks",
        )
        items = [
            t(
                "chart.item_required",
                lang,
                name=pair.name,
                required=pair.hollow_words,
                achieved=pair.filled_words,
            )
            for pair in (pairs[i] for i in shown)
        ]
        return finish(frame, rows.iloc[shown], "required_vs_achieved", items)


def _percent(value: float, lang: str) -> str:
    if not np.isfinite(value):
        return t("finding.unknown", lang)
    return t("finding.percent", lang, value=findings.signed(value, lang))

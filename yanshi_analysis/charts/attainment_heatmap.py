"""Heat map of attainment: regions down, indicators across."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, to_hex

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Frame, finish, open_frame, sentence_only
from yanshi_analysis.charts._rows import columns_needed
from yanshi_analysis.labels import source_line, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def attainment_heatmap(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw how far outcomes ended above or below their targets, by region and indicator.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.attainment` of one year. The measure is 计划完成程度 less 100: for a
        level actual / target, for growth (1 + actual) / (1 + target), both in %.
    ax, lang, size
        As for `growth_dumbbell`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        For an unknown language or size, missing columns, or a table of several years.

    Examples
    --------
    >>> from yanshi_analysis import compare, data
    >>> ax = attainment_heatmap(compare.attainment(data.load_facts(), year=2025), size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        ["indicator", "measure", "region", "year", "attainment_pct", "met"],
        "attainment_heatmap",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[np.isfinite(table["attainment_pct"].astype(float))]
        years = sorted(rows["year"].unique())
        if len(years) > 1:
            raise ValueError(
                f"attainment_heatmap draws one year, and this table has {years[0]} to {years[-1]}: "
                "keep one, as in table[table['year'] == table['year'].max()]"
            )
        title = findings.attainment_by_region(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "attainment_heatmap")
        import seaborn as sns

        rows = rows.assign(_over=rows["attainment_pct"].astype(float) - 100)
        over = rows.pivot_table(index="region", columns="indicator", values="_over")
        met = rows.pivot_table(index="region", columns="indicator", values="met", aggfunc="first")
        over = over[over.notna().sum().sort_values(ascending=False, kind="stable").index]
        order = over.mean(axis=1).sort_values(ascending=False, kind="stable").index
        over, met = over.loc[order], met.loc[order, over.columns]
        frame.foot(source_line(rows, lang))
        frame.head(
            title,
            t("chart.attainment_heatmap", lang, year=findings.years(rows["year"], lang)),
        )
        small = frame.type.small
        body = {"slide": 0.92, "half": 0.94, "column": 1.0}[frame.size] * small
        names = {
            str(row["region"]): _text.ellipsize(
                findings.region_of(row, lang), 0.25 * frame.width, body
            )
            for _, row in rows.drop_duplicates("region").iterrows()
        }
        left = max(_text.width(name, body) for name in names.values()) + 0.8 * small
        # Columns: as many as leave each indicator's name some room.
        least = 5.2 * small
        fit = max(1, int((frame.width - left) // least))
        columns = list(over.columns[:fit])
        cell = min((frame.width - left) / len(columns), 12 * small)
        called = {
            str(row["indicator"]): findings.name_of(row, lang)
            for _, row in rows.drop_duplicates("indicator").iterrows()
        }
        heads = [
            _text.wrap(called[str(name)], cell - 0.8 * small, small, max_lines=4)
            for name in columns
        ]
        top = max(_text.height(head, small) for head in heads) + 0.5 * small
        pitch = 1.28 * body
        room = frame.room - top
        total = over[columns].notna().any(axis=1)
        over, met = over.loc[total, columns], met.loc[total, columns]
        count = min(len(over), int(room // pitch))
        if count < len(over) or fit < over.shape[1]:
            words = t("chart.shown_regions", lang, n=count, total=len(over))
            count = max(1, min(len(over), int((room - frame.note_height(words)) // pitch)))
            frame.note(t("chart.shown_regions", lang, n=count, total=len(over)))
        keep = _ends(len(over), count)
        over, met = over.iloc[keep], met.iloc[keep]
        pitch = min((frame.room - top) / len(over), 2.4 * body)
        spare = frame.room - top - pitch * len(over)
        frame.body(
            left=left,
            right=frame.width - left - cell * len(columns),
            top=top,
            bottom=max(spare, 0.0),
        )
        ceiling = float(np.nanquantile(np.abs(over.to_numpy(float)), 0.9)) or 1.0
        # seaborn draws the whole figure to see whether its labels overlap: ours are placed already.
        written = list(frame.ax.texts)
        for text in written:
            text.set_visible(False)
        sns.heatmap(
            over,
            ax=frame.ax,
            cmap=_colour_map(),
            vmin=-ceiling,
            vmax=ceiling,
            cbar=False,
            linewidths=1.2 if frame.size == "slide" else 0.7,
            linecolor=style.PAPER,
            xticklabels=heads,
            yticklabels=[names[str(region)] for region in over.index],
        )
        for text in written:
            text.set_visible(True)
        ax_ = frame.ax
        ax_.set(xlabel="", ylabel="")
        ax_.grid(False)
        ax_.xaxis.tick_top()
        ax_.tick_params(length=0, labelcolor=style.INK)
        ax_.tick_params(axis="x", labelsize=small, pad=0.3 * small, labelrotation=0)
        ax_.tick_params(axis="y", labelsize=body, pad=0.4 * small, labelrotation=0)
        for label in ax_.get_xticklabels():
            label.set_linespacing(_text.LINE_SPACING * 0.95)
            label.set_verticalalignment("bottom")
        for label, region in zip(ax_.get_yticklabels(), over.index, strict=True):
            if str(region) == "000000":
                label.set_fontweight("bold")
        _cells(frame, over, met, ceiling, cell - 0.3 * body, body)
        shown = rows[rows["region"].isin(over.index) & rows["indicator"].isin(columns)]
        items = [
            t(
                "chart.item_cell",
                lang,
                region=findings.region_of(row, lang),
                name=findings.name_of(row, lang),
                over=findings.signed(float(row["_over"]), lang),
                met=t(f"met.{row['met']}", lang),
            )
            for _, row in shown.iterrows()
        ]
        return finish(frame, shown.drop(columns="_over"), "attainment_heatmap", items)


def _cell(value: float, lang: str, width: float, size: float) -> str:
    """Print a value for a cell; only its sign where the number is wider than the cell."""
    if not np.isfinite(value):
        return ""
    words = findings.signed(value, lang)
    if _text.width(words, size, bold=True) > width:
        return words[0] if words[0] in "+−" else "…"
    return words


def _ends(total: int, count: int) -> list[int]:
    """Places of the best and the worst when not all rows fit."""
    if count >= total:
        return list(range(total))
    best = (count + 1) // 2
    return [*range(best), *range(total - (count - best), total)]


def _colour_map() -> LinearSegmentedColormap:
    missed, met = style.STANCE_COLORS["lowered"], style.STANCE_COLORS["raised"]
    return LinearSegmentedColormap.from_list(
        "attainment", [missed, style.lighten(missed, 0.6), "#F5F5F3", style.lighten(met, 0.6), met]
    )


def _cells(
    frame: Frame, over: pd.DataFrame, met: pd.DataFrame, ceiling: float, width: float, size: float
) -> None:
    """Print the values, readable on their colour, bold where the target was missed."""
    colour_map = _colour_map()
    verdicts = met.to_numpy()
    for (row, column), value in np.ndenumerate(over.to_numpy(float)):
        if not np.isfinite(value):
            continue
        place = 0.5 + 0.5 * float(np.clip(value / ceiling, -1, 1))
        frame.ax.text(
            column + 0.5,
            row + 0.5,
            _cell(float(value), frame.lang, width, size),
            ha="center",
            va="center_baseline",
            fontsize=size,
            gid="cell",
            color=style.ink_on(to_hex(colour_map(place)).upper()),
            weight="bold" if verdicts[row, column] == "missed" else "normal",
        )

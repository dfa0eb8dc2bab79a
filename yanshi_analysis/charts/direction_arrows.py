"""Direction arrows: what the report states only in words, falls or rises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.patches import Polygon

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Key, finish, open_frame, sentence_only
from yanshi_analysis.charts._rows import columns_needed, guides, lay_rows, paper
from yanshi_analysis.labels import source_line, t, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def direction_arrows(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw arrows for indicators whose direction alone is stated.

    Parameters
    ----------
    table : pandas.DataFrame
        Fact rows of measure direction (`value_base` −1 falls, +1 rises, 0 stays), outcomes and
        targets, of one region. Outcomes are filled, targets hollow; blue is the better direction
        by the dictionary, brown the worse, grey where neither is.
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
    >>> from yanshi_analysis import data
    >>> facts = data.load_facts()
    >>> ax = direction_arrows(facts[facts["measure"] == "direction"], size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table, ["indicator", "year", "kind", "measure", "value_base"], "direction_arrows"
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[
            (table["measure"] == "direction")
            & table["value_base"].notna()
            & table["kind"].isin(["outcome", "target"])
        ]
        title = findings.directions(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "direction_arrows")
        columns = sorted(
            {(int(year), str(kind)) for year, kind in zip(rows["year"], rows["kind"], strict=True)}
        )[-4:]
        cells = {
            (str(row["indicator"]), int(row["year"]), str(row["kind"])): float(row["value_base"])
            for _, row in rows.iterrows()
        }
        firsts = rows.drop_duplicates("indicator").set_index("indicator", drop=False)
        stated = {
            name: sum((name, *column) in cells for column in columns) for name in firsts.index
        }
        order = sorted(stated, key=lambda name: -stated[name])
        better = _better(firsts)
        goods = {better[name] * int(np.sign(value)) for (name, *_), value in cells.items()}
        frame.foot(source_line(rows, lang))
        frame.head(
            title,
            t("chart.direction_arrows", lang, year=findings.years(rows["year"], lang)),
            [
                Key(t(f"chart.{word}", lang), "s", face=tint)
                for word, way, tint in (
                    ("better", 1, style.STANCE_COLORS["raised"]),
                    ("worse", -1, style.STANCE_COLORS["lowered"]),
                    ("neither", 0, style.MUTED),
                )
                if way in goods
            ],
        )
        label, small = frame.type.label, frame.type.small
        heads = [
            t(f"chart.{kind}", lang, year=findings.years([year], lang)) for year, kind in columns
        ]
        share = 0.48
        room = (1 - share) * frame.width / len(columns)
        heads = [_text.wrap(head, room - small, small, bold=True, max_lines=2) for head in heads]
        top = max(_text.height(head, small) for head in heads) + 0.4 * small
        layout = lay_rows(
            frame,
            [findings.name_of(firsts.loc[name], lang) for name in order],
            top=top,
            bottom=0.2 * small,
            share=share,
            least=1.35 * label,
            gap=0.3,
            most=3.0,
        )
        guides(frame, layout)
        frame.ax.set_xlim(0, layout.width)
        frame.ax.set_xticks([])
        step = min(layout.width / len(columns), 16 * small)
        tall = min(0.72 * layout.pitch, 1.5 * label)
        for place, head in enumerate(heads):
            frame.ax.text(
                place * step + 0.5 * small,
                -0.4 * small,
                head,
                ha="left",
                va="bottom",
                fontsize=small,
                weight="bold",
                color=style.INK,
                gid="heading",
                linespacing=_text.LINE_SPACING,
            )
        items = []
        for index, y in zip(layout.shown, layout.y, strict=True):
            name = order[index]
            said = []
            for place, column in enumerate(columns):
                value = cells.get((name, *column))
                if value is None:
                    continue
                sign = (value > 0) - (value < 0)
                good = better[name] * sign
                tint = (style.MUTED, style.STANCE_COLORS["raised"], style.STANCE_COLORS["lowered"])[
                    good
                ]
                x = place * step + 0.5 * small + 0.5 * tall
                frame.ax.add_patch(
                    Polygon(
                        _arrow(x, y, tall, sign),
                        closed=True,
                        gid=column[1],
                        zorder=3,
                        facecolor=tint if column[1] == "outcome" else style.PAPER,
                        edgecolor=tint,
                        linewidth=0.1 * label,
                        joinstyle="miter",
                    )
                )
                words = value_label(value, "direction", lang)
                frame.ax.text(
                    x + 0.5 * tall + 0.5 * small,
                    y,
                    words,
                    ha="left",
                    va="center_baseline",
                    fontsize=small,
                    color=style.text_color(tint),
                    bbox=paper(0.1 * small),
                    gid=f"{column[1]} value",
                )
                said.append(f"{heads[place]} {words}".replace("\n", " "))
            joined = t("chart.comma", lang).join(said)
            items.append(
                t(
                    "chart.item_value",
                    lang,
                    name=findings.name_of(firsts.loc[name], lang),
                    value=joined,
                )
            )
        shown = rows[rows["indicator"].isin([order[i] for i in layout.shown])]
        return finish(frame, shown, "direction_arrows", items)


def _better(firsts: pd.DataFrame) -> dict[str, int]:
    """+1 where higher is better, −1 where lower is, 0 where the dictionary says neither."""
    if "better" in firsts.columns:
        stated = dict(zip(firsts.index, firsts["better"], strict=True))
    else:
        known = findings.meaning("better")
        stated = {name: known.get(str(name), "none") for name in firsts.index}
    return {str(name): {"higher": 1, "lower": -1}.get(str(way), 0) for name, way in stated.items()}


def _arrow(x: float, y: float, tall: float, sign: int) -> list[tuple[float, float]]:
    """Outline of an arrow in points; y runs downwards. A bar stands for no change."""
    half = tall / 2
    if sign == 0:
        return [
            (x - half, y - 0.12 * tall),
            (x + half, y - 0.12 * tall),
            (x + half, y + 0.12 * tall),
            (x - half, y + 0.12 * tall),
        ]
    tip, tail = y - sign * half, y + sign * half
    neck = y
    wide, stem = 0.46 * tall, 0.17 * tall
    return [
        (x, tip),
        (x + wide, neck),
        (x + stem, neck),
        (x + stem, tail),
        (x - stem, tail),
        (x - stem, neck),
        (x - wide, neck),
    ]

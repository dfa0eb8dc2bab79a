"""Stance overview: how many targets are raised, held and lowered, domain by domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Rectangle

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import finish, open_frame, sentence_only
from yanshi_analysis.charts._rows import columns_needed, domains_of, guides, lay_rows
from yanshi_analysis.labels import domain_name, source_line, t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STANCES = ("raised", "held", "lowered", "not_comparable")


def stance_overview(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw how next year's targets stand to this year's outcomes, one square a target.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `compare.outcomes_vs_targets`. Rows with a stance are counted as raised, held or
        lowered, among the lowered those that are floors; rows that are not comparable get a
        column of their own.
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
    >>> ax = stance_overview(compare.outcomes_vs_targets(data.load_facts()), size="column")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table, ["indicator", "stance", "verdict", "year", "target_year"], "stance_overview"
    )
    with open_frame(ax, lang, size) as frame:
        kinds = table["stance"].where(
            table["stance"].isin(STANCES[:3]),
            table["verdict"].where(table["verdict"] == "not_comparable", ""),
        )
        rows = table[kinds != ""].assign(_stance=kinds[kinds != ""])
        title = findings.stances(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows.drop(columns="_stance"), "stance_overview")
        rows["_domain"] = domains_of(rows)
        order = [name for name in style.DOMAIN_COLORS if name in set(rows["_domain"])]
        order += sorted(set(rows["_domain"]) - set(order))
        counts = pd.crosstab(rows["_domain"], rows["_stance"]).reindex(
            index=order, columns=list(STANCES), fill_value=0
        )
        columns = [name for name in STANCES if name != "not_comparable" or counts[name].any()]
        floors = int((rows["verdict"] == "floor_below_outcome").sum())
        year, aim = (findings.years(rows[column], lang) for column in ("year", "target_year"))
        plain = rows.drop(columns=["_stance", "_domain"])
        frame.foot(source_line(plain, lang))
        key = "chart.stance_overview_floors" if floors else "chart.stance_overview"
        frame.head(title, t(key, lang, year=year, target_year=aim, n=floors))
        small, label = frame.type.small, frame.type.label
        names = [_domain_name(name, lang) for name in order]
        heads = [t(f"chart.stance_{name}", lang) for name in columns]
        tally = {
            (domain, name): int(counts[name].to_numpy()[place])
            for place, domain in enumerate(order)
            for name in STANCES
        }
        heads = [_text.wrap(head, 6.8 * small, small, bold=True, max_lines=2) for head in heads]
        need = [max(2, *(tally[domain, name] for domain in order)) for name in columns]
        top = max(_text.height(head, small) for head in heads) + 0.4 * small
        layout = lay_rows(
            frame,
            names,
            top=top,
            bottom=0.2 * small,
            share=0.26,
            least=1.7 * label,
            gap=0.4,
            most=4.0,
        )
        guides(frame, layout)
        unit, starts = _columns(heads, need, layout.width, small, label)
        unit = min(unit, 0.7 * layout.pitch, 2.2 * label)
        side = 0.8 * unit
        frame.ax.set_xlim(0, layout.width)
        frame.ax.set_xticks([])
        for name, head, x in zip(columns, heads, starts, strict=True):
            tint = style.STANCE_COLORS.get(name, style.MUTED)
            frame.ax.text(
                x,
                -0.4 * small,
                head,
                ha="left",
                va="bottom",
                fontsize=small,
                weight="bold",
                color=style.text_color(tint),
                linespacing=_text.LINE_SPACING,
                gid="heading",
            )
            for domain, y in zip([order[i] for i in layout.shown], layout.y, strict=True):
                count = tally[domain, name]
                part = rows[(rows["_domain"] == domain) & (rows["_stance"] == name)]
                low = int((part["verdict"] == "floor_below_outcome").sum())
                for place in range(count):
                    hollow = name == "not_comparable" or place >= count - low
                    frame.ax.add_patch(
                        _square(x + place * unit, y, side, tint, hollow=hollow, name=name)
                    )
                frame.ax.text(
                    x + count * unit + 0.3 * small,
                    y,
                    str(count),
                    va="center_baseline",
                    ha="left",
                    fontsize=label,
                    weight="bold" if count else "normal",
                    gid=f"{name} value",
                    color=style.text_color(tint) if count else style.MUTED,
                )
        kept = rows["_domain"].isin([order[i] for i in layout.shown])
        items = [
            t(
                "chart.item_stance",
                lang,
                name=_domain_name(domain, lang),
                **{stance: tally[domain, stance] for stance in STANCES[:3]},
            )
            for domain in (order[i] for i in layout.shown)
        ]
        return finish(frame, plain[kept], "stance_overview", items)


def _columns(
    heads: Sequence[str], need: Sequence[int], width: float, small: float, label: float
) -> tuple[float, list[float]]:
    """Side of a square's cell and where each column starts, so that heads and squares fit."""
    after = 1.5 * label  # room for the count behind the squares
    least = [_text.width(head, small, bold=True) + 0.8 * small for head in heads]
    low, high = 0.0, width
    for _ in range(40):
        unit = (low + high) / 2
        total = sum(max(n * unit + after, words) for n, words in zip(need, least, strict=True))
        low, high = (unit, high) if total <= width else (low, unit)
    wide = [max(n * low + after, words) for n, words in zip(need, least, strict=True)]
    spare = max(width - sum(wide), 0.0) / len(wide)
    starts, x = [], 0.0
    for one in wide:
        starts.append(x)
        x += one + spare
    return low, starts


def _square(x: float, y: float, side: float, tint: str, *, hollow: bool, name: str) -> Rectangle:

    inner = side
    return Rectangle(
        (x, y - inner / 2),
        inner,
        inner,
        facecolor=style.PAPER if hollow else tint,
        edgecolor=tint,
        linewidth=max(0.08 * side, 0.6),
        gid=name,
        zorder=2,
    )


def _domain_name(domain: str, lang: str) -> str:
    return domain_name(domain, lang) if domain in style.DOMAIN_COLORS else domain or "–"

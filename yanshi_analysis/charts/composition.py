"""Composition: shares of a whole, one bar a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Frame, Key, finish, open_frame, sentence_only
from yanshi_analysis.charts._rows import Layout, colours, columns_needed, lay_rows, percent_axis
from yanshi_analysis.labels import indicator_name, source_line, t, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PART_COLORS = tuple(
    style.DOMAIN_COLORS[name]
    for name in ("economy", "tourism", "agriculture", "environment", "city", "livelihood")
)


def composition(
    table: pd.DataFrame,
    *,
    whole: str | None = None,
    ax: Axes | None = None,
    lang: str = "en",
    size: str | None = None,
) -> Axes:
    """Draw shares of a whole.

    Parameters
    ----------
    table : pandas.DataFrame
        Fact rows. Without `whole`, rows of measure share (%), each a bar of its own out of 100.
        With `whole`, rows of measure level in one unit: the parts and their whole.
    whole : str, optional
        Indicator that the other indicators are parts of; there is a bar for each region and
        year that states the whole and at least one part. What the parts leave is drawn as the rest.
    ax, lang, size
        As for `growth_dumbbell`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        For an unknown language or size, missing columns, a `whole` the table lacks, or parts that
        exceed their whole by more than 1 %.

    Examples
    --------
    >>> from yanshi_analysis import data
    >>> facts = data.load_facts()
    >>> own = facts[facts["region"] == "410307"]
    >>> ax = composition(own[own["measure"] == "share"], lang="zh", size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        ["indicator", "region", "year", "kind", "measure", "value_base", "unit_base"],
        "composition",
    )
    with open_frame(ax, lang, size) as frame:
        if whole is None:
            return _shares(frame, table, lang)
        return _parts(frame, table, whole, lang)


def _shares(frame: Frame, table: pd.DataFrame, lang: str) -> Axes:
    rows = table[
        (table["measure"] == "share")
        & table["value_base"].notna()
        & table["kind"].isin(["outcome", "target"])
    ].sort_values("value_base", ascending=False, kind="stable")
    title = findings.shares(rows, lang)
    if rows.empty:
        return sentence_only(frame, title, rows, "composition")
    frame.foot(source_line(rows, lang))
    key = [
        Key(
            t(f"chart.{kind}", lang, year=findings.years(rows["year"][rows["kind"] == kind], lang)),
            "s",
            face=style.INK if kind == "outcome" else style.PAPER,
            edge=style.INK,
        )
        for kind in ("outcome", "target")
        if (rows["kind"] == kind).any()
    ]
    frame.head(
        title, t("chart.composition_share", lang, year=findings.years(rows["year"], lang)), key
    )
    names = [findings.share_name(row, lang) for _, row in rows.iterrows()]
    twice = rows["indicator"].duplicated(keep=False) | (rows["year"].nunique() > 1)
    names = [
        t("chart.name_year", lang, name=name, year=findings.years([year], lang)) if again else name
        for name, year, again in zip(names, rows["year"], twice, strict=True)
    ]
    words = [findings.fact_value(row, lang) for _, row in rows.iterrows()]
    label = frame.type.label
    wide = max(_text.width(word, label, bold=True) for word in words)
    low_first = list(-np.abs(rows["value_base"].to_numpy(float)))
    layout = lay_rows(
        frame,
        names,
        priority=low_first,
        right=wide + 0.8 * label,
        least=1.25 * label,
        gap=0.4,
        note="chart.shown_lowest",
    )
    shown = rows.iloc[layout.shown]
    top = max(100.0, float(shown["value_base"].max()))
    percent_axis(frame, (min(0.0, float(shown["value_base"].min())), top), layout.width)
    thick = min(0.62 * layout.pitch, 1.9 * label)
    for y, value, kind, tint in zip(
        layout.y, shown["value_base"], shown["kind"], colours(shown), strict=True
    ):
        frame.ax.barh(
            [y], [100.0], height=thick, color=style.lighten(style.GRID, 0.45), zorder=1, gid="whole"
        )
        frame.ax.barh(
            [y],
            [value],
            height=thick,
            zorder=2,
            gid=str(kind),
            linewidth=0.11 * label,
            **style.mark(str(kind), tint, "bar"),
        )
    for y, place, tint in zip(layout.y, layout.shown, colours(shown), strict=True):
        frame.ax.text(
            frame.fraction_x(frame.width),
            y,
            words[place],
            transform=frame.beside(),
            ha="right",
            va="center_baseline",
            fontsize=label,
            weight="bold",
            color=style.text_color(tint),
            gid="value",
        )
    items = [t("chart.item_value", lang, name=names[i], value=words[i]) for i in layout.shown]
    return finish(frame, shown, "composition", items)


def _computed(table: pd.DataFrame, whole: str) -> pd.DataFrame:
    """Shares of parts in their whole, with the rows they come from."""
    levels = table[(table["measure"] == "level") & table["value_base"].notna()]
    levels = levels[levels["kind"] == "outcome"]
    totals = levels[levels["indicator"] == whole]
    if totals.empty:
        have = ", ".join(sorted(levels["indicator"].unique())) or "no level"
        raise ValueError(f"the table states no level of the whole {whole!r}; it has {have}")
    parts = levels[levels["indicator"] != whole].merge(
        totals[["region", "year", "value_base", "unit_base", "source"]],
        on=["region", "year"],
        suffixes=("", "_whole"),
    )
    odd = parts[parts["unit_base"] != parts["unit_base_whole"]]
    if len(odd):
        row = odd.iloc[0]
        raise ValueError(
            f"{row['indicator']} is in {row['unit_base']} and {whole} in {row['unit_base_whole']}: "
            "a part has the unit of its whole"
        )
    parts = parts[parts["value_base_whole"] > 0]
    parts = parts.assign(
        whole=whole,
        share=100 * parts["value_base"] / parts["value_base_whole"],
    )
    sums = parts.groupby(["region", "year"], as_index=False)["share"].sum()
    for _, total in sums[sums["share"] > 101].iterrows():
        raise ValueError(
            f"the parts of {whole} in {total['region']}, {total['year']} add up to "
            f"{total['share']:.1f} %: leave out those that overlap"
        )
    return parts.rename(columns={"source_whole": "whole_source"})


def _parts(frame: Frame, table: pd.DataFrame, whole: str, lang: str) -> Axes:
    rows = _computed(table, whole)
    title = findings.parts_of_whole(rows, lang)
    if rows.empty:
        return sentence_only(frame, title, rows, "composition")
    order = list(dict.fromkeys(rows["indicator"]))
    tints = dict(zip(order, PART_COLORS * (1 + len(order) // len(PART_COLORS)), strict=False))
    groups = [
        (int(group["year"].iloc[0]), group)
        for _, group in rows.groupby(["region", "year"], sort=True)
    ]
    frame.foot(source_line(rows, lang))
    firsts = rows.drop_duplicates("indicator").set_index("indicator", drop=False)
    key = [Key(findings.name_of(firsts.loc[name], lang), "s", face=tints[name]) for name in order]
    rest = any(group["share"].sum() < 99 for _, group in groups)
    if rest:
        key.append(Key(t("chart.rest", lang), "s", face=style.GRID))
    frame.head(
        title,
        t(
            "chart.composition_whole",
            lang,
            whole=indicator_name(whole, lang),
            year=findings.years(rows["year"], lang),
        ),
        key,
    )
    several = rows["region"].nunique() > 1
    names = []
    for year, group in groups:
        text = findings.years([year], lang)
        if several:
            text = t(
                "chart.name_year", lang, name=findings.region_of(group.iloc[0], lang), year=text
            )
        names.append(text)
    label = frame.type.label
    layout: Layout = lay_rows(
        frame,
        names,
        least=3.0 * label,
        gap=0.6,
        most=11.0,
        right=1.6 * label,
        priority=[float(year) for year, _ in groups],
    )
    percent_axis(frame, (0.0, 100.0), layout.width, zero=False)
    thick = min(0.56 * layout.pitch, 6 * label)
    items = []
    for place, y in zip(layout.shown, layout.y, strict=True):
        _, group = groups[place]
        start, free = 0.0, -1.0
        said: list[str] = []
        for _, row in (
            group.set_index("indicator", drop=False)
            .reindex(order)
            .dropna(subset=["share"])
            .iterrows()
        ):
            share, tint = float(row["share"]), tints[str(row["indicator"])]
            frame.ax.barh(
                [y],
                [share],
                left=start,
                height=thick,
                color=tint,
                zorder=2,
                edgecolor=style.PAPER,
                linewidth=1.2,
                gid="part",
            )
            words = value_label(round(share, 1), "%", lang)
            if _text.width(words, label, bold=True) + 0.5 * label < share / 100 * layout.width:
                frame.ax.text(
                    start + share / 2,
                    y,
                    words,
                    ha="center",
                    va="center_baseline",
                    fontsize=label,
                    weight="bold",
                    color=style.ink_on(tint),
                    gid="value",
                    zorder=3,
                )
            elif start > free and start < 85:
                wide = _text.width(words, frame.type.small) / layout.width * 100
                frame.ax.text(
                    start,
                    y - thick / 2 - 0.2 * label,
                    words,
                    ha="left",
                    va="bottom",
                    fontsize=frame.type.small,
                    color=style.text_color(tint),
                    gid="value",
                    zorder=3,
                )
                free = start + 1.2 * wide
            said.append(f"{findings.name_of(row, lang)} {words}")
            start += share
        if start < 99:
            frame.ax.barh(
                [y], [100 - start], left=start, height=thick, color=style.GRID, zorder=1, gid="rest"
            )
        items.append(f"{names[place]}: " + ", ".join(said))
    shown = pd.concat([groups[place][1] for place in layout.shown])
    return finish(frame, shown, "composition", items)

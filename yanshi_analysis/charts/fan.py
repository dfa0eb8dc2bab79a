"""Fan chart: a history, and a projection with its bands or its scenarios."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from yanshi_analysis import findings, style
from yanshi_analysis.charts import _text
from yanshi_analysis.charts._frame import Frame, Key, finish, open_frame, plain_axes, sentence_only
from yanshi_analysis.charts._place import nice_ticks, spread
from yanshi_analysis.charts._rows import colours, columns_needed, unit_words
from yanshi_analysis.findings import projected
from yanshi_analysis.labels import has, pick, source_line, t, value_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BASES = ("implied_base", "derived_base")
"""Scenarios that are not the future: base years computed from a level and a growth."""

# Hints for those who call the function, such as "(see since=)", say nothing to a chart's reader.
_ASIDE = re.compile(r"\s?[(（][^()（）]*=[^()（）]*[)）]")

_DASHES = ((0, (4, 2)), (0, (1.2, 1.4)), (0, (6, 1.6, 1.2, 1.6)), (0, (8, 3)))


def fan(
    table: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", size: str | None = None
) -> Axes:
    """Draw a projection: history solid, projection dashed and lighter, bands labelled.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `trends.project` for one indicator and region: `year`, `scenario`, `method`, `n`,
        `mean`, `lo80`, `hi80`, `lo95`, `hi95`, `observed`. Scenarios without intervals are drawn
        as lines with their names. Levels are in base units, growth in %.
    ax, lang, size
        As for `growth_dumbbell`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        For an unknown language or size, missing columns, or several indicators or regions.

    Examples
    --------
    >>> import pandas as pd
    >>> nan = float("nan")
    >>> table = pd.DataFrame({
    ...     "indicator": "gdp", "region": "410300", "year": [2019, 2020, 2021, 2022],
    ...     "scenario": ["", "", "", "central"], "method": "damped drift", "n": 3,
    ...     "mean": [1e9, 2e9, 3e9, 4e9], "lo80": [nan, nan, nan, 3e9],
    ...     "hi80": [nan, nan, nan, 5e9], "lo95": [nan, nan, nan, 2e9],
    ...     "hi95": [nan, nan, nan, 6e9], "observed": [True, True, True, False],
    ...     "unit_base": "yuan", "source": "report_2025"})
    >>> ax = fan(table, size="half")
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    columns_needed(
        table,
        [
            "indicator",
            "region",
            "year",
            "scenario",
            "method",
            "n",
            "mean",
            "lo80",
            "hi80",
            "lo95",
            "hi95",
            "observed",
        ],
        "fan",
    )
    with open_frame(ax, lang, size) as frame:
        rows = table[table["mean"].notna()].sort_values(["year", "scenario"], kind="stable")
        for column in ("indicator", "region"):
            if rows[column].nunique() > 1:
                some = ", ".join(map(str, rows[column].unique()[:4]))
                raise ValueError(f"fan draws one {column}, and this table has several: {some}")
        title = findings.projection(rows, lang)
        if rows.empty:
            return sentence_only(frame, title, rows, "fan")
        unit = _unit(rows)
        seen = rows["observed"].astype(bool)
        past = rows[seen].drop_duplicates("year", keep="last")
        base = rows[~seen & rows["scenario"].isin(BASES)].drop_duplicates("year", keep="last")
        ahead = rows[~seen & ~rows["scenario"].isin(BASES)]
        known = pd.concat([past, base]).sort_values("year", kind="stable")
        tint = colours(rows)[0]
        frame.foot(_sources(rows, lang))
        if frame.size != "column":
            _note(frame, ahead)
        frame.head(
            title, _subtitle(rows, past, ahead, unit, lang), _key(past, base, ahead, tint, lang)
        )
        small = frame.type.small
        ends = _ends(frame, ahead, unit, tint)
        below = _text.line_height(small) + 0.6 * small
        values = rows[["mean", "lo80", "hi80", "lo95", "hi95"]].to_numpy(float)
        values = values[np.isfinite(values)]
        low, high = _limits(values)
        most = max(2, int(frame.room / (3.2 * small)))
        ticks = nice_ticks(low, high, min(most, 7))
        words = [value_label(tick, unit, lang) for tick in ticks]
        widest = max((_text.width(word, small) for word in words), default=0.0)
        if frame.size == "column" or widest > 0.2 * frame.width:
            words = [value_label(tick, "" if unit != "%" else unit, lang) for tick in ticks]
        left = max((_text.width(word, small) for word in words), default=0.0) + 0.8 * small
        right = max(
            (_text.width(end[1], small, bold=end[3] == "bold") for end in ends), default=0.0
        )
        right += 1.3 * small
        wide, tall = frame.body(left=left, right=right, bottom=below, top=0.3 * small)
        axes = frame.ax
        plain_axes(frame)
        axes.set_ylim(low, high)
        first, last = int(rows["year"].min()), int(rows["year"].max())
        margin = 0.3 if last - first < 3 else 0.03 * (last - first)
        axes.set_xlim(first - margin, last + margin)
        axes.set_yticks(ticks, words)
        axes.tick_params(axis="y", labelsize=small, pad=0.5 * small, labelcolor=style.MUTED)
        axes.hlines(
            ticks,
            0,
            1,
            transform=axes.get_yaxis_transform(),
            linewidth=0.8,
            zorder=0,
            colors=[style.MUTED if tick == 0 else style.GRID for tick in ticks],
        )
        _years(frame, first, last, wide)
        _bands(frame, known, ahead, tint)
        _lines(frame, past, base, ahead, tint)
        _label_ends(frame, ends, tall, low, high, wide)
        items = [
            t(
                "chart.item_projection",
                lang,
                year=findings.years([row["year"]], lang),
                scenario=_scenario(row, lang),
                value=projected(float(row["mean"]), unit, lang),
            )
            for _, row in ahead[ahead["year"] == last].iterrows()
        ]
        return finish(frame, rows, "fan", items)


def _unit(rows: pd.DataFrame) -> str:
    if "unit_base" in rows.columns:
        return str(rows["unit_base"].iloc[0])
    if "measure" in rows.columns and (rows["measure"] != "level").any():
        return "%"
    return findings.meaning("unit_base").get(str(rows["indicator"].iloc[0]), "")


def _sources(rows: pd.DataFrame, lang: str) -> str:
    named = any(
        name in ("source", "sources") or str(name).endswith("_source") for name in rows.columns
    )
    return source_line(rows, lang) if named else ""


def _note(frame: Frame, ahead: pd.DataFrame) -> None:
    """Say under the chart what the projection's own notes say, each once."""
    if "note" not in ahead.columns:
        return
    stop = "；" if frame.lang == "zh" else "; "
    said = [
        part.strip()
        for note in ahead["note"].dropna().unique()
        for part in _ASIDE.sub("", pick(str(note), frame.lang)).split(stop)
    ]
    text = stop.join(dict.fromkeys(part for part in said if part))
    if text:
        frame.note(text[:1].upper() + text[1:])


def _scenario(row: pd.Series, lang: str) -> str:
    scenario = str(row["scenario"])
    own = row.get(f"scenario_{lang}")
    if isinstance(own, str) and own:
        return own
    for key in (f"scenario.{scenario}", f"trend.scenario_{scenario}", f"chart.scenario_{scenario}"):
        if has(key):
            return t(key, lang)
    return scenario.replace("_", " ")


def _method(row: pd.Series, lang: str) -> str:
    method = str(row["method"])
    for key in (f"method.{method}", f"trend.method_{method}", f"chart.method_{method}"):
        if has(key):
            return t(key, lang)
    return pick(method, lang).replace("_", " ")


def _subtitle(
    rows: pd.DataFrame, past: pd.DataFrame, ahead: pd.DataFrame, unit: str, lang: str
) -> str:
    region = findings.region_of(rows.iloc[0], lang)
    values = {
        "region": region,
        "unit": unit_words(unit, lang),
        "year": findings.years(rows["year"], lang),
        "n": len(past),
    }
    if ahead.empty:
        return t("chart.fan_history", lang, **values)
    methods = list(dict.fromkeys(_method(row, lang) for _, row in ahead.iterrows()))
    counts = ahead["n"].dropna()
    values["n"] = int(counts.max()) if len(counts) else len(past)
    values["method"] = t("finding.comma", lang).join(methods[:3])
    bands = ahead["lo80"].notna().any()
    return t("chart.fan_bands" if bands else "chart.fan_scenarios", lang, **values)


def _key(
    past: pd.DataFrame, base: pd.DataFrame, ahead: pd.DataFrame, tint: str, lang: str
) -> list[Key]:
    key = []
    if len(past):
        key.append(Key(t("chart.history", lang), line="-", edge=tint))
    if len(base):
        key.append(
            Key(
                _scenario(base.iloc[0], lang),
                face=style.lighten(tint, 0.65),
                edge=style.lighten(tint, 0.3),
            )
        )
    if len(ahead):
        dashed = "scenario_lines" if ahead["lo80"].isna().all() else "projected"
        key.append(Key(t(f"chart.{dashed}", lang), line="--", edge=style.lighten(tint, 0.3)))
    return key


def _limits(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    if low == high:
        pad = abs(low) or 1.0
        return (0.0 if low >= 0 else low - pad, high + pad if high >= 0 else 0.0)
    pad = 0.06 * (high - low)
    # A quantity that is near zero anyway starts there.
    bottom = 0.0 if 0 <= low < 0.45 * high else low - pad
    return bottom, high + pad


def _years(frame: Frame, first: int, last: int, wide: float) -> None:
    size = frame.type.small
    each = _text.width("2000", size) + 1.1 * size
    span = max(last - first, 1)
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if wide * step / span >= each), 200)
    ticks = [year for year in range(first, last + 1) if (last - year) % step == 0]
    frame.ax.set_xticks(ticks, [str(year) for year in ticks])
    frame.ax.tick_params(axis="x", labelsize=size, pad=0.4 * size, labelcolor=style.MUTED)


def _joined(known: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """Start a projection at the last year that is known before it."""
    start = known[known["year"] < part["year"].min()].tail(1).copy()
    if start.empty:
        return part
    for column in ("lo80", "hi80", "lo95", "hi95"):
        start[column] = start["mean"]
    joined: pd.DataFrame = pd.concat([start, part])
    return joined


def _bands(frame: Frame, known: pd.DataFrame, ahead: pd.DataFrame, tint: str) -> None:
    for _, part in ahead.groupby("scenario", sort=False):
        for level, share in (("95", 0.82), ("80", 0.66)):
            whole = part[part[f"lo{level}"].notna() & part[f"hi{level}"].notna()]
            if whole.empty:
                continue
            line = _joined(known, whole)
            if len(line) == 1:
                year = float(line["year"].iloc[0])
                frame.ax.plot(
                    [year, year],
                    [line[f"lo{level}"].iloc[0], line[f"hi{level}"].iloc[0]],
                    color=style.lighten(tint, share),
                    linewidth=0.9 * frame.type.label,
                    solid_capstyle="butt",
                    zorder=1,
                    gid=f"band {level}",
                )
                continue
            frame.ax.fill_between(
                line["year"].to_numpy(float),
                line[f"lo{level}"].to_numpy(float),
                line[f"hi{level}"].to_numpy(float),
                color=style.lighten(tint, share),
                linewidth=0,
                zorder=1,
                gid=f"band {level}",
            )


def _lines(
    frame: Frame, past: pd.DataFrame, base: pd.DataFrame, ahead: pd.DataFrame, tint: str
) -> None:
    thick = 0.17 * frame.type.label
    dot = 0.42 * frame.type.label
    if len(past):
        frame.ax.plot(
            past["year"],
            past["mean"],
            color=tint,
            linewidth=thick,
            marker="o",
            markersize=dot,
            markerfacecolor=tint,
            markeredgecolor=tint,
            zorder=4,
            gid="history",
        )
    look = style.mark("projection", tint, "line")
    known = pd.concat([past, base]).sort_values("year", kind="stable")
    if len(base):
        frame.ax.plot(known["year"], known["mean"], **look, linewidth=thick, zorder=2)
        frame.ax.plot(
            base["year"],
            base["mean"],
            marker="o",
            linestyle="none",
            markersize=1.3 * dot,
            markerfacecolor=look["markerfacecolor"],
            markeredgecolor=look["markeredgecolor"],
            zorder=3,
            gid="base",
        )
    for place, (_, part) in enumerate(ahead.groupby("scenario", sort=False)):
        line = _joined(known, part)
        frame.ax.plot(
            line["year"],
            line["mean"],
            **{**look, "linestyle": _DASHES[place % len(_DASHES)]},
            linewidth=thick,
            zorder=3,
            gid="projection",
        )
        tail = part.tail(1)
        frame.ax.plot(
            tail["year"],
            tail["mean"],
            marker="o",
            linestyle="none",
            markersize=dot,
            markerfacecolor=look["markerfacecolor"],
            markeredgecolor=look["markeredgecolor"],
            zorder=3,
        )


def _ends(
    frame: Frame, ahead: pd.DataFrame, unit: str, tint: str
) -> list[tuple[float, str, str, str]]:
    """List what is written right of the last year: place, words, colour, weight."""
    lang, small = frame.lang, frame.type.small
    limit = {"slide": 0.24, "half": 0.27, "column": 0.31}[frame.size] * frame.width
    ends: list[tuple[float, str, str, str]] = []
    groups = list(ahead.groupby("scenario", sort=False))
    for _, part in groups:
        row = part.iloc[-1]
        words = projected(float(row["mean"]), unit, lang)
        name = _scenario(row, lang)
        if len(groups) > 1 or not np.isfinite(float(row["lo80"])):
            words = t("chart.scenario_value", lang, scenario=name, value=words)
        words = _text.wrap(words, limit, small, bold=True, max_lines=3)
        ends.append((float(row["mean"]), words, style.text_color(tint), "bold"))
        if len(groups) == 1:
            edges = [
                (level, float(row[f"{side}{level}"]))
                for level in ("80", "95")
                for side in ("lo", "hi")
                if np.isfinite(float(row[f"{side}{level}"]))
            ]
            bands = [
                t("chart.band", lang, level=level, value=projected(value, unit, lang))
                for level, value in edges
            ]
            if any(_text.width(band, small) > limit for band in bands):
                bands = [t("chart.band_short", lang, level=level) for level, _ in edges]
            ends += [
                (value, band, style.MUTED, "normal")
                for (_, value), band in zip(edges, bands, strict=True)
            ]
    return ends


def _label_ends(
    frame: Frame,
    ends: list[tuple[float, str, str, str]],
    tall: float,
    low: float,
    high: float,
    wide: float,
) -> None:
    small = frame.type.small
    wanted = [(value - low) / (high - low) * tall for value, *_ in ends]
    heights = [_text.height(words, small) for _, words, *_ in ends]
    while ends and sum(heights) > tall + 1.3 * small:  # bands go first where room is short
        place = next((i for i, end in enumerate(ends) if end[3] == "normal"), len(ends) - 1)
        for items in (ends, wanted, heights):
            del items[place]
    centres = spread(wanted, heights, -small, tall + 0.3 * small)
    x = frame.fraction_x(frame.body_left + wide + 0.7 * small)
    for (_, words, tint, weight), centre in zip(ends, centres, strict=True):
        frame.ax.text(
            x,
            low + centre / tall * (high - low),
            words,
            transform=frame.beside(),
            ha="left",
            va="center",
            fontsize=small,
            color=tint,
            weight=weight,
            gid="end",
            linespacing=_text.LINE_SPACING * 0.97,
        )

"""Parts against their wholes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from yanshi_analysis.compare._words import finding, name

__all__ = ["parts_vs_whole"]

_KEYS = ["other_indicator", "year", "kind"]


def parts_vs_whole(
    facts: pd.DataFrame, relations: pd.DataFrame, names: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return parts above their whole, and complete sets of parts that do not make their whole."""
    levels = facts[(facts["measure"] == "level") & facts["kind"].isin(["outcome", "target"])]
    levels = levels[
        [
            *("indicator", "year", "kind", "value_base", "low", "high"),
            *("unit_base", "as_printed", "line", "source"),
        ]
    ]
    related = relations.loc[
        relations["relation"].isin(["part_of", "adds_up_to"]),
        ["relation", "indicator", "other_indicator"],
    ]
    both = related.merge(levels, on="indicator").merge(
        levels.rename(columns={"indicator": "other_indicator"}),
        on=_KEYS,
        suffixes=("", "_whole"),
    )
    both = both[both["unit_base"] == both["unit_base_whole"]].reset_index(drop=True)
    # What is open at one end (超6万户) says nothing about that end: its bound is infinite.
    findings: list[dict[str, Any]] = []
    summed: set[Any] = set()
    sums = both[both["relation"] == "adds_up_to"]
    parts = related.loc[related["relation"] == "adds_up_to", "other_indicator"].value_counts()
    for _, group in sums.groupby(_KEYS):
        whole = group.iloc[0]
        if len(group) < parts[whole["other_indicator"]]:
            continue
        summed.update(group.index)
        if group["low"].sum() > whole["high_whole"] or group["high"].sum() < whole["low_whole"]:
            rows = [row for _, row in group.sort_values("indicator").iterrows()]
            findings.append(_finding(rows, names))
    above = both[(both["low"] > both["high_whole"]) & ~both.index.isin(summed)]
    above = above.drop_duplicates(["indicator", *_KEYS])
    findings += [_finding([row], names) for _, row in above.iterrows()]
    return findings


def _finding(rows: list[pd.Series[Any]], names: pd.DataFrame) -> dict[str, Any]:
    whole = rows[0]
    value, low, high = (
        float(sum(row[end] for row in rows)) for end in ("value_base", "low", "high")
    )
    sum_ = " + ".join(row["as_printed"] for row in rows)
    english, chinese = (
        [name(names, row["indicator"])[language] for row in rows]
        + [name(names, whole["other_indicator"])[language]]
        for language in (0, 1)
    )
    sign = ">" if value > whole["value_base_whole"] else "<"
    return finding(
        "parts_vs_whole",
        "high",
        whole["indicator"],
        int(whole["year"]),
        (
            f"{sum_} ({' + '.join(english[:-1])}) {sign} {whole['as_printed_whole']} "
            f"({english[-1]}).",
            f"{sum_}（{' + '.join(chinese[:-1])}）{sign} {whole['as_printed_whole']}"
            f"（{chinese[-1]}）。",
        ),
        unit=whole["unit_base"],
        stated=float(whole["value_base_whole"]),
        computed=(value, low, high),
        sources=(*(row["source"] for row in rows), whole["source_whole"]),
        lines=(*(row["line"] for row in rows), whole["line_whole"]),
        other=whole["other_indicator"],
    )

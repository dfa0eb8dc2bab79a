"""Figures that a report gives more than once."""

from __future__ import annotations

from typing import Any

import pandas as pd

from yanshi_analysis.compare._words import finding
from yanshi_analysis.compare.facts import records

__all__ = ["restated"]

_PLACE = r"(?:lines?\s*|第\s*)(\d+)"


def restated(facts: pd.DataFrame, excluded: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures that `excluded` lists as repeated.

    Parameters
    ----------
    facts : DataFrame
        Facts of one region.
    excluded : DataFrame
        ``line``, ``number``, ``reason``, ``detail`` and, if there, ``source`` and ``indicator``.
        A ``repeat`` names the line of the figure that it repeats in its detail.
    """
    repeats = excluded[excluded["reason"] == "repeat"].reset_index(drop=True)
    if repeats.empty or facts.empty:
        return []
    repeats = repeats.assign(
        place=pd.to_numeric(repeats["detail"].astype("str").str.extract(_PLACE)[0]),
        repeated=pd.to_numeric(
            repeats["number"].astype("str").str.replace(",", ""), errors="coerce"
        ),
        again=pd.to_numeric(repeats["line"]),
        row=range(len(repeats)),
    )
    figures = facts[facts["kind"].isin(["outcome", "target"]) & facts["line"].notna()]
    figures = figures.assign(place=figures["line"].astype("float64"))
    keys = ["place"] + [key for key in ("source",) if key in repeats]
    named = "indicator" in repeats
    kept = ["row", "repeated", "again", *keys]
    found = figures.merge(
        repeats[kept + ["indicator"] * named].rename(columns={"indicator": "named"}), on=keys
    )
    if named:
        found = found[(found["named"] == "") | (found["named"] == found["indicator"])]
    # Of several figures in that line the one with the same number is meant; else it is only
    # clear which one if there is no other.
    same = found["value"] == found["repeated"]
    alone = ~found["row"].duplicated(keep=False)
    some = same.groupby(found["row"]).transform("any")
    found = found[same | (alone & ~some)].drop_duplicates("row")
    findings = []
    for row in records(found):
        equal = row.value == row.repeated
        number = f"{row.repeated:g}"
        again = f"{int(row.again)}"
        english = f"{row.as_printed} (line {row.line}) is given again as {number} (line {again})"
        chinese = f"{row.as_printed}（第{row.line}行）在第{again}行再次列为{number}"
        if not equal:
            english, chinese = english + ", another number", chinese + "，数值不同"
        elif row.qualifier != "exact":
            english += "; check the qualifier in both places"
            chinese += "；请核对两处限定词"
        findings.append(
            finding(
                f"restated_{row.kind}",
                "low" if equal else "high",
                row.indicator,
                int(row.year),
                (english + ".", chinese + "。"),
                unit=row.unit,
                stated=float(row.value),
                computed=(float(row.repeated),) * 3,
                sources=(row.source,),
                lines=(row.line, again),
            )
        )
    return findings

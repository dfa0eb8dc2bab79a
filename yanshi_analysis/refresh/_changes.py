"""What is new since the last refresh: facts, and targets whose year is over, as ``changes.md``."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["changes", "compare_facts", "came_due", "read_facts", "write_facts"]

KEY = ["indicator", "region", "year", "kind", "measure"]
#: A change in one of these is a revision; in any other column it is a correction of the entry.
SAYS = ["value", "value_high", "unit", "qualifier", "status"]
_FLOATS = ("value", "value_high", "value_base", "low", "high")
_MOST = 400  # rows of one table


def write_facts(facts: pd.DataFrame) -> bytes:
    """Return the facts as CSV for Excel: the state that the next refresh compares with."""
    from yanshi_analysis.export import csv_bytes

    return csv_bytes(facts, bom=True)


def read_facts(content: bytes) -> pd.DataFrame:
    """Read back what `write_facts` wrote, with the types of `load_facts`.

    Raises
    ------
    ValueError
        If it is no such file.
    """
    import pandas as pd

    table = pd.read_csv(
        io.BytesIO(content), dtype="str", keep_default_na=False, encoding="utf-8-sig"
    )
    for name in _FLOATS:
        table[name] = [float(text or "nan") for text in table[name]]
    table["year"] = [int(text) for text in table["year"]]
    for name in ("page", "line"):
        table[name] = pd.array([int(text) if text else None for text in table[name]], "Int64")
    return table


def compare_facts(
    old: pd.DataFrame, new: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, int]:
    """Compare two states of the facts.

    Parameters
    ----------
    old, new : DataFrame
        From `read_facts`.

    Returns
    -------
    added, revised, removed : DataFrame
        Facts of the new state, pairs with the columns of the new state and those of the old
        ending in ``_before``, and facts of the old state; in the order of the facts.
    corrected : int
        How many facts have the same value but another place, spelling, source or note.
    """
    both = new.merge(old, on=KEY, how="outer", suffixes=("", "_before"), indicator=True)
    both = both.sort_values(KEY, kind="stable")
    added = both.loc[both["_merge"] == "left_only", list(new.columns)]
    gone = both[both["_merge"] == "right_only"]
    removed = gone[KEY].assign(
        **{name: gone[f"{name}_before"] for name in new.columns if name not in KEY}
    )
    kept = both[both["_merge"] == "both"]
    differs = _differs(kept, SAYS)
    rest = [name for name in new.columns if name not in (*KEY, *SAYS, *_FLOATS, "unit_base")]
    corrected = int((_differs(kept, rest) & ~differs).sum())
    return (
        added.reset_index(drop=True),
        kept[differs].drop(columns="_merge").reset_index(drop=True),
        removed.reset_index(drop=True),
        corrected,
    )


def _differs(pairs: pd.DataFrame, names: Iterable[str]) -> pd.Series[bool]:
    import pandas as pd

    found = pd.Series(False, index=pairs.index)
    for name in names:
        one, other = pairs[name], pairs[f"{name}_before"]
        found |= ~((one == other).fillna(False) | (one.isna() & other.isna())).astype(bool)
    return found


def came_due(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the attainment of targets whose outcome was not known at the last refresh.

    Parameters
    ----------
    old, new : DataFrame
        From `read_facts`.

    Returns
    -------
    DataFrame
        Rows of `yanshi_analysis.attainment`.
    """
    from yanshi_analysis.compare import attainment

    now = attainment(new, year="all")
    before = attainment(old, year="all")
    keys = ["indicator", "measure", "region", "year"]
    known = set(before[keys].itertuples(index=False, name=None))
    due = [row not in known for row in now[keys].itertuples(index=False, name=None)]
    return now[due].reset_index(drop=True)


def changes(old: pd.DataFrame | None, new: pd.DataFrame) -> str:
    """Return ``changes.md``: the whole in English, then the whole in Chinese.

    Parameters
    ----------
    old : DataFrame or None
        The facts of the last refresh, from `read_facts`; None if there was none.
    new : DataFrame
        The facts of this one.
    """
    parts = [_report(old, new, lang) for lang in ("en", "zh")]
    return "\n---\n\n".join(parts)


def _report(old: pd.DataFrame | None, new: pd.DataFrame, lang: str) -> str:
    from yanshi_analysis.labels import t

    lines = [f"# {t('cli.changes_title', lang)}", ""]
    if old is None:
        lines += [t("cli.changes_first", lang, n=len(new)), ""]
        return "\n".join(lines)
    added, revised, removed, corrected = compare_facts(old, new)
    due = came_due(old, new)
    lines += [
        t("cli.changes_counts", lang, added=len(added), revised=len(revised), removed=len(removed),
          due=len(due)),
        "",
    ]  # fmt: skip
    names = _Names(lang)
    if len(due):
        met = int((due["met"] != "missed").sum())
        lines += [f"## {t('cli.changes_due', lang)}", ""]
        lines += [t("cli.changes_met", lang, met=met, n=len(due)), ""]
        lines += _table(
            [t(f"cli.column_{name}", lang) for name in ("indicator", "region", "year", "target",
                                                         "outcome", "met")],
            (
                [*names.of(row), _said(row, "target", lang), _said(row, "outcome", lang),
                 t(f"met.{row['met']}", lang)]
                for row in due.to_dict("records")
            ),
            lang,
        )  # fmt: skip
    if len(revised):
        lines += [f"## {t('cli.changes_revised', lang)}", ""]
        lines += _table(
            [t(f"cli.column_{name}", lang) for name in ("indicator", "region", "year", "kind",
                                                         "before", "now", "source")],
            (
                [*names.of(row), names.kind(row), _printed(row, lang, "_before"),
                 _printed(row, lang), names.source(row)]
                for row in revised.to_dict("records")
            ),
            lang,
        )  # fmt: skip
    for heading, table in (("added", added), ("removed", removed)):
        if len(table):
            lines += [f"## {t(f'cli.changes_{heading}', lang)}", ""]
            lines += _table(
                [t(f"cli.column_{name}", lang) for name in ("indicator", "region", "year", "kind",
                                                             "value", "source")],
                (
                    [*names.of(row), names.kind(row), _printed(row, lang), names.source(row)]
                    for row in table.to_dict("records")
                ),
                lang,
            )  # fmt: skip
    if corrected:
        lines += [t("cli.changes_corrected", lang, n=corrected), ""]
    return "\n".join(lines)


class _Names:
    """Names by id; an id that the dictionary no longer has stands for itself."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def _name(self, of: str, key: Any) -> str:
        from yanshi_analysis import labels

        try:
            return str(getattr(labels, f"{of}_name")(key, self._lang))
        except ValueError:
            return str(key)

    def of(self, row: dict[Any, Any]) -> list[str]:
        region = self._name("region", row["region"])
        return [self._name("indicator", row["indicator"]), region, str(row["year"])]

    def kind(self, row: dict[Any, Any]) -> str:
        from yanshi_analysis.labels import t

        words = {name: t(f"{name}.{row[name]}", self._lang) for name in ("kind", "measure")}
        return t("cli.kind_measure", self._lang, **words)

    def source(self, row: dict[Any, Any]) -> str:
        return self._name("source", row["source"])


def _printed(row: dict[Any, Any], lang: str, ending: str = "") -> str:
    """Return a fact as printed, in the words of a language where they exist."""
    from yanshi_analysis.labels import printed

    names = ("value", "value_high", "unit", "qualifier", "as_printed", "status", "unit_base")
    fact = {name: row[f"{name}{ending}"] for name in names} | {"measure": row["measure"]}
    try:
        return printed(fact, lang)
    except (ValueError, LookupError):
        high = "" if math.isnan(fact["value_high"]) else f"–{fact['value_high']:g}"
        return str(fact["as_printed"] or f"{fact['value']:g}{high} {fact['unit']}")


def _said(row: dict[Any, Any], side: str, lang: str) -> str:
    """Return one side of a comparison in base units, with its qualifier."""
    from yanshi_analysis.labels import value_label

    try:
        return value_label(
            row[side], row["unit_base"], lang, qualifier=row[f"{side}_qualifier"],
            value_high=row["target_high"] if side == "target" else math.nan,
            signed=row["measure"] == "growth",
        )  # fmt: skip
    except (ValueError, LookupError):
        return f"{row[side]:g} {row['unit_base']}"


def _table(heads: list[str], rows: Iterable[list[str]], lang: str) -> list[str]:
    from yanshi_analysis.labels import t

    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(row)} |" for row in cells[:_MOST]]
    if len(cells) > _MOST:
        lines += ["", t("cli.changes_more", lang, n=len(cells) - _MOST)]
    return [*lines, ""]

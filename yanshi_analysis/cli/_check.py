"""``yanshi check``: validate the data and say what is in them."""

from __future__ import annotations

from typing import Annotated, Any

from yanshi_analysis.cli._common import LANG, Languages, explained, say, words

__all__ = ["check"]

_MOST_ROWS = 15


def check(lang: Annotated[Languages, LANG] = Languages.both) -> None:
    """Validate the data and say what is in them."""
    with explained():
        from yanshi_analysis.data import load_facts, load_indicators, load_revisions

        facts, indicators, revisions = load_facts(), load_indicators(), load_revisions()
        facts = facts.merge(indicators[["indicator", "domain"]], on="indicator", how="left")
        for one in lang.each:
            _describe(facts, revisions, one)


def _describe(facts: Any, revisions: Any, lang: str) -> None:
    """Print the summary tables of the data."""
    from yanshi_analysis.compare import outcomes_vs_targets
    from yanshi_analysis.labels import domain_name, indicator_name, region_name, source_name

    say(
        words(
            "check_title",
            lang,
            n=len(facts),
            indicators=facts["indicator"].nunique(),
            regions=facts["region"].nunique(),
            first=facts["year"].min(),
            last=facts["year"].max(),
        )
    )
    _counts(facts, "source", source_name, "check_sources", lang)
    _counts(facts, "domain", domain_name, "check_domains", lang)
    pairs = outcomes_vs_targets(facts.drop(columns="domain"))
    if len(pairs):
        first = pairs.iloc[0]
        counts = pairs["comparability"].value_counts()
        kinds = {kind: int(counts.get(kind, 0)) for kind in ("strict", "wording", "caveat")}
        say(
            words(
                "check_pairs",
                lang,
                year=first["year"],
                target_year=first["target_year"],
                region=region_name(first["region"], lang),
                **kinds,
            )
        )
    say(words("check_revisions", lang, n=len(revisions)))
    for row in revisions.to_dict("records"):
        say(
            "  "
            + words(
                "check_revision",
                lang,
                indicator=indicator_name(row["indicator"], lang),
                region=region_name(row["region"], lang),
                year=row["year"],
                before=row["as_printed_old"],
                now=row["as_printed_new"],
                source=source_name(row["source_new"], lang),
            )
        )
    say("")


def _counts(facts: Any, column: str, name: Any, title: str, lang: str) -> None:
    """Print how many facts of each kind there are, by source or domain, the most first."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from yanshi_analysis.labels import t

    kinds = [kind for kind in ("outcome", "target", "context") if (facts["kind"] == kind).any()]
    counts = facts.groupby(column)["kind"].value_counts().unstack(fill_value=0)[kinds]
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    rows = [(name(row[0], lang), *row[1:]) for row in counts.itertuples(name=None)]
    if len(rows) > _MOST_ROWS:
        shown, others = rows[: _MOST_ROWS - 1], counts.iloc[_MOST_ROWS - 1 :]
        rows = [*shown, (words("check_others", lang, n=len(others)), *others.sum())]
    table = Table(
        title=words(title, lang), title_justify="left", title_style="bold", box=box.SIMPLE
    )
    table.add_column(words(f"column_{column}", lang), overflow="fold")
    for kind in kinds:
        table.add_column(t(f"kind.{kind}", lang), justify="right")
    table.add_column(words("column_rows", lang), justify="right")
    for key, *numbers in rows:
        table.add_row(key, *map(str, numbers), str(sum(numbers)))
    Console(markup=False, highlight=False).print(table)

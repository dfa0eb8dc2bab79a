"""The page: what a notebook has loaded, what it has shown, and how it shows and saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from yanshi_analysis import compare, findings
from yanshi_analysis.charts import describe
from yanshi_analysis.labels import pick, t
from yanshi_analysis.notebook import _glossary, _html, _save, _statistics, _words
from yanshi_analysis.notebook._help import NotebookError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Page"]

_FINDING = "border-left:4px solid #325BB8;padding:.35em 0 .35em .9em;margin:.8em 0;font-size:1.08em"
_ASIDE = "opacity:.8;margin:.4em 0"


@dataclass(frozen=True, eq=False)
class Page:
    """One notebook, opened by `begin`.

    Attributes
    ----------
    name, lang, region : str
        The notebook's name, the language, the region's code.
    year, target_year : int
        The year of the outcomes and the one after it.
    facts : DataFrame
        All facts (`load_facts`).
    report : DataFrame
        The statistics of the report that looks back on `year`.
    comparison : DataFrame
        Its outcomes against its targets (`compare.outcomes_vs_targets`).
    indicators : DataFrame
        The dictionary's indicators.
    """

    name: str
    lang: str
    region: str
    year: int
    target_year: int
    facts: pd.DataFrame
    report: pd.DataFrame
    comparison: pd.DataFrame
    indicators: pd.DataFrame
    _charts: dict[str, Axes] = field(default_factory=dict, repr=False)
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _listed: list[pd.DataFrame] = field(default_factory=list, repr=False)

    # -- choosing ------------------------------------------------------------------------
    def about(self, table: pd.DataFrame, *subjects: str) -> pd.DataFrame:
        """Return the rows of a table that are about some domains, themes or indicators.

        Parameters
        ----------
        table : DataFrame
            Any table with a column ``indicator``, such as `facts` or `comparison`.
        *subjects : str
            Ids of domains, themes or indicators.

        Returns
        -------
        DataFrame
            Rows in their order, numbered anew.

        Raises
        ------
        NotebookError
            If a subject is none of these; the message lists domains and themes.
        """
        columns = ("domain", "theme", "indicator")
        known = {name for column in columns for name in self.indicators[column]}
        unknown = [name for name in subjects if name not in known]
        if unknown:
            listed = [*self.indicators["domain"].unique(), *self.indicators["theme"].unique()]
            raise NotebookError(
                t(
                    "notebook.no_subject",
                    self.lang,
                    name=", ".join(unknown),
                    known=", ".join(listed),
                )
            )
        chosen = self.indicators[self.indicators[list(columns)].isin(subjects).any(axis=1)]
        return table[table["indicator"].isin(chosen["indicator"])].reset_index(drop=True)

    def pairs(self, *subjects: str, measure: str = "", comparable: bool = False) -> pd.DataFrame:
        """Return outcomes against targets of some domains, themes or indicators.

        Parameters
        ----------
        *subjects : str
            As in `about`; none means all.
        measure : str, optional
            Only ``"level"``, ``"growth"``, ``"share"`` or ``"direction"``.
        comparable : bool, default False
            Leave out pairs of different definitions.

        Returns
        -------
        DataFrame
            Rows of `comparison`.
        """
        rows = self.about(self.comparison, *subjects) if subjects else self.comparison
        if measure:
            rows = rows[rows["measure"] == measure]
        if comparable:
            rows = rows[rows["comparability"] != "caveat"]
        return rows.reset_index(drop=True)

    def doubts(self, *subjects: str) -> pd.DataFrame:
        """Return what does not add up about some domains, themes or indicators.

        Parameters
        ----------
        *subjects : str
            As in `about`; none means all.

        Returns
        -------
        DataFrame
            Rows of `compare.inconsistencies`, the most serious first.
        """
        rows = compare.inconsistencies(self.facts, self.region)
        return self.about(rows, *subjects) if subjects else rows

    def first(self, rows: pd.DataFrame) -> pd.Series | None:
        """Return the first row of a table, or None if it has none."""
        return None if rows.empty else rows.iloc[0]

    def ends(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the first and the last row of a table, if it has any."""
        return rows if len(rows) < 2 else rows.iloc[[0, -1]]

    def words(self, *, en: str, zh: str) -> str:
        """Return the text in the page's language."""
        return {"en": en, "zh": zh}[self.lang]

    # -- telling -------------------------------------------------------------------------
    def say(self, *texts: str, en: str = "", zh: str = "") -> None:
        """Say one finding or several.

        Parameters
        ----------
        *texts : str
            Sentences in the page's language, as those of `yanshi_analysis.findings`. The same
            sentence is said once.
        en, zh : str
            Or a sentence in both languages, of which the page's is said.
        """
        own = {"en": en, "zh": zh}[self.lang]
        said = [_stopped(text, self.lang) for text in dict.fromkeys([*texts, own]) if text]
        if not said:
            self.note(t("notebook.nothing", self.lang))
            return
        lines = "".join(_html.paragraph(text, self.lang, "margin:.25em 0") for text in said)
        _html.display(f'<div style="{_FINDING}">{lines}</div>', "\n".join(said))

    def compared(self, rows: pd.DataFrame) -> None:
        """Say of each target how it stands to its outcome.

        Parameters
        ----------
        rows : DataFrame
            Rows of `comparison`, few enough to be read one by one.
        """
        self.say(*(findings.comparison(row, self.lang) for _, row in rows.iterrows()))

    def note(self, text: str = "", *, en: str = "", zh: str = "") -> None:
        """Say something beside the story, in smaller print; arguments as for `say`."""
        said = _stopped(text or {"en": en, "zh": zh}[self.lang], self.lang)
        _html.display(_html.paragraph(said, self.lang, _ASIDE), said)

    def show(self, ax: Axes, name: str, *, cautions: bool = False) -> None:
        """Show a chart, and keep it for `finish`.

        Parameters
        ----------
        ax : Axes
            A chart of `yanshi_analysis.charts`; its description goes with it. If it has
            no rows, its sentence is said instead.
        name : str
            What the chart is called in its files' names, such as ``"growth"``. A name shown again
            (a cell run twice) replaces the earlier chart.
        cautions : bool, default False
            Also say what the notes of the plotted facts warn of, such as changed boundaries.
        """
        if _save.picture(ax, self.note):
            self._charts[name] = ax
        notes = describe(ax).rows.get("note") if cautions else None
        said = [_warning(str(note), self.lang) for note in ([] if notes is None else notes) if note]
        if said:
            self.note(t("notebook.cautions", self.lang, notes=" ".join(dict.fromkeys(said))))

    def table(
        self,
        rows: pd.DataFrame,
        name: str,
        columns: Sequence[str] | None = None,
        *,
        caption: str = "",
        folded: bool = False,
    ) -> None:
        """Show a table in words, and keep it, with all its columns, for `finish`.

        Parameters
        ----------
        rows : DataFrame
            A tidy table. If it has no rows, that is said instead.
        name : str
            What the table is called in its files' names.
        columns : sequence of str, optional
            Which columns are shown, as in `in_words`; all are saved.
        caption : str, optional
            A heading, in the page's language.
        folded : bool, default False
            Fold the table away under its caption, for long ones.
        """
        if rows.empty:
            self.note(t("notebook.no_rows", self.lang, caption=caption or name))
            return
        shown = _words.in_words(rows, self.lang, columns)
        html = _html.table(
            list(shown.columns),
            shown.to_numpy().tolist(),
            self.lang,
            numeric=_words.numbers(rows, columns),
            caption="" if folded else caption,
            summary=(caption or name) if folded else "",
        )
        _html.display(html, shown.to_string(index=False))
        self._tables[name] = rows

    def statistics(self, *subjects: str) -> None:
        """List all of the report's statistics of some domains or themes, theme by theme.

        Each with its name, the value as printed, how exact it is, its kind, and its place in
        the report. The lists are folded away; a click opens them.

        Parameters
        ----------
        *subjects : str
            Ids of domains, themes or indicators; none means all.
        """
        rows = self.about(self.report, *subjects) if subjects else self.report
        listed = _statistics.show(rows, self.indicators, self.lang)
        self._listed.append(listed)

    def contents(self) -> None:
        """Show how many statistics of each kind the report gives, domain by domain."""
        rows = _statistics.contents(self.report, self.indicators, self.lang)
        self.table(rows, "contents", caption=t("notebook.contents", self.lang))

    def glossary(self, *, everything: bool = False) -> None:
        """Explain the report's shorthand that the statistics shown so far use.

        Parameters
        ----------
        everything : bool, default False
            Explain every term of the glossary instead, folded away.
        """
        shown = pd.concat(self._listed) if self._listed else self.report.iloc[:0]
        _glossary.show(shown, self.facts, self.indicators, self.lang, everything=everything)

    def how_sure(self, rows: pd.DataFrame | None = None, *, en: str = "", zh: str = "") -> None:
        """Say in one line how sure the figures shown are.

        Parameters
        ----------
        rows : DataFrame, optional
            The facts that are meant; by default the statistics listed so far, or all of the
            report's.
        en, zh : str
            What to add, in both languages.
        """
        listed = pd.concat(self._listed) if self._listed else self.report
        shown = listed if rows is None else rows
        extra = {"en": en, "zh": zh}[self.lang]
        said = _statistics.how_sure(shown, self.lang)
        self.note(f"{said} {extra}".strip() if self.lang == "en" else said + extra)

    def finish(self) -> list[Path]:
        """Save every chart and table that was shown, and say where.

        Charts go to ``charts/`` as PNG, SVG, PDF and CSV, tables to ``tables/`` as CSV and one
        XLSX, in the folder ``$YANSHI_OUTPUTS`` or the repository's ``outputs/``; names are
        ``<notebook>_<what>_<lang>``.

        Returns
        -------
        list of Path
            The files.
        """
        tables = dict(self._tables)
        if self._listed:
            tables["statistics"] = pd.concat(self._listed).drop_duplicates(ignore_index=True)
        tables = {what: table for what, table in tables.items() if len(table)}
        files = _save.save(self.name, self.lang, self._charts, tables)
        said = t(
            "notebook.saved",
            self.lang,
            charts=len(self._charts),
            tables=len(tables),
            files=len(files),
            name=self.name,
        )
        self.note(said)
        return files


def _warning(note: str, lang: str) -> str:
    """Return a note in one language, without the mark by which it cuts a series."""
    text = pick(note, lang).removeprefix("break: ")
    return _stopped(text[:1].upper() + text[1:], lang)


def _stopped(text: str, lang: str) -> str:
    """Give a sentence its full stop."""
    if text[-1] in ".。!?！？”":
        return text
    return text + ("." if lang == "en" else "。")

"""The source line of a chart, built from the rows it plots."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from yanshi_analysis.labels._catalogue import check_lang, t
from yanshi_analysis.labels._names import columns, named

if TYPE_CHECKING:
    import pandas as pd


def source_line(
    rows: pd.DataFrame,
    lang: str,
    sources: pd.DataFrame | None = None,
    *,
    places: bool = False,
    most: int = 4,
) -> str:
    """Return the source line of the rows a chart plots.

    Editions of one publication are named once, with their years. If there are more than `most`
    publications, the reports of several regions are named together, then those that most rows come
    from are named and the others counted; the rows that are saved with a chart name them all.

    Parameters
    ----------
    rows : DataFrame
        The plotted rows. Read are ``source``, ``sources`` and every ``…_source`` column (one id, or
        several separated by ``;``) and, with `places`, the ``section`` column beside each.
    lang : str
        ``"en"`` or ``"zh"``.
    sources : DataFrame, optional
        The dictionary's sources, by default `load_sources()`: ``source``, ``name_en``, ``name_zh``,
        ``published``.
    places : bool
        Also say in which sections of each source the numbers stand.
    most : int
        How many publications are named at most.

    Returns
    -------
    str
        Each publication once, the earliest first; ``""`` for no rows.

    Raises
    ------
    ValueError
        If rows name no source, or one the dictionary does not have.

    Examples
    --------
    >>> from yanshi_analysis.data import load_facts
    >>> facts = load_facts()
    >>> source_line(facts[facts["source"] == "report_2025"], "zh")
    '资料来源：洛阳市偃师区政府工作报告（2025年）'
    """
    check_lang(lang)
    if len(rows) == 0:
        return ""
    found, counts = _found(rows)
    if not found:
        raise ValueError("the rows name no source: a column source, …_source or sources is needed")
    table = columns("sources", sources)
    published = dict(zip(table["source"], map(str, table["published"]), strict=True))
    ordered = sorted(found, key=lambda source: (published.get(source, ""), source))
    names = {source: named("source", source, lang, table) for source in ordered}
    groups = _group(ordered, lambda source: _YEAR.sub(_SLOT, names[source]))
    regions: dict[str, str] = {}
    if len(groups) > most:
        regions = _regions(lang)
        groups = _group(ordered, lambda source: _stem(names[source], regions))
    largest = sorted(groups, key=lambda stem: -sum(counts[source] for source in groups[stem]))
    shown = []
    for stem in (stem for stem in groups if stem in largest[:most]):
        editions = groups[stem]
        name = _edition([names[source] for source in editions], regions, lang)
        sections = {section for source in editions for section in found[source]}
        if places and sections and len(editions) == 1:
            name = t("source.places", lang, source=name, sections=_sections(sections, lang))
        shown.append(name)
    line = t("source.separator", lang).join(shown)
    others = sum(len(groups[stem]) for stem in largest[most:])
    if others:
        line = t("source.others", lang, sources=line, n=others)
    return t("source.one" if len(found) == 1 else "source.many", lang, sources=line)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?")
_SLOT = "\N{OBJECT REPLACEMENT CHARACTER}"


def _ids(cell: object) -> Iterable[str]:
    if isinstance(cell, str):
        return (part.strip() for part in cell.split(";"))
    if isinstance(cell, (list, tuple, set, frozenset)):
        return (str(part).strip() for part in cell)
    return ()


def _found(rows: pd.DataFrame) -> tuple[dict[str, set[str]], Counter[str]]:
    """Return the sections each source is quoted from, and how many cells name it."""
    found: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for column in rows.columns:
        name = str(column)
        if name not in ("source", "sources") and not name.endswith("_source"):
            continue
        section = name.removesuffix("source") + "section"
        beside = rows[section] if section in rows.columns else [""] * len(rows)
        for cell, place in zip(rows[column], beside, strict=True):
            for source in filter(None, _ids(cell)):
                places = found.setdefault(source, set())
                counts[source] += 1
                if isinstance(place, str) and place:
                    places.add(place)
    return found, counts


def _group(sources: list[str], stem: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for source in sources:
        groups.setdefault(stem(source), []).append(source)
    return groups


def _regions(lang: str) -> dict[str, str]:
    """Return the region codes by name, longest name first."""
    table = columns("regions")
    pairs = sorted(
        zip(table[f"name_{lang}"], table["region"], strict=True), key=lambda pair: -len(pair[0])
    )
    return dict(pairs)


def _region(name: str, regions: dict[str, str]) -> str:
    """Return the region a publication is named after, at its start or after "of"."""
    return next((one for one in regions if name.startswith(one) or f" of {one}," in name), "")


def _stem(name: str, regions: dict[str, str]) -> str:
    region = _region(name, regions)
    return _YEAR.sub(_SLOT, name.replace(region, _SLOT * 2, 1) if region else name)


def _edition(names: list[str], regions: dict[str, str], lang: str) -> str:
    """Return one name for all editions of a publication, and for its sisters in other regions."""
    name = names[0]
    years = sorted({int(year[0][:4]) for one in names if (year := _YEAR.search(one))})
    if len(years) > 1:
        word = "年" if any("年" in year for year in _YEAR.findall(name)) else ""
        if len(years) == years[-1] - years[0] + 1:
            span = t("number.range", lang, low=years[0], high=years[-1]) + word
        elif len(years) <= 3:
            span = t("source.list", lang).join(map(str, years)) + word
        else:
            span = t("source.editions", lang, first=years[0], last=years[-1], n=len(years))
        name = _YEAR.sub(span, name, count=1)
    quoted = {region for one in names if (region := _region(one, regions))}
    if len(quoted) > 1:
        first = min(quoted, key=lambda region: regions[region])
        sisters = t("source.regions", lang, region=first, n=len(quoted) - 1)
        name = name.replace(_region(names[0], regions), sisters, 1)
    return name


def _sections(sections: set[str], lang: str) -> str:
    """Return sections in the order of the report, three or more in a row as a range."""
    numbered = sorted(tuple(map(int, one.split("."))) for one in sections if _SECTION.match(one))
    runs: list[list[tuple[int, ...]]] = []
    for one in numbered:
        last = runs[-1][-1] if runs else ()
        if len(one) == len(last) and one == (*last[:-1], last[-1] + 1):
            runs[-1].append(one)
        else:
            runs.append([one])
    parts: list[str] = []
    for run in runs:
        shown = [_section(one, lang) for one in run]
        wide = len(run) > 2
        parts += [t("number.range", lang, low=shown[0], high=shown[-1])] if wide else shown
    parts += sorted(one for one in sections if not _SECTION.match(one))
    return t("source.list", lang).join(parts)


_SECTION = re.compile(r"\d{1,2}(\.\d{1,2})*$")
_NUMERALS = "〇一二三四五六七八九十"


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _section(section: tuple[int, ...], lang: str) -> str:
    """Return section 1.3 as ``1.3`` in English and as 一（三） in Chinese."""
    if lang == "en":
        return ".".join(map(str, section))
    head, *rest = map(_numeral, section)
    return head + "".join(f"（{part}）" for part in rest)

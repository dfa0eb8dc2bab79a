"""The one catalogue of words and the two languages it is written in."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

#: The languages every chart, briefing and message can speak.
LANGUAGES = ("en", "zh")


def check_lang(lang: str) -> str:
    """Return `lang` if it is one of the known languages.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"zh"``.

    Raises
    ------
    ValueError
        If the language is not known; the message lists those that are.

    Examples
    --------
    >>> check_lang("zh")
    'zh'
    """
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}; known: {', '.join(LANGUAGES)}")
    return lang


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every entry of ``labels.toml`` by its ``section.key``, read once."""
    text = files("yanshi_analysis").joinpath("labels.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": entry
        for section, entries in tomllib.loads(text).items()
        for key, entry in entries.items()
    }


def has(key: str) -> bool:
    """Tell whether the catalogue holds `key`."""
    return key in catalogue()


def t(key: str, lang: str, **values: object) -> str:
    """Return the words for `key` in a language, with `values` filled in.

    Parameters
    ----------
    key : str
        ``section.key`` of an entry in ``labels.toml``.
    lang : str
        ``"en"`` or ``"zh"``.
    **values
        What the braces of the entry stand for, already worded in that language. If ``n`` is 1 (or
        the text ``"1"``) and the entry has a singular, the singular is taken.

    Returns
    -------
    str
        The words.

    Raises
    ------
    ValueError
        If the language is not known, the catalogue has no such key (the message names similar
        ones), or a value is missing.

    Examples
    --------
    >>> t("kind.target", "zh")
    '目标'
    >>> t("unit.day", "en", n=1), t("unit.day", "en", n=12)
    ('1 day', '12 days')
    """
    check_lang(lang)
    try:
        entry = catalogue()[key]
    except KeyError:
        near = get_close_matches(key, catalogue(), 3) or sorted(
            known for known in catalogue() if known.partition(".")[0] == key.partition(".")[0]
        )
        hint = f"; similar: {', '.join(near)}" if near else ""
        raise ValueError(f"the catalogue of words has no {key!r}{hint}") from None
    one = entry.get(f"{lang}_one") if values.get("n") in (1, "1") else None
    try:
        return (one or entry[lang]).format_map(values)
    except KeyError as error:
        raise ValueError(f"the words for {key!r} need a value for {error.args[0]!r}") from None


def pick(bilingual: str, lang: str) -> str:
    """Return one language of a cell that holds ``English | 中文``.

    Parameters
    ----------
    bilingual : str
        A note, reason or definition; either language may be absent, and then the one that is
        there is returned: better a note in the other language than none.
    lang : str
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> pick("annual capacity | 年设计产能", "zh")
    '年设计产能'
    >>> pick("annual capacity", "zh")
    'annual capacity'
    """
    check_lang(lang)
    english, separator, chinese = bilingual.partition(" | ")
    if not separator:
        stripped = bilingual.strip()
        if stripped.startswith("| "):
            return stripped[2:].strip()
        return stripped.removesuffix(" |")
    wanted, other = (chinese, english) if lang == "zh" else (english, chinese)
    return wanted.strip() or other.strip()

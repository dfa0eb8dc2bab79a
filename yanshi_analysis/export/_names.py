"""File and sheet names that are safe on every system and cannot leave the output folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["file_name", "known", "sheet_names"]

_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
_FORBIDDEN = set('/\\:*?"<>|')
_SHEET_FORBIDDEN = set("[]:*?/\\")
_LONGEST = 200  # bytes, so that an ending and a hidden file's name fit in the usual 255
_LONGEST_SHEET = 31  # characters, Excel's limit


def file_name(name: str) -> str:
    """Return `name` if it is one plain file name without an ending, else say what is wrong.

    Parameters
    ----------
    name : str
        A name such as ``"growth_2024"`` or ``"增速对比"``.

    Returns
    -------
    str
        The name in Unicode's composed form (NFC).

    Raises
    ------
    ValueError
        If the name is empty, too long, hidden, holds a separator, a drive, a control or
        direction character, ends in a dot or space, or is one that Windows keeps for devices.

    Examples
    --------
    >>> from yanshi_analysis.export._names import file_name
    >>> file_name("增速对比")
    '增速对比'
    >>> file_name("../secret")
    Traceback (most recent call last):
        ...
    ValueError: '../secret' cannot be a file name: it holds '/'; use letters, digits, - and _
    """
    if not isinstance(name, str):
        raise ValueError(f"a file name is text, not {type(name).__name__}")
    composed = unicodedata.normalize("NFC", name)
    problem = _problem(composed)
    if problem:
        raise ValueError(f"{name!r} cannot be a file name: {problem}; use letters, digits, - and _")
    return composed


def _problem(name: str) -> str:
    """Say what is wrong with a file name, or nothing."""
    if not name.strip():
        return "it is empty"
    for character in name:
        if character in _FORBIDDEN:
            return f"it holds {character!r}"
        # Cc control, Cf format (right-to-left override), Cs lone surrogates, Zl/Zp line breaks
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            return f"it holds the invisible character U+{ord(character):04X}"
    if name[0] in ". ":
        return "it begins with a dot or a space"
    if name[-1] in ". ":
        return "it ends in a dot or a space"
    if name.split(".")[0].strip().casefold() in _RESERVED:
        return "Windows keeps that name for a device"
    if len(name.encode()) > _LONGEST:
        return f"it is longer than {_LONGEST} bytes"
    return ""


def sheet_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    r"""Check names of worksheets against Excel's rules.

    Parameters
    ----------
    names : iterable of str
        The sheets wanted.
    taken : iterable of str, optional
        Names that are already used.

    Returns
    -------
    list of str
        The same names.

    Raises
    ------
    ValueError
        If a name is empty, over 31 characters, holds one of ``[ ] : * ? / \``, begins or ends
        with an apostrophe, is Excel's own ``History``, or is used twice (case does not count).
    """
    seen = {name.casefold() for name in taken}
    checked: list[str] = []
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise ValueError("a sheet needs a name")
        bad = [c for c in name if c in _SHEET_FORBIDDEN or unicodedata.category(c) == "Cc"]
        if bad:
            raise ValueError(f"{name!r} cannot name a sheet: it holds {bad[0]!r}")
        if len(name) > _LONGEST_SHEET:
            raise ValueError(f"{name!r} cannot name a sheet: over {_LONGEST_SHEET} characters")
        if name[0] == "'" or name[-1] == "'" or name.casefold() == "history":
            raise ValueError(f"{name!r} cannot name a sheet in Excel")
        if name.casefold() in seen:
            raise ValueError(f"two sheets are called {name!r}")
        seen.add(name.casefold())
        checked.append(name)
    return checked


def known(value: str, allowed: Iterable[str], what: str) -> str:
    """Return `value` if it is one of `allowed`.

    Parameters
    ----------
    value : str
        The option given.
    allowed : iterable of str
        The options there are.
    what : str
        What the option is, for the message.

    Returns
    -------
    str
        `value`.

    Raises
    ------
    ValueError
        If it is none of them; the message lists them.
    """
    options = list(allowed)
    if value not in options:
        raise ValueError(f"unknown {what} {value!r}; known: {', '.join(options)}")
    return value

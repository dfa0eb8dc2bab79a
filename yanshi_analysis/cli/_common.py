"""What all commands share: languages, words, and errors that explain themselves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

import typer

__all__ = ["FAILED", "LANG", "Languages", "explained", "say", "words"]

#: Exit codes, beside 0 for success and 2 for a wrong option.
FAILED, NOTEBOOK_FAILED, BUSY, STOPPED = 1, 3, 4, 130


class Languages(StrEnum):
    """What ``--lang`` may be."""

    both = "both"
    en = "en"
    zh = "zh"

    @property
    def each(self) -> tuple[str, ...]:
        """The languages that it stands for."""
        return ("en", "zh") if self is Languages.both else (self.value,)


def say(text: str, *, error: bool = False) -> None:
    """Print a line, or say it on the error stream."""
    typer.echo(text, err=error)


def words(key: str, lang: str, **values: object) -> str:
    """Return an entry of the section ``cli`` of the catalogue of words."""
    from yanshi_analysis.labels import t

    return t(f"cli.{key}", lang, **values)


@contextmanager
def explained() -> Iterator[None]:
    """Turn every error into its words, in both languages, and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a console that cannot show a character shows a mark
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        say("\n".join(words("stopped", lang) for lang in ("en", "zh")), error=True)
        raise typer.Exit(STOPPED) from None
    except Exception as error:
        if os.environ.get("YANSHI_DEBUG"):
            raise
        say(_said(error), error=True)
        raise typer.Exit(_code(error)) from None


def _said(error: Exception) -> str:
    """Return what to say of an error: its own words if it is one of ours."""
    if type(error).__module__.startswith("yanshi_analysis."):
        said = str(error)
        return said.replace(" | ", "\n") if said.count(" | ") == 1 else said
    if type(error) is ValueError:  # this package's way of saying what is known
        return str(error)
    said = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return "\n".join(words("unexpected", lang, error=said) for lang in ("en", "zh"))


def _code(error: Exception) -> int:
    from yanshi_analysis.refresh import NotebooksFailed, RefreshRunning

    if isinstance(error, NotebooksFailed):
        return NOTEBOOK_FAILED
    return BUSY if isinstance(error, RefreshRunning) else FAILED


LANG = typer.Option(help="Language of the results. 结果的语言。")

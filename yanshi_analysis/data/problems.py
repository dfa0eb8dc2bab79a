"""What can be wrong with a workbook, said so that the person who made it can mend it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple


@cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """Return the words of the workbooks: ``column`` (header comments) and ``problem``."""
    text = files("yanshi_analysis.data").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Problem(NamedTuple):
    """One thing that is wrong, where, and what to do; both texts are "English | 中文"."""

    workbook: str
    sheet: str
    cell: str
    problem: str
    remedy: str
    code: str


def problem(code: str, workbook: str, sheet: str = "", cell: str = "", **values: object) -> Problem:
    """Return the `Problem` of this code, its message filled with `values`."""
    text = words()["problem"][code]
    english, chinese = text["en"].format_map(values), text["zh"].format_map(values)
    remedy = f"{text['remedy_en']} | {text['remedy_zh']}"
    return Problem(workbook, sheet, cell, f"{english} | {chinese}", remedy, code)


class DataError(Exception):
    """Everything that is wrong with the data, in one error.

    Attributes
    ----------
    problems : list of Problem
        Workbook, sheet, cell, problem, remedy and code of each, in reading order.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return all problems as text, in English and Chinese."""
        count = len(self.problems)
        lines = [
            f"{count} problem{'s' if count != 1 else ''} in the data; nothing was written. | "
            f"数据中发现 {count} 处问题，未写入任何文件。"
        ]
        for found in self.problems:
            place = " › ".join(part for part in found[:3] if part)
            english, _, chinese = found.problem.rpartition(" | ")
            remedy, _, chinese_remedy = found.remedy.rpartition(" | ")
            lines.append(f"  {place}: {english}. To do: {remedy}.")
            lines.append(f"      {chinese}。处理办法：{chinese_remedy}。")
        return "\n".join(lines)


def hint(name: str, known: Iterable[str]) -> dict[str, str]:
    """Return "did you mean" in both languages, or empty texts when nothing is near."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    if not near:
        return {"hint_en": "", "hint_zh": ""}
    return {"hint_en": f"; did you mean {near[0]}?", "hint_zh": f"，是否应为 {near[0]}？"}

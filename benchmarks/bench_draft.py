"""The draft beside tools that read numbers from Chinese text, on real reports and in one run.

Usage: python benchmarks/bench_draft.py [FOLDER OF TEXTS]

The texts are those read by hand in tests/data/gold_*.csv, and the 2025 report. A tool that is
not installed is left out and said to be. Every tool gets the same lines on one core; quantulum3,
made for English, gets blanks around the digits, without which it finds nothing in Chinese.

found   share of the statistics whose number the tool gives, as printed or multiplied out
unit    share of the statistics whose number and unit it gives
false   what it gives that is no statistic, of all it gives
"""

from __future__ import annotations

import csv
import math
import os
import re
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "data"
SHARED = Path(os.environ.get("YANSHI_SHARED", ROOT.parent / "shared"))

# What a tool gives: line, value, unit ("" if it gives none).
Found = tuple[int, float, str]
Tool = Callable[[list[str]], Iterable[Found]]

_MAGNITUDE = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3}
_NAMES = {
    "Chinese yuan": "元", "CNY": "元", "United States dollar": "美元", "percentage": "%",
    "Kilometer": "公里", "Mu": "亩", "Metric ton": "吨", "Square meter": "平方米",
    "Square kilometer": "平方公里", "Year": "岁", "Kilowatt": "千瓦", "Meter": "米",
}  # fmt: skip


def ours(path: Path) -> Tool:
    from yanshi_analysis.draft import draft_facts

    draft_facts(path)  # what is made once (the dictionary, patterns) is not counted

    def run(lines: list[str]) -> Iterable[Found]:
        table = draft_facts(path)
        for row in table.itertuples():
            yield int(row.line), float(row.value), str(row.unit)

    return run


def jionlp() -> Tool:
    import jionlp as jio

    def run(lines: list[str]) -> Iterable[Found]:
        for number, line in enumerate(lines, 1):
            for one in jio.ner.extract_money(line, with_parsing=True) or ():
                value = one["detail"]["num"]
                value = value[0] if isinstance(value, list) else value
                yield number, float(value), str(one["detail"]["case"])

    return run


def cn2an() -> Tool:
    from cn2an import transform

    def run(lines: list[str]) -> Iterable[Found]:
        for number, line in enumerate(lines, 1):
            try:
                text = transform(line, "cn2an")
            except (ValueError, KeyError, IndexError):
                text = line
            for match in re.finditer(r"\d+(?:\.\d+)?(%?)", text):
                yield number, float(match[0].rstrip("%")), match[1]

    return run


def quantulum() -> Tool:
    from quantulum3 import parser

    def run(lines: list[str]) -> Iterable[Found]:
        for number, line in enumerate(lines, 1):
            spaced = re.sub(r"(\d+(?:\.\d+)?)", r" \1 ", line)
            try:
                found = parser.parse(spaced)
            except (KeyError, ValueError, IndexError, AttributeError, RecursionError):
                continue
            for one in found:
                yield number, float(one.value), _NAMES.get(one.unit.name, "")

    return run


def recognizers() -> Tool:
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    def run(lines: list[str]) -> Iterable[Found]:
        for number, line in enumerate(lines, 1):
            taken: set[int] = set()
            for recognize in (recognize_percentage, recognize_currency, recognize_dimension):
                for one in recognize(line, Culture.Chinese):
                    value = str((one.resolution or {}).get("value") or "").rstrip("%")
                    if value:
                        taken.update(range(one.start, one.end + 1))
                        unit = "%" if recognize is recognize_percentage else one.resolution["unit"]
                        yield number, float(value), _NAMES.get(unit, unit)
            for one in recognize_number(line, Culture.Chinese):
                value = str((one.resolution or {}).get("value") or "")
                if value and one.start not in taken:
                    yield number, float(value), ""

    return run


TOOLS: dict[str, Callable[[], Tool]] = {
    "JioNLP": jionlp,
    "cn2an": cn2an,
    "quantulum3": quantulum,
    "Recognizers-Text": recognizers,
}


def sizes(value: float, unit: str) -> tuple[float, ...]:
    """Return a figure as printed and multiplied out."""
    for word, factor in _MAGNITUDE.items():
        if unit.startswith(word):
            return abs(value), abs(value) * factor
    return (abs(value),)


def plain_unit(unit: str) -> str:
    for word in _MAGNITUDE:
        if unit.startswith(word) and unit not in ("千瓦", "千瓦时"):
            return unit.removeprefix(word)
    return unit


def score(found: list[Found], gold: list[dict[str, str]]) -> tuple[float, float, float]:
    at: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        at[one[0]].append(one)
    used: set[int] = set()
    numbers = units = wanted = 0
    for row in sorted(gold, key=lambda one: one.get("optional") == "yes"):
        optional = row.get("optional") == "yes"
        wanted += not optional
        targets = sizes(float(row["value"]), row["unit"])
        line = int(row["line"])
        near = [
            one
            for place in (line, line - 1, line + 1, line - 2, line + 2)
            for one in at[place]
            if id(one) not in used
            and any(
                math.isclose(abs(one[1]), size, rel_tol=1e-9, abs_tol=1e-12) for size in targets
            )
        ]
        if not near:
            continue
        names = {plain_unit(name) for name in row["unit"].split("/")} | {plain_unit(row["unit"])}
        best = next((one for one in near if plain_unit(one[2]) in names), near[0])
        used.add(id(best))
        if not optional:
            numbers += 1
            units += plain_unit(best[2]) in names
    false = len(found) - len(used)
    return numbers / wanted, units / wanted, false / max(1, len(found))


def texts(folder: Path) -> list[tuple[str, Path, list[dict[str, str]]]]:
    chosen = []
    for file in sorted(GOLD.glob("gold_*.csv")):
        name = file.stem.removeprefix("gold_")
        path = folder / f"{name}.txt"
        if path.is_file():
            with file.open(encoding="utf-8") as lines:
                chosen.append((name, path, list(csv.DictReader(lines))))
    own = sorted((SHARED / "report").glob("*.txt"))
    if own:
        from yanshi_analysis.data import load_facts

        facts = load_facts(superseded=True).query("source == 'report_2025'")
        rows = [
            {"line": str(row.line), "value": str(row.value), "unit": str(row.unit)}
            for row in facts.itertuples()
        ]
        chosen.append(("the 2025 report", own[0], rows))
    return chosen


def main() -> int:
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "reports_sample"
    chosen = texts(folder)
    if not chosen:
        print(f"no texts in {folder}; give their folder")
        return 1
    made: dict[str, Tool | None] = {}
    for name, make in TOOLS.items():
        try:
            made[name] = make()
        except Exception as error:
            made[name] = None
            print(f"{name} left out: {type(error).__name__}: {error}")
    print(f"{'text':<20} {'tool':<18} {'found':>7} {'unit':>7} {'false':>7} {'characters/s':>13}")
    for title, path, gold in chosen:
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        for name, tool in {"draft_facts": ours(path), **made}.items():
            if tool is None:
                continue
            begun = time.process_time()
            found = list(tool(lines))
            took = time.process_time() - begun
            number, unit, false = score(found, gold)
            speed = len(text) / max(took, 1e-9)
            print(
                f"{title:<20} {name:<18} {number:>7.1%} {unit:>7.1%} {false:>7.1%} {speed:>13,.0f}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

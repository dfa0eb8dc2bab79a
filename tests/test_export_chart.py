"""A chart as PNG, SVG, PDF and CSV: its size, its words, its bytes."""

from __future__ import annotations

import csv
import io
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from pypdf import PdfReader

from yanshi_analysis import charts, load_facts, outcomes_vs_targets
from yanshi_analysis.export import save_chart
from yanshi_analysis.style import SIZES, use_style

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def growth() -> pd.DataFrame:
    pairs = outcomes_vs_targets(load_facts())
    return pairs[pairs["measure"] == "growth"]


@pytest.fixture(params=["en", "zh"])
def chart(request: pytest.FixtureRequest, growth: pd.DataFrame) -> Iterator[Axes]:
    with use_style(request.param, "half"):
        yield charts.growth_dumbbell(growth, lang=request.param)


def _png_chunks(content: bytes) -> dict[bytes, list[bytes]]:
    chunks: dict[bytes, list[bytes]] = {}
    at = 8
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        chunks.setdefault(kind, []).append(content[at + 8 : at + 8 + size])
        at += 12 + size
    return chunks


def test_a_chart_is_saved_in_every_format_with_its_rows(chart: Axes, tmp_path: Path) -> None:
    paths = save_chart(chart, "增速", tmp_path / "new")
    assert [path.name for path in paths] == ["增速.png", "增速.svg", "增速.pdf", "增速.csv"]
    assert all(path.parent == tmp_path / "new" and path.stat().st_size for path in paths)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(
        path.name for path in paths
    )


def test_only_what_is_asked_for_is_written(chart: Axes, tmp_path: Path) -> None:
    paths = save_chart(chart, "a", tmp_path, formats=["svg", "svg"], rows=False)
    assert [path.name for path in paths] == ["a.svg"]


def test_the_named_size_is_kept_whatever_the_users_settings(chart: Axes, tmp_path: Path) -> None:
    with mpl.rc_context({"savefig.bbox": "tight", "savefig.dpi": 50, "svg.fonttype": "none"}):
        png, svg, pdf = save_chart(chart, "a", tmp_path, rows=False)
    size = SIZES["half"]
    header = _png_chunks(png.read_bytes())
    width, height = struct.unpack(">II", header[b"IHDR"][0][:8])
    assert (width, height) == (round(size.width * 300), round(size.height * 300))
    per_metre = struct.unpack(">II", header[b"pHYs"][0][:8])
    assert per_metre == (11811, 11811)
    box = PdfReader(pdf).pages[0].mediabox
    assert float(box.width) == pytest.approx(size.width * 72, abs=0.5)
    root = ElementTree.parse(svg).getroot()
    assert root.get("width") == f"{size.width * 72:g}pt"
    assert not list(root.iter(f"{SVG}text"))


def test_title_and_alt_text_are_inside_and_no_date_is(chart: Axes, tmp_path: Path) -> None:
    info = charts.describe(chart)
    png, svg, pdf, _ = save_chart(chart, "a", tmp_path)
    chunks = _png_chunks(png.read_bytes())
    texts = b"\n".join(chunks.get(b"iTXt", []) + chunks.get(b"tEXt", []))
    encoding = "latin-1" if b"iTXt" not in chunks else "utf-8"
    assert info.alt.encode(encoding, "ignore") in texts or info.alt.encode() in texts
    assert b"tIME" not in chunks
    root = ElementTree.parse(svg).getroot()
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == info.title
    assert root.findtext(f"{SVG}desc") == info.alt
    assert b"dc:date" not in svg.read_bytes()
    metadata = PdfReader(pdf).metadata
    assert metadata is not None
    assert metadata.title == info.title
    assert metadata.subject == info.alt
    assert metadata.creation_date is None


def test_text_of_a_pdf_can_be_copied(chart: Axes, tmp_path: Path) -> None:
    (pdf,) = save_chart(chart, "a", tmp_path, formats=["pdf"], rows=False)
    page = PdfReader(pdf).pages[0]
    text = "".join(page.extract_text().split())
    assert "5.8" in text
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    assert {str(font.get_object()["/Subtype"]) for font in fonts.values()} <= {
        "/Type0",
        "/TrueType",
    }


def test_the_rows_are_those_plotted(chart: Axes, tmp_path: Path) -> None:
    *_, path = save_chart(chart, "a", tmp_path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    plotted = charts.describe(chart).rows
    assert [row["indicator"] for row in rows] == plotted["indicator"].tolist()
    assert [float(row["outcome"]) for row in rows] == plotted["outcome"].tolist()


def test_the_same_chart_gives_the_same_bytes_again(chart: Axes, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in save_chart(chart, "a", tmp_path / "1")]
    second = [path.read_bytes() for path in save_chart(chart, "a", tmp_path / "2")]
    assert first == second


_SCRIPT = """
import sys
import matplotlib
matplotlib.use("agg")
from yanshi_analysis import charts, load_facts, outcomes_vs_targets
from yanshi_analysis.export import save_chart
from yanshi_analysis.style import use_style
with use_style("zh", "half"):
    pairs = outcomes_vs_targets(load_facts())
    ax = charts.growth_dumbbell(pairs[pairs["measure"] == "growth"], lang="zh")
    save_chart(ax, "a", sys.argv[1])
"""


def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(tmp_path / seed)],
            env=_environment(seed),
            check=True,
            cwd=ROOT,
        )
    for path in sorted((tmp_path / "1").iterdir()):
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


def _environment(seed: str) -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"Etc/GMT-{seed}"}


def test_a_chart_of_someone_elses_is_saved_without_rows(tmp_path: Path) -> None:
    _, ax = plt.subplots()
    ax.plot([1, 2])
    ax.set_title("Mine & <yours>")
    paths = save_chart(ax, "mine", tmp_path)
    assert [path.suffix for path in paths] == [".png", ".svg", ".pdf"]
    root = ElementTree.parse(paths[1]).getroot()
    assert root.findtext(f"{SVG}desc") == "Mine & <yours>"


@pytest.mark.parametrize("formats", [[], ["gif"], ["png", "PNG"], "png"])
def test_an_unknown_format_is_said_before_anything_is_written(
    chart: Axes, tmp_path: Path, formats: list[str]
) -> None:
    with pytest.raises(ValueError, match="format"):
        save_chart(chart, "a", tmp_path / "out", formats=formats)
    assert not (tmp_path / "out").exists()


def test_a_name_cannot_leave_the_folder(chart: Axes, tmp_path: Path) -> None:
    for name in ("../a", "/tmp/a", "a/b", "con"):
        with pytest.raises(ValueError, match="file name"):
            save_chart(chart, name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_drawing_leaves_the_old_files(
    chart: Axes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = save_chart(chart, "a", tmp_path)
    before = [path.read_bytes() for path in paths]
    figure = chart.get_figure(root=True)
    assert figure is not None
    draw = figure.savefig

    def broken(out: io.BytesIO, format: str, **options: object) -> None:
        if format == "pdf":
            raise RuntimeError("no ink")
        draw(out, format=format, dpi=20)

    monkeypatch.setattr(figure, "savefig", broken)
    with pytest.raises(RuntimeError, match="no ink"):
        save_chart(chart, "a", tmp_path)
    assert [path.read_bytes() for path in paths] == before
    assert len(list(tmp_path.iterdir())) == len(paths)

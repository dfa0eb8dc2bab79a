from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.font_manager import FontEntry, FontProperties, fontManager

from yanshi_analysis import style
from yanshi_analysis.labels import LANGUAGES

PACKAGE = Path(style.__file__).resolve().parents[1]
SIZES = list(style.SIZES)


# --- fonts -----------------------------------------------------------------------------------


def test_the_fonts_are_small_and_carry_their_licence():
    for name in style.FONT_FILES:
        assert style.font_path(name).stat().st_size < 3_000_000
        assert style.font_path(name).read_bytes()[:4] == b"\x00\x01\x00\x00", "TrueType, not CFF"
    licence = style.font_path("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence.upper()


def gb2312() -> str:
    pairs = (bytes(pair) for pair in itertools.product(range(0xA1, 0xF8), range(0xA1, 0xFF)))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


@pytest.mark.parametrize("file", style.FONT_FILES[:2])
def test_both_weights_hold_gb2312_without_any_fallback(file):
    from matplotlib.font_manager import get_font

    held = get_font(str(style.font_path(file))).get_charmap()
    characters = gb2312()
    assert len(characters) == 7445
    assert [c for c in characters if ord(c) not in held] == []


def test_symbols_of_such_reports():
    assert style.missing_glyphs("₂₅−³²±≥≤→▲▼●○·…μµⅢ％°℃‰①㎡“”‘’—–、，。（）《》×÷\u3000") == ""


def test_names_of_places():
    from yanshi_analysis.data import load_regions

    names = "瀍河回族区 汜水 鄠邑 埇桥 硚口 猇亭 涢水 浉河 甪直 垟 勠 槃 埗"
    assert style.missing_glyphs(names + "".join(load_regions()["name_zh"])) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_every_character_of_the_sample_reports_is_really_drawn(shared, lang, weight):
    """Draw each character alone; a box for a missing glyph would be a warning, and so an error."""
    texts = sorted(shared.glob("reports_sample/*.txt")) + sorted(shared.glob("report/*.txt"))
    assert texts
    characters = sorted(set("".join(path.read_text(encoding="utf-8") for path in texts)) - {"\n"})
    assert style.missing_glyphs("".join(characters)) == ""
    cell, columns = 24, 60
    rows = math.ceil(len(characters) / columns)
    with style.use_style(lang):
        figure = plt.figure(figsize=(columns * cell / 72, rows * cell / 72), dpi=72)
        spots = [divmod(place, columns) for place in range(len(characters))]
        for character, (row, column) in zip(characters, spots, strict=True):
            x, y = column * cell + 4, (rows - 1 - row) * cell + 8
            figure.text(x, y, character, transform=None, weight=weight, fontsize=14)
        style.check_figure(figure)
        figure.canvas.draw()
        ink = np.asarray(figure.canvas.buffer_rgba())[..., 0] < 224
    blank = [
        character
        for character, (row, column) in zip(characters, spots, strict=True)
        if not character.isspace()
        and not ink[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell].any()
    ]
    assert blank == []


def test_a_character_the_fonts_lack_is_named_before_drawing():
    with pytest.raises(style.MissingGlyphError, match=r"𠀀 \(U\+20000\) in the title: '偃师𠀀'"):
        style.check_glyphs("偃师𠀀", "title")
    with pytest.raises(style.MissingGlyphError, match=r"cannot draw U\+0007"):
        style.check_glyphs("bell\a")
    assert style.check_glyphs("two\nlines") == "two\nlines"


def test_the_texts_of_a_figure_are_checked():
    with style.use_style("zh"):
        figure, ax = plt.subplots()
        ax.set_xlabel("偃师区")
        style.check_figure(figure)
        ax.set_xlabel("𠀀")
        with pytest.raises(style.MissingGlyphError, match="U\\+20000"):
            style.check_figure(figure)
        ax.xaxis.label.set_visible(False)
        style.check_figure(figure)


def test_chinese_made_outside_the_style_is_noticed():
    figure = plt.figure()
    figure.text(0, 0, "偃师")
    with pytest.raises(style.MissingGlyphError, match=r"make the chart inside use_style\(\)"):
        style.check_figure(figure)


def test_our_fonts_are_taken_before_any_of_the_same_name(monkeypatch):
    ours = {"normal": "NotoSansSC-Regular.ttf", "bold": "NotoSansSC-Bold.ttf"}
    other = str(Path(mpl.get_data_path(), "fonts/ttf/DejaVuSans.ttf"))
    installed = [
        FontEntry(fname=other, name=name, style="normal", weight=weight, size="scalable")
        for name in ("Noto Sans SC", "DejaVu Sans")
        for weight in (400, 700)
    ]
    monkeypatch.setattr(fontManager, "ttflist", installed)
    style.register_fonts()
    style.register_fonts()
    assert len(fontManager.ttflist) == len(installed) == 4 + len(style.FONT_FILES)
    for weight, file in ours.items():
        found = fontManager.findfont(FontProperties(family=["Noto Sans SC"], weight=weight))
        assert Path(found) == style.font_path(file)
    fontManager._findfont_cached.cache_clear()


NO_SYSTEM_FONTS = """
import warnings; warnings.simplefilter("error")
import matplotlib; matplotlib.use("agg")
import matplotlib.font_manager as fm
import matplotlib.pyplot as plt
own = matplotlib.get_data_path()
fm.fontManager.ttflist[:] = [f for f in fm.fontManager.ttflist if f.fname.startswith(own)]
from yanshi_analysis.style import use_style
for lang in ("en", "zh"):
    with use_style(lang, "column"):
        figure = plt.figure()
        figure.text(0.1, 0.5, "偃师区 PM₂.₅ −1.2 ±3 m³ ≥ 10% “about”")
        figure.text(0.1, 0.2, "偃师区 PM₂.₅", weight="bold")
        figure.add_axes((0.2, 0.6, 0.6, 0.3)).plot([1, 2], [3, 4], marker="o")
        for kind in ("png", "svg", "pdf"):
            figure.savefig(f"{folder}/{lang}.{kind}", metadata={"Date": None} if kind == "svg" else
                           {"CreationDate": None} if kind == "pdf" else None)
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Path:
    """Draw the same in a process that has no fonts but matplotlib's and ours."""
    folder = tmp_path_factory.mktemp("bare")
    code = f"folder = {str(folder)!r}\n" + NO_SYSTEM_FONTS
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    return folder


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pdf_text_can_be_copied_and_is_type_42(bare, lang):
    from pypdf import PdfReader

    page = PdfReader(bare / f"{lang}.pdf").pages[0]
    text = page.extract_text()
    assert "偃师区 PM₂.₅ −1.2 ±3 m³ ≥ 10%" in text
    fonts = page["/Resources"]["/Font"]
    kinds = {
        fonts[name].get_object()["/DescendantFonts"][0].get_object()["/Subtype"] for name in fonts
    }
    assert kinds == {"/CIDFontType2"}, "TrueType, embedded as it is"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_svg_text_is_paths(bare, lang):
    svg = (bare / f"{lang}.svg").read_text(encoding="utf-8")
    assert "<text" not in svg and "<path" in svg


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_two_processes_draw_the_same_bytes(bare, lang, kind, tmp_path):
    code = f"folder = {str(tmp_path)!r}\n" + NO_SYSTEM_FONTS
    if not list(tmp_path.iterdir()):
        environment = {
            **os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONHASHSEED": "7",
        }  # fmt: skip
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert (bare / f"{lang}.{kind}").read_bytes() == (tmp_path / f"{lang}.{kind}").read_bytes()


def test_english_quotation_marks_are_narrow():
    """In the Chinese face a quotation mark is as wide as a character."""
    widths = {}
    for lang in LANGUAGES:
        with style.use_style(lang):
            figure = plt.figure()
            text = figure.text(0, 0, "’" * 10)
            widths[lang] = text.get_window_extent(figure.canvas.get_renderer()).width
    assert widths["en"] < 0.45 * widths["zh"]


# --- settings --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_block_restores_what_it_changed(lang, size):
    before = dict(mpl.rcParams)
    with style.use_style(lang, size):
        assert mpl.rcParams["font.family"] == list(style.FONTS[lang])
        assert tuple(mpl.rcParams["figure.figsize"]) == style.SIZES[size][:2]
        assert dict(mpl.rcParams) != before
    assert dict(mpl.rcParams) == before


def test_a_block_restores_after_an_error_and_when_nested():
    before = dict(mpl.rcParams)
    with pytest.raises(ZeroDivisionError), style.use_style("zh"), style.use_style("en", "half"):
        _ = 1 / 0
    assert dict(mpl.rcParams) == before


def test_a_plain_call_holds_until_it_is_closed():
    before = dict(mpl.rcParams)
    held = style.use_style("zh", size="column")
    assert mpl.rcParams["savefig.dpi"] == 300
    held.close()
    assert dict(mpl.rcParams) == before


def test_it_leaves_alone_what_it_does_not_set():
    with style.use_style():
        mpl.rcParams["image.cmap"] = "gray"
    assert mpl.rcParams["image.cmap"] == "gray"
    mpl.rcParams["image.cmap"] = mpl.rcParamsDefault["image.cmap"]


def test_unknown_names_list_the_known():
    with pytest.raises(ValueError, match="unknown language 'de'; known: en, zh"):
        style.use_style("de")
    with pytest.raises(ValueError, match="unknown size 'poster'; known: slide, half, column"):
        style.use_style(size="poster")
    with pytest.raises(ValueError, match="unknown domain 'sport'; known: economy"):
        style.domain_color("sport")
    with pytest.raises(ValueError, match="unknown role 'dream'"):
        style.mark("dream")
    with pytest.raises(ValueError, match="unknown kind 'cloud'"):
        style.mark("target", kind="cloud")


def test_a_dollar_is_a_dollar_and_a_minus_a_minus():
    with style.use_style("zh"):
        figure, ax = plt.subplots()
        text = ax.text(0, 0, "价格 $5 与 $6")
        ax.set_ylim(-3, 3)
        figure.canvas.draw()
        assert not text.get_parse_math()
        assert "−2" in [label.get_text() for label in ax.get_yticklabels()]


def test_the_second_use_is_cheap():
    import time

    style.use_style().close()
    start = time.perf_counter()
    for _ in range(50):
        style.use_style("zh", "half").close()
    assert (time.perf_counter() - start) / 50 < 0.02


# --- colours ---------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
BLIND = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(color: str) -> np.ndarray:
    rgb = np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Ottosson (2020): a space where distances are about equally visible everywhere."""
    to_cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_cones @ np.clip(rgb, 0, 1))


def lightness(color: str) -> float:
    return 116 * math.cbrt(style.luminance(color)) - 16


@pytest.mark.parametrize("palette", [style.DOMAIN_COLORS, style.STANCE_COLORS])
@pytest.mark.parametrize("eyes", BLIND)
def test_colours_differ_for_every_reader(palette, eyes):
    for one, other in itertools.combinations(palette, 2):
        seen = [oklab(BLIND[eyes] @ linear(palette[name])) for name in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 0.09, (one, other)


@pytest.mark.parametrize("palette", [style.DOMAIN_COLORS, style.STANCE_COLORS])
def test_colours_differ_in_greyscale(palette):
    for one, other in itertools.combinations(palette, 2):
        assert abs(lightness(palette[one]) - lightness(palette[other])) > 5.5, (one, other)


def test_contrast():
    for ink in (style.INK, style.MUTED):
        assert style.contrast(ink) >= 4.5
    for color in (*style.DOMAIN_COLORS.values(), *style.STANCE_COLORS.values()):
        assert style.contrast(color) >= 3, "areas and lines (WCAG 2.2, 1.4.11)"
        assert style.contrast(style.text_color(color)) >= 4.5
        assert style.contrast(style.ink_on(color), color) >= 4.5
        light = style.lighten(color, 0.65)
        assert style.contrast(style.ink_on(light), light) >= 4.5


def test_every_domain_of_the_dictionary_has_a_colour():
    from yanshi_analysis.data import load_domains

    assert set(load_domains()["domain"]) == set(style.DOMAIN_COLORS)


# --- roles -----------------------------------------------------------------------------------


@pytest.mark.parametrize("color", list(style.DOMAIN_COLORS.values()))
def test_outcomes_are_filled_targets_hollow_projections_dashed_and_lighter(color):
    outcome, target, projection = (
        style.mark(role, color, "bar") for role in ("outcome", "target", "projection")
    )
    assert outcome["facecolor"] == color and target["facecolor"] == style.PAPER
    assert target["edgecolor"] == color
    assert style.luminance(projection["facecolor"]) > style.luminance(color)
    assert outcome["linestyle"] == "-" and projection["linestyle"] != "-"
    lines = style.mark("outcome", color, "line"), style.mark("projection", color, "line")
    assert lines[0]["linestyle"] == "-" and lines[1]["linestyle"] != "-"
    assert style.luminance(lines[1]["color"]) > style.luminance(color)


@pytest.mark.parametrize("role", ["outcome", "target", "projection"])
def test_looks_are_taken_by_matplotlib(role):
    _, ax = plt.subplots()
    ax.bar([0], [1], **style.mark(role, kind="bar"))
    ax.barh([0], [1], **style.mark(role, kind="bar"))
    ax.plot([0, 1], [0, 1], **style.mark(role, kind="line"))
    ax.plot([0, 1], [0, 1], **style.mark(role))
    ax.scatter([0, 1], [0, 1], **style.mark(role, kind="scatter"))

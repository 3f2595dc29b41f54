"""The recipe of the committed fonts: fetch the originals, prepare them, prove the result.

    python fonts/prepare.py                 fetch, prepare and write every face; compare with FONTS.toml
    python fonts/prepare.py --only kai-400.ttf --out /tmp/try
    python fonts/prepare.py --check         fetch nothing: the committed files against FONTS.toml

FONTS.toml says what is taken from where and what becomes of it; this file says how. It is run by a
maintainer who changes a face, never at set-up. The bytes come out the same with the tool versions in
FONTS.toml [tools]. It needs npm, apt-get and dpkg-deb, and uharfbuzz, fonttools and brotli.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]

#: Blocks of unified ideographs (Unicode 15); the twelve among the compatibility ones are not counted.
HANZI_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2EBEF), (0x30000, 0x323AF))
#: Name records carried over untouched: copyright, version, trademark, makers, addresses, licence.
KEPT_NAMES = frozenset({0, 5, 7, 8, 9, 11, 12, 13, 14})
#: Tables without a use in a static face on paper; STAT and Apple's would speak of the old name.
DROPPED_TABLES = ("STAT", "FFTM", "morx", "feat", "prop", "bsln", "gasp", "prep", "fpgm", "cvt ")
WINDOWS_ENGLISH = (3, 1, 0x409)


class RecipeError(Exception):
    """The originals, the tools or the result are not what FONTS.toml says."""


# --- reading -------------------------------------------------------------------------------------


def sha256(data: bytes) -> str:
    """The hash as FONTS.toml writes it, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_rows() -> Row:
    """FONTS.toml as it is."""
    return tomllib.loads((HERE / "FONTS.toml").read_text(encoding="utf-8"))


def read_characters(path: Path) -> list[str]:
    """The characters of a list file: one a line, lines with # first are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def gb2312() -> set[int]:
    """Every character of GB/T 2312, from Python's own codec."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            found.update(map(ord, text))
    return found


def charset(rules: Row) -> set[int]:
    """The characters a subset face keeps: GB 2312, the 8105, and the blocks of [charset]."""
    wanted = gb2312()
    wanted.update(ord(char) for char in read_characters(HERE / rules["list"]))
    for first, last in rules["blocks"]:
        wanted.update(range(int(first, 16), int(last, 16) + 1))
    return wanted


def is_hanzi(code: int) -> bool:
    """Whether a code point is a unified ideograph."""
    return any(first <= code <= last for first, last in HANZI_BLOCKS)


# --- fetching ------------------------------------------------------------------------------------


def run(command: list[str], folder: Path) -> bytes:
    """What a command prints, run in `folder`; RecipeError with its own words if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise RecipeError(f"{' '.join(command)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def fetch(source: str, folder: Path) -> Path:
    """Bring `npm:NAME@VERSION` or `deb:NAME=VERSION` into `folder` as a tar file; once per source."""
    tar = folder / f"{sha256(source.encode())[:16]}.tar"
    if tar.exists():
        return tar
    kind, _, package = source.partition(":")
    print(f"  fetching {source}", flush=True)
    if kind == "npm":
        name = run(["npm", "pack", "--silent", package], folder).decode().split()[-1]
        tar.write_bytes(gzip.decompress((folder / name).read_bytes()))
    elif kind == "deb":
        deb = fetch_deb(package, folder)
        tar.write_bytes(run(["dpkg-deb", "--fsys-tarfile", str(deb)], folder))
    else:
        raise RecipeError(f"{source}: neither npm: nor deb:")
    return tar


def fetch_deb(package: str, folder: Path) -> Path:
    """The package file of `NAME=VERSION`, brought into `folder`."""
    run(["apt-get", "download", package], folder)
    found = sorted(folder.glob(f"{package.partition('=')[0]}_*.deb"))
    if not found:
        raise RecipeError(f"{package}: no package file came")
    return found[-1]


def member(source: str, path: str, folder: Path) -> bytes:
    """The bytes of one file of a package."""
    with tarfile.open(fetch(source, folder)) as tar:
        taken = tar.extractfile(path)
        if taken is None:
            raise RecipeError(f"{source}: {path} is no file")
        return taken.read()


def original(row: Row, folder: Path) -> bytes:
    """The original bytes of a row, unpacked if the row says so, checked against its hash."""
    data = member(row["source"], row["source_path"], folder)
    if row.get("unpack") == "gzip":
        data = gzip.decompress(data)
    if sha256(data) != row["original_sha256"]:
        raise RecipeError(f"{row['source_path']}: the original's sha256 is {sha256(data)}")
    return data


# --- preparing -----------------------------------------------------------------------------------


def prepare_face(row: Row, data: bytes, wanted: set[int], vertical: Row) -> bytes:
    """A prepared face of `row` from the original bytes; `unmodified` rows come back as they are."""
    if row["how"] == "unmodified":
        return data
    decoded = decode_woff2(data) if data[:4] == b"wOF2" else data
    shaved = subset(decoded, wanted if row["how"] == "subset" else None)
    return rename(shaved, row, vertical)


def decode_woff2(data: bytes) -> bytes:
    """Plain TrueType from woff2 (half a minute for a whole Chinese face)."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    font.flavor = None
    return saved(font)


def subset(data: bytes, wanted: set[int] | None) -> bytes:
    """Leave `wanted` (None: everything), every layout feature and script, `.notdef`; no hinting."""
    plan = hb.SubsetInput()
    if wanted is None:
        plan.keep_everything()
    else:
        plan.unicode_set.update(wanted)
        for kept in (plan.layout_feature_tag_set, plan.layout_script_tag_set, plan.name_id_set):
            kept.clear()
            kept.invert()
    plan.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    done: bytes = hb.subset(hb.Face(hb.Blob(data)), plan).blob.data
    return done


def rename(data: bytes, row: Row, vertical: Row) -> bytes:
    """Give the face its one family name, regular style, and the shared ascent and descent."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    for tag in DROPPED_TABLES:
        if tag in font:
            del font[tag]
    set_names(font, row)
    set_metrics(font, vertical)
    font["head"].macStyle = 0
    font["OS/2"].fsSelection = 1 << 6  # REGULAR: the family has one face
    font["OS/2"].usWeightClass = row["weight"]
    return saved(font)


def set_names(font: TTFont, row: Row) -> None:
    """Names of the row, one family and style; the makers' and licence's records stay."""
    old = font["name"]
    version_text = old.getDebugName(5) or "Version 1"
    fresh = newTable("name")
    fresh.names = []
    for number in sorted(KEPT_NAMES):
        if text := old.getDebugName(number):
            fresh.setName(text, number, *WINDOWS_ENGLISH)
    named = {
        1: row["family"],
        2: "Regular",
        3: f"{version_text};{row['postscript_name']}",
        4: row["family"],
        6: row["postscript_name"],
        10: f"Modified from {row['original_name']}: {row['done_en']}.",
    }
    for number, text in named.items():
        fresh.setName(text, number, *WINDOWS_ENGLISH)
    font["name"] = fresh


def set_metrics(font: TTFont, vertical: Row) -> None:
    """hhea, typo and win alike, so that a run of another face does not open the line."""
    scale = font["head"].unitsPerEm / 1000
    ascent, descent = round(vertical["ascent"] * scale), round(vertical["descent"] * scale)
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = ascent, descent, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, -descent


def saved(font: TTFont) -> bytes:
    """The font's bytes, with its own time stamp and bounds."""
    font.recalcBBoxes = False
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def prepare_list(data: bytes) -> bytes:
    """通用规范汉字表 in its own order, from the field kTGH of Unihan (year:number)."""
    numbered: dict[int, str] = {}
    for line in bz2.decompress(data).decode("utf-8").splitlines():
        code, _, rest = line.partition("\tkTGH\t")
        if rest and code.startswith("U+"):
            numbered[int(rest.partition(":")[2])] = chr(int(code[2:], 16))
    if sorted(numbered) != list(range(1, 8106)):
        raise RecipeError("kTGH does not number 1 to 8105")
    head = (
        "# 通用规范汉字表（2013），8105 字，按字表序号排列，每行一字；一级 1–3500，二级 3501–6500，三级 6501–8105。\n"
        "# Extracted and reordered from the field kTGH of the Unicode Han Database; "
        "see FONTS.toml and licences/Unicode.txt.\n"
    )
    return (head + "".join(f"{numbered[n]}\n" for n in range(1, 8106))).encode()


# --- checking ------------------------------------------------------------------------------------


def coverage(data: bytes, tongyong: Iterable[str]) -> dict[str, int]:
    """How many Han characters a face has, and how many of the 8105."""
    codes = set(hb.Face(hb.Blob(data)).unicodes)
    return {
        "hanzi": sum(map(is_hanzi, codes)),
        "of_8105": sum(ord(char) in codes for char in tongyong),
    }


def faults(row: Row, data: bytes, tongyong: list[str]) -> list[str]:
    """What differs between the bytes of a file and its row, in words."""
    found: list[str] = []
    if sha256(data) != row["sha256"]:
        found.append(f"{row['file']}: sha256 {sha256(data)}")
    if "family" in row:
        for key, count in coverage(data, tongyong).items():
            if count != row[key]:
                found.append(f"{row['file']}: {key} = {count}, FONTS.toml says {row[key]}")
    return found


def tool_faults(tools: Row) -> list[str]:
    """Tools of another version than the bytes were made with: a warning, since they may agree."""
    return [
        f"{name} is {version(name)}, the committed bytes were made with {made}"
        for name, made in tools.items()
        if version(name) != made
    ]


def all_rows(table: Row) -> list[Row]:
    """Every file of the folder that the recipe makes: the list first, for the faces need it."""
    return [*table["data"], *table["licence"], *table["face"]]


def check(table: Row) -> list[str]:
    """What differs between the files beside this one and FONTS.toml."""
    tongyong = read_characters(HERE / table["charset"]["list"])
    found: list[str] = []
    for row in all_rows(table):
        path = HERE / row["file"]
        found += faults(row, path.read_bytes(), tongyong) if path.is_file() else [f"{path}: missing"]
    return found


def make(table: Row, out: Path, only: str | None) -> list[str]:
    """Fetch and prepare into `out`; what differs from FONTS.toml."""
    found: list[str] = []
    tongyong: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        for row in all_rows(table):
            if only and row["file"] != only:
                continue
            data = original(row, Path(temporary))
            if row.get("how") == "kTGH":
                data = prepare_list(data)
            elif "family" in row:
                tongyong = tongyong or read_characters(HERE / table["charset"]["list"])
                data = prepare_face(row, data, charset(table["charset"]), table["vertical"])
            target = out / row["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            print(f"{row['file']}  {len(data):,} bytes", flush=True)
            found += faults(row, data, tongyong)
    return found


def main(arguments: list[str] | None = None) -> int:
    """0 when the files agree with FONTS.toml, else 1 with every difference told."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare the committed files")
    parser.add_argument("--out", type=Path, default=HERE, help="where to write (default: fonts/)")
    parser.add_argument("--only", help="one file of FONTS.toml")
    options = parser.parse_args(arguments)
    table = read_rows()
    try:
        if options.check:
            found = check(table)
        else:
            for warning in tool_faults(table["tools"]):
                print(f"warning: {warning}", file=sys.stderr)
            found = make(table, options.out, options.only)
    except RecipeError as error:
        found = [str(error)]
    print("\n".join(found) if found else "fonts agree with FONTS.toml", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

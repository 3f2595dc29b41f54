"""What came of a build, in a form that does not depend on who built it: the one that ``same_bytes`` compares.

Findings of any schema of the report become rows with the same keys (``rows``); the finished files become hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

PPI = 100
"""Resolution at which a PDF is drawn: that of the PNGs which a build writes."""
COLUMNS = ("check", "severity", "page", "place", "zh", "en", "hint_zh", "hint_en")


def rows(
    zh: Sequence[Mapping[str, Any]], en: Sequence[Mapping[str, Any]], folders: Sequence[Path]
) -> list[dict[str, Any]]:
    """The findings of one build, told in Chinese and in English, in their common form; *folders* go out of the paths.

    Takes what schema 1 of the report holds, and what a later one may: sentences in both languages under one key, a
    place as a table, a page under another name.
    """
    return [_row(one, other, folders) for one, other in zip(zh, en, strict=True)]


def _row(zh: Mapping[str, Any], en: Mapping[str, Any], folders: Sequence[Path]) -> dict[str, Any]:
    def plain(value: object) -> str | None:
        text = None if value is None else str(value)
        for folder in folders:
            text = text.replace(f"{folder}/", "") if text else text
        return text

    return {
        "check": zh["check"],
        "severity": str(zh["severity"]).lower(),
        "page": next((zh[key] for key in ("page", "page_no") if zh.get(key) is not None), None),
        "place": plain(_place(zh.get("place"))),
        "zh": plain(_sentence(zh, ("message", "sentence"), "zh")),
        "en": plain(_sentence(en, ("message", "sentence"), "en")),
        "hint_zh": plain(_sentence(zh, ("hint",), "zh")),
        "hint_en": plain(_sentence(en, ("hint",), "en")),
    }


def _sentence(finding: Mapping[str, Any], keys: Sequence[str], lang: str) -> object:
    value = next((finding[key] for key in keys if key in finding), None)
    return value.get(lang) if isinstance(value, Mapping) else value


def _place(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    parts = [value.get(key) for key in ("file", "line", "column")]
    return ":".join(str(part) for part in parts if part is not None)


def files_of(out: Path) -> dict[str, str]:
    """The hash of every file in *out* but the reports, by name."""
    files = sorted(out.glob("*")) if out.is_dir() else []
    return {file.name: _hash(file.read_bytes()) for file in files if not file.name.endswith("report.json")}


def look(out: Path) -> dict[str, Any]:
    """What the files in *out* show: the hash of each picture and each page's pixels, and of a PDF's objects by kind."""
    pixels: dict[str, list[str]] = {}
    objects: dict[str, dict[str, str]] = {}
    for name in files_of(out):
        if name.endswith(".png"):
            with Image.open(out / name) as image:
                pixels[name] = [_picture(image)]
        elif name.endswith(".pdf"):
            pixels[name] = _drawn(out / name)
            objects[name] = _objects(out / name)
    return {"pixels": pixels, "objects": objects}


def _drawn(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [_picture(page.render(scale=PPI / 72).to_pil()) for page in document]


def _picture(image: Image.Image) -> str:
    return _hash(f"{image.mode} {image.size}".encode() + image.tobytes())


def _objects(file: Path) -> dict[str, str]:
    """How many objects of each kind a PDF has, and the hash of them all; where one refers to another does not count."""
    found: dict[str, list[bytes]] = defaultdict(list)
    with pikepdf.open(file) as pdf:
        contents = {part.objgen for page in pdf.pages for part in _listed(page.obj.get("/Contents"))}
        for each in pdf.objects:
            kind = "page contents" if each.objgen in contents else _kind(each)
            found[kind].append(_flat(each))
        found["trailer"].append(b"".join(sorted(key.encode() for key in pdf.trailer)))
    return {kind: f"{len(each)} {_hash(b''.join(sorted(each)))}" for kind, each in sorted(found.items())}


def _listed(contents: Any) -> list[Any]:
    """The streams of a page's contents, one or several."""
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _kind(each: Any) -> str:
    """Its type and subtype; of a stream without them its keys; else what it is."""
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return type(each).__name__.lower()
    named = [str(each[key]) for key in ("/Type", "/Subtype") if key in each]
    if isinstance(each, pikepdf.Dictionary):
        return " ".join(named) or "dictionary"
    return "stream " + (" ".join(named) or " ".join(sorted(key for key in each if key != "/Length")[:4]) or "plain")


def _flat(each: Any) -> bytes:
    """The object as it is written, references to others without their numbers."""
    if isinstance(each, pikepdf.Stream):
        head = b" ".join(_entry(key, value) for key, value in sorted(each.items()))
        return _plain(head) + hashlib.sha256(each.read_raw_bytes()).digest()
    return _plain(each.unparse(resolved=True) if isinstance(each, pikepdf.Object) else repr(each).encode())


def _entry(key: str, value: Any) -> bytes:
    """One entry of a stream's dictionary; a number, which pikepdf has made Python's own, without its key."""
    return key.encode() + b" " + value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


def _plain(written: bytes) -> bytes:
    return re.sub(rb"\b\d+ \d+ R\b", b"R", written)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

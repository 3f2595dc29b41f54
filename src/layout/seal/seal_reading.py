"""Reads the seal of a build, ``<issue>.seal.json``, which ``seal_json`` writes. docs/seal.schema.json describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from layout.errors import Message, Place, SourceError
from layout.flows import Flow
from layout.geometry import Box
from layout.json_values import JsonValue
from layout.preflight.geometry_reading import BoxJson, GeometryJson, read_geometry
from layout.preflight.object_hashes import PageObjects, PageObjectsJson
from layout.preflight.page_geometry import PageGeometry
from layout.preflight.page_look import LookJson, read_look
from layout.press.profile_values import profile_of
from layout.seal.digests import digest_of_json
from layout.seal.file_written import FileWritten
from layout.seal.model import (
    Seal,
    SealedFace,
    SealedPage,
    SealedParagraph,
    SealedPart,
    SealedPicture,
    SealedSource,
    SourceKind,
)
from layout.seal.seal_json import SCHEMA, texts_of

MAX_BYTES = 64 * 1024 * 1024
"""Of a seal that is read: one of sixteen pages has two million."""


class SealError(SourceError):
    """A seal that cannot be read, or was changed by hand."""


class _SourceJson(TypedDict):
    kind: SourceKind
    file: str
    sha256: str
    story: NotRequired[str]
    copy: NotRequired[str]


class _ParagraphJson(BoxJson):
    flow: str
    number: int
    text: str


class _PictureJson(BoxJson):
    id: str
    file: str
    sha256: str


class _FaceJson(TypedDict):
    name: str
    sha256: str


class _PartJson(TypedDict):
    number: int
    title: str
    width: float
    height: float
    copy: str
    paragraphs: Sequence[_ParagraphJson]
    pictures: Sequence[_PictureJson]
    fonts: Sequence[_FaceJson]
    press: str
    icc_sha256: str
    painted_sha256: str


class _CharactersJson(TypedDict):
    copy: int
    set: int
    page: int


class _PageJson(TypedDict):
    number: int
    sha256: str
    part: _PartJson
    characters: _CharactersJson
    faults: Sequence[str]
    objects: PageObjectsJson
    geometry: GeometryJson
    reads: Sequence[str]
    look: LookJson | None


class _FileJson(TypedDict):
    name: str
    bytes: int
    sha256: str


class _NamedJson(TypedDict):
    name: str
    sha256: str


class _PressJson(TypedDict):
    name: str
    icc_sha256: str
    profile: Mapping[str, JsonValue]


class SealJson(TypedDict):
    """A seal as its file holds it."""

    schema: int
    issue: str
    title: str
    date: str
    complete: bool
    program: str
    versions: Mapping[str, str]
    design: _NamedJson
    press: _PressJson
    sources: Sequence[_SourceJson]
    pages: Sequence[_PageJson]
    files: Sequence[_FileJson]
    sha256: str


def _with_texts(geometry: PageGeometry, reads: Sequence[str]) -> PageGeometry:
    read = [
        None if known is None else replace(known, text=text)
        for known, text in zip(texts_of(geometry), reads, strict=True)
    ]
    paragraphs = tuple(replace(each, printed=own) for each, own in zip(geometry.paragraphs, read, strict=False))
    return replace(geometry, paragraphs=paragraphs, rest=read[-1])


def read_seal(path: Path) -> Seal:
    """The seal in the file *path*. Raises ``SealError`` where there is none, or none that holds."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(path)
        found: SealJson = json.loads(path.read_bytes())
        if found["schema"] != SCHEMA:
            raise _refused(path, "是别的版本写的", "was written by another version of the program")
        own = {key: value for key, value in found.items() if key != "sha256"}
        seal, whole = _read(found), digest_of_json(cast("JsonValue", own)) == found["sha256"]
    except FileNotFoundError:
        raise _refused(path, "不存在", "does not exist") from None
    except _UNREADABLE as error:
        raise _refused(path, "读不出", "cannot be read") from error
    if not whole or any(
        page["sha256"] != known.part.sha256 for page, known in zip(found["pages"], seal.pages, strict=True)
    ):
        raise _refused(path, "被改过，哈希对不上", "was changed: its hash does not fit")
    return seal


def _refused(path: Path, zh: str, en: str) -> SealError:
    return SealError(
        Message(f"封印文件{zh}。", f"The seal {en}."),
        place=Place(str(path)),
        hint=Message(
            "封印随成品一起写出：排在别的文件夹的，指明那个文件夹（sign 用 -o）；没有就再 build 一次。",
            "The seal is written with the output: name its folder (with sign: -o), or build once more.",
        ),
    )


_UNREADABLE = (
    OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError,
)  # fmt: skip
"""What a file raises that holds no seal, or holds what no build has written."""


def _read(found: SealJson) -> Seal:
    return Seal(
        issue=str(found["issue"]),
        title=str(found["title"]),
        date=str(found["date"]),
        program=str(found["program"]),
        design=str(found["design"]["name"]),
        design_sha256=str(found["design"]["sha256"]),
        press=profile_of(found["press"]["profile"]),
        icc=str(found["press"]["icc_sha256"]),
        sources=tuple(
            SealedSource(each["kind"], each["file"], each["sha256"], each.get("story", ""), each.get("copy", ""))
            for each in found["sources"]
        ),
        pages=tuple(_read_page(each) for each in found["pages"]),
        files=tuple(FileWritten(each["name"], int(each["bytes"]), each["sha256"]) for each in found["files"]),
        versions=dict(found["versions"]),
        complete=bool(found["complete"]),
    )


def _read_page(page: _PageJson) -> SealedPage:
    part, characters, objects = page["part"], page["characters"], page["objects"]
    return SealedPage(
        part=SealedPart(
            number=int(part["number"]),
            title=str(part["title"]),
            width=float(part["width"]),
            height=float(part["height"]),
            copy=part["copy"],
            paragraphs=tuple(
                SealedParagraph(Flow.parse(each["flow"]), int(each["number"]), each["text"], _box(each))
                for each in part["paragraphs"]
            ),
            pictures=tuple(
                SealedPicture(each["id"], each["file"], each["sha256"], _box(each)) for each in part["pictures"]
            ),
            fonts=tuple(SealedFace(each["name"], each["sha256"]) for each in part["fonts"]),
            press=part["press"],
            icc=part["icc_sha256"],
            painted=part["painted_sha256"],
        ),
        geometry=_with_texts(read_geometry(page["geometry"]), page["reads"]),
        look=read_look(page["look"]),
        objects=PageObjects(objects["content"], objects["fonts"], objects["pictures"], objects["rest"]),
        characters=(int(characters["copy"]), int(characters["set"]), int(characters["page"])),
        faults=tuple(map(str, page["faults"])),
    )


def _box(box: BoxJson) -> Box:
    return Box(float(box["x"]), float(box["y"]), float(box["width"]), float(box["height"]))

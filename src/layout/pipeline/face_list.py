"""Lists the faces that a page may be set in: the program's, and those that a design and an issue bring."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from layout import assets
from layout.errors import Message, UsageError
from layout.face_values import Weights
from layout.fontbook import Face, Fontbook
from layout.fontbook.embedding import Permission
from layout.fontbook.font_file import read_font_file
from layout.fontbook.own_faces import Instance, OwnFace
from layout.fontbook.prepared_faces import prepared_face
from layout.issue import ISSUE_FILE, read_issue
from layout.pipeline.own_faces import FoundFace, found_faces
from layout.pipeline.reading import design_folder

_STEPS = 5
"""Weights of a variable face that a specimen shows."""


@dataclass(frozen=True, slots=True)
class ListedFace:
    """One face as it is listed, and as a specimen shows it."""

    owner: Literal["program", "design", "issue"]
    family: str
    weights: Weights
    italic: bool
    format: str
    characters: int
    permission: Permission
    licence: Message
    """In words; empty where nothing is known of it."""
    forbidden: Message | None
    """What its maker forbids and no licence allows."""
    in_use: bool
    file: str
    faces: tuple[Face, ...]
    """The face to be shown, of a variable one several of its weights, lightest first."""

    def as_json(self) -> Mapping[str, object]:
        """The row for other programs."""
        return {
            "owner": self.owner, "family": self.family, "weight": list(self.weights), "italic": self.italic,
            "format": self.format, "characters": self.characters, "fs_type": self.permission.bits,
            "licence": self.licence.en, "forbidden": self.forbidden.en if self.forbidden else None,
            "in_use": self.in_use, "file": self.file, "postscript_name": self.faces[0].postscript_name,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FaceList:
    """Every face that there is."""

    faces: tuple[ListedFace, ...]
    fontbook: Fontbook
    """Knows all of them."""


def listed_faces(folder: Path | None, store: Path) -> FaceList:
    """The faces of the design and of the issue in *folder*, an issue's folder or a design's; then the program's.

    Own faces are prepared into *store*. Raises ``UsageError`` for a folder that is neither, and whatever reading a plan
    and its fonts raises.
    """
    own: tuple[FoundFace, ...] = ()
    if folder is not None:
        own = found_faces(*_folders(folder))
    fonts = Fontbook(assets.fonts_dir(), [each.face for each in own], partial(prepared_face, store=store))
    return FaceList((*(_own(each, fonts) for each in own), *_program()), fonts)


def _folders(folder: Path) -> tuple[Path, Path | None]:
    if (folder / ISSUE_FILE).is_file():
        issue = read_issue(folder)
        return design_folder(issue), issue.folder
    if folder.is_dir() and ((folder / "design.toml").is_file() or any(folder.glob("*.html"))):
        return folder.resolve(), None
    raise UsageError(
        Message(
            f"{folder} 不是特刊，也不是版式的文件夹。", f"{folder} is the folder of neither an issue nor a design."
        ),
        hint=Message("给出有 issue.toml 或 design.toml 的文件夹。", "Give the one with issue.toml or design.toml."),
    )


def _program() -> Iterator[ListedFace]:
    folder = assets.fonts_dir()
    rows = {row["file"]: row for row in tomllib.loads((folder / "FONTS.toml").read_text(encoding="utf-8"))["face"]}
    for face in Fontbook(folder).faces.values():
        name = face.path.name
        font = read_font_file(face.path, f"fonts/{name}").font(0)
        licence = str(rows[name]["licence"])
        yield ListedFace(
            "program", face.family, Weights(face.weight, face.weight), face.italic,
            "OpenType CFF" if face.path.suffix == ".otf" else "TrueType", face.character_count(),
            Permission(int(font["OS/2"].fsType)), Message(licence, licence), None, in_use=True, file=f"fonts/{name}",
            faces=(face,),
        )  # fmt: skip


def _own(found: FoundFace, fonts: Fontbook) -> ListedFace:
    face, licence = found.face, found.face.licence
    shown = tuple(fonts.prepared(face, instance) for instance in _instances(face))
    words = f"{licence.licence}（{licence.holder}，{licence.document}）" if licence else ""
    english = f"{licence.licence} ({licence.holder}, {licence.document})" if licence else ""
    return ListedFace(
        face.owner, face.family, face.weights, face.italic, face.format, shown[0].character_count(), face.permission,
        Message(words, english), face.forbidden, found.in_use, face.name, shown,
    )  # fmt: skip


def _instances(face: OwnFace) -> Iterator[Instance]:
    least, most = face.weights
    steps = _STEPS if least < most else 1
    for step in range(steps):
        yield Instance(round(least + (most - least) * step / max(1, steps - 1)), face.italic)

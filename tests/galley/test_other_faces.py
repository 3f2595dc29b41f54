"""A letter that the headline's face lacks is told with both faces; what is put together on purpose is not."""

from types import SimpleNamespace
from typing import cast

import pytest

from layout.errors import Place
from layout.flows import Chain
from layout.fontbook import Fontbook
from layout.galley.model import GalleyLine
from layout.galley.other_faces import other_faces
from layout.page.frames import INITIAL, FrameType, Ink, RoleType


def face(title: str, letters: str, ranges: tuple[str, ...] = ()) -> SimpleNamespace:
    return SimpleNamespace(title=title, has=lambda character: character in letters, ranges=ranges)


BOOK = cast(
    "Fontbook",
    SimpleNamespace(
        faces={
            "display": face("快乐", "的一是人东闸村新建"),
            "western": face("Grotesk", "aeNewTown0123456789"),
            "part": face("分工", "东闸村新建", ("U+4E00-9000",)),
            "whole": face("Song 900", "的一是人东闸村新建灌区aeéNewTown，。0123456789"),
        }
    ),
)


def told(text: str, faces: tuple[str, ...], size: float = 30.0, initial: tuple[str, ...] = ()) -> list[str]:
    ink = Ink(0, 0, 0, 1)
    roles = {"plain": RoleType(faces, size, ink), INITIAL: RoleType(initial or faces, size, ink)}
    type_ = FrameType(roles, 40.0, 0.0, "start", False, {})
    placed = [
        SimpleNamespace(
            role=INITIAL if initial and not at else "plain", inserted=False, scale=1.0,
            cluster=SimpleNamespace(text=each, face=next(k for k in (initial if initial and not at else faces)
                                                         if BOOK.faces[k].has(each))),
        )
        for at, each in enumerate(text)
    ]  # fmt: skip
    line = SimpleNamespace(line=SimpleNamespace(placed=placed, text=text), type=type_, place=Place("a.md", 3, 7))
    found = list(other_faces(Chain.parse("a.headline"), [cast("GalleyLine", line)], BOOK))
    assert all(each.place == Place("a.md", 3, 7) for each in found)
    return [each.message.zh for each in found]


def test_a_first_letter_with_a_face_of_its_own_is_meant() -> None:
    assert told("灌东闸村", ("display", "whole"), initial=("whole",)) == []


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("东闸村新建灌区", ("display", "whole")),
        ("东闸村新建灌区", ("western", "display", "whole")),
        ("灌区", ("display", "whole")),
    ],
)
def test_letters_of_another_face_are_told_with_both(text: str, faces: tuple[str, ...]) -> None:
    assert told(text, faces) == ["“灌区”由 Song 900 代排：快乐 没有这些字。"]


def test_so_is_a_latin_letter() -> None:
    assert told("Né", ("western", "whole")) == ["“é”由 Song 900 代排：Grotesk 没有这个字。"]


@pytest.mark.parametrize(
    ("text", "faces", "size"),
    [
        ("东闸村新建灌区", ("display", "whole"), 13.9),
        ("东闸村，12。", ("display", "whole"), 30.0),
        ("New东闸村", ("display", "western", "whole"), 30.0),
        ("东闸村灌区", ("western", "whole"), 30.0),
        ("东闸村灌区", ("part", "whole"), 30.0),
        ("东闸村新建", ("display", "whole"), 30.0),
    ],
    ids=["small", "marks and figures", "Latin beside Han", "Western first", "shared by range", "all there"],
)
def test_what_is_meant_or_hardly_shows_is_not(text: str, faces: tuple[str, ...], size: float) -> None:
    assert told(text, faces, size) == []

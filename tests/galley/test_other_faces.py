"""A letter that the headline's face lacks is told with both faces; what is put together on purpose is not."""

from types import SimpleNamespace
from typing import cast

import pytest

from layout.errors import Place
from layout.flows import Chain
from layout.fontbook import Fontbook
from layout.galley.other_faces import other_faces
from layout.manuscript.model import Paragraph, Run
from layout.page.frames import FrameType, Ink, RoleType


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


def told(text: str, faces: tuple[str, ...], size: float = 30.0) -> list[str]:
    type_ = FrameType({"plain": RoleType(faces, size, Ink(0, 0, 0, 1))}, 40.0, 0.0, "start", False, {})
    paragraph = Paragraph("body", (Run(text, Place("a.md", 3, 7)),))
    found = list(other_faces(Chain.parse("a.headline"), [(paragraph, type_)], BOOK))
    assert all(each.place is not None and each.place.line == 3 for each in found)
    return [each.message.zh for each in found]


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

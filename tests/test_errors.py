"""Faults and places: values that are moved and written, never changed under somebody's hands."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import Faults, Hint, Message, Place, TemplateError
from layout.fontbook.book import NoGlyphError

SAID = Message("错", "wrong")


def test_a_fault_at_a_place_leaves_the_first_as_it_was() -> None:
    fault = TemplateError(SAID, hint=SAID, about=("a b.svg",))
    there = fault.at(Place("page.html", 36))
    assert fault.place is None
    assert (type(there), there.place, there.message, there.hint, there.about) == (
        TemplateError, Place("page.html", 36), SAID, Hint(designer=SAID), ("a b.svg",),
    )  # fmt: skip
    assert str(there) == "wrong"


def test_a_fault_with_arguments_of_its_own_moves_too() -> None:
    fault = NoGlyphError("𪚥", ["song-400"])
    there = fault.at(Place("a.md", 3, 1))
    assert (there.character, there.faces, there.place) == ("𪚥", ("song-400",), Place("a.md", 3, 1))
    assert fault.place is None


def test_several_faults_move_each_to_its_own() -> None:
    several = Faults([TemplateError(SAID, place=Place("/d/page.css", n)) for n in (1, 2)])
    short = several.moved(lambda place: place and Place("page.css", place.line))
    assert [str(fault.place) for fault in short.faults()] == ["page.css:1", "page.css:2"]
    assert str(short.place) == "page.css:1"
    assert [str(fault.place) for fault in several.faults()] == ["/d/page.css:1", "/d/page.css:2"]
    assert short.exit_code == several.exit_code == 3


def test_faults_travel_between_processes() -> None:
    fault = pickle.loads(pickle.dumps(TemplateError(SAID, about=("--fit",)).at(Place("page.css", 4))))
    assert (fault.message, fault.place, fault.about) == (SAID, Place("page.css", 4), ("--fit",))


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("a.md", Place("a.md")), ("a.md:3", Place("a.md", 3)), ("a.md:3:14", Place("a.md", 3, 14)),
        ("images:dam.jpg", Place("images:dam.jpg")), ("a:b.md:12", Place("a:b.md", 12)), (":3", Place(":3")),
    ],
)  # fmt: skip
def test_a_place_is_read_back(written: str, place: Place) -> None:
    assert Place.parse(written) == place
    assert str(place) == written


NUMBERS = st.none() | st.integers(1, 99_999)


@given(st.text("ab/.: 版", min_size=1).filter(lambda text: text.strip(":")), NUMBERS, NUMBERS)
def test_any_place_comes_back_as_it_was(file: str, line: int | None, column: int | None) -> None:
    place = Place(file, line, column if line else None)
    assert Place.parse(str(place)) == place

"""The issues that are drawn for the proof of make-up: the same bytes each time, of every amount, and readable."""

import hashlib
from pathlib import Path

import pytest

from drawn_issues import AMOUNT, LEAST, MOST, PICTURES, SHEETS, STORIES, Drawn, write_drawn
from layout.issue import read_issue


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Drawn]:
    folder = tmp_path_factory.mktemp("drawn")
    return [write_drawn(folder / f"{sheet}-{seed}", seed, sheet) for sheet in SHEETS for seed in range(8)]


def test_the_same_seed_gives_the_same_bytes(drawn: list[Drawn], tmp_path: Path) -> None:
    again = write_drawn(tmp_path / "again", drawn[3].seed, drawn[3].sheet)
    assert digest(again.folder) == digest(drawn[3].folder)
    assert digest(drawn[3].folder) != digest(drawn[4].folder)


def test_amounts_are_those_that_are_wanted_and_of_every_kind(drawn: list[Drawn]) -> None:
    for each in drawn:
        assert STORIES[0] <= len(each.lengths) <= STORIES[1]
        assert all(LEAST <= length <= MOST for length in each.lengths)
        assert len(each.pictures) <= PICTURES[1]
        assert AMOUNT[0] - 0.3 <= each.amount <= AMOUNT[1] + 0.05
    assert len({len(each.lengths) for each in drawn}) >= 5
    assert len({len(each.pictures) for each in drawn}) >= 6
    assert {""} < {owner for each in drawn for owner in each.pictures}
    assert any(list(each.lengths) != sorted(each.lengths, reverse=True) for each in drawn)


def test_an_issue_is_read_without_a_fault_and_has_the_copy_that_it_says(drawn: list[Drawn]) -> None:
    headed = 0
    for each in drawn[::4]:
        page = read_issue(each.folder).pages[0]
        assert page.auto is not None
        assert [picture.story for picture in page.pictures] == list(each.pictures)
        for story, length in zip(page.stories, each.lengths, strict=True):
            characters = sum(len("".join(text.text.split())) for text in story.running())
            assert abs(characters - length) < 70 + 0.12 * length, (story.id, characters, length)
            headed += len(story.sections) > 1
    assert headed

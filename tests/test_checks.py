"""Every room has its own table of checks, and every finding is of a check in the table of the room that makes it."""

import re
import tomllib
from pathlib import Path

import pytest

import layout
from layout.checks import Severity, registry
from layout.checks.registry import checks_of

SOURCES = Path(layout.__file__).parent
ROOMS = registry().rooms


def test_rooms_are_found_by_their_tables() -> None:
    assert list(ROOMS) == sorted(path.parent.name for path in SOURCES.glob("*/checks.toml"))
    assert {"copyfit", "design", "galley", "manuscript", "pictures", "pipeline", "preflight"} <= set(ROOMS)


def test_no_two_rooms_have_a_check_of_one_name() -> None:
    assert len(registry().all()) == sum(len(table) for table in ROOMS.values())


@pytest.mark.parametrize("room", ROOMS)
def test_a_row_is_whole(room: str) -> None:
    for check in ROOMS[room].values():
        assert check.severity in Severity
        for message in (check.name, check.rationale):
            assert re.search(r"[\u4e00-\u9fff]", message.zh), check.id
            assert message.en, check.id
            assert "{" not in message.zh + message.en, check.id


@pytest.mark.parametrize("room", [path.parent.name for path in SOURCES.glob("*/__init__.py")])
def test_what_a_room_finds_is_in_its_own_table(room: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (SOURCES / room).rglob("*.py"))
    named = set(re.findall(r'Finding\(\s*(?:check=)?"([a-z]+\.[a-z_-]+)"', code))
    named |= set(re.findall(r'^CHECK = "([a-z]+\.[a-z_-]+)"', code, re.MULTILINE))
    assert named <= set(ROOMS.get(room, {})) | FOLDED


FOLDED = {"picture.profile-missing"}
"""Message once of several findings of another room."""


def test_a_check_that_repeats_names_one_that_there_is() -> None:
    repeats = {check.repeats for check in registry().all().values() if check.repeats}
    assert repeats == {"picture.resolution", "page.off_sheet", "page.type_on_type", "page.underset", "page.overset"}
    assert repeats <= set(registry().all())


def test_a_room_may_have_keys_of_its_own() -> None:
    row = """[[check]]
    id = "a.b"
    severity = "note"
    authority = "house rule"
    title = { zh = "“{found}”不对", en = "“{found}” is wrong" }
    rationale = { zh = "因为", en = "because" }
    readers = ["editor"]
    pattern = "x"
    """
    (check,) = checks_of(tomllib.loads(row)).values()
    assert (check.name.zh, check.remedy.zh, check.threshold) == ("“…”不对", "", ())

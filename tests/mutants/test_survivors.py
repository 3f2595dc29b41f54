"""What `make mutants` reads tells of the program as it is: files that exist, survivors that could still be made."""

import tomllib
from pathlib import Path

import pytest

from layout import assets

HERE = Path(__file__).parent
SOURCE = assets.root() / "src" / "layout"
ROOMS = tomllib.loads((HERE / "rooms.toml").read_text(encoding="utf-8"))
SURVIVORS = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))
KINDS = {"equivalent", "message", "speed", "limit", "import", "elsewhere", "slow", "untested"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_modules_and_tests_that_exist(room: str) -> None:
    assert all((SOURCE / file).is_file() for file in ROOMS[room]["modules"])
    assert all((assets.root() / file).is_file() and why for file, why in ROOMS[room]["tests"].items())


@pytest.mark.parametrize("room", SURVIVORS)
def test_a_survivor_is_a_change_of_a_line_that_stands_in_its_room_and_has_a_reason(room: str) -> None:
    for row in SURVIVORS[room]:
        assert row["file"] in ROOMS[room]["modules"]
        text = " ".join((SOURCE / row["file"]).read_text(encoding="utf-8").split())
        assert " ".join(row["before"].split()) in text, f"no longer there: {row['file']}: {row['before']}"
        assert row["function"].rpartition(".")[2] in text
        assert row["kind"] in KINDS
        assert row["why"].endswith(".")

"""What issue.toml says of crops and of pictures that may be left out."""

from pathlib import Path

import pytest

from issue.folder import edited, write
from layout.errors import Faults, LayoutError, PlanError
from layout.issue import read_issue

FOCUS = "focus = [0.25, 1]"


def plan(old: str, new: str) -> dict[str, str]:
    return {"issue.toml": edited((old, new))}


def faults(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises((PlanError, Faults)) as caught:
        read_issue(folder)
    found: list[LayoutError] = caught.value.faults()
    return [(str(fault.place), fault.message.en) for fault in found]


def test_the_part_that_stays_whole_has_its_middle_for_a_focus(tmp_path: Path) -> None:
    folder = write(tmp_path, plan(FOCUS, "keep = [0.2, 0.1, 0.6, 0.5]"))
    (picture,) = read_issue(folder).pictures
    assert picture.keep == (0.2, 0.1, 0.6, 0.5)
    assert picture.focus == pytest.approx((0.4, 0.3))
    (plain,) = read_issue(write(tmp_path / "plain", plan(f"{FOCUS}\n", ""))).pictures
    assert (plain.keep, plain.focus) == (None, (0.5, 0.5))


@pytest.mark.parametrize("keep", ["[0.6, 0.1, 0.2, 0.5]", "[0.2, 0.5, 0.6, 0.5]"])
def test_a_part_without_size_is_a_fault(tmp_path: Path, keep: str) -> None:
    (place, message), *others = faults(write(tmp_path, plan(FOCUS, f"keep = {keep}")))
    assert not others
    assert place.startswith("small/issue.toml:28")
    assert "has no size" in message


def test_a_part_has_four_edges(tmp_path: Path) -> None:
    ((_, message),) = faults(write(tmp_path, plan(FOCUS, "keep = [0.2, 0.1, 0.6]")))
    assert "keep" in message


def test_optional_pictures_are_of_their_page(tmp_path: Path) -> None:
    pictures = 'pictures = ["hill"]'
    folder = write(tmp_path, plan(pictures, f'{pictures}\noptional = ["hill"]'))
    assert [page.optional for page in read_issue(folder).pages] == [("hill",), ()]
    wrong = write(tmp_path / "wrong", plan(pictures, f'{pictures}\noptional = ["hill", "hil", "hill"]'))
    assert [message for _, message in faults(wrong)] == [
        f"The optional picture {name} is not in the pictures of its page, or named twice." for name in ("hil", "hill")
    ]

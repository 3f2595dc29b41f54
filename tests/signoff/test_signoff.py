"""The record of those who passed an issue: written, read again, and held against what there is now."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from layout.signoff.model import Passing, SignedState, changes, statuses
from layout.signoff.signoff_file import FILE, SignoffError, read_signoff, with_passing

ONE, TWO, THREE = "1" * 64, "2" * 64, "3" * 64
STATE = SignedState({"s01.md": ONE, "更多/s 02.md": TWO}, {1: ONE, 12: TWO})
WHEN = datetime(2026, 2, 4, 23, 30, 5, tzinfo=timezone(timedelta(hours=8)))
FIRST = Passing("一审", '张"三\\', WHEN, STATE)
SECOND = Passing("二审", "李四", WHEN + timedelta(hours=1), SignedState({"s01.md": ONE}, {1: ONE}))


def test_what_is_written_is_read_again_and_the_old_stays(tmp_path: Path) -> None:
    assert read_signoff(tmp_path) == ()
    text = with_passing("", FIRST)
    assert text.startswith("# 三审三校的记录")
    both = with_passing(text, SECOND)
    assert both.startswith(text)
    (tmp_path / FILE).write_text(both, encoding="utf-8")
    assert read_signoff(tmp_path) == (FIRST, SECOND)


def test_a_line_end_that_is_missing_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(with_passing(with_passing("", FIRST).rstrip("\n"), SECOND), encoding="utf-8")
    assert read_signoff(tmp_path) == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('as = "一审"', 'as = ""', 5), ('name = ', "nam = ", 5), ("+08:00", "", 5), (ONE, "1" * 63, 5),
        (f'12 = "{TWO}"', f'x = "{TWO}"', 5), ("[[passed]]", "[passed]", None), ("[[passed]]", "[[passed]", 5),
        ("[passed.pages]", "[passed.other]", 5),
    ],
)  # fmt: skip
def test_a_record_that_was_edited_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int | None) -> None:
    text = with_passing("", FIRST)
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SignoffError) as raised:
        read_signoff(tmp_path)
    assert raised.value.exit_code == 3
    assert raised.value.place is not None
    if line is not None:
        assert raised.value.place.line == line


def test_a_record_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SignoffError):
        read_signoff(tmp_path)


@pytest.mark.parametrize(
    ("now", "copy", "pages"),
    [
        (STATE, (), ()),
        (SignedState({**STATE.copy, "s01.md": THREE}, STATE.pages), ("s01.md",), ()),
        (SignedState({"s01.md": ONE}, STATE.pages), ("更多/s 02.md",), ()),
        (SignedState({**STATE.copy, "s03.md": ONE}, {1: ONE, 12: THREE}), ("s03.md",), (12,)),
        (SignedState(STATE.copy, {1: ONE, 12: TWO, 13: ONE}), (), (13,)),
        (SignedState(STATE.copy, {12: TWO}), (), ()),  # some pages only: the others are not looked at
        (SignedState(STATE.copy, {12: ONE}), (), (12,)),
        (SignedState(STATE.copy, {}), (), ()),
    ],
)
def test_what_has_changed_since(now: SignedState, copy: tuple[str, ...], pages: tuple[int, ...]) -> None:
    found = changes(STATE, now)
    assert (found.copy, found.pages) == (copy, pages)
    assert bool(found) == bool(copy or pages)


def test_the_last_passing_of_each_role_counts() -> None:
    again = Passing("一审", "王五", WHEN + timedelta(hours=2), SignedState(STATE.copy, {1: ONE, 12: THREE}))
    found = statuses(["一审", "二审", "三审"], [FIRST, SECOND, again], STATE)
    assert [(each.role, each.stands) for each in found] == [("一审", False), ("二审", False), ("三审", False)]
    assert [each.words.zh for each in found] == [
        "一审已签（王五，2026-02-05 01:30+08:00），之后改过：第 12 版",
        "二审已签（李四，2026-02-05 00:30+08:00），之后改过：稿件 更多/s 02.md；第 12 版",
        "三审还没有签",
    ]
    assert statuses(["一审"], [again, FIRST], STATE)[0].stands
    assert found[1].words.en == "二审: 李四, 2026-02-05 00:30+08:00; changed since: manuscript 更多/s 02.md; page 12"

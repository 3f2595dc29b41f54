"""Edits change one value of issue.toml and nothing else, write over nobody's work, and can be taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from layout.errors import Place, UsageError
from layout.issue_writing.plan_edits import with_focus, with_keep, with_order, with_variant
from layout.json_values import JsonValue
from layout.preview.editor_link import VSCODE, checked_pattern, editor_link
from layout.preview.edits import EditRefused, PlanEditor

PLAN = """# 长治两会
title = "试"   # 题
date = 2026-02-05
design = "plain"
press = "newsprint-coldset"

[[page]]   # 头版
number = 1
title = "试"
stories = ["a.md"]
pictures = ["a", "b"]   # 先列的占大框

# 图片
[[picture]]
id = "a"
file = "a.jpg"
caption = "甲"
credit = "某"
focus = [0.5, 0.5]   # 人脸

[[picture]]
id = "b"
file = "b.jpg"
caption = "乙"
credit = "某"
"""


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ; where there is one more, what is there from then on."""
    one, other = before.splitlines(), after.splitlines()
    return [(a, b) for a, b in zip(one, other, strict=False) if a != b] if len(one) == len(other) else [
        ("", line) for line in other if line not in one
    ]  # fmt: skip


def test_one_line_is_changed_and_its_comment_stays() -> None:
    assert changed(PLAN, with_focus(PLAN, "a", (0.25, 0.12345))) == [
        ("focus = [0.5, 0.5]   # 人脸", "focus = [0.25, 0.123]   # 人脸")
    ]
    assert changed(PLAN, with_order(PLAN, 1, ["b", "a"])) == [
        ("", 'pictures = ["b", "a"]   # 先列的占大框'),
        ("", 'seats = "order"'),
    ]


def test_a_new_key_stands_behind_its_tables_own() -> None:
    kept = with_keep(PLAN, "b", (0.1, 0, 0.9, 1))
    assert kept == PLAN + "keep = [0.1, 0.0, 0.9, 1.0]\n"
    assert with_keep(kept, "b", None) == PLAN
    assert with_variant(PLAN, 1, "page-a").splitlines()[11] == 'variant = "page-a"'
    assert with_variant(with_variant(PLAN, 1, "page-a"), 1, None) == PLAN


def test_line_ends_stay() -> None:
    windows = PLAN.replace("\n", "\r\n")
    for text in (
        with_focus(windows, "a", (0, 0)),
        with_focus(windows, "b", (0, 0)),
        with_order(windows, 1, ["b", "a"]),
    ):
        assert text.count("\n") == text.count("\r\n")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "issue.toml"
    path.write_bytes(PLAN.encode())
    return path


@pytest.fixture
def editor(plan: Path) -> PlanEditor:
    return PlanEditor(plan.parent, lambda page: ["a", "b"] if page == 1 else None)


FOCUS: dict[str, JsonValue] = {"kind": "focus", "picture": "a", "focus": [0.25, 0.75]}


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        (FOCUS, "focus = [0.25, 0.75]   # 人脸"),
        ({"kind": "keep", "picture": "a", "keep": [0, 0.1, 1, 0.9]}, "keep = [0.0, 0.1, 1.0, 0.9]"),
        ({"kind": "swap", "page": 1, "pictures": ["a", "b"]}, 'pictures = ["b", "a"]   # 先列的占大框'),
        ({"kind": "variant", "page": 1, "name": "page-a"}, 'variant = "page-a"'),
    ],
)
def test_every_edit_is_written_and_taken_back(
    editor: PlanEditor, plan: Path, request_: dict[str, JsonValue], line: str
) -> None:
    plan.chmod(0o640)
    after = editor.edit(editor.etag(), request_)
    assert line in plan.read_text(encoding="utf-8").splitlines()
    assert (editor.etag(), editor.undoable) == (after, 1)
    assert plan.stat().st_mode & 0o777 == 0o640
    editor.undo(after)
    assert plan.read_bytes() == PLAN.encode()
    assert editor.undoable == 0


def test_an_arrangement_is_written(editor: PlanEditor, plan: Path) -> None:
    made_up = PLAN.replace('stories = ["a.md"]', 'kind = "auto"\nstories = ["a.md"]')
    plan.write_text(made_up, encoding="utf-8")
    editor.edit(editor.etag(), {"kind": "arrangement", "page": 1, "words": "a 5 lead-plain 60x1"})
    assert 'arrangement = "a 5 lead-plain 60x1"' in plan.read_text(encoding="utf-8")
    with pytest.raises(EditRefused):  # a variant says nothing of a page that is made up
        editor.edit(editor.etag(), {"kind": "variant", "page": 1, "name": "page-a"})


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"kind": "focus", "picture": "c", "focus": [0.5, 0.5]},
        {"kind": "focus", "picture": "a", "focus": [0.5]},
        {"kind": "focus", "picture": "a", "focus": [0.5, 1.5]},
        {"kind": "focus", "picture": "a", "focus": [0.5, True]},
        {"kind": "focus", "picture": "a", "focus": [0.5, "x"]},
        {"kind": "keep", "picture": "a", "keep": [0.9, 0, 0.1, 1]},
        {"kind": "swap", "page": 2, "pictures": ["a", "b"]},
        {"kind": "swap", "page": 1, "pictures": ["a", "c"]},
        {"kind": "variant", "page": 1, "name": "../secret"},
        {"kind": "variant", "page": 9, "name": "page-a"},
        {"kind": "arrangement", "page": 1, "words": "a 5 x"},
        {"kind": "delete", "page": 1},
    ],
)
def test_what_is_no_edit_is_refused_and_nothing_written(
    editor: PlanEditor, plan: Path, request_: dict[str, JsonValue]
) -> None:
    with pytest.raises(EditRefused) as refused:
        editor.edit(editor.etag(), request_)
    assert refused.value.status == 422
    assert (plan.read_bytes(), editor.undoable) == (PLAN.encode(), 0)


def test_nobodys_work_is_written_over(editor: PlanEditor, plan: Path) -> None:
    seen = editor.etag()
    plan.write_text(PLAN + "# 编辑刚写的\n", encoding="utf-8")
    with pytest.raises(EditRefused) as refused:
        editor.edit(seen, FOCUS)
    assert refused.value.status == 412
    after = editor.edit(editor.etag(), FOCUS)
    plan.write_text(plan.read_text(encoding="utf-8") + "# 又写一句\n", encoding="utf-8")
    for etag in (after, editor.etag()):
        with pytest.raises(EditRefused) as refused:
            editor.undo(etag)
        assert refused.value.status == 412
    plan.unlink()
    with pytest.raises(EditRefused):
        editor.edit(after, FOCUS)


def test_several_edits_are_taken_back_one_by_one(editor: PlanEditor, plan: Path) -> None:
    editor.edit(editor.etag(), FOCUS)
    first = plan.read_bytes()
    editor.edit(editor.etag(), {**FOCUS, "focus": [0, 0]})
    editor.undo(editor.etag())
    assert plan.read_bytes() == first
    editor.undo(editor.etag())
    assert plan.read_bytes() == PLAN.encode()
    with pytest.raises(EditRefused) as refused:
        editor.undo(editor.etag())
    assert refused.value.status == 409


def test_a_byte_order_mark_and_a_link_stay(tmp_path: Path, plan: Path) -> None:
    plan.write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "issue.toml").symlink_to(plan)
    editor = PlanEditor(linked, lambda _: None)
    editor.edit(editor.etag(), FOCUS)
    assert (linked / "issue.toml").is_symlink()
    assert plan.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert b"0.25, 0.75" in plan.read_bytes()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_takes_no_file_is_told(editor: PlanEditor, plan: Path) -> None:
    plan.parent.chmod(0o500)
    try:
        with pytest.raises(EditRefused):
            editor.edit(editor.etag(), FOCUS)
    finally:
        plan.parent.chmod(0o700)


def test_links_open_an_editor() -> None:
    place = Place("a.md", 12, 3)
    assert editor_link(checked_pattern(VSCODE), Path("/稿 件/a.md"), place) == (
        "vscode://file/%E7%A8%BF%20%E4%BB%B6/a.md:12:3"
    )
    assert editor_link(checked_pattern("idea://open?file={file}&line={line}"), Path("/a"), Place("a")) == (
        "idea://open?file=/a&line=1"
    )
    assert editor_link(checked_pattern("none"), Path("/a"), place) == ""
    for pattern in ("code", "javascript:alert('{file}')", "vscode://file", "x://{file}{nothing}", "x://{file", ""):
        with pytest.raises(UsageError):
            checked_pattern(pattern)

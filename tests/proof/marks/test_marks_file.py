"""``marks.json`` as it is read: what the schema says, and one sentence for whatever is wrong with a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from layout import assets
from layout.errors import UsageError
from layout.proof.marks.kinds import mark_kinds
from layout.proof.marks.marks_file import MAX_BYTES, read_marks

SCHEMA = json.loads((assets.root() / "docs" / "marks.schema.json").read_text("utf-8"))


def a_mark(**more: Any) -> dict[str, Any]:
    box = {"x": 1, "y": 2.5, "width": 3, "height": 4}
    copy = {
        "flow": "river.section-1",
        "paragraph": 1,
        "copy": "一二三四",
        "start": 1,
        "end": 2,
        "place": "river.md:4:1",
    }
    return {"id": "1-1", "kind": "replace", "page": 1, "box": box, "text": "三", **copy, "lines": ["0a1b2c"], **more}


def a_file(*marks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"schema": 1, "issue": "river", "round": 1, "marks": list(marks), **more}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[object], Path]:
    def write(content: object) -> Path:
        path = tmp_path / "marks.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_a_mark_is_read_as_it_was_typed(written: Callable[[object], Path]) -> None:
    jsonschema.validate(a_file(a_mark()), SCHEMA)
    found = read_marks(written(a_file(a_mark())), "river")
    (mark,) = found.marks
    assert (found.round, mark.kind, mark.quote, mark.text, mark.box.box().y, mark.lines) == (
        1, "replace", "二", "三", 2.5, ("0a1b2c",),
    )  # fmt: skip


def test_the_schema_names_every_kind_and_every_key(written: Callable[[object], Path]) -> None:
    properties = SCHEMA["$defs"]["mark"]["properties"]
    assert properties["kind"]["enum"] == list(mark_kinds())
    found = read_marks(written(a_file(a_mark())), "river").marks[0]
    assert set(properties) == set(found.__dataclass_fields__)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "这不是批注文件。"),
        (b"\xff\xfe{", "这不是批注文件。"),
        (b"[" * 100_000, "这不是批注文件。"),
        ([], "这不是批注文件。"),
        ({}, "这不是批注文件：schema 不对。"),
        (a_file(schema=2), "这不是批注文件：schema 不对。"),
        (a_file(round=0), "这不是批注文件：round 不对。"),
        (a_file(marks=[1]), "第 1 条批注的 marks 不对。"),
        (a_file(a_mark(), a_mark(box={"x": 1})), "第 2 条批注的 box.y 不对。"),
        (a_file(a_mark(box={"x": float("nan"), "y": 0, "width": 0, "height": 0})), "第 1 条批注的 box.x 不对。"),
        (a_file(a_mark(colour="red")), "第 1 条批注的 colour 不对。"),
        (a_file(a_mark(copy="字" * 20_001)), "第 1 条批注的 copy 不对。"),
        (a_file(a_mark(kind="circle")), "第 1 条批注的 kind 不认得：“circle”。"),
        (a_file(a_mark(start=3, end=2)), "第 1 条批注的 start、end 不在那一段里。"),
        (a_file(a_mark(end=5)), "第 1 条批注的 start、end 不在那一段里。"),
        (a_file(issue="sea"), "这是 sea 的批注，不是 river 的。"),
        (b" " * (MAX_BYTES + 1), "批注文件超过 16 MB。"),
    ],
)
def test_what_is_no_file_of_marks_is_one_sentence(
    written: Callable[[object], Path], content: object, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_marks(written(content), "river")
    error = caught.value
    assert (error.message.zh, error.exit_code) == (words, 2)
    assert error.place is not None
    assert error.place.file.endswith("marks.json")
    assert error.hint is not None
    assert "docs/marks.schema.json" in error.hint.zh


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"", 1, 1),
        (b'{"schema": 1,\n "issue": "river"\n "round": 1}', 3, 2),
        (json.dumps(a_file(a_mark()), indent=1).encode()[:-4], 27, 1),
        (b"\xff\xfe{", None, None),
        (b"{}", None, None),
    ],
)
def test_a_file_that_is_no_json_is_told_with_line_and_column(
    written: Callable[[object], Path], content: bytes, line: int | None, column: int | None
) -> None:
    with pytest.raises(UsageError) as caught:
        read_marks(written(content), "river")
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (line, column)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_marks(tmp_path / "marks.json", "river")
    with pytest.raises(UsageError, match="cannot be opened"):
        read_marks(tmp_path, "river")

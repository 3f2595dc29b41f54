"""The seal of a build: what it holds, that it is read back as it was written, and that a page's file bears its hash."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from in_place import build
from layout import assets
from layout.issue import read_issue
from layout.pipeline import Options
from layout.pipeline.sealing import sources_of
from layout.seal.digests import digest_of_json
from layout.seal.model import EDITION_SEAL, PAGE_SEAL, Seal
from layout.seal.seal_json import seal_bytes
from layout.seal.seal_reading import SealError, read_seal
from sample_issue import FOLDER, four_pages, sample

pytestmark = pytest.mark.slow

jsonschema = pytest.importorskip("jsonschema", reason="pip install -e '.[dev]'")

SCHEMA = json.loads((assets.root() / "docs" / "seal.schema.json").read_text(encoding="utf-8"))


def seal_path(built: Any) -> Path:
    return Path(built.pdf).with_suffix(".seal.json")


def identifiers(pdf: Path) -> str:
    with pikepdf.open(pdf) as document:
        return document.Root.Metadata.read_bytes().decode()


@pytest.mark.parametrize("which", [sample, four_pages], ids=["one page", "four pages"])
def test_the_seal_is_what_the_schema_says(which: Any) -> None:
    built = which() if which is four_pages else which().built
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(seal_path(built).read_bytes()))


def test_a_seal_is_read_as_it_was_written() -> None:
    content = seal_path(four_pages()).read_bytes()
    assert seal_bytes(read_seal(seal_path(four_pages()))) == content


def test_it_holds_every_paragraph_where_it_stands_and_every_picture_by_its_content() -> None:
    seal, report = read_seal(seal_path(sample().built)), sample().built.report["pages"][0]
    part = seal.pages[0].part
    places = [(each["flow"], each["x"], each["y"]) for each in report["geometry"]["paragraphs"]]
    assert [(str(each.flow), each.box.x, each.box.y) for each in part.paragraphs] == places
    assert "".join(each.text for each in part.paragraphs if str(each.flow) == "tunliu.word.place") == "屯留"
    assert [each.id for each in part.pictures] == [each["id"] for each in report["pictures"]]
    assert len({each.sha256 for each in part.pictures}) == len(part.pictures)
    assert [each.name for each in part.fonts] == list(report["fonts"])
    assert all(len(each.sha256) == 64 for each in (*part.fonts, *part.pictures))
    assert {each.name: each.sha256 for each in seal.files} == {
        each["name"]: each["sha256"] for each in sample().built.report["files"]
    }
    assert seal.pages[0].faults == ()


def test_a_pages_file_bears_the_hash_of_its_own_part() -> None:
    seal = read_seal(seal_path(sample().built))
    written = json.loads(seal_path(sample().built).read_bytes())["pages"][0]
    assert digest_of_json(written["part"]) == written["sha256"] == seal.pages[0].part.sha256 == seal.sha256
    assert f"<rdf:li>{PAGE_SEAL}{written['sha256']}</rdf:li>" in identifiers(sample().built.pdf)


def test_a_file_of_several_pages_bears_the_hash_of_all_parts() -> None:
    seal = read_seal(seal_path(four_pages()))
    assert f"{EDITION_SEAL}{seal.sha256}<" in identifiers(four_pages().pdf)
    assert seal.pages_of("duhe-2026-3.pdf") == (seal.pages[2],)
    assert seal.pages_of("duhe-2026.pdf") == seal.pages


def test_a_manuscript_with_other_lines_and_the_same_words_has_the_same_copy(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER.name
    folder.mkdir()
    for path in FOLDER.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    before = sources_of(read_issue(folder), ())
    story = folder / "tunliu.md"
    story.write_text(story.read_text(encoding="utf-8").replace("\n", "\r\n") + "\n\n", encoding="utf-8", newline="")
    after = sources_of(read_issue(folder), ())
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert [(one.kind, one.copy == other.copy, one.sha256 == other.sha256) for one, other in changed] == [
        ("manuscript", True, False)
    ]


def _seal() -> Seal:
    return read_seal(seal_path(sample().built))


def test_a_seal_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.seal.json"
    content = seal_path(sample().built).read_bytes()
    path.write_bytes(content.replace("屯留".encode(), "屯畄".encode(), 1))
    with pytest.raises(SealError, match="its hash does not fit"):
        read_seal(path)
    whole = replace(_seal(), pages=(replace(_seal().pages[0], part=replace(_seal().pages[0].part, title="x")),))
    path.write_bytes(seal_bytes(whole).replace(whole.pages[0].part.sha256.encode(), b"0" * 64))
    with pytest.raises(SealError, match="its hash does not fit"):
        read_seal(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "cannot be read"), (b"[]", "cannot be read"), (b'{"schema": 1}', "cannot be read"),
     (b'{"schema": 2}', "another version"), (b"\xff", "cannot be read"), (None, "does not exist")],
)  # fmt: skip
def test_what_is_no_seal_is_refused_in_one_sentence(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.seal.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SealError, match=words) as fault:
        read_seal(path)
    assert fault.value.exit_code == 3


def test_the_same_input_gives_the_same_seal(tmp_path: Path) -> None:
    """In place and in children alike; without a picture of the page it has no look."""
    built = build(FOLDER, Options(out=tmp_path, png=False))
    again, first = read_seal(seal_path(built)), _seal()
    assert again.pages[0].look is None
    assert [page.part for page in again.pages] == [page.part for page in first.pages]
    assert [page.objects for page in again.pages] == [page.objects for page in first.pages]
    assert again.file("tunliu-2026.pdf") == first.file("tunliu-2026.pdf")

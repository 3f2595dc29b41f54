"""layout verify: its exit codes, its words, what it writes, and where it finds the seal."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random

import jsonschema
import pikepdf
import pypdfium2
import pytest
from pikepdf import Pdf

from in_place import build
from layout import assets
from layout.pipeline import Options
from layout.pipeline.verify_tasks import PRELOAD
from layout.pipeline.verifying import verify
from layout.pipeline.workers import Workers
from layout.seal.seal_reading import SealError, read_seal
from made_once import made_once
from pipeline.small_issue import make_issue
from sample_issue import four_pages, sample
from seal import file_edits
from seal.file_edits import Edit, instructions, runs, written
from seal.saved_anew import SAME

from .conftest import Shell

pytestmark = pytest.mark.slow

SCHEMA = json.loads((assets.root() / "docs" / "verify.schema.json").read_text("utf-8"))
COPY = "全区重点项目开工332个，总投资893亿元。\n采煤沉陷耕地治理恢复9177亩，新增停车位2500个。"


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """A small issue, built into the folder ``out`` beside it."""
    for name, made in zip(("small", "out"), made_once("a small issue for verify", _made), strict=True):
        shutil.copytree(made, tmp_path / name)
    return tmp_path / "small"


def _made(folder: Path) -> tuple[Path, Path]:
    issue = make_issue(folder / "small", COPY, "办好人民满意的教育")
    build(issue, Options(out=folder / "out"))
    return issue, folder / "out"


@pytest.fixture
def built(issue: Path) -> Path:
    return issue.parent / "out" / "small.pdf"


def changed(pdf: Path, edit: Callable[[Pdf], object], name: str = "back.pdf") -> Path:
    """The file with *edit* done to it, somewhere else."""
    folder = pdf.parent.parent / "back"
    folder.mkdir(exist_ok=True)
    with Pdf.open(pdf) as document:
        edit(document)
        document.save(folder / name)
    return folder / name


def drawn(edit: Edit, seed: int = 1) -> Callable[[Pdf], object]:
    return lambda pdf: edit(pdf, pdf.pages[0], Random(seed))


def test_the_file_of_the_build_is_the_same_to_the_last_byte(issue: Path, built: Path, shell: Shell) -> None:
    for folder in (built.parent, issue, built.parent / "small.seal.json"):
        ran = shell("verify", str(built), str(folder))
        assert (ran.code, ran.err) == (0, "")
        assert "字节也相同" in ran.out
    assert "the bytes are the same" in shell("--lang", "en", "verify", str(built), str(issue)).out


def test_a_file_that_was_saved_anew_is_the_same_copy_with_other_bytes(built: Path, shell: Shell) -> None:
    path = built.parent / "anew.pdf"
    SAME["pikepdf without metadata"](built, path)
    ran = shell("--lang", "en", "verify", str(path), str(built.parent))
    assert ran.code == 0
    assert "saved anew by another program" in ran.out


@pytest.mark.parametrize(
    ("edit", "words"),
    [(file_edits.a_digit_changed, "改“"), (file_edits.characters_swapped, "对调为"), (file_edits.a_line_dropped, "漏"),
     (file_edits.a_line_doubled_upon_itself, "印了两遍"), (file_edits.a_line_in_white, "看不见"),
     (file_edits.a_note_upon_it, "批注"), (file_edits.a_page_turned, "旋转")],
    ids=lambda each: getattr(each, "__name__", ""),
)  # fmt: skip
def test_a_changed_file_is_told_with_what_changed(built: Path, edit: Edit, words: str, shell: Shell) -> None:
    ran = shell("verify", str(changed(built, drawn(edit))), str(built.parent))
    assert ran.code == 1
    assert words in ran.out
    assert "与封印不同" in ran.out


def test_the_list_says_where_the_copy_is_written_and_what_stands_around_a_slip(built: Path, shell: Shell) -> None:
    ran = shell("verify", str(changed(built, drawn(file_edits.a_digit_changed))), str(built.parent))
    assert re.search(r"small/\S+:\d+", ran.out)
    assert "应读“" in ran.out


def test_a_worker_comes_to_what_this_process_comes_to(built: Path, tmp_path: Path) -> None:
    for way in ("mutool sanitized", "gs"):
        SAME[way](built, tmp_path / f"{way}.pdf")
    files = [tmp_path / "mutool sanitized.pdf", tmp_path / "gs.pdf", changed(built, drawn(file_edits.a_digit_changed))]
    with Workers(preload=PRELOAD) as worker:
        found = [verify(file, built.parent, worker) for file in files]
    assert [each.standing for each in found] == ["same", "same", "different"]
    assert found == [verify(file, built.parent) for file in files]


def test_a_file_that_ends_its_worker_cannot_be_told(built: Path) -> None:
    with Workers(preload="os:abort") as worker, pytest.raises(SealError) as caught:
        verify(changed(built, drawn(file_edits.a_digit_changed)), built.parent, worker)
    assert caught.value.exit_code == 3
    assert caught.value.message.en.startswith("Cannot tell")


def test_a_line_more_or_less_is_marked_where_it_belongs(built: Path, shell: Shell) -> None:
    def doubled(pdf: Pdf) -> None:
        page = pdf.pages[0]
        content = instructions(page)
        first, last = runs(content)[1]
        content[last:last] = content[first:last]
        at = next(at for at in range(last, 2 * last - first) if str(content[at][1]) == "Tm")
        matrix = list(map(float, content[at][0]))
        content[at] = ([*matrix[:4], matrix[4] + 200, matrix[5]], content[at][1])
        written(pdf, page, content)

    ran = shell("--lang", "en", "verify", str(changed(built, doubled)), str(built.parent), "--json")
    found = json.loads(ran.out)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert (ran.code, found["standing"], found["as_written"]) == (1, "different", False)
    assert [mark["kind"] for mark in found["marks"]] in (["too much"], ["set twice"])
    assert found["marks"][0]["boxes"][0]["x"] > 100


def test_black_type_in_rgb_is_another_ink_however_alike_it_looks(built: Path, shell: Shell) -> None:
    """What a conversion to RGB makes of a page of type alone."""

    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0]
        content = instructions(page)
        for at, ((operands, operator), (amounts, _)) in enumerate(pairwise(content)):
            if str(operator) == "cs" and [float(each) for each in amounts] == [0, 0, 0, 1]:
                operands[:] = [pikepdf.Name.DeviceRGB]
                content[at + 1] = ([Decimal("0.137"), Decimal("0.122"), Decimal("0.125")], content[at + 1][1])
        written(pdf, page, content)

    ran = shell("verify", str(changed(built, edit)), str(built.parent), "--json")
    assert ran.code == 1
    assert {each["check"] for each in json.loads(ran.out)["differences"]} == {"colour.space"}


def test_the_differences_are_drawn_on_the_page(built: Path, tmp_path: Path, shell: Shell) -> None:
    back = changed(built, drawn(file_edits.a_digit_changed))
    ran = shell("verify", str(back), str(built.parent), "--marked", str(tmp_path / "new" / "marked.pdf"))
    assert ran.code == 1
    marked = pypdfium2.PdfDocument(tmp_path / "new" / "marked.pdf")
    assert len(marked) == 2  # the page, and the list
    page = marked[0]
    assert page.get_width() > pypdfium2.PdfDocument(back)[0].get_width() + 200  # the margin for notes
    note = page.get_textpage().get_text_bounded()
    assert "改“" in note
    picture = page.render(scale=1).to_pil().convert("RGB")
    bands = picture.tobytes()
    red = sum(r > 180 and g < 90 and b < 90 for r, g, b in zip(bands[::3], bands[1::3], bands[2::3], strict=True))
    assert red > 40
    assert "改“" in marked[1].get_textpage().get_text_bounded()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["marked.pdf"]
    first = (tmp_path / "new" / "marked.pdf").read_bytes()
    shell("verify", str(back), str(built.parent), "--marked", str(tmp_path / "again.pdf"))
    assert (tmp_path / "again.pdf").read_bytes() == first


def test_nothing_is_written_upon_the_file_itself(built: Path, shell: Shell) -> None:
    ran = shell("verify", str(built), str(built.parent), "--marked", str(built))
    assert ran.code == 2
    assert "核对的文件" in ran.err


def test_a_manuscript_that_was_changed_since_is_told(issue: Path, built: Path, shell: Shell) -> None:
    story = issue / "a.md"
    text = story.read_text(encoding="utf-8")
    story.write_text(text.replace("332", "333"), encoding="utf-8")
    ran = shell("--lang", "en", "verify", str(built), str(issue))
    assert ran.code == 1
    assert "a.md was changed since the build" in ran.out
    assert shell("verify", str(built), str(built.parent)).code == 0  # the seal alone knows no manuscripts
    story.write_text(text + "\n\n", encoding="utf-8")
    assert shell("verify", str(built), str(issue)).code == 0  # the same words


def test_a_plan_with_other_words_is_told_and_one_with_other_lines_is_not(
    issue: Path, built: Path, shell: Shell
) -> None:
    plan = issue / "issue.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text("# a remark\n" + text, encoding="utf-8")
    assert shell("verify", str(built), str(issue)).code == 0
    plan.write_text(
        text.replace('[[page]]\nnumber = 1\ntitle = "小样"', '[[page]]\nnumber = 1\ntitle = "大样"'), "utf-8"
    )
    ran = shell("--lang", "en", "verify", str(built), str(issue))
    assert ran.code == 1
    assert "heads were changed since the build" in ran.out


def test_a_page_that_was_built_with_faults_is_never_the_whole_copy(tmp_path: Path, shell: Shell) -> None:
    folder = make_issue(tmp_path / "long", "排不下的稿子还有很多很多行。" * 80)
    made = build(folder, Options(out=tmp_path / "out"))
    assert made.exit_code == 1
    ran = shell("--lang", "en", "verify", str(made.pdf), str(tmp_path / "out"))
    assert ran.code == 1
    assert "Page 1 was not whole when it was built" in ran.out


# --- cannot tell -------------------------------------------------------------------------------------------------


def test_without_a_seal_nothing_can_be_said(built: Path, tmp_path: Path, shell: Shell) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(built, alone / "small.pdf")
    ran = shell("--lang", "en", "verify", str(alone / "small.pdf"), str(alone))
    assert ran.code == 3
    assert "there is no seal of small.pdf" in ran.err
    assert ran.err.count("\n") == 2  # a sentence and a hint


def test_of_several_seals_the_one_that_the_file_is_named_after_is_taken(built: Path, shell: Shell) -> None:
    for name in ("other", "small-2"):
        shutil.copy(built.with_suffix(".seal.json"), built.with_name(f"{name}.seal.json"))
    assert shell("verify", str(built), str(built.parent)).code == 0
    stranger = built.with_name("printed.pdf")
    shutil.copy(built, stranger)
    ran = shell("--lang", "en", "verify", str(stranger), str(built.parent))
    assert ran.code == 3
    assert "several seals" in ran.err


def test_what_cannot_be_opened_cannot_be_told(built: Path, shell: Shell) -> None:
    broken, locked = built.with_name("broken.pdf"), built.with_name("locked.pdf")
    broken.write_bytes(b"no PDF")
    with Pdf.open(built) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    for path in (broken, locked):
        ran = shell("--lang", "en", "verify", str(path), str(built.with_suffix(".seal.json")))
        assert ran.code == 3, ran.err
        assert "Cannot tell" in ran.err


def test_a_page_drawn_anew_whose_build_made_no_picture_cannot_be_told(tmp_path: Path, shell: Shell) -> None:
    folder = make_issue(tmp_path / "small", COPY)
    built = build(folder, Options(out=tmp_path / "out", png=False)).pdf
    assert shell("verify", str(built), str(built.parent)).code == 0
    SAME["qpdf"](built, built.with_name("packed.pdf"))
    assert shell("verify", str(built.with_name("packed.pdf")), str(built.parent)).code == 0  # by its objects
    SAME["gs"](built, built.with_name("anew.pdf"))
    ran = shell("--lang", "en", "verify", str(built.with_name("anew.pdf")), str(built.parent))
    assert ran.code == 3
    assert "cannot tell" in ran.out


def test_a_seal_that_was_changed_by_hand_is_not_believed(built: Path, shell: Shell) -> None:
    path = built.with_suffix(".seal.json")
    path.write_text(path.read_text(encoding="utf-8").replace("893", "898"), encoding="utf-8")
    ran = shell("--lang", "en", "verify", str(built), str(built.parent))
    assert ran.code == 3
    assert "its hash does not fit" in ran.err


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_is_not_there_is_a_wrong_command(built: Path, which: str, shell: Shell) -> None:
    gone = str(built.with_name("gone"))
    ran = shell("verify", gone if which == "file" else str(built), gone if which == "folder" else str(built.parent))
    assert ran.code == 2


# --- pages and pictures ------------------------------------------------------------------------------------------


def test_photographs_that_were_exchanged_are_named(tmp_path: Path, shell: Shell) -> None:
    original = sample().built.pdf
    with Pdf.open(original) as pdf:
        file_edits.pictures_exchanged(pdf, pdf.pages[0], Random(0))
        pdf.save(tmp_path / "back.pdf")
    ran = shell("--lang", "en", "verify", str(tmp_path / "back.pdf"), str(original.parent))
    assert ran.code == 1
    assert ran.out.count("in its place") == 2
    names = {each.id for each in read_seal(original.with_suffix(".seal.json")).pages[0].part.pictures}
    assert sum(f"“{name}”" in ran.out for name in names) == 2


def _captions_exchanged(pdf: Pdf) -> None:
    """Two lines of one page change places: those of two captions, by where their words stand."""
    page = pdf.pages[0]
    content = instructions(page)
    shown = [each for each in file_edits.shown(page, content) if "（资料图片）" in "".join(each.reads)]
    one, other = shown[0].at, shown[1].at
    places = [max(at for at in range(each) if str(content[at][1]) == "Tm") for each in (one, other)]
    content[places[0]], content[places[1]] = content[places[1]], content[places[0]]
    written(pdf, page, content)


def test_captions_that_were_exchanged_are_told(tmp_path: Path, shell: Shell) -> None:
    original = sample().built.pdf
    with Pdf.open(original) as pdf:
        _captions_exchanged(pdf)
        pdf.save(tmp_path / "back.pdf")
    ran = shell("--lang", "en", "verify", str(tmp_path / "back.pdf"), str(original.parent))
    assert ran.code == 1
    assert "have changed places" in ran.out
    assert ".caption”" in ran.out


@pytest.mark.parametrize(
    ("order", "code", "words"),
    [([0, 1, 3], 1, "缺第 3 版"), ([0, 2, 1, 3], 1, "次序不对"), ([0, 1, 2, 3, 0], 1, "不是这一期的版"),
     ([0, 1, 2, 3], 0, "另存过")],
    ids=["lost", "exchanged", "doubled", "whole"],
)  # fmt: skip
def test_pages_are_all_there_once_and_in_order(
    order: list[int], code: int, words: str, tmp_path: Path, shell: Shell
) -> None:
    original = four_pages().pdf
    with Pdf.open(original) as pdf:
        pages = [pdf.pages[at].obj for at in order]
        pdf.Root.Pages.Kids = pikepdf.Array(pages)
        pdf.Root.Pages.Count = len(pages)
        pdf.save(tmp_path / "back.pdf")
    ran = shell("verify", str(tmp_path / "back.pdf"), str(original.parent))
    assert (ran.code, words in ran.out) == (code, True), ran.out


def test_one_page_of_the_issue_is_that_page_and_its_part_is_told(tmp_path: Path, shell: Shell) -> None:
    original = four_pages().pdf
    with Pdf.open(original) as whole, Pdf.new() as pdf:
        pdf.pages.append(whole.pages[2])
        pdf.save(tmp_path / "page.pdf")
    ran = shell("--lang", "en", "verify", str(tmp_path / "page.pdf"), str(original.parent), "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["standing"], found["pages"]) == (
        0, "same", [{"page": 1, "number": 3, "identical": True}],
    )  # fmt: skip
    assert found["remarks"] == ["the file is a part of the issue"]


def test_a_file_of_another_build_is_told_as_that(built: Path, issue: Path, shell: Shell) -> None:
    story = issue / "a.md"
    story.write_text(story.read_text(encoding="utf-8").replace("332", "333"), encoding="utf-8")
    newer = build(issue, Options(out=issue.parent / "newer")).pdf
    ran = shell("--lang", "en", "verify", str(newer), str(built.parent))
    assert ran.code == 1
    assert "“3” should be “2”" in ran.out
    assert "the file bears the seal of another build" in ran.out


def test_another_issue_altogether_is_told_in_few_lines(built: Path, shell: Shell) -> None:
    ran = shell("--lang", "en", "verify", str(built), str(four_pages().pdf.with_suffix(".seal.json")))
    assert ran.code == 1
    assert "all of the page reads otherwise" in ran.out
    assert len(ran.out.splitlines()) < 20

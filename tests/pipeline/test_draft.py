"""Drafts: what has a frame is drawn, what has none is listed, and nothing of it is taken for what is printed."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from in_place import build
from layout.copyfit.search.drafts import FILLER
from layout.design.template_context import page_context
from layout.design.templates import Design
from layout.errors import Faults, LayoutError, TemplateError, UsageError
from layout.issue import DraftFaults, read_issue
from layout.issue.named_files import grey_picture
from layout.pipeline import Built, Options
from layout.pipeline.reading import read_job
from layout.pipeline.stages import Clock
from pipeline.small_issue import make_issue

COPY = "一年来，河水清了，两岸的人多了。" * 10
PICTURE = """pictures = ["ridge"]

[[picture]]
id = "ridge"
file = "not-there.jpg"
caption = "山"
credit = "某摄"
"""
HALF = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><link rel="stylesheet" href="page.css"></head>
<body><main data-fill>
<div class="head" data-flow="{{ story.words.nameplate.flow }}"></div>
<div class="head" data-flow="{{ story.headline.flow }}"></div>
<div class="shot" data-picture="{{ page.pictures[0].id }}"></div>
<div class="head" data-flow="{{ page.pictures[0].caption.flow }}"></div>
<div class="shot" data-picture="hero"></div>
<div class="level" data-flow="{{ story.sections[2].body.flow }}"></div>
</main></body></html>
"""


def issue(folder: Path, template: str) -> Path:
    made = make_issue(folder, COPY, "竖排的字。")
    with (made / "issue.toml").open("a", encoding="utf-8") as file:
        file.write(PICTURE)
    (made / "plain" / "page.html").write_text(template, encoding="utf-8")
    with (made / "plain" / "page.css").open("a", encoding="utf-8") as file:
        file.write(".shot { width: 120pt; height: 60pt }\n")
    return made


def lacks(built: Built) -> list[tuple[str, str]]:
    return [(str(each.place), each.message.zh) for each in built.findings if each.check == "page.draft"]


def words(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text: str = document[0].get_textpage().get_text_range()
        return text


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return issue(tmp_path_factory.mktemp("half") / "issue", HALF)


@pytest.mark.slow
def test_half_a_design_gives_a_page_and_a_list(half: Path, tmp_path: Path) -> None:
    with pytest.raises(LayoutError):
        build(half, Options(out=tmp_path))
    assert list(tmp_path.iterdir()) == []
    built = build(half, Options(out=tmp_path, draft=True, filler=True))
    assert built.exit_code == 1
    assert {each.name for each in tmp_path.iterdir()} == {
        "issue-draft.pdf",
        "issue-draft.png",
        "issue-draft.report.json",
    }
    found = lacks(built)
    assert all(each.hint is not None for each in built.findings if each.check == "page.draft")
    told = "\n".join(f"{place} {sentence}" for place, sentence in found)
    for place, words_told in (
        ("issue/issue.toml:14", "not-there.jpg"), ("plain/page.html:8", "hero"),
        ("plain/page.html:4", "word.nameplate"),
        ("issue/a.md", "第 3 节"), ("issue/a.md:5:4", "a.section-1.heading"), ("issue/a.md:6:1", "a.section-1"),
        ("issue/a.md:9:1", "a.section-2"), ("issue/issue.toml:7", "page.folio.number"),
    ):  # fmt: skip
        assert any(at.startswith(place) and words_told in sentence for at, sentence in found), (place, told)
    assert "picture.ridge.credit" in told
    assert "picture.hero" not in told, "of a picture that is not there its words are not missed as well"
    # Nothing else is told of what is listed.
    assert not {each.check for each in built.findings} & {
        "page.hole",
        "page.blank",
        "image.flat",
        "text.extra",
        "text.lost",
    }
    shown = words(built.pdf)
    assert "题" in shown
    assert FILLER[:9] in shown.replace("\n", "")
    assert "ridge" in shown
    assert "hero" in shown
    assert "DRAFT" in shown
    with Image.open(tmp_path / "issue-draft.png") as picture:
        scale = picture.width / (210 / 25.4 * 72)
        assert picture.convert("L").getpixel((round(80 * scale), round(75 * scale))) in range(180, 225), "a grey box"


@pytest.mark.slow
def test_a_whole_page_as_a_draft_lacks_nothing_and_leaves_what_was_built(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "issue", COPY)
    first = build(folder, Options(out=tmp_path / "out"))
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    built = build(folder, Options(out=tmp_path / "out", draft=True, png=False))
    assert lacks(built) == []
    assert [each.check for each in built.findings] == [each.check for each in first.findings]
    assert built.exit_code == 1
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in (tmp_path / "out").iterdir()} - {path.name for path in before} == {
        "issue-draft.pdf", "issue-draft.report.json",
    }  # fmt: skip


def test_a_template_that_is_wrong_gives_no_page(tmp_path: Path) -> None:
    folder = issue(tmp_path / "issue", HALF.replace("story.headline", "story.headlin"))
    with pytest.raises(TemplateError, match="headlin"):
        build(folder, Options(out=tmp_path / "out", draft=True))


def test_pictures_that_are_not_there_are_grey_and_their_faults_known(half: Path) -> None:
    faults = DraftFaults()
    found = read_issue(half, faults)
    assert [picture.path for picture in found.pictures] == [grey_picture()]
    assert list(faults.absent) == ["ridge"]
    assert str(faults.absent["ridge"].place) == "issue/issue.toml:14:9"
    assert faults.unused == []
    with Image.open(grey_picture()) as picture:
        assert picture.getextrema() == (200, 200)


def test_what_is_on_no_page_is_listed_with_the_first(half: Path) -> None:
    (half / "样稿.md").write_text("---\nheadline: 题\n---\n正文。\n", encoding="utf-8")
    with (half / "issue.toml").open("a", encoding="utf-8") as plan:
        plan.write('\n[[picture]]\nid = "more"\nfile = "more.jpg"\ncaption = "山"\ncredit = "某摄"\n')
    with pytest.raises(Faults) as caught:
        read_job(half, Options(), Clock(), lambda *_: None)
    job = read_job(half, Options(draft=True), Clock(), lambda *_: None)
    listed = {each.message.zh: str(each.place) for each in job.lacking[1]}
    for words_told, place in (
        ("稿件 样稿.md 没有上版。", "issue/issue.toml:9:1"), ("图片 more 没有上版。", "issue/issue.toml:18:1"),
    ):  # fmt: skip
        assert words_told in [fault.message.zh for fault in caught.value.faults()]
        assert listed[words_told] == place


@pytest.mark.parametrize(
    ("options", "words_told"),
    [
        ({"draft": True, "final": True}, "--final"),
        ({"draft": True, "only_changed": True}, "--only-changed"),
        ({"draft": True, "ticket": True}, "--ticket"),
        ({"draft": True, "single_pages": True}, "--single-pages"),
        ({"filler": True}, "--draft"),
    ],
)
def test_a_draft_is_neither_printed_nor_delivered(options: dict[str, bool], words_told: str) -> None:
    with pytest.raises(UsageError, match=words_told):
        Options(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{{ story.words.place.flow }}", "a.word.place"),
        ("{{ story.words['place'].flow }}", "a.word.place"),
        ("{% for n in (1, 2) %}{{ story.words['cut-' ~ n].flow }} {% endfor %}", "a.word.cut-1 a.word.cut-2 "),
        ("{{ story.words.get('cut-' ~ 1).flow }}", "a.word.cut-1"),
        ("{{ story.words.get('cut', story.headline).flow }}", "a.headline"),
        ("{{ 'yes' if story.words.get('cut') }}{% for word in story.words.values() %}{{ word.flow }}{% endfor %}", ""),
        ("{{ story['words']['cut'].flow }}", "a.word.cut"),
        ("{{ story.sections[4].heading.flow }}", "a.section-5.heading"),
        ("{{ story.figures[1].flow }}", "a.figure-2"),
        ("{{ page.pictures[0].id }}", "picture-1"),
        ("{{ page.pictures[0].id }} {{ story.figures[0].flow }}", "picture-1 a.figure-1"),
        ("{{ pictures.sun.caption.flow }}", "picture.sun.caption"),
        ("{% if story.words.place %}there{% endif %}", ""),
        ("{{ story.byline.flow }}", "a.byline"),
        ("{% for each in page.pictures %}{{ each.id }}{% endfor %}", ""),
    ],
)
def test_what_a_template_asks_for_in_vain_has_its_name(tmp_path: Path, template: str, filled: str) -> None:
    plan = read_issue(make_issue(tmp_path / "issue", COPY))
    (tmp_path / "page.html").write_text(template, encoding="utf-8")
    context = page_context(plan, plan.pages[0])
    assert Design(tmp_path, draft=True).page("page", context) == filled


@pytest.mark.parametrize(
    "template", ["{{ story.headlin }}", "{{ stroy.headline }}", "{{ page.folio.x }}", "{{ labels.x }}"]
)
def test_a_name_that_nothing_is_called_stays_a_fault(tmp_path: Path, template: str) -> None:
    plan = read_issue(make_issue(tmp_path / "issue", COPY))
    (tmp_path / "page.html").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateError):
        Design(tmp_path, draft=True).page("page", page_context(plan, plan.pages[0]))

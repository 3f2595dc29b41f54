"""Pictures of a page are seated when it is made, with their captions, and the report says which seat each has."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from in_place import build
from layout.errors import LayoutError
from layout.issue import read_issue
from layout.pipeline import Options
from layout.preflight.text import read_text

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title>
<link rel="stylesheet" href="page.css"></head><body><main data-fill>
{% for name, word in page.folio.items() %}<div class="line" data-flow="{{ word.flow }}"></div>{% endfor %}
<div class="line" data-flow="{{ story.headline.flow }}"></div><div class="line" data-flow="{{ story.lede.flow }}"></div>
{% for shot in page.pictures %}<div class="box b{{ loop.index }}" data-picture="{{ shot.id }}"></div>
{% if shot.caption %}<div class="line" data-flow="{{ shot.caption.flow }}"></div>{% endif %}
{% if shot.credit %}<div class="line" data-flow="{{ shot.credit.flow }}"></div>{% endif %}
{% endfor %}</main></body></html>"""
CSS = """@page { size: 210mm 297mm; margin: 0 } * { margin: 0; padding: 0 }
body { font-family: "Song 400"; line-height: 0; color: device-cmyk(0 0 0 1) }
main { margin: 30pt 40pt; width: 500pt; height: 750pt; line-height: 15pt }
.line { font-size: 10pt; line-height: 15pt; height: 15pt } .b1 { width: 300pt; height: 195pt }
.b2 { width: 120pt; height: 180pt } .b3 { width: 150pt; height: 105pt }"""
SIZES = {"tall": (1200, 1800), "small": (600, 420), "wide": (1800, 1200)}
FACTS = 'caption = "{0}的图说"\ncredit = "{0}的作者"\n'


CAPTION = '<div class="line" data-flow="{{ shot.caption.flow }}">'
BY_LENGTH = CAPTION.replace(">", ' style="height: {{ 15 * (shot.caption.text | length / 50) | round(0, "ceil") }}pt">')
"""A frame of as many lines as the caption takes that stands there."""
LONG = "这是一条要排两行的图说" * 6


def issue_of(folder: Path, page: str = "", more: dict[str, str] | None = None, captions: tuple[str, ...] = ()) -> Path:
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "own" / "page.css").write_text(CSS, encoding="utf-8")
    (folder / "a.md").write_text("---\nheadline: 题\n---\n导语。\n", encoding="utf-8")
    text = 'title = "t"\ndate = 2026-01-01\ndesign = "own"\npress = "newsprint-coldset"\n'
    text += f'[[page]]\nnumber = 1\ntitle = "t"\nstories = ["a.md"]\npictures = ["tall", "small", "wide"]\n{page}\n'
    for name, size in SIZES.items():
        Image.new("RGB", size, (90, 120, 60)).save(folder / f"{name}.png")
        facts = FACTS.format(name) if name in (captions or SIZES) else ""
        text += f'[[picture]]\nid = "{name}"\nfile = "{name}.png"\n{facts}{(more or {}).get(name, "")}'
    (folder / "issue.toml").write_text(text, encoding="utf-8")
    return folder


def seated(folder: Path) -> dict[str, tuple[int, int]]:
    """By the picture its seat, and its place in the plan."""
    built = build(folder, Options(out=folder.parent / "out", png=False))
    assert not [each.message.zh for each in built.findings if each.check.startswith("text.")]
    page = built.report["pages"][-1]
    words = "".join(char.text for char in read_text(built.pdf.read_bytes(), len(built.report["pages"]) - 1))
    for name in read_issue(folder).pictures:
        assert name.caption.text in words
    return {each["id"]: (each["seat"], each["listed"]) for each in page["pictures"]}


def test_each_has_the_box_of_its_shape(tmp_path: Path) -> None:
    assert seated(issue_of(tmp_path / "i")) == {"wide": (1, 3), "tall": (2, 1), "small": (3, 2)}


def with_long_caption(folder: Path, caption: str = CAPTION, css: str = "") -> Path:
    """The same issue, the picture of the first seat with a caption of two lines, another *caption* in the design."""
    issue = issue_of(folder)
    plan = (issue / "issue.toml").read_text(encoding="utf-8")
    (issue / "issue.toml").write_text(plan.replace("wide的图说", LONG), encoding="utf-8")
    (issue / "own" / "page.html").write_text(PAGE.replace(CAPTION, caption), encoding="utf-8")
    (issue / "own" / "page.css").write_text(CSS + css, encoding="utf-8")
    return issue


def test_a_template_reckons_the_room_of_the_caption_that_is_seated(tmp_path: Path) -> None:
    """Filled once in the order of the plan, it would give the first seat one line, and the third the two."""
    assert seated(with_long_caption(tmp_path / "i", BY_LENGTH)) == {"wide": (1, 3), "tall": (2, 1), "small": (3, 2)}


def test_where_a_caption_has_no_place_in_its_seat_the_pictures_stand_in_the_order_of_the_plan(tmp_path: Path) -> None:
    roomy = with_long_caption(tmp_path / "i", css=".b3 + .line { height: 30pt }")
    assert seated(roomy) == {"tall": (1, 1), "small": (2, 2), "wide": (3, 3)}


def test_a_picture_that_the_design_names_stands_where_it_says(tmp_path: Path) -> None:
    issue = issue_of(tmp_path / "i")
    others = PAGE.replace("page.pictures %}", "page.pictures if shot.id != 'tall' %}")
    named = others.replace("{% for shot in", '<div class="b1" data-picture="tall"></div>\n{% for shot in')
    words = "".join(f'<div class="line" data-flow="picture.tall.{each}"></div>' for each in ("caption", "credit"))
    (issue / "own" / "page.html").write_text(named.replace("</main>", f"{words}</main>"), encoding="utf-8")
    assert seated(issue)["tall"] == (1, 1)


def test_the_pictures_of_a_page_of_a_run_are_seated_with_the_words_of_the_whole_issue(tmp_path: Path) -> None:
    """Its template is filled when the copy is shared out, and once more where it is set: with all pages' contents."""
    issue = as_run(with_long_caption(tmp_path / "i", BY_LENGTH))
    (issue / "b.md").write_text("---\nheadline: 前题\n---\n导语。\n", encoding="utf-8")
    plan = (issue / "issue.toml").read_text(encoding="utf-8").replace('"1-"', '"2-"')
    before = '[[page]]\nnumber = 1\ntitle = "t"\nstories = ["b.md"]\n\n[[page]]'
    (issue / "issue.toml").write_text(plan.replace("[[page]]", before, 1), encoding="utf-8")
    turns = '{% for turn in page.turns.values() %}<div class="line" data-flow="{{ turn.flow }}"></div>{% endfor %}'
    html = (issue / "own" / "page.html").read_text(encoding="utf-8").replace("</main>", f"{turns}</main>")
    html = html.replace("{% if shot.caption %}", "{% if shot.caption and issue.pages | length == 2 %}")
    (issue / "own" / "page.html").write_text(html, encoding="utf-8")
    assert seated(issue) == {"wide": (1, 3), "tall": (2, 1), "small": (3, 2)}


def test_by_order_where_the_page_says_so(tmp_path: Path) -> None:
    found = seated(issue_of(tmp_path / "i", 'seats = "order"'))
    assert found == {"tall": (1, 1), "small": (2, 2), "wide": (3, 3)}


def test_the_lead_leads_and_a_group_has_one_caption(tmp_path: Path) -> None:
    more = {"tall": 'place = "lead"\ngroup = "开幕"\n', "small": 'group = "开幕"\n'}
    found = seated(issue_of(tmp_path / "i", more=more, captions=("tall", "wide")))
    assert found["tall"] == (1, 1)
    assert found["small"] == (2, 2)  # beside the first of its group


def test_a_picture_without_words_stands_where_the_template_has_no_frame_for_them(tmp_path: Path) -> None:
    """By shape alone the second of the group would have the box of the third, whose caption has a frame there."""
    more = {"tall": 'group = "开幕"\n', "wide": 'group = "开幕"\n'}
    found = seated(issue_of(tmp_path / "i", more=more, captions=("tall", "small")))
    assert found["wide"] == (3, 3)


@pytest.mark.parametrize(
    ("page", "more", "words"),
    [
        ("", {"tall": 'place = "lead"\n', "wide": 'place = "lead"\n'}, "有两幅图要进最大的框"),
        ("", {"tall": 'place = "left"\n'}, "只能是"),
        ('seats = "order"', {"tall": 'place = "lead"\n'}, "place 不起作用"),
        ('seats = "size"', {}, "只能是"),
        ("", {"tall": 'group = "开幕"\n'}, "没有别的图与 tall 合用图说"),
        ("", {"tall": 'kind = "advertisement"\nplace = "lead"\n'}, "place 只对照片有用"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, page: str, more: dict[str, str], words: str) -> None:
    with pytest.raises(LayoutError) as caught:
        read_issue(issue_of(tmp_path / "i", page, more))
    told = [fault for fault in caught.value.faults() if words in fault.message.zh]
    assert told
    assert told[0].place is not None
    assert told[0].place.line


def as_run(issue: Path) -> Path:
    """The same issue, its page one of a run."""
    plan = (issue / "issue.toml").read_text(encoding="utf-8").replace("number = 1", 'pages = "1-"')
    (issue / "issue.toml").write_text(plan, encoding="utf-8")
    return issue


def test_on_every_page_of_a_run_one_may_lead_and_those_of_one_caption_are_listed_together(tmp_path: Path) -> None:
    leads = {"tall": 'place = "lead"\n', "wide": 'place = "lead"\n'}
    assert sum(picture.leads for picture in read_issue(as_run(issue_of(tmp_path / "i", more=leads))).pictures) == 2
    group = {"tall": 'group = "开幕"\n', "wide": 'group = "开幕"\n'}
    with pytest.raises(LayoutError) as caught:
        read_issue(as_run(issue_of(tmp_path / "j", more=group)))
    (told,) = caught.value.faults()
    assert "wide 与合用图说的“开幕”隔着别的图" in told.message.zh
    assert told.place is not None
    assert told.place.line
    listed = as_run(issue_of(tmp_path / "k", more=group)) / "issue.toml"
    plan = listed.read_text(encoding="utf-8").replace('"tall", "small", "wide"', '"small", "tall", "wide"')
    listed.write_text(plan, encoding="utf-8")
    assert read_issue(listed.parent).pages[0].run is not None


def test_who_has_no_caption_must_have_one_in_its_group(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="caption"):
        read_issue(
            issue_of(tmp_path / "i", more={"tall": 'group = "开幕"\n', "small": 'group = "开幕"\n'}, captions=("wide",))
        )

"""Marks of an earlier round: found again where lines moved, and judged from the new copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.geometry import Box
from layout.proof.marks.judgement import JudgedMark, judged_marks
from layout.proof.marks.kinds import mark_kinds
from layout.proof.marks.marks_file import Mark, MarkBox, MarksFile
from layout.proof.printed_copy import PrintedCopy, PrintedPicture
from proof.rounds import mark, paragraph, story, with_pictures

FIRST = "河水从雪线下来，一路走了四百里，到城边已经很浅。"
SECOND = "守闸的人每天记三次水位，雨天记五次，从来没有漏过。"
THIRD = "岸上的人说，河记得的比人多，因此要常去看看它。"
OLD = story(FIRST, SECOND, THIRD)


def judged(made: Mark, new: PrintedCopy) -> JudgedMark:
    (found,) = judged_marks([MarksFile("marks.json", "river", 1, (made,))], new)
    return found


def edited(old: str, new: str, copy: PrintedCopy = OLD) -> PrintedCopy:
    """*copy* with one change, and a paragraph before it that moves everything along."""
    texts = [each.text for each in copy.paragraphs]
    assert sum(old in text for text in texts) == 1
    return story("新加的一段话，把后面的都往下推了两行还多一点。", *(text.replace(old, new) for text in texts))


@pytest.mark.parametrize(
    ("kind", "words", "text", "before", "after"),
    [
        ("replace", "四百里", "三百里", "四百里", "三百里"),
        ("replace", "河水从雪线", "河从雪线", "河水从雪线", "河从雪线"),  # at the beginning
        ("replace", "很浅。", "见底。", "很浅。", "见底。"),  # at the end
        ("replace", "雪线", "", "雪线", "冰川"),
        ("delete", "已经", "", "已经", ""),
        ("delete", FIRST, "", FIRST, "另写的一段，和原来的全不相干，讲的是别的事情。"),
        ("insert", "雪线下来，", "绕过山口，", "雪线下来，", "雪线下来，绕过山口，"),
        ("insert", "已经很浅。", "据记者所见。", "已经很浅。", "已经很浅。据记者所见。"),
        ("swap", "一路走了", "走了一路", "一路走了", "走了一路"),
        ("stet", "四百里", "", "到城边", "到了城边"),
        ("new-paragraph", "到城边", "", "，到城边已", "，到城边已"),
        ("separate", "雪线下", "", "雪线下", "雪线 下"),
    ],
)
def test_done_when_the_copy_reads_as_marked(kind: str, words: str, text: str, before: str, after: str) -> None:
    new = edited(before, after)
    if kind == "new-paragraph":
        texts = [each.text for each in new.paragraphs]
        at = texts[1].index("到城边")
        new = story(texts[0], texts[1][:at], texts[1][at:], *texts[2:])
    assert judged(mark(kind, OLD, words, text), new).status == "done"


@pytest.mark.parametrize("kind", [each.id for each in mark_kinds().values() if each.on != "picture"])
def test_not_done_where_nothing_changed_however_far_it_moved(kind: str) -> None:
    made = mark(kind, OLD, "四百里" if kind != "run-on" else SECOND[:2], "三百里", number=2 if kind == "run-on" else 1)
    moved = edited(FIRST, FIRST)
    # One paragraph more stands above: every line of it is elsewhere, and set as it was.
    wanted = {"stet": "done", "remark": "cannot tell"}.get(kind, "not done")
    found = judged(made, moved)
    assert (found.status, found.place) == (wanted, "river.md:2" if kind != "run-on" else "river.md:3")
    assert found.why.zh
    assert found.why.en


@pytest.mark.parametrize(
    ("kind", "words", "text", "before", "after", "why"),
    [
        ("replace", "四百里", "三百里", "四百里", "五百里", "“五百里”"),
        ("delete", "已经", "", "已经", "早就", "“早就”"),
        ("insert", "雪线下来，", "绕过山口，", "雪线下来，", "雪线下来，穿过峡谷，", "“穿过峡谷，”"),
        ("stet", "四百里", "", "四百里", "三百里", "“三百里”"),
        ("remark", "四百里", "请核实", "四百里", "三百里", "“三百里”"),
        ("level", "四百里", "", "四百里", "三百里", "“三百里”"),
    ],
)
def test_what_changed_otherwise_is_shown_and_left_to_the_reader(
    kind: str, words: str, text: str, before: str, after: str, why: str
) -> None:
    found = judged(mark(kind, OLD, words, text), edited(before, after))
    assert found.status == "cannot tell"
    assert why in found.why.zh
    assert why in found.why.en


def test_it_says_where_the_words_stand_now() -> None:
    found = judged(mark("replace", OLD, "四百里", "三百里"), edited(FIRST, FIRST))
    # Characters 12 to 15 of the second paragraph: the second line, from its third character on.
    assert found.boxes == ((1, Box(20, 10, 30, 10)),)


def test_neighbouring_marks_do_not_hide_each_other() -> None:
    both = edited("四百里，到城边", "三百里，到了城边")
    assert judged(mark("replace", OLD, "四百里", "三百里"), both).status == "done"
    assert judged(mark("insert", OLD, "，到", "了"), both).status == "done"
    assert judged(mark("replace", OLD, "走了", "流了"), both).status == "not done"


def test_a_move_is_done_when_the_words_are_there_and_no_longer_here() -> None:
    made = mark("move", OLD, "一路走了四百里，", "到城边")
    assert judged(made, edited("一路走了四百里，到城边", "到城边一路走了四百里，")).status == "done"
    assert judged(made, edited("到城边", "到城边一路走了四百里，")).status == "cannot tell"
    assert judged(made, edited("一路走了四百里，", "")).status == "cannot tell"


def test_run_on_is_done_when_two_paragraphs_are_one() -> None:
    made = mark("run-on", OLD, SECOND[:3], number=2)
    assert judged(made, story(FIRST + SECOND, THIRD)).status == "done"
    assert judged(made, story(FIRST, SECOND + THIRD)).status == "not done"


def test_throughout_counts_what_is_left() -> None:
    old = story("长治的河，长治的桥，长治的人都在岸上。", "到长治来看水的人越来越多，都说不虚此行。")
    made = mark("everywhere", old, "长治的河"[:2], "长治市")
    half = story("长治市的河，长治市的桥，长治的人都在岸上。", "到长治来看水的人越来越多，都说不虚此行。")
    found = judged(made, half)
    assert (found.status, found.why.zh) == ("not done", "还有 2 处：river.md:1、river.md:2")
    whole = story("长治市的河，长治市的桥，长治市的人都在岸上。", "到长治市来看水的人越来越多，都说不虚此行。")
    assert judged(made, whole).status == "done"


def test_a_headline_written_anew_is_the_headline_all_the_same() -> None:
    old, new = (story(text, flow="river.headline") for text in ("读河", "水从哪里来"))
    assert judged(mark("replace", old, "读河", "水从哪里来"), new).status == "done"
    assert judged(mark("replace", old, "读河", "看水"), new).status == "cannot tell"


def test_a_paragraph_that_went_to_another_text_is_found_there() -> None:
    new = PrintedCopy((*story(SECOND).paragraphs, paragraph(FIRST.replace("四百里", "三百里"), "river.box-1")), ())
    assert judged(mark("replace", OLD, "四百里", "三百里"), new).status == "done"


def test_a_paragraph_that_is_gone_leads_to_its_place_on_the_page() -> None:
    new = story("全然不同的一段文字，谁也认不出它来。")
    found = judged(mark("insert", OLD, "雪线下来，", "绕过山口，"), new)
    assert (found.status, found.boxes) == ("cannot tell", ((1, Box(1, 2, 3, 4)),))
    assert judged(mark("delete", OLD, "四百里"), new).status == "done"
    there = story("全然不同的一段文字，谁也认不出它来。", "可是还有四百里。")
    assert judged(mark("delete", OLD, "四百里"), there).status == "cannot tell"
    assert judged(mark("replace", OLD, "四百里", "一段文字"), new).status == "done"


def test_of_a_round_of_some_pages_nothing_is_said_of_the_others() -> None:
    part = PrintedCopy(story("全然不同的一段文字，谁也认不出它来。").paragraphs, (), whole=False)
    assert judged(mark("delete", OLD, "四百里"), part).status == "cannot tell"
    throughout = mark("everywhere", OLD, "三次", "四次", number=2)
    assert judged(throughout, replace(story(SECOND), whole=False)).status == "not done"
    assert judged(throughout, replace(story(SECOND.replace("三次", "四次")), whole=False)).status == "cannot tell"


def test_how_a_line_is_set_is_known_by_its_digest() -> None:
    made = mark("more-space", OLD, "四百里")
    assert judged(made, OLD).status == "not done"
    line = replace(OLD.paragraphs[0].lines[1], digest="0123456789ab")
    set_anew = replace(OLD.paragraphs[0], lines=(OLD.paragraphs[0].lines[0], line, *OLD.paragraphs[0].lines[2:]))
    found = judged(made, PrintedCopy((set_anew, *OLD.paragraphs[1:]), ()))
    assert (found.status, found.why.zh) == ("cannot tell", "这一行排得和上一校不同")


def test_pictures_are_judged_by_their_files() -> None:
    old = PrintedPicture(1, "ridge", "ridge.jpg", Box(0, 0, 90, 60), "aa", "bb", "issue.toml:40:1")
    made = Mark(id="1", kind="picture", page=1, box=MarkBox(0, 0, 9, 9), picture="ridge", source="aa", look="bb")
    other = replace(old, source="cc", look="dd", file="stream.jpg", page=3, place="issue.toml:48:1")
    assert judged(made, with_pictures(old)).status == "not done"
    found = judged(made, with_pictures(other))
    assert (found.status, found.page) == ("done", 3)
    assert "stream.jpg" in found.why.zh
    assert found.place == "issue.toml:48:1"
    gone = judged(replace(made, place="issue.toml:40:1"), with_pictures())
    assert (gone.status, gone.place) == ("cannot tell", "issue.toml:40:1")
    crop = replace(made, kind="picture-crop")
    assert judged(crop, with_pictures(old)).status == "not done"
    assert judged(crop, with_pictures(replace(old, look="ee"))).status == "cannot tell"


def test_a_mark_on_the_page_alone_is_for_the_eye() -> None:
    made = Mark(id="1", kind="shift", page=2, box=MarkBox(5, 6, 7, 8))
    found = judged(made, OLD)
    assert (found.status, found.boxes, found.page) == ("cannot tell", ((2, Box(5, 6, 7, 8)),), 2)

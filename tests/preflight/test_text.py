"""Text accounting: what belongs, what is missing, what is extra, what moved, and with how much work it is told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Paragraph, Run, Text
from layout.preflight import text_threads
from layout.preflight.reading import PageChar, as_read
from layout.preflight.text import Accounting, Passage, account, passages
from work import calls_counted, lines_run

COPY = (
    "2026年，屯留区将实施重点项目332个，总投资一千二百亿元。坚持稳中求进，坚持人民至上。"
    "全区上下要以时不我待的紧迫感，把会议精神落到实处，把惠民实事办到群众心坎上，奋力谱写高质量发展新篇章。"
)
SECOND = "本报讯：政协第二次会议昨日闭幕，委员们围绕产业转型、乡村振兴、生态保护建言献策。"


def checks(accounting: Accounting) -> list[str]:
    return [finding.check for finding in accounting.findings]


def message(accounting: Accounting) -> str:
    return "\n".join(finding.message.zh for finding in accounting.findings)


def test_whole_copy_with_furniture_between() -> None:
    stream = "两会特刊2026年2月1日" + COPY[:30] + "图为会场" + COPY[30:] + "332"
    got = account(stream, [COPY], ["图为会场", "两会特刊", "2026年2月1日", "332"])
    assert got.complete
    assert got.characters_set == got.characters_copy == len(COPY)
    assert got.characters_page == len(stream)


def test_white_space_does_not_count() -> None:
    assert account("屯 留\u3000两\n会\xa0", ["屯留 两会"]).complete


def test_stories_may_interrupt_one_another() -> None:
    assert account(COPY[:20] + SECOND[:11] + COPY[20:50] + SECOND[11:] + COPY[50:], [COPY, SECOND]).complete


def test_furniture_inside_a_word_that_repeats_it() -> None:
    assert account("重点332" + "3" + "个3项", ["重点332个项"], ["3", "3"]).complete


def test_greedy_choice_is_taken_back() -> None:
    # The caption begins like the copy it interrupts.
    assert account("甲乙丙" + "甲乙丁" + "甲乙戊", ["甲乙丙甲乙戊"], ["甲乙丁"]).complete
    assert account("会会会场会", ["会会场会"], ["会"]).complete


@pytest.mark.parametrize("at", [0, 5, 40, len(COPY) - 1])
def test_one_lost_character_is_one_finding(at: int) -> None:
    got = account(COPY[:at] + COPY[at + 1 :], [COPY])
    assert checks(got) == ["text.complete"]
    assert got.findings[0].amount == {"characters": 1}
    assert got.characters_set == len(COPY) - 1


@pytest.mark.parametrize("at", [0, 5, 40, len(COPY)])
def test_one_added_character_is_one_finding(at: int) -> None:
    got = account(COPY[:at] + "㐂" + COPY[at:], [COPY])
    assert checks(got) == ["text.extra"]
    assert "“㐂”" in message(got)


def test_wrong_character_says_both() -> None:
    got = account(COPY.replace("紧迫", "紧追"), [COPY])
    assert checks(got) == ["text.complete"]
    assert "“迫”" in message(got)
    assert "“追”" in message(got)


def test_code_points_are_compared_as_written() -> None:
    got = account("e\u0301", ["\xe9"])
    assert checks(got) == ["text.complete"]
    assert not account("\uf9d8例", ["律例"]).complete


def test_moved_paragraph_is_an_order_finding() -> None:
    got = account(COPY[:30] + COPY[60:] + COPY[30:60], [COPY])
    assert checks(got) == ["text.order"]


def test_overset_tail() -> None:
    got = account(COPY[:-9], [COPY])
    assert checks(got) == ["text.complete"]
    assert "稿末 9 个字没有印出" in message(got)


def test_doubled_furniture_is_extra_and_lost_furniture_missing() -> None:
    assert checks(account("图说一" + COPY + "图说一", [COPY], ["图说一"])) == ["text.extra"]
    assert checks(account(COPY, [COPY], ["图说一"])) == ["text.complete"]


def test_damaged_caption_is_told_once() -> None:
    got = account(COPY[:30] + "图为会场外的桔水河" + COPY[30:], [COPY], ["图为会场外的绛水河"])
    assert checks(got) == ["text.complete"]
    assert "从第 7 个字起不同" in message(got)


def test_several_breaks_are_told_in_order() -> None:
    page = COPY[:10] + COPY[11:30] + "错" + COPY[30:60] + COPY[63:]
    assert checks(account(page, [COPY])) == ["text.complete", "text.extra", "text.complete"]


def test_many_breaks_end_in_one() -> None:
    page = "".join(char + "※" * (i % 10 == 9) for i, char in enumerate(COPY * 4))
    got = account(page, [COPY * 4])
    assert 1 < len(got.findings) <= 14


def test_place_in_the_manuscript() -> None:
    copy = [Passage("屯留 两会", Place("a.md", 3, 1)), Passage("重点项目", Place("a.md", 5, 1))]
    got = account("屯留两会重点目", [copy])
    assert got.findings[0].place == Place("a.md", 5, 3)
    got = account("屯留两重点项目", [copy])
    assert got.findings[0].place == Place("a.md", 3, 5)


def test_line_end_hyphen_may_be_the_typesetters() -> None:
    def char(text: str, hyphen: bool = False) -> PageChar:
        return PageChar(text, 0, 0, (0, 0, 0, 0), "", 9, hyphen)

    stream = [char(c, c == "-") for c in "inter-national"]
    assert account(stream, ["international"]).hyphens == 1
    assert account(stream, ["international"]).complete
    assert account(stream, ["inter-national"]).hyphens == 0
    assert not account([char(c) for c in "inter-national"], ["international"]).complete


def at(text: str, *spots: tuple[float, float]) -> list[PageChar]:
    """*text* with each character's pen."""
    return [PageChar(char, x, y, (0, 0, 0, 0), "", 9) for char, (x, y) in zip(text, spots, strict=True)]


def test_a_ligature_read_as_letters_on_one_spot_is_that_ligature() -> None:
    page = at("offi天", (0, 0), (5, 0), (9, 0), (9, 0), (15, 0))
    assert account(page, ["ofﬁ天"]).complete
    assert not account(page, ["ofﬂ天"]).complete
    assert not account(page, ["of天"]).complete
    apart = at("offi天", (0, 0), (5, 0), (9, 0), (12, 0), (15, 0))
    assert account(apart, ["offi天"]).complete
    assert not account(apart, ["ofﬁ天"]).complete  # letters of their own are not what the copy says
    assert account(page, ["offi天"]).complete  # where the copy has letters, a run that tells its text has one spot
    assert not account(at("天", (0, 0)), ["天ﬁ"]).complete


def test_a_hyphen_after_a_soft_one_is_the_typesetters_at_a_line_s_end_only() -> None:
    level = at("a\u00ad-b", (0, 9), (5, 9), (5, 9), (0, 0))
    down = at("a\u00ad-b", (9, 20), (9, 15), (9, 15), (0, 20))
    for page in (level, down):
        assert account(page, ["a\u00adb"]).hyphens == 1
        assert account(page, ["a\u00adb"]).complete
        assert account(page, ["a\u00ad-b"]).complete
        assert not account(page, ["ab"]).complete
    assert not account(at("a\u00ad-b", (0, 9), (5, 9), (5, 9), (8, 9)), ["a\u00adb"]).complete
    assert not account(at("a\u00ad-b", (9, 20), (9, 15), (9, 15), (9, 11)), ["a\u00adb"]).complete


def test_a_hyphen_after_a_soft_one_ends_the_page_s_last_line_too() -> None:
    assert account(at("a\u00ad-", (0, 9), (5, 9), (5, 9)), ["a\u00ad"]).complete


def test_text_as_pdfium_reads_it() -> None:
    assert as_read("oﬃce\u2010a\u00adb㎡—") == "office-a-b㎡—"


def test_empty_page_and_empty_copy() -> None:
    assert account("", []).complete
    assert account("", [""], [""]).complete
    assert checks(account("", ["屯留"])) == ["text.complete"]
    assert checks(account("屯留", [])) == ["text.extra"]


def _long(size: int) -> str:
    choose = random.Random(7)
    return "".join(chr(0x4E00 + choose.randrange(1500)) for _ in range(size))


@pytest.mark.parametrize("damage", ["none", "lost", "swapped", "foreign"])
def test_twenty_thousand_characters_take_a_few_lines_each(damage: str) -> None:
    """33 to 44 lines of the program a character; a search that looks back would take thousands."""
    first, second = _long(14_000), _long(6_000)[::-1]
    pieces = [_long(30)[::-1] + str(i) for i in range(12)] + ["3", "332", "01"]
    stream = first[:5000] + "".join(pieces[:6]) + second[:3000] + first[5000:] + "".join(pieces[6:]) + second[3000:]
    if damage == "lost":
        stream = stream[:9000] + stream[9001:]
    elif damage == "swapped":
        stream = stream[:4000] + stream[4500:5000] + stream[4000:4500] + stream[5000:]
    elif damage == "foreign":
        stream = stream[:6000] + "外来文字" * 50 + stream[6000:]
    accounts: list[Accounting] = []
    lines = lines_run(lambda: accounts.append(account(stream, [first, second], pieces)), "preflight")
    assert lines < 60 * len(stream)
    (got,) = accounts
    assert got.complete == (damage == "none")
    assert len(got.findings) == (damage != "none")


def test_monotonous_texts_end(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = calls_counted(monkeypatch, text_threads._Page, "_next_states")
    assert account("一" * 6000, ["一" * 2000, "一" * 2500, "一" * 1500]).complete
    assert steps() <= 6001
    assert not account("一" * 6000 + "二", ["一" * 2000, "一" * 2500, "一" * 1500]).complete
    one_search = text_threads.STEPS_FREE + 6001 * text_threads.STEPS_PER_CHARACTER
    assert steps() < 2 * one_search


@given(
    st.lists(st.text("会议一二3", max_size=8), min_size=1, max_size=3),
    st.lists(st.text("会图3", min_size=1, max_size=3), max_size=3),
    st.randoms(use_true_random=False),
)
def test_any_interleaving_is_proved(texts: list[str], pieces: list[str], choose: random.Random) -> None:
    left, waiting, stream = list(texts), list(pieces), ""
    while any(left) or waiting:
        pick = choose.randrange(len(left) + len(waiting))
        if pick >= len(left):
            stream += waiting.pop(pick - len(left))
        elif left[pick]:
            stream, left[pick] = stream + left[pick][0], left[pick][1:]
    assert account(stream, texts, pieces).complete
    assert not account(stream + "会", texts, pieces).complete
    assert not account(stream[1:], texts, pieces).complete or not stream


def test_the_passages_of_a_manuscript_are_its_runs_in_order() -> None:
    runs = [Run(text, Place("a.md", line)) for line, text in enumerate(("屯", "留", "两", "会"), 1)]
    first = Text(Flow.parse("a"), (Paragraph("body", (runs[0], runs[1])), Paragraph("body", (runs[2],))))
    second = Text(Flow.parse("b"), (Paragraph("body", (runs[3],)),))
    assert passages(first, second) == tuple(Passage(run.text, run.place) for run in runs)


@pytest.mark.parametrize(
    ("lost", "place"), [("甲", (3, 5)), ("乙", (3, 6)), ("丙", (4, 1)), ("丁", (4, 3)), ("戊", (5, 1))]
)
def test_a_place_inside_a_passage_of_several_lines(lost: str, place: tuple[int, int]) -> None:
    """White space is counted where it stands, though it is not asked for on the page."""
    text = "甲乙\n丙 丁\n戊"
    page = "".join(text.split()).replace(lost, "")
    got = account(page, [[Passage(text, Place("a.md", 3, 5))]])
    assert got.findings[0].place == Place("a.md", *place)
    got = account(page, [[Passage(text, Place("a.md"))]])
    assert got.findings[0].place == Place("a.md")


def test_after_what_has_moved_the_rest_is_told_as_well() -> None:
    page = COPY[:30] + COPY[60:75] + COPY[76:] + COPY[30:60]
    got = account(page, [COPY])
    assert checks(got) == ["text.order", "text.complete"]
    assert got.findings[1].amount == {"characters": 1}
    extra = account(COPY[:30] + "㐂" + COPY[30:], [COPY]).findings[0]
    assert extra.hint is not None
    assert "page.html" in extra.hint.en


def test_what_is_known_to_be_overset_is_counted_and_hides_nothing() -> None:
    cut = [Passage(COPY[:40]), Passage(COPY[40:], Place("a.md", 7, 3), unset=True)]
    got = account(COPY[:40] + "图说" + SECOND, [cut, [Passage(SECOND)]], ["图说"])
    assert checks(got) == ["text.complete"]
    assert got.findings[0].amount == {"characters": len(COPY) - 40}
    assert str(got.findings[0].place) == "a.md:7:3"
    assert got.characters_copy - got.characters_set == len(COPY) - 40
    # Set after all, it is nobody's; and what is missing besides is still found.
    assert "text.extra" in checks(account(COPY + "图说" + SECOND, [cut, SECOND], ["图说"]))
    assert len(account(COPY[:39] + "图说" + SECOND, [cut, SECOND], ["图说"]).findings) == 2


def test_a_caption_may_be_overset_too() -> None:
    caption = [Passage("图为会场"), Passage("外的河", unset=True)]
    got = account(COPY + "图为会场", [COPY], [caption])
    assert checks(got) == ["text.complete"]
    assert got.characters_set == got.characters_copy == len(COPY)


def test_a_text_that_has_run_on_is_believed_where_the_stream_breaks() -> None:
    """The break is where the second text was left, not where it began."""
    first, second = "甲乙丙丁戊己庚辛壬癸子丑", "ABCDEFGHIJKLMNOP"
    stream = first[:4] + second[:8] + "?" + second[8:] + first[4:]
    (found,) = text_threads.follow(stream, (first, second), ()).breaks
    assert (found.at, found.extra, found.missing, found.thread) == (12, "?", "", 1)

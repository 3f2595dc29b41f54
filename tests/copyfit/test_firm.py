"""Copy that may not be cut: nobody is told to cut it, another way is offered, or it is said that there is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from copyfit.test_suggestions import FRAME, WORDS, compose, paragraph, texts_of
from layout.checks import Finding
from layout.errors import Hint, Message
from layout.flows import Flow
from layout.manuscript.model import Text

CUT = ("删", "cut", "减")


def firm(texts: list[Text]) -> list[Text]:
    return [replace(each, paragraphs=tuple(replace(own, firm=True) for own in each.paragraphs)) for each in texts]


def overset(findings: tuple[Finding, ...]) -> Hint:
    hint = next(each.hint for each in findings if each.check == "page.overset")
    assert hint is not None
    return hint


def words_of(message: Message | None) -> str:
    assert message is not None
    return f"{message.zh} {message.en}"


STACKED = "".join(
    f'<div data-band="{name}"><div data-column><div class="f" style="--height: rest" data-flow="{name}.1"></div>'
    "</div></div>"
    for name in "ts"
)
"""Two stories, one above the other: what one gives up the other gets."""


def test_the_same_copy_is_cut_where_it_may_be(tmp_path: Path) -> None:
    hint = overset(compose(tmp_path, FRAME, texts_of(s1=(WORDS,) * 6)).findings)
    assert "删" in words_of(hint.editor)


@pytest.mark.parametrize("paragraphs", [(WORDS,) * 6, (WORDS * 6,), (WORDS,) * 30])
def test_nobody_is_told_to_cut_it_and_that_nothing_else_gives_is_said(
    tmp_path: Path, paragraphs: tuple[str, ...]
) -> None:
    page = compose(tmp_path, FRAME, firm(texts_of(s1=paragraphs)))
    assert not any("cut" in each.amount for each in page.suggestions)
    editor = words_of(overset(page.findings).editor)
    assert "不可删" in editor
    assert "别的也让不出来" in editor
    assert "移到别的版" in editor
    for finding in page.findings:
        if finding.hint and finding.hint.editor and finding.check != "page.overset":
            assert not any(word in words_of(finding.hint.editor) for word in CUT), finding.check


@pytest.mark.parametrize("lines", [1, 2, 10])
def test_of_what_is_not_cut_no_impossible_amount_is_asked(tmp_path: Path, lines: int) -> None:
    """A story with far less room than it needs is not told to lose most of itself."""
    hint = overset(compose(tmp_path, FRAME, texts_of(s1=(WORDS,) * (20 * lines))).findings)
    assert "不是删几行的事" in words_of(hint.editor)


def test_a_firm_paragraph_is_passed_over_for_one_that_may_be_cut(tmp_path: Path) -> None:
    (text,) = texts_of(s1=(WORDS,) * 6)
    kept = tuple(replace(own, firm=number > 2) for number, own in enumerate(text.paragraphs))
    page = compose(tmp_path, FRAME, [replace(text, paragraphs=kept)])
    cuts = [each.amount for each in page.suggestions if "cut" in each.amount]
    assert all(amount.get("paragraph", amount.get("to", 0)) <= 3 for amount in cuts)  # type: ignore[operator]


@pytest.mark.parametrize("more", [1, 2])
def test_another_story_of_the_page_is_cut_for_it(tmp_path: Path, more: int) -> None:
    other, text = texts_of(s0=(WORDS,) * 6, s1=(WORDS,) * (2 + more))
    other = replace(other, flow=Flow.parse("t.1"))
    page = compose(tmp_path / "over", STACKED, [other, *firm([text])])
    cuts = [each for each in page.suggestions if "cut" in each.amount]
    assert {each.amount["text"] for each in cuts} <= {"t.1"}
    for_the_firm = [each for each in cuts if each.chain.flows == (text.flow,)]
    assert for_the_firm
    assert "已试排" in words_of(overset(page.findings).editor)
    assert all("t.1" in each.message.zh and "t.1" in each.message.en for each in for_the_firm)


COLUMNS = '<div data-band="one" style="height:200pt">' + "".join(
    f'<div data-column style="position:absolute;left:{left}pt;width:72pt">'
    '<div class="f" style="--height: rest" data-flow="s.1"></div></div>'
    for left in (0, 88)
) + "</div>"  # fmt: skip


def test_nobody_is_told_to_add_to_it(tmp_path: Path) -> None:
    short = texts_of(s1=(WORDS,) * 6)
    page = compose(tmp_path / "one", COLUMNS, short)
    assert any("add" in each.amount for each in page.suggestions)
    page = compose(tmp_path / "firm", COLUMNS, firm(short))
    assert not any("add" in each.amount for each in page.suggestions)
    found = [each for each in page.findings if each.check == "page.underset"]
    assert len(found) == 2
    for each in found:
        assert each.hint
        assert each.hint.editor
        assert each.hint.editor.zh == "加一张图、一篇短稿"


def test_lines_of_several_columns_are_told_as_their_sum(tmp_path: Path) -> None:
    for paragraphs in (1, 6):
        found = compose(tmp_path / str(paragraphs), COLUMNS, texts_of(s1=(WORDS,) * paragraphs)).findings
        assert any("各栏脚共空 8 行" in each.message.zh for each in found)


HEADLINE = '<div class="f" data-flow="s.headline" style="width:160pt;height:{}pt;--break:sense;--max-lines:2"></div>'


def over_long_headline(folder: Path, height: int, *, is_firm: bool) -> dict[str, Finding]:
    words = paragraph(
        "中国共产党青禾县第十四届委员会第十一次全体会议审议通过关于制定第十五个五年规划的建议", "headline"
    )
    text = Text(Flow.parse("s.headline"), (replace(words, firm=is_firm),))
    return {each.check: each for each in compose(folder, HEADLINE.format(height), [text]).findings}


def test_a_headline_that_fits_nowhere_is_overset_and_no_story_is_cut_for_it(tmp_path: Path) -> None:
    found = over_long_headline(tmp_path / "firm", 24, is_firm=True)
    assert not {"line.too_long", "line.overlong", "page.off_sheet"} & set(found)
    assert words_of(found["page.overset"].hint.editor).startswith("请美编给它多一行，或更小的字号")  # type: ignore[union-attr]
    found = over_long_headline(tmp_path / "other", 24, is_firm=False)
    assert "改短" in words_of(found["page.overset"].hint.editor)  # type: ignore[union-attr]


def test_a_headline_that_takes_more_lines_than_it_may_is_told_where_there_is_room_for_them(tmp_path: Path) -> None:
    found = over_long_headline(tmp_path, 100, is_firm=False)
    assert "page.overset" not in found
    assert "共 42 字，2 行只容 39 字" in found["line.too_long"].message.zh


def test_nobody_is_told_to_shorten_the_papers_name(tmp_path: Path) -> None:
    for name, cut in (("s.word.nameplate", False), ("s.word.motto", True)):
        text = Text(Flow.parse(name), (paragraph("青禾县河流日报" * 2, "word"),))
        frame = f'<div class="f" data-flow="{name}" style="width:104pt;height:10pt"></div>'
        editor = words_of(overset(compose(tmp_path / name, frame, [text]).findings).editor)
        assert ("改短" in editor) == cut
        assert ("只排得下 12 字：请美编" in editor) != cut

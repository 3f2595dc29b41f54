"""The editor's own space in a heading: where its lines end otherwise, that is told."""

from dataclasses import replace

import pytest

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import FrameType, Ink, RoleType
from small_page import FONTS

SIZE = 20.0
TYPE = FrameType({"plain": RoleType(("song-900",), SIZE, Ink(0, 0, 0, 1))}, 24.0, 0.0, "center", False,
                 {"break": "sense", "max-lines": "3"})  # fmt: skip
FLOW = Flow.parse("s.headline")


def headline(words: str, characters: float, type_: FrameType = TYPE) -> Galley:
    """The words set in lines of so many characters."""
    text = Text(FLOW, (Paragraph("headline", (Run(words, Place("s.md", 2)),)),))
    slots = tuple(Slot(0, 0.0, 24.0 * number, characters * SIZE) for number in range(4))
    return set_chain(TextChain(Chain((FLOW,)), (text,), type_), slots, Setter(FONTS), characters * SIZE)


def told(galley: Galley) -> list[object]:
    return [each.amount["passed"] for each in galley.findings if each.check == "line.passed_break"]


def test_a_space_that_the_lines_pass_over_is_told_with_what_to_type() -> None:
    """Eleven characters, and four: two lines of eight hold them only when they are broken by sense."""
    galley = headline("全区上下同心协力谋发展 奋进新年", 9, replace(TYPE, options={**TYPE.options, "max-lines": "2"}))
    assert len(galley.lines) == 2
    assert told(galley) == ["力谋发展|奋进新年"]
    (found,) = [each for each in galley.findings if each.check == "line.passed_break"]
    assert found.hint is not None
    assert found.hint.editor is not None
    assert "／" in found.hint.editor.zh


@pytest.mark.parametrize(
    ("words", "characters"),
    [
        ("全区上下谋发展 同心奋进新征程", 8),  # it ends a line
        ("全区上下谋发展 同心奋进新征程", 16),  # all stands on one
        ("春风 细雨 万象新", 6),  # a line ends at one of them
        ("全区上下同心协力谋发展", 7),  # there is none
        ("引进 5G 技术的企业越来越多", 8),  # no Han on its other side
        ("全区上下同心／协力谋 发展", 9),  # his own ／ parts it, and both parts hold
    ],
)
def test_what_he_wanted_or_never_asked_for_is_not_told(words: str, characters: float) -> None:
    assert told(headline(words.replace("／", "\n"), characters)) == []


def test_words_that_are_not_broken_by_sense_have_no_wanted_breaks() -> None:
    plain = replace(TYPE, options={})
    assert told(headline("全区上下同心协力谋发展 奋进新年", 9, plain)) == []

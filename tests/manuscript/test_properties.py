"""Whatever is typed, no character of copy is lost, added or moved, and every run stands where it says."""

import re

from hypothesis import given
from hypothesis import strategies as st

import soak
from layout.errors import LayoutError
from layout.manuscript.figures import place_at
from layout.manuscript.markdown import Heading, read
from layout.manuscript.model import Paragraph

CHARACTERS = "屯留，。“”（）《》…—Ⅱ𠮷a1 \t　*_()+&;<>[]!`\\~|:#-.{}"
LINES = st.lists(st.text(CHARACTERS, max_size=20), min_size=1, max_size=6)


def bare(text: str) -> str:
    return re.sub(r"[\s*]", "", text)


def paragraphs_of(text: str) -> tuple[list[Paragraph], list[LayoutError]]:
    faults: list[LayoutError] = []
    blocks = read(text, 1, "a.md", faults).blocks
    found = [block.paragraph if isinstance(block, Heading) else block for block in blocks]
    return [block for block in found if isinstance(block, Paragraph)], faults


@soak.examples(sample=100, full=300)
@given(LINES)
def test_copy_is_whole_or_refused(lines):
    text = "\n".join("屯" + line for line in lines)  # a line that begins with Han is copy, whatever follows
    paragraphs, faults = paragraphs_of(text)
    if not faults:
        assert bare("".join(paragraph.text for paragraph in paragraphs)) == bare(
            re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
        )


@soak.examples(sample=100, full=300)
@given(LINES)
def test_places_are_true_for_any_text(lines):
    paragraphs, faults = paragraphs_of("\n".join(lines))
    for fault in faults:
        assert fault.place.line <= len(lines)
    for paragraph in paragraphs if not faults else ():
        for run in paragraph.runs:
            words = run.text.rstrip()
            source = lines[run.place.line - 1].replace("\t", " ")
            assert source.startswith(words[:1], run.place.column - 1)
            if not re.match(r"\d+[.)]", words):  # an item's number is joined to its words
                assert source.startswith(words, run.place.column - 1)


@soak.examples(sample=50, full=300)
@given(st.text(CHARACTERS.replace("\t", ""), max_size=20), st.text(CHARACTERS.replace("\t", ""), max_size=9))
def test_what_stands_behind_backslashes_is_copy_whatever_it_would_mean(before, after):
    line = f"{before}屯{after}".strip()
    written = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)
    paragraphs, faults = paragraphs_of(written)
    assert not faults
    assert [each.text for each in paragraphs] == [line]


@given(st.integers(0, 8))
def test_place_at_finds_the_character(offset):
    (paragraph,), _ = paragraphs_of("屯留**转型**发展目标")
    place = place_at(paragraph, offset)
    if offset < 8:
        source = ["屯留**转型**发展目标"][place.line - 1]
        assert source[place.column - 1] == paragraph.text[offset]

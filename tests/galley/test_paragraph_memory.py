"""What of composed paragraphs is remembered: no more than so many characters, those that were asked for last."""

from layout import assets
from layout.composer import Composition
from layout.errors import Place
from layout.fontbook import Fontbook
from layout.galley.paragraph_memory import MOST, ParagraphMemory
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, Run
from layout.page.frames import FrameType, Ink, RoleType

FONTS = Fontbook(assets.fonts_dir())
TYPE = FrameType({"plain": RoleType(("song-400",), 10.0, Ink(0, 0, 0, 1))}, 15.0, 0.0, "justify", False, {})


def paragraph(number: int, characters: int) -> Paragraph:
    return Paragraph("body", (Run(chr(0x4E00 + number) * characters, Place("a.md", 1)),))


def test_of_a_long_issue_no_more_is_remembered_than_of_a_short_one() -> None:
    """Forty pages of other copy, set page by page in one process: the memory does not grow with them."""
    memory = ParagraphMemory(2_000)
    held = []
    for page in range(40):
        setter = Setter(FONTS, memory=memory)
        for number in range(8):
            setter.set(paragraph(8 * page + number, 90), TYPE, 12.0)
        held.append((len(memory), memory.characters))
    assert max(characters for _, characters in held) <= 2_000
    assert held[10] == held[-1]
    assert MOST > 2_000


def test_what_was_asked_for_last_is_remembered() -> None:
    """The copy of a page that is set again, a word of it changed, is there."""
    memory, made = ParagraphMemory(400), list[int]()

    def asked(number: int) -> Composition:
        def work() -> Composition:
            made.append(number)
            return Setter(FONTS).set(paragraph(number, 100), TYPE, 12.0)

        return memory.get(number, work)

    for number in (1, 2, 3, 1, 4, 5, 1, 2):
        asked(number)
    assert made == [1, 2, 3, 4, 5, 2]
    assert len(memory) == 4


def test_a_paragraph_longer_than_all_that_is_remembered_is_set_all_the_same() -> None:
    memory = ParagraphMemory(50)
    for number in (1, 2):
        found = Setter(FONTS, memory=memory).set(paragraph(number, 100), TYPE, 12.0)
        assert sum(len(line.placed) for line in found.lines) == 100
    assert len(memory) == 1

"""What of composed paragraphs is remembered: no more than so many characters, those that were asked for last."""

from collections.abc import Callable

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


def test_a_paragraph_beside_a_shape_is_set_once_for_the_lines_that_it_asks_for() -> None:
    memory, copy, asked = ParagraphMemory(), paragraph(1, 100), list[tuple[int, float]]()

    def beside(*rooms: float) -> Callable[[int], float]:
        """The last of *rooms* is that of all lines below."""

        def measure(line: int) -> float:
            asked.append((line, rooms[min(line, len(rooms) - 1)]))
            return asked[-1][1]

        return measure

    def widths(measure: Callable[[int], float], remembered: ParagraphMemory | None = None) -> list[int]:
        setter = Setter(FONTS) if remembered is None else Setter(FONTS, memory=remembered)
        return [len(line.placed) for line in setter.set(copy, TYPE, measure).lines]

    shapes = [
        (6.0, 6.0, 12.0),
        (6.0, 7.0, 12.0),
        (6.0, 6.0, 13.0),
        (12.0, 6.0),
        (6.0, 6.0, 12.0, 12.0, 12.0, 12.0, 9.0),
    ]
    alone = [widths(beside(*rooms)) for rooms in shapes]
    assert len({tuple(each) for each in alone}) == len(shapes)
    for _again in range(3):
        for rooms, expected in zip(shapes, alone, strict=True):
            assert widths(beside(*rooms), memory) == expected
    assert len(memory) == len(shapes)


def test_of_two_measures_that_part_no_line_is_asked_for_behind_the_first_that_differs() -> None:
    memory, copy = ParagraphMemory(), paragraph(1, 100)
    Setter(FONTS, memory=memory).set(copy, TYPE, lambda _: 12.0)
    asked: list[int] = []

    def once(line: int) -> float:
        asked.append(line)
        assert line == 0 or len(asked) > 1
        return 200.0  # all stands on the first line

    Setter(FONTS, memory=memory).set(copy, TYPE, once)
    assert max(asked) <= max(_lines_of(copy))


def _lines_of(copy: Paragraph) -> list[int]:
    """The lines that the composer asks for by itself, where all stands on the first."""
    asked: list[int] = []

    def measure(line: int) -> float:
        asked.append(line)
        return 200.0

    Setter(FONTS).set(copy, TYPE, measure)
    return asked

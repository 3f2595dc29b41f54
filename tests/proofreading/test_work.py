"""What proofreading costs grows with the copy and no faster, and is bounded by lines run, not by a clock."""

from layout.proofreading.copy_files import plain_copy
from layout.proofreading.desk import DeskWork, proofread
from proofreading.desk_support import EVERY_RULE
from proofreading.planted import source_text
from work import lines_run

LINES_PER_PARAGRAPH = 1_200
"""Lines of Python for a paragraph of a hundred characters: half a second for 200,000 characters on a slow machine."""


def cost(paragraphs: int) -> int:
    lines = source_text("report").split("---\n", 2)[2].split("\u3000\u3000")[1:41]
    copy = plain_copy("\n".join(f"{lines[number % 40][:100]}{number}" for number in range(paragraphs)), "a.txt")
    return lines_run(lambda: proofread([copy], DeskWork(EVERY_RULE)), "proofreading")


def test_the_work_grows_with_the_copy_and_is_bounded() -> None:
    cost(20)  # tables are read once
    small, large = cost(60), cost(240)
    assert large <= 4.4 * small
    assert large <= 240 * LINES_PER_PARAGRAPH

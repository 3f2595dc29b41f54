"""A long table in the copy of pages of six columns: broken between rows, over columns and pages, read back whole."""

import pytest

from makeup.support import Made, Piece, make

pytestmark = pytest.mark.slow

HEAD = "村名亩数主产"


class WithTable(Piece):
    """A story with a table of 330 rows in the middle of its paragraphs."""

    def markdown(self) -> str:
        lines = super().markdown().split("\n")
        middle = len(lines) // 4 * 2
        rows = "".join(f"\n| 第{n}村 | {n}.{n % 7} | 稻麦 |" for n in range(1, 331))
        return "\n".join([*lines[:middle], f"| 村名 | 亩数 | 主产 |\n| --- | --: | --- |{rows}", *lines[middle:]])


STORY = WithTable([180] * 40)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("table"), STORY, pages=2)


def test_every_cell_is_read_back_once_in_row_order(two: Made) -> None:
    assert two.built.report["characters"]["overset"] == 0
    assert not [each for each in two.built.findings if each.check.startswith(("text.", "table."))]
    running = "".join(two.page(index=index).running for index in range(2))
    expected = STORY.running.replace("|---|--:|---|", "").replace("|", "")
    assert running.replace(HEAD, "") == expected.replace(HEAD, "")


def test_the_header_stands_above_every_part_and_lines_stand_on_the_grid(two: Made) -> None:
    for index in range(2):
        page = two.page(index=index)
        rows = {int((glyph.ink[0] - page.left) // 168) for glyph in page.body if glyph.text == "村"}
        assert page.running.count(HEAD) == len(rows) > 1
        page.assert_sound()

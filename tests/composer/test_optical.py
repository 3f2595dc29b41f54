"""Lines aligned by their ink, marks that hang, and marks of large type with even white on either side."""

from typing import Any

import pytest

from layout import assets
from layout.composer import Line, Placed, Setting, Span, compose, compose_heading
from layout.composer.fixed_metrics import FixedMetrics
from layout.fontbook import Fontbook
from soak import cases

FONTS = Fontbook(assets.fonts_dir())
FACES = ("song-900",)


def heading(text: str, measure: float = 20.0, lines: int = 3, **options: Any) -> tuple[Line, ...]:
    return compose_heading([Span(text, FACES)], Setting(**options), measure, FONTS, lines).lines


def ink(placed: Placed) -> tuple[float, float]:
    """Left and right of its ink on the line, in em."""
    found = FONTS.ink(placed.cluster)
    assert found is not None
    return placed.x + found.left * placed.scale, placed.x + found.right * placed.scale


def inked(line: Line) -> list[tuple[str, float, float]]:
    return [(each.cluster.text, *ink(each)) for each in line.placed if each.cluster.text.strip()]


@pytest.mark.parametrize("text", ["口中有口", "小河流水哗啦啦", "川流不息", "Tall河", "8月河"])
def test_ink_stands_on_the_edges(text: str) -> None:
    (line,) = heading(text, align="start", edges="optical")
    assert inked(line)[0][1] == pytest.approx(0)
    (line,) = heading(text, align="end", edges="optical")
    assert inked(line)[-1][2] == pytest.approx(20)
    (line,) = heading(text, align="center", edges="optical")
    assert inked(line)[0][1] == pytest.approx(20 - inked(line)[-1][2])


def test_justified_lines_reach_from_edge_to_edge() -> None:
    text = "口渴的人在河口等一条小船等了很久很久"
    lines = compose([Span(text, FACES)], Setting(edges="optical"), 6, FONTS).lines
    for line in lines[:-1]:
        assert inked(line)[0][1] == pytest.approx(0)
        assert inked(line)[-1][2] == pytest.approx(6)
    assert inked(lines[-1])[0][1] == pytest.approx(0)


def test_em_boxes_stand_on_the_edges_where_nothing_is_said() -> None:
    (line,) = heading("口中有口", align="start")
    assert line.placed[0].x == 0
    assert inked(line)[0][1] > 0.05


@pytest.mark.parametrize("edges", ["plain", "optical"])
def test_an_opening_mark_hangs_before_the_first_line_and_its_word_stands_on_the_edge(edges: str) -> None:
    (line,) = heading("《读河》开卷", align="start", hanging=("first",), edges=edges)
    mark, word = inked(line)[:2]
    assert mark[2] < 0
    assert word[1] == pytest.approx(0) if edges == "optical" else line.placed[1].x == pytest.approx(0)
    # Centred, it is not counted.
    (line,) = heading("“河长”上岗", align="center", hanging=("first",), edges="optical")
    assert inked(line)[1][1] == pytest.approx(20 - inked(line)[-1][2])


def test_pause_marks_hang_behind_every_line_and_a_closing_one_behind_the_last() -> None:
    lines = heading("河水清清，两岸青青，", 5, align="end", hanging=("force-end",), edges="optical")
    assert [line.text for line in lines] == ["河水清清，", "两岸青青，"]
    for line in lines:
        assert inked(line)[-2][2] == pytest.approx(5)
        assert inked(line)[-1][1] > 5
    (line,) = heading("他说“好”", align="end", hanging=("last",))
    assert line.placed[-2].x + 1 == pytest.approx(20)


def test_a_headline_that_fits_when_its_marks_hang_stays_on_one_line() -> None:
    text = "《河湾纪事》"
    assert len(heading(text, 4.5, align="start")) > 1
    assert len(heading(text, 4.5, align="start", hanging=("first", "last"))) == 1


def test_marks_that_only_hang_where_they_do_not_fit() -> None:
    setting = Setting(hang=True, hanging=("allow-end",))
    first, *_ = compose([Span("天地玄黄宇宙洪荒，日月盈昃", ("fixed",))], setting, 8, FixedMetrics()).lines
    assert first.text == "天地玄黄宇宙洪荒，"
    assert first.placed[-1].x == pytest.approx(8)


TITLES = [
    "一江清水，两岸青山",
    "“河长”上岗、“湖长”就位",
    "看！潮来了",
    "谁在守河？谁在护堤。",
    "《读河》：三问",
    "水（上）岸",
]


@pytest.mark.parametrize("title", TITLES)
def test_the_white_on_either_side_of_a_mark_is_even(title: str) -> None:
    (line,) = heading(title, align="start", punctuation="display")
    for placed, behind in zip(line.placed, [*line.placed[1:], None], strict=True):
        found = FONTS.ink(placed.cluster)
        if placed.cluster.text in "，、！？。：“”《》（）" and found is not None:
            # Its half body ends where the next character's body begins.
            end = line.width if behind is None else _begin(behind)
            left, right = ink(placed)
            assert left - (end - 0.5) == pytest.approx(end - right, abs=1e-6)


def _begin(placed: Placed) -> float:
    """Where the body of a character begins; of a mark, half an em round its ink."""
    if placed.cluster.text in "，、！？。：“”《》（）":
        left, right = ink(placed)
        return (left + right) / 2 - 0.25
    return placed.x


@cases("title", [a + b + c for a in TITLES for b in ("", "，") for c in ("", "10万吨货轮到港", "《河》“源”")], sample=8)
def test_nothing_but_what_hangs_leaves_the_measure_and_no_character_is_lost(title: str) -> None:
    hanging = ("first", "force-end", "last")
    for align in ("start", "center", "end", "justify"):
        lines = heading(title, 9, 6, align=align, punctuation="display", hanging=hanging, edges="optical", hang=True)
        assert "".join(line.text for line in lines) == title
        for line in lines:
            inner = [each for each in inked(line) if each[0] not in "，。、：！？“”《》"]
            assert inner[0][1] > -0.001
            assert inner[-1][2] < 9.001

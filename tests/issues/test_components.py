"""The shared parts, rendered by themselves: charts are drawn to the figures' scale, and every word asks for a frame."""

import re
from pathlib import Path

import pytest

from layout import assets
from layout.design.template_context import figure_record
from layout.design.template_records import FigureRecord
from layout.design.templates import Design
from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Figure

pytestmark = pytest.mark.slow

HERE = Place("a.md", 1)


def figures(*quotations: tuple[str, str, str]) -> list[FigureRecord]:
    return [
        figure_record(Figure(before, number, after, HERE, HERE, Flow("a", "figure", k)))
        for k, (before, number, after) in enumerate(quotations, 1)
    ]


@pytest.fixture
def draw(tmp_path: Path):  # type: ignore[no-untyped-def]
    def drawn(line: str, quotations: list[FigureRecord]) -> str:
        (tmp_path / "page.html").write_text(
            '{% from "components/charts.html" import bars, line, donut %}'
            '{% from "components/parts.html" import numbers, pull_quote %}' + line,
            encoding="utf-8",
        )
        return Design(tmp_path, assets.templates_dir()).page("page", {"figures": quotations})

    return drawn


def flows(html: str) -> set[str]:
    return set(re.findall(r'data-flow="([^"]+)"', html))


def test_bars_are_to_scale(draw) -> None:  # type: ignore[no-untyped-def]
    html = draw("{{ bars(figures, 265) }}", figures(("漫灌", "96", ""), ("滴灌", "24", "立方米")))
    long, short = (float(width) for width in re.findall(r'class="c-bar" style="[^"]*width:([\d.]+)pt"', html))
    assert long / short == pytest.approx(4, abs=0.01)
    assert html.count("data-most") == 1
    assert flows(html) == {
        "a.figure-1.before",
        "a.figure-1.number",
        "a.figure-2.before",
        "a.figure-2.number",
        "a.figure-2.after",
    }


def test_a_line_is_to_scale(draw) -> None:  # type: ignore[no-untyped-def]
    html = draw(
        '{{ line(figures, 300, 135, "i", "t", "a") }}', figures(("1月", "2.5", ""), ("2月", "10", ""), ("3月", "5", ""))
    )
    heights = [120 - float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', html)]
    assert heights == pytest.approx([25, 100, 50], abs=0.02)
    assert re.findall(r'<circle cx="([\d.]+)"', html) == ["50.0", "150.0", "250.0"]


def test_a_ring_is_to_scale(draw) -> None:  # type: ignore[no-untyped-def]
    html = draw('{{ donut(figures, 237, 100, ["i", "j"]) }}', figures(("田", "75%", ""), ("城", "25%", "")))
    dashes = [tuple(map(float, pair)) for pair in re.findall(r'stroke-dasharray="([\d.]+) ([\d.]+)"', html)]
    whole = 6.283185307 * 41
    assert [round((length + 1.2) / whole, 3) for length, _ in dashes] == [0.75, 0.25]
    assert [float(offset) for offset in re.findall(r'dashoffset="([\d.]+)"', html)] == pytest.approx(
        [0, whole * 0.25], abs=0.01
    )


def test_one_figure_is_enough(draw) -> None:  # type: ignore[no-untyped-def]
    one = figures(("", "8.4万亩", "水浇地"))
    for line in ("bars(figures, 200)", 'line(figures, 200, 100, "i", "t", "a")', "numbers(figures)"):
        html = draw("{{ " + line + " }}", one)
        assert "a.figure-1.number" in flows(html)
        assert "a.figure-1.before" not in flows(html)


def test_a_quotation_is_a_figure(draw) -> None:  # type: ignore[no-untyped-def]
    html = draw('{{ pull_quote(figures[0], "around") }}', figures(("", "清水慢走。", "")))
    assert flows(html) == {"a.figure-1.number"}
    assert "data-around" in html


def test_parts_hold_no_words() -> None:
    """No text stands in a component: Chinese is found in comments only."""
    for path in (assets.templates_dir() / "components").glob("*.html"):
        bare = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"[\u4e00-\u9fff]", bare), path.name


CHARTS = ("bars(figures, 265)", 'line(figures, 300, 135, "i", "t", "a")', 'donut(figures, 237, 100, ["i"])')


@pytest.mark.parametrize("line", CHARTS)
@pytest.mark.parametrize(
    "quotations",
    [
        [("耕地", "1.2万亩", ""), ("农户", "3600人", ""), ("产量", "418吨", "")],
        [("春茶", "1.2万亩", ""), ("秋茶", "3600亩", "")],
        [("农户", "3600", "人"), ("产量", "418", "吨")],
        [("农户", "3600", ""), ("产量", "1.2万", "")],
        [("一", "5比3", ""), ("二", "4比3", "")],
    ],
)
def test_figures_of_several_units_are_no_chart(draw, line: str, quotations: list[tuple[str, str, str]]) -> None:  # type: ignore[no-untyped-def]
    html = draw("{{ " + line + " }}", figures(*quotations))
    assert "c-chart" not in html
    assert html.count('class="c-number"') == len(quotations)
    assert len(flows(html)) == sum(bool(part) for each in quotations for part in each)


@pytest.mark.parametrize("line", CHARTS)
@pytest.mark.parametrize(
    "quotations",
    [
        [("春茶", "1.2万亩", ""), ("秋茶", "0.4万亩", "")],
        [("", "8.4万亩", "水浇地"), ("", "3万亩", "旱地")],
        [("漫灌", "96", ""), ("滴灌", "24", "立方米")],
        [("去年", "3,600人", ""), ("今年", "418 人", "")],
    ],
)
def test_figures_of_one_unit_are(draw, line: str, quotations: list[tuple[str, str, str]]) -> None:  # type: ignore[no-untyped-def]
    assert "c-chart" in draw("{{ " + line + " }}", figures(*quotations))

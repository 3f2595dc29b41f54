"""What a search may spend: a count that holds on designs made to defeat it, and is the same whenever it is taken."""

from pathlib import Path

import pytest

import soak
from layout.checks import Severity
from layout.copyfit.model import ComposedPage
from layout.copyfit.search import variants
from layout.copyfit.search.trial import Copy
from layout.engine.html_canvas import HtmlCanvas
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.column_groups import WORK
from layout.galley.columns import Need
from layout.galley.row_solver import solve
from layout.galley.search_budget import BUDGET, FOR_SUGGESTIONS, LAYOUT, SearchBudget
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import MeasuredPage
from layout.pictures.crop import Original
from small_page import fitted_page, make_canvas, natural

COPY = "全年共谋划实施重点项目三百多个，总投资八百多亿元，新能源、安全应急装备制造等新兴主导产业发展壮大。"
CSS = """
@page { size: 1100pt 1100pt }
[data-fill] { width: 1060pt; height: 1060pt }
.all { --steps: as-designed, small 6, smaller 15 }
.small .run { font-size: 7.5pt } .smaller .run { font-size: 7pt }
.head { height: 60pt; font-size: 40pt; line-height: 50pt; --max-lines: 1 }
.mid { font-size: 30pt } .low { font-size: 20pt }
.part { float: left; width: 320pt; margin: 0 19.8pt 0 0; position: relative }
.column { float: left; width: 150pt; margin: 0 9.8pt 0 0; position: relative }
.pic { height: 100pt; min-height: 30pt; max-height: 200pt; --crop-max: 0.8 }
.run { min-height: 10pt; --orphans: 2; --widows: 2; --tracking-limit: 0.008; position: relative }
.aside { position: absolute; left: 0; top: 200pt; width: 60pt; height: 80pt }
"""
SHOWN = Original((600, 400))
ROUND = 2 * 106 * WORK + 2 * LAYOUT + 50_000
"""One round at the most: two groups of columns at every height of the page, a layout, the copy set."""


def text(flow: str, *paragraphs: str) -> Text:
    return Text(
        Flow.parse(flow), tuple(Paragraph("body", (Run(p, Place("a.md", n)),)) for n, p in enumerate(paragraphs, 1))
    )


def nasty(folder: Path, turn: int) -> HtmlCanvas:
    """Twelve elastic pictures over four stories, six of them over two stories at once, and boxes in their way."""
    pictures = [f"p{(turn + number) % 12}" for number in range(12)]

    def column(story: str, shown: int | None = None) -> str:
        picture = "" if shown is None else f'<div class="pic" data-picture="{pictures[shown]}"></div>'
        aside = '<div class="aside" data-around></div>' if shown in (6, 9) else ""
        return f'<div class="column" data-column>{picture}<div class="f run" data-flow="{story}"></div>{aside}</div>'

    bands = []
    for name, stories, first in (("up", "ab", 0), ("low", "cd", 3)):
        parts = (
            f'<div class="part"><div class="pic" data-picture="{pictures[first + n]}"></div>'
            f"{column(stories[0], 6 + first + n)}{column(stories[1])}</div>"
            for n in range(3)
        )
        bands.append(f'<section data-band="{name}">{"".join(parts)}</section>')
    head = '<div class="f head" data-step="big mid:3 low:8" data-flow="h"></div>'
    return make_canvas(folder, f'<div class="all" data-step="">{head}{"".join(bands)}</div>', CSS)


def flows_of(page: MeasuredPage, band: str) -> set[Chain]:
    return {frame.chain for frame in page.frames if frame.band == band}


def compose(folder: Path, lines: int) -> ComposedPage:
    canvases = {f"page-{turn}": nasty(folder / str(turn), turn) for turn in range(3)}
    texts = [text("h", "凝心聚力谋发展累累硕果著华章")]
    texts += [text(name, *[COPY * (1 + (n + k) % 3) for n in range(lines)]) for k, name in enumerate("abcd")]
    copy = Copy({each.flow: each for each in texts}, pictures={f"p{number}": SHOWN for number in range(12)})
    return fitted_page(canvases, copy)


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("budget", sorted({300_000, soak.amount(sample=300_000, full=BUDGET)}))
def test_the_count_holds_on_a_page_that_nothing_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, budget: int
) -> None:
    """What is begun is ended, so that the count may be passed: by one round of heights in each arrangement."""
    spent: list[SearchBudget] = []

    class Counted(SearchBudget):
        def __init__(self) -> None:
            super().__init__(budget)
            spent.append(self)

    monkeypatch.setattr(variants, "SearchBudget", Counted)
    page = compose(tmp_path, 30)
    told = [each for each in page.findings if each.check == "page.search"]
    assert [each.severity for each in told] == [Severity.NOTE]
    count = told[0].amount["weighings"]
    assert budget <= count <= budget + 3 * ROUND
    assert spent[0].spent <= count + FOR_SUGGESTIONS + ROUND
    assert told[0].amount["settings"] >= (3 if budget == BUDGET else 1)
    assert f"{count}" in told[0].message.zh
    assert [each for each in page.findings if each.check == "page.overset"]


def test_a_page_that_fits_says_nothing(tmp_path: Path) -> None:
    body = '<section data-band="a"><div data-column><div class="f" data-flow="a"></div></div></section>'
    page = fitted_page({"page": make_canvas(tmp_path, body)}, Copy({Flow("a"): text("a", *[COPY] * 8)}))
    assert not [each for each in page.findings if each.check == "page.search"]


def test_what_was_found_out_about_the_same_columns_is_not_reckoned_again(tmp_path: Path) -> None:
    budget = SearchBudget()
    page = natural(nasty(tmp_path, 0))
    needs = {band.id: {flow: Need.of(90) for flow in flows_of(page, band.id)} for band in page.bands}
    first = solve(page, needs, budget)
    after = budget.spent
    assert solve(page, needs, budget) == first
    assert budget.spent == after
    assert solve(page, needs) == first


def test_every_arrangement_has_its_share_and_what_one_leaves_goes_to_the_next() -> None:
    budget = SearchBudget(300)
    budget.share(3)
    budget.spend(40)
    assert budget.goes_on()
    budget.share(2)
    budget.spend(129)
    assert budget.goes_on()
    budget.spend(1)
    assert not budget.goes_on()
    budget.share(1)
    assert budget.goes_on()
    assert budget.account() is not None

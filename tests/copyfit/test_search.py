"""The search on a small page: which settings are tried and in what order, runts taken back, headings that meet."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from layout import assets
from layout.copyfit.model import ComposedPage
from layout.copyfit.scores import CountedLines, MetHeadings, VariantName
from layout.copyfit.search import search
from layout.copyfit.search.steps import POOL, Step, StepChoice, pool, steps_of
from layout.copyfit.search.trial import Copy
from layout.errors import Place, TemplateError
from layout.flows import Flow
from layout.galley import costs
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Text
from layout.pictures.crop import Original
from small_page import fitted_page, make_canvas

COPY = "全年共谋划实施重点项目三百多个，总投资八百多亿元，新能源、安全应急装备制造等新兴主导产业发展壮大。"


def text(flow: str, *paragraphs: str, kind: ParagraphKind = "body") -> Text:
    return Text(
        Flow.parse(flow), tuple(Paragraph(kind, (Run(p, Place("a.md", n)),)) for n, p in enumerate(paragraphs, 1))
    )


def compose(
    folder: Path, body: str, *texts: Text, css: str = "", pictures: Mapping[str, Original] | None = None
) -> ComposedPage:
    copy = Copy({each.flow: each for each in texts}, pictures=pictures or {})
    return fitted_page({"page": make_canvas(folder, body, css)}, copy)


def test_an_arrangement_is_called_by_its_template_and_what_it_leaves_out() -> None:
    assert str(VariantName("page-a", ("ridge", "sun-set"))) == "page-a -ridge -sun-set"
    assert str(VariantName("page-a")) == "page-a"


STEPS = '<div class="f" data-step="{}" data-flow="h" style="width:160pt;height:40pt"></div>'


def test_steps_are_declared_in_the_css_or_in_the_template(tmp_path: Path) -> None:
    written = make_canvas(tmp_path / "a", STEPS.format("big mid:3 small:8.5"))
    styled = make_canvas(tmp_path / "b", STEPS.format(""), ".f { --steps: big, mid 3, small 8.5 }")
    for canvas in (written, styled):
        (step,) = steps_of(canvas)
        assert (step.classes, step.costs) == (("big", "mid", "small"), (0, 3, 8.5))


@pytest.mark.parametrize("words", ["big mid:x", "big,,small", "big small 3 4,"])
def test_steps_that_nobody_understands_are_refused(tmp_path: Path, words: str) -> None:
    with pytest.raises(TemplateError, match="data-step"):
        steps_of(make_canvas(tmp_path, STEPS.format(words)))


COSTS = st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=4).map(sorted), min_size=1, max_size=4)


@soak.examples(sample=20, full=60)
@given(prices=COSTS)
def test_settings_come_cheapest_first_and_every_one_once(prices: list[list[int]]) -> None:
    steps = [Step(f"k{n}", tuple("abcd"[: len(own)]), tuple(map(float, own))) for n, own in enumerate(prices)]
    found = pool(steps)
    assert [each.cost for each in found] == sorted(each.cost for each in found)
    count = 1
    for own in prices:
        count *= len(own)
    assert len({each.chosen for each in found}) == len(found) == count


def test_of_too_many_settings_the_cheapest_are_looked_at_and_the_last() -> None:
    steps = [Step(f"k{n}", tuple("abcd"), (0.0, 1.0, 2.0, 4.0)) for n in range(7)]
    found = pool(steps)
    assert len(found) == POOL + 1
    assert found[-1] == StepChoice(28.0, (3,) * 7)


@dataclass(frozen=True)
class Fitted:
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page that costs so much: stands for a trial."""

    cost: float
    setting: StepChoice
    fitted: Fitted
    stands: bool = True


def searched(
    monkeypatch: pytest.MonkeyPatch, steps: list[Step], rows: int, saves: list[list[int]]
) -> tuple[StepChoice, int]:
    """The setting found for a page that is over by *rows*, when every step saves so many; and how many were tried."""
    tried: list[StepChoice] = []

    def attempt(_: object, __: object, setting: StepChoice, ___: object, *, exact: bool) -> Page:
        assert not exact
        tried.append(setting)
        left = max(0, rows - sum(own[number] for own, number in zip(saves, setting.chosen, strict=True)))
        return Page(setting.cost + costs.OVERSET * left, setting, Fitted(()))

    monkeypatch.setattr(search, "_try", attempt)
    monkeypatch.setattr(search, "steps_of", lambda _: steps)
    found = search.search(search.PageSearch(None, None, None))  # type: ignore[arg-type]
    assert isinstance(found, Page)
    return found.setting, len(tried)


@pytest.mark.parametrize("rows", range(0, 13))
def test_the_cheapest_setting_that_fits_is_found(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    steps = [
        Step("a", tuple("abc"), (0, 3, 8)),
        Step("b", tuple("abc"), (0, 4, 9)),
        Step("c", tuple("abc"), (0, 5, 20)),
    ]
    saves = [[0, 1, 3], [0, 2, 4], [0, 2, 5]]
    found, count = searched(monkeypatch, steps, rows, saves)
    ways = {each: sum(own[n] for own, n in zip(saves, each.chosen, strict=True)) for each in pool(steps)}
    best = min((each for each, saved in ways.items() if saved >= rows), key=lambda each: each.cost)
    assert found.cost == best.cost
    assert ways[found] >= rows
    assert count <= search.MOST_TRIALS


def test_a_page_that_needs_every_step_finds_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [Step(f"k{n}", tuple("ab"), (0.0, float(n + 1))) for n in range(8)]
    found, count = searched(monkeypatch, steps, 8, [[0, 1]] * 8)
    assert found.chosen == (1,) * 8
    assert count == 10  # as designed, each of eight alone, all together


def test_steps_that_are_of_no_use_alone_are_not_tried_together(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [Step(f"k{n}", tuple("abc"), (0.0, float(n + 1), 50.0)) for n in range(4)]
    found, count = searched(monkeypatch, steps, 3, [[0, 0, 0]] * 3 + [[0, 1, 2]])
    assert found.chosen == (0, 0, 0, 2)
    assert count == 9


@pytest.mark.parametrize(("laid_out", "found", "exactly"), [(30.0, 2, [1, 2]), (14.0, 1, [1]), (9.0, 1, [1])])
def test_a_setting_that_comes_out_otherwise_when_laid_out_is_tried_exactly_and_may_lose_to_the_next(
    monkeypatch: pytest.MonkeyPatch, laid_out: float, found: int, exactly: list[int]
) -> None:
    """What was reckoned is believed only of pages that a layout confirms; the next is laid out where it is cheaper."""
    reckoned, tried = (100.0, 10.0, 20.0), list[tuple[int, bool]]()

    def attempt(_: object, __: object, setting: StepChoice, ___: object, *, exact: bool) -> Page:
        (number,) = setting.chosen
        tried.append((number, exact))
        cost = laid_out if exact and number == 1 else reckoned[number]
        return Page(cost, setting, Fitted(()), stands=exact)

    monkeypatch.setattr(search, "_try", attempt)
    monkeypatch.setattr(search, "steps_of", lambda _: [Step("a", tuple("abc"), (0, 1, 2))])
    best = search.search(search.PageSearch(None, None, None))  # type: ignore[arg-type]
    assert isinstance(best, Page)
    assert best.setting.chosen == (found,)
    assert [number for number, exact in tried if exact] == exactly
    tried.clear()
    search.search(search.PageSearch(None, None, None, beat=10.0))  # type: ignore[arg-type]
    assert not any(exact for _, exact in tried)  # another variant costs no more: this one is not taken anyway


RUNT = "全年共谋划实施重点项目332个，总投资893亿元。"
"""Set ragged in lines of six characters its last line is one character and its mark."""
RAGGED = '<div class="f" data-flow="a" style="width:48pt;height:200pt;text-align:left"></div>'


def test_tracking_takes_back_a_runt_and_says_by_how_much(tmp_path: Path) -> None:
    plain = compose(tmp_path / "plain", RAGGED, text("a", COPY[:18], RUNT))
    assert "line.runt" in [finding.check for finding in plain.findings]
    assert plain.lines[-1].line.text == "元。"
    assert not plain.concessions
    page = compose(tmp_path / "tracked", RAGGED, text("a", COPY[:18], RUNT), css=".f { --tracking-limit: 0.03 }")
    assert "line.runt" not in [finding.check for finding in page.findings]
    assert page.lines[-1].line.text == "893亿元。"
    (change,) = page.concessions
    assert (str(change), change.wanted, change.got, change.unit) == ("tracking a ¶2", 0, 1, "em/1000")
    assert change.cost == pytest.approx(costs.TRACKING * change.got**2)
    price = next(price for price in page.scores[0].prices if price.kind == "tracking")
    assert price.cost == change.cost
    first = next(line for line in page.lines if line.paragraph == 1).line.placed
    assert first[1].x - first[0].x == pytest.approx(1.001)


def test_tracking_keeps_its_limit(tmp_path: Path) -> None:
    page = compose(tmp_path, RAGGED, text("a", COPY[:18], RUNT), css=".f { --tracking-limit: 0.0009 }")
    assert "line.runt" in [finding.check for finding in page.findings]
    assert not page.concessions


HEADED = (
    '.f [data-kind=heading] { font-family: "Hei 500"; font-size: 10pt; line-height: 10pt; --break: sense; --rows: 2 }'
    ".f { text-indent: 0 } [data-column] { float: left; width: 72pt; margin-left: 12pt } [data-column]:first-child"
    " { margin-left: 0 } .p { height: 80pt; min-height: 50pt; max-height: 120pt }"
)
"""Two columns of nine characters, a picture in the second, one heading for each."""


def headed(first: int, second: int, pictures: bool = True) -> tuple[str, list[Text]]:
    flow = "a h b g c"
    picture = '<div class="p" data-picture="p"></div>' if pictures else '<div style="height:80pt"></div>'
    body = (
        f'<div data-band="one"><div data-column><div class="f" data-flow="{flow}"></div></div>'
        f'<div data-column>{picture}<div class="f" data-flow="{flow}"></div></div></div>'
    )
    words = [("a", "全" * 9 * 9), ("h", "重点"), ("b", "全" * 9 * first), ("g", "项目"), ("c", "全" * 9 * second)]
    return body, [
        text(name, message, kind="heading" if len(name + message) == 3 else "body") for name, message in words
    ]


def test_headings_that_meet_are_kept_apart_by_another_height_of_a_picture(tmp_path: Path) -> None:
    """Of 26 rows in a column the first heading stands on rows 10 and 11; so would the second, beside it."""
    fixed, texts = headed(16, 13, pictures=False)
    page = compose(tmp_path / "fixed", fixed, *texts, css=HEADED)
    met = [finding for finding in page.findings if finding.check == "page.headings_meet"]
    assert [finding.amount["headings"] for finding in met] == [["重点", "项目"]]
    assert [(price.subject, price.cost) for price in page.scores[0].prices if price.kind == "blemish"] == [
        (MetHeadings("重点", "项目"), costs.LEVEL_HEADINGS)
    ]
    free, texts = headed(16, 13)
    page = compose(tmp_path / "free", free, *texts, css=HEADED)
    assert not [finding for finding in page.findings if finding.check == "page.headings_meet"]
    assert [str(change) for change in page.concessions] == ["picture p"]


def test_lines_left_empty_for_a_heading_are_priced_and_said(tmp_path: Path) -> None:
    fixed, texts = headed(14, 15, pictures=False)
    page = compose(tmp_path, fixed, *texts, css=HEADED)
    short = [finding.amount["lines"] for finding in page.findings if finding.check == "page.column_short"]
    priced = [price.cost for price in page.scores[0].prices if isinstance(price.subject, CountedLines)]
    assert short == [1]
    assert priced == [costs.EMPTY_LINE]


def test_a_picture_whose_crop_is_bounded_keeps_its_height(tmp_path: Path) -> None:
    body = (
        '<div data-band="one"><div data-column style="float:left;width:72pt"><div class="f" data-flow="a"></div></div>'
        '<div data-column style="float:right;width:72pt">'
        '<div data-picture="p" style="height:50pt;min-height:20pt;max-height:240pt;--crop-max:0.2"></div>'
        '<div class="f" data-flow="a"></div></div></div>'
    )
    pictures = {"p": Original((720, 500))}
    page = compose(tmp_path, body, text("a", COPY * 8), pictures=pictures)
    assert 40 <= page.page.pictures[0].box.height <= 62
    assert page.pictures[page.page.pictures[0].id].view.lost <= 0.2


SAME = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from copyfit.test_search import HEADED, compose, headed
body, texts = headed(16, 13)
steps = '<main class="big" data-step="one two:3 three:5">' + body + "</main>"
css = HEADED + ".two .f {{ font-size: 7.5pt }} .three .f {{ font-size: 7pt }}"
page = compose(Path(sys.argv[1]), steps, *texts, css=css)
print([(line.x, line.baseline, line.line.text) for line in page.lines], page.concessions, page.scores)
"""


@pytest.mark.slow
@pytest.mark.soak
def test_the_answer_does_not_hang_on_the_order_of_a_hash(tmp_path: Path) -> None:
    paths = [str(assets.root() / "tests"), str(assets.root() / "src")]
    answers = set()
    for seed in ("1", "2", *map(str, range(77, soak.amount(sample=77, full=87)))):
        command = [sys.executable, "-c", SAME.format(paths=paths), str(tmp_path / seed)]
        done = subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        answers.add(done.stdout)
    assert len(answers) == 1


@pytest.mark.parametrize(("rows", "alone"), [(2, True), (4, False)])
def test_a_heading_without_a_line_of_its_text_is_told(tmp_path: Path, rows: int, alone: bool) -> None:
    """Columns as low as the heading itself have no room for a line below it; in higher ones it takes its text along."""
    column = '<div class="f" data-flow="a h b" style="position: absolute; left: {}pt; height: {}pt"></div>'
    body = "".join(column.format(80 * number, 10 * rows) for number in range(4))
    css = HEADED + " .f { width: 72pt; min-height: 0; max-height: none }"
    words = [text("a", "全" * 9 * rows), text("h", "重点", kind="heading"), text("b", "全" * 9 * rows)]
    page = compose(tmp_path, body, *words, css=css)
    told = [finding for finding in page.findings if finding.check == "page.heading_at_foot"]
    assert [finding.amount["heading"] for finding in told] == ["重点"] * alone

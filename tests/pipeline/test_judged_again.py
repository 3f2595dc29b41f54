"""A page that is built again with some of its words changed is judged where it differs, with the findings that it has
when all of it is judged: also where the change brings a character into a face that it had not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from in_place import build
from layout.engine.html_canvas import HtmlCanvas
from layout.pipeline import Options
from layout.pipeline.finishing import last_page
from layout.pipeline.outcomes import outcomes_in
from layout.preflight import painting
from pipeline.test_outcomes import issue_with, outcome
from proof.test_redrawing import edited
from soak import SEED, amount

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nothing_judged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CI", raising=False)
    for each in (last_page, outcomes_in):
        each.cache_clear()
    yield
    for each in (last_page, outcomes_in):
        each.cache_clear()


@pytest.mark.soak
def test_what_is_judged_again_in_part_has_the_findings_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, shown, show = random.Random(SEED), [0], painting.show

    def counted(*given: Any) -> None:
        shown[0] += 1
        show(*given)

    monkeypatch.setattr(painting, "show", counted)
    issue = issue_with(tmp_path / "issue", draw)
    options = Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False)
    copy, fewer = issue / "a.md", 0
    build(issue, options)
    for number in range(amount(sample=3, full=80)):
        copy.write_text(edited(copy.read_text("utf-8"), draw), "utf-8")
        shown[0] = 0
        again, of_again = outcome(build(issue, options)), shown[0]
        shown[0] = 0
        assert again == outcome(build(issue, replace(options, fresh=True))), number
        fewer += of_again < shown[0]
    assert fewer


@pytest.mark.soak
def test_changes_of_words_and_colours_come_to_what_a_build_comes_to_that_knows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, layouts = random.Random(SEED + 1), [0]
    rendered = HtmlCanvas._rendered

    def counted(canvas: HtmlCanvas, page: Any) -> Any:
        layouts[0] += 1
        return rendered(canvas, page)

    monkeypatch.setattr(HtmlCanvas, "_rendered", counted)
    issue = issue_with(tmp_path / "issue", draw)
    options = Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False)
    copy, style = issue / "a.md", issue / "plain" / "page.css"
    style.write_text(style.read_text("utf-8") + COLOURED, "utf-8")
    build(issue, options)
    for number in range(amount(sample=4, full=80)):
        if of_words := number % 3 == 2:
            copy.write_text(edited(copy.read_text("utf-8"), draw), "utf-8")
        else:
            style.write_text(recoloured(style.read_text("utf-8"), draw), "utf-8")
        layouts[0] = 0
        again, of_again = outcome(build(issue, options)), layouts[0]
        assert of_again == 0 or of_words, number
        nothing_known = replace(options, fresh=True, cache=tmp_path / f"cache-{number}")
        assert again == outcome(build(issue, nothing_known)), number
        assert layouts[0] > of_again


COLOURED = """
main { background: device-cmyk(0 0 0.05 0) } div { border-top: 0.5pt solid device-cmyk(0 0 0 0.6) }
div::before { content: "·"; color: device-cmyk(1 0 0 0) } img { outline: 1pt solid device-cmyk(0 1 0 0) }
"""


def recoloured(css: str, draw: random.Random) -> str:
    """*css* with one or two of its colours changed."""
    places = [each.span() for each in re.finditer(r"device-cmyk\([^)]*\)", css)]
    for start, end in sorted(draw.sample(places, draw.randint(1, 2)), reverse=True):
        colour = " ".join(str(draw.choice((0, 0, 0.05, 0.3, 0.7, 1))) for _ in range(4))
        css = f"{css[:start]}device-cmyk({colour}){css[end:]}"
    return css

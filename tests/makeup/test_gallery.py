"""The gallery's pages go out clean; what they show are the kinds of pieces that news pages have."""

from pathlib import Path

import pytest

from in_place import build
from layout.checks import Severity
from layout.pipeline import Built, Options
from layout.preflight.text import read_text
from makeup.gallery import PAPER, gallery_pages
from makeup.printed_page import listed, read_page
from makeup.rules_kept import broken_rules

pytestmark = pytest.mark.slow

PAGES = {page.name: page for page in gallery_pages()}
FRONT = "1-tabloid"
"""A first page, which has the paper's name at its head."""


def built_page(name: str, folder: Path) -> tuple[Path, Built]:
    issue = PAGES[name].write(folder / name)
    built = build(issue, Options(out=folder / "out", png=False))
    assert not [str(each) for each in built.findings if each.severity >= Severity.WARNING]
    return issue, built


def test_an_inner_page_of_the_river_is_made_up_as_news_pages_are(tmp_path: Path) -> None:
    name = next(each.name for each in PAGES.values() if each.design == "tabloid-river")
    issue, built = built_page(name, tmp_path)
    page = read_page(built.pdf.read_bytes(), listed(issue))
    assert not page.lost
    assert not list(broken_rules(page, PAGES[name].sheet))


def with_nameplate(name: str, folder: Path) -> bool:
    """Whether the page, which goes out clean, has the paper's name in large type."""
    _, built = built_page(name, folder)
    return PAPER in "".join(char.text for char in read_text(built.pdf.read_bytes(), 0) if char.size >= 70)


def test_a_first_page_has_the_papers_name_at_its_head(tmp_path: Path) -> None:
    assert PAGES[FRONT].number == 1
    assert with_nameplate(FRONT, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(set(PAGES) - {FRONT}))
def test_every_page_of_the_gallery_is_clean(tmp_path: Path, name: str) -> None:
    assert with_nameplate(name, tmp_path) == (PAGES[name].number == 1)


def test_the_gallery_is_six_pages_on_either_sheet() -> None:
    assert {(page.name, page.sheet) for page in gallery_pages()} == {
        (f"{number}-{sheet}", sheet) for number in range(1, 7) for sheet in ("broadsheet", "tabloid")
    }
    assert len(PAGES) == len(gallery_pages())
    assert {page.kind for page in PAGES.values()} == {"auto", "auto-festive"}
    has = {part for page in PAGES.values() for story in page.stories for part in story.has}
    assert {"decks", "figures", "note", "dialogue", "table", "headings"} <= has

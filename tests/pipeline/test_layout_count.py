"""What a page takes, counted: layouts and passes of the cascade by WeasyPrint, pages solved. Copyfit asks for many a
page, and most are reckoned or kept.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import weasyprint
import weasyprint.css

from layout import assets
from layout.copyfit.model import FittedPage
from layout.copyfit.search import converge
from layout.copyfit.search.variants import fit_variants
from layout.engine.engine import Engine
from layout.fontbook import Fontbook
from layout.galley.paragraph_memory import ParagraphMemory
from layout.pipeline.laid_page import LaidPage, PageLayouter, Stores
from layout.pipeline.options import Options
from layout.pipeline.progress import quiet
from layout.pipeline.reading import read_job
from layout.pipeline.stages import Clock

pytestmark = pytest.mark.slow


class Counted:
    """An engine, and how much each page took of it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.layouts: list[int] = []
        """Of each page."""
        self.cascades = self.solved = 0
        """Passes in which the rules of every element are sought, and heights of a page solved for, of all pages."""
        self._engine, self._folder = Engine(Fontbook(assets.fonts_dir())), folder
        render = weasyprint.HTML.render

        def counting(html: weasyprint.HTML, *arguments: object, **options: object) -> object:
            self.layouts[-1] += 1
            return render(html, *arguments, **options)

        cascade, solve = weasyprint.css.StyleFor, converge.solve

        def cascading(*arguments: object) -> object:
            self.cascades += 1
            return cascade(*arguments)

        def solving(*arguments: object) -> object:
            self.solved += 1
            return solve(*arguments)

        monkeypatch.setattr(weasyprint.HTML, "render", counting)
        monkeypatch.setattr(weasyprint.css, "StyleFor", cascading)
        monkeypatch.setattr(converge, "solve", solving)

    def first_page(self, issue: Path) -> LaidPage:
        """The first page of *issue*."""
        layouter = self._layouter(issue)
        return layouter.lay_out(layouter.job.plans[0])

    def fitted(self, issue: Path) -> FittedPage:
        """The same with its heights decided, and no picture developed."""
        layouter = self._layouter(issue)
        plan = layouter.job.plans[0]
        copy = layouter._copy(plan)
        return fit_variants(layouter._canvases(copy.pictures), copy, layouter._setter(plan))

    def _layouter(self, issue: Path) -> PageLayouter:
        self.layouts.append(0)
        job = read_job(issue, Options(), Clock(), quiet)
        return PageLayouter(job, self._engine, Stores(None, self._folder), Clock(), quiet, ParagraphMemory())


@pytest.mark.parametrize(("issue", "first", "again"), [("tunliu-2026", 3, 0), ("duhe-2026", 3, 0)])
def test_layouts_of_the_first_page(
    issue: str, first: int, again: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most so many; and of the same page again only what has gone from memory meanwhile."""
    counted = Counted(tmp_path, monkeypatch)
    pages = [counted.first_page(assets.root() / "issues" / issue).page for _ in range(2)]
    assert counted.layouts[0] <= first
    assert counted.layouts[1] <= again
    assert pages[0].composed.lines == pages[1].composed.lines
    assert pages[0].composed.findings == pages[1].composed.findings


@pytest.mark.parametrize(
    ("page", "layouts", "cascades", "solved", "cost"),
    [("pressed", 7, 13, 78, 10_035.767), ("nine_pictures", 8, 9, 129, 149.331)],
)
def test_a_search_among_many_pages_lays_out_few_of_them(
    page: str, layouts: int, cascades: int, solved: int, cost: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page with 12 per cent too much copy in three arrangements and three sizes is tried 18 times, one of nine
    elastic pictures 15 times. It comes out as it did when each try was laid out, with 118 layouts and 31, or cheaper.

    The rules of all elements are sought for a layout, once for the page of a canvas that others are held against, and
    once where the CSS says the steps: of a try it is known what other classes change. Of pictures that fill the columns
    of one band one is tried at other heights: of the nine, every one was, and 249 pages were solved.
    """
    counted = Counted(tmp_path / "spare", monkeypatch)
    fitted = counted.fitted(getattr(_pages(), page)(tmp_path / "issue"))
    assert counted.layouts[0] <= layouts
    assert counted.cascades <= cascades
    assert counted.solved <= solved
    assert fitted.scores[0].cost <= cost


def _pages() -> ModuleType:
    """The pages that bench/ measures."""
    spec = spec_from_file_location("pressed_pages", assets.root() / "bench" / "pressed_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""What a page takes, counted: layouts by WeasyPrint. Copyfit asks for many a page, and most are reckoned or kept."""

from pathlib import Path

import pytest
import weasyprint

from layout import assets
from layout.engine.engine import Engine
from layout.fontbook import Fontbook
from layout.pipeline.laid_page import PageLayouter, Stores
from layout.pipeline.options import Options
from layout.pipeline.progress import quiet
from layout.pipeline.reading import read_job
from layout.pipeline.stages import Clock

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("issue", "first", "again"), [("tunliu-2026", 4, 0), ("duhe-2026", 3, 0)])
def test_layouts_of_the_first_page(
    issue: str, first: int, again: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most so many; and of the same page again only what has gone from memory meanwhile."""
    counted: list[int] = []
    render = weasyprint.HTML.render

    def counting(html: weasyprint.HTML, *arguments: object, **options: object) -> object:
        counted[-1] += 1
        return render(html, *arguments, **options)

    monkeypatch.setattr(weasyprint.HTML, "render", counting)
    job = read_job(assets.root() / "issues" / issue, Options(), Clock(), quiet)
    layouter = PageLayouter(job, Engine(Fontbook(assets.fonts_dir())), Stores(None, tmp_path), Clock(), quiet, {})
    pages = []
    for _ in range(2):
        counted.append(0)
        pages.append(layouter.lay_out(job.plans[0]).page)
    assert counted[0] <= first
    assert counted[1] <= again
    assert pages[0].composed.lines == pages[1].composed.lines
    assert pages[0].composed.findings == pages[1].composed.findings

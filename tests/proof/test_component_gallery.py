"""The gallery of a design's components says how large each is, and why one has no picture."""

from pathlib import Path

import pytest

from layout.design.components import components_of
from layout.errors import Message
from layout.proof.component_page import (
    ComponentGallery,
    ComponentPicture,
    FailedPages,
    PicturedComponent,
    component_page,
)
from layout.proof.issue_result import IssueResult, ResultRow

PAGE = """\
{# 时间线 / A timeline.
   words: 词 / the words #}
{% macro timeline(words) %}<div class="line" data-flow="{{ words }}"></div>{% endmacro %}{{ timeline(1) }}
"""


def gallery(tmp_path: Path, picture: ComponentPicture | None, *failed: FailedPages) -> ComponentGallery:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (timeline,) = components_of(tmp_path, tmp_path / "shared")
    why = None if picture else Message("没有一种版面用它", "no kind of page uses it")
    return ComponentGallery("evening", (PicturedComponent(timeline, picture, why, ()),), (), 1, failed)


def test_why_a_component_has_no_picture(tmp_path: Path) -> None:
    bare = gallery(tmp_path, None)
    assert '<p class="none">no picture: no kind of page uses it</p>' in component_page(bare, "en")
    assert '<p class="none">没有图：没有一种版面用它</p>' in component_page(bare)
    assert bare.exit_code == 0


def test_a_picture_is_as_large_as_the_component_on_paper(tmp_path: Path) -> None:
    page = component_page(gallery(tmp_path, ComponentPicture(b"webp", 72.0, 36.0)), "en")
    assert 'width="96" height="48" alt="timeline on a page"' in page
    assert "72 × 36 pt" in page
    assert 'class="none"' not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_that_could_not_be_made_are_told_in_the_gallery(tmp_path: Path, lang: str) -> None:
    row = ResultRow(
        "fault.source", "error", "a <b> too many", "take it out", "page.html:3", "", 3, None, None, False, ""
    )
    failed = FailedPages("page", IssueResult("i", ".", 3, "never", (row,)))
    told = gallery(tmp_path, None, failed)
    page = component_page(told, "en" if lang == "en" else "zh")
    assert "page.html:3: a &lt;b&gt; too many<br>→ take it out" in page
    assert told.exit_code == 3

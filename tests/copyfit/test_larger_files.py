"""Pictures that their pixels keep small: where a page stays empty beside them, the editor is told, and following it
fills the page.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from layout.checks import Finding
from layout.copyfit.model import ComposedPage
from layout.copyfit.search.trial import Copy
from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Paragraph, Run, Text
from layout.pictures.crop import Original
from small_page import fitted_page, make_canvas

SMALL = Original((333, 250), least_ppi=150)
"""150 ppi at 160 pt across and 12 rows high."""
BODY = (
    '<div data-band="a" style="min-height:260pt;max-height:260pt"><div data-column style="width:160pt">'
    '<div data-picture="p" style="height:100pt;min-height:80pt;max-height:{most}pt{crop}"></div>'
    '<div class="f" data-flow="s.1" style="--height:rest"></div></div></div>'
)


def compose(
    folder: Path, original: Original, lines: int, *, body: str = BODY, most: int = 240, crop: str = ""
) -> ComposedPage:
    texts = {Flow.parse("s.1"): text("s.1", lines * 20 - 7)}
    html = body.format(most=most, crop=crop)
    return fitted_page({"page": make_canvas(folder, html)}, Copy(texts, pictures={"p": original}))


def text(flow: str, count: int) -> Text:
    return Text(Flow.parse(flow), (Paragraph("body", (Run("字" * count, Place("a.md", 1)),)),))


def underset(page: ComposedPage) -> list[Finding]:
    return [each for each in page.findings if each.check == "page.underset"]


def test_a_larger_file_is_told_that_was_tried_and_does(tmp_path: Path) -> None:
    page = compose(tmp_path / "small", SMALL, 6)  # of 26 rows
    (found,) = underset(page)
    assert found.hint is not None
    assert found.hint.editor is not None
    assert "换图 p 的大图：现有 333×250 像素，有 " in found.hint.editor.zh
    (told,) = [each.amount for each in page.suggestions if "pixels" in each.amount]
    wide, high = told["pixels"]  # type: ignore[misc]
    larger = replace(SMALL, pixels=(wide, high))  # type: ignore[arg-type]
    after = compose(tmp_path / "large", larger, 6)
    assert not underset(after)
    assert [round(each.box.height / 10) for each in after.page.pictures] == [told["rows"]]
    less = replace(SMALL, pixels=(round(wide * 0.96), round(high * 0.96)))  # type: ignore[operator]
    assert round(compose(tmp_path / "less", less, 6).page.pictures[0].box.height / 10) < told["rows"]  # type: ignore[operator]


def test_where_it_would_not_do_alone_it_is_said_that_pixels_keep_the_picture_small(tmp_path: Path) -> None:
    (found,) = underset(compose(tmp_path, SMALL, 2, most=160))
    assert "图 p 限于像素只高 12 行，版式许它 16 行" in found.message.zh
    assert "picture p is kept to 12 rows by its pixels, the design allows 16" in found.message.en
    assert found.hint is not None
    assert found.hint.editor is not None
    assert found.hint.editor.zh.endswith("，或换图 p 的大图（像素更多的文件）")


@pytest.mark.parametrize(
    ("original", "crop"),
    [
        (replace(SMALL, pixels=(3330, 2500)), ""),
        (replace(SMALL, least_ppi=0.0), ""),
        (Original((4000, 2000), least_ppi=150), ";--crop-max:0.3"),
    ],
)
def test_pixels_are_not_blamed_for_what_the_design_or_the_crop_forbids(
    tmp_path: Path, original: Original, crop: str
) -> None:
    page = compose(tmp_path, original, 2, most=160, crop=crop)
    (found,) = underset(page)
    assert "像素" not in f"{found.message.zh}{found.hint}"
    assert not [each for each in page.suggestions if "pixels" in each.amount]


def test_only_a_picture_that_could_fill_what_is_empty_is_named(tmp_path: Path) -> None:
    """The other stands beside it, in a part that is full."""
    beside = (
        '<div data-row><div data-stack style="float:left;width:80pt">'
        + BODY.replace("160pt", "80pt")
        + '</div><div data-band="c" style="float:left;width:80pt;min-height:260pt;max-height:260pt"><div data-column>'
        '<div class="f" data-flow="s.2" style="--height:rest"></div></div></div></div>'
    )
    texts = {Flow.parse("s.1"): text("s.1", 14 * 10 - 7), Flow.parse("s.2"): text("s.2", 10 * 20)}
    html = beside.format(most=160, crop="")
    small = Original((167, 125), least_ppi=150)
    page = fitted_page({"page": make_canvas(tmp_path, html)}, Copy(texts, pictures={"p": small}))
    (found,) = underset(page)
    assert [str(flow) for flow in found.flows] == ["s.2"]
    assert "像素" not in found.message.zh


def test_a_hole_at_the_foot_names_the_pixels_too(tmp_path: Path) -> None:
    foot = BODY.replace("min-height:260pt;max-height:260pt", "").replace("--height:rest", "height:60pt")
    (found,) = underset(compose(tmp_path, SMALL, 5, body=foot, most=160))
    assert "rows" in found.amount
    assert "图 p 限于像素只高 12 行，版式许它 16 行" in found.message.zh

"""A rail in which nothing stands, or little, is told; a full one, or a stroke of colour, is not."""

from pathlib import Path

import pytest

from layout.checks import Finding
from layout.copyfit.checks.empty_boxes import empty_boxes
from layout.copyfit.fit import pour_page
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.engine.standing_boxes import standing_boxes
from layout.errors import Place
from layout.flows import Flow
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, Run, Text
from small_page import FONTS, make_canvas

RAIL = "position:absolute;left:80pt;top:0;width:80pt;height:260pt;background:device-cmyk(.1 0 0 0)"
COLUMN = '<div data-band="b"><div data-column style="width:70pt"><div class="f" data-flow="s.lede"></div></div></div>'
CODE = (
    '<div class="c-qrcode" data-code="s.word.code"><svg width="60pt" height="{height}pt" viewBox="0 0 9 9"></svg></div>'
)
NOTICE = '<div class="f" data-flow="s.notice" style="height:{height}pt"></div>'


def found(folder: Path, body: str, notice: str = "") -> list[Finding]:
    canvas = make_canvas(folder, COLUMN + body)
    copy = {"s.lede": "河流没有名气，不进课本，也上不了地图。" * 4, "s.notice": notice}
    texts = {
        Flow.parse(name): Text(Flow.parse(name), (Paragraph("body", (Run(words, Place("s.md", 1)),)),))
        for name, words in copy.items()
        if words
    }
    fitted = fit_variants({VariantName("page"): canvas}, Copy(texts), setter := Setter(FONTS))
    layout = canvas.laid_out(fitted.decision, {})
    composed = pour_page(layout.page, fitted, setter)
    boxes = standing_boxes(layout.document.pages[0]._page_box)
    return list(empty_boxes(composed.page, composed.lines, boxes, layout.files.element))


@pytest.mark.parametrize(
    ("body", "notice"),
    [
        (f'<aside class="rail" style="{RAIL}"></aside>', ""),
        (f'<div class="rail" style="{RAIL}"><div class="inner" style="height:3pt"></div></div>', ""),
        (f'<aside class="rail" style="{RAIL};background:none;border:1pt solid black"></aside>', ""),
        (f'<aside class="rail" style="{RAIL}">{NOTICE.format(height=30)}</aside>', "今日启事"),
        (f'<aside class="rail" style="{RAIL}">{CODE.format(height=60)}</aside>', ""),
    ],
    ids=["nothing in it", "an empty element in it", "a border", "one line in it", "a code in its first quarter"],
)
def test_an_empty_rail_is_told_with_its_size_and_its_line(tmp_path: Path, body: str, notice: str) -> None:
    (finding,) = found(tmp_path, body, notice)
    assert finding.check == "page.empty_box"
    assert ".rail" in finding.message.zh
    assert finding.amount["rows"] >= 20  # type: ignore[operator]
    assert finding.place is not None
    assert finding.place.line == 1
    assert finding.hint is not None
    assert set(finding.hint.by_reader) == {"editor", "designer"}


@pytest.mark.parametrize(
    ("body", "notice"),
    [
        (f'<div class="stroke" style="{RAIL}"></div>', ""),
        (f'<aside class="rail" style="{RAIL};--hole: free"></aside>', ""),
        (f'<aside class="rail" style="{RAIL};height:30pt"></aside>', ""),
        (f'<aside class="rail" style="{RAIL};width:20pt"></aside>', ""),
        (f'<aside class="rail" style="{RAIL};background:none"></aside>', ""),
        (f'<aside class="rail" style="{RAIL}">{NOTICE.format(height=260)}</aside>', "今日本报增出四版，" * 24),
        (f'<aside class="rail" style="{RAIL}">{CODE.format(height=150)}</aside>', ""),
    ],
    ids=["a stroke of colour", "meant", "low", "narrow", "no tint", "full", "a code"],
)
def test_what_is_meant_or_small_or_full_is_not(tmp_path: Path, body: str, notice: str) -> None:
    assert found(tmp_path, body, notice) == []

"""What is kept between layouts is found again as long as nothing it was made of has changed."""

from pathlib import Path

import pytest

from layout.engine import html_canvas
from layout.engine.engine import Engine
from layout.engine.html_canvas import HtmlCanvas
from layout.page.canvas import Decision, TypeRequest
from small_page import CSS, FONTS, document_of, natural, write_page

BODY = '<div class="f" data-flow="a" style="height:50pt"></div><img src="dot.svg">'
DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9">'
    '<path d="M0 0h9v9z" fill="device-cmyk(0 0 0 1)"/></svg>'
)


def canvas(engine: Engine, folder: Path, html: str) -> HtmlCanvas:
    return engine.canvas(html, template=folder / "page.html")


def test_the_same_page_is_laid_out_once(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(DOT.format(9))
    html, engine = write_page(tmp_path, BODY), Engine(FONTS)
    first = document_of(canvas(engine, tmp_path, html))
    assert document_of(canvas(engine, tmp_path, html)) is first
    assert document_of(canvas(engine, tmp_path, html.replace("50pt", "60pt"))) is not first


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(DOT.format(9))
    (tmp_path / "other.css").write_text(CSS + ".f { margin-left: 3pt }")
    html, engine = write_page(tmp_path, BODY), Engine(FONTS)
    seen = [document_of(canvas(engine, tmp_path, html))]
    for name, content in (("dot.svg", DOT.format(12)), ("page.css", CSS + ".f { color: device-cmyk(0 1 1 0) }")):
        (tmp_path / name).write_text(content)
        seen.append(document_of(canvas(engine, tmp_path, html)))
    seen.append(document_of(canvas(engine, tmp_path, html.replace("page.css", "other.css"))))
    assert len({id(document) for document in seen}) == len(seen)


def test_the_same_decision_is_laid_out_once_whatever_was_asked_meanwhile(tmp_path: Path) -> None:
    html, engine = write_page(tmp_path, BODY.replace('<img src="dot.svg">', "")), Engine(FONTS)
    one = canvas(engine, tmp_path, html)
    first = one.laid_out(Decision.of({"k0": 40}), {}).document
    natural(one)
    assert one.laid_out(Decision.of({"k0": 40.000001}), {}).document is first
    assert canvas(engine, tmp_path, html).laid_out(Decision.of({"k0": 40}), {}).document is first
    assert one.laid_out(Decision.of({"k0": 50}), {}).document is not first


def test_messages_and_origins_are_the_same_for_a_layout_that_was_kept(tmp_path: Path) -> None:
    css = ".f { colour: red; width: var(--none); border-top: 1pt solid device-cmyk(0 0 0 1) }"
    html, engine = write_page(tmp_path, '<div class="f" data-flow="a"></div>', css), Engine(FONTS)
    layouts = [canvas(engine, tmp_path, html).laid_out(Decision(), {}) for _ in range(2)]
    first, second = layouts
    assert first.document is second.document
    assert [each.check for each in first.page.messages] == ["design.unknown"] * 2
    assert first.page.messages == second.page.messages
    assert first.origins == second.origins
    assert any(each.kind == "mark" and each.place for each in second.origins)


def test_a_canvas_that_is_asked_for_again_is_held_until_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(DOT.format(9))
    html, engine = write_page(tmp_path, BODY), Engine(FONTS)
    first, second = canvas(engine, tmp_path, html), canvas(engine, tmp_path, html)
    document_of(second)
    assert first is not second, "most pages are made once"
    assert canvas(engine, tmp_path, html) is second
    held = second
    for name, content in (
        ("dot.svg", DOT.format(12)),
        ("page.css", CSS + ".f { color: device-cmyk(0 1 1 0) }"),
        ("page.html", f"<!-- a line more -->\n{html}"),
    ):
        (tmp_path / name).write_text(content)
        again = canvas(engine, tmp_path, html)
        assert again is not held, name
        document_of(again)
        assert canvas(engine, tmp_path, html) is again
        held = again


def test_what_was_measured_on_a_canvas_is_not_measured_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dot.svg").write_text(DOT.format(9))
    html, engine = write_page(tmp_path, BODY), Engine(FONTS)
    canvas(engine, tmp_path, html)
    one = canvas(engine, tmp_path, html)
    request, decision = TypeRequest.of({}, {}, {}), Decision.of({"k0": 40})
    before = one.types((), request), one.measured(decision), one.laid_out(decision, {})
    monkeypatch.setattr(html_canvas, "measure", None)  # whoever measures fails
    again = canvas(engine, tmp_path, html)
    assert (again.types((), request), again.measured(decision), again.laid_out(decision, {})) == before

"""What is kept between layouts is found again as long as nothing it was made of has changed."""

from pathlib import Path

from layout import assets
from layout.engine.engine import Engine, Sheet
from layout.fontbook import Fontbook
from small_page import CSS, make_sheet

BODY = '<div class="f" data-flow="a" style="height:50pt"></div><img src="dot.svg">'
DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9">'
    '<path d="M0 0h9v9z" fill="device-cmyk(0 0 0 1)"/></svg>'
)


def sheet(engine: Engine, folder: Path, html: str) -> Sheet:
    return engine.sheet(html, template=folder / "page.html")


def test_the_same_page_is_laid_out_once(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(DOT.format(9))
    make_sheet(tmp_path, BODY)
    html, engine = (tmp_path / "page.html").read_text(), Engine(Fontbook(assets.fonts_dir()))
    first = sheet(engine, tmp_path, html).lay_out()
    assert sheet(engine, tmp_path, html).lay_out() is first
    assert sheet(engine, tmp_path, html.replace("50pt", "60pt")).lay_out() is not first


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(DOT.format(9))
    make_sheet(tmp_path, BODY)
    (tmp_path / "other.css").write_text(CSS + ".f { margin-left: 3pt }")
    html, engine = (tmp_path / "page.html").read_text(), Engine(Fontbook(assets.fonts_dir()))
    seen = [sheet(engine, tmp_path, html).lay_out()]
    for name, content in (("dot.svg", DOT.format(12)), ("page.css", CSS + ".f { color: device-cmyk(0 1 1 0) }")):
        (tmp_path / name).write_text(content)
        seen.append(sheet(engine, tmp_path, html).lay_out())
    seen.append(sheet(engine, tmp_path, html.replace("page.css", "other.css")).lay_out())
    assert len({id(document) for document in seen}) == len(seen)


def test_what_was_said_is_said_again(tmp_path: Path) -> None:
    make_sheet(tmp_path, '<div class="f" data-flow="a"></div>', css=".f { colour: red }")
    html, engine = (tmp_path / "page.html").read_text(), Engine(Fontbook(assets.fonts_dir()))
    told = []
    for _ in range(2):
        one = sheet(engine, tmp_path, html)
        one.lay_out()
        told.append([finding.check for finding in one.findings])
    assert told[0] == told[1] == ["design.unknown"]

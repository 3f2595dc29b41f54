"""The documentation's site: what is gathered for the generator, and the reader that checks what it built.

The generator itself runs in `make docs`, in its strict mode.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from layout import assets
from layout_docs.links import faults_of_links
from layout_docs.markdown import toml
from layout_docs.site import _FENCE, SitePage, configuration, gather, linked, place, sections

ROOT = assets.root()


def test_every_page_of_docs_has_a_place_in_the_navigation() -> None:
    listed = {
        Path(page["file"]) for section in toml("layout_docs", "navigation.toml")["section"] for page in section["pages"]
    }
    written = {
        path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md") if not path.stem.endswith((".en", ".zh"))
    }
    assert written <= listed
    assert {path for path in listed if not (ROOT / path).is_file()} <= {
        Path("docs/api.md"), Path("CONTRIBUTING.md"), Path("SECURITY.md"),
    }  # fmt: skip


def test_both_navigations_have_the_same_pages_under_their_own_names() -> None:
    zh, en = sections(ROOT, "zh"), sections(ROOT, "en")
    assert [page.target for each in zh for page in each.pages] == [page.target for each in en for page in each.pages]
    assert all(one.title != other.title for one, other in zip(zh, en, strict=True))
    for lang, found in (("zh", zh), ("en", en)):
        project = tomllib.loads(configuration(lang, found))["project"]
        assert project["theme"]["language"] == lang
        assert project["theme"]["font"] is False
        assert project["nav"][0] == {found[0].title: [{found[0].pages[0].title: "index.md"}]}


def test_a_translation_beside_a_page_is_taken_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("README.md", "docs/ci.md", "docs/ci.en.md"):
        (tmp_path / name).write_text("# x", encoding="utf-8")
    sources = {lang: [p.source.name for s in sections(tmp_path, lang) for p in s.pages] for lang in ("zh", "en")}
    assert sources == {"zh": ["README.md", "ci.md"], "en": ["README.md", "ci.en.md"]}


def test_links_are_turned_to_where_pages_stand_in_the_site(tmp_path: Path) -> None:
    start = SitePage(Path("README.md"), place(Path("README.md")), "")
    text = linked(
        "[a](docs/press.md#x) [b](ARCHITECTURE.md) [c](fonts/FONTS.toml)\n```\n[d](docs/ci.md)\n```\n",
        start,
        ROOT,
        tmp_path,
    )
    assert text == "[a](press.md#x) [b](ARCHITECTURE.md) [c](fonts/FONTS.toml)\n```\n[d](docs/ci.md)\n```\n"
    assert (tmp_path / "fonts" / "FONTS.toml").is_file()
    deep = SitePage(Path("docs/reference/keys.md"), place(Path("docs/reference/keys.md")), "")
    assert linked("[a](../press.md) [b](../../README.md) [c](nowhere.md)", deep, ROOT, tmp_path) == (
        "[a](../press.md) [b](../index.md) [c](nowhere.md)"
    )


def test_the_two_languages_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    page = SitePage(Path("README.md"), Path("index.md"), "")
    text = "中文一句。English here.\n中文一\n段\nEnglish too.\n1. 中文\n   English.\n\n| 表。A table |\n"
    assert linked(text, page, ROOT, tmp_path) == (
        "中文一句。<br>English here.\n中文一段  \nEnglish too.\n1. 中文  \n   English.\n\n| 表。A table |\n"
    )


def test_all_pages_can_be_gathered(tmp_path: Path) -> None:
    found = sections(ROOT, "zh")
    gather(ROOT, found, tmp_path)
    pages = [tmp_path / page.target for section in found for page in section.pages]
    for page in pages:
        for link in re.findall(
            r"\]\(([^)#:\s]+)", re.sub("`.*?`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
        ):
            assert (page.parent / link).is_file(), f"{page.name}: {link}"


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<a href="b.html#there">', ""),
        ('<a href="b.html#%E8%A1%A8">', ""),
        ('<a href="folder/">', ""),
        ('<a href="https://example.org/">', ""),
        ('<link rel="canonical" href="https://example.org/">', ""),
        ('<a href="c.html">', "leads nowhere: c.html"),
        ('<a href="b.html#gone">', "leads nowhere: b.html#gone"),
        ('<a href="#gone">', "leads nowhere: #gone"),
        ('<img src="gone.png">', "leads nowhere: gone.png"),
        ('<script src="https://cdn.example.org/a.js">', "loads from the network: https://cdn.example.org/a.js"),
        (
            '<link rel="stylesheet" href="//fonts.example.org/a.css">',
            "loads from the network: //fonts.example.org/a.css",
        ),
    ],
)
def test_the_reader_of_a_built_site(tmp_path: Path, page: str, fault: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.html").write_text("", encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="there"></p><p id="表"></p>', encoding="utf-8")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert [each.partition(" ")[2] for each in faults_of_links(tmp_path)] == (
        [f"{_zh(fault)} {fault}"] if fault else []
    )


def _zh(fault: str) -> str:
    return "链接不通" if fault.startswith("leads") else "从网上取"


def test_fonts_that_a_style_sheet_fetches_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(
        '@import "https://fonts.example.org/x"; p { src: url(own.woff2) }', encoding="utf-8"
    )
    assert len(list(faults_of_links(tmp_path))) == 1

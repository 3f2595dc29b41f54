"""The plant's own names for page files: four fields and nothing else, and names that every disk takes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from layout import assets
from layout.errors import PlanError
from layout.press.load import load_profile
from layout.press.page_files import read_pattern, safe_name

DAY = date(2026, 2, 4)


def named(pattern: str, page: int = 3, paper: str = "CZRB", issue: str = "tunliu-2026") -> str:
    return read_pattern(pattern).name(DAY, paper, page, issue)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{date:%Y%m%d}{paper}A{page:02}.pdf", "20260204CZRBA03.pdf"),
        ("{page}.pdf", "3.pdf"),
        ("{date}-{page:03d}.PDF", "2026-02-04-003.PDF"),
        ("{issue}_{page:2}.pdf", "tunliu-2026_ 3.pdf"),
        ("{date:%y年%m月%d日}第{page}版.pdf", "26年02月04日第3版.pdf"),
        ("{{x}}{page}{page:02}.pdf", "{x}303.pdf"),
        ("{date:%j}P{page:02}.pdf", "035P03.pdf"),
    ],
)
def test_names(pattern: str, name: str) -> None:
    assert named(pattern) == name


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("{pages}.pdf", "Did you mean page?"),
        ("{page.__class__}.pdf", "only a colon"),
        ("{date.year}{page}.pdf", "only a colon"),
        ("{page[0]}.pdf", "only a colon"),
        ("{0}{page}.pdf", "no field “{0}”"),
        ("{}{page}.pdf", "no field “{}”"),
        ("{page!r}.pdf", "“!r”"),
        ("{page:{date}}.pdf", "format"),
        ("{page:>999999999}.pdf", "format"),
        ("{page:x}.pdf", "format"),
        ("{page:099}.pdf", "format"),
        ("{paper:>20}{page}.pdf", "format"),
        ("{date:%s}{page}.pdf", "format"),
        ("{date:%Y/%m}{page}.pdf", "cannot stand"),
        ("{page.pdf", "braces"),
        ("page}.pdf", "braces"),
        ("{paper}.pdf", "no {page}"),
        ("{page}", "must end in .pdf"),
        ("{page}.pdf.exe", "must end in .pdf"),
        ("../{page}.pdf", "cannot stand"),
        ("a\\{page}.pdf", "cannot stand"),
        ("{page}\n.pdf", "U+000A"),
        (" {page}.pdf", "may not begin"),
        (".{page}.pdf", "may not begin"),
        ("-{page}.pdf", "may not begin"),
        ("{page} .pdf", "may not begin"),
        ("a" * 200 + "{page}.pdf", "200 bytes"),
        ("", "no {page}"),
    ],
)
def test_patterns_that_will_not_do(pattern: str, word: str) -> None:
    with pytest.raises(PlanError) as caught:
        read_pattern(pattern)
    assert word in f"{caught.value.message.en} {caught.value.hint.en if caught.value.hint else ''}"


@pytest.mark.parametrize(
    "name", ["CON.pdf", "com1.pdf", "nul.x.pdf", "a:b.pdf", "a\u202eb.pdf", "a?.pdf", "日" * 70 + ".pdf"]
)
def test_names_that_no_disk_takes(name: str) -> None:
    with pytest.raises(PlanError):
        safe_name(name)


@pytest.mark.parametrize("name", ["CONSTANT.pdf", "长治日报.pdf", "日" * 65 + ".pdf", "a b.pdf", "a..pdf.pdf"])
def test_names_that_nearly_do_not(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize("paper", ["", "长治/日报", "..\\x", "x\x00"])
def test_what_the_issue_puts_into_the_name_is_looked_at_too(paper: str) -> None:
    with pytest.raises(PlanError):
        read_pattern("{date:%Y}{paper}{page}.pdf").name(DAY, paper, 1, "x")


def test_a_pattern_of_a_profile_is_told_at_its_line(tmp_path: Path) -> None:
    text = 'name = "own"\nextends = "newsprint-coldset"\n'
    text += '[[override]]\nkey = "page_files"\nvalue = "{pgae}.pdf"\nreason = "r"\n'
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(PlanError) as caught:
        load_profile("own", [tmp_path, assets.press_dir()])
    assert str(caught.value.place) == "own.toml:5"
    assert caught.value.hint is not None
    assert "page" in caught.value.hint.zh

"""On our own pages a finding names the newsroom's things: page, story, paragraph, picture, the style sheet's line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from in_place import build
from layout import assets
from layout.checks import Finding
from layout.flows import Drawn, Flow
from layout.pipeline import Built, Options
from layout.preflight.source_map import source_map
from layout.preflight.verdict import examine
from layout.press.load import load_profile
from layout.proof.finding_location import page_words
from layout.proof.summary import summary

pytestmark = pytest.mark.slow

TOP = Path(__file__).parents[2]
SPOILS = (
    # (file, what stands there, what stands there instead)
    ("page.css", "top: 18pt; height: 0.5pt;", "top: 18pt; height: 0.1pt;"),
    ("page.css", "font-size: 9pt; color: var(--black); text-align: left }\n.figure.between .say",
     "font-size: 5pt; text-align: left }\n.figure.between .say"),
    ("page.css", "padding-left: 15.5pt;", "padding-left: 15.5pt;\n  color: device-cmyk(0.4 0.3 0.3 1);"),
    ("issue.toml", 'file = "images:solar-panels.webp"', 'file = "small.jpg"'),
)  # fmt: skip


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample issue with a thin rule, small type, four-ink black type and a coarse picture."""
    folder = tmp_path_factory.mktemp("spoilt") / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    shutil.copytree(TOP / "templates" / "lianghui-broadsheet", folder / "lianghui-broadsheet")
    for name, old, new in SPOILS:
        path = folder / name if (folder / name).is_file() else folder / "lianghui-broadsheet" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.chmod(0o644)
        path.write_text(text.replace(old, new), encoding="utf-8")
    folder.chmod(0o755)
    Image.linear_gradient("L").convert("RGB").resize((150, 90)).save(folder / "small.jpg")
    return folder


@pytest.fixture(scope="module")
def built(spoilt: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(spoilt, Options(out=tmp_path_factory.mktemp("out"), png=False))


Line = Callable[[str, str], int]


@pytest.fixture
def line(spoilt: Path) -> Line:
    """The line of a file on which some words stand first."""

    def number(name: str, words: str) -> int:
        path = spoilt / name if (spoilt / name).is_file() else spoilt / "lianghui-broadsheet" / name
        lines = path.read_text(encoding="utf-8").splitlines()
        return next(number for number, text in enumerate(lines, 1) if words in text)

    return number


def _only(built: Built, check: str) -> Finding:
    (found,) = [each for each in built.findings if each.check == check]
    return found


def test_a_thin_rule_names_the_style_sheets_line(built: Built, line: Line) -> None:
    found = _only(built, "line.thin")
    assert found.sources == (Drawn("header.folio::after"),)
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("lianghui-broadsheet/page.css", line("page.css", ".folio::after"))


def test_small_type_names_its_copy_and_where_its_size_is_set(built: Built, line: Line) -> None:
    found = _only(built, "text.small")
    assert str(found.sources[0]).startswith("tunliu.figure-1.")
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("tunliu-2026/tunliu.md", line("tunliu.md", "重点项目"))
    (template,) = found.template
    assert str(template).startswith(f"lianghui-broadsheet/page.css:{line('page.css', '.figure .say')}:")
    assert "第1版，tunliu 数字 1" in page_words(found, "zh")
    assert str(template) in page_words(found, "zh")


def test_black_in_four_inks_names_the_paragraph_and_where_its_colour_is_set(built: Built, line: Line) -> None:
    found = _only(built, "text.black")
    assert found.sources == (Flow("tunliu", "lede"),)
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("tunliu-2026/tunliu.md", line("tunliu.md", "时光无言"))
    (template,) = found.template
    assert str(template).startswith(f"lianghui-broadsheet/page.css:{line('page.css', '0.4 0.3 0.3 1')}:")


def test_a_coarse_picture_is_told_once_by_its_name(built: Built, line: Line) -> None:
    coarse = [each for each in built.findings if each.check in ("picture.resolution", "image.resolution")]
    (found,) = coarse
    assert found.check == "picture.resolution"
    assert found.sources == (Flow.of_picture("solar"),)
    assert "solar (small.jpg)" in found.message.zh
    assert found.place is not None
    assert (found.place.file, found.page_no) == ("tunliu-2026/issue.toml", 1)
    assert found.place.line == line("issue.toml", 'id = "solar"') - 1  # the line of its [[picture]]


def test_no_finding_speaks_of_the_file_where_it_could_speak_of_the_page(built: Built) -> None:
    assert not [each for each in built.findings if each.place is not None and each.place.file == "PDF"]


def test_the_summary_has_both_lines(built: Built) -> None:
    told = summary(built.report)
    row = next(row for row in told.splitlines() if "text.small" in row)
    assert "tunliu.md:" in row
    assert "page.css:" in row


def test_preflight_finds_the_same_sources_in_the_report(built: Built) -> None:
    """``layout preflight`` knows the file again by its hash, and says no less than the build did."""
    known = source_map(built.pdf)
    assert known is not None
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    found = [known.located(each) for each in examine(built.pdf, press, known.expected, ink=False).findings]
    for check in ("line.thin", "text.small", "text.black"):
        (here,) = [each for each in found if each.check == check]
        there = _only(built, check)
        assert (here.place, here.sources) == (there.place, there.sources)
        assert here.template == there.template


def test_rgb_in_a_drawing_is_refused_with_its_line(spoilt: Path, tmp_path: Path) -> None:
    from layout.errors import LayoutError

    folder = tmp_path / "tunliu-2026"
    shutil.copytree(spoilt, folder)
    pointer = folder / "lianghui-broadsheet" / "pointer.svg"
    pointer.chmod(0o644)
    pointer.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<path fill="#c00" d="M0 0h9v9z"/></svg>'
    )
    with pytest.raises(LayoutError) as caught:
        build(folder, Options(out=tmp_path / "out", png=False))
    (fault,) = caught.value.faults()
    assert fault.place is not None
    assert (fault.place.file, fault.place.line) == ("lianghui-broadsheet/pointer.svg", 2)


def test_the_report_lists_what_findings_are_placed_by(built: Built) -> None:
    geometry = json.loads(built.report_path.read_text(encoding="utf-8"))["pages"][0]["geometry"]
    assert {mark["name"] for mark in geometry["marks"]} >= {"header.folio::after", "div.edge", "scene.svg"}
    assert all(paragraph["place"].startswith("tunliu-2026/") for paragraph in geometry["paragraphs"])
    assert geometry["pictures"][0]["place"].startswith("tunliu-2026/issue.toml:")

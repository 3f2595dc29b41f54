"""QR codes made from words: read back by a decoder as they were written, with bare paper around them and no type."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from layout.errors import TemplateError
from layout.pipeline import Built
from layout.preflight.events import ImagePainted, PathPainted
from layout.preflight.walk import walk
from layout.proof.raster import page_png
from pipeline.small_issue import PAGE, built, make_issue

ADDRESS = "https://example.cn/tunliu/2026?f=报"
COMPONENT = '{% from "components/qrcode.html" import qrcode %}\n'


def _page(folder: Path, body: str, *, word: str = ADDRESS, css: str = "") -> Built:
    make_issue(folder, "一二三四五六七八九十。", front=f"words:\n  code: {word}\n")
    template = COMPONENT + PAGE.replace("\n</main>", f"\n  {body}\n</main>")
    (folder / "plain" / "page.html").write_text(template, encoding="utf-8")
    sheet = folder / "plain" / "page.css"
    text = sheet.read_text(encoding="utf-8").replace("height: 300pt", "height: 15pt")
    sheet.write_text(f"{text}.c-qrcode > svg {{ display: block }}\n{css}", encoding="utf-8")
    return built(folder)


def _checks(done: Built) -> set[str]:
    return {each.check for each in done.findings} - {"page.hole"}


def _read(done: Built, ppi: float = 200) -> list[str]:
    assert done.pdf is not None
    picture = Image.open(io.BytesIO(page_png(done.pdf.read_bytes(), 0, ppi)))
    return [each.text for each in zxingcpp.read_barcodes(picture)]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _page(tmp_path_factory.mktemp("code") / "issue", "{{ qrcode(story.words.code, 60) }}")


def test_a_decoder_reads_the_word(page: Built) -> None:
    assert _checks(page) == set()
    assert _read(page) == [ADDRESS]


def test_it_is_one_path_of_black_alone(page: Built) -> None:
    assert page.pdf is not None
    with pikepdf.open(page.pdf) as document:
        events = walk(document.pages[0])
    assert not [each for each in events if isinstance(each, ImagePainted)]
    (code,) = (each for each in events if isinstance(each, PathPainted))
    assert code.fill is not None
    assert code.fill.colour.inks() == {"K": 1.0}
    left, bottom = (min(box[side] for box in code.subpaths) for side in (0, 1))
    right, top = (max(box[side] for box in code.subpaths) for side in (2, 3))
    assert (right - left, top - bottom) == pytest.approx((60, 60), abs=0.01)


def test_the_word_is_drawn_and_not_missed_as_type(page: Built) -> None:
    characters = page.report["pages"][0]["characters"]
    assert characters["overset"] == 0
    (spot,) = page.report["pages"][0]["geometry"]["codes"]
    assert (spot["flow"], spot["modules"]) == ("a.word.code", 29)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".c-qrcode { border: 1pt solid black }", set()),
        (".c-qrcode { padding: 3pt !important; border: 1pt solid black }", {"code.quiet_zone"}),
        (".c-qrcode { background: device-cmyk(0 0.1 0.3 0) }", {"code.quiet_zone"}),
        (".c-qrcode { padding: 0 !important }", {"code.quiet_zone"}),
    ],
)
def test_ink_in_the_quiet_zone_is_told(tmp_path: Path, css: str, found: set[str]) -> None:
    done = _page(tmp_path / "issue", "{{ qrcode(story.words.code, 60) }}", css=css)
    assert _checks(done) == found


def test_modules_that_newsprint_closes_are_told(tmp_path: Path) -> None:
    done = _page(tmp_path / "issue", "{{ qrcode(story.words.code, 30) }}")
    (found,) = (each for each in done.findings if each.check == "code.module")
    assert "0.36 mm" in found.message.zh
    assert "11.5 mm" in found.message.zh


def test_a_word_that_is_no_longer_drawn_is_missing(tmp_path: Path) -> None:
    done = _page(tmp_path / "issue", "{{ qrcode(story.words.code, 60) }}", css=".c-qrcode { display: none }")
    assert "text.complete" in _checks(done)


def test_a_word_may_be_set_and_drawn(tmp_path: Path) -> None:
    body = '<div class="head" data-flow="{{ story.words.code.flow }}"></div>{{ qrcode(story.words.code, 60) }}'
    done = _page(tmp_path / "issue", body, word="lianghui.cn/1")
    assert _checks(done) == set()
    assert _read(done) == ["lianghui.cn/1"]


def test_more_than_a_code_holds_is_the_copys_fault(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as raised:
        _page(tmp_path / "issue", "{{ qrcode(story.words.code, 60) }}", word="长" * 1200)
    assert "1200" in raised.value.message.zh


TURNED = ".code { width: 80pt; transform: rotate(ANGLEdeg); transform-origin: 50% 50%; margin: 20pt 0 0 60pt }"


@pytest.mark.parametrize(
    ("angle", "more", "sides"),
    [
        ("20", "", None),
        ("90", "", None),
        ("20", ".c-qrcode { background: device-cmyk(0 0 0 0.2) }", "above, below, on the left, on the right"),
        ("90", ".c-qrcode { border-top: 6pt solid black; padding-top: 0 !important }", "on the right"),
        ("-90", ".c-qrcode { border-top: 6pt solid black; padding-top: 0 !important }", "on the left"),
    ],
)
def test_a_turned_code_has_its_quiet_zone_where_it_stands(
    angle: str, more: str, sides: str | None, tmp_path: Path
) -> None:
    body = '<div class="code">{{ qrcode(story.words.code, 60) }}</div>'
    done = _page(tmp_path / "issue", body, css=TURNED.replace("ANGLE", angle) + more)
    found = [each for each in done.findings if each.check.startswith("code.")]
    assert [f"there is ink {sides}, up to" in each.message.en for each in found] == ([True] if sides else [])
    assert _read(done) == [ADDRESS] or sides is not None


@pytest.mark.parametrize(("tint", "told"), [("0 0.02 0.06 0", False), ("0 0 0 0.05", False), ("0 0 0 0.08", True)])
def test_a_pale_tint_is_let_pass_and_the_limit_is_told(tint: str, told: bool, tmp_path: Path) -> None:
    css = f".c-qrcode {{ background: device-cmyk({tint}) }}"
    done = _page(tmp_path / "issue", "{{ qrcode(story.words.code, 60) }}", css=css)
    found = [each for each in done.findings if each.check == "code.quiet_zone"]
    assert ["Tints below 6% are let pass" in each.message.en for each in found] == [True] * told

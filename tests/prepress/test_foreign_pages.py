"""What is read of an advertisement's PDF before it is placed, and the sentence for each that cannot be."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from layout.errors import PictureError, Place
from layout.pictures.forms import FormFacts
from layout.prepress import foreign_pages

PLACE = Place("issue.toml", 12)
Change = Callable[[Pdf], None]


def _ad(change: Change | None = None, *, pages: int = 1, **saved: object) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(300, 200))
        page.Contents = pdf.make_stream(b"0 0 0 1 k 20 20 100 50 re f")
        page.TrimBox, page.BleedBox = Array([20, 20, 220, 120]), Array([10, 10, 230, 130])
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def _read(folder: Path, content: bytes, page: int | None = None) -> FormFacts:
    path = folder / "bank.pdf"
    path.write_bytes(content)
    return foreign_pages.page_facts(path, page, "ads/bank.pdf", PLACE)


def test_the_size_is_the_trim_box(tmp_path: Path) -> None:
    facts = _read(tmp_path, _ad())
    assert facts.trim == (20, 20, 220, 120)
    assert facts.bleed == (10, 10, 230, 130)
    assert facts.size(facts.trim) == (200, 100)
    assert (facts.page_no, facts.pages) == (1, 1)
    assert (facts.annotations, facts.acts, facts.hidden_layers, facts.encrypted) == ((), (), (), False)


def test_a_turn_is_inherited_and_a_unit_counts(tmp_path: Path) -> None:
    def turned(pdf: Pdf) -> None:
        pdf.Root.Pages.Rotate = 90
        pdf.pages[0].obj.UserUnit = 2

    facts = _read(tmp_path, _ad(turned))
    assert facts.turn == 90
    assert facts.size(facts.trim) == (200, 400)


def _annotated(pdf: Pdf) -> None:
    def note(kind: str, *rect: int) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(rect))

    pdf.pages[0].Annots = Array([
        note("Link", 30, 30, 60, 60), note("Stamp", 40, 40, 90, 60), note("Link", 0, 0, 15, 15),
        note("PrinterMark", 30, 30, 40, 40),
    ])  # fmt: skip


def test_what_lies_beyond_the_trim_and_printers_marks_are_no_annotations(tmp_path: Path) -> None:
    assert _read(tmp_path, _ad(_annotated)).annotations == ("Link", "Stamp")


def test_scripts_act_and_a_view_does_not(tmp_path: Path) -> None:
    def script(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))

    def view(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])

    assert _read(tmp_path, _ad(script)).acts == ("OpenAction", "JavaScript")
    assert _read(tmp_path, _ad(view)).acts == ()


@pytest.mark.parametrize("used", [True, False])
def test_layers_that_are_off_are_named_where_the_page_has_them(tmp_path: Path, used: bool) -> None:
    def layers(pdf: Pdf) -> None:
        off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("草稿")))
        on = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("正文")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off])))
        properties = Dictionary(L1=off, L2=on) if used else Dictionary(L2=on)
        pdf.pages[0].Resources = Dictionary(Properties=properties)

    assert _read(tmp_path, _ad(layers)).hidden_layers == (("草稿",) if used else ())


def test_one_that_opens_without_a_password_is_read_and_known_to_be_encrypted(tmp_path: Path) -> None:
    assert _read(tmp_path, _ad(encryption=Encryption(owner="x", user=""))).encrypted


def _broken(_: bytes) -> bytes:
    return b"%PDF-1.6\n" + b"nonsense " * 50


@pytest.mark.parametrize(
    ("content", "page", "words", "place"),
    [
        (_ad(encryption=Encryption(owner="x", user="y")), None, "有打开密码", "ads/bank.pdf"),
        (_ad(pages=3), None, "有 3 页，没有说用哪一页", "issue.toml:12"),
        (_ad(pages=3), 4, "没有第 4 页，只有 3 页", "issue.toml:12"),
        (_broken(b""), None, "损坏", "ads/bank.pdf"),
        (_ad()[:200], None, "损坏", "ads/bank.pdf"),
        (b"\x89PNG\r\n", None, "不是 PDF", "ads/bank.pdf"),
        (_ad(lambda pdf: pdf.pages[0].obj.__setitem__("/TrimBox", Array([5, 5, 5, 90]))), None, "损坏", "ads/bank.pdf"),
    ],
)
def test_what_cannot_be_placed_is_one_sentence(
    tmp_path: Path, content: bytes, page: int | None, words: str, place: str
) -> None:
    with pytest.raises(PictureError) as raised:
        _read(tmp_path, content, page)
    assert words in raised.value.message.zh
    assert str(raised.value.place) == place
    assert raised.value.hint is not None


@pytest.mark.parametrize(("bound", "least"), [("MAX_BYTES", 100), ("MAX_OBJECTS", 1), ("MAX_UNPACKED", 20)])
def test_bytes_objects_and_what_streams_unpack_to_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, least: int
) -> None:
    monkeypatch.setattr(foreign_pages, bound, least)
    with pytest.raises(PictureError) as raised:
        _read(tmp_path, _ad(compress_streams=False))
    assert any(word in raised.value.message.zh for word in ("太大", "解开后超过", "损坏"))


def test_a_page_that_is_not_there_has_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="missing"):
        foreign_pages.page_facts(tmp_path / "none.pdf", None, "ads/none.pdf", PLACE)

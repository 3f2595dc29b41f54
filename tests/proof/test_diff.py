"""A page against its earlier self: just what reads otherwise, just what looks otherwise, and both shown."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from in_place import proof
from layout.errors import UsageError
from layout.geometry import Box
from layout.pipeline import Options
from layout.preflight.text import read_text
from layout.prepress.drawing import Canvas, ImageReader
from layout.proof import diff
from layout.proof.diff import Difference, PageDifference, against_pdf, compare, read_earlier
from layout.proof.lettering import label_font
from layout.proof.stamp import ProofMark, ProofSlug, proof_pdf
from layout.proof.summary import MAX_ROWS, summary
from layout.proof.text_diff import ChangedPassage
from proof.test_report import report
from sample_issue import FOLDER, sample

SIZE = (300.0, 200.0)
LINES = ("全年共谋划重点项目332个，", "总投资893亿元，开工率77.5%。", "The press runs at night.")


def made(*pages: Sequence[str], picture: tuple[float, float] = (200, 40), size: tuple[float, float] = SIZE) -> bytes:
    """A PDF with these lines on its pages, 20 pt apart from y = 160 down, and a grey picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for lines in pages:
        canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), (90, 90, 90))), *picture, 40, 30)
        canvas.setFont(label_font(), 10)
        for number, line in enumerate(lines):
            canvas.drawString(20, 160 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def difference(old: Sequence[str], new: Sequence[str]) -> Difference:
    return compare(made(old), made(new), "old.pdf")


def passages(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.old, each.new) for each in difference(old, new).pages[0].passages]


def test_the_same_file_has_no_difference() -> None:
    found = difference(LINES, LINES)
    assert (found.passages, found.regions) == (0, 0)
    assert found.as_json([5])["pages"] == [{"number": 5, "passages": [], "regions": []}]


def test_one_changed_word_is_one_passage_and_one_region() -> None:
    found = difference(LINES, (LINES[0].replace("重点", "重大"), *LINES[1:]))
    (page,) = found.pages
    (passage,) = page.passages
    assert passage == ChangedPassage("changed", "点", "大", "全年共谋划重", "项目332个，总投资893")
    (region,), ((box,),) = page.regions, page.places
    for found_at in (region, box):
        # The seventh character of a line of 10 pt whose baseline is 40 pt from the top.
        assert 70 <= found_at.x <= 82
        assert 28 <= found_at.y <= 34
        assert found_at.width <= 20
        assert found_at.height <= 20


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (("共332个",), ("共1332个",), [("changed", "332", "1332")]),
        (("投资893.5亿元",), ("投资893.6亿元",), [("changed", "893.5", "893.6")]),
        (("The press runs",), ("The presses run",), [("changed", "pressruns", "pressesrun")]),
        (("时光无言，实干有声",), ("岁月无声，实干有声",), [("changed", "时光无言", "岁月无声")]),
        (("山河长卷",), ("山河壮丽长卷",), [("added", "", "壮丽")]),
        (("山河壮丽长卷",), ("山河长卷",), [("removed", "壮丽", "")]),
        (("甲乙丙", "一二三四五六", "子丑寅"), ("甲乙丙", "子丑寅", "一二三四五六"), [("moved", "子丑寅", "子丑寅")]),
        (("一二三四五六七八",), ("一二三四", "五六七八"), []),
        (("",), ("全新",), [("added", "", "全新")]),
        (("全删",), ("",), [("removed", "全删", "")]),
        (("甲、一二三四五、乙",), ("丙、一二三四五、丁",), [("changed", "甲", "丙"), ("changed", "乙", "丁")]),
    ],
)
def test_passages(old: Sequence[str], new: Sequence[str], wanted: list[tuple[str, str, str]]) -> None:
    found = passages(old, new)
    if wanted and wanted[0][0] == "moved":
        assert [each[0] for each in found] == ["moved"]
    else:
        assert found == wanted


def test_a_passage_over_two_lines_has_two_boxes() -> None:
    (page,) = difference(("一二三四", "五六七八"), ("一二甲乙", "丙丁七八")).pages
    assert [len(lines) for lines in page.places] == [2]


def test_a_moved_picture_is_no_change_of_words() -> None:
    (page,) = compare(made(LINES), made(LINES, picture=(200, 90)), "old.pdf").pages
    assert page.passages == ()
    before, after = (200, 200 - 40 - 30), (200, 200 - 90 - 30)
    for x, y in (before, after):
        assert any(
            region.x <= x + 1 and region.y <= y + 12 and region.x + region.width >= x + 39 for region in page.regions
        )
    # The lines of text are not touched.
    assert all(region.x > 180 for region in page.regions)


def test_another_size_is_another_page() -> None:
    (page,) = compare(made(LINES), made(LINES, size=(310, 200)), "old.pdf").pages
    assert page.regions == (Box(0, 0, 310, 200),)


def test_it_is_drawn_and_stamped_and_the_same_twice() -> None:
    new = made((LINES[0].replace("重点", "重大"), *LINES[1:]), size=(600, 200))
    found = compare(made(LINES, size=(600, 200)), new, "old.pdf")
    slug = ProofSlug("特刊", "第1版", 2, date(2026, 2, 5), "p", 0, 0, "与上一校相比：文字 1 处，版面 1 处")
    drawn = against_pdf(new, [slug], found)
    words = "".join(char.text for char in read_text(drawn, 0))
    assert words.startswith("校样")
    assert "文字1处，版面1处" in words
    assert against_pdf(new, [slug], found) == drawn != proof_pdf(new, [slug], ppi=72)


def test_each_passage_has_one_number_however_many_lines_it_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[ProofMark] = []

    def proof_of(pdf: bytes, _: object, marks: Sequence[ProofMark], *, ppi: float) -> bytes:
        assert ppi == 72
        drawn.extend(marks)
        return pdf

    monkeypatch.setattr(diff, "proof_pdf", proof_of)
    lines = [tuple(Box(10, 10 * y, 9, 9) for y in each) for each in ((1, 2, 3), (4,), (5, 6))]
    pages = [PageDifference(number, (), (Box(0, 0, 50, 50),), tuple(lines)) for number in (0, 1)]
    against_pdf(b"", [], Difference("old.pdf", tuple(pages)))
    for number in (0, 1):
        own = [mark for mark in drawn if mark.page_index == number]
        assert [(mark.box.y, mark.label) for mark in own if mark.style == "fault"] == [
            (10, "1"), (20, ""), (30, ""), (40, "2"), (50, "3"), (60, ""),
        ]  # fmt: skip
        assert [(mark.box, mark.label) for mark in own if mark.style == "note"] == [(Box(0, 0, 50, 50), "")]


def _refused(path: Path, pages: int = 1) -> UsageError:
    with pytest.raises(UsageError) as caught:
        read_earlier(path, pages)
    fault = caught.value
    assert fault.place is not None
    assert fault.place.file == str(path)
    assert fault.hint is not None
    return fault


def test_what_cannot_be_compared_is_said(tmp_path: Path) -> None:
    path = tmp_path / "old.pdf"
    assert "没有这个文件" in _refused(path).message.zh
    path.write_bytes(b"not a PDF")
    assert "不是 PDF" in _refused(path).message.zh
    path.write_bytes(made(LINES)[:400])
    assert "不是 PDF" in _refused(path).message.zh
    path.write_bytes(made(LINES, LINES))
    assert "2 版" in _refused(path).message.zh
    path.write_bytes(proof_pdf(made(()), [ProofSlug("", "", 1, date(2026, 2, 5), "", 0, 0)]))
    assert "没有版面文字" in _refused(path).message.zh
    path.write_bytes(made(()))
    assert "没有版面文字" in _refused(path).message.zh
    with pikepdf.open(io.BytesIO(made(LINES))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert "密码" in _refused(path).message.zh


def test_summary_tells_the_difference() -> None:
    told = report().as_json("zh")
    assert "与上一校" not in summary(told)
    same = difference(LINES, LINES).as_json([1])
    assert "文字和版面都没有变化。" in summary({**told, "against": same})
    found = difference(LINES, (LINES[0].replace("重点", "重大*"), *LINES[1:])).as_json([1])
    text = summary({**told, "against": found})
    assert "## 与上一校（old.pdf）相比" in text
    assert "| 1 | 1 | 改 | 点 | 大\\* | 全年共谋划重〔…〕项目332个，总投资893 |" in text
    assert "1 passages read otherwise" in summary({**told, "against": found}, "en")


def test_summary_tells_how_many_marks_it_leaves_out() -> None:
    mark = {
        "id": "1-1", "round": 1, "file": "marks.json", "kind": "replace", "status": "not done", "why": "和上一校一样",
        "quote": "点", "picture": "", "text": "大", "note": "", "by": "", "place": "tunliu.md:9:1", "places": [],
    }  # fmt: skip
    told = report().as_json("zh")
    text = summary({**told, "marks": [mark] * (MAX_ROWS + 3)})
    assert text.count("tunliu.md:9:1") == MAX_ROWS
    assert "另有 3 条，见 report.json。" in text
    assert "另有" not in summary({**told, "marks": [mark] * MAX_ROWS})


@pytest.mark.slow
def test_a_round_against_the_one_before(tmp_path: Path) -> None:
    issue = tmp_path / "tunliu-2026"
    shutil.copytree(FOLDER, issue)
    copy = issue / "tunliu.md"
    text = copy.read_text(encoding="utf-8")
    assert text.count("时光无言") == 1
    copy.write_text(text.replace("时光无言", "岁月无言"), encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    # The usual slip: the last round lies where this one is going to.
    (out / "tunliu-2026.pdf").write_bytes(sample().pdf)
    proofed = proof(issue, Options(out=out, png=False), 2, against=out / "tunliu-2026.pdf")
    told = json.loads((out / "report.json").read_text(encoding="utf-8"))["against"]
    assert [(each["old"], each["new"]) for each in told["pages"][0]["passages"]] == [("时光", "岁月")]
    (region,) = told["pages"][0]["regions"]
    lede = next(
        frame for frame in proofed.built.report["pages"][0]["geometry"]["frames"] if frame["flow"] == "tunliu.lede"
    )
    assert lede["x"] - 5 <= region["x"] <= lede["x"] + lede["width"]
    assert lede["y"] - 5 <= region["y"] <= lede["y"] + lede["height"]
    assert proofed.against == out / "tunliu-2026-round-2-against.pdf"
    assert "时光" in (out / "summary.md").read_text(encoding="utf-8")

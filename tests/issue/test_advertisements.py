"""Advertisements in issue.toml: what they need, what only they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.errors import Faults, LayoutError
from layout.issue import read_issue
from pipeline.advertised import advertised


def _faults(folder: Path) -> list[str]:
    with pytest.raises(LayoutError) as raised:
        read_issue(folder)
    faults = raised.value.faults() if isinstance(raised.value, Faults) else (raised.value,)
    return [each.message.zh for each in faults]


def _edited(folder: Path, before: str, after: str) -> Path:
    plan = folder / "issue.toml"
    text = plan.read_text(encoding="utf-8")
    assert before in text
    plan.write_text(text.replace(before, after), encoding="utf-8")
    return folder


def test_an_advertisement_needs_neither_caption_nor_credit(tmp_path: Path) -> None:
    (picture,) = read_issue(advertised(tmp_path / "issue", b"", keys="page = 2\nlabelled = true")).pictures
    assert (picture.kind, picture.page, picture.labelled, picture.is_form) == ("advertisement", 2, True, True)
    assert list(picture.texts()) == []


def test_one_in_pixels_is_kept_whole(tmp_path: Path) -> None:
    (picture,) = read_issue(advertised(tmp_path / "issue", b"", name="bank.jpg")).pictures
    assert not picture.is_form
    assert picture.keep == (0, 0, 1, 1)


def test_a_photograph_needs_both(tmp_path: Path) -> None:
    folder = _edited(advertised(tmp_path / "issue", b"", name="a.jpg"), 'kind = "advertisement"\n', "")
    assert _faults(folder) == ["缺 caption 这一项。", "缺 credit 这一项。"]


def test_a_pdf_is_no_photograph(tmp_path: Path) -> None:
    folder = _edited(advertised(tmp_path / "issue", b""), 'kind = "advertisement"\n', "")
    assert _faults(folder) == ["ads/bank.pdf 不是照片：PDF 和 SVG 只能作广告。"]


def test_a_photograph_has_no_page_and_no_label(tmp_path: Path) -> None:
    keys = 'caption = "山"\ncredit = "某 摄"\npage = 2\nlabelled = true'
    folder = _edited(advertised(tmp_path / "issue", b"", name="a.jpg", keys=keys), 'kind = "advertisement"\n', "")
    assert _faults(folder) == ["page 只对广告有用。", "labelled 只对广告有用。"]

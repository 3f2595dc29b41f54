"""A drawing or a style sheet in which nothing was found is not looked at again, in any process; one with a fault is."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from layout.design.design_files import DesignFiles
from layout.engine import content_cache, sheet_remarks, svg_cache
from layout.engine.content_cache import ContentCache
from layout.engine.svg_cache import CachedSvg
from layout.engine.url_fetcher import AllowlistFetcher

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><rect width="%s"/></svg>'


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[object]:
    """The arguments with which a function of a module is called from now on."""
    calls: list[object] = []
    real = getattr(module, name)
    monkeypatch.setattr(module, name, lambda content: (calls.append(content), real(content))[1])
    return calls


@pytest.mark.parametrize(("width", "looks"), [(b"5", 1), (b"1e300", 3)])
def test_a_drawing_within_bounds_is_counted_once(
    width: bytes, looks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(monkeypatch, svg_cache, "out_of_bounds")
    fetcher = AllowlistFetcher({"design": tmp_path})
    found = [CachedSvg(SVG % width, "a.svg", fetcher, ContentCache(tmp_path)).out_of_bounds() for _ in range(3)]
    assert len(calls) == looks
    assert [each is None for each in found] == [looks == 1] * 3


@pytest.mark.parametrize(("css", "looks"), [("p { color: black }", 1), ("p { text-shadow: 1pt 1pt black }", 2)])
def test_a_style_sheet_without_remarks_is_read_once(
    css: str, looks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(monkeypatch, sheet_remarks, "without_effect")
    (tmp_path / "page.html").write_text("<p>", "utf-8")
    (tmp_path / "a.css").write_text(css, "utf-8")
    found = []
    for _ in range(2):
        files = DesignFiles(tmp_path / "page.html")
        files.take_style("a.css", lambda _: tmp_path / "a.css")
        remarks = sheet_remarks.remarks_on_sheets(ET.fromstring("<p/>"), files, ContentCache(tmp_path / "cache"))
        found.append([each.place for each in remarks])
    assert len(calls) == looks
    assert found[0] == found[1]
    assert bool(found[0]) is (looks == 2)


def test_what_is_held_in_memory_is_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_cache, "MEMORY", 10_000)
    contents = ContentCache(None)
    for number in range(20):
        contents.put(f"drawing {number % 15}", {}, b"x" * 1_000)
    held = [number for number in range(15) if contents.knows(f"drawing {number}")]
    assert held == [1, 2, 3, 4]  # the last that were put: some two kilobytes each
    contents.put("large", {}, b"x" * 20_000)
    assert contents.knows("large")
    assert not contents.knows("drawing 4")


def test_what_has_gone_from_memory_is_read_from_its_file_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_cache, "MEMORY", 3_000)
    contents = ContentCache(tmp_path)
    for name in "abc":
        contents.put(name, {}, name.encode() * 1_000)
    for name in "abc":
        found = contents.get(name)
        assert found is not None
        assert found[1] == name.encode() * 1_000

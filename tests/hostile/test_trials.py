"""Issues that once ended in an internal error or did not end: each comes to its sentence, and so do its neighbours."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from in_place import build
from layout.errors import LayoutError
from layout.pipeline import Options

pytestmark = pytest.mark.slow

TRIALS = Path(__file__).parent / "trials"


def put(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replaces words of a file of the trial."""

    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def as_it_is(folder: Path) -> None:
    """Changes nothing."""


INTS = "{% set ns=namespace(x=10) %}{% for i in range(200) %}{% set ns.x = ns.x**64 %}{% endfor %}"
STRINGS = "ns.x ~ ns.x"
TOLD = [
    ("ints-that-grow", as_it_is, "page.html", 7, "数太大"),
    ("ints-that-grow", put("d/page.html", "ns.x**64", "ns.x*ns.x"), "page.html", 7, "数太大"),
    ("ints-that-grow", put("d/page.html", "ns.x**64", "(ns.x ~ ns.x)|int"), "page.html", 7, "数太大"),
    ("ints-that-grow", put("d/page.html", INTS, "{{ 9 * 10 ** 4300 }}"), "page.html", 7, "数太大"),
    ("strings-that-grow", as_it_is, "page.html", 7, "没完没了"),
    ("strings-that-grow", put("d/page.html", STRINGS, "ns.x|replace('a', 'aa')"), "page.html", 7, "没完没了"),
    ("strings-that-grow", put("d/page.html", STRINGS, "[ns.x, ns.x]|join"), "page.html", 7, "没完没了"),
    ("strings-that-grow", put("d/page.html", STRINGS, "ns.x.center(900000000)"), "page.html", 7, "没完没了"),
    ("svg-use-bomb", as_it_is, "e.svg", 1, "太多"),
    ("svg-use-bomb", put("d/e.svg", "<use href", "<use xlink:href"), "e.svg", 1, "太多"),
    ("svg-use-bomb", put("d/e.svg", 'id="a0"', 'id="a0" mask="url(#a8)"'), "e.svg", 1, "自己"),
    ("svg-use-bomb", put("d/e.svg", "<rect width", "<g>" * 90 + "</g>" * 90 + "<rect width"), "e.svg", 1, "太深"),
    ("svg-import", as_it_is, "e.svg", None, ""),
    ("font-size-0", as_it_is, "page.html", 6, "字号"),
    ("font-size-0", put("d/page.html", ";font-size:0", ";font-size:1e-9pt"), "page.html", 6, "字号"),
    ("font-size-0", put("d/page.css", ".label {", ".label { font-size: 0;"), "page.html", 6, "字号"),
    ("font-size-0", put("d/page.html", ";font-size:0", ";font-size:9e9pt"), "page.html", 6, "字号"),
    ("line-height-0", as_it_is, "page.html", 6, "行距"),
    ("line-height-5000", as_it_is, "page.html", 6, "行距"),
    ("line-height-0", put("d/page.html", ";line-height:0", ";line-height:calc(0pt*5)"), "page.html", 6, "行距"),
]  # fmt: skip


@pytest.fixture
def trial(tmp_path: Path) -> Callable[[str], Path]:
    def copied(name: str) -> Path:
        shutil.copytree(TRIALS / name, tmp_path / "issue")
        return tmp_path / "issue"

    return copied


def test_every_trial_has_a_row() -> None:
    rows = tomllib.loads((TRIALS / "PROVENANCE.toml").read_text(encoding="utf-8"))["trial"]
    assert sorted(row["folder"] for row in rows) == sorted(each.name for each in TRIALS.iterdir() if each.is_dir())
    assert all(row["origin"] and row["licence"] == "MIT" for row in rows)


@pytest.mark.parametrize(("name", "change", "file", "line", "words"), TOLD, ids=lambda value: str(value)[:24])
def test_it_is_told(
    trial: Callable[[str], Path],
    tmp_path: Path,
    name: str,
    change: Callable[[Path], None],
    file: str,
    line: int | bool | None,
    words: str,
) -> None:
    folder = trial(name)
    change(folder)
    with pytest.raises(LayoutError) as caught:
        build(folder, Options(out=tmp_path / "out", png=False))
    fault = caught.value.faults()[0]
    assert caught.value.exit_code == 3
    assert fault.place is not None
    assert fault.hint is not None
    assert fault.place.file.endswith(file)
    assert words in fault.message.zh
    assert line is None or (fault.place.line is not None and (line is True or fault.place.line == line))


@pytest.mark.parametrize(
    "caption",
    [
        '"""\n第一行\n第二行\n"""',
        '"第一行\\n第二行"',
        '"第一行\\u2028第二行"',
        '"第一行\\r\\n\\t第二行"',
        '"""第一行\\\n第二行"""',
    ],
)
def test_a_caption_of_two_lines_is_joined(trial: Callable[[str], Path], tmp_path: Path, caption: str) -> None:
    folder = trial("caption-newline")
    put("issue.toml", '"""\n第一行\n第二行\n"""', caption)(folder)
    built = build(folder, Options(out=tmp_path / "out", png=False))
    assert not [each for each in built.findings if each.check.startswith("text.")]
    assert [flow for flow in built.pages[0].shares if "caption" in str(flow)]


@pytest.mark.parametrize(
    ("height", "lost"),
    [(60, None), (105, "8 字"), (150, "53 字"), (195, "96 字"), (203, "96 字"), (240, "96 字")],
)
def test_a_frame_beyond_the_sheets_foot_is_overset(
    trial: Callable[[str], Path], tmp_path: Path, height: int, lost: str | None
) -> None:
    """Whether its foot lies beyond it, or all of it."""
    folder = trial("frame-off-sheet")
    put("d/page.html", "height:200pt", f"height:{height}pt")(folder)
    built = build(folder, Options(out=tmp_path / "out", png=False))
    told = [each.message.zh for each in built.findings if each.check == "page.overset"]
    assert [each for each in told if "a.lede" in each and (lost or "") in each] if lost else told == []

"""Bad input of every kind, through the whole build: place, sentence, hint, exit code; the last good files stay."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from layout import assets
from layout.build import Options, Workshop
from layout.errors import LayoutError
from sample_issue import FOLDER

DESIGN = assets.templates_dir() / "lianghui-broadsheet"


@dataclass(frozen=True)
class Bad:
    """One way to spoil the issue, and what must be said of it."""

    name: str
    spoil: Callable[[Path], None]
    exit_code: int
    file: str
    words: str
    line: bool = True


def put(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer has {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def append(name: str, text: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return spoil


def write(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(content) and None


def both(*ways: Callable[[Path], None]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        for way in ways:
            way(folder)

    return spoil


def picture(name: str, content: bytes) -> Callable[[Path], None]:
    """The first picture of the plan is *name*, with *content*."""

    def spoil(folder: Path) -> None:
        (folder / name).write_bytes(content)
        plan = folder / "issue.toml"
        lines = plan.read_text(encoding="utf-8").splitlines()
        first = next(number for number, line in enumerate(lines) if line.startswith("file = "))
        lines[first] = f'file = "{name}"'
        plan.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return spoil


CASES = [
    Bad("no such design", put("issue.toml", 'design = "design"', 'design = "lianghui-brodsheet"'), 3, "issue.toml", "lianghui-brodsheet"),
    Bad("no such press", put("issue.toml", "newsprint-coldset", "newsprint-hotset"), 3, "issue.toml", "newsprint-hotset"),
    Bad("no such page kind", put("issue.toml", "[[page]]", '[[page]]\nkind = "cover"'), 3, "issue.toml", "cover"),
    Bad("too few pictures", put("issue.toml", '"bridge", "stream", ', ""), 3, "issue.toml", ""),
    Bad("a section too many", put("tunliu.md", "***", "## 多一节\n\n多一段。\n\n***"), 3, "issue.toml", "小标题"),
    Bad("wrong date", put("issue.toml", "date = 2026-02-05", "date = 2026-02-30"), 3, "issue.toml", "日期"),
    Bad("unknown key", put("issue.toml", "design =", "desing ="), 3, "issue.toml", "desing"),
    Bad("missing picture", put("issue.toml", 'file = "', 'file = "no-'), 4, "issue.toml", "no-"),
    Bad("a picture that is none", picture("text.jpg", b"This is a letter."), 4, "text.jpg", "不是图片", line=False),
    Bad("a truncated picture", picture("half.jpg", (assets.images_dir() / "autumn-ridge.jpg").read_bytes()[:40000]), 4, "half.jpg", "损坏", line=False),
    Bad("an empty picture", picture("empty.png", b""), 4, "empty.png", "不是图片", line=False),
    Bad("empty manuscript", write("tunliu.md", b""), 3, "tunliu.md", ""),
    Bad("GBK manuscript", write("tunliu.md", "---\nheadline: 标题\n---\n\n正文。\n".encode("gbk")), 3, "tunliu.md", "UTF-8"),
    Bad("front matter not closed", put("tunliu.md", "\n---\n\n", "\n\n"), 3, "tunliu.md", "---"),
    Bad("character without glyph", put("tunliu.md", "时光无言", "时光𪚥无言"), 4, "tunliu.md", "U+2A6A5"),
    Bad("figure not in the copy", put("tunliu.md", "重点项目{332个}", "重点项目{333个}"), 3, "tunliu.md", "333"),
    Bad("html in the manuscript", append("tunliu.md", "\n\n<b>粗</b>\n"), 3, "tunliu.md", ""),
    Bad("template syntax", put("design/page.html", "{% endfor %}", "{% endfr %}"), 3, "page.html", "endfr"),
    Bad("template name that does not exist", put("design/page.html", "story.lede.flow", "story.leed.flow"), 3, "page.html", "leed"),
    Bad("a flow that does not exist", append("design/page.html", '<div data-flow="tunliu.decks"></div>'), 3, "page.html", "tunliu.decks"),
    Bad("a text without frame", put("design/page.html", "{{ story.credits.flow }}", "{{ story.lede.flow }}"), 3, "page.html", "tunliu.credits", line=False),
    Bad("unknown font", append("design/page.css", '\n.body { font-family: "Fang Song" }\n'), 4, "page.css", "Fang Song"),
    Bad("RGB text colour", append("design/page.css", "\n.body { color: #c00 }\n"), 3, "page.css", "油墨"),
    Bad("missing ornament", append("design/page.html", '<img src="dragon.svg">'), 3, "page.html", "dragon.svg"),
    Bad("ornament outside the fence", append("design/page.html", '<img src="../../secret.svg">'), 3, "page.html", "secret.svg"),
    Bad("composer option unknown", append("design/page.css", "\n.body { --kinsoku: loose }\n"), 3, "page.css", "kinsoku"),
    Bad("RGB background", append("design/page.css", "\n.closing { background: #c00 }\n"), 3, "page.css", "油墨"),
    Bad("undefined custom property", put("design/page.css", "var(--red)", "var(--rde)"), 3, "page.css", "--rde"),
    Bad("unclosed brace", append("design/page.css", "\n.closing { color: device-cmyk(0 1 1 0)\n"), 3, "page.css", "{"),
    Bad("nameless colour", append("design/page.css", "\n.closing { color: redd }\n.body { width: }\n{"), 3, "page.css", ""),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample issue with a design of its own, to be spoilt."""
    issue = tmp_path / "tunliu-2026"
    shutil.copytree(FOLDER, issue)
    shutil.copytree(DESIGN, issue / "design")
    put("issue.toml", 'design = "lianghui-broadsheet"', 'design = "design"')(issue)
    return issue


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return Workshop()


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_bad_input_is_told_in_a_sentence(bad: Bad, folder: Path, tmp_path: Path, workshop: Workshop) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "tunliu-2026.pdf").write_bytes(b"the last good page")
    bad.spoil(folder)
    with pytest.raises(LayoutError) as caught:
        workshop.build(folder, Options(out=out))
    fault = caught.value.faults()[0]
    assert caught.value.exit_code == bad.exit_code
    assert bad.words in " ".join(each.said.zh for each in caught.value.faults())
    assert fault.said.en
    assert "\n" not in fault.said.zh
    assert all(each.hint is not None for each in caught.value.faults())
    if bad.file:
        assert fault.place is not None
        assert bad.file in fault.place.file
        assert fault.place.line is not None or not bad.line
    assert (out / "tunliu-2026.pdf").read_bytes() == b"the last good page"
    assert [path.name for path in out.iterdir()] == ["tunliu-2026.pdf"]

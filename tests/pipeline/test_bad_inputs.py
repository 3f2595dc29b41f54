"""Bad input of every kind, through the whole build: place, sentence, hint, exit code; the last good files stay."""

import json
import resource
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from in_place import build, check
from layout import assets
from layout.errors import LayoutError, PrintError, UsageError
from layout.pipeline import Options
from layout.pipeline.options import chosen_pages
from layout.pipeline.output import report_files, write_all
from sample_issue import FOLDER

pytestmark = pytest.mark.slow

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
    Bad("a section too many", put("tunliu.md", "***", "".join(f"## 多{n}节\n\n多一段。\n\n" for n in range(5)) + "***"), 3, "issue.toml", "小标题"),
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
    Bad("template name that does not exist", put("design/scroll.html", "story.lede.flow", "story.leed.flow"), 3, "scroll.html", "leed"),
    Bad("a flow that does not exist", append("design/page.html", '<div data-flow="tunliu.decks"></div>'), 3, "page.html", "tunliu.decks"),
    Bad("a text without frame", put("design/scroll.html", "{{ story.credits.flow }}", "{{ story.lede.flow }}"), 3, "tunliu.md", "tunliu.credits"),
    Bad("unknown font", append("design/page.css", '\n.body { font-family: "Fang Song" }\n'), 4, "page.css", "Fang Song"),
    Bad("RGB text colour", append("design/page.css", "\n.body { color: #c00 }\n"), 3, "page.css", "油墨"),
    Bad("missing ornament", append("design/page.html", '<img src="dragon.svg">'), 3, "page.html", "dragon.svg"),
    Bad("ornament outside the fence", append("design/page.html", '<img src="../../secret.svg">'), 3, "page.html", "secret.svg"),
    Bad("composer option unknown", append("design/page.css", "\n.body { --kinsoku: loose }\n"), 3, "page.css", "kinsoku"),
    Bad("RGB background", append("design/page.css", "\n.closing { background: #c00 }\n"), 3, "page.css", "油墨"),
    Bad("undefined custom property", put("design/page.css", "var(--red)", "var(--rde)"), 3, "page.css", "--rde"),
    Bad("unclosed brace", append("design/page.css", "\n.closing { color: device-cmyk(0 1 1 0)\n"), 3, "page.css", "{"),
    Bad("a picture box for none", append("design/page.html", '<div data-picture="rigde"></div>'), 3, "page.html", "rigde"),
    Bad("style sheet missing", put("design/scroll.html", 'href="page.css"', 'href="pge.css"'), 3, "scroll.html", "pge.css"),
    Bad("style sheet in GBK", write("design/page.css", "/* 红 */".encode("gbk")), 3, "page.css", "GBK"),
    Bad("a drawing that is none", write("design/ribbon.svg", b"\x89PNG\r\n\x1a\n"), 3, "ribbon.svg", "不是 SVG", line=False),
    Bad("composer option misspelt", append("design/page.css", "\n.body { --kinsko: gb }\n"), 3, "page.css", "--kinsko"),
    Bad("kind that is a beginning", put("issue.toml", "[[page]]", '[[page]]\nkind = "pag"'), 3, "issue.toml", "pag"),
    Bad("wants of words", write("design/design.toml", b'sections = { least = "four" }'), 3, "design.toml", "sections"),
    Bad("kinds of a number", write("design/design.toml", b"kinds = 3"), 3, "design.toml", "kinds"),
    Bad("kinds of one word", write("design/design.toml", b'kinds = "page"'), 3, "design.toml", "kinds"),
    Bad("wants a bare number", write("design/design.toml", b"pictures = 5"), 3, "design.toml", "pictures"),
    Bad("wants a yes", write("design/design.toml", b"pictures = {least = true}"), 3, "design.toml", "pictures"),
    Bad("wants less than the least", write("design/design.toml", b"\npictures = {least = 8, most = 4}"), 3,
        "design.toml", "pictures"),
    Bad("wants for a kind", write("design/design.toml", b"pictures = {page = 99}"), 3, "issue.toml", "至少 99 幅图"),
    Bad("wants with a BOM", write("design/design.toml", b"\xef\xbb\xbfpictures = {least = 99}"), 3, "issue.toml",
        "至少 99 幅图"),
    Bad("design.toml broken", write("design/design.toml", b"sections = {"), 3, "design.toml", "写法有误"),
    Bad("no date", put("issue.toml", "date = 2026-02-05\n", ""), 3, "issue.toml", "缺 date"),
    Bad("plan in UTF-16", write("issue.toml", "title".encode("utf-16")), 3, "issue.toml", "UTF-16"),
    Bad("a template without end", append("design/page.html", "{% for i in range(10 ** 9) %}{% endfor %}"), 3, "page.html", "没完没了"),
    Bad("a template in itself", write("design/page.html", b"{% include 'page.html' %}"), 3, "page.html", "没完没了"),
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


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_bad_input_is_told_in_a_sentence(bad: Bad, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "tunliu-2026.pdf").write_bytes(b"the last good page")
    bad.spoil(folder)
    with pytest.raises(LayoutError) as caught:
        build(folder, Options(out=out))
    fault = caught.value.faults()[0]
    assert caught.value.exit_code == bad.exit_code
    assert bad.words in " ".join(each.message.zh for each in caught.value.faults())
    assert fault.message.en
    assert "\n" not in fault.message.zh
    assert all(each.hint is not None for each in caught.value.faults())
    if bad.file:
        assert fault.place is not None
        assert bad.file in fault.place.file
        assert fault.place.line is not None or not bad.line
    assert (out / "tunliu-2026.pdf").read_bytes() == b"the last good page"
    assert [path.name for path in out.iterdir()] == ["tunliu-2026.pdf"]


MEANT = [
    (
        put("issue.toml", 'design = "design"', 'design = "lianghui-brodsheet"'),
        "是不是 lianghui-broadsheet？可用的有：",
        "6:11",
    ),
    (put("issue.toml", "newsprint-coldset", "newsprint-codlset"), "是不是 newsprint-coldset？可用的有：", "7:10"),
    (put("issue.toml", "[[page]]", '[[page]]\nkind = "pag"'), "是不是 page？可用的有：page、continued。", None),
    (put("issue.toml", '"ridge", "solar"', '"rigde", "solar"'), "是不是 ridge？可用的有：ridge、solar", "13:14"),
    (put("issue.toml", "stories =", "storys ="), "是不是 stories？可用的有：number、", "12:1"),
    (put("tunliu.md", "credits:", "credit:"), "是不是 credits？可用的键：headline、", "4:1"),
    (
        put("design/scroll.html", "story.closing.flow", "story.closng.flow"),
        "是不是 story.closing？可用的有：id、",
        None,
    ),
    (put("design/page.css", "var(--red)", "var(--rde)"), "是不是 --red？可用的有：--accent、", None),
    (append("design/page.css", '\n.body { font-family: "Sogn 400" }\n'), "是不是 Song 400？可用的有：Song 400、", None),
    (
        append("design/page.css", "\n.body { --kinsoku: basci }\n"),
        "是不是 basic？可用的有：none、basic、gb、strict。",
        None,
    ),
    (append("design/page.html", '<div data-flow="tunliu.credit"></div>'), "是不是 tunliu.credits？", None),
    (append("design/page.html", '<img src="ribon.svg">'), "是不是 ribbon.svg？", None),
]


@pytest.mark.parametrize("way", MEANT, ids=[way[1] for way in MEANT])
def test_the_nearest_name_is_offered_once(
    way: tuple[Callable[[Path], None], str, str | None], folder: Path, tmp_path: Path
) -> None:
    """Whatever is misspelt: one mistake, the nearest name, and what there is."""
    spoil, hint, place = way
    spoil(folder)
    with pytest.raises(LayoutError) as caught:
        check(folder, Options(out=tmp_path / "out"))
    [fault] = caught.value.faults()
    assert fault.hint is not None
    assert hint in fault.hint.zh
    assert place is None or str(fault.place).endswith(f":{place}")


@pytest.mark.parametrize(
    "written", ["gone.svg", "a b.svg", "a%20b.svg", "sub/gone-b.svg", "../outside b.svg", "地图 二.svg"]
)
def test_a_missing_file_is_told_at_its_line(written: str, folder: Path, tmp_path: Path) -> None:
    append("design/page.html", f'\n<p>\n<img src="{written}" alt="">\n</p>\n')(folder)
    lines = (folder / "design" / "page.html").read_text(encoding="utf-8").splitlines()
    with pytest.raises(LayoutError) as caught:
        check(folder, Options(out=tmp_path / "out"))
    places = [fault.place for fault in caught.value.faults()]
    assert [(place.file, place.line) for place in places if place] == [
        ("design/page.html", next(number for number, line in enumerate(lines, 1) if written in line))
    ]


def test_each_issue_of_a_folder_keeps_its_report(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_all(report_files(tmp_path, name, {"issue": name}))
    told = {path.name: json.loads(path.read_bytes())["issue"] for path in tmp_path.iterdir()}
    assert told == {"report.json": "two", "one.report.json": "one", "two.report.json": "two"}


def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"good")
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(PrintError) as caught:
        write_all({tmp_path / "a.pdf": b"new", tmp_path / "b.pdf": b"new"})
    assert str(caught.value.place) == str(tmp_path / "b.pdf")
    assert "这是文件夹" in caught.value.message.zh
    assert (tmp_path / "a.pdf").read_bytes() == b"good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """Where a file may have so many bytes and no more: what a full disk does, without one."""
    (tmp_path / "a.pdf").write_bytes(b"good")
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(PrintError) as caught:
            write_all({tmp_path / "a.pdf": b"x" * 200_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert str(caught.value.place) == str(tmp_path / "a.pdf")
    assert "上一次的成品原样留着" in caught.value.message.zh
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"good"


@pytest.mark.parametrize(
    ("wish", "pages"),
    [("1", (1,)), ("2-4", (2, 3, 4)), ("4，1-2", (1, 2, 4)), (None, (1, 2, 3, 4)), (" 3 – 4 ", (3, 4))],
)
def test_pages_that_are_asked_for(wish: str | None, pages: tuple[int, ...]) -> None:
    assert chosen_pages(wish, [1, 2, 3, 4]) == pages


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("3-1", "写反了"),
        ("5", "没有第 5 版"),
        ("1-99999999", "没有第 5 版"),
        ("0", "没有第 0 版"),
        ("1,,2", "不认得"),
        ("9" * 30, "不认得"),
    ],
)
def test_pages_that_nobody_has(wish: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen_pages(wish, [1, 2, 3, 4])
    assert words in caught.value.message.zh
    assert caught.value.hint is not None

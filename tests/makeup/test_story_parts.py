"""A developer adds a part: one line in the table, in a copy of the source that a process of its own runs."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import layout
from layout import assets
from layout.preflight.text import read_text
from makeup.support import Piece, write_issue

pytestmark = pytest.mark.slow

SOURCE = "新华社与本报联合报道"
FRAME = '{% if story.source %}<div class="deck" data-flow="{{ story.source.flow }}"></div>{% endif %}\n'
PIECE = Piece([180] * 110, parts={"source": SOURCE, "credits": "策划/李四"})


@dataclass(frozen=True)
class Source:
    """The program with one line more."""

    env: Mapping[str, str] = field(repr=False)

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """What the command says."""
        command = [sys.executable, "-m", "layout.cli", *map(str, arguments)]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The line that the table's own head gives as an example, put before the lede."""
    folder = tmp_path_factory.mktemp("source")
    shutil.copytree(Path(layout.__file__).parent, folder / "src" / "layout", ignore=shutil.ignore_patterns("_*_"))
    for name in ("fonts", "templates", "images", "press"):
        (folder / name).symlink_to(assets.root() / name)
    table = folder / "src" / "layout" / "manuscript" / "story_parts.toml"
    text = table.read_text(encoding="utf-8")
    line = re.search(r"^# +(source = .*)$", text, re.MULTILINE)
    assert line is not None
    table.write_text(text.replace("\nlede ", f"\n{line[1]}\nlede "), encoding="utf-8")
    return Source({**os.environ, "PYTHONPATH": str(folder / "src")})


def test_a_new_part_is_carried_over_pages(tmp_path: Path, changed: Source) -> None:
    issue = write_issue(tmp_path, PIECE, pages=3)
    page = issue / "design" / "page.html"
    page.write_text(page.read_text(encoding="utf-8").replace('<section class="band"', f'{FRAME}<section class="band"'))
    done = changed.run("build", issue, "-o", tmp_path / "out", "--no-png")
    assert done.returncode in (0, 1), done.stderr  # 1: the last page is not full
    pdf = (tmp_path / "out" / "issue.pdf").read_bytes()
    shown = ["".join(char.text for char in read_text(pdf, index) if not char.text.isspace()) for index in range(3)]
    assert [page.count(SOURCE) for page in shown] == [1, 0, 0]
    assert shown[0].index(PIECE.headline) < shown[0].index(SOURCE) < shown[0].index(PIECE.running[:20])
    count = len(PIECE.running + PIECE.headline + "".join(PIECE.parts.values()))
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["characters"] == {"manuscript": count, "set": count, "overset": 0}
    assert min(page["characters"]["set"] for page in report["pages"]) > 1000
    assert not [each for each in report["findings"] if each["check"].startswith(("text.", "page.turn"))]


@pytest.mark.parametrize(
    ("key", "line", "message", "hint"),
    [
        ("source", 3, "没有给“story.source”留出版位", "从文件头去掉 source"),
        ("来源", 3, "没有给“story.source”留出版位", "从文件头去掉 source"),
        ("sourc", 3, "没有“sourc”这个键", "是不是 source？可用的键："),
    ],
)
def test_a_new_part_has_its_messages(
    tmp_path: Path, changed: Source, key: str, line: int, message: str, hint: str
) -> None:
    piece = Piece([180] * 50, parts={key: SOURCE})
    done = changed.run("check", write_issue(tmp_path, piece, pages=2))
    assert done.returncode == 3
    assert re.match(rf"\S*story\.md:{line}:\d+: .*{message}", done.stderr)
    assert hint in done.stderr

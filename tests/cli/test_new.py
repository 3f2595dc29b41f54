"""``layout new``: a folder that builds at once, in which every key stands and is explained."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from cli.conftest import Shell
from in_place import build
from layout import assets
from layout.checks import Severity
from layout.errors import LayoutError, UsageError
from layout.issue import read_issue
from layout.issue.plan import HeadTable, PageTable, PictureTable, PinTable, ReserveTable
from layout.issue.plan_messages import keys_of
from layout.issue_writing.new_issue import STORY, write_issue
from layout.manuscript.front_matter import keys
from layout.manuscript.reader import read_story
from layout.pipeline import Options

DAY = date(2027, 3, 5)
DESIGNS = sorted(path.parent.name for path in assets.templates_dir().glob("*/design.toml"))


@pytest.mark.parametrize("design", DESIGNS)
def test_it_can_be_read_and_says_what_it_is(tmp_path: Path, design: str) -> None:
    written = write_issue(tmp_path / "2027两会", design, DAY)
    assert [path.name for path in written[:2]] == ["issue.toml", STORY]
    issue = read_issue(tmp_path / "2027两会")
    assert (issue.title, issue.date, issue.design) == ("2027两会", DAY, design)
    assert [story.file for story in issue.stories] == [f"2027两会/{path.name}" for path in written[1:]]
    assert all(picture.path.is_file() and picture.caption and picture.credit for picture in issue.pictures)


def test_every_key_of_the_plan_stands_there_below_its_meaning(tmp_path: Path) -> None:
    path, _ = write_issue(tmp_path / "新刊", "tabloid-river", DAY)
    text = path.read_text(encoding="utf-8")
    head, page, picture, *_ = re.split(r"^\[\[.*\]\]$", text, flags=re.MULTILINE)
    inner = ((page, ReserveTable), (page, PinTable))
    for part, model in ((head, HeadTable), (page, PageTable), (picture, PictureTable), *inner):
        for key in keys_of(model):
            if key not in ("staff", "page", "picture", "reserve", "pin"):
                assert re.search(rf"^# [^=\n]*[\u4e00-\u9fff].*\n(?:# )?{key} = ", part, re.MULTILINE), key
    assert "\n# [staff]\n" in text
    assert not re.search("[a-z]{3,}", re.sub(r"images:\S+|https?\S+", "", text.split("\n")[0]))


@pytest.mark.parametrize("model", [HeadTable, PageTable, PictureTable])
def test_a_line_that_is_no_comment_any_more_is_right(tmp_path: Path, model: type[HeadTable]) -> None:
    """By itself: a picture cannot be a photograph and an advertisement."""
    path, _ = write_issue(tmp_path / "新刊", "tabloid-river", DAY)
    text = path.read_text(encoding="utf-8")
    for key in (each for each in model.model_fields if each not in ("staff", "page", "picture")):
        found = re.search(rf"^# ({key} = .*)$", text, re.MULTILINE)
        if found is not None:
            with pytest.raises(ValidationError) as caught:
                model.model_validate(tomllib.loads(found[1]))
            assert key not in {each["loc"][0] for each in caught.value.errors()}
    whole = tomllib.loads(re.sub(r"^# (\[staff\]|\"责编\".*|\"校对\".*)$", r"\1", text, flags=re.MULTILINE))
    assert whole["staff"] == {"责编": "张三", "校对": "李四"}


@pytest.mark.parametrize("design", ["tabloid-river", "lianghui-broadsheet"])
def test_every_key_of_the_front_matter_stands_there_below_its_meaning(tmp_path: Path, design: str) -> None:
    _, path = write_issue(tmp_path / "新刊", design, DAY)
    text = path.read_text(encoding="utf-8")
    for row in dict.fromkeys(keys().values()):
        found = re.search(rf"^# (.*（{row.name}.*）：.*)\n((?:# )?){row.name}:", text, re.MULTILINE)
        assert found is not None, row.name
        assert all(alias in found[1] for alias in row.aliases)
        if not found[2]:
            continue
        try:
            used = re.sub(rf"^# ({row.name}:)", r"\1", text, count=1, flags=re.MULTILINE)
            path.write_text(used if row.name != "closing" else used.replace("\n***\n", "\n"), encoding="utf-8")
            story = read_story(path, root=tmp_path)
        except LayoutError as fault:
            pytest.fail(f"{row.name}: {fault.faults()}")
        assert not row.is_copy or story.parts[row.name]
    unshown = "署名（byline，也可写署名、作者、记者）：文字：一段，或一列几段（这个版式没有地方排）"
    assert (unshown in text) == ("byline" not in _shown(design))


def _shown(design: str) -> list[str]:
    toml = tomllib.loads((assets.templates_dir() / design / "design.toml").read_text(encoding="utf-8"))
    shows = toml["shows"]
    return list(shows.get("every", shows.get("page")) if isinstance(shows, dict) else shows)


def test_the_other_kinds_of_page_are_named_beside_its_own(tmp_path: Path) -> None:
    path, _ = write_issue(tmp_path / "新刊", "tabloid-river", DAY)
    assert 'kind = "feature"    # 也可以是 front、report、gallery、spread、running-on' in path.read_text(
        encoding="utf-8"
    )


@pytest.mark.slow
@pytest.mark.parametrize("design", ["lianghui-broadsheet", "tabloid-river", "yaowen"])
def test_it_builds_at_once(tmp_path: Path, design: str) -> None:
    write_issue(tmp_path / "2027两会", design, DAY)
    found = build(tmp_path / "2027两会", Options(out=tmp_path / "out", png=False)).findings
    assert not [each for each in found if each.severity is not Severity.NOTE]
    assert not [each for each in found if each.check.startswith("copy.")]


@pytest.mark.parametrize(
    ("name", "design", "message", "hint"),
    [
        ("新刊", "tabloid-rivr", "没有名为“tabloid-rivr”", "是不是 tabloid-river？"),
        ("旧刊", "tabloid-river", "已经有了", "换一个名字"),
        ("文件", "tabloid-river", "已经有了", "换一个名字"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path: Path, name: str, design: str, message: str, hint: str) -> None:
    (tmp_path / "旧刊").mkdir()
    (tmp_path / "旧刊" / "稿.md").write_text("稿", encoding="utf-8")
    (tmp_path / "文件").write_text("稿", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError) as caught:
        write_issue(tmp_path / name, design, DAY)
    assert message in caught.value.message.zh
    assert hint in str(caught.value.hint)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_command_says_what_to_do_next(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = shell("new", "2027两会")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:2] == ["2027两会/issue.toml", f"2027两会/{STORY}"]
    assert "layout build 2027两会" in done.out
    assert shell("new", "2027两会").code == 2
    assert "人像" in shell("new", "人物", "--design", "renwu").out

"""What an issue prints otherwise than before is found, each change by a passage that meets it, and nothing else."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from in_place import HERE
from layout import assets
from layout.cli import run
from layout.errors import LayoutError, UsageError
from layout.pipeline import Options
from layout.pipeline.meaning_changes import MeaningChange, changed_meanings, meaning_table
from layout.pipeline.meaning_finders import FINDERS
from layout.pipeline.output import report_bytes

from .small_issue import make_issue

pytestmark = pytest.mark.slow

TABLE = meaning_table()


@dataclass(frozen=True)
class Copy:
    """Copy of the small issue, and the words of it that print otherwise."""

    words: tuple[str, ...]
    level: str
    down: str = ""
    headline: str = "题"
    opening: str = ""
    front: str = ""

    def written(self, folder: Path) -> Path:
        issue = make_issue(folder, self.level, self.down, front=self.front, opening=self.opening)
        story = issue / "a.md"
        text = story.read_text(encoding="utf-8").replace("headline: 题", f"headline: {self.headline}")
        story.write_text(text, encoding="utf-8")
        return issue


MEETS = {
    "raised": Copy(("^3^", "~2~"), "每平方米10^3^个，H~2~O。"),
    "torn-figure": Copy(("123456789012345678万平方千米",), "全区上下谋发展。\n\n123456789012345678万平方千米"),
    "line-break": Copy(
        ("二行", "第四行", "九行"), "一行\n二行\n　　三行\n\n- 甲\n- 乙\n第四行\n\n八行\n\n> 七\n\n六行\n九行"
    ),
    "single-star": Copy(("*着重*", "*者，*"), "这是*着重*的，**粗**的，2*3*4，带*者，*又*。"),
    "list-sign": Copy(("*数据截至年底",), "* 数据截至年底\n\n正文*"),
    "more-raised": Copy(("~2.5~", "^n+1^"), "PM~2.5~是a^n+1^。"),
    "headline-slash": Copy(("headline: 甲／乙",), "正文／正文。", headline="甲／乙"),
    "western-quotes": Copy(("”。到西安（Xi’an）去",), "他说“Hello”。到西安（Xi’an）去", "他到西安（Xi’an）去。"),
    "vertical-dot": Copy(("约翰·史密斯。",), "约翰·史密斯。", "约翰·史密斯。"),
    "lede": Copy(("第二段。",), "正文。", opening="第一段。\n\n第二段。\n\n第三段。"),
    "byline-key": Copy(("署名: 策划/甲",), "正文。\n\n署名: 乙", front="署名: 策划/甲\n"),
    "backslash": Copy((r"\*",), r"甲\*乙。"),
}
"""By the id of a change."""
MISSES = Copy(
    (), "全年332个，50~60岁，x^2，1.5万平方米。\n\n" + "全区上下谋发展" * 9 + "，建成1.5万平方米",
    opening="第一段。", front="编务署名: 策划/甲\n",
)  # fmt: skip


def found(folder: Path, since: str) -> dict[str, list[str]]:
    """By the id of a change, the words that meet it."""
    meets = changed_meanings(folder, since, Options(), HERE)
    return {change.id: [passage.words for passage in passages] for change, passages in meets}


def test_every_change_has_a_finder_and_a_passage_that_meets_it() -> None:
    assert [change.id for change in TABLE.changes] == list(FINDERS) == list(MEETS)


@pytest.mark.parametrize("change", TABLE.changes, ids=lambda change: change.id)
def test_a_change_is_of_a_release_and_said_in_both_languages(change: MeaningChange) -> None:
    assert change.version in TABLE.releases
    for message in (change.title, change.before, change.now, change.advice):
        assert re.search("[\u4e00-\u9fff]", message.zh)
        assert message.en
        assert not re.search("[\u4e00-\u9fff]", message.en)


@pytest.mark.parametrize("change", MEETS)
def test_the_passage_is_found_with_its_place_and_no_other(change: str, tmp_path: Path) -> None:
    copy = MEETS[change]
    assert found(copy.written(tmp_path / "a"), "0") == {change: list(copy.words)}


def test_what_the_copy_shows_is_found_where_the_page_cannot_be_set(tmp_path: Path) -> None:
    folder = make_issue(
        tmp_path / "a", "正文。", front="署名: 策划/甲\n编者按: 按\n"
    )  # which the design has no place for
    meets = changed_meanings(folder, "0", Options(), HERE)
    change, passages = next(meets)
    assert (change.id, [passage.words for passage in passages]) == ("byline-key", ["署名: 策划/甲"])
    with pytest.raises(LayoutError, match=r"a\.editor_note"):
        next(meets)


def test_where_nothing_is_met_nothing_is_found(tmp_path: Path) -> None:
    assert found(MISSES.written(tmp_path / "a"), "0") == {}


def test_only_what_came_after_the_release_is_looked_for(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "a", "\n\n".join(MEETS[change].level for change in ("raised", "torn-figure")))
    assert set(found(folder, "0.0.9")) == {"raised", "torn-figure"}
    assert set(found(folder, "0.1.0")) == set(found(folder, "")) == {"torn-figure"}
    assert found(folder, TABLE.releases[-1]) == {}


def test_a_report_says_since_which_release(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "a", MEETS["raised"].level)
    report = tmp_path / "report.json"
    report.write_bytes(report_bytes({"schema": 2, "program": "lianghui-layout 0.0.9", "issue": "a"}))
    assert set(found(folder, str(report))) == {"raised"}
    report.write_bytes(report_bytes({"schema": 2, "program": "lianghui-layout", "issue": "a"}))
    for nothing in (str(report), "latest", str(tmp_path)):
        with pytest.raises(UsageError, match="is no release and no report"):
            found(folder, nothing)


@pytest.mark.slow
def test_doctor_says_it_and_ends_with_1(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = make_issue(tmp_path / "a", "10^3^，" * 12)
    assert run(["--lang", "en", "doctor", str(folder), "--since", "0"]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("Since 0.1.0, raised and lowered characters: ")
    assert lines[1] == "  a/a.md:6:4: ^3^"
    assert lines[11:] == ["  And 2 more.", f"  → {TABLE.changes[0].advice.en}"]
    assert run(["doctor", str(folder)]) == 0
    assert capfd.readouterr().out == f"{folder}：印出来和从前一样。\n"
    assert run(["doctor", "--since", "0.1.0"]) == 2


def test_the_releases_are_those_of_the_changelog_and_of_the_project() -> None:
    project = tomllib.loads((assets.root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (assets.root() / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\d+\.\d+\.\d+) \((unreleased|\d{4}-\d\d-\d\d)\)$", changelog, re.MULTILINE)
    assert len(sections) == len(re.findall("^## ", changelog, re.MULTILINE))
    versions = [version for version, _ in sections]
    assert tuple(reversed(versions)) == TABLE.releases
    assert versions[0] == project["version"]
    assert "unreleased" not in [date for _, date in sections[1:]]

"""The copy of an issue on the desk: stories and captions, with what captions are about."""

from pathlib import Path

from issue.folder import PLAN, STORY, write
from layout.issue import read_issue
from layout.pipeline.findings import found_in_copy
from layout.proofreading.copy_files import issue_copies, read_copies
from layout.proofreading.desk import DeskWork, proofread
from proofreading.desk_support import EVERY_RULE


def found(tmp_path: Path, caption: str) -> list[tuple[str, str]]:
    plan = PLAN.replace('caption = "山"', f'caption = "{caption}"')
    story = STORY.replace("共谋划", "渠道改造完成120公里，共谋划")
    issue = read_issue(write(tmp_path, {"issue.toml": plan, "a.md": story}))
    findings = proofread(issue_copies(issue), DeskWork(EVERY_RULE, day=issue.date))
    return [(each.check, str(each.place)) for each in findings if "repeated" not in each.check]


def test_a_caption_is_held_against_the_stories_of_its_page(tmp_path: Path) -> None:
    ((check, place),) = found(tmp_path, "渠道改造完成102公里")
    assert check == "copy.figure_differs"
    assert place.startswith("small/issue.toml:")


def test_a_caption_that_agrees_is_left(tmp_path: Path) -> None:
    assert found(tmp_path, "渠道改造完成120公里") == []
    assert found(tmp_path, "水渠长3公里") == []


def test_a_folder_of_received_copy(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("渠水通了。", "utf-8")
    (tmp_path / "a.md").write_text("再接再励。", "utf-8")
    (tmp_path / "c.html").write_text("<p>安祥的夜晚。</p>", "utf-8")
    read = read_copies(tmp_path)
    assert [copy.file for copy in read.copies] == ["a.md", "b.txt", "c.html"]
    findings = proofread(read.copies, DeskWork(EVERY_RULE))
    assert [str(each.place) for each in findings] == ["a.md:1:1", "c.html:1:1"]


def test_a_build_tells_what_nobody_filled_in_of_a_caption(tmp_path: Path) -> None:
    plan = PLAN.replace('caption = "山"', 'caption = "（待补图说）"')
    found = found_in_copy(read_issue(write(tmp_path, {"issue.toml": plan, "a.md": STORY})))
    ((place, line),) = [
        (each.place.file, each.place.line) for each in found if each.check == "copy.placeholder" and each.place
    ]
    assert (place, plan.splitlines()[(line or 0) - 1]) == ("small/issue.toml", 'caption = "（待补图说）"')

"""The guides name what the program knows, all of it, and their examples are what the program takes."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from layout import assets
from layout.design import template_records
from layout.design.custom_properties import OPTIONS
from layout.issue.plan import PageTable, PictureTable
from layout.manuscript.reader import read_story

GUIDE = (assets.root() / "docs" / "design-guide.md").read_text(encoding="utf-8")


def test_every_option_of_a_frame_is_in_the_design_guide() -> None:
    named = set(re.findall(r"`--([a-z-]+)", GUIDE))
    assert named == set(OPTIONS)


# A story's parts are those of the table of flow names.
RECORDS = {
    "issue": [template_records.IssueRecord],
    "issue.date": [template_records.DateRecord],
    "issue.pages": [template_records.ContentsRecord],
    "page": [template_records.PageRecord],
    "一段": [template_records.TextRecord, template_records.ParagraphRecord],
    "story.sections": [template_records.SectionRecord],
    "story.figures": [template_records.FigureRecord],
    "pictures": [template_records.PictureRecord],
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_design_guide_names_all_that_a_template_sees(name: str) -> None:
    chapter = GUIDE.partition("## 模板看得到什么")[2].partition("\n## ")[0]
    (row,) = re.findall(rf"^\| `?{re.escape(name)}`?[^|\w.].*$", chapter, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", row.split("|")[2]))
    for record in RECORDS[name]:
        assert {field.name for field in fields(record)} <= named, record.__name__


@pytest.mark.parametrize("name", ["manuscript.md", "pictures.md"])
def test_the_keys_of_the_plans_that_guides_show_are_known(name: str) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (assets.root() / "docs" / name).read_text("utf-8"), re.DOTALL)
    plans = [tomllib.loads(block) for block in blocks]
    assert any("picture" in plan for plan in plans)
    for plan in plans:
        assert all(set(each) <= set(PageTable.model_fields) for each in plan.get("page", []))
        assert all(set(each) <= set(PictureTable.model_fields) for each in plan.get("picture", []))


def test_the_example_of_the_manuscript_guide_is_a_manuscript(tmp_path: Path) -> None:
    example, table, notes = re.findall(
        r"```markdown\n(.*?)```", (assets.root() / "docs" / "manuscript.md").read_text("utf-8"), re.DOTALL
    )
    (tmp_path / "a.md").write_text(example, encoding="utf-8")
    story = read_story(tmp_path / "a.md", root=tmp_path)
    assert story.lede.text == "第一段是导语。"
    assert [section.heading.text for section in story.sections] == ["", "项目建设，蹄疾步稳"]
    kinds = ["body", "quote", "subheading", "body", "body", "box-title", "box"]
    assert [paragraph.kind for paragraph in story.sections[1].body.paragraphs] == kinds
    assert [figure.number for figure in story.figures] == ["332个", "“求其上”"]
    assert story.closing
    assert story.protected == ("张三", "区人大常委会主任")
    (tmp_path / "b.md").write_text(f"---\nheadline: 题\n---\n{table}", encoding="utf-8")
    [budget] = read_story(tmp_path / "b.md", root=tmp_path).tables
    assert (budget.head, budget.rows, len(budget.aligns)) == (2, 4, 5)
    (tmp_path / "c.md").write_text(f"---\nheadline: 题\n---\n{notes}", encoding="utf-8")
    story = read_story(tmp_path / "c.md", root=tmp_path)
    assert [note.text for note in story.footnotes] == ["1　含续建项目118个。", "2　按可比价格计算。"]

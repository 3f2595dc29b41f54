"""The files of a new issue, which builds as it is: every key of issue.toml and of the front matter, each explained."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from layout import assets
from layout.design.design_files import NAME, page_kinds, read_design_toml
from layout.design.shown_parts import parts, shown_parts
from layout.errors import Message
from layout.issue.issue_file import ISSUE_FILE
from layout.issue.plan import HeadTable, PageTable, PictureTable, PinTable, ReserveTable
from layout.issue.plan_messages import IN_PAGES, keys_of
from layout.issue_writing.issue_folder import issue_name, refuse_what_is_there, shipped_design, write_files
from layout.issue_writing.plan_lines import key_lines, meaning, new_issue_table
from layout.manuscript.front_matter import keys
from layout.manuscript.story_parts import StoryPart

STORY = "样稿.md"
_PICTURES = 3
"""Of a page of a design for which ``new_issue.toml`` does not say how many pictures go with its copy."""


@dataclass(frozen=True, slots=True)
class NewIssue:
    """What is to be written: an issue's name, its design, and the day it appears."""

    name: str
    design: str
    day: date


def write_issue(folder: Path, design: str, day: date) -> tuple[Path, ...]:
    """Writes the files of a new issue into *folder*, which is made or holds designs alone, and gives their paths.

    Raises ``UsageError`` where there is something else already, or no such design; ``PrintError`` where nothing can be
    written.
    """
    shipped_design(design)
    name = issue_name(folder, "layout new")
    refuse_what_is_there(folder, besides=NAME)
    issue = NewIssue(name, design, day)
    written = {ISSUE_FILE: issue_toml(issue), STORY: manuscript(issue)}
    return write_files(folder, written | {each["file"]: _short_manuscript(each) for each in _others(design)})


def wants(design: str) -> Message | None:
    """What a design wants that the new issue has not."""
    words: Mapping[str, str] | None = new_issue_table()["page"].get(design, {}).get("wants")
    return Message(**words) if words else None


def issue_toml(issue: NewIssue) -> str:
    """The plan of the new issue."""
    design, kind = _design(issue.design), _kind(issue.design)
    photographs = tomllib.loads((assets.images_dir() / "CREDITS.toml").read_text("utf-8"))["photo"]
    photographs = photographs[: _pictures(issue.design, kind)]
    ids = [f"图{number}" for number in range(1, len(photographs) + 1)]
    head = {"title": issue.name, "date": issue.day, "design": issue.design, "press": "newsprint-coldset"}
    own = new_issue_table()["page"].get(issue.design, {})
    head |= {"sheet": own["sheet"]} if "sheet" in own else {}
    names = [STORY, *(each["file"] for each in _others(issue.design))]
    page = {"number": 1, "title": new_issue_table()["title"]["title"], "stories": names, "pictures": ids}
    page |= {"kind": kind} if "kinds" in design else {}
    lines = [*new_issue_table()["head"]["issue"].strip().split("\n"), ""]
    lines += key_lines("head", [key for key in HeadTable.model_fields if key not in ("staff", "page", "picture")], head)
    others = "、".join(each for each in design.get("kinds", ()) if each != kind)
    of_page = (
        f"{line}    # 也可以是 {others}" if line.startswith("kind = ") and others else line
        for line in key_lines("page", [key for key in PageTable.model_fields if key not in IN_PAGES], page)
    )
    lines += ["", "# 各版，一版一段", "[[page]]", *of_page]
    for table, names in (("reserve", keys_of(ReserveTable)), ("pin", keys_of(PinTable))):
        lines += [f"# {meaning('page', table)}", f"# [[page.{table}]]", *key_lines(table, names, {})]
    for number, photograph in enumerate(photographs):
        values = {"id": ids[number], "file": f"images:{photograph['file']}", "focus": photograph["focus"]}
        values |= {"caption": photograph["caption"].replace("。（", "（").rstrip("。"), "credit": photograph["credit"]}
        values["alt"] = photograph["title"]
        values |= _story_of(issue.design, number + 1)
        own = list(PictureTable.model_fields) if number == 0 else list(values)
        lines += ["", "# 图片和广告，一幅一段" if number == 0 else "", "[[picture]]"]
        lines += key_lines("picture", own, values, explained=number == 0)
    lines += ["", f"# {meaning('head', 'staff')}", "# [staff]", '# "责编" = "张三"', '# "校对" = "李四"']
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _others(design: str) -> Sequence[Mapping[str, Any]]:
    """The stories that stand on a page of *design* besides the first, in order of weight."""
    table = tomllib.loads(files("layout.issue_writing").joinpath("new_stories.toml").read_text(encoding="utf-8"))
    found: Sequence[Mapping[str, Any]] = table.get(design, ())
    return found


def _story_of(design: str, picture: int) -> dict[str, str]:
    """The story that *picture*, by its number, belongs to; nothing where it belongs to none."""
    others = _others(design)
    names = {1: STORY, **{each["picture"]: each["file"] for each in others if "picture" in each}} if others else {}
    return {"story": names[picture]} if picture in names else {}


def _short_manuscript(story: Mapping[str, Any]) -> str:
    byline = f"byline: {story['byline']}\n" if "byline" in story else ""
    return f"---\nheadline: {story['headline']}\n{byline}---\n{story['text'].strip()}\n"


def manuscript(issue: NewIssue) -> str:
    """The manuscript of the new issue."""
    design, kind, table = _design(issue.design), _kind(issue.design), new_issue_table()
    words = design.get("words", {}).get(kind, [])
    of_story = table["page"].get(issue.design, {}).get("story", table["used"]["story"])
    used = [*of_story, *(["words"] if words else [])]
    shown = shown_parts(design, kind)
    lines = ["---", *table["head"]["story"].strip().split("\n")]
    for row in dict.fromkeys(keys().values()):
        homeless = shown is not None and row in parts() and row.name not in shown
        lines.append(f"# {_explained(row)}{table['head']['unshown'] if homeless else ''}")
        example = table["example"].get(row.name, f"{row.name}: ")
        sign = "" if row.name in used and not homeless else "# "
        lines += [f"{sign}{line}" for line in example.split("↵")]
    copy = files("layout.issue_writing").joinpath("new_story.md").read_text(encoding="utf-8")
    return "\n".join([*lines, "---", "", copy])


def _explained(row: StoryPart) -> str:
    other = f"，也可写{'、'.join(row.aliases)}" if row.aliases else ""
    name = row.zh.replace("{}", "").strip()
    return f"{name}（{row.name}{other}）：{new_issue_table()['meaning'][row.form]}"


def _pictures(design: str, kind: str) -> int:
    """How many pictures a page of *kind* has."""
    limits: Mapping[str, int] = _design(design).get("pictures", {})
    wanted: int = new_issue_table()["page"].get(design, {}).get("pictures", _PICTURES)
    return max(limits.get("least", 0), limits.get(kind, 0), min(wanted, limits.get("most", wanted)))


def _kind(design: str) -> str:
    """The kind of its page: the table's, else the design's first."""
    kinds = page_kinds(assets.templates_dir() / design)
    return str(new_issue_table()["page"].get(design, {}).get("kind", kinds[0]))


def _design(name: str) -> Mapping[str, Any]:
    toml = read_design_toml(assets.templates_dir() / name)
    return toml.values if toml is not None else {}

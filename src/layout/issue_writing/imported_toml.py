"""Writes issue.toml for received copy, or adds to one that is there, whose own lines stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, Table

from layout.issue.plan import HeadTable
from layout.issue_writing.imported_plan import PlannedPage
from layout.issue_writing.plan_lines import key_lines, meaning, new_issue_table, toml_value


@dataclass(frozen=True, slots=True)
class PictureEntry:
    """A ``[[picture]]`` to be written, and what is said of it there."""

    id: str
    file: str
    caption: str
    credit: str
    remarks: tuple[str, ...]
    """Lines of comment: its size, when it was taken, where caption and credit are from."""
    story: str = ""
    """The story that it stands with where pages are made up; nothing where it is of none."""
    focus: tuple[float, float] | None = None
    """Its focal point, where one is put down."""


def new_document(title: str, day: date, design: str, staff: Mapping[str, str]) -> tomlkit.TOMLDocument:
    """The head of a new issue.toml, each key explained. *staff*: the names of editors that stood in the copy."""
    head = {"title": title, "date": day, "design": design, "press": "newsprint-coldset"}
    own = new_issue_table()["page"].get(design, {})
    head |= {"sheet": own["sheet"]} if "sheet" in own else {}
    names = [key for key in HeadTable.model_fields if key not in ("staff", "page", "picture")]
    lines = [*new_issue_table()["head"]["imported"].strip().split("\n"), "", *key_lines("head", names, head)]
    sign, pairs = ("", staff) if staff else ("# ", {"责编": "张三", "校对": "李四"})
    lines += [f"# {meaning('head', 'staff')}", f"{sign}[staff]"]
    lines += [f"{sign}{toml_value(office)} = {toml_value(name)}" for office, name in pairs.items()]
    return tomlkit.parse("\n".join(lines) + "\n")


def add_pages(document: tomlkit.TOMLDocument, pages: Sequence[PlannedPage], remarks: Mapping[int, str]) -> None:
    """Adds *pages* behind those that are there; a run that goes on to the end takes what comes. *remarks*, by a page's
    number, stand above its keys.
    """
    tables = _tables(document, "page")
    open_run = next((table for table in tables if str(table.get("pages", "")).strip().endswith("-")), None)
    for page in pages:
        if open_run is not None:
            _extend(open_run, "stories", page.stories)
            _extend(open_run, "pictures", page.pictures)
            continue
        explained = not len(tables)
        table = tomlkit.table()
        if page.first in remarks:
            table.add(tomlkit.comment(remarks[page.first]))
        _fill(table, page.values(), "page", explained=explained)
        _append(document, tables, table)


def add_pictures(document: tomlkit.TOMLDocument, pictures: Sequence[PictureEntry]) -> None:
    """Adds *pictures* behind those that are there."""
    if not pictures:
        return
    tables = _tables(document, "picture")
    for picture in pictures:
        explained = not len(tables)
        table = tomlkit.table()
        for remark in picture.remarks:
            table.add(tomlkit.comment(remark))
        values: dict[str, str | list[float]] = {
            "id": picture.id,
            "file": picture.file,
            "caption": picture.caption,
            "credit": picture.credit,
        }
        values |= {"focus": list(picture.focus)} if picture.focus else {}
        values |= {"story": picture.story} if picture.story else {}
        _fill(table, values, "picture", explained=explained)
        _append(document, tables, table)


def add_to_page(document: tomlkit.TOMLDocument, story: str | None, picture: str) -> int:
    """Adds *picture* to the page that has *story*, else to the one with the fewest pictures, and gives its number."""
    tables = list(_tables(document, "page"))
    own = [table for table in tables if story is not None and story in table.get("stories", ())]
    table = min(own or tables, key=lambda each: len(each.get("pictures", ())))
    _extend(table, "pictures", (picture,))
    return int(table.get("number") or str(table.get("pages", "1")).partition("-")[0])


def pictures_of(document: tomlkit.TOMLDocument, story: str) -> int:
    """How many pictures stand with *story*."""
    return sum(table.get("story") == story for table in document.get("picture", ()))


def written(document: tomlkit.TOMLDocument) -> str:
    """The text of *document*."""
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def page_numbers(document: tomlkit.TOMLDocument) -> int:
    """The highest page number that is planned; 0 where there is no page."""
    numbers = [0]
    for table in _tables(document, "page"):
        last = table.get("through") or table.get("number") or str(table.get("pages", "")).rpartition("-")[2] or 0
        numbers.append(int(last) if str(last).isdigit() else 0)
    return max(numbers)


def _tables(document: tomlkit.TOMLDocument, name: str) -> AoT:
    """The tables ``[[name]]``, made where there are none."""
    if name in document and not document[name]:
        document.remove(name)  # picture = []
    if name not in document:
        document.append(name, tomlkit.aot())
    tables = document[name]
    if not isinstance(tables, AoT):
        raise TypeError(f"{name} is no array of tables")  # the plan is checked before it is written
    return tables


def _fill(table: Table, values: Mapping[str, Any], name: str, *, explained: bool) -> None:
    for key, value in values.items():
        if explained:
            table.add(tomlkit.comment(meaning(name, key)))
        table.add(key, value)


def _append(document: tomlkit.TOMLDocument, tables: AoT, table: Table) -> None:
    """Puts *table* behind the others, a blank line before it and behind it."""
    others = [key for key, value in document.items() if value is not tables]
    is_last = not others or list(document.keys())[-1] not in others
    if not is_last:
        table.add(tomlkit.nl())
    before = tables[-1].as_string() if len(tables) else document.as_string()
    tables.append(table)
    table.trivia.indent = "" if before.endswith("\n\n") else "\n"


def _extend(table: Table, key: str, names: Sequence[str]) -> None:
    if not names:
        return
    if key not in table:
        table.add(key, list(names))
        return
    array = table[key]
    if isinstance(array, Array):
        for name in names:
            if name not in array:
                array.append(name)

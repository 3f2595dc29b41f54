"""Page furniture as a Chinese newspaper writes it: the folio, and the turn lines 下转第×版 and 上接第×版."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Paragraph, Run, Text
from layout.toml_files.reading import TomlFile

if TYPE_CHECKING:  # the process that sets pages reads no plans, and loads no pydantic
    from layout.issue.plan import PageTable

WEEKDAYS = "一二三四五六日"
Way = Literal["to", "from"]


def chinese_date(day: date) -> str:
    """A date as the folio prints it: 2026年2月5日 星期四."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def page_number(number: int) -> str:
    """A page's number as the folio prints it: 第2版."""
    return f"第{number}版"


def staff_line(staff: Mapping[str, str]) -> str:
    """Roles and names as the credits line writes them: 责编/张三 校对/李四."""
    return " ".join(f"{role}/{name}" for role, name in staff.items())


def folio(words: Mapping[str, str], places: Mapping[str, Place], default: Place) -> dict[str, Text]:
    """A text for each non-empty word of the folio, its flow ``page.folio.<name>``."""
    return {
        name: Text(Flow.parse(f"page.folio.{name}"), (Paragraph("folio", (Run(word, places.get(name, default)),)),))
        for name, word in words.items()
        if word
    }


def turns(pages: Mapping[int, PageTable], index: int, ids: Mapping[str, str], source: TomlFile) -> dict[str, Text]:
    """The turn lines of page *index*, by ``<story>.to`` and ``<story>.from``; *ids* are the stories' by their names."""
    found: dict[str, Text] = {}
    page = pages[index]
    for name in page.stories:
        after = [other.first for other in pages.values() if other.first > page.first and name in other.continues]
        before = [other.first for other in pages.values() if other.first < page.first and name in other.stories]
        if after:
            found[f"{ids[name]}.to"] = turn_line(ids[name], "to", min(after), source.key("page", index))
        if name in page.continues and before:
            found[f"{ids[name]}.from"] = turn_line(ids[name], "from", max(before), source.key("page", index))
    return found


TURNS: Mapping[Way, str] = {"to": "下转第{}版", "from": "上接第{}版"}
"""The words of a turn, where a design has none of its own."""


def turn_line(story: str, way: Way, page: int, place: Place) -> Text:
    """下转第×版 (*way* ``to``) or 上接第×版 (``from``) of *story*: *page* is the one it goes on to, or comes from."""
    return turn_text(story, way, (Run(TURNS[way].format(page), place),))


def turn_text(story: str, way: Way, runs: tuple[Run, ...]) -> Text:
    """The turn line of *story* with these words."""
    return Text(Flow.parse(f"page.turn.{story}.{way}"), (Paragraph("folio", runs),))

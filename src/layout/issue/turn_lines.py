"""The lines that lead from one page to the next: 下转第×版, 上接第×版."""

from __future__ import annotations

from collections.abc import Mapping

from layout.errors import Place
from layout.flows import Flow
from layout.issue.plan import PageTable
from layout.manuscript.model import Paragraph, Run, Text
from layout.toml_files.reading import TomlFile


def turns(pages: Mapping[int, PageTable], index: int, ids: Mapping[str, str], source: TomlFile) -> dict[str, Text]:
    """The turn lines of page *index*, by ``<story>.to`` and ``<story>.from``; *ids* are the stories' by their names."""
    found: dict[str, Text] = {}
    page = pages[index]
    for name in page.stories:
        after = [other.number for other in pages.values() if other.number > page.number and name in other.continues]
        before = [other.number for other in pages.values() if other.number < page.number and name in other.stories]
        if after:
            found[f"{ids[name]}.to"] = _line(ids[name], "to", f"下转第{min(after)}版", source.key("page", index))
        if name in page.continues and before:
            found[f"{ids[name]}.from"] = _line(ids[name], "from", f"上接第{max(before)}版", source.key("page", index))
    return found


def _line(story: str, way: str, words: str, place: Place) -> Text:
    return Text(Flow.parse(f"page.turn.{story}.{way}"), (Paragraph("folio", (Run(words, place),)),))

"""What the plant has of an issue: the last seal and the last ticket in the folder of the output.

A corrected page is sent alone, with its revision: a page whose file is no longer the file that the plant has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layout.errors import LayoutError, Message, Place, UsageError
from layout.issue import Issue
from layout.json_values import JsonObject
from layout.pipeline.job import PageResult
from layout.pipeline.options import Options
from layout.seal.file_written import FileWritten
from layout.seal.seal_json import seal_name


@dataclass(frozen=True)
class LastDelivery:
    """The pages that the plant has."""

    parts: Mapping[int, str]
    """By page number the hash of the page's own part of the seal."""
    ticket: Mapping[int, JsonObject]
    """By page number its entry in the last ticket; empty where there was none."""

    def has(self, page: PageResult, file: FileWritten) -> bool:
        """Whether the plant has *page* as it is now, whose own file is *file*."""
        entry = self.ticket.get(page.number)
        if entry is not None and entry["file"] == file.name:
            return entry["sha256"] == file.sha256
        return self.parts.get(page.number) == page.part.sha256

    def revision(self, number: int) -> int:
        """The revision of page *number* that the plant has; 0 where it has none."""
        revision = self.ticket.get(number, {}).get("revision", 1)
        return int(str(revision)) if number in self.ticket or number in self.parts else 0


def earlier_delivery(issue: Issue, options: Options) -> LastDelivery | None:
    """The delivery that a build is compared with: where only changed pages are wanted, where the build is final, and
    where stories were killed. Raises as ``last_delivery`` where only changed pages are wanted; else None where there is
    none.
    """
    if options.only_changed:
        return last_delivery(options.out, issue.id)
    if not (options.final or issue.killed):
        return None
    try:
        return last_delivery(options.out, issue.id)
    except LayoutError:
        return None


def last_delivery(out: Path, issue_id: str) -> LastDelivery:
    """What was delivered last into *out*. Raises ``SealError`` where there is no seal, ``UsageError`` for a ticket that
    is not one of ours, and where the seal is of another build: it does not say what the plant has.
    """
    from layout.seal.seal_reading import read_seal  # noqa: PLC0415  (a build that is compared with none reads none)

    seal = read_seal(out / seal_name(issue_id))
    whole = seal.file(f"{issue_id}.pdf")
    ticket = _ticket(out / f"{issue_id}.ticket.json", whole.sha256 if whole else "")
    return LastDelivery({page.number: page.part.sha256 for page in seal.pages}, ticket)


def changed_parts(before: LastDelivery, pages: Sequence[PageResult]) -> tuple[int, ...]:
    """The numbers of *pages* that print otherwise than before."""
    return tuple(page.number for page in pages if before.parts.get(page.number) != page.part.sha256)


def _ticket(path: Path, sealed: str) -> Mapping[int, JsonObject]:
    """The pages of the ticket in the file *path*; *sealed* is the hash of the file of all pages, as the seal has it."""
    try:
        value: Any = json.loads(path.read_bytes())
        pages = {int(page["number"]): page for page in value["pages"]}
        whole, digest = str(value["file"]["file"]), str(value["file"]["sha256"])
        for page in pages.values():
            str(page["file"]), str(page["sha256"]), int(page.get("revision", 1))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            Message("这不是本程序写的工单。", "This is no ticket of this program."),
            place=Place(str(path)),
            hint=Message("-o 给出上次交印厂的文件夹。", "With -o name the folder of the last delivery."),
        ) from error
    if digest != sealed and any(page["file"] == whole for page in pages.values()):
        raise UsageError(
            Message("交印厂以后又在这里排过：封印不是印厂那一份的。",
                    "The issue was built here again since it was delivered: the seal is not of what the plant has."),
            place=Place(str(path)),
            hint=Message("整期重交（--ticket）；以后交印厂的另放一个文件夹（-o），看样不要排在那里。",
                         "Deliver all of it again (--ticket); keep what goes to the plant in a folder of its own."),
        )  # fmt: skip
    return pages

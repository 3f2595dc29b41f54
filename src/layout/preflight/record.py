"""The record of the checks that were carried out on a file. A check that is not in it was not run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from layout.errors import Message

BATCH = 16
"""Pages that other programs draw within one allowance of time: a file of any length is drawn, batch by batch."""

WHY: Mapping[str, Message] = {
    "plan": Message(
        "不知道出版计划；把那次出版的报告（期号.report.json）放在 PDF 旁边就能查",
        "the edition's plan is not known; put the report of its build, ISSUE.report.json, beside the PDF",
    ),
    "unsaid": Message("旁边的报告没有记这一项", "the report beside the PDF does not say"),
    "otherwise": Message(
        "有的版与出版时大小不同、挪动过或整版有毛病，没法逐处比",
        "some pages have another size than they were built with, have moved, or are damaged altogether",
    ),
    "part": Message("只是一期的一部分", "this is a part of an edition"),
    "manuscript": Message(
        "要与稿件逐字比对，只有 layout build 能做；把那次出版的报告（期号.report.json）放在 PDF 旁边，就按报告点字数",
        "layout build compares every character with the manuscript; with the report of the build,"
        " ISSUE.report.json, beside the PDF its characters are counted",
    ),
    "gs": Message("没有 Ghostscript", "there is no Ghostscript"),
    "off": Message("没有要求（--no-ink）", "not asked for (--no-ink)"),
    "deep": Message("没有要求（--deep）", "not asked for (--deep)"),
    "tools": Message("渲染器不足三种", "there are fewer than three renderers"),
    "renderers": Message("Ghostscript、poppler、mutool 不齐", "one of Ghostscript, poppler and mutool is not there"),
    "chosen": Message("只查了要求的版（--pages）", "only the pages that were asked for were judged (--pages)"),
    "unopened": Message("PDFium 打不开这个文件", "PDFium does not open the file"),
    "time": Message("时间到了，没有画完", "time was up before every page was drawn"),
    "undrawn": Message("有的版没有画出来", "some pages could not be drawn"),
    "unfollowed": Message("有的版内容没有读完", "the content of some pages could not be followed to its end"),
    "unbalanced": Message(
        "有的版 q 与 Q 不成对，先改这一处", "on some pages q and Q do not match, which is to be mended first"
    ),
    "broken": Message("检查自己中断了", "the check itself broke off"),
    "unmatched": Message("PDFium 看到的图片与内容流里的对不上", "PDFium finds other pictures than the content has"),
    "many": Message("图形太多，没有量完", "there are too many shapes to measure"),
    "many_pages": Message("版数太多，没有看完", "there are more pages than are looked at"),
    "turned": Message("版面横放着", "the page lies on its side"),
    "unread": Message("没有一版读得出", "no page could be read"),
}
"""Why a check was not carried out, or not on all of the file."""

PLANNED: Mapping[str, str] = {
    "page.count": "pages", "page.size": "trim", "font.foreign": "faces", "colour.plates": "plates",
    "page.hole": "spaces", "code.quiet_zone": "codes", "code.module": "codes",
    "image.missing": "pictures", "text.place": "texts", "image.changed": "texts", "page.looks": "texts",
}  # fmt: skip
"""Checks that need a part of the plan."""

OF_WHOLE = frozenset({"page.multiple"})
"""Checks of the file that only a whole edition has; a build judges each page alone, then the bound file."""

ACCOUNTED = ("text.complete", "text.extra", "text.order")
"""Checks that hold the page against its manuscript (``text.account``)."""

RuleFunction = TypeVar("RuleFunction", bound=Callable[..., object])


def about(*checks: str, content: bool = True) -> Callable[[RuleFunction], RuleFunction]:
    """Says of a function which checks it carries out, and whether it needs a page's *content* followed to its end."""

    def marked(rule: RuleFunction) -> RuleFunction:
        rule.checks, rule.content = checks, content  # type: ignore[attr-defined]
        return rule

    return marked


def checks_of(rule: Callable[..., object]) -> tuple[str, ...]:
    """The checks that a function carries out."""
    return getattr(rule, "checks", ())


def needs_content(rule: Callable[..., object]) -> bool:
    """Whether a function looks at what the page paints."""
    return bool(getattr(rule, "content", True))


@dataclass(slots=True)
class Record:
    """The checks that were carried out on a file, and those that were not, on all of it or on a part."""

    done: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)
    """By check: why, a key of ``WHY``."""
    looks: dict[str, str] = field(default_factory=dict)
    """What the picture in each planned place looks like, by the place's id: see ``picture_tones.look_of``."""
    unpacked: dict[bytes, int] = field(default_factory=dict, repr=False)
    """Streams that were found to unpack soundly, by the digest of their packed bytes: how many bytes they come to."""

    def ran(self, *checks: str) -> None:
        """The checks were carried out, here and now."""
        self.done.update(checks)

    def lacks(self, why: str, *checks: str) -> None:
        """The checks were not carried out here; the first reason is kept."""
        for check in checks:
            self.left.setdefault(check, why)

    def why_not(self, check: str) -> Message | None:
        """Why a check was not carried out on all of the file; ``None`` when it was."""
        if check in self.left:
            return WHY[self.left[check]]
        return None if check in self.done else WHY["manuscript" if check in ACCOUNTED else "unread"]

    def of_streams(self, parts: Iterable[Record]) -> None:
        """Takes over which streams of the file's *parts* were found to unpack: the whole has the same bytes."""
        for part in parts:
            self.unpacked |= part.unpacked

    def of_whole(self, parts: Sequence[Record]) -> None:
        """Takes over what was carried out on every one of the file's *parts*, where the whole has no word on it."""
        known = self.done | set(self.left)
        for part in parts:
            for check in part.left.keys() - known:
                self.lacks(part.left[check], check)
        if parts:
            self.done |= set.intersection(*(part.done for part in parts))

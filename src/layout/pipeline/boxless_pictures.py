"""The pictures of a page that its design has no box for: told once, and not again as missing from the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.flows import Flow
from layout.issue import PagePlan

NO_BOX = "picture.no_box"


def boxless_pictures(plan: PagePlan, boxes: Collection[str]) -> Iterator[Finding]:
    """``picture.no_box``: every picture of *plan* for which none of the *boxes*, by the pictures that the filled
    template asks for, stands in the design.
    """
    for each in plan.pictures:
        if each.id not in boxes:
            box = f'<div data-picture="{each.id}">'
            yield Finding(
                NO_BOX, Severity.ERROR,
                Message(f"版式里没有图片 {each.id} 的框：{box}", f"picture {each.id} has no box in the design: {box}"),
                each.place,
                Hint(editor=Message("请美编给它一个框；这一版不用它，就从 issue.toml 的 pictures 里去掉",
                                    "ask the designer for a box; not to print it here, take it out of pictures in"
                                    " issue.toml"),
                     designer=Message(f"在版式里写 {box}，给它位置、宽和高",
                                      f"write {box} into the template, and give it a place, a width and a height")),
                plan.number, flows=(Flow.of_picture(each.id),),
            )  # fmt: skip


def boxless(findings: Iterable[Finding]) -> frozenset[str]:
    """The pictures of which *findings* say so, by their ids."""
    return frozenset(flow.picture for each in findings if each.check == NO_BOX for flow in each.flows if flow.picture)

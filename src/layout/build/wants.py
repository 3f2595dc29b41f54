"""What a design wants of a page, as its ``design.toml`` says: kinds of page, how many pictures, how many sections.

Asked before the template is filled: an editor is told what is missing, not what a template could not do without it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from layout.errors import Faults, PlanError, Said
from layout.issue import PagePlan

_WORDS = {"pictures": ("幅图", "pictures"), "sections": ("个小标题", "sections")}


def check_wants(folder: Path, plan: PagePlan) -> None:
    """Raises ``PlanError`` (``Faults`` of several) when *plan* is not what the design in *folder* is made for."""
    faults = list(_faults(folder, plan))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def _faults(folder: Path, plan: PagePlan) -> Iterator[PlanError]:
    wants = _wants(folder)
    kinds = wants.get("kinds", ["page"])
    if plan.kind not in kinds and not any(folder.glob(f"{plan.kind}*.html")):
        yield PlanError(
            Said(
                f"版式 {folder.name} 没有“{plan.kind}”这种版面", f"the design {folder.name} has no kind “{plan.kind}”"
            ),
            place=plan.place,
            hint=Said(
                f"在 [[page]] 里写 kind = …，可用：{'、'.join(kinds)}", f"set kind under [[page]]: {', '.join(kinds)}"
            ),
        )
        return
    has = {"pictures": len(plan.pictures), "sections": len(plan.stories[0].sections) if plan.stories else 0}
    for what, number in has.items():
        least, most = _limits(wants.get(what), plan.kind)
        if not least <= number <= most:
            yield _fault(folder.name, plan, what, number, (least, most))


def _fault(design: str, plan: PagePlan, what: str, number: int, limits: tuple[int, float]) -> PlanError:
    least, most = limits
    wanted = f"{least}" if least == most else f"{least}–{most:g}"
    zh, en = _WORDS[what]
    where = plan.stories[0].file if what == "sections" and plan.stories else "issue.toml"
    return PlanError(
        Said(
            f"版式 {design} 要 {wanted} {zh}，这一版有 {number}",
            f"{design} wants {wanted} {en}, this page has {number}",
        ),
        place=plan.place,
        hint=Said(f"在 {where} 里增减，或换一个版式", f"add or take away in {where}, or choose another design"),
    )


def _limits(wish: Any, kind: str) -> tuple[int, float]:
    """Least and most of a wish: ``{least, most}``, or a number for each kind."""
    if not isinstance(wish, Mapping):
        return 0, float("inf")
    if kind in wish:
        return int(wish[kind]), float("inf")
    return int(wish.get("least", 0)), float(wish.get("most", "inf"))


def _wants(folder: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / "design.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}

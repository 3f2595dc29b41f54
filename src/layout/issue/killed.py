"""Stories that are taken out at press time (撤稿): ``killed`` names them, and the rest of the plan stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from layout.errors import Message, PlanError, meant

if TYPE_CHECKING:
    from layout.issue.plan import PageTable, PictureTable, PinTable, Plan
    from layout.toml_files.reading import TomlFile


def killed_files(plan: Plan, folder: Path) -> frozenset[Path]:
    """The files of the manuscripts that are killed, links followed; they need not be there."""
    names = plan.head.killed if plan.head else ()
    return frozenset(path for name in names if (path := _followed(folder, name)) is not None)


def killed_names(plan: Plan, folder: Path) -> frozenset[str]:
    """The manuscripts that are killed, as the pages name them."""
    files = killed_files(plan, folder)
    return frozenset(name for name in _on_pages(plan) if _followed(folder, name) in files) if files else frozenset()


def check(plan: Plan, source: TomlFile, folder: Path) -> Iterator[PlanError]:
    """The faults of ``killed``: a name that means nothing (the story would be printed), a page that nothing is left
    for, pictures that lose the one which has their caption.
    """
    if plan.head is None or not plan.head.killed:
        return
    yield from _unknown(plan, source, folder)
    gone = killed_names(plan, folder)
    left = without(plan, gone)
    for index, page in left.pages.items():
        if not page.stories and plan.pages[index].stories:
            yield PlanError(
                Message("这一版的稿件都撤了，没有可排的。", "All stories of this page are killed."),
                place=source.value("page", index, "stories"),
                hint=Message("补一篇进 stories，或删去这个 [[page]]。",
                             "Put another into stories, or delete this [[page]]."),
            )  # fmt: skip
    yield from _without_caption(plan, left, source)


def without(plan: Plan, gone: Collection[str]) -> Plan:
    """*plan* without the manuscripts *gone*, on no page, in no pool, among no fillers, and without their pictures.

    Where a page that is made up loses all its stories the first of its pool has their place. Pins stay: see
    ``pins_left``.
    """
    if not gone:
        return plan
    pictures = {number: each for number, each in plan.pictures.items() if each.story not in gone}
    lost = {each.id for number, each in plan.pictures.items() if number not in pictures}
    return replace(
        plan, pages={index: _left(page, gone, lost) for index, page in plan.pages.items()}, pictures=pictures
    )


def pins_left(page: PageTable, left: Collection[str]) -> Iterator[tuple[int, PinTable]]:
    """The pins of the stories that are *left* on *page*, each with its number in the file. A pin that placed its story
    beside one that is killed no longer says so, and goes where it said nothing else.
    """
    for number, pin in enumerate(page.pin):
        if pin.story not in left:
            continue
        if pin.beside is None or pin.beside in left:
            yield number, pin
        elif pin.stands_as or pin.columns or pin.at:
            yield number, pin.model_copy(update={"beside": None})


def _left(page: PageTable, gone: Collection[str], lost: Collection[str]) -> PageTable:
    stories, pool = (_less(names, gone) for names in (page.stories, page.pool))
    if not stories and page.stories:
        stories, pool = pool[:1], pool[1:]
    return page.model_copy(
        update={
            "stories": stories,
            "pool": pool,
            "continues": _less(page.continues, gone),
            "fillers": _less(_less(page.fillers, gone), lost),
            "pictures": _less(page.pictures, lost),
            "optional": _less(page.optional, lost),
        }
    )


def _less(names: list[str], gone: Collection[str]) -> list[str]:
    return [name for name in names if name not in gone]


def _unknown(plan: Plan, source: TomlFile, folder: Path) -> Iterator[PlanError]:
    """Faults of names that are on no page and no file: misspelt, such a story would be printed."""
    assert plan.head is not None
    there = {path: name for name in _on_pages(plan) if (path := _followed(folder, name)) is not None}
    pictures = {each.id for each in plan.pictures.values()}
    for number, name in enumerate(plan.head.killed):
        path = _followed(folder, name)
        if path is not None and (path in there or path.is_file()):
            continue
        hint = meant(name, sorted(there.values()))
        if name in pictures:
            hint = Message(
                "killed 写稿件的文件名；撤图就从 pictures 里删去它。",
                "killed names manuscripts; a picture is taken out of pictures.",
            )
        yield PlanError(
            Message(f"要撤的 {name} 不在任何一版，也不是本期的文件。",
                    f"{name}, which is to be killed, is on no page and no file of the issue."),
            place=source.value("killed", number),
            hint=hint,
        )  # fmt: skip


def _without_caption(plan: Plan, left: Plan, source: TomlFile) -> Iterator[PlanError]:
    """Faults of pictures that shared a caption with one which has gone with its story."""
    if len(left.pictures) == len(plan.pictures):
        return
    before, after = (_groups(each.pictures) for each in (plan, left))
    for number, picture in left.pictures.items():
        if picture.group is not None and before[picture.group] != after[picture.group]:
            yield PlanError(
                Message(f"与 {picture.id} 合用图说的图随撤下的稿件撤了。",
                        f"A picture that shares its caption with {picture.id} goes with the story that is killed."),
                place=source.value("picture", number, "group"),
                hint=Message("给它写上自己的图说和署名，删去 group；或写上 story，一起撤。",
                             "Give it a caption and a credit of its own and take group out; or say by story that it"
                             " goes with that story."),
            )  # fmt: skip


def _groups(pictures: Mapping[int, PictureTable]) -> Counter[str | None]:
    return Counter(picture.group for picture in pictures.values())


def _on_pages(plan: Plan) -> Iterator[str]:
    """The names of manuscripts on all pages; of a page's fillers the pictures among them too, which are no files."""
    for page in plan.pages.values():
        yield from (*page.stories, *page.pool, *page.fillers)


def _followed(folder: Path, name: str) -> Path | None:
    """The file of that name, links followed; None for what is the name of none."""
    try:
        return (folder / name).resolve()
    except (RuntimeError, OSError, ValueError):  # a link in a circle, a NUL: told where it is read
        return None

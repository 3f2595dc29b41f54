"""Checks of what issue.toml says of pages that are made up: reserves, pins, which picture belongs to which story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from layout.errors import Message, PlanError, meant
from layout.issue.plan import PageTable, PinTable, Plan
from layout.issue.plan_checks import named_stories
from layout.toml_files.reading import TomlFile


def check(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    """The faults of pages that are made up."""
    for index, page in plan.pages.items():
        yield from _reserves(page, index, plan, source)
        yield from _pins(page, index, source)
        if page.is_auto and page.pages is not None and page.arrangement is not None:
            yield PlanError(
                Message("连版的稿由程序分到各版，写定的组版（arrangement）用不上。",
                        "The program shares the stories of a run out among its pages: no arrangement of them stands."),
                place=source.key("page", index, "arrangement"),
                hint=Message("删去；要写定一版，把它从连版里拿出来，写 number。",
                             "Take it out; a page that is to stand so is one of its own, with a number."),
            )  # fmt: skip
    yield from _belonging(plan, source)


def _reserves(page: PageTable, index: int, plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    stories = {Path(name).stem for _, _, name in named_stories(page)}
    pictures = {picture.id for picture in plan.pictures.values()}
    counts = Counter(each.id for each in page.reserve)
    for number, each in enumerate(page.reserve):
        if counts[each.id] > 1 or each.id in stories | pictures:
            yield PlanError(
                Message(f"{each.id} 这个名字已经用了。", f"The name {each.id} is taken."),
                place=source.value("page", index, "reserve", number, "id"),
                hint=Message("换一个：同版的稿件、图片和别的留白不同名。",
                             "Give it another: stories, pictures and reserves of a page differ in name."),
            )  # fmt: skip


def _pins(page: PageTable, index: int, source: TomlFile) -> Iterator[PlanError]:
    names = [*page.stories, *page.pool]
    counts = Counter(pin.story for pin in page.pin)
    leads = [number for number, pin in enumerate(page.pin) if pin.stands_as == "lead"]
    for number, pin in enumerate(page.pin):
        above = ("page", index, "pin", number)
        for key, name in (("story", pin.story), ("beside", pin.beside)):
            if name is not None and name not in names:
                yield PlanError(
                    Message(f"{name} 不在这一版的 stories、pool 里。",
                            f"{name} is not in the stories or the pool of its page."),
                    place=source.value(*above, key),
                    hint=meant(name, names),
                )  # fmt: skip
        if counts[pin.story] > 1 and any(each.story == pin.story for each in page.pin[:number]):
            yield PlanError(
                Message(f"{pin.story} 钉了两次。", f"{pin.story} is pinned twice."),
                place=source.value(*above, "story"),
                hint=Message("合成一段 [[page.pin]]。", "Put both into one [[page.pin]]."),
            )
        if number in leads[1:]:
            yield PlanError(
                Message("一版只有一个头条。", "A page has one lead."),
                place=source.value(*above, "as"),
                hint=Message("留下一处，删去另一处。", "Keep one and delete the other."),
            )
        if pin.beside == pin.story:
            yield PlanError(
                Message(f"{pin.story} 不能和自己并排。", f"{pin.story} cannot stand beside itself."),
                place=source.value(*above, "beside"),
                hint=Message("写另一篇。", "Name another story."),
            )
        if _is_empty(pin):
            yield PlanError(
                Message(f"{pin.story} 这个钉什么也没定。", f"This pin of {pin.story} fixes nothing."),
                place=source.key(*above),
                hint=Message("写 as、columns、at、beside 中的一项，或删去这一段。",
                             "Write as, columns, at or beside, or delete it."),
            )  # fmt: skip


def _is_empty(pin: PinTable) -> bool:
    return pin.stands_as is None and pin.columns is None and pin.at is None and pin.beside is None


def _belonging(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    """Faults of pictures that belong to a story which is not on their page, or on a page where that says nothing."""
    pages = {name: page for page in plan.pages.values() for name in (*page.pictures, *page.fillers)}
    for index, picture in plan.pictures.items():
        page = pages.get(picture.id)
        if picture.story is None or page is None:  # on no page: said already
            continue
        names = [name for _, _, name in named_stories(page)]
        if not page.is_auto:
            yield PlanError(
                Message('story 只对自动组版的版（kind = "auto"）上的图有用。',
                        'story says something of pictures on a page that is made up (kind = "auto") alone.'),
                place=source.key("picture", index, "story"),
                hint=Message("删去：别的版，图的先后写在 pictures 里。",
                             "Take it out: elsewhere pictures go by their order in pictures."),
            )  # fmt: skip
        elif picture.story not in names:
            yield PlanError(
                Message(f"图片 {picture.id} 随的稿件 {picture.story} 不在它那一版。",
                        f"Picture {picture.id} belongs to {picture.story}, which is not on its page."),
                place=source.value("picture", index, "story"),
                hint=meant(picture.story, names),
            )  # fmt: skip

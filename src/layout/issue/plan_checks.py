"""Checks of issue.toml as a whole: page numbers in order, names given once, every name known, every file used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from layout.errors import Message, Place, PlanError, meant, nearest
from layout.issue.file_names import fault, is_utf8
from layout.issue.killed import killed_files
from layout.issue.plan import PageTable, PictureTable, Plan
from layout.manuscript.reader import suffixes
from layout.toml_files.reading import TomlFile

_NO_COPY = {"readme", "summary"}
"""Names, in any capitals, of what is no manuscript: notes, and a summary of proofs that was written there."""

_ONCE = Message("留下一处，删去另一处。", "Keep one and delete the other.")


def check(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    """The faults of a plan whose parts do not fit one another."""
    yield from _numbers(plan.pages, source)
    yield from _open_runs(plan.pages, source)
    yield from _ids(plan, source)
    yield from _stories(plan.pages, source)
    yield from _continued(plan.pages, source)
    yield from _references(plan, source)
    yield from _kept_parts(plan, source)
    yield from _seated(plan, source)


def unused(plan: Plan, source: TomlFile, folder: Path) -> Iterator[PlanError]:
    """The faults of what is on no page: pictures of the plan, and manuscripts in the folder."""
    if plan.whole:
        yield from _unused_pictures(plan, source)
        yield from _unused_stories(plan, source, folder)


def _numbers(pages: Mapping[int, PageTable], source: TomlFile) -> Iterator[PlanError]:
    last, before = 0, None
    for index, page in pages.items():
        number = page.first
        if number <= last and not _is_open(before):
            zh, en = ("重复", "is given twice") if number == last else ("次序颠倒", "is out of order")
            message = Message(f"第 {number} 版版次{zh}。", f"Page number {number} {en}.")
            hint = Message("版次从小到大，各不相同。", "Page numbers rise, each given once.")
            key = "number" if page.pages is None else "pages"
            yield PlanError(message, place=source.value("page", index, key), hint=hint)
        if page.through is not None and (page.through != number + 1 or number % 2):
            message = Message(
                f"通版只能跨左右相对的两版（左双右单），第 {number} 版跨不到第 {page.through} 版。",
                f"A spread takes two facing pages: {number} and {page.through} are not.",
            )
            even = number + number % 2
            hint = Message(f"如 number = {even}，through = {even + 1}。", f"Say number = {even}, through = {even + 1}.")
            yield PlanError(message, place=source.value("page", index, "through"), hint=hint)
        last, before = max(last, page.last), page


def _is_open(page: PageTable | None) -> bool:
    """Whether it is a run of as many pages as are needed."""
    return page is not None and page.pages is not None and page.pages.last is None


def _open_runs(pages: Mapping[int, PageTable], source: TomlFile) -> Iterator[PlanError]:
    """Faults of runs without an end before the last page: nobody knows what number comes after."""
    for index, page in list(pages.items())[:-1]:
        if _is_open(page):
            yield PlanError(
                Message(f"pages = \"{page.pages}\" 后面不能再有版：不知道排到第几版。",
                        f"No page may follow pages = \"{page.pages}\": nobody knows what number it would have."),
                place=source.value("page", index, "pages"),
                hint=Message(f'写出到第几版为止，如 pages = "{page.first}-{page.first + 3}"，或移到最后。',
                             f'Say where it ends, as pages = "{page.first}-{page.first + 3}", or put it last.'),
            )  # fmt: skip


def _ids(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    seen: dict[str, Place] = {}
    for index, picture in plan.pictures.items():
        place = source.value("picture", index, "id")
        if picture.id in seen:
            line = seen[picture.id].line
            message = Message(
                f"图片 {picture.id} 写了两次（另见第 {line} 行）。",
                f"Picture {picture.id} is given twice (also line {line}).",
            )
            yield PlanError(message, place=place, hint=Message("给其中一张换个 id。", "Give one of them another id."))
        seen.setdefault(picture.id, place)


def _stories(pages: Mapping[int, PageTable], source: TomlFile) -> Iterator[PlanError]:
    seen: dict[str, str] = {}
    for index, page in pages.items():
        for key, number, name in named_stories(page):
            story = Path(name).stem
            if seen.get(story) == name and name in page.continues:
                continue
            if story in seen:
                message = Message(f"稿件 {name} 用了两次。", f"The story {name} is used twice.")
                if seen[story] != name:
                    message = Message(
                        f"稿件 {name} 和 {seen[story]} 同名。",
                        f"The stories {name} and {seen[story]} have the same name.",
                    )
                yield PlanError(message, place=source.value("page", index, key, number), hint=_ONCE)
            seen.setdefault(story, name)


def named_stories(page: PageTable) -> Iterator[tuple[str, int, str]]:
    """Every manuscript that the page names: the key, the number in its list, the file."""
    for key, names in (("stories", page.stories), ("pool", page.pool), ("fillers", page.fillers)):
        for number, name in enumerate(names):
            if key != "fillers" or not is_picture(page, name):
                yield key, number, name


def is_picture(page: PageTable, name: str) -> bool:
    """Whether a filler is a picture, by its id, which has no dot: no name of a manuscript is without."""
    return page.is_auto and "." not in name


def _continued(pages: Mapping[int, PageTable], source: TomlFile) -> Iterator[PlanError]:
    """Faults of continued stories: each must be one of the page's stories, and have begun on a page before."""
    seen: set[str] = set()
    inside: set[str] = set()
    for index, page in pages.items():
        for number, name in enumerate(page.continues):
            if name not in page.stories or name not in seen:
                yield PlanError(
                    Message(f"前面没有稿件 {name} 可接。", f"No page before has the story {name} to continue."),
                    place=source.value("page", index, "continues", number),
                    hint=Message(
                        "接排的稿件要写在本版和前面某版的 stories 里。",
                        "A continued story stands in the stories of this page and of one before.",
                    ),
                )
            elif name in inside:
                yield PlanError(
                    Message(f"稿件 {name} 后面还排着别的稿件，在连版里就排完了，没有可接的。",
                            f"Other stories follow {name} in its run: it ends there, and nothing is left of it."),
                    place=source.value("page", index, "continues", number),
                    hint=Message("要转出连版的稿件写在它 stories 的最后。",
                                 "The story that goes on after a run is the last of its stories."),
                )  # fmt: skip
        seen |= set(page.stories)
        inside |= set(page.stories[:-1]) if page.pages is not None else set()


def _references(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    known = [picture.id for picture in plan.pictures.values()]
    seen: set[str] = set()
    for index, page in plan.pages.items():
        fillers = [("fillers", number, name) for number, name in enumerate(page.fillers) if is_picture(page, name)]
        for key, number, name in [*(("pictures", *each) for each in enumerate(page.pictures)), *fillers]:
            place = source.value("page", index, key, number)
            if name in seen:
                yield PlanError(
                    Message(f"图片 {name} 用了两次。", f"Picture {name} is used twice."), place=place, hint=_ONCE
                )
            elif name not in known and plan.whole:
                message = Message(f"没有图片 {name}。", f"There is no picture {name}.")
                add = Message(f'新图加一段 [[picture]]，id = "{name}"。', f'A new one is a [[picture]], id = "{name}".')
                hint = meant(name, known, otherwise=add)
                yield PlanError(
                    message, place=place, hint=Message(hint.zh + add.zh, f"{hint.en} {add.en}") if known else add
                )
            seen.add(name)
        for number, name in enumerate(page.optional):
            if name not in page.pictures or name in page.optional[:number]:
                yield PlanError(
                    Message(f"可撤的图片 {name} 不在本版的 pictures 里，或写了两次。",
                            f"The optional picture {name} is not in the pictures of its page, or named twice."),
                    place=source.value("page", index, "optional", number),
                    hint=Message("optional 列出本版可以不用的图，先撤的在前。",
                                 "optional lists pictures of this page that may be left out, the first to go first."),
                )  # fmt: skip


def _kept_parts(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    """Faults of the part of a picture that must stay whole: it needs a width and a height."""
    for index, picture in plan.pictures.items():
        if picture.keep and not (picture.keep[0] < picture.keep[2] and picture.keep[1] < picture.keep[3]):
            yield PlanError(
                Message(f"图片 {picture.id} 的 keep 没有大小。", f"The keep of picture {picture.id} has no size."),
                place=source.value("picture", index, "keep"),
                hint=Message("写成 [左, 上, 右, 下]，各从 0 到 1。", "Write [left, top, right, bottom], 0 to 1."),
            )


def _seated(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    """Faults of what pictures say of their places: one leads on a page, and who shares a caption is not alone there."""
    for index, page in plan.pages.items():
        own = {number: picture for number, picture in plan.pictures.items() if picture.id in page.pictures}
        leads = [number for number, picture in own.items() if picture.place == "lead"]
        for number in leads[1:] if page.pages is None else ():  # of a run one leads on each of its pages
            message = Message(f"第 {index + 1} 个 [[page]] 有两幅图要进最大的框。", "Two pictures of a page lead.")
            yield PlanError(message, place=source.value("picture", number, "place"), hint=_ONCE)
        if page.seats == "order":
            for number in leads[:1]:
                yield PlanError(
                    Message(
                        "这一版的图照先后入框，place 不起作用。", "Its page has seats by order: place has no effect."
                    ),
                    place=source.key("picture", number, "place"),
                    hint=Message("删去它，或删去 seats。", "Take it out, or take out seats."),
                )
        if page.pages is not None:
            yield from _parted(page, own, source)
        groups = [picture.group for picture in own.values() if picture.group is not None]
        for number, picture in own.items():
            if picture.group is not None and groups.count(picture.group) == 1:
                yield PlanError(
                    Message(f"这一版里没有别的图与 {picture.id} 合用图说。",
                            f"No other picture of the page shares a caption with {picture.id}."),
                    place=source.value("picture", number, "group"),
                    hint=Message("给别的图写上同一个 group，或删去。", "Give another the same group, or take it out."),
                )  # fmt: skip


def _parted(page: PageTable, own: Mapping[int, PictureTable], source: TomlFile) -> Iterator[PlanError]:
    """Faults of pictures of a run that share a caption and have others between them: they would come to other pages."""
    group_of = {picture.id: picture.group for picture in own.values()}
    queue = [name for name in page.pictures if name in group_of]
    for before, name in pairwise(queue):
        group = group_of[name]
        if group is not None and group != group_of[before] and group in map(group_of.get, queue[: queue.index(name)]):
            number = next(number for number, picture in own.items() if picture.id == name)
            yield PlanError(
                Message(f"连版的图依次上版，{name} 与合用图说的“{group}”隔着别的图，会分到两版。",
                        f"The pictures of a run come in turn: {name} is parted from the others of “{group}”."),
                place=source.value("picture", number, "group"),
                hint=Message("在这一版的 pictures 里把同一个 group 的写在一起。",
                             "List those of a group one after the other in pictures."),
            )  # fmt: skip


def _unused_pictures(plan: Plan, source: TomlFile) -> Iterator[PlanError]:
    used = {name for page in plan.pages.values() for name in (*page.pictures, *page.fillers)}
    known = [picture.id for picture in plan.pictures.values()]
    used |= {nearest(name, known) or name for name in used if name not in known}  # said where it is misspelt
    for index, picture in plan.pictures.items():
        if picture.id not in used:
            message = Message(f"图片 {picture.id} 没有上版。", f"Picture {picture.id} is on no page.")
            hint = Message("写进某一版的 pictures，或删去这一段。", "Put it into a page's pictures, or delete it.")
            yield PlanError(message, place=source.key("picture", index), hint=hint)


def _unused_stories(plan: Plan, source: TomlFile, folder: Path) -> Iterator[PlanError]:
    """Faults for manuscripts in the folder that are on no page, and not killed: most likely forgotten."""
    killed = killed_files(plan, folder)
    try:
        used = {(folder / name).resolve() for page in plan.pages.values() for _, _, name in named_stories(page)}
    except (RuntimeError, OSError, ValueError):  # a link in a circle, a name that is none: said where it is read
        return
    if not all(path.is_file() for path in used - killed):  # then it is that one, misspelt, and said already
        return
    used |= killed
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in suffixes() and path.stem.lower() not in _NO_COPY and path.resolve() not in used:
            if not is_utf8(path.name):
                message, hint = fault(path.name)
                yield PlanError(message, place=source.key("page"), hint=hint)
                continue
            message = Message(f"稿件 {path.name} 没有上版。", f"The manuscript {path.name} is on no page.")
            hint = Message(
                "写进某一版的 stories，或移出本期文件夹。",
                "Put it into a page's stories, or move it out of the folder.",
            )
            yield PlanError(message, place=_last_stories(plan, source), hint=hint)


def _last_stories(plan: Plan, source: TomlFile) -> Place:
    """Where a story that is on no page may be written: among those of the last page."""
    index, page = max(plan.pages.items())
    return source.key("page", index, "stories") if page.stories else source.key("page", index)

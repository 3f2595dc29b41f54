"""Reads an issue's folder: plan, manuscripts, pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from layout.errors import Faults, LayoutError, Message, PictureError, Place, PlanError, UsageError, nearest, unreadable
from layout.flows import Flow
from layout.issue import auto_checks, killed, plan_checks
from layout.issue.auto_page import AutoPage, Pin, Reserve
from layout.issue.file_names import fault, is_utf8
from layout.issue.furniture import chinese_date, folio, page_number, staff_line, turns
from layout.issue.issue_file import ISSUE_FILE
from layout.issue.model import COUNT, Issue, PagePlan, PageRun, Picture
from layout.issue.named_files import grey_picture, inside, not_found, picture_file
from layout.issue.plan import HeadTable, PageTable, PictureTable, Plan, check, parse
from layout.issue.plan_checks import named_stories
from layout.manuscript.encoding import decode
from layout.manuscript.model import Paragraph, ParagraphKind, Run, Story, Text
from layout.manuscript.reader import read_story
from layout.toml_files.reading import TomlFile


@dataclass
class DraftFaults:
    """What ends a build and leaves a draft to be looked at all the same."""

    absent: dict[str, LayoutError] = field(default_factory=dict)
    """Of pictures whose files are not there, by their ids."""
    unused: list[LayoutError] = field(default_factory=list)
    """Of manuscripts and pictures that are on no page."""


def read_issue(folder: Path, draft: DraftFaults | None = None) -> Issue:
    """The issue in *folder*: plan, stories and pictures, all checked.

    A draft has grey pictures for those whose files are not there, and goes without what is on no page: such faults go
    to *draft*.

    Places name files as seen from the folder's parent. Raises ``UsageError`` when it is not an issue's folder; else
    ``PlanError``, ``ManuscriptError``, ``PictureError``, or ``Faults`` holding every one of them.
    """
    path = _issue_file(folder)
    folder = path.parent
    file = f"{folder.name}/{ISSUE_FILE}"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(error, PlanError, file) from error
    source = parse(decode(content, file, PlanError), file)
    faults: list[LayoutError] = []
    plan = check(source, faults)
    faults += plan_checks.check(plan, source)
    (faults if draft is None else draft.unused).extend(plan_checks.unused(plan, source, folder))
    faults += auto_checks.check(plan, source)
    faults += killed.check(plan, source, folder)
    gone = killed.killed_names(plan, folder)
    stories = _stories(plan, source, folder, gone, faults)
    plan = killed.without(plan, gone)
    pictures = _pictures(plan, source, folder, faults, None if draft is None else draft.absent)
    if faults or plan.head is None:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return _issue(plan, plan.head, source, stories=stories, pictures=pictures, folder=folder)


def _issue_file(folder: Path) -> Path:
    if not folder.exists():
        message = Message(f"没有文件夹 {folder}。", f"There is no folder {folder}.")
        raise UsageError(message, hint=_near_folder(folder))
    if not folder.is_dir():
        message = Message(f"{folder} 是文件，不是一期的文件夹。", f"{folder} is a file, not an issue's folder.")
        hint = Message(f"请给出它所在的文件夹：{folder.parent}。", f"Name the folder it lies in: {folder.parent}.")
        raise UsageError(message, hint=hint)
    if not is_utf8(folder.resolve().name):
        message, hint = fault(folder.resolve().name)
        raise UsageError(message, hint=hint)
    path = folder.resolve() / ISSUE_FILE
    if path.is_file():
        return path
    message = Message(
        f"{folder} 里没有 {ISSUE_FILE}，不是一期的文件夹。",
        f"{folder} holds no {ISSUE_FILE}: it is not an issue's folder.",
    )
    hint = Message(f"请给出含 {ISSUE_FILE} 的文件夹。", f"Name a folder with an {ISSUE_FILE}.")
    if issues := sorted(each.parent.name for each in folder.glob(f"*/{ISSUE_FILE}")):
        named = [str(folder / name) for name in issues[:5]]
        hint = Message(f"是不是其中的 {'、'.join(named)}？", f"Did you mean {', '.join(named)}?")
    raise UsageError(message, hint=hint)


def _near_folder(folder: Path) -> Message:
    """The hint for a folder that does not exist: the one beside it whose name is most like it."""
    there = folder.parent.iterdir() if folder.parent.is_dir() else ()
    near = nearest(folder.name, [each.name for each in there if each.is_dir()])
    if near is None:
        return Message("查一查路径。", "Check the path.")
    return Message(f"是不是 {folder.with_name(near)}？", f"Did you mean {folder.with_name(near)}?")


def _stories(
    plan: Plan, source: TomlFile, folder: Path, gone: Collection[str], faults: list[LayoutError]
) -> dict[str, Story]:
    """Each story by its name in the plan, but those that are *gone*; those that cannot be read are faults."""
    stories: dict[str, Story] = {}
    for index, page in plan.pages.items():
        for key, number, name in named_stories(page):
            place = source.value("page", index, key, number)
            try:
                if name not in stories and name not in gone:
                    stories[name] = _story(folder, name, place)
            except LayoutError as error:
                faults += error.faults()
    return stories


def _story(folder: Path, name: str, place: Place) -> Story:
    path = inside(folder, name, place)
    if path.is_file():
        return read_story(path, root=folder.parent)
    message, hint = not_found(path, name, Message("稿件", "manuscript"))
    raise PlanError(message, place=place, hint=hint)


def _pictures(
    plan: Plan, source: TomlFile, folder: Path, faults: list[LayoutError], absent: dict[str, LayoutError] | None
) -> dict[str, Picture]:
    """Each picture by its id; those whose file is not there are faults, or *absent* and grey."""
    pictures: dict[str, Picture] = {}
    for index, table in plan.pictures.items():
        try:
            path = picture_file(folder, table.file, source.value("picture", index, "file"))
        except PictureError as error:
            if absent is None:
                faults.append(error)
                continue
            absent[table.id] = error
            path = grey_picture()
        except LayoutError as error:
            faults += error.faults()
            continue
        pictures[table.id] = _picture(table, index, source, path)
    return pictures


def _picture(table: PictureTable, index: int, source: TomlFile, path: Path) -> Picture:
    def text(kind: ParagraphKind, words: str | None) -> Text:
        flow = Flow.parse(f"picture.{table.id}.{kind}")
        if not words:
            return Text(flow, ())
        return Text(flow, (Paragraph(kind, (Run(words, source.value("picture", index, kind)),)),))

    keep = (table.keep[0], table.keep[1], table.keep[2], table.keep[3]) if table.keep else None
    if table.kind == "advertisement" and keep is None:
        keep = (0.0, 0.0, 1.0, 1.0)  # nobody crops what somebody has paid for
    middle = [(keep[0] + keep[2]) / 2, (keep[1] + keep[3]) / 2] if keep else [0.5, 0.5]
    focus = table.focus or middle
    return Picture(
        id=table.id,
        path=path,
        source=table.file,
        caption=text("caption", table.caption),
        credit=text("credit", table.credit),
        focus=(focus[0], focus[1]),
        alt=table.alt or table.caption or "",
        place=source.key("picture", index),
        keep=keep,
        kind=table.kind,
        page=table.page,
        labelled=table.labelled,
        leads=table.place == "lead",
        group=table.group or "",
        story=Path(table.story).stem if table.story else "",
    )


def _issue(
    plan: Plan,
    head: HeadTable,
    source: TomlFile,
    *,
    folder: Path,
    stories: Mapping[str, Story],
    pictures: Mapping[str, Picture],
) -> Issue:
    return Issue(
        id=folder.name,
        folder=folder,
        file=source.file,
        title=head.title,
        date=head.date,
        design=head.design,
        press=head.press,
        paper=head.paper or "",
        staff=dict(head.staff),
        pages=tuple(
            PagePlan(
                number=page.first,
                title=page.title.replace(COUNT, "1"),
                kind=page.kind,
                stories=tuple(stories[name] for name in page.stories),
                pictures=tuple(pictures[name] for name in page.pictures),
                folio=_folio(head, page, index, source),
                place=source.key("page", index),
                through=page.through,
                continues=tuple(stories[name].id for name in page.continues),
                optional=tuple(page.optional),
                seats=page.seats,
                variant=page.variant or "",
                plates=tuple(page.plates),
                run=_run(page, stories),
                auto=_auto(page, index, source, folder=folder, stories=stories, pictures=pictures),
                turns=turns(plan.pages, index, {name: story.id for name, story in stories.items()}, source),
            )
            for index, page in plan.pages.items()
        ),
        places={name: source.value(name) for name in HeadTable.model_fields if name in head.model_fields_set},
        sheet=head.sheet or "",
        protected=tuple(head.protected),
        killed=tuple(head.killed),
        signoff=tuple(dict.fromkeys(head.signoff or ())),
    )


def _run(page: PageTable, stories: Mapping[str, Story]) -> PageRun | None:
    """The run of pages that *page* stands for; None for a page."""
    if page.pages is None:
        return None
    fillers = () if page.is_auto else page.fillers
    return PageRun(page.pages, page.title, tuple(stories[name] for name in fillers))


def _auto(
    page: PageTable, index: int, source: TomlFile, *,
    folder: Path, stories: Mapping[str, Story], pictures: Mapping[str, Picture],
) -> AutoPage | None:  # fmt: skip
    """What is said of a page that is made up; None of any other."""
    if not page.is_auto:
        return None
    reserves = []
    for number, each in enumerate(page.reserve):
        at = source.value("page", index, "reserve", number, "file")
        path = picture_file(folder, each.file, at) if each.file else None
        place = source.key("page", index, "reserve", number)
        reserves.append(Reserve(each.id, each.columns, each.rows, each.at, each.file or "", path, place, each.labelled))
    pins = [
        Pin(
            stories[each.story].id, each.stands_as, each.columns, each.at,
            stories[each.beside].id if each.beside else None, source.key("page", index, "pin", number),
        )
        for number, each in killed.pins_left(page, stories)
    ]  # fmt: skip
    return AutoPage(
        pool=tuple(stories[name] for name in page.pool),
        fillers=tuple(stories[name] if name in stories else pictures[name] for name in page.fillers),
        reserves=tuple(reserves),
        pins=tuple(pins),
        arrangement=page.arrangement or "",
        place=source.value("page", index, "arrangement") if page.arrangement else None,
    )


def _folio(head: HeadTable, page: PageTable, index: int, source: TomlFile) -> dict[str, Text]:
    words = {
        "number": page_number(page.first) if page.through is None else f"第{page.first}、{page.through}版",
        "title": page.title.replace(COUNT, "1"),
        "paper": head.paper or "",
        "date": chinese_date(head.date),
        "staff": staff_line(head.staff),
    }
    places = {name: source.value(name) for name in ("paper", "date", "staff")}
    places |= {"title": source.value("page", index, "title")}
    places |= {"number": source.value("page", index, "number" if page.pages is None else "pages")}
    return folio(words, places, source.key("page", index))

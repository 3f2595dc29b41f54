"""Makes an issue of received files, or adds them to one: manuscripts, pictures, their lines in issue.toml, a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import tomlkit

from layout.checks import Finding
from layout.errors import Faults, LayoutError, Message, Place, PlanError, UsageError
from layout.intake.markdown_writer import quoted_value, write_manuscript
from layout.intake.notices import notice
from layout.intake.page_furniture import STAFF, staff_in
from layout.intake.round_trip import differences
from layout.intake.story_draft import PAGE_WORDS
from layout.issue.issue_file import ISSUE_FILE
from layout.issue.plan import check, parse
from layout.issue_writing import imported_toml
from layout.issue_writing.imported_pictures import ImportedPicture, focus_of, imported_pictures, remarks
from layout.issue_writing.imported_plan import (
    DesignKinds,
    PlannedPage,
    PlannedStory,
    design_kinds,
    moved_byline,
    planned_pages,
)
from layout.issue_writing.imported_record import record
from layout.issue_writing.imported_stories import ImportedStory, imported_stories, with_byline_as_credits
from layout.issue_writing.issue_folder import FileContent, changed, conflicts, free_name, issue_name, write_files
from layout.issue_writing.received_copy import caption_lists, files_of, no_copy, not_taken
from layout.manuscript.encoding import decode

RECORD = "来稿记录.txt"
"""The list of what was guessed, left out and left open, for an editor to go through."""


@dataclass(frozen=True, slots=True)
class ImportedIssue:
    """What an import has written."""

    folder: Path
    written: tuple[Path, ...]
    replaced: tuple[Path, ...]
    """Those of them that were there and said something else."""
    record: Path | None
    """The list of what was guessed; none where all was there already."""
    findings: tuple[Finding, ...]
    stories: int
    pictures: int


@dataclass(slots=True)
class _Target:
    """The issue that is written into."""

    folder: Path
    document: tomlkit.TOMLDocument
    design: DesignKinds
    is_new: bool
    stories: frozenset[str] = frozenset()
    """Manuscripts that its plan names already."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The ids of the pictures that it has already, by their files."""
    written: dict[str, FileContent] = field(default_factory=dict)


def import_issue(
    sources: Sequence[Path], folder: Path, *, design: str, day: date, replace_files: bool = False
) -> ImportedIssue:
    """Writes the stories and pictures in *sources*, files and folders, into the issue *folder*, which is made where it
    is none yet, with *design* and the date *day*.

    Nothing that is there is changed: issue.toml has what is new behind its own lines, and a file that would be written
    otherwise than it is raises ``UsageError``, which names every one; with *replace_files* they are replaced. Raises
    also for sources without copy, a design that there is not, an issue.toml at fault, and ``PrintError`` where nothing
    can be written.
    """
    files = [file for source in sources for file in files_of(source)]
    target = _target(folder, design)
    findings: list[Finding] = []
    stories = imported_stories([each for each in files if each.kind == "story"], findings)
    lists = caption_lists([each for each in files if each.kind == "captions"], findings)
    pictures = imported_pictures(
        [each for each in files if each.kind == "picture"], stories, lists, target.pictures, findings
    )
    findings += [not_taken(each) for each in files if each.kind in ("form", "other")]
    if not stories and (target.is_new or not pictures):
        raise no_copy(sources, findings)
    if target.is_new:
        target.document = imported_toml.new_document(folder.resolve().name, day, design, _staff(stories))
    stories = _fitted(stories, target.design, findings)
    pages = _pages(target, stories, pictures)
    findings = [*_about_pages(pages, stories), *findings]
    _add_manuscripts(target, stories, pages, findings)
    findings += _add_plan(target, stories, pictures, pages)
    replaced = conflicts(folder, target.written, replace_files=replace_files)
    findings += [notice("intake.replaced", Place(name), found=name) for name in replaced]
    own = [finding for story in stories for finding in story.draft.findings]
    own_record = free_name(folder, RECORD)
    if changed(folder, target.written):
        target.written[own_record] = record(len(stories), len(pictures), [*findings, *own])
    written = write_files(folder, target.written)
    return ImportedIssue(
        folder,
        written,
        tuple(folder / name for name in replaced),
        folder / own_record if own_record in target.written else None,
        (*findings, *own),
        len(stories),
        len(pictures),
    )


# --- the issue --------------------------------------------------------------------------------------------------------


def _target(folder: Path, design: str) -> _Target:
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            Message(f"{folder} 是文件，不是一期的文件夹。", f"{folder} is a file, not an issue's folder."),
            hint=Message("写文件夹的名字。", "Name a folder."),
        )
    name = issue_name(folder, "--into")
    path = folder / ISSUE_FILE
    if not path.is_file():
        return _Target(folder, tomlkit.document(), design_kinds(design, folder), True)
    file = f"{name}/{ISSUE_FILE}"
    text = decode(path.read_bytes(), file, PlanError)
    faults: list[LayoutError] = []
    plan = check(parse(text, file), faults)
    if faults or plan.head is None:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    stories_there = {each for page in plan.pages.values() for each in (*page.stories, *page.fillers)}
    return _Target(
        folder,
        tomlkit.parse(text),
        design_kinds(plan.head.design, folder),
        False,
        frozenset(stories_there),
        {each.file: each.id for each in plan.pictures.values()},
    )


def _fitted(
    stories: Sequence[ImportedStory], design: DesignKinds, findings: list[Finding]
) -> tuple[ImportedStory, ...]:
    """*stories*, the byline of each that has a page of its own written as credits where such a page wants that."""
    shown = [design.shown(kind) for kind in design.alone]
    in_run = design.run is not None
    return tuple(
        with_byline_as_credits(story, findings)
        if story.ready is None
        and any(moved_byline(story.parts, each) for each in shown)
        and not any(each is None or story.parts <= each for each in shown)
        and not (in_run and len(stories) > 1 and not _has_page(story, stories, design))
        else story
        for story in stories
    )


def _has_page(story: ImportedStory, stories: Sequence[ImportedStory], design: DesignKinds) -> bool:
    pages = planned_pages([_planned(each, ()) for each in stories], (), design, 1)
    return any(story.manuscript in page.stories for page in pages if not page.is_run)


def _planned(story: ImportedStory, pictures: Sequence[str]) -> PlannedStory:
    return PlannedStory(story.manuscript, story.characters, story.parts, tuple(pictures))


def _pages(
    target: _Target, stories: Sequence[ImportedStory], pictures: Sequence[ImportedPicture]
) -> tuple[PlannedPage, ...]:
    """The pages of what the plan does not name yet."""
    new = {index for index, story in enumerate(stories) if story.manuscript not in target.stories}
    fresh = [each for each in pictures if each.file not in target.pictures]
    planned = [
        _planned(story, [each.id for each in fresh if each.story == index])
        for index, story in enumerate(stories)
        if index in new
    ]
    if not planned:
        return ()
    strays = [each.id for each in fresh if each.story is None]
    return planned_pages(planned, strays, target.design, imported_toml.page_numbers(target.document) + 1)


def _about_pages(pages: Sequence[PlannedPage], stories: Sequence[ImportedStory]) -> Iterator[Finding]:
    by_file = {story.manuscript: story for story in stories}
    for page in pages:
        own = [by_file[name] for name in page.stories]
        names = [f"《{each.headline}》{each.characters} 字" for each in own]
        english = [f"“{each.headline}”, {each.characters} characters" for each in own]
        where = Message(f"第 {page.first} 版（{page.kind}）", f"page {page.first} ({page.kind})")
        if page.is_run:
            where = Message(f"第 {page.first} 版起（{page.kind}）", f"from page {page.first} on ({page.kind})")
        found = Message(
            f"{'、'.join(names)}；图 {len(page.pictures)} 幅", f"{'; '.join(english)}; {len(page.pictures)} pictures"
        )
        yield notice("intake.page_plan", Place(ISSUE_FILE), page=where, found=found)


def _add_manuscripts(
    target: _Target, stories: Sequence[ImportedStory], pages: Sequence[PlannedPage], findings: list[Finding]
) -> None:
    kinds = {name: page.kind for page in pages for name in page.stories[:1]}
    for story in stories:
        if story.ready is not None:
            target.written[story.manuscript] = story.file.path
            continue
        manuscript = write_manuscript(story.draft)
        findings += manuscript.findings
        findings += differences(story.draft, manuscript.text, story.manuscript)
        text = manuscript.text
        if "nameplate" in target.design.words(kinds.get(story.manuscript, "")):
            name = _nameplate(story) or target.folder.resolve().name
            findings.append(notice("intake.guess_nameplate", Place(story.manuscript), found=name))
            first, rest = text.split("\n", 1)
            text = f"{first}\nwords: {{nameplate: {quoted_value(name)}}}\n{rest}"
        target.written[story.manuscript] = text


_NAMEPLATE = re.compile("两会|特刊|专刊|特别报道|[日晚晨周]报$")


def _nameplate(story: ImportedStory) -> str:
    """The first of the words of the page that stood in the copy and is like a nameplate; nothing where none is."""
    words = [
        str(each.amount["found"])
        for each in story.draft.findings
        if each.check == "intake.furniture" and each.amount.get("kind") == PAGE_WORDS.zh
    ]
    return next((each for each in words if _NAMEPLATE.search(each)), "")


def _add_plan(
    target: _Target,
    stories: Sequence[ImportedStory],
    pictures: Sequence[ImportedPicture],
    pages: Sequence[PlannedPage],
) -> Iterator[Finding]:
    """Writes pages and pictures into issue.toml; what is said of pictures that have no box."""
    by_id = {each.id: each for each in pictures}
    owners = {each.id: stories[each.story].manuscript for each in pictures if each.story is not None}
    made_up = target.design.made_up
    owners = owners if made_up else {}
    entries = [_entry(by_id[name], owners, made_up) for page in pages for name in page.pictures]
    headlines = {story.manuscript: story.headline for story in stories}
    notes = {page.first: "、".join(f"《{headlines[name]}》" for name in page.stories) for page in pages}
    imported_toml.add_pages(target.document, pages, notes)
    over = {name for page in pages for name in page.left}
    on_pages = {name for page in pages for name in page.pictures}
    for each in pictures:
        is_new = each.id not in on_pages and each.file not in target.pictures
        if each.id in over or (is_new and _is_full(target, owners.get(each.id, ""), entries)):
            yield notice("intake.file_left", Place(each.received), found=each.received, why=_FULL)
            continue
        if is_new:
            story = None if each.story is None else stories[each.story].manuscript
            number = imported_toml.add_to_page(target.document, story, each.id)
            entries.append(_entry(each, owners, made_up))
            page = Message(f"第 {number} 版", f"page {number}")
            found = Message(f"添图 {each.received}", f"picture {each.received}")
            yield notice("intake.page_plan", Place(ISSUE_FILE), page=page, found=found)
        target.written[each.file] = each.source
    imported_toml.add_pictures(target.document, entries)
    if entries or pages or target.is_new:
        target.written[ISSUE_FILE] = imported_toml.written(target.document)


def _is_full(target: _Target, story: str, entries: Sequence[imported_toml.PictureEntry]) -> bool:
    """Whether *story* of a made-up page has as many pictures as a shape takes, *entries* among them."""
    own = imported_toml.pictures_of(target.document, story) + sum(each.story == story for each in entries)
    return bool(story) and own >= target.design.most_of_a_story


_FULL = Message("版面放不下更多的图", "the pages have no room for more pictures")


def _entry(picture: ImportedPicture, owners: Mapping[str, str], made_up: bool) -> imported_toml.PictureEntry:
    own, told = owners.get(picture.id, ""), remarks(picture, made_up=made_up)
    return imported_toml.PictureEntry(
        picture.id, picture.file, picture.caption, picture.credit, told, own, focus_of(picture)
    )


def _staff(stories: Sequence[ImportedStory]) -> Mapping[str, str]:
    """The names of a page's editors that stood in the copy; none where stories differ."""
    found: dict[str, str] = {}
    for story in stories:
        for finding in story.draft.findings:
            if finding.check == "intake.furniture" and finding.amount.get("kind") == STAFF.zh:
                for office, name in staff_in(str(finding.amount["found"])):
                    if found.setdefault(office, name) != name:
                        return {}
    return found

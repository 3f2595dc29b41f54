"""Sorts received copy into the parts of a story. What the copy does not say is guessed, and every guess is listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from layout.checks import Finding
from layout.errors import Message, Place
from layout.intake import story_marks as marks
from layout.intake.accounting import difference
from layout.intake.model import CopyBlock, CopyParagraph, CopyPicture, CopyPlace, CopyRun, Received, StoryDraft
from layout.intake.notices import notice, quoted
from layout.intake.open_choices import open_choices
from layout.intake.page_furniture import furniture_of, is_date
from layout.intake.section_headings import Headed, headed, is_running
from layout.intake.text_lines import width_of
from layout.manuscript.story_parts import story_parts

_SHORTEST_HEADLINE = 8.0
"""Characters below which a line beside a longer one is a word for the page: a nameplate has four, a slogan seven."""
_NAMEPLATE = 5.0
"""Characters below which a line at the beginning is a nameplate, a place, a year, and no headline."""
_NEAR_END = 8
"""Blocks at the end among which credits are looked for; a page's last lines are as many."""
_NOTE_WITHIN = 4
"""Blocks from the beginning among which an editor's note stands."""
_FEWEST_SECTIONS = 2
"""Sections from which a story is a long one that may have a closing."""

_LABEL = Message("标注", "label")
PAGE_WORDS = Message("版面上的字", "words of the page")
_CAPTION = Message("图说", "caption")


@dataclass(slots=True)
class _Sorting:
    """The copy while it is sorted."""

    body: list[CopyBlock]
    front: dict[str, list[CopyParagraph]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    captions: list[CopyParagraph] = field(default_factory=list)
    page_words: list[CopyParagraph] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Characters that were received, and are listed instead of written."""
    added: str = ""
    """A headline that was not received."""

    def take(self, part: str, paragraph: CopyParagraph, words: str | None = None) -> None:
        """Moves *paragraph* into the front matter as *part*; only *words* of it, where these are given."""
        chosen = paragraph if words is None else replace(paragraph, runs=(CopyRun(words),), number="")
        self.front.setdefault(part, []).append(chosen)
        self.findings.append(
            notice("intake.guess_part", _place(paragraph), part=_called(part), found=quoted(chosen.text))
        )

    def leave_out(self, paragraph: CopyParagraph, kind: Message, words: str | None = None) -> None:
        """Takes *paragraph* for no copy: it is listed with all its words."""
        found = paragraph.text if words is None else words
        self.left_out.append(found)
        self.findings.append(notice("intake.furniture", _place(paragraph), found=found, kind=kind))


def draft_story(received: Sequence[Received], story: str) -> StoryDraft:
    """The parts of the story *story* that was received in one file or several.

    Headline, kicker, deck, byline, dateline, editor's note and credits stand in ``front``; a story without a headline
    has its name for one. Findings list each guess, what is no copy, and what is left to the editor.
    """
    blocks = [block for each in received for block in each.blocks]
    pictures = [block for block in blocks if isinstance(block, CopyPicture)]
    sorting = _Sorting([block for block in blocks if not isinstance(block, CopyPicture)])
    _take_captions(sorting)
    _take_opening(sorting)
    _take_editor_note(sorting)
    _take_end(sorting)
    result = headed(sorting.body)
    sorting.findings += result.findings
    lede = _lede(sorting, result)
    body, closing = _closing(sorting, result)
    if "headline" not in sorting.front:
        place = CopyPlace(received[0].file if received else story, 1)
        sorting.take("headline", CopyParagraph((CopyRun(story),), place))
        sorting.added = story
    captioned = _captioned(pictures, sorting)
    own = [*_findings_of(received), *sorting.findings, *open_choices(blocks, sorting.page_words, story)]
    own += [notice("intake.caption_apart", _place(each), found=each.text.strip()) for each in sorting.captions]
    written = [*(each for part in sorting.front.values() for each in part), *body, *closing, *sorting.captions]
    own += difference(blocks, written, sorting.left_out, sorting.added)
    return StoryDraft(
        story,
        {part: tuple(sorting.front[part]) for part in story_parts() if part in sorting.front},
        tuple(body),
        tuple(closing),
        lede,
        tuple(note for each in received for note in each.notes),
        captioned,
        tuple(own),
        tuple(sorting.captions),
    )


def _findings_of(received: Sequence[Received]) -> Iterator[Finding]:
    for each in received:
        yield from each.findings


def _place(paragraph: CopyParagraph) -> Place:
    return paragraph.place.place


def _called(part: str) -> Message:
    return story_parts()[part].called()


# --- what stands before the copy --------------------------------------------------------------------------------------


def _take_opening(sorting: _Sorting) -> None:
    """The lines before the first running paragraph: headline, kicker, deck, byline, credits."""
    opening = _opening(sorting.body)
    del sorting.body[: len(opening)]
    titles: list[CopyParagraph] = []
    for paragraph in opening:
        words = paragraph.text.strip()
        if found := marks.labelled(words):
            sorting.take(found.part, paragraph, found.words)
            sorting.leave_out(paragraph, _LABEL, found.label)
        elif marks.is_credits(words):
            sorting.take("credits", paragraph)
        elif marks.is_byline(words) or (titles and marks.is_names(words)):
            sorting.take("byline", paragraph)
        elif marks.dateline_of(words) == words:
            sorting.take("dateline", paragraph)
        elif kind := furniture_of(paragraph.text):
            sorting.leave_out(paragraph, kind)
        else:
            titles.append(paragraph)
    _take_titles(sorting, titles)


def _opening(body: Sequence[CopyBlock]) -> list[CopyParagraph]:
    opening: list[CopyParagraph] = []
    for index, block in enumerate(body):
        if not isinstance(block, CopyParagraph) or not _opens(block, first=index == 0):
            break
        opening.append(block)
    if len(opening) == len(body) and not any(each.role == "title" for each in opening):
        del opening[1:]  # a file of short lines: a list, a poem; its first line is the headline
    return opening


def _opens(paragraph: CopyParagraph, *, first: bool) -> bool:
    words = paragraph.text.strip()
    if paragraph.role == "title" or (first and paragraph.role == "heading"):
        return True
    if paragraph.role != "body" or marks.is_editor_note(words):
        return False
    if marks.labelled(words) or marks.is_byline(words) or marks.is_credits(words) or marks.dateline_of(words) == words:
        return True
    if marks.heading_rank(words) is not None or marks.is_caption(words):
        return False
    return marks.like_title(words) and (first or not marks.is_field(words))


def _take_titles(sorting: _Sorting, titles: list[CopyParagraph]) -> None:
    """Says which of the lines at the beginning is the headline, and what the others are."""
    if not titles:
        return
    if "headline" in sorting.front:  # said by a label: what else stands there is words of the page
        sorting.page_words += titles
        _list_page_words(sorting, titles)
        return
    chosen = _headline(titles)
    plain = not _has_page_words(titles)
    for index, paragraph in enumerate(titles):
        long = plain or width_of(paragraph.text) >= _SHORTEST_HEADLINE
        if index == chosen:
            sorting.take("headline", paragraph)
        elif long and index < chosen and (plain or index == chosen - 1):
            sorting.take("kicker", paragraph)
        elif long and index > chosen and (plain or index == chosen + 1):
            sorting.take("deck", paragraph)
        else:
            sorting.page_words.append(paragraph)
    _list_page_words(sorting, sorting.page_words)


def _list_page_words(sorting: _Sorting, words: Sequence[CopyParagraph]) -> None:
    for paragraph in words:
        sorting.leave_out(paragraph, PAGE_WORDS)


def _has_page_words(titles: Sequence[CopyParagraph]) -> bool:
    """Whether words of a page stand among the lines: nameplates, years, places, more lines than a headline has."""
    short = sum(width_of(each.text) < _NAMEPLATE for each in titles)
    return len(titles) > 3 or (short > 0 and (len(titles) > 2 or titles[0].text.strip().isdigit()))


def _headline(titles: Sequence[CopyParagraph]) -> int:
    """Which of *titles* is the headline: what the file says, the largest type, else by length and place."""
    said = [index for index, each in enumerate(titles) if each.role in ("title", "heading")]
    if said:
        return said[0]
    sizes = [each.size or 0.0 for each in titles]
    if all(sizes) and sizes.count(max(sizes)) == 1:
        return sizes.index(max(sizes))
    widths = [width_of(each.text) for each in titles]
    if _has_page_words(titles):
        return widths.index(max(widths))
    if len(titles) == 1 or titles[1].text.strip().startswith("—"):
        return 0
    if len(titles) == 3:
        return 0 if titles[2].text.strip().startswith("—") and widths[0] >= _SHORTEST_HEADLINE else 1
    return 1 if widths[0] < _SHORTEST_HEADLINE <= widths[1] or "·" in titles[0].text else 0


def _take_editor_note(sorting: _Sorting) -> None:
    for index, block in enumerate(sorting.body[:_NOTE_WITHIN]):
        if not isinstance(block, CopyParagraph) or not marks.is_editor_note(block.text.strip()):
            continue
        following = sorting.body[index + 1 : index + 2]
        alone = marks.is_label_alone(block.text.strip())
        note = [block, *(each for each in following if alone and isinstance(each, CopyParagraph))]
        del sorting.body[index : index + len(note)]
        for paragraph in note:
            sorting.take("editor_note", paragraph)
        return


# --- captions and what stands behind the copy -------------------------------------------------------------------------


def _take_captions(sorting: _Sorting) -> None:
    """Captions that stand in the copy by themselves go with the pictures."""
    for block in list(sorting.body):
        if not isinstance(block, CopyParagraph):
            continue
        if block.role == "caption" or (block.role == "body" and marks.is_caption(block.text.strip())):
            sorting.body.remove(block)
            sorting.captions.append(block)


def _captioned(pictures: Sequence[CopyPicture], sorting: _Sorting) -> tuple[CopyPicture, ...]:
    """*pictures* with the captions that stood in the copy, where there are as many; each is listed."""
    bare = [picture for picture in pictures if not picture.caption]
    matched: dict[int, str] = {}
    if bare and len(bare) == len(sorting.captions):
        matched = {id(picture): each.text.strip() for picture, each in zip(bare, sorting.captions, strict=True)}
        sorting.captions = []
    return tuple(
        replace(picture, caption=matched[id(picture)]) if id(picture) in matched else picture for picture in pictures
    )


def _take_end(sorting: _Sorting) -> None:
    """Credits, bylines and words of the page behind the last paragraph of the copy."""
    last = _tail(sorting)
    del sorting.body[len(sorting.body) - len(last) :]
    words: list[CopyParagraph] = []
    for paragraph in last:
        text = paragraph.text.strip()
        if kind := furniture_of(text):
            sorting.leave_out(paragraph, kind)
        elif marks.is_credits(text):
            sorting.take("credits", paragraph)
        elif marks.is_byline(text) or marks.is_names(text):
            sorting.take("byline", paragraph)
        else:
            words.append(paragraph)
    sorting.page_words += words
    _list_page_words(sorting, words)


def _tail(sorting: _Sorting) -> list[CopyParagraph]:
    """The lines at the end that are no copy. Short ones are a list's, unless credits stand before them, or words of the
    page stood at the beginning, too.
    """
    tail: list[CopyParagraph] = []
    for block in reversed(sorting.body[1:][-_NEAR_END:]):
        if not isinstance(block, CopyParagraph) or block.role != "body" or not _stands_behind(block):
            break
        tail.insert(0, block)
    if tail and is_date(tail[-1].text):
        return []  # below a signature
    is_list = sum(marks.is_names(each.text.strip()) for each in tail) > 1
    while tail and not (_is_anchor(tail[0]) or (marks.is_names(tail[0].text.strip()) and not is_list)):
        if sorting.page_words:
            break
        del tail[0]
    return tail


def _is_anchor(paragraph: CopyParagraph) -> bool:
    """Whether *paragraph* is by its own words no copy."""
    words = paragraph.text.strip()
    return marks.is_credits(words) or marks.is_byline(words) or furniture_of(words) is not None


def _stands_behind(paragraph: CopyParagraph) -> bool:
    """Whether a paragraph at the end is no running copy: credits, names, a short line of a page."""
    words = paragraph.text.strip()
    if _is_anchor(paragraph) or marks.is_names(words):
        return True
    return marks.like_heading(words) and width_of(words) < _SHORTEST_HEADLINE and marks.heading_rank(words) is None


# --- lede and closing -------------------------------------------------------------------------------------------------


def _lede(sorting: _Sorting, result: Headed) -> int | None:
    """How many paragraphs the lede has where that is not the first alone: a speech and a rule have none."""
    if "lede" in sorting.front or not result.blocks:
        return None
    first = result.blocks[0]
    if not isinstance(first, CopyParagraph) or first.role != "body":
        return None
    words = first.text.strip()
    part = _called("lede")
    if marks.is_salutation(words) or (words.endswith(("：", ":")) and marks.like_title(words[:-1])):
        sorting.findings.append(notice("intake.guess_no_lede", _place(first), found=quoted(words)))
        return 0
    if found := marks.dateline_of(words):
        sorting.findings.append(notice("intake.left_as_copy", _place(first), part=_called("dateline"), found=found))
    sorting.findings.append(notice("intake.guess_part", _place(first), part=part, found=quoted(words)))
    return None


def _closing(sorting: _Sorting, result: Headed) -> tuple[list[CopyBlock], list[CopyBlock]]:
    """The body and the closing: the last paragraph of a long story that stands outside its sections' order or looks
    ahead."""
    body = list(result.blocks)
    sections = result.sections()
    if len(sections) < _FEWEST_SECTIONS or not body or not isinstance(last := body[-1], CopyParagraph):
        return body, []
    others, own = [len(each) for each in sections[:-1]], len(sections[-1])
    regular = own == others[0] + 1 and len(set(others)) == 1 and others[0] == 1
    if own < 2 or not is_running(last) or not (regular or marks.looks_ahead(last.text.strip())):
        return body, []
    sorting.findings.append(
        notice("intake.guess_part", _place(last), part=_called("closing"), found=quoted(last.text.strip()))
    )
    return body[:-1], [last]

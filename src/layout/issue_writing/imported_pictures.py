"""Reads the pictures of received files, as they are: measured, put to stories, with captions and credits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from layout.checks import Finding
from layout.errors import LayoutError, Message, Place
from layout.intake.caption_lists import CaptionNote, caption_in_name, is_title, note_of
from layout.intake.folder_scan import ReceivedFile
from layout.intake.notices import notice, quoted
from layout.intake.picture_matches import REASONS, MatchedPicture, MatchedStory, match_pictures
from layout.issue_writing.imported_stories import ImportedStory
from layout.pictures.metadata import PictureWords, picture_words

OPEN_CAPTION, OPEN_CREDIT = "（待补图说）", "（待补署名）"
"""What stands for a caption and a credit that nobody wrote: it shows on the proof (``copy.placeholder``)."""

_FROM = {
    "list": Message("图说清单", "a list of captions"),
    "line": Message("稿里的话", "a line of the copy"),
    "embedded": Message("文件里的图注", "the caption in the file"),
    "file": Message("图片文件自带", "the picture's file"),
    "name": Message("文件名", "the name of the file"),
}
_INSIDE = Message("在这篇稿的文件里", "it came in the story's file")


@dataclass(frozen=True, slots=True)
class ImportedPicture:
    """A received picture, put to its story."""

    file: str
    """The name that it has in the issue."""
    received: str
    """What messages call it: its name as it was received."""
    source: Path | bytes = field(repr=False)
    """Its file, or what stood in another file."""
    words: PictureWords
    caption: str
    credit: str
    caption_from: Message | None
    """Where its caption was found; None: nobody wrote one."""
    credit_from: Message | None
    story: int | None
    """The place of its story in the list."""
    why: Message
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A picture before it is put to a story."""

    received: str
    source: Path | bytes
    size: int
    """Its bytes."""
    words: PictureWords
    notes: tuple[tuple[str, str, str], ...] = ()
    """Captions that it may have, the surest first: where each is from, caption, credit."""
    file: ReceivedFile | None = None
    story: int | None = None

    def digest(self) -> bytes:
        """The hash of its bytes."""
        data = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        return sha256(data).digest()


def imported_pictures(
    files: Sequence[ReceivedFile],
    stories: Sequence[ImportedStory],
    lists: Mapping[str, Sequence[CaptionNote]],
    known: Mapping[str, str],
    findings: list[Finding],
) -> tuple[ImportedPicture, ...]:
    """The pictures in *files* and in the files of *stories*, each once. *lists*: captions that were written by hand, by
    their file; *known*: the ids of pictures that the issue has, by their files.

    A picture that cannot be opened is added to *findings*, and so is what was guessed of each, and a caption of none.
    """
    candidates = list(_unlike([*_embedded(stories, findings), *_opened(files, findings)], findings))
    lines = [[note_of(each.text) for each in story.draft.captions] for story in stories]
    findings += _left_over(lists, candidates)
    written = [note for own in (*lists.values(), *lines) for note in own if note.picture]
    candidates = [_noted(each, written) for each in candidates]
    placed = _placed(candidates, stories)
    return tuple(_named(list(_with_lines(placed, lines)), known, findings, stories))


def _opened(files: Sequence[ReceivedFile], findings: list[Finding]) -> Iterator[_Candidate]:
    for file in files:
        data = file.path.read_bytes()
        if (words := _words(file.name, data, findings)) is not None:
            yield _Candidate(file.name, file.path, len(data), words, file=file)


def _embedded(stories: Sequence[ImportedStory], findings: list[Finding]) -> Iterator[_Candidate]:
    for index, story in enumerate(stories):
        for picture in story.draft.pictures:
            if (words := _words(f"{story.file.name}/{picture.name}", picture.data, findings)) is not None:
                notes = (("embedded", picture.caption, picture.credit),) if picture.caption or picture.credit else ()
                yield _Candidate(picture.name, picture.data, len(picture.data), words, notes, story=index)


def _words(name: str, data: bytes, findings: list[Finding]) -> PictureWords | None:
    try:
        return picture_words(data, Place(name))
    except LayoutError as error:
        why = Message(error.message.zh.rstrip("。"), error.message.en.rstrip("."))
        findings.append(notice("intake.file_left", Place(name), hint=error.hint, found=name, why=why))
        return None


def _unlike(candidates: Sequence[_Candidate], findings: list[Finding]) -> Iterator[_Candidate]:
    """Each picture once; one that stood in a Word file and lies in the folder too is the story's."""
    sizes = Counter(each.size for each in candidates)
    seen: dict[bytes | int, str] = {}
    for each in candidates:
        like = each.size if sizes[each.size] == 1 else each.digest()  # those of one size are few
        if like in seen:
            findings.append(notice("intake.same_file", Place(each.received), found=each.received, other=seen[like]))
            continue
        seen[like] = each.received
        yield each


def _left_over(lists: Mapping[str, Sequence[CaptionNote]], candidates: Sequence[_Candidate]) -> Iterator[Finding]:
    """The lines of lists that name no picture that came."""
    for file, notes in lists.items():
        over = [note for note in notes if not any(_is_of(note, each) for each in candidates) and not is_title(note)]
        if over:
            words = "、".join(f"“{quoted(f'{each.picture} {each.caption}'.strip())}”" for each in over[:_LISTED])
            yield notice("intake.caption_left", Place(file), count=len(over), found=words)


_LISTED = 8
"""Lines of a list that are quoted."""


def _noted(candidate: _Candidate, notes: Sequence[CaptionNote]) -> _Candidate:
    """*candidate* with every caption that names it or that its file has."""
    own = [("list", note.caption, note.credit) for note in notes if _is_of(note, candidate)]
    own += candidate.notes
    own.append(("file", candidate.words.caption, _taken_by(candidate.words.credit)))
    if candidate.file is not None:
        own.append(("name", *caption_in_name(candidate.file.stem)))
    return replace(candidate, notes=tuple(each for each in own if each[1] or each[2]))


def _is_of(note: CaptionNote, candidate: _Candidate) -> bool:
    """Whether the note names the picture: by its file, its stem, or the number that its name is or begins with."""
    if not note.picture or candidate.file is None:
        return False
    name, stem = candidate.file.name.rpartition("/")[2], candidate.file.stem
    if note.picture.casefold() in (name.casefold(), stem.casefold()):
        return True
    number = re.match(r"(?:图|图片|照片)?\s*0*(\d{1,3})(?!\d)", stem)
    return note.picture.isdigit() and number is not None and number[1] == str(int(note.picture))


def _taken_by(credit: str) -> str:
    """A name of two to four Han characters as a credit: 张三 摄."""
    return f"{credit} 摄" if re.fullmatch("[\u4e00-\u9fff]{2,4}", credit) and not credit.endswith("摄") else credit


def _placed(candidates: Sequence[_Candidate], stories: Sequence[ImportedStory]) -> list[tuple[_Candidate, Message]]:
    """Each picture with its story, and why it is that one's."""
    matched = [MatchedStory(story.file, story.headline, story.words) for story in stories]
    loose = [each for each in candidates if each.story is None and each.file is not None]
    captions = [MatchedPicture(each.file, each.notes[0][1] if each.notes else "") for each in loose if each.file]
    matches = dict(zip(map(id, loose), match_pictures(captions, matched), strict=True))
    placed: list[tuple[_Candidate, Message]] = []
    for each in candidates:
        match = matches.get(id(each))
        placed.append((each, _INSIDE) if match is None else (replace(each, story=match.story), REASONS[match.reason]))
    return placed


def _with_lines(
    placed: Sequence[tuple[_Candidate, Message]], lines: Sequence[Sequence[CaptionNote]]
) -> Iterator[tuple[_Candidate, Message]]:
    """Pictures without a caption have the captions of their story that name none, where there are as many."""
    given: dict[int, tuple[str, str, str]] = {}
    for index, notes in enumerate(lines):
        bare = [each for each, _ in placed if each.story == index and not any(note[1] for note in each.notes)]
        free = [note for note in notes if not note.picture]
        if bare and len(bare) == len(free):
            given |= {id(each): ("line", note.caption, note.credit) for each, note in zip(bare, free, strict=True)}
    for each, why in placed:
        yield (replace(each, notes=(given[id(each)], *each.notes)) if id(each) in given else each), why


def _named(
    placed: Sequence[tuple[_Candidate, Message]],
    known: Mapping[str, str],
    findings: list[Finding],
    stories: Sequence[ImportedStory],
) -> Iterator[ImportedPicture]:
    """Each picture under a name of its own, and what is said of it."""
    files: set[str] = set()
    ids = {each.casefold() for each in known.values()}
    for each, why in placed:
        source, caption, _ = next((note for note in each.notes if note[1]), ("", "", ""))
        signed, credit = next(((note[0], note[2]) for note in each.notes if note[2]), ("", ""))
        picture = ImportedPicture(
            _free(PurePosixPath(each.received).name, files), each.received, each.source, each.words,
            caption or OPEN_CAPTION, credit or OPEN_CREDIT, _FROM.get(source), _FROM.get(signed), each.story, why,
        )  # fmt: skip
        picture = replace(picture, id=known.get(picture.file) or _free(_id_of(picture.file), ids))
        files.add(picture.file.casefold())
        ids.add(picture.id.casefold())
        findings += _told(picture, stories)
        yield picture


def _id_of(file: str) -> str:
    """A name for the picture, by which pages ask for it."""
    bare = re.sub(r"[^\w-]+", "-", PurePosixPath(file).stem).strip("-_")[:60]
    return bare or "图"


def _free(name: str, taken: set[str]) -> str:
    """*name*, or with a number behind its stem where another has it."""
    stem, dot, suffix = name.rpartition(".")
    stem, ending = (stem, f"{dot}{suffix}") if stem else (name, "")
    number, result = 2, name
    while result.casefold() in taken:
        result, number = f"{stem}-{number}{ending}", number + 1
    return result


def _told(picture: ImportedPicture, stories: Sequence[ImportedStory]) -> Iterator[Finding]:
    place = Place(picture.received)
    if picture.story is not None:
        yield notice(
            "intake.guess_picture", place, picture=picture.received, story=stories[picture.story].headline,
            why=picture.why, found=quoted(picture.caption), source=picture.caption_from or _NOBODY,
            credit=picture.credit, credit_source=picture.credit_from or _NOBODY,
        )  # fmt: skip
    wanting = [
        *([_WANTED[0]] if picture.caption == OPEN_CAPTION else []),
        *([_WANTED[1]] if picture.credit == OPEN_CREDIT else []),
        *([_WANTED[2]] if picture.story is None else []),
    ]
    if wanting:
        zh, en = "、".join(each.zh for each in wanting), ", ".join(each.en for each in wanting)
        yield notice("intake.picture_open", place, picture=picture.received, found=Message(zh, en))


_NOBODY = Message("谁也没写", "nobody wrote one")
_WANTED = (
    Message("图说", "a caption"),
    Message("署名", "a credit"),
    Message("配哪一篇（先放在图少的版）", "its story (it stands where there is room)"),
)


UPRIGHT, UPRIGHT_FOCUS = 1.15, (0.5, 0.36)
"""Height over width from which a picture is upright and no square, and the focal point of one: it is a person's more
often than not, and the face stands in its upper half. What is cropped by its middle, the chest, shows none.
"""


def focus_of(picture: ImportedPicture) -> tuple[float, float] | None:
    """The focal point that is put down for *picture*, for an editor to move; None: its middle is taken."""
    width, height = picture.words.size
    return UPRIGHT_FOCUS if height > UPRIGHT * width else None


def remarks(picture: ImportedPicture, *, made_up: bool) -> tuple[str, ...]:
    """What stands above its keys in issue.toml, in Chinese like all that is written there. Where pages are *made_up* a
    picture of no story is a photograph by itself, and how it would be a story's is told.
    """
    width, height = picture.words.size
    facts = [f"{width}×{height} 像素"]
    facts += ["相机横着拿的，已照方向转正"] if picture.words.turned else []
    facts += ["竖的：焦点先放在上半幅，人脸多在那里"] if focus_of(picture) else []
    facts += [f"{picture.words.day:%Y-%m-%d} 拍"] if picture.words.day else []
    told = f"图说取自{picture.caption_from.zh}" if picture.caption_from else "图说待补"
    if picture.credit_from is not None and picture.credit_from != picture.caption_from:
        told += f"，署名取自{picture.credit_from.zh}"
    how = ('随哪一篇就添一行 story = "稿件.md"；不添，是单幅照片',) if made_up and picture.story is None else ()
    return ("；".join(["，".join(facts), told, f"配稿：{picture.why.zh}"]), *how)

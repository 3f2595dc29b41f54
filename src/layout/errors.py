"""What can go wrong, said to a person: a place, a sentence, a hint, and the exit code.

The whole tree::

    LayoutError            (never raised itself)
    ├── UsageError         2  the command line, or a folder that is not an issue
    ├── SourceError        3  what the newsroom or the designer wrote
    │   ├── ManuscriptError
    │   ├── PlanError      issue.toml and the pages it plans
    │   │   └── PressProfileError
    │   └── TemplateError  Jinja, HTML, CSS of a design
    ├── MaterialError      4  what lies beside the words
    │   ├── FontError
    │   └── PictureError
    ├── PrintError         5  the PDF could not be made or read
    └── Faults             several of the above at once, said together
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import ClassVar, Literal, Self, get_args

Lang = Literal["zh", "en"]

_NUMBER = re.compile("[0-9]{1,9}")


class ExitCode(IntEnum):
    """Every exit code of the command line. ``cli/exit_codes.toml`` has their words, from which the docs are made."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    SOURCE = 3
    MATERIAL = 4
    PRINT = 5
    HANGUP = 129
    """128 + SIGHUP, as the shell counts; so the others that follow."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in both languages of the program."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The sentence in *lang*."""
        return self.zh if lang == "zh" else self.en


Reader = Literal["editor", "designer", "plant", "maker", "operator"]
"""Whoever can mend something: an editor has copy, pictures and issue.toml, a designer the design, a plant its press
profile; the maker of a file that is not ours has the program that wrote it, an operator the machine and the command."""

_LABELS: Mapping[Reader, Message] = MappingProxyType({
    "editor": Message("编辑", "editor"),
    "designer": Message("美编", "designer"),
    "plant": Message("印厂", "plant"),
    "maker": Message("供稿方", "maker of the file"),
    "operator": Message("操作", "operator"),
})  # fmt: skip
_SPOKEN_TO: frozenset[Reader] = frozenset(("editor", "maker", "operator"))
"""Those who read what the program says; a hint that is for one of them alone needs no name before it."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What each reader can do about something; nothing for one who can do nothing."""

    editor: Message | None = None
    designer: Message | None = None
    plant: Message | None = None
    maker: Message | None = None
    operator: Message | None = None

    @property
    def by_reader(self) -> Mapping[Reader, Message]:
        """The sentence of each reader who has one."""
        readers: tuple[Reader, ...] = get_args(Reader)
        return {reader: own for reader in readers if (own := getattr(self, reader)) is not None}

    def lines(self, lang: Lang) -> tuple[str, ...]:
        """A line for each reader; his name stands before it, unless it is for one alone whom the program speaks to."""
        own = self.by_reader
        colon = "：" if lang == "zh" else ": "
        if len(own) == 1 and _SPOKEN_TO.issuperset(own):
            return tuple(each.text(lang) for each in own.values())
        return tuple(f"{_LABELS[reader].text(lang)}{colon}{each.text(lang)}" for reader, each in own.items())

    def text(self, lang: Lang) -> str:
        """The lines as one."""
        lines = self.lines(lang)
        stop, mark = ("。", "；") if lang == "zh" else (".", "; ")
        return mark.join([*(line.removesuffix(stop) for line in lines[:-1]), *lines[-1:]])

    @property
    def zh(self) -> str:
        """The sentence in Chinese where it is for one reader; else the text."""
        return self._sentence("zh")

    @property
    def en(self) -> str:
        """The sentence in English where it is for one reader; else the text."""
        return self._sentence("en")

    def _sentence(self, lang: Lang) -> str:
        own = tuple(self.by_reader.values())
        return own[0].text(lang) if len(own) == 1 else self.text(lang)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the newsroom's or designer's files: a path, a line and a column, both from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)

    @classmethod
    def parse(cls, written: str) -> Place:
        """The place from its ``file:line:column``, as ``str`` writes it: for what was read back from a report."""
        numbers: list[int] = []
        file = written
        while len(numbers) < 2 and (parts := file.rpartition(":"))[0] and _NUMBER.fullmatch(parts[2]):
            file, numbers = parts[0], [int(parts[2]), *numbers]
        return cls(file, *numbers)


class LayoutError(Exception):
    """A fault with a place, a sentence and a hint. The class fixes the exit code, and who can mend it."""

    exit_code: ClassVar[int] = ExitCode.FINDINGS
    reader: ClassVar[Reader] = "operator"
    """Whom a hint is for that does not say."""

    def __init__(
        self,
        message: Message,
        *,
        place: Place | None = None,
        hint: Message | Hint | None = None,
        about: Sequence[str] = (),
    ):
        super().__init__(message.en)
        self.message = message
        self.place = place
        self.hint = Hint(**{self.reader: hint}) if isinstance(hint, Message) else hint
        self.about = tuple(about)
        """What it is about, as the source may write it: names of files, of CSS options. They help to find its place."""

    def faults(self) -> tuple[LayoutError, ...]:
        """The single faults in it: itself, unless it is several."""
        return (self,)

    def at(self, place: Place | None) -> Self:
        """The same fault at *place*."""
        return self.moved(lambda _: place)

    def moved(self, place_of: Callable[[Place | None], Place | None]) -> Self:
        """The same fault at what *place_of* makes of its place; of several faults each."""
        other = type(self).__new__(type(self), *self.args)
        vars(other).update(vars(self), place=place_of(self.place))
        return other

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions made with keywords do not travel between processes by themselves.
        return _again, (type(self), self.args), vars(self)


def _again(kind: type[LayoutError], arguments: tuple[object, ...]) -> LayoutError:
    return kind.__new__(kind, *arguments)


class UsageError(LayoutError):
    """The command was called wrongly."""

    exit_code = ExitCode.USAGE


class SourceError(LayoutError):
    """Manuscript, plan or template at fault."""

    exit_code = ExitCode.SOURCE


class ManuscriptError(SourceError):
    """The copy, or its front matter."""

    reader = "editor"


class PlanError(SourceError):
    """issue.toml, or a page it plans."""

    reader: ClassVar[Reader] = "editor"


class PressProfileError(PlanError):
    """A press profile."""

    reader = "plant"


class TemplateError(SourceError):
    """A design's Jinja, HTML or CSS."""

    reader = "designer"


class MaterialError(LayoutError):
    """A font or picture missing or unreadable."""

    exit_code = ExitCode.MATERIAL


class FontError(MaterialError):
    """A face is missing, or no face has a character."""

    reader = "designer"


class PictureError(MaterialError):
    """A picture is missing, unreadable or not a picture."""

    reader = "editor"


class PrintError(LayoutError):
    """The PDF could not be made, or could not be read back."""

    exit_code = ExitCode.PRINT


class Faults(LayoutError):
    """Several faults found together, each told once. Its exit code is that of the first."""

    def __init__(self, faults: Sequence[LayoutError]):
        if not faults:
            raise ValueError("no faults to report")
        first = faults[0]
        super().__init__(first.message, place=first.place, hint=first.hint)
        # What stands in four frames, or is asked for twice, is one mistake.
        self.several = tuple({(fault.message, fault.place): fault for fault in reversed(faults)}.values())[::-1]
        self.exit_code = first.exit_code  # type: ignore[misc]  # the first fault decides

    def faults(self) -> tuple[LayoutError, ...]:
        """Every single fault, in the order found."""
        return self.several

    def moved(self, place_of: Callable[[Place | None], Place | None]) -> Self:
        """The same faults, each at what *place_of* makes of its place."""
        other = super().moved(place_of)
        other.several = tuple(fault.moved(place_of) for fault in self.several)
        return other


LIKE = 0.6
"""How like two names must be (difflib's ratio) for one to be a slip of the pen for the other."""

LISTED = 20
"""Names that a hint lists, so many that all commands and all keys of a page are among them; of more, those most like
what was asked.
"""


def nearest(asked: str, known: Iterable[str], like: float = LIKE) -> str | None:
    """The one of *known* that was most likely meant: capitals, spaces and hyphens count for nothing."""
    from difflib import get_close_matches  # noqa: PLC0415  (only when something is wrong)

    names = {_bare(name): name for name in reversed(list(known))}
    near = get_close_matches(_bare(asked), names, n=1, cutoff=like)
    return names[near[0]] if near else None


def meant(asked: str, known: Iterable[str], *, before: str = "", otherwise: Message | None = None) -> Message:
    """The hint for a name that does not exist: the nearest one, and what there is.

    *before* is written before the nearest name, *otherwise* is said where nothing is known at all.
    """
    names = list(dict.fromkeys(known))
    if not names:
        return otherwise or Message("这里一个也没有。", "There are none here.")
    near = nearest(asked, names)
    shown = _most_like(asked, names)
    more = Message(f" 等 {len(names)} 个", f" … ({len(names)} in all)") if len(shown) < len(names) else Message("", "")
    zh, en = f"可用的有：{'、'.join(shown)}{more.zh}。", f"There are: {', '.join(shown)}{more.en}."
    if near is None:
        return Message(zh, en)
    return Message(f"是不是 {before}{near}？{zh}", f"Did you mean {before}{near}? {en}")


def _most_like(asked: str, names: list[str]) -> list[str]:
    from difflib import SequenceMatcher  # noqa: PLC0415

    if len(names) <= LISTED:
        return names
    like = {name: SequenceMatcher(None, _bare(asked), _bare(name)).ratio() for name in names}
    return sorted(sorted(names, key=lambda name: -like[name])[:LISTED])


def _bare(name: str) -> str:
    return "".join(character for character in name.casefold() if character not in " -_")


_MACHINE_SAYS = {
    errno.ENOSPC: Message("磁盘满了", "the disk is full"),
    errno.EDQUOT: Message("超出磁盘配额", "the disk quota is used up"),
    errno.EFBIG: Message("文件超过了系统允许的大小", "the file is larger than the system allows"),
    errno.EACCES: Message("没有权限", "permission denied"),
    errno.EPERM: Message("没有权限", "permission denied"),
    errno.EROFS: Message("这里只能读，不能写", "this place is read-only"),
    errno.EMFILE: Message("打开的文件太多", "too many open files"),
    errno.ENOENT: Message("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EISDIR: Message("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: Message("这是文件，不是文件夹", "it is a file, not a folder"),
    errno.ELOOP: Message("链接绕成了圈", "the links lead in a circle"),
    errno.ENAMETOOLONG: Message("文件名太长", "the file name is too long"),
    errno.EIO: Message("磁盘读写出错", "the disk failed"),
}


def unreadable(error: OSError, fault: type[SourceError], file: str) -> SourceError:
    """The fault of a source that is there and cannot be read."""
    why = refusal(error) or Message(str(error.strerror), str(error.strerror))
    message = Message(f"文件打不开：{why.zh}。", f"The file cannot be opened: {why.en}.")
    return fault(message, place=Place(file), hint=Message("查一查文件的读取权限。", "Check that you may read it."))


def refusal(error: OSError) -> Message | None:
    """Why the machine would not read or write a file; None for what we have no words for."""
    return _MACHINE_SAYS.get(error.errno or 0)

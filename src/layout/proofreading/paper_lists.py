"""The lists that a paper keeps, from TOML: wordings, names with posts, institutions, places, words to avoid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from layout.errors import Faults, LayoutError, Message, Place, PlanError, meant
from layout.toml_files.reading import TomlFile, TomlValue, read_toml

LISTS_FOLDER = "proof-lists"
"""The folder in an issue, or beside the file, whose lists are used without being asked for."""
FRAME = "lists_frame.toml"
"""The frame that ``--new-lists`` writes."""


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a row holds; None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether *day* is among them; of copy without a day, whether the row holds without end."""
        if day is None:
            return self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post, or a former name, and when it is held."""

    name: str
    valid: Validity


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list."""

    kind: str
    """"wording", "person", "institution", "place" or "word"."""
    name: str
    """What is right; of a word to avoid, the word."""
    place: Place
    source: str
    valid: Validity
    wrong: tuple[str, ...] = ()
    was: tuple[ListedPost, ...] = ()
    posts: tuple[ListedPost, ...] = ()
    short: tuple[str, ...] = ()
    rank: int | None = None
    use: str = ""
    """Of a word to avoid, what stands for it."""
    forbidden: bool = False


_SHARED = frozenset({"from", "until", "source"})
_KEYS: Mapping[str, Mapping[str, type]] = MappingProxyType({
    "wording": {"right": str, "wrong": list},
    "person": {"name": str, "rank": int, "posts": list, "wrong": list},
    "institution": {"name": str, "short": list, "was": list, "wrong": list},
    "place": {"name": str, "was": list, "wrong": list},
    "word": {"word": str, "use": str, "forbidden": bool},
})  # fmt: skip
_NAMES = ("right", "name", "word")
_TYPES = {
    str: Message("一个字符串", "a string"),
    int: Message("一个整数", "an integer"),
    list: Message("一个列表", "a list"),
    bool: Message("true 或 false", "true or false"),
    date: Message("一个日期，如 2026-01-31", "a date, such as 2026-01-31"),
}


def read_lists(paths: Sequence[Path]) -> tuple[ListRow, ...]:
    """The rows of the lists in *paths*: files, or folders with ``.toml`` files.

    Raises ``PlanError``, or ``Faults`` with several, for a file that cannot be read, a folder without any, and for
    every row that is faulty.
    """
    faults: list[LayoutError] = []
    rows: list[ListRow] = []
    for file in _files(paths):
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            message = Message("名单读不出来。", "The list cannot be read.")
            hint = Message("查一查文件在不在，是不是 UTF-8 编码。", "See that it is there, and in UTF-8.")
            raise PlanError(message, place=Place(file.name), hint=hint) from None
        toml = read_toml(text, file.name, PlanError, tables=tuple(_KEYS))
        rows += _rows(toml, faults)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return tuple(rows)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not found:
            hint = Message(
                "名单是 .toml 文件；样子用 --new-lists 写一份。",
                "Lists are .toml files; --new-lists writes one with invented examples.",
            )
            raise PlanError(
                Message("文件夹里没有名单。", "The folder holds no lists."), place=Place(path.name), hint=hint
            )
        yield from found


def _rows(toml: TomlFile, faults: list[LayoutError]) -> Iterator[ListRow]:
    for kind, values in toml.values.items():
        if kind not in _KEYS or not isinstance(values, list):
            message = Message(f"名单里没有“{kind}”这一类。", f"A list has no kind “{kind}”.")
            faults.append(PlanError(message, place=toml.key(kind), hint=meant(kind, tuple(_KEYS))))
            continue
        for number, row in enumerate(values):
            if isinstance(row, dict) and not (found := list(_faults_of(toml, kind, number, row))):
                yield _row(kind, row, toml.key(kind, number))
            elif isinstance(row, dict):
                faults.extend(found)


def _faults_of(toml: TomlFile, kind: str, number: int, row: Mapping[str, TomlValue]) -> Iterator[LayoutError]:
    keys = _KEYS[kind]
    for key, value in row.items():
        wanted = date if key in ("from", "until") else str if key == "source" else keys.get(key)
        if wanted is None:
            message = Message(f"{kind} 没有“{key}”这一项。", f"{kind} has no key “{key}”.")
            yield PlanError(message, place=toml.key(kind, number, key), hint=meant(key, (*keys, *sorted(_SHARED))))
        elif not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            like = _TYPES[wanted]
            message = Message(f"{key} 要{like.zh}。", f"{key} takes {like.en}.")
            yield PlanError(message, place=toml.value(kind, number, key))
    needed = [next(key for key in _NAMES if key in keys), "source"]
    for key in needed:
        if not row.get(key):
            message = Message(f"这一条没有 {key}。", f"This row has no {key}.")
            hint = (
                Message('写上出处：source = "…"。', 'Say where it is from: source = "…".') if key == "source" else None
            )
            yield PlanError(message, place=toml.key(kind, number), hint=hint)
    for key in ("posts", "was"):
        dated = row.get(key)
        for each in dated if isinstance(dated, list) else ():
            name = "post" if key == "posts" else "name"
            if not isinstance(each, dict) or not isinstance(each.get(name), str):
                example = f'{{ {name} = "…", until = 2024-04-30 }}'
                message = Message(f"{key} 里每一项写成 {example}。", f"Write each of {key} as {example}.")
                yield PlanError(message, place=toml.value(kind, number, key))


def _row(kind: str, row: Mapping[str, TomlValue], place: Place) -> ListRow:
    name = next(str(row[key]) for key in _NAMES if key in row)
    rank = row.get("rank")
    return ListRow(
        kind,
        name,
        place,
        str(row["source"]),
        _validity(row),
        wrong=_words(row.get("wrong")),
        was=_dated(row.get("was"), "name"),
        posts=_dated(row.get("posts"), "post"),
        short=_words(row.get("short")),
        rank=rank if isinstance(rank, int) else None,
        use=str(row.get("use", "")),
        forbidden=row.get("forbidden") is True,
    )


def _validity(row: Mapping[str, TomlValue]) -> Validity:
    first, last = row.get("from"), row.get("until")
    return Validity(first if isinstance(first, date) else None, last if isinstance(last, date) else None)


def _words(value: TomlValue | None) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _dated(value: TomlValue | None, name: str) -> tuple[ListedPost, ...]:
    rows = value if isinstance(value, list) else []
    return tuple(ListedPost(str(each[name]), _validity(each)) for each in rows if isinstance(each, dict))

"""A press profile from its TOML file, with every mistake reported at once and its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from layout import assets
from layout.errors import Faults, LayoutError, Message, Place, PlanError, PressProfileError, meant, nearest
from layout.press.check_levels import TABLE, read_levels
from layout.press.consistency import CONDITION, inconsistent
from layout.press.draft import MADE_HERE, ProfileDraft, with_defaults
from layout.press.icc_file import icc_file
from layout.press.model import PressProfile, Reason
from layout.toml_files.reading import TomlFile, TomlValue, read_toml
from layout.toml_files.validation import sentence

SUFFIX = ".toml"
USUAL_PRESS = "newsprint-coldset"
"""The profile where nothing names one: a PDF by itself does not say where it will be printed; most newspapers are
printed so."""

OWN_KEYS = frozenset({"name", "title", "extends", "override", TABLE})
"""All that a plant's own file may hold besides its overrides: everything else needs a reason."""

EXTENDS = frozenset({"base", "based_on", "from", "parent", "inherit", "inherits", "extend", "include", "uses"})
"""Keys that other programs use for ``extends``."""

UNKNOWN = "unexpected_keyword_argument"
ABSENT = frozenset({"missing", "missing_argument"})
"""Pydantic's names for an unknown key and for a missing one."""


def known_profiles(search: Sequence[Path]) -> tuple[str, ...]:
    """The names of the profiles found in the folders of *search*, sorted."""
    return tuple(sorted({path.stem for folder in search if folder.is_dir() for path in folder.glob(f"*{SUFFIX}")
                         if not path.name.startswith(".") and _looks_like_profile(path)}))  # fmt: skip


def load_profile(name_or_path: str | Path, search: Sequence[Path]) -> PressProfile:
    """The press profile of that name, read from the first folder of *search* that has it.

    A string is a name (``newsprint-coldset``) or a path relative to a folder of *search*, and never leads out of these
    folders: it may come from an issue's plan. A :class:`~pathlib.Path` is taken as it is: it comes from the command
    line.

    A plant's own file begins with ``extends = "newsprint-coldset"`` and changes values by name, each with a reason::

        [[override]]
        key = "ink_limit"
        value = 230
        reason = "印厂来函 2026-01"

    Raises ``PlanError`` for an unknown profile or a faulty file, ``MaterialError`` when its ICC file is missing or is
    not a printer's CMYK profile, ``Faults`` for several of these.
    """
    path = find_profile(name_or_path, search)
    draft = _read(path, search, seen=())
    profile = _validated(draft)
    faults = draft.faults if profile is None else [*draft.faults, *inconsistent(profile, draft.place_within)]
    icc = _icc(draft, search, faults)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    assert profile is not None
    assert icc is not None
    return replace(profile, icc=icc, reasons=tuple(draft.reasons), levels=tuple(draft.levels.values()))


def find_profile(name_or_path: str | Path, search: Sequence[Path]) -> Path:
    """The file of the profile that ``load_profile`` would read. Raises ``PlanError`` for one that is not there."""
    if isinstance(name_or_path, Path):
        if name_or_path.is_file():
            return name_or_path
        return _unknown(str(name_or_path), search)
    file_name = name_or_path if name_or_path.endswith(SUFFIX) else name_or_path + SUFFIX
    for folder in search:
        path = folder / file_name
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return _unknown(name_or_path, search)


def _unknown(name: str, search: Sequence[Path]) -> Path:
    names = known_profiles(search)
    none = Message("一个印厂规范也没有找到，请检查安装。", "No press profile was found at all; check the installation.")
    hint = meant(name, names, otherwise=none)
    folders = list(dict.fromkeys(_called(folder) for folder in search))
    zh, en = "、".join(each.zh for each in folders), ", ".join(each.en for each in folders)
    raise PlanError(
        Message(f"没有名为“{name}”的印厂规范；找过：{zh}。", f"There is no press profile “{name}”; looked in: {en}."),
        hint=hint,
    )


def _called(folder: Path) -> Message:
    """A folder in which profiles were looked for, as messages name it."""
    if folder == assets.press_dir():
        return Message("程序自带的 press/", "the program's own press/")
    return Message(f"{folder}/", f"{folder}/")


def _read(path: Path, search: Sequence[Path], seen: tuple[Path, ...]) -> ProfileDraft:
    """The values of *path*, laid over those of the profile it extends."""
    place = Place(path.name)
    if path.resolve() in seen:
        raise PressProfileError(
            Message("印厂规范互相引用，绕成了圈。", "The press profiles extend one another in a circle."), place=place
        )
    toml = _toml(path)
    values = dict(toml.values)
    places = {".".join(map(str, key)): Place(path.name, line) for key, (line, _) in toml.positions.all_keys()}
    if "extends" not in values:
        rows = values.pop(TABLE, [])
        draft = ProfileDraft(with_defaults(values), {"": place, **places}, path.parent)
        _take_levels(draft, rows, places)
        return draft
    base_name = values["extends"]
    if not isinstance(base_name, str):
        message = Message("extends 应是一个印厂规范的名字。", "extends must be the name of a press profile.")
        raise PressProfileError(message, place=places["extends"])
    base = _read(find_profile(base_name, [path.parent, *search]), search, (*seen, path.resolve()))
    _lay_over(base, values, places, path)
    return base


def _toml(path: Path) -> TomlFile:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PressProfileError(
            Message("印厂规范不是 UTF-8 文本。", "The press profile is not UTF-8 text."), place=Place(path.name)
        ) from error
    return read_toml(text, path.name, PressProfileError, tables=("override", TABLE))


def _lay_over(base: ProfileDraft, values: dict[str, TomlValue], places: dict[str, Place], path: Path) -> None:
    """Puts a plant's own name and overrides into *base*, with their reasons."""
    base.places[""] = Place(path.name)
    for key in sorted(set(values) - OWN_KEYS):
        base.faults.append(
            PressProfileError(
                Message(
                    f"“{key}”不能直接写在引用别人的规范里。",
                    f"“{key}” cannot stand by itself in a profile that extends another.",
                ),
                place=places.get(key, base.places[""]),
                hint=_written_instead(key, base.values),
            )
        )
    for key in ("name", "title"):
        if key in values:
            base.values[key] = values[key]
            base.places.update({name: place for name, place in places.items() if name.split(".")[0] == key})
    overrides = values.get("override", [])
    for number, override in enumerate(overrides if isinstance(overrides, list) else [overrides]):
        at = {part: places.get(f"override.{number}.{part}") for part in ("key", "value", "reason")}
        here = places.get(f"override.{number}") or places.get("override") or base.places[""]
        _override(base, override, {part: place or here for part, place in at.items()}, path)
    base.faults += _condition_left(base, overrides)
    _take_levels(base, values.get(TABLE, []), places)


def _take_levels(draft: ProfileDraft, rows: TomlValue, places: Mapping[str, Place]) -> None:
    """Puts a file's ``[[check]]`` tables into *draft*, with their reasons."""
    for found in read_levels(rows, places, draft.places[""]):
        if isinstance(found, LayoutError):
            draft.faults.append(found)
        else:
            level, reason = found
            draft.levels[level.check] = level
            draft.reasons.append(reason)


def _condition_left(draft: ProfileDraft, overrides: TomlValue) -> list[LayoutError]:
    """A fault where a file changes the ICC file and leaves the words that describe it: they would be another's."""
    changed = [row.get("key") for row in overrides if isinstance(row, dict)] if isinstance(overrides, list) else []
    left = [key for key in CONDITION if key not in changed]
    if "icc" not in changed or not left:
        return []
    zh, en = "、".join(left), ", ".join(left)
    return [PressProfileError(
        Message(f"换了 icc，{zh} 说的还是原来那份。", f"icc is changed, and {en} still describe the other one."),
        place=draft.places["icc"],
        hint=Message(f"给 {zh} 也各写一个 [[override]]：印厂的 RIP 照这些字选特性文件。",
                     f"Write an [[override]] for {en} too: the plant's RIP picks its profile by these words."),
    )]  # fmt: skip


def _override(base: ProfileDraft, override: TomlValue, at: Mapping[str, Place], path: Path) -> None:
    if not isinstance(override, dict) or set(override) != {"key", "value", "reason"} or not override["reason"]:
        message = Message("[[override]] 要有 key、value、reason 三项，reason 不能空。",
                    "An [[override]] needs key, value and reason, and the reason may not be empty.")  # fmt: skip
        base.faults.append(PressProfileError(message, place=at["reason"]))
        return
    key, value = str(override["key"]), override["value"]
    *tables, last = key.split(".")
    table: TomlValue | None = base.values
    for name in tables:
        table = table.get(name) if isinstance(table, dict) else None
    if not isinstance(table, dict) or last not in table or key in OWN_KEYS:
        message = Message(f"印厂规范里没有“{key}”这一项。", f"A press profile has no value named “{key}”.")
        base.faults.append(PressProfileError(message, place=at["key"], hint=meant(key, _keys(base.values))))
        return
    base.reasons.append(Reason(key, table[last], value, str(override["reason"]), str(at["key"])))
    table[last] = value
    base.places[key] = at["value"]
    if key == "icc":
        base.folder = path.parent


def _written_instead(key: str, values: Mapping[str, TomlValue]) -> Message:
    """What to write for a key that cannot stand in a file that extends another."""
    near = nearest(key, [*sorted(OWN_KEYS), *_keys(values)])
    if near is not None and near in OWN_KEYS:
        return Message(f"是不是 {near}？", f"Did you mean {near}?")
    override = Message("请写成 [[override]]，带上 key、value 和 reason。",
                       "Write it as [[override]] with key, value and reason.")  # fmt: skip
    if near is None or near == key:
        return override
    return Message(f"是不是 {near}？{override.zh}", f"Did you mean {near}? {override.en}")


def _keys(values: Mapping[str, TomlValue]) -> list[str]:
    """The dotted names of all values that may be changed."""
    names: list[str] = []
    for key, value in values.items():
        if key not in OWN_KEYS:
            names += [f"{key}.{inner}" for inner in value] if isinstance(value, dict) else [key]
    return names


def _validated(draft: ProfileDraft) -> PressProfile | None:
    """The profile, or None with the faults added to the draft."""
    values: dict[str, object] = dict(draft.values)
    for key in MADE_HERE & set(values):
        message = Message(f"印厂规范里没有“{key}”这一项。", f"A press profile has no value named “{key}”.")
        draft.faults.append(PressProfileError(message, place=draft.place_of(key)))
        del values[key]
    if isinstance(icc := values.get("icc"), str):
        values["icc"] = Path(icc)
    try:
        return _adapter().validate_python(values)
    except ValidationError as error:
        draft.faults += _faults(error, draft)
        return None


@cache
def _adapter() -> TypeAdapter[PressProfile]:
    """What checks the values of a profile: to make it takes longer than to read one."""
    return TypeAdapter(PressProfile)


def _faults(error: ValidationError, draft: ProfileDraft) -> list[LayoutError]:
    """The faults of a profile: unknown keys first, with the nearest known one; then the rest.

    A key that is missing because it is misspelt is one fault, at the misspelt key. A file that was meant to extend
    another, and misspells ``extends``, is one fault too, not one for each key that it lacks.
    """
    faults = [(".".join(str(part) for part in fault["loc"]), fault) for fault in error.errors()]
    unknown = sorted(
        ((name, fault) for name, fault in faults if fault["type"] == UNKNOWN),
        key=lambda each: draft.place_of(each[0]).line or 0,
    )
    meant_by = {name: _meant_by(name) for name, _ in unknown}
    extends = "extends" in meant_by.values()
    found: list[LayoutError] = [
        PressProfileError(_sentence(name, fault), place=draft.place_of(name), hint=_meant_hint(name, meant_by[name]))
        for name, fault in unknown
    ]
    for name, fault in faults:
        missing = fault["type"] in ABSENT
        if fault["type"] != UNKNOWN and not (missing and (extends or name in meant_by.values())):
            found.append(PressProfileError(_sentence(name, fault), place=draft.place_of(name)))
    return found


def _sentence(name: str, fault: ErrorDetails) -> Message:
    return sentence(fault, name, "layout.press", "profile_messages.toml")[0]


def _meant_by(name: str) -> str | None:
    """The key of a profile that the unknown key *name* was most likely meant to be."""
    table, _, key = name.rpartition(".")
    if not table and key.casefold() in EXTENDS:
        return "extends"
    known = [each.rpartition(".")[2] for each in _all_keys() if each.rpartition(".")[0] == table]
    near = nearest(key, known)
    return f"{table}.{near}".lstrip(".") if near is not None else None


def _meant_hint(name: str, near: str | None) -> Message:
    if near == "extends":
        return Message(
            '是不是 extends？引用别人的规范写 extends = "newsprint-coldset"，改动写成 [[override]]。',
            'Did you mean extends? A profile that builds on another has extends = "newsprint-coldset"'
            " and [[override]] for each change.",
        )
    table = name.rpartition(".")[0]
    return meant(name, [each for each in _all_keys() if each.rpartition(".")[0] == table]) if near is None else Message(
        f"是不是 {near}？", f"Did you mean {near}?"
    )  # fmt: skip


def _all_keys() -> Iterator[str]:
    """Every key of a profile, tables by their own name and by those in them."""
    yield from ("extends", "override", TABLE)
    for part in fields(PressProfile):
        if part.name not in MADE_HERE:
            yield part.name
    for name, kind in get_type_hints(PressProfile).items():
        if is_dataclass(kind):
            yield from (f"{name}.{inner.name}" for inner in fields(kind))


def _icc(draft: ProfileDraft, search: Sequence[Path], faults: list[LayoutError]) -> Path | None:
    """The ICC file's absolute path; a fault, and None, when it will not do."""
    name = draft.values.get("icc")
    if not isinstance(name, str) or not name:
        return None
    try:
        return icc_file(name, (draft.folder, *search), draft.place_of("icc"), str(draft.values.get("rendering_intent")))
    except LayoutError as fault:
        faults.append(fault)
        return None


def _looks_like_profile(path: Path) -> bool:
    """Whether a TOML file is a press profile and not an issue's plan, which may lie in the same folder."""
    text = path.read_text("utf-8", errors="replace")
    return "\nextends" in f"\n{text}" or "\nink_limit" in f"\n{text}"


__all__ = ["find_profile", "known_profiles", "load_profile"]

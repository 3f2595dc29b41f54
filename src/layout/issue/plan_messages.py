"""The faults of an issue.toml: place, sentence, and the line to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from layout.errors import Message, Place, PlanError, meant, nearest
from layout.toml_files.positions import KeyPath
from layout.toml_files.reading import TomlFile
from layout.toml_files.validation import message_table, sentence

_MESSAGES = ("layout.issue", "plan_messages.toml")


def faults_of(
    errors: Sequence[ErrorDetails], model: type[BaseModel], raw: object, above: KeyPath, source: TomlFile
) -> Iterator[PlanError]:
    """The faults of one table, *above* being where it stands and *raw* what is written in it.

    A key that is missing because it is misspelt is one mistake, and is reported at the misspelt one.
    """
    unknown = [each["loc"] for each in errors if each["type"] == "extra_forbidden"]
    misspelt = {(*loc[:-1], nearest(str(loc[-1]), keys_of(_holding(model, loc)))) for loc in unknown}
    for details in errors:
        loc = details["loc"]
        path, known = (*above, *loc), keys_of(_holding(model, loc))
        if details["type"] == "extra_forbidden":
            yield _unknown(str(path[-1]), known, source.key(*path))
        elif details["type"] != "missing":
            yield _wrong(details, path, source)
        elif loc not in misspelt:
            yield missing(str(path[-1]), known, raw, (*above, *loc[:-1]), source)


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a table as people write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _holding(model: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel]:
    """The model of the table that the key at *loc* stands in: *model*, or one of the tables in it."""
    for name in loc[:-1]:
        field = model.model_fields.get(str(name))
        inner = next((each for each in get_args(field.annotation) if _is_model(each)), None) if field else None
        model = inner or model
    return model


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _wrong(details: ErrorDetails, path: KeyPath, source: TomlFile) -> PlanError:
    """The fault of a wrong value."""
    message, hint = sentence(details, _spelling(path), "layout.issue", "plan_messages.toml")
    return PlanError(message, place=source.value(*path), hint=hint or _example(path))


def missing(key: str, known: Sequence[str], raw: object, above: KeyPath, source: TomlFile) -> PlanError:
    """The fault of a missing key: its place is where the key belongs, its hint the line to write."""
    table = _table(above)
    line = _sample(table, key)
    message = Message(f"缺 {key} 这一项。", f"{key} is missing.")
    if table != "head":
        name = _header(table)
        hint = Message(f"在这个 {name} 下面加一行：{line.zh}", f"Add a line below this {name}: {line.en}")
        return PlanError(message, place=source.key(*above), hint=hint)
    if key == "page":
        hint = Message(f"在文件末尾加一段：{line.zh}", f"Add at the end of the file: {line.en}")
        return PlanError(message, place=source.end(), hint=hint)
    before = [name for name in known[: known.index(key)] if isinstance(raw, dict) and name in raw]
    if before:
        hint = Message(f"在 {before[-1]} 这一行下面加：{line.zh}", f"Add below this line: {line.en}")
        return PlanError(message, place=source.key(before[-1]), hint=hint)
    hint = Message(f"在文件开头加一行：{line.zh}", f"Add at the head of the file: {line.en}")
    return PlanError(message, place=source.start(), hint=hint)


def _unknown(key: str, known: Sequence[str], place: Place) -> PlanError:
    message = Message(f"没有 {key} 这一项。", f"There is no key {key}.")
    if key in message_table(*_MESSAGES)["sample"]["head"] and "title" in known and key not in known:
        hint = Message(
            f"{key} 写在文件开头，第一个 [ … ] 之前。", f"{key} stands at the head of the file, before the first [ … ]."
        )
        return PlanError(message, place=place, hint=hint)
    return PlanError(message, place=place, hint=meant(key, known))


def _example(path: KeyPath) -> Message:
    """The hint that shows a right line for the value at *path*."""
    keys = [part for part in path if isinstance(part, str)]
    table = _table(path[:-1] if isinstance(path[-1], str) else path)
    if keys[0] == "staff":
        return Message(
            '在 [staff] 里写："责编" = "张三"（键和值都放进引号）。', 'Under [staff] write "editor" = "A. Name".'
        )
    line = _sample(table, keys[-1])
    if keys[-1] in ("page", "picture", "staff", *IN_PAGES):
        return Message(f"写成 {line.zh}。", f"Write {line.en}.")
    name = _header(table)
    where = Message("文件开头", "at the head") if table == "head" else Message(f" {name} 里", f"under {name}")
    return Message(f"在{where.zh}写：{line.zh}", f"Write {where.en}: {line.en}")


IN_PAGES = ("reserve", "pin")
"""The tables that stand in a page's."""


def _table(above: KeyPath) -> str:
    inner = [str(each) for each in above[2:] if each in IN_PAGES] if above[:1] == ("page",) and len(above) > 3 else []
    if inner:
        return inner[0]
    return str(above[0]) if above and above[0] in ("page", "picture") and len(above) > 1 else "head"


def _header(table: str) -> str:
    """How a table begins."""
    return f"[[page.{table}]]" if table in IN_PAGES else f"[[{table}]]"


def _spelling(path: KeyPath) -> str:
    """A path as a person would say it: the last key, with the number of an element."""
    *_, last = path
    if isinstance(last, int) and len(path) > 1:
        return f"{path[-2]} [{last + 1}]"
    return str(last)


def wrong_date(text: str, place: Place | None) -> PlanError | None:
    """The fault of a *text* that is no TOML at *place*, where that is a line that gives the date; None elsewhere."""
    if place is None or place.line is None:
        return None
    line = text.split("\n")[place.line - 1]
    dated = re.match(r"\s*date\s*=\s*", line)
    if dated is None:
        return None
    row, value = message_table(*_MESSAGES)["fault"]["not_a_date"], line[dated.end() :].strip()
    message = Message(row["zh"].format(key="date", value=value), row["en"].format(key="date", value=value))
    hint = Message(row["hint_zh"], row["hint_en"])
    return PlanError(message, place=Place(place.file, place.line, dated.end() + 1), hint=hint)


def _sample(table: str, key: str) -> Message:
    """The line to write for a key."""
    row = message_table(*_MESSAGES)["sample"][table][key]
    return Message(row, row) if isinstance(row, str) else Message(row["zh"], row["en"])

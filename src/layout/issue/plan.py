"""issue.toml as written, checked key by key. Every mistake is found, each with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from layout.errors import LayoutError, Place, PlanError, Said
from layout.issue.locate import Locator

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[^\W_][\w-]*$")]
Share = Annotated[float, Field(ge=0, le=1)]


def _as_date(value: object) -> object:
    """A TOML date, or one in quotes; anything else is no date."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> object:
    raise PydanticCustomError("not_a_date", "not a date")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Head(_Strict):
    """The top of issue.toml. Pages and pictures are checked one by one."""

    title: Words
    date: Annotated[date, BeforeValidator(_as_date)]
    design: Name
    press: Name
    paper: Words | None = None
    staff: dict[str, Words] = {}
    page: Annotated[list[Any], Field(min_length=1)]
    picture: list[Any] = []


class PageTable(_Strict):
    """One ``[[page]]``."""

    number: Annotated[int, Field(ge=1)]
    through: Annotated[int, Field(ge=2)] | None = None
    title: Words
    kind: Name = "page"
    stories: Annotated[list[Words], Field(min_length=1)]
    continues: list[Words] = []
    pictures: list[Words] = []


class PictureTable(_Strict):
    """One ``[[picture]]``."""

    id: Name
    file: Words
    caption: Words
    credit: Words
    focus: Annotated[list[Share], Field(min_length=2, max_length=2)] = [0.5, 0.5]
    alt: Words | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What of issue.toml is as it should be. Pages and pictures keep the number under which they stand in the file."""

    head: Head | None
    pages: Mapping[int, PageTable]
    pictures: Mapping[int, PictureTable]
    whole: bool
    """Whether everything was; only then can one thing be held against another."""


@dataclass(frozen=True, slots=True)
class Source:
    """issue.toml and its lines."""

    file: str
    locator: Locator

    def key(self, *path: str | int) -> Place:
        """Where a key stands."""
        return Place(self.file, *self.locator.key(path))

    def value(self, *path: str | int) -> Place:
        """Where a value begins."""
        return Place(self.file, *self.locator.value(path))


def parse(text: str, file: str) -> tuple[dict[str, Any], Source]:
    """The tables of a TOML text. Raises ``PlanError`` with the line where it is not TOML."""
    try:
        return tomllib.loads(text), Source(file, Locator(text))
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text, file) from None


def check(raw: Mapping[str, Any], source: Source, faults: list[LayoutError]) -> Plan:
    """The plan in *raw*. Mistakes are added to *faults*; what is right is kept, so that it too can be checked."""
    before = len(faults)
    head = _validated(Head, raw, (), source, faults)
    pages = _tables(PageTable, raw, "page", source, faults)
    pictures = _tables(PictureTable, raw, "picture", source, faults)
    return Plan(head, pages, pictures, len(faults) == before)


_Table = TypeVar("_Table", bound=BaseModel)


def _tables(
    model: type[_Table], raw: Mapping[str, Any], name: str, source: Source, faults: list[LayoutError]
) -> dict[int, _Table]:
    rows = raw.get(name)
    checked = {
        number: _validated(model, row, (name, number), source, faults)
        for number, row in enumerate(rows if isinstance(rows, list) else ())
    }
    return {number: table for number, table in checked.items() if table is not None}


def _validated(
    model: type[_Table], raw: object, path: tuple[str | int, ...], source: Source, faults: list[LayoutError]
) -> _Table | None:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults += [_fault(details, model, path, source) for details in error.errors()]
        return None


def _fault(details: ErrorDetails, model: type[BaseModel], above: tuple[str | int, ...], source: Source) -> PlanError:
    path = (*above, *details["loc"])
    key = _spelling(path)
    if details["type"] == "extra_forbidden":
        return _unknown(str(path[-1]), model, source.key(*path))
    facts = {**details.get("ctx", {}), "key": key, "value": details["input"]}
    row = messages().get(details["type"])
    place = source.key(*(above if details["type"] == "missing" else path))
    if row is None:
        said = Said(f"{key} 写得不对（{details['msg']}）。", f"{key} is not right ({details['msg']}).")
        return PlanError(said, place=place)
    said = Said(row["zh"].format(**facts), row["en"].format(**facts))
    hint = Said(row["hint_zh"], row["hint_en"]) if "hint_zh" in row else _table_hint(path)
    return PlanError(said, place=place, hint=hint)


def _spelling(path: tuple[str | int, ...]) -> str:
    """A path as a person would say it: the last key, with the number of an element."""
    *_, last = path
    if isinstance(last, int) and len(path) > 1:
        return f"{path[-2]} [{last + 1}]"
    return str(last)


def _table_hint(path: tuple[str | int, ...]) -> Said:
    where = next((str(part) for part in path if part in ("page", "picture", "staff")), "")
    if where == "staff" or (where and len(path) > 1):
        table = f"[[{where}]]" if where != "staff" else "[staff]"
        return Said(f"见 issue.toml 的 {table}。", f"See {table} in issue.toml.")
    return Said("见 issue.toml 的开头几行。", "See the first lines of issue.toml.")


def _unknown(key: str, model: type[BaseModel], place: Place) -> PlanError:
    known = list(model.model_fields)
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    hint = Said(f"可用的有：{'、'.join(known)}。", f"Known keys: {', '.join(known)}.")
    if near:
        hint = Said(f"是不是 {near[0]}？", f"Did you mean {near[0]}?")
    return PlanError(Said(f"没有 {key} 这一项。", f"There is no key {key}."), place=place, hint=hint)


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Our sentence for each kind of mistake, from ``plan.toml``."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _not_toml(problem: str, text: str, file: str) -> PlanError:
    match = re.search(r"\(at line (\d+), column (\d+)\)", problem)
    lines = text.split("\n")
    number, column = (int(match[1]), int(match[2])) if match else (len(lines), 1)
    line = lines[number - 1] if number <= len(lines) else ""
    place = Place(file, number, column)
    if re.match(r"\s*date\s*=", line):
        row = messages()["not_a_date"]
        value = line.partition("=")[2].strip()
        said = Said(row["zh"].format(key="date", value=value), row["en"].format(key="date", value=value))
        return PlanError(said, place=place, hint=Said(row["hint_zh"], row["hint_en"]))
    reason = re.sub(r"\s*\(at .*\)$", "", problem)
    said = Said(f"issue.toml 的写法有误（{reason}）。", f"issue.toml is not right TOML ({reason}).")
    hint = Said('每行写成 键 = "文字"；数和日期不加引号。', 'Write key = "words"; numbers and dates without quotes.')
    if re.search(r"=\s*[“”＂]|＝", line):
        hint = Said('引号和等号要用半角的 " 和 = 。', 'Use the plain signs " and = .')
    elif key := re.match(r"\s*([^\x00-\x7f]\w*)\s*=", line):
        hint = Said(f'中文的键要放进引号："{key[1]}" = "…"。', f'A Chinese key stands in quotes: "{key[1]}" = "…".')
    elif "overwrite" in reason or "twice" in reason:
        hint = Said("同一个键只写一次。", "Give each key once.")
    return PlanError(said, place=place, hint=hint)

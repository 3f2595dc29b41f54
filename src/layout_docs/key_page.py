"""The page of every key that people write: front matter, issue.toml, design.toml, press profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from layout.design.requirements import KEYS
from layout.errors import Message
from layout.issue.plan import HeadTable, PageTable, PictureTable, PinTable, ReserveTable
from layout_docs.markdown import both, page, section, table, toml, words
from layout_docs.press_tables import all_keys
from layout_docs.story_tables import front_matter

_TABLES: Mapping[str, tuple[type[BaseModel], Message]] = {
    "head": (HeadTable, Message("文件开头", "at the head")),
    "page": (PageTable, Message("[[page]]", "[[page]]")),
    "reserve": (ReserveTable, Message("[[page.reserve]]", "[[page.reserve]]")),
    "pin": (PinTable, Message("[[page.pin]]", "[[page.pin]]")),
    "picture": (PictureTable, Message("[[picture]]", "[[picture]]")),
}


def as_markdown() -> str:
    """The page."""
    return page(
        Message("文件里的键", "Keys of the files"),
        Message(
            "稿件文件头、`issue.toml`、`design.toml`、印厂规范能写的键都在这里，由读它们的程序生成；别的键一律报错，并提示最像的一个。",
            "All keys of front matter, `issue.toml`, `design.toml` and press profiles, made from the program that reads"
            " them; any other is a fault, with the one most like it.",
        ),
        section(Message("稿件文件头", "Front matter of a manuscript"), front_matter()),
        section(Message("issue.toml", "issue.toml"), table(_HEADS, _plan())),
        section(Message("design.toml", "design.toml"), table(["键 key", "值 value", "意思 meaning"], _design())),
        section(
            Message("印厂规范", "Press profiles"),
            "怎么写一个印厂自己的文件，见[印厂规范](../press.md)。",
            "[Press profiles](../press.md) says how to write a plant's own file.",
            all_keys(),
        ),
    )


_HEADS = ["在哪 where", "键 key", "写不写 required", "写法 example", "意思 meaning"]


def _plan() -> Iterator[tuple[str, str, str, str, str]]:
    texts, samples = toml("layout.issue", "plan_keys.toml"), toml("layout.issue", "plan_messages.toml")["sample"]
    for name, (model, where) in _TABLES.items():
        for name_of_field, field in model.model_fields.items():
            key = field.alias or name_of_field
            sample = samples[name][key]
            example = f"`{sample}`" if isinstance(sample, str) else both(words(sample))
            yield (
                f"`{where.zh}`" if name != "head" else both(where),
                f"`{key}`",
                _default(field),
                example,
                _meaning(texts[name][key], field),
            )


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "必写 required"
    if field.default in (None, [], {}):
        return "可不写 optional"
    return f"不写就是 default: `{field.default}`".replace("'", '"')


def _meaning(row: Mapping[str, str], field: FieldInfo) -> str:
    choices = _choices(field.annotation)
    also = f"<br>{' '.join(f'`{choice}`' for choice in choices)}" if choices else ""
    return both(words(row)) + also


def _choices(kind: Any) -> tuple[str, ...]:
    """The words that a value may be, where it may be but a few."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    inner = get_args(kind) if get_origin(kind) in (list, Union, UnionType) else ()
    return next((found for each in inner if (found := _choices(each))), ())


def _design() -> Iterator[tuple[str, str, str]]:
    texts = toml("layout.design", "design_keys.toml")
    for key in KEYS:
        yield f"`{key}`", both(words(texts[key]["kind"])), both(words(texts[key]))

"""Turns a frame's CSS into the composer's setting."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast, get_args, get_type_hints

from layout.composer import Setting
from layout.composer.hyphens import language_of, languages
from layout.composer.model import HangingWord
from layout.design.custom_properties import OptionName, Options
from layout.errors import Message, TemplateError, meant
from layout.page.frames import FrameType


def setting_of(type_: FrameType) -> Setting:
    """The composer's setting for a frame, from its CSS. Raises ``TemplateError`` for a value it does not know."""
    values = dict(_values(type_.options))
    indent = round(type_.indent / type_.size, 6)
    hanging = cast("tuple[HangingWord, ...]", tuple(type_.options.get("hanging-punctuation", "").split()))
    values["hang"] = bool(values.get("hang")) or "allow-end" in hanging or "force-end" in hanging
    return Setting(align=type_.align, indent=indent, hanging=hanging, **values)  # type: ignore[arg-type]  # _value made each by its type


def whole(type_: FrameType, option: OptionName, default: int) -> int:
    """A custom property that is a whole number. Raises ``TemplateError`` for one that is not."""
    value = _value(option, type_.options.get(option, str(default)), int)
    assert isinstance(value, int)
    return value


def share(type_: FrameType, option: OptionName, default: float) -> float:
    """A custom property that is a number. Raises ``TemplateError`` for one that is not."""
    return amount(type_.options, option, default)


def word(type_: FrameType, option: OptionName, choices: object, default: str) -> str:
    """A custom property that is one of the words of *choices*, a ``Literal``. Raises ``TemplateError`` for another."""
    return str(_value(option, type_.options.get(option, default), choices))


def amount(options: Options, option: OptionName, default: float) -> float:
    """A custom property that is a number. Raises ``TemplateError`` for one that is not."""
    value = _value(option, options.get(option, str(default)), float)
    assert isinstance(value, float)
    return value


def _values(options: Options) -> Iterator[tuple[str, object]]:
    known = _kinds()
    for option, text in options.items():
        name = option.replace("-", "_")
        if name in known:
            yield name, _value(option, text, known[name])


@lru_cache
def _kinds() -> dict[str, object]:
    return get_type_hints(Setting)


def _value(option: str, text: str, kind: object) -> object:
    try:
        if option == "hyphenate":
            return language_of(text)
        if kind is bool:
            return {"1": True, "0": False}[text]
        if kind is int:
            return int(_sensible(text))
        if kind in (float, float | None):
            return float(_sensible(text))
        return {str(choice): choice for choice in get_args(kind)}[text]
    except (KeyError, ValueError) as error:
        raise TemplateError(
            Message(f"--{option} 的值“{text[:60]}”不认得", f"--{option} has a value nobody knows: “{text[:60]}”"),
            hint=_hint(option, text, kind),
            about=("letter-spacing", "--tracking") if option == "tracking" else (f"--{option}",),
        ) from error


LARGEST = 1_000_000
"""Of an option's number: lines, characters, shares; no page has so many."""


def _sensible(text: str) -> str:
    """*text*, a number that an option can have. Raises ``ValueError`` for any other."""
    if not -LARGEST <= float(text) <= LARGEST:  # nor one that is none
        raise ValueError(text)
    return text


def _hint(option: str, text: str, kind: object) -> Message:
    if option == "hyphenate":
        known = languages()
        return Message(f"可用：0、1（en_US）、{'、'.join(known)}", f"it can be: 0, 1 (en_US), {', '.join(known)}")
    if kind is bool:
        return meant(text, ["0", "1"])
    if kind in (int, float, float | None):
        return Message("写一个数，如 0.25，不带单位", "write a number, like 0.25, without a unit")
    return meant(text, map(str, get_args(kind)))

"""The choice between the two languages of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from layout.errors import Lang, Message, UsageError

Say = Callable[[str, str], str]
"""Takes a sentence in Chinese and in English, gives the one that was chosen."""

VARIABLE = "LAYOUT_LANG"


def sayer(lang: Lang) -> Say:
    """A function that picks the text in *lang* from a Chinese and an English one."""
    return lambda zh, en: zh if lang == "zh" else en


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[Lang, list[str]]:
    """The language asked for by ``--lang`` (anywhere before a ``--``) or by LAYOUT_LANG, and the arguments without it.

    Read before the command line proper, because the help texts must already be in that language.
    Raises ``UsageError`` for a language that is neither ``zh`` nor ``en``.
    """
    lang: Lang = "en" if environment.get(VARIABLE, "").lower().startswith("en") else "zh"
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return lang, [*rest, argument, *waiting]
        if argument == "--lang":
            lang = _language(next(waiting, ""))
        elif argument.startswith("--lang="):
            lang = _language(argument.removeprefix("--lang="))
        else:
            rest.append(argument)
    return lang, rest


def _language(name: str) -> Lang:
    match name.lower():
        case "zh":
            return "zh"
        case "en":
            return "en"
    raise UsageError(
        Message(f"--lang 只有 zh 和 en 两种，没有“{name}”。", f"--lang is zh or en, not “{name}”."),
        hint=Message("例：layout --lang en build DIR", "For example: layout --lang en build DIR"),
    )

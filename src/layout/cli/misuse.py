"""What to say when a command is typed wrongly."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from typer import TyperException

from layout.errors import Said, UsageError


def misuse(fault: TyperException) -> UsageError:
    """A wrongly typed command, said in both languages. *fault* is what the command line reader raised.

    Its classes are not public, so they are told apart by what they carry, and the last resort is their own sentence.
    """
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "layout"
    hint = Said(f"{path} -h 有用法和例子。", f"{path} -h shows how it is used, with examples.")
    return UsageError(_what_is_wrong(fault), hint=hint)


def _what_is_wrong(fault: TyperException) -> Said:
    option = getattr(fault, "option_name", None)
    name = _typed_name(getattr(fault, "param", None))
    extra = re.search(r"unexpected extra argument\S* \((.*)\)", fault.message)
    if option and hasattr(fault, "possibilities"):
        near = get_close_matches(option, fault.possibilities or [], n=1)
        meant = Said(f"是不是 {near[0]}？", f" Did you mean {near[0]}?") if near else Said("", "")
        return Said(f"没有选项 {option}。{meant.zh}", f"There is no option {option}.{meant.en}")
    if option:
        return Said(f"选项 {option} 少了值，或不该带值。", f"Option {option} lacks its value, or takes none.")
    if hasattr(fault, "param_type"):
        return Said(f"缺少 {name}。", f"{name} is missing.")
    if name:
        return Said(f"{name} 的值不对。", f"{name} has a wrong value: {fault.message}.")
    if extra:
        return Said(f"多了参数：{extra[1]}。", f"There is an argument too many: {extra[1]}.")
    return Said(f"命令用法不对：{fault.message}", f"Wrong usage: {fault.message}")


def _typed_name(parameter: Any) -> str:
    """A parameter as it stands on the command line: an option by its last name, an argument by its word in the help."""
    if parameter is None:
        return ""
    return str(parameter.display_name_raw if parameter.param_type_name == "argument" else parameter.opts[-1])

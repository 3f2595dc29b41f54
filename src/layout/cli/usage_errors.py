"""What to say when a command is typed wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer import TyperException
from typer.core import TyperArgument, TyperOption

from layout.errors import Said, UsageError, meant

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def misuse(fault: TyperException) -> UsageError:
    """A wrongly typed command, said in both languages. *fault* is what the command line reader raised.

    Its classes are not public, so they are told apart by what they carry, and the last resort is their own sentence.
    """
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "layout"
    hint = Said(f"{path} -h 有用法和例子。", f"{path} -h shows how it is used, with examples.")
    option = getattr(fault, "option_name", None)
    if option and hasattr(fault, "possibilities") and context is not None:
        known = [flag for parameter in context.command.params for flag in getattr(parameter, "opts", ())]
        hint = meant(option, [flag for flag in known if flag.startswith("-")] + ["--lang", "--help"])
    return UsageError(_what_is_wrong(fault), hint=hint)


def _what_is_wrong(fault: TyperException) -> Said:
    option = getattr(fault, "option_name", None)
    name = _typed_name(getattr(fault, "param", None))
    extra = re.search(r"unexpected extra argument\S* \((.*)\)", fault.message)
    if option and hasattr(fault, "possibilities"):
        return Said(f"没有选项 {option}。", f"There is no option {option}.")
    if option:
        return Said(f"选项 {option} 少了值，或不该带值。", f"Option {option} lacks its value, or takes none.")
    if hasattr(fault, "param_type"):
        return Said(f"缺少 {name}。", f"{name} is missing.")
    if name:
        return _wrong_value(name, fault)
    if extra:
        return Said(f"多了参数：{extra[1]}。", f"There is an argument too many: {extra[1]}.")
    return Said(f"命令用法不对：{fault.message}", f"Wrong usage: {fault.message}")


def _wrong_value(name: str, fault: TyperException) -> Said:
    """An option or argument with a value that it does not take. Typer leaves the checking to pydantic."""
    errors: Sequence[ErrorDetails] = getattr(fault.__cause__, "errors", list)()
    for error in errors[:1]:
        value, context = error["input"], error.get("ctx", {})
        words = {
            "int_parsing": ("应为整数", "a whole number"),
            "float_parsing": ("应为数", "a number"),
            "greater_than_equal": (f"应不小于 {context.get('ge')}", f"at least {context.get('ge')}"),
            "less_than_equal": (f"应不大于 {context.get('le')}", f"at most {context.get('le')}"),
        }
        if error["type"] in words:
            zh, en = words[error["type"]]
            return Said(f"{name} 是“{value}”，{zh}。", f"{name} is “{value}”, and must be {en}.")
    if "not readable" in fault.message:
        return Said(f"{name} 打不开：没有权限。", f"{name} cannot be opened: permission denied.")
    return Said(f"{name} 的值不对（{fault.message}）。", f"{name} has a wrong value ({fault.message}).")


def _typed_name(parameter: TyperArgument | TyperOption | None) -> str:
    """A parameter as it stands on the command line: an option by its last name, an argument by its word in the help."""
    if parameter is None:
        return ""
    return str(parameter.display_name_raw if isinstance(parameter, TyperArgument) else parameter.opts[-1])

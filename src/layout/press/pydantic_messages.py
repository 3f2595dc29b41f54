"""What pydantic finds wrong with a value, said so that a person at a newspaper understands it."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from layout.errors import Said

_KINDS = {
    "float_type": ("应是数字", "must be a number"),
    "int_type": ("应是整数", "must be a whole number"),
    "int_from_float": ("应是整数", "must be a whole number"),
    "bool_type": ("应是 true 或 false", "must be true or false"),
    "string_type": ("应是一段文字", "must be text"),
    "string_too_short": ("不能空着", "may not be empty"),
    "path_type": ("应是文件名", "must be a file name"),
    "dataclass_type": ("应是一个表", "must be a table"),
    "finite_number": ("应是有限的数字", "must be a finite number"),
    "string_pattern_mismatch": (
        "只能用字母、汉字、数字、点和连字符",
        "may hold only letters, digits, dots and hyphens",
    ),
}
_BOUNDS = {
    "greater_than_equal": ("ge", "不能小于", "may not be less than"),
    "greater_than": ("gt", "应大于", "must be more than"),
    "less_than_equal": ("le", "不能大于", "may not be more than"),
}


def said_of(name: str, fault: ErrorDetails) -> Said:
    """One sentence on the value called *name*."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("missing", "missing_argument"):
        return Said(f"印厂规范缺少“{name}”。", f"The press profile lacks “{name}”.")
    if kind == "unexpected_keyword_argument":
        return Said(f"印厂规范里没有“{name}”这一项。", f"A press profile has no value named “{name}”.")
    value = fault["input"]
    if kind in _BOUNDS:
        key, zh, en = _BOUNDS[kind]
        bound = f"{context[key]:g}"
        return Said(f"“{name}”是 {value}，{zh} {bound}。", f"“{name}” is {value}; it {en} {bound}.")
    if kind == "literal_error":
        choices = str(context.get("expected", ""))
        return Said(f"“{name}”只能是 {choices}。", f"“{name}” must be {choices}.")
    zh, en = _KINDS.get(kind, (f"不合要求（{kind}）", f"will not do ({fault['msg']})"))
    return Said(f"“{name}”{zh}。", f"“{name}” {en}.")

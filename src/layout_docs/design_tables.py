"""The tables for designers: ``data-`` attributes, custom properties, CSS that is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

from layout import assets
from layout.composer import Setting
from layout.design.css_support import TARGETS, Kind, SupportRow, support_rows
from layout.design.custom_properties import OPTIONS
from layout.errors import Message
from layout_docs.markdown import both, page, section, table, toml, words

_UNITS = {
    "em": Message("字（em）", "em"),
    "han": Message("字数", "characters"),
    "lines": Message("行数", "lines"),
    "rows": Message("行数（行格）", "rows of the grid"),
    "share": Message("份额 0–1", "share, 0 to 1"),
    "times": Message("倍", "times"),
    "language": Message("`0` `1` 或语言", "`0`, `1` or a language"),
    "steps": Message("类名 代价, …", "class cost, …"),
}
_ON = {
    "frame": Message("写在框上", "on a frame"),
    "picture": Message("写在图片位上", "on a picture's place"),
    "area": Message("写在版心（`data-fill`）上", "on the type area (`data-fill`)"),
    "step": Message("写在有 `data-step` 的元素上", "on an element with `data-step`"),
    "element": Message("写在任何元素上", "on any element"),
}
_WRITERS = {
    "design": Message("版式", "the design"),
    "program": Message("程序；样式表可用来选择", "the program; style sheets may select by it"),
    "engine": Message("程序内部", "the program, for itself"),
}


def as_markdown() -> str:
    """The page."""
    return page(
        Message("版式的属性与选项", "Attributes and properties of designs"),
        Message(
            "由 `data_attributes.toml`、`custom_properties.toml`、`css_extensions.toml`、`css_support.toml` 生成；"
            "程序读的名字都在这里，没有别的。怎么用见[版式手册](../design-guide.md)。",
            "Made from `data_attributes.toml`, `custom_properties.toml`, `css_extensions.toml` and"
            " `css_support.toml`: the program reads no name that is not here. The"
            " [design guide](../design-guide.md) says how to use them.",
        ),
        section(Message("`data-` 属性", "attributes"), attributes(), *_own_attributes()),
        section(Message("自定义属性", "Custom properties"), properties()),
        section(
            Message("CSS 的扩展", "Extensions of CSS"),
            table(["名 name", "写法 written", "意思 meaning"], _extensions()),
            "颜色详见[颜色](../colour.md)。",
            "More on inks: [colour](../colour.md).",
        ),
        section(
            Message("CSS 的支持", "What CSS does here"),
            "四种地方：字，文字框（`data-flow`）；外，装着文字框的元素；图，图片位（`data-picture`）；盒，别的元素。"
            "✓ 照 CSS 办；报 = 写了不起作用，按行报出；拒 = 删了才排。",
            "Four places: 字 a frame of text (`data-flow`), 外 an element that holds frames, 图 a picture's place"
            " (`data-picture`), 盒 any other element. ✓ as in CSS; 报 no effect, told at its line; 拒 the page is not"
            " set until it is gone.",
            table(["写法 written", "字", "外", "图", "盒", "改成、说明 write instead, notes"], _supported()),
        ),
    )


def attributes(*, all_of_them: bool = True) -> str:
    """The table of ``data-`` attributes; else only those that a design writes, without saying who writes them."""
    rows = toml("layout.design", "data_attributes.toml")
    if all_of_them:
        heads = ["属性 attribute", "谁写 written by", "意思 meaning"]
        return table(heads, ((_attribute(n, r), both(_WRITERS[r["writer"]]), both(words(r))) for n, r in rows.items()))
    written = ((_attribute(n, r), both(words(r))) for n, r in rows.items() if r["writer"] == "design")
    return table(["属性 attribute", "意思 meaning"], written)


def _attribute(name: str, row: Mapping[str, str]) -> str:
    return f'`{name}="{row["value"]}"`' if "value" in row else f"`{name}`"


def _own_attributes() -> Iterator[str]:
    """The attributes of the shipped designs that are theirs alone: their style sheets select by them."""
    known = toml("layout.design", "data_attributes.toml")
    where: dict[str, set[str]] = {}
    for path in sorted(assets.templates_dir().rglob("*.html")):
        for name in re.findall(r"\bdata-[a-z-]+", path.read_text(encoding="utf-8")):
            where.setdefault(name, set()).add(path.relative_to(assets.templates_dir()).as_posix())
    own = {name: files for name, files in sorted(where.items()) if name not in known}
    yield (
        "版式也可以写自己的 `data-` 属性，给自己的样式表选择用；程序不读。随程序的版式里有："
        + "；".join(f"`{name}`（{'、'.join(f'`{file}`' for file in sorted(files))}）" for name, files in own.items())
        + "。"
    )
    yield (
        "A design may have `data-` attributes of its own, for its style sheets to select by; the program does not read"
        " them. Those of the designs that come along: "
        + "; ".join(f"`{name}` ({', '.join(f'`{file}`' for file in sorted(files))})" for name, files in own.items())
        + "."
    )


def properties() -> str:
    """The table of custom properties."""
    rows = toml("layout.design", "custom_properties.toml")
    assert set(rows) == set(OPTIONS)
    return table(
        ["选项 option", "取值 values", "写在哪 where", "意思 meaning"], (_property(*each) for each in rows.items())
    )


def _property(name: str, row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    usual = default(name, row)
    also = f"<br>默认 default: `{usual}`" if usual else ""
    return f"`--{name}`", _values(name, row) + also, both(_ON[row["on"]]), both(words(row))


def _values(name: str, row: Mapping[str, Any]) -> str:
    kind = get_type_hints(Setting).get(name.replace("-", "_"))
    if get_origin(kind) is Literal:
        return " ".join(f"`{choice}`" for choice in get_args(kind))
    if kind is bool:
        return "`0` `1`"
    return both(_UNITS[row["values"]]) if row["values"] in _UNITS else str(row["values"])


def default(name: str, row: Mapping[str, Any]) -> str:
    """What holds where a design says nothing: the composer's own default, else the table's; empty without one."""
    defaults = {field.name: field.default for field in fields(Setting)}
    value = defaults.get(name.replace("-", "_"), row.get("default", ""))
    if isinstance(value, bool):
        return f"{value:d}"
    return (
        "0" if value == "" and name == "hyphenate" else f"{value:g}" if isinstance(value, float) else str(value or "")
    )


def _extensions() -> Iterator[tuple[str, str, str]]:
    for name, row in toml("layout.design", "css_extensions.toml").items():
        yield f"`{name}`", row["written"], both(words(row))


def _supported() -> Iterator[tuple[str, ...]]:
    calls = {"property": "{}", "value": "{}", "pseudo": "::{}", "function": "{}()", "descriptor": "@font-face {{ {} }}"}
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        for row in support_rows(kind):
            names = " ".join(f"`{calls[kind].format(name)}`" for name in row["names"])
            only = "（版式的样式表里 in a design's style sheets）" if row.get("elements") == "page" else ""
            everywhere = kind in ("value", "function") or (kind == "descriptor" and "hint" in row)
            told = [everywhere or target in row.get("told", ()) for target in TARGETS]
            sign = "拒" if row.get("refused") or kind == "function" else "报"
            yield f"{names}{only}", *(sign if each else "✓" for each in told), _remarks(row)


def _remarks(row: SupportRow) -> str:
    parts = (row.get("hint"), row.get("note"))
    told = (words(part) for part in parts if part)
    plain = [
        Message(*(text.replace("{name}", "…").replace("{value}", "…") for text in (each.zh, each.en))) for each in told
    ]
    return "<br>".join(both(each) for each in plain)

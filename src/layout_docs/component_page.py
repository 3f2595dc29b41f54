"""The gallery of components: every one that designs share, and each design's own, with its picture and its parameters.

The pictures are made by ``make components``; a component without one is listed without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from PIL import Image

from layout import assets
from layout.design.components import (
    Component,
    Parameter,
    ParentPage,
    components_of,
    parent_pages,
    shared_components,
    uses_of,
)
from layout.errors import Message
from layout_docs.markdown import both, literal, page, section, table

PICTURES = Path("docs", "components")
"""Where the pictures lie in the repository."""
WIDEST = 760
"""Pixels of a picture at the most: what a page of documentation has room for. Such a one is shown as it is,"""
SHOWN = 3 / 4
"""a smaller one at this share of its pixels, half as large again as it is printed."""
OF_PAGE = "../components"
"""That folder as the page sees it."""


NOT_SHOWN: Mapping[str, Message] = {
    "tabloid-river-front-box": Message(
        "导读的条数少、右栏排不满时才有；样刊的导读正好排满右栏",
        "it is there where the guide has too few entries to fill the rail, which that of the sample does",
    ),
    "tabloid-river-spread-moved": Message(
        "左版放不下侧栏时才有；试排的左版都放得下",
        "it is there where a sidebar has no room on the left page; it had on those that were tried",
    ),
    "lianghui-broadsheet-closing": Message(
        "分栏的版有结尾时才有；试排的分栏版没有结尾",
        "it is there where the arrangement in columns has a closing; those that were tried had none",
    ),
}
"""Those that no page of ``make components`` shows, and why."""


def picture_name(design: str, component: Component) -> str:
    """The file of a component's picture; *design* is nothing of one that is shared."""
    home = design or "shared"
    file = component.file.removeprefix("components/").removesuffix(".html").replace("/", "-")
    return f"{home}-{file}-{component.name}.webp" if component.is_macro else f"{home}-{file}.webp"


def designs() -> list[Path]:
    """The designs that come along."""
    return sorted(path.parent for path in assets.templates_dir().glob("*/design.toml"))


def own_components(design: Path) -> list[Component]:
    """Those of the *design* that it shares with none."""
    return [each for each in components_of(design, assets.templates_dir()) if not each.is_shared]


def as_markdown() -> str:
    """The page."""
    shared = assets.templates_dir()
    uses = {design.name: uses_of(design, shared) for design in designs()}
    parts = [
        section(Message("共用", "Shared"), *_group("", list(shared_components(shared)), uses)),
        *(
            section(Message(f"`{design.name}` 自己的", f"`{design.name}`'s own"), *_group(design.name, own, {}))
            for design in designs()
            if (own := own_components(design))
        ),
        section(
            Message("母版", "Parent pages"),
            '子版写 `{% extends "母版.html" %}`，只填母版留出的块。',
            'A child says `{% extends "parent.html" %}` and fills the blocks that its parent leaves.',
            table(
                ["版式 design", "母版 parent", "块 blocks", "子版 children"],
                (row for design in designs() for row in _parents(design.name, parent_pages(design, shared))),
            ),
        ),
    ]
    return page(
        Message("部件图册", "Gallery of components"),
        Message(
            "由模板里的注释生成，图是从排成的版上裁下来的（`make components`）。"
            "自己的版式：`layout components 文件夹`。"
            "怎么用见[部件](../components.md)。",
            "Made from the comments in the templates; the pictures are cut out of pages that were made"
            " (`make components`). Of a design of your own: `layout components FOLDER`. How to use them:"
            " [components](../components.md).",
        ),
        *parts,
    )


def _group(design: str, components: Sequence[Component], uses: dict[str, frozenset[tuple[str, str]]]) -> Iterator[str]:
    for file, own in groupby(components, key=lambda each: each.file if each.is_macro else str(Path(each.file).parent)):
        name = file if file != "." else design
        yield f"### `{name}`"
        for each in own:
            yield from _component(design, each, uses)


def _component(design: str, component: Component, uses: dict[str, frozenset[tuple[str, str]]]) -> Iterator[str]:
    where = f"`{component.file}:{component.line}`" if component.is_macro else f"`{component.file}`"
    yield f"**`{component.name}`**　{where}"
    name = picture_name(design, component)
    if (path := assets.root() / PICTURES / name).is_file():
        yield f'<img src="{OF_PAGE}/{name}" alt="{component.name}" width="{_width(path)}">'
    elif why := NOT_SHOWN.get(path.stem):
        yield both(literal(Message(f"没有图：{why.zh}。", f"No picture: {why.en}.")))
    if component.is_macro:
        yield f"```jinja\n{component.call}\n```"
    if component.about:
        yield both(literal(component.about))
    if component.parameters:
        heads = ["参数 parameter", "默认 default", "意思 meaning"]
        yield table(heads, (_parameter(each) for each in component.parameters))
    key = (component.file, component.name if component.is_macro else "")
    facts = {
        "类 classes": [f"`.{each}`" for each in component.classes],
        "CSS 变量 variables": [f"`{each}`" for each in component.reads],
        "属性 attributes": [f"`{each}`" for each in component.hooks],
        "谁在用 used by": [f"`{name}`" for name, used in uses.items() if key in used],
    }
    lines = [f"{title}：{' '.join(values)}" for title, values in facts.items() if values]
    if lines:
        yield "<br>".join(lines)


def _width(picture: Path) -> int:
    """As how many pixels of the page a picture is shown: sharp also where the screen has more of them to one."""
    with Image.open(picture) as image:
        return image.width if image.width >= WIDEST else round(image.width * SHOWN)


def _parameter(parameter: Parameter) -> tuple[str, str, str]:
    default = f"`{parameter.default}`" if parameter.default else "必写 needed"
    return f"`{parameter.name}`", default, both(literal(parameter.meaning)) if parameter.meaning else ""


def _parents(design: str, parents: Sequence[ParentPage]) -> Iterator[tuple[str, str, str, str]]:
    for each in parents:
        blocks = " ".join(f"`{name}`" for name in each.blocks)
        children = "<br>".join(
            f"`{file}`（{' '.join(f'`{name}`' for name in filled)}）" for file, filled in each.children.items()
        )
        yield f"`{design}`", f"`{each.file}`", blocks, children

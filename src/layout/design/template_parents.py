"""The parents of a template: those that it extends (Jinja's ``extends``), one behind the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from layout.errors import Place


def template_chain(folders: Sequence[Path], name: str) -> tuple[Place, ...]:
    """The template *name* and its parents, the furthest last: of each the line that names its parent, of the last its
    first line. Each is looked for in *folders*, in order. A parent whose name is worked out ends the chain.
    """
    chain: list[Place] = []
    seen: set[Path] = set()
    while name:
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is None or path in seen:
            break
        seen.add(path)
        name, line = _parent(path.read_text(encoding="utf-8-sig", errors="replace"))
        chain.append(Place(str(path), line))
    return tuple(chain)


def _parent(source: str) -> tuple[str, int]:
    """The name of what a template extends, and the line that says so; nothing, and line 1, where it extends none."""
    try:
        found = Environment(autoescape=True).parse(source).find(nodes.Extends)
    except TemplateSyntaxError:  # told when the page is filled
        return "", 1
    if found is None or not isinstance(found.template, nodes.Const):
        return "", 1
    return str(found.template.value), found.lineno

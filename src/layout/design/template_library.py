"""The templates of a design and those that it shares with others, as Jinja reads them: what each asks of which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

SHARED = "components"
"""The folder of those that designs share."""

Part = tuple[str, str]
"""A file and the name of its macro; of a file that is included nothing behind it."""


class TemplateLibrary:
    """The templates of the design in *folder*, and those in *shared*, the folder that holds ``components``."""

    def __init__(self, folder: Path, shared: Path):
        self._folders = (folder, shared)
        self._jinja = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        self._sources: dict[str, str] = {}
        self._trees: dict[str, nodes.Template | None] = {}

    @cached_property
    def own(self) -> list[str]:
        """The design's own templates, by their names."""
        folder = self._folders[0]
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))

    def source(self, file: str) -> str:
        """The text of a template; nothing where there is no such file."""
        if file not in self._sources:
            path = next((each for home in self._folders if (each := home / file).is_file()), None)
            self._sources[file] = path.read_text(encoding="utf-8-sig", errors="replace") if path else ""
        return self._sources[file]

    def is_broken(self, file: str) -> bool:
        """Whether it cannot be read as a template."""
        return self._tree(file) is None

    def all(self, file: str, kind: type[nodes.Node]) -> Iterator[nodes.Node]:
        """The nodes of that *kind* in a template; none of one that is broken, which is told when a page is filled."""
        tree = self._tree(file)
        return iter(()) if tree is None else tree.find_all(kind)

    def reached(self, files: Iterable[str]) -> tuple[str, ...]:
        """*files* and all that they import, include and extend, and so on, each once and behind what asks for it."""
        found: dict[str, None] = {}
        pending = list(files)
        while pending:
            file = pending.pop(0)
            if file not in found:
                found[file] = None
                tree = self._tree(file)
                pending[:0] = [name for name in meta.find_referenced_templates(tree) if name] if tree else []
        return tuple(found)

    def parts_asked_for(self, files: Iterable[str]) -> frozenset[Part]:
        """The macros and partials that one of *files* imports or includes by name."""
        found: set[Part] = set()
        for file in files:
            for node in self.all(file, nodes.FromImport):
                if isinstance(node, nodes.FromImport) and isinstance(node.template, nodes.Const):
                    names = [each if isinstance(each, str) else each[0] for each in node.names]
                    found |= {(str(node.template.value), name) for name in names}
            includes = [each.template for each in self.all(file, nodes.Include) if isinstance(each, nodes.Include)]
            found |= {(str(each.value), "") for each in includes if isinstance(each, nodes.Const)}
        return frozenset(found)

    def extended(self, file: str) -> list[str]:
        """The parents of a template."""
        found = [node.template for node in self.all(file, nodes.Extends) if isinstance(node, nodes.Extends)]
        return [str(each.value) for each in found if isinstance(each, nodes.Const)]

    def blocks(self, file: str) -> tuple[str, ...]:
        """The blocks that a template has."""
        return tuple(node.name for node in self.all(file, nodes.Block) if isinstance(node, nodes.Block))

    def calls(self, file: str) -> frozenset[str]:
        """The names of all that a template calls, as they are defined where they are imported under another name."""
        other = {
            each[1]: each[0]
            for node in self.all(file, nodes.FromImport) if isinstance(node, nodes.FromImport)
            for each in node.names if not isinstance(each, str)
        }  # fmt: skip
        called = [node.node for node in self.all(file, nodes.Call) if isinstance(node, nodes.Call)]
        names = {node.name if isinstance(node, nodes.Name) else node.attr for node in called
                 if isinstance(node, nodes.Name | nodes.Getattr)}  # fmt: skip
        return frozenset(other.get(name, name) for name in names)

    def _tree(self, file: str) -> nodes.Template | None:
        if file not in self._trees:
            try:
                self._trees[file] = self._jinja.parse(self.source(file))
            except TemplateSyntaxError:
                self._trees[file] = None
        return self._trees[file]

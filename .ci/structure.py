"""Checks the structure of src/layout that no linter knows, and prints its measures.

Fails on a circle of imports, those inside functions included, and on a public class name that means two things.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent / "src" / "layout"


class Import(NamedTuple):
    """One import of a module of ours."""

    target: str
    in_function: bool


class Module(NamedTuple):
    """What a file imports of ours, and the public classes it defines."""

    imports: tuple[Import, ...]
    classes: tuple[str, ...]
    lines: int


def modules(root: Path) -> dict[str, Module]:
    """Every module below *root* by its dotted name."""
    files = {_name(path, root): path for path in sorted(root.rglob("*.py"))}
    return {name: _read(path, files) for name, path in files.items()}


def _name(path: Path, root: Path) -> str:
    parts = [root.name, *path.relative_to(root).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read(path: Path, known: Mapping[str, Path]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    classes = tuple(n.name for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_"))
    return Module(tuple(_imports(tree, known, in_function=False)), classes, text.count("\n"))


def _imports(node: ast.AST, known: Mapping[str, Path], *, in_function: bool) -> Iterator[Import]:
    """The imports below *node*; not those that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ImportFrom) and child.module:
            for alias in child.names:
                module = f"{child.module}.{alias.name}"
                if target := module if module in known else child.module if child.module in known else "":
                    yield Import(target, in_function)
        elif isinstance(child, ast.Import):
            yield from (Import(alias.name, in_function) for alias in child.names if alias.name in known)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            for other in child.orelse:
                yield from _imports(other, known, in_function=in_function)
        else:
            inside = in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from _imports(child, known, in_function=inside)


def circles(found: Mapping[str, Module]) -> list[list[str]]:
    """Groups of modules each of which reaches every other (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for each in found[name].imports:
            if each.target not in order:
                visit(each.target)
                low[name] = min(low[name], low[each.target])
            elif each.target in stack:
                low[name] = min(low[name], order[each.target])
        if low[name] == order[name]:
            at = stack.index(name)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1 or any(each.target == name for each in found[name].imports):
                groups.append(sorted(group))

    sys.setrecursionlimit(10_000)
    for name in found:
        if name not in order:
            visit(name)
    return groups


def longest_chain(found: Mapping[str, Module]) -> list[str]:
    """The longest chain of imports, from the module at its top; the graph has no circle."""
    chains: dict[str, list[str]] = {}

    def chain(name: str) -> list[str]:
        if name not in chains:
            below = [chain(each.target) for each in found[name].imports]
            chains[name] = [name, *max(below, key=len, default=[])]
        return chains[name]

    return max((chain(name) for name in found), key=len)


def shared_names(found: Mapping[str, Module]) -> dict[str, list[str]]:
    """Public class names that two or more modules define, with those modules."""
    homes: dict[str, list[str]] = {}
    for name, module in found.items():
        for each in module.classes:
            homes.setdefault(each, []).append(name)
    return {each: names for each, names in homes.items() if len(names) > 1}


def main() -> int:
    """Prints the measures and every fault; 1 where there is a fault."""
    found = modules(ROOT)
    faults = [f"circle of imports: {' '.join(group)}" for group in circles(found)]
    faults += [f"class {each} is defined in {', '.join(names)}" for each, names in shared_names(found).items()]
    late = {
        name: sum(each.in_function for each in module.imports)
        for name, module in found.items()
        if not name.startswith("layout.cli")
    }
    print(f"{len(found)} modules, {sum(module.lines for module in found.values())} lines,", end=" ")
    print(f"{sum(late.values())} imports of ours inside functions outside cli", end="")
    print(
        "" if faults and faults[0].startswith("circle") else f", longest chain of imports {len(longest_chain(found))}"
    )
    if "--list" in sys.argv:
        print(*(f"  {count} in {name}" for name, count in late.items() if count), sep="\n")
        print(*(longest_chain(found) if not circles(found) else ()), sep="\n")
    print(*faults, sep="\n" if faults else "")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())

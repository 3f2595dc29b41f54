"""The mutants of a source file: small faults put into its functions one at a time by mutmut's operators.

Only what runs when a function is called is mutated: no annotations, defaults or decorators, no constants of a module,
which have their reasons beside them. The words of messages stay as they are: other tests hold them, in both languages.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

WORDS = frozenset({"Message"})
"""Calls that hold words for people."""

HARMLESS = frozenset({"len", "isinstance", "cast"})
"""Calls in which every mutant either raises at once or does nothing (mutmut's own runner skips the first two)."""


@dataclass(frozen=True)
class Source:
    """A file that is mutated: its text, tree and compiled code."""

    path: Path
    module: str
    text: str
    tree: cst.Module

    @cached_property
    def code(self) -> CodeType:
        """The file as it stands, compiled."""
        return compile(self.text, str(self.path), "exec", dont_inherit=True)


@dataclass(frozen=True)
class Mutation:
    """One fault in one function. ``number`` counts those of the function."""

    source: Source
    function: str
    number: int
    lines: range
    """Lines of the file of which one runs wherever the fault has an effect."""
    node: cst.CSTNode
    by: cst.CSTNode

    @cached_property
    def text(self) -> str:
        """The whole file with the fault in it."""
        changed = self.source.tree.visit(_Replacing(self.node, self.by))
        assert isinstance(changed, cst.Module)
        return changed.code

    @cached_property
    def change(self) -> tuple[str, str]:
        """The lines that differ, before and after, without their indent: what a list of survivors names it by."""
        lines = list(difflib.unified_diff(self.source.text.splitlines(), self.text.splitlines(), n=0, lineterm=""))[3:]
        gone, new = ([line[1:].strip() for line in lines if line.startswith(sign)] for sign in "-+")
        return " ".join(gone), " ".join(new)

    @cached_property
    def code(self) -> CodeType | None:
        """The function's new code; nothing where it is the old one again, or does not compile."""
        try:
            new = compile(self.text, str(self.source.path), "exec", dont_inherit=True)
        except SyntaxError:
            return None
        found, old = code_of(new, self.function), code_of(self.source.code, self.function)
        return None if found is None or old is None or _essence(found) == _essence(old) else found

    def order(self, seed: str) -> str:
        """What a sample is drawn by: the mutants with the least of these. Edits of other functions change nothing."""
        return hashlib.sha256(f"{seed} {self.source.module} {self.function} {self.number}".encode()).hexdigest()


def read_source(path: Path, module: str) -> Source:
    """The source file at *path*."""
    text = path.read_text(encoding="utf-8")
    return Source(path, module, text, MetadataWrapper(cst.parse_module(text)).module)


def mutations_of(source: Source) -> list[Mutation]:
    """Every mutation of a file, in its order."""
    visitor = _Mutating(source)
    MetadataWrapper(source.tree, unsafe_skip_copy=True).visit(visitor)
    return visitor.found


class _Mutating(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, source: Source):
        super().__init__()
        self.found: list[Mutation] = []
        self._source = source
        self._names: list[str] = []
        self._inside = 0
        self._number = 0
        self._first = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.ClassDef | cst.FunctionDef) and not self._inside:
            self._names.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            self._number = self._number if self._inside else 0
            self._inside += 1
            node.body.visit(self)
            self._inside -= 1
            return False
        if isinstance(node, cst.Annotation | cst.Decorator):
            return False
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in WORDS | HARMLESS:
            return False
        if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
            self._first = self.get_metadata(PositionProvider, node).start.line
        if self._inside:
            self._mutate(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.ClassDef | cst.FunctionDef) and not self._inside:
            self._names.pop()

    def _mutate(self, node: cst.CSTNode) -> None:
        position = self.get_metadata(PositionProvider, node, None)
        lines = range(self._first, (position.end.line if position else self._first) + 1)
        for kind, operator in mutation_operators:
            for by in operator(node) if isinstance(node, kind) else ():
                self.found.append(Mutation(self._source, ".".join(self._names), self._number, lines, node, by))
                self._number += 1


class _Replacing(cst.CSTTransformer):
    """Puts one node in the place of another."""

    def __init__(self, node: cst.CSTNode, by: cst.CSTNode):
        super().__init__()
        self._node = node
        self._by = by

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node is not self._node

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> cst.CSTNode:
        return self._by if original_node is self._node else updated_node


def code_of(code: CodeType, function: str) -> CodeType | None:
    """The code of a function, by its qualified name, in that of its module."""
    return next((each for each in nested_in(code) if each.co_qualname == function), None)


def nested_in(code: CodeType) -> Iterator[CodeType]:
    """The code of every function and class in *code*."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from nested_in(each)


def _essence(code: CodeType) -> tuple[object, ...]:
    """What decides what a function does, not where it stands."""
    constants = tuple(
        _essence(each) if isinstance(each, CodeType) else (type(each), repr(each)) for each in code.co_consts
    )
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars

"""The Jinja in which templates run: nothing undefined passes in silence, no loop and no macro runs for ever.

That is against slips, not against malice: what ``~`` joins and what filters make is not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError, nodes
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from layout.errors import TemplateError
from layout.manuscript.encoding import decode

STEPS = 1_000_000
"""Rounds of loops and calls for one page: the richest design takes some thousands."""

LONGEST = 1_000_000
"""Characters or items that an operator, a call or a ``range`` may make."""

MAX_POWER = 64


class TooMuch(Exception):
    """The template would run for ever, or fill the memory."""


class Missing(UndefinedError):
    """Something that is not there was used: *name* of *obj*, or the variable *name* where *obj* is ``missing``."""

    def __init__(self, message: str | None, *, obj: Any, name: Any):
        super().__init__(message)
        self.obj = obj
        self.name = name


class Absent(StrictUndefined):
    """What Jinja puts in the place of something that is not there; it remembers what was asked of what."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError):
        made: Any = partial(Missing, obj=obj, name=name) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, made)


class _Loader(FileSystemLoader):
    """Reads templates as the manuscripts are read, so that another encoding is told with its line."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            source, path, fresh = super().get_source(environment, template)
        except UnicodeDecodeError:
            for folder in self.searchpath:
                path = str(Path(folder, template))
                if Path(path).is_file():
                    decode(Path(path).read_bytes(), path, TemplateError)
            raise
        return source.removeprefix("\ufeff"), path, fresh


class Sandbox(SandboxedEnvironment):
    """Jinja with a measure: ``render`` gives up after ``STEPS``."""

    intercepted_binops = frozenset(["*", "**", "%", "+"])

    def __init__(self, folders: list[Path]):
        super().__init__(
            loader=_Loader(folders), undefined=Absent, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._left = STEPS
        self.globals["range"] = _range

    def filled(self, name: str, context: Mapping[str, Any]) -> str:
        """The template *name* filled. Raises what Jinja raises, ``Missing``, ``TooMuch``."""
        self._left = STEPS
        return "".join(self.get_template(name).generate(context))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template's tree, every loop going through ``rounds``."""
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            rounds = nodes.EnvironmentAttribute("rounds", lineno=loop.lineno)
            loop.iter = nodes.Call(rounds, [loop.iter], [], None, None, lineno=loop.lineno)
        return tree

    def rounds(self, found: Iterable[Any]) -> Iterator[Any]:
        """What a loop goes over, counted."""
        for each in found:
            self._spend(1)
            yield each

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:
        """Every call that a template makes."""
        self._spend(1)
        return _measured(super().call(context, obj, *args, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The operators that could fill the memory."""
        if operator == "**" and isinstance(right, int | float) and abs(right) > MAX_POWER:
            raise TooMuch
        for one, other in ((left, right), (right, left)):
            if operator == "*" and isinstance(one, Sized) and isinstance(other, int) and len(one) * other > LONGEST:
                raise TooMuch
        return _measured(super().call_binop(context, operator, left, right))

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooMuch


def _range(*numbers: int) -> range:
    found = range(*numbers)
    # Not len(found): that has a limit of its own.
    if (found.stop - found.start) // found.step > LONGEST:
        raise TooMuch
    return found


def _measured(made: Any) -> Any:
    if isinstance(made, str | bytes | list | tuple) and len(made) > LONGEST:
        raise TooMuch
    return made

"""The Jinja in which templates run: nothing undefined passes in silence, nothing runs for ever."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sized
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from layout.errors import TemplateError
from layout.manuscript.encoding import decode

STEPS = 1_000_000
"""Rounds of loops, calls and pieces of text for one page: the richest design takes some thousands."""

LONGEST = 1_000_000
"""Characters or items that a ``*`` may make."""

DEEPEST = 50
"""Templates and macros inside one another."""

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

    intercepted_binops = frozenset(["*", "**"])

    def __init__(self, folders: list[Path]):
        super().__init__(
            loader=_Loader(folders), undefined=Absent, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._left = STEPS
        self.globals["range"] = self._range

    def filled(self, name: str, context: Mapping[str, Any]) -> str:
        """The template *name* filled. Raises what Jinja raises, ``Missing``, ``TooMuch``."""
        self._left = STEPS
        return "".join(self._pieces(name, context))

    def _pieces(self, name: str, context: Mapping[str, Any]) -> Iterator[str]:
        for piece in self.get_template(name).generate(context):
            self._spend(1)
            yield piece

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """Every template that one asks for; of those inside one another no more than ``DEEPEST``."""
        frame: FrameType | None = sys._getframe(1)
        deep = 0
        while frame is not None:
            deep += frame.f_code.co_filename.endswith(".html")
            frame = frame.f_back
        if deep > DEEPEST:
            raise TooMuch
        return super().get_template(name, parent, globals)

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:
        """Every call that a template makes."""
        self._spend(1)
        return super().call(context, obj, *args, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """``*`` and ``**``, which could fill the memory."""
        if operator == "**" and isinstance(right, int | float) and abs(right) > MAX_POWER:
            raise TooMuch
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Sized) and isinstance(other, int) and len(one) * other > LONGEST:
                raise TooMuch
        return super().call_binop(context, operator, left, right)

    def _range(self, *numbers: int) -> range:
        found = range(*numbers)
        # Not len(found): that has a limit of its own.
        self._spend(max(0, (found.stop - found.start) // found.step))
        return found

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooMuch

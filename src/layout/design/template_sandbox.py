"""The sandbox in which templates run: they see text and numbers only, undefined names are errors, steps are counted.

What a template may read and call is listed here by kind of value; whatever is not listed is refused. The limits on its
work are against mistakes, not against malice: what ``~`` joins and what filters make is not measured.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
from functools import partial
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined, UndefinedError, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.loaders import split_template_path
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from layout.design.template_records import TemplateRecord, chain
from layout.errors import TemplateError
from layout.manuscript.encoding import decode

T = TypeVar("T")

STEPS = 1_000_000
"""Rounds of loops and calls for one page: the richest design takes some thousands."""

LONGEST = 1_000_000
"""Characters or items that an operator, a call or a ``range`` may make."""

MAX_POWER = 64

_OF_TABLE = frozenset({"get", "items", "keys", "values"})
_OF_TEXT = frozenset(name for name in dir(str) if not name.startswith("_")) - {"encode", "maketrans"}
"""Not ``encode``: bytes are neither text nor number."""
_OF_LOOP = frozenset(name for name in dir(LoopContext) if not name.startswith("_"))
_OF_MACRO = frozenset({"name", "arguments", "caller", "catch_kwargs", "catch_varargs"})
_OF_RANGE = frozenset({"start", "stop", "step"})


class TooMuch(Exception):
    """The template exceeds a limit: it would run for ever, or fill the memory."""


class LeadsOut(Exception):
    """The template *name* is a link, or lies behind one, that leads out of the folder it is looked for in."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


class Missing(UndefinedError):
    """Something that is not there was used: *name* of *obj*, or the variable *name* where *obj* is ``missing``."""

    def __init__(self, message: str | None, *, obj: object, name: object):
        super().__init__(message)
        self.obj = obj
        self.name = name


class Absent(StrictUndefined):
    """The value of a name that does not exist; it remembers which name was looked up in what."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ):
        made = partial(Missing, obj=obj, name=name) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, made)  # type: ignore[arg-type]  # Jinja only calls it


class _Loader(FileSystemLoader):
    """Reads templates as manuscripts are read, so that a wrong encoding is a fault with its line.

    No file outside the folders is opened: ``LeadsOut`` is raised for a link that leads there.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        self._stay_inside(template)
        try:
            source, path, fresh = super().get_source(environment, template)
        except UnicodeDecodeError:
            for folder in self.searchpath:
                path = str(Path(folder, template))
                if Path(path).is_file():
                    decode(Path(path).read_bytes(), path, TemplateError)
            raise
        return source.removeprefix("\ufeff"), path, fresh

    def _stay_inside(self, template: str) -> None:
        # The folder may be a link itself: issue.toml names it. realpath, for it bears links that go in a circle.
        for folder in self.searchpath:
            path = Path(folder, *split_template_path(template))
            if path.is_file():
                if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
                    raise LeadsOut(template)
                return


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment that allows only what is listed, and stops after ``STEPS`` steps."""

    intercepted_binops = frozenset(["*", "**", "%", "+"])

    def __init__(self, folders: list[Path]):
        super().__init__(
            loader=_Loader(folders), undefined=Absent, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._left = STEPS
        # All the functions there are. Not Jinja's lipsum, cycler and joiner, nor its filter random: by chance, or
        # with a memory, the same page would not come out the same.
        self.globals = {"chain": chain, "range": _range, "dict": dict, "namespace": Namespace}
        del self.filters["random"]

    def filled(self, name: str, context: Mapping[str, object]) -> str:
        """The template *name* filled. Raises what Jinja raises, ``Missing``, ``TooMuch``."""
        self._left = STEPS
        return "".join(self.get_template(name).generate(context))

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """The template's code, every loop going through ``rounds``, every method of a table through ``method``."""
        for loop in list(source.find_all(nodes.For)):
            rounds = nodes.EnvironmentAttribute("rounds", lineno=loop.lineno)
            loop.iter = nodes.Call(rounds, [loop.iter], [], None, None, lineno=loop.lineno)
        for call in list(source.find_all(nodes.Call)):
            if isinstance(call.node, nodes.Getattr) and call.node.attr in _OF_TABLE:
                owner, called, line = call.node.node, call.node.attr, call.lineno
                method = nodes.EnvironmentAttribute("method", lineno=line)
                call.node = nodes.Call(method, [owner, nodes.Const(called)], [], None, None, lineno=line)
        return super()._generate(source, name, filename, defer_init)

    def getattr(self, obj: object, attribute: str) -> object:
        """``obj.attribute``. Of a table the key: ``words.items`` is the word of that name."""
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            if attribute not in _OF_TABLE:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """``obj[argument]``. Of a table nothing but what is under that key."""
        if isinstance(obj, Mapping):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=argument)  # type: ignore[arg-type]  # a key may be a number
        return super().getitem(obj, argument)

    def method(self, obj: object, name: str) -> object:
        """What ``obj.name( )`` calls. Nothing in a table can be called, so of a table it is the method."""
        return getattr(obj, name) if isinstance(obj, Mapping) else self.getattr(obj, name)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read ``obj.attr``."""
        del value
        if isinstance(obj, Namespace):  # which holds what the template has put there, and answers for nothing else
            return not attr.startswith("_")
        return attr in _open_names(obj)

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call *obj*; a value that is not callable fails by itself."""
        if not callable(obj) or isinstance(obj, Macro | LoopContext | BlockReference | Undefined):
            return True
        if any(obj is each for each in self.globals.values()):
            return True
        # Jinja wraps str.format in a function of its own.
        method = getattr(obj, "__wrapped__", obj) if isinstance(obj, FunctionType) else obj
        if not isinstance(method, MethodType | BuiltinMethodType):
            return False
        owner = method.__self__
        return method.__name__ in (("rounds", "method") if owner is self else _open_names(owner))

    def rounds(self, found: Iterable[T]) -> Iterator[T]:
        """The items of a loop; each is counted as a step."""
        for each in found:
            self._spend(1)
            yield each

    def call(self, context: Context, obj: object, /, *args: object, **named: object) -> object:
        """Makes a call for a template, and counts it as a step."""
        self._spend(1)
        return _measured(super().call(context, obj, *args, **named))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Works out an operator whose result could fill the memory; raises ``TooMuch`` where it would."""
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


def _open_names(obj: object) -> Collection[str]:
    """The attributes of *obj* that a template may read, or call where they are methods."""
    names: Collection[str] = ()
    match obj:
        case TemplateRecord():
            names = type(obj).__match_args__
        case str():
            names = _OF_TEXT
        case Mapping():
            names = _OF_TABLE
        case list() | tuple():
            names = ("count", "index", *getattr(obj, "_fields", ()))  # | groupby makes tuples with named fields
        case range():
            names = _OF_RANGE
        case LoopContext():
            names = _OF_LOOP
        case Macro():
            names = _OF_MACRO
        case BlockReference():
            names = ("super",)
        case TemplateModule():
            names = [name for name in vars(obj) if not name.startswith("_")]
    return names


def _range(*numbers: int) -> range:
    found = range(*numbers)
    # Not len(found): that has a limit of its own.
    if (found.stop - found.start) // found.step > LONGEST:
        raise TooMuch
    return found


def _measured(made: object) -> object:
    if isinstance(made, str | bytes | list | tuple) and len(made) > LONGEST:
        raise TooMuch
    return made

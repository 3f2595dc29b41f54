"""The sandbox in which templates run: they see text and numbers only, undefined names are errors, work is counted.

What a template may read and call is listed here by kind of value; whatever is not listed is refused. What it costs is
counted by ``template_budget``: ``Sandbox`` sends every loop, call, filter, test, operator, comparison, list and printed
value through it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial, wraps
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import TypeGuard, TypeVar

from jinja2 import StrictUndefined, Undefined, UndefinedError, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from layout.design.absent_records import AbsentRecords, DraftTable
from layout.design.compiled_templates import CompiledTemplates
from layout.design.qr_code import qr_code
from layout.design.template_budget import (
    LONGEST,
    STEPS,
    Limit,
    PageSize,
    TemplateBudget,
    TooMuch,
    check_power,
    check_product,
)
from layout.design.template_context import chain
from layout.design.template_loader import TemplateLoader
from layout.design.template_records import TemplateRecord

T = TypeVar("T")

_OF_TABLE = frozenset({"get", "items", "keys", "values"})
_OF_TEXT = frozenset(name for name in dir(str) if not name.startswith("_")) - {
    "encode", "maketrans", "translate", "expandtabs",
}  # fmt: skip
"""Not ``encode``: bytes are neither text nor number. Not those whose result may be any multiple of what is given."""
_OF_LOOP = frozenset(name for name in dir(LoopContext) if not name.startswith("_"))
_OF_MACRO = frozenset({"name", "arguments", "caller", "catch_kwargs", "catch_varargs"})
_OF_RANGE = frozenset({"start", "stop", "step"})


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


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment that allows only what is listed, and no more of it than ``TemplateBudget`` has."""

    intercepted_binops = frozenset(["*", "**", "%", "+"])

    def __init__(self, folders: list[Path], *, draft: bool = False):
        super().__init__(
            loader=TemplateLoader(folders), undefined=Absent, autoescape=True, trim_blocks=True, lstrip_blocks=True,
            finalize=self.measured,
            # A page is filled once: to work out beforehand what is constant takes longer than it saves.
            optimized=False, bytecode_cache=CompiledTemplates(type(self)),
        )  # fmt: skip
        self._budget = TemplateBudget()
        self._draft = draft
        self._absent: AbsentRecords | None = None
        # All the functions there are. Not Jinja's lipsum, cycler and joiner, nor its filter random: by chance, or
        # with a memory, the same page would not come out the same.
        self.globals = {"chain": chain, "qr_code": qr_code, "range": _range, "dict": dict, "namespace": Namespace}
        del self.filters["random"]
        for table in (self.filters, self.tests):
            table.update({name: self._counted(function) for name, function in table.items()})  # type: ignore[arg-type]

    def filled(self, name: str, context: Mapping[str, object]) -> str:
        """The template *name* filled. Raises what Jinja raises, ``Missing``, ``TooMuch``."""
        self._budget, size = TemplateBudget(), PageSize()
        self._absent = AbsentRecords(context.get("pictures")) if self._draft else None
        template = self.get_template(name)
        pieces = template.generate(context)
        filled: list[str] = []
        for piece in pieces:
            filled.append(piece)
            try:
                size.add(piece)
                piece.encode()
            except (TooMuch, UnicodeEncodeError) as error:
                pieces.throw(error)  # type: ignore[attr-defined]  # a generator, which knows the line that it is at
        return "".join(filled)

    def concat(self, pieces: Iterable[str]) -> str:
        """What a block, a macro or ``{% set %}`` … ``{% endset %}`` has printed. Jinja calls it."""
        found: list[str] = []
        size = 0
        for piece in pieces:
            found.append(piece)
            size += len(piece)
            if size > LONGEST:
                raise TooMuch(Limit.SIZE)
        self._budget.take("".join(found))
        return "".join(found)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """The template's code, every loop going through ``rounds``, every method of a table through ``method``.

        What is joined by ``~`` or compared, and every list and table that is written down, goes through ``measured``.
        """
        _count_work(source)
        budget, self._budget = self._budget, TemplateBudget()
        try:
            return super()._generate(source, name, filename, defer_init)
        finally:
            self._budget = budget  # what is constant is worked out here, and only where it was not compiled before

    def getattr(self, obj: object, attribute: str) -> object:
        """``obj.attribute``. Of a table the key: ``words.items`` is the word of that name."""
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            if attribute not in _OF_TABLE:
                return self._missed(obj, attribute)
        value = super().getattr(obj, attribute)
        if self._absent is not None:
            self._absent.read(obj, attribute, value)
        return value

    def getitem(self, obj: object, argument: object) -> object:
        """``obj[argument]``. Of a table nothing but what is under that key."""
        if isinstance(obj, Mapping):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                return self._missed(obj, argument)
        if isinstance(obj, tuple) and isinstance(argument, int) and argument >= len(obj):
            return self._missed(obj, argument)
        value = super().getitem(obj, argument)
        if self._absent is not None and isinstance(argument, str):
            self._absent.read(obj, argument, value)
        return value

    def _missed(self, obj: object, name: object) -> object:
        """What ``obj[name]`` is, which is not there: undefined; in a draft a record in its place."""
        record = self._absent.of(obj, name) if self._absent is not None else None
        if record is not None:  # one without words is false
            return record
        return self.undefined(obj=obj, name=name)  # type: ignore[arg-type]  # a key may be a number

    def method(self, obj: object, name: str) -> object:
        """What ``obj.name( )`` calls. Nothing in a table can be called, so of a table it is the method."""
        if not isinstance(obj, Mapping):
            return self.getattr(obj, name)
        return getattr(obj if self._absent is None else DraftTable(obj, self._absent), name)

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
        return method.__name__ in (_OWN if owner is self else _open_names(owner))

    def rounds(self, found: Iterable[T]) -> Iterator[T]:
        """The items of a loop; each is counted as a step."""
        for each in found:
            self._budget.step()
            self._budget.take(each)
            yield each

    def measured(self, value: T) -> T:
        """*value*, whose size is counted."""
        self._budget.take(value)
        return value

    def call(self, context: Context, obj: object, /, *args: object, **named: object) -> object:
        """Makes a call for a template, and counts it."""
        self._budget.step()
        if getattr(obj, "__self__", None) is self or obj is _range:
            return super().call(context, obj, *args, **named)
        method = getattr(obj, "__wrapped__", obj)
        owner = method.__self__ if isinstance(method, MethodType | BuiltinMethodType) else None
        arguments = (*args, *named.values())
        if isinstance(owner, str):
            if getattr(method, "__name__", "") in ("format", "format_map"):
                self._budget.before_format(owner, arguments)
            self._budget.before((owner, *arguments))
        else:
            self._budget.before((None, *arguments))
        return self._made(super().call(context, obj, *args, **named))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Works out an operator whose result could fill the memory; raises ``TooMuch`` where it would."""
        self._budget.step()
        if operator == "**":
            check_power(left, right)
        elif operator == "*":
            check_product(left, right)
        elif operator == "%" and isinstance(left, str):
            several = right.values() if isinstance(right, Mapping) else right if isinstance(right, tuple) else (right,)
            self._budget.before_format(left, several)
        return self._made(super().call_binop(context, operator, left, right))

    def _made(self, value: object) -> object:
        """What a function made: counted, and where it is made no sooner than it is asked for, then."""
        return self.rounds(value) if isinstance(value, Iterator) else self.measured(value)

    def _counted(self, function: Callable[..., object]) -> Callable[..., object]:
        """A filter or a test whose work is counted."""
        given = int(hasattr(function, "jinja_pass_arg"))  # Jinja hands it a value of its own first

        @wraps(function)
        def counted(*args: object, **named: object) -> object:
            arguments = (*args[given:], *named.values())
            self._budget.before(arguments)
            if function.__name__ == "do_format" and arguments:
                self._budget.before_format(str(arguments[0]), arguments[1:])
            return self._made(function(*args, **named))

        return counted


_OWN = ("rounds", "method", "measured")
"""Methods of the sandbox that the code of a template calls; a template cannot name them."""


def _through(method: str, *arguments: nodes.Node) -> nodes.Call:
    """The call of the sandbox's own *method*."""
    line = arguments[0].lineno
    return nodes.Call(nodes.EnvironmentAttribute(method, lineno=line), list(arguments), [], None, None, lineno=line)


def _count_work(node: nodes.Node) -> None:
    """Sends what is in *node*, what is inside first, through the sandbox's methods: operands, lists and tables through
    ``measured``, loops through ``rounds``, methods of tables through ``method``.
    """
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            _count_work(value)
            if _grows(value):
                setattr(node, name, _measured(value))
        elif isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, nodes.Node):
                    _count_work(each)
                    value[at] = _measured(each) if _grows(each) else each
    match node:
        case nodes.Concat():
            node.nodes = [_measured(each) for each in node.nodes]
        case nodes.Compare():
            node.expr = _measured(node.expr)
        case nodes.Operand():
            node.expr = _measured(node.expr)
        case nodes.For():
            node.iter = _through("rounds", node.iter)
        case nodes.Call(node=nodes.Getattr(node=owner, attr=called)) if called in _OF_TABLE:
            node.node = _through("method", owner, nodes.Const(called))


def _grows(node: object) -> TypeGuard[nodes.Expr]:
    """Whether it is a list, a table or a join that may hold others: what is written with constants alone does not."""
    if isinstance(node, nodes.Tuple) and node.ctx != "load":
        return False
    return isinstance(node, nodes.List | nodes.Tuple | nodes.Dict | nodes.Concat) and not all(
        isinstance(child, nodes.Const) for child in node.iter_child_nodes()
    )


def _measured(node: nodes.Expr) -> nodes.Expr:
    return node if isinstance(node, nodes.Const) else _through("measured", node)


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
    if (found.stop - found.start) // found.step > STEPS:
        raise TooMuch(Limit.STEPS)
    return found

"""The protocol of a page that can be measured again and again: copyfit's decision, and the measured page.

Every call gives the same for the same arguments, and nothing that is asked changes what is answered next. A variant of
a page is another canvas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from layout.checks import Finding
from layout.errors import Place, TemplateError
from layout.flows import ElementName, Flow
from layout.page.frames import MeasuredPage
from layout.page.table_shape import TableShape

Classes = tuple[tuple[str, str], ...]
"""One class more for each of some elements, by their keys."""
Roles = Mapping[str, Sequence[str]]
"""The roles that paragraphs of each kind use."""
Name = TypeVar("Name", str, Flow)

_NO_HEIGHTS: Mapping[str, float] = MappingProxyType({})
_NO_KINDS: Mapping[Flow, Roles] = MappingProxyType({})
_NO_TABLES: Mapping[Flow, Sequence[TableShape]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decision:
    """Copyfit's decision for a page: heights in points and classes, by the key of the element; hashable by value."""

    heights: tuple[tuple[str, float], ...] = ()
    classes: Classes = ()

    @classmethod
    def of(cls, heights: Mapping[str, float] = _NO_HEIGHTS, classes: Classes = ()) -> Decision:
        """These heights and classes. Heights are written into CSS with four places: more make no difference."""
        rounded = ((key, round(height, 4)) for key, height in sorted(heights.items()))
        return cls(tuple(rounded), tuple(sorted(classes)))


@dataclass(frozen=True, slots=True)
class TypeRequest:
    """The roles and the kinds of paragraph whose types are asked for, by flow; hashable by value."""

    roles: tuple[tuple[Flow, tuple[str, ...]], ...] = ()
    """By flow, the roles that it uses."""
    kinds: tuple[tuple[Flow, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    """By flow, its kinds of paragraph, each with the roles that it uses."""
    tables: tuple[tuple[Flow, tuple[TableShape, ...]], ...] = ()
    """By flow, the tables in it."""
    first: bool = False
    """Whether they are asked of the first frame alone of those in a band that have the same copy."""

    @classmethod
    def of(
        cls,
        roles: Mapping[Flow, Sequence[str]],
        kinds: Mapping[Flow, Roles] = _NO_KINDS,
        tables: Mapping[Flow, Sequence[TableShape]] = _NO_TABLES,
    ) -> TypeRequest:
        """These *roles* by flow, these *kinds* by flow with the roles of each, and these *tables* by flow."""
        return cls(
            _sorted(roles),
            tuple((flow, _sorted(own)) for flow, own in sorted(kinds.items())),
            tuple((flow, tuple(own)) for flow, own in sorted(tables.items()) if own),
        )


def _sorted(roles: Mapping[Name, Sequence[str]]) -> tuple[tuple[Name, tuple[str, ...]], ...]:
    return tuple((name, tuple(sorted(own))) for name, own in sorted(roles.items()))


@dataclass(frozen=True, slots=True)
class StepDeclaration:
    """A choice that a design leaves to copyfit for one element, as the design writes it."""

    key: str
    """The element whose class is chosen."""
    words: str
    """The classes and their costs: ``large small:4``, or ``large, small 4`` as CSS has it."""
    name: ElementName
    """As ``data-called`` says; the type area is the whole page; else the one chain or picture in it, or its class."""


@dataclass(frozen=True, slots=True)
class Restyled:
    """A page with its types that was known without probes for them in a layout."""

    page: MeasuredPage
    like: Classes
    """The classes under which its boxes were laid out: its own, or others that differ in type alone."""
    heights: Mapping[str, float] = field(default_factory=dict)
    """Heights that it was laid out with."""


class PageOverrun(TemplateError):
    """The design makes more pages than one: under a decision that it has no room for, or by itself."""


class Canvas(Protocol):
    """A page of a design, without its copy."""

    @property
    def template(self) -> Path:
        """The file of the design that it is made of."""
        ...

    def flows(self) -> tuple[Flow, ...]:
        """Every flow that the frames ask for, in document order."""
        ...

    def pictures(self) -> tuple[str, ...]:
        """The pictures that there are boxes for, displayed or not, in document order."""
        ...

    def steps(self) -> tuple[StepDeclaration, ...]:
        """What the design lets copyfit choose, in document order."""
        ...

    def types(self, classes: Classes, request: TypeRequest) -> MeasuredPage:
        """The page with these *classes* and no height decided; its frames say the types that are asked for.

        Raises ``TemplateError`` where the design is at fault, ``FontError`` for a family that does not exist.
        """
        ...

    def restyled(self, classes: Classes, request: TypeRequest, heights: Mapping[str, float]) -> Restyled | None:
        """What ``types`` gives, worked out from the styles alone, or, where types stay as they are, laid out with
        *heights* at once, if there are any. None where neither is so, and where ``types`` has been asked for no other
        classes before. Raises as that does.
        """
        ...

    def measured(self, decision: Decision) -> MeasuredPage:
        """The page under *decision*. Its frames say no type but their own. Raises what ``types`` raises, and
        ``PageOverrun`` where the page has no room for the decision.
        """
        ...

    def place_of(self, words: Sequence[str]) -> Place:
        """Where the design first writes one of *words*; its template where it writes none."""
        ...


def joined(*messages: Iterable[Finding]) -> tuple[Finding, ...]:
    """All *messages* in order. What is said of one spot twice, for two uses of one value, is one message."""
    found: list[Finding] = []
    for message in (each for own in messages for each in own):
        if not any(_same_spot(message, each) for each in found):
            found.append(message)
    return tuple(found)


def _same_spot(one: Finding, other: Finding) -> bool:
    return one == other or (one.place == other.place and one.place is not None and one.place.line is not None)

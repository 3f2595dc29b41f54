"""What a design requires of a page, as its ``design.toml`` says: kinds of page, numbers of pictures and sections.

Checked before the template is filled: the fault then names what the page lacks, not where the template failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError, model_validator

from layout.design import data_attributes as attribute
from layout.design.copy_amount import KEY as CHARACTERS
from layout.design.copy_amount import box_range, characters_of
from layout.design.design_files import read_design_toml
from layout.design.shown_parts import EVERY, OTHERS, Shows, of_others, unknown_parts
from layout.design.shown_parts import KEY as SHOWS
from layout.design.wanted_words import KEY as WORDS
from layout.errors import Faults, Hint, LayoutError, Message, Place, PlanError, TemplateError, meant, nearest
from layout.issue import PagePlan
from layout.toml_files.reading import TomlFile

KEYS = (
    "name",
    "kinds",
    "shows",
    "characters",
    "pictures",
    "sections",
    "cutouts",
    "inks",
    "labels",
    "holes",
    "font",
    "words",
    "shape",
)
"""The keys of design.toml. Geometry and type are the CSS's alone."""

CUTOUTS = "cutouts"
"""The kinds of page whose first picture is cut out of its ground."""

_EXAMPLES = {
    "kinds": 'kinds = ["front", "feature"]',
    "shows": 'shows = { every = ["headline", "byline", "sections"], others = ["headline", "sections"] }',
    "characters": "characters = { front = [[200, 1600], [200, 1500]] }",
    "pictures": "pictures = { least = 4, most = 8 }",
    "sections": "sections = { least = 1, most = 4 }",
    "cutouts": 'cutouts = ["page"]',
    "holes": 'holes = "error"',
    "words": 'words = { front = ["nameplate"] }',
}
_WORDS = {"pictures": ("幅图", "pictures"), "sections": ("个小标题", "sections")}


def _in_order(bounds: list[int]) -> list[int]:
    if bounds[0] > bounds[1]:
        raise ValueError
    return bounds


_Bounds = Annotated[list[NonNegativeInt], Field(min_length=2, max_length=2), AfterValidator(_in_order)]


class _Limits(BaseModel):
    """Least and most of something on a page. A number under a kind of page is the least for that kind."""

    model_config = ConfigDict(strict=True, extra="allow")
    __pydantic_extra__: dict[str, NonNegativeInt] = Field(init=False)

    least: NonNegativeInt = 0
    most: NonNegativeInt | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError
        return self

    def limits(self, kind: str) -> tuple[int, int | None]:
        if kind in self.__pydantic_extra__:
            return self.__pydantic_extra__[kind], None
        return self.least, self.most


class _Requirements(BaseModel):
    model_config = ConfigDict(strict=True)

    kinds: list[str] = ["page"]
    shows: Shows = []
    characters: dict[str, list[_Bounds]] = {}
    pictures: _Limits = _Limits()
    sections: _Limits = _Limits()
    cutouts: list[str] = []
    holes: Literal["warning", "error"] = "warning"
    words: dict[str, list[str]] = {}


def holes_are_errors(folder: Path) -> bool:
    """Whether the design in *folder* says that a hole in a page is an error (``holes = "error"``)."""
    toml = _read(folder)
    return toml is not None and toml.values.get("holes") == "error"


def check_requirements(folder: Path, plan: PagePlan) -> None:
    """Raises ``PlanError`` (``Faults`` of several) when *plan* is not what the design in *folder* is made for."""
    faults = list(_faults(folder, plan))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


@dataclass(frozen=True, slots=True)
class PageLimits:
    """How many pictures and headings a kind of page takes; a most of None has no bound."""

    least_pictures: int
    most_pictures: int | None
    least_sections: int
    most_sections: int | None


def limits_of(folder: Path, kind: str) -> PageLimits:
    """The limits that the design in *folder* states for pages of *kind*; those of a design.toml with mistakes in it are
    none.
    """
    toml = _read(folder)
    try:
        requirements = _Requirements.model_validate(toml.values) if toml else _Requirements()
    except ValidationError:
        requirements = _Requirements()
    return PageLimits(*requirements.pictures.limits(kind), *requirements.sections.limits(kind))


def fits(folder: Path, plan: PagePlan) -> bool:
    """Whether *plan* is what the design in *folder* is made for."""
    return not any(_faults(folder, plan))


def check_pictures(template: Path, html: str, plan: PagePlan) -> None:
    """Raises ``TemplateError`` when *html*, made from *template*, has a box for a picture that the page has not."""
    faults = list(missing_pictures(template, html, plan).values())
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def missing_pictures(template: Path, html: str, plan: PagePlan) -> dict[str, TemplateError]:
    """By id a fault for every picture that *html*, made from *template*, has a box for and *plan* has not."""
    known = [picture.id for picture in plan.pictures]
    return {
        name: TemplateError(
            Message(
                f"版式要图片“{name}”，第 {plan.number} 版没有", f"there is a box for “{name}”, no picture of this page"
            ),
            place=_mention(template, name),
            hint=Hint(
                editor=Message(f"给这一版加上图片 {name}", f"give this page a picture {name}"),
                designer=meant(name, known),
            ),
        )
        for name in dict.fromkeys(_BOX.findall(html))
        if name not in known
    }


_BOX = re.compile(rf"""<[^<>]*\s{attribute.PICTURE}=["']([^"'<>]+)["']""")


def _mention(template: Path, name: str) -> Place:
    """The line of *template* that names the picture, else the first that has a box for one."""
    lines = template.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    for words in (f'data-picture="{name}"', f"data-picture='{name}'", name, attribute.PICTURE):
        for number, line in enumerate(lines, 1):
            if words in line:
                return Place(str(template), number, line.index(words) + 1)
    return Place(str(template))


def _faults(folder: Path, plan: PagePlan) -> Iterator[LayoutError]:
    toml = _read(folder)
    try:
        requirements = _Requirements.model_validate(toml.values) if toml else _Requirements()
    except ValidationError as error:
        assert toml is not None
        for wrong in dict.fromkeys(str(fault["loc"][0]) for fault in error.errors()):
            yield _misspelt(toml, wrong)
        return
    kinds = requirements.kinds
    if toml:
        yield from _unknown(folder, toml, kinds)
        yield from unknown_parts(toml)
    if plan.kind not in kinds and not _templates(folder, plan.kind):
        yield PlanError(
            Message(
                f"版式 {folder.name} 没有“{plan.kind}”这种版面", f"the design {folder.name} has no kind “{plan.kind}”"
            ),
            place=plan.place,
            hint=_kinds_hint(plan.kind, kinds),
        )
        return
    headings = sum(bool(section.heading) for section in plan.stories[0].sections) if plan.stories else 0
    has = {"pictures": len(plan.photographs), "sections": headings}
    for what, number in has.items():
        least, most = getattr(requirements, what).limits(plan.kind)
        if number < least or (most is not None and number > most):
            yield _fault(folder.name, plan, what, number, (least, most))
    yield from _boxes_too_long(folder, plan)


def _boxes_too_long(folder: Path, plan: PagePlan) -> Iterator[LayoutError]:
    """A fault for every story but the first that is longer than the design states for its box: one that is laid out all
    the same stands off the page."""
    known = box_range(folder, plan) if len(plan.stories) > 1 else None
    for story in plan.stories[1:] if known else ():
        count, most = characters_of(story), known.most if known else 0
        if count <= most or story.id in plan.continues:
            continue
        headline, pictures = story.text("headline"), len(plan.photographs)
        name = headline.text if headline else story.id
        yield PlanError(
            Message(
                f"{plan.kind} 版的框排在这篇主稿、{pictures} 幅图旁边，至多 {most} 字，《{name}》有 {count} 字",
                f"a box of a {plan.kind}, beside this first story and {pictures} pictures, holds {most}"
                f" characters, “{name}” has {count}",
            ),
            place=Place(story.file, 1),
            hint=Hint(editor=_shorter(count - most, fewer=_is_fewer_enough(folder, plan, count))),
        )


def _is_fewer_enough(folder: Path, plan: PagePlan, count: int) -> bool:
    """Whether a box of *count* characters would do on the page with fewer pictures."""
    known = box_range(folder, replace(plan, pictures=()))
    return known is not None and count <= known.most


def _shorter(count: int, *, fewer: bool) -> Message:
    """What to do about a box that has *count* characters too many; with *fewer* pictures it would do."""
    also = Message("或少用几幅图，", "use fewer pictures, ") if fewer else Message("", "")
    return Message(
        f"删 {count} 字，{also.zh}或另排一版",
        f"cut {count} characters, {also.en}or give it a page of its own",
    )


def _unknown(folder: Path, toml: TomlFile, kinds: list[str]) -> Iterator[LayoutError]:
    """A fault for every key of design.toml, and of its tables, that nothing reads."""
    shown = (EVERY, OTHERS, *kinds, *map(of_others, kinds))
    of_copy = (*kinds, *map(of_others, kinds))
    known = {"": KEYS, SHOWS: shown, CHARACTERS: of_copy, WORDS: kinds}
    known |= dict.fromkeys(_WORDS, (*_Limits.model_fields, *kinds))
    for table, names in known.items():
        values = toml.values.get(table) if table else toml.values
        for key in values if isinstance(values, Mapping) else ():
            kind = key.removeprefix(of_others("")) if table in (SHOWS, CHARACTERS) else key
            if key in names or (table and _templates(folder, kind)):
                continue
            yield _unread(table, key, toml.key(table, key) if table else toml.key(key), _unknown_hint(key, names))
    cut = toml.values.get(CUTOUTS)
    for number, each in enumerate(map(str, cut) if isinstance(cut, list) else ()):
        if each not in kinds and not _templates(folder, each):
            yield _unread(CUTOUTS, each, toml.value(CUTOUTS, number), meant(each, kinds))


def _unread(table: str, name: str, place: Place, hint: Message) -> TemplateError:
    """The fault for *name*, a key of *table*, or an item of a list of that name, which nothing reads."""
    where, of = (f" {table} 的", f" of {table}") if table else ("", "")
    return TemplateError(
        Message(f"design.toml 里{where}“{name}”没有用处", f"nothing reads “{name}”{of} in design.toml"),
        place=place,
        hint=hint,
    )


def _unknown_hint(key: str, names: Sequence[str]) -> Message:
    """The hint for an unknown key: the nearest one and all there are; where none is near, that the CSS has geometry."""
    hint = meant(key, names)
    if nearest(key, names):
        return hint
    return Message(
        f"删去；尺寸、栏数、字号写在 CSS 里。{hint.zh}",
        f"Take it out; sizes, columns and type are said in the CSS. {hint.en}",
    )


def _templates(folder: Path, kind: str) -> list[Path]:
    """A kind's templates: its arrangements."""
    return [path for path in (folder / f"{kind}.html", *folder.glob(f"{kind}-[a-z].html")) if path.is_file()]


def _kinds_hint(kind: str, kinds: list[str]) -> Message:
    if len(kinds) == 1:
        return Message(f'在 [[page]] 里写 kind = "{kinds[0]}"。', f'Write kind = "{kinds[0]}" under [[page]].')
    hint = meant(kind, kinds)
    return Message(f"在 [[page]] 里写 kind = …。{hint.zh}", f"Set kind under [[page]]. {hint.en}")


def _fault(design: str, plan: PagePlan, what: str, number: int, limits: tuple[int, int | None]) -> PlanError:
    least, most = limits
    wanted = Message(f"{least}", f"{least}") if least == most else Message(f"{least}–{most}", f"{least}–{most}")
    if most is None:
        wanted = Message(f"至少 {least}", f"at least {least}")
    zh, en = _WORDS[what]
    where = plan.stories[0].file if what == "sections" and plan.stories else "issue.toml"
    return PlanError(
        Message(
            f"版式 {design} 要{wanted.zh if most is None else f' {wanted.zh}'} {zh}，这一版有 {number}",
            f"{design} wants {wanted.en} {en}, this page has {number}",
        ),
        place=plan.place,
        hint=Message(f"在 {where} 里增减，或换一个版式", f"add or take away in {where}, or choose another design"),
    )


def _misspelt(toml: TomlFile, key: str) -> TemplateError:
    example = _EXAMPLES[key]
    return TemplateError(
        Message(f"design.toml 的 {key} 写得不对", f"{key} in design.toml is not right"),
        place=toml.key(key),
        hint=Message(f"写成 {example}", f"write {example}"),
    )


def _read(folder: Path) -> TomlFile | None:
    """The design.toml; None where there is none or it has faults: the lint, which reads its inks, reports them."""
    try:
        return read_design_toml(folder)
    except LayoutError:
        return None

"""The parts of a story that a design has a place for, by its design.toml (``shows``); an editor is told the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from layout.design.design_files import read_design_toml
from layout.errors import Faults, Hint, LayoutError, ManuscriptError, Message, Place, TemplateError, meant
from layout.issue import PagePlan
from layout.manuscript.model import Story, Text
from layout.manuscript.story_parts import StoryPart, story_parts
from layout.toml_files.reading import TomlFile

KEY = "shows"
EVERY, OTHERS = "every", "others"
"""Keys beside the kinds of page: of every kind without a line of its own; of stories but the first, on every page, or
with a kind's name behind it, ``others-running-on``, on those of that kind."""
_QUOTED = 8
"""Characters of a part by which an editor finds it."""

Shows = list[str] | dict[str, list[str]]
"""``shows``: one list for all stories, or by kind of page."""


def parts() -> tuple[StoryPart, ...]:
    """The parts that a design may show: those that are printed, but for words, which have names of their own."""
    rows = story_parts().values()
    return tuple(row for row in rows if row.form == "quotations" or (row.is_copy and row.form != "words"))


def check_shown(folder: Path, plan: PagePlan) -> None:
    """Raises a fault for each story of *plan* that has parts for which the design in *folder* has no place; ``Faults``
    of several. A story that goes on from a page before has been looked at there.
    """
    try:
        toml = read_design_toml(folder)
    except LayoutError:  # the lint reports it
        return
    values = toml.values if toml else {}
    faults = []
    for story in (*plan.stories, *(plan.run.fillers if plan.run else ())):
        shown = shown_parts(values, plan.kind, first=_may_be_first(plan, story))
        if shown is not None and story.id not in plan.continues and (homeless := list(_homeless(story, shown))):
            faults.append(_fault(folder.name, plan, story, homeless, shown))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def of_others(kind: str) -> str:
    """The key of stories but the first on pages of *kind*."""
    return f"{OTHERS}-{kind}"


def _may_be_first(plan: PagePlan, story: Story) -> bool:
    """Whether it is the page's first story; of a run each may be the first of a page."""
    return plan.run is not None or plan.stories[0] is story


def unknown_parts(toml: TomlFile) -> Iterator[TemplateError]:
    """A fault for every name under ``shows`` that is no part of a story."""
    shows, names = toml.values.get(KEY), [row.name for row in parts()]
    lists = shows.items() if isinstance(shows, Mapping) else [("", shows)]
    for key, own in lists:
        for number, name in enumerate(own if isinstance(own, list) else ()):
            if name not in names:
                yield TemplateError(
                    Message(
                        f"design.toml 的 {KEY} 里“{name}”不是稿件的一段", f"“{name}” under {KEY} is no part of a story"
                    ),
                    place=toml.value(KEY, key, number) if key else toml.value(KEY, number),
                    hint=meant(str(name), names),
                )


def shown_parts(values: Mapping[str, object], kind: str, *, first: bool = True) -> Sequence[str] | None:
    """The parts that a page of *kind* has a place for, by the *values* of a design.toml: of the page's first story, or
    of others. None where the design does not say.
    """
    shows = values.get(KEY)
    if isinstance(shows, Mapping):
        shows = shows.get(kind, shows.get(EVERY)) if first else shows.get(of_others(kind), shows.get(OTHERS))
    return [str(name) for name in shows] if isinstance(shows, list) else None


@dataclass(frozen=True, slots=True)
class _Homeless:
    """A part without a place, and where it is written."""

    row: StoryPart
    words: str
    place: Place

    @property
    def is_key(self) -> bool:
        """Whether it stands in the front matter."""
        return self.row.is_key and not self.row.is_running


def _homeless(story: Story, shown: Sequence[str]) -> Iterator[_Homeless]:
    for row in parts():
        if row.name in shown:
            continue
        if row.name == "figures":
            yield from [_Homeless(row, each.quotation, each.place) for each in story.figures[:1]]
            continue
        part = story.parts[row.name]
        texts = (
            [part] if isinstance(part, Text) else [own for each in story.sections for own in (each.heading, each.body)]
        )
        yield from [_Homeless(row, text.text, text.paragraphs[0].place) for text in texts if text][:1]


def _fault(
    design: str, plan: PagePlan, story: Story, homeless: Sequence[_Homeless], shown: Sequence[str]
) -> LayoutError:
    first = min(homeless, key=lambda each: each.place.line or 0).place
    zh = "、".join(f"{_called(each.row).zh}（第 {each.place.line} 行“{_quoted(each.words)}”）" for each in homeless)
    en = ", ".join(f"{_called(each.row).en} (line {each.place.line}, “{_quoted(each.words)}”)" for each in homeless)
    which = Message("", "") if _may_be_first(plan, story) else Message("头一篇以外的", " but for its first story")
    return ManuscriptError(
        Message(
            f"版式 {design} 的 {plan.kind} 版{which.zh}没有地方排这篇稿的{zh}",
            f"a {plan.kind} of the design {design} has no place{which.en} for: {en}",
        ),
        place=first,
        hint=Hint(
            editor=_what_to_do(homeless, shown),
            designer=Message(
                f"给它们框，再把名字写进 design.toml 的 {KEY}：{'、'.join(each.row.name for each in homeless)}。",
                f"Give them frames, and their names under {KEY} in design.toml: "
                f"{', '.join(each.row.name for each in homeless)}.",
            ),
        ),
    )


_LEDE = Message("导语改作正文：文件头写 lede: 无", "make the lede body: write lede: none in the front matter")
_CLOSING = Message(
    "结尾并进正文：去掉 *** ，或文件头的 closing", "let the closing be copy like the rest: no ***, no closing"
)
_CREDITS = Message("策划、统筹、版式等编务署名写成 credits", "credits of planning and make-up are written as credits")


def _what_to_do(homeless: Sequence[_Homeless], shown: Sequence[str]) -> Message:
    names = {each.row.name for each in homeless}
    keys = [each.row for each in homeless if each.is_key]
    advice: list[Message] = []
    if keys:
        zh = "、".join(row.aliases[0] for row in keys)
        en = ", ".join(row.name for row in keys)
        advice.append(Message(f"从文件头去掉{zh}", f"take out of the front matter: {en}"))
    advice += [own for name, own in (("lede", _LEDE), ("closing", _CLOSING)) if name in names]
    if "byline" in names and "credits" in shown:
        advice.append(_CREDITS)
    advice.append(Message("或换一种版面（kind）、版式（design）", "or choose another kind of page, or design"))
    return Message("；".join(each.zh for each in advice) + "。", "; ".join(each.en for each in advice) + ".")


def _called(row: StoryPart) -> Message:
    """What a part is called, of whatever number."""
    return row.unnumbered or Message(row.zh.replace("{}", "").strip(), row.en.replace("{}", "").strip())


def _quoted(words: str) -> str:
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"

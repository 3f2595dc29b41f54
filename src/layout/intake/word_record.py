"""What is noticed in a Word file and not carried, or carried otherwise: tallied in reading, then made findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layout.checks import Finding
from layout.errors import Message, Place
from layout.intake.model import CopyPlace
from layout.intake.notices import notice, quoted

_LISTED = 8
"""Places that one finding names; of more it says how many there are."""
_COMMENTS = 100
"""Comments that have a finding each."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing noticed: where, and the words it is about."""

    place: CopyPlace
    words: str = ""
    count: int = 1
    """How many characters, or how many of them."""


@dataclass(slots=True)
class WordRecord:
    """Everything noticed in one file."""

    file: str
    inserted: list[Noticed] = field(default_factory=list)
    deleted: list[Noticed] = field(default_factory=list)
    comments: list[tuple[Noticed, str]] = field(default_factory=list)
    """Each with the words that it stands beside."""
    hidden: list[Noticed] = field(default_factory=list)
    struck: list[Noticed] = field(default_factory=list)
    """Words with a line through them, which are taken."""
    fields: list[Noticed] = field(default_factory=list)
    links: list[Noticed] = field(default_factory=list)
    objects: list[tuple[Noticed, Message]] = field(default_factory=list)
    formulas: list[Noticed] = field(default_factory=list)
    pictures: list[tuple[CopyPlace, Message]] = field(default_factory=list)
    """Pictures that were not taken, each with the reason."""
    numbers: list[Noticed] = field(default_factory=list)
    bullets: list[Noticed] = field(default_factory=list)
    breaks: list[Noticed] = field(default_factory=list)
    contents: list[Noticed] = field(default_factory=list)
    prompts: list[Noticed] = field(default_factory=list)
    cells: list[Noticed] = field(default_factory=list)
    signs: list[Noticed] = field(default_factory=list)
    circled: list[Noticed] = field(default_factory=list)
    control: list[Noticed] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        """One finding for each kind of thing, but for comments, objects and pictures, which have one each."""
        yield from self._tracked()
        for noticed, beside in self.comments[:_COMMENTS]:
            place, words = noticed.place, quoted(noticed.words, 60)
            yield notice("intake.comment", place.place, where=place.where, found=words, beside=quoted(beside))
        for thing, what in self.objects:
            yield notice("intake.object", thing.place.place, where=thing.place.where, found=what)
        for place, why in self.pictures:
            yield notice("intake.picture_left", place.place, where=place.where, why=why)
        kinds = {
            "hidden": self.hidden, "struck": self.struck, "field": self.fields, "link": self.links,
            "formula": self.formulas, "numbered": self.numbers, "bullet": self.bullets, "line_break": self.breaks,
            "contents": self.contents, "prompt": self.prompts, "cell_lines": self.cells, "sign": self.signs,
            "circled": self.circled, "control": self.control,
        }  # fmt: skip
        for kind, found in kinds.items():
            if found:
                examples = dict.fromkeys(quoted(each.words) for each in found)
                yield notice(
                    f"intake.{kind}", found[0].place.place, where=where(found), count=sum(each.count for each in found),
                    found="、".join(list(examples)[:3]),
                )  # fmt: skip

    def _tracked(self) -> Iterator[Finding]:
        both = [*self.inserted, *self.deleted]
        if both:
            yield notice(
                "intake.tracked", Place(self.file), where=where(both),
                insertions=len(self.inserted), inserted=sum(each.count for each in self.inserted),
                deletions=len(self.deleted), deleted=sum(each.count for each in self.deleted),
                found=quoted("、".join(each.words for each in self.deleted if each.words) or "—", 40),
            )  # fmt: skip


def where(found: Sequence[Noticed]) -> Message:
    """The places of what was found, as messages say them: 第 3、7 段 and the like, those in notes and boxes behind."""
    numbers = sorted({each.place.number for each in found if each.place.within is None})
    other = list(dict.fromkeys(each.place.where for each in found if each.place.within is not None))
    zh, en = [], []
    if numbers:
        more = len(numbers) - _LISTED
        zh.append(f"第 {'、'.join(map(str, numbers[:_LISTED]))} 段" + (f"等 {len(numbers)} 段" if more > 0 else ""))
        several = "s" if len(numbers) > 1 else ""
        en.append(
            f"paragraph{several} {', '.join(map(str, numbers[:_LISTED]))}" + (f" and {more} more" if more > 0 else "")
        )
    zh += [each.zh for each in other[:_LISTED]]
    en += [each.en for each in other[:_LISTED]]
    return Message("、".join(zh), ", ".join(en))

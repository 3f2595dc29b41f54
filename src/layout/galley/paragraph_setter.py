"""Sets one paragraph into its slots by the composer, remembers the result, and words the composer's remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from layout.checks import Finding, Severity, room_checks
from layout.composer import Composition, Measure, Remark, compose, compose_heading
from layout.errors import Message, Place
from layout.fontbook import Fontbook, NoGlyphError
from layout.galley.css_to_setting import setting_of, share, whole
from layout.galley.inline_spans import spans_of
from layout.galley.line_hints import is_office, overlong_hint
from layout.galley.opening_words import OpeningWords, with_openings
from layout.galley.paragraph_memory import ParagraphMemory
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph
from layout.page.frames import FrameType

_INDENTED = ("body", "lede", "closing", "quote", "item", "box")
"""Kinds of paragraph that begin with the design's text-indent; headings, captions and set words never do."""

LONG = 1200
"""Characters from which a paragraph on uneven lines is broken line by line: weighing every way takes too long."""

TRACKING_STEP = 0.001
"""Tracking is tried in thousandths of an em."""


@dataclass
class Setter:
    """Sets paragraphs, and remembers what it has set."""

    fontbook: Fontbook
    protected: tuple[str, ...] = ()
    memory: ParagraphMemory = field(default_factory=ParagraphMemory)
    """Paragraphs set before, perhaps for an earlier page."""
    _done: dict[tuple[object, ...], Composition] = field(default_factory=dict)

    def set(
        self, paragraph: Paragraph, type_: FrameType, measure: Measure, tracking: float = 0.0, *,
        resumed: bool = False, openings: tuple[OpeningWords, ...] = (),
    ) -> Composition:  # fmt: skip
        """*paragraph* as lines; *measure* in em, of its line numbers from 0. *resumed* copy has begun elsewhere;
        *openings* are its first words that have type of their own.

        Raises ``NoGlyphError`` for a character that no face covers, ``TemplateError`` for an option nobody knows.
        """
        if callable(measure):
            return self._set(paragraph, type_, measure, tracking, openings, resumed=resumed)
        key = (paragraph, type_.composed, round(measure, 4), round(tracking, 5), resumed, openings)
        if key not in self._done:
            self._done[key] = self._set(paragraph, type_, round(measure, 4), tracking, openings, resumed=resumed)
        return self._done[key]

    def lacking(self, paragraph: Paragraph, type_: FrameType, first: NoGlyphError) -> list[NoGlyphError]:
        """A fault for each character of *paragraph* that no face has, where the composer has stopped at *first*."""
        found = {first.character: first}
        for span in spans_of(paragraph, type_):
            texts = [(span.faces, span.text), *([(span.ruby.faces, span.ruby.text)] if span.ruby else [])]
            for faces, text in texts:
                found |= {each.character: each for each in self.fontbook.lacking(faces, text)}
        return list(found.values())

    def without_runt(self, paragraph: Paragraph, type_: FrameType, measure: float) -> float:
        """The least tracking within the design's limit that takes back a last line too short; 0 where none does."""
        limit = share(type_, "tracking-limit", 0.0)
        plain = self.set(paragraph, type_, measure)
        if limit <= 0 or not any(remark.what == "runt" for remark in plain.remarks):
            return 0.0
        for tracking in trackings(limit):
            tried = self.set(paragraph, type_, measure, tracking)
            if len(_grave(tried)) < len(_grave(plain)):
                return tracking
        return 0.0

    def _set(
        self, paragraph: Paragraph, type_: FrameType, measure: Measure, tracking: float,
        openings: tuple[OpeningWords, ...], *, resumed: bool,
    ) -> Composition:  # fmt: skip
        setting = replace(setting_of(type_), protected=self.protected)
        setting = replace(setting, tracking=setting.tracking + tracking)
        spans = list(with_openings(list(spans_of(paragraph, type_)), type_, openings))
        by_sense = type_.options.get("break") == "sense"
        flush = paragraph.after_heading and type_.options.get("after-heading") == "flush"
        if resumed or by_sense or flush or paragraph.kind not in _INDENTED:
            setting = replace(setting, indent=0.0)
        if by_sense:
            most = whole(type_, "max-lines", 4)
            if callable(measure):
                return self.memory.get_uneven(
                    (tuple(spans), setting, most), measure,
                    lambda asked: compose_heading(spans, setting, asked, self.fontbook, most),
                )  # fmt: skip
            return self.memory.get(
                (tuple(spans), setting, measure, most),
                lambda: compose_heading(spans, setting, measure, self.fontbook, most),
            )
        if callable(measure):
            if len(paragraph.text) > LONG:
                setting = replace(setting, fit="first")
            return self.memory.get_uneven(
                (tuple(spans), setting), measure, lambda asked: compose(spans, setting, asked, self.fontbook)
            )
        key = tuple(spans), setting, measure
        return self.memory.get(key, lambda: compose(spans, setting, measure, self.fontbook))


def _grave(composition: Composition) -> list[Remark]:
    """What is wrong with the lines, words torn apart: tracking is no cure for those."""
    return [remark for remark in composition.remarks if not remark.torn]


def trackings(limit: float) -> Iterator[float]:
    """Every tracking within *limit* em, the least first; of two alike the narrower first."""
    for step in range(1, int(limit / TRACKING_STEP + 1e-6) + 1):
        yield -step * TRACKING_STEP
        yield step * TRACKING_STEP


def even(measures: Callable[[int], float], lines: int) -> Measure:
    """*measures* as one number where the first *lines* of them agree."""
    first = measures(0)
    return first if all(abs(measures(number) - first) < 1e-4 for number in range(1, lines)) else measures


def place_of(paragraph: Paragraph, character: str) -> Place:
    """Where *character* first stands in the paragraph."""
    if character in paragraph.text:
        return place_at(paragraph, paragraph.text.index(character))
    return next((run.place for run in paragraph.runs if character in run.text), paragraph.place)


_GRAVITY = {
    "loose": Severity.NOTE,
    "very_loose": Severity.ERROR,
    "short_address": Severity.WARNING,
    "overlong": Severity.ERROR,
    "too_long": Severity.ERROR,
    "runt": Severity.WARNING,
    "torn_name": Severity.WARNING,
    "torn_unit": Severity.NOTE,
    "torn_title": Severity.NOTE,
    "torn_address": Severity.NOTE,
    "torn_item": Severity.NOTE,
    "torn_word": Severity.WARNING,
}
_WORDS = {
    "loose": ("行内字距偏松", "a loose line"),
    "very_loose": ("一行排不满", "a line that does not fill its measure"),
    "short_address": ("网址、邮箱、电话旁的一行排不满", "a line beside an address that does not fill its measure"),
    "overlong": ("一行放不下", "a line that does not fit its measure"),
    "too_long": ("标题太长", "a heading longer than its lines hold"),
    "runt": ("单字成行", "a last line that is too short"),
    "torn_name": ("专名拆在两行", "a name torn between two lines"),
    "torn_unit": ("数字和单位拆在两行", "a figure torn from its unit"),
    "torn_title": ("书名拆在两行", "a title torn between two lines"),
    "torn_address": ("网址、邮箱、电话拆在两行", "an address torn between two lines"),
    "torn_item": ("并列的名字或短词拆在两行", "one of several names or short words torn between two lines"),
    "torn_word": ("标题在词中间断行", "a headline broken inside a word"),
}


UNSEEN_SHORTAGE = 0.1
"""Em by which a line may fall short of its measure unseen: less than the side bearing of a mark at its end."""


def is_seen(remark: Remark) -> bool:
    """Whether a reader minds what the remark is about: a line that is hardly short of its measure is a line like
    others, and 通讯员 is no name."""
    return not 0 < remark.missing < UNSEEN_SHORTAGE and not (remark.what == "torn_item" and is_office(remark.torn))


def finding_of(
    remark: Remark, composition: Composition, paragraph: Paragraph, protected: tuple[str, ...] = ()
) -> Finding:
    """A remark of the composer as a finding. *protected* are the phrases that are kept together."""
    message = _message(remark, composition)
    text = composition.lines[min(remark.line, len(composition.lines) - 1)].text
    amount: dict[str, float | str] = {"em": round(remark.amount, 4), "line": text}
    if remark.missing:
        amount |= {"gap": round(remark.amount, 4), "missing": round(remark.missing, 4)}
    if remark.torn:
        amount["torn"] = remark.torn
    check = room_checks("galley")[f"line.{remark.what}"]
    hint = check.hint(firm=paragraph.firm)
    if remark.what == "overlong":
        hint = overlong_hint(text, paragraph, protected)
    return Finding(check.id, _GRAVITY[remark.what], message, paragraph.place, hint, amount=amount)


def _message(remark: Remark, composition: Composition) -> Message:
    """What is told of a remark: characters where an editor can count them, em where it is white that is too much."""
    zh, en = _WORDS[remark.what]
    line = composition.lines[min(remark.line, len(composition.lines) - 1)]
    text, natural = line.text, sum(one.advance for one in line.placed)
    if remark.torn:
        return Message(f"{zh}：“{remark.torn}”", f"{en}: “{remark.torn}”")
    if remark.missing:
        return Message(
            f"{zh}：“{text}”，字距开到限度还缺 {remark.missing:.2f} 字（撑满要加 {remark.amount:.2f} 字）",
            f"{en}: “{text}” lacks {remark.missing:.2f} em with its gaps at their limit (to fill it takes gaps of "
            f"{remark.amount:.2f} em)",
        )
    if remark.what == "too_long":
        held = sum(_characters(each.text) for each in composition.lines[: remark.line])
        beyond = sum(_characters(each.text) for each in composition.lines[remark.line :])
        text = composition.lines[0].text.strip()
        return Message(
            f"{zh}：“{text}…”共 {held + beyond} 字，{remark.line} 行只容 {held} 字，多 {beyond} 字",
            f"{en}: “{text}…” has {held + beyond} characters, {beyond} more than {remark.line} lines hold",
        )
    if remark.what == "overlong" and natural > remark.amount:
        count = _characters(text)
        room = int(count * (natural - remark.amount) / natural)
        return Message(
            f"{zh}：“{text}”：{count} 字，这一行只容 {room} 字",
            f"{en}: “{text}”: {count} characters, where the line holds {room}",
        )
    return Message(f"{zh}：“{text}”（{remark.amount:.3f} 字）", f"{en}: “{text}” ({remark.amount:.3f} em)")


def _characters(text: str) -> int:
    return sum(1 for char in text if not char.isspace())

"""Content that cannot be followed or read back, and gradients that are malformed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from unicodedata import category, normalize

from layout.checks import Finding
from layout.errors import Message, PrintError
from layout.preflight.doubled_type import shadows
from layout.preflight.events import Event, ShadingPainted, TextShown, Trouble
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import holds
from layout.preflight.reading import as_read, read_characters, read_text
from layout.preflight.record import about
from layout.preflight.rules.doubled import doubled
from layout.preflight.rules.fonts import is_faulty, runs_by_font, used
from layout.preflight.walk import page_text

TROUBLES: Mapping[str, Message] = MappingProxyType(
    {
        "resource": Message("缺资源", "a resource is missing"),
        "operator": Message("有不认得的指令", "there is an unknown operator"),
        "operands": Message("指令的参数不对", "an operator has the wrong operands"),
        "nesting": Message("嵌套过深或绕成了圈", "content is nested too deep or in a circle"),
        "work": Message("内容过多，没有看完", "there is too much content to be followed to its end"),
        "unreadable": Message("内容流解不开", "a content stream does not unpack"),
        "mask": Message(
            "有标记罩在空的软蒙版下，印不出来", "there are marks behind an empty soft mask, which hides them"
        ),
        "xobject": Message("有不许用的对象", "there is an object of a kind that is not allowed"),
    }
)
FAULTS: Mapping[str, Message] = MappingProxyType(
    {
        "type": Message("类型不明", "is of no known type"),
        "space": Message("没有颜色空间", "has no colour space"),
        "function": Message("函数缺失或不对", "has no valid function"),
        "outputs": Message("函数与颜色空间的分量数不同", "has a function and a colour space that differ in number"),
    }
)


DAMAGED = ("；这一版的数据坏了，后面的内容可能缺失", "; the page's data is damaged, and what follows may be missing")

NAMED = 5
"""Names of resources or operators that a finding gives; a damaged stream has thousands."""


@about("content.sound", content=False)
def followed(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``content.sound``: the content could be followed to its end. That q and Q match is ``unbalanced``'s."""
    kinds: dict[str, list[Trouble]] = {}
    for event in sheet.events:
        if isinstance(event, Trouble) and event.what in TROUBLES:
            kinds.setdefault(event.what, []).append(event)
    for what, troubles in kinds.items():
        message, details = TROUBLES[what], [each.detail for each in troubles if each.detail]
        more = len(details) - NAMED
        zh = f"：{'、'.join(details[:NAMED])}" + (f" 等 {len(details)} 处" if more > 0 else "") if details else ""
        en = f": {', '.join(details[:NAMED])}" + (f" and {more} more" if more > 0 else "") if details else ""
        damaged = DAMAGED if what in ("operator", "operands", "unreadable") else ("", "")
        yield job.on(
            sheet,
            "content.sound",
            f"页面内容里{message.zh}{zh}{damaged[0]}。",
            f"In the page's content {message.en}{en}{damaged[1]}.",
            events=troubles,
            troubles=len(troubles),
        )


@about("shade.sound")
def shadings(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``shade.sound``: gradients are well-formed."""
    faults = [event for event in sheet.events if isinstance(event, ShadingPainted) and event.fault]
    for fault in sorted({event.fault for event in faults}):
        count = sum(event.fault == fault for event in faults)
        message = FAULTS[fault]
        yield job.on(
            sheet,
            "shade.sound",
            f"{count} 处渐变{message.zh}。",
            f"{count} gradients: each {message.en}.",
            events=(event for event in faults if event.fault == fault),
            gradients=count,
        )


CHECKS = (followed, shadings)

NOTES = "page › annotation"
"""How the scope begins of what an annotation shows."""


@about("text.twice")
def twice(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.twice``: no type stands twice by the marks themselves, and PDFium reads every character that they show.

    PDFium leaves out text that lies twice on one spot, so the accounting of characters would not see it.
    """
    if told := list(doubled(job, sheet)):
        yield from told
        return
    if job.recovered:  # what qpdf and PDFium make of a damaged file need not be the same
        job.record.lacks("unfollowed", "text.twice")
        return
    drawn = page_text(_read_by_others(sheet.events))
    fonts = used(sheet).values()
    if "\ufffd" in drawn or any(not face.embedded or (face.opened and face.opened.fault) for face in fonts):
        return  # font.unicode, font.embedded or font.program has reported it already
    if any(isinstance(event, Trouble) for event in sheet.events):
        return  # PDFium has no limits of its own: a page that multiplies itself would fill the memory
    try:
        read = _read_on(job, sheet)
    except PrintError:  # PDFium mends less than qpdf, which has opened it
        job.record.lacks("unopened", "text.twice")
        return
    drawn, read = as_read(drawn), as_read(read)
    if Counter(drawn) == Counter(read):
        return
    # PDFium composes what fonts write as letter and mark, and takes some characters apart: both as their parts.
    shown, found = (Counter(filter(_seen, normalize("NFKD", each))) for each in (drawn, read))
    # Of a text and its shadow PDFium reads one.
    more = shown - found - Counter("".join(shadows(sheet.events)))
    # A run with its text in ActualText is read as that: one character there replaces one drawn.
    count = more.total() - (found - shown).total()
    if count > 0:
        # What a faulty font is read as, its own checks say.
        more -= Counter(filter(_seen, normalize("NFKD", _of_faulty_fonts(job, sheet))))
        count = min(count, more.total())
    if count > 0:
        sample = "".join(more.elements())[:12]
        yield job.finding(
            "text.twice",
            f"有 {count} 个字画在版面上却读不到，如“{sample}”，可能重叠印了两遍。",
            f"{count} characters are drawn but not read back, such as “{sample}”; perhaps drawn twice.",
            page_no=sheet.number,
            characters=count,
        )


def _of_faulty_fonts(job: PreflightJob, sheet: ExaminedPage) -> str:
    """The text in fonts of which glyphs are missing, empty, or of another width than the file says."""
    near = job.limit("font.widths", "tolerance")
    faulty = (runs for runs in runs_by_font(sheet) if is_faulty(runs, near))
    return "".join(run.text for runs in faulty for run in runs)


def _read_on(job: PreflightJob, sheet: ExaminedPage) -> str:
    """What PDFium reads on the page, but for what pages placed on it show: those characters are not its own."""
    boxes = [placed.clip for placed in sheet.placed if placed.clip is not None]
    if not boxes:
        return read_characters(job.readable(), sheet.number - 1)
    found = read_text(job.readable(), sheet.number - 1)
    return "".join(char.text for char in found if not any(holds(box, char.x, char.y) for box in boxes))


def _seen(char: str) -> bool:
    """Whether a character is one that is drawn: PDFium drops controls and such as join or part others."""
    return category(char) not in {"Cc", "Cf", "Cn"}


def _read_by_others(events: Sequence[Event]) -> Iterator[Event]:
    """The *events* but for type that PDFium is not known to read, and type without any advance: on one spot of its own
    accord, it is ``font.widths``'s matter.
    """
    still: dict[int, bool] = {}
    for event in events:
        if isinstance(event, TextShown):
            face = event.face
            # PDFium reads neither notes nor all of what Type 3 glyphs are called.
            if face.kind == "Type3" or event.scope.startswith(NOTES):
                continue
            if id(face) not in still:
                still[id(face)] = face.default_width <= 0 or any(width <= 0 for width in face.widths.values())
            if still[id(face)] and event.codes and not any(face.width(code) > 0 for code in event.codes):
                continue
        yield event


TEXT_CHECKS = (twice,)

"""The plant's own names for page files: a pattern with four fields, read strictly, and the names that it gives.

``{date:%Y%m%d}{paper}A{page:02}.pdf`` looks like Python's format strings, and its braces are taken apart by Python's
own parser; but a field is one of four words and nothing else: no attribute, no index, no conversion, no field within
a field.
"""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from datetime import date

from layout.errors import Message, PressProfileError, meant

FIELDS = ("date", "paper", "page", "issue")
"""The issue's date, the newspaper's name, the page's number, the issue's id (the name of its folder)."""

SPECS = {"date": re.compile(r"(?:%[YymdjUW]|[^%{}])*"), "page": re.compile(r"0?[1-9]?d?")}
"""What may stand behind a field's colon: of a date its own digits, of a page how many digits it has."""

EXAMPLE = "{date:%Y%m%d}{paper}A{page:02}.pdf"
SUFFIX = ".pdf"

MAX_BYTES = 200
"""UTF-8 bytes of a name: file systems take 255, and a draft's name is longer than the file's own."""

FORBIDDEN = frozenset('/\\:*?"<>|')
"""What Windows or a Unix does not take in a file's name (Microsoft, Naming Files, Paths, and Namespaces)."""

DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever comes behind their dot."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """A piece of a pattern: text as it is, then a field."""

    text: str
    field: str = ""
    """One of ``FIELDS``; empty at the end."""
    spec: str = ""


@dataclass(frozen=True, slots=True)
class PageFilePattern:
    """A pattern that was read."""

    written: str
    parts: tuple[PagePart, ...]

    def name(self, day: date, paper: str, page: int, issue: str) -> str:
        """The name of one page's file. Raises ``PlanError`` when it is no safe file name."""
        values = {"paper": paper, "issue": issue}
        pieces: list[str] = []
        for part in self.parts:
            pieces.append(part.text)
            if part.field == "date":
                pieces.append(day.strftime(part.spec) if part.spec else day.isoformat())
            elif part.field == "page":
                pieces.append(f"{page:{part.spec}}")
            elif part.field:
                pieces.append(_filled(part.field, values[part.field]))
        return safe_name("".join(pieces))


def read_pattern(written: str) -> PageFilePattern:
    """The pattern *written* in a press profile.

    Raises ``PlanError`` for an unknown field, for anything behind a field but its format, for a pattern without
    ``{page}`` and for one that does not end in ``.pdf``.
    """
    try:
        pieces = list(string.Formatter().parse(written))
    except ValueError:
        raise _fault("花括号不成对", "its braces do not pair", written) from None
    parts = tuple(_part(written, *piece) for piece in pieces)
    if not any(part.field == "page" for part in parts):
        raise _fault("没有 {page}，各版会同名", "it has no {page}: all pages would have one name", written)
    if not written.lower().endswith(SUFFIX):
        raise _fault("要以 .pdf 结尾", "it must end in .pdf", written)
    pattern = PageFilePattern(written, parts)
    pattern.name(date(2000, 1, 1), "A", 1, "a")  # what of it is the same in every name is looked at here
    return pattern


def safe_name(name: str) -> str:
    """*name*, if every system takes it as the name of a file in a folder. Raises ``PlanError`` if not."""
    strange = next((mark for mark in name if mark in FORBIDDEN or unicodedata.category(mark).startswith("C")), None)
    if strange is not None:
        shown = strange if strange in FORBIDDEN else f"U+{ord(strange):04X}"
        raise _unsafe(name, f"不能有“{shown}”", f"“{shown}” cannot stand in it")
    if (
        name != name.strip()
        or name.startswith(("-", "."))
        or name.removesuffix(SUFFIX) != name.removesuffix(SUFFIX).rstrip(". ")
    ):
        raise _unsafe(
            name,
            "不能以点、空格或连字符开头，也不能以点或空格结尾",
            "it may not begin with a dot, blank or hyphen, nor end in a dot or blank",
        )
    if DEVICES.fullmatch(name):
        raise _unsafe(name, "这是 Windows 留给设备的名字", "Windows keeps it for a device")
    if len(name.encode()) > MAX_BYTES:
        raise _unsafe(name, f"超过 {MAX_BYTES} 字节", f"it has more than {MAX_BYTES} bytes")
    return name


def _part(written: str, text: str, field: str | None, spec: str | None, conversion: str | None) -> PagePart:
    if field is None:
        return PagePart(text)
    if field not in FIELDS:
        raise _unknown_field(field)
    if conversion is not None:
        raise _fault(f"{{{field}}} 不能带“!{conversion}”", f"{{{field}}} takes no “!{conversion}”", written)
    allowed = SPECS.get(field)
    if spec and (allowed is None or not allowed.fullmatch(spec)):
        raise _fault(f"{{{field}}} 的格式“{spec}”不认得", f"{{{field}}} does not know the format “{spec}”", written)
    return PagePart(text, field, spec or "")


def _unknown_field(field: str) -> PressProfileError:
    plain = re.match(r"\w*", field)
    hint = meant(field, FIELDS)
    if plain is not None and plain[0] in FIELDS:
        known = plain[0]
        hint = Message(
            f"{{{known}}} 后面只能是冒号和格式。", f"Behind {{{known}}} only a colon and a format may stand."
        )
    message = Message(f"page_files 里没有“{{{field}}}”这一项。", f"page_files has no field “{{{field}}}”.")
    return PressProfileError(message, hint=hint)


def _filled(field: str, value: str) -> str:
    if not value:
        message = Message(
            f"page_files 要 {{{field}}}，这一期没有。", f"page_files asks for {{{field}}}, which this issue has not."
        )
        hint = Message(f'在 issue.toml 里写 {field} = "…"。', f'Write {field} = "…" in issue.toml.')
        raise PressProfileError(message, hint=hint)
    return value


def _fault(zh: str, en: str, written: str) -> PressProfileError:
    message = Message(f"page_files 的“{written}”不行：{zh}。", f"page_files = “{written}” will not do: {en}.")
    hint = Message(
        f"写成这样：{EXAMPLE}；可用 {'、'.join(FIELDS)}。", f"Write it like {EXAMPLE}; there are {', '.join(FIELDS)}."
    )
    return PressProfileError(message, hint=hint)


def _unsafe(name: str, zh: str, en: str) -> PressProfileError:
    message = Message(f"“{name}”不能作文件名：{zh}。", f"“{name}” cannot be a file's name: {en}.")
    hint = Message(
        "改印厂规范的 page_files，或这一期的 paper。", "Change page_files in the press profile, or the issue's paper."
    )
    return PressProfileError(message, hint=hint)

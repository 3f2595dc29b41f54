"""Checks of a drawing: colours that no press prints, and elements that a drawing may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

import tinycss2

from layout.design.css_support import refused_property
from layout.design.design_fault import DesignFault
from layout.design.ink_function import FUNCTION
from layout.design.lint_css import sheet_faults, style_faults
from layout.design.named_inks import CMYK, Inks, wrong_with
from layout.errors import Message

_PAINTS = ("fill", "stroke", "stop-color", "flood-color", "lighting-color", "color")
_NOTHING = ("none", "transparent", "black", "white", "context-fill", "context-stroke")
_ADDRESS = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_NUMBERS = r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:deg|rad|turn|grad|px|pt|mm|cm|in|%)?\s*"
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "viewBox": (re.compile(rf"{_NUMBERS}(?:(?:,|(?<=\s)|(?=[+-])){_NUMBERS}){{3}}"), "0 0 100 50"),
    "transform": (
        re.compile(rf"none|(?:[a-zA-Z]+\s*\({_NUMBERS}(?:,?{_NUMBERS})*\)[\s,]*)+"), "translate(3 4) rotate(30)",
    ),
}  # fmt: skip
"""Attributes that must have a form, each with an example (SVG 1.1, 7.6 and 7.7)."""
_TEXT = (
    Message("画里不能有文字", "a drawing may not hold text"),
    Message("文字要放在 data-flow 版框里，或转成路径。", "Put words in a data-flow frame, or draw them as paths."),
)
_FILTER = (
    Message("画里的滤镜印不出来", "a filter in a drawing does not print"),
    Message("柔和的边用几条渐淡的路径画。", "Draw a soft edge with a few paths, each lighter."),
)
_PICTURE = (
    Message("画里不能有照片", "a drawing may not hold a photograph"),
    Message("照片要放在 data-picture 框里。", "Put photographs in a data-picture box."),
)
_FORBIDDEN: Mapping[str, tuple[Message, Message]] = {
    "text": _TEXT, "foreignObject": _TEXT, "filter": _FILTER, "image": _PICTURE,
}  # fmt: skip


class _Drawing:
    """One parse of one SVG."""

    def __init__(self, svg: str, inks: Inks):
        self.faults: list[DesignFault] = []
        self._svg = svg.encode()
        self._inks = inks
        self._known: dict[str, tuple[Message, Message] | None] = {}
        self._ids: set[str] = set()
        self._wanted: list[tuple[str, int, int]] = []
        self._style: list[str] | None = None
        self._style_line = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = None
        self._parser = parser

    def parse(self) -> list[DesignFault]:
        """All faults, in the order of the file."""
        try:
            self._parser.Parse(self._svg, True)
        except expat.ExpatError as error:
            message = Message(f"SVG 读不通：{expat.ErrorString(error.code)}", f"the SVG does not parse: {error}")
            hint = Message("用画图软件重新存一次。", "Save it again from the drawing program.")
            return [DesignFault(error.lineno, error.offset + 1, message, hint)]
        except (LookupError, ValueError) as error:  # an encoding that there is not
            message = Message(f"SVG 的编码不认得：{error}", f"the encoding of the SVG is unknown: {error}")
            hint = Message("存成 UTF-8。", "Save it as UTF-8.")
            return [DesignFault(1, 1, message, hint)]
        missing = [wanted for wanted in self._wanted if wanted[0] not in self._ids]
        for name, line, column in missing:
            message = Message(f"没有名为 {name} 的渐变或图案", f"there is no gradient or pattern called {name}")
            self.faults.append(
                DesignFault(line, column, message, Message("补上它，或写明油墨。", "Add it, or write inks."))
            )
        return sorted(self.faults, key=lambda fault: fault[:2])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _FORBIDDEN:
            self._add(None, *_FORBIDDEN[local])
        if local == "style":
            self._style, self._style_line = [], self._parser.CurrentLineNumber
        if "id" in attributes:
            self._ids.add(attributes["id"])
        for key, value in attributes.items():
            self._look_at(key, value, local)

    def _look_at(self, key: str, value: str, element: str) -> None:
        if key == "style":
            for fault in style_faults(value, self._inks, in_drawing=True):
                self._add(key, fault.message, fault.hint)
        elif key in _FORMS:
            self._form(key, value.strip())
        elif key in _PAINTS:
            self._paint(key, value.strip())
        elif key == "filter" and value.strip() != "none":
            self._add(key, *_FILTER)
        elif unsupported := refused_property(key, value, in_drawing=True):
            self._add(key, *unsupported)
        elif key == "stop-opacity" or (key == "opacity" and element == "stop"):
            self._clear_stop(key, value)

    def _paint(self, key: str, value: str) -> None:
        if value.lower() in _NOTHING or not value:
            return
        address = _ADDRESS.search(value)
        if address:
            self._wanted.append((address[1], *self._where(key)))
            return
        if value not in self._known:
            self._known[value] = self._judged(value)
        fault = self._known[value]
        if fault is not None:
            self._add(key, *fault)
        elif key == "stop-color" and "/" in value:
            self._clear_stop(key, "0")

    def _form(self, key: str, value: str) -> None:
        """A value of which the engine draws nothing at all when it is not of its form."""
        form, example = _FORMS[key]
        if value and not form.fullmatch(value):
            self._add(
                key,
                Message(f"{key} 读不通：“{value[:40]}”", f"{key} cannot be read: “{value[:40]}”"),
                Message(f'写成 {key}="{example}" 的样子。', f'Write it like {key}="{example}".'),
            )

    def _judged(self, value: str) -> tuple[Message, Message] | None:
        tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
        if len(tokens) != 1 or tokens[0].type not in ("function", "hash", "ident"):
            return _unknown(value)
        fault = wrong_with(tokens[0], self._inks)
        named = getattr(tokens[0], "lower_name", "") in (CMYK, FUNCTION)
        if fault is None and not named and not _black_or_white(value):
            return _unknown(value)
        return fault

    def _clear_stop(self, key: str, value: str) -> None:
        if value.strip() not in ("1", "100%", "1.0"):
            self._add(
                key,
                Message("画里的渐变不能透明", "a gradient in a drawing may not be transparent"),
                Message("写成压在底色上的油墨值。", "Write the inks as they are on the ground beneath."),
            )

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "style" and self._style is not None:
            for fault in sheet_faults("".join(self._style), self._inks, in_drawing=True):
                self.faults.append(fault._replace(line=fault.line + self._style_line - 1))
            self._style = None

    def _characters(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _add(self, key: str | None, message: Message, hint: Message) -> None:
        self.faults.append(DesignFault(*self._where(key), message, hint))

    def _where(self, key: str | None) -> tuple[int, int]:
        """Line and column of the attribute *key* of the element at hand, or of the element."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        if key is None:
            return line, column
        start = self._parser.CurrentByteIndex
        end = self._svg.find(b">", start)
        found = re.search(rb"[\s]" + re.escape(key).encode() + rb"\s*=", self._svg[start:end])
        if found is None:
            return line, column
        before = self._svg[start : start + found.start() + 1].decode("utf-8", "replace")
        lines = before.count("\n")
        return (line + lines, len(before) - before.rfind("\n")) if lines else (line, column + len(before))


def drawing_faults(svg: str, inks: Inks) -> Iterator[DesignFault]:
    """The faults of a drawing. A shape without ``fill`` is black, which prints in K, and is none."""
    yield from _Drawing(svg, inks).parse()


def _black_or_white(value: str) -> bool:
    return (
        value.lower() not in ("currentcolor", "inherit", "initial") and tinycss2.color5.parse_color(value) is not None
    )


def _unknown(value: str) -> tuple[Message, Message]:
    return (
        Message(f"“{value}”在画里会印成黑色", f"“{value}” would print black in a drawing"),
        Message("写明油墨：device-cmyk(…)。", "Write its inks: device-cmyk(…)."),
    )

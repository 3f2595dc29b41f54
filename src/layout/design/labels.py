"""Words that belong to a design, ``[labels]`` of its design.toml: “导读”, “上接第{}版”, “图{}”.

A frame asks for one as for any copy, ``data-flow="{{ labels.guide.flow }}"``; the same label may stand on a page as
often as it is asked for. ``{}`` is what a counter counts: ``{{ labels.plate.flow }}.3`` is “图3”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from layout.design import data_attributes as attribute
from layout.design.design_files import read_design_toml
from layout.errors import Faults, Message, Place, TemplateError, meant
from layout.flows import LABEL, PAGE, Flow
from layout.manuscript.encoding import first_unprintable
from layout.manuscript.model import Paragraph, Run, Text

TABLE = "labels"
LONGEST = 200
"""Characters of a label: beyond that it is copy, and belongs to the editor."""
COUNT = "{}"
"""What stands in a label for a number, or whatever is counted."""
TURNS = {"to": "turn-to", "from": "turn-from"}
"""The labels of 下转 and 上接: where a design has them, its words are set in the place of the program's."""
OF_SHORT = "-short"
"""What ends the names of their labels for stories that have a short headline: ``turn-from-short``."""
SHORT = "{short}"
"""What stands in these for it."""

_NAME = re.compile(r"[^\W_][\w-]*")
_FRAME = re.compile(
    rf"""(?P<before>\s{attribute.FLOW}=["'])(?P<names>[^"'<>]*{PAGE}\.{LABEL}\.[^"'<>]*)(?P<after>["'])"""
)


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a label and where they are written."""

    words: str
    place: Place

    def counting(self, what: str) -> str:
        """Its words with *what* is counted in their place."""
        return self.words.replace(COUNT, what)


def read_labels(folder: Path) -> Mapping[str, Label]:
    """The labels of the design in *folder*, by name. Raises ``TemplateError``, or ``Faults`` of several."""
    toml = read_design_toml(folder)
    table = toml.values.get(TABLE) if toml else None
    if toml is None or not isinstance(table, dict):
        return {}
    labels: dict[str, Label] = {}
    faults = []
    for name, words in table.items():
        place = toml.key(TABLE, name)
        if fault := _wrong(name, words):
            faults.append(TemplateError(fault, place=place, hint=_EXAMPLE))
        elif isinstance(words, str):
            labels[name] = Label(words.strip(), place)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return labels


_EXAMPLE = Message('如 guide = "导读"，counter = "图{}"。', 'For example guide = "导读", counter = "图{}".')


def _wrong(name: str, words: object) -> Message | None:
    if not _NAME.fullmatch(name):
        return Message(
            f"“{name}”不能作名字：用字母、汉字、数字和连字符", f"“{name}” is no name: use letters, digits, hyphens"
        )
    if not isinstance(words, str) or not words.strip() or "\n" in words.strip():
        return Message(f"“{name}”要写成一行文字", f"the label “{name}” must be one line of words")
    if len(words) > LONGEST:
        return Message(f"“{name}”太长：最多 {LONGEST} 个字", f"the label “{name}” is over {LONGEST} characters")
    if code := first_unprintable(words):
        return Message(f"“{name}”里有印不出的字符 {code}", f"the label “{name}” holds {code}, which does not print")
    return None


def label_flow(name: str, counted: str = "") -> Flow:
    """The flow of a label: ``page.label.guide``, ``page.label.plate.3``."""
    return Flow(PAGE, LABEL, None, f"{name}.{counted}" if counted else name)


def text_of(flow: Flow, labels: Mapping[str, Label]) -> Text | None:
    """The text that a label's flow asks for; None where there is no such label."""
    name, _, counted = (flow.sub or "").partition(".")
    label = labels.get(name)
    if label is None:
        return None
    run = Run(label.counting(counted.partition("~")[0]), label.place)
    return Text(flow, (Paragraph("folio", (run,)),))


def told_apart(html: str) -> str:
    """A page with each frame of one and the same label as a text of its own: else they would be a chain, and the words
    would stand in the first.
    """
    seen: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        names = []
        for name in found["names"].split():
            if name.startswith(f"{PAGE}.{LABEL}."):
                seen[name] = seen.get(name, 0) + 1
                counted = name.count(".") > 2  # page.label.plate.3
                more = f"{'' if counted else '.'}~{seen[name]}" if seen[name] > 1 else ""
                names.append(f"{name}{more}")
            else:
                names.append(name)
        return f"{found['before']}{' '.join(names)}{found['after']}"

    return _FRAME.sub(numbered, html)


def labels_in(html: str, labels: Mapping[str, Label], template: Path) -> dict[Flow, Text]:
    """The texts of all labels that the frames of *html*, made from *template*, ask for.

    Raises ``TemplateError`` for a label that there is not.
    """
    texts: dict[Flow, Text] = {}
    for flow in _asked_for(html):
        text = text_of(flow, labels)
        if text is None:
            name = (flow.sub or "").partition(".")[0]
            raise TemplateError(
                Message(f"design.toml 的 [labels] 里没有“{name}”", f"[labels] of design.toml has no “{name}”"),
                place=Place(str(template)),
                hint=meant(name, labels, otherwise=Message(f'写上：{name} = "…"。', f'Write {name} = "…".')),
            )
        texts[flow] = text
    return texts


def _asked_for(html: str) -> Iterator[Flow]:
    for found in _FRAME.finditer(html):
        for name in found["names"].split():
            flow = Flow.parse(name)
            if flow.is_label:
                yield flow

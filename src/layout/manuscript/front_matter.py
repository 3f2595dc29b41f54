"""The head of a manuscript file: YAML between two lines of ``---``, read so that every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import yaml

from layout.errors import LayoutError, ManuscriptError, Message, Place, nearest
from layout.manuscript.characters import joint
from layout.manuscript.model import Run
from layout.manuscript.story_parts import Form, StoryPart, story_parts
from layout.manuscript.yaml_faults import HOW, QUOTE, not_yaml
from layout.outcome_cache import OutcomeCache, key_of, values_codec

PARSED, NODE = 8 * 1024 * 1024, 256  # bytes of front matter that is held as it was parsed; of one character of it

FENCE = "---"
CLOSING = ("---", "...")

MAX_DEPTH = 64
"""Tables and lists inside one another. PyYAML calls itself for each."""

_OPENING = (
    yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken, yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken,
)  # fmt: skip
_ENDING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)

Paragraphs = tuple[tuple[Run, ...], ...]
"""A value as copy: paragraphs of runs."""


@dataclass(slots=True)
class FrontMatter:
    """What the front matter says, under the program's own key names."""

    texts: dict[str, Paragraphs] = field(default_factory=dict)
    """Of running text that the story is not to have: nothing."""
    words: dict[str, Paragraphs] = field(default_factory=dict)
    lists: dict[str, tuple[Run, ...]] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)


_ORDER: tuple[Form, ...] = ("text", "running", "short", "words", "quotations", "phrases", "flag")
"""In which messages list the keys, behind those that must be there."""


@cache
def keys() -> Mapping[str, StoryPart]:
    """Every spelling of every key, from ``story_parts.toml``."""
    rows = [row for row in story_parts().values() if row.is_key]
    spelt: dict[str, StoryPart] = {}
    for row in sorted(rows, key=lambda row: (not row.required, _ORDER.index(row.form))):
        spelt |= dict.fromkeys((row.name, *row.aliases), row)
    return MappingProxyType(spelt)


def split(text: str, file: str) -> tuple[str, int]:
    """The YAML of a manuscript and the number of lines its head takes, fences included.

    Raises ``ManuscriptError`` when there is none or it is not closed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise ManuscriptError(
            Message("稿件开头没有文件头。", "The manuscript has no front matter."),
            place=Place(file, 1),
            hint=Message(
                "第一行写 ---，接着写 headline: 主题，再用一行 --- 收住，下面是正文。",
                "Begin with a line ---, then headline: …, close with another line ---; the copy follows.",
            ),
        )
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() in CLOSING:
            return "\n".join(lines[1 : number - 1]), number
    raise ManuscriptError(
        Message("文件头没有收住：找不到第二行 ---。", "The front matter is not closed: there is no second line ---."),
        place=Place(file, 1),
        hint=Message("在文件头的末尾、正文之前加一行 ---。", "Put a line --- at its end, before the copy."),
    )


def read(text: str, file: str, faults: list[LayoutError]) -> FrontMatter:
    """What the YAML *text*, which starts on line 2 of *file*, says. Mistakes are added to *faults*."""
    front = FrontMatter()
    key = key_of(text)
    root = _composed().get(key) or _compose(text, file, faults)
    if root is not None:  # without a fault
        _composed().put(key, root, NODE * len(text))
        _Reader(text.split("\n"), file, faults, front).read(root)
    return front


@cache
def _composed() -> OutcomeCache[yaml.MappingNode]:
    """Front matter that was parsed without a fault, by its text: an editor's change of the copy leaves it as it is."""
    return OutcomeCache(values_codec("front matter", (), str), None, PARSED)


def _compose(text: str, file: str, faults: list[LayoutError]) -> yaml.MappingNode | None:
    if slips := list(_slips_of_the_pen(text, file)):
        faults += slips
        return None
    depth = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            depth += isinstance(token, _OPENING) - isinstance(token, _ENDING)
            if depth > MAX_DEPTH:
                faults.append(_too_deep(Place(file, token.start_mark.line + 2, token.start_mark.column + 1)))
                return None
            if isinstance(token, (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)):
                mark = token.start_mark
                sign = {yaml.AnchorToken: "&", yaml.AliasToken: "*"}.get(type(token), "!")
                faults.append(_markup(sign, Place(file, mark.line + 2, mark.column + 1)))
                return None
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        faults.append(not_yaml(error, text, file))
        return None
    if root is None or not isinstance(root, yaml.MappingNode):
        message = Message(
            "文件头是空的，或不是“键: 值”的写法。", "The front matter is empty, or is not written as “key: value”."
        )
        faults.append(ManuscriptError(message, place=Place(file, 2), hint=HOW))
        return None
    return root


_FLAGS = MappingProxyType({"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False})
"""What may stand where true or false is asked: YAML's own words, and what an editor writes."""
_NONE = frozenset({word for word, value in _FLAGS.items() if not value} | {"无", "none"})
"""What says that a story has no lede, or no closing."""


def _slips_of_the_pen(text: str, file: str) -> Iterator[ManuscriptError]:
    """Full-width colons, missing spaces, values that begin with a sign: what YAML itself explains badly."""
    for number, line in enumerate(text.split("\n"), 2):
        if sign := _SIGN.match(line):
            yield _markup(sign[1], Place(file, number, sign.start(1) + 1))
        match = re.match(r"([\w]+)\s*(：|:(?=[^\s:]))", line)
        if match is None or match[1] not in keys():
            continue
        if match[2] == "：":
            message = Message(f"“{match[1]}”后面用了全角冒号。", f"“{match[1]}” is followed by a full-width colon.")
        else:
            message = Message(f"“{match[1]}:”后面少一个空格。", f"There is no space after “{match[1]}:”.")
        hint = Message(f"写成“{match[1]}: ”，半角冒号加一个空格。", f"Write “{match[1]}: ”, a plain colon and a space.")
        yield ManuscriptError(message, place=Place(file, number, match.end(1) + 1), hint=hint)


_SIGN = re.compile(r"\s*(?:- |[\w-]+:)\s*([&*!@`%])")
"""A value that begins with a sign of YAML's own."""


def _too_deep(place: Place) -> ManuscriptError:
    message = Message(
        f"文件头套得太深：超过 {MAX_DEPTH} 层。", f"The front matter is nested more than {MAX_DEPTH} deep."
    )
    return ManuscriptError(message, place=place, hint=HOW)


def _markup(sign: str, place: Place) -> ManuscriptError:
    message = Message(
        f"以 {sign} 开头的值会被当作 YAML 记号，字会丢失。",
        f"A value that begins with {sign} is YAML markup and would be lost.",
    )
    return ManuscriptError(message, place=place, hint=QUOTE)


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    file: str
    faults: list[LayoutError]
    front: FrontMatter

    def read(self, root: yaml.MappingNode) -> None:
        seen: dict[str, str] = {}
        for key_node, value in root.value:
            spelling = str(key_node.value)
            key = keys().get(spelling)
            if key is None:
                self._unknown(spelling, key_node)
            elif key.name in seen:
                self._twice(spelling, seen[key.name], key_node)
            else:
                seen[key.name] = spelling
                self._value(key, spelling, value)
        for key in dict.fromkeys(keys().values()):
            if key.required and key.name not in seen:
                self._fault(
                    Message(f"文件头缺 {key.name}（{key.aliases[0]}）。", f"The front matter lacks {key.name}."),
                    Place(self.file, 1),
                    Message(f"加一行 {key.name}: …", f"Add a line {key.name}: …"),
                )

    def _value(self, key: StoryPart, spelling: str, node: yaml.Node) -> None:
        if key.form == "text":
            self.front.texts[key.name] = self._text(spelling, node)
        elif key.form == "running":
            nothing = isinstance(node, yaml.ScalarNode) and str(node.value).casefold() in _NONE
            self.front.texts[key.name] = () if nothing else self._text(spelling, node)
        elif key.form == "short":
            self.front.texts[key.name] = self._line(spelling, node)
        elif key.form == "words":
            self.front.words |= self._words(spelling, node)
        elif key.form == "flag":
            self.front.flags[key.name] = self._flag(spelling, node)
        else:
            self.front.lists[key.name] = self._list(spelling, node)

    def _text(self, name: str, node: yaml.Node) -> Paragraphs:
        if isinstance(node, yaml.SequenceNode):
            return tuple(paragraph for item in node.value for paragraph in self._scalar(name, item))
        return self._scalar(name, node)

    def _line(self, name: str, node: yaml.Node) -> Paragraphs:
        found = self._text(name, node)
        if len(found) > 1:
            hint = Message("留下一行。", "Keep one line.")
            self._fault(Message(f"“{name}”只能有一行。", f"“{name}” is one line."), self._place(node), hint)
        return found

    def _flag(self, name: str, node: yaml.Node) -> bool:
        value = _FLAGS.get(str(node.value).casefold()) if isinstance(node, yaml.ScalarNode) else None
        if value is None:
            hint = Message(f"写成 {name}: true，或删去这一行。", f"Write {name}: true, or delete the line.")
            self._fault(
                Message(f"“{name}”只能是 true 或 false。", f"“{name}” is true or false."), self._place(node), hint
            )
        return bool(value)

    def _list(self, name: str, node: yaml.Node) -> tuple[Run, ...]:
        if not isinstance(node, yaml.SequenceNode):
            hint = Message(
                f"写成一行 {name}:，下面每行“  - 内容”。", f"Write {name}:, and below it “  - item” on each line."
            )
            self._fault(Message(f"“{name}”应当是一列。", f"“{name}” must be a list."), self._place(node), hint)
            return ()
        paragraphs = [paragraph for item in node.value for paragraph in self._scalar(name, item)]
        return tuple(Run("".join(run.text for run in runs), runs[0].place) for runs in paragraphs)

    def _words(self, name: str, node: yaml.Node) -> dict[str, Paragraphs]:
        if not isinstance(node, yaml.MappingNode):
            hint = Message(
                f"写成一行 {name}:，下面每行“  名称: 文字”。",
                f"Write {name}:, and below it “  name: words” on each line.",
            )
            self._fault(
                Message(f"“{name}”应当是“名称: 文字”的表。", f"“{name}” must be a table of names and words."),
                self._place(node),
                hint,
            )
            return {}
        words: dict[str, Paragraphs] = {}
        for key_node, value in node.value:
            word = str(key_node.value)
            if word in words:
                self._twice(word, word, key_node)
            elif not re.fullmatch(r"\w[\w-]*", word):
                hint = Message("名称只用字母、汉字、数字和连字符。", "Use letters, digits and hyphens only.")
                self._fault(
                    Message(f"“{word}”不能作名称。", f"“{word}” cannot be a name."), self._place(key_node), hint
                )
            else:
                words[word] = self._text(word, value)
        return words

    def _scalar(self, name: str, node: yaml.Node) -> Paragraphs:
        """The paragraphs of one YAML value; none, and a fault, when it is empty or not a value."""
        if not isinstance(node, yaml.ScalarNode):
            message = Message(f"“{name}”应当是文字。", f"“{name}” must be words.")
            hint = Message("以 { 或 [ 开头的值" + QUOTE.zh, "A value that begins with { or [: " + QUOTE.en.lower())
            self._fault(message, self._place(node), hint)
            return ()
        paragraphs = self._block(node) if node.style in ("|", ">") else self._flow(node)
        if not paragraphs:
            hint = Message("填上文字，或删去这一行。", "Fill it in, or delete the line.")
            self._fault(Message(f"“{name}”是空的。", f"“{name}” is empty."), self._place(node), hint)
        self._no_comment_after(name, node)
        return paragraphs

    def _block(self, node: yaml.ScalarNode) -> Paragraphs:
        first = node.start_mark.line + 3
        lines = enumerate(node.value.split("\n"), first)
        return tuple((Run(line.strip(), Place(self.file, number)),) for number, line in lines if line.strip())

    def _flow(self, node: yaml.ScalarNode) -> Paragraphs:
        """A plain or quoted value. Lines of a plain one are joined as lines of copy are, not by YAML's space."""
        place = self._place(node)
        if node.style is not None:
            paragraphs = [line.strip() for line in node.value.split("\n")]
            return tuple(
                (Run(text, Place(place.file, place.line, (place.column or 0) + 1)),) for text in paragraphs if text
            )
        runs: list[Run] = []
        for index in range(node.start_mark.line, node.end_mark.line + 1):
            start = node.start_mark.column if index == node.start_mark.line else 0
            end = node.end_mark.column if index == node.end_mark.line else None
            piece = self.lines[index][start:end]
            if text := piece.strip():
                column = start + piece.index(text) + 1
                if runs:
                    runs[-1] = Run(runs[-1].text + joint(runs[-1].text, text), runs[-1].place)
                runs.append(Run(text, Place(self.file, index + 2, column)))
        return (tuple(runs),) if runs else ()

    def _no_comment_after(self, name: str, node: yaml.ScalarNode) -> None:
        """YAML would drop the words behind `` #`` in silence. A comment has a line of its own."""
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if node.style is None and end.line < len(self.lines) else ""
        if rest.lstrip().startswith("#"):
            self._fault(
                Message(
                    f"“{name}”里“ #”以后的字会被当作备注丢掉。",
                    f"What follows “ #” in “{name}” would be lost as a comment.",
                ),
                Place(self.file, end.line + 2, end.column + 1 + len(rest) - len(rest.lstrip())),
                Message(
                    "要印出来，就把整个值放进英文双引号里；是备注，就另起一行。",
                    "To print it, put the value in quotes; a comment goes on a line of its own.",
                ),
            )

    def _unknown(self, spelling: str, node: yaml.Node) -> None:
        names = "、".join(dict.fromkeys(key.name for key in keys().values()))
        near = nearest(spelling, keys(), 0.5)
        guess = Message(f"是不是 {near}？", f"Did you mean {near}? ") if near else Message("", "")
        hint = Message(f"{guess.zh}可用的键：{names}。", f"{guess.en}Known keys: {names.replace('、', ', ')}.")
        self._fault(
            Message(f"文件头里没有“{spelling}”这个键。", f"The front matter has no key “{spelling}”."),
            self._place(node),
            hint,
        )

    def _twice(self, spelling: str, first: str, node: yaml.Node) -> None:
        also = "" if spelling == first else f"（与 {first} 是同一个键）"
        hint = Message("留下一个，删去另一个。", "Keep one and delete the other.")
        self._fault(Message(f"“{spelling}”写了两次{also}。", f"“{spelling}” is given twice."), self._place(node), hint)

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 2, node.start_mark.column + 1)

    def _fault(self, message: Message, place: Place, hint: Message) -> None:
        self.faults.append(ManuscriptError(message, place=place, hint=hint))

"""Errors of Jinja as faults that a designer understands: file, line, sentence, and what to write."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypedDict

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.lexer import TOKEN_BLOCK_BEGIN, TOKEN_NAME, TOKEN_OPERATOR, TOKEN_WHITESPACE
from jinja2.utils import missing

from layout.design.template_budget import BITS, ELEMENTS, LONGEST, NESTED, PAGE, STEPS, Limit, TooMuch
from layout.design.template_loader import LeadsOut
from layout.design.template_lookup import (
    Lookup,
    TemplateLine,
    exported,
    lines_of,
    lookup_of,
    not_in,
    own_names,
    template_text,
    where_missed,
)
from layout.design.template_records import IssueRecord, PageRecord
from layout.design.template_sandbox import Missing
from layout.errors import Message, Place, TemplateError, meant

_OPENERS = {"for", "if", "macro", "block", "call", "filter", "with", "autoescape", "raw", "set"}
_BLOCKS = 20
"""Loops and the like inside one another that Python can compile."""
_TOO_MANY_DIGITS = re.compile("[0-9][0-9_]{4299}")
"""Python reads no number with more digits than 4,300."""
_NO_FILTER = re.compile(r"No (filter|test) named '(.+?)'")
_NOT_EXPORTED = re.compile(r"the template '(.+)' \(imported on .*\) does not export the requested name '(.+)'")
_TOO_MUCH: Mapping[Limit, tuple[Message, Message]] = {
    Limit.STEPS: (
        Message(f"模板没完没了：循环、套用超过 {STEPS} 步，或套得太深",
                f"the template never ends: over {STEPS} steps, or nested too deep"),
        Message("检查 range( ) 里的数，宏和 include 有没有自己套自己。",
                "Look at the numbers in range( ), and for a macro or an include that uses itself."),
    ),
    Limit.SIZE: (
        Message(f"模板没完没了：做出的文字或列超过 {LONGEST} 个字、项",
                f"the template never ends: a text or list of more than {LONGEST} characters or items"),
        Message("检查这里的数，以及循环里越接越长的文字和列。",
                "Look at the numbers here, and for text or a list that grows in a loop."),
    ),
    Limit.NUMBER: (
        Message(f"模板里的数太大：超过 {BITS} 位二进制", f"a number in the template is too large: over {BITS} bits"),
        Message("检查这里的乘法、乘方，以及循环里越乘越大的数。",
                "Look at what is multiplied here, and for a number that grows in a loop."),
    ),
    Limit.PAGE: (
        Message(f"模板排出的版面太长：超过 {PAGE} 个字符", f"the template makes a page of more than {PAGE} characters"),
        Message("检查循环的次数。", "Look at how often it repeats itself."),
    ),
    Limit.ELEMENTS: (
        Message(f"模板排出的元素太多：超过 {ELEMENTS} 个", f"the template makes more than {ELEMENTS} elements"),
        Message("检查循环的次数；花纹用一个 SVG 来画。",
                "Look at how often it repeats itself; draw an ornament as one SVG."),
    ),
    Limit.NESTED: (
        Message(f"元素套得太深：超过 {NESTED} 层", f"elements are nested more than {NESTED} deep"),
        Message("检查有没有没收住的标签，如 <div> 少了 </div>。",
                "Look for a tag that is not closed, a <div> without </div>."),
    ),
}  # fmt: skip
"""What is said, and what to do, where a template exceeds a limit."""

SaidAndHint = tuple[Message, Message]


@dataclass(frozen=True)
class Failure:
    """A template of *folders* (the design's own first) that could not be filled from *context*."""

    jinja: Environment
    folders: tuple[Path, ...]
    template: Path
    context: Mapping[str, object]

    def fault(self, error: Exception) -> TemplateError:
        """The failure *error* as a fault with its place."""
        path: Path
        line: int | None
        word: str | Lookup
        if isinstance(error, TemplateSyntaxError):
            path, line = Path(error.filename or self.template), self._line(error)
            sentence, hint, word = self._syntax_error(error, path)
        else:
            lines = self._lines_to_blame(error)
            at = lines[-1] if lines else TemplateLine(self.template, self._heaviest_line(), {})
            path, line, _ = at
            sentence, hint, word = self._runtime_error(error, at)
            hint = self._with_caller(hint, lines)
        return TemplateError(sentence, place=_place(path, line, word), hint=hint)

    def _lines_to_blame(self, error: Exception) -> list[TemplateLine]:
        """The lines of templates that were being filled, down to that which writes what is wrong."""
        lines = list(lines_of(error))
        if not lines or not isinstance(error, Missing) or error.name is None or _is_of_call(error):
            return lines
        return lines[: where_missed(self.jinja, lines, error.name, is_variable=error.obj is missing) + 1]

    def _heaviest_line(self) -> int:
        """Where a template that no code can be made of is at its deepest: blocks in blocks, brackets in brackets."""
        source = template_text(self.template)
        if digits := _TOO_MANY_DIGITS.search(source):
            return source.count("\n", 0, digits.start()) + 1
        blocks = max(_depths(self.jinja, source), default=(0, 1))
        tokens = Counter(line for line, _, _ in _tokens(self.jinja, source))
        longest = max(tokens, key=lambda line: (tokens[line], -line), default=1)
        return blocks[1] if blocks[0] > max(_BLOCKS, tokens[longest] // 4) else longest

    def _line(self, error: TemplateSyntaxError) -> int | None:
        """Where a template that ends too early begins what it does not end; else the line that Jinja names."""
        left = _left_open(self.jinja, template_text(Path(error.filename or self.template)))
        return left[-1][1] if left and "Unexpected end" in (error.message or "") else error.lineno

    def _syntax_error(self, error: TemplateSyntaxError, path: Path) -> tuple[Message, Message, str]:
        """Sentence, hint and wrong word for a template that Jinja cannot parse."""
        message = error.message or ""
        if found := _NO_FILTER.match(message):
            return (*self._no_filter(found), found[2])
        sentence, hint = _from_table("syntax", message)
        left = _left_open(self.jinja, template_text(path), None if "Unexpected end" in message else error.lineno)
        tag = re.match(r"Encountered unknown tag '(.+?)'", message)
        if tag:
            ends = [f"end{name}" for name, _ in left[-1:]]
            hint = meant(tag[1], [*ends, *_tags(message), *sorted(_OPENERS - {"raw"}), "include", "import", "from"])
        elif "Unexpected end" in message and left:
            name, line = left[-1]
            sentence = Message(
                f"第 {line} 行的 {{% {name} %}} 没有收住", f"{{% {name} %}} on line {line} is not closed"
            )
            hint = Message(f"在该收的地方写 {{% end{name} %}}。", f"Write {{% end{name} %}} where it ends.")
        return sentence, hint, tag[1] if tag else ""

    def _runtime_error(self, error: Exception, at: TemplateLine) -> tuple[Message, Message, str | Lookup]:
        """Sentence and hint for an error while a template was filled, and the wrong word if there is one."""
        message, path = str(error), at.path
        words: SaidAndHint = _other_error(error)
        word: str | Lookup = ""
        if isinstance(error, TooMuch | RecursionError | MemoryError | OverflowError):
            words = _TOO_MUCH[error.limit if isinstance(error, TooMuch) else Limit.STEPS]
        elif isinstance(error, ValueError) and _TOO_MANY_DIGITS.search(template_text(path)):
            words = _TOO_MUCH[Limit.NUMBER]
        elif isinstance(error, LeadsOut):
            words, word = _link_leads_out(error.name), error.name
        elif isinstance(error, TemplateNotFound):
            word = str(error.name or message)
            words = self._no_template(word)
        elif found := _NO_FILTER.match(message):
            words, word = self._no_filter(found), found[2]
        elif found := _NOT_EXPORTED.match(message):
            words, word = self._not_exported(found[1], found[2]), found[2]
        elif isinstance(error, Missing) and error.name is not None and not _is_of_call(error):
            words, word = self._missing(error, at)
        elif isinstance(
            error, Missing | SecurityError | TypeError | ValueError | ArithmeticError | AttributeError | SyntaxError
        ):
            words = _from_table("failing", message)
        return (*words, word)

    def _missing(self, error: Missing, at: TemplateLine) -> tuple[SaidAndHint, str | Lookup]:
        source, name = template_text(at.path), str(error.name)
        if error.obj is missing:
            known = [*self.context, *dict.fromkeys(own_names(self.jinja, source)), *self.jinja.globals]
            unknown = Message(f"模板里没有“{name}”这个名字", f"the template knows no name “{name}”")
            return (unknown, meant(name, known)), name
        lookup = lookup_of(self.jinja, source, at.number, error.name, thing=error.obj, names=at.names)
        words = not_in(error.obj, error.name, lookup)
        if error.obj is self.context.get("pictures"):
            words = words[0], self._other_page(name) or words[1]
        return words, lookup or name

    def _other_page(self, name: str) -> Message | None:
        """The hint for a picture that the issue has, but not on this page."""
        issue, page = self.context.get("issue"), self.context.get("page")
        if not isinstance(issue, IssueRecord) or not isinstance(page, PageRecord):
            return None
        if not any(name in each.pictures for each in issue.pages):
            return None
        return Message(
            f"本期有这幅图，但不在第 {page.number} 版：写进 issue.toml 这一版的 pictures。",
            f"The issue has it, but not page {page.number}: put it into that page's pictures in issue.toml.",
        )

    def _no_filter(self, found: re.Match[str]) -> SaidAndHint:
        kind, name = found.groups()
        zh = {"filter": "过滤器（| 后面的）", "test": "判断（is 后面的）"}[kind]
        known = self.jinja.filters if kind == "filter" else self.jinja.tests
        return Message(f"没有“{name}”这个{zh}", f"there is no {kind} “{name}”"), meant(name, sorted(known))

    def _no_template(self, name: str) -> SaidAndHint:
        names = [
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in (*folder.glob("*.html"), *folder.glob("components/**/*.html"))
            if folder == self.folders[0] or path.parent != folder
        ]
        return Message(f"没有模板文件 {name}", f"there is no template file {name}"), meant(name, sorted(names))

    def _not_exported(self, template: str, name: str) -> SaidAndHint:
        path = next((folder / template for folder in self.folders if (folder / template).is_file()), None)
        known = exported(self.jinja, template_text(path)) if path else []
        return Message(f"{template} 里没有“{name}”", f"{template} has no “{name}”"), meant(name, known)

    def _with_caller(self, hint: Message, lines: list[TemplateLine]) -> Message:
        """Where the fault is in a macro or in a part that designs share, the line that uses it is named too."""
        users = [each for each in lines if each[:2] != lines[-1][:2]]
        if not users:
            return hint
        path, line, _ = users[-1]
        return Message(
            f"{hint.zh}用它的是 {path.name} 第 {line} 行。", f"{hint.en} It is used in {path.name}, line {line}."
        )


def _from_table(table: Literal["syntax", "failing"], message: str) -> SaidAndHint:
    for row in _table()[table]:
        if found := re.fullmatch(row["match"], message):
            groups = [group for group in found.groups() if group is not None]
            zh, en = ([_kind(group, language) for group in groups] for language in (0, 1))
            return (
                Message(row["zh"].format(*zh), row["en"].format(*en)),
                Message(row.get("hint_zh", ""), row.get("hint_en", "")),
            )
    return (
        Message(
            f"模板这一行不对（Jinja 说：{message}）", f"this line of the template is wrong (Jinja says: {message})"
        ),
        Message("检查这一行的 {{ }}、{% %}、括号和名字。", "Check {{ }}, {% %}, brackets and names on this line."),
    )


def _link_leads_out(name: str) -> SaidAndHint:
    return (
        Message(
            f"模板文件 {name} 是链接，指到版式文件夹外面",
            f"the template file {name} is a link out of the design's folder",
        ),
        Message("把文件本身放进版式文件夹。", "Put the file itself into the design's folder."),
    )


def _other_error(error: Exception) -> SaidAndHint:
    what = f"{type(error).__name__}: {error}"
    return (
        Message(f"模板这一行算不出来（{what}）", f"this line of the template cannot be worked out ({what})"),
        Message("检查括号里给的是不是该给的东西。", "Check that what stands in the brackets is what is wanted."),
    )


def _kind(name: str, language: int) -> str:
    words = _table()["kinds"].get(name.rpartition(".")[2])
    return words[language] if words else name


class _Table(TypedDict):
    """The messages that are known, and the names of kinds of things in both languages."""

    kinds: dict[str, list[str]]
    syntax: list[dict[str, str]]
    failing: list[dict[str, str]]


@cache
def _table() -> _Table:
    table: _Table = tomllib.loads(  # type: ignore[assignment]  # as the file has it
        files("layout.design").joinpath("template_errors.toml").read_text(encoding="utf-8")
    )
    return table


def _is_of_call(error: Missing) -> bool:
    """Whether a macro was not given one of its parameters: then nothing was looked up."""
    return str(error).startswith("parameter ")


def _place(path: Path, line: int | None, wrong: str | Lookup) -> Place:
    """*line* of a template, and the column where what is *wrong* stands in it."""
    written = "".join(template_text(path).split("\n")[line - 1 : line]) if line else ""
    found = (match for each in _patterns(wrong) for match in re.finditer(each, written))
    return Place(str(path), line, next((match.start("at") + 1 for match in found), None))


def _patterns(wrong: str | Lookup) -> Iterator[str]:
    """What to look for in a line, the surest first: a look-up as a whole, then its name alone."""
    if isinstance(wrong, Lookup):
        yield rf"(?<![\w.]){re.escape(wrong.owner)}\W+?(?P<at>{re.escape(wrong.name)})(?!\w)"
    if word := wrong.name if isinstance(wrong, Lookup) else wrong:
        yield rf"(?<!\w)(?P<at>{re.escape(word)})(?!\w)"


def _tags(message: str) -> list[str]:
    """The tags that Jinja was looking for."""
    wanted = re.search(r"looking for the following tags: (.+?)\.(?: |\)|$)", message)
    return re.findall(r"'(\w+)'", wanted[1]) if wanted else []


def _depths(jinja: Environment, source: str) -> Iterator[tuple[int, int]]:
    """How many blocks each line is in, and the line."""
    depth = 0
    tokens = _tokens(jinja, source)
    for number, (line, kind, _) in enumerate(tokens):
        if kind == TOKEN_BLOCK_BEGIN:
            name = next((each[2] for each in tokens[number + 1 : number + 4] if each[1] == TOKEN_NAME), "")
            depth += -1 if name.startswith("end") else name in _OPENERS - {"set"}
            yield depth, line


def _left_open(jinja: Environment, source: str, until: int | None = None) -> list[tuple[str, int]]:
    """The tags of a template that are not closed before line *until*, with their lines."""
    left: list[tuple[str, int]] = []
    tokens = _tokens(jinja, source)
    for number, (line, kind, _) in enumerate(tokens):
        if until is not None and line >= until:
            break
        if kind != TOKEN_BLOCK_BEGIN:
            continue
        rest = [token for token in tokens[number + 1 : number + 8] if token[1] != TOKEN_WHITESPACE]
        name = rest[0][2] if rest and rest[0][1] == TOKEN_NAME else ""
        if name.startswith("end"):
            at = next((i for i in range(len(left) - 1, -1, -1) if left[i][0] == name[3:]), None)
            left = left if at is None else left[:at]
        elif name in _OPENERS and not (name == "set" and (TOKEN_OPERATOR, "=") in [token[1:] for token in rest[:3]]):
            left.append((name, line))
    return left


def _tokens(jinja: Environment, source: str) -> list[tuple[int, str, str]]:
    """The tokens of a template, up to the first that Jinja's lexer cannot read."""
    tokens: list[tuple[int, str, str]] = []
    with suppress(TemplateSyntaxError):
        tokens.extend(jinja.lex(source))
    return tokens

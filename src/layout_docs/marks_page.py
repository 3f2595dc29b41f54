"""The page of the rules of line composition, from ``composer/marks.toml``."""

from __future__ import annotations

from collections.abc import Iterator

from layout.errors import Message
from layout_docs.markdown import both, page, section, table, toml


def as_markdown() -> str:
    """The page."""
    return page(
        Message("排字规则", "Rules of line composition"),
        Message(
            "由 `composer/marks.toml` 生成。`layout set 一段文字` 显示每行挤了哪里、依据哪一条；"
            "`make specimen` 排出有规则和没有规则的样张。",
            "Made from `composer/marks.toml`. `layout set TEXT` shows what was squeezed in each line and by which rule;"
            " `make specimen` sets each rule with and without.",
        ),
        section(
            Message("避头尾", "Prohibitions"),
            "每一级都包括前一级。`--kinsoku: none` 一概不管。",
            "Each level holds the one before it as well. `--kinsoku: none` has none.",
            table(["`--kinsoku`", "不在行首 not at the start", "不在行末 not at the end"], _levels()),
        ),
        section(
            Message("挤和撑", "Squeezing and stretching"),
            "按 CLREQ 的次序，先挤后撑，前一步不够才用后一步。",
            "In the order of CLREQ: first narrowed, then widened, each step only where those before it do not suffice.",
            table(["名 name", "动什么 what gives", "依据 rule"], _rules()),
        ),
        section(Message("标点和字的种类", "Kinds of marks"), table(["种类 kind", "字 characters"], _kinds())),
    )


def _levels() -> Iterator[tuple[str, str, str]]:
    for name, level in toml("layout.composer", "marks.toml")["levels"].items():
        yield f"`{name}`", _code(level["not_start"]), _code(level["not_end"])


def _rules() -> Iterator[tuple[str, str, str]]:
    marks = toml("layout.composer", "marks.toml")
    for name, row in marks["words"].items():
        yield f"`{name}`", both(Message(row["zh"], row["en"])), both(Message(row["rule"], marks["rules"][name]))


def _kinds() -> Iterator[tuple[str, str]]:
    for name, characters in toml("layout.composer", "marks.toml")["kinds"].items():
        yield f"`{name}`", _code(characters)


def _code(characters: str) -> str:
    """The characters one by one, by their code points where they cannot be seen."""
    seen = "".join(each for each in characters if each.isprintable())
    unseen = " ".join(f"U+{ord(each):04X}" for each in characters if not each.isprintable())
    return " ".join(part for part in (f"`{' '.join(seen)}`" if seen else "", unseen) if part) or "—"

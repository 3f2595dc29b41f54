"""The table of docs/proofs.md: the kinds of proof mark, what each is put on, and what the next round is asked."""

from __future__ import annotations

from collections.abc import Iterator

from layout.proof.marks.kinds import mark_kinds
from layout_docs.markdown import both, table, toml, words


def kinds() -> str:
    """Every kind of mark in the order of GB/T 14706, and ours."""
    heads = ["批什么 mark", "`kind`", "批在哪里 on", "填什么 typed with it", "下一校怎样判 how it is judged"]
    return table(heads, _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    names = toml("layout.proof.marks", "kinds.toml")
    for kind in mark_kinds().values():
        text = both(kind.text) if kind.text else ""
        yield (
            both(kind.name), f"`{kind.id}`", both(words(names["on"][kind.on])), text,
            both(words(names["judged"][kind.judged])),
        )  # fmt: skip

r"""Writes the words of a paragraph as a manuscript's Markdown, so that they are read back as they are.

What would mean something is written with a backslash, and only that: ``[2025]12号`` stays as it is.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from layout.intake.model import CopyRun
from layout.manuscript.emphasis import flanking

_MARK = re.escape(string.punctuation)
_BACKSLASH = re.compile(rf"\\(?=[{_MARK}]|\Z)")
_STARS = re.compile(r"\*{2,}|\A\*+|\*+\Z")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_BRACKETS = re.compile(r"\]\s*[({:]|\[\^")
_LEDE = re.compile(r"\{(?=\.lede\}\s*\Z)")
_SPACED = re.compile(r"(?P<before>\s*)(?P<words>.*?)(?P<after>\s*)", re.DOTALL)
_LEADING = re.compile(r"(?=[#>+*|~`:=-]|\d{1,9}[.)]|\[)")


def escaped(text: str, *, brackets: bool = False, raised: bool = False, lowered: bool = False) -> str:
    """*text* with a backslash before each mark that would mean something there.

    *brackets*, *raised*, *lowered*: whether square brackets, ``^`` and ``~`` would, for what stands beside it.
    """
    words = _BACKSLASH.sub(r"\\\\", text)
    words = _STARS.sub(lambda found: "\\*" * len(found[0]), words)
    words = _TAG.sub(r"\\<", words).replace("`", "\\`")
    words = _LEDE.sub(r"\\{", words)
    if brackets or _BRACKETS.search(text):
        words = re.sub(r"([\[\]])", r"\\\1", words)
        words = words.replace("{", "\\{") if brackets and "\\{" not in words else words
    if raised or text.count("^") > 1:
        words = words.replace("^", "\\^")
    if lowered or text.count("~") > 1:
        words = words.replace("~", "\\~")
    return words


def all_escaped(text: str) -> str:
    """*text* with a backslash before every ASCII mark: for words inside brackets and braces."""
    return re.sub(rf"([{_MARK}])", r"\\\1", text)


def plain_runs(runs: Sequence[CopyRun]) -> tuple[CopyRun, ...]:
    """*runs* without anything but their words and the marks of notes."""
    return tuple(CopyRun(run.text, note=run.note) for run in runs)


def inline(runs: Sequence[CopyRun]) -> str:
    """The runs of one line as Markdown."""
    parts = [piece for run in runs for piece in _without_outer_blanks(run)]
    text = "".join(run.text for run in parts)
    flags = {
        "brackets": bool(_BRACKETS.search(text)),
        "raised": text.count("^") > 1 or any(run.level == "super" for run in parts),
        "lowered": text.count("~") > 1 or any(run.level == "sub" for run in parts),
    }
    done = ""
    groups = [(strong, list(group)) for strong, group in groupby(parts, key=lambda run: run.strong and bool(run.text))]
    for index, (strong, group) in enumerate(groups):
        words = ""
        for run in group:
            words += _marked(run, flags, (done + words)[-1:])
        following = groups[index + 1][1][0].text[:1] if index + 1 < len(groups) else ""
        done += _bold(words, done[-1:], following) if strong else words
    return done


def _without_outer_blanks(run: CopyRun) -> list[CopyRun]:
    """*run*, the blanks at its ends unmarked: a mark does not open before a blank, or close behind one."""
    if run.note or not (run.strong or run.emphasis or run.under or run.level or run.ruby):
        return [run]
    found = _SPACED.fullmatch(run.text)
    pieces = [found["before"], found["words"], found["after"]] if found else [run.text]
    return [replace(run, text=each) if each.strip() else CopyRun(each) for each in pieces if each]


def _bold(words: str, before: str, after: str) -> str:
    """*words* between ``**``; as they are where these would not open and close."""
    opens = flanking(before or " ", words[0])[0]
    closes = flanking(words[-1], after or " ")[1]
    return f"**{words}**" if opens and closes else words


def _marked(run: CopyRun, flags: dict[str, bool], before: str) -> str:
    if run.note:
        return f"[^{run.note}]"
    if run.ruby:
        return f"[{all_escaped(run.text)}]{{{all_escaped(run.ruby)}}}"
    if run.level and before.strip():
        sign = "^" if run.level == "super" else "~"
        return f"{sign}{run.text}{sign}"
    names = [*(f".{each}" for each in run.under), *([".emphasis"] if run.emphasis else [])]
    if names and run.text.strip():
        return f"[{all_escaped(run.text)}]{{{' '.join(names)}}}"
    return escaped(run.text, **flags)


def begins_block(words: str) -> bool:
    """Whether a line of Markdown that begins with *words* may be something else than a paragraph."""
    return _LEADING.match(words) is not None


def without_opening_hash(words: str) -> str:
    """*words* with a backslash before a ``#`` at their beginning, which a reader of manuscripts looks for."""
    return f"\\{words}" if words.startswith("#") else words

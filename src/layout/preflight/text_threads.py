"""Matches a page's characters with its texts: the stories, each in its own order, and each caption and folio once.

The stories' texts may interrupt one another anywhere; a *piece* (caption, folio, figure) stands in a row, once. The
search runs forward and keeps the choices it did not take. Choices are rare (a character that would also go on another
text), so 20,000 characters take about a tenth of a second; a position seen before is not tried again.

Where the stream breaks, the search takes the place it got furthest, steps over the damage to the nearest place where
stream and texts agree again, and goes on: one lost character is one break, however long the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

STEPS_FREE = 200_000
STEPS_PER_CHARACTER = 20
"""Steps of one search: beyond them the stream counts as not proved. Only made-up texts (“aaaa…”) get near it."""

SOLID = 6
"""Characters a text must run on before a change to it is believed when looking for where the stream broke."""

REGAIN = ((8, 1), (4, 2), (2, 8))
"""How many characters must agree to regain the thread after a break, and how much dearer each step over damage is
when fewer do: two characters agree by chance soon, eight do not."""

MAX_BREAKS = 12
"""Breaks reported one by one; the rest of the stream is then one break."""


class ThreadState(NamedTuple):
    """The position in the stream and in every text."""

    at: int
    spent: tuple[int, ...]
    used: int
    """One bit per piece."""
    thread: int
    """The text that went on last."""
    hyphens: int = 0
    since: int = 0
    """Where in the stream the last change to another text was."""
    before: ThreadState | None = None
    """The state before that change."""


@dataclass(frozen=True, slots=True)
class ThreadBreak:
    """Where the stream leaves its texts: ``extra`` of it and ``missing`` of text ``thread`` were stepped over."""

    at: int
    extra: str
    thread: int
    spent: int
    missing: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The result of the match. It is a proof when there are no breaks and no lost pieces."""

    breaks: tuple[ThreadBreak, ...]
    lost_pieces: tuple[int, ...]
    hyphens: int
    """Line-end hyphens that are the typesetter's."""


def follow(stream: str, texts: Sequence[str], pieces: Sequence[str], hyphens: frozenset[int] = frozenset()) -> Trail:
    """Explain *stream* by *texts* and *pieces*, all without white space.

    *hyphens* are the indices in the stream of hyphens at a line's end, which need be nobody's copy.
    """
    page = _Page(stream, tuple(texts), tuple(pieces), hyphens, _starts(pieces))
    nothing = sum(1 << index for index, piece in enumerate(pieces) if not piece)
    state = ThreadState(0, (0,) * len(texts), nothing, 0)
    breaks: list[ThreadBreak] = []
    while True:
        state = page.run(state)
        if page.finished(state):
            break
        step = page.step_over(state) if len(breaks) < MAX_BREAKS else None
        if step is None:
            breaks += page.remainder(state)
            break
        breaks.append(step[0])
        state = step[1]
    lost = tuple(index for index in range(len(pieces)) if not state.used >> index & 1)
    return Trail(tuple(breaks), lost, state.hyphens)


def _starts(pieces: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Pieces by first character, longest first."""
    starts: dict[str, list[int]] = {}
    for index in sorted(range(len(pieces)), key=lambda index: -len(pieces[index])):
        if pieces[index]:
            starts.setdefault(pieces[index][0], []).append(index)
    return starts


@dataclass(frozen=True, slots=True)
class _Page:
    """The stream and the texts it should consist of."""

    stream: str
    texts: tuple[str, ...]
    pieces: tuple[str, ...]
    hyphens: frozenset[int]
    starts: Mapping[str, Sequence[int]]

    def finished(self, state: ThreadState) -> bool:
        """Whether everything is spent."""
        return (
            state.at == len(self.stream)
            and state.used == (1 << len(self.pieces)) - 1
            and all(spent == len(text) for spent, text in zip(state.spent, self.texts, strict=True))
        )

    def run(self, state: ThreadState) -> ThreadState:
        """The finished state, or the furthest one that can be reached."""
        best, stack, seen = state, [state], set()
        steps = STEPS_FREE + STEPS_PER_CHARACTER * len(self.stream)
        while stack and steps > 0:
            state = stack.pop()
            while following := self._next_states(state):
                steps -= 1
                if len(following) > 1:
                    key = (state.at, state.spent, state.used)
                    if key in seen:
                        break
                    seen.add(key)
                    stack += following[:0:-1]
                state = following[0]
            if self.finished(state):
                return state
            state = self._solid(state)
            if state.at > best.at:
                best = state
        return best

    def _next_states(self, state: ThreadState) -> list[ThreadState]:
        """The states one character (or one piece) on, the likeliest first."""
        if state.at == len(self.stream):
            return []
        char = self.stream[state.at]
        following: list[ThreadState] = []
        thread = state.thread
        if self.texts and self._expected(state, thread) == char:
            following.append(self._on(state, thread))
        if char in self.starts:
            following += self._pieces(state, char)
        following += [
            self._on(state, other)
            for other in range(len(self.texts))
            if other != thread and self._expected(state, other) == char
        ]
        if state.at in self.hyphens:
            following.append(state._replace(at=state.at + 1, hyphens=state.hyphens + 1))
        return following

    def _expected(self, state: ThreadState, thread: int) -> str:
        """The next character of a text, or nothing at its end."""
        text, spent = self.texts[thread], state.spent[thread]
        return text[spent] if spent < len(text) else ""

    def _on(self, state: ThreadState, thread: int) -> ThreadState:
        """One character further in *thread*."""
        spent = (*state.spent[:thread], state.spent[thread] + 1, *state.spent[thread + 1 :])
        if thread == state.thread:
            since, before = state.since, state.before
        else:
            since, before = state.at, self._solid(state)._replace(before=None)
        return ThreadState(state.at + 1, spent, state.used, thread, state.hyphens, since, before)

    def _pieces(self, state: ThreadState, char: str) -> Iterator[ThreadState]:
        """After each unused piece that stands here; of equal pieces only the first."""
        tried: set[str] = set()
        for index in self.starts[char]:
            piece = self.pieces[index]
            if state.used >> index & 1 or piece in tried or not self.stream.startswith(piece, state.at):
                continue
            tried.add(piece)
            after = state._replace(at=state.at + len(piece), used=state.used | 1 << index)
            if len(piece) > 1:
                yield after._replace(before=None)
            else:  # one character may stand here by chance
                yield after._replace(since=state.at, before=self._solid(state)._replace(before=None))

    def _solid(self, state: ThreadState) -> ThreadState:
        """The state, or the one before a change of text that lasted only a few characters and led nowhere."""
        if state.before is None or state.at - state.since >= SOLID or state.at == len(self.stream):
            return state
        ended = state.spent[state.thread] == len(self.texts[state.thread]) if self.texts else False
        return state if ended else state.before

    def step_over(self, state: ThreadState) -> tuple[ThreadBreak, ThreadState] | None:
        """The break at *state* and the state behind it, or ``None`` when stream and texts never agree again."""
        found = min(self._agreements(state), default=None)
        if found is None:
            return None
        _, extra, missing, thread = found
        spent = state.spent[thread]
        broken = ThreadBreak(
            state.at,
            self.stream[state.at : state.at + extra],
            thread,
            spent,
            self.texts[thread][spent : spent + missing] if self.texts else "",
        )
        on = (*state.spent[:thread], spent + missing, *state.spent[thread + 1 :]) if self.texts else ()
        return broken, ThreadState(state.at + extra, on, state.used, thread, state.hyphens, state.at + extra)

    def _agreements(self, state: ThreadState) -> Iterator[tuple[float, int, int, int]]:
        """Places behind *state* where it could go on: their cost, the characters extra and missing, the text."""
        rest = self.stream[state.at :]
        for index, piece in enumerate(self.pieces):
            extra = rest.find(piece) if len(piece) > 1 and not state.used >> index & 1 else -1
            if extra > 0:
                yield extra, extra, 0, state.thread
        for size, dear in REGAIN:
            first: dict[str, int] = {}
            for offset in range(len(rest) - size, -1, -1):
                first[rest[offset : offset + size]] = offset
            for thread, text in enumerate(self.texts):
                strange = 0.5 if thread != state.thread else 0.0
                left = text[state.spent[thread] :]
                for extra, missing in _meetings(rest, left, size, first):
                    if extra or missing:
                        yield dear * (extra + missing) + strange, extra, missing, thread

    def remainder(self, state: ThreadState) -> list[ThreadBreak]:
        """What is left on both sides, without any more agreement."""
        extra = self.stream[state.at :]
        breaks = []
        threads = sorted(range(len(self.texts)), key=lambda thread: thread != state.thread)
        for thread in threads:
            missing = self.texts[thread][state.spent[thread] :]
            if missing:
                breaks.append(ThreadBreak(state.at, extra, thread, state.spent[thread], missing))
                extra = ""
        if extra:
            spent = state.spent[state.thread] if self.texts else 0
            breaks.append(ThreadBreak(state.at, extra, state.thread, spent, ""))
        return breaks


def _meetings(rest: str, left: str, size: int, first: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of characters to step over in the stream and in a text until *size* characters agree."""
    if 1 < len(left) < size and (extra := rest.find(left)) >= 0:
        yield extra, 0
    if 1 < len(rest) < size and (missing := left.find(rest)) >= 0:
        yield 0, missing
    nearest = len(rest) + len(left)
    for missing in range(len(left) - size + 1):
        if missing >= nearest:
            return
        extra = first.get(left[missing : missing + size], -1)
        if 0 <= extra < nearest - missing:
            nearest = extra + missing
            yield extra, missing

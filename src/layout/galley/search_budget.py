"""The budget of a page's search, in weighings, which are the same on every machine.

Time would not do: a busy machine would come to another page than an idle one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layout.checks import Finding, Severity, room_checks
from layout.errors import Message

if TYPE_CHECKING:
    from layout.galley.column_groups import ColumnGroup
    from layout.galley.model import Galley, TextChain

BUDGET = 5_000_000
"""Weighings for all variants, steps and heights of one page: some ten seconds on two slow cores.

Pages that fit need a hundredth of it. A desk at deadline waits ten seconds for a page that nothing fits, not minutes,
for what it must know is how much to cut; the best of so many tries is within a line or two of the best of all.
"""
FOR_SUGGESTIONS = 1_500_000
"""Weighings for what would mend a page that is not full. They are told even where the search has used up its own."""
LAYOUT = 40_000
"""What it counts to lay a page out and read it: WeasyPrint takes so much longer than one weighing."""
STYLES = 12_000
"""The same for the styles of a page alone, where they show that nothing but type is another."""
LINE = 25
"""What it counts to set a line down a chain of frames."""


@dataclass
class SearchBudget:
    """Counts weighings: one is a way to share out the rows of a few columns, looked at once."""

    most: int = BUDGET
    spent: int = 0
    tried: int = 0
    """Settings of steps, in all variants."""
    stopped: bool = False
    """Whether anything was left untried because no more might be spent."""
    groups: dict[Hashable, ColumnGroup] = field(default_factory=dict)
    """Columns decided together that were met before: other steps and other variants often meet them again."""
    galleys: dict[Hashable, tuple[TextChain, Galley]] = field(default_factory=dict)
    """Chains set before, by what they are and the room they had: other steps and variants often set them there too."""
    _until: int | None = None

    def spend(self, weighings: int) -> None:
        """Counts so many."""
        self.spent += weighings

    def goes_on(self) -> bool:
        """Whether more may be spent. Who asks has something left to try: that is remembered where it may not."""
        over = self.spent >= (self.most if self._until is None else self._until)
        self.stopped = self.stopped or over
        return not over

    def share(self, parts: int) -> None:
        """From now on no more than one of so many equal parts of what is left may be spent."""
        self._until = self.spent + max(0, self.most - self.spent) // max(1, parts)

    def grant(self, weighings: int) -> None:
        """From now on so many more may be spent, whatever has been."""
        self.most, self._until = self.spent + weighings, None

    def account(self) -> SearchStopped | None:
        """What was spent and tried when the search stopped; None where it came to its end."""
        return SearchStopped(self.spent, self.tried) if self.stopped else None


@dataclass(frozen=True, slots=True)
class SearchStopped:
    """A search that stopped before it had tried everything."""

    weighings: int
    settings: int


def findings(stopped: SearchStopped | None) -> Iterator[Finding]:
    """One note where the search ended before it had tried everything."""
    if stopped:
        spent, tried = stopped.weighings, stopped.settings
        yield Finding(
            "page.search",
            Severity.NOTE,
            Message(f"凑版算到 {spent} 次、试过 {tried} 种排法和档次，到了上限，取其中最好的",
                    f"the search stopped at {spent} weighings, {tried} settings tried: the page is the best so far"),
            hint=room_checks("galley")["page.search"].hint(),
            amount={"weighings": spent, "settings": tried},
        )  # fmt: skip

"""What a rule that is a function found, before it is a finding: where, what, and what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.manuscript.copy_rules import Rule
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph

DESK_TABLE = "desk_checks.toml"
"""The table of the rules that only ``layout proofread`` has."""


@dataclass(frozen=True, slots=True)
class CopySlip:
    """Words at fault: *found* at *offset* of *paragraph*, and what it should be, or what can be done."""

    rule: str
    paragraph: Paragraph
    offset: int
    found: str
    right: str = ""
    hint: Message | None = None
    is_grave: bool = False
    """Whether it is an error, whatever its check says."""

    def finding(self, rules: Mapping[str, Rule]) -> Finding:
        """The finding of its rule."""
        place = place_at(self.paragraph, self.offset)
        finding = rules[self.rule].finding(self.found, place, self.right or None)
        if self.is_grave:
            finding = replace(finding, severity=Severity.ERROR)
        return replace(finding, hint=Hint(editor=self.hint)) if self.hint else finding

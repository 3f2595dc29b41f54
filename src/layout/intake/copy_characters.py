"""Characters of received copy that no manuscript holds: control characters, and ends of lines of other kinds."""

from __future__ import annotations

import re

_ENDS = dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n")
_NONE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_ANY = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(text: str) -> str:
    """*text* without control characters and noncharacters, every end of a line as ``\\n``."""
    return _NONE.sub("", text.translate(_ENDS)) if _ANY.search(text) else text

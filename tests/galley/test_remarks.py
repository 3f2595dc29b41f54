"""Which of the composer's remarks become findings."""

import pytest

from layout.composer.model import Remark
from layout.galley.paragraph_setter import is_seen


@pytest.mark.parametrize(
    ("remark", "seen"),
    [
        (Remark(0, "very_loose", 0.34, missing=0.03), False),
        (Remark(0, "short_address", 0.34, missing=0.09), False),
        (Remark(0, "very_loose", 0.4, missing=0.11), True),
        (Remark(0, "loose", 0.15), True),
        (Remark(0, "overlong", 0.05), True),
    ],
)
def test_a_line_hardly_short_is_a_line_like_others(remark: Remark, seen: bool) -> None:
    assert is_seen(remark) == seen

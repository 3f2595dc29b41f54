"""The guides name what the program knows, all of it."""

import re

from layout import assets
from layout.design.custom_properties import OPTIONS

GUIDE = (assets.root() / "docs" / "design-guide.md").read_text(encoding="utf-8")


def test_every_option_of_a_frame_is_in_the_design_guide() -> None:
    named = set(re.findall(r"`--([a-z-]+)", GUIDE))
    assert named == set(OPTIONS)

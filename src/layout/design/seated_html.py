"""A page's HTML whose boxes for pictures are given to others of its pictures, captions and credits with them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from layout.design import data_attributes as attribute
from layout.flows import PICTURE

_PICTURE = re.compile(rf"""(?P<before>\s{attribute.PICTURE}=["'])(?P<name>[^"'<>]+)(?P<after>["'])""")
_ASKING = re.compile(rf"""\s(?:{attribute.FLOW}|{attribute.CALLED}|{attribute.CODE})=["'][^"'<>]*["']""")
_FLOW = re.compile(rf"""(?P<before>(?:^|(?<=[\s"'])){PICTURE}\.)(?P<name>[^.\s"']+)""")


def with_seats(html: str, seats: Mapping[str, str]) -> str:
    """*html* in which what stood in the place of a picture is another's, as *seats* says: by the one whose box it was,
    the one that has it now. All at once: two may change places.
    """

    def seated(found: re.Match[str]) -> str:
        return found["before"] + seats.get(found["name"], found["name"]) + found.groupdict("").get("after", "")

    def asked(found: re.Match[str]) -> str:
        return _FLOW.sub(seated, found[0])

    return _ASKING.sub(asked, _PICTURE.sub(seated, html))

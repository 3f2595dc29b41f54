"""Marks that have a form of their own in vertical lines, for faces whose layout tables have none.

A face says them by its feature ``vert``. One that has no such feature may have them under Unicode's numbers for
vertical forms (UAX 50, ``Tr`` and ``Tu``; U+FE10–FE19 and U+FE30–FE44); one that has them in neither way sets brackets
across the line, and the next face of the list is asked for the mark first.
"""

from __future__ import annotations

from types import MappingProxyType

VERTICAL_FORMS = MappingProxyType(
    dict(
        zip(
            "，、。‥…—（）｛｝〔〕【】《》〈〉「」『』［］〖〗",
            "︐︑︒︰︙︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈︗︘",
            strict=True,
        )
    )
)
"""The vertical form of each mark. ：；？！ are not here: they stand upright in mainland setting (CLREQ)."""
SIDE_MARKS = "、。，．"
"""Marks that stand at the side of their em in mainland setting."""

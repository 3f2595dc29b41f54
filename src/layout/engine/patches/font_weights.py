"""``font-weight`` takes every weight of 1 to 1000, as variable faces have them (CSS Fonts 4, 2.2).

Changes ``weasyprint.css.validation.properties.PROPERTIES`` and ``weasyprint.css.computed_values.FONT_WEIGHT_RELATIVE``:
WeasyPrint knows the nine hundreds alone, and would pass over ``font-weight: 650``.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import computed_values
from weasyprint.css.validation import expanders, properties

_LEAST, _MOST = 1, 1000
_NAME = "font-weight"


def install() -> None:
    """Makes WeasyPrint take the weights between the hundreds."""
    plain = properties.PROPERTIES[_NAME]
    if plain.__name__ == "any_weight":
        return

    def any_weight(tokens: Any) -> Any:
        if len(tokens) == 1 and tokens[0].type == "number":
            value = tokens[0].int_value
            return value if value is not None and _LEAST <= value <= _MOST else None
        return plain(tokens)

    vars(any_weight).update(vars(plain))  # what the property's decorator has noted on it
    properties.PROPERTIES[_NAME] = any_weight
    expanders.font_weight = any_weight
    weights = range(_LEAST, _MOST + 1)
    computed_values.FONT_WEIGHT_RELATIVE = {
        "bolder": {weight: _bolder(weight) for weight in weights},
        "lighter": {weight: _lighter(weight) for weight in weights},
    }


def _bolder(weight: int) -> int:
    """CSS Fonts 4, 2.2.1; so ``_lighter``."""
    return 400 if weight < 350 else 700 if weight < 550 else max(900, weight)


def _lighter(weight: int) -> int:
    return min(100, weight) if weight < 550 else 400 if weight < 750 else 700

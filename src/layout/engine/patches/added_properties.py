"""Properties of CSS that WeasyPrint does not know and that this program carries out itself.

Changes the tables of ``weasyprint.css.properties`` and ``weasyprint.css.validation.properties``: each property gets an
initial value and a validator, so that it cascades, takes ``var()``, and a wrong value is told at its line like any
other. Needed for drawing: without them contours and hanging marks would be passed over as unknown.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css.properties import INHERITED, INITIAL_VALUES, KNOWN_PROPERTIES
from weasyprint.css.validation.properties import PROPERTIES

from layout.engine import contour_values, hanging_values

_VALIDATORS: dict[str, Any] = {
    "shape-outside": contour_values.shape,
    "shape-margin": contour_values.margin,
    "shape-image-threshold": contour_values.threshold,
    "wrap-flow": contour_values.side,
    "hanging-punctuation": hanging_values.hanging,
}
_INITIAL = {
    "shape-outside": "none",
    "shape-margin": contour_values.NO_LENGTH,
    "shape-image-threshold": 0.0,
    "wrap-flow": "auto",
    "hanging-punctuation": (),
}


def install() -> None:
    """Adds the properties to WeasyPrint's tables."""
    for name, validator in _VALIDATORS.items():
        if name in PROPERTIES:
            continue
        validator.wants_base_url = name == "shape-outside"
        INITIAL_VALUES[name.replace("-", "_")] = _INITIAL[name]
        KNOWN_PROPERTIES.add(name)
        PROPERTIES[name] = validator
    INHERITED.add("hanging_punctuation")

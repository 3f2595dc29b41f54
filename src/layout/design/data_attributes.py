"""Every ``data-`` attribute that the program reads in a template, or writes into one for its style sheets.

No other module spells one out: a name that is not here cannot be read. ``data_attributes.toml`` says what each is, and
the docs are made from it.
"""

FILL = "data-fill"
FLOW = "data-flow"
PICTURE = "data-picture"
BAND = "data-band"
STACK = "data-stack"
ROW = "data-row"
COLUMN = "data-column"
GAP = "data-gap"
AROUND = "data-around"
TURN = "data-turn"
RUN_IN = "data-run-in"
STEP = "data-step"
CALLED = "data-called"
CODE = "data-code"
MODULES = "data-modules"

ROLE = "data-role"
KIND = "data-kind"
TABLE = "data-table"
FIGURES = "data-figures"
PART = "data-part"

KEY = "data-key"
CELL = "data-cell"
PREPARED = "data-prepared"
STAMP = "data-stamp"


def names() -> frozenset[str]:
    """All of them."""
    structure = (FILL, FLOW, PICTURE, BAND, STACK, ROW, COLUMN, GAP, AROUND, TURN, RUN_IN, STEP, CALLED)
    return frozenset((*structure, CODE, MODULES, ROLE, KIND, TABLE, FIGURES, PART, KEY, CELL, PREPARED, STAMP))

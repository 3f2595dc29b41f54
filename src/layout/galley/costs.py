"""The costs of deviations, in one place so that they can be weighed. Whole points; less is better."""

PICTURE = 400.0
"""A picture 100 % off its wanted height; squared: a tenth off costs 4, as much as two lines short."""
LEFT_OUT = 400.0
"""A picture that the editor lets go, left out: as one 100 % off its height."""
GAP = 2.0
"""An elastic gap one row off its wanted height; squared."""
SHORT_LINE = 1.0
"""Every line missing at the end of the last column of a band; squared."""
TOLERATED = 3
"""Lines that may be missing there before it looks like a hole."""
HOLE = 300.0
"""Every line missing beyond those."""
BAND = 400.0
"""A band 100 % off the height its CSS wants, where the CSS gives it limits; squared."""
TRACKING = 0.5
"""A paragraph tracked by a thousandth of an em; squared, so that many a little is better than one a lot."""
UNLEVEL = 2_000.0
"""A row by which a column of pictures alone misses the band's foot."""
EMPTY_ROW = 3_000.0
"""A row left empty at the page's foot."""
EMPTY_MAX = 0.03
"""Share of the type area that may stay empty before the page cannot go out, where no ``--empty-max`` is given."""
OVERSET = 10_000.0
"""A line that has no place: never chosen while anything else is possible."""
LEVEL_HEADINGS = 20.0
"""Two headings of running text side by side on one level (碰题)."""
EMPTY_LINE = 4.0
"""A line left empty at a column's foot so that a heading, an orphan or a widow does not stand there (背题)."""
WHITE_FOOT = 60.0
"""A column that ends so many lines short that a reader sees a hole there: worse than two headings that meet, and worth
every height of a picture and any step but the last."""
CUT_TABLE = 20.0
"""A table cut that should be in one piece: as headings that meet, and more than the three lines that it may leave empty
in order to stay whole."""
REMARK = {
    "loose": 1.0,
    "runt": 6.0,
    "short_address": 6.0,
    "very_loose": 12.0,
    "torn_word": 2_000.0,
    "overlong": 20_000.0,
    "too_long": 20_000.0,
}
"""A line that is not well set, by what is wrong with it."""


def shortage(lines: int) -> float:
    """What it costs that so many lines are missing; for negative *lines*, that so many have no place."""
    if lines < 0:
        return OVERSET * -lines
    return SHORT_LINE * lines**2 + HOLE * max(0, lines - TOLERATED)

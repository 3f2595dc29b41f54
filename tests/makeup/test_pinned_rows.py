"""Heights that a made-up page fixes, on plain numbers: a row is 10 pt."""

from dataclasses import replace

from layout.geometry import Box
from layout.page.frames import Band, MeasuredPage, PictureBox
from layout.page.pinned_rows import PinnedRows, with_pinned

PAGE = MeasuredPage(
    1, 400, 500, Box(0, 0, 400, 500), 10, 300, (),
    (
        PictureBox("k3", "p1", Box(0, 0, 100, 60), 40, 90, "k1", None),
        PictureBox("k4", "p2", Box(0, 0, 90, 60), 40, 90, "k2", None),
    ),
    bands=(Band("k1", "s01", Box(0, 0, 100, 60), 60, 60), Band("k2", "s02", Box(0, 60, 100, 60), 60, 60, edges=13.0)),
)  # fmt: skip


def test_bands_and_pictures_are_as_high_as_they_are_fixed() -> None:
    page = with_pinned(PAGE, PinnedRows({"s01": 12}, {"p1": 7}))
    assert page.bands[0] == replace(PAGE.bands[0], min_height=120, max_height=120, pinned=True)
    assert not page.pictures[0].elastic
    assert page.pictures[0].min_height == 70
    assert (page.bands[1], page.pictures[1]) == (PAGE.bands[1], PAGE.pictures[1])


def test_borders_and_paddings_are_within_the_rows_that_are_fixed() -> None:
    """Thirteen points of edges take two rows."""
    page = with_pinned(PAGE, PinnedRows({"s02": 12}, {}))
    assert page.bands[1].min_height == page.bands[1].max_height == 100

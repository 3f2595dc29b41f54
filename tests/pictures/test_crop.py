"""What a box shows of a picture: how much is cut, whether what matters is seen, which heights may be chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from layout.pictures.crop import CROP, CropRules, Original, allowed, crop, faults, view

WIDE = Original((3000, 2000))
"""3:2; a box 150 pt wide shows all of it when it is 100 pt high."""
LAX = CropRules(room=0)


def heights(original: Original, rules: CropRules, least: int, most: int, wanted: float = 10) -> list[int]:
    """The rows of 10 pt that a box 150 pt wide may take."""
    return list(allowed(original, rules, (150, wanted * 10), 10, range(least, most + 1)))


def test_a_box_of_the_pictures_own_shape_shows_all_of_it() -> None:
    seen = view(WIDE, LAX, 150, 100)
    assert seen.visible == pytest.approx((1, 1))
    assert (seen.lost, seen.why) == (pytest.approx(0), "whole")


@pytest.mark.parametrize(("height", "kept", "why"), [(50, (1, 0.5), "height"), (200, (0.5, 1), "width")])
def test_the_share_that_is_kept_and_why(height: float, kept: tuple[float, float], why: str) -> None:
    seen = view(WIDE, LAX, 150, height)
    assert seen.visible == pytest.approx(kept)
    assert seen.lost == pytest.approx(0.5)
    assert seen.why == why


def test_no_height_cuts_away_more_than_the_design_allows() -> None:
    assert heights(WIDE, CropRules(most=0.2, room=0), 4, 16) == [8, 9, 10, 11, 12]
    assert heights(WIDE, LAX, 4, 16) == list(range(4, 17))


def test_no_height_cuts_the_surroundings_of_the_focal_point() -> None:
    off = Original((3000, 2000), (0.5, 0.5))
    assert heights(off, CropRules(room=0.3), 4, 20) == list(range(6, 17))  # 0.6 of the height, 0.6 of the width
    edge = Original((3000, 2000), (0.05, 0.05))
    assert heights(edge, CropRules(room=0.3), 2, 30)[0] == 4  # what would lie outside the picture need not be seen


def test_no_height_cuts_what_the_editor_keeps() -> None:
    faces = Original((3000, 2000), (0.5, 0.3), keep=(0.2, 0.1, 0.9, 0.6))
    rows = heights(faces, CropRules(), 3, 20)
    assert rows == list(range(5, 15))  # half the height; seven tenths of the width
    for number in rows:
        left, top, right, bottom = view(faces, CropRules(), 150, 10 * number).shown
        assert left <= 0.2 + 1e-6
        assert top <= 0.1 + 1e-6
        assert right >= 0.9 - 1e-6
        assert bottom >= 0.6 - 1e-6


def test_no_height_takes_the_resolution_below_the_press() -> None:
    small = Original((450, 300), least_ppi=150)
    assert heights(small, LAX, 8, 16) == [8, 9, 10, 11, 12, 13, 14]  # at 14 rows 321 of 450 pixels on 150 pt: 154 ppi


def test_where_no_height_is_good_none_is_worse_than_the_designs_own() -> None:
    assert heights(WIDE, CropRules(most=0.1, room=0), 3, 6, wanted=5) == [5, 6]
    assert heights(Original((300, 200), least_ppi=150), LAX, 8, 12) == [8, 9, 10]


def test_the_cost_grows_with_the_share_cut_away_and_the_designs_own_height_is_free() -> None:
    prices = allowed(WIDE, LAX, (150, 80), 10, range(4, 13))
    assert prices[8] == prices[9] == prices[10] == prices[12] == 0
    assert prices[5] == pytest.approx(CROP * (0.5**2 - 0.2**2))
    assert prices[4] > prices[5] > prices[6] > prices[7] > 0


def test_the_picture_is_brought_closer_only_as_far_as_the_design_lets_it() -> None:
    aside = Original((3000, 2000), (0.28, 0.5))
    assert view(aside, LAX, 150, 100).zoom == 1
    near = view(aside, CropRules(zoom=1.25, room=0), 150, 100)
    assert near.zoom == pytest.approx(1 / 3 / 0.28)
    assert near.why == "zoom"
    left, _, right, _ = near.shown
    assert (0.28 - left) / (right - left) == pytest.approx(1 / 3)
    assert view(Original((3000, 2000), (0.1, 0.5)), CropRules(zoom=1.25, room=0), 150, 100).zoom == 1  # out of reach
    coarse = Original((310, 207), (0.28, 0.5), least_ppi=145)
    assert view(coarse, CropRules(zoom=1.25, room=0), 150, 100).zoom == 1


@soak.examples(sample=66, full=200)
@given(
    size=st.tuples(st.integers(40, 5000), st.integers(40, 5000)), height=st.floats(10, 600),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)), zoom=st.floats(1, 2),
)  # fmt: skip
def test_the_crop_lies_in_the_picture_and_holds_the_focus(
    size: tuple[int, int], height: float, focus: tuple[float, float], zoom: float
) -> None:
    left, top, right, bottom = crop(size, 150 / height, focus, None, zoom)
    assert -1e-6 <= left < right <= size[0] + 1e-6
    assert -1e-6 <= top < bottom <= size[1] + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(150 / height)
    assert left - 1e-6 <= focus[0] * size[0] <= right + 1e-6
    assert top - 1e-6 <= focus[1] * size[1] <= bottom + 1e-6


@soak.examples(sample=33, full=100)
@given(
    size=st.tuples(st.integers(100, 4000), st.integers(100, 4000)), focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    most=st.floats(0, 1), room=st.floats(0, 0.5), least=st.integers(1, 10), span=st.integers(0, 20),
    wanted=st.integers(1, 30), ppi=st.sampled_from([0, 100, 150]),
)  # fmt: skip
def test_what_is_allowed_keeps_every_limit_or_is_no_worse_than_what_was_wanted(
    size: tuple[int, int], focus: tuple[float, float], most: float, room: float, least: int, span: int, wanted: int,
    ppi: int,
) -> None:  # fmt: skip
    original, rules = Original(size, focus, least_ppi=ppi), CropRules(most, room)
    rows = range(least, least + span + 1)
    found = allowed(original, rules, (150, wanted * 10), 10, rows)
    assert found
    broken = {n: faults(view(original, rules, 150, n * 10), original, rules) for n in rows}
    if any(not any(each) for each in broken.values()):
        assert set(found) == {n for n, each in broken.items() if not any(each)}
    else:
        assert min(rows, key=lambda n: (abs(n - wanted), n)) in found
    assert all(cost >= 0 for cost in found.values())

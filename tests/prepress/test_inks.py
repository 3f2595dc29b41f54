"""The ink walk, stream by stream: what it changes, what it refuses, where overprint goes on and off."""

import pytest

from layout.prepress.ink_state import NO_OVERPRINT, GraphicsEntry, InkState, OverprintLimits
from layout.prepress.inks import InkWalk

LIMITS = OverprintLimits(12, 2)


STATES = {
    "half": GraphicsEntry(fill_opacity=0.5),
    "mask": GraphicsEntry(masked=True),
    "none": GraphicsEntry(masked=False),
    "group": GraphicsEntry(masked=True, mask_group="the group"),
}


class Table:
    """Resources from a table, for tests."""

    def __init__(self):
        self.refused: list[tuple[str, str]] = []
        self.visited: list[str] = []
        self.walked: list[tuple[object, InkState, OverprintLimits]] = []

    def graphics_state(self, name):
        return STATES.get(name, GraphicsEntry(1, 1))

    def colour_space(self, name):
        return {"lab": "Lab", "icc": "ICCBased"}.get(name, name)

    def walk_form(self, form, state, limits):
        self.walked.append((form, state, limits))

    def walk_object(self, name, *_):
        self.visited.append(name)

    def stencil(self, name):
        return name == "stencil"

    def walk_pattern(self, name, *_):
        self.visited.append(name)

    def check_shading(self, name, written): ...

    def refuse(self, space, written):
        self.refused.append((space, written))

    def need_overprint_states(self): ...


def walked(data: str, table: Table | None = None) -> str:
    out = InkWalk(data.encode(), table or Table(), InkState(), LIMITS).rewritten().decode()
    return " ".join(out.replace("/LayoutOverprint gs", "ON").replace("/LayoutKnockout gs", "OFF").split())


@pytest.mark.parametrize(
    ("data", "after"),
    [
        ("0 0 0 rg", "0 0 0 1 k"),
        ("0 0 0 RG", "0 0 0 1 K"),
        ("1 1 1 rg", "0 0 0 0 k"),
        ("0.25 g", "0 0 0 0.75 k"),
        ("1 G", "0 0 0 0 K"),
        ("/DeviceRGB cs 0 0 0 scn", "/DeviceCMYK cs 0 0 0 1 scn"),
        ("/DeviceGray CS .5 SCN", "/DeviceCMYK CS 0 0 0 0.5 SCN"),
        ("/DeviceCMYK cs 0.1 0 0 1 scn", "/DeviceCMYK cs 0.1 0 0 1 scn"),
    ],
)
def test_doubtless_colours_become_cmyk(data: str, after: str):
    assert walked(data) == after


@pytest.mark.parametrize(
    "data",
    ["0 0 1 rg", ".5 .5 .5 RG", "/lab cs", "/icc CS", "/DeviceRGB cs 1 0 0 scn", "/DeviceRGB CS 0.2 0.2 0.2 SCN"],
)
def test_other_colours_are_refused_by_name_and_operator(data: str):
    table = Table()
    walked(data, table)
    ((space, written),) = table.refused
    assert space in ("DeviceRGB", "Lab", "ICCBased")
    assert written in data


BLACK = "/DeviceCMYK cs 0 0 0 1 scn"


@pytest.mark.parametrize(
    ("size", "matrix", "on"),
    [
        ("11.9", "1 0 0 1 0 0", True),
        ("12", "1 0 0 1 0 0", False),
        ("8", "2 0 0 -2 0 0", False),
        ("16", ".5 0 0 .5 0 0", True),
        ("9", "0 1 -1 0 0 0", True),
    ],
)
def test_small_black_text_overprints_by_its_size_on_paper(size: str, matrix: str, on: bool):
    out = walked(f"{BLACK} BT /F {size} Tf {matrix} Tm [<01>] TJ ET")
    assert ("ON [<01>] TJ" in out) is on


def test_the_page_matrix_counts_too():
    assert "ON" in walked(f".75 0 0 .75 0 0 cm {BLACK} BT /F 15.9 Tf <01> Tj ET")
    assert "ON" not in walked(f".75 0 0 .75 0 0 cm {BLACK} BT /F 16 Tf <01> Tj ET")


@pytest.mark.parametrize("matrix", ["3 0 0 3 0 0 Tm", "0.1 0 0 0.1 0 0 Tm"])
def test_a_text_object_begins_with_a_matrix_of_its_own(matrix: str):
    """BT sets the text matrix back (ISO 32000-1 table 107): what the object before it had counts no more."""
    for size, on in (("9", True), ("16", False)):
        out = walked(f"{BLACK} BT {matrix} ET BT /F {size} Tf <01> Tj ET")
        assert ("ON" in out) is on
    assert "ON" in walked(f"{BLACK} /F 9 Tf <01> Tj")  # and a stream begins as if with one


def test_a_soft_mask_s_group_is_walked_from_a_fresh_state():
    """Its colours are numbers for the mask: what is set outside does not reach in, and nothing in it overprints."""
    table = Table()
    walked(f".5 0 0 .5 7 0 cm {BLACK} 3 w /half gs /group gs", table)
    ((form, state, limits),) = table.walked
    assert (form, limits) == ("the group", NO_OVERPRINT)
    assert state == InkState(ctm=(0.5, 0, 0, 0.5, 7, 0))
    walked("/mask gs /half gs", other := Table())
    assert other.walked == []


def test_a_mask_ends_where_none_is_set():
    text = "BT /F 9 Tf <01> Tj ET"
    assert "ON" not in walked(f"{BLACK} /mask gs /half gs {text}")
    assert "ON" not in walked(f"{BLACK} /mask gs /other gs {text}")
    assert "ON" in walked(f"{BLACK} /mask gs /none gs {text}")
    assert "ON" in walked(f"{BLACK} q /mask gs Q {text}")


def test_a_pattern_takes_the_place_of_one_colour_only():
    text = "BT /F 9 Tf <01> Tj ET"
    assert "ON" in walked(f"{BLACK} /Pattern CS /p0 SCN {text}")
    assert "ON" not in walked(f"{BLACK} /Pattern cs /p0 scn {text}")
    assert "ON" not in walked(f"{BLACK} 0 0 0 1 K /Pattern CS /p0 SCN 1 Tr {text}")
    assert "ON" in walked(f"{BLACK} 0 0 0 1 K /Pattern cs /p0 scn 1 Tr {text}")


def test_only_full_black_overprints_and_it_goes_off_before_anything_else():
    text = "BT /F 9 Tf <01> Tj ET"
    out = walked(f"{BLACK} {text} 0 0 0 0 scn {text} 0 0 0 .9 scn {text} .1 0 0 1 scn {text} 0 0 0 1 scn {text} /x Do")
    assert out.count("ON") == 2
    assert out.count("OFF") == 2
    assert out.index("OFF") < out.index("Tj", out.index("0 0 0 0 scn"))
    assert out.endswith("OFF /x Do")


def test_q_and_capital_q_bring_overprint_back():
    text = "BT /F 9 Tf <01> Tj ET"
    out = walked(f"{BLACK} q {text} Q 0 .5 0 0 scn 0 0 50 50 re f")
    assert "OFF" not in out
    out = walked(f"{BLACK} {text} q {text} 0 .5 0 0 scn 0 0 50 50 re f Q {text}")
    assert out.count("ON") == 1
    assert out.count("OFF") == 1


@pytest.mark.parametrize("state", ["/half gs", "/mask gs", "1 Tr", "3 Tr"])
def test_see_through_or_stroked_text_does_not(state: str):
    out = walked(f"{BLACK} 0 1 0 0 K {state} BT /F 9 Tf <01> Tj ET")
    assert "ON" not in out


TURNED = ".8 .6 -.6 .8 100 100 cm"


def rounded(x: float, y: float, width: float, height: float, by: float = 9) -> str:
    """A box with round corners, as layout engines write it."""
    right, top = x + width, y + height
    return (
        f"{x + by} {y} m {right - by} {y} l {right} {y} {right} {y} {right} {y + by} c {right} {top - by} l"
        f" {right} {top} {right} {top} {right - by} {top} c {x + by} {top} l {x} {top} {x} {top} {x} {top - by} c"
        f" {x} {y + by} l {x} {y} {x} {y} {x + by} {y} c h "
    )


@pytest.mark.parametrize(
    ("path", "on"),
    [
        ("0 0 100 1.9 re f", True),
        ("0 0 100 2 re f", False),
        ("50 10 1.9 100 re f", True),
        ("50 10 2 100 re f", False),
        ("3 3 94 14 re 0 0 100 20 re f*", False),
        ("1 1 98 18 re 0 0 100 20 re f*", True),
        ("0 0 100 20 re 0 1 100 18 re f*", True),
        ("0 0 100 20 re 3 3 94 14 re f*", False),
        ("0 0 100 .5 re W n 0 0 100 40 re 0 1 100 39 re f*", True),
        ("0 0 100 1 re 0 30 100 1 re f", True),
        ("0 0 100 1 re 0 30 100 9 re f", False),
        ("0 0 m 100 0 l 100 1 l 0 1 l h f", True),
        ("0 0 100 60 re 1 1 98 58 re 2 2 96 56 re 3 3 94 54 re f*", True),
        ("0 0 100 60 re 1 1 98 58 re 2 2 96 56 re 5 5 90 50 re f*", False),
        (f"{TURNED} 0 0 100 1 re f", True),
        (f"{TURNED} 0 0 100 3 re f", False),
        (f"{TURNED} 50 10 1.9 100 re f", True),
        (f"{TURNED} 50 10 2.5 100 re f", False),
        (f"{TURNED} 0 59 100 9 re W n 0 51 100 9 re W n 0 0 100 60 re f", True),
        (f"{TURNED} 0 59 100 9 re W n 0 55 100 9 re W n 0 0 100 90 re f", False),
        ("0 0 m 70 0 l 70 20 l 35 60 l 0 20 l h f", False),
        ("0 0 m 3 40 l 4.5 40 l 1.5 0 l h f", True),
        ("0 0 m 3 40 l 9 40 l 6 0 l h f", False),
        (f"{TURNED} 0 0 100 60 re 1 1 98 58 re f*", True),
        (f"{TURNED} 0 59 100 1 re W n 0 0 100 60 re 9 1 82 58 re f*", True),
        (f"{TURNED} 0 0 9 60 re W n 0 0 100 60 re 9 1 82 58 re f*", False),
        ("0 0 m 70.7 70.7 l 70 71.4 l -.7 .7 l h f", True),
        ("0 0 m 70.7 70.7 l 60 81.4 l h f", False),
        (rounded(0, 0, 100, 60) + rounded(1, 1, 98, 58) + "f*", True),
        (rounded(0, 0, 100, 60) + rounded(3, 3, 94, 54) + "f*", False),
        (rounded(0, 0, 100, 60) + "1 1 98 58 re f*", False),
        ("1.5 w 0 0 m 100 0 l S", True),
        ("2 w 0 0 m 100 0 l S", False),
        ("1 w 3 0 0 3 0 0 cm 0 0 m 100 0 l S", False),
        ("0 0 100 1 re B", False),
        ("0 0 100 1 re n", False),
    ],
)
def test_thin_black_rules(path: str, on: bool):
    out = walked(f"0 0 0 1 k 0 0 0 1 K {path}")
    assert ("ON" in out) is on


def test_the_switch_stands_before_the_path_not_inside_it():
    assert walked("0 0 0 1 k 0 0 9 1 re f").endswith("ON 0 0 9 1 re f")


def test_a_stream_with_nothing_to_mend_keeps_every_byte():
    data = b"q\n /DeviceCMYK  cs .1 .2 .3 0 scn\n0 0 9 9 re\tf Q % end"
    assert InkWalk(data, Table(), InkState(), LIMITS).rewritten() is data


def test_patterns_and_forms_are_followed():
    table = Table()
    walked("/Pattern cs /p0 scn 0 0 9 9 re f /x0 Do", table)
    assert table.visited == ["p0", "x0"]


def test_line_art_prints_in_black_and_over_what_lies_beneath():
    plain = InkWalk(b"/stencil Do", Table(), InkState(), NO_OVERPRINT).rewritten()
    assert plain == b"q 0 0 0 1 k /stencil Do Q"  # the press lets no black overprint
    assert walked("q 9 0 0 9 0 0 cm /stencil Do Q") == "q 9 0 0 9 0 0 cm q 0 0 0 1 k ON /stencil Do Q Q"

"""The search at full size: steps, optional pictures, variants, crops; what cannot fit, and what would mend it.

What a suggestion promises is held against a build in which it was followed.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from in_place import build
from layout.checks import Severity
from layout.cli.summary import summary as closing_table
from layout.flows import Chain
from layout.pipeline import Options
from layout.proof.summary import summary
from makeup.full_size import Sample, called, copy_of, plain_page, sample_page
from makeup.support import Made, Piece, make, write_issue

pytestmark = pytest.mark.slow

STEP = [("<main data-fill>", "<main data-fill data-step>")]
SMALLER = """
main { --steps: as-designed, small 6, smaller 15 }
.small .body { font-size: 9.5pt; text-indent: 19pt }
.smaller .body { font-size: 9pt; text-indent: 18pt }
"""
PRESSED = 1.12
STEPPED = 1.105
"""So much that a step of the size takes it and half a step does not."""
"""With so much of its copy the page is two lines over in one section, as it is designed."""


def sizes(page: Sample, flow: str) -> set[float]:
    return {round(line.type.size, 2) for made in page.built.pages for line in made.lines if str(line.flow) == flow}


def test_the_size_of_the_text_takes_a_step_that_the_css_declares(tmp_path: Path) -> None:
    plain = plain_page(STEPPED)
    assert [finding.amount["lines"] for finding in plain.found("page.overset")] == [2]
    half = sample_page(tmp_path / "half", copy_of(STEPPED), css=SMALLER.replace(", smaller 15", ""), html=STEP)
    assert half.found("page.overset")
    page = sample_page(tmp_path / "steps", copy_of(STEPPED), css=SMALLER, html=STEP)
    assert not page.found("page.overset", "page.underset", "page.overfull")
    assert page.changes["step page as-designed → smaller"] == (0, 2, "step")
    assert sizes(page, "tunliu.section-3") == {9}
    kinds = page.page["variants"][0]["kinds"]
    assert kinds["step"] == 15
    assert page.cost == pytest.approx(sum(kinds.values()), abs=0.01)


def test_a_page_that_comes_out_well_takes_no_step(tmp_path: Path) -> None:
    page, plain = sample_page(tmp_path, copy_of(1), css=SMALLER, html=STEP), plain_page(1)
    assert (page.changes, page.cost) == ({}, plain.cost)


LEADING = [
    (r"\b(height|line-height|top): 15pt", r"\1: var(--row)"),
    (r"\bheight: 30pt", "height: calc(2 * var(--row))"),
    (r"\bheight: 180pt", "height: calc(12 * var(--row))"),
]


def test_the_leading_takes_a_step_and_every_line_stays_on_the_grid(tmp_path: Path) -> None:
    """A hundred rows instead of ninety-three: the grid is finer and so is everything that is measured by it."""
    piece = Piece([180] * 43)
    full = make(tmp_path / "plain", piece, kind="page")
    assert full.found("page.overset")
    made = _with_leading(tmp_path / "step", piece)
    assert not made.found("page.overset", "page.overfull", "page.underset")
    changes = [change for change in made.built.report["pages"][0]["changes"] if change["unit"] == "step"]
    told = [(called(change), change["got"], change["cost"]) for change in changes]
    assert told == [("step page wide → tight", 1, 10)]
    baselines = sorted({round(glyph.y, 2) for glyph in made.page().body})
    steps = {round((after - before) / 13.95, 3) for before, after in pairwise(baselines)}
    assert all(abs(step - round(step)) < 0.01 for step in steps)
    assert made.built.pages[0].page.row == pytest.approx(13.95)


def _with_leading(folder: Path, piece: Piece) -> Made:
    write_issue(folder, piece)
    style = folder / "issue" / "design" / "page.css"
    css = style.read_text(encoding="utf-8")
    for old, new in LEADING:
        css = re.sub(old, new, css)
    css += "main { --row: 15pt; --steps: wide, tight 10 } main.tight { --row: 13.95pt }\n"
    style.write_text(css, encoding="utf-8")
    template = folder / "issue" / "design" / "page.html"
    template.write_text(
        template.read_text(encoding="utf-8").replace("<main data-fill>", "<main data-fill data-step>"), encoding="utf-8"
    )
    built = build(folder / "issue", Options(out=folder / "again", png=False))
    return Made(built, built.pdf.read_bytes())


def test_the_headline_takes_fewer_lines_or_a_smaller_size(tmp_path: Path) -> None:
    made = make(
        tmp_path,
        Piece([180] * 31, headline="凝心聚力谋发展累累硕果著华章屯留区高质量发展侧记之全年工作回顾"),
        pictures=5,
    )
    changes = {called(change): change for change in made.built.report["pages"][0]["changes"]}
    assert changes["step story.headline h-72 → h-54"]["unit"] == "step"
    assert changes["step story.headline h-72 → h-54"]["cost"] == 3
    assert not made.found("line.overlong", "page.overset")


GAP = [('<section class="closing">', '<div class="air" data-gap="closing"></div><section class="closing">')]


def test_a_gap_between_sections_gives_up_its_rows(tmp_path: Path) -> None:
    css = ".air { height: 15pt; min-height: 0pt; max-height: 45pt } .scene { height: 360pt }"
    easy = sample_page(tmp_path / "easy", copy_of(1), css=css, html=GAP)
    assert easy.changes == {}
    page = sample_page(tmp_path / "pressed", copy_of(PRESSED), css=css, html=GAP)
    assert page.changes["gap closing"] == (1, 0, "row")
    assert not page.found("page.overset", "page.underset", "page.overfull")


OPTIONAL = [('"sunset", "barrage"]', '"sunset", "barrage"]\noptional = ["barrage", "sunset"]')]


def test_pictures_are_left_out_in_the_order_of_the_editor_and_only_where_they_must(tmp_path: Path) -> None:
    """Six columns of text, a picture in each; two of them may go."""
    piece = Piece([180] * 36)
    pictures = ["p0", "p1", "p2", "p3", "p4", "p5"]
    plan = f"pictures = {pictures}".replace("'", '"')
    for optional, gone in (([], []), (["p4", "p1"], ["p4"]), (["p1", "p4"], ["p1"])):
        folder = tmp_path / "-".join(["o", *optional])
        made = _edited(folder, piece, plan, f"{plan}\noptional = {optional}".replace("'", '"'))
        page = made.built.report["pages"][0]
        shown = [picture["id"] for picture in page["pictures"]]
        assert shown == [name for name in pictures if name not in gone]
        left = {called(change): (change["wanted"], change["got"], change["cost"]) for change in page["changes"]
                if change["unit"] == "picture"}  # fmt: skip
        assert left == {f"left out {name}": (1, 0, 400) for name in gone}
        assert bool(made.found("page.overset")) == (not gone)
        assert not made.found("text.extra", "text.order")
        if gone:
            best, other = page["variants"]
            assert (best["name"], other["name"]) == (f"page -{gone[0]}", "page")
            assert best["kinds"]["left out"] == 400
            assert "溢文" in best["why"]


def _edited(folder: Path, piece: Piece, old: str, new: str) -> Made:
    write_issue(folder, piece, pictures=6)
    plan = folder / "issue" / "issue.toml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")
    built = build(folder / "issue", Options(out=folder / "again", png=False))
    return Made(built, built.pdf.read_bytes())


DENSE = [(" airy", "")]
"""The headings of the chapters without the row of air above the text."""
REFUSED = [('data-flow="{{ story.closing.flow }}"', 'data-flow="{{ story.closing.flow }}x"')]


def test_the_cheapest_arrangement_is_taken_and_the_tables_say_why(tmp_path: Path) -> None:
    variants = {"a": DENSE, "b": REFUSED}
    calm = sample_page(tmp_path / "calm", copy_of(1), variants=variants)
    assert calm.page["variants"][0]["name"] == "page"
    pressed = sample_page(tmp_path / "pressed", copy_of(PRESSED), variants=variants)
    best, other, refused = pressed.page["variants"]
    assert (best["name"], best["chosen"], other["name"], other["chosen"]) == ("page-a", True, "page", False)
    assert other["kinds"]["overset"] == 20_000
    assert best["cost"] < other["cost"]
    assert "溢文" in best["why"]
    assert "closing" in refused["refused"]
    assert not pressed.found("page.overset")
    told = summary(pressed.built.report)
    assert "排法比较" in told
    assert best["why"] in told
    assert "溢文 20000" in told
    table = closing_table(pressed.built, "zh")
    assert "page-a" in table
    assert best["why"] in table
    english = closing_table(pressed.built, "en")
    assert "arrangement" in english


def test_everything_together_costs_what_its_parts_cost(tmp_path: Path) -> None:
    css = SMALLER + ".air { height: 15pt; min-height: 0pt; max-height: 30pt } .scene { height: 360pt }"
    css += ".body { --tracking-limit: 0.02 }"
    page = sample_page(tmp_path, copy_of(1.28), css=css, html=[*STEP, *GAP], variants={"a": DENSE})
    assert not page.found("page.overset", "page.overfull")
    best = page.page["variants"][0]
    assert best["name"] == "page-a"
    assert {"step", "gap"} <= set(best["kinds"])
    assert page.cost == pytest.approx(sum(best["kinds"].values()), abs=0.01)
    assert page.cost == pytest.approx(sum(cost for _, cost in best["reasons"]), abs=0.01)
    listed = sum(change["cost"] for change in page.page["changes"])
    rest = sum(cost for kind, cost in best["kinds"].items() if kind in ("short", "line", "blemish", "empty"))
    assert page.cost == pytest.approx(listed + rest, abs=0.02)


def test_a_crop_keeps_the_share_that_the_design_declares(tmp_path: Path) -> None:
    free = plain_page(PRESSED)
    assert free.picture("bridge")["kept"][1] < 0.5
    held = sample_page(tmp_path / "held", copy_of(PRESSED), css=".picture.bridge { --crop-max: 0.5 }")
    kept = held.picture("bridge")["kept"]
    assert kept[0] * kept[1] >= 0.5
    assert held.picture("bridge")["crop"] == "height"
    assert "crop bridge" in held.changes
    assert held.changes["crop bridge"][2] == "percent"


def test_a_crop_keeps_what_the_editor_marks(tmp_path: Path) -> None:
    whole = [("focus = [0.4, 0.42]", "focus = [0.4, 0.42]\nkeep = [0.1, 0.1, 0.9, 0.65]")]
    page = sample_page(tmp_path / "keep", copy_of(PRESSED), plan=whole)
    assert page.picture("bridge")["kept"][1] >= 0.55
    assert not page.found("picture.focus")
    wide = [("focus = [0.46, 0.62]", "focus = [0.46, 0.62]\nkeep = [0.1, 0.0, 0.9, 1.0]")]
    page = sample_page(tmp_path / "cut", copy_of(1), plan=wide)
    cut = page.found("picture.focus")
    assert [finding.amount["picture"] for finding in cut] == ["barrage"]
    assert cut[0].severity is Severity.WARNING


def test_too_much_cut_away_is_said(tmp_path: Path) -> None:
    page = sample_page(tmp_path, copy_of(1), css=".picture.panorama { --crop-max: 0.2 }")
    assert sorted(finding.amount["picture"] for finding in page.found("picture.cropped")) == ["barrage", "sunset"]


def test_the_picture_comes_closer_where_its_focus_lies_at_the_edge(tmp_path: Path) -> None:
    plan = [("focus = [0.5, 0.36]", "focus = [0.3, 0.3]")]
    page = sample_page(tmp_path, copy_of(1), css=".picture.wide { --zoom-max: 1.3 }", plan=plan)
    assert page.picture("ridge")["zoom"] == pytest.approx(1 / 3 / 0.3, abs=0.01)
    assert page.picture("ridge")["crop"] == "zoom"


MORE = 1.4
LESS = 0.4
SHORT = 0.6
"""So much that each section can be filled with less than it has: nobody is told to add more."""


def test_forty_per_cent_too_much_is_overset_to_the_character() -> None:
    page = plain_page(MORE)
    assert page.built.exit_code == 1
    told = page.built.report["characters"]
    over = page.found("page.overset")
    assert sum(finding.amount["characters"] for finding in over) == told["overset"] > 0
    for finding in over:
        held = [line for made in page.built.pages for line in made.lines if str(line.flow) == finding.amount["text"]]
        before, after = finding.amount["cut"].split("|")
        assert held[-1].line.text.strip().endswith(before)
        assert after in copy_of(MORE)
        assert finding.place is not None
        assert finding.hint is not None


def test_sixty_per_cent_too_little_cannot_go_out(tmp_path: Path) -> None:
    page = sample_page(tmp_path / "empty", copy_of(LESS))
    short = page.found("page.underset")
    assert {finding.severity for finding in short} == {Severity.ERROR}
    assert page.built.exit_code == 1
    assert 0.03 < sum(finding.amount["share"] for finding in short) < 0.1
    lenient = sample_page(tmp_path / "lenient", copy_of(LESS), css="main { --empty-max: 0.2 }")
    assert {finding.severity for finding in lenient.found("page.underset")} == {Severity.WARNING}
    assert lenient.built.exit_code == 0


def test_strict_takes_a_hole_for_a_fault(tmp_path: Path) -> None:
    page = sample_page(tmp_path, copy_of(LESS), css="main { --empty-max: 0.2 }", fail_on="warning")
    assert page.built.exit_code == 1


def suggestion(page: Sample, key: str, flow: str = "") -> dict[str, object]:
    return next(each["amount"] for each in page.page["suggestions"] if key in each["amount"] and flow in each["flow"])


STIFF = ".picture.bridge { min-height: 120pt }"


def test_each_way_to_mend_an_overset_page_mends_it(tmp_path: Path) -> None:
    """Each suggestion for chapter four is followed by itself, and its copy ends in its frames."""
    flow = "tunliu.section-4"
    pressed = sample_page(tmp_path / "pressed", copy_of(PRESSED), css=STIFF)
    finding = next(each for each in pressed.found("page.overset") if each.flows == Chain.parse(flow).flows)
    cut, size = suggestion(pressed, "cut", flow)["cut"], suggestion(pressed, "size", flow)["size"]
    picture = suggestion(pressed, "picture", flow)
    for amount in (f"删 {cut} 字", f"{size:g} pt", f"图片 bridge 的 min-height 放矮 {-int(str(picture['rows']))} 行"):
        assert amount in finding.hint.zh
    told = summary(pressed.built.report)
    assert f"删 {cut} 字" in told

    copy = copy_of(PRESSED).split("\n")
    body = [index for index, line in enumerate(copy) if line.startswith("## ")][3] + 2
    copy[body] = copy[body][: -int(str(cut))]
    smaller = f'.body[data-flow="{flow}"] {{ font-size: {size}pt; text-indent: 2em }}'
    lower = f".picture.bridge {{ min-height: {120 + 15 * int(str(picture['rows']))}pt }}"
    for name, manuscript, css in (
        ("cut", "\n".join(copy), STIFF),
        ("size", copy_of(PRESSED), STIFF + smaller),
        ("picture", copy_of(PRESSED), lower),
    ):
        page = sample_page(tmp_path / name, manuscript, css=css)
        assert Chain.parse(flow).flows not in [each.flows for each in page.found("page.overset")], name


def test_no_picture_is_to_give_up_rows_where_others_would_meet() -> None:
    """The opening is no lower than its lede and its figures, which stand at places of their own."""
    page = plain_page(PRESSED)
    assert not [each for each in page.page["suggestions"] if each["amount"].get("picture") == "ridge"]


def test_what_is_to_be_added_fills_the_page(tmp_path: Path) -> None:
    page = sample_page(tmp_path / "short", copy_of(0.6, (3,)), css="main { --empty-max: 1 }")
    before = [
        finding for finding in page.found("page.underset") if finding.flows == Chain.parse("tunliu.section-3").flows
    ]
    assert before
    count = int(str(suggestion(page, "add", "section-3")["add"]))
    copy = copy_of(0.6, (3,)).split("\n")
    body = [index for index, line in enumerate(copy) if line.startswith("## ")][2] + 2
    copy[body] += "增" * count
    after = sample_page(tmp_path / "added", "\n".join(copy))
    assert not [
        f for f in after.found("page.underset", "page.overset") if f.flows == Chain.parse("tunliu.section-3").flows
    ]


def test_each_short_section_is_told_what_to_add(tmp_path: Path) -> None:
    """Forty per cent too little in every section: what fills one leaves its neighbours emptier, yet is told.

    Followed for chapter three, with whatever goes with it.
    """
    page = sample_page(tmp_path / "short", copy_of(SHORT), css="main { --empty-max: 1 }")
    short = {str(Chain(finding.flows)) for finding in page.found("page.underset") if finding.flows}
    assert short == {each["flow"] for each in page.page["suggestions"] if "add" in each["amount"]}
    told = suggestion(page, "add", "section-3")
    copy = copy_of(SHORT).split("\n")
    headings = [index for index, line in enumerate(copy) if line.startswith("## ")]
    for flow, count in {str(told["text"]): told["add"], **told.get("with", {})}.items():  # type: ignore[dict-item]
        copy[headings[int(flow[-1]) - 1] + 2] += "增" * int(str(count))
    after = sample_page(tmp_path / "added", "\n".join(copy))
    assert not [
        f for f in after.found("page.underset", "page.overset") if f.flows == Chain.parse("tunliu.section-3").flows
    ]


def test_an_overset_longer_than_any_paragraph_is_cut_from_several(tmp_path: Path) -> None:
    """Three hundred characters and more over, no paragraph of more than a hundred and twenty."""
    piece = Piece([120] * 75)
    made = make(tmp_path / "over", piece, kind="page")
    assert sum(int(str(each["characters"])) for each in made.found("page.overset")) > 300
    amounts = [each["amount"] for each in made.built.report["pages"][0]["suggestions"]]
    told = next(amount for amount in amounts if "cut" in amount)
    assert told["to"] == 74  # the first of the 75 is the lede
    assert told["to"] > told["from"]
    whole, rest = divmod(told["cut"], 120)
    kept = [120] * (75 - whole - bool(rest)) + [120 - rest] * bool(rest)
    followed = make(tmp_path / "cut", Piece(kept), kind="page")
    assert not followed.found("page.overset")


def test_a_cut_of_hundreds_of_lines_is_found_where_running_text_has_a_type_of_its_own(tmp_path: Path) -> None:
    """Nearly a page too much, with headings: the search begins at what is overset, whatever its type."""
    made = make(tmp_path, Piece([120] * 88, ("谋划重点项目", "办好民生实事", "建设美丽乡村")), 6)
    over = sum(int(str(each["characters"])) for each in made.found("page.overset"))
    told = next(each["amount"] for each in made.built.report["pages"][0]["suggestions"] if "cut" in each["amount"])
    assert over > 4_000
    assert abs(told["cut"] - over) < 200
    assert told["headings"][-1] == "建设美丽乡村"

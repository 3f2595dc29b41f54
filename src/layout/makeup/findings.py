"""What make-up tells: a page that no arrangement fills, with what would mend it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from layout.checks import Finding, room_checks
from layout.errors import Hint, Message, Place, PlanError
from layout.issue.auto_page import Pin
from layout.makeup.choosing import Chosen
from layout.makeup.mends import Mend, MendStep
from layout.makeup.option_heights import FEW
from layout.makeup.story_copy import FIGURES, StoryCopy

_WORDS = {
    "larger file": Message(
        "换图 {story} 的大图（{across}×{down} 像素以上）",
        "give picture {story} a larger file ({across}×{down} pixels or more)",
    ),
    "add": Message("{story} 增写约 {characters} 字", "write about {characters} characters more in {story}"),
    "cut": Message("{story} 删约 {characters} 字", "cut about {characters} characters from {story}"),
    "unpin": Message("放开 {story} 的钉（{place}）", "take out the pin of {story} ({place})"),
    "take off": Message("撤下 {story}", "take {story} off the page"),
    "leave out": Message("把 {story} 放进备稿（pool）", "put {story} into the pool"),
}


def not_full(
    chosen: Chosen, rows: int, mends: Sequence[Mend], page_no: int, place: Place, *, stubs: Collection[str] = ()
) -> Finding:
    """``makeup.not_full``: how much the nearest arrangement misses the page by, and what would mend it. *stubs* are the
    stories of fewer lines than a column may have.
    """
    check = room_checks("makeup")["makeup.not_full"]
    over = chosen.rows - rows
    zh, en = ("超出", "too high") if over > 0 else ("不足", "too low")
    hint = Hint(
        editor=Message(
            "任选一样（都试过）：" + "；".join(_said(mend).zh for mend in mends) + "。",
            "Any one of these (each was tried): " + "; ".join(_said(mend).en for mend in mends) + ".",
        )
        if mends
        else Message("换几篇稿：这些稿怎样排都不满。", "Choose other stories: no arrangement of these is full.")
    )
    message = Message(
        f"这些稿没有一种组版恰好排满：最近的{zh} {abs(over)} 行",
        f"no arrangement of these stories is just full: the nearest is {abs(over)} rows {en}",
    )
    if chosen.without:
        names = "、".join(chosen.without)
        message = Message(
            f"{names} 放不下：和别的稿怎样排都对不齐，或没有一种稿块放得下",
            f"{', '.join(chosen.without)} found no place: with the others the parts are never level,"
            " or no shape takes it",
        )
        if stubs and set(chosen.without) <= set(stubs):
            message = Message(
                f"{names} 太短，放不下：每栏至少 {FEW} 行",
                f"{', '.join(chosen.without)} found no place, being too short: a column has {FEW} lines at least",
            )
    elif not chosen.by_rules:
        message = Message(
            "这些稿没有一种守规矩的组版（不碰题、不碰图、头条的题最大……）：排的这一种只供看样",
            "no arrangement of these stories keeps the rules (headlines and pictures apart, the lead's the largest):"
            " what is set is only to be looked at",
        )
    elif not over:
        message = Message(
            "这些稿没有一种组版恰好排满：最近的差一两行排不下",
            "no arrangement of these stories is just full: the nearest lacks a line or two",
        )
    return Finding(
        check.id, check.severity, message,
        place, hint, page_no, {"rows": over},
    )  # fmt: skip


def written_not_full(over: int, full: str, page_no: int, place: Place) -> Finding:
    """``makeup.not_full`` of an arrangement that is written down; *full* is the nearest that fills the page, if any."""
    check = room_checks("makeup")["makeup.not_full"]
    zh, en = ("超出", "too high") if over > 0 else ("不足", "too low")
    hint = Hint(editor=_instead(full, page_no) if full else Message(
        "这些稿别的组版也排不满：删去 arrangement，看看增删什么。",
        "No other arrangement of these stories is full: take arrangement out, and see what to add or to cut.",
    ))  # fmt: skip
    return Finding(
        check.id, check.severity,
        Message(f"写定的组版排不满了：{zh} {abs(over)} 行",
                f"the written arrangement is full no longer: {abs(over)} rows {en}"),
        place, hint, page_no, {"rows": over, "arrangement": full},
    )  # fmt: skip


def no_longer(why: Message | None, near: str, page_no: int, place: Place, *, full: bool) -> Finding:
    """``makeup.arrangement``: what is written cannot stand at all; *near* is what was set in its place."""
    check = room_checks("makeup")["makeup.arrangement"]
    zh, en = (
        (why.zh, why.en)
        if why
        else ("各块的高对不齐，或碰题、碰图", "its parts never level, or headlines or pictures meet")
    )
    return Finding(
        check.id, check.severity,
        Message(f"写定的组版不能用了：{zh}。排的是最近的一种",
                f"the written arrangement stands no longer: {en}; the nearest was set"),
        place, Hint(editor=_instead(near, page_no)) if full else None, page_no, {"arrangement": near},
    )  # fmt: skip


def _instead(words: str, page_no: int) -> Message:
    return Message(
        f'最近的能排满的：arrangement = "{words}"；或用 layout arrange DIR --page {page_no} --pin 另选。',
        f'The nearest that is full: arrangement = "{words}"; or choose by layout arrange DIR --page {page_no} --pin.',
    )


def pin_not_kept(pin: Pin) -> PlanError:
    """A pin that no arrangement can keep; without it there is one."""
    return PlanError(
        Message(f"没有一种组版守得住 {pin.story} 的这个钉", f"no arrangement can keep this pin of {pin.story}"),
        place=pin.place,
        hint=Message("去掉它（试过，去掉就排得成），或改松些", "Take it out (tried: then there is one), or loosen it"),
    )


def no_shape(story: StoryCopy, design: str, place: Place) -> PlanError:
    """A story that no shape of the design takes."""
    count = len(story.pictures)
    hint = Message("减它的图，或改它的钉（pin）", "Take pictures from it, or change what is pinned")
    if FIGURES in story.parts:
        hint = Message("从文件头去掉 figures，减它的图，或改它的钉（pin）",
                       "Take out its figures, take pictures from it, or change what is pinned")  # fmt: skip
    return PlanError(
        Message(f"版式 {design} 没有一种稿块放得下 {story.id}（{count} 幅图）",
                f"the design {design} has no shape for {story.id} with {count} pictures"),
        place=place, hint=hint,
    )  # fmt: skip


def no_shapes(design: str, sheets: Sequence[str], place: Place) -> PlanError:
    """A design that has no shapes for the issue's sheet; *sheets* are those that it has some for."""
    if not sheets:
        return PlanError(
            Message(f"版式 {design} 没有稿块（[[shape]]），组不成版", f"the design {design} has no shapes ([[shape]])"),
            place=place,
            hint=Message("kind 写这个版式有的一种，或换一个版式（design = \"yaowen\"）",
                         "Write a kind of page that the design has, or take another design (design = \"yaowen\")"),
        )  # fmt: skip
    values = [f'sheet = "{sheet}"' for sheet in sheets]
    return PlanError(
        Message(
            f"版式 {design} 的稿块分纸张，本期没有写是哪一种",
            f"the shapes of {design} are for sheets that the issue does not name",
        ),
        place=place,
        hint=Message(
            "在 issue.toml 开头写 " + " 或 ".join(values), "Write at the head of issue.toml " + " or ".join(values)
        ),
    )


def no_arrangement(place: Place) -> PlanError:
    """Stories of which there is no arrangement at all."""
    return PlanError(
        Message("这些稿没有一种组版", "there is no arrangement of these stories"),
        place=place,
        hint=Message("放宽钉（pin）和留位（reserve），或少放几篇稿", "Loosen pins and reserves, or take stories out"),
    )


def _said(mend: Mend) -> Message:
    steps = [_step(step) for step in mend.steps]
    return Message("，再".join(step.zh for step in steps), ", and ".join(step.en for step in steps))


def _step(step: MendStep) -> Message:
    words = _WORDS[step.kind]
    across, down = step.pixels
    values = {
        "story": step.story, "characters": step.characters, "place": step.place, "across": across, "down": down,
    }  # fmt: skip
    return Message(words.zh.format(**values), words.en.format(**values))

"""Checks that every text of a page has a frame, and that the text of every frame exists."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from layout.errors import Faults, Hint, LayoutError, Message, Place, PlanError, TemplateError, nearest
from layout.flows import PAGE, Flow
from layout.manuscript.flow_names import FOLIO, front_matter_key
from layout.manuscript.model import Text
from layout.manuscript.story_parts import story_flow
from layout.page.canvas import Canvas
from layout.page.frames import MeasuredPage


def left_out(
    canvas: Canvas, page: MeasuredPage, texts: Mapping[Flow, Text], optional: Sequence[str] = ()
) -> tuple[str, ...]:
    """The pictures that are left out: a step does not display their boxes; of the *optional* ones, they have none.

    Raises ``TemplateError`` when any other text has no box on the page.
    """
    wanted = canvas.pictures()
    shown = {box.picture for box in page.pictures}
    gone = tuple(name for name in dict.fromkeys((*wanted, *optional)) if name not in shown)
    framed = {flow for frame in page.frames for flow in frame.chain.flows}
    lost = [flow for flow in texts if flow not in framed and flow.picture not in gone and not flow.is_label]
    if lost:
        raise one_or_all([lost_text(canvas, flow, texts[flow]) for flow in lost])
    return gone


def lost_text(canvas: Canvas, flow: Flow, text: Text) -> TemplateError:
    """The fault that *text* has no box on the page: no frame asks for it, or the frame is not on the sheet."""
    return (_off_the_sheet if flow in canvas.flows() else _lost)(canvas, flow, text)


def check_flows(canvas: Canvas, texts: Mapping[Flow, Text], optional: Sequence[str] = ()) -> None:
    """Raises ``TemplateError`` (several as ``Faults``) for texts without frames, and frames without texts.

    Of *optional* pictures that the canvas has no boxes for, the captions need no frames.
    """
    if faults := flow_faults(canvas, texts, optional):
        raise one_or_all(faults)


def flow_faults(canvas: Canvas, texts: Mapping[Flow, Text], optional: Sequence[str] = ()) -> list[LayoutError]:
    """The faults that ``check_flows`` raises: what has no frame, and the frames for which there is nothing."""
    framed, boxes = set(canvas.flows()), canvas.pictures()
    gone = tuple(name for name in optional if name not in boxes)
    # A design may have more words than one arrangement of it prints.
    wanted = {flow: text for flow, text in texts.items() if not flow.is_label}
    lost = {flow: text for flow, text in wanted.items() if flow not in framed and flow.picture not in gone}
    left_out_stories = _stories(texts) - _stories(framed)
    faults: list[LayoutError] = []
    if left_out_stories and len(_stories(texts)) > 1:
        faults.append(_too_many(canvas, texts, left_out_stories))
        lost = {flow: text for flow, text in lost.items() if flow.story not in left_out_stories}
    faults += [_lost(canvas, flow, text) for flow, text in lost.items()]
    for flow in sorted(framed - set(texts)):
        add, story = _to_be_added(flow), next((text for name, text in texts.items() if name.story == flow.story), None)
        faults.append(_unfilled(canvas, flow, texts) if add is None or story is None else _wanting(flow, story, add))
    return faults


def _to_be_added(flow: Flow) -> Message | None:
    """What an editor adds to a manuscript that lacks a part of the copy; None for what is no such part."""
    found = story_flow(flow)
    if found is None or found.piece or found.part.name not in _ADD:
        return None
    zh, en = _ADD[found.part.name]
    return Message(zh.format(found.index), en.format(found.index))


_ADD = {
    "lede": ("在第一个小标题之前写一段导语", "write a paragraph before the first heading"),
    "sections": ("写上第 {0} 个小标题（## 小标题）和它的正文", "write heading {0} (## …) and its copy"),
    "closing": (
        "在稿末另起一行写 ***，再下一行写结尾的一段",
        "write *** on a line of its own at the end, and a paragraph below it",
    ),
    "tables": ("在正文里写上第 {0} 张表格", "write table {0} into the copy"),
    "footnotes": ("在正文里写上注：记号 [^1]，注文“[^1]: …”", "write a note: its mark [^1], its words “[^1]: …”"),
}
"""What is written where the design wants a part of the copy."""


def _wanting(flow: Flow, story: Text, add: Message) -> PlanError:
    """A part of the copy that the design wants and the manuscript has not; *story* is another of its texts."""
    found = story_flow(flow)
    assert found is not None
    called, written = found.part.called(found.index), _written(story)
    return PlanError(
        Message(
            f"这个版式要“{flow.story}”有{called.zh}，稿件里没有",
            f"this design wants the {called.en} of “{flow.story}”, which the manuscript has not",
        ),
        place=Place(written.file, 1) if written else None,
        hint=Hint(editor=Message(f"{add.zh}；或换一个版式", f"{add.en}; or choose another design")),
    )


def _unfilled(canvas: Canvas, flow: Flow, texts: Mapping[Flow, Text]) -> TemplateError:
    return TemplateError(
        Message(
            f"版式有“{flow}”的版位，稿件里没有这一项",
            f"the design has a frame for “{flow}”, which the issue has not",
        ),
        place=canvas.place_of([str(flow), f".{flow.name}.flow", f".{flow.name}", *_reckoned(flow)]),
        hint=_meant_flow(flow, texts),
    )


def _reckoned(flow: Flow) -> tuple[str, ...]:
    """How a template may ask for the text without its name: words by a name that is put together."""
    found = story_flow(flow)
    return ("words[", "words.get(") if found is not None and found.part.name == "words" else ()


def _meant_flow(flow: Flow, texts: Mapping[Flow, Text]) -> Hint:
    near, key = nearest(str(flow), map(str, texts)), front_matter_key(flow)
    guess = Message(f"是不是 {near}？", f"did you mean {near}? ") if near else Message("", "")
    return Hint(
        editor=Message(f"在文件头写上 {key}", f"write {key} in the front matter") if key else None,
        designer=Message(
            f"{guess.zh}没有的就去掉这个框，或用 {{% if %}} 判断",
            f"{guess.en}Else remove the frame, or guard it with {{% if %}}",
        ),
    )


def _stories(flows: Iterable[Flow]) -> set[str]:
    """The stories that *flows* are of."""
    return {flow.story for flow in flows if story_flow(flow) is not None}


def _too_many(canvas: Canvas, texts: Mapping[Flow, Text], stories: Container[str]) -> TemplateError:
    """One fault for all stories of the page that have no place at all: nobody is to read it of each of their texts."""
    ids = [each for each in dict.fromkeys(flow.story for flow in texts) if each in stories]
    given, lost, names = len(_stories(texts)), len(ids), "、".join(ids)
    template = canvas.template
    design = f"{template.parent.name}/{template.name}"
    first = next(text for flow, text in texts.items() if flow.story == ids[0])
    return TemplateError(
        Message(
            f"版式 {design} 只排 {given - lost} 篇稿，这一版有 {given} 篇，没有版位的是：{names}",
            f"the design {design} holds {given - lost} stories, this page has {given}; without a place: "
            f"{', '.join(ids)}",
        ),
        place=_written(first) or Place(str(template)),
        hint=Hint(
            editor=Message(
                "把多出的稿移到别的版，或换一种版面（issue.toml 的 kind、design）",
                "move them to other pages, or choose another kind or design in issue.toml",
            ),
            designer=Message(
                f"在 {template.name} 里给它们加 data-flow 的空框", f"give them frames (data-flow) in {template.name}"
            ),
        ),
    )


def _lost(canvas: Canvas, flow: Flow, text: Text) -> TemplateError:
    """It is told where the words are written: that is what an editor can look at, and often what is to be moved."""
    template = canvas.template
    design = f"{template.parent.name}/{template.name}"
    return TemplateError(
        Message(
            f"版式 {design} 没有给“{flow}”留出版位，这些字会丢失：“{text.text[:16]}”",
            f"the design {design} has no frame for “{flow}”: its text would be lost: “{text.text[:16]}”",
        ),
        place=_written(text) or Place(str(template)),
        hint=Hint(
            editor=_without(flow),
            designer=Message(
                f"在 {template.name} 里加一个 {(asked := _asked_for(flow)).zh} 的空框",
                f"add an empty element with {asked.en} to {template.name}",
            ),
        ),
    )


_EACH = {"sections": "section", "figures": "figure", "tables": "table", "boxes": "box"}
"""What a template calls one of the several that a story has."""


def _asked_for(flow: Flow) -> Message:
    """How a template asks for *flow*, of whatever story it is: names that are written out hold for one story alone."""
    found = story_flow(flow)
    if found is not None and (each := _EACH.get(found.part.name)):
        piece = "body" if each == "section" and not found.piece else found.piece
        names = {"figure": f"{{{{ figure.flow }}}}.{piece}", "section": f"{{{{ section.{piece}.flow }}}}"}
        words = f'data-flow="{names.get(each) or f"{{{{ {each}.flow }}}}"}"'
        loop = f"{{% for {each} in story.{found.part.name} %}}"
        return Message(f"{words}（在 {loop} 里）", f"{words} (within {loop})")
    name = str(flow)
    if found is not None and found.part.form == "words":
        name = f"{{{{ story.words['{found.index}'].flow }}}}"
    elif found is not None and not found.piece:
        name = f"{{{{ story.{found.part.name}.flow }}}}"
    elif flow.picture is not None:
        name = f"{{{{ pictures['{flow.picture}'].{flow.sub}.flow }}}}"
    elif flow.story == PAGE and flow.part == FOLIO:
        name = f"{{{{ page.folio.{flow.sub}.flow }}}}"
    return Message(f'data-flow="{name}"', f'data-flow="{name}"')


def _without(flow: Flow) -> Message:
    """What an editor can do about a text that the design has no place for."""
    found, other = story_flow(flow), Message("换一种版面（kind）", "choose another kind of page")
    if key := front_matter_key(flow):
        own = Message(f"从文件头去掉 {key}", f"take {key} out of the front matter")
    elif found is not None and found.part.name == "closing":
        own = Message("去掉 *** ，并进正文", "take out the *** and let it be copy like the rest")
    elif found is not None and found.part.name == "sections":
        own = Message("去掉这个小标题，并进上文", "take out the heading and let it be copy like the rest")
    elif flow.story == PAGE and flow.part == "turn":
        own = Message("从 continues 里去掉这篇稿", "take the story out of continues")
    elif flow.story == PAGE and flow.sub == "staff":
        own = Message("从 issue.toml 里去掉 [staff]", "take [staff] out of issue.toml")
    else:
        return other
    return Message(f"{own.zh}，或{other.zh}", f"{own.en}, or {other.en}")


def _off_the_sheet(canvas: Canvas, flow: Flow, text: Text) -> TemplateError:
    """A frame that the template has and the page has not: nothing is to be added."""
    design = f"{canvas.template.parent.name}/{canvas.template.name}"
    return TemplateError(
        Message(
            f"版式 {design} 里有“{flow}”的框，却没有排到纸上，这些字会丢失：“{text.text[:16]}”",
            f"the design {design} has a frame for “{flow}”, which is not on the sheet: its text would be lost: "
            f"“{text.text[:16]}”",
        ),
        place=canvas.place_of([str(flow)]),
        hint=Message(
            "看它或外层是不是 display: none；不是，就是它上面的东西比纸高：减小各框的 height，"
            "或给 main 写 display: inline-block; vertical-align: top",
            "see whether it, or what it stands in, has display: none; else what stands above it is higher than the "
            "sheet: lower the heights, or give main display: inline-block; vertical-align: top",
        ),
    )


def _written(text: Text) -> Place | None:
    """Where the first of its words stands in the issue's files."""
    places = (run.place for paragraph in text.paragraphs for run in paragraph.runs)
    return next((place for place in places if place is not None), None)


def one_or_all(faults: Sequence[LayoutError]) -> LayoutError:
    """The single fault there is, or all of them as one."""
    return faults[0] if len(faults) == 1 else Faults(faults)

"""The copy of a page: what of it may be cut, and what can be done about what has no place."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from layout.copyfit.pixel_limits import PixelLimit
from layout.copyfit.scores import MOST_CUT
from layout.errors import Hint, Message
from layout.flows import Chain
from layout.galley.line_demand import elastic
from layout.galley.model import Galley, GalleyLine
from layout.galley.slots import capacity, in_the_way
from layout.manuscript.flow_names import is_given, is_heading, stands_alone
from layout.page.frames import MeasuredPage
from layout.page.obstacles import Obstacle


@dataclass(frozen=True, slots=True)
class PageCopy:
    """The copy of a page, and what of it may be cut."""

    page: MeasuredPage
    galleys: Mapping[Chain, Galley]
    firm: Container[str]
    small: Sequence[PixelLimit] = ()
    """The pictures that their pixels keep small."""

    def small_in(self, bands: Container[str]) -> SmallPictures:
        """Those of them that stand in *bands*."""
        own = tuple(each for each in self.small if each.picture.band is not None and each.picture.band in bands)
        return SmallPictures(own)

    def is_firm(self, chain: Chain) -> bool:
        """Whether none of the chain's copy may be cut."""
        return all(flow.story in self.firm for flow in chain.flows)

    def beside(self, chain: Chain) -> bool:
        """Whether the page has other running text, which may be cut."""
        others = (other for other in self.galleys if other != chain and not self.is_firm(other))
        return any(not stands_alone(other.flows[-1]) for other in others)

    def displacing(self, galley: Galley) -> tuple[Obstacle, ...]:
        """What takes lines from the one frame of a text that would have room enough without it."""
        frames = self.page.chains()[galley.chain]
        if len(frames) > 1 or any(elastic(frame) for frame in frames):
            return ()
        holds = sum(capacity(self.page, frame) for frame in frames)
        return in_the_way(self.page, frames[0]) if len(galley.slots) < galley.used <= holds else ()

    def overset_hint(self, galley: Galley, count: int, lines: int) -> Hint:
        """What can be done about copy that is overset, where nothing that was tried would do."""
        whole, chain = characters(galley.lines), galley.chain
        if shapes := self.displacing(galley):
            return _displaced_hint(shapes)
        if stands_alone(chain.flows[-1]):
            return _furniture_hint(chain, count, whole)
        if is_heading(chain.flows[-1]):
            return _heading_hint(count, firm=self.is_firm(chain))
        move = Message("另给它版面（移到别的版，或转版）", "give it more room (on another page, or let it go on there)")
        if not self.is_firm(chain) and count <= MOST_CUT * whole:
            cut = Message(f"删 {lines} 行（约 {count} 字），或", f"cut {lines} lines (some {count} characters), or ")
        elif self.is_firm(chain) and self.beside(chain):
            cut = Message("这篇不可删：删短同版别的稿件，或", "it may not be cut: cut another story of the page, or ")
        elif self.is_firm(chain):
            cut = Message("这篇不可删，版上别的也让不出来：", "it may not be cut, and nothing else here can give: ")
        else:
            cut = Message("排不下的太多，不是删几行的事：", "it is too much to cut: ")
        designer = Message("加高它的版位，或加一档更小的字号", "give its frames more room, or add a smaller size")
        return Hint(editor=Message(cut.zh + move.zh, cut.en + move.en), designer=designer)

    def overfull_hint(self) -> Hint:
        """What can be done about a page that is too high, where nothing that was tried would do."""
        ways = [Message("撤下图片", "take a picture out")] if self.page.pictures else []
        if not all(self.is_firm(chain) for chain in self.galleys):
            ways.append(Message("删减稿件", "cut the copy"))
        ways.append(Message("把稿件移到别的版", "move a story to another page"))
        return Hint(
            editor=Message("，或".join(each.zh for each in ways), ", or ".join(each.en for each in ways)),
            designer=Message("减小图片的 min-height 或标题的高度", "lower the pictures' min-height or the headings"),
        )


@dataclass(frozen=True, slots=True)
class SmallPictures:
    """Pictures that might fill what is empty, had they more pixels; often none."""

    limits: Sequence[PixelLimit]

    def told(self, message: Message) -> Message:
        """*message*, and behind it that it is pixels which keep them small."""
        zh = "".join(f"；图 {each.picture.picture} 限于像素只高 {each.rows} 行，版式许它 {each.most} 行"
                     for each in self.limits)  # fmt: skip
        en = "".join(
            f"; picture {each.picture.picture} is kept to {each.rows} rows by its pixels, the design allows {each.most}"
            for each in self.limits
        )
        return Message(message.zh + zh, message.en + en)

    def hint(self, hint: Hint) -> Hint:
        """*hint*, by which editors are also told to give them larger files."""
        if not self.limits or hint.editor is None:
            return hint
        names = [each.picture.picture for each in self.limits]
        return replace(hint, editor=Message(
            f"{hint.editor.zh}，或换图 {'、'.join(names)} 的大图（像素更多的文件）",
            f"{hint.editor.en}, or give picture {', '.join(names)} a larger file (with more pixels)",
        ))  # fmt: skip


def _displaced_hint(shapes: Sequence[Obstacle]) -> Hint:
    """What can be done about words whose frame lies in what text runs around."""
    named = [_called(shape) for shape in shapes]
    zh, en = "、".join(dict.fromkeys(each.zh for each in named)), ", ".join(dict.fromkeys(each.en for each in named))
    return Hint(
        editor=Message(f"请美编把它移开：{zh}占了它的位置",
                       f"ask the designer to move it: {en} has taken its place"),
        designer=Message(f"它的框在{zh}里（连同 margin、shape-margin）：把框移出去，把 margin、shape-margin 改小，"
                         "或写进有 data-around 的那个元素",
                         f"its frame lies within {en}, margin and shape-margin included: move it out, make margin and"
                         " shape-margin smaller, or write the frame into the element that bears data-around"),
    )  # fmt: skip


def _called(shape: Obstacle) -> Message:
    """What text runs around, by its picture or its copy, and by its element in the design."""
    element = f"（{shape.element}）" if shape.element else "", f" ({shape.element})" if shape.element else ""
    if shape.pictures:
        names = "、".join(dict.fromkeys(shape.pictures)), ", ".join(dict.fromkeys(shape.pictures))
        return Message(f"图 {names[0]}{element[0]}的轮廓", f"the contour of picture {names[1]}{element[1]}")
    if shape.flows:
        flows = [str(flow) for flow in dict.fromkeys(shape.flows)]
        return Message(f"{'、'.join(flows)} 的框{element[0]}", f"the frame of {', '.join(flows)}{element[1]}")
    if shape.element:
        return Message(f"绕排的 {shape.element} ", f"{shape.element}, which text runs around,")
    return Message("绕排的东西", "what text runs around")


def _furniture_hint(chain: Chain, count: int, whole: int) -> Hint:
    """What can be done about a caption, a credit, a word of the folio that its one place does not hold."""
    if chain.flows[-1].sub == "staff":
        editor = Message(
            "请美编给 [staff] 一行留出版位；暂时不印，就从 issue.toml 里去掉它",
            "ask the designer for a place; not to print it, take [staff] out of issue.toml",
        )
    elif is_given(chain.flows[-1]):
        editor = Message(
            f"这个位置只排得下 {whole - count} 字：请美编给它更宽的位置，或更小的字号",
            f"its place holds {whole - count} characters: ask for a wider one, or a smaller size",
        )
    elif count <= MOST_CUT * whole:
        editor = Message(f"改短 {count} 字以上", f"make it shorter by {count} characters or more")
    else:
        editor = Message(
            f"这个位置只排得下 {whole - count} 字：换个说法，或请美编另给位置",
            f"its place holds {whole - count} characters: word it anew, or ask for another place",
        )
    designer = Message(
        f"给 {chain.called} 的框定位置、宽和高，或加一档更小的字号",
        f"give the frame of {chain.called} a place, a width and a height, or a smaller size",
    )
    return Hint(editor=editor, designer=designer)


def _heading_hint(count: int, *, firm: bool) -> Hint:
    """What can be done about a headline, kicker or deck that is too long: another story's room is no help."""
    ask = Message("请美编给它多一行，或更小的字号", "ask for one line more, or a smaller size")
    less = Message(f"改短 {count} 字，或{ask.zh}", f"make it {count} characters shorter, or {ask.en}")
    designer = Message("加高它的版位，或加一档更小的字号", "give it more room, or a smaller size")
    return Hint(editor=ask if firm else less, designer=designer)


def characters(lines: Sequence[GalleyLine]) -> int:
    """Characters in *lines*; white space does not count."""
    return sum(1 for item in lines for character in item.line.text if not character.isspace())

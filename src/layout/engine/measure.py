"""Reads frames, pictures and bands out of a laid-out page. Geometry and type are defined in CSS alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast
from xml.etree.ElementTree import Element

from layout.checks import Finding
from layout.design import data_attributes as attribute
from layout.design.design_fault import no_type_area
from layout.design.design_files import DesignFiles
from layout.engine.box_traits import border_box, edges_in_height
from layout.engine.column_foot import below
from layout.engine.contours import matrix_of, obstacle
from layout.engine.frame_types import TypeReader, leading_of, number, option_of, options_of
from layout.engine.nesting import tree_of_nesting
from layout.engine.table_styles import table_styles, with_rules
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Faults, Hint, LayoutError, Message, Place, TemplateError
from layout.flows import Chain
from layout.fontbook import Fontbook
from layout.geometry import IDENTITY, Box, Matrix, is_rigid
from layout.page.canvas import PageOverrun
from layout.page.frames import Band, Column, Frame, FrameType, Gap, MeasuredPage, PictureBox
from layout.units import CSS_PX, MM

if TYPE_CHECKING:
    from weasyprint.document import Document

    from layout.engine.page_styles import PageStyles
    from layout.engine.restyled import RestyledDocument


class _Place(NamedTuple):
    """What a box stands in."""

    band: str | None = None
    column: str | None = None
    opacity: float = 1.0
    """That of all that it stands in, taken together; its own is not in it."""
    display: Sequence[str] = ()
    """That of the element that it stands in."""
    matrix: Matrix = IDENTITY
    """How all that it stands in is turned."""


@dataclass
class _MarkedBox:
    """A marked element's box, with the band and column it stands in."""

    key: str
    box: LayoutBox
    band: str | None
    column: str | None
    opacity: float = 1.0
    is_item: bool = False
    """Whether it is an item of a flex or grid container."""
    matrix: Matrix = IDENTITY
    """How it is turned on the page."""


def measure(
    document: Document | RestyledDocument, page_no: int, fontbook: Fontbook, design: DesignFiles,
    messages: tuple[Finding, ...] = (),
    *, file_of: Callable[[str], Path | None] = lambda _: None, types: dict[str, FrameType] | None = None,
) -> MeasuredPage:  # fmt: skip
    """The page's frames, picture boxes and bands, in document order, in points.

    *messages* are what WeasyPrint remarked on the *design* for this layout; *file_of* finds the file of a URL. *types*
    are those of the frames, by their ids, where they are known: what is read is added.
    Raises ``TemplateError`` when the design has no type area, ``FontError`` for a family that does not exist.
    """
    page_box = document.pages[0]._page_box
    area = next((box for box in _walk(page_box) if _attribute(box, attribute.FILL) is not None), None)
    if area is None:
        raise no_type_area(design.mention([attribute.FILL]))
    found = list(_marked(page_box, _Place(), set()))
    known: dict[str, FrameType] = {} if types is None else types
    reader = _Reader(design, fontbook, page_box.children[0].element, found, messages, known=known)
    reader.types.check_leading(area)
    _check_sheet(page_box, design)
    feet = [_foot(child) for child in area.children if _in_flow(child)]
    foot = max(feet, default=area.content_box_y()) * CSS_PX
    return MeasuredPage(
        page_no=page_no,
        width=page_box.margin_width() * CSS_PX,
        height=page_box.margin_height() * CSS_PX,
        type_area=_content(area),
        row=leading_of(area.style),
        content_bottom=foot,
        frames=tuple(reader.frame(item) for item in found if _chain(item.box)),
        pictures=tuple(reader.picture(item) for item in found if item.box.element.get(attribute.PICTURE)),
        columns=tuple(reader.column(item) for item in found if _attribute(item.box, attribute.COLUMN) is not None),
        bands=tuple(reader.band(item) for item in found if item.box.element.get(attribute.BAND)),
        gaps=tuple(reader.gap(item) for item in found if item.box.element.get(attribute.GAP) is not None),
        shapes=tuple(
            replace(obstacle(i.key, i.box, i.matrix, file_of), band=i.band)
            for i in found
            if i.box.element.get(attribute.AROUND) is not None
        ),
        options=options_of(area.style),
        tree=tree_of_nesting(area, foot, design),
        messages=messages,
    )


SHEET = 14_400.0
"""Points of a side of the sheet: what PDF viewers can show (ISO 32000-1, annex C)."""


def _check_sheet(page_box: LayoutBox, design: DesignFiles) -> None:
    """Raises ``TemplateError`` for a sheet that no PDF can have."""
    sides = page_box.margin_width() * CSS_PX, page_box.margin_height() * CSS_PX
    if not all(0 < side <= SHEET for side in sides):
        most = SHEET / MM
        raise TemplateError(
            Message(f"版面 {sides[0]:g} × {sides[1]:g} pt，PDF 容不下",
                    f"no PDF has a sheet of {sides[0]:g} × {sides[1]:g} pt"),
            place=design.declared(("size",)) or Place(str(design.template)),
            hint=Message(f"@page 的 size 每边不超过 {most:.0f} mm，要大于 0。",
                         f"Its sides in @page are above 0 and at most {most:.0f} mm."),
        )  # fmt: skip


def after_causes(fault: TemplateError, messages: Sequence[Finding]) -> LayoutError:
    """*fault* of the page, after the messages about its style sheets: they are the likeliest cause."""
    causes = [TemplateError(each.message, place=each.place, hint=each.hint) for each in messages]
    if not causes:
        return fault
    places = {f"{Path(each.place.file).name}:{each.place.line or 1}": None for each in causes if each.place}
    fault.hint = Hint(designer=Message(f"先改 {'、'.join(places)}", f"first see to {', '.join(places)}"))
    return Faults([*causes, fault])


def overrun(place: Place, count: int) -> PageOverrun:
    """The fault of a design that makes *count* pages, at a *place* of it."""
    return PageOverrun(
        Message(f"版式排出了 {count} 页，应为 1 页", f"the design makes {count} pages, not one"),
        place=place,
        hint=Message("检查版心高度和 @page 的边距", "check the type area's height and the @page margins"),
    )


def steps(styles: PageStyles) -> dict[str, str]:
    """The steps that the CSS gives to elements with an empty ``data-step``, by their keys (``--steps``)."""
    return {
        element.attrib[attribute.KEY]: options["steps"]
        for element, style in styles.displayed()
        if element.get(attribute.STEP) == "" and (options := options_of(style)).get("steps")
    }


def _walk(box: LayoutBox) -> Iterator[LayoutBox]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def _attribute(box: LayoutBox, name: str) -> str | None:
    element = getattr(box, "element", None)
    return None if element is None else element.get(name)


def _marked(box: LayoutBox, place: _Place, seen: set[str]) -> Iterator[_MarkedBox]:
    """The first box of every marked element: the others are its lines and anonymous parts."""
    key = _attribute(box, attribute.KEY)
    place = place._replace(matrix=matrix_of(box, place.matrix))
    if key is not None and key not in seen:
        seen.add(key)
        is_item = _in_flow(box) and ("flex" in place.display or "grid" in place.display)
        yield _MarkedBox(key, box, place.band, place.column, place.opacity, is_item, place.matrix)
        if _attribute(box, attribute.BAND) is not None:
            place = place._replace(band=key)
        if _attribute(box, attribute.COLUMN) is not None:
            place = place._replace(column=key)
    if getattr(box, "element", None) is not None:
        opacity, display = cast("float", box.style["opacity"]), cast("Sequence[str]", box.style["display"])
        place = place._replace(opacity=place.opacity * opacity, display=display)
    for child in getattr(box, "children", ()):
        yield from _marked(child, place, seen)


class _Reader:
    """Turns boxes into the dataclasses of ``frames``."""

    def __init__(
        self,
        design: DesignFiles,
        fontbook: Fontbook,
        root: Element,
        found: Sequence[_MarkedBox],
        messages: Sequence[Finding],
        *,
        known: dict[str, FrameType],
    ):
        self._design = design
        self._messages = messages
        self._known = known
        self.types = TypeReader(design, fontbook, root)
        self._chained = Counter(_chain(item.box) for item in found)
        self._bands = {item.key: item.box for item in found if item.box.element.get(attribute.BAND)}

    def frame(self, item: _MarkedBox) -> Frame:
        box = item.box
        height_by = self._height_by(item)
        if item.key not in self._known:
            self._known[item.key] = self._type(item)
        return Frame(
            id=item.key,
            chain=_chain(box),
            box=_content(box),
            type=self._known[item.key],
            band=item.band,
            column=item.column,
            height_by=height_by,
            turns=box.element.get(attribute.TURN) is not None,
            is_item=item.is_item and item.band is None,
            turn=item.matrix if is_rigid(item.matrix) else IDENTITY,
            below=self._below(item) if height_by == "rest" and item.column is None else 0.0,
        )

    def _type(self, item: _MarkedBox) -> FrameType:
        box = item.box
        type_, tables = self.types.frame_type(box, item.opacity), table_styles(box, self.types, item.opacity)
        type_ = with_rules(type_, box, self.types, item.opacity)
        return replace(type_, tables=tables) if tables else type_

    def _below(self, item: _MarkedBox) -> float:
        return below(self._bands[item.band], item.box) * CSS_PX if item.band in self._bands else 0.0

    def column(self, item: _MarkedBox) -> Column:
        return Column(item.key, border_box(item.box), item.band, self._below(item))

    def _height_by(self, item: _MarkedBox) -> Literal["css", "lines", "rest"]:
        wish = option_of(item.box.style, "height")
        if item.band and (wish == "rest" or (wish is None and self._chained[_chain(item.box)] > 1)):
            return "rest"
        return "lines" if _is_auto(item.box) else "css"

    def picture(self, item: _MarkedBox) -> PictureBox:
        low, high = _limits(item.box)
        element = item.box.element
        if not (item.box.width > 0 and item.box.height > 0):
            name = element.get(attribute.PICTURE)
            raise after_causes(
                TemplateError(
                    Message(f"图框“{name}”没有大小", f"the box of picture “{name}” has no size"),
                    place=self._design.mention([f'data-picture="{name}"', attribute.PICTURE]),
                    hint=Message("在样式里给出 width 和 height", "give its width and height in the style sheet"),
                ),
                self._messages,
            )
        options = options_of(item.box.style)
        name, box = element.attrib[attribute.PICTURE], _content(item.box)
        return PictureBox(item.key, name, box, low, high, item.band, item.column, options)

    def band(self, item: _MarkedBox) -> Band:
        low, high = _limits(item.box)
        pinned = _has_least(item.box) and _has_most(item.box) and high - low < 0.01
        name, edges = item.box.element.attrib[attribute.BAND], (item.box.border_height() - item.box.height) * CSS_PX
        return Band(item.key, name, _content(item.box), low, high, pinned, round(edges, 6))

    def gap(self, item: _MarkedBox) -> Gap:
        low, high = _limits(item.box)
        if item.box.style["min_height"] != "auto":  # of pictures and bands 0 says nothing; a gap may close
            low = max(0.0, number(item.box.style["min_height"]) * CSS_PX - edges_in_height(item.box))
        name = item.box.element.get(attribute.GAP) or "gap"
        return Gap(item.key, name, _content(item.box), low, high, item.band, item.column)


def _is_auto(box: LayoutBox) -> bool:
    """Whether the CSS leaves a box's height to its contents. WeasyPrint writes that of a grid's item into its style.

    What is pinned at top and bottom is as high as what it stands in.
    """
    style, declared = box.style, getattr(box.style, "cascaded", {})
    if style["position"] in ("absolute", "fixed") and style["top"] != "auto" and style["bottom"] != "auto":
        return False
    return box.style["height"] == "auto" or not ({"height", "block_size"} & set(declared))


def _chain(box: LayoutBox) -> Chain:
    """The frame's chain of flows; empty where it is no frame."""
    return Chain.parse(_attribute(box, attribute.FLOW) or "")


def _in_flow(box: LayoutBox) -> bool:
    return box.style["position"] not in ("absolute", "fixed") and box.style["float"] == "none"


def _foot(box: LayoutBox) -> float:
    return float(box.position_y + box.margin_height())


def _content(box: LayoutBox) -> Box:
    return Box(box.content_box_x() * CSS_PX, box.content_box_y() * CSS_PX, box.width * CSS_PX, box.height * CSS_PX)


def _limits(box: LayoutBox) -> tuple[float, float]:
    """The limits of the content's height in points; both the box's own height where the CSS sets none."""
    height, edges = box.height * CSS_PX, edges_in_height(box)
    least = max(0.0, number(box.style["min_height"]) * CSS_PX - edges) if _has_least(box) else height
    most = max(0.0, number(box.style["max_height"]) * CSS_PX - edges) if _has_most(box) else height
    return least, max(most, least)


def _has_least(box: LayoutBox) -> bool:
    """Whether the CSS gives a ``min-height``; 0 says nothing."""
    return box.style["min_height"] != "auto" and number(box.style["min_height"]) > 0


def _has_most(box: LayoutBox) -> bool:
    """Whether the CSS gives a ``max-height``."""
    return getattr(box.style["max_height"], "value", None) not in (None, float("inf"))

"""A page of somebody's PDF in a picture's box: how it is fitted there, and what is wrong with it.

What is known of the page is a value, ``FormFacts``; ``prepress`` reads it from the file.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from layout.checks import Finding, Severity
from layout.errors import Hint, Message, Place
from layout.geometry import Matrix, multiply
from layout.painted import PlacedForm
from layout.pictures.cache import put
from layout.pictures.model import Form
from layout.units import MM, mm

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""

TOLERANCE_MM = 0.5
"""By how much a page may differ from its box in width and height. Advertisements are ordered and booked in whole
millimetres; half of one is what rounding to points and to columns makes of that, and no reader sees a page stretched by
so little.
"""

_STAND_IN = "stand-in 1"
"""Part of every stand-in's name: another makes another picture."""


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One page of a PDF, as its file has it."""

    path: Path
    sha256: str
    """Of the file."""
    page_no: int
    pages: int
    trim: Rectangle
    """In the page's own coordinates; the TrimBox or what stands in for it."""
    bleed: Rectangle
    turn: int = 0
    """By how much it is shown turned clockwise: 0, 90, 180 or 270."""
    unit: float = 1.0
    """Points of one of its units."""
    annotations: tuple[str, ...] = ()
    """The kinds of its annotations."""
    acts: tuple[str, ...] = ()
    """What of the file acts by itself: scripts, actions."""
    hidden_layers: tuple[str, ...] = ()
    """Names of the layers that are switched off."""
    encrypted: bool = False
    scalable: bool = False
    """Whether it has a shape and no size of its own: a drawing without units."""

    def size(self, box: Rectangle) -> tuple[float, float]:
        """Width and height of a box of it in points, as it is shown."""
        width, height = (box[2] - box[0]) * self.unit, (box[3] - box[1]) * self.unit
        return (height, width) if self.turn % 180 else (width, height)


def form_in_box(facts: FormFacts, name: str, box: tuple[float, float], folder: Path) -> Form:
    """The page of *facts* for a picture box of that width and height in points; its stand-in is written to *folder*.

    The TrimBox fills the box; the BleedBox does where it is that which has the box's size (a full page whose box
    reaches into the bleed). One that fits neither way is shown whole, as large as it can be, and that is a finding.
    Raises ``OSError`` where the stand-in cannot be written.
    """
    shown = next((each for each in (facts.trim, facts.bleed) if _fits(facts, each, box)), facts.trim)
    matrix = _matrix(facts, shown, box)
    source = name if facts.page_no == 1 else f"{name}#page={facts.page_no}"
    placed = PlacedForm(facts.path, facts.sha256, facts.page_no, shown, matrix, source)
    key = hashlib.sha256(_STAND_IN.encode() + placed.identity).hexdigest()
    path = folder / f"{key}.jpg"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        put(path, _stand_in())
    return Form(path, facts.size(shown), tuple(_findings(facts, name, shown, box)), key, placed)


def _stand_in() -> bytes:
    """One pixel of bare paper."""
    out = io.BytesIO()
    Image.new("CMYK", (1, 1)).save(out, "JPEG")
    return out.getvalue()


def _fits(facts: FormFacts, shown: Rectangle, box: tuple[float, float]) -> bool:
    width, height = facts.size(shown)
    if facts.scalable:
        width, height = box[0], box[0] * height / width
    return abs(width - box[0]) <= TOLERANCE_MM * MM and abs(height - box[1]) <= TOLERANCE_MM * MM


def _matrix(facts: FormFacts, shown: Rectangle, box: tuple[float, float]) -> Matrix:
    """From the page's coordinates to the unit square that is *box*."""
    left, bottom, right, top = shown
    matrix = multiply((1.0, 0.0, 0.0, 1.0, -left, -bottom), _turned(facts.turn, right - left, top - bottom))
    wide, high = (top - bottom, right - left) if facts.turn % 180 else (right - left, top - bottom)
    if _fits(facts, shown, box):
        return multiply(matrix, (1 / wide, 0.0, 0.0, 1 / high, 0.0, 0.0))
    scale = min(box[0] / wide, box[1] / high)
    across, up = scale / box[0], scale / box[1]
    fit = (across, 0.0, 0.0, up, (1 - across * wide) / 2, (1 - up * high) / 2)
    return multiply(matrix, fit)


def _turned(turn: int, width: float, height: float) -> Matrix:
    """Turns a page of that size clockwise, its lower left corner at the origin before and after."""
    turns: dict[int, Matrix] = {
        90: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, 1.0, -1.0, 0.0, height, 0.0),
    }
    return turns.get(turn, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def _findings(facts: FormFacts, name: str, shown: Rectangle, box: tuple[float, float]) -> Iterator[Finding]:
    place = Place(name)
    if not _fits(facts, shown, box):
        yield _wrong_size(facts, place, box)
    if facts.annotations:
        kinds, count = "、".join(dict.fromkeys(facts.annotations)), len(facts.annotations)
        yield _finding(
            "advertisement.annotation", place,
            Message(f"广告上有 {count} 个批注、链接或表单域（{kinds}），印不出来。",
                    f"The advertisement has {count} annotations, links or fields ({kinds}), which do not print."),
            Message("请广告公司把要印的内容画进页面，其余删去。",
                    "Ask the agency to draw what shall print on the page itself, and to remove the rest."),
        )  # fmt: skip
    if facts.acts:
        acts = "、".join(facts.acts)
        yield _finding(
            "advertisement.script", place,
            Message(f"广告的 PDF 里有脚本或动作（{acts}），没有带进版面。",
                    f"The advertisement's PDF holds scripts or actions ({acts}); they are left out."),
            Message("不影响印刷；来路不明时向广告公司问清楚。",
                    "It prints as it is; ask the agency where you do not know why they are there."),
            Severity.NOTE,
        )  # fmt: skip
    if facts.hidden_layers:
        layers = "、".join(facts.hidden_layers)
        yield _finding(
            "advertisement.layers", place,
            Message(f"广告里有关着的图层（{layers}），置入后会照样印出来。",
                    f"The advertisement has layers that are switched off ({layers}); placed, they would print."),
            Message("请广告公司合并图层后重新输出。", "Ask the agency to flatten its layers and to write it again."),
            Severity.ERROR,
        )  # fmt: skip
    if facts.encrypted:
        yield _finding(
            "advertisement.encrypted", place,
            Message("广告的 PDF 加了密（不要密码就能打开），PDF/X 不许加密；置入时已解开。",
                    "The advertisement's PDF is encrypted, though it opens without a password, which PDF/X forbids; it"
                    " was placed decrypted."),
            Message("核对广告公司是否允许印刷，请它交不加密的文件。",
                    "Make sure that the agency allows it to be printed, and ask for a file without encryption."),
        )  # fmt: skip


def _wrong_size(facts: FormFacts, place: Place, box: tuple[float, float]) -> Finding:
    (width, height), (wide, high) = (tuple(map(mm, size)) for size in (facts.size(facts.trim), box))
    if facts.scalable:
        ratio, wanted = width / height, wide / high
        message = Message(
            f"广告的宽高比是 {ratio:.3f}，版面上的框是 {wide:.1f}×{high:.1f} mm（{wanted:.3f}），不合。",
            f"The advertisement is {ratio:.3f} times as wide as high; its box of {wide:.1f} × {high:.1f} mm is"
            f" {wanted:.3f} times.",
        )
    else:
        message = Message(
            f"广告的成品尺寸是 {width:.1f}×{height:.1f} mm，版面上的框是 {wide:.1f}×{high:.1f} mm，"
            f"相差超过 {TOLERANCE_MM:g} mm。",
            f"The advertisement is {width:.1f} × {height:.1f} mm trimmed, its box on the page {wide:.1f} × {high:.1f}"
            f" mm: more than {TOLERANCE_MM:g} mm apart.",
        )
    hint = Hint(
        editor=Message("请广告公司按框的尺寸重做，TrimBox 写成框的大小。",
                       "Ask the agency for one whose TrimBox has the box's size."),
        designer=Message("框不对的，改框。", "Change the box, if it is the box that is wrong."),
    )  # fmt: skip
    return _finding("advertisement.size", place, message, hint, Severity.ERROR)


def _finding(
    check: str, place: Place, message: Message, hint: Message | Hint, severity: Severity = Severity.WARNING
) -> Finding:
    return Finding(check, severity, message, place, Hint(editor=hint) if isinstance(hint, Message) else hint)

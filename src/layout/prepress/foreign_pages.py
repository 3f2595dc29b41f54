"""Reads a page of somebody's PDF, as far as placing it needs: its size, its turn, and what of the file would be lost.

Whatever is wrong with the file itself is one sentence. What the page paints is the preflight's business, once it
stands on our page.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, jbig2, settings

from layout.errors import Message, PictureError, Place
from layout.pictures.forms import FormFacts, Rectangle

MAX_BYTES = 128 * 1024 * 1024
"""Of an advertisement's file. A broadsheet page with its pictures as JPEGs has some 20 million."""

MAX_OBJECTS = 50_000
"""Objects that its page may lead to. A catalogue page of a thousand articles has some ten thousand."""

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that all its streams may unpack to: the pixels of two broadsheet pages in CMYK at 300 ppi."""

_BAD = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, ArithmeticError)
"""What pikepdf raises at damaged objects."""
_OF_PRINTERS = {"/TrapNet", "/PrinterMark", "/Popup"}
"""Annotations that nothing is lost with: the plant's own, and the windows of notes."""
_UPWARDS = {"/Parent", "/P", "/StructParent", "/StructParents", "/Dest", "/B"}
"""Keys that lead from a resource back into the document."""
_OF_ANY_DATA = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}
_LEVELS = 64
"""Levels of a tree of pages that are climbed; one of a thousand pages has three or four."""
_OUTPUT = Message("请广告公司重新输出 PDF/X。", "Ask the agency to write it again, as PDF/X.")


def page_facts(path: Path, page_no: int | None, name: str, place: Place) -> FormFacts:
    """What is known of page *page_no* (from 1; None: the only one) of the PDF at *path*, which messages call *name*.

    Raises ``PictureError``, at *place* for what issue.toml says, for a file that is no PDF, is too large, is damaged
    past repair, wants a password, has no such page, or has several and nobody says which.
    """
    content = _content(path, name)
    with opened(content, name) as document:
        number = _page_no(document, page_no, name, place)
        try:
            return _facts(document, number, path, hashlib.sha256(content).hexdigest(), name)
        except _BAD as error:
            raise _damaged(name) from error


def _content(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise PictureError(
            Message("找不到广告文件，或没有读取权限。", "The advertisement is missing or may not be read."),
            place=Place(name),
            hint=Message("请核对 issue.toml 里的文件名。", "Check the file name in issue.toml."),
        ) from error
    if size > MAX_BYTES:
        raise _too_much(name, f"{size / 1_000_000:.0f} MB", MAX_BYTES // 1_000_000)
    if b"%PDF-" not in content[:1024]:
        raise PictureError(
            Message("这个广告文件不是 PDF。", "This advertisement is no PDF."), place=Place(name), hint=_OUTPUT
        )
    return content


@contextmanager
def opened(content: bytes, name: str) -> Iterator[Pdf]:
    """The PDF opened by qpdf, with a limit on what a stream may unpack to. Raises ``PictureError``."""
    before, decoder = settings.set_qpdf_limits(flate_max_memory=MAX_UNPACKED), jbig2.get_decoder()
    jbig2.set_decoder(_NoDecoder())
    try:
        with _open(content, name) as document:
            yield document
    finally:
        jbig2.set_decoder(decoder)
        settings.set_qpdf_limits(**before)  # type: ignore[arg-type]  # its own answer


class _NoDecoder(jbig2.JBIG2DecoderInterface):
    """Leaves JBIG2 as it is. pikepdf would run a program for it, on some machines and not on others."""

    def check_available(self) -> None:
        """It is there, or nothing with such a picture in it could be copied."""

    def decode_jbig2(self, jbig2: bytes, jbig2_globals: bytes) -> bytes:
        """Raises ``DataDecodingError``: the stream stays packed."""
        del jbig2, jbig2_globals
        raise pikepdf.DataDecodingError("not decoded")


def _open(content: bytes, name: str) -> Pdf:
    try:
        document = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
        len(document.pages)
    except pikepdf.PasswordError as error:
        raise PictureError(
            Message("广告的 PDF 有打开密码，读不了。", "The advertisement's PDF wants a password to be opened."),
            place=Place(name),
            hint=Message("请广告公司交不加密的文件。", "Ask the agency for a file without encryption."),
        ) from error
    except _BAD as error:
        raise _damaged(name) from error
    return document


def _page_no(document: Pdf, wanted: int | None, name: str, place: Place) -> int:
    pages = len(document.pages)
    if not pages:
        message = Message("广告的 PDF 里一页也没有。", "The advertisement's PDF has no page.")
        raise PictureError(message, place=Place(name), hint=_OUTPUT)
    if wanted is None and pages > 1:
        raise PictureError(
            Message(f"广告 {name} 有 {pages} 页，没有说用哪一页。",
                    f"The advertisement {name} has {pages} pages, and nothing says which is meant."),
            place=place,
            hint=Message("在它的 [[picture]] 里写 page = 1。", "Write page = 1 in its [[picture]]."),
        )  # fmt: skip
    if wanted is not None and wanted > pages:
        raise PictureError(
            Message(f"广告 {name} 没有第 {wanted} 页，只有 {pages} 页。",
                    f"The advertisement {name} has no page {wanted}, only {pages}."),
            place=place,
            hint=Message(f"page 写 1 到 {pages}。", f"Write a page from 1 to {pages}."),
        )  # fmt: skip
    return wanted or 1


def _facts(document: Pdf, number: int, path: Path, sha256: str, name: str) -> FormFacts:
    page = document.pages[number - 1]
    trim = _corners(page.trimbox)
    if trim is None:
        raise _damaged(name)
    page.as_form_xobject(handle_transformations=False).read_bytes()  # as it will be placed: fails now if it ever does
    reached = _reached(page, name)
    hidden = [each for each in _switched_off(document) if each.objgen in reached]
    return FormFacts(
        path=path,
        sha256=sha256,
        page_no=number,
        pages=len(document.pages),
        trim=trim,
        bleed=_corners(page.bleedbox) or trim,
        turn=_turn(page),
        unit=float(page.obj.get(Name.UserUnit, 1)),
        annotations=tuple(_annotations(page, trim)),
        acts=tuple(_acts(document, page)),
        hidden_layers=tuple(str(each.get(Name.Name, "?")) for each in hidden),
        encrypted=document.is_encrypted,
    )


def _turn(page: Page) -> int:
    """By how much the page is shown turned; what it does not say it inherits."""
    node: Object | None = page.obj
    for _ in range(_LEVELS):
        if not isinstance(node, Dictionary) or Name.Rotate in node:
            break
        node = node.get(Name.Parent)
    turn = int(node.Rotate) % 360 if isinstance(node, Dictionary) and Name.Rotate in node else 0
    return turn if turn % 90 == 0 else 0


def _corners(box: Object) -> Rectangle | None:
    """A page's box with its corners in order; ``None`` of one without extent."""
    numbers = [float(each) for each in box]
    if len(numbers) != 4:
        return None
    (left, right), (bottom, top) = sorted(numbers[::2]), sorted(numbers[1::2])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _annotations(page: Page, trim: Rectangle) -> Iterator[str]:
    """The kinds of those annotations that touch the trimmed page."""
    for each in page.obj.get(Name.Annots, ()):
        kind = str(each.get(Name.Subtype, "/?")) if isinstance(each, Dictionary) else "/?"
        corners = _corners(each.Rect) if isinstance(each, Dictionary) and Name.Rect in each else None
        outside = corners is not None and (
            corners[0] >= trim[2] or corners[2] <= trim[0] or corners[1] >= trim[3] or corners[3] <= trim[1]
        )
        if kind not in _OF_PRINTERS and not outside:
            yield kind[1:]


def _acts(document: Pdf, page: Page) -> Iterator[str]:
    """What would act by itself; that a file opens at a certain view is no action."""
    opening = document.Root.get(Name.OpenAction)
    if isinstance(opening, Dictionary) and opening.get(Name.S) != Name.GoTo:
        yield "OpenAction"
    if Name.AA in document.Root or Name.AA in page.obj:
        yield "AA"
    names = document.Root.get(Name.Names)
    if isinstance(names, Dictionary) and Name.JavaScript in names:
        yield "JavaScript"


def _switched_off(document: Pdf) -> Iterator[Object]:
    """The layers that are off when the file is opened (ISO 32000-1, 8.11.4.3)."""
    properties = document.Root.get(Name.OCProperties)
    shown = properties.get(Name.D) if isinstance(properties, Dictionary) else None
    if not isinstance(properties, Dictionary) or not isinstance(shown, Dictionary):
        return
    on = {each.objgen for each in shown.get(Name.ON, ())}
    off = {each.objgen for each in shown.get(Name.OFF, ())}
    all_off = shown.get(Name.BaseState) == Name.OFF
    for each in properties.get(Name.OCGs, ()):
        if each.objgen in off or (all_off and each.objgen not in on):
            yield each


def _reached(page: Page, name: str) -> set[tuple[int, int]]:
    """The numbers of all objects that the page is painted with. Raises ``PictureError`` where they are too much."""
    seen: set[tuple[int, int]] = set()
    count = unpacked = 0
    stack: list[Object] = [page.resources, page.obj.get(Name.Contents, Array())]
    while stack:
        each = stack.pop()
        if each.objgen != (0, 0):
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        count += 1
        if isinstance(each, Stream):
            unpacked += _size(each)
        if count > MAX_OBJECTS or unpacked > MAX_UNPACKED:
            raise _too_much(name, f"{count}", MAX_OBJECTS) if count > MAX_OBJECTS else _unpacks(name)
        stack += _inside(each)
    return seen


def _inside(each: Object) -> list[Object]:
    if isinstance(each, Array):
        return [part for part in each if isinstance(part, Array | Dictionary | Stream)]
    if not isinstance(each, Dictionary | Stream) or each.get(Name.Type) == Name.Page:
        return []
    return [part for key, part in each.items() if key not in _UPWARDS and isinstance(part, Array | Dictionary | Stream)]


def _size(stream: Stream) -> int:
    """Bytes that it unpacks to, where it is unpacked."""
    return len(stream.read_bytes() if unpacks(stream) else stream.read_raw_bytes())


def unpacks(stream: Stream) -> bool:
    """Whether all its filters are such as hold any data; those for pictures are left as they are."""
    named = stream.get(Name.Filter, Array())
    return all(str(each) in _OF_ANY_DATA for each in (named if isinstance(named, Array) else [named]))


def _damaged(name: str) -> PictureError:
    return PictureError(
        Message("广告的 PDF 损坏，读不通。", "The advertisement's PDF is damaged and cannot be read."),
        place=Place(name),
        hint=Message("请广告公司重新传一份。", "Ask the agency to send it again."),
    )


def _unpacks(name: str) -> PictureError:
    most = MAX_UNPACKED // 1_000_000
    return PictureError(
        Message(f"广告的 PDF 解开后超过 {most} MB，不予置入。",
                f"The advertisement's PDF unpacks to more than {most} MB and is not placed."),
        place=Place(name),
        hint=Message("请广告公司把图片缩到印刷所需的分辨率。",
                     "Ask the agency to reduce its pictures to what print needs."),
    )  # fmt: skip


def _too_much(name: str, has: str, most: int) -> PictureError:
    unit = " MB" if has.endswith("MB") else ""
    zh, en = ("文件", "") if unit else ("用到的对象", " objects")
    return PictureError(
        Message(f"广告的 PDF 太大：{zh} {has}，最多 {most}{unit}。",
                f"The advertisement's PDF is too large: {has}{en}, where {most}{unit} are taken."),
        place=Place(name),
        hint=Message("请广告公司化简图形、缩小图片后重新输出。",
                     "Ask the agency to simplify its drawings, reduce its pictures and write it again."),
    )  # fmt: skip

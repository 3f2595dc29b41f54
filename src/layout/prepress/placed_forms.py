"""Puts pages of other PDFs in the places of their stand-ins, as forms: nothing that they paint is changed.

The outer form is ours. It fills the unit square of the stand-in and gives what it holds the graphics state that a page
begins with (ISO 32000-1, 8.4.1). In it lies the page, with a note of the file that it comes from (``/PieceInfo``,
14.5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from layout.errors import Message, PrintError
from layout.painted import PlacedForm
from layout.prepress.foreign_pages import opened, unpacks

NOTED_BY = Name.LianghuiLayout
"""The program's key in ``/PieceInfo``."""

_AS_A_PAGE_BEGINS = b"q 0 g 0 G 1 w 0 J 0 j 10 M [] 0 d 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts\n"
_OF_PICTURES = (Name.Width, Name.Height, Name.BitsPerComponent, Name.ColorSpace, Name.Filter, Name.DecodeParms,
                Name.Decode, Name.Interpolate, Name.SMask, Name.ImageMask)  # fmt: skip


@contextmanager
def placed_forms(document: Pdf, forms: Mapping[int, PlacedForm], moment: datetime) -> Iterator[None]:
    """Places *forms*, by the object numbers of their stand-ins, in *document*, which must be saved inside.

    *moment* is written down as that of the change. Raises ``PrintError`` where a file is not the one that was read
    before, or is damaged.
    """
    with ExitStack() as sources:
        inner: dict[tuple[str, int], Object] = {}
        files: dict[str, Pdf] = {}
        for number, form in sorted(forms.items()):
            if form.sha256 not in files:
                files[form.sha256] = sources.enter_context(opened(_content(form), form.source))
            page = inner.get((form.sha256, form.page_no))
            try:
                if page is None:
                    page = inner[form.sha256, form.page_no] = _copied(document, files[form.sha256], form, moment)
                _place(document.get_object((number, 0)), page, form)
            except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise _lost(form) from error
        yield


def _content(form: PlacedForm) -> bytes:
    try:
        content = form.path.read_bytes()
    except OSError as error:
        raise _lost(form) from error
    if hashlib.sha256(content).hexdigest() != form.sha256:
        raise _lost(form)
    return content


def _lost(form: PlacedForm) -> PrintError:
    return PrintError(
        Message(f"广告 {form.source} 放不进版面：文件损坏，或出版时被人换过。",
                f"The advertisement {form.source} cannot be placed: it is damaged, or was changed during the build."),
        hint=Message("请重新传一份，再出版一次。", "Copy it again, and build again."),
    )  # fmt: skip


def _copied(document: Pdf, source: Pdf, form: PlacedForm, moment: datetime) -> Object:
    """The page as a form of *document*, every stream of it as it will be written."""
    original = source.pages[form.page_no - 1]
    painted = original.as_form_xobject(handle_transformations=False)
    painted.BBox = original.mediabox  # what shows of it is the outer form's to say
    page = document.copy_foreign(source.make_indirect(painted))
    for stream in _streams(page):
        if unpacks(stream):
            stream.write(stream.read_bytes())
    changed = String(moment.strftime("D:%Y%m%d%H%M%S"))
    page.LastModified = changed
    note = Dictionary(LastModified=changed, Private=Dictionary(Placed=String(form.source)))
    page.PieceInfo = Dictionary({str(NOTED_BY): note})
    return page


def _streams(start: Object) -> Iterator[Stream]:
    seen: set[tuple[int, int]] = set()
    stack = [start]
    while stack:
        each = stack.pop()
        if each.objgen != (0, 0):
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        if isinstance(each, Stream):
            yield each
        parts = each if isinstance(each, Array) else [part for _, part in each.items()]
        stack += [part for part in parts if isinstance(part, Array | Dictionary | Stream)]


def _place(stand_in: Object, page: Object, form: PlacedForm) -> None:
    """Turns the stand-in, a picture, into the outer form."""
    if not isinstance(stand_in, Stream) or stand_in.get(Name.Subtype) != Name.Image:
        raise ValueError("the stand-in is no picture")
    for key in _OF_PICTURES:
        if key in stand_in:
            del stand_in[key]
    a, b, c, d, e, f = form.matrix
    numbers = b" ".join(b"%.9g" % each for each in (a, b, c, d, e, f))
    left, bottom, right, top = form.box
    clip = b"%.9g %.9g %.9g %.9g re W n\n" % (left, bottom, right - left, top - bottom)
    stand_in.write(_AS_A_PAGE_BEGINS + numbers + b" cm\n" + clip + b"/Page Do Q")
    stand_in.Subtype, stand_in.FormType = Name.Form, 1
    stand_in.BBox = Array([0, 0, 1, 1])
    stand_in.Resources = Dictionary(XObject=Dictionary(Page=page))

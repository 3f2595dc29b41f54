"""Draws pages as pixels: PNG for people and for comparing, JPEG for proofs. PDFium draws, Pillow writes."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from PIL import Image

from layout.errors import Message, PrintError
from layout.geometry import Box
from layout.preflight.look_drawing import look_of_page
from layout.preflight.page_look import PageLook
from layout.preflight.pdfium import PdfiumDocument, PdfiumPage, drawn, open_pdf
from layout.proof.redrawing import DrawnContent, LastDrawing, drawn_again

CUT_OUT = 75
"""Quality of WebP at which type has clean edges and a picture half the bytes of a JPEG."""
MAX_PIXELS = 120_000_000
"""Largest picture that is drawn: a broadsheet at 500 ppi. More is a slip of the hand."""


def page_count(pdf: bytes | Path) -> int:
    """How many pages the file has. Raises ``PrintError`` when it cannot be opened."""
    with open_pdf(pdf) as document:
        return len(document)


def page_size(pdf: bytes | Path, page_index: int) -> tuple[float, float]:
    """Width and height of the visible page (CropBox, else MediaBox) in points."""
    with open_pdf(pdf) as document:
        width, height = document[_within(document, page_index)].get_size()
        return float(width), float(height)


def page_origin(pdf: bytes | Path, page_index: int) -> tuple[float, float]:
    """Where the visible page's lower left corner lies in the coordinates of its content, in points."""
    with open_pdf(pdf) as document:
        left, bottom, _, _ = document[_within(document, page_index)].get_cropbox()
        return float(left), float(bottom)


def page_image(pdf: bytes | Path, page_index: int, ppi: float) -> Image.Image:
    """Page *page_index* (from 0) at *ppi* pixels per inch, RGB on white.

    The same file gives the same pixels. Raises ``PrintError`` when the page cannot be drawn or would have more than
    120 million pixels.
    """
    with _opened(pdf, page_index, ppi) as (page, _):
        return drawn(page, ppi / 72).convert("RGB")


@contextmanager
def _opened(pdf: bytes | Path, page_index: int, ppi: float) -> Iterator[tuple[PdfiumPage, tuple[float, float]]]:
    """The page as PDFium has it open, with the width and the height of what is visible of it in points. Raises
    ``PrintError`` as ``page_image`` does.
    """
    with open_pdf(pdf) as document:
        page = document[_within(document, page_index)]
        width, height = page.get_size()
        if width * height * (ppi / 72) ** 2 > MAX_PIXELS:
            raise PrintError(
                Message(f"{ppi:g} ppi 的版面图太大。", f"The page at {ppi:g} ppi is too large a picture."),
                hint=Message("请降低分辨率。", "Ask for fewer pixels per inch."),
            )
        yield page, (width, height)
        page.close()


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The picture of a finished page, and what its report says of it."""

    png: bytes | Path
    look: PageLook | None


def drawn_page(
    pdf: bytes | Path,
    ppi: float,
    trim: tuple[float, float],
    painted: DrawnContent | None = None,
    last: LastDrawing | None = None,
) -> DrawnPage:
    """The page of *pdf* as a PNG, and its look; *trim* is its trimmed size in points, in the middle of the sheet.

    Where it is known what it is *painted* with, only what differs from the page of the *last* drawing is drawn: with
    the same result.
    """
    with _opened(pdf, 0, ppi) as (page, sheet):
        left, top = ((whole - own) / 2 for whole, own in zip(sheet, trim, strict=True))
        if painted is None or last is None:
            image = drawn(page, ppi / 72)
        else:
            image = drawn_again(last, page, painted, (left, top), ppi / 72)
    return DrawnPage(
        png(image, ppi, last.stripes if last is not None else None), look_of_page(image, ppi, left, top, trim)
    )


def page_png(pdf: bytes | Path, page_index: int, ppi: float = 100) -> bytes:
    """Page *page_index* (from 0) as a PNG of *ppi* pixels per inch. The same file gives the same bytes."""
    return png(page_image(pdf, page_index, ppi), ppi)


def page_jpeg(pdf: bytes | Path, page_index: int, ppi: float = 100, quality: int = 70) -> bytes:
    """Page *page_index* (from 0) as a JPEG, a fifth of the PNG's size."""
    return jpeg(page_image(pdf, page_index, ppi), ppi, quality)


def cut_out(pdf: bytes | Path, page_index: int, box: Box, scale: float, trim: tuple[float, float]) -> bytes:
    """What *box* of a page holds, at *scale* pixels to the point, as WebP. The box is in points from the corner of
    the trimmed page, whose size is *trim* and which lies in the middle of its sheet.
    """
    with _opened(pdf, page_index, 72 * scale) as (page, sheet):
        left, top = ((whole - own) / 2 for whole, own in zip(sheet, trim, strict=True))
        x, y = left + box.x, top + box.y
        around = (x, sheet[1] - y - box.height, sheet[0] - x - box.width, y)  # left, bottom, right, top
        image = page.render(
            scale=scale, draw_annots=False, rev_byteorder=True, crop=tuple(max(0.0, each) for each in around)
        ).to_pil()
    out = io.BytesIO()
    image.convert("RGB").save(out, "WEBP", quality=CUT_OUT, method=6)
    return out.getvalue()


def jpeg(image: Image.Image, ppi: float, quality: int = 70) -> bytes:
    """*image* as JPEG bytes, colours at full resolution so that red type keeps its edges."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, dpi=(ppi, ppi), subsampling=0)
    return out.getvalue()


def thumbnail(pdf: bytes | Path, page_index: int, longest: int = 480) -> bytes:
    """Page *page_index* (from 0) as a PNG whose longer side has *longest* pixels."""
    return png(small_image(pdf, page_index, longest), 72 * longest / max(page_size(pdf, page_index)))


def small_image(pdf: bytes | Path, page_index: int, longest: int) -> Image.Image:
    """The page with *longest* pixels on its longer side, small type as even gray."""
    # Drawn at twice the size and reduced: type then does not break up into specks.
    image = page_image(pdf, page_index, 2 * 72 * longest / max(page_size(pdf, page_index)))
    image.thumbnail((longest, longest), Image.Resampling.BOX)
    return image


def png(image: Image.Image, ppi: float, known: dict[bytes, bytes] | None = None) -> bytes:
    """*image* (gray stays gray) as PNG bytes without a date or other passing thing in them. *known* are the stretches
    of rows of the last picture as they were packed, by their hashes; afterwards those of this one.

    Written without PNG's filters: choosing them takes Pillow two thirds of its time, and flat paper and type come out
    smaller without any.
    """
    width, height = image.size
    opaque = image if image.mode in ("RGB", "RGBX", "L") else image.convert("RGB")
    mode, bands = ("L", 1) if opaque.mode == "L" else ("RGB", 3)
    # Every row begins with the number of its filter, 0: Pillow writes it behind the row before.
    rows = opaque.tobytes("raw", mode, bands * width + 1, 1)
    to_metre = round(ppi / 0.0254)
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2 if mode == "RGB" else 0, 0, 0, 0)),
        _chunk(b"pHYs", struct.pack(">IIB", to_metre, to_metre, 1)),
        _chunk(b"IDAT", _deflated(b"\0", memoryview(rows)[:-1], {} if known is None else known)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


STRIPES = 16
"""Stretches of rows that are packed by themselves: where a word has changed, most are packed already."""


def _deflated(head: bytes, content: memoryview, known: dict[bytes, bytes]) -> bytes:
    """*head* and *content* in zlib's format, the two halves of their stripes packed at once: zlib lets go of Python's
    lock.

    Neither is copied: the memory for it takes longer to get than it takes to fill.
    """
    size = max(1, -(-len(content) // STRIPES))
    stripes = [content[at : at + size] for at in range(0, len(content), size)] or [content]
    packed: list[tuple[bytes, bytes]] = [(b"", b"")] * len(stripes)

    def pack(half: int) -> None:
        for number in range(half, len(stripes), 2):
            first, last = number == 0, number == len(stripes) - 1
            key = hashlib.sha256(stripes[number]).digest() + bytes([first, last])
            if key not in known:
                packer = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
                parts = [packer.compress(head)] if first else []
                parts += [packer.compress(stripes[number]), packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)]
                packed[number] = key, b"".join(parts)
            else:
                packed[number] = key, known[key]

    other = Thread(target=pack, args=(1,))
    other.start()
    pack(0)
    other.join()
    known.clear()
    known.update(packed)
    checksum = struct.pack(">I", zlib.adler32(content, zlib.adler32(head)))
    return b"\x78\x01" + b"".join(part for _, part in packed) + checksum


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _within(document: PdfiumDocument, page_index: int) -> int:
    if not 0 <= page_index < len(document):
        raise PrintError(Message(f"PDF 里没有第 {page_index + 1} 页。", f"The PDF has no page {page_index + 1}."))
    return page_index

"""An SVG drawing as a PDF of one page as large as it is: an advertisement that comes as one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from weasyprint import HTML
from weasyprint.images import SVGImage
from weasyprint.logger import LOGGER

from layout.design.lint_svg import drawing_faults
from layout.design.named_inks import Inks
from layout.design.svg_bounds import out_of_bounds
from layout.engine.engine import Engine
from layout.engine.url_fetcher import SCHEME, AllowlistFetcher
from layout.engine.weasyprint_log import captured_log
from layout.errors import LayoutError, Message, PictureError, Place
from layout.units import CSS_PX

_FOLDER = "advertisement"
"""The name under which its folder is read."""
_HINT = Message(
    "请广告公司另交一份：颜色用 CMYK，文字转成路径，最好是 PDF/X。",
    "Ask the agency for another file: colours in CMYK, words as paths, best of all a PDF/X.",
)
_AGAIN = Message(
    "请广告公司在画图软件里重新存一份，或交 PDF/X。",
    "Ask the agency to save it again from the drawing program, or to give a PDF/X.",
)
_ACROSS = 1000.0
"""Points across of a drawing that has a shape and no size."""


@dataclass(frozen=True, slots=True)
class DrawingPage:
    """A drawing as a page of a PDF."""

    pdf: bytes
    size: tuple[float, float]
    """Width and height in points."""
    scalable: bool
    """Whether it has no size of its own."""


def drawing_page(engine: Engine, path: Path, name: str) -> DrawingPage:
    """The page of the SVG at *path*, which messages call *name*; colours as it writes them.

    Raises ``PictureError`` for a drawing that cannot be read, is out of bounds, or holds what does not print: colours
    that are no inks, words, photographs, filters.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unread(name, "") from error
    beyond = out_of_bounds(content)
    faults = [beyond] if beyond else list(drawing_faults(_text(content, name), Inks()))
    if faults:
        first, more = faults[0], len(faults) - 1
        also = Message(f"（另有 {more} 处）", f" (and {more} more)") if more else Message("", "")
        raise PictureError(
            Message(f"{first.message.zh}{also.zh}。", f"{first.message.en}{also.en}."),
            place=Place(name, first.line, first.column), hint=_HINT,
        )  # fmt: skip
    fetcher = AllowlistFetcher({_FOLDER: path.parent})
    url = f"{SCHEME}://{_FOLDER}/{path.name}"
    size, scalable = _size(content, url, fetcher, name)
    return DrawingPage(_painted(engine, url, fetcher, size, name), size, scalable)


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PictureError(
            Message("这个 SVG 不是 UTF-8，或不是 SVG。", "This SVG is not in UTF-8, or no SVG."),
            place=Place(name),
            hint=_AGAIN,
        ) from error


def _size(content: bytes, url: str, fetcher: AllowlistFetcher, name: str) -> tuple[tuple[float, float], bool]:
    """Its size in points, and whether that is but its shape."""
    try:
        width, height, ratio = SVGImage(ET.fromstring(content), url, fetcher, None).get_intrinsic_size(1, 16)
    except LayoutError:
        raise
    except Exception as error:  # what WeasyPrint makes of an SVG that it does not understand may be anything
        raise _unread(name, f"{type(error).__name__}: {error}") from error
    if width and height:
        return (width * CSS_PX, height * CSS_PX), False
    if not ratio:
        raise PictureError(
            Message("SVG 没有写大小，也没有 viewBox。", "The SVG has neither a size nor a viewBox."),
            place=Place(name),
            hint=Message('在 <svg> 上写 width="80mm" height="60mm" 和 viewBox。',
                         'Write width="80mm" height="60mm" and a viewBox on <svg>.'),
        )  # fmt: skip
    return (_ACROSS, _ACROSS / ratio), True


def _painted(engine: Engine, url: str, fetcher: AllowlistFetcher, size: tuple[float, float], name: str) -> bytes:
    width, height = size
    html = (
        f"<style>@page{{size:{width}pt {height}pt;margin:0}}html,body{{margin:0;font-size:0}}</style>"
        f'<img src="{url}" alt="" style="display:block;width:{width}pt;height:{height}pt">'
    )
    with captured_log(LOGGER) as records:
        try:
            pdf = HTML(string=html, url_fetcher=fetcher).write_pdf(
                pdf_version="1.6", pdf_identifier=hashlib.sha256(url.encode()).digest()[:16], hinting=False,
                uncompressed_pdf=True, font_config=engine.font_config,
            )  # fmt: skip
        except LayoutError:
            raise
        except Exception as error:  # as above
            raise _unread(name, f"{type(error).__name__}: {error}") from error
    if fetcher.refused:
        raise PictureError(fetcher.refused[0].message, place=Place(name), hint=_HINT)
    if records:
        raise _unread(name, records[0].getMessage())
    return bytes(pdf)


def _unread(name: str, why: str) -> PictureError:
    zh, en = (f"（{why}）", f" ({why})") if why else ("", "")
    return PictureError(
        Message(f"广告的 SVG 读不了{zh}。", f"The advertisement's SVG cannot be read{en}."),
        place=Place(name),
        hint=_AGAIN,
    )

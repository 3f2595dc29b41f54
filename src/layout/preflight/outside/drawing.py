"""Draws a page by four renderers, which should give no messages and the same picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PIL import Image

from layout.preflight.events import Bounds
from layout.preflight.outside.plates import pam
from layout.preflight.outside.tools import ProgramRun, found, run
from layout.preflight.pdfium import open_pdf

MAX_PIXELS = 20_000_000
PPI = 50.0
CELL_MM = 5.0
"""Side of the cells whose mean colour is compared. Ghostscript and mutool give their CMYK, which is turned into RGB
here in the plain way that poppler and PDFium have: their own colour management would differ more than a fault does."""

PDFIUM = "PDFium"
COMMANDS: Mapping[str, Sequence[str]] = {
    "Ghostscript": (
        "gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pamcmyk32", "-dTextAlphaBits=4",
        "-dGraphicsAlphaBits=4", "-sstdout=%stderr", "-r{ppi}", "-dFirstPage={page}", "-dLastPage={page}",
        "-o", "{out}.pam", "{pdf}",
    ),
    "poppler": ("pdftoppm", "-r", "{ppi}", "-f", "{page}", "-l", "{page}", "-singlefile", "{pdf}", "{out}"),
    "mutool": ("mutool", "draw", "-q", "-r", "{ppi}", "-c", "cmyk", "-F", "pam", "-o", "{out}.pam", "{pdf}", "{page}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as one renderer draws it."""

    renderer: str
    ran: ProgramRun
    cells: Image.Image | None
    """Mean colour of the cells, RGB; ``None`` when it drew nothing."""


def missing() -> list[str]:
    """The renderers that this machine has not."""
    return [name for name, command in COMMANDS.items() if found(command[0]) is None]


def drawings(pdf: Path, page_no: int, media: Bounds) -> Iterator[Drawing]:
    """Page *page_no* (from 1) by every renderer that is here. *pdf* is a file in a folder that may be written to."""
    width, height = media[2] - media[0], media[3] - media[1]
    if width <= 0 or height <= 0:
        return
    ppi = min(PPI, 72 * (MAX_PIXELS / (width * height)) ** 0.5)
    grid = (max(1, round(width / 72 * 25.4 / CELL_MM)), max(1, round(height / 72 * 25.4 / CELL_MM)))
    for name, command in COMMANDS.items():
        program = found(command[0])
        if program is None:
            continue
        out = f"{name}-{page_no}"
        words = {"ppi": f"{ppi:.4f}", "page": page_no, "out": out, "pdf": pdf.name}
        ran = run([program, *(word.format(**words) for word in command[1:])], pdf.parent)
        yield Drawing(name, ran, _cells(pdf.with_name(f"{out}.pam"), pdf.with_name(f"{out}.ppm"), grid))
    yield Drawing(PDFIUM, ProgramRun(0, ""), _pdfium(pdf, page_no - 1, ppi, grid))


def _cells(cmyk: Path, rgb: Path, grid: tuple[int, int]) -> Image.Image | None:
    """The cells of a drawing that is in either of two files."""
    try:
        if cmyk.is_file():
            picture = pam(cmyk.read_bytes())
            return None if picture is None else picture.convert("RGB").resize(grid, Image.Resampling.BOX)
        with Image.open(rgb) as drawn:
            return drawn.convert("RGB").resize(grid, Image.Resampling.BOX)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    finally:
        cmyk.unlink(missing_ok=True)
        rgb.unlink(missing_ok=True)


def _pdfium(pdf: Path, index: int, ppi: float, grid: tuple[int, int]) -> Image.Image | None:
    with open_pdf(pdf) as document:
        page = document[index]
        bitmap = page.render(scale=ppi / 72, draw_annots=False)
        picture = bitmap.to_pil().convert("RGB").resize(grid, Image.Resampling.BOX)
        bitmap.close()
        page.close()
    return picture


def disagreements(made: Sequence[Drawing], media: Bounds, most: float) -> Mapping[str, list[Bounds]]:
    """Cells in which a renderer differs from the middle of all by more than *most* (percent of the whole range)."""
    drawn = [(each.renderer, each.cells.tobytes(), each.cells.size) for each in made if each.cells is not None]
    if len(drawn) < 3:
        return {}
    across, down = drawn[0][2]
    wide, high = (media[2] - media[0]) / across, (media[3] - media[1]) / down
    found_cells: dict[str, dict[Bounds, None]] = {}
    for index in range(3 * across * down):
        middle = median(cells[index] for _, cells, _ in drawn)
        for name, cells, _ in drawn:
            if abs(cells[index] - middle) > 2.55 * most:
                row, column = divmod(index // 3, across)
                left, top = media[0] + column * wide, media[3] - row * high
                found_cells.setdefault(name, {})[left, top - high, left + wide, top] = None
    return {name: list(cells) for name, cells in found_cells.items()}

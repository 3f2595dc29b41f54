"""Our files as other programs save them anew, whatever they change inside: qpdf, mutool, Ghostscript, pikepdf."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import which

import pikepdf
import pytest

Save = Callable[[Path, Path], None]


def run(*words: str) -> None:
    """Runs another program on two files; one that is not installed skips the test."""
    if which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed")
    done = subprocess.run(words, check=False, capture_output=True)
    assert done.returncode in (0, 3), done.stderr  # qpdf's warnings are 3


def _qpdf(*options: str) -> Save:
    return lambda source, target: run("qpdf", *options, str(source), str(target))


def _mutool(*options: str) -> Save:
    return lambda source, target: run("mutool", "clean", *options, str(source), str(target))


def _ghostscript(*options: str) -> Save:
    return lambda source, target: run(
        "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", *options, f"-sOutputFile={target}", str(source)
    )


def _pikepdf(source: Path, target: Path) -> None:
    with pikepdf.open(source) as pdf:
        del pdf.Root.Metadata
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


SAME: Mapping[str, Save] = {
    "qpdf": _qpdf(),
    "qpdf linearized": _qpdf("--linearize"),
    "qpdf object streams": _qpdf("--object-streams=generate", "--recompress-flate", "--compression-level=9"),
    "qpdf unpacked": _qpdf("--stream-data=uncompress", "--object-streams=disable"),
    "qpdf qdf": _qpdf("--qdf"),
    "qpdf content normalized": _qpdf("--normalize-content=y"),
    "qpdf pdf 1.7": _qpdf("--min-version=1.7", "--preserve-unreferenced"),
    "mutool": _mutool(),
    "mutool garbage": _mutool("-gggg"),
    "mutool deflated": _mutool("-gg", "-z"),
    "mutool sanitized": _mutool("-s"),
    "mutool unpacked": _mutool("-d"),
    "mutool ascii": _mutool("-a", "-d"),
    "mutool cleaned and deflated": _mutool("-gggg", "-s", "-z"),
    "pikepdf without metadata": _pikepdf,
    "gs": _ghostscript(),
    "gs prepress": _ghostscript("-dPDFSETTINGS=/prepress"),
    "gs 1.4": _ghostscript("-dCompatibilityLevel=1.4"),
    "gs unpacked": _ghostscript("-dCompressPages=false"),
    "gs subset": _ghostscript("-dSubsetFonts=true", "-dEmbedAllFonts=true", "-dAutoRotatePages=/None"),
}
"""By name what leaves copy and pictures as they are: twenty ways."""

CHANGED: Mapping[str, Save] = {
    "gs screen": _ghostscript("-dPDFSETTINGS=/screen"),
    "gs gray": _ghostscript("-sColorConversionStrategy=Gray", "-dProcessColorModel=/DeviceGray"),
    "gs rgb": _ghostscript("-sColorConversionStrategy=RGB"),
    "gs printer": _ghostscript("-dPDFSETTINGS=/printer"),
    "gs first page": _ghostscript("-dLastPage=1", "-dFirstPage=1", "-sPageList=1", "-dPDFFitPage", "-g3000x3000"),
}
"""What changes pictures, inks or the sheet."""

"""``python tests/pango_types.py`` writes ``engine/patches/pango_declarations.py`` anew when WeasyPrint's pin moves."""

import hashlib
import re
import tempfile
from importlib.util import find_spec
from pathlib import Path

import cffi

TARGET = Path(__file__).resolve().parents[1] / "src" / "layout" / "engine" / "patches" / "pango_declarations.py"
_HEAD = '''"""WeasyPrint's declarations of Pango, Fontconfig and HarfBuzz, parsed once by cffi. Written by tests/pango_types.py."""
# ruff: noqa
# fmt: off
# mypy: ignore-errors

SOURCE = "{digest}"
"""The SHA-256 of the file of WeasyPrint, text/ffi.py, whose declarations these are."""

'''  # noqa: E501


def source() -> bytes:
    """The file of the installed WeasyPrint that declares its types."""
    spec = find_spec("weasyprint")
    return (Path(str(spec and spec.origin)).parent / "text" / "ffi.py").read_bytes()


def declarations() -> str:
    """What it declares, in C."""
    found = re.findall(r"ffi\.cdef\('''(.*?)'''\)", source().decode(), re.DOTALL)
    assert len(found) == 1, (
        "WeasyPrint declares its types in another way now: see engine/patches/parsed_declarations.py"
    )
    return found[0]


def written() -> str:
    """The module as it should be."""
    message = declarations()
    parser = cffi.FFI()
    parser.cdef(message)
    parser.set_source("pango", None)
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "types.py"
        parser.emit_python_code(str(out))
        _, _, given = out.read_text().partition("_cffi_backend.FFI('pango',")
    return _HEAD.format(digest=hashlib.sha256(source()).hexdigest()) + "GIVEN = dict(" + given


if __name__ == "__main__":
    TARGET.write_text(written())

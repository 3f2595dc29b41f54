"""WeasyPrint loaded the short way is the same WeasyPrint."""

import subprocess
import sys
from pathlib import Path

import pytest
import tinycss2
import weasyprint
from weasyprint import html
from weasyprint.css.counters import CounterStyle

import pango_types
from every_style import every_style, sample_html
from layout.engine.patches import weasyprint_import


def _runs(program: str) -> None:
    """In a process of its own: WeasyPrint is loaded but once."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_kept_declarations_are_those_of_the_pinned_weasyprint() -> None:
    assert pango_types.TARGET.read_text() == pango_types.written(), "run: python tests/pango_types.py"


def test_pango_is_reached_through_them() -> None:
    _runs(
        "from layout.engine.patches import weasyprint_import as loading\n"
        "loading.load_weasyprint()\n"
        "from weasyprint.text.ffi import ffi, pango\n"
        "assert type(ffi) is loading._Parsed and pango.PANGO_STYLE_ITALIC == 2\n"
    )


def test_other_declarations_are_parsed_by_cffi() -> None:
    # The version whose declarations are kept is taken for another one.
    _runs(
        "from layout.engine.patches import pango_declarations as pango_types\n"
        "from layout.engine.patches import weasyprint_import as loading\n"
        "pango_types.DECLARATIONS = 'of another version'\n"
        "loading.load_weasyprint()\n"
        "import cffi, weasyprint\n"
        "from weasyprint.text.ffi import ffi, pango\n"
        "assert type(ffi) is cffi.FFI and pango.PANGO_STYLE_ITALIC == 2\n"
        "weasyprint.HTML(string='<p>x').render()\n"
    )


def test_fonttools_is_not_read() -> None:
    _runs(
        "import sys\n"
        "from layout.engine.engine import Engine\n"
        "assert not any(name.startswith(('fontTools.ttLib', 'fontTools.subset')) for name in sys.modules)\n"
        "import weasyprint.pdf.fonts as fonts\n"
        "assert fonts.TTFont().getGlyphOrder.__name__ == 'getGlyphOrder'\n"
        "assert fonts.ttFont.getTableClass('glyf').__name__ == 'table__g_l_y_f'\n"
    )


def test_rules_left_out_are_of_no_page_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for rules in (html.UA, weasyprint_import._UNUSED_RULES.sub("", html.UA)):
        monkeypatch.setattr(weasyprint, "UA_STYLESHEET", weasyprint.CSS(string=rules, counter_style=CounterStyle()))
        found.append(every_style(sample_html()))
    assert found[0] == found[1]


def test_the_rules_of_ordinary_elements_are_all_there() -> None:
    def preludes(css: str) -> set[str]:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return {tinycss2.serialize(rule.prelude).strip() for rule in rules}

    gone = preludes(html.UA) - preludes(weasyprint_import._UNUSED_RULES.sub("", html.UA))
    words = {prelude.split()[0].split(":")[0].split("[")[0].rstrip(",") for prelude in gone}
    assert {"button", "input", "select", "textarea", "fieldset"} <= words
    assert not words & {"p", "h1", "ol", "table", "sup", "blockquote", "decimal", "disc", "cjk-decimal", "lower-roman"}


_IMPORTED = """
import ctypes.util, mimetypes, tinycss2
from layout.engine.patches import weasyprint_import as loading
"""


def test_this_machine_s_file_types_are_not_read(tmp_path: Path) -> None:
    types = tmp_path / "mime.types"
    types.write_text("application/x-of-this-machine svg jpg ofthismachine\n")
    _runs(
        f"{_IMPORTED}"
        f"mimetypes.knownfiles = known = [{str(types)!r}]\n"
        "assert not mimetypes.inited\n"
        "loading.load_weasyprint()\n"
        "assert mimetypes.guess_type('x.svg')[0] == 'image/svg+xml'\n"
        "assert mimetypes.guess_type('x.ofthismachine')[0] is None\n"
        "assert mimetypes.knownfiles is known\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for")
@pytest.mark.parametrize("declarations", ["", "of another version"])
def test_no_library_is_searched_for_by_a_compiler(declarations: str) -> None:
    _runs(
        f"{_IMPORTED}"
        f"loading.pango_declarations.DECLARATIONS = {declarations!r} or loading.pango_declarations.DECLARATIONS\n"
        "asked = []\n"
        "ctypes.util.find_library = find = lambda name: asked.append(name)\n"
        "loading.load_weasyprint()\n"
        "assert not asked, asked\n"
        "assert ctypes.util.find_library is find\n"
    )


def test_rules_left_out_are_not_parsed() -> None:
    _runs(
        f"{_IMPORTED}"
        "read = []\n"
        "plain = tinycss2.parse_stylesheet\n"
        "def parse(css, *rest, **named):\n"
        "    read.append(css if isinstance(css, str) else '')\n"
        "    return plain(css, *rest, **named)\n"
        "tinycss2.parse_stylesheet = parse\n"
        "loading.load_weasyprint()\n"
        "assert tinycss2.parse_stylesheet is parse\n"
        "from weasyprint import html\n"
        "assert 'textarea' in html.UA and loading._HINTS in html.PH\n"  # it has them
        "sheets = ''.join(read)\n"
        "assert 'blockquote' in sheets and 'decimal' in sheets\n"
        "assert not loading._UNUSED_RULES.search(sheets)\n"
        "assert loading._HINTS not in sheets\n"
    )

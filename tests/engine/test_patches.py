"""The table of patches, its list in the documentation, and the import of WeasyPrint, which stays what it is."""

import re
import subprocess
import sys
from pathlib import Path

import cssselect2
import pytest
import tinycss2
import tinyhtml5
import weasyprint
from cssselect2 import compiler
from weasyprint import html
from weasyprint.css.counters import CounterStyle

import pango_types
from every_style import every_style, sample_html
from layout.engine.patches import selectors_on_demand, ua_style_sheet
from layout.engine.patches.table import PATCHES

pytestmark = pytest.mark.slow

TOP = Path(__file__).resolve().parents[2]


def _runs(program: str) -> None:
    """In a process of its own: WeasyPrint is imported but once."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _row(text: str) -> list[str]:
    return [cell.strip().strip("`") for cell in text.strip("|").split("|")]


def test_the_documentation_lists_the_patches_of_the_table() -> None:
    text = (TOP / "docs" / "engine-patches.md").read_text()
    rows = [_row(line) for line in text.splitlines() if line.startswith("| `")]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (patch.module, patch.library, patch.needed_for) for patch in PATCHES
    ]
    for row in rows:
        assert re.search(r"\d+ ms", row[4]) if row[2] == "time" else row[4], row


def test_every_module_beside_the_table_is_a_patch_of_it() -> None:
    modules = {path.stem for path in (TOP / "src" / "layout" / "engine" / "patches").glob("*.py")}
    assert modules - {"__init__", "table", "pango_declarations"} == {patch.module for patch in PATCHES}


_CHANGES = """
import ctypes.util, mimetypes, os, sys, urllib.parse
import tinycss2
environment = dict(os.environ)
def libraries():
    return (tinycss2.parse_stylesheet, ctypes.util.find_library, list(mimetypes.knownfiles),
            list(urllib.parse.uses_relative), list(urllib.parse.uses_netloc))
before = libraries()
"""


@pytest.mark.parametrize(
    "module",
    ["layout", "layout.press", "layout.composer", "layout.copyfit", "layout.galley", "layout.page", "layout.pipeline"],
)
def test_importing_a_room_changes_nothing(module: str) -> None:
    _runs(
        f"{_CHANGES}import {module}\n"
        "assert not {'weasyprint', 'cffi'} & set(sys.modules), sorted(sys.modules)\n"
        "assert environment == dict(os.environ) and libraries() == before\n"
    )


def test_importing_the_engine_changes_nothing() -> None:
    _runs(
        f"{_CHANGES}import weasyprint\n"
        "from weasyprint import images, draw\n"
        "from weasyprint.css import ComputedStyle\n"
        "from weasyprint.pdf.fonts import Font\n"
        "def own(): return Font.subset, ComputedStyle.__missing__, images.Gradient.draw, draw.draw_background_image\n"
        "known = own()\n"
        "import layout.engine.engine, layout.engine.patches.table\n"
        "from layout.engine.patches import cmyk_drawing, computed_values, font_subsets, url_scheme, ua_style_sheet\n"
        "assert environment == dict(os.environ) and libraries() == before and own() == known\n"
    )


def test_what_is_changed_for_the_import_is_put_back() -> None:
    _runs(
        f"{_CHANGES}from layout.engine.patches.table import install_patches\n"
        "import cffi\n"
        "install_patches()\n"
        "assert sys.modules['cffi'] is cffi\n"
        "assert libraries()[:3] == before[:3]\n"
        "import fontTools.ttLib, fontTools.subset\n"
        "assert fontTools.ttLib.__file__ and fontTools.subset.__file__\n"
    )


def test_an_engine_installs_them_where_weasyprint_has_drawn_before(tmp_path: Path) -> None:
    """The patches of the import come too late, but what is drawn does not hang on them."""
    page = tmp_path / "page.html"
    page.write_text('<html lang="zh"><style>p { font: 9pt "Kai 400" }</style><div data-fill><p>楷体</p></div></html>')
    _runs(
        "import os\n"
        "os.environ.pop('FONTCONFIG_FILE', None)\n"
        "import weasyprint\n"
        "weasyprint.HTML(string='<p>x').write_pdf()\n"
        "from pathlib import Path\n"
        "from layout import assets\n"
        "from layout.engine.engine import Engine\n"
        "from layout.fontbook import Fontbook\n"
        "engine = Engine(Fontbook(assets.fonts_dir()))\n"
        f"page = Path({str(page)!r})\n"
        "from layout.page.canvas import Decision\n"
        "document = engine.canvas(page.read_text(), template=page).laid_out(Decision(), {}).document\n"
        "pdf = document.write_pdf(uncompressed_pdf=True)\n"
        "assert {font.family for font in document.fonts.values()} == {'Kai 400'}\n"
        "assert b'/FontFile' in pdf and len(pdf) < 100_000, len(pdf)\n"
    )


# -- file_types ----------


def test_this_machine_s_file_types_are_not_read(tmp_path: Path) -> None:
    types = tmp_path / "mime.types"
    types.write_text("application/x-of-this-machine svg jpg ofthismachine\n")
    _runs(
        "import mimetypes\n"
        "from layout.engine.patches.table import install_patches\n"
        f"mimetypes.knownfiles = known = [{str(types)!r}]\n"
        "assert not mimetypes.inited\n"
        "install_patches()\n"
        "assert mimetypes.guess_type('x.svg')[0] == 'image/svg+xml'\n"
        "assert mimetypes.guess_type('x.ofthismachine')[0] is None\n"
        "assert mimetypes.knownfiles is known\n"
    )


# -- parsed_declarations ----------


def test_the_declarations_are_those_of_the_pinned_weasyprint() -> None:
    assert pango_types.TARGET.read_text() == pango_types.written(), "run: python tests/pango_types.py"


def test_pango_is_called_by_them() -> None:
    _runs(
        "from layout.engine.patches.table import install_patches\n"
        "import ctypes.util\n"
        "ctypes.util.find_library = lambda name: 1 / 0\n"  # which asks gcc, ld and ldconfig
        "install_patches()\n"
        "from layout.engine.patches.parsed_declarations import ParsedFFI\n"
        "from weasyprint.text.ffi import ffi, pango\n"
        "assert type(ffi) is ParsedFFI and pango.PANGO_STYLE_ITALIC == 2\n"
    )


def test_other_declarations_are_parsed_by_cffi() -> None:
    # The version whose declarations are kept is taken for another one.
    _runs(
        "from layout.engine.patches import pango_declarations\n"
        "from layout.engine.patches.table import install_patches\n"
        "pango_declarations.SOURCE = 'of another version'\n"
        "install_patches()\n"
        "import cffi, weasyprint\n"
        "from weasyprint.text.ffi import ffi, pango\n"
        "assert type(ffi) is cffi.FFI and pango.PANGO_STYLE_ITALIC == 2\n"
        "weasyprint.HTML(string='<p>x').render()\n"
    )


def test_a_process_that_sets_pages_loads_no_models_of_toml() -> None:
    _runs(
        "import sys\n"
        "from layout.engine.patches.table import install_patches\n"
        "install_patches()\n"
        "import layout.pipeline.page_making\n"
        "assert 'pydantic' not in sys.modules\n"
    )


# -- fonttools_on_demand ----------


def test_fonttools_is_read_when_it_is_called() -> None:
    _runs(
        "import sys\n"
        "from layout.engine.patches.table import install_patches\n"
        "install_patches()\n"
        "assert not any(name.startswith(('fontTools.ttLib', 'fontTools.subset')) for name in sys.modules)\n"
        "import weasyprint.pdf.fonts as fonts\n"
        "assert fonts.TTFont().getGlyphOrder.__name__ == 'getGlyphOrder'\n"
        "assert fonts.ttFont.getTableClass('glyf').__name__ == 'table__g_l_y_f'\n"
    )


# -- selectors_on_demand ----------


def test_selectors_match_what_they_match_when_they_are_compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    source, template = sample_html()
    root = tinyhtml5.parse(source, namespace_html_elements=False)
    elements = list(cssselect2.ElementWrapper.from_html_root(root).iter_subtree())
    found = []
    for compile_ in (eval, selectors_on_demand._later):
        monkeypatch.setattr(compiler, "eval", compile_, raising=False)
        rules = tinycss2.parse_stylesheet(html.UA + (template.parent / "page.css").read_text())
        preludes = [rule.prelude for rule in rules if rule.type == "qualified-rule"]
        selectors = [each for prelude in preludes for each in cssselect2.compile_selector_list(prelude)]
        found.append([[bool(each.test(element)) for element in elements] for each in selectors])
    assert found[0] == found[1]
    assert any(map(any, found[0]))


def test_a_selector_that_nothing_may_match_is_not_compiled() -> None:
    test = selectors_on_demand._later("this is no Python", {}, {})
    with pytest.raises(SyntaxError):
        test(None)


# -- ua_style_sheet ----------


def test_rules_left_out_are_of_no_page_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for rules in (html.UA, ua_style_sheet._UNUSED_RULES.sub("", html.UA)):
        monkeypatch.setattr(weasyprint, "UA_STYLESHEET", weasyprint.CSS(string=rules, counter_style=CounterStyle()))
        found.append(every_style(sample_html()))
    assert found[0] == found[1]


def test_the_rules_of_ordinary_elements_are_all_there() -> None:
    def preludes(css: str) -> set[str]:
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return {tinycss2.serialize(rule.prelude).strip() for rule in rules}

    gone = preludes(html.UA) - preludes(ua_style_sheet._UNUSED_RULES.sub("", html.UA))
    words = {prelude.split()[0].split(":")[0].split("[")[0].rstrip(",") for prelude in gone}
    assert {"button", "input", "select", "textarea", "fieldset"} <= words
    assert not words & {"p", "h1", "ol", "table", "sup", "blockquote", "decimal", "disc", "cjk-decimal", "lower-roman"}


def test_rules_left_out_are_not_parsed() -> None:
    _runs(
        "import tinycss2\n"
        "read = []\n"
        "plain = tinycss2.parse_stylesheet\n"
        "def parse(css, *rest, **named):\n"
        "    read.append(css if isinstance(css, str) else '')\n"
        "    return plain(css, *rest, **named)\n"
        "tinycss2.parse_stylesheet = parse\n"
        "from layout.engine.patches import ua_style_sheet\n"
        "from layout.engine.patches.table import install_patches\n"
        "install_patches()\n"
        "assert tinycss2.parse_stylesheet is parse\n"
        "from weasyprint import html\n"
        "assert 'textarea' in html.UA and ua_style_sheet._HINTS in html.PH\n"  # it has them
        "sheets = ''.join(read)\n"
        "assert 'blockquote' in sheets and 'decimal' in sheets\n"
        "assert not ua_style_sheet._UNUSED_RULES.search(sheets)\n"
        "assert ua_style_sheet._HINTS not in sheets\n"
    )


# -- url_scheme ----------


def test_relative_urls_are_joined_under_our_scheme() -> None:
    _runs(
        "from urllib.parse import urljoin\n"
        "assert urljoin('layout://design/a/page.css', '../b.svg') == '../b.svg'\n"
        "from layout.engine.patches.table import install_patches\n"
        "install_patches()\n"
        "assert urljoin('layout://design/a/page.css', '../b.svg') == 'layout://design/b.svg'\n"
    )

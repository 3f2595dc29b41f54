"""The declaration that decides a property is the one that wins in CSS."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from layout.engine.css_origins import _BORDER, _GROUND, _TYPE, DeclarationFinder

SHEET, OTHER = Path("page.css"), Path("other.css")
HTML = '<html><body class="b"><p id="i" class="c d"><b>x</b></p></body></html>'
BORDER, GROUND, SIZE, INK = _BORDER, _GROUND, _TYPE["size"], _TYPE["ink"]


def place(css: str, names: tuple[str, ...], of: str = ".//p", pseudo: str | None = None, other: str = "") -> object:
    """Line and column of the winner; the file too where it is not the first sheet."""
    root = ET.fromstring(HTML)  # our own
    styles = DeclarationFinder([(SHEET, css)] + ([(OTHER, other)] if other else []), root)
    element = root if of == "." else root.find(of)
    found = styles.place(element, pseudo, names)
    if found is None:
        return None
    return (found.line, found.column) if found.file == str(SHEET) else (found.file, found.line, found.column)


@pytest.mark.parametrize(
    ("css", "names", "line"),
    [
        # Order.
        ("p { color: red }\np { color: blue }", INK, 2),
        ("p {\n color: red;\n color: blue }", INK, 3),
        ("p { color: red; color: blue }", INK, 1),
        ("p { width: 1pt }", INK, None),
        # Specificity goes before order.
        (".c { color: red }\np { color: blue }", INK, 1),
        ("#i { color: red }\n.c.d { color: blue }\nbody p { color: green }", INK, 1),
        (".c.d { color: red }\n.c { color: blue }", INK, 1),
        ("p, #i { color: red }\n.c { color: blue }", INK, 1),
        (":where(#i) { color: red }\np { color: blue }", INK, 2),
        # Importance goes before specificity.
        ("p { color: red !important }\n#i { color: blue }", INK, 1),
        ("p { color: red !important }\n#i { color: blue !important }", INK, 2),
        ("p {\n color: red !important;\n color: blue }", INK, 2),
        # What does not match, or is not understood.
        ("p { color: red }\ndiv { color: blue }\np:hover { color: green }", INK, 1),
        ("p { color: red }\np:::x { color: blue }", INK, 1),
        # Only what is meant for paper.
        ("p { color: red }\n@media print { p { color: blue } }", INK, 2),
        ("p { color: red }\n@media all { p { color: blue } }", INK, 2),
        ("p { color: red }\n@media screen, print { p { color: blue } }", INK, 2),
        ("p { color: red }\n@media only print { p { color: blue } }", INK, 2),
        ("p { color: red }\n@media screen { p { color: blue } }", INK, 1),
        ("p { color: red }\n@media (min-width: 1px) { p { color: blue } }", INK, 1),
        ("@media print { p { color: blue } }\np { color: red }", INK, 2),
        ("@media print {\n@media screen { p { color: red } }\np { color: blue } }", INK, 3),
        # Shorthands and longhands alike decide; a longer name that only begins so does not.
        ("p { border: 1pt solid }\np { border-left-width: 2pt }", BORDER, 2),
        ("p { border-top: 1pt solid }\np { border-radius: 2pt; border-collapse: collapse }", BORDER, 1),
        ("p { background-color: red }\np { background-size: 3pt }", GROUND, 1),
        ("p { font: 9pt serif }\np { font-family: serif }", SIZE, 1),
        ("p { font-size: 9pt }\np { font: 8pt serif }", SIZE, 2),
        # Type is inherited from whoever says it; boxes are not.
        ("body { color: red }", INK, 1),
        ("body { font-size: 9pt }\nhtml { font-size: 8pt }", SIZE, 1),
        ("#i { width: 1pt }\nbody { color: red !important }", INK, 2),
        ("body { border: 1pt solid }", BORDER, None),
        ("p::after { color: red }", INK, None),
    ],
)
def test_who_wins(css: str, names: tuple[str, ...], line: int | None) -> None:
    found = place(css, names)
    assert (found[0] if isinstance(found, tuple) else found) == line


@pytest.mark.parametrize(
    ("query", "line"),
    [("", 2), ("/* any */", 2), ("PRINT", 2), ("not print", 1), ("small", 1), ("print and (min-width: 1px)", 1)],
)
def test_media_are_those_that_weasyprint_takes(query: str, line: int) -> None:
    found = place(f"p {{ color: red }}\n@media {query} {{ p {{ color: blue }} }}", INK)
    assert isinstance(found, tuple)
    assert found[0] == line


def test_what_the_element_says_itself_wins_over_the_sheet() -> None:
    """Then no line of a sheet is to blame, unless it is important."""
    root = ET.fromstring('<html><p style="color: blue">x</p></html>')
    assert DeclarationFinder([(SHEET, "p { color: red !important }")], root).place(root[0], None, INK) is not None
    assert DeclarationFinder([(SHEET, "p { color: red }")], root).place(root[0], None, INK) is None


def test_the_column_is_the_declaration_s() -> None:
    assert place("p { width: 1pt; color: red }", INK) == (1, 17)
    assert place("p { color: red; color: blue }", INK) == (1, 17)


def test_a_later_sheet_wins_and_names_its_file() -> None:
    assert place("p { color: red }", INK, other="\np { color: blue }") == ("other.css", 2, 5)
    assert place(".c { color: red }", INK, other="p { color: blue }") == (1, 6)


@pytest.mark.parametrize(
    ("css", "names", "line"),
    [
        ("p { border: 1pt solid }\np::after { border: 2pt solid }", BORDER, 2),
        ("p { color: red }\np::after { width: 2pt }", INK, 1),  # inherited from its element
        ("p::before { color: red }\np { color: blue }", INK, 2),
        ("body { color: red }", INK, 1),
    ],
)
def test_of_a_pseudo_element(css: str, names: tuple[str, ...], line: int) -> None:
    found = place(css, names, pseudo="after")
    assert isinstance(found, tuple)
    assert found[0] == line


def test_an_element_of_another_page_has_no_place() -> None:
    styles = DeclarationFinder([(SHEET, "p { color: red }")], ET.fromstring(HTML))
    assert styles.place(ET.fromstring("<p/>"), None, INK) is None

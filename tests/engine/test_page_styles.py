"""The styles of a page with other classes, found from those that are known: WeasyPrint's own, each of every element."""

from itertools import count, islice
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from weasyprint import CSS, HTML
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.text.fonts import FontConfiguration

from every_style import said, sample_html
from layout.engine import page_styles
from layout.engine.page_markup import with_root
from layout.engine.page_styles import PageStyles
from layout.engine.patches.table import install_patches
from layout.engine.style_changes import changes_of

install_patches()

PAGE = """<html><style>
:root { --base: 10pt; --own: var(--base) } main { font-size: 8pt } main.x { --base: 12pt; font-size: 9pt }
.x p, q:has(.y) { color: red } .x + section { margin: 3px; line-height: 1.5 } .x ~ b { --own: 3pt; text-indent: 2em }
section:not(.x) i { letter-spacing: var(--own) } [class~=y] { padding: var(--own) !important } i[class$=y] { top: 1em }
@layer a { .x { width: 30px; color: blue } } .x { height: 20px } #one { height: 30px } .x:last-child { right: 2em }
p::before { content: "a" } .x p::before { content: "b"; font-size: 2em } .x::after { content: "c" }
p::first-line { color: lime }
</style><main><section id="one" lang="zh"><p style="height: 4px">a<i>b</i></p></section>
<section><p>c<i class="y">d</i></p><q><i>e</i></q><b>f</b></section><p style="width: var(--own)">g</p></main></html>"""


def styles_of(html: HTML, sheets: tuple[CSS, ...] = ()) -> PageStyles:
    return PageStyles.of(html, sheets, FontConfiguration())


def values(page: PageStyles) -> list[dict[str, Any]]:
    """Every value of every element and of its pseudo-elements, in document order."""
    order = {element: number for number, element in enumerate(page.root.iter())}
    keys = sorted(page.styles, key=lambda key: (order[key[0]], key[1] or ""))
    names = (*INITIAL_VALUES, "__base", "__own")
    return [
        {"element": order[key[0]], "pseudo": key[1], **{name: said(page.styles[key], name) for name in names}}
        for key in keys
    ]


def with_class(page: PageStyles, number: int, name: str) -> HTML:
    """The page with a class more on one element, whose *number* is given."""
    html = HTML(string="<p>")
    root = copied(page.root)
    element = next(islice(root.iter(), number, None))
    element.set("class", f"{element.get('class', '')} {name}".strip())
    return with_root(html, root)


def copied(element: Element) -> Element:
    own = Element(element.tag, dict(element.attrib))
    own.text, own.tail = element.text, element.tail
    own.extend(copied(each) for each in element)
    return own


@pytest.mark.parametrize("name", ["x", "y", "x y", "unknown"])
@pytest.mark.parametrize("number", range(15))
def test_each_value_is_what_weasyprint_finds(name: str, number: int) -> None:
    known = styles_of(HTML(string=PAGE))
    assert len(list(known.root.iter())) == 15
    other = with_class(known, number, name)
    found = known.with_classes(other.etree_element)
    assert found is not None
    assert values(found) == values(styles_of(other))


def test_from_one_class_to_another_and_back() -> None:
    plain = styles_of(HTML(string=PAGE))
    one, two = with_class(plain, 4, "x"), with_class(plain, 8, "x")
    known = styles_of(one)
    found = known.with_classes(two.etree_element)
    assert found is not None
    assert values(found) == values(styles_of(two))
    back = found.with_classes(copied(plain.root))
    assert back is not None
    assert values(back) == values(plain)


def test_only_what_has_other_rules_or_another_parent_has_another_style() -> None:
    known = styles_of(HTML(string=PAGE))
    found = known.with_classes(with_class(known, 5, "x").etree_element)  # the first section
    assert found is not None
    pairs = zip(known.root.iter(), found.root.iter(), strict=True)
    same = [known.styles[before, None] is found.styles[after, None] for before, after in pairs]
    assert 4 <= same.count(False) <= 9
    assert not changes_of(known, known.with_classes(copied(known.root)) or found).moves


def test_a_tree_that_differs_in_more_is_looked_through_wholly() -> None:
    known = styles_of(HTML(string=PAGE))
    for change in ({"style": "top: 0"}, {"id": "two"}):
        root = copied(known.root)
        root[1].attrib.update(change)
        assert known.with_classes(root) is None
    root = copied(known.root)
    root.append(Element("p"))
    assert known.with_classes(root) is None


def test_the_sample_page_and_a_class_on_each_of_its_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    text, template = sample_html()
    html = HTML(string=text)
    head = html.etree_element[0]
    for link in head.findall("link"):  # its style sheets are given, as a canvas gives them
        head.remove(link)
    sheets = tuple(CSS(filename=path) for path in sorted(template.parent.glob("*.css")))
    known = styles_of(html, sheets)
    for number, name in zip(count(3, 19), ("less", "w-64", "b-38", "deep-air", "highest", "four"), strict=False):
        other = with_class(known, number, name)
        with monkeypatch.context() as patch:
            patch.delattr(page_styles, "get_all_computed_styles")  # no page is gone through for it
            found = known.with_classes(other.etree_element)
        assert found is not None
        assert values(found) == values(styles_of(other, sheets))

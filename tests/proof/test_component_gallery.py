"""The gallery of a design's components says why one has no picture."""

import pytest

from layout.design.components import components_of
from layout.proof.component_page import ComponentGallery, PicturedComponent, component_page


@pytest.mark.parametrize(("pages", "why"), [(0, "no page could be made"), (3, "no page that was tried uses it")])
def test_why_a_component_has_no_picture(tmp_path, pages: int, why: str) -> None:  # type: ignore[no-untyped-def]
    page = "{% macro timeline(words) %}<div>{{ words }}</div>{% endmacro %}{{ timeline(1) }}"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    components = tuple(PicturedComponent(each, b"", ()) for each in components_of(tmp_path, tmp_path / "shared"))
    assert [each.component.name for each in components] == ["timeline"]
    gallery = ComponentGallery("evening", components, (), pages)
    assert why in gallery.lacking("en")
    assert f'<p class="none">{gallery.lacking("en")}</p>' in component_page(gallery, "en")

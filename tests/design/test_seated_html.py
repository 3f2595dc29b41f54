"""A page's boxes are given to other pictures of it, and the places of their captions and credits; nothing else."""

from __future__ import annotations

from layout.design.seated_html import with_seats

FIRST = """<p data-picture="甲"></p><p data-flow="picture.甲.caption"></p><p data-flow='picture.甲.credit'></p>"""
SECOND = """<p data-picture="b-1" title="甲 picture.b-1.caption"></p><p data-flow="s.lede picture.b-1.caption"></p>"""
THIRD = """<p data-picture="c"></p><p data-called="picture.c" data-flow="picture.b.caption">picture.甲.caption</p>"""
MOVED = {"甲": "b-1", "b-1": "甲"}


def test_two_change_places_and_the_third_stays() -> None:
    html = "\n".join((FIRST, SECOND, THIRD))
    first, second, third = with_seats(html, MOVED).split("\n")
    assert first == FIRST.replace("甲", "b-1")
    assert second == SECOND.replace("b-1", "甲").replace('title="甲 picture.甲.', 'title="甲 picture.b-1.')
    assert third == THIRD
    assert with_seats(with_seats(html, MOVED), MOVED) == html
    assert with_seats(html, {}) == html

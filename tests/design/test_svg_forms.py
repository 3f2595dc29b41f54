"""Attributes of a drawing that must have a form: one that has not is told at its line, before nothing is drawn."""

import pytest

from layout.design.lint_svg import drawing_faults


def faults(attribute: str) -> list[tuple[int, str]]:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">\n<g {attribute}><rect width="1" height="1"/></g></svg>'
    return [(fault.line, fault.message.zh) for fault in drawing_faults(svg, {})]


@pytest.mark.parametrize(
    "attribute",
    ['viewBox="a b c d"', 'viewBox="0 0 100"', 'viewBox="0 0 100 50 7"', 'transform="rotate(a) scale()"',
     'transform="rotate"', 'transform="translate(3 4"', 'transform="scale(1) x"'],
)  # fmt: skip
def test_one_that_cannot_be_read_is_told_at_its_line(attribute: str) -> None:
    name = attribute.partition("=")[0]
    ((line, words),) = faults(attribute)
    assert (line, words.startswith(f"{name} 读不通")) == (2, True)


@pytest.mark.parametrize(
    "attribute",
    ['viewBox="0 0 100 50"', 'viewBox="0,0,100,50"', 'viewBox="-1.5 -2 1e2 .5"', 'viewBox=" 0, 0 , 100 50 "',
     'viewBox=""',
     'transform="translate(3 4)"', 'transform="translate(3,4) rotate(30, 1, 2)"', 'transform="matrix(1 0 0 1 -5-5)"',
     'transform="scale(.5),skewX(3)"', 'transform="none"', 'transform=" rotate( 30 ) "', 'transform=""'],
)  # fmt: skip
def test_one_of_its_form_is_not(attribute: str) -> None:
    assert faults(attribute) == []

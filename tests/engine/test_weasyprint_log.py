"""WeasyPrint's messages become data by their arguments: the pinned version words and orders them like this."""

import logging

import pytest
from weasyprint import CSS
from weasyprint.logger import LOGGER

from layout.design.css_diagnostics import EngineMessage, IgnoredDeclaration
from layout.engine.weasyprint_log import captured_log, message_of


def messages(css: str) -> list[EngineMessage]:
    with captured_log(LOGGER) as records:
        CSS(string=css)
    return [message for record in records if (message := message_of(record))]


def test_a_wrong_value() -> None:
    (message,) = messages("a {\n  width: 3ccm, `b` at 1:2, x }")
    assert (message.line, message.column) == (2, 3)
    assert message.declaration == IgnoredDeclaration("width", " 3ccm, `b` at 1:2, x ")
    assert not message.is_error


def test_an_unknown_property_comes_with_those_that_there_are() -> None:
    (message,) = messages("a { colour: black }")
    assert message.declaration is not None
    assert message.declaration.name == "colour"
    assert {"color", "border", "border-top-color", "grid-template"} <= set(message.declaration.known)


@pytest.mark.parametrize("selector", ["a:hovver", "a::foo", "a >> b", 'a[x~~="it]"]', "a:nth-child(foo)"])
def test_a_selector(selector: str) -> None:
    (message,) = messages(f"{selector} {{ width: 1pt }}")
    assert message.selector == selector
    assert message.declaration is None


@pytest.mark.parametrize(
    ("css", "words"),
    [("@sheet { a: b }", "@sheet"), ("@page :foo { size: 1pt }", ":foo"), ("@font-face { font-family: X }", "src")],
)
def test_anything_else_keeps_its_words_and_its_spot(css: str, words: str) -> None:
    (message,) = messages("\n" + css)
    assert words in message.text
    assert (message.line, message.column) == (2, 1)


def test_what_changes_nothing_in_print_is_no_message() -> None:
    assert messages('@charset "utf-8"; a { width: 1pt }') == []
    record = logging.LogRecord("weasyprint", logging.WARNING, "", 0, "Anchor defined twice: %r", ("a",), None)
    assert message_of(record) is None


def test_an_error_is_one() -> None:
    record = logging.LogRecord("weasyprint", logging.ERROR, "", 0, "Failed to load image at %r: %s", ("a", "b"), None)
    assert message_of(record) == EngineMessage("Failed to load image at 'a': b", is_error=True)


def test_nobody_else_hears_what_is_listened_to(caplog: pytest.LogCaptureFixture) -> None:
    with captured_log(LOGGER) as records:
        LOGGER.warning("once")
    assert [record.getMessage() for record in records] == ["once"]
    assert caplog.records == []

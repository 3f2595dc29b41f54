"""The tables that the docs are made from are those that the program goes by: no name is read that is not in one."""

from __future__ import annotations

import ast
import re
import signal
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from layout import assets, errors
from layout.checks import registry
from layout.cli.signals import SIGNALS
from layout.composer import Setting
from layout.design import data_attributes, requirements
from layout.design.custom_properties import OPTIONS
from layout.design.named_inks import CMYK
from layout.errors import ExitCode, LayoutError
from layout.issue.plan import HeadTable, PageTable, PictureTable, PinTable, ReserveTable
from layout.issue.plan_messages import keys_of
from layout.press.load import OWN_KEYS
from layout_docs.markdown import toml

SOURCE = Path(errors.__file__).parent
PREVIEW = SOURCE / "preview"
"""Its own page has attributes of its own; no template is read there."""
ATTRIBUTE = re.compile(r"\bdata-[a-z][a-z-]*")


@cache
def sources() -> tuple[tuple[Path, tuple[ast.AST, ...]], ...]:
    """The modules in which an attribute or an option may be named, but the preview's, with all their nodes."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}
    return tuple(
        (path, tuple(ast.walk(ast.parse(text))))
        for path, text in texts.items()
        if not path.is_relative_to(PREVIEW) and re.search("data-|options|option_of|css_to_setting", text)
    )


def strings(nodes: tuple[ast.AST, ...]) -> Iterator[str]:
    """Every string of a module but its docstrings."""
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def attributes() -> set[str]:
    return {value for name, value in vars(data_attributes).items() if name.isupper()}


def test_attributes_and_their_words_agree() -> None:
    assert attributes() == set(toml("layout.design", "data_attributes.toml"))


def test_no_module_but_the_table_spells_an_attribute_out() -> None:
    """Messages and selectors may name one, if there is one of that name."""
    table = Path(data_attributes.__file__)
    for path, nodes in sources():
        for text in strings(nodes) if path != table else ():
            assert not ATTRIBUTE.fullmatch(text), f"{path.name}: take {text} from design/data_attributes.py"
            assert set(ATTRIBUTE.findall(text)) <= attributes(), f"{path.name}: {text}"


def test_what_words_and_designs_name_is_an_attribute() -> None:
    for path in SOURCE.rglob("*.toml"):
        assert set(ATTRIBUTE.findall(path.read_text(encoding="utf-8"))) <= attributes(), path.name
    styles = "".join(path.read_text(encoding="utf-8") for path in assets.templates_dir().rglob("*.css"))
    for path in assets.templates_dir().rglob("*.html"):
        for name in set(ATTRIBUTE.findall(path.read_text(encoding="utf-8"))) - attributes():
            assert f"[{name}" in styles, f"{path.name}: nothing reads {name}, and no style sheet selects by it"


def test_extensions_of_css_are_those_of_the_code() -> None:
    rows = toml("layout.design", "css_extensions.toml")
    assert f"{CMYK}()" in rows
    read = (SOURCE / "pipeline" / "laid_page.py").read_text(encoding="utf-8")
    folders = set(re.findall(r'"(\w+)": (?:self\.cache|assets\.)', read)) - {"prepared"}  # that is for the program
    assert {name.rstrip(":") for name in rows if name.endswith(":")} == folders


def test_custom_properties_and_their_words_agree() -> None:
    assert set(toml("layout.design", "custom_properties.toml")) == set(OPTIONS)


def test_every_custom_property_is_read() -> None:
    """By the composer's setting, or by name: the type checker holds names to ``OptionName``."""
    setting = {field.name.replace("_", "-") for field in fields(Setting)}
    named = {text for path, nodes in sources() if path.name != "custom_properties.py" for text in strings(nodes)}
    assert set(OPTIONS) - setting <= named


def asked_options(node: ast.AST) -> Iterator[str]:
    """The options that *node* names: ``"rows" in x.options``, ``options.get("fit")``, ``whole(x, "rows")``."""
    match node:
        case ast.Compare(
            left=ast.Constant(value=str(name)), ops=[ast.In()], comparators=[ast.Attribute(attr="options")]
        ):
            yield name
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="options") | ast.Name(id="options"), attr="get")):
            yield from (each.value for each in node.args[:1] if isinstance(each, ast.Constant))
        case ast.Subscript(
            value=ast.Attribute(attr="options") | ast.Name(id="options"), slice=ast.Constant(value=str(name))
        ):
            yield name
        case ast.Call(func=ast.Name(id="whole" | "share" | "amount" | "option_of")):
            yield from (each.value for each in node.args[1:2] if isinstance(each, ast.Constant))


def test_options_are_asked_for_by_names_of_the_table() -> None:
    """The type checker says so too, but for ``in``."""
    found = {(path.name, name) for path, nodes in sources() for node in nodes for name in asked_options(node)}
    assert {name for _, name in found} <= {*OPTIONS, "tracking", "hanging-punctuation"}, found
    assert {name for _, name in found} >= {"rows", "valign", "steps", "height", "empty-max"}


def test_defaults_of_the_table_are_those_of_the_code() -> None:
    rows = toml("layout.design", "custom_properties.toml")
    setting = {field.name.replace("_", "-") for field in fields(Setting)}
    told: dict[str, set[float | str]] = {}
    for path, nodes in sources():
        module = ".".join(["layout", *path.relative_to(SOURCE).with_suffix("").parts])
        for node in nodes:
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            *_, name, default = node.args
            if not (isinstance(name, ast.Constant) and name.value in rows and name.value not in setting):
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in ("whole", "share", "amount", "get"):
                value = eval(ast.unparse(default), vars(import_module(module)).copy())
                told.setdefault(name.value, set()).add(value)
    assert {
        name: {str(row["default"])} for name, row in rows.items() if "default" in row and name != "after-heading"
    } == {
        name: {f"{value:g}" if isinstance(value, int | float) else value for value in values}
        for name, values in told.items()
    }


def test_environment_variables_are_those_of_the_table() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py") if path.parent.name != "patches")
    assert set(re.findall(r'"(LAYOUT_[A-Z]+|CI)"', code)) == set(toml("layout.cli", "environment.toml"))


def test_exit_codes_are_those_of_the_table() -> None:
    assert list(toml("layout.cli", "exit_codes.toml")) == [code.name.lower() for code in ExitCode]
    kinds = [LayoutError]
    for kind in kinds:
        kinds += kind.__subclasses__()
        assert isinstance(kind.exit_code, ExitCode) or kind is errors.Faults
    assert {128 + each for each in (*SIGNALS, signal.SIGPIPE)} == {code for code in ExitCode if code > 128}


@pytest.mark.parametrize(
    ("name", "model"),
    [("head", HeadTable), ("page", PageTable), ("picture", PictureTable), ("reserve", ReserveTable), ("pin", PinTable)],
)
def test_every_key_of_a_plan_has_its_words(name: str, model: type[HeadTable]) -> None:
    assert set(toml("layout.issue", "plan_keys.toml")[name]) == set(keys_of(model))


def test_every_key_of_a_design_has_its_words() -> None:
    assert set(toml("layout.design", "design_keys.toml")) == set(requirements.KEYS)
    assert set(requirements._Requirements.model_fields) | {"name", "inks", "labels", "font", "shape"} == set(
        requirements.KEYS
    )


def test_every_key_of_a_press_profile_has_its_words() -> None:
    rows = [key for group in toml("layout.press", "profile_keys.toml")["group"] for key in group["keys"]]
    assert len(rows) == len(set(rows))
    assert {key.partition(".")[0] for key in rows} >= OWN_KEYS


def test_every_check_of_every_room_speaks_both_languages() -> None:
    for check in registry().all().values():
        for message in (check.title, check.rationale):
            assert re.search(r"[\u4e00-\u9fff]", message.zh), check.id
            assert re.search("[a-z]", message.en), check.id

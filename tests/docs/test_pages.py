"""The pages of docs/ that are made from the program's tables are up to date, and hold all of them."""

from layout import assets
from layout.checks import registry
from layout.cli.app import application
from layout.cli.console import CommandContext
from layout.cli.help_texts import Words
from layout.design.custom_properties import OPTIONS
from layout_docs.design_tables import properties
from layout_docs.markdown import filled
from layout_docs.pages import out_of_date


def test_what_is_made_is_up_to_date() -> None:
    stale = [str(path.relative_to(assets.root())) for path in out_of_date(assets.root())]
    assert not stale, f"run `make docs`: {', '.join(stale)}"


def test_a_table_that_somebody_changed_by_hand_is_made_good() -> None:
    guide = (assets.root() / "docs" / "design-guide.md").read_text(encoding="utf-8")
    changed = guide.replace("| `--valign` |", "| `--align` |")
    assert changed != guide == filled(changed, "custom_properties.toml", properties())


def test_every_command_and_option_is_on_the_page() -> None:
    page = (assets.root() / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    commands = {each.name for each in application(CommandContext("zh")).registered_commands}
    assert commands == set(Words("zh")._table["command"]) - {"layout"}
    assert all(f"| `layout {name}` |" in page for name in commands)
    for words in map(Words, ("zh", "en")):
        for name in words._table["parameter"]:
            assert words.parameter(name) in page, name


def test_every_check_and_every_property_is_on_its_page() -> None:
    checks = (assets.root() / "docs" / "checks.md").read_text(encoding="utf-8")
    assert all(f'| <span id="{check}"></span>`{check}`<br>' in checks for check in registry().all())
    design = (assets.root() / "docs" / "reference" / "design.md").read_text(encoding="utf-8")
    assert all(f"| `--{option}` |" in design for option in OPTIONS)

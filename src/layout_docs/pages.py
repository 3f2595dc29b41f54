"""What of the documentation is made from the program's tables, and what of it is out of date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from layout_docs import (
    amount_tables,
    check_page,
    command_page,
    component_page,
    design_tables,
    key_page,
    marks_page,
    press_tables,
    proof_mark_tables,
    proof_tables,
    story_tables,
)
from layout_docs.markdown import filled

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/checks.md": check_page.as_markdown,
    "docs/reference/commands.md": command_page.as_markdown,
    "docs/reference/components.md": component_page.as_markdown,
    "docs/reference/design.md": design_tables.as_markdown,
    "docs/reference/keys.md": key_page.as_markdown,
    "docs/reference/marks.md": marks_page.as_markdown,
}
"""Whole pages."""

TABLES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "README.md": {"design.toml": amount_tables.with_five, "exit_codes.toml": command_page.exit_codes},
    "docs/ci.md": {"exit_codes.toml": command_page.exit_codes},
    "docs/design-guide.md": {
        "data_attributes.toml": lambda: design_tables.attributes(all_of_them=False),
        "story_parts.toml": story_tables.flows,
        "custom_properties.toml": design_tables.properties,
    },
    "docs/manuscript.md": {
        "design.toml": amount_tables.whole,
        "story_parts.toml": story_tables.front_matter,
        "refused": story_tables.refused,
    },
    "docs/proofreading.md": {
        "recall": proof_tables.recall,
        "prose": proof_tables.sources,
        "error_rate.toml": proof_tables.weights,
        "desk_checks.toml": proof_tables.rules,
    },
    "docs/proofs.md": {"kinds.toml": proof_mark_tables.kinds},
    "docs/press.md": {"profile_keys.toml": press_tables.guide},
}
"""Tables in pages that are otherwise written by hand, by the name that stands in the marks around each."""


def made(root: Path) -> dict[Path, str]:
    """Every file below *root* that is made, or has a made part, as it should be."""
    files = {root / name: make() for name, make in PAGES.items()}
    for name, tables in TABLES.items():
        text = (root / name).read_text(encoding="utf-8")
        for mark, make in tables.items():
            text = filled(text, mark, make())
        files[root / name] = text
    return files


def out_of_date(root: Path) -> dict[Path, str]:
    """Those of the files that are not as they should be, and what they should be."""
    return {path: text for path, text in made(root).items() if not path.is_file() or path.read_text("utf-8") != text}

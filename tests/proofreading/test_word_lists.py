"""The lists of words: each says whose it is, none contradicts itself, and the hook for pre-commit calls the command."""

import tomllib
from pathlib import Path

import yaml

import layout.proofreading
from layout.cli.app import application
from layout.cli.console import CommandContext
from layout.proofreading.word_index import pairs, word_index

FOLDER = Path(layout.proofreading.__file__).parent / "word_lists"
ROOT = Path(__file__).resolve().parents[2]
LICENCES = {"Apache-2.0", "MIT", "CC0-1.0", "that of this project"}


def test_every_list_has_a_row_with_a_licence_whose_text_is_here() -> None:
    rows = {row["file"]: row for row in tomllib.loads((FOLDER / "PROVENANCE.toml").read_text("utf-8"))["list"]}
    lists = {path.name for path in FOLDER.iterdir() if path.suffix in (".tsv", ".toml")} - {"PROVENANCE.toml"}
    assert set(rows) == lists
    for row in rows.values():
        assert row["origin"]
        assert row["licence"] in LICENCES
        if row["licence"] != "that of this project":
            assert row["version"]
            assert row["changes"]
            assert "Apache License" in (FOLDER / row["licence_file"]).read_text("utf-8")


def test_no_word_is_both_wrong_and_right() -> None:
    rows = list(pairs("wrong-words.tsv"))
    wrong, right = {each for each, _ in rows}, {each for _, each in rows}
    assert len(wrong) == len(rows)
    assert wrong.isdisjoint(right)


def test_every_wrong_word_is_found_by_its_first_two_characters() -> None:
    for start, words in word_index().by_start.items():
        assert len(start) == 2
        assert all(each.wrong.startswith(start) and each.wrong != each.right for each in words)


def test_traditional_characters_stand_for_others() -> None:
    rows = dict(pairs("traditional.tsv"))
    assert len(rows) > 2000
    assert set(rows).isdisjoint(rows.values())


def test_the_hook_calls_a_command_that_takes_many_files() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, command = hook["entry"].split()
    assert program == "layout"
    assert command in {each.name for each in application(CommandContext("zh")).registered_commands}
    assert hook["pass_filenames"]

"""The ids of checks are promised: scripts, baselines and reports name them, so none vanishes without a word."""

import re

import pytest

from layout import assets
from layout.checks import Registry, registry
from layout.checks.retired import read_retired, retired
from layout.errors import UsageError

LIST = assets.root() / "docs" / "check-ids.txt"
PROMISED = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
TABLE = """
[[retired]]
id = "line.loose_old"
version = "0.3.0"
renamed = "line.loose"
why = { zh = "合并。", en = "joined." }

[[retired]]
id = "page.gone"
version = "0.3.0"
why = { zh = "不再查。", en = "no longer looked for." }
"""


def test_no_promised_check_vanishes_without_a_word() -> None:
    gone = set(PROMISED) - set(registry().all()) - set(retired())
    assert gone == set(), "a row in src/layout/checks/retired.toml is missing: what it is called now, and since when"


def test_every_check_is_promised() -> None:
    new = set(registry().all()) - set(PROMISED)
    assert new == set(), "a line in docs/check-ids.txt is missing: `make docs` adds it"


def test_the_list_is_sorted_and_names_each_once() -> None:
    assert sorted(set(PROMISED)) == PROMISED


def test_what_is_retired_was_promised_and_is_gone() -> None:
    for each in retired().values():
        assert each.id in PROMISED
        assert each.id not in registry().all()
        assert not each.renamed or each.renamed in registry().all()
        assert re.fullmatch(r"\d+\.\d+\.\d+", each.version)


def test_a_retired_check_says_what_became_of_it() -> None:
    known = Registry({}, read_retired(TABLE))
    with pytest.raises(UsageError, match=r"“line\.loose_old” is called “line\.loose” since 0\.3\.0: joined\."):
        known.check("line.loose_old")
    with pytest.raises(UsageError, match=r"“page\.gone” is gone since 0\.3\.0: no longer looked for\."):
        known.check("page.gone")

"""Names that the issue lists are kept on one line in every story."""

from pathlib import Path

import pytest

from pipeline.small_issue import ISSUE, built, make_issue

COPY = "全区上下一心迎着春风" + "欧阳建国" + "深入田间地头听取群众意见并现场答复了二十多个问题。"


@pytest.mark.parametrize("listed", [False, True])
def test_a_name_from_the_issue_is_not_torn(tmp_path: Path, listed: bool) -> None:
    folder = make_issue(tmp_path / "issue", COPY)
    if listed:
        (folder / "issue.toml").write_text('protected = ["欧阳建国"]\n' + ISSUE, encoding="utf-8")
    lines = [line.line.text for line in built(folder).pages[0].lines]
    assert any("欧阳建国" in line for line in lines) is listed

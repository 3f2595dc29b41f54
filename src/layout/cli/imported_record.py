"""The record of an import: what was taken for what, left out and left open, for an editor to go through."""

from __future__ import annotations

from collections.abc import Sequence

from layout.checks import Finding
from layout.cli.imported_pictures import ImportedPicture
from layout.cli.imported_stories import ImportedStory

_GROUPS = (
    (
        "要补、要定的",
        (
            "intake.difference",
            "intake.lost_bytes",
            "intake.file_left",
            "intake.picture_open",
            "intake.broken_off",
            "intake.encoding_doubtful",
            "intake.guess_nameplate",
            "intake.open",
        ),
    ),
    ("版面", ("intake.page_plan",)),
    ("图片", ("intake.guess_picture", "intake.same_file")),
    ("换掉的", ("intake.replaced",)),
)
"""What comes first, and under which heading. What is in no group stands last."""
_REST = "逐篇：当作什么、没有收什么"


def record(stories: Sequence[ImportedStory], pictures: Sequence[ImportedPicture], findings: Sequence[Finding]) -> str:
    """The text of the record, in Chinese, as all that is written into an issue."""
    lines = [
        f"来稿记录：{len(stories)} 篇稿，{len(pictures)} 幅图。",
        "下面是程序猜的、没有收的、留给编辑定的，请逐条过目；看完可以删掉这个文件。",
    ]
    grouped: set[str] = set()
    for heading, checks in _GROUPS:
        own = [each for each in findings if each.check in checks]
        grouped.update(checks)
        lines += _section(heading, own)
    lines += _section(_REST, [each for each in findings if each.check not in grouped])
    return "\n".join(lines) + "\n"


def _section(heading: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    lines = ["", f"【{heading}】"]
    for each in findings:
        place = f"{each.place}  " if each.place else ""
        lines.append(f"{place}{each.message.zh}")
    return lines

"""The record of an import: what was taken for what, left out and left open, for an editor to go through."""

from __future__ import annotations

from collections.abc import Sequence

from layout.checks import Finding, Severity
from layout.errors import Message

_GROUPS = (
    (
        Message("要补、要查的", "To be mended"),
        (
            "intake.difference",
            "intake.lost_bytes",
            "intake.file_left",
            "intake.picture_open",
            "intake.caption_left",
            "intake.broken_off",
            "intake.encoding_doubtful",
            "intake.guess_nameplate",
        ),
    ),
    (Message("版面", "Pages"), ("intake.page_plan",)),
    (Message("图片", "Pictures"), ("intake.guess_picture", "intake.same_file")),
    (Message("换掉的", "Replaced"), ("intake.replaced",)),
    (Message("留给编辑定的", "Left to the editor"), ("intake.open",)),
)
"""What comes first, and under which heading. What is in no group stands last."""
_REST = Message("逐篇：当作什么、接了什么、没有收什么", "Story by story: what was taken for what, joined, left out")


def grouped(findings: Sequence[Finding]) -> list[tuple[Message, list[Finding]]]:
    """*findings* under their headings, those to be mended first: what is a warning or an error stands among them."""
    light = [each for each in findings if not _is_grave(each)]
    groups = [(_GROUPS[0][0], [each for each in findings if _is_grave(each)])]
    groups += [(heading, [each for each in light if each.check in checks]) for heading, checks in _GROUPS[1:]]
    named = {check for _, checks in _GROUPS for check in checks}
    groups.append((_REST, [each for each in light if each.check not in named]))
    return [(heading, own) for heading, own in groups if own]


def _is_grave(finding: Finding) -> bool:
    return finding.severity >= Severity.WARNING or finding.check in _GROUPS[0][1]


def record(stories: int, pictures: int, findings: Sequence[Finding]) -> str:
    """The text of the record, in Chinese, as all that is written into an issue."""
    lines = [
        f"来稿记录：{stories} 篇稿，{pictures} 幅图。",
        "下面是程序猜的、没有收的、留给编辑定的，请逐条过目；看完可以删掉这个文件。",
    ]
    for heading, own in grouped(findings):
        lines += ["", f"【{heading.zh}】"]
        lines += [f"{each.place}：{each.message.zh}" if each.place else each.message.zh for each in own]
    return "\n".join(lines) + "\n"

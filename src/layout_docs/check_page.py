"""docs/checks.md: the checks of every room, from their ``checks.toml``, and the limits of judging."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Check, registry, room_checks
from layout.errors import Hint, Message
from layout.preflight import content_instructions as content
from layout.preflight import interpreter, objects, record, rule_thickness, verdict
from layout.preflight.explain import WORDS
from layout.preflight.outside import drawing, plates, tools
from layout_docs.markdown import both, literal, page, section, table

MIB, GIB = 1024**2, 1024**3

_HEADS = [
    "检查项 check",
    "程度 severity",
    "查什么、为什么 what and why",
    "怎么改 what to do",
    "依据、限值 authority, limits",
]


def as_markdown() -> str:
    """The page."""
    return page(
        Message("检查项", "Checks"),
        Message(
            "由各间的 `checks.toml` 生成，`layout explain ID` 显示同样的文字。",
            "Made from the `checks.toml` of every room; `layout explain ID` shows the same text.",
        ),
        section(
            Message("限度", "Limits"),
            "再坏的文件也只会得到检查结果或一句拒绝。不含外家程序，任何文件在 60 秒（处理器时间）、2 GiB 之内；"
            "超出下列限度的部分不看，并说明没有看。",
            "Any file gets findings or one sentence of refusal: other programs apart, within 60 CPU seconds and 2 GiB."
            " What lies beyond these limits is not looked at, and that is said:",
            table(["什么 what", "限度 limit"], _limits()),
        ),
        section(Message("全部检查项", "Every check"), table(_HEADS, map(_row, registry().all().values()))),
    )


def _row(check: Check) -> tuple[str, ...]:
    severity = Message(WORDS["zh"][check.severity.name], WORDS["en"][check.severity.name])
    name = f'<span id="{check.id}"></span>`{check.id}`<br>{both(literal(check.name))}'
    return name, both(severity), both(literal(check.rationale)), both(_lines(check.remedy)), "<br>".join(_facts(check))


def _lines(remedy: Hint) -> Message:
    """A line for each reader."""
    zh, en = (map(literal, map(Message, remedy.lines(lang), remedy.lines(lang))) for lang in ("zh", "en"))
    return Message("<br>".join(each.zh for each in zh), "<br>".join(each.en for each in en))


def _facts(check: Check) -> Iterator[str]:
    yield check.authority
    yield from (f"`{key}`" for key in check.threshold)
    yield from (f"{key} = {value}" for key, value in check.limits.items())
    if check.needs:
        yield f"要 needs {WORDS['zh'][check.needs]}"


def _limits() -> tuple[tuple[str, str], ...]:
    """What is looked at, and how much of it, from the constants that hold it."""
    sound = room_checks("preflight")["file.sound"].limits
    return (
        ("一个流解开后 / one stream, unpacked", f"{objects.MAX_STREAM // MIB} MiB"),
        ("全部流解开后 / all streams, unpacked", f"{sound['unpacked_mib']} MiB"),
        ("修补 / repairs by qpdf", f"{objects.MAX_WARNINGS}"),
        ("页 / pages", f"{sound['pages']}"),
        ("一页的指令 / operators of a page", f"{interpreter.MAX_WORK:,}"),
        ("全文件的指令 / operators of a file", f"{interpreter.MAX_FILE_WORK:,}"),
        (
            "一个内容流 / one content stream",
            f"{content.MAX_CONTENT // MIB} MiB, {content.MAX_TOKENS:,} words",
        ),
        (
            "量线条粗细 / measuring lines",
            f"{rule_thickness.MAX_EDGES} edges a shape (more is a drawing), "
            f"{rule_thickness.MAX_WORK:,} comparisons a file",
        ),
        ("流中套流 / streams within streams", f"{interpreter.MAX_DEPTH}"),
        (
            "外家程序，每次 / another program, each time",
            f"{tools.SECONDS} s, {tools.MEMORY // GIB} GiB, {tools.OUTPUT // MIB} MiB written",
        ),
        ("外家程序，全文件 / other programs, a file", f"{verdict.SECONDS:.0f} s / {record.BATCH} pages"),
        ("画面 / pictures drawn", f"{plates.MAX_PIXELS:,} and {drawing.MAX_PIXELS:,} pixels"),
    )

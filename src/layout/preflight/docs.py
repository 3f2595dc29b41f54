"""Writes docs/checks.md, the checks and the limits of judging: ``python -m layout.preflight.docs``."""

from __future__ import annotations

from layout import assets
from layout.checks import room_checks
from layout.preflight import interpreter, objects, record, rule_thickness, verdict
from layout.preflight.explain import WORDS
from layout.preflight.outside import drawing, plates, tools

MIB, GIB = 1024**2, 1024**3


def as_markdown() -> str:
    """The page."""
    lines = [
        "# 预检检查项 / Preflight checks",
        "",
        "本页由 `src/layout/preflight/checks.toml` 生成，`layout explain ID` 显示同样的文字。  ",
        "Made from `src/layout/preflight/checks.toml`; `layout explain ID` shows the same text.",
        "",
        *_caps(),
    ]
    for check in room_checks("preflight").values():
        lines += ["", f"## `{check.id}` {check.title.zh} / {check.title.en}", ""]
        for lang in ("zh", "en"):
            lines += [f"{check.rationale.text(lang)} {check.remedy.text(lang)}", ""]
        facts = [WORDS["zh"][check.severity.name] + " / " + check.severity.name.lower(), check.authority]
        facts += [f"`{key}`" for key in check.threshold]
        facts += [f"{key} = {value}" for key, value in check.limits.items()]
        if check.needs:
            facts.append(f"needs {WORDS['en'][check.needs]}")
        lines.append(" · ".join(facts))
    return "\n".join(lines) + "\n"


def _caps() -> list[str]:
    """The limits, from the constants that hold them."""
    sound = room_checks("preflight")["file.sound"].limits
    rows = (
        ("一个流解开后 / one stream, unpacked", f"{objects.MAX_STREAM // MIB} MiB"),
        ("全部流解开后 / all streams, unpacked", f"{sound['unpacked_mib']} MiB"),
        ("修补 / repairs by qpdf", f"{objects.MAX_WARNINGS}"),
        ("页 / pages", f"{sound['pages']}"),
        ("一页的指令 / operators of a page", f"{interpreter.MAX_WORK:,}"),
        ("全文件的指令 / operators of a file", f"{interpreter.MAX_FILE_WORK:,}"),
        ("一个内容流 / one content stream", f"{interpreter.MAX_CONTENT // MIB} MiB, {interpreter.MAX_TOKENS:,} words"),
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
    return [
        "## 限度 / Limits",
        "",
        "再坏的文件也只会得到检查结果或一句拒绝。不含外家程序，任何文件在 60 秒（处理器时间）、2 GiB 之内；"
        "超出下列限度的部分不看，并说明没有看。",
        "",
        "Any file gets findings or one sentence of refusal: other programs apart, within 60 CPU seconds and 2 GiB. What"
        " lies beyond these limits is not looked at, and that is said:",
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {what} | {how_much} |" for what, how_much in rows),
    ]


if __name__ == "__main__":
    (assets.root() / "docs" / "checks.md").write_text(as_markdown(), encoding="utf-8")

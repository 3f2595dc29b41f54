"""The summary that a build prints: pages, counts of characters, resolution of pictures, files, seconds.

Plain text: a build is at its end, and loading Rich would take longer than writing its files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from layout.cli.help_texts import cells
from layout.cli.language import Say, sayer
from layout.errors import Lang
from layout.pipeline.stages import stage_name
from layout.preflight.outside.tools import found
from layout.proof.concession_text import amount_words
from layout.seal.seal_json import seal_name

if TYPE_CHECKING:
    from layout.pipeline import Built
    from layout.proof.report_json import CheckRunJson, PageJson


SEEN = 4.0
"""The cost from which what gave way is seen: that of a picture a tenth off its height (``galley.costs.PICTURE``)."""
NAMED = 3
"""So many of those on a page are named."""
PLATES = "Ghostscript"
PROGRAM = "gs"
"""What draws the plates for ``ink.*``: a build leaves them to ``layout preflight``, which needs it."""


def summary(built: Built, lang: Lang) -> str:
    """One row per page, and below them one line each for pictures, fonts, files and seconds."""
    say = sayer(lang)
    titles = (say("版", "page"), say("版名", "title"), say("版面 mm", "sheet mm"))
    counts = (say("稿件字数", "copy"), say("已排", "set"), say("溢文", "overset"), say("行", "lines"))
    rows = [(*titles, *counts), *(tuple(_page(page)) for page in built.report["pages"])]
    facts = list(_facts(built, lang, say))
    return "\n".join([*_columns(rows, "   ", len(titles)), "", *_columns(facts, "  ", 2)])


def _columns(rows: Sequence[Sequence[str]], gap: str, left: int) -> Iterator[str]:
    """The rows in columns as wide as their widest cell; from column *left* on, numbers flush right."""
    wide = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        blanks = [" " * (width - cells(cell)) for width, cell in zip(wide, row, strict=True)]
        pairs = zip(row, blanks, strict=True)
        parts = [cell + blank if number < left else blank + cell for number, (cell, blank) in enumerate(pairs)]
        yield gap.join(parts).rstrip()


def _page(page: PageJson) -> Iterator[str]:
    characters = page["characters"]
    yield str(page["number"])
    yield str(page["title"])
    yield f"{page['width_mm']:g} × {page['height_mm']:g}"
    yield from map(str, (characters["manuscript"], characters["set"], characters["overset"]))
    yield str(page["lines"])


def _variants(page: PageJson, say: Say) -> str:
    """The variant chosen and why, then what the others would have cost."""
    best, *others = page["variants"]
    rest = [f"{each['name']} {each['refused'] or format(each['cost'], 'g')}" for each in others]
    used = f"{best['name']} {best['cost']:g}" + (say(f"（{best['why']}）", f" ({best['why']})") if best["why"] else "")
    return say(f"第 {page['number']} 版 ", f"page {page['number']}: ") + say("；", "; ").join([used, *rest])


def _concessions(page: PageJson, lang: Lang, say: Say) -> str:
    """How much gave way on a page, the dearest in words: a sum of costs tells an editor nothing of what he will see."""
    changes = sorted(page["changes"], key=lambda change: -change["cost"])
    seen = [
        amount_words(change["what"], change["wanted"], change["got"], change["unit"], lang)
        for change in changes
        if change["cost"] >= SEEN
    ]
    number, cost = page["number"], f"{sum(change['cost'] for change in changes):g}"
    if not seen:
        return say(f"第 {number} 版 {len(changes)} 处，都不显眼", f"page {number}: {len(changes)}, none to be seen")
    named = say("、", ", ").join(seen[:NAMED]) + (say(" 等", " and others") if len(seen) > NAMED else "")
    return say(f"第 {number} 版 {len(changes)} 处，显眼的：{named}（代价共 {cost}）",
               f"page {number}: {len(changes)}, of which are seen: {named} (cost {cost} in all)")  # fmt: skip


def _moved(pages: Sequence[int], say: Say) -> str:
    """Which pages print otherwise than the last seal has them."""
    if not pages:
        return say("与上次的封印相比，没有哪一版变了", "no page, against the last seal")
    named = say("、", ", ").join(map(str, pages))
    return say(f"与上次的封印相比，第 {named} 版", f"page {named}, against the last seal")


def _lacking(checks: Mapping[str, CheckRunJson]) -> list[str]:
    """The checks that no command can run on this machine, because Ghostscript is missing."""
    needing = [check for check, run in checks.items() if run.get("needs") == PLATES]
    return needing if needing and found(PROGRAM) is None else []


def _facts(built: Built, lang: Lang, say: Say) -> Iterator[tuple[str, str]]:
    pages = built.report["pages"]
    if killed := built.report.get("killed", ()):
        yield say("撤稿", "killed"), say("、", ", ").join(killed)
    pictures = [f"{picture['id']} {picture['ppi']}" for page in pages for picture in page["pictures"] if picture["ppi"]]
    if pictures:
        yield say("图片 ppi", "pictures, ppi"), say("，", ", ").join(pictures)
    fonts = sorted({font for page in pages for font in page["fonts"]})
    yield say("字体", "fonts"), say("，", ", ").join(fonts)
    for page in pages:
        if len(page["variants"]) > 1:
            yield say("排法", "variant"), _variants(page, say)
        if page["changes"]:
            yield say("凑版让步", "fitting"), _concessions(page, lang, say)
    for reason in built.report["press"]["reasons"]:
        change = f"{reason['key']} {reason['was']} → {reason['value']}"
        yield say("印厂改动", "press"), f"{change}{say('：', ': ')}{reason['reason']}"
    if lacking := _lacking(built.report.get("checks", {})):
        names = say("、", ", ").join(lacking)
        yield (
            say("没有做", "not run"),
            say(f"{names}：本机没有 {PLATES}，layout preflight 也做不了",
                f"{names}: there is no {PLATES} here, for layout preflight neither"),
        )  # fmt: skip
    if built.moved is not None:
        yield say("版面变动", "changed"), _moved(built.moved, say)
    seal = () if built.is_draft else (built.pdf.parent / seal_name(built.issue_id),)
    written = [built.pdf.parent / each["name"] for each in built.report["files"]]
    yield say("成品", "files"), "  ".join(map(str, (*written, built.report_path, *seal)))
    stages = [
        f"{stage_name(stage, lang)} {seconds:.2f}" for stage, seconds in built.seconds.items() if stage != "total"
    ]
    yield say("用时", "seconds"), f"{built.seconds['total']:.2f} s: {say('，', ', ').join(stages)}"

"""arrange: how a page that the program makes up could be arranged. (Typer reads the annotations while it runs.)"""
# ruff: noqa: PLC0415

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext
from layout.cli.guard import crash_log
from layout.errors import Message, UsageError

if TYPE_CHECKING:
    from layout.pipeline.job import ListedPage


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("arrange"))
    def arrange(
        folder: Annotated[Path, words.argument("DIR")],
        which: Annotated[int | None, words.argument("K", min=1)] = None,
        *,
        page: Annotated[int | None, words.option("--page", metavar="N", min=1)] = None,
        pin: Annotated[bool, words.option("--pin")] = False,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
        in_place: Annotated[bool, words.option("--in-place")] = False,
    ) -> int:
        if which is not None and not pin:
            raise UsageError(
                Message(f"“{which}”前面要有 --pin。", f"“{which}” stands behind --pin."),
                hint=Message(f"layout arrange {folder} --pin {which}", f"layout arrange {folder} --pin {which}"),
            )
        with crash_log(out):
            from layout import pipeline
            from layout.pipeline.output import write_all

            options = pipeline.Options(out=out, pages=str(page) if page else None, lang=context.lang)
            with context.workers(folder, in_place=in_place) as workers, context.progress() as progress:
                found = pipeline.arrangements(folder, options, progress, workers, whole_runs=pin)
            listed = [each for each in found if page in (None, each.plan.number)]
            files = {out / f"{folder.resolve().name}-{each.plan.number}-arrangements.png": _picture(each, context)
                     for each in listed}  # fmt: skip
            if pin:
                from layout.cli.pinned_arrangement import pinned

                written = pinned(folder, found, which or 1, page)
                files[written.path] = written.content
            write_all(files)
            for each, picture in zip(listed, files, strict=False):
                print(_listed(each, context))
                print(picture)
            if pin:
                print(written.told.text(context.lang))
        return 0


def _picture(page: "ListedPage", context: CommandContext) -> bytes:
    from layout.proof.arrangement_json import arrangement_json
    from layout.proof.arrangement_sheet import arrangement_picture

    label = f"第{page.plan.number}版 {page.plan.title}"
    return arrangement_picture(label, arrangement_json(page.report, context.lang), context.lang)


def _listed(page: "ListedPage", context: CommandContext) -> str:
    """The arrangements of a page: number, cost, what each rule comes to, why it lost, and the tree as it is written."""
    from layout.makeup.arrangement_report import rule_words

    report, say, lang = page.report, context.say, context.lang
    over = report.height - report.rows
    head = say(f"第 {page.plan.number} 版 {page.plan.title}", f"page {page.plan.number} {page.plan.title}")
    if over:
        zh, en = ("超出", "high") if over > 0 else ("不足", "low")
        head += say(f"：没有恰好排满的，最近的{zh} {abs(over)} 行",
                    f": none is just full, the nearest {abs(over)} rows too {en}")  # fmt: skip
    lines = [head]
    for number, each in enumerate((report.chosen, *report.others), 1):
        rules = say("，", ", ").join(f"{rule_words(rule, lang)} {cost:g}" for rule, cost in each.by_rule.items())
        why = f"  {each.why.text(lang)}" if each.why else ""
        lines += [f"{number:>2}  {say('代价', 'cost')} {each.cost:g}{why}", f"    {rules}", f"    {each.words}"]
    for zh, en, names in (
        ("用了备稿", "used of the pool", report.pool), ("没有用的备稿", "left of the pool", report.pool_left),
        ("用了补白", "fillers used", report.fillers), ("没有用的补白", "fillers not needed", report.fillers_left),
    ):  # fmt: skip
        if names:
            lines.append(f"    {say(zh, en)}{say('：', ': ')}{say('、', ', ').join(names)}")
    lines += [f"    {each.text(lang)}" for each in report.gave_way]
    return "\n".join(lines)

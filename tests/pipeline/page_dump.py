"""A composed page as text that a sub-editor can read in a diff: frames, their lines, and what was done to each line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from layout.composer import Line
from layout.copyfit.model import ComposedPage
from layout.page.frames import Frame, SetLine

_WORDS = {
    "line_end": "行末",
    "line_start": "行首",
    "word_space": "词间",
    "interpunct": "间隔号",
    "bracket": "括号引号",
    "comma": "逗顿分冒",
    "han_latin": "中西间",
    "stop": "句叹问",
    "word_space+": "词间",
    "han_latin+": "中西间",
    "inter_char+": "字间",
}


def dump(page: ComposedPage) -> str:
    """The page, frame by frame in reading order. Lengths of the page in points, of lines in em (字)."""
    return "\n".join([*_head(page), *_frames(page), ""])


def _head(page: ComposedPage) -> Iterator[str]:
    sheet, area = page.page, page.page.type_area
    size = f"{sheet.width:.1f}×{sheet.height:.1f}"
    yield f"第{sheet.page_no}版 {size} 版心 {area.width:.1f}×{area.height:.1f} 行距 {sheet.row:g}"
    for each in page.concessions:
        unit = {"row": "行", "em/1000": "‰字", "step": "档", "percent": "%", "picture": "幅"}[each.unit]
        yield f"  让步 {each} {each.wanted:g} → {each.got:g} {unit}"
    for finding in page.findings:
        yield f"  {finding.severity.name.lower()} {finding.check} {finding.message.zh}"


def _frames(page: ComposedPage) -> Iterator[str]:
    frames = {frame.id: frame for frame in page.page.frames}
    for key, lines in groupby(page.lines, key=lambda line: line.frame):
        yield from _frame(frames[key], list(lines))


def _frame(frame: Frame, lines: list[SetLine]) -> Iterator[str]:
    box, type_ = frame.box, frame.type
    face = "/".join(type_.roles["plain"].faces)
    yield ""
    yield (
        f"[{frame.chain}] {box.x:.1f},{box.y:.1f} {box.width:.1f}×{box.height:.1f}"
        f" {face} {type_.size:g}/{type_.leading:g}{' 竖排' if type_.vertical else ''}"
    )
    for line in lines:
        yield f"  {line.baseline:8.2f} |{line.line.text}|{_done(line.line)}"


def _done(line: Line) -> str:
    """What was squeezed and stretched: class, how much at each place, how many places."""
    parts = [_amounts(_WORDS[each.kind], each.kind.endswith("+"), each.each) for each in line.adjustments if each.each]
    return "".join(f"  {part}" for part in parts)


def _amounts(word: str, stretched: bool, each: tuple[float, ...]) -> str:
    sign = "+" if stretched else "−"
    shown = [f"{sign}{amount:.3f}×{len(list(same))}" for amount, same in groupby(each, key=lambda x: round(x, 3))]
    return f"{word}{' '.join(shown)}"

"""Case files for ``layout set --cases``: reading them, and comparing what was expected with what came out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypedDict

from layout.composer.classes import marks
from layout.errors import Message, Place, UsageError

NEAR = 0.001
"""Expected widths and adjustments are written to three or four places, in em."""


class CaseExpectation(TypedDict, total=False):
    """What a case expects of the composed lines."""

    lines: list[str]
    width_em: float
    lines_start: list[str]
    not_line_start: str
    adjust: dict[str, dict[str, float | list[float]]]


class LineCase(TypedDict, total=False):
    """A text to be composed; its options are further keys."""

    id: str
    type: str
    text: str
    measure_em: float
    expect: CaseExpectation


def read_cases(file: Path) -> list[LineCase]:
    """The cases of a JSON file: a list of them, or an object that has one as ``vectors`` or ``cases``.

    Raises ``UsageError`` for a file that is not there, not JSON, or has a case without text or measure.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            Message("读不到用例文件。", "The file of cases cannot be read."), place=Place(str(file))
        ) from error
    except json.JSONDecodeError as error:
        place = Place(str(file), error.lineno, error.colno)
        raise UsageError(
            Message("用例文件不是合法的 JSON。", "The file of cases is not valid JSON."), place=place
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            Message("用例文件不是 UTF-8 文本。", "The file is not UTF-8 text."), place=Place(str(file))
        ) from error
    cases: list[LineCase] = data if isinstance(data, list) else _listed(data)
    for number, case in enumerate(cases, start=1):
        if not _is_case(case):
            message = Message(f"第 {number} 例缺 text 或 measure_em。", f"Case {number} lacks text or measure_em.")
            raise UsageError(message, place=Place(str(file)))
    return cases


def _listed(data: object) -> list[LineCase]:
    found = data.get("vectors", data.get("cases")) if isinstance(data, dict) else None
    return found if isinstance(found, list) else [data]  # type: ignore[list-item]  # the caller checks them


def _is_case(case: object) -> bool:
    if not isinstance(case, dict):
        return False
    if is_geometry(case):
        return True
    measured = case.get("type") == "width" or isinstance(case.get("measure_em"), int | float)
    return isinstance(case.get("text"), str) and measured


def is_geometry(case: Mapping[str, object]) -> bool:
    """Whether *case* states a fact of the finished page, which no line composed alone can show."""
    return case.get("type") == "geometry"


def disagreements(case: LineCase, result: Mapping[str, Any]) -> list[Message]:
    """How *result* differs from what *case* expects; nothing when it agrees or nothing is expected."""
    expect = case.get("expect")
    return list(_differences(expect, result)) if isinstance(expect, Mapping) else []


def _differences(expect: CaseExpectation, result: Mapping[str, Any]) -> Iterator[Message]:
    lines = result["lines"] or []
    if "lines" in expect and lines != expect["lines"]:
        wanted = "／".join(expect["lines"])
        yield Message(f"应为 {wanted}", f"expected {wanted}")
    if "width_em" in expect and not _near(result["width_em"], expect["width_em"]):
        yield _differs(Message("宽 width_em", "width_em"), expect["width_em"], result["width_em"])
    for start, line in zip(expect.get("lines_start", ()), lines, strict=False):
        if not line.startswith(start):
            yield Message(f"应以 {start} 开头：{line}", f"should begin with {start}: {line}")
    if "not_line_start" in expect and any(line.startswith(expect["not_line_start"]) for line in lines):
        yield Message(f"{expect['not_line_start']} 不得在行首", f"{expect['not_line_start']} may not begin a line")
    for number, wanted_kinds in expect.get("adjust", {}).items():
        for kind, amount in wanted_kinds.items():
            got = result["adjust"].get(number, {}).get(kind)
            if not _near(got, amount):
                words = marks().words.get(kind, {})
                yield _differs(
                    Message(
                        f"第 {int(number) + 1} 行{words.get('zh', '')} {kind}",
                        f"line {int(number) + 1}: {words.get('en', '')} {kind}",
                    ),
                    amount,
                    got,
                )


def _differs(what: Message, wanted: object, got: object) -> Message:
    zh, en = ("无", "none") if got is None else (got, got)
    return Message(f"{what.zh} 应为 {wanted}，得 {zh}", f"{what.en} should be {wanted}, is {en}")


def _near(got: object, wanted: object) -> bool:
    if isinstance(got, list) and isinstance(wanted, list):
        return len(got) == len(wanted) and all(_near(one, other) for one, other in zip(got, wanted, strict=True))
    if isinstance(got, int | float) and isinstance(wanted, int | float):
        return abs(got - wanted) <= NEAR
    return bool(got == wanted)

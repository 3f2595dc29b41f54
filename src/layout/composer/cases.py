"""Case files: texts with their expected lines, in the shape of the shared CLREQ conformance vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Literal, NotRequired, TypedDict, get_args, get_origin, get_type_hints

from layout.composer.classes import marks
from layout.composer.fixed_metrics import WORD_SPACE, FixedMetrics
from layout.composer.hyphens import language_of, languages
from layout.composer.model import Composition, Line, Setting, Span
from layout.composer.paragraph import compose
from layout.errors import Message, UsageError

Case = Mapping[str, object]
"""As JSON has it: ``id``, ``type``, ``text``, ``measure_em``, ``options``, ``expect``, or the ``rule`` of a fact."""

LineAdjustments = dict[str, float | list[float]]
"""By class: em taken at each place, or em given per gap; ``inter_char_gaps`` is how many gaps took theirs."""


class RemarkJson(TypedDict):
    """A remark of the composition."""

    line: int
    what: str
    amount: float
    torn: NotRequired[str]
    missing: NotRequired[float]


class CaseResult(TypedDict):
    """The result of a case; which keys it has follows from the case's type."""

    id: object
    lines: list[str] | None
    adjust: dict[str, LineAdjustments]
    width_em: float | None
    fact: NotRequired[object]
    line_widths: NotRequired[list[float]]
    remarks: NotRequired[list[RemarkJson]]


class DescribedLine(TypedDict):
    """A composed line."""

    text: str
    width: float
    last: bool
    adjust: LineAdjustments
    rules: dict[str, str]
    loosest_gap: float


class Described(TypedDict):
    """A composed text."""

    measure: float
    lines: list[DescribedLine]
    remarks: list[RemarkJson]


ENDLESS = 1e6
"""A measure that no case fills, in em."""

LITERAL = Setting(
    fit="first",
    indent=0.0,
    word_space=WORD_SPACE,
    last_line_min_han=1,
    keep_number_unit=False,
    keep_titles=0,
    overstretch=True,
    stretch="in-order",
    han_latin_max=0.5,
)
"""The setting of a case that names no option: the house defaults without the house's preferences. CLREQ knows no limit
to the last step of stretching (vector N02 opens its gaps by 0.4 em), so no case is refused for it; and it stretches
step by step, Han–Latin gaps up to half an em first (vector X01)."""

LIMITS: Mapping[str, tuple[float, float]] = {
    "indent": (0, 100),
    "han_latin": (0, 1),
    "han_latin_min": (0, 1),
    "han_latin_max": (0, 2),
    "word_space": (0, 2),
    "tracking": (-0.25, 1),
    "gap_warn": (0, 10),
    "gap_error": (0, 10),
    "keep_limit": (0, 10),
    "keep_names": (0, 10),
    "ruby_overhang": (0, 2),
    "last_line_min_han": (0, 100),
    "keep_titles": (0, 1000),
}
"""Least and most that an option may be, in em (the last two: characters). Beyond them lines run backwards, or a length
is lost in rounding."""

_OWN_NAMES: Mapping[str, Callable[[object], dict[str, object]]] = {
    "autospace": lambda value: {"han_latin": _value("autospace", value, float, "han_latin")},
    "space": lambda value: {"word_space": _value("space", value, float, "word_space")},
    "hanging": lambda value: {"hang": value not in (False, "none", None)},
    "line-break": lambda value: {"kinsoku": {"loose": "basic", "anywhere": "none"}.get(str(value), "strict")},
    "lang": lambda value: {},  # noqa: ARG005  every case is Chinese
}
"""Options whose name or value differs from the setting's."""


def run_cases(cases: Sequence[Case]) -> list[CaseResult]:
    """Composes each case. The results hold its id, lines, adjustments by line, and for width cases the width in em."""
    return [_run(case) for case in cases]


def option_names() -> list[str]:
    """Every option of a case: the setting's fields and the names of CSS and CLREQ that stand for some of them."""
    return [*(one.name for one in fields(Setting)), *_OWN_NAMES]


def changes_of(options: Mapping[str, object]) -> dict[str, object]:
    """The fields of a setting that *options* change; a name that is none of the composer's changes nothing.

    Raises ``UsageError`` for a value the option cannot have.
    """
    kinds = get_type_hints(Setting)
    changes: dict[str, object] = {}
    for written, value in options.items():
        name = written if written in _OWN_NAMES else written.replace("-", "_")
        if name in _OWN_NAMES:
            changes |= _OWN_NAMES[name](value)
        elif name == "hyphenate":
            changes[name] = _language(written, value)
        elif name in kinds:
            changes[name] = _value(written, value, kinds[name], name)
    return changes


def _language(name: str, value: object) -> str:
    try:
        return language_of(value)
    except KeyError as error:
        raise UsageError(
            Message(f"选项 {name} 不能是“{value}”。", f"The option {name} cannot be “{value}”."),
            hint=Message(
                f"可用：0、1（en_US）、{'、'.join(languages())}", f"It can be: 0, 1 (en_US), {', '.join(languages())}"
            ),
        ) from error


def _value(name: str, value: object, kind: object, field: str) -> object:
    """*value* as the setting's *field* holds it; *name* is what the option was called."""
    least, most = LIMITS.get(field, (0.0, 0.0))
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    if choices:
        found = value if value in choices else _SPELT.get(str(value), str(value))
        if found in choices:
            return found
    elif _fits(value, kind) and (field not in LIMITS or not isinstance(value, int | float) or least <= value <= most):
        return tuple(value) if isinstance(value, list) else value
    number = f"{least:g}–{most:g}" if field in LIMITS else "0.25"
    allowed = "、".join(map(str, choices)) or ("true、false" if kind is bool else number)
    raise UsageError(
        Message(f"选项 {name} 不能是“{value}”。", f"The option {name} cannot be “{value}”."),
        hint=Message(f"可用：{allowed}", f"It can be: {allowed}"),
    )


def _fits(value: object, kind: object) -> bool:
    """Whether *value*, as JSON has it, can stand in a field of type *kind*."""
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    if isinstance(value, list | tuple):
        return kind == tuple[str, ...]
    if value is None:
        return kind == float | None
    return isinstance(value, int | float) and kind in (float, int, float | None)


_SPELT = {"全角": "full", "开明": "kaiming", "行末半角": "line-end-half", "半角": "half", "full-width": "full"}
"""The trade's names of the styles of marks."""


def setting_of(case: Case) -> Setting:
    """The setting a case asks for. An option that is none of the composer's changes nothing.

    Raises ``UsageError`` for a value an option cannot have.
    """
    options = case.get("options")
    changes = changes_of(options if isinstance(options, Mapping) else {})
    if case.get("type") == "para":
        expect = case.get("expect")
        wanted = expect.get("last_line_min_han") if isinstance(expect, Mapping) else None
        changes.setdefault("last_line_min_han", wanted or Setting().last_line_min_han)
    return replace(LITERAL, **changes)  # type: ignore[arg-type]  # changes_of has looked at every value


def _run(case: Case) -> CaseResult:
    result: CaseResult = {"id": case.get("id"), "lines": None, "adjust": {}, "width_em": None}
    if case.get("type") == "geometry":
        return {**result, "fact": marks().facts.get(str(case.get("rule")))}
    setting, text = setting_of(case), str(case.get("text", ""))
    if case.get("type") == "width":
        return {**result, "width_em": _solid_width(text, setting)}
    measure = case.get("measure_em")
    width = float(measure) if isinstance(measure, int | float) and measure else ENDLESS
    composed = compose([Span(text, ())], setting, width, FixedMetrics())
    return {
        **result,
        "lines": [line.text.strip(" \n") for line in composed.lines],
        "adjust": {str(k): adjust for k, line in enumerate(composed.lines) if (adjust := adjustments(line))},
        "line_widths": [round(line.width, 4) for line in composed.lines],
        "remarks": remarks(composed),
    }


def _solid_width(text: str, setting: Setting) -> float:
    """The width of *text* between two Han characters, the gaps to them included."""
    flat = replace(setting, align="start", indent=0.0, ellipses_alone=False)  # a width is that of one line
    composed = compose([Span(f"国{text}国", ())], flat, ENDLESS, FixedMetrics())
    return round(composed.lines[0].width - 2, 4)


def adjustments(line: Line) -> LineAdjustments:
    """A line's adjustments by class: em taken at each place; em given per gap (``+``), and how many gaps took it."""
    found: LineAdjustments = {}
    for one in line.adjustments:
        each = [round(amount, 4) for amount in one.each]
        if not one.kind.endswith("+"):
            found[one.kind] = each
            continue
        found[one.kind] = each[0] if len(set(each)) == 1 else each
        if one.kind == "inter_char+":
            found["inter_char_gaps"] = len(each)
    return found


def remarks(composed: Composition) -> list[RemarkJson]:
    """The composition's remarks, as JSON holds them."""
    found: list[RemarkJson] = []
    for one in composed.remarks:
        found.append({"line": one.line, "what": one.what, "amount": round(one.amount, 4)})
        if one.torn:
            found[-1]["torn"] = one.torn
        if one.missing:
            found[-1]["missing"] = round(one.missing, 4)
    return found


def describe(text: str, measure: float, options: Mapping[str, object] | None = None) -> Described:
    """*text* set at *measure* em with fixed widths: every line with its adjustments, their rules and its gaps.

    Raises ``UsageError`` for a value an option cannot have.
    """
    changes = {"word_space": WORD_SPACE} | changes_of(options or {})
    setting = replace(Setting(), **changes)  # type: ignore[arg-type]  # changes_of has looked at every value
    composed = compose([Span(text, ())], setting, measure, FixedMetrics())
    return {
        "measure": measure,
        "lines": [_described(line) for line in composed.lines],
        "remarks": remarks(composed),
    }


def _described(line: Line) -> DescribedLine:
    return {
        "text": line.text,
        "width": round(line.width, 4),
        "last": line.last,
        "adjust": adjustments(line),
        "rules": {one.kind: one.rule for one in line.adjustments},
        "loosest_gap": round(line.loosest_gap, 4),
    }

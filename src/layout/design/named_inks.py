"""The inks that a design names, and the faults of a colour that it writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tinycss2.ast import FunctionBlock, HashToken, IdentToken, Node
from tinycss2.color5 import Color, parse_color

from layout.design.cmyk import Cmyk, same_inks, shown, written
from layout.design.design_files import read_design_toml
from layout.design.ink_function import FUNCTION, inks_of_function, wrong_with_function
from layout.errors import Message, Place, TemplateError
from layout.toml_files.reading import TomlValue

CMYK = "device-cmyk"
_PLAIN = {(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}
"""Black and white, which are K and bare paper however they are written."""
_FUNCTIONS = {
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark",
}  # fmt: skip


@dataclass(slots=True)
class Inks:
    """The inks a design names, and the custom properties by which its CSS knows them."""

    named: Mapping[str, Cmyk] = field(default_factory=dict)
    properties: dict[str, Cmyk] = field(default_factory=dict)

    def instead_of(self, rgb: tuple[float, float, float] | None) -> Message:
        """The hint for a colour that the press cannot print; None where its RGB is unknown."""
        nearest = min(self.named, key=lambda name: _distance(rgb, shown(self.named[name])), default="") if rgb else ""
        if not nearest:
            example = written(_separated(rgb)) if rgb else "device-cmyk(0 1 0.95 0.04)"
            return Message(f"写成油墨，如 {example}。", f"Write inks, for example {example}.")
        value = self.named[nearest]
        properties = (f"var({name})" for name, inks in self.properties.items() if same_inks(inks, value))
        how = next(properties, f"{FUNCTION}({nearest})")
        return Message(f"最接近的油墨是 {nearest}：写 {how}。", f"The nearest ink is {nearest}: write {how}.")


def read_inks(folder: Path) -> Inks:
    """The ``[inks]`` of *folder*'s design.toml, percentages there; none when there is no such file or table.

    Raises ``TemplateError`` for a file that is no TOML and for an ink that is not four percentages.
    """
    toml = read_design_toml(folder)
    table = toml.values.get("inks") if toml else None
    if toml is None or not isinstance(table, dict):
        return Inks()
    return Inks({name: _ink(name, value, toml.key("inks", name)) for name, value in table.items()})


def _ink(name: str, value: TomlValue, place: Place) -> Cmyk:
    listed = value if isinstance(value, list) else []
    numbers = [float(part) for part in listed if isinstance(part, int | float)]
    if len(numbers) != 4 or len(listed) != 4 or not all(0 <= number <= 100 for number in numbers):
        raise TemplateError(
            Message(
                f"油墨“{name}”要写成四个 0–100 的百分数", f"the ink “{name}” must be four percentages from 0 to 100"
            ),
            place=place,
            hint=Message(f"如 {name} = [0, 100, 95, 4]", f"for example {name} = [0, 100, 95, 4]")
            if not isinstance(value, str | dict)
            else Message(f"出的文件只有青品黄黑四块版，没有专色：写它的四色近似值，如 {name} = [0, 100, 95, 4]",
                         "what we print has four plates and no spot inks: write the process inks that come nearest, for"
                         f" example {name} = [0, 100, 95, 4]"),
        )  # fmt: skip
    c, m, y, k = (number / 100 for number in numbers)
    return c, m, y, k


def wrong_with(token: Node, inks: Inks, *, bare_words: bool = True) -> tuple[Message, Message] | None:
    """What is wrong with a CSS value that may be a colour, and what to write instead; None when nothing is.

    *bare_words*: whether a plain word here can be a colour (``red`` is one in ``color: red``, not in
    ``font-family: Red``).
    """
    if isinstance(token, FunctionBlock):
        name = token.lower_name
        if name in (CMYK, FUNCTION):
            return _wrong_inks(token) if name == CMYK else wrong_with_function(token, inks.named)
        if name not in _FUNCTIONS:
            return None
    elif not isinstance(token, HashToken) and not (bare_words and isinstance(token, IdentToken)):
        return None
    found = parse_color(token)
    if found is None or isinstance(found, str):
        return None if isinstance(token, IdentToken | HashToken) or found else _refused(token.serialize(), None, inks)
    rgb = _rgb(found)
    if rgb is not None and (rgb in _PLAIN or not found.alpha):
        return None
    return _refused(token.serialize(), rgb, inks)


def _refused(text: str, rgb: tuple[float, float, float] | None, inks: Inks) -> tuple[Message, Message]:
    return Message(f"{text} 不是油墨，上不了机", f"{text} is no ink: the press cannot print it"), inks.instead_of(rgb)


def _wrong_inks(token: FunctionBlock) -> tuple[Message, Message] | None:
    """The fault of inks above 1, which CSS takes for 1 in silence; a designer may have meant per cent."""
    color = parse_color(token)
    text = token.serialize()
    if color is None:
        inside = [part for part in token.arguments if getattr(part, "lower_name", "") in ("var", "calc")]
        if inside:
            return None
        return (
            Message(f"{text} 写得不对", f"{text} is not four inks"),
            Message(
                "写成 device-cmyk(青 品 黄 黑)，各 0–1 或百分数。",
                "Write device-cmyk(c m y k), each 0 to 1 or per cent.",
            ),
        )
    numbers = [part.value for part in token.arguments if part.type == "number"][:4]
    if any(number > 1 for number in numbers):
        meant = written(tuple(number / 100 for number in numbers)) if len(numbers) == 4 else "100%"
        return (
            Message(f"{text} 的油墨超过 1：1 就是 100 %", f"{text} has inks above 1, and 1 is 100 %"),
            Message(f"写成 {meant}，或用百分数。", f"Write {meant}, or per cent."),
        )
    return None


def inks_of(token: Node, inks: Inks) -> Cmyk | None:
    """The inks of an ``ink()``, or of a ``device-cmyk()`` without transparency; None for anything else."""
    if isinstance(token, FunctionBlock) and token.lower_name == FUNCTION:
        return inks_of_function(token, inks.named)
    if not isinstance(token, FunctionBlock) or token.lower_name != CMYK:
        return None
    color = parse_color(token)
    if color is None or color.alpha < 1:
        return None
    c, m, y, k = color.coordinates
    return c, m, y, k


def _rgb(color: Color) -> tuple[float, float, float] | None:
    try:
        red, green, blue = color.to("srgb").coordinates
    except (NotImplementedError, ValueError):
        return None
    return red or 0.0, green or 0.0, blue or 0.0


def _separated(rgb: tuple[float, float, float]) -> Cmyk:
    """A first guess at the inks of an RGB colour, in twentieths."""
    black = 1 - max(rgb)
    inks = [(1 - value - black) / (1 - black) if black < 1 else 0.0 for value in rgb]
    c, m, y, k = (round(value * 20) / 20 for value in (*inks, black))
    return c, m, y, k


def _distance(one: tuple[float, float, float] | None, other: tuple[float, float, float]) -> float:
    """Weighted as the eye is: the "redmean" formula."""
    assert one is not None
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    mean = (one[0] + other[0]) / 2
    return (2 + mean) * red**2 + 4 * green**2 + (3 - mean) * blue**2

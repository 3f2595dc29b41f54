"""Finds a press profile's ICC file, and has it used once before it is believed: a header says little."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from layout import assets
from layout.errors import MaterialError, Message, Place
from layout.press.icc import read_header

ASK = Message(
    "请向印厂索取输出用的 ICC 文件（prtr、CMYK）。", "Ask the plant for its output profile (class prtr, space CMYK)."
)


def icc_file(name: str, folders: Sequence[Path], place: Place, intent: str) -> Path:
    """The absolute path of the ICC file *name*, from the first of *folders* that has it.

    It must be a printer's CMYK profile, as long as it says, and able to turn sRGB into ink by *intent*, and ink into
    what the eye sees. Raises ``MaterialError`` at *place* when there is none or it will not do.
    """
    for folder in folders:
        path = (folder / name).resolve()
        if path.is_file() and path.is_relative_to(folder.resolve()):
            data = path.read_bytes()
            _of_a_press(data, name, place)
            if path.parent != assets.press_dir().resolve():  # the program's own are used in its tests, all of them
                _try(data, name, place, intent)
            return path
    message = Message(f"找不到印厂规范要用的 ICC 文件“{name}”。", f"The press profile's ICC file “{name}” is missing.")
    beside = folders[0].name
    hint = Message(
        f"把它放到 {beside}/ 里，与规范文件并排。", f"Put it into {beside}/, beside the profile's TOML file."
    )
    raise MaterialError(message, place=place, hint=hint)


def _of_a_press(data: bytes, name: str, place: Place) -> None:
    header = read_header(data)
    if header is None or not header.prints_cmyk:
        kind = f"{header.device_class} {header.colour_space}" if header else Path(name).suffix or "?"
        message = Message(
            f"“{name}”不是印刷机的 CMYK 特性文件（{kind}）。", f"“{name}” is not a CMYK printer profile ({kind})."
        )
        raise MaterialError(message, place=place, hint=ASK)
    if header.size != len(data):  # ICC.1:2010 §7.2.2
        message = Message(
            f"ICC 文件“{name}”不完整：自称 {header.size:,} 字节，实有 {len(data):,}。",
            f"The ICC file “{name}” is not whole: it says {header.size:,} bytes and has {len(data):,}.",
        )
        hint = Message("请重新拷贝一份，或向印厂再要。", "Copy it again, or ask the plant for it.")
        raise MaterialError(message, place=place, hint=hint)


def _try(data: bytes, name: str, place: Place, intent: str) -> None:
    from layout.press.icc_trial import converts  # noqa: PLC0415  (loads Pillow, for a plant's own file alone)

    if not converts(data, intent):
        message = Message(f"ICC 文件“{name}”用不了：用它换算不了颜色。",
                          f"The ICC file “{name}” cannot be used: no colour can be converted with it.")  # fmt: skip
        raise MaterialError(message, place=place, hint=ASK)

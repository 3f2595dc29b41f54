"""How much of a JPEG is damaged: libjpeg-turbo's warnings, which Pillow does not hand on, and where the damage begins.

A scan that has lost bytes is decoded on regardless, with other colours and out of step. simplejpeg says whether
libjpeg-turbo had anything to remark; only then the scan is read here, code by code, for the first that cannot be
(ITU-T T.81, annex F). That takes seconds for a large picture, but no page is printed with a damaged one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module

_WARNING = "Corrupt JPEG data"
_SYMBOLS = 30_000_000
"""Codes that are read at most; a picture of 50 million pixels has about so many."""
_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_BASELINE = (0xC0, 0xC1)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def damaged_share(data: bytes) -> float:
    """The share of the picture, from 0 to 1, that is damaged or comes after damage; 0 for a sound one."""
    try:
        # Not at the top: numpy, on which it stands, is loaded only where a photograph is developed.
        import_module("simplejpeg").decode_jpeg(data, "GRAY", min_height=1, min_width=1, min_factor=8, strict=True)
    except ValueError as error:
        if not str(error).startswith(_WARNING):  # colours that it cannot convert; Pillow reads them, or says why not
            return 0.0
    else:
        return 0.0
    try:
        return _share(data)
    except (IndexError, KeyError, ValueError):  # its tables are damaged too
        return 1.0


@dataclass
class _Frame:
    """What stands before the scan."""

    width: int = 0
    height: int = 0
    baseline: bool = False
    sampling: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of each component, how many blocks it has in an MCU, across and down."""
    tables: dict[int, list[int]] = field(default_factory=dict)
    """By class and number, for every 16 bits the length of the code that they begin with and its symbol."""
    interval: int = 0
    """MCUs between restart markers; 0 for none."""

    @property
    def mcus(self) -> int:
        across = 8 * max(h for h, _ in self.sampling.values())
        down = 8 * max(v for _, v in self.sampling.values())
        return -(-self.width // across) * -(-self.height // down)


def _share(data: bytes) -> float:
    """The share from the first code on that cannot be; all of a picture whose scans are not one after another."""
    frame, position = _Frame(), 2
    while data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4], "big")
        segment = data[position + 4 : position + 2 + length]
        position += 2 + length
        if marker == 0xDA:
            break
        _take(frame, marker, segment)
    count = segment[0]
    if not frame.baseline or count != len(frame.sampling):
        return 1.0
    components = [(segment[1 + 2 * n], segment[2 + 2 * n]) for n in range(count)]
    blocks = [
        (component, frame.tables[tables >> 4], frame.tables[16 + (tables & 15)])
        for component, tables in components
        for _ in range(frame.sampling[component][0] * frame.sampling[component][1] if count > 1 else 1)
    ]
    end = _SCAN_END.search(data, position)
    scan = data[position : end.start() if end else len(data)]
    bad, total = 0, frame.mcus
    parts = _RESTART.split(scan) if frame.interval else [scan]
    for number, part in enumerate(parts):
        wanted = min(frame.interval or total, total - number * frame.interval)
        bad += wanted - _readable(part.replace(b"\xff\x00", b"\xff"), blocks, wanted)
    bad += max(0, total - len(parts) * frame.interval) if frame.interval else 0
    # libjpeg-turbo had something to remark, and every code can be: it came out of step and into step again.
    return min(bad, total) / total if bad > 0 else 1.0


def _take(frame: _Frame, marker: int, segment: bytes) -> None:
    if marker in _FRAMES:
        frame.baseline = marker in _BASELINE
        frame.height, frame.width = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big")
        for n in range(segment[5]):
            component, sampling = segment[6 + 3 * n], segment[7 + 3 * n]
            frame.sampling[component] = sampling >> 4, sampling & 15
    elif marker == 0xDD:
        frame.interval = int.from_bytes(segment[:2], "big")
    elif marker == 0xC4:
        position = 0
        while position < len(segment):
            counts = segment[position + 1 : position + 17]
            symbols = segment[position + 17 : position + 17 + sum(counts)]
            frame.tables[segment[position]] = list(_codes(counts, symbols))
            position += 17 + sum(counts)


def _codes(counts: bytes, symbols: bytes) -> Iterator[int]:
    """For all 16 bits in order, ``length << 8 | symbol`` of the code that they begin with; 0 where they begin none."""
    given, position = 0, 0
    for length, count in enumerate(counts, 1):
        for symbol in symbols[position : position + count]:
            many = 1 << (16 - length)
            yield from [length << 8 | symbol] * many
            given += many
        position += count
    yield from [0] * (65536 - given)


_Blocks = list[tuple[int, list[int], list[int]]]
"""The blocks of an MCU: the component of each, and its tables of the first and of the other coefficients."""


def _readable(scan: bytes, blocks: _Blocks, wanted: int) -> int:  # noqa: PLR0912  (a call a code would be too slow)
    """How many MCUs of a scan can be read before a code that cannot be, or before it ends."""
    position = held = bits = spent = 0
    last = dict.fromkeys((component for component, _, _ in blocks), 0)
    for mcu in range(wanted):
        if position > len(scan) + 8 or spent > _SYMBOLS:
            return mcu
        for component, dc, ac in blocks:
            k = 0
            while k < 64:
                while bits < 32:
                    held = (held & 0xFFFFFFFF) << 8 | (scan[position] if position < len(scan) else 0)
                    position, bits = position + 1, bits + 8
                code = (ac if k else dc)[(held >> (bits - 16)) & 0xFFFF]
                size = code & 15 if k else code & 0xFF
                bits -= code >> 8
                if code == 0 or size > (10 if k else 11):
                    return mcu
                spent += 1
                if not k:
                    if size:
                        value = (held >> (bits - size)) & ((1 << size) - 1)
                        last[component] += value if value >> (size - 1) else value - (1 << size) + 1
                        bits -= size
                        if abs(last[component]) > 2047:  # no sample of eight bits comes to more
                            return mcu
                    k = 1
                elif size:
                    bits -= size
                    k += (code >> 4 & 15) + 1
                    if k > 64:
                        return mcu
                elif code & 0xF0 == 0xF0:
                    k += 16
                    if k > 64:
                        return mcu
                else:
                    break
    return wanted

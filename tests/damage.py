"""Files with slips in them: bytes changed, cut, repeated and put in at random places. The same seed, the same file."""

from __future__ import annotations

import io
import random

from PIL import Image

SNIPPETS = (b" /", b"<<", b">>", b"[", b" null ", b" -1e99 ", b"(", b"/Name#ff", b" 99 0 R ", b" 1 0 R ", b" true ",
            b" q ")  # fmt: skip
KINDS = (("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"),
         ("TIFF", "CMYK"), ("TIFF", "1"), ("WEBP", "RGB"), ("GIF", "P"), ("BMP", "RGB"))  # fmt: skip
"""Formats and modes of pictures."""


def damaged(data: bytes, seed: int) -> bytes:
    """*data* with up to thirty slips in it."""
    choose = random.Random(seed)
    out = bytearray(data)
    for _ in range(choose.randrange(1, 30)):
        at = choose.randrange(len(out))
        match choose.randrange(5):
            case 0:
                out[at] = choose.randrange(256)
            case 1:
                del out[at : at + choose.randrange(1, 40)]
            case 2:
                out[at:at] = choose.choice(SNIPPETS)
            case 3:
                other = choose.randrange(len(out))
                out[at : at + 20] = out[other : other + 20]
            case _ if choose.random() < 0.1:
                del out[at:]
        if len(out) < 64:
            break
    return bytes(out)


def small_pictures() -> list[bytes]:
    """A small picture of each kind."""
    noise = Image.effect_noise((160, 120), 60)
    made = []
    for kind, mode in KINDS:
        image = noise.convert("I;16") if mode == "I;16" else noise.convert("RGB").convert(mode)
        out = io.BytesIO()
        image.save(out, kind)
        made.append(out.getvalue())
    return made

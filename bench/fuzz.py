"""``python bench/fuzz.py [--files 2000] [--pictures 400] [--seed 1]``: damaged files give findings or refusals.

PDFs: the tests' clean page unpacked, and the sample issue's press file, with bytes changed, cut, repeated and put in at
random places; each is judged with every check that needs no other program, by a press that is strict about all, and
written as the HTML report's text (no pictures). Pictures: one of each kind, damaged the same way, prepared for a page.
The same seed gives the same files. Told are how many were refused, the slowest, and the memory at its height; a
traceback ends the run with the seed that made it, and with exit code 1.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pikepdf
from PIL import Image

from layout import assets
from layout.errors import LayoutError
from layout.pictures import PictureRequest, prepare_many
from layout.pipeline import Options, build
from layout.preflight.job import Expected
from layout.preflight.judge import judge
from layout.press.load import load_profile
from layout.press.model import PressProfile

ROOT = Path(__file__).resolve().parents[1]
ISSUE = ROOT / "issues" / "tunliu-2026"
SNIPPETS = (
    b" /",
    b"<<",
    b">>",
    b"[",
    b" null ",
    b" -1e99 ",
    b"(",
    b"/Name#ff",
    b" 99 0 R ",
    b" 1 0 R ",
    b" true ",
    b" q ",
)
KINDS = (("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"),
         ("TIFF", "CMYK"), ("TIFF", "1"), ("WEBP", "RGB"), ("GIF", "P"), ("BMP", "RGB"))  # fmt: skip


def damaged(data: bytes, choose: random.Random) -> bytes:
    """*data* with up to thirty slips in it."""
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


def pdfs(folder: Path) -> list[bytes]:
    """What is damaged: a page with nothing packed, and a real one as the press gets it."""
    # By its path: a folder of tests and a bench have the same name.
    spec = spec_from_file_location("support", ROOT / "tests" / "preflight" / "support.py")
    assert spec is not None
    assert spec.loader is not None
    support = module_from_spec(spec)
    spec.loader.exec_module(support)
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        plain = support.saved(
            pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return [plain, build(ISSUE, Options(out=folder, png=False)).pdf.read_bytes()]


def pictures() -> list[bytes]:
    """A small one of each kind."""
    noise = Image.effect_noise((160, 120), 60)
    made = []
    for kind, mode in KINDS:
        image = noise.convert("I;16") if mode == "I;16" else noise.convert("RGB").convert(mode)
        out = io.BytesIO()
        image.save(out, kind)
        made.append(out.getvalue())
    return made


def runs(wanted: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every damaged file, by the name that makes it again, and what is done with it."""
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    strict = replace(press, transparency=False, pages_multiple=2, bleed_mm=3.0, marks=True, safe_mm=5.0)
    plan = Expected(1, (400.0, 300.0), "两会特刊", frozenset({"Test Song"}), (frozenset("K"),))
    bases, photographs = pdfs(folder), pictures()
    for number in range(wanted.files):
        choose = random.Random(wanted.seed * 1_000_000 + number)
        # Of the real page, which takes a hundred times as long, every twentieth.
        pdf = damaged(bases[number % 20 == 0], choose)
        yield f"pdf {number}", lambda pdf=pdf: judge(pdf, strict, plan)
    for number in range(wanted.pictures):
        choose = random.Random(wanted.seed * 2_000_000 + number)
        path = folder / f"{number}.picture"
        path.write_bytes(damaged(photographs[number % len(photographs)], choose))
        yield f"picture {number}", lambda path=path: prepared(path, press, folder)


def prepared(path: Path, press: PressProfile, folder: Path) -> None:
    prepare_many([PictureRequest(path, 72, 54)], profile=press, cache_dir=folder / "cache")
    path.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    refused, slowest, done = 0, (0.0, ""), 0
    with tempfile.TemporaryDirectory() as name:
        for run, work in runs(wanted, Path(name)):
            began = time.process_time()
            try:
                work()
            except LayoutError:
                refused += 1
            except Exception:
                print(f"seed {wanted.seed}: {run}", file=sys.stderr)
                raise
            done += 1
            slowest = max(slowest, (time.process_time() - began, run))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {
        "files": done,
        "refused": refused,
        "slowest, CPU s": [round(slowest[0], 2), slowest[1]],
        "memory, MiB": memory,
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())

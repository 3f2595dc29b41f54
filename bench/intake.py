"""Copy in: what an import of a Word file costs beside python-docx's own reading of it.

``python bench/intake.py [--out FILE]``. The file has twenty pages and ten photographs; both sides run in this process,
warm, in turn; times are medians. python-docx's reading is what its users write: all paragraphs and cells as text, and
the bytes of every picture. An import is all that ``layout import`` does but for Python's start: read, parts guessed,
manuscript written and held against what was received, pictures measured and copied, issue.toml.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
from PIL import Image

from layout.intake.word import read_word
from layout.issue_writing.imported_issue import import_issue

PAGES, PICTURES = 20, 10
CHARACTERS = 1_000
"""Of a page of A4 in 仿宋 16 pt, as offices set them, with their headings."""
SENTENCES = (
    "全区上下深入推进转型发展，全年谋划重点项目三百三十二个，总投资八百九十三亿元。",
    "记者从发布会上获悉，一季度地区生产总值同比增长百分之五点六，群众满意度明显提高。",
    "会议强调，要坚持问题导向，压实各方责任，把民生实事办到群众心坎上。",
)
MOST = 2.0


def twenty_pages() -> bytes:
    """The Word file: headings, bold words, two tables, ten photographs of some 200 kB with captions."""
    chance = random.Random(17)
    document = docx.Document()
    document.add_heading("临溪县灌区改造惠民生", 0)
    for page in range(PAGES):
        document.add_heading(f"第{page + 1}节", 1)
        written = 0
        while written < CHARACTERS:
            paragraph = document.add_paragraph()
            for sentence in chance.choices(SENTENCES, k=4):
                paragraph.add_run(sentence).bold = chance.random() < 0.1
                written += len(sentence)
        if page % 2:
            noise = Image.frombytes("RGB", (480, 320), chance.randbytes(480 * 320 * 3)).resize((1600, 1067))
            out = io.BytesIO()
            noise.save(out, "JPEG", quality=60)
            document.add_picture(io.BytesIO(out.getvalue()))
            document.add_paragraph(f"图为第{page}处工地。李四 摄", style="Caption")
        if page % 10 == 5:
            table = document.add_table(8, 4)
            for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
                cell.text = f"项目{index}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_python_docx(data: bytes) -> int:
    """Characters and bytes that python-docx's own API gives."""
    document = docx.Document(io.BytesIO(data))
    words = sum(len(paragraph.text) for paragraph in document.paragraphs)
    words += sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)
    return words + sum(len(part.blob) for part in document.part.package.image_parts)


def median(task: Callable[[], object], rounds: int) -> float:
    """Seconds of processor time."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    data = twenty_pages()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "来稿.docx"
        source.write_bytes(data)
        numbers = iter(range(1_000))

        def imported() -> None:
            into = Path(folder) / f"issue-{next(numbers)}"
            import_issue([source], into, design="tabloid-river", day=date(2026, 1, 5))

        by_python_docx(data), read_word(data, source.name), imported()
        theirs = median(lambda: by_python_docx(data), options.rounds)
        ours = median(lambda: read_word(data, source.name), options.rounds)
        whole = median(imported, options.rounds)
    result = {
        "file_bytes": len(data),
        "python_docx_seconds": round(theirs, 4),
        "read_seconds": round(ours, 4),
        "import_seconds": round(whole, 4),
        "read_ratio": round(ours / theirs, 2),
        "import_ratio": round(whole / theirs, 2),
    }
    print(json.dumps(result, indent=1))
    if options.out:
        options.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return int(result["import_ratio"] > MOST)


if __name__ == "__main__":
    raise SystemExit(main())

"""The seal as a file, ``<issue>.seal.json``: its name and its content. docs/seal.schema.json describes it, and
``seal_reading`` reads it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from layout.press.profile_values import values_of
from layout.seal.digests import digest_of_json

if TYPE_CHECKING:  # a build writes its seal when all of these are there
    from layout.json_values import JsonObject, JsonValue
    from layout.preflight.page_geometry import PageGeometry, PrintedText
    from layout.seal.model import Seal, SealedPage

SCHEMA = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""

ENDING = ".seal.json"
"""What follows the issue's name."""


def seal_name(issue: str) -> str:
    """The name of the file that seals *issue*."""
    return f"{issue}{ENDING}"


def seal_bytes(seal: Seal) -> bytes:
    """The content of the seal's file: UTF-8, the same for the same seal; each page, source and file in a line."""
    made = _as_json(seal)
    lines = [
        f"{json.dumps(key)}: {_in_lines(value)}" for key, value in {**made, "sha256": digest_of_json(made)}.items()
    ]
    # A file's name may not be UTF-8: what stands for its bytes is written as JSON escapes it.
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def _in_lines(value: JsonValue) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _as_json(seal: Seal) -> JsonObject:
    return {
        "schema": SCHEMA,
        "issue": seal.issue,
        "title": seal.title,
        "date": seal.date,
        "complete": seal.complete,
        "program": seal.program,
        "versions": dict(seal.versions),
        "design": {"name": seal.design, "sha256": seal.design_sha256},
        "press": {"name": seal.press.name, "icc_sha256": seal.icc, "profile": values_of(seal.press)},
        "sources": [{key: value for key, value in asdict(each).items() if value} for each in seal.sources],
        "pages": [_page(page) for page in seal.pages],
        "files": [{"name": each.name, "bytes": each.size, "sha256": each.sha256} for each in seal.files],
    }


def _page(page: SealedPage) -> JsonObject:
    copy, set_, shown = page.characters
    return {
        "number": page.number,
        "sha256": page.part.sha256,
        "part": page.part.as_json(),
        "characters": {"copy": copy, "set": set_, "page": shown},
        "faults": list(page.faults),
        "objects": cast("JsonObject", page.objects.as_json()),
        "geometry": page.geometry.as_json(),
        "reads": [each.text if each is not None else "" for each in texts_of(page.geometry)],
        "look": page.look.as_json() if page.look is not None else None,
    }


def texts_of(geometry: PageGeometry) -> list[PrintedText | None]:
    """What the finished page reads: paragraph by paragraph, then what stands in none."""
    return [*(each.printed for each in geometry.paragraphs), geometry.rest]

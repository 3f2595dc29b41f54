"""The hashes by which copy and values are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from layout.json_values import JsonValue


def digest_of_texts(texts: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The hash of texts: of each the name of its flow, and its paragraphs in order."""
    return digest_of_json([[flow, list(paragraphs)] for flow, paragraphs in texts])


def digest_of_json(value: JsonValue) -> str:
    """The SHA-256 of *value* in one way of writing: UTF-8, keys sorted, no white space between."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

"""The hash of copy as it was read, by which the same words are known whatever lines of a manuscript hold them."""

from __future__ import annotations

from collections.abc import Iterable

from layout.manuscript.model import Text
from layout.seal.digests import digest_of_texts


def digest_of_copy(texts: Iterable[Text]) -> str:
    """The hash of *texts*: of each its flow and its paragraphs, without their marks."""
    return digest_of_texts([(str(text.flow), [each.text for each in text.paragraphs]) for text in texts])

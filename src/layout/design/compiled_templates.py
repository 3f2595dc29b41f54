"""Templates that were compiled before, by their text: Jinja's own interface for that, over our cache.

In memory alone: what lies on disk would be code that the next process runs.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2.bccache import Bucket, BytecodeCache

from layout.outcome_cache import Codec, OutcomeCache, key_of


class CompiledTemplates(BytecodeCache):
    """The code of templates as one kind of environment compiles them."""

    def __init__(self, environment: type):
        self._environment = environment.__qualname__

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What Jinja calls for the name of a template's code."""
        return key_of(self._environment, name, filename or "")

    def get_source_checksum(self, source: str) -> str:
        """What Jinja calls to know a text again."""
        return key_of(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """What Jinja calls before it compiles a template."""
        code = compiled().get(key_of(bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """What Jinja calls with the code of a template that it has compiled."""
        code = bucket.bytecode_to_string()
        compiled().put(key_of(bucket.key, bucket.checksum), code, len(code))


@lru_cache(maxsize=1)
def compiled() -> OutcomeCache[bytes]:
    """All that is compiled in this process."""
    return OutcomeCache(Codec("compiled", bytes, bytes, str), None)

"""What a build does, counted by stage: what is remembered from the build before is not done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import weasyprint

from layout.design.known_looks import known_looks
from layout.design.template_sandbox import Sandbox
from layout.galley.paragraph_memory import ParagraphMemory
from layout.outcome_cache import FOLDER
from layout.pictures import making
from layout.pipeline.outcomes import outcomes_in

STAGES = ("templates", "linted", "layouts", "paragraphs", "pictures", "finished", "followed")
"""Templates compiled, looks at files of the design, layouts by WeasyPrint, paragraphs composed, pictures developed,
drawings finished and drawings followed.
"""


class WorkDone:
    """The counts of builds in this process, whose cache is the folder *cache*."""

    def __init__(self, cache: Path):
        self._folder = cache / FOLDER
        self._cache = cache
        self._counts = dict.fromkeys(STAGES, 0)

    def of(self, build: Callable[[], object]) -> Mapping[str, int]:
        """What *build* does."""
        before = self._all()
        build()
        return {stage: count - before[stage] for stage, count in self._all().items()}

    def _all(self) -> Mapping[str, int]:
        known = outcomes_in(self._cache)
        return {
            **self._counts, "linted": known_looks(self._folder).tally.missing,
            "finished": known.finished.tally.missing, "followed": known.followed.tally.missing,
        }  # fmt: skip

    @contextmanager
    def counting(self) -> Iterator[WorkDone]:
        """Counts while the context lasts."""
        composed = ParagraphMemory.get

        def asked(memory: ParagraphMemory, key: object, work: Callable[[], object]) -> object:
            return composed(memory, key, self._counted("paragraphs", work))

        with (
            patch.object(Sandbox, "_generate", self._counted("templates", Sandbox._generate)),
            patch.object(weasyprint.HTML, "render", self._counted("layouts", weasyprint.HTML.render)),
            patch.object(making, "develop", self._counted("pictures", making.develop)),
            patch.object(ParagraphMemory, "get", asked),
        ):
            yield self

    def _counted(self, stage: str, work: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **options: object) -> object:
            self._counts[stage] += 1
            return work(*arguments, **options)

        return counted

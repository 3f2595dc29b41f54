"""--cluster: the machines that make the pages or the issues."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from layout.errors import Message, UsageError

if TYPE_CHECKING:
    from layout.pipeline.remote import RemoteExecutor

ENGINE = "distributed==2026.8.0"
"""What the extra ``cluster`` of pyproject.toml asks for."""


@contextmanager
def machines(address: str, folders: Sequence[Path]) -> Iterator[RemoteExecutor]:
    """The machines of the cluster at *address*, which must see *folders*: see ``cluster.on_cluster``.

    Raises ``UsageError`` as that does, and where dask.distributed is not installed.
    """
    from layout.pipeline.cache_folder import pictures_cache

    try:
        from layout.pipeline.cluster import on_cluster
    except ModuleNotFoundError as lacking:
        if (lacking.name or "").partition(".")[0] not in ("distributed", "dask"):
            raise
        line = f"{sys.executable} -m pip install {ENGINE}"
        raise UsageError(
            Message(
                "--cluster 用的 dask.distributed 没有装。", "--cluster needs dask.distributed, which is not there."
            ),
            hint=Message(f"装上：{line}", f"Install it: {line}"),
        ) from lacking
    with on_cluster(address, folders, pictures_cache()) as cluster:
        yield cluster

"""What several tests look at and none changes is made once in a run, whichever of its processes asks first."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def made_once(name: str, make: Callable[[Path], T]) -> T:
    """What *make* gives for a new folder, made once under *name*; who asks meanwhile waits for it.

    It is read back from a file, so whoever asks has one of its own.
    """
    folder = Path(os.environ["LAYOUT_CACHE"]) / "made" / hashlib.sha256(name.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "made.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            own = folder / "files"
            own.mkdir()
            part = folder / "part"
            part.write_bytes(pickle.dumps(make(own)))
            part.replace(made)
    value: T = pickle.loads(made.read_bytes())
    return value

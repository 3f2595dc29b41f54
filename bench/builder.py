"""``builder.py``: a process that builds issues with the source tree on its path, one after another, as it is asked to.

Takes one JSON object a line on its standard input, answers with one a line:
``{"do": "build", "folder": …, "out": …}`` builds an issue and gives its exit code and its findings in both languages;
``{"do": "look", "out": …}`` gives what the finished files show (see ``outcome.look``).

``public`` and ``sentence`` are all that knows what the tree's public names are. A tree that names them otherwise needs
a line there.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from outcome import files_of, look

LANGS = ("zh", "en")
ROOMS = ("layout.pipeline", "layout.build")
"""Where the pipeline is, in one tree or another."""


def public() -> tuple[Callable[..., Any], Any]:
    """The tree's ``build`` and its ``Options``, from the top of the package or from its room."""
    import layout  # noqa: PLC0415

    if callable(getattr(layout, "build", None)) and hasattr(layout, "Options"):
        return layout.build, layout.Options
    name = next(name for name in ROOMS if find_spec(name))
    room = import_module(name)
    return room.build, room.Options


def sentence(owner: object, names: tuple[str, ...], lang: str) -> str | None:
    """The sentence in *lang* that *owner* holds under the first of *names* that it has."""
    value = next((getattr(owner, name) for name in names if hasattr(owner, name)), None)
    return None if value is None else str(value.text(lang) if hasattr(value, "text") else value)


def options(kind: Any, out: Path) -> Any:
    """Options that write to *out* and do not hold the composed pages."""
    known = {field.name for field in fields(kind)}
    return kind(out=out, **({"keep": False} if "keep" in known else {}))


def build_one(folder: Path, out: Path) -> dict[str, Any]:
    """Exit code and findings, or faults, of one build, in both languages as the report has them."""
    from layout.errors import LayoutError  # noqa: PLC0415

    build, kind = public()
    try:
        built = build(folder, options(kind, out))
    except LayoutError as error:
        return {
            "exit": error.exit_code,
            "findings": {lang: [_fault(each, lang) for each in error.faults()] for lang in LANGS},
        }
    except Exception:
        told = traceback.format_exc().splitlines()[-1]
        fault = {"check": "crash", "severity": "error", "message": told}
        return {"exit": -1, "findings": {lang: [fault] for lang in LANGS}}
    findings = {lang: [finding.as_json(lang) for finding in built.findings] for lang in LANGS}
    return {"exit": built.exit_code, "findings": findings}


def _fault(error: Any, lang: str) -> dict[str, Any]:
    return {
        "check": "refusal",
        "severity": "error",
        "message": sentence(error, ("said", "sentence", "message"), lang),
        "hint": sentence(error, ("hint",), lang),
        "place": str(error.place) if error.place else None,
    }


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What is answered to one line."""
    out = Path(asked["out"])
    if asked["do"] == "look":
        return look(out)
    return {**build_one(Path(asked["folder"]), out), "files": files_of(out)}


def main() -> None:
    """Answers until the other side hangs up."""
    import layout  # noqa: PLC0415

    own, wanted = Path(str(layout.__file__)).resolve(), Path(os.environ["PYTHONPATH"]).resolve()
    if not own.is_relative_to(wanted):
        raise SystemExit(f"layout comes from {own}, not from {wanted}")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a build prints is no answer
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False), file=answers, flush=True)


if __name__ == "__main__":
    main()

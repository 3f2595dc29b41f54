"""What the three processes of a build, and those of a verification, have loaded when they are ready, and what they must
not: each waits for it.
"""

import pytest

from fresh_process import run_alone

pytestmark = pytest.mark.slow

FORKED = (
    "import sys, layout.cli.entry, layout.pipeline.workers, layout.pipeline.worker_tasks as tasks\n"
    "import layout.pipeline.verify_tasks as verify_tasks\n"
)
"""What has been loaded where the worker is forked."""

READY = {
    "parent": "import layout.cli.app, layout.cli.build_command, layout.pipeline\nlayout.pipeline.build\n",
    "worker": "tasks.make_ready()\n",
    "drawing worker": (
        "tasks.make_ready()\nfrom layout.pipeline.assistant_tasks import load_drawing\nload_drawing()\n"
    ),
    "assistant": (
        "from importlib import import_module\n"
        "for name in tasks.OF_BOTH: import_module(name)\n"
        "from layout.pipeline.assistant_tasks import load_finishing\nload_finishing()\n"
    ),
    "verify": (
        "import layout.cli.app, layout.cli.verify_command, layout.pipeline.verifying, layout.seal.text_mark\n"
        "import layout.preflight.paper\n"
    ),
    "judging worker": "verify_tasks.make_ready()\n",
    "page drawer": "verify_tasks.load_drawing()\n",
}
NOT_LOADED = {
    "parent": (
        "weasyprint", "pydyf", "tinyhtml5", "pikepdf", "pypdfium2", "PIL", "uharfbuzz", "fontTools", "reportlab",
        "rich", "budoux", "pyphen", "layout.engine", "layout.composer", "layout.fontbook", "layout.pictures",
        "layout.prepress", "layout.design.lint_design", "docx", "lxml",
        "layout.intake", "layout.issue_writing",
        "layout.proofreading", "starlette", "uvicorn", "watchfiles", "tomlkit", "layout.preview",
        "layout.pipeline.edition_files", "layout.proof.report", "layout.preflight", "layout.seal.model",
        "layout.signoff",
    ),
    "worker": (
        "pikepdf", "pypdfium2", "reportlab", "rich", "typer", "click", "pydantic", "jinja2", "yaml", "markdown_it",
        "fontTools.ttLib", "fontTools.subset", "simplejpeg", "numpy", "layout.cli.app", "layout.prepress",
        "layout.preflight.judge", "layout.preflight.rules", "layout.issue.plan", "layout.toml_files.models",
        "layout.preview", "layout.pipeline.inspection", "layout.engine.element_sources",
    ),
    "drawing worker": (
        "pikepdf", "reportlab", "fontTools.ttLib", "layout.prepress", "layout.preflight.events",
        "layout.preflight.judge", "layout.preflight.faces",
    ),
    "assistant": (
        "weasyprint", "pydyf", "tinycss2", "reportlab", "rich", "typer", "pydantic", "jinja2", "yaml", "markdown_it",
        "fontTools.cffLib", "fontTools.agl", "fontTools.subset", "fontTools.varLib", "fontTools.ttLib.tables.otTables",
        "simplejpeg", "numpy", "layout.engine", "layout.composer.total_fit", "layout.cli.app",
        "layout.preflight.postscript_programs", "layout.preflight.outside",
    ),
    "verify": (
        "pikepdf", "pypdfium2", "PIL", "fontTools", "rich", "jinja2", "yaml", "markdown_it", "layout.issue.model",
        "layout.manuscript", "layout.cli.build_command", "layout.preflight.events", "layout.preflight.judge",
    ),
    "judging worker": (
        "weasyprint", "reportlab", "rich", "typer", "pydantic", "jinja2", "yaml", "markdown_it", "email",
        "importlib.metadata", "layout.manuscript", "layout.issue.model", "layout.proof", "layout.cli.app",
    ),
    "page drawer": (
        "pikepdf", "fontTools", "uharfbuzz", "typer", "pydantic", "layout.preflight.events", "layout.preflight.judge",
    ),
}  # fmt: skip
LOADED = {
    "parent": ("typer", "layout.pipeline.reading"),
    "worker": ("weasyprint", "layout.pipeline.page_making"),
    "drawing worker": ("pypdfium2", "layout.proof.raster"),
    "assistant": ("pikepdf", "pypdfium2", "PIL.JpegImagePlugin", "layout.preflight.judge", "layout.prepress.finish"),
    "verify": ("typer", "layout.seal.seal_reading"),
    "judging worker": ("pikepdf", "pypdfium2", "layout.seal.compare", "layout.preflight.judge"),
    "page drawer": ("pypdfium2", "PIL.Image", "layout.preflight.look_drawing"),
}
"""What is to be there before there is something to do: that the rest is not is no feat else."""


@pytest.mark.parametrize("process", READY)
def test_a_process_has_loaded_what_it_needs_and_no_more(process: str) -> None:
    run_alone(
        f"{FORKED}{READY[process]}"
        f"strange = {NOT_LOADED[process]!r}\n"
        "there = sorted(name for name in sys.modules if name.startswith(tuple(f'{each}.' for each in strange))"
        " or name in strange)\n"
        "assert not there, there\n"
        f"missing = set({LOADED[process]!r}) - set(sys.modules)\n"
        "assert not missing, missing\n"
    )

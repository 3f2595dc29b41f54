"""A program that builds an issue by ``layout.build`` stays as it was."""

import subprocess
import sys
from pathlib import Path

import pytest

import layout
from fresh_process import run_alone
from pipeline.small_issue import make_issue
from sample_issue import FOLDER, sample

pytestmark = pytest.mark.slow

LIGHT = """
import os, sys
before = dict(os.environ)
import layout
assert {name for name in sys.modules if name.startswith("layout")} == {"layout"}
assert not set(layout.__all__) & set(vars(layout))
assert all(getattr(layout, name).__module__.startswith("layout.") for name in layout.__all__)
assert os.environ == before
"""

HOST = """
import gc, os, signal, sys, threading
from pathlib import Path
import layout
around = dict(os.environ), {each: signal.getsignal(each) for each in signal.valid_signals()}, gc.isenabled()
stop = threading.Event()
threading.Thread(target=stop.wait, daemon=True).start()  # of the host's own: nothing may be forked
built = layout.build(Path(sys.argv[1]), layout.Options(out=Path(sys.argv[2])))
assert built.exit_code == 0
assert built.pages[0].lines, "what it gives back can be looked at"
strange = {"weasyprint", "pydyf", "pikepdf", "pypdfium2", "reportlab"} & set(sys.modules)
assert not strange, strange
assert around == (dict(os.environ), {each: signal.getsignal(each) for each in signal.valid_signals()}, gc.isenabled())
assert threading.active_count() == 2
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    pass
else:
    raise AssertionError("a child is left")
"""

WITH_WEASYPRINT = """
import hashlib, sys
from pathlib import Path
when = sys.argv[1]

def build():
    import layout
    layout.build(Path(sys.argv[2]), layout.Options(out=Path(sys.argv[3]), png=False))

def page():
    from weasyprint import HTML
    html = '<style>p{font:12pt "Song 400"}</style><p>时光 <b>office</b><fieldset><input value=x>'
    return HTML(string=html).write_pdf(hinting=True, pdf_identifier=b"0123456789abcdef")

if when == "build first":
    build()
first = page()
if when == "build between":
    build()
assert page() == first, "WeasyPrint draws otherwise than before"
Path(sys.argv[4]).write_text(hashlib.sha256(first).hexdigest())
"""


def test_importing_the_library_loads_nothing_and_changes_nothing() -> None:
    run_alone(LIGHT)
    assert set(layout.__all__) <= {*dir(layout), *layout.__all__}


@pytest.mark.slow
def test_the_host_is_as_before_and_gets_the_same_bytes(tmp_path: Path) -> None:
    run_alone(HOST, FOLDER, tmp_path)
    assert (tmp_path / "tunliu-2026.pdf").read_bytes() == sample().pdf
    assert (tmp_path / "tunliu-2026.png").read_bytes() == sample().built.png[0].read_bytes()


@pytest.mark.slow
def test_a_host_that_uses_weasyprint_gets_weasyprints_own_results(tmp_path: Path) -> None:
    sums, issue = set(), make_issue(tmp_path / "issue", "时光无言，实干有声。")
    for when in ("never", "build first", "build between"):
        run_alone(WITH_WEASYPRINT, when, issue, tmp_path / "out", tmp_path / "sum")
        sums.add((tmp_path / "sum").read_text())
    assert len(sums) == 1


def test_a_folder_called_build_is_checked_without_loading_the_engine(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "layout.cli", "--lang", "en", "check", "build"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(layout.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "issue.toml" in ran.stderr
    assert "layout.pipeline.run" in ran.stderr, "what is loaded is told"
    assert "weasyprint" not in ran.stderr

"""Same input, same bytes: whatever the place, time, locale, hash seed and the system's fonts."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fresh_process import run_alone
from layout import assets
from layout.errors import PrintError, UsageError
from layout.pipeline.options import chosen_pages
from layout.pipeline.output import write_all
from patience import PATIENCE
from sample_issue import FOLDER, sample

BUILD = """
import sys
from pathlib import Path
import layout
layout.build(Path(sys.argv[1]), layout.Options(out=Path(sys.argv[2])))
"""


def built_elsewhere(folder: Path, out: Path, **env: str) -> bytes:
    """The PDF that another process makes of *folder*."""
    path = f"{assets.root() / 'src'}"
    environment = {**os.environ, "PYTHONPATH": path, **env}
    environment.pop("FONTCONFIG_FILE", None)
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), str(out)],
        check=True,
        env=environment,
        cwd=out.parent,
        timeout=PATIENCE,
    )
    return (out / f"{folder.name}.pdf").read_bytes()


@pytest.mark.slow
def test_another_process_place_time_zone_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / FOLDER.name
    shutil.copytree(FOLDER, moved)
    pdf = built_elsewhere(
        moved,
        tmp_path / "out",
        PYTHONHASHSEED="7",
        TZ="Asia/Shanghai",
        LC_ALL="C",
        LAYOUT_CACHE=str(tmp_path / "cache"),
    )
    assert hashlib.sha256(pdf).hexdigest() == hashlib.sha256(sample().pdf).hexdigest()


@pytest.mark.slow
def test_without_home_and_system_fonts_the_bytes_are_the_same(tmp_path: Path) -> None:
    """A fontconfig of the system that knows other fonts, or none, changes nothing: ours is the only one read."""
    conf = tmp_path / "fonts.conf"
    conf.write_text("<fontconfig><dir>/usr/share/fonts</dir><dir>/nowhere</dir></fontconfig>")
    pdf = built_elsewhere(
        FOLDER, tmp_path / "out", FONTCONFIG_PATH=str(tmp_path), HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "c")
    )
    assert pdf == sample().pdf


@pytest.mark.slow
def test_what_an_earlier_build_left_in_memory_changes_nothing(tmp_path: Path) -> None:
    from in_place import build
    from layout.pipeline import Options, page_making

    page_making.tools_of.cache_clear()
    first = build(FOLDER, Options(out=tmp_path / "a", png=False)).pdf.read_bytes()
    assert build(FOLDER, Options(out=tmp_path / "b", png=False)).pdf.read_bytes() == first == sample().pdf


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    good = tmp_path / "a.pdf"
    good.write_bytes(b"good")
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(PrintError):
        write_all({good: b"new", tmp_path / "folder.pdf" / "x" / "y": b"", tmp_path / "folder.pdf": b"cannot"})
    assert not list(tmp_path.glob(".*.part"))


STOPPED = """
import os, signal, sys
from pathlib import Path
from layout.cli.signals import install_signal_handlers
from layout.pipeline import output
install_signal_handlers()
out, real = Path(sys.argv[1]), output.put_in_place
def put_in_place(waiting):
    os.kill(os.getpid(), signal.SIGTERM)
    return real(waiting)
output.put_in_place = put_in_place
try:
    output.write_all({out / name: b"new" for name in "abc"})
except KeyboardInterrupt:
    assert [(out / name).read_bytes() for name in "abc"] == [b"new"] * 3, "some are new, some are not"
    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
else:
    raise AssertionError("the signal was lost")
"""


def test_a_signal_while_files_are_put_in_place_is_heard_when_all_are(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"old")
    run_alone(STOPPED, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_drafts_of_a_run_that_was_killed_are_swept_away(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        (tmp_path / f".a.pdf.{other.pid}.part").write_bytes(b"half")
        write_all({tmp_path / "a.pdf": b"new"})
        assert len(list(tmp_path.iterdir())) == 2, "it is still at work"
        other.communicate(b"\n")
    (tmp_path / ".b.pdf.notes.part").write_bytes(b"none of ours")
    write_all({tmp_path / "a.pdf": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b.pdf.notes.part", "a.pdf"]


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UsageError, match="not a folder"):
        write_all({tmp_path / "out" / "a.pdf": b"x"})
    assert (tmp_path / "out").read_text() == "a file"


@pytest.mark.parametrize(("wish", "pages"), [(None, (1, 2, 3, 4)), ("1,3-4", (1, 3, 4)), ("2", (2,)), ("4，1", (1, 4))])
def test_pages_asked_for(wish: str | None, pages: tuple[int, ...]) -> None:
    assert chosen_pages(wish, [1, 2, 3, 4]) == pages


@pytest.mark.parametrize("wish", ["5", "x", "", "1-9", "-"])
def test_pages_that_do_not_exist_are_refused(wish: str) -> None:
    with pytest.raises(UsageError):
        chosen_pages(wish, [1, 2, 3, 4])

"""Nothing is read but the issue, the design, our own assets and the language itself; nobody is called."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from layout import assets
from patience import PATIENCE
from sample_issue import FOLDER

pytestmark = pytest.mark.slow

WATCHED = """
import json, sys
read, called = set(), []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = arguments[0] if isinstance(arguments[0], str) else arguments[0].decode()
        mode = arguments[1]
        if mode is None or "r" in str(mode):
            read.add(path)
    elif event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.exec", "os.system"):
        called.append(event)
sys.addaudithook(watch)
from pathlib import Path
from in_place import build
from layout.pipeline import Options
build(Path(sys.argv[1]), Options(out=Path(sys.argv[2])))
mapped = {line.split()[-1] for line in open("/proc/self/maps") if "/" in line}
print(json.dumps({"read": sorted(read), "called": called, "mapped": sorted(mapped)}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a build in a process of its own read, mapped and called."""
    out = tmp_path_factory.mktemp("fence")
    (out / "scratch").mkdir()
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(assets.root() / each) for each in ("src", "tests")),
        "LAYOUT_CACHE": str(out / "cache"),
        "TMPDIR": str(out / "scratch"),  # the build's own scratch folder
    }
    env.pop("FONTCONFIG_FILE", None)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(FOLDER), str(out / "out")],
        capture_output=True, text=True, check=True, env=env, timeout=PATIENCE,
    )  # fmt: skip
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_nobody_is_called(seen: dict[str, list[str]]) -> None:
    assert seen["called"] == []


def test_only_our_files_are_read(seen: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    language = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent]
    allowed = [assets.root(), tmp_path_factory.getbasetemp(), Path("/proc"), Path("/dev"), *language]
    strange = [
        path
        for path in seen["read"]
        if not any(Path(path).resolve().is_relative_to(folder.resolve()) for folder in allowed)
        and not path.startswith("<")
    ]
    assert strange == []


def test_no_font_of_the_system_is_mapped(seen: dict[str, list[str]]) -> None:
    fonts = [path for path in seen["mapped"] if path.endswith((".ttf", ".otf", ".ttc", ".pfb"))]
    assert fonts
    assert all(Path(path).is_relative_to(assets.fonts_dir()) for path in fonts)

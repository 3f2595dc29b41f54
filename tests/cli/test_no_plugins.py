"""What is installed beside the program has no say in how it reads an issue: a plugin of pydantic is not loaded."""

import os
import subprocess
import sys
from pathlib import Path

PLUGIN = """
from pathlib import Path

Path(__file__).with_name("loaded").touch()


class Plugin:
    def new_schema_validator(self, *_, **__):
        return None, None, None


plugin = Plugin()
"""


def installed_plugin(folder: Path) -> None:
    """A distribution in *folder* that names a plugin for pydantic, which leaves a file when it is loaded."""
    (folder / "neighbour.py").write_text(PLUGIN, "utf-8")
    about = folder / "neighbour-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: neighbour\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[pydantic]\nneighbour = neighbour:plugin\n", "utf-8")


def run(folder: Path, *command: str) -> int:
    """The exit code of Python's *command*, where what *folder* holds is installed."""
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, check=False).returncode


def test_a_plugin_that_others_would_load_is_not_loaded(tmp_path: Path) -> None:
    installed_plugin(tmp_path)
    issue = tmp_path / "issue"
    issue.mkdir()
    (issue / "issue.toml").write_text("pages = 1\n", "utf-8")
    assert run(tmp_path, "-m", "layout.cli", "check", str(issue)) == 3
    assert not (tmp_path / "loaded").exists()
    model = "import pydantic; pydantic.create_model('Model', number=(int, ...))"
    assert run(tmp_path, "-c", model) == 0
    assert (tmp_path / "loaded").exists(), "the plugin would not have been loaded by anybody"

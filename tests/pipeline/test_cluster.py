"""Several machines, by dask.distributed: the same bytes as on one, whichever is lost; and what is refused."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Ran
from in_place import build
from layout import assets
from layout.cli.cluster_option import ENGINE
from layout.pipeline import Options
from loopback_cluster import SOURCE, LoopbackCluster, loopback_cluster, ticks
from patience import PATIENCE, until
from pipeline.small_issue import several_pages
from pipeline.test_executors import files_in
from soak import SEED, amount

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="/proc")]

PAGES, MACHINES = 4, 3
WORK = 200
"""Ticks that a machine computes for a build of so many pages, with all that it loads: two seconds."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoopbackCluster]:
    with loopback_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    return folder


class Command:
    """The program at work in a process of its own, as somebody types it."""

    def __init__(self, folder: Path, cache: Path, *words: object, first: Path = SOURCE):
        around = {
            **os.environ,
            "PYTHONPATH": f"{first}{os.pathsep}{SOURCE}",
            "LAYOUT_CACHE": str(cache),
            "LAYOUT_LANG": "en",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "layout.cli", *map(str, words)], cwd=folder, env=around, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def done(self) -> Ran:
        out, err = self._process.communicate(timeout=PATIENCE)
        return Ran(self._process.returncode, out, err)


def findings(out: Path) -> Any:
    return json.loads((out / "report.json").read_bytes())["findings"]


def all_at_work(cluster: LoopbackCluster) -> None:
    while sum(worker.poll() is None for worker in cluster.workers) < MACHINES:
        cluster.add_worker()
    cluster.wait_for(MACHINES)


def test_what_must_not_work_for_us_is_refused(cluster: LoopbackCluster, tmp_path: Path, cache: Path) -> None:
    several_pages(tmp_path / "issue", 1)
    told = Command(tmp_path, cache, "build", "issue", "--cluster", cluster.address).done()
    assert told.code == 2
    assert "No machine has come to the cluster" in told.err
    assert f"dask worker {cluster.address}" in told.err

    other = shutil.copytree(SOURCE / "layout", tmp_path / "other" / "src" / "layout")
    for name in ("fonts", "templates", "images", "press"):
        (tmp_path / "other" / name).symlink_to(assets.root() / name)
    with (other / "units.py").open("a") as module:
        module.write("# of another version\n")
    worker = cluster.add_worker(other.parent)
    cluster.wait_for(1)
    told = Command(tmp_path, cache, "build", "issue", "--cluster", cluster.address).done()
    assert (told.code, (tmp_path / "build").exists()) == (2, False)
    assert "its program is of another version" in told.err
    assert str(tmp_path / "other") in told.err
    assert "Traceback" not in told.err
    worker.kill()
    worker.wait()
    cluster.wait_for(0)


def killed(worker: subprocess.Popen[bytes], before: int, ended: threading.Event) -> None:
    """*worker* is killed when it has computed for so many ticks, or when nothing is left to do."""
    begun = ticks(worker.pid)
    until(lambda: ended.is_set() or ticks(worker.pid) - begun >= before)
    worker.kill()
    worker.wait()


@pytest.mark.soak
def test_a_machine_that_is_lost_changes_no_byte(cluster: LoopbackCluster, tmp_path: Path, cache: Path) -> None:
    several_pages(tmp_path / "province" / "issue", PAGES)
    several_pages(tmp_path / "province" / "other", 1)
    alone = {
        name: build(tmp_path / "province" / name, Options(out=tmp_path / "alone" / name, lang="en"))
        for name in ("issue", "other")
    }
    choose = random.Random(SEED)
    for number in range(amount(sample=1, full=10)):
        all_at_work(cluster)
        worker = choose.choice([each for each in cluster.workers if each.poll() is None])
        out, ended = tmp_path / f"out-{number}", threading.Event()
        killer = threading.Thread(target=killed, args=(worker, choose.randrange(WORK), ended))
        killer.start()
        words = ("batch", "province", "-o", out) if number % 2 else ("build", "province/issue", "-o", out / "issue")
        told = Command(tmp_path, cache, *words, "--cluster", cluster.address).done()
        ended.set()
        killer.join()
        assert told.code == 0, told.err
        for name in ("issue", "other") if number % 2 else ("issue",):
            assert files_in(out / name) == files_in(alone[name].pdf.parent)
            assert findings(out / name) == findings(alone[name].pdf.parent)


def test_where_nobody_answers_a_sentence_says_so(tmp_path: Path, cache: Path) -> None:
    several_pages(tmp_path / "issue", 1)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        told = Command(tmp_path, cache, "build", "issue", "--cluster", address).done()
    assert told.code == 2
    assert told.err.splitlines()[-2:] == [
        f"No scheduler answers at {address}.",
        f"  → Start one on that machine: dask scheduler --port {address.rpartition(':')[2]}; or write another address.",
    ]
    told = Command(tmp_path, cache, "batch", "issue", "--cluster", "province").done()
    assert told.code == 2
    assert "--cluster does not understand “province”" in told.err


def test_without_the_extra_the_line_to_type_is_told(tmp_path: Path, cache: Path) -> None:
    pyproject = tomllib.loads((assets.root() / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["optional-dependencies"]["cluster"] == [ENGINE]
    assert ENGINE in pyproject["dependency-groups"]["dev"]
    absent = 'raise ModuleNotFoundError("No module named \'distributed\'", name="distributed")\n'
    (tmp_path / "distributed.py").write_text(absent, encoding="utf-8")
    several_pages(tmp_path / "issue", 1)
    told = Command(tmp_path, cache, "build", "issue", "--cluster", "127.0.0.1:8786", first=tmp_path).done()
    assert told.code == 2
    assert told.err.splitlines()[-2:] == [
        "--cluster needs dask.distributed, which is not there.",
        f"  → Install it: {sys.executable} -m pip install {ENGINE}",
    ]

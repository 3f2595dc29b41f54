"""Workflow, hook, locks, release and container say the same as make and pyproject.toml."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from layout import assets

ROOT = assets.root()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def targets() -> set[str]:
    """Of the Makefile."""
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


# The workflow and the hook.


def test_the_workflow_calls_the_makefiles_targets_and_nothing_else() -> None:
    runs = [step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step]
    assert runs == ["make lint test"]
    assert {"lint", "test"} <= targets()
    uses = [step["uses"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "uses" in step]
    assert [use.partition("@")[0] for use in uses] == ["actions/checkout"]
    assert all(set(step) <= {"uses", "run"} for job in WORKFLOW["jobs"].values() for step in job["steps"])


def test_what_lands_is_what_the_workflow_runs() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "exec make lint test"


def test_the_workflow_runs_every_system_and_python_that_is_promised() -> None:
    rows = WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["include"]
    assert {row["system"] for row in rows} == {"Debian 12", "Debian 13", "Ubuntu 24.04"}
    assert {row["python"] for row in rows if row["image"].startswith("python:")} == set(PYTHONS)
    names = {"Debian 12": "bookworm", "Debian 13": "trixie", "Ubuntu 24.04": "noble"}
    for row in rows:
        # These two families of images have make and git; Debian's own have neither.
        assert re.fullmatch(rf"(buildpack-deps:|python:3\.\d\d-){names[row['system']]}", row["image"])
        assert row["image"].startswith("buildpack-deps:") or row["image"].startswith(f"python:{row['python']}-")


def test_the_pythons_are_those_of_pyproject() -> None:
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))
    assert tuple(named) == PYTHONS
    assert PROJECT["project"]["requires-python"] == f">={PYTHONS[0]}"


def test_the_hook_is_the_workflows_lint() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (hook,) = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("make lint", "system", False)
    assert [repo["repo"] for repo in config["repos"]] == ["local"]


# The locks.


def locked(name: str) -> dict[str, dict[str, Any]]:
    """By its name, what a lock says of a package: version, marker, hashes, and what wants it."""
    entries: dict[str, dict[str, Any]] = {}
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.findall(r"^[a-z0-9].*\n(?:    .*\n)*", text, re.MULTILINE):
        requirement = Requirement(block.partition("\\")[0].strip())
        entries[canonicalize_name(requirement.name)] = {
            "version": Version(str(requirement.specifier).removeprefix("==")),
            "marker": requirement.marker,
            "hashes": re.findall(r"--hash=sha256:([0-9a-f]{64})", block),
            "via": re.findall(r"# {1,3}(?:via )?(\S+.*)", block.partition("# via")[1] + block.partition("# via")[2]),
        }
    return entries


def wanted(name: str) -> Iterator[tuple[Requirement, str]]:
    """What pyproject.toml wants in a lock, and what uv calls the place where it does."""
    project, groups = PROJECT["project"]["name"], PROJECT["dependency-groups"]
    yield from ((Requirement(line), f"{project} (pyproject.toml)") for line in PROJECT["project"]["dependencies"])
    for group in ["build"] if name == LOCKS[0] else groups:
        yield from ((Requirement(line), f"{project} (pyproject.toml:{group})") for line in groups[group])


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_agrees_with_pyproject(name: str) -> None:
    """Where it does not: `make lock`."""
    entries, asked = locked(name), list(wanted(name))
    for requirement, place in asked:
        entry = entries[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(entry["version"]), f"{requirement} ({place}), locked {entry['version']}"
        assert any(place in via for via in entry["via"]), f"{requirement} is not locked for {place}"
    own = {key for key, entry in entries.items() if any(PROJECT["project"]["name"] in via for via in entry["via"])}
    assert own == {canonicalize_name(requirement.name) for requirement, _ in asked}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_hashes_and_holds_for_every_python(name: str) -> None:
    for key, entry in locked(name).items():
        assert entry["hashes"], key
        here = [
            entry["marker"] is None or entry["marker"].evaluate({**default_environment(), "python_version": python})  # type: ignore[dict-item]
            for python in PYTHONS
        ]
        assert len(set(here)) == 1, f"{key} is for some Pythons only: look whether there is a wheel for each"


def test_the_dev_lock_has_all_of_the_other_at_its_versions() -> None:
    program, everything = map(locked, LOCKS)
    assert {key: entry["version"] for key, entry in program.items()} == {
        key: everything[key]["version"] for key in program
    }


def test_make_installs_from_the_locks_alone() -> None:
    lines = [line.strip() for line in MAKEFILE.splitlines() if "$(PIP)" in line]
    assert lines == [
        *("$(PIP) --require-hashes --only-binary :all: --requirement requirements.lock",
          "$(PIP) --no-deps --no-build-isolation --editable .",
          "$(PIP) --require-hashes --only-binary :all: --requirement requirements-dev.lock"),
    ]  # fmt: skip
    assert MAKEFILE.count("pip install") == 1


def test_the_backend_that_builds_is_the_one_that_is_locked() -> None:
    (backend,) = PROJECT["dependency-groups"]["build"]
    assert PROJECT["build-system"]["requires"] == [backend]


# The release.


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["release"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a version and a changelog."""
    for key in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(key)
    who = {"NAME": "a", "EMAIL": "a@example.org"}
    for role in ("AUTHOR", "COMMITTER"):
        for key, value in who.items():
            monkeypatch.setenv(f"GIT_{role}_{key}", value)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', encoding="utf-8")
    changelog = "# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- New.\n- # not a heading\n\n## 0.1.0 (2026-11-23)\n\n- Old.\n"
    (tmp_path / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def git(tree: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=tree, check=True, capture_output=True, text=True).stdout


def test_this_checkouts_version_has_its_section(release: ModuleType) -> None:
    assert release.newest(ROOT).version == PROJECT["project"]["version"]
    tracked = git(ROOT, "ls-files", "issues").split("\n")  # an issue of one's own may lie beside them
    samples = {name.split("/")[1] for name in tracked if name}
    assert samples == set(release.SAMPLES), "a sample that is shipped is named in SAMPLES of .ci/release.py"
    assert " " in release.ODD
    assert re.search("[\u4e00-\u9fff]", release.ODD)


def test_a_clean_tree_is_tagged_with_the_sections_words(release: ModuleType, tree: Path) -> None:
    new = release.newest(tree)
    release.may_be_tagged(new, "0.2.0", tree)
    release.tag(new, tree)
    assert git(tree, "tag", "--list", "--format=%(refname:short)%(contents)") == (
        "v0.2.00.2.0\n\n- New.\n- # not a heading\n\n"
    )
    assert git(tree, "cat-file", "-t", "v0.2.0") == "tag\n"
    with pytest.raises(release.ReleaseError, match=r"v0\.2\.0 is there already"):
        release.may_be_tagged(new, "0.2.0", tree)


def test_what_must_not_be_tagged_is_not(release: ModuleType, tree: Path) -> None:
    new = release.newest(tree)
    with pytest.raises(release.ReleaseError, match=r"this is 0\.2\.0, not 0\.3\.0"):
        release.may_be_tagged(new, "0.3.0", tree)
    (tree / "left").touch()
    with pytest.raises(release.ReleaseError, match=r"not clean:\n.. left"):
        release.may_be_tagged(new, "0.2.0", tree)
    undated = (tree / "CHANGELOG.md").read_text(encoding="utf-8").replace("2026-12-01", "unreleased")
    (tree / "CHANGELOG.md").write_text(undated, encoding="utf-8")
    with pytest.raises(release.ReleaseError, match="write the day"):
        release.may_be_tagged(release.newest(tree), "0.2.0", tree)
    (tree / "pyproject.toml").write_text('[project]\nversion = "0.3.0"\n', encoding="utf-8")
    with pytest.raises(release.ReleaseError, match=r"version 0\.3\.0, CHANGELOG\.md begins with 0\.2\.0"):
        release.newest(tree)
    assert git(tree, "tag") == ""


# The container.


def test_the_container_has_what_make_installs_and_runs_as_nobody_special() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    packages = re.findall(r'"\S+\.so\.\d": "(\S+)"', (ROOT / ".ci" / "system.sh").read_text(encoding="utf-8"))
    (apt,) = [what for word, what in steps if word == "RUN" and "apt-get install" in what]
    assert set(packages) <= set(apt.split())
    assert [what for word, what in steps if word == "USER"] == ["10001"]
    assert [word for word, _ in steps].index("USER") < [word for word, _ in steps].index("ENTRYPOINT")
    (copied,) = [what.split()[:-1] for word, what in steps if word == "COPY"]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [f"!{path}" for path in copied] == [line for line in ignored if line.startswith("!")]
    assert "--require-hashes" in "".join(lines)

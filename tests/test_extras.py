"""What is advised for an extra installs this refcite's, and nobody else's."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from refcite.extras import install_command

METADATA = """Metadata-Version: 2.4
Name: refcite
Version: 0.1.0
Requires-Dist: attrs>=23.2
Requires-Dist: httpx>=0.27; extra == 'web'
Requires-Dist: tenacity<10,>=8.2; extra == "web"
Requires-Dist: pyyaml>=6.0; extra == 'yaml'
Provides-Extra: web
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a space in its name, in which the metadata of an installation lies."""
    folder = tmp_path / "in stalled"
    info = folder / "refcite-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(METADATA, encoding="utf-8")
    monkeypatch.setattr(metadata, "distribution", lambda name: metadata.PathDistribution(info))
    monkeypatch.setattr(shutil, "which", lambda name: sys.executable)
    return folder


def advised(folder: Path, origin: object) -> list[str]:
    """Return what pip is to install, where refcite has an origin."""
    file = folder / "refcite-0.1.0.dist-info" / "direct_url.json"
    file.write_text(json.dumps(origin), encoding="utf-8")
    words = shlex.split(install_command("web"))
    assert words[:4] == ["python", "-m", "pip", "install"]
    return words[4:]


def test_a_folder_is_installed_as_it_was(folder: Path) -> None:
    url = folder.as_uri()
    assert "%20" in url
    assert advised(folder, {"url": url, "dir_info": {}}) == [f"{folder}[web]"]
    editable = {"url": url, "dir_info": {"editable": True}}
    assert advised(folder, editable) == ["-e", f"{folder}[web]"]


def test_a_file_and_a_repository_are_named_by_their_addresses(folder: Path) -> None:
    wheel = folder / "refcite-0.1.0-py3-none-any.whl"
    wheel.touch()
    origin = {"url": wheel.as_uri(), "archive_info": {}}
    assert advised(folder, origin) == [f"refcite[web] @ {wheel.as_uri()}"]
    info = {"vcs": "git", "requested_revision": "main", "commit_id": "0123abc"}
    origin = {"url": "https://example.org/r.git", "vcs_info": info, "subdirectory": "python"}
    assert advised(folder, origin) == [
        "refcite[web] @ git+https://example.org/r.git@0123abc#subdirectory=python"
    ]


@pytest.mark.parametrize(
    "origin", [None, {}, [], {"url": "file:///is/gone", "dir_info": {"editable": True}}]
)
def test_without_a_known_origin_the_packages_are_named(folder: Path, origin: object) -> None:
    assert advised(folder, origin) == ["httpx>=0.27", "tenacity<10,>=8.2"]


def test_source_that_is_not_installed_is_installed_from_where_it_lies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", none)
    root = Path(__file__).resolve().parent.parent
    assert shlex.split(install_command("yaml"))[-2:] == ["-e", f"{root}[yaml]"]


def test_a_python_that_the_shell_does_not_find_is_named_in_full(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert shlex.split(install_command("web"))[0] == sys.executable

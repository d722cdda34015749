"""The server starts and ends as the protocol specifies, and survives what it does not expect."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.editor import Editor, ResponseError


def test_the_server_ends_with_the_status_of_the_protocol(folder: Path) -> None:
    pytest.importorskip("pygls")
    log = folder / "server.log"
    with Editor(folder, arguments=("--log", str(log))) as editor:
        editor.open("a.md", "@a\n")
        assert editor.end() == 0
    assert not b"".join(editor.errors)
    assert str(folder) in log.read_text(encoding="utf-8")
    with Editor(folder) as editor:
        editor.notify("exit", None)
        assert editor.wait() == 1


def test_the_server_ends_with_its_editor(folder: Path) -> None:
    pytest.importorskip("pygls")
    with Editor(folder) as editor:
        assert editor.process.stdin is not None
        editor.process.stdin.close()
        assert editor.wait() == 1


def test_files_that_can_be_watched_are_registered(editor: Editor) -> None:
    editor.request("workspace/symbol", {"query": ""})  # after the registration
    (registered,) = editor.registered
    (one,) = registered["registrations"]
    assert one["method"] == "workspace/didChangeWatchedFiles"
    assert any("bib" in watcher["globPattern"] for watcher in one["registerOptions"]["watchers"])


def test_unexpected_messages(editor: Editor) -> None:
    with pytest.raises(ResponseError):
        editor.request("textDocument/unknown", {})
    assert editor.at("hover", "never-opened.md", (0, 0)) is None
    editor.open("a.md", "")
    assert editor.keys("a.md", (9, 99)) == []
    editor.open("odd name.txt", "@kafka1926")
    assert editor.keys("odd name.txt", (0, 5)) == []
    text = {"uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "@kaf"}
    editor.notify("textDocument/didOpen", {"textDocument": text})
    where = {"textDocument": {"uri": text["uri"]}, "position": {"line": 0, "character": 4}}
    editor.request("textDocument/completion", where)
    editor.request("textDocument/hover", where)


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text(
        "raise ModuleNotFoundError('No module named pygls', name='pygls')", encoding="utf-8"
    )
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.modules['lsprotocol'] = None\n"
        "from refcite.cli import main; sys.argv = ['refcite', 'lsp']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is missing; install it with" in done.stderr
    assert not done.stdout

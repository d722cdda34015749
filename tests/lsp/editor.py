"""An editor for tests: it speaks the Language Server Protocol with `python -m refcite lsp`."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Queue
from types import TracebackType
from typing import Any

from tests.waiting import HANG

__all__ = ["Editor", "ResponseError"]

LANGUAGES = {".md": "markdown", ".qmd": "quarto", ".tex": "latex", ".bib": "bibtex"}
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "insertReplaceSupport": True}},
        "publishDiagnostics": {"codeDescriptionSupport": True},
        "codeAction": {"resolveSupport": {"properties": ["edit"]}},
    },
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
}


class ResponseError(Exception):
    """The server has answered a request with an error."""


class Editor:
    """An editor with one folder.

    Args:
        folder: The folder of the workspace.
        options: The options that it sends.
        encodings: The units of positions that it offers.
        arguments: More arguments of `refcite lsp`.
    """

    def __init__(
        self,
        folder: Path,
        options: object = None,
        *,
        encodings: tuple[str, ...] = ("utf-16",),
        arguments: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "refcite", "lsp", "--stdio", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
        )
        self.errors: list[bytes] = []
        self.registered: list[Any] = []
        self.messages: list[str] = []
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._news = threading.Condition()
        self._answers: dict[int, Queue[dict[str, Any]]] = {}
        self._last = 0
        self._versions: dict[str, int] = {}
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        capabilities = json.loads(json.dumps(CAPABILITIES))
        capabilities["general"]["positionEncodings"] = list(encodings)
        self.server = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": "work"}],
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )
        self.notify("initialized", {})

    def __enter__(self) -> Editor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.end()

    def end(self) -> int:
        """End the server as an editor does, and return its exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.wait()

    def wait(self) -> int:
        """Return the exit status of the server when it has ended."""
        status = self.process.wait(HANG)
        assert self.process.stdin is not None
        self.process.stdin.close()
        return status

    # Messages

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            # Anything but the protocol on standard output would fail here.
            length = int(header.removeprefix(b"Content-Length: "))
            while out.readline().strip():
                pass
            self._take(json.loads(out.read(length)))
        out.close()
        for answers in self._answers.values():
            answers.put({"error": {"message": "the server has ended"}})

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]].put(message)
        elif "id" in message:
            self.registered.append(message["params"])
            with suppress(ValueError, OSError):  # the test has closed the pipe
                self._send({"id": message["id"], "result": None})
        elif method == "textDocument/publishDiagnostics":
            with self._news:
                self._published.setdefault(message["params"]["uri"], []).append(message["params"])
                self._news.notify_all()
        elif method == "window/showMessage":
            with self._news:
                self.messages.append(message["params"]["message"])
                self._news.notify_all()

    def _read_errors(self) -> None:
        err = self.process.stderr
        assert err is not None
        self.errors += err
        err.close()

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: object) -> Any:
        """Send a request and return its result."""
        self._last += 1
        answers = self._answers[self._last] = Queue()
        self._send({"id": self._last, "method": method, "params": params})
        answer = answers.get(timeout=HANG)
        if "error" in answer:
            raise ResponseError(answer["error"]["message"])
        return answer["result"]

    # Documents

    def uri(self, name: str) -> str:
        """Return the address of a file of the folder."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None, language: str | None = None) -> str:
        """Open a document; its text is that of the file unless it is given."""
        path = self.folder / name
        found = path.read_bytes().decode() if text is None else text
        self._versions[name] = 1
        self.notify(
            "textDocument/didOpen",
            {
                "textDocument": {
                    "uri": self.uri(name),
                    "languageId": language or LANGUAGES.get(path.suffix, "plaintext"),
                    "version": 1,
                    "text": found,
                }
            },
        )
        return found

    def change(
        self,
        name: str,
        text: str,
        start: tuple[int, int] | None = None,
        end: tuple[int, int] | None = None,
    ) -> None:
        """Replace a part of a document, or the whole text."""
        self._versions[name] += 1
        change: dict[str, Any] = {"text": text}
        if start is not None:
            change["range"] = {"start": _position(start), "end": _position(end or start)}
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri(name), "version": self._versions[name]},
                "contentChanges": [change],
            },
        )

    def file_changed(self, name: str, kind: int = 2) -> None:
        """Report that a file has been created (1), changed (2) or deleted (3)."""
        changes = [{"uri": self.uri(name), "type": kind}]
        self.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def at(self, method: str, name: str, place: tuple[int, int], **more: object) -> Any:
        """Return the result of a request about a place."""
        where = {"textDocument": {"uri": self.uri(name)}, "position": _position(place)}
        return self.request(f"textDocument/{method}", {**where, **more})

    def completions(self, name: str, place: tuple[int, int]) -> list[dict[str, Any]]:
        """Return the completions at a place."""
        found = self.at("completion", name, place)
        return [] if found is None else list(found["items"])

    def keys(self, name: str, place: tuple[int, int]) -> list[str]:
        """Return the labels of the completions at a place."""
        return [one["label"] for one in self.completions(name, place)]

    def diagnostics(
        self, name: str, wanted: Callable[[list[dict[str, Any]]], bool] = lambda found: True
    ) -> list[dict[str, Any]]:
        """Return the diagnostics of a document's present version when they are as wanted."""
        uri, version = self.uri(name), self._versions[name]

        def found() -> list[dict[str, Any]] | None:
            published = self._published.get(uri, [])
            last = published[-1] if published else None
            if last is None or last.get("version") != version:
                return None
            listed: list[dict[str, Any]] = last["diagnostics"]
            return listed if wanted(listed) else None

        with self._news:
            assert self._news.wait_for(lambda: found() is not None, HANG), self._published.get(uri)
            return found() or []

    def told(self, part: str) -> str:
        """Return the message to the user that contains a text, when it has come."""

        def found() -> str | None:
            return next((one for one in self.messages if part in one), None)

        with self._news:
            assert self._news.wait_for(lambda: found() is not None, HANG), self.messages
            return found() or ""

    def actions(
        self, name: str, diagnostics: list[dict[str, Any]], only: list[str] | None = None
    ) -> list[dict[str, Any]]:
        """Return the code actions for diagnostics."""
        given = diagnostics[0]["range"] if diagnostics else _range((0, 0), (10**6, 0))
        context: dict[str, Any] = {"diagnostics": diagnostics}
        if only is not None:
            context["only"] = only
        found = self.request(
            "textDocument/codeAction",
            {"textDocument": {"uri": self.uri(name)}, "range": given, "context": context},
        )
        return list(found or ())

    def applied(self, text: str, name: str, edit: dict[str, Any]) -> str:
        """Return a text with the changes of an action; positions count units of UTF-16."""
        lines = text.splitlines(keepends=True) or [""]

        def offset(position: dict[str, int]) -> int:
            before = "".join(lines[: position["line"]])
            line = lines[position["line"]] if position["line"] < len(lines) else ""
            units = line.encode("utf-16-le")[: position["character"] * 2]
            return len(before) + len(units.decode("utf-16-le"))

        changes = edit["changes"][self.uri(name)]
        for one in sorted(changes, key=lambda one: offset(one["range"]["start"]), reverse=True):
            start, end = offset(one["range"]["start"]), offset(one["range"]["end"])
            text = text[:start] + one["newText"] + text[end:]
        return text


def _position(place: tuple[int, int]) -> dict[str, int]:
    return {"line": place[0], "character": place[1]}


def _range(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    return {"start": _position(start), "end": _position(end)}

"""`refcite serve` at the terminal: how it begins, how it ends, and what keeps it from beginning."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import httpx
import pytest
from click.testing import CliRunner

from refcite.cli.app import app
from refcite.extras import install_command
from refcite.serve import server
from tests.serve.library import large
from tests.waiting import HANG, until


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "refcite", "serve", "--no-open", "--port", "0", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            assert said.startswith("refcite is at http://127.0.0.1:"), process.communicate()
            yield process, said.split()[3]
        finally:
            process.kill()


def test_it_answers_and_ends_when_it_is_interrupted() -> None:
    with serving() as (process, address):
        assert httpx.get(address, trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=HANG)
    assert (out, err, process.returncode) == ("", "", 0)


def worked(pid: int) -> float:
    """Return the processor's time that the children of a process have had, in seconds."""
    ticks = 0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(FileNotFoundError):
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_it_ends_at_once_while_it_works_at_something() -> None:
    with serving("--time-limit", "600") as (process, address):
        answers: list[httpx.Response] = []

        def ask() -> None:
            with suppress(httpx.TransportError):
                answers.append(
                    httpx.post(
                        f"{address}bibliography?style=chicago-notes-bibliography",
                        content=large(19_000),
                        headers={"origin": address.rstrip("/")},
                        timeout=HANG,
                        trust_env=False,
                    )
                )

        before = worked(process.pid)
        asking = Thread(target=ask)
        asking.start()
        until(lambda: worked(process.pid) > before + 0.5, "a worker at work")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=HANG)
        asking.join(HANG)
    assert (out, err, process.returncode) == ("", "", 0)
    assert answers == []  # the work takes a minute, and was not waited for


@pytest.mark.parametrize(
    ("browser", "is_opened"),
    [
        (webbrowser.GenericBrowser("w3m"), False),
        (webbrowser.GenericBrowser("/usr/bin/www-browser"), False),
        (webbrowser.GenericBrowser(["lynx", "%s"]), False),
        (webbrowser.BackgroundBrowser("xdg-open"), True),
        (webbrowser.Mozilla("firefox"), True),
        (None, False),
    ],
    ids=["w3m", "www-browser", "lynx", "xdg-open", "firefox", "none"],
)
def test_only_a_browser_with_a_window_is_opened(
    browser: webbrowser.BaseBrowser | None, is_opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get() -> webbrowser.BaseBrowser:
        if browser is None:
            raise webbrowser.Error
        return browser

    monkeypatch.setattr(webbrowser, "get", get)
    assert server._graphical_browser() is (browser if is_opened else None)


@pytest.mark.parametrize("in_pieces", [False, True])
def test_the_limit_is_told_to_who_sends_more(in_pieces: bool) -> None:
    with serving("--limit", "0.5") as (_, address):
        body = b"x" * 3_000_000
        answer = httpx.post(
            f"{address}records",
            content=iter([body[:100_000]] * 30) if in_pieces else body,
            headers={"origin": address.rstrip("/")},
            trust_env=False,
        )
    assert answer.status_code == 413
    assert "larger than 0.5 MB" in answer.json()["error"]["message"]


def test_only_this_machine_reaches_it() -> None:
    with serving() as (_, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", port), timeout=HANG)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server((server.HOST, 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(app, ["serve", "--no-open", "--port", port])
    assert done.exit_code == 1
    assert f"cannot listen on port {port}" in done.output
    assert "--port" in done.output


def test_what_must_be_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "refcite.serve.server")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = CliRunner().invoke(app, ["serve", "--no-open"])
    assert done.exit_code == 1
    assert f"install it with: {install_command('serve')}" in done.output

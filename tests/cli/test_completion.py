"""Completion in real shells: what is offered, and that it reaches the command as it is."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem

from refcite.cli.app import app
from refcite.cli.shells import SHELLS, script
from tests.cli.test_cli import ROOT
from tests.waiting import HANG

IDS = (
    *("doe:2001", "doe:2002", "evil2001$(touch${IFS}pwned)", "`touch pwned`", "key one", "*star"),
    *("q!x", "it's", 'say"', "back\\slash", "{a,b}", "a,b", "~/", "#1", "x&y;z|w", "a=b", "été"),
    *("line\nbreak", "esc\x1b[31m", "--dash"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a library, and with the program `refcite` in `bin`."""
    items = [{"id": id_, "type": "book", "title": f"T: {id_}\nplain\nnone\n_"} for id_ in IDS]
    (tmp_path / "lib.json").write_text(json.dumps(items), encoding="utf-8")
    (tmp_path / "mine.csl").write_text("<style/>", encoding="utf-8")
    program = tmp_path / "bin" / "refcite"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m refcite "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
    }


def _needs(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


# bash, by its function

_DRIVER = """\
COMP_WORDBREAKS=$BREAKS
compopt() { printf 'option %s\\n' "$*" >&2; }
eval "$SCRIPT"
COMP_LINE=$LINE COMP_POINT=${#LINE}
_refcite_completion refcite
(( ${#COMPREPLY[@]} )) && printf '%s\\0' "${COMPREPLY[@]}"
"""
_BREAKS = " \t\n\"'@><=;|&(:"  # an interactive bash has these


def _replies(folder: Path, line: str, breaks: str = _BREAKS) -> list[str]:
    """Return what bash is given to complete a line, and the options of `compopt` behind it."""
    bash = _needs("bash")
    done = subprocess.run(
        [bash, "--norc", "-c", _DRIVER],
        env={
            **_environment(folder),
            "SCRIPT": script("bash", app),
            "LINE": line,
            "BREAKS": breaks,
        },
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )
    return [*done.stdout.split("\0")[:-1], *done.stderr.splitlines()]


def _words(folder: Path, line: str) -> list[str]:
    """Return the words that bash makes of a line."""
    bash = _needs("bash")
    done = subprocess.run(
        [bash, "--norc", "-c", f"set -- {line}\nprintf '%s\\0' \"$@\""],
        env=_environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=HANG,
        check=True,
    )
    return done.stdout.split("\0")[:-1]


@pytest.mark.parametrize(
    ("stays", "replaced", "word"),
    [
        ("", "evil", "evil2001$(touch${IFS}pwned)"),
        ("'", "evil", "evil2001$(touch${IFS}pwned)"),
        ('"', "evil", "evil2001$(touch${IFS}pwned)"),
        ("", "\\`", "`touch pwned`"),
        ("", "key\\ o", "key one"),
        ("", '"key "o', "key one"),
        ('"', "key o", "key one"),
        ("", "\\*", "*star"),
        ("doe:", "2001", "doe:2001"),
        ('"', "doe:2001", "doe:2001"),
        ("a=", "", "a=b"),
        ('"', "q", "q!x"),
        ("", "q", "q!x"),
        ("'", "it", "it's"),
        ('"', "say", 'say"'),
        ("", "back", "back\\slash"),
        ("", "\\{", "{a,b}"),
        ("", "a,", "a,b"),
        ("", "\\~", "~/"),
        ("", "\\#", "#1"),
        ("", "x", "x&y;z|w"),
        ("", "ét", "été"),
    ],
)
def test_bash_gets_an_id_as_one_word(folder: Path, stays: str, replaced: str, word: str) -> None:
    line = f"refcite explain lib.json {stays}"
    (reply,) = _replies(folder, f"{line}{replaced}")
    assert _words(folder, f"{line}{reply}") == ["refcite", "explain", "lib.json", word]
    assert not (folder / "pwned").exists()


def test_bash_that_breaks_no_words_at_colons_gets_the_whole(folder: Path) -> None:
    replies = _replies(folder, "refcite explain lib.json doe:", breaks=" \t\n\"'><;|&(")
    assert replies == ["doe:2001", "doe:2002"]
    assert _replies(folder, "refcite explain lib.json doe:") == ["2001", "2002"]


def test_what_cannot_be_printed_is_not_offered(folder: Path) -> None:
    assert len(_replies(folder, "refcite explain lib.json ")) == len(IDS) - 3
    assert _replies(folder, "refcite explain lib.json line") == []
    assert _replies(folder, "refcite explain lib.json esc") == []
    assert _replies(folder, "refcite explain lib.json -- --d") == ["--dash"]


@pytest.mark.parametrize(
    ("line", "replies"),
    [
        ("cite --style=apa-6", ["apa-6th-edition"]),
        ("cite -s apa-6", ["apa-6th-edition"]),
        ("cite -s ./mi", ["option -o default"]),
        ("cite lib.json --locale=fr", ["fr-CA", "fr-FR"]),
        ("explain ~/lib.json a,", ["a,b"]),
        ('explain "$HOME/lib.json" a,', ["a,b"]),
        ("styles apa-6", ["apa-6th-edition"]),
        ("convert lib.json -t csl-json -O in", ["indent=", "option -o nospace"]),
        ("convert lib.json -o x.bib -O align=", ["yes", "no"]),
        ("convert lib.json -o x.bib --option=align=y", ["yes"]),
        ("formats biblat", ["biblatex"]),
        ("expl", ["explain"]),
    ],
)
def test_what_bash_is_offered(folder: Path, line: str, replies: list[str]) -> None:
    assert _replies(folder, f"refcite {line}") == replies


def test_options_of_both_formats_are_offered(folder: Path) -> None:
    offered = _replies(folder, "refcite convert lib.json -o x.bib -O ")
    assert {"align=", "note_fields="} < set(offered)


# All three, as a person types

SETTINGS = {
    "bash": (
        ["--norc", "--noprofile", "-i"],
        "PS1='%s'; bind 'set enable-bracketed-paste off'; eval \"$(refcite completion bash)\";"
        " refcite() { printf '<%%s>' \"$@\"; }",
    ),
    "zsh": (
        ["-f", "-i"],
        "PS1='%s'; unset zle_bracketed_paste; autoload -Uz compinit; compinit -D -u;"
        ' eval "$(refcite completion zsh)"; refcite() { printf \'<%%s>\' "$@" }',
    ),
    "fish": (
        ["--no-config", "-i"],
        "refcite completion fish | source; function refcite; printf '<%%s>' $argv; end;"
        " function fish_prompt; echo -n '%s'; end",
    ),
}
_PROMPT = "ready@"


class _Shell:
    """A shell on a terminal."""

    def __init__(self, name: str, folder: Path) -> None:
        program = _needs(name)
        arguments, settings = SETTINGS[name]
        self._master, slave = pty.openpty()
        self._process = subprocess.Popen(
            [program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # the shell's own terminal
        )
        os.close(slave)
        self._shown = ""
        # The prompt is not in what is echoed of the line that sets it.
        self._send(settings % "re''ady@" + "\r")
        self._until(_PROMPT)

    def typed(self, keys: str) -> list[str]:
        """Type something, with a return behind it; return the arguments that `refcite` gets."""
        first = f"<{keys.split()[1]}>"
        self._send(f"{keys}\r")
        shown = self._until(first, _PROMPT)
        return re.findall(r"<([^<>]*)>", shown[shown.index(first) :])

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def _send(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def _until(self, *marks: str) -> str:
        """Return what is shown until the marks were, one behind the other."""
        ends = time.monotonic() + HANG
        while time.monotonic() < ends:
            place = 0
            for mark in marks:
                found = self._shown.find(mark, place)
                place = found + len(mark) if found >= 0 else len(self._shown) + 1
            if place <= len(self._shown):
                text, self._shown = self._shown[:place], self._shown[place:]
                return text
            if select.select([self._master], [], [], 1)[0]:
                self._shown += os.read(self._master, 65536).decode(errors="replace")
        raise AssertionError(f"{marks} were not shown in: {self._shown!r}")


@pytest.mark.parametrize("name", SETTINGS)
def test_a_shell_completes_what_a_person_types(name: str, folder: Path) -> None:
    shell = _Shell(name, folder)
    try:
        for typed, word in (
            ("evil", "evil2001$(touch${IFS}pwned)"),
            ("key", "key one"),
            ("doe:2001", "doe:2001"),
            ("a,", "a,b"),
            ("back", "back\\slash"),
            ("'it", "it's"),
        ):
            arguments = shell.typed(f"refcite explain ~/lib.json {typed}\t")
            assert arguments[2:] == [word]
        assert shell.typed("refcite cite --style=apa-6\t")[1:] == ["--style=apa-6th-edition"]
        assert shell.typed("refcite cite --style=./mi\t")[1:] == ["--style=./mine.csl"]
        assert shell.typed("refcite convert -o x.bib -O align=y\t")[1:] == [
            "-o", "x.bib", "-O", "align=yes",
        ]  # fmt: skip
    finally:
        shell.close()
    assert not (folder / "pwned").exists()


# What does not depend on a shell that is there


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_a_description_is_one_line_that_commands_no_terminal(name: str, folder: Path) -> None:
    completer = SHELLS[name](app, {}, "refcite", "_REFCITE_COMPLETE")
    items = completer.get_completions(["explain", str(folder / "lib.json")], "")
    assert {item.value for item in items} == {id_ for id_ in IDS if id_.isprintable()} - {"--dash"}
    assert all(item.help and item.help.isprintable() for item in items)


def test_zsh_is_told_where_a_value_ends() -> None:
    completer = SHELLS["zsh"](app, {}, "refcite", "_REFCITE_COMPLETE")
    item = CompletionItem("a:b\\c", help="d: e")
    assert completer.format_completion(item) == "plain\na\\:b\\\\c\nd: e"
    assert completer.format_completion(CompletionItem("a:b\\c")) == "plain\na:b\\c\n_"

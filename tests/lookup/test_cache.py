"""Answers are kept on disk, and what is kept wrongly counts as nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import refcite
from refcite.library import Library
from tests.lookup import answers
from tests.lookup.server import CSL, Server, answer

DOI = answers.DOI
PATH = f"/doi/{DOI}"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "a" / "cache"


@pytest.fixture
def kept(server: Server, cache: Path) -> Path:
    """Fill the cache with one entry, and return it."""
    server.on(PATH, answer({"type": "book", "title": "Lamps"}, CSL))
    assert look_up(server, cache)[0].title == "Lamps"
    (entry,) = cache.iterdir()
    return entry


def look_up(server: Server, cache: Path, offline: bool = False, days: float = 30) -> Library:
    return refcite.lookup(DOI, offline=offline, settings=server.settings(cache, cache_days=days))


def test_what_is_kept_is_not_asked_again(server: Server, cache: Path, kept: Path) -> None:
    assert look_up(server, cache)[0].title == "Lamps"
    assert len(server.asked) == 1


def test_the_name_of_an_entry_tells_nothing(kept: Path) -> None:
    assert len(kept.stem) == 64
    assert set(kept.stem) <= set("0123456789abcdef")


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_others_cannot_read_it(kept: Path) -> None:
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert kept.stat().st_mode & 0o077 == 0


def test_what_is_old_is_asked_anew_but_serves_offline(
    server: Server, cache: Path, kept: Path
) -> None:
    server.on(PATH, answer({"type": "book", "title": "Newer"}, CSL))
    assert look_up(server, cache, offline=True, days=0)[0].title == "Lamps"
    assert look_up(server, cache, days=0)[0].title == "Newer"
    assert len(server.asked) == 2


def test_offline_asks_nobody(server: Server, cache: Path) -> None:
    library = look_up(server, cache, offline=True)
    assert [problem.code for problem in library.problems] == ["not-in-cache"]
    assert library.problems[0].hint == "look it up without the option offline"
    assert server.asked == []


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other", "text", "folder", "deep"])
def test_a_broken_entry_counts_as_none(
    server: Server, cache: Path, kept: Path, damage: str
) -> None:
    data = kept.read_bytes()
    kept.unlink()
    if damage == "folder":
        kept.mkdir()
    else:
        damaged = {
            "cut": data[:-5],
            "changed": data.replace(b"Lamps", b"Lumps"),
            "empty": b"",
            "other": data.replace(b'"version": 1', b'"version": 99'),
            "text": b"\xff\x00 no JSON\n",
            "deep": b"[" * 100_000 + b"\n",
        }
        kept.write_bytes(damaged[damage])
    assert look_up(server, cache)[0].title == "Lamps"
    assert len(server.asked) == 2


def test_answers_of_no_use_are_not_kept(server: Server, cache: Path) -> None:
    server.on(PATH, answer("<html>", "text/html"), answer({"title": "Lamps"}, CSL))
    assert look_up(server, cache).has_errors
    assert look_up(server, cache)[0].title == "Lamps"


@pytest.mark.skipif(os.name != "posix", reason="needs a folder that cannot be made")
def test_a_cache_that_cannot_be_written_costs_nothing(server: Server, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    server.on(PATH, answer({"type": "book", "title": "Lamps"}, CSL))
    library = look_up(server, blocked / "cache")
    assert (library[0].title, library.has_errors) == ("Lamps", False)


def test_old_entries_are_swept_away(server: Server, cache: Path, kept: Path) -> None:
    old = cache / f"{'0' * 64}.answer"
    old.write_text("", encoding="utf-8")
    other = cache / "notes.txt"
    other.write_text("", encoding="utf-8")
    long_ago = time.time() - 40 * 86_400
    for path in (old, other):
        os.utime(path, (long_ago, long_ago))
    server.on("/doi/10.5555/2", answer({"type": "book", "title": "Two"}, CSL))
    refcite.lookup("10.5555/2", settings=server.settings(cache))
    assert not old.exists()
    assert other.exists()
    assert kept.exists()


def test_nothing_of_the_network_is_imported_until_it_is_used() -> None:
    code = (
        "import sys, refcite; print([one for one in sys.modules if one in"
        " ('httpx', 'asyncio', 'refcite.web')]);"
        "refcite.lookup('no identifier'); print('httpx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nFalse\n"

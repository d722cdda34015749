"""`refcite add`, as a user runs it, against a server on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

import refcite
from refcite.extras import install_command
from tests.cli.terminal import on_a_terminal, without_styles
from tests.cli.test_cli import ROOT, run
from tests.lookup import answers
from tests.lookup.server import CSL, Server, answer, held, serving
from tests.waiting import HANG, until

Add = Callable[..., "subprocess.CompletedProcess[str]"]

BIB = """% My references.
@Book{quist2019,
  Author = {Quist, Bo},   title = "How  Lamps Burn",
  DOI    = {10.5555/CHAPTER},
}
@misc{page, title={A page}, url={https://lantern.example/Page/}}
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.on("/doi/10.5555/lamp.1", answer(answers.CONTENT_NEGOTIATION, CSL))
        running.on("/doi/10.5555/chapter", answer(answers.CROSSREF["message"], CSL))
        running.on("/ncbi/pubmed/", answer(answers.PUBMED))
        running.on("/arxiv/query", answer(answers.ARXIV, "application/atom+xml"))
        running.on("/openlibrary/api/books", answer(answers.OPEN_LIBRARY))
        yield running


@pytest.fixture
def add(server: Server, tmp_path: Path) -> Add:
    """Return a function that runs `refcite add` with the server as mirror of every service."""
    environment = server.environment(tmp_path / "cache")

    def run_add(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return run("add", *arguments, "--retries", "0", stdin=stdin, env=environment)

    return run_add


def test_works_are_added_and_what_was_there_stays(add: Add, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    done = add("doi:10.5555/lamp.1", "arXiv:2101.12345", "0-306-40615-2", "-o", path)
    assert done.returncode == 0
    assert done.stdout == (
        f"{path}: 3 records added: ferran2021growth, ferran2021lamps, ferran2004lamps\n"
    )
    assert "doi:10.5555/lamp.1: warning: the work was retracted" in done.stderr
    text = path.read_text(encoding="utf-8")
    assert text.startswith(BIB)
    library = refcite.load(path)
    assert library.ids[2:] == ("ferran2021growth", "ferran2021lamps", "ferran2004lamps")
    assert not library.has_errors


def test_without_a_file_they_are_printed(add: Add) -> None:
    done = add("PMID: 31209238")
    assert done.stdout.startswith("@article{ferran2019lamps,\n")
    done = add("PMID: 31209238", "-t", "csl-jsonl")
    assert done.stdout.startswith('{"id": "ferran2019lamps", "type": "article-journal"')
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("name", ["new.json", "new.ris", "new.yaml", "new.jsonl", "new.bib"])
def test_a_new_file_is_made_and_added_to(add: Add, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert add("9780306406157", "-o", path).returncode == 0
    before = path.read_text(encoding="utf-8")
    assert add("arXiv:2101.12345", "-o", path).returncode == 0
    library = refcite.load(path)
    assert [record.type for record in library] == ["book", "article"]
    assert path.read_text(encoding="utf-8").startswith(before.removesuffix("\n]\n"))


def test_what_is_there_already_is_not_asked_for(add: Add, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    done = add("https://doi.org/10.5555/chapter", "http://Lantern.example/Page#a", "-o", path)
    assert done.stderr.splitlines() == [
        f"https://doi.org/10.5555/chapter: warning: the work is already in {path},"
        " with the id 'quist2019', and was not added again [already-there]",
        f"http://Lantern.example/Page#a: warning: the work is already in {path},"
        " with the id 'page', and was not added again [already-there]",
    ]
    assert (done.stdout, done.returncode) == ("", 0)
    assert path.read_text(encoding="utf-8") == BIB
    assert server.asked == []


def test_a_work_under_another_identifier_is_not_added_twice(add: Add, tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_text('[{"id": "a", "type": "book", "DOI": "10.5555/MED"}]', encoding="utf-8")
    before = path.read_bytes()
    done = add("PMID 31209238", "-o", path)
    assert f"10.5555/med: warning: the work is already in {path}, with the id 'a'," in done.stderr
    assert path.read_bytes() == before


def test_keys_are_made_unique(add: Add, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@book{Ferran2019lamps, title={Others}}\n", encoding="utf-8")
    add("PMID 31209238", "-o", path)
    assert refcite.load(path).ids == ("Ferran2019lamps", "ferran2019lampsa")
    done = add("9780306406157", "-o", path, "--key", "{title}{year:2}")
    assert done.stdout.endswith(" Lamps04\n")


def test_an_outage_loses_no_other(add: Add, server: Server, tmp_path: Path) -> None:
    server.on("/ncbi/pubmed/", answer("", status=503))
    path = tmp_path / "refs.bib"
    done = add("PMID 31209238", "9780306406157", "nonsense", "-o", path)
    assert done.returncode == 1
    assert refcite.load(path).ids == ("ferran2004lamps",)
    first, second = done.stderr.splitlines()
    assert first.startswith("PMID 31209238: error: PubMed: 127.0.0.1 returned 503 ")
    assert second.startswith("nonsense: error: 'nonsense' is not a DOI, ")


def test_where_nothing_is_found_nothing_is_written(add: Add, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    done = add("10.5555/none", "-o", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "10.5555/none: error: doi.org: 127.0.0.1 has no work with this identifier;"
        " check the identifier [not-found]\n"
    )
    assert not path.exists()


def test_identifiers_come_from_standard_input(add: Add) -> None:
    done = add("-", "-t", "csl-jsonl", stdin="PMID: 31209238\n\n 9780306406157 \n")
    assert done.stdout.count("\n") == 2


def test_the_cache_answers_offline(add: Add, server: Server) -> None:
    online = add("9780306406157")
    asked = len(server.asked)
    assert add("9780306406157", "--offline").stdout == online.stdout
    assert len(server.asked) == asked
    missing = add("9780804429573", "--offline")
    assert "[not-in-cache]" in missing.stderr
    assert missing.returncode == 1
    add("9780306406157", "--no-cache")
    assert len(server.asked) == asked + 1


def test_a_private_page_is_asked_only_if_allowed(add: Add) -> None:
    with serving() as private:
        refused = add(f"{private.address}/page")
        assert refused.returncode == 1
        assert "127.0.0.1 is an address of a private network" in refused.stderr
        assert private.asked == []
        add(f"{private.address}/page", "--allow-private")
        assert private.paths() == ["/page"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument"),
        (["10.5555/lamp.1", "-t", "bibtext"], "did you mean 'bibtex'"),
        (["10.5555/lamp.1", "-o", "refs.pdf"], "the file extension '.pdf' does not identify"),
        (["10.5555/lamp.1", "--mailto", "me"], "mailto must be an e-mail address"),
        (["10.5555/lamp.1", "--timeout", "0"], "'--timeout'"),
        (["10.5555/lamp.1", "--key", "{autor}"], "no field 'autor'; did you mean 'author'"),
    ],
)
def test_wrong_use_is_status_2(
    add: Add, server: Server, arguments: list[str], message: str
) -> None:
    done = add(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert server.asked == []


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("cp1252", "not UTF-8 (byte 18 is not valid in it)"),
        ("utf-16", "UTF-16"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32-LE"),
    ],
)
def test_a_file_in_another_encoding_is_not_spoiled(
    add: Add, server: Server, encoding: str, reported: str, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@book{a, title={Zoë}}", encoding=encoding)
    before = path.read_bytes()
    done = add("9780306406157", "-o", path)
    assert done.returncode == 1
    assert f"{path}: the encoding is {reported}; save the file as UTF-8" in done.stderr
    assert path.read_bytes() == before
    assert server.asked == []


def test_a_declared_encoding_stays_true(add: Add, server: Server, tmp_path: Path) -> None:
    work = {**answers.CONTENT_NEGOTIATION, "title": "Łamps"}
    server.on("/doi/10.5555/lamp.1", answer(work, CSL))
    path = tmp_path / "refs.bib"
    path.write_text("% Encoding: Cp1252\n@book{a, title={One}}\n", encoding="utf-8")
    before = path.read_bytes()
    done = add("10.5555/lamp.1", "-o", path)
    assert done.returncode == 1
    assert f"{path}: declares the encoding windows-1252, which cannot represent" in done.stderr
    assert path.read_bytes() == before
    assert add("9780306406157", "-o", path).returncode == 0
    assert path.read_bytes().startswith(before)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_mark_and_the_kind_of_line_ends_stay(add: Add, end: str, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"\xef\xbb\xbf" + BIB.replace("\n", end).encode())
    before = path.read_bytes()
    add("9780306406157", "-o", path)
    after = path.read_bytes()
    assert after.startswith(before)
    ends = after.count(end.encode())
    assert ends == after.count(b"\r") > before.count(b"\r")
    assert after.count(b"\n") == (ends if end == "\r\n" else 0)


PATIENT = """
import sys
from refcite.cli import main
from refcite.web import Settings

usual = Settings.from_environment()
Settings.from_environment = lambda: usual.replace(read_timeout=600.0, total_timeout=600.0)
sys.argv[0] = "refcite"
main()
"""
"""`refcite`, which waits for the server as long as a test does."""


class Waiting:
    """`refcite add` in several processes, all of which wait for the server.

    Args:
        server: The server.
        folder: A folder for the caches.
    """

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._go = Event()
        self._running: list[subprocess.Popen[str]] = []
        for path, reply in (
            ("/doi/10.5555/lamp.1", answer(answers.CONTENT_NEGOTIATION, CSL)),
            ("/ncbi/pubmed/", answer(answers.PUBMED)),
            ("/openlibrary/api/books", answer(answers.OPEN_LIBRARY)),
        ):
            server.on(path, held(reply, until=self._go))

    def start(self, *arguments: str | Path) -> None:
        """Start a process."""
        cache = self._folder / f"cache{len(self._running)}"
        self._running.append(
            subprocess.Popen(
                [sys.executable, "-c", PATIENT, "add", *map(str, arguments), "--retries", "0"],
                env={**os.environ, **self._server.environment(cache)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )

    def wait(self) -> None:
        """Wait until each process has read its file, and looks up a work."""
        until(lambda: len(self._server.asked) >= len(self._running), "the requests")

    def go(self) -> list[tuple[int, str, str]]:
        """Let the server answer; return the status, the output and the errors of each process."""
        self.wait()
        self._go.set()
        ended = [(running, running.communicate(timeout=HANG)) for running in self._running]
        return [(running.returncode, out, error) for running, (out, error) in ended]


@pytest.mark.parametrize(("name", "exists"), [("refs.bib", True), ("refs.json", False)])
def test_several_at_once_lose_nothing(
    server: Server, name: str, exists: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    if exists:
        path.write_text(BIB, encoding="utf-8")
    waiting = Waiting(server, tmp_path)
    for work in ("10.5555/lamp.1", "PMID 31209238", "0-306-40615-2", "9780306406157"):
        waiting.start(work, "-o", path)
    done = waiting.go()
    assert [(status, error) for status, _, error in done if status] == []
    # The last two are one work.
    assert sum("1 record added" in out for _, out, _ in done) == 3
    assert sum("[already-there]" in error for _, _, error in done) == 1
    library = refcite.load(path)
    assert set(library.ids[-3:]) == {"ferran2021growth", "ferran2019lamps", "ferran2004lamps"}
    assert len(library) == 3 + 2 * exists
    assert path.read_text(encoding="utf-8").startswith(BIB if exists else "[")
    assert [found for found in tmp_path.iterdir() if not found.name.startswith("cache")] == [path]


def test_a_text_that_was_saved_during_the_look_up_stays(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    waiting = Waiting(server, tmp_path)
    waiting.start("0-306-40615-2", "-o", path)
    waiting.wait()
    edited = BIB.replace("A page", "Another page") + "@book{ferran2004lamps, title={Others}}\n"
    path.write_text(edited, encoding="utf-8")
    ((status, out, _),) = waiting.go()
    assert (status, out) == (0, f"{path}: 1 record added: ferran2004lampsa\n")
    assert path.read_text(encoding="utf-8").startswith(edited)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty or was removed"),
        (None, "it is empty or was removed"),
        ("@book{a, title={Zoë}}".encode("utf-16"), "the encoding is UTF-16"),
        (b"TY  - BOOK\nTI  - One\nER  - \n", "its format is ris"),
    ],
)
def test_a_change_to_which_nothing_can_be_added_is_reported(
    server: Server, data: bytes | None, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    waiting = Waiting(server, tmp_path)
    waiting.start("0-306-40615-2", "-o", path)
    waiting.wait()
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    ((status, out, error),) = waiting.go()
    assert (status, out) == (1, "")
    assert f"{path}: was changed during the look-up, and nothing was added: {reason}" in error
    assert (path.read_bytes() if path.exists() else None) == data


@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_standard_output_is_no_file_to_add_to(add: Add, output: str) -> None:
    done = add("PMID: 31209238", "-o", output)
    assert done.stdout.startswith("@article{ferran2019lamps,\n")
    assert done.stdout.endswith("}\n")
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_file_that_cannot_be_written_is_reported_before_the_look_up(
    add: Add, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "none" / "refs.bib"
    done = add("PMID: 31209238", "-o", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{path}: cannot be written: No such file or directory" in done.stderr
    assert server.asked == []


def test_a_bar_says_how_many_were_looked_up(server: Server, tmp_path: Path) -> None:
    is_shown = Event()

    def watch(shown: str) -> None:
        if "looking up (2 of 3)" in without_styles(shown):
            is_shown.set()

    server.on("/ncbi/pubmed/", held(answer(answers.PUBMED), until=is_shown))
    shown = on_a_terminal(
        *("add", "10.5555/lamp.1", "PMID 31209238", "no identifier", "-o", tmp_path / "a.bib"),
        columns=200,
        status=1,
        env=server.environment(tmp_path / "cache"),
        delay=0,
        watch=watch,
    )
    assert is_shown.is_set()
    assert "2 records added" in shown


def test_what_cannot_be_decoded_is_an_identifier_that_is_unknown(server: Server) -> None:
    done = run("add", "-", stdin=b"\xff\x81\n", env={"PYTHONIOENCODING": "utf-8:strict"})
    assert "[unknown-identifier]" in done.stderr


def test_without_httpx_it_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "httpx.py").write_text("raise ImportError('No module named httpx')", "utf-8")
    done = run(
        "add",
        "10.5555/lamp.1",
        env={"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])},
    )
    assert done.returncode == 1
    assert f"install them with: {install_command('web')}" in done.stderr

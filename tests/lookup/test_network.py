"""What servers may do wrong, and what comes of it: an error for one identifier, never more."""

from __future__ import annotations

import asyncio
import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

import refcite
from refcite.formats.progress import listening
from refcite.library import Library
from refcite.web.pace import Hosts, seconds_to_wait
from tests.lookup.asking import DOI, GOOD, PATH, WORK, look_up, only_problem
from tests.lookup.server import (
    CSL,
    Reply,
    Server,
    answer,
    bomb,
    dripping,
    endless,
    redirect,
    silent,
    truncated,
    zipped,
)

# Answers that are none


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (answer("<!doctype html><p>Hello", "text/html"), "the response is a page"),
        (answer("<!doctype html><p>Hello", CSL), "the response is a page"),
        (answer('{"title": "Lam', CSL), "is not valid JSON"),
        (answer("[" * 100_000, CSL), "is not valid JSON"),
        (answer("", CSL), "response is empty"),
        (answer("[]", CSL), "contains no work"),
        (answer("{}", CSL), "contains no title"),
        (answer('{"type": "book"}', CSL), "contains no title"),
        (truncated(b'{"title": "Lamps"}'), "closed the connection before the end of the response"),
        (
            Reply(gzip.compress(b"{}" * 900)[:-20], 200, {"Content-Encoding": "gzip"}),
            "is incomplete",
        ),
        (Reply(b"no gzip", 200, {"Content-Encoding": "gzip"}), "cannot be decompressed"),
        (Reply(b"{}", 200, {"Content-Encoding": "br"}), "encoding 'br'"),
        (answer("", status=500), "returned 500 Internal Server Error"),
        (answer("", status=503), "returned 503 Service Unavailable"),
        (answer("", status=403), "returned 403 Forbidden"),
        (answer("", status=418), "returned 418"),
        (redirect("http://[::1"), "a URL that is not valid"),
    ],
)
def test_an_answer_that_is_none_is_said(server: Server, reply: Reply, message: str) -> None:
    server.on(PATH, reply)
    problem = only_problem(look_up(server))
    assert message in problem.message
    assert problem.message.startswith("doi.org: ")
    assert problem.code in {"unusable-answer", "no-answer"}


def test_a_good_answer_of_a_wrong_type_is_read(server: Server) -> None:
    server.on(PATH, answer(WORK, "text/plain"))
    assert look_up(server)[0].title == "Lamps"


def test_an_answer_may_be_packed(server: Server) -> None:
    server.on(PATH, zipped(json.dumps(WORK).encode()))
    assert look_up(server)[0].title == "Lamps"


# Time


def test_a_server_that_says_nothing_is_not_waited_for(server: Server) -> None:
    server.on(PATH, silent(server))
    problem = only_problem(look_up(server, read_timeout=0.1, retries=0))
    assert "did not respond in time" in problem.message


def test_a_server_that_drips_is_not_waited_for(server: Server) -> None:
    server.on(PATH, dripping(server))
    problem = only_problem(look_up(server, total_timeout=0.5))
    assert "did not send the complete response within 0.5 s" in problem.message


# Attempts


@pytest.mark.parametrize("first", [500, 502, 503, 504, 429, 408])
def test_what_passes_is_tried_again(server: Server, first: int) -> None:
    server.on(PATH, answer("", status=first), GOOD)
    assert look_up(server)[0].title == "Lamps"
    assert server.paths() == [PATH, PATH]


def test_a_broken_off_answer_is_tried_again(server: Server) -> None:
    server.on(PATH, truncated(b'{"title": '), GOOD)
    assert look_up(server)[0].title == "Lamps"


@pytest.mark.parametrize("retries", [0, 3])
def test_attempts_are_counted(server: Server, retries: int) -> None:
    server.on(PATH, answer("", status=500))
    only_problem(look_up(server, retries=retries))
    assert server.paths().count(PATH) == retries + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_does_not_pass_is_not_tried_again(server: Server, status: int) -> None:
    server.on(PATH, answer("", status=status))
    only_problem(look_up(server, retries=3))
    assert server.paths().count(PATH) == 1


def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let nobody sleep, and return for how long they would have."""
    seconds: list[float] = []
    sleep = asyncio.sleep

    async def note(delay: float, result: object = None) -> object:
        seconds.append(delay)
        return await sleep(0, result)

    monkeypatch.setattr("asyncio.sleep", note)
    return seconds


def test_retry_after_is_kept_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = slept(monkeypatch)
    server.on(PATH, Reply(b"", 429, {"Retry-After": "7"}), GOOD)
    assert look_up(server)[0].title == "Lamps"
    assert 7.0 in seconds


def test_a_date_to_retry_after_is_kept_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = slept(monkeypatch)
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    server.on(PATH, Reply(b"", 503, {"Retry-After": date}), GOOD)
    assert look_up(server)[0].title == "Lamps"
    assert any(0 < delay <= 40 for delay in seconds)  # there is no back-off here


def test_a_server_that_asks_for_too_long_a_wait_is_left_alone(server: Server) -> None:
    server.on(PATH, Reply(b"", 429, {"Retry-After": "3600"}), GOOD)
    problem = only_problem(look_up(server, longest_wait=0.0))
    assert "requests a wait of 3600 s" in problem.message
    assert server.paths().count(PATH) == 1


def test_waits_grow_and_have_a_limit(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = slept(monkeypatch)
    server.on(PATH, answer("", status=500))
    only_problem(look_up(server, retries=4, backoff=10.0, longest_wait=35.0))
    first, second, third, fourth = [delay for delay in seconds if delay >= 10][:4]
    assert 10 <= first <= 20 <= second <= 30
    assert third == fourth == 35


@pytest.mark.parametrize("text", ["", "-1", "soon", "Wed, 99 Oct 2015 07:28:00 GMT", "9" * 5000])
def test_a_strange_retry_after_is_no_crash(text: str) -> None:
    seconds = seconds_to_wait(text)
    assert seconds is None or seconds >= 0


# Many at once


def test_results_come_in_the_order_asked_and_an_outage_loses_no_other(server: Server) -> None:
    for number in range(6):
        work = {"type": "book", "title": f"Lamp{number}", "DOI": f"10.5555/{number}"}
        server.on(f"/doi/10.5555/{number}", answer(work, CSL))
    server.on("/doi/10.5555/2", answer("", status=500))
    server.on("/doi/10.5555/4", answer("<html>", "text/html"))
    asked = [f"10.5555/{number}" for number in (3, 2, 5, 0, 4, 1)]
    library = refcite.lookup([*asked, "nonsense"], settings=server.settings(retries=0))
    assert [record.title for record in library] == ["Lamp3", "Lamp5", "Lamp0", "Lamp1"]
    assert [(problem.file, problem.code) for problem in library.problems] == [
        ("10.5555/2", "no-answer"),
        ("10.5555/4", "unusable-answer"),
        ("nonsense", "unknown-identifier"),
    ]


@pytest.mark.parametrize(("at_once", "per_host"), [(1, 8), (8, 1), (3, 8), (8, 3)])
def test_no_more_requests_are_under_way_than_allowed(
    server: Server, at_once: int, per_host: int
) -> None:
    for number in range(12):
        server.on(f"/doi/10.5555/{number}", GOOD)
    asked = [f"10.5555/{number}" for number in range(12)]
    settings = server.settings(at_once=at_once, at_once_per_host=per_host)
    assert len(refcite.lookup(asked, settings=settings)) == 12
    assert server.most_at_once <= min(at_once, per_host)


def test_a_service_is_asked_no_more_often_than_it_wishes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """arXiv wants three seconds between two requests, and one at a time."""
    seconds = slept(monkeypatch)
    under_way: list[int] = []

    async def three() -> None:
        host = Hosts(at_once=8)["export.arxiv.org"]

        async def ask() -> None:
            async with host.place():
                under_way.append(1)
                assert len(under_way) == 1
                await asyncio.sleep(0)
                under_way.pop()

        await asyncio.gather(ask(), ask(), ask())

    asyncio.run(three())
    assert [round(delay) for delay in seconds if delay > 1] == [3, 3]


def test_one_work_is_looked_up_once(server: Server) -> None:
    server.on(PATH, GOOD)
    asked = [DOI, f"https://doi.org/{DOI.upper()}"]
    library = refcite.lookup(asked, settings=server.settings())
    assert len(library) == 1
    assert [problem.code for problem in library.problems] == ["repeated-identifier"]
    assert len(server.asked) == 1


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_identifier_is_reported_by_a_name(text: str) -> None:
    (problem,) = refcite.lookup(text).problems
    assert (problem.code, problem.file) == ("unknown-identifier", "(empty)")


def test_ids_are_made_unique(server: Server) -> None:
    for number in range(3):
        server.on(f"/doi/10.5555/{number}", GOOD)
    asked = [f"10.5555/{number}" for number in range(3)]
    library = refcite.lookup(asked, settings=server.settings(), key_pattern="{title}")
    assert library.ids == ("Lamps", "Lampsa", "Lampsb")


def test_it_works_inside_a_running_loop(server: Server) -> None:
    server.on(PATH, GOOD)

    async def notebook() -> Library:
        return look_up(server)

    assert asyncio.run(notebook())[0].title == "Lamps"


# Size


@pytest.mark.parametrize("length", [None, 1_000_000_000])
def test_a_body_without_end_is_not_read_to_its_end(server: Server, length: int | None) -> None:
    server.on(PATH, endless(server, length))
    problem = only_problem(look_up(server, max_bytes=300_000))
    assert "larger than 300,000 bytes" in problem.message
    # What is beyond the limit went into the buffers of both sides' sockets.
    assert server.sent < 50_000_000


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    reply = bomb()
    assert len(reply.body) < 500_000
    server.on(PATH, reply)
    problem = only_problem(look_up(server, max_bytes=2_000_000))
    assert "larger than 2,000,000 bytes" in problem.message


def test_members_of_gzip_are_unpacked_together_and_up_to_the_limit(server: Server) -> None:
    text = json.dumps(WORK).encode()
    both = gzip.compress(text[:9]) + gzip.compress(text[9:])
    server.on(PATH, Reply(both, 200, {"Content-Encoding": "gzip"}))
    assert look_up(server)[0].title == "Lamps"
    many = gzip.compress(b" " * 60_000) * 50
    server.on(PATH, Reply(many, 200, {"Content-Encoding": "gzip"}))
    assert "larger than" in only_problem(look_up(server, max_bytes=100_000)).message


# How far it has come


@pytest.mark.parametrize("runs_already", [False, True], ids=["alone", "in a loop"])
def test_who_listens_hears_how_many_are_done(server: Server, runs_already: bool) -> None:
    dois = [f"10.5555/{number}" for number in range(5)]
    for doi in dois[:4]:
        server.on(f"/doi/{doi}", answer({**WORK, "DOI": doi}, CSL))
    heard: list[float] = []

    def ask() -> Library:
        with listening(heard.append):
            return refcite.lookup([*dois, dois[0], "no identifier"], settings=server.settings())

    async def ask_in_a_loop() -> Library:
        return ask()

    library = asyncio.run(ask_in_a_loop()) if runs_already else ask()
    assert len(library) == 4
    assert heard == [number / 7 for number in range(3, 8)]

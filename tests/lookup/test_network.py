"""What servers may do wrong, and what comes of it: an error for one identifier, never more."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import trustme

import refcite
from refcite.library import Library
from refcite.problems import Problem
from refcite.web import Settings, SettingsError
from refcite.web.addresses import is_public
from refcite.web.pace import seconds_to_wait
from tests.lookup import answers
from tests.lookup.server import (
    CSL,
    Reply,
    Server,
    answer,
    bomb,
    dripping,
    endless,
    redirect,
    serving,
    silent,
    truncated,
    zipped,
)

DOI = answers.DOI
PATH = f"/doi/{DOI}"
WORK = {"type": "book", "title": "Lamps", "DOI": DOI}
GOOD = answer(WORK, CSL)
PLAIN = Settings(cache=None, retries=0)
"""Settings that name no mirror."""


def look_up(server: Server, text: str = DOI, **settings: Any) -> Library:
    return refcite.lookup(text, settings=server.settings(**settings))


def only_problem(library: Library) -> Problem:
    assert len(library) == 0
    (problem,) = library.problems
    assert str(problem).startswith(f"{problem.file}: error: ")
    return problem


# Answers that are none


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (answer("<!doctype html><p>Hello", "text/html"), "answers with a page"),
        (answer("<!doctype html><p>Hello", CSL), "answers with a page"),
        (answer('{"title": "Lam', CSL), "is no valid JSON"),
        (answer("[" * 100_000, CSL), "is no valid JSON"),
        (answer("", CSL), "answer is empty"),
        (answer("[]", CSL), "holds no work"),
        (answer("{}", CSL), "has no title"),
        (answer('{"type": "book"}', CSL), "has no title"),
        (truncated(b'{"title": "Lamps"}'), "broke off its answer"),
        (Reply(gzip.compress(b"{}" * 900)[:-20], 200, {"Content-Encoding": "gzip"}), "its end"),
        (Reply(b"no gzip", 200, {"Content-Encoding": "gzip"}), "is broken"),
        (Reply(b"{}", 200, {"Content-Encoding": "br"}), "packed as 'br'"),
        (answer("", status=500), "answers 500 Internal Server Error"),
        (answer("", status=503), "answers 503 Service Unavailable"),
        (answer("", status=403), "answers 403 Forbidden"),
        (answer("", status=418), "answers 418"),
        (redirect("http://[::1"), "no valid address"),
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
    assert "did not answer in time" in problem.message


def test_a_server_that_drips_is_not_waited_for(server: Server) -> None:
    server.on(PATH, dripping(server))
    problem = only_problem(look_up(server, total_timeout=0.5))
    assert "did not answer whole in 0.5 s" in problem.message


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
    assert any(20 < delay <= 40 for delay in seconds)


def test_a_server_that_asks_for_too_long_a_wait_is_left_alone(server: Server) -> None:
    server.on(PATH, Reply(b"", 429, {"Retry-After": "3600"}), GOOD)
    problem = only_problem(look_up(server, longest_wait=0.0))
    assert "asks to wait 3600 s" in problem.message
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


def test_one_work_is_looked_up_once(server: Server) -> None:
    server.on(PATH, GOOD)
    asked = [DOI, f"https://doi.org/{DOI.upper()}"]
    library = refcite.lookup(asked, settings=server.settings())
    assert len(library) == 1
    assert [problem.code for problem in library.problems] == ["asked-twice"]
    assert len(server.asked) == 1


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


# Redirects


def test_redirects_are_followed(server: Server) -> None:
    server.on(PATH, redirect("/data/1", 301))
    server.on("/data/1", redirect(f"{server.address}/data/2", 303))
    server.on("/data/2", GOOD)
    assert look_up(server)[0].title == "Lamps"
    assert all(headers["Accept"] == CSL for _, headers in server.asked)


def test_a_loop_of_redirects_ends(server: Server) -> None:
    server.on(PATH, redirect("/loop"))
    server.on("/loop", redirect(PATH))
    problem = only_problem(look_up(server, max_redirects=4))
    assert "redirects more than 4 times" in problem.message
    assert sum(path in {PATH, "/loop"} for path in server.paths()) == 5


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/a", "data:,a", "javascript:1"]
)
def test_a_redirect_to_another_scheme_is_refused(server: Server, target: str) -> None:
    server.on(PATH, redirect(target))
    problem = only_problem(look_up(server))
    assert problem.code == "refused-address"
    assert "which is not followed" in problem.message


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "0x7f.1"]
)
def test_a_redirect_to_a_private_address_is_refused(server: Server, host: str) -> None:
    with serving() as inner:
        inner.on("/secret", GOOD)
        server.on(PATH, redirect(f"http://{host}:{inner.port}/secret"))
        problem = only_problem(look_up(server))
        assert problem.code == "refused-address"
        assert "address of a private network" in problem.message
        assert inner.asked == []
        if host == "127.0.0.1":
            assert look_up(server, allow_private=True)[0].title == "Lamps"


def test_a_password_in_a_redirect_is_not_sent(server: Server) -> None:
    server.on(PATH, redirect(f"http://user:secret@127.0.0.1:{server.port}/data"))
    server.on("/data", GOOD)
    look_up(server)
    assert all("Authorization" not in headers for _, headers in server.asked)


# Addresses


@pytest.mark.parametrize(
    "text",
    [
        *("127.0.0.1", "127.255.1.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *(
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd12::1",
            "ff02::1",
        ),
        *("fec0::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1"),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:1::1",
        ),
        *("2001:0:7f00:1::", "nonsense", "", "127.1"),
    ],
)
def test_private_addresses(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_a_page_of_a_private_network_is_not_asked(server: Server, host: str) -> None:
    problem = only_problem(refcite.lookup(f"http://{host}:{server.port}/page", settings=PLAIN))
    assert problem.code == "refused-address"
    assert problem.hint == "allow private addresses if you mean it"
    assert server.asked == []


def test_a_mirror_is_trusted_at_its_port_alone(server: Server) -> None:
    server.on(PATH, GOOD)
    with serving() as other:
        other.on("/page", answer(answers.PAGE, "text/html"))
        assert look_up(server)[0].title == "Lamps"
        problem = only_problem(look_up(server, f"{other.address}/page"))
        assert problem.code == "refused-address"


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is checked and private when it is asked gains nothing."""
    asked: list[str] = []
    usual = socket.getaddrinfo

    def rebound(host: str | bytes, port: Any, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name != "rebound.example":
            return usual(host, port, *rest, **options)
        asked.append(name)
        # The second answer would lead to the server.
        return usual("127.0.0.1", port, *rest, **options)

    monkeypatch.setattr("socket.getaddrinfo", rebound)
    monkeypatch.setattr("refcite.web.addresses.is_public", lambda address: len(asked) == 1)
    server.on("/page", answer("%PDF", "application/pdf"))
    library = refcite.lookup(f"http://rebound.example:{server.port}/page", settings=PLAIN)
    assert "no page, but application/pdf" in only_problem(library).message
    assert asked == ["rebound.example"]
    assert server.asked[0][1]["Host"] == f"rebound.example:{server.port}"


def test_a_name_with_a_private_address_among_others_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(host: str, port: int, *_: Any, **__: Any) -> Any:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("8.8.8.8", port)), (*kind, ("127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", two)
    problem = only_problem(look_up(server, "http://two.example/page"))
    assert problem.message.endswith("two.example (127.0.0.1) is an address of a private network")


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(SICI)1097-4679(199707)53:5<461::AID-JCLP7>3.0.CO;2-X",
        "10.5555/a?b#c%2Fd",
        "10.5555/a//b",
        "10.5555/größe",
        "10.5555/a b+c&d=e",
    ],
)
def test_any_doi_arrives_as_it_is(server: Server, doi: str) -> None:
    look_up(server, f"doi:{doi}")
    asked = [unquote(path) for path in server.paths()]
    assert f"/doi/{doi.replace(' ', '')}" in asked


# Connections


def test_nobody_listens(server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        changes = dict.fromkeys(("doi", "crossref", "datacite"), address)
        problem = only_problem(look_up(server, **changes))
    assert problem.message.count("cannot be reached") == 3
    assert problem.code == "no-answer"


def test_a_server_without_tls_is_no_safe_server(server: Server) -> None:
    address = server.address.replace("http:", "https:")
    changes = dict.fromkeys(("doi", "crossref", "datacite"), address)
    problem = only_problem(look_up(server, **changes))
    assert "no safe connection to 127.0.0.1" in problem.message


def test_the_certificate_is_checked_for_the_name_and_not_for_the_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("lamps.example").configure_cert(context)
    usual = socket.getaddrinfo
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda host, *rest, **options: usual("127.0.0.1", *rest, **options)
    )
    monkeypatch.setattr("refcite.web.addresses.is_public", lambda address: True)
    with serving(context) as server:
        server.on("/page", answer("%PDF", "application/pdf"))

        def failure(name: str) -> str:
            asked = f"https://{name}:{server.port}/page"
            return only_problem(refcite.lookup(asked, settings=PLAIN)).message

        assert "no safe connection to lamps.example" in failure("lamps.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert "no page, but application/pdf" in failure("lamps.example")
        assert "no safe connection to other.example" in failure("other.example")
        assert len(server.asked) == 1


def test_a_host_that_there_is_not(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    problem = only_problem(look_up(server, "https://nowhere.example/"))
    assert problem.message.endswith("there is no host 'nowhere.example'")


def test_a_proxy_gets_public_names_and_no_private_address(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    server.on("/page", answer("%PDF", "application/pdf"))
    library = look_up(server, "http://behind.example/page", proxy=server.address)
    assert "no page, but application/pdf" in only_problem(library).message
    assert server.asked[0][0] == "http://behind.example/page"
    for host in ("10.0.0.1", "[fc00::1]", "0x0a.1", "intranet.local"):
        refused = look_up(server, f"http://{host}/page", proxy=server.address)
        assert only_problem(refused).code == "refused-address"
    assert len(server.asked) == 1


def test_the_contact_is_in_the_user_agent(server: Server) -> None:
    server.on(PATH, GOOD)
    refcite.lookup(DOI, mailto="me@example.org", settings=server.settings())
    agent = server.asked[0][1]["User-Agent"]
    assert re.fullmatch(r"refcite(/[0-9.]+)? \(mailto:me@example\.org\)", agent)


# Settings


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mailto": "me"}, "must be an e-mail address"),
        ({"mailto": "me@x.org\r\nX: y"}, "must be an e-mail address"),
        ({"retries": -1}, "retries must not be less than 0"),
        ({"total_timeout": 0}, "total_timeout must be more than 0"),
        ({"doi": "file:///"}, "must start with http:// or https://"),
    ],
)
def test_a_setting_that_makes_no_sense_is_said(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings(**changes)


def test_settings_of_the_environment(tmp_path: Path) -> None:
    environment = {
        "REFCITE_MAILTO": "me@example.org",
        "REFCITE_CACHE": str(tmp_path),
        "REFCITE_ARXIV_URL": "http://mirror.example/",
        "REFCITE_DOI_URL": "",
        "HTTPS_PROXY": "http://proxy.example:3128",
    }
    settings = Settings.from_environment(environment)
    assert (settings.mailto, settings.cache) == ("me@example.org", tmp_path)
    assert (settings.arxiv, settings.doi) == ("http://mirror.example", "https://doi.org")
    assert settings.proxy == "http://proxy.example:3128"
    assert Settings.from_environment({"REFCITE_CACHE": "off"}).cache is None

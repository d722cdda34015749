"""Whom refcite asks: no private address, no other scheme, nobody without a right certificate."""

from __future__ import annotations

import re
import socket
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import trustme

import refcite
from refcite.web import Settings, SettingsError
from refcite.web.addresses import is_public
from tests.lookup import answers
from tests.lookup.asking import DOI, GOOD, PATH, PLAIN, look_up, only_problem
from tests.lookup.server import (
    CSL,
    Server,
    answer,
    redirect,
    serving,
)

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
    assert (
        problem.hint == "set allow_private (--allow-private) to allow requests to private networks"
    )
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
    assert "not a page, but application/pdf" in only_problem(library).message
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
    assert "secure connection to 127.0.0.1 failed" in problem.message


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

        assert "secure connection to lamps.example failed" in failure("lamps.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert "not a page, but application/pdf" in failure("lamps.example")
        assert "secure connection to other.example failed" in failure("other.example")
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
    assert "not a page, but application/pdf" in only_problem(library).message
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

"""Each service's answer becomes a record with what the service says, and no more."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refcite
from refcite.identifier_kinds import identify
from refcite.names import Name
from refcite.record import Record
from refcite.web.cache import Response
from refcite.web.failures import SourceError
from refcite.web.sources import SOURCES
from tests.lookup import answers
from tests.lookup.server import CSL, Reply, Server, answer, redirect

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "message", "data", "attributes", "items", "author", "type"]),
            inner,
            max_size=4,
        )
    ),
).map(lambda value: json.dumps(value).encode())
NOW = datetime.now(UTC)


def found(server: Server, text: str, **settings: Any) -> tuple[Record, dict[str, str]]:
    """Look one work up; return it, and its problems by code."""
    library = refcite.lookup(text, settings=server.settings(**settings))
    problems = {problem.code: problem.message for problem in library.problems}
    assert len(library) == 1, problems
    assert not library.has_errors
    assert all(problem.file == text for problem in library.problems)
    return library[0], problems


def test_content_negotiation(server: Server) -> None:
    server.on("/doi/10.5555/lamp.1", answer(answers.CONTENT_NEGOTIATION, CSL))
    record, problems = found(server, "https://doi.org/10.5555/lamp.1.")
    assert record == Record(
        id="ferran2021growth",
        type="article-journal",
        title="Growth of <i>E. coli</i> & friends: A study",
        author=(
            Name(family="Ferran", given="Ada"),
            Name(literal="Lantern Working Group"),
            Name(family="Dijk", given="Jo", non_dropping_particle="van", suffix="Jr."),
        ),
        container_title="Journal of Lamps",
        container_title_short="J. Lamps",
        publisher="Lantern Society",
        volume="7",
        issue="4",
        page="12-34",
        issued=refcite.Date.of(2021, 4, 1),
        doi="10.5555/LAMP.1",
        issn="0378-5955, 1234-5679",
        keyword="Lamps, Bacteria",
        language="en",
        license="https://creativecommons.org/licenses/by/4.0/",
        abstract="One.\nTwo.",
    )
    assert problems == {"retracted-work": "the work was retracted (notice: 10.5555/notice)"}
    assert server.asked[0][1]["Accept"] == CSL


def test_crossref_answers_where_doi_org_does_not(server: Server) -> None:
    server.on("/doi/10.5555/chapter", answer("<html>", "text/html"))
    server.on("/crossref/works/10.5555/chapter", answer(answers.CROSSREF))
    record, problems = found(server, "10.5555/chapter")
    assert (record.type, record.title) == ("chapter", "How Lamps Burn")
    assert (record.container_title, record.collection_title) == (
        "Handbook of Lamps",
        "Lecture Notes in Light",
    )
    assert (record.isbn, record.publisher_place) == ("9780306406157", "Oslo")
    assert (record.event_title, str(record.event_date)) == ("Lamp Days", "2019-05-01/2019-05-03")
    assert record.extra == {}
    assert list(problems) == ["other-source"]
    assert problems["other-source"].startswith("doi.org: the response is a page")


def test_a_preprint_stands_on_its_server(server: Server) -> None:
    server.on("/doi/10.5555/pre", answer(answers.PREPRINT, CSL))
    record, _ = found(server, "10.5555/pre")
    assert (record.type, record.genre, record.publisher) == ("article", "Preprint", "lampRxiv")


def test_datacite_is_the_last_to_be_asked(server: Server) -> None:
    server.on("/doi/10.5555/data", answer("", status=406))
    server.on("/datacite/dois/10.5555/data", answer(answers.DATACITE))
    record, problems = found(server, "10.5555/data")
    assert record == Record(
        id="ferran2020lamps",
        type="dataset",
        genre="Table",
        title="Lamps, counted: 1990 to 2000",
        author=(
            Name(family="Ferran", given="Ada"),
            Name(literal="Freedom House"),
            Name(family="Quist", given="Bo"),
            Name(literal="Nobody Told"),
        ),
        editor=(Name(family="Edi", given="Tor"),),
        issued=refcite.Date.of(2020, 4, 23),
        publisher="Lamp Repository",
        keyword="Lamps, Light",
        language="en",
        version="2.1",
        license="https://lantern.example/by",
        abstract="Lamps\nand light",
        doi="10.5555/data",
        url="https://lantern.example/data",
    )
    assert server.paths() == [
        "/doi/10.5555/data",
        "/crossref/works/10.5555/data",
        "/datacite/dois/10.5555/data",
    ]
    assert set(problems) == {"other-source"}


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_registry_does_not_know_is_asked_of_nobody_else(
    server: Server, status: int
) -> None:
    server.on("/doi/10.5555/none", answer("", status=status))
    library = refcite.lookup("10.5555/none", settings=server.settings())
    assert [problem.code for problem in library.problems] == ["not-found"]
    assert server.paths() == ["/doi/10.5555/none"]


def test_arxiv(server: Server) -> None:
    server.on("/arxiv/query", answer(answers.ARXIV, "application/atom+xml"))
    record, problems = found(server, "arXiv:2101.12345")
    assert record == Record(
        id="ferran2021lamps",
        type="article",
        genre="Preprint",
        title="Lamps in the limit",
        author=(
            Name(family="Ferran", given="Ada"),
            Name(family="Lampen", given="Ludwig", non_dropping_particle="van"),
            Name(literal="LAMP Collaboration"),
        ),
        issued=refcite.Date.of(2021, 1, 29),
        publisher="arXiv",
        number="arXiv:2101.12345",
        keyword="cs.CL, math.CO",
        abstract="We count lamps & lights.",
        doi="10.48550/arXiv.2101.12345",
        url="https://arxiv.org/abs/2101.12345",
        extra={"published-doi": "10.5555/lamp.9", "journal-ref": "J. Lamps 9"},
    )
    assert problems["published-version"] == "the preprint was published as 10.5555/lamp.9"
    assert "guessed-names" in problems
    assert server.asked[0][0] == "/arxiv/query?id_list=2101.12345&max_results=1"


def test_a_version_of_arxiv_that_is_asked_for_is_the_one_that_is_cited(server: Server) -> None:
    server.on("/arxiv/query", answer(answers.ARXIV, "application/atom+xml"))
    record, _ = found(server, "https://arxiv.org/pdf/2101.12345v2")
    assert (record.version, record.url) == ("2", "https://arxiv.org/abs/2101.12345v2")
    assert str(record.issued) == "2021-03-05"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (answers.ARXIV_NONE, "not-found"),
        (answers.ARXIV_ERROR, "not-found"),
        ("<feed", "unusable-answer"),
        ("<html/>", "unusable-answer"),
        ("", "unusable-answer"),
    ],
)
def test_arxiv_says_no(server: Server, body: str, code: str) -> None:
    server.on("/arxiv/query", answer(body, "application/atom+xml"))
    library = refcite.lookup("2101.12345", settings=server.settings())
    assert [problem.code for problem in library.problems] == [code]


def test_an_entity_in_atom_is_not_read_from_a_file(server: Server) -> None:
    entity = '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = answers.ARXIV.split("?>", 1)[1].replace("Lamps in", "Lamps &x; in")
    server.on("/arxiv/query", answer(entity + body))
    record, _ = found(server, "2101.12345")
    assert record.title is not None
    assert record.title.startswith("Lamps")
    assert len(record.title) < len("Lamps in the limit") + 1


@pytest.mark.parametrize("text", ["PMID: 31209238", "PMC6613236"])
@pytest.mark.parametrize("is_list", [False, True])
def test_pubmed_and_pubmed_central(server: Server, text: str, is_list: bool) -> None:
    body = [answers.PUBMED] if is_list else answers.PUBMED
    kind, number = ("pmc", "6613236") if text.startswith("PMC") else ("pubmed", "31209238")
    server.on(f"/ncbi/{kind}/", answer(body))
    record, problems = found(server, text)
    assert (record.title, record.type) == ("Lamps in medicine", "article-journal")
    assert (record.pmid, record.pmcid, record.doi) == ("31209238", "PMC6613236", "10.5555/med")
    assert (record.accessed, record.source, record.extra, problems) == (None, None, {}, {})
    assert server.asked[0][0] == f"/ncbi/{kind}/?format=csl&id={number}"


def test_the_identifier_asked_for_is_in_the_record(server: Server) -> None:
    bare = {key: value for key, value in answers.PUBMED.items() if key not in {"PMID", "DOI"}}
    server.on("/ncbi/pubmed/", answer(bare))
    assert found(server, "pmid:31209238")[0].pmid == "31209238"
    without = {key: value for key, value in answers.PREPRINT.items() if key != "DOI"}
    server.on("/doi/10.5555/pre", answer(without, CSL))
    assert found(server, "10.5555/pre")[0].doi == "10.5555/pre"


def test_open_library(server: Server) -> None:
    server.on("/openlibrary/api/books", answer(answers.OPEN_LIBRARY))
    record, problems = found(server, "0-306-40615-2")
    assert record == Record(
        id="ferran2004lamps",
        type="book",
        title="Lamps: a history",
        author=(Name(family="Ferran", given="Ada"), Name(literal="World Lamp Organization")),
        issued=refcite.Date.of(2004, 3),
        publisher="Lantern Press",
        publisher_place="Oslo",
        number_of_pages="312",
        isbn="9780306406157",
    )
    assert set(problems) == {"guessed-names"}


def test_google_books_where_open_library_knows_nothing(server: Server) -> None:
    server.on("/openlibrary/api/books", answer({}))
    server.on("/google/volumes", answer(answers.GOOGLE_BOOKS))
    record, problems = found(server, "9780306406157")
    assert (record.title, record.language) == ("Lamps: A history", "en")
    assert "other-source" in problems
    assert server.asked[1][0] == "/google/volumes?q=isbn%3A9780306406157"


def test_a_book_with_another_isbn_is_not_taken(server: Server) -> None:
    server.on("/openlibrary/api/books", answer({}))
    server.on("/google/volumes", answer(answers.GOOGLE_BOOKS))
    library = refcite.lookup("9780804429573", settings=server.settings())
    assert [problem.code for problem in library.problems] == ["not-found"]
    assert "Open Library has no work with this identifier" in library.problems[0].message
    assert "Google Books has no work with this identifier" in library.problems[0].message


@pytest.mark.parametrize(
    ("text", "path", "reply", "others"),
    [
        (
            "10.5555/lamp",
            "/doi/10.5555/lamp",
            answer({"type": "book", "title": "Lamps", "DOI": "10.5555/lantern"}, CSL),
            ("10.5555/lamp", "10.5555/lantern"),
        ),
        (
            "arXiv:2101.12346",
            "/arxiv/query",
            answer(answers.ARXIV, "application/atom+xml"),
            ("arXiv:2101.12346", "arXiv:2101.12345"),
        ),
        (
            "arXiv:2101.12345v7",
            "/arxiv/query",
            answer(answers.ARXIV, "application/atom+xml"),
            ("arXiv:2101.12345v7", "arXiv:2101.12345v2"),
        ),
        (
            "pmid:7",
            "/ncbi/pubmed/",
            answer({"type": "book", "title": "Lamps", "PMID": "8"}, CSL),
            ("PMID 7", "8"),
        ),
        (
            "978-0-306-40615-7",
            "/openlibrary/api/books",
            answer(
                {
                    "ISBN:9780306406157": {
                        "title": "Lamps",
                        "identifiers": {"isbn_13": ["978-0-8044-2957-3"]},
                    }
                }
            ),
            ("ISBN 9780306406157", "9780804429573"),
        ),
    ],
)
def test_a_record_of_another_work_is_reported(
    server: Server, text: str, path: str, reply: Reply, others: tuple[str, str]
) -> None:
    server.on(path, reply)
    _, problems = found(server, text)
    assert all(other in problems["other-identifier"] for other in others)


@pytest.mark.parametrize(
    ("text", "path", "reply"),
    [
        (
            "10.5555/LAMP",
            "/doi/10.5555/LAMP",
            answer({"type": "book", "title": "Lamps", "DOI": "10.5555/lamp"}, CSL),
        ),
        (
            "PMC0000007",
            "/ncbi/pmc/",
            answer({"type": "book", "title": "Lamps", "PMCID": "PMC0000007"}, CSL),
        ),
        (
            "0-306-40615-2",
            "/openlibrary/api/books",
            answer(
                {
                    "ISBN:9780306406157": {
                        "title": "Lamps",
                        "identifiers": {"isbn_10": ["0306406152"]},
                    }
                }
            ),
        ),
    ],
)
def test_an_identifier_in_another_form_is_the_same(
    server: Server, text: str, path: str, reply: Reply
) -> None:
    server.on(path, reply)
    assert "other-identifier" not in found(server, text)[1]


@pytest.mark.parametrize("text", ["10/c9wr8n", "https://doi.org/c9wr8n", "doi:10/C9WR8N"])
def test_the_doi_service_resolves_a_short_doi(server: Server, text: str) -> None:
    server.on("/doi/10/c9wr8n", answer(answers.CONTENT_NEGOTIATION, CSL))
    record, problems = found(server, text)
    assert record.doi == "10.5555/LAMP.1"
    assert "other-identifier" not in problems


def test_a_short_doi_is_requested_from_no_other_service(server: Server) -> None:
    server.on("/doi/10/c9wr8n", answer("", status=406))
    library = refcite.lookup("10/c9wr8n", settings=server.settings())
    assert [problem.code for problem in library.problems if problem.severity == "error"]
    assert server.paths() == ["/doi/10/c9wr8n"]


def test_half_of_a_surrogate_pair_is_in_no_identifier(server: Server) -> None:
    library = refcite.lookup("10.5555/\udcff", settings=server.settings())
    assert [problem.code for problem in library.problems] == ["unknown-identifier"]


def test_a_page(server: Server) -> None:
    server.on("/page", answer(answers.PAGE, "text/html"))
    record, _ = found(server, f"{server.address}/page", allow_private=True)
    assert record.title == "Lamps at night"
    assert record.author == (Name(family="Ferran", given="Ada"),)
    assert str(record.issued) == "2018-03-04"
    assert record.url == f"{server.address}/page"
    assert record.accessed == refcite.Date.today()


@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_page_in_another_encoding(server: Server, where: str) -> None:
    page = answers.PAGE.replace("Lamps at night", "Лампы ночью")
    page = page.replace("utf-8", "windows-1251" if where == "meta" else "")
    reply = answer("", "text/html; charset=windows-1251" if where == "header" else "text/html")
    server.on("/page", type(reply)(page.encode("cp1251"), 200, reply.headers))
    record, _ = found(server, f"{server.address}/page", allow_private=True)
    assert record.title == "Лампы ночью"


def test_the_url_of_a_page_has_neither_the_password_nor_the_anchor_of_a_redirect(
    server: Server,
) -> None:
    target = f"http://user:secret@127.0.0.1:{server.port}/page#comments"
    server.on("/old", redirect(target))
    server.on("/page", answer(answers.PAGE, "text/html"))
    record, _ = found(server, f"{server.address}/old", allow_private=True)
    assert record.url == f"http://127.0.0.1:{server.port}/page"


def test_a_page_may_name_another_url_as_its_own(server: Server) -> None:
    link = '<link rel="canonical" href="https://lantern.example/lamps"></head>'
    server.on("/page", answer(answers.PAGE.replace("</head>", link), "text/html"))
    record, problems = found(server, f"{server.address}/page", allow_private=True)
    assert record.url == "https://lantern.example/lamps"
    assert problems == {}


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16"], ids=["mark of UTF-8", "mark of UTF-16"]
)
def test_a_byte_order_mark_counts_before_the_encoding_that_a_page_names(
    server: Server, encoding: str
) -> None:
    page = answers.PAGE.replace("Lamps at night", "Лампы ночью").replace("utf-8", "koi8-r")
    reply = answer("", "text/html; charset=koi8-r")
    server.on("/page", type(reply)(page.encode(encoding), 200, reply.headers))
    record, _ = found(server, f"{server.address}/page", allow_private=True)
    assert record.title == "Лампы ночью"


def test_what_is_no_page_is_said(server: Server) -> None:
    server.on("/a.pdf", answer("%PDF-1.7", "application/pdf"))
    server.on("/empty", answer("  ", "text/html"))
    for path, message in (("a.pdf", "not a page, but application/pdf"), ("empty", "page is empty")):
        asked = f"{server.address}/{path}"
        library = refcite.lookup(asked, settings=server.settings(allow_private=True))
        assert [problem.code for problem in library.problems] == ["unusable-answer"]
        assert message in library.problems[0].message


WRONG: list[Any] = [None, 1, "x", [], [None], {}, [{}], {"a": [{}]}, [[1]], True]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize(
    ("source", "text", "good"),
    [
        ("doi.org", "10.5555/lamp.1", answers.CONTENT_NEGOTIATION),
        ("Crossref", "10.5555/chapter", answers.CROSSREF),
        ("DataCite", "10.5555/data", answers.DATACITE),
        ("Open Library", "9780306406157", answers.OPEN_LIBRARY),
        ("Google Books", "9780306406157", answers.GOOGLE_BOOKS),
    ],
)
def test_a_value_of_a_wrong_shape_gives_a_record_or_a_failure(
    source: str, text: str, good: dict[str, Any], wrong: Any
) -> None:
    """Put the wrong value in the place of every value of the answer, one after the other."""
    asked = identify(text)
    read = next(one.read for one in SOURCES[asked.kind] if one.name == source)
    for changed in _changed(good, wrong):
        body = json.dumps(changed).encode()
        try:
            record = read(Response("", "application/json", None, body, NOW, ""), asked).record
        except SourceError:
            continue
        assert record.title or record.container_title


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | JSON)
def test_any_answer_gives_a_record_or_a_failure(body: bytes) -> None:
    for text in ("10.5555/lamp.1", "2101.12345", "PMID 31209238", "9780306406157"):
        asked = identify(text)
        for source in SOURCES[asked.kind]:
            with suppress(SourceError):
                assert source.read(Response("", "", None, body, NOW, ""), asked).record


def _changed(value: Any, wrong: Any) -> list[Any]:
    changed: list[Any] = [wrong]
    if isinstance(value, dict):
        for key, inner in value.items():
            changed += [{**value, key: one} for one in _changed(inner, wrong)]
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            changed += [
                [*value[:index], one, *value[index + 1 :]] for one in _changed(inner, wrong)
            ]
    return changed

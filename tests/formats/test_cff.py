"""Citation File Format: every key read, and what is written is valid and reads as the same."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import dumps, guess_format, loads
from refcite.formats.cff import mapping, read, write
from refcite.names import Name
from refcite.problems import Problem
from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES, VARIABLES, attribute_of
from tests.formats.samples import sample
from tests.formats.strategies import records

HEAD = """\
cff-version: 1.2.0
message: Please cite the article.
title: Tidewater
type: software
version: 012
date-released: 2021-03-04
license: [MIT, Apache-2.0]
repository-code: https://example.org/tidewater.git
doi: 10.1000/tide
authors:
  - family-names: Ito
    given-names: Yuki
    orcid: https://orcid.org/0000-0001-2345-6789
  - name: Harbour Office
  - alias: kelp
"""
PREFERRED = """\
preferred-citation:
  type: article
  title: "Tides: a model"
  authors:
    - {family-names: Gogh, given-names: Ada, name-particle: van, name-suffix: Jr.}
  journal: Journal of Water
  volume: 12
  issue: 3
  start: 101
  end: e110
  year: 2020
  month: 7
"""
REFERENCES = """\
references:
  - type: conference-paper
    title: On ebb
    authors: [{family-names: Roe, given-names: Ann}]
    collection-title: Proceedings of Flow
    conference:
      {name: Flow 2019, city: Lund, country: SE, date-start: 2019-05-01, date-end: 2019-05-03}
    publisher: {name: Quay Press, city: Cambridge, region: MA}
    scope: Section 2
    contact: [{alias: ann, email: ann@example.org}]
  - type: grant
    title: Water fund
    authors: [{name: Fund}]
"""


@pytest.fixture(scope="module")
def schema() -> Any:
    package = find_spec("cffconvert")
    if package is None or package.origin is None:
        pytest.skip("cffconvert, which has the schema, is not installed")
    path = Path(package.origin).parent / "schemas" / "1.2.0" / "schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def validate(text: str, schema: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is absent")
    import yaml

    jsonschema.validate(yaml.safe_load(text), schema)


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_the_preferred_citation_is_first_then_the_work_then_references() -> None:
    library = loads(HEAD + PREFERRED + REFERENCES)
    assert [record.title for record in library] == [
        "Tides: a model",
        "Tidewater",
        "On ebb",
        "Water fund",
    ]
    article, work = library[0], library[1]
    assert str(article.author[0]) == "van Gogh, Jr., Ada"
    assert (article.type, article.container_title, article.volume, article.issue, article.page) == (
        "article-journal",
        "Journal of Water",
        "12",
        "3",
        "101-e110",
    )
    assert article.issued == Date.of(2020, 7)
    assert (work.type, work.version, work.license, work.doi, work.url) == (
        "software",
        "012",
        "MIT OR Apache-2.0",
        "10.1000/tide",
        "https://example.org/tidewater.git",
    )
    assert [str(name) for name in work.author] == ["Ito, Yuki", "{Harbour Office}", "{kelp}"]
    assert work.extra["message"] == "Please cite the article."


def test_entities_are_read_into_their_variables() -> None:
    paper = read(HEAD + REFERENCES)[1]
    assert (paper.event_title, paper.event_place, str(paper.event_date)) == (
        "Flow 2019",
        "Lund, SE",
        "2019-05-01/2019-05-03",
    )
    assert (paper.publisher, paper.publisher_place) == ("Quay Press", "Cambridge, MA")
    assert (paper.type, paper.container_title) == ("paper-conference", "Proceedings of Flow")
    assert paper.extra["scope"] == "Section 2"


def test_a_file_comes_back_with_what_csl_has_no_place_for(schema: Any) -> None:
    library = read(HEAD + PREFERRED + REFERENCES)
    text = write(library)
    validate(text, schema)
    assert list(read(text)) == list(library)
    for kept in ("orcid", "region: MA", "country: SE", "ann@example.org", "type: grant", "scope"):
        assert kept in text


def test_a_type_that_csl_lacks_is_reported_and_kept() -> None:
    library = read(HEAD + REFERENCES)
    assert (library[2].type, library[2].extra["type"]) == ("document", "grant")
    (problem,) = library.problems
    assert (problem.code, problem.line) == ("unknown-type", 26)


def test_a_work_that_only_repeats_its_preferred_citation_is_no_record() -> None:
    text = write([Record(id="a", type="book", title="One", author=(Name(family="Roe"),))])
    assert "preferred-citation" in text
    (record,) = read(text)
    assert (record.id, record.type, record.title) == ("a", "book", "One")


def test_software_of_the_same_title_and_authors_is_a_record() -> None:
    article = Record(id="a", type="article-journal", title="One", author=(Name(family="Roe"),))
    software = Record(id="roeone", type="software", title="One", author=article.author)
    assert list(read(write([article, software]))) == [article, software]


def test_software_is_the_work_and_what_its_keys_cannot_say_is_cited_beside_it() -> None:
    plain = Record(id="s", type="software", title="A", version="1", issued=Date.of(2020, 1, 2))
    assert "preferred-citation" not in write([plain])
    rich = plain.replace(publisher="Quay Press", issued=Date.of(2020))
    assert "preferred-citation" in write([rich])
    for record in (plain, rich):
        assert list(read(write([record]))) == [record]


def test_an_article_before_software_is_its_preferred_citation() -> None:
    article = Record(id="a", type="article-journal", title="A", author=(Name(family="Roe"),))
    software = Record(id="s", type="software", title="S", version="2")
    book = Record(id="b", type="book", title="B")
    library = read(write([article, software, book]))
    assert list(library) == [article, software, book]
    assert [record.origin.verbatim["place"] for record in library if record.origin] == [
        "preferred-citation",
        "work",
        "reference",
    ]


@pytest.mark.parametrize(
    ("keys", "issued"),
    [
        ("date-published: 2020-02-03", "2020-02-03"),
        ("{year: 2020, month: 2}", "2020-02"),
        ("year: 2020", "2020"),
        ("{year: 2020, issue-date: Spring 2020}", "2020-21"),
        ("{year: 2020, issue-date: the fair}", "2020"),
        ("issue-date: 1998/2001", "1998/2001"),
        ("year: in press", "in press"),
    ],
)
def test_dates(keys: str, issued: str, schema: Any) -> None:
    inner = keys.strip("{}").replace(", ", "\n    ")
    record = read(f"references:\n  - type: book\n    title: A\n    authors: []\n    {inner}")[0]
    assert str(record.issued) == issued
    text = write([record])
    validate(text, schema)
    assert read(text)[0] == record


def test_an_entry_of_a_dictionary_has_its_term_for_a_title() -> None:
    (record,) = read("references:\n- {type: dictionary, title: Words, term: ebb, authors: []}")
    assert (record.type, record.title, record.container_title) == (
        "entry-dictionary",
        "ebb",
        "Words",
    )


def test_what_contradicts_or_has_no_sense_is_kept_as_it_stands(schema: Any) -> None:
    text = "date-published: 2020-02-03, year: 2019, identifiers: [{type: [x], value: y}]"
    record = read(f"references:\n- {{type: book, title: A, authors: [], {text}}}")[0]
    assert str(record.issued) == "2020-02-03"
    assert record.extra == {"year": "2019", "identifiers": [{"type": ["x"], "value": "y"}]}
    validate(write([record]), schema)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("doi", "10.1002/(SICI)1<1::AID>3.0"),
        ("isbn", "978-0-306-40615-7, 0-306-40615-2 (hbk)"),
        ("issn", "0378-5955, 1234-5679"),
        ("pmcid", "PMC10123456"),
    ],
)
def test_what_a_key_may_not_hold_stands_among_the_identifiers(
    variable: str, value: str, schema: Any
) -> None:
    record = Record(id="k", type="book", title="A").replace(**{variable: value})
    text = write([record])
    validate(text, schema)
    assert read(text)[0] == record


def test_references_that_are_equal_are_written_once_and_reported() -> None:
    one, other = (Record(id=key, type="book", title="T") for key in "ab")
    lost: list[Problem] = []
    written = dumps([one, other, other], "cff", problems=lost)
    assert [record.id for record in read(written)] == ["a", "b"]
    assert [(problem.code, problem.key) for problem in lost] == [("not-read-back", "b")]


def test_what_is_missing_is_reported_and_filled_in(schema: Any) -> None:
    assert codes("title: A\nauthors: [{name: B}]") == ["missing-field"] * 2
    text = write([])
    validate(text, schema)
    (record,) = read(write([Record(id="x", type="software")]))
    assert (record.title, record.author) == (None, ())


@pytest.mark.parametrize("person", ["[x]", "{email: ann@example.org}"])
def test_a_person_without_a_name_is_reported_and_kept(person: str) -> None:
    head = "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Tidewater\ntype: software\n"
    library = read(f"{head}authors:\n  - family-names: Roe\n  - {person}\n")
    assert [problem.code for problem in library.problems] == ["invalid-name"]
    assert library[0].author == (Name(family="Roe"),)
    assert len(library[0].extra["authors"]) == 2


def test_a_broken_part_costs_only_itself() -> None:
    text = HEAD + "keywords: [a, b\n" + REFERENCES + "  - type: book\n    title: 'open\n"
    library = read(text)
    assert [record.title for record in library] == ["Tidewater", "On ebb", "Water fund"]
    assert [p.line for p in library.problems if p.code == "invalid-yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "x",
        "a: b",
        "references: 5\ntitle: x",
        "title: [x]\nauthors: {a: [b]}",
        "title: &a [*a]",
        "preferred-citation: []\nreferences: [1, {identifiers: [1, {type: [x]}], year: {a: b}}]",
    ],
)
def test_what_is_no_citation_file_is_reported(text: str) -> None:
    assert read(text).problems


def test_many_aliases_do_not_fill_the_memory() -> None:
    bomb = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
    assert "too-large" in codes(f"title: x\na0: &a0 [x]\n{bomb}")


def test_a_file_is_recognised() -> None:
    assert guess_format(HEAD).name == "cff"
    assert guess_format(file="CITATION.cff").name == "cff"


@pytest.mark.parametrize("csl_type", ITEM_TYPES)
def test_every_field_of_every_type_is_valid(csl_type: Any, schema: Any) -> None:
    values = {attribute_of(name): sample(name) for name in VARIABLES}
    record = Record(id="k", type=csl_type, **values)
    text = write([record])
    validate(text, schema)
    (back,) = read(text)
    for name in mapping().carried(csl_type):
        assert getattr(back, attribute_of(name)) == getattr(record, attribute_of(name)), name


@given(st.lists(records(), max_size=4))
def test_whatever_is_written_is_valid_and_stays_the_same(schema: Any, some: list[Record]) -> None:
    text = write(some)
    validate(text, schema)
    once = read(text)
    assert not once.has_errors
    again = read(write(once))
    assert [record.variables() for record in again] == [record.variables() for record in once]

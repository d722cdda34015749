"""Dublin Core: the meaning of its texts, and the responses of OAI-PMH."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcite import Date, Name, Problem, Record, Severity, loads
from refcite.formats import get_format, guess_format
from refcite.formats.oai_dc import read
from tests.formats.exports import DUBLIN_CORE

SPACES: Final = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def alone(*elements: str) -> str:
    return (
        f"<metadata {SPACES}><oai_dc:dc xmlns:oai_dc='x'>{''.join(elements)}</oai_dc:dc></metadata>"
    )


def of(*elements: str) -> Record:
    (record,) = read(alone(*elements))
    return record


def test_the_records_of_a_response_are_read() -> None:
    article, thesis = read(DUBLIN_CORE)
    assert article.type == "article-journal"
    assert article.variables() == {
        "title": "Tides in H<sub>2</sub>O",
        "author": (Name(family="Quist", given="Anna B."), Name(literal="Ebb Study Group")),
        "contributor": (Name(family="Roe", given="Carl"),),
        "container_title": "Annals of Ebb",
        "volume": "12",
        "issue": "3",
        "page": "5-9",
        "issued": Date.of(2019, 3, 5),
        "publisher": "Tide Press",
        "doi": "10.1000/ebb.7",
        "url": "https://tides.example/article/7",
        "issn": "0378-5955",
        "abstract": "Tides are long.",
        "keyword": "tides, fjords",
        "language": "en",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert article.extra["header/identifier"] == "oai:tides.example:article/7"
    assert article.extra["title"] == "Tidevann"
    assert article.extra["rights"] == "info:eu-repo/semantics/openAccess"
    assert (thesis.type, thesis.number_of_pages, thesis.isbn) == (
        "thesis", "xii, 352", "9780306406157",
    )  # fmt: skip
    assert thesis.author == (Name(family="Loe", given="Finn"),)
    assert thesis.url == "http://hdl.handle.net/1/9"


def test_deleted_records_and_the_rest_of_the_list_are_reported() -> None:
    messages = [one.message for one in read(DUBLIN_CORE).problems if one.code == "not-read"]
    assert messages == [
        "the metadata of 1 work ('deleted') are not read",
        "the list of records continues in another response, whose resumption token is 'token-2'",
    ]


def test_an_error_of_the_service_is_an_error() -> None:
    text = (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><request/>'
        '<error code="noRecordsMatch">Nothing in this range</error></OAI-PMH>'
    )
    library = loads(text)
    (problem,) = library.problems
    assert not library
    assert (problem.severity, problem.code) == (Severity.ERROR, "no-entries")
    assert "'noRecordsMatch': Nothing in this range" in problem.message


def test_records_with_other_metadata_are_reported() -> None:
    text = "<OAI-PMH><record><header/><metadata><etd>x</etd></metadata></record></OAI-PMH>"
    (problem,) = read(text).problems
    assert problem.code == "not-read"
    assert problem.severity is Severity.ERROR
    assert "the metadata are in the element 'etd'" in problem.message


@pytest.mark.parametrize(
    ("elements", "values"),
    [
        ("<dc:type>http://purl.org/coar/resource_type/c_5794</dc:type>",
         {"type": "paper-conference"}),
        ("<dc:type>Text</dc:type><dc:type>Book chapter</dc:type>", {"type": "chapter"}),
        ("<dc:type>StillImage</dc:type>", {"type": "graphic"}),
        ("<dc:creator>Doe, Jane; University of Oslo</dc:creator>",
         {"author": (Name(family="Doe", given="Jane"),)}),
        ("<dc:type>Thesis</dc:type><dcterms:institution>University of Oslo</dcterms:institution>",
         {"type": "thesis", "publisher": "University of Oslo"}),
        ("<dc:creator>Jane Doe</dc:creator>", {"author": (Name(family="Doe", given="Jane"),)}),
        ("<dcterms:issued>2019-03</dcterms:issued><dc:date>2021</dc:date>",
         {"issued": Date.of(2019, 3)}),
        ("<dcterms:abstract>A</dcterms:abstract><dcterms:medium>Film</dcterms:medium>",
         {"abstract": "A", "medium": "Film"}),
        ("<dc:type>article</dc:type><dc:source>Annals of Ebb</dc:source>",
         {"container_title": "Annals of Ebb"}),
        ("<dc:source>Annals of Ebb; Vol. 3 (2001)</dc:source>",
         {"type": "article-journal", "volume": "3", "issued": Date.of(2001)}),
        ("<dc:identifier>https://doi.org/10.1000/182</dc:identifier>",
         {"doi": "10.1000/182", "url": None}),
        ("<dc:relation>info:eu-repo/semantics/altIdentifier/doi/10.1000/182</dc:relation>",
         {"doi": "10.1000/182"}),
        ("<dc:relation>info:eu-repo/semantics/altIdentifier/eissn/0378-5955</dc:relation>",
         {"issn": "0378-5955"}),
        ("<dc:type>text</dc:type><dc:identifier>http://arxiv.org/abs/0704.0001</dc:identifier>",
         {"type": "article", "number": "arXiv:0704.0001", "url": "http://arxiv.org/abs/0704.0001"}),
        ("<dc:language>pt_BR</dc:language>", {"language": "pt-BR"}),
    ],
)  # fmt: skip
def test_values(elements: str, values: dict[str, Any]) -> None:
    record = of("<dc:title>T</dc:title>", elements)
    assert {name: getattr(record, name) for name in values} == values


def test_what_has_no_variable_is_kept() -> None:
    record = of("<dc:type>book</dc:type><dc:coverage>Oslo</dc:coverage><dc:source>Box 3</dc:source>"
                "<dc:identifier>MS 17</dc:identifier><dc:subject>ddc:300</dc:subject>"
                "<dc:type>Peer reviewed</dc:type>")  # fmt: skip
    assert record.extra == {
        "coverage": "Oslo", "source": "Box 3", "identifier": "MS 17", "subject": "ddc:300",
        "dc:type": "Peer reviewed",
    }  # fmt: skip


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_response_is_read_from_a_stream(size: int) -> None:
    blocks = [DUBLIN_CORE[place : place + size] for place in range(0, len(DUBLIN_CORE), size)]
    found = list(get_format("oai-dc").read_stream(blocks))
    records = [one.replace(id="") for one in found if isinstance(one, Record)]
    assert records == [one.replace(id="") for one in read(DUBLIN_CORE)]
    problems = [one for one in found if isinstance(one, Problem)]
    assert {one.code for one in problems} == {one.code for one in read(DUBLIN_CORE).problems}


def test_a_broken_record_does_not_affect_the_others() -> None:
    library = read(DUBLIN_CORE.replace("</dc:publisher>", "</dc:publishers>"))
    assert [record.title for record in library][-1] == "Low water"
    assert "broken-xml" in [problem.code for problem in library.problems]


def test_entities_are_not_followed() -> None:
    text = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    library = read(text + alone("<dc:title>&f;</dc:title>"))
    assert library[0].title == "&f;"


@pytest.mark.parametrize("text", [DUBLIN_CORE, alone("<dc:title>T</dc:title>")])
def test_the_format_is_recognised(text: str) -> None:
    assert guess_format(text).name == "oai-dc"
    assert guess_format(text, "records.xml").name == "oai-dc"


@pytest.mark.parametrize("prefix", ["mods", "jats", "tei"])
def test_other_metadata_in_a_response_is_in_its_own_format(prefix: str) -> None:
    inner = {
        "mods": '<mods xmlns="http://www.loc.gov/mods/v3"></mods>',
        "jats": '<article article-type="x"><front/></article>',
        "tei": '<TEI xmlns="http://www.tei-c.org/ns/1.0"></TEI>',
    }[prefix]
    text = (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><record>'
        f"<metadata>{inner}</metadata></record></OAI-PMH>"
    )
    assert guess_format(text).name == prefix


PIECES = st.sampled_from(
    [
        *"<>/&;\n ]'\"",
        *("<dc:title>", "</dc:title>", "<dc:creator>Roe, Ann</dc:creator>", "<record>"),
        *("</record>", "<dc:source>J; Vol 1 (2001)</dc:source>", "<header status='deleted'/>"),
        *("<dc:identifier>", "</dc:identifier>", "10.1/x", "arXiv:0704.0001", "<dc:type>book"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    read(alone(text))
    read(f"<OAI-PMH {SPACES}>{text}</OAI-PMH>")


@pytest.mark.parametrize("unit", ["<record>", "<dc:title>", "<error>", "a; ", "arxiv ", "<"])
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 20_000)
    read(alone(f"<dc:source>{unit * 20_000}</dc:source>"))

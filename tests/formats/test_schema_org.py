"""Schema.org's JSON-LD; the works are made up, in the manner of the sites that publish such."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refcite
from refcite import Date, Library, Name, Record
from refcite.formats.people import name_of_text
from refcite.formats.schema_org import read, write
from refcite.vocabulary import ITEM_TYPES

CONTEXT = "https://schema.org"


def load(*nodes: dict[str, Any], context: Any = CONTEXT) -> Library:
    if len(nodes) == 1:
        return read(json.dumps({"@context": context, **nodes[0]}))
    return read(json.dumps({"@context": context, "@graph": nodes}))


def only(*nodes: dict[str, Any], context: Any = CONTEXT) -> Record:
    (record,) = load(*nodes, context=context)
    return record


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


ARTICLE = {
    "@type": "ScholarlyArticle",
    "@id": "#lake",
    "name": "Salinity of a shrinking lake",
    "author": [
        {"@type": "Person", "givenName": "Aigul", "familyName": "Sadykova"},
        {"@type": "Person", "name": "Pieter van der Berg"},
        {"@type": "Organization", "name": "Lake Observatory"},
    ],
    "datePublished": "2019-04",
    "pageStart": 101,
    "pageEnd": 119,
    "isPartOf": {
        "@type": "PublicationIssue",
        "issueNumber": "4",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": 12,
            "isPartOf": {"@type": "Periodical", "name": "Steppe Waters", "issn": "0378-5955"},
        },
    },
    "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "10.5555/lake.12"},
    "sameAs": "https://doi.org/10.5555/lake.12",
    "inLanguage": {"@type": "Language", "name": "English", "alternateName": "en"},
    "keywords": ["salinity", "lakes"],
    "license": {"@type": "CreativeWork", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "wordCount": 5120,
}


def test_an_article_in_a_chain_of_issue_volume_and_periodical() -> None:
    record = only(ARTICLE)
    assert (record.id, record.type, record.title) == (
        "lake",
        "article-journal",
        "Salinity of a shrinking lake",
    )
    assert record.author == (
        Name(family="Sadykova", given="Aigul"),
        Name(family="Berg", given="Pieter", non_dropping_particle="van der"),
        Name(literal="Lake Observatory"),
    )
    assert (record.volume, record.issue, record.page) == ("12", "4", "101-119")
    assert (record.container_title, record.issn) == ("Steppe Waters", "0378-5955")
    assert (record.doi, record.language, record.keyword) == (
        "10.5555/lake.12",
        "en",
        "salinity, lakes",
    )
    assert record.license == "https://creativecommons.org/licenses/by/4.0/"
    assert record.extra["wordCount"] == 5120


def test_what_was_read_is_written_as_the_same_record() -> None:
    first = load(ARTICLE)
    text = write(first)
    node = json.loads(text)
    assert read(text) == first
    assert node["isPartOf"]["isPartOf"]["isPartOf"]["issn"] == "0378-5955"
    assert node["wordCount"] == 5120


@pytest.mark.parametrize(
    ("own", "csl_type"),
    [
        ("NewsArticle", "article-newspaper"),
        ("ReportageNewsArticle", "article-newspaper"),
        ("BlogPosting", "post-weblog"),
        ("Article", "webpage"),
        ("TechArticle", "webpage"),
        ("Book", "book"),
        ("Chapter", "chapter"),
        ("Thesis", "thesis"),
        ("Report", "report"),
        ("Dataset", "dataset"),
        ("SoftwareSourceCode", "software"),
        ("SoftwareApplication", "software"),
        ("WebSite", "webpage"),
        ("VideoObject", "motion_picture"),
        ("Movie", "motion_picture"),
        ("TVEpisode", "broadcast"),
        ("PodcastEpisode", "broadcast"),
        ("AudioObject", "song"),
        ("MusicRecording", "song"),
        ("Photograph", "graphic"),
        ("Map", "map"),
        ("Legislation", "legislation"),
        ("PublicationIssue", "periodical"),
        ("PublicationVolume", "periodical"),
        ("Periodical", "periodical"),
        ("DigitalDocument", "document"),
        ("Manuscript", "manuscript"),
        ("PresentationDigitalDocument", "speech"),
        ("Review", "review"),
    ],
)
def test_types(own: str, csl_type: str) -> None:
    record = only({"@type": own, "name": "A Work"})
    assert (record.type, record.title) == (csl_type, "A Work")
    assert json.loads(write([record]))["@type"] == own, "the source's type is written again"


def test_a_type_that_csl_does_not_know_is_kept_and_reported() -> None:
    library = load({"@type": "Course", "name": "Refugee Law I"})
    assert codes(library) == ["unknown-type"]
    assert (library[0].type, library[0].extra["type"]) == ("document", "Course")
    assert json.loads(write(library))["@type"] == "Course"


def test_the_most_telling_of_several_types_counts() -> None:
    record = only({"@type": ["WebPage", "Article", "schema:NewsArticle"], "headline": "Heard"})
    assert (record.type, record.title) == ("article-newspaper", "Heard")


@pytest.mark.parametrize(
    "context",
    [
        "http://schema.org",
        "https://schema.org/",
        "//schema.org",
        "https://schema.org/docs/jsonldcontext.jsonld",
        ["https://schema.org", {"ex": "https://example.org/ns#"}],
        {"@vocab": "http://schema.org/"},
        "https://doi.org/10.5063/schema/codemeta-2.0",
    ],
)
def test_contexts_that_mean_schema_org(context: Any) -> None:
    assert only({"@type": "Book", "name": "One"}, context=context).title == "One"


def test_prefixes_and_aliases_of_a_context() -> None:
    context = {"s": "https://schema.org/", "called": "s:name", "kind": "@type", "ref": "@id"}
    record = only(
        {"kind": "s:Book", "ref": "#b", "called": "One", "s:author": {"s:name": "Ann Doe"}},
        context=context,
    )
    assert (record.id, record.type, record.title) == ("b", "book", "One")
    assert record.author == (Name(family="Doe", given="Ann"),)


def test_another_vocabulary_is_no_schema_org() -> None:
    library = load({"@type": "Note", "name": "x"}, context="https://www.w3.org/ns/activitystreams")
    assert not library
    assert "another vocabulary" in library.problems[0].message


def test_references_by_id_and_pages_that_are_no_records() -> None:
    page = "https://news.example.org/a/1"
    record = only(
        {
            "@type": "NewsArticle",
            "headline": "Border reopened",
            "isPartOf": {"@id": page},
            "mainEntityOfPage": {"@id": page},
            "author": {"@id": "#/person/7"},
            "publisher": {"@id": "#org"},
        },
        {
            "@type": "WebPage",
            "@id": page,
            "name": "Border reopened",
            "url": page,
            "isPartOf": {"@id": "#site"},
        },
        {"@type": "WebSite", "@id": "#site", "name": "Example News", "publisher": {"@id": "#org"}},
        {"@type": "Organization", "@id": "#org", "name": "Example Media"},
        {"@type": "Person", "@id": "#/person/7", "name": "Ann Doe"},
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Home"}]},
    )
    assert (record.type, record.title) == ("article-newspaper", "Border reopened")
    assert (record.container_title, record.publisher) == ("Example News", "Example Media")
    assert record.author == (Name(family="Doe", given="Ann"),)
    assert record.url == page


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Bees"},
        {"name": "Owls", "isbn": "978-0-8044-2957-3"},
        {"name": "Owls of the north", "datePublished": "2004"},
    ],
)
def test_two_works_of_one_id_are_two_records(other: dict[str, Any]) -> None:
    one = {"@type": "Book", "@id": "#a", "name": "Owls", "isbn": "9780306406157"}
    one["datePublished"] = "1999"
    graph = [one, {"@type": "Book", "@id": "#a", **other}, {"@id": "#a"}]
    library = read(json.dumps({"@context": "https://schema.org", "@graph": graph}))
    assert [record.title for record in library] == ["Owls", other["name"]]
    assert [problem.code for problem in library.problems] == ["duplicate-id"]


@pytest.mark.parametrize(
    "again",
    [
        {"@id": "#a"},
        {"@type": "Book", "@id": "#a", "name": "Owls", "isbn": "978-0-306-40615-7"},
        {"@type": "WebPage", "@id": "#a", "name": "A page about owls"},
        {"@id": "#a", "author": "Ann Roe"},
    ],
)
def test_a_work_that_is_described_twice_is_one_record(again: dict[str, Any]) -> None:
    one = {"@type": "Book", "@id": "#a", "name": "Owls", "isbn": "9780306406157"}
    library = read(json.dumps({"@context": "https://schema.org", "@graph": [one, again]}))
    assert [record.title for record in library] == ["Owls"]


def test_the_works_of_a_list_and_of_a_page() -> None:
    works = [{"@type": "Book", "name": name} for name in ("One", "Two")]
    items = [{"@type": "ListItem", "position": n, "item": work} for n, work in enumerate(works, 1)]
    assert [r.title for r in load({"@type": "ItemList", "itemListElement": items})] == [
        "One",
        "Two",
    ]
    page = {"@type": "WebPage", "name": "Page", "mainEntity": works[0]}
    assert [record.title for record in load(page)] == ["One"]


def test_a_chapter_has_the_editor_of_its_book() -> None:
    record = only(
        {
            "@type": "Chapter",
            "name": "Nomads",
            "isPartOf": {
                "@type": "Book",
                "name": "The Steppe",
                "isbn": "978-0-8052-1106-4",
                "editor": "Doe, Ann",
            },
        }
    )
    assert (record.container_title, record.isbn) == ("The Steppe", "978-0-8052-1106-4")
    assert record.editor == (Name(family="Doe", given="Ann"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Doe", Name(family="Doe", given="Ann")),
        ("Doe, Ann", Name(family="Doe", given="Ann")),
        ("Dr. Ann Doe, PhD", Name(family="Doe", given="Ann")),
        ("Ana de la Cruz", Name(family="Cruz", given="Ana", non_dropping_particle="de la")),
        ("Айгуль Садыкова", Name(family="Садыкова", given="Айгуль")),
        ("王小明", Name(literal="王小明")),
        ("AFP", Name(literal="AFP")),
        ("RFE/RL's Tajik Service", Name(literal="RFE/RL's Tajik Service")),
        (
            "Médecins Sans Frontières International",
            Name(literal="Médecins Sans Frontières International"),
        ),
        ("Bank of England", Name(literal="Bank of England")),
    ],
)
def test_a_name_without_a_type_is_a_person_only_if_it_looks_like_one(text: str, name: Name) -> None:
    assert name_of_text(text) == name


def test_what_is_typed_as_an_organisation_is_never_split() -> None:
    record = only(
        {"@type": "Report", "name": "R", "author": {"@type": "NGO", "name": "Free Roads"}}
    )
    assert record.author == (Name(literal="Free Roads"),)


def test_details_of_persons_are_kept_and_written_again() -> None:
    author = {"@type": "Person", "name": "Ann Doe", "affiliation": "Lake Observatory"}
    record = only({"@type": "Report", "name": "R", "author": author})
    assert record.author == (Name(family="Doe", given="Ann"),)
    assert json.loads(write([record]))["author"] == author
    changed = record.replace(author=(Name(family="Roe"),))
    assert read(write([changed]))[0].author == (Name(family="Roe"),)


def test_dates_are_as_precise_as_they_are_written() -> None:
    for text, date in (
        ("2016-09-21 10:14:38Z", "2016-09-21"),
        ("2016-09", "2016-09"),
        (2016, "2016"),
    ):
        assert str(only({"@type": "Report", "name": "R", "datePublished": text}).issued) == date
    library = load({"@type": "Report", "@id": "#r", "name": "R", "datePublished": "01/02/2016"})
    assert [(one.code, one.key) for one in library.problems] == [("ambiguous-date", "r")]


def test_markup_and_what_schema_org_has_no_word_for_come_back() -> None:
    record = Record(
        id="a b",
        type="treaty",
        title="On <i>jus soli</i>",
        issued=Date.parse("1961~"),
        accessed=Date.of(2020, 1, 2),
        archive="UN Treaty Collection",
        extra={"symbol": "A/1", "id": {"type": "x"}},
    )
    text = write([record])
    node = json.loads(text)
    assert read(text) == Library([record])
    assert (node["@type"], node["name"], node["datePublished"]) == (
        "Legislation",
        "On jus soli",
        "1961",
    )


# Broken and hostile


def test_a_broken_node_costs_only_itself() -> None:
    library = read(
        f'{{"@context": "{CONTEXT}", "@graph": [\n'
        '{"@type": "Book", "@id": "#a", "name": "One"},\n'
        '{"@type": "Book", "@id": "#b", "name": },\n'
        '{"@type": "Book", "@id": "#c", "name": "Three", "datePublished": "2001-02-31"}\n'
        "]}\n"
    )
    assert library.ids == ("a", "c")
    assert [(one.code, one.line) for one in library.problems] == [
        ("invalid-json", 3),
        ("invalid-date", 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": "https://schema.org", "@type": "Book", "isPartOf": '
        + '{"isPartOf":' * 90_000,
        "[" * 100_000,
        '{"@type": "Book", "name": ' + '["' * 50_000,
        json.dumps({"@type": "Book", "@id": "a", "name": "x", "author": {"@id": "a"}}),
        json.dumps(
            [{"@id": "a", "mainEntity": {"@id": "b"}}, {"@id": "b", "mainEntity": {"@id": "a"}}]
        ),
        json.dumps({"@type": [7, None, {"a": []}], "name": {"name": {"name": 1}}}),
        json.dumps({"@context": [[[[[[[[[[[[["x"]]]]]]]]]]]]], "@type": "Book", "@graph": 4}),
        '{"@type": "Book", "name": NaN, "datePublished": 1e999, "author": [[[[["x"]]]]]}',
        "null",
        "{",
        '{"@type"',
    ],
)
def test_hostile_texts_give_problems_and_no_traceback(text: str) -> None:
    library = read(text)
    assert len(library) <= 2
    assert library.problems or library


def test_works_that_are_part_of_each_other_end() -> None:
    record, _ = load(
        {"@id": "#a", "@type": "Chapter", "name": "A", "isPartOf": {"@id": "#b"}},
        {"@id": "#b", "@type": "Book", "name": "B", "isPartOf": {"@id": "#a"}},
    )
    assert record.container_title == "B"


def test_ten_thousand_works_in_one_graph() -> None:
    nodes = [{"@type": "Book", "@id": f"#b{n}", "name": f"Book {n}"} for n in range(10_000)]
    assert len(load(*nodes)) == 10_000


def test_the_format_is_recognised() -> None:
    text = write([Record(id="a", type="book", title="One")])
    assert refcite.loads(text)["a"].title == "One"
    for other in ('[{"@type": "Book"}]', '{"a": 1, "@context": "https://schema.org"}'):
        assert refcite.formats.guess_format(other).name == "schema-org"
    assert refcite.formats.guess_format('[{"id": "a", "note": "x@context"}]').name == "csl-json"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30
)
NAMES = st.builds(Name, literal=TEXTS) | st.builds(Name, family=TEXTS, given=st.none() | TEXTS)
RECORDS = st.builds(
    Record,
    id=TEXTS,
    type=st.sampled_from(ITEM_TYPES),
    title=st.none() | TEXTS,
    author=st.lists(NAMES, max_size=3).map(tuple),
    editor=st.lists(NAMES, max_size=2).map(tuple),
    issued=st.none()
    | st.sampled_from(["2001", "2001-05", "1950~", "2001/2003", "-0043", "n.d."]).map(Date.parse),
    container_title=st.none() | TEXTS,
    publisher=st.none() | TEXTS,
    publisher_place=st.none() | TEXTS,
    volume=st.none() | TEXTS,
    issue=st.none() | TEXTS,
    page=st.none() | TEXTS,
    doi=st.none() | TEXTS,
    url=st.none() | TEXTS,
    note=st.none() | TEXTS,
    reviewed_title=st.none() | TEXTS,
    original_title=st.none() | TEXTS,
    extra=st.dictionaries(
        TEXTS | st.sampled_from(["@type", "type", "author", "image"]),
        TEXTS | st.lists(TEXTS, max_size=2),
        max_size=3,
    ),
)


@given(st.lists(RECORDS, min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_every_record_comes_back_as_it_was(records: list[Record]) -> None:
    assert list(read(write(records))) == records


@pytest.mark.parametrize(
    "extra",
    [
        {"about": {"@list": ["Tides"]}},
        {"inLanguage": {"@value": "de"}},
        {"citation": {"@type": "Book", "@id": "#a", "name": "Ebb"}},
        {"workExample": {"@type": "Book", "isbn": {"@value": "9780306406157"}}},
        {"about": ["Tides", "Ebb"]},
    ],
)
@pytest.mark.parametrize("title", ["Flow", None])
def test_other_properties_come_back_as_they_are_in_any_form_of_json_ld(
    extra: dict[str, Any], title: str | None
) -> None:
    record = Record(id="a", type="article-journal", title=title, extra=extra)
    assert list(read(write([record]))) == [record]

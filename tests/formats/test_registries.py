"""The registries' own data: every kind of work has its type, and nothing that is cited is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from refcite import Date, Name, Problem, Record, loads
from refcite.formats import dumps, get_format
from refcite.formats.datacite import mapping as table_of_datacite
from refcite.formats.jatstext import clean
from refcite.library import Library
from tests.formats import registry_works as works
from tests.formats.strategies import carried_records

LINES = "".join(f"{json.dumps({**works.ARTICLE, 'DOI': f'10.5555/{n}'})}\n" for n in range(30))
PAGE = json.dumps(
    {
        "status": "ok",
        "message-type": "work-list",
        "message": {"facets": {}, "total-results": 2, "items": [works.ARTICLE] * 2, "query": {}},
    },
    indent=1,
)
BATCH = (
    '<doi_batch xmlns="http://www.crossref.org/schema/5.3.1"'
    ' xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><head/><body>{}</body></doi_batch>'
)


def pieces(whole: str, size: int) -> Iterator[str]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def one(work: dict[str, Any], name: str) -> Record:
    library = loads(json.dumps(work), name)
    assert len(library) == 1, library.problems
    assert not library.has_errors
    return library[0]


def in_xml(source: str) -> Library:
    return loads(BATCH.format(source))


# Crossref


def test_an_article_of_crossref() -> None:
    library = loads(json.dumps(works.ARTICLE))
    assert library[0] == Record(
        id="ferran2021growth",
        type="article-journal",
        title="Growth of <i>E. coli</i> in H<sub>2</sub>O & on x<sup>2</sup>: A study",
        original_title="Wachstum",
        author=(
            Name(family="Ferran", given="Ada"),
            Name(family="Dijk", given="Jo", non_dropping_particle="van", suffix="Jr."),
            Name(literal="Lantern Group"),
        ),
        container_title="Journal of Lamps",
        container_title_short="J. Lamps",
        publisher="Lantern Society",
        volume="7",
        issue="4",
        page="12-34",
        number="e12",
        issued=Date.of(2021, 4, 1),
        doi="10.5555/lamp.1",
        url="https://lantern.example/1",
        issn="0378-5955, 1234-5679",
        abstract="Aim\nOne <i>two</i>, p < 0.05.\nThree.",
        keyword="Lamps, Bacteria",
        language="en",
        license="https://creativecommons.org/licenses/by/4.0/",
        extra={
            "author": [
                {
                    "given": "Ada",
                    "family": "Ferran",
                    "ORCID": "https://orcid.org/0000-0002-1825-0097",
                    "affiliation": [{"name": "University of Lamps"}],
                }
            ],
            "published-print": {"date-parts": [[2021, 5]]},
            "funder": works.ARTICLE["funder"],
        },
    )
    assert [problem.code for problem in library.problems] == ["not-read"]


@pytest.mark.parametrize(
    ("work", "values"), works.KINDS_OF_CROSSREF, ids=lambda one: str(one.get("type"))
)
def test_each_kind_of_work_of_crossref(work: dict[str, Any], values: dict[str, Any]) -> None:
    record = one({"DOI": "10.5555/x", "title": ["Lamps"], **work}, "crossref")
    assert {name: getattr(record, name) for name in values} == values


def test_an_unknown_type_is_reported_and_kept() -> None:
    library = loads('{"DOI": "10.5555/x", "title": ["Lamps"], "type": "scroll"}', "crossref")
    assert (library[0].type, library[0].extra) == ("document", {"type": "scroll"})
    assert library.problems[0].code == "unknown-type"


def test_a_retracted_work_is_reported() -> None:
    notice = {"type": "retraction", "DOI": "10.5555/notice"}
    library = loads(json.dumps({**works.ARTICLE, "updated-by": [notice]}), "crossref")
    assert "retracted-work" in [problem.code for problem in library.problems]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (PAGE, 2),
        (PAGE + "\n" + PAGE, 4),
        (json.dumps({"items": [works.ARTICLE] * 3}), 3),
        (json.dumps({"items": []}), 0),
        (json.dumps([works.ARTICLE] * 3), 3),
        (LINES, 30),
        (LINES.replace('"DOI"', '"DOI', 1), 29),
        (LINES[:-100], 29),
    ],
    ids=["page", "pages", "file", "empty", "array", "lines", "broken", "cut"],
)
def test_works_are_read_in_any_wrapping(text: str, count: int) -> None:
    library = loads(text, "crossref")
    assert len(library) == count
    for size in (97, 4096):
        found = list(get_format("crossref").read_stream(pieces(text, size)))
        records = [one for one in found if isinstance(one, Record)]
        assert [one.replace(id="a") for one in records] == [one.replace(id="a") for one in library]
        codes = sorted(one.code for one in found if isinstance(one, Problem))
        assert codes == sorted(problem.code for problem in library.problems)


def test_an_object_that_is_no_work_is_reported() -> None:
    library = loads('[{"status": "ok", "message": "gone"}]', "crossref")
    assert [problem.code for problem in library.problems] == ["not-recognised"]


# Crossref's XML


def test_unixref() -> None:
    article, chapter = library = loads(works.UNIXREF)
    assert article.replace(extra={}) == Record(
        id="ferran2021growth",
        type="article-journal",
        title="Growth of <i>E. coli</i> & friends: A study",
        author=(Name(family="Ferran", given="Ada"), Name(literal="Lantern Group")),
        container_title="Journal of Lamps",
        container_title_short="J. Lamps",
        volume="7",
        issue="4",
        page="12-34",
        number="e12",
        issued=Date.of(2021, 5),
        available_date=Date.of(2021, 4, 1),
        doi="10.5555/lamp.1",
        url="https://lantern.example/1",
        issn="0378-5955, 1234-5679",
        abstract="One < two.\nThree.",
        language="en",
        license="https://creativecommons.org/licenses/by/4.0/",
    )
    assert chapter == Record(
        id="ferran2019lamps",
        type="chapter",
        title="How Lamps Burn",
        author=(Name(family="Ferran", given="Ada"),),
        editor=(Name(family="Quist", given="Bo"),),
        container_title="Handbook of Lamps",
        collection_title="Lecture Notes in Light",
        publisher="Lantern Press",
        publisher_place="Oslo",
        volume="12",
        edition="2",
        page="1-9",
        issued=Date.of(2019),
        doi="10.5555/chapter",
        url="https://lantern.example/c",
        isbn="978-0-306-40615-7",
        issn="1234-5679",
        language="en",
    )
    assert [problem.code for problem in library.problems] == ["not-read"]


PERSON = (
    '<contributors><person_name contributor_role="author"><given_name>Ada</given_name>'
    "<surname>Ferran</surname></person_name></contributors><titles><title>Lamps</title></titles>"
)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        (
            f"<conference><event_metadata><conference_name>Lamp Days</conference_name>"
            f'<conference_date start_year="2019" start_month="5" end_year="2019" end_month="6"/>'
            f"</event_metadata><proceedings_metadata><proceedings_title>Papers</proceedings_title>"
            f"<publication_date><year>2020</year></publication_date></proceedings_metadata>"
            f"<conference_paper>{PERSON}</conference_paper></conference>",
            {
                "type": "paper-conference",
                "container_title": "Papers",
                "event_title": "Lamp Days",
                "event_date": Date.parse("2019-05/2019-06"),
                "issued": Date.of(2020),
            },
        ),
        (
            f"<dissertation>{PERSON}<approval_date><year>2018</year></approval_date><institution>"
            "<institution_name>University of Lamps</institution_name></institution></dissertation>",
            {"type": "thesis", "publisher": "University of Lamps", "issued": Date.of(2018)},
        ),
        (
            f"<report-paper><report-paper_metadata>{PERSON}<publisher_item><item_number"
            ' item_number_type="report-number">TR-7</item_number></publisher_item>'
            "</report-paper_metadata></report-paper>",
            {"type": "report", "number": "TR-7"},
        ),
        (
            f"<standard><standard_metadata>{PERSON}<publisher_item><identifier>L7-03</identifier>"
            "<identifier>L7</identifier></publisher_item></standard_metadata></standard>",
            {"type": "standard", "number": "L7-03", "extra": {"other-number": ["L7"]}},
        ),
        (
            f"<book><book_metadata><titles><title>Book</title></titles></book_metadata>"
            f"<content_item>{PERSON}<pages><first_page>3</first_page><last_page>3-21</last_page>"
            "</pages></content_item></book>",
            {"type": "chapter", "page": "3-21", "container_title": "Book"},
        ),
        (
            f'<posted_content type="preprint"><group_title>Lamp Framework</group_title>{PERSON}'
            "<posted_date><month>7</month><day>3</day><year>2018</year></posted_date>"
            "</posted_content>",
            {
                "type": "article",
                "genre": "Preprint",
                "publisher": "Lamp Framework",
                "issued": Date.of(2018, 7, 3),
            },
        ),
        (
            f"<database><database_metadata><titles><title>Lamp Base</title></titles>"
            f"</database_metadata><dataset>{PERSON}</dataset></database>",
            {"type": "dataset", "container_title": "Lamp Base"},
        ),
        (f'<peer_review stage="pre-publication">{PERSON}</peer_review>', {"type": "review"}),
        (
            f"<standard><standard_metadata>{PERSON}<standards_body><standards_body_name>Body"
            "</standards_body_name></standards_body></standard_metadata></standard>",
            {"type": "standard", "authority": "Body"},
        ),
        (
            f'<book book_type="monograph"><book_metadata>{PERSON}<isbn>9780306406157</isbn>'
            "</book_metadata></book>",
            {"type": "book", "isbn": "9780306406157"},
        ),
    ],
)
def test_each_kind_of_deposit(source: str, values: dict[str, Any]) -> None:
    library = in_xml(source)
    assert len(library) == 1
    assert library[0].title == "Lamps"
    assert library[0].author == (Name(family="Ferran", given="Ada"),)
    assert {name: getattr(library[0], name) for name in values} == values


@pytest.mark.parametrize("size", [11, 500, 100_000])
def test_xml_in_pieces_is_read_as_the_whole(size: int) -> None:
    whole = [record.replace(id="a") for record in loads(works.UNIXREF)]
    found = get_format("crossref-xml").read_stream(pieces(works.UNIXREF, size))
    assert [one.replace(id="a") for one in found if isinstance(one, Record)] == whole


def test_of_broken_xml_the_other_works_are_read() -> None:
    broken = works.UNIXREF.replace("<issue>4</issue>", "<issue>4</iss>")
    for found in (
        list(loads(broken)),
        [o for o in get_format("crossref-xml").read_stream([broken]) if isinstance(o, Record)],
    ):
        assert "10.5555/chapter" in [record.doi for record in found]


def test_an_entity_in_xml_is_not_read_from_a_file() -> None:
    entity = '<!DOCTYPE doi_records [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    text = works.UNIXREF.replace("?>", f"?>{entity}", 1).replace("How Lamps", "How &x; Lamps")
    assert any("Lamps" in str(record.title) for record in loads(text, "crossref-xml"))
    assert "/etc" not in str(list(loads(text, "crossref-xml")))


# DataCite


def test_a_dataset_of_datacite() -> None:
    library = loads(json.dumps(works.DATASET))
    record = library[0]
    assert record.replace(extra={}) == Record(
        id="ferran2020lamps",
        type="dataset",
        genre="Table",
        title="Lamps, counted: 1990 to 2000",
        author=(Name(family="Ferran", given="Ada"), Name(literal="Lamp House")),
        editor=(Name(family="Edi", given="Tor"),),
        contributor=(Name(family="Quist", given="Bo"),),
        issued=Date.of(2020, 4, 23),
        available_date=Date.of(2020, 4, 24),
        publisher="Lamp Repository",
        keyword="Lamps, Light",
        language="en",
        number_of_pages="12",
        version="2.1",
        license="https://lantern.example/by",
        abstract="Lamps\nand light",
        doi="10.5555/data",
        url="https://lantern.example/data",
    )
    assert set(record.extra) == {
        *("creators", "titles", "contributors", "dates", "container", "subjects", "rightsList"),
        *("alternateIdentifiers", "formats", "descriptions", "geoLocations", "relatedIdentifiers"),
    }
    assert not library.problems


def test_the_journal_of_a_text_of_datacite() -> None:
    record = one(works.IN_JOURNAL, "datacite")
    assert (record.type, record.genre, record.publisher) == ("article-journal", None, None)
    assert record.author == (Name(family="Ferran", given="Ada"),)
    assert (record.container_title, record.volume, record.issue) == ("Journal of Lamps", "3", "2")
    assert (record.page, record.issn, record.issued) == ("5-9", "0378-5955", Date.of(2018))


def test_a_preprint_of_arxiv() -> None:
    work = {
        "doi": "10.48550/arxiv.2101.12345",
        "titles": [{"title": "Lamps"}],
        "publisher": "arXiv",
        "identifiers": [{"identifier": "2101.12345", "identifierType": "arXiv"}],
        "types": {"resourceType": "Article", "resourceTypeGeneral": "Preprint"},
        "dates": [{"date": "2021-01-29T10:00:00Z", "dateType": "Submitted"}],
        "publicationYear": 2021,
    }
    record = one(work, "datacite")
    assert (record.type, record.genre, record.publisher) == ("article", "Preprint", "arXiv")
    assert (record.number, record.issued) == ("arXiv:2101.12345", Date.of(2021))
    assert record.submitted == Date.of(2021, 1, 29)


@pytest.mark.parametrize(
    "wrapped",
    [
        {"data": {"id": "10.5555/data", "type": "dois", "attributes": works.DATASET}},
        {"data": [{"type": "dois", "attributes": works.DATASET}], "meta": {}},
        [works.DATASET],
    ],
)
def test_responses_of_datacite_are_read_as_the_work(wrapped: Any) -> None:
    assert list(loads(json.dumps(wrapped))) == [one(works.DATASET, "datacite")]


def test_the_xml_of_datacite_is_read_as_its_json() -> None:
    record = loads(works.DATASET_XML)[0]
    of_json = one(works.DATASET, "datacite")
    others: dict[str, Any] = {"available_date": None, "contributor": (), "url": None, "extra": {}}
    assert record.replace(extra={}) == of_json.replace(**others)
    assert record.extra["geoLocations"] == [{"geoLocationPlace": "Oslo"}]
    found = get_format("datacite").read_stream(pieces(works.DATASET_XML, 300))
    assert [one.title for one in found if isinstance(one, Record)] == [record.title]


def in_datacite(*elements: str) -> Record:
    """Return the record of an element `resource` with these elements."""
    inner = "".join(elements)
    source = f'<resource xmlns="http://datacite.org/schema/kernel-4">{inner}</resource>'
    (record,) = loads(source, "datacite")
    return record


def test_several_people_in_one_element_are_all_read() -> None:
    record = in_datacite(
        "<creators><creator><creatorName>Ferran, Ada</creatorName><givenName>Ada</givenName>"
        "<familyName>Ferran</familyName><creatorName>Quist, Bo</creatorName></creator></creators>"
    )
    assert record.author == (Name(family="Ferran", given="Ada"), Name(family="Quist", given="Bo"))


@pytest.mark.parametrize(
    ("series", "parts"),
    [
        ("Annals of Ebb, 2(9), 3-4", ("Annals of Ebb", "2", "9", "3-4")),
        ("Annals of Ebb, Volume XX, No. 1, June 2018", ("Annals of Ebb", "XX", "1", None)),
        ("Annals of Ebb; 7", ("Annals of Ebb", "7", None, None)),
        ("A set of lamps", (None, None, None, None)),
    ],
)
def test_the_information_about_the_series_has_the_journal(
    series: str, parts: tuple[str | None, ...]
) -> None:
    record = in_datacite(
        '<resourceType resourceTypeGeneral="JournalArticle"/><descriptions>'
        f'<description descriptionType="SeriesInformation">{series}</description></descriptions>'
    )
    assert (record.container_title, record.volume, record.issue, record.page) == parts
    assert record.extra["descriptions"]["description"] == series


def test_the_subtitle_of_a_translated_title_is_kept_with_it() -> None:
    record = in_datacite(
        '<titles><title xml:lang="no">Lamper</title>'
        '<title xml:lang="en" titleType="TranslatedTitle">Lamps</title>'
        '<title xml:lang="en" titleType="Subtitle">A history</title></titles>'
    )
    assert record.title == "Lamper"
    assert [one["title"] for one in record.extra["titles"]] == ["Lamps", "A history"]
    (again,) = loads(dumps([record], "datacite"), "datacite")
    assert again.title == "Lamper"


def test_a_language_has_its_tag() -> None:
    assert in_datacite("<language>ger</language>").language == "de"
    assert in_datacite("<language>pt-BR</language>").language == "pt-BR"


def test_what_datacite_has_is_written_back() -> None:
    record = one(works.DATASET, "datacite")
    (written,) = json.loads(dumps([record], "datacite"))
    assert written["creators"] == works.DATASET["creators"][:2]
    for name in ("geoLocations", "formats", "rightsList", "subjects", "relatedIdentifiers"):
        assert written[name] == works.DATASET[name]
    assert one(written, "datacite").replace(extra={}) == record.replace(extra={})


def test_what_is_missing_is_written_as_unavailable_and_not_read() -> None:
    (written,) = json.loads(dumps([Record(id="a", type="report")], "datacite"))
    assert (written["titles"], written["creators"]) == ([{"title": ":unav"}], [{"name": ":unav"}])
    record = one(written, "datacite")
    assert (record.title, record.author, record.publisher) == (None, (), None)


TEXTS = {"title", "publisher", "container_title", "collection_title", "abstract", "version"}


@settings(max_examples=50, deadline=None)
@given(carried_records(table_of_datacite(), TEXTS, when=("2019", "2019-03", "1998/2001")))
def test_any_record_with_what_datacite_carries_comes_back(record: Record) -> None:
    (found,) = loads(get_format("datacite").write([record]), "datacite")
    # A preprint has this genre, also without a word for it.
    assert found.replace(id=record.id, genre=record.genre) == record


def test_the_json_is_valid_by_the_schema() -> None:
    package = find_spec("datacite")
    if package is None or package.origin is None:
        pytest.skip("the schema is missing; install the package datacite")
    schema = Path(package.origin).with_name("schemas") / "datacite-v4.5.json"
    validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    records = [
        one(works.DATASET, "datacite"),
        one(works.IN_JOURNAL, "datacite"),
        *loads(works.UNIXREF),
        Record(id="a", type="book", title="Lamps", author=[Name(family="Roe")], issued=1990,
               publisher="P", number_of_pages="12", isbn="9780306406157", license="CC-BY-4.0"),
    ]  # fmt: skip
    for written in json.loads(get_format("datacite").write(records)):
        assert not [error.message for error in validator.iter_errors(written)]


# OpenAlex


def test_a_work_of_openalex() -> None:
    library = loads(json.dumps(works.WORK))
    assert library["W70001"] == Record(
        id="W70001",
        type="article-journal",
        title="Lamps at <i>night</i>",
        author=(
            Name(family="Ferran", given="Ada"),
            Name(family="Lampen", given="Ludwig", non_dropping_particle="van"),
            Name(literal="World Lamp Organization"),
        ),
        container_title="Journal of Lamps",
        publisher="Lantern Society",
        volume="3",
        issue="2",
        page="7",
        issued=Date.of(2021, 4, 1),
        doi="10.5555/lamp.2",
        issn="0378-5955, 1234-5679",
        pmid="31209238",
        pmcid="PMC6613236",
        keyword="Lamp, night",
        language="en",
        license="cc-by",
        abstract="Lamps beat Lamps",
        extra={
            "authorships": [
                {
                    "display_name": "Ada Ferran",
                    "raw_author_name": "A. Ferran",
                    "orcid": "https://orcid.org/0000-0002-1825-0097",
                    "raw_affiliation_strings": ["University of Lamps"],
                }
            ],
            "grants": [{"funder_display_name": "Lamp Fund"}],
        },
    )
    assert {problem.code for problem in library.problems} == {"retracted-work", "not-read"}


@pytest.mark.parametrize(
    ("work", "values"), works.KINDS_OF_OPENALEX, ids=lambda one: str(one.get("type"))
)
def test_each_kind_of_work_of_openalex(work: dict[str, Any], values: dict[str, Any]) -> None:
    record = one({"id": "https://openalex.org/W1", "title": "Lamps", **work}, "openalex")
    assert {name: getattr(record, name) for name in values} == values


@pytest.mark.parametrize(
    ("authorship", "name"),
    [
        ({"raw_author_name": "Santos Roe, A."}, Name(family="Santos Roe", given="Ana de los")),
        ({"raw_author_name": "A. Santos Roe"}, Name(literal="Ana de los Santos Roe")),
        ({"raw_author_name": "Other, A."}, Name(literal="Ana de los Santos Roe")),
    ],
)
def test_another_spelling_shows_the_family_name(authorship: dict[str, Any], name: Name) -> None:
    author = {"author": {"display_name": "Ana de los Santos Roe"}, **authorship}
    record = one({"id": "https://openalex.org/W1", "authorships": [author]}, "openalex")
    assert record.author == (name,)


def test_a_person_of_openalex_with_an_orcid_is_no_organisation() -> None:
    author = {"display_name": "Ana de los Santos", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    work = {"id": "https://openalex.org/W1", "authorships": [{"author": author}]}
    (name,) = one(work, "openalex").author or ()
    assert name.literal is None
    assert name.family == "Santos"


def test_lists_and_lines_of_openalex() -> None:
    listed = json.dumps({"meta": {"count": 2}, "results": [works.WORK] * 2, "group_by": []})
    lines = f"{json.dumps(works.WORK)}\n" * 2
    for text in (listed, lines):
        assert [record.title for record in loads(text)] == ["Lamps at <i>night</i>"] * 2
        found = get_format("openalex").read_stream(pieces(text, 200))
        assert [one.id for one in found if isinstance(one, Record)] == ["W70001"] * 2


def test_an_author_of_openalex_is_no_work() -> None:
    author = {"id": "https://openalex.org/A1", "display_name": "Ada Ferran", "works_count": 3}
    library = loads(json.dumps({"results": [author]}), "openalex")
    assert (len(library), [problem.code for problem in library.problems]) == (0, ["not-recognised"])


# All


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A &amp;amp; B", "A & B"),
        ("<scp>Low</scp> <jats:italic>x</jats:italic>", "<sc>Low</sc> <i>x</i>"),
        ("a<b and c>d", "a<b and c>d"),
        ('<span lang="en">x</span><br/>y', "xy"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"),
        ("<tex-math>$x$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math>", "x"),
        ("<mml:math><mml:mi>x", "x"),
    ],
)
def test_the_markup_of_titles(text: str, plain: str) -> None:
    assert clean(text) == plain


WRONG: list[Any] = [None, 7, 1.5, True, "x", "", [], [None], [[1]], {}, [{}], {"a": [{}]}]


@pytest.mark.parametrize(
    ("name", "work"),
    [("crossref", works.ARTICLE), ("datacite", works.DATASET), ("datacite", works.IN_JOURNAL),
     ("openalex", works.WORK)],
)  # fmt: skip
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_a_wrong_kind_gives_a_record(
    name: str, work: dict[str, Any], wrong: Any
) -> None:
    """Put the wrong value in the place of every value of the work, one after the other."""
    for changed in _changed(work, wrong):
        library = loads(json.dumps(changed), name)
        json.loads(dumps(library, "csl-json"))
        dumps(library, "datacite", problems=[])


def _changed(value: Any, wrong: Any) -> Iterator[Any]:
    places = value.items() if isinstance(value, dict) else enumerate(value)
    for place, inner in list(places):
        copy = value.copy()
        copy[place] = wrong
        yield copy
        if isinstance(inner, dict | list):
            for changed in _changed(inner, wrong):
                yield {**value, place: changed} if isinstance(value, dict) else [
                    *value[:place], changed, *value[place + 1 :]
                ]  # fmt: skip

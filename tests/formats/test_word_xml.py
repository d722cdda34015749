"""Word's sources: every element has its place, and what is written is what the schema allows."""

from __future__ import annotations

import datetime
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from refcite import dumps
from refcite.dates import Date
from refcite.formats import guess_format
from refcite.formats.word_xml import mapping, read, write
from refcite.formats.word_xml.table import NAMESPACE
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES, VARIABLES, attribute_of
from tests.formats.samples import sample
from tests.formats.strategies import carried_records


def source(*elements: str, type: str = "Book", tag: str = "a") -> str:  # noqa: A002 - Word's word
    """Return a source with elements such as `Title=One`, or XML as it is."""
    inner = "".join(
        text
        if text.startswith("<")
        else f"<b:{text.partition('=')[0]}>{text.partition('=')[2]}</b:{text.partition('=')[0]}>"
        for text in elements
    )
    return f"<b:Source><b:Tag>{tag}</b:Tag><b:SourceType>{type}</b:SourceType>{inner}</b:Source>"


def sources(*found: str) -> str:
    return f'<b:Sources xmlns:b="{NAMESPACE}">{"".join(found)}</b:Sources>'


def read_one(*elements: str, type: str = "Book") -> Record:  # noqa: A002 - as above
    return read(sources(source(*elements, type=type)))[0]


def names(role: str, *persons: str) -> str:
    return f"<b:Author><b:{role}><b:NameList>{''.join(persons)}</b:NameList></b:{role}></b:Author>"


def person(last: str = "", first: str = "", middle: str = "") -> str:
    parts = {"Last": last, "First": first, "Middle": middle}
    inner = "".join(f"<b:{tag}>{text}</b:{tag}>" for tag, text in parts.items() if text)
    return f"<b:Person>{inner}</b:Person>"


FILE = f"""<?xml version="1.0" encoding="utf-16"?>
<b:Sources SelectedStyle="\\APA.XSL" StyleName="APA" xmlns:b="{NAMESPACE}" xmlns="{NAMESPACE}">
  <b:Source>
    <b:Tag>Ber19</b:Tag>
    <b:SourceType>JournalArticle</b:SourceType>
    <b:Guid>{{0A1B2C3D-0000-0000-0000-000000000001}}</b:Guid>
    <b:LCID>1043</b:LCID>
    <b:Author>
      <b:Author><b:NameList>
        <b:Person>
          <b:Last>van den Berg</b:Last><b:First>Anna</b:First><b:Middle>Maria</b:Middle>
        </b:Person>
        <b:Person><b:Last>Okafor, Jr.</b:Last><b:First>John</b:First></b:Person>
      </b:NameList></b:Author>
      <b:Counsel><b:NameList>
        <b:Person><b:Last>Doe</b:Last><b:First>Jane</b:First></b:Person>
      </b:NameList></b:Counsel>
    </b:Author>
    <b:Title>On
      light</b:Title>
    <b:JournalName>Journal of Light</b:JournalName>
    <b:Year>2019</b:Year><b:Month>3</b:Month><b:Day>5</b:Day>
    <b:Volume>12</b:Volume><b:Issue>3</b:Issue><b:Pages>101-9</b:Pages>
    <b:City>Utrecht</b:City><b:CountryRegion>Netherlands</b:CountryRegion>
    <b:StandardNumber>ISSN 0028-0836; DOI: https://doi.org/10.1000/182</b:StandardNumber>
    <b:YearAccessed>2020</b:YearAccessed><b:MonthAccessed>May</b:MonthAccessed>
    <b:DayAccessed>1</b:DayAccessed>
    <b:URL>https://example.org/?a=1&amp;b=2</b:URL>
    <b:Comments>Read it.</b:Comments>
    <b:RefOrder>1</b:RefOrder>
  </b:Source>
  <b:Source>
    <b:Tag>WHO</b:Tag><b:SourceType>Report</b:SourceType>
    <b:Author><b:Author><b:Corporate>UNESCO</b:Corporate></b:Author></b:Author>
    <b:Title>World Report</b:Title><b:Institution>UN</b:Institution>
    <b:ThesisType>Annual report</b:ThesisType>
  </b:Source>
</b:Sources>
"""


def test_a_file_is_read_whole() -> None:
    library = read(FILE)
    assert not library.problems
    article, report = library
    assert article.variables() == {
        "author": (
            Name(family="Berg", given="Anna Maria", non_dropping_particle="van den"),
            Name(family="Okafor", given="John", suffix="Jr."),
        ),
        "title": "On light",
        "container_title": "Journal of Light",
        "issued": Date.of(2019, 3, 5),
        "accessed": Date.of(2020, 5, 1),
        "volume": "12",
        "issue": "3",
        "page": "101-9",
        "publisher_place": "Utrecht, Netherlands",
        "issn": "0028-0836",
        "doi": "10.1000/182",
        "url": "https://example.org/?a=1&b=2",
        "note": "Read it.",
        "language": "nl-NL",
    }
    assert article.extra == {
        "Guid": "{0A1B2C3D-0000-0000-0000-000000000001}",
        "RefOrder": "1",
        "Counsel": ["Doe, Jane"],
    }
    assert (report.type, report.author) == ("report", (Name(literal="UNESCO"),))
    assert (report.publisher, report.genre) == ("UN", "Annual report")


def test_what_was_read_is_written_and_read_again() -> None:
    library = read(FILE)
    written = write(library)
    assert list(read(written)) == list(library)
    assert write(read(written)) == written


# Types


@pytest.mark.parametrize(
    ("own", "csl_type", "extra"),
    [
        ("Book", "book", {}),
        ("ArticleInAPeriodical", "article-magazine", {}),
        ("DocumentFromInternetSite", "webpage", {"SourceType": "DocumentFromInternetSite"}),
        ("ElectronicSource", "document", {"SourceType": "ElectronicSource"}),
        ("Misc", "document", {}),
        ("Case", "legal_case", {}),
    ],
)
def test_types(own: str, csl_type: str, extra: dict[str, str]) -> None:
    record = read_one("Title=One", type=own)
    assert (record.type, record.extra) == (csl_type, extra)
    assert f"<b:SourceType>{own}</b:SourceType>" in write([record])


def test_a_type_that_word_does_not_know_is_a_document() -> None:
    library = read(sources(source(type="Scroll"), source("Title=One", tag="b")))
    assert [(one.code, one.key, one.severity) for one in library.problems] == [
        ("unknown-type", "a", Severity.WARNING)
    ]
    assert library[0].extra == {"type": "Scroll"}


@pytest.mark.parametrize(
    ("thesis_type", "genre"),
    [("PhD thesis", "PhD thesis"), ("Thesis", None), ("Thesis: Licence", "Licence")],
)
def test_a_report_that_says_so_is_a_thesis(thesis_type: str, genre: str | None) -> None:
    record = read_one("Institution=U", f"ThesisType={thesis_type}", type="Report")
    assert (record.type, record.genre, record.publisher) == ("thesis", genre, "U")
    assert f"<b:ThesisType>{thesis_type}</b:ThesisType>" in write([record])


# Elements


@pytest.mark.parametrize(
    ("own", "elements", "values", "extra"),
    [
        ("BookSection", ["BookTitle=B", "ChapterNumber=4"], {"container_title": "B"}, {}),
        ("ConferenceProceedings", ["ConferenceName=C"], {"container_title": "C"}, {}),
        ("InternetSite", ["InternetSiteTitle=S", "ProductionCompany=P"], {"publisher": "P"}, {}),
        ("Film", ["Distributor=D"], {"publisher": "D"}, {}),
        (
            "Film",
            ["Distributor=D", "ProductionCompany=P"],
            {"publisher": "P"},
            {"Distributor": "D"},
        ),
        ("Interview", ["BroadcastTitle=T", "Broadcaster=B"], {"publisher": "B"}, {}),
        ("Performance", ["City=Bern", "Theater=T"], {"event_place": "Bern"}, {"Theater": "T"}),
        (
            "Patent",
            ["CountryRegion=US", "PatentNumber=7", "Type=Utility"],
            {"jurisdiction": "US"},
            {},
        ),
        ("Case", ["Court=C", "CaseNumber=5", "Reporter=R"], {"authority": "C", "number": "5"}, {}),
        ("Case", ["AbbreviatedCaseNumber=5"], {}, {"AbbreviatedCaseNumber": "5"}),
        ("SoundRecording", ["AlbumTitle=A", "RecordingNumber=9"], {"number": "9"}, {}),
        ("Art", ["Institution=Museum"], {"archive": "Museum"}, {}),
        ("Book", ["StandardNumber=978-0-306-40615-7"], {"isbn": "978-0-306-40615-7"}, {}),
        ("Book", ["StandardNumber=ISO 690"], {}, {"StandardNumber": "ISO 690"}),
        ("Book", ["DOI=10.1000/182"], {"doi": "10.1000/182"}, {}),
        ("Book", ["DOI=https://doi.org/10.1000/182"], {"doi": "10.1000/182"}, {}),
        (
            "Misc",
            ["JournalName=J", "Institution=I"],
            {"container_title": "J", "publisher": "I"},
            {},
        ),
        ("Interview", ["Station=S"], {"publisher": "S"}, {}),
        ("JournalArticle", ["PeriodicalTitle=P"], {"container_title": "P"}, {}),
        ("Book", ["LCID=0"], {"language": None}, {}),
        ("Book", ["LCID=99999"], {"language": None}, {"LCID": "99999"}),
        ("Book", ["LCID=en-GB"], {"language": "en-GB"}, {}),
        ("Book", ["Title=A", "Title=B"], {"title": "A"}, {"Title": "B"}),
        ("Book", ["Odd=x"], {}, {"Odd": "x"}),
    ],
)
def test_elements_mean_what_their_type_gives_them(
    own: str, elements: list[str], values: dict[str, Any], extra: dict[str, str]
) -> None:
    record = read_one(*elements, type=own)
    assert {name: getattr(record, name) for name in values} == values
    assert record.extra == extra


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        (("2019", "", ""), "2019"),
        (("2019", "3", ""), "2019-03"),
        (("2019", "March", "5"), "2019-03-05"),
        (("2019", "Mai", "5"), "2019-05-05"),
        (("2001", "Spring", ""), "2001-21"),
        (("2019", "March-April", ""), "2019-03/2019-04"),
        (("2019", "March", "5–7"), "2019-03-05/2019-03-07"),
        (("1998/2001", "", ""), "1998/2001"),
        (("c. 1950", "", ""), "1950~"),
        (("n.d.", "", ""), "n.d."),
    ],
)
def test_dates(parts: tuple[str, str, str], date: str) -> None:
    tags = zip(("Year", "Month", "Day"), parts, strict=True)
    record = read_one(*(f"{tag}={text}" for tag, text in tags if text))
    assert str(record.issued) == date
    assert read(write([record]))[0].issued == record.issued


def test_a_date_that_is_none_is_kept_and_reported() -> None:
    library = read(sources(source("Year=2019", "Month=2", "Day=30")))
    (problem,) = library.problems
    assert (problem.code, problem.key) == ("invalid-date", "a")
    assert library[0].issued == Date(literal="30 February 2019")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (person("Plato"), Name(family="Plato")),
        (person("World Health Organization"), Name(literal="World Health Organization")),
        (person("Humboldt", "Alexander", "von"), Name(
            family="Humboldt", given="Alexander", dropping_particle="von")),
        (person("King, Jr.", "Martin", "L."), Name(family="King", given="Martin L.", suffix="Jr.")),
        ("<b:Person/>", None),
    ],
)  # fmt: skip
def test_names(written: str, name: Name | None) -> None:
    record = read_one(names("Editor", written))
    assert record.editor == ((name,) if name else ())
    assert read(write([record]))[0].editor == record.editor


def test_organisations_beside_persons_stay_organisations() -> None:
    names_ = (Name(literal="UNESCO"), Name(literal="Doe, Roe and Co"), Name(family="Plato"))
    written = write([Record(id="a", type="book", author=names_, editor=names_[:1])])
    assert written.count("<b:First/>") == 2
    assert (read(written)[0].author, read(written)[0].editor) == (names_, names_[:1])


def test_roles_are_those_of_the_type() -> None:
    assert read_one(names("Artist", person("Doe")), type="Art").author == (Name(family="Doe"),)
    assert read_one(names("Inventor", person("Doe")), type="Patent").author == (Name(family="Doe"),)
    both = read_one(names("Artist", person("Doe")), names("Author", person("Roe")), type="Art")
    assert (both.author, both.extra) == ((Name(family="Doe"),), {"Author": ["Roe"]})
    assert read(write([both]))[0] == both


def test_what_is_too_long_is_cut_or_left_out_and_said() -> None:
    record = Record(
        id="a", type="book", title="word " * 60, note="x" * 300, url=f"https://a.org/{'x' * 300}"
    )
    problems: list[Problem] = []
    back = read(dumps([record], "word-xml", problems=problems))[0]
    assert back.title is not None
    assert back.title.endswith("word…")
    assert len(back.title) <= 255
    assert back.url is None
    assert sorted(problem.code for problem in problems) == [
        "changed-value",
        "changed-value",
        "not-carried",
    ]


# Broken and hostile files


def test_a_broken_source_costs_only_itself() -> None:
    text = sources(source("Title=One", tag="a"), source("Title=Tw<o", tag="b"), source(tag="c"))
    library = read(text)
    assert library.ids == ("a", "b", "c")
    (problem,) = library.problems
    assert (problem.code, problem.severity, problem.line) == ("broken-xml", Severity.ERROR, 1)
    assert problem.column is not None
    assert text[: problem.column].endswith(("Tw<o<", "Tw<o"))


def test_a_file_that_is_cut_off_keeps_what_it_has() -> None:
    text = "\n".join((sources(source("Title=One", tag="a")), "")).replace("</b:Sources>", "")
    library = read(f"{text}\n<b:Source><b:Tag>b</b:Tag><b:Title>Tw")
    assert [record.title for record in library] == ["One", "Tw"]
    assert library.problems[0].line == 3


def test_entities_are_not_followed() -> None:
    text = sources(source("Title=&f;&e;"))
    library = read(f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY e "no">]>{text}')
    assert library[0].title == "&f;&e;"


def test_a_source_without_a_tag_has_an_id_by_its_place() -> None:
    untagged = source("Title=One", names("Author", person("Roe", "Ann")), "Year=2001", tag="")
    untagged = untagged.replace("<b:Tag></b:Tag>", "")
    assert read(sources(source(tag="a"), untagged)).ids == ("a", "item-2")


def test_what_is_surely_meant_is_mended_and_said() -> None:
    library = read(sources(source("Title=R&D&nbsp;\x02one")))
    assert library[0].title == "R&D one"
    assert {problem.code for problem in library.problems} == {"mended-xml"}


@pytest.mark.parametrize(
    "unit", ["<b:Source>", "<b:Source/>", "<", "&", "<b:Title>", "</b:Source>", "x", "<!--", "]]>"]
)
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 50_000)
    read(sources(unit * 20_000))


def test_text_without_a_source_is_an_error() -> None:
    for text in ("", "nothing", sources()):
        assert read(text).problems[-1].code == "no-entries"


def test_the_look_of_a_text_tells() -> None:
    assert guess_format(FILE, file="Sources.xml").name == "word-xml"


# What is written


@cache
def _schema() -> dict[str, Any]:
    """Return the element types of the Open XML SDK, by their names."""
    spec = find_spec("openxml_audit")
    if spec is None or spec.origin is None:
        pytest.skip("openxml-audit is not installed: it holds the schema")
    name = "schemas_openxmlformats_org_officeDocument_2006_bibliography.json"
    path = Path(spec.origin).parent / "data" / "openxml" / "schemas" / name
    return {one["Name"]: one for one in json.loads(path.read_text("utf-8"))["Types"]}


def _assert_valid(element: etree._Element, own: str) -> None:
    """Check an element by the schema: children, their order where it counts, lengths."""
    type_ = _schema()[own]
    allowed = {
        one["Name"].rpartition("/b:")[2]: one["Name"] for one in type_.get("Children", ())
    } or _in_base(type_)
    inner = [etree.QName(one).localname for one in element]
    assert set(inner) <= set(allowed), own
    particle = type_.get("Particle") or {}
    if own == "b:CT_PersonType/b:Person":
        order = [one["Name"].rpartition(":")[2] for one in particle["Items"]]
        assert inner == sorted(inner, key=order.index)
    if not allowed:
        assert len(element.text or "") <= 255, own
    for one in element:
        _assert_valid(one, allowed[etree.QName(one).localname])


def _in_base(type_: dict[str, Any]) -> dict[str, str]:
    bases = {"NameType": "b:CT_NameType/", "NameOrCorporateType": "b:CT_NameOrCorporateType/"}
    if type_["BaseClass"] not in bases:
        return {}
    found = _schema()[bases[type_["BaseClass"]]]["Children"]
    return {one["Name"].rpartition("/b:")[2]: one["Name"] for one in found}


@pytest.mark.parametrize("csl_type", ITEM_TYPES)
def test_what_is_written_is_valid(csl_type: Any) -> None:
    values = {attribute_of(name): sample(name) for name in VARIABLES}
    record = Record(id="a", type=csl_type, **{**values, "author": (Name(literal="UNESCO"),)})
    longest = Record(
        type=csl_type, title="x" * 400, author=(Name(family="y" * 300, given="z " * 200),),
        editor=(Name(literal="v" * 400), Name(), Name(given="w")), extra={"Theater": "t" * 300},
    )  # fmt: skip
    root = etree.fromstring(write([record, longest]).encode())
    _assert_valid(root, "b:CT_Sources/b:Sources")
    known = {"b:CT_SourceType/b:Source", "b:ST_SourceType/b:SourceType"}
    assert known <= _schema().keys()


TEXTS = {"title", "volume", "page", "publisher", "edition", "note", "url"}


@settings(max_examples=100, deadline=None)
@given(carried_records(mapping(), TEXTS, literal="The "))
def test_any_record_with_what_the_table_carries_comes_back(record: Record) -> None:
    assert list(read(write([record]))) == [record]


PIECES = st.sampled_from(
    [
        *"<>/&;\n \x02]'\"",
        *(
            "<b:Source>",
            "</b:Source>",
            "<b:Sources>",
            "<b:Tag>",
            "</b:Tag>",
            "<b:Author>",
            "<b:Last>",
        ),
        *("<b:Year>", "</b:Year>", "2019", "Mar-", "&amp;", "&nbsp;", "&#1;", "<![CDATA[", "]]>"),
        *("<b:SourceType>Book</b:SourceType>", "<b:Corporate>", "</b:Author>", "x", "<!DOCTYPE"),
        *("<b:StandardNumber>ISBN 1; DOI 10.1/x</b:StandardNumber>", "<b:Person/>", "<?x ?>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_what_was_read_comes_back(text: str) -> None:
    library: Library = read(sources(text))
    again = read(write(library))
    assert [record.variables() for record in again] == [record.variables() for record in library]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_written_by_its_name(month: int) -> None:
    name = datetime.date(2019, month, 1).strftime("%B")
    written = write([Record(id="a", type="book", title="A", issued=Date.of(2019, month, 5))])
    assert f"<b:Month>{name}</b:Month>" in written


@pytest.mark.parametrize(
    ("number", "name"), [(1, "Spring"), (2, "Summer"), (3, "Autumn"), (4, "Winter")]
)
def test_every_season_is_written_by_its_name(number: int, name: str) -> None:
    written = write([Record(id="a", type="book", title="A", issued=Date.of(2019, season=number))])
    assert f"<b:Month>{name}</b:Month>" in written

"""EndNote's XML: what each type gives an element, rich text both ways, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from refcite import dumps
from refcite.dates import Date
from refcite.formats import guess_format
from refcite.formats.endnote_xml import mapping, read, write
from refcite.formats.endnote_xml.types import GROUPS, ORDER
from refcite.formats.endnotetypes import TYPES
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES, VARIABLES, attribute_of
from tests.formats.samples import sample
from tests.formats.strategies import carried_records

STYLE = '<style face="{}" font="default" size="100%">{}</style>'


def record_of(*elements: str, type: str = "Journal Article", number: str = "17") -> str:  # noqa: A002 - EndNote's word
    """Return a record with elements such as `titles/title=One`, or XML as it is."""
    inner = ""
    for element in elements:
        path, _, text = element.partition("=")
        if element.startswith("<"):
            inner += element
            continue
        tags = path.split("/")
        inner += "".join(f"<{tag}>" for tag in tags) + text
        inner += "".join(f"</{tag}>" for tag in reversed(tags))
    return f'<record><ref-type name="{type}">{number}</ref-type>{inner}</record>'


def document(*records: str) -> str:
    return f"<xml><records>{''.join(records)}</records></xml>"


def read_one(*elements: str, type: str = "Journal Article") -> Record:  # noqa: A002 - as above
    return read(document(record_of(*elements, type=type)))[0]


def plain(text: str) -> str:
    return STYLE.format("normal", text)


EXPORT = f"""<?xml version="1.0" encoding="UTF-8" ?><xml><records><record>\
<database name="My.enl" path="/home/me/My.enl">My.enl</database>\
<source-app name="EndNote" version="20.1">EndNote</source-app><rec-number>13</rec-number>\
<foreign-keys><key app="EN" db-id="abc" timestamp="1">13</key></foreign-keys>\
<ref-type name="Journal Article">17</ref-type><contributors><authors>\
<author>{plain("van den Berg, Anna")}</author><author>{plain("Light Study Group,")}</author>\
</authors></contributors><auth-address>{plain("Utrecht")}</auth-address><titles>\
<title>{plain("On ")}{STYLE.format("italic", "E. coli")}{plain(" and CO")}\
{STYLE.format("subscript", "2")}</title><secondary-title>{plain("J Light")}</secondary-title>\
<alt-title>{plain("J. L.")}</alt-title></titles>\
<periodical><full-title>Journal of Light</full-title><abbr-1>J Light</abbr-1></periodical>\
<pages>{plain("101-9")}</pages><volume>{plain("12")}</volume><number>{plain("3")}</number>\
<edition>{plain("2018/11/20")}</edition><keywords><keyword>{plain("optics")}</keyword>\
<keyword>{plain("retina")}</keyword></keywords><dates><year>{plain("2019")}</year><pub-dates>\
<date>{plain("Mar 5")}</date></pub-dates></dates><isbn>{plain("0028-0836 (Print)&#xD;")}</isbn>\
<accession-num>{plain("WOS:1")}</accession-num><abstract>{plain("One.&#xD;Two.")}</abstract>\
<notes>{plain("Read it.")}</notes><urls><related-urls><url>{plain("https://a.org/?a=1&amp;b=2")}\
</url><url>{plain("https://b.org")}</url></related-urls><pdf-urls>\
<url>internal-pdf://1/a.pdf</url></pdf-urls></urls><custom1>{plain("mine")}</custom1>\
<custom2>{plain("PMC6000001")}</custom2><electronic-resource-num>\
{plain("https://doi.org/10.1000/182")}</electronic-resource-num>\
<language>{plain("English")}</language></record></records></xml>
"""


def test_an_export_of_endnotes_is_read_whole() -> None:
    library = read(EXPORT)
    assert not library.problems
    (record,) = library
    assert (record.id, record.type) == ("13", "article-journal")
    assert record.variables() == {
        "author": (
            Name(family="Berg", given="Anna", non_dropping_particle="van den"),
            Name(literal="Light Study Group"),
        ),
        "title": "On <i>E. coli</i> and CO<sub>2</sub>",
        "container_title": "J Light",
        "container_title_short": "J. L.",
        "page": "101-9",
        "volume": "12",
        "issue": "3",
        "available_date": Date.of(2018, 11, 20),
        "keyword": "optics, retina",
        "issued": Date.of(2019, 3, 5),
        "issn": "0028-0836",
        "abstract": "One.\nTwo.",
        "note": "Read it.",
        "url": "https://a.org/?a=1&b=2",
        "pmcid": "PMC6000001",
        "doi": "10.1000/182",
        "language": "English",
    }
    assert record.extra == {
        "auth-address": "Utrecht",
        "full-title": "Journal of Light",
        "abbr-1": "J Light",
        "related-urls": "https://b.org",
        "pdf-urls": "internal-pdf://1/a.pdf",
        "custom1": "mine",
        "accession-num": "WOS:1",
    }


def test_what_was_read_is_written_and_read_again() -> None:
    library = read(EXPORT)
    written = write(library)
    assert list(read(written)) == list(library)
    assert write(read(written)) == written


# Types


@pytest.mark.parametrize("own", TYPES, ids=lambda own: own.name)
def test_every_type_is_known_by_its_name_and_its_number(own: Any) -> None:
    by_name = read(document(record_of(type=own.name, number="")))[0]
    assert by_name.type == own.type
    assert f'<ref-type name="{own.name}">{own.number}</ref-type>' in write([by_name])
    if not own.is_new:
        assert read(document(record_of(type="", number=str(own.number))))[0] == by_name


def test_a_type_that_endnote_does_not_know_is_a_document() -> None:
    library = read(document(record_of("titles/title=One", type="Scroll", number="99")))
    (problem,) = library.problems
    assert (problem.code, problem.severity, problem.line) == ("unknown-type", Severity.WARNING, 1)
    assert (library[0].type, library[0].extra) == ("document", {"type": "Scroll"})


AUTHOR = "<author>Doe, Jane</author>"
DOE = (Name(family="Doe", given="Jane"),)


@pytest.mark.parametrize(
    ("own", "elements", "values", "extra"),
    [
        ("Book", ["titles/secondary-title=S", "number=4"], {"collection_title": "S"}, {}),
        ("Book", ["pages=328", "section=12"], {"number_of_pages": "328", "page": "12"}, {}),
        ("Book", ["pages=12-15"], {"page": "12-15", "number_of_pages": None}, {}),
        ("Book", ["pages=xii,&#13;328"], {"number_of_pages": "xii, 328"}, {}),
        ("Journal Article", ["custom2=PMC1&#13;PMC2"], {"pmcid": "PMC1 PMC2"}, {}),
        ("Book", [f"contributors/secondary-authors={AUTHOR}"], {"collection_editor": DOE}, {}),
        ("Book", [f"contributors/tertiary-authors={AUTHOR}"], {"editor": DOE}, {}),
        ("Edited Book", [f"contributors/authors={AUTHOR}"], {"editor": DOE, "author": ()},
         {"ref-type": "Edited Book"}),
        ("Book Section", ["titles/secondary-title=B", "section=2"], {"chapter_number": "2"}, {}),
        ("Thesis", ["titles/secondary-title=Dept", "publisher=U"], {"division": "Dept"}, {}),
        ("Thesis", ["volume=Ph.D."], {"genre": "Ph.D.", "volume": None}, {}),
        ("Thesis", [f"contributors/tertiary-authors={AUTHOR}"], {"contributor": DOE}, {}),
        ("Report", ["isbn=A/12/3"], {"number": "A/12/3"}, {}),
        ("Report", ["isbn=A/12/3", "number=7"], {"number": "A/12/3"}, {"number": "7"}),
        ("Case", ["publisher=Court", "number=5"], {"authority": "Court", "number": "5"}, {}),
        ("Patent", ["isbn=US 1", "pub-location=US"], {"number": "US 1", "jurisdiction": "US"}, {}),
        ("Film or Broadcast", [f"contributors/authors={AUTHOR}"], {"director": DOE}, {}),
        ("Conference Proceedings", ["titles/secondary-title=P"], {"container_title": "P"}, {}),
        ("Conference Proceedings", ["titles/secondary-title=C", "custom3=P"],
         {"container_title": "P", "event_title": "C"}, {}),
        ("Conference Proceedings", ["pub-location=Bern"], {"event_place": "Bern"}, {}),
        ("Journal Article", ["edition=3rd"], {"edition": "3", "available_date": None}, {}),
        ("Journal Article", ["section=12"], {"page": "12"}, {}),
        ("Journal Article", ["pages=12-15", "section=12"], {"page": "12-15"}, {"section": "12"}),
        ("Journal Article", ["issue=S1"], {"supplement_number": "S1"}, {}),
        ("Journal Article", ["<periodical><full-title>J</full-title></periodical>"],
         {"container_title": "J"}, {}),
        ("Book", ["isbn=0-306-40615-2 (pbk.)", "pages=173 p."],
         {"isbn": "0-306-40615-2", "number_of_pages": "173"}, {}),
        ("Journal Article", ["pages=pp. 7-9"], {"page": "7-9"}, {}),
        ("Journal Article", ["isbn=978-0-306-40615-7"], {"isbn": "978-0-306-40615-7"}, {}),
        ("Journal Article", ["urls/web-urls/url=https://a.org"], {"url": "https://a.org"}, {}),
        ("Generic", ["custom6=x", "misc2=y"], {}, {"custom6": "x", "misc2": "y"}),
        ("Generic", ["label=L", "caption=c"], {"citation_label": "L"}, {"caption": "c"}),
    ],
)  # fmt: skip
def test_elements_mean_what_their_type_gives_them(
    own: str, elements: list[str], values: dict[str, Any], extra: dict[str, str]
) -> None:
    record = read_one(*elements, type=own)
    assert {name: getattr(record, name) for name in values} == values
    assert record.extra == extra
    assert list(read(write([record]))) == [record]


# Values


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("One &amp; two", "One & two"),
        (plain("One"), "One"),
        (STYLE.format("bold italic", "x"), "<b><i>x</i></b>"),
        (STYLE.format("italic", "x") + STYLE.format("italic superscript", "2"),
         "<i>x<sup>2</sup></i>"),
        (STYLE.format("underline", "x") + " y", "x y"),
        (f"a {STYLE.format('italic', 'b')} c", "a <i>b</i> c"),
        (plain("x &lt; y"), "x < y"),
    ],
)  # fmt: skip
def test_styles_are_markup(text: str, markup: str) -> None:
    record = read_one(f"titles/title={text}")
    assert record.title == markup
    assert read(write([record]))[0].title == markup


def test_what_endnote_has_no_face_for_is_left_out_and_said() -> None:
    title = 'The <span class="nocase">NASA</span> <i>File</i>'
    problems: list[Problem] = []
    text = dumps([Record(id="1", type="book", title=title)], "endnote-xml", problems=problems)
    assert read(text)[0].title == "The NASA <i>File</i>"
    assert [problem.code for problem in problems] == ["changed-value"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Doe, Jane, Jr.", Name(family="Doe", given="Jane", suffix="Jr.")),
        ("UNESCO,", Name(literal="UNESCO")),
        ("University of California,, Berkeley", Name(literal="University of California, Berkeley")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("Plato", Name(family="Plato")),
    ],
)
def test_names(text: str, name: Name) -> None:
    record = read_one(f"contributors/authors=<author>{text}</author>")
    assert record.author == (name,)
    assert read(write([record]))[0].author == (name,)


@pytest.mark.parametrize(
    ("year", "day", "date", "extra"),
    [
        ("2019", "", "2019", {}),
        ("2019", "March 5", "2019-03-05", {}),
        ("2019", "5 mars", "2019-03-05", {}),
        ("2019", "2019-03-05", "2019-03-05", {}),
        ("2019", "Spring", "2019-21", {}),
        ("2019", "March-April", "2019-03/2019-04", {}),
        ("2019", "2018-12-01", "2019", {"pub-dates": "2018-12-01"}),
        ("1998/2001", "", "1998/2001", {}),
        ("c. 1950", "", "1950~", {}),
        ("", "2019-03-05", "2019-03-05", {}),
        ("in press", "", "in press", {}),
    ],
)
def test_dates(year: str, day: str, date: str, extra: dict[str, str]) -> None:
    dates = [f"dates/year={year}"] if year else []
    if day:
        dates = [f"<dates><year>{year}</year><pub-dates><date>{day}</date></pub-dates></dates>"]
    record = read_one(*dates)
    assert (str(record.issued), record.extra) == (date, extra)
    assert read(write([record]))[0] == record


def test_a_date_that_is_none_is_reported() -> None:
    library = read(document(record_of("rec-number=7", "dates/year=2019-13")))
    (problem,) = library.problems
    assert (problem.code, problem.key) == ("invalid-date", "7")


def test_an_id_that_is_no_number_is_a_foreign_key() -> None:
    written = write([Record(id="doe:2019", type="book"), Record(id="7", type="book")])
    assert '<key app="refcite">doe:2019</key>' in written
    assert read(written).ids == ("doe:2019", "7")


def test_an_accession_number_of_pubmed_is_a_pmid() -> None:
    record = read_one("accession-num=31209238", "remote-database-provider=NLM")
    assert (record.pmid, record.archive_location) == ("31209238", None)
    assert read(write([record]))[0].pmid == "31209238"
    other = read_one("accession-num=31209238", "remote-database-provider=Ovid")
    assert (other.pmid, other.extra["accession-num"]) == (None, "31209238")


def test_several_numbers_stand_in_one_element() -> None:
    record = Record(id="1", type="report", number="A/1", isbn="1-2", issn="0028-0836")
    written = write([record])
    assert "<isbn>A/1&#13;ISBN 1-2&#13;ISSN 0028-0836</isbn>" in written
    assert list(read(written)) == [record]


# Broken and hostile files


def test_a_broken_record_costs_only_itself() -> None:
    text = "\n".join(
        [
            "<xml><records>",
            record_of("rec-number=1", "titles/title=One"),
            record_of("rec-number=2", "<titles><title>Two</titles>"),
            record_of("rec-number=3", "titles/title=R&D\x0b"),
            "<record><rec-number>4</rec-number>",
        ]
    )
    library = read(text)
    assert library.ids == ("1", "2", "3", "4")
    assert [record.title for record in library[:3]] == ["One", "Two", "R&D"]
    errors = [one for one in library.problems if one.severity is Severity.ERROR]
    assert [(problem.code, problem.line) for problem in errors] == [
        ("broken-xml", 3),
        ("broken-xml", 5),
    ]


def test_entities_are_not_followed() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE xml [<!ENTITY a0 "lol"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    library = read(text + document(record_of("titles/title=&a11;&f;")))
    assert [record.title for record in library] == ["&a11;&f;"]


@pytest.mark.parametrize(
    "unit", ["<record>", "<record/>", "<", "&", "<style>", "</style>", "<author>", "x", "&#13;"]
)
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 50_000)
    read(document(record_of(f"titles/title={unit * 20_000}")))


def test_text_without_a_record_is_an_error() -> None:
    for text in ("", "nothing", document()):
        assert read(text).problems[-1].code == "no-entries"


def test_the_look_of_a_text_tells() -> None:
    assert guess_format(EXPORT, file="export.xml").name == "endnote-xml"
    assert guess_format(write([]), file="export.xml").name == "endnote-xml"


# What is written


@pytest.mark.parametrize("csl_type", ITEM_TYPES)
def test_elements_stand_in_the_order_of_the_dtd(csl_type: Any) -> None:
    # EndNote's DTD is in no registry, so the order is that of the table, which follows it.
    values = {attribute_of(name): sample(name) for name in VARIABLES}
    extra = {"custom1": "a", "auth-address": "b", "pdf-urls": ["c", "d"], "translated-title": "e"}
    root = etree.fromstring(write([Record(type=csl_type, extra=extra, **values)]).encode())
    (found,) = root.iter("record")
    names = [str(one.tag) for one in found]
    assert names == sorted(set(names), key=ORDER.index)
    for group in found:
        inner = [str(one.tag) for one in group]
        if group.tag in GROUPS:
            assert inner == sorted(set(inner), key=GROUPS[str(group.tag)].index)


TEXTS = {"title", "abstract", "note", "call_number", "genre", "url"}


@settings(max_examples=100, deadline=None)
@given(carried_records(mapping(), TEXTS))
def test_any_record_with_what_the_table_carries_comes_back(record: Record) -> None:
    assert list(read(write([record]))) == [record]


PIECES = st.sampled_from(
    [
        *"<>/&;\n \x02]'\"",
        *("<record>", "</record>", "<titles>", "<title>", "</title>", "</titles>", "<authors>"),
        *('<style face="italic">', "</style>", "x y", "a, b", "<dates><year>", "2019", "&amp;"),
        *(
            "<author>",
            "</author>",
            "<isbn>",
            "ISBN 1",
            "&nbsp;",
            "&#1;",
            "<![CDATA[",
            "]]>",
            "<!--",
        ),
        *('<ref-type name="Report">27</ref-type>', "<custom3>", "<pub-dates><date>May", "<urls>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_what_was_read_comes_back(text: str) -> None:
    library = read(document(f"<record>{text}</record>"))
    again = read(write(library))
    assert [(one.type, one.title) for one in again] == [(one.type, one.title) for one in library]


def test_the_only_name_of_a_journal_is_its_name() -> None:
    record = read_one("periodical/abbr-1=J Light")
    assert (record.container_title, record.container_title_short) == ("J Light", "J Light")


def test_a_date_in_words_may_have_several_lines() -> None:
    record = Record(id="a", type="book", title="One", issued=Date(literal="soon,\nor later"))
    (back,) = read(write([record]))
    assert str(back.issued) == "soon, or later"

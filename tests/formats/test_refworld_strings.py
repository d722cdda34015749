"""Cite-as strings of every shape, read into a record."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import Date, Library, Name, Record, dumps, loads
from refcite.formats.refworld import read, write
from refcite.formats.refworld.urls import read_address
from refcite.problems import FormatError, RecordTypeError, Severity

END = "available at: https://www.refworld.org/docid/3ae6b3712c.html [accessed 6 June 2023]"
NEW_END = "https://www.refworld.org/reference/report/unhcr/2010/en/12345 [accessed 06 June 2023]"


def only(text: str, **options: Any) -> Record:
    (record,) = read(text, **options)
    return record


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def test_news_has_its_publisher_as_container_and_no_author() -> None:
    record = only(f"Voice of America News, Storm, Flood Hit Coast, 5 May 2004, {END}")
    assert record.type == "article-newspaper"
    assert record.publisher == record.container_title == "Voice of America News"
    assert record.title == "Storm, Flood Hit Coast"
    assert record.author == ()
    assert record.id == "refworld-3ae6b3712c"
    assert record.issued == Date.of(2004, 5, 5)
    assert record.accessed == Date.of(2023, 6, 6)
    assert record.url == "https://www.refworld.org/docid/3ae6b3712c.html"


def test_a_report_has_its_publisher_as_author() -> None:
    record = only(f"Human Rights Watch, Title, 5 May 2004, {END}")
    assert record.type == "report"
    assert record.author == (Name(literal="Human Rights Watch"),)
    assert record.container_title is None


def test_a_known_name_is_found_with_acronym_case_and_quotes_of_its_own() -> None:
    record = only(f"un children’s fund (UNICEF), A Title, with a comma, May 2004, {END}")
    assert record.publisher == "un children’s fund (UNICEF)"
    assert record.title == "A Title, with a comma"


@pytest.mark.parametrize(
    ("symbol", "genre"),
    [
        ("ABC123456.E", "Response to Information Request"),
        ("ABC1234", "Response to Information Request"),
        ("HCR/GIP/99/01", "Guidelines"),
        ("X/1, Treaty Series, vol. 1, p. 2", None),
        ("v2.0", None),
    ],
)
def test_what_stands_behind_the_date_is_the_symbol(symbol: str, genre: str | None) -> None:
    publisher = "Immigration and Refugee Board of Canada"
    if genre == "Guidelines":
        publisher = "UN High Commissioner for Refugees (UNHCR)"
    record = only(f"{publisher}, Chad: A Question, 5 May 2004, {symbol}, {END}")
    assert record.number == symbol
    assert record.genre == genre
    assert record.issued == Date.of(2004, 5, 5)


def test_a_law_stands_under_its_title_with_its_country() -> None:
    record = only(f"Chad: Law No. 5 [Chad],  Gazette, No. 7, 5 May 2004, {END}")
    assert record.type == "legislation"
    assert record.title == "Chad: Law No. 5"
    assert record.jurisdiction == "Chad"
    assert record.number == "Gazette, No. 7"
    assert record.publisher is record.authority is None
    assert record.cite_as() == f"Chad: Law No. 5 [Chad], Gazette, No. 7, 5 May 2004, {END}"


def test_in_the_form_since_2023_a_law_that_nobody_leads_keeps_its_country() -> None:
    end = NEW_END.replace("reference/report/unhcr", "legal/legislation/natlegbod")
    for text in (
        f"Chad: Law No. 5 [Chad], No. 5/PR, 5 May 2004, {end}",
        f"National Legislative Bodies / National Authorities, Chad: Law, 2004, 5 May 2004, {end}",
    ):
        record = only(text)
        assert (record.type, record.authority) == ("legislation", None)
        assert record.cite_as("refworld-2023") == text


@pytest.mark.parametrize(
    ("title", "country", "symbol"),
    [
        ("Clove Ordinance [Zanzibar]", "Zanzibar", None),
        ("Clove Ordinance [Amended], No. 5", None, "No. 5"),
        ("Clove Ordinance [Amended], No. 5 [Zanzibar]", "Zanzibar", None),
        ("Clove Ordinance [Chad], No. 5", "Chad", "No. 5"),
    ],
)
def test_a_country_without_a_code_is_that_of_a_law_only_before_the_date(
    title: str, country: str | None, symbol: str | None
) -> None:
    end = NEW_END.replace("reference/report/unhcr", "legal/legislation/natlegbod")
    record = only(f"{title}, 5 May 2004, {end}")
    assert (record.type, record.jurisdiction) == ("legislation", country)
    assert record.number == symbol


def test_an_instrument_that_a_body_without_a_legislature_publishes() -> None:
    publisher = "International Committee of the Red Cross (ICRC)"
    assert only(f"{publisher}, Protocol, 8 June 1977, 1125 UNTS 3, {END}").type == "treaty"


def test_a_country_in_the_middle_of_a_title_makes_no_law() -> None:
    record = only(f"Amnesty International, Abuses [Chad] and elsewhere [Mali], 5 May 2004, {END}")
    assert record.type == "report"
    assert record.title == "Abuses [Chad] and elsewhere [Mali]"


def test_a_decision_stands_under_its_title_with_the_court_before_the_date() -> None:
    text = f"A. v. B and Others, Application no. 1/22, Chad: Supreme Court, 5 May 2004, {END}"
    record = only(text)
    assert record.type == "legal_case"
    assert record.title == "A. v. B and Others"
    assert record.number == "Application no. 1/22"
    assert record.publisher == record.authority == "Chad: Supreme Court"
    assert record.author == ()
    assert record.cite_as() == text


def test_a_decision_that_a_committee_leads() -> None:
    text = "UN Human Rights Committee (HRC), A. v. Chad, 5 May 2004, CCPR/C/1/D/2/2003"
    record = only(text)
    assert record.type == "legal_case"
    assert record.authority == "UN Human Rights Committee (HRC)"
    assert record.cite_as() == text


@pytest.mark.parametrize(
    ("title", "symbol", "type_", "genre"),
    [
        ("Convention on Something", "Treaty Series, vol. 1, p. 2", "treaty", None),
        ("Optional Protocol to the Convention", None, "treaty", None),
        ("Declaration on Something", "A/RES/1/2", "legislation", "Resolution"),
        ("Resolution 5 (2004)", "S/RES/5 (2004)", "legislation", "Resolution"),
        ("Report on the Convention on Something", "A/1/2", "report", None),
        ("Council Directive 2004/1/EC", None, "legislation", None),
        ("Convention on Something", "A/RES/44/25", "treaty", None),
        ("Status of the Convention on Something", "A/RES/44/25", "legislation", "Resolution"),
        ("Convention on Something : resolution", "A/RES/44/25", "legislation", "Resolution"),
        ("Model Treaty on Something", "A/RES/44/25", "legislation", "Resolution"),
        ("Statement on Article 1 of the 1951 Convention", None, "report", None),
        ("The 1951 Convention: Questions & Answers", None, "report", None),
        ("Council of Europe Convention against Things", "CETS No. 1", "treaty", None),
        ("Additional Protocol (Protocol I) to a Thing", "1125 UNTS 3", "treaty", None),
    ],
)
def test_what_an_organisation_adopts(
    title: str, symbol: str | None, type_: str, genre: str | None
) -> None:
    middle = f", {symbol}" if symbol else ""
    text = f"UN General Assembly, {title}, 5 May 2004{middle}, {END}"
    record = only(text)
    assert (record.type, record.genre) == (type_, genre)
    assert record.authority == ("UN General Assembly" if type_ == "legislation" else None)
    assert record.cite_as() == text


@pytest.mark.parametrize(
    ("publisher", "title", "type_"),
    [
        ("UN Human Rights Committee (HRC)", "General Comment No. 20: Article 7", "report"),
        ("UN Committee Against Torture", "General Recommendation No. 32 on this", "report"),
        ("UN Committee Against Torture", "A. v. Chad, Communication No. 1/2003", "legal_case"),
        (
            "Inter-American Commission on Human Rights (IACHR)",
            "Report No. 51/96, Case 10.675, X v. Chad",
            "legal_case",
        ),
        ("Inter-American Commission on Human Rights (IACHR)", "Report on Chad", "report"),
    ],
)
def test_what_bodies_that_decide_publish(publisher: str, title: str, type_: str) -> None:
    text = f"{publisher}, {title}, 5 May 2004, {END}"
    record = only(text)
    assert record.type == type_
    assert record.genre is None
    assert record.author == (Name(literal=publisher),)
    assert record.cite_as() == text


def test_a_decision_may_have_several_symbols() -> None:
    court = "Inter-American Commission on Human Rights (IACHR)"
    record = only(f"X v. Chad, Case 10.675, Report No. 51/96, {court}, 5 May 2004, {END}")
    assert (record.title, record.number) == ("X v. Chad", "Case 10.675, Report No. 51/96")
    assert record.authority == court


def test_the_form_since_2023_with_a_person_symbol_and_publisher() -> None:
    text = (
        "Ann Doe, Jean-Luc du Pré, A Title, with commas, Research Paper No.4,"
        f" UN High Commissioner for Refugees (UNHCR), May 2004, {NEW_END}"
    )
    record = only(text)
    assert [name.family for name in record.author] == ["Doe", "Pré"]
    assert record.title == "A Title, with commas"
    assert record.number == "Research Paper No.4"
    assert record.publisher == "UN High Commissioner for Refugees (UNHCR)"
    assert record.cite_as("refworld-2023") == text


def test_the_form_since_2023_with_several_bodies() -> None:
    text = f"UN Children's Fund (UNICEF), Save the Children, Safe & Sound, May 2004, {NEW_END}"
    record = only(text)
    assert [name.literal for name in record.author] == [
        "UN Children's Fund (UNICEF)",
        "Save the Children",
    ]
    assert record.title == "Safe & Sound"
    assert record.cite_as("refworld-2023") == text


def test_in_the_classic_form_one_publisher_leads() -> None:
    record = only(f"EurasiaNet, Human Rights Watch, Others Protest, 5 May 2004, {END}")
    assert record.publisher == "EurasiaNet"
    assert record.title == "Human Rights Watch, Others Protest"


def test_an_unknown_publisher_is_a_guess_until_it_is_made_known() -> None:
    text = f"Institute of This, That and More, A Title, 5 May 2004, {END}"
    library = read(text)
    assert library[0].publisher == "Institute of This"
    assert codes(library) == ["guessed-publisher", "guessed-type"]
    assert library.problems[0].key == library[0].id
    known = read(text, publishers=["Institute of This, That and More"])
    assert known[0].publisher == "Institute of This, That and More"
    assert known[0].title == "A Title"
    assert codes(known) == []


@pytest.mark.parametrize(
    ("given", "publisher"),
    [
        ("Germany: Bundesverwaltungsgericht, Title", "Germany: Bundesverwaltungsgericht"),
        ("France: Conseil d'Etat, Title", "France: Conseil d'Etat"),
        ("European Union: European Parliament, Title", "European Union: European Parliament"),
        ("Chad: Information on the Ministry of Justice, 2", None),
        ("Chad: Treatment by the High Court, and more", None),
    ],
)
def test_a_country_and_its_body(given: str, publisher: str | None) -> None:
    library = read(f"{given}, 5 May 2004, {END}")
    assert (library[0].publisher == publisher) == (publisher is not None)
    assert ("guessed-publisher" in codes(library)) == (publisher is None)


@pytest.mark.parametrize(
    "end",
    [
        END,
        END.replace("https:", "http:"),
        END.replace("https://www.refworld.org", "http://www.unhcr.org/refworld"),
        END.replace(".html", ". html"),
        END.replace("docid/", "docid/ "),
        END + ".",
        END.replace("available at: ", "available at:"),
        END.replace("[", "(").replace("]", ")"),
        END.replace("available at", "Available online").replace("accessed", "accessed on"),
        END.replace(
            "https://www.refworld.org/docid/3ae6b3712c.html",
            "<https://www.refworld.org/docid/3ae6b3712c.html>",
        ),
        END.replace(" [", "  \u00a0["),
        END.removeprefix("available at: "),
        END + ", para. 5",
    ],
)
def test_ends_as_they_are_met(end: str) -> None:
    record = only(f"Freedom House, Title &amp; more , 5 May 2004 , {end}")
    assert record.title == "Title & more"
    assert record.id == "refworld-3ae6b3712c"
    assert record.url is not None
    assert record.url.endswith("/docid/3ae6b3712c.html")
    assert record.accessed == Date.of(2023, 6, 6)


def test_without_an_address_there_is_no_stray_comma() -> None:
    record = only("Freedom House, Title, 5 May 2004, available at: [accessed 6 June 2023]")
    assert record.url is None
    assert record.id == "freedom-house-title-2004"
    assert record.cite_as() == "Freedom House, Title, 5 May 2004 [accessed 6 June 2023]"
    assert record.cite_as("refworld-2023") == record.cite_as().replace(" 6 ", " 06 ")


def test_a_note_behind_the_address_is_a_note_and_no_day_of_access() -> None:
    record = only("UNHCR, Title, May 2004, https://www.refworld.org/docid/3ae6b3712c.html [French]")
    assert record.note == "French"
    assert record.accessed is None
    assert record.language is None


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("May 2020", "2020-05"),
        ("2012", "2012"),
        ("Spring 2004", "2004-21"),
        ("26-27 June 2012", "2012-06-26/2012-06-27"),
        ("January 18, 2017", "2017-01-18"),
        ("18th January, 2017", "2017-01-18"),
        ("January, 2017", "2017-01"),
        ("Wednesday, 18 January 2017", "2017-01-18"),
        ("(18 January 2017)", "2017-01-18"),
        ("c. 1950", "1950~"),
    ],
)
def test_dates_at_the_precision_given(date: str, edtf: str) -> None:
    record = only(f"Freedom House, Title, in 2001, {date}, {END}")
    assert (record.title, str(record.issued)) == ("Title, in 2001", edtf)


def test_ids_without_an_address_tell_long_titles_apart() -> None:
    start = "Freedom House, " + "A very long title that goes on and on about many things " * 3
    first, second = read(f"{start}in Chad, 5 May 2004\n{start}in Mali, 5 May 2004")
    assert first.id != second.id
    assert len(first.id) < 90
    assert only(f"{start}in Chad, 5 May 2004").id == first.id


def test_many_strings_one_a_line_or_broken_over_lines() -> None:
    library = read(
        f"1. Freedom House, One, 5 May 2004, {END}\n"
        "2. UN High Commissioner for Refugees (UNHCR), Two, of many\n"
        "words, 6 May 2004, available at:\n"
        "https://www.refworld.org/docid/\n"
        "3ae6b3712d.html [accessed\n6 June 2023]\n\n"
        "Prose, with a date, on 5 May 2004.\n"
        f"See Freedom House, Three, 5 May 2004, {END.replace('12c', '12e')}; and Freedom House,"
        f" Four, 5 May 2004, {END.replace('12c', '12f')}.\n"
    )
    assert [record.title for record in library] == ["One", "Two, of many words", "Three", "Four"]
    assert [record.origin.line for record in library if record.origin] == [1, 2, 9, 9]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        "We met, the two of us, on 5 May 2004",
        "See page 16, of that (http://www.refworld.org/docid/55643c1d4.html)",
        "@book{key, title={Title}, year=2004}",
        "\x00\x01\x02" * 100,
        "x" * 100_000,
        "Cite as " + "[accessed (http://, " * 10_000,
    ],
)
def test_what_is_no_citation_is_not_recognised(text: str) -> None:
    library = read(text)
    assert len(library) == 0
    assert codes(library) == ["not-recognised"]
    assert library.has_errors


@pytest.mark.parametrize(
    ("url", "docid", "publisher", "country", "type_"),
    [
        ("http://www.refworld.org/docid/3ae6b3712c.html", "3ae6b3712c", None, None, None),
        ("http://www.unhcr.org/refworld/docid/3ae6b3712c.html", "3ae6b3712c", None, None, None),
        (
            "http://www.unhcr.org/cgi-bin/texis/vtx/refworld/rwmain?docid=3ae6b3712c",
            "3ae6b3712c",
            None,
            None,
            None,
        ),
        (
            "http://www.refworld.org/cgi-bin/texis/vtx/rwmain?page=x&docid=3ae6b3712c&skip=0",
            "3ae6b3712c",
            None,
            None,
            None,
        ),
        ("http://www.refworld.org/pdfid/3ae6b3712c.pdf", "3ae6b3712c", None, None, None),
        (
            "http://www.refworld.org/publisher,RFERL,,TUR,3ae6b3712c,0.html",
            "3ae6b3712c",
            "RFERL",
            "TUR",
            None,
        ),
        (
            "http://www.unhcr.org/refworld/country,,NATLEGBOD,,GEO,,3ae6b3712,0.html",
            "3ae6b3712",
            "NATLEGBOD",
            "GEO",
            None,
        ),
        (
            "http://www.refworld.org/type,LEGISLATION,NATLEGBOD,GEO,3ae6b3712,0.html",
            "3ae6b3712",
            "NATLEGBOD",
            "GEO",
            "legislation",
        ),
        (
            "http://www.refworld.org/topic,50ffbce40,50ffbce4a,3ae6b3712,0,HRW,,TUR.html",
            "3ae6b3712",
            "HRW",
            "TUR",
            None,
        ),
        (
            "https://www.refworld.org/cases,GBR_HL,3ae6b3712.html",
            "3ae6b3712",
            "GBR_HL",
            None,
            "caselaw",
        ),
        (
            "https://www.refworld.org/legal/legislation/natlegbod/2012/en/101733",
            "101733",
            "NATLEGBOD",
            None,
            "legislation",
        ),
        (
            "https://www.refworld.org/legal/legislation/natlegbod/2012/101733",
            "101733",
            "NATLEGBOD",
            None,
            "legislation",
        ),
        ("https://www.refworld.org/collections/legal-instruments", None, None, None, None),
        (
            "https://archive.example/2019/https://www.refworld.org/docid/3ae6b3712.html",
            "3ae6b3712",
            None,
            None,
            None,
        ),
    ],
)
def test_addresses(
    url: str, docid: str | None, publisher: str | None, country: str | None, type_: str | None
) -> None:
    address = read_address(url)
    assert address is not None
    assert (address.docid, address.publisher) == (docid, publisher)
    assert (address.country, address.type) == (country, type_)


def test_other_addresses_are_none_of_refworld() -> None:
    assert read_address("https://www.unhcr.org/docid/3ae6b3712.html") is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"publishers": "Foo"}, "publishers must be names in a list or another iterable, not str"),
        ({"publishers": [1]}, "publishers must .* not a list that holds int"),
        ({"publishers": 1}, "publishers must .* not int"),
        ({"day_first": "yes"}, "day_first must be a bool or None, not str"),
    ],
)
def test_an_option_of_the_wrong_type_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordTypeError, match=message):
        read("Freedom House, T, 1 May 2001", **options)


def test_an_option_that_nobody_knows_is_refused() -> None:
    with pytest.raises(FormatError, match="no option 'bogus'"):
        loads("Freedom House, T, 1 May 2001", "refworld", bogus=1)  # type: ignore[call-arg]  # meant to be wrong
    with pytest.raises(FormatError, match="no option 'bogus'"):
        dumps([], "refworld", bogus=1)  # type: ignore[call-arg]  # meant to be wrong


@pytest.mark.parametrize(
    "text",
    [
        f"Institute of This, A Title, 5 May 2004, {END}",
        "Jane Doe, A Title, May 2004, https://www.refworld.org/docid/3ae6b3712c.html",
        f"A. v. B, Court of Cassation, 5 May 2004, {NEW_END.replace('report/', 'caselaw/')}",
    ],
)
def test_a_guess_that_changes_what_is_printed_is_a_warning(text: str) -> None:
    problems = read(text).problems
    assert any(problem.code.startswith("guessed-") for problem in problems)
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert all(problem.hint for problem in problems)


def test_writing_gives_a_string_a_line_that_reads_back() -> None:
    text = (
        f"Freedom House, One, 5 May 2004, {END}\n"
        f"Chad: Law [Chad], 5 May 2004, {END.replace('12c', '12d')}\n"
    )
    library = read(text)
    assert write(library) == text
    assert read(write(library)) == library

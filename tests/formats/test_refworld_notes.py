"""Footnotes and running prose with citations of Refworld's documents."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import Date, Library, Record, loads
from refcite.formats.refworld import read
from refcite.formats.refworld.marks import mark_at
from refcite.problems import FormatError, RecordTypeError

HOUSE = "Freedom House, The Reeds of Chad, 5 May 2004"
COURT = "Application no. 12/04, Council of Europe: European Court of Human Rights"


def url(number: int) -> str:
    return f"https://www.refworld.org/docid/3ae6b37{number:02x}.html"


def end(number: int) -> str:
    return f"available at: {url(number)} [accessed 6 June 2023]"


def only(text: str, **options: Any) -> Record:
    (record,) = read(text, **options)
    return record


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def said(library: Library) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (record.publisher, record.title, record.url and record.url[-7:-5]) for record in library
    ]


MARKS = (
    *(
        "1 ",
        "1. ",
        "1.",
        "(1) ",
        "1) ",
        "1: ",
        "1/ ",
        "1] ",
        "[1] ",
        "[1]",
        "[^1]: ",
        "¹ ",
        "¹",
        "1",
    ),
    *("fn. 1: ", "Fn 1 ", "FN1. ", "n. 1: ", "n 1 ", "footnote 1. ", "Note 1: ", "^1 ", "1 – "),
    *("<sup>1</sup> ", "(a) ", "iv. ", "† ", "1\n", "[1]\n"),
)


@pytest.mark.parametrize("mark", MARKS)
def test_the_number_of_a_note_is_no_part_of_its_citation(mark: str) -> None:
    library = read(f"{mark}See {HOUSE}, {end(1)}.\n{mark}UNHCR, Water, 6 May 2004, {end(2)}.")
    assert codes(library) == []
    assert said(library) == [
        ("Freedom House", "The Reeds of Chad", "01"),
        ("UNHCR", "Water", "02"),
    ]


@pytest.mark.parametrize(
    "text", ["12 March 2019", "[2019] EWCA Civ 1", "1991 Act", "217 A (III)", "12, 13", "v. Chad"]
)
def test_a_number_in_a_text_is_no_mark(text: str) -> None:
    mark = mark_at(text)
    # `217 A` looks like a note; its neighbours and the words behind it decide.
    assert mark is None or mark.is_bare


def test_a_line_of_a_title_may_begin_with_a_number() -> None:
    text = f"UN General Assembly, Report on Resolution\n217 A Century On, 5 May 2004, {end(1)}"
    assert only(text).title == "Report on Resolution 217 A Century On"


def test_a_bare_number_before_an_unknown_body() -> None:
    library = read(f"12 Ministry of Reeds, Water, 5 May 2004, {end(1)}")
    assert library[0].publisher == "Ministry of Reeds"


@pytest.mark.parametrize(
    "before",
    [
        "The applicant relies on two reports. The first, ",
        "The second is ",
        "As ",
        "Arrests went on (see ",
        "This was shown by ",
        "On 5 May 2001, she fled. See, e.g., ",
        "Voir aussi ",
        "It was so in 2001; cf. ",
    ],
)
@pytest.mark.parametrize("behind", [", describes arrests.", ".", "", "; this was usual."])
def test_a_known_publisher_is_found_inside_a_sentence(before: str, behind: str) -> None:
    library = read(f"{before}{HOUSE}, {end(1)}{behind}")
    assert codes(library) == []
    assert said(library) == [("Freedom House", "The Reeds of Chad", "01")]
    assert library[0].note is None


@pytest.mark.parametrize(
    "before",
    [
        "In ",
        "The leading case is ",
        "This was confirmed by ",
        "As the Court held in the case of ",
        "Return is not allowed. The Court ruled, in 2004, in ",
        "the later judgment in ",
    ],
)
def test_the_name_of_a_case_is_found_inside_a_sentence(before: str) -> None:
    record = only(f"{before}Reed v. Pond Ministry, {COURT}, 5 May 2004, {end(1)}")
    assert record.title == "Reed v. Pond Ministry"


@pytest.mark.parametrize(
    "title",
    [
        "In re Reed v. Pond",
        "Ministry of Ponds v. Reed",
        "Pond (on the application of Reed) v. Ministry of Ponds",
        "The Queen on the application of Reed v. Ministry of Ponds",
    ],
)
def test_words_of_the_name_of_a_case_are_kept(title: str) -> None:
    assert only(f"{title}, {COURT}, 5 May 2004, {end(1)}").title == title


def test_the_spanish_part_of_the_old_site() -> None:
    record = only(
        "ACNUR, Informe anual, 5 mayo 2004, disponible en esta dirección:"
        " https://www.refworld.org.es/docid/3ae6b3701.html [Accesado el 6 junio 2023]"
    )
    assert (record.id, record.number) == ("refworld-3ae6b3701", None)
    assert record.accessed == Date.of(2023, 6, 6)


def test_a_sentence_before_an_unknown_publisher_is_left_out() -> None:
    text = (
        f"The applicant relies on two reports. The first, Ministry of Reeds, Water, 2004, {end(1)}"
    )
    library = read(text)
    assert said(library) == [("Ministry of Reeds", "Water", "01")]
    assert "guessed-publisher" in codes(library)


def test_a_title_may_name_other_bodies() -> None:
    text = f"EurasiaNet, Chad: Human Rights Watch, Others Protest, 5 May 2004, {end(1)}"
    assert only(text).title == "Chad: Human Rights Watch, Others Protest"
    text = f"Jane Doe, A Title about Water, UNHCR, May 2004, {url(1)} [accessed 06 June 2023]"
    assert only(text).title == "A Title about Water"


def test_prose_may_be_wrapped_anywhere() -> None:
    text = (
        f"The first, Human Rights Watch, World Report 2019 - Chad, 17 January 2019, {end(1)},"
        " describes arrests. The second is Amnesty International, Chad: Submission to the"
        f" Committee, 1 June 2019, EUR 60/0514/2019, {end(2)}. Nothing else was filed."
    )
    words = text.split()
    for width in (3, 4, 5, 7, 11):
        lines = [" ".join(words[at : at + width]) for at in range(0, len(words), width)]
        library = read("\n".join(lines))
        assert codes(library) == []
        assert said(library) == [
            ("Human Rights Watch", "World Report 2019 - Chad", "01"),
            ("Amnesty International", "Chad: Submission to the Committee", "02"),
        ]


def test_words_and_addresses_that_the_end_of_a_line_divides() -> None:
    library = read(
        "36 UN High Commissioner for Refu-\ngees (UNHCR), Co-\noperation on Wa-\nter, 2 May 2016,"
        " available at: https://www.ref-\nworld.org/docid/3ae6b3701.html [accessed 3 March 2024].\n"
        "37 Freedom House, Land, 6 May 2004, available at: https://www.refworld.\n"
        "org/docid/3ae6b3702.html (last\nvisited 3 March 2024).\n"
        "38 Freedom House, World 2019\n- Chad, 6 May 2004, https://www.refworld.org/docid/\n"
        "3ae6b3703.html (accessed 3 March 2024)."
    )
    assert codes(library) == []
    assert said(library) == [
        ("UN High Commissioner for Refugees (UNHCR)", "Co-operation on Water", "01"),
        ("Freedom House", "Land", "02"),
        ("Freedom House", "World 2019 - Chad", "03"),
    ]
    assert {str(record.accessed) for record in library} == {"2024-03-03"}


@pytest.mark.parametrize(
    ("text", "title", "issued", "number"),
    [
        ("The Reeds (5 May 2004)", "The Reeds", "2004-05-05", None),
        ("The Reeds (May 5, 2004)", "The Reeds", "2004-05-05", None),
        ("‘The Reeds’ (May 2004) A/HRC/1/2", "The Reeds", "2004-05", "A/HRC/1/2"),
        ("The Reeds (2001-2002), 5 May 2004", "The Reeds (2001-2002)", "2004-05-05", None),
    ],
)
def test_a_date_may_stand_in_brackets(
    text: str, title: str, issued: str, number: str | None
) -> None:
    record = only(f"UNHCR, {text}, {end(1)}")
    assert (record.title, str(record.issued), record.number) == (title, issued, number)


def test_a_page_before_the_address_is_a_note_and_no_symbol() -> None:
    record = only(f"Freedom House, Land, 5 May 2004, A/1/2, p. 12, {end(1)}, at 7.")
    assert (record.number, record.note) == ("A/1/2", "p. 12; at 7")
    treaty = "United Nations, Treaty Series, vol. 1, p. 2"
    assert only(f"UN General Assembly, Pact, 5 May 2004, {treaty}, {end(1)}").number == treaty


@pytest.mark.parametrize(
    "joint", ["; ", "; and ", "; see also ", ". See ", ". ", ", p. 3; ", " and "]
)
@pytest.mark.parametrize("is_accessed", [True, False])
def test_two_citations_in_one_note_are_two_records(joint: str, is_accessed: bool) -> None:
    ends = (end(1), end(2)) if is_accessed else (url(1), url(2))
    library = read(f"7. {HOUSE}, {ends[0]}{joint}UNHCR, Water, 6 May 2004, {ends[1]}.")
    assert codes(library) == []
    assert said(library) == [
        ("Freedom House", "The Reeds of Chad", "01"),
        ("UNHCR", "Water", "02"),
    ]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("Ibid.", "short-citation"),
        ("Ibid., p. 3", "short-citation"),
        ("Id. at 5.", "short-citation"),
        ("See above n 2, para. 5.", "short-citation"),
        ("Amnesty International (n 7).", "short-citation"),
        ("Freedom House, supra note 8, at 4.", "short-citation"),
        ("Human Rights Watch, World Report 2019, p. 12.", "short-citation"),
        ("Ministry of Reeds, Water, para. 12", "short-citation"),
        ("Amnesty International, Annual Report, 12 March 2019.", "note-without-url"),
        ("Amnesty International, Annual Report, 12 March 2019, p. 4.", "note-without-url"),
        ("Interview with counsel, 3 March 2020.", "note-without-url"),
    ],
)
def test_a_note_without_a_citation_is_a_problem_and_no_record(note: str, code: str) -> None:
    library = read(f"3. {HOUSE}, {end(1)}.\n4. {note}\n5. UNHCR, Water, 6 May 2004, {end(2)}.")
    assert [record.title for record in library] == ["The Reeds of Chad", "Water"]
    (problem,) = library.problems
    assert (problem.code, problem.line) == (code, 2)
    assert repr(note) in problem.message


def test_a_short_form_before_a_citation_is_a_problem_of_its_own() -> None:
    text = "7 {}; Freedom House, Chad, 6 May 2021, " + url(1)
    for short in ("Human Rights Watch, World Report 2019, p. 12", "Ibid., p. 3"):
        library = read(text.format(short))
        assert said(library) == [("Freedom House", "Chad", "01")]
        assert codes(library) == ["short-citation"]
        assert repr(short) in library.problems[0].message


def test_paragraphs_that_cite_nothing_are_passed_over() -> None:
    library = read(
        "12. The applicant is a national of Chad, born in 1990.\n\n"
        f"13. She fled in 2004. See {HOUSE}, {end(1)}.\n\n"
        "14. UNHCR, the refugee agency, agreed.\n\nConclusion"
    )
    assert said(library) == [("Freedom House", "The Reeds of Chad", "01")]
    assert codes(library) == []


@pytest.mark.parametrize(
    "access",
    [
        "[last visited 6 June 2023]",
        "(last accessed: 6th June 2023)",
        "(last viewed on 6 June 2023)",
        "(date of access: 2023-06-06)",
        "(accessed 06/06/2023)",
        "[consulté le 6 juin 2023]",
        "[última consulta: 6 de junio de 2023]",
        "[Accesado el 6 junio 2023]",
        "[Fecha de acceso: 6 de junio de 2023]",
        "[accédé le 6 juin 2023]",
        "(zuletzt besucht am 6. Juni 2023)",
        ", accessed on 6 Jun. 2023",
        ", last checked 6 June 2023",
    ],
)
def test_words_for_the_access_date(access: str) -> None:
    library = read(f"9 {HOUSE}, {url(1)} {access}.\n10 Ibid.".replace(" ,", ","))
    (record,) = library
    assert (record.url, record.accessed, record.note) == (url(1), Date.of(2023, 6, 6), None)
    assert codes(library) == ["short-citation"]


@pytest.mark.parametrize("date", ["n.d.", "(n.d.)", "[n.d.]", "undated", "no date", "s.d.", "s.f."])
def test_words_for_no_date(date: str) -> None:
    library = read(f"Freedom House, The Reeds, {date}, {end(1)}")
    assert codes(library) == []
    assert (library[0].title, library[0].issued) == ("The Reeds", None)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ('"The Reeds, a Report",', "The Reeds, a Report"),
        ('"The Reeds, a Report,"', "The Reeds, a Report"),
        ("“The Reeds”,", "The Reeds"),
        ("‘Women’s Reeds’,", "Women’s Reeds"),
        ("« Les roseaux »,", "Les roseaux"),
        ("“They Left”: Chad,", "“They Left”: Chad"),
        ("“They Left” and “They Came”,", "“They Left” and “They Came”"),
    ],
)
def test_quotation_marks_around_a_whole_title_are_removed(given: str, title: str) -> None:
    assert only(f"Freedom House, {given} 5 May 2004, {end(1)}").title == title


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Tchad : information sur la situation des rapatriés", "fr"),
        ("Loi relative au droit d'asile", "fr"),
        ("Rapport annuel", "fr"),
        ("Tchad : mutilations génitales", "fr"),
        ("Ley de Extranjería", "es"),
        ("Tendencias globales: Desplazamiento forzado en 2018", "es"),
        ("Informe sobre los derechos en el país", "es"),
        ("El Salvador: Human rights", None),
        ("Côte d'Ivoire: Treatment of journalists", None),
        ("Médecins Sans Frontières in Chad", None),
        ("Lei da nacionalidade", None),
        ("The Reeds of Chad", None),
    ],
)
def test_titles_in_french_and_spanish_get_their_language(title: str, language: str | None) -> None:
    assert only(f"UNHCR, {title}, 5 May 2004, {end(1)}").language == language


def test_the_option_accessed_sets_the_date_of_every_record() -> None:
    text = f"1. {HOUSE}, {url(1)}\n2. UNHCR, Water, 6 May 2004, {end(2)}"
    library = loads(text, "refworld", accessed="2024-01-01")
    assert [record.accessed for record in library] == [Date.of(2024, 1, 1)] * 2
    assert [record.accessed for record in loads(text, "refworld", accessed=None)] == [None] * 2
    assert [record.accessed for record in loads(text, "refworld")] == [None, Date.of(2023, 6, 6)]
    with pytest.raises(FormatError, match="accessed must be a date"):
        loads(text, "refworld", accessed="soon")
    with pytest.raises(RecordTypeError, match="accessed must be a date"):
        read(text, accessed=2024)  # type: ignore[arg-type]  # the error is tested


@pytest.mark.parametrize("row", ["*" * 20_000, "* " * 10_000, "|*" * 10_000, "- *" * 9_000])
def test_a_row_of_marks_is_no_citation(row: str) -> None:
    assert codes(read(row)) == ["not-recognised"]


def test_a_numbered_list_in_which_no_entry_has_a_url_is_read() -> None:
    library = read(
        "1. Freedom House, The Reeds of Chad, 3 March 2020\n"
        "2. UNHCR, Water, May 2004, p. 12.\n"
        "3. Harbour Club, Boats, 4 May 2019.\n"
        "4. UNHCR, Salt, 2004.\n"
        "5. Freedom House, Tides, 3 May 2020; UNHCR, Sand, 4 May 2020."
    )
    assert [(one.publisher, one.title, str(one.issued)) for one in library] == [
        ("Freedom House", "The Reeds of Chad", "2020-03-03"),
        ("UNHCR", "Water", "2004-05"),
    ]
    assert [(problem.line, problem.code) for problem in library.problems] == [
        (line, "note-without-url") for line in (3, 4, 5)
    ]
    assert "Harbour Club, Boats" in library.problems[0].message


@pytest.mark.parametrize(
    "name", ["HRW", "USDOS", "UN OHCHR", "ICG", "EASO", "EUAA", "UK Home Office", "MSF", "IRB"]
)
def test_acronyms_of_publishers_are_known(name: str) -> None:
    (record,) = library = read(f"{name}, The Reeds of Chad, 3 March 2020, {url(1)}")
    assert (record.publisher, record.title) == (name, "The Reeds of Chad")
    assert [problem.code for problem in library.problems if "publisher" in problem.code] == []


def test_an_acronym_that_is_another_word_is_known_in_notes_only() -> None:
    cited = f"AI, The Reeds of Chad, 3 March 2020, {url(1)}"
    (in_note,), (elsewhere,) = (noted := read(f"3. {cited}")), (plain := read(cited))
    assert in_note.publisher == elsewhere.publisher == "AI"
    assert "guessed-publisher" not in {problem.code for problem in noted.problems}
    assert "guessed-publisher" in {problem.code for problem in plain.problems}


def test_a_treaty_is_a_note_without_a_url() -> None:
    text = (
        "1. Convention on Tides (adopted 28 July 1951, entered into force 22 April 1954) 189 UNTS"
        " 137 (Tides Convention).\n\n"
        "2. Freedom House, Freedom in the World 2018 - Chad, 5 October 2018, available at:"
        " https://www.refworld.org/docid/5bcdce1ca.html [accessed 7 January 2020]\n"
    )
    library = loads(text, "refworld")
    assert [record.title for record in library] == ["Freedom in the World 2018 - Chad"]
    assert [(one.code, one.line) for one in library.problems] == [("note-without-url", 1)]

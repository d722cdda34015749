"""Persons are the same in every format, and so is whether their list goes on."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcite import Name, Record, dumps, loads
from refcite.comparison import changes
from refcite.formats import Format, formats
from refcite.formats.people import without_years
from tests.formats.strategies import PERSONS

BOTH_WAYS = [one for one in formats() if one.reads and one.writes and one.name != "refworld"]
_KEEPING = """
    bibtex biblatex csl-json csl-jsonl csl-yaml ris csv tsv endnote-xml mods nbib schema-org
    wikipedia refer tei jats
"""
KEEPING_LISTS = frozenset(_KEEPING.split())
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _book(*names: Name, **more: object) -> Record:
    return Record(id="a", type="book", title="One", author=names).replace(**more)


def _through(record: Record, *way: Format) -> Record:
    for format_ in way:
        (record,) = format_.read(format_.write([record]))
    return record


@pytest.mark.parametrize("format_", BOTH_WAYS, ids=lambda one: one.name)
@FEW
@given(name=PERSONS)
def test_a_person_comes_back_the_same_from_every_format(format_: Format, name: Name) -> None:
    assert _through(_book(name), format_).author == (name,)


@FEW
@given(
    names=st.lists(PERSONS, min_size=1, max_size=3, unique=True),
    way=st.lists(st.sampled_from(BOTH_WAYS), min_size=2, max_size=4),
)
def test_no_chain_of_formats_changes_an_author(names: list[Name], way: list[Format]) -> None:
    book = _book(*names)
    assert not [one for one in changes(book, _through(book, *way)) if one.field == "author"]


NAMES = (Name(family="Roe", given="Ann"), Name(family="Poe", given="Bob"))


@pytest.mark.parametrize("format_", BOTH_WAYS, ids=lambda one: one.name)
def test_that_a_list_goes_on_is_kept_or_reported(format_: Format) -> None:
    book = _book(*NAMES, et_al=["author"])
    back = _through(book, format_)
    assert back.author == NAMES
    problems: list[object] = []
    dumps([book], format_.name, problems=problems)  # type: ignore[arg-type]  # their texts count
    told = any("author (et al.)" in str(problem) for problem in problems)
    assert (back.et_al == {"author"}) == (format_.name in KEEPING_LISTS) == (not told)


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("bibtex", "@book{a, author = {Roe, Ann and Poe, Bob and others}}"),
        ("bibtex", "@book{a, author = {Roe, Ann and Poe, Bob and others, }}"),
        ("bibtex", "@book{a, author = {Roe, Ann and Poe, Bob and et~al.}}"),
        ("bibtex", "@book{a, author = {Roe, Ann and Poe, Bob et al.}}"),
        ("csl-json", '[{"id": "a", "author": [{"family": "Roe", "given": "Ann"},'
         ' {"family": "Poe", "given": "Bob"}, {"literal": "others"}]}]'),
        ("csl-json", '[{"id": "a", "author": [{"family": "Roe", "given": "Ann"},'
         ' {"family": "Poe", "given": "Bob, et al."}]}]'),
        ("ris", "TY  - BOOK\nAU  - Roe, Ann\nAU  - Poe, Bob\nAU  - et al.\nER  - \n"),
        ("ris", "TY  - BOOK\nAU  - Roe, Ann\nAU  - Poe, Bob, et al.\nER  - \n"),
        ("ris", "TY  - BOOK\nAU  - Roe, Ann\nAU  - Poe, Bob u. a.\nER  - \n"),
        ("bibtex", "@book{a, author = {Roe, Ann and Poe, Bob and al., et}}"),
        ("bibtex", "@book{a, author = {Roe, Ann and Poe, Bob and 12 others}}"),
        ("ris", "TY  - BOOK\nAU  - Roe, Ann\nAU  - Poe, Bob\nAU  - al., et\nER  - \n"),
        ("ris", "TY  - BOOK\nAU  - Roe, Ann\nAU  - Poe, Bob\nAU  - ...\nER  - \n"),
        ("ris", "TY  - BOOK\nAU  - Roe, Ann\nAU  - Poe, Bob ... [et al.]\nER  - \n"),
        ("word-xml", '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/'
         'bibliography"><b:Source><b:Author><b:Author><b:NameList>'
         "<b:Person><b:Last>Roe</b:Last><b:First>Ann</b:First></b:Person>"
         "<b:Person><b:Last>Poe</b:Last><b:First>Bob</b:First></b:Person>"
         "<b:Person><b:Last>al.</b:Last><b:First>et</b:First></b:Person>"
         "</b:NameList></b:Author></b:Author></b:Source></b:Sources>"),
        ("csv", 'title,author\nOne,"Roe, Ann; Poe, Bob; et al."\n'),
        ("csv", 'title,author\nOne,"Roe, Ann; Poe, Bob, et al"\n'),
        ("nbib", "PMID- 1\nFAU - Roe, Ann\nFAU - Poe, Bob\nFAU - et al.\n"),
        ("mods", "<mods><name><namePart>Roe, Ann</namePart></name>"
         "<name><namePart>Poe, Bob, et al.</namePart></name></mods>"),
        ("schema-org", '{"@context": "https://schema.org", "@type": "Book", "name": "One",'
         ' "author": ["Ann Roe", "Bob Poe", "et al."]}'),
        ("wikipedia", "{{cite book|last1=Roe|first1=Ann|last2=Poe|first2=Bob"
         "|display-authors=etal|title=One}}"),
        ("wikipedia", "{{cite book|last1=Roe|first1=Ann|author2=Poe, Bob|last3=et al.}}"),
        ("wikipedia", "{{cite book|author1=Roe, Ann|author2=Poe, Bob, et al.}}"),
        ("cff", "cff-version: 1.2.0\nmessage: x\ntitle: One\nauthors:\n- family-names: Roe\n"
         "  given-names: Ann\n- family-names: Poe\n  given-names: Bob\n- name: others\n"),
        ("hayagriva", "a:\n  type: book\n  title: One\n"
         "  author: ['Roe, Ann', 'Poe, Bob', others]\n"),
        ("html", "<title>One</title><meta name=citation_title content=One>"
         "<meta name=citation_author content='Roe, Ann'>"
         "<meta name=citation_author content='Poe, Bob'>"
         "<meta name=citation_author content='et al.'>"),
    ],
)  # fmt: skip
def test_each_format_has_its_way_to_say_that_a_list_goes_on(format_: str, text: str) -> None:
    (record,) = loads(text, format_)
    assert record.author == NAMES
    assert record.et_al == {"author"}


@pytest.mark.parametrize(
    "last",
    [
        {"family": "al.", "given": "et"},
        {"family": "others"},
        {"literal": "et al."},
        {"family": "et al."},
        {"family": "al.", "non-dropping-particle": "et"},
        {"family": "and 12 others"},
    ],
)
def test_a_last_name_of_csl_json_that_is_no_name_is_written_as_it_was(last: dict[str, str]) -> None:
    names = [{"family": "Roe", "given": "Ann"}, {"family": "Poe", "given": "Bob"}, last]
    item = {"id": "a", "type": "book", "author": names}
    (record,) = loads(json.dumps([item]), "csl-json")
    assert record.author == NAMES
    assert record.et_al == {"author"}
    assert json.loads(dumps([record], "csl-json")) == [item]


@pytest.mark.parametrize("format_", ["csl-json", "csl-yaml"])
@pytest.mark.parametrize(
    "name",
    [
        Name(family="others"),
        Name(family="al.", given="et"),
        Name(literal="et al."),
        Name(family="Roe", given="Ann et al."),
    ],
)
def test_a_name_that_looks_like_et_al_stays_a_name_in_csl_json(format_: str, name: Name) -> None:
    (record,) = loads(dumps([_book(NAMES[0], name)], format_), format_)
    assert (record.author, record.et_al) == ((NAMES[0], name), frozenset())


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("ris", "TY  - BOOK\nTI  - One\nAU  - others\nER  - \n"),
        ("refer", "%0 Book\n%T One\n%A others,\n"),
        ("nbib", "PMID- 1\nTI  - One\nFAU - others\n"),
        ("csv", "title,author\nOne,others\n"),
        ("wikipedia", "{{cite book|title=One|author=others}}"),
        ("schema-org", '{"@context": "https://schema.org", "@type": "Book", "author": "others"}'),
    ],
)
def test_a_mark_of_omitted_names_is_a_name_if_there_is_no_other(format_: str, text: str) -> None:
    (record,) = loads(text, format_)
    assert (record.author, record.et_al) == ((Name(literal="others"),), frozenset())


def test_wikipedia_keeps_a_name_in_double_parentheses() -> None:
    names = (NAMES[0], Name(literal="others"))
    (record,) = loads(dumps([_book(*names)], "wikipedia"), "wikipedia")
    assert (record.author, record.et_al) == (names, frozenset())


def test_et_al_without_names_before_it_is_reported_in_csl_json() -> None:
    library = loads('[{"id": "a", "author": [{"literal": "et al."}]}]', "csl-json")
    assert library[0].author == (Name(literal="et al."),)
    assert "invalid-name" in [problem.code for problem in library.problems]


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("bibtex", "@book{a, author = {NAMES}}"),
        ("ris", "TY  - BOOK\nAU  - NAMES\nER  - \n"),
        ("csv", 'title,author\nOne,"NAMES"\n'),
        ("nbib", "PMID- 1\nTI  - One\nFAU - NAMES\n"),
        ("schema-org", '{"@context": "https://schema.org", "@type": "Book", "name": "One",'
         ' "author": "NAMES"}'),
        ("endnote-xml", "<xml><records><record><ref-type name='Book'>6</ref-type><contributors>"
         "<authors><author>NAMES</author></authors></contributors></record></records></xml>"),
        ("html", "<title>One</title><meta name=citation_title content=One>"
         "<meta name=citation_author content='NAMES'>"),
        ("mods", "<mods><titleInfo><title>One</title></titleInfo>"
         "<name type='personal'><namePart>NAMES</namePart></name></mods>"),
        ("mods", "<mods><titleInfo><title>One</title></titleInfo>"
         "<name><namePart>NAMES</namePart></name></mods>"),
        ("wikipedia", "{{cite book|title=One|author=NAMES}}"),
        ("schema-org", '{"@context": "https://schema.org", "@type": "Book", "name": "One",'
         ' "author": {"@type": "Person", "name": "NAMES"}}'),
        ("hayagriva", "a:\n  type: book\n  title: One\n  author: 'NAMES'\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("names", ["Roe A, Poe B", "Roe, A., Poe, B.", "Ann Roe, Bob Poe"])
def test_a_list_in_the_place_of_a_name_is_split_and_reported(
    format_: str, text: str, names: str
) -> None:
    library = loads(text.replace("NAMES", names), format_)
    assert [name.family for name in library[0].author] == ["Roe", "Poe"]
    assert "guessed-names" in [problem.code for problem in library.problems]


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("schema-org", '{"@context": "https://schema.org", "@type": "Book", "name": "One",'
         ' "author": {"@type": "Person", "name": "NAMES"}}'),
        ("hayagriva", "a:\n  type: book\n  title: One\n  author: 'NAMES'\n"),
        ("html", "<title>One</title><meta name=citation_title content=One>"
         "<meta name=citation_author content='NAMES'>"),
        ("wikipedia", "{{cite book|title=One|vauthors=NAMES}}"),
    ],
)  # fmt: skip
def test_a_name_whose_parts_are_a_guess_is_reported(format_: str, text: str) -> None:
    library = loads(text.replace("NAMES", "Roe A.B."), format_)
    assert library[0].author == (Name(family="Roe", given="A.B."),)
    assert "guessed-names" in [problem.code for problem in library.problems]


def test_a_list_in_vancouver_form_is_no_guess_and_any_other_is_reported() -> None:
    for names, codes in (("Roe A, Poe B", []), ("Roe, A., Poe, B.", ["guessed-names"])):
        library = loads(f"{{{{cite book|title=One|vauthors={names}}}}}", "wikipedia")
        assert [name.family for name in library[0].author] == ["Roe", "Poe"]
        assert [problem.code for problem in library.problems] == codes


def test_a_literal_with_the_form_of_a_person_stays_a_literal_in_hayagriva() -> None:
    names = (Name(literal="Roe A.B."),)
    (record,) = loads(dumps([_book(*names)], "hayagriva"), "hayagriva")
    assert record.author == names


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("cff", "cff-version: 1.2.0\nmessage: x\ntitle: One\nauthors:\n- name: 'NAME'\n"),
        ("csl-json", '[{"id": "a", "type": "book", "author": [{"literal": "NAME"}]}]'),
        ("word-xml", '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/'
         'bibliography"><b:Source><b:SourceType>Book</b:SourceType><b:Author><b:Author>'
         "<b:Corporate>NAME</b:Corporate></b:Author></b:Author></b:Source></b:Sources>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("name", "is_reported"),
    [
        ("Roe, A., Poe, B.", True),
        ("Roe, Ann, et al.", True),
        ("Roe, Poe and Doe LLP", False),
        ("Department of Health, Education, and Welfare", False),
    ],
)
def test_a_list_that_is_the_name_of_an_entity_is_kept_and_reported(
    format_: str, text: str, name: str, is_reported: bool
) -> None:
    library = loads(text.replace("NAME", name), format_)
    assert library[0].author == (Name(literal=name),)
    codes = [problem.code for problem in library.problems]
    assert ("guessed-names" in codes) == is_reported


def test_two_files_that_say_the_same_persons_do_not_differ() -> None:
    names = ["La Fontaine, Jean de", "van der Berg, Jan", "King, Martin Luther, Jr."]
    tags = "".join(f"AU  - {name}\n" for name in names)
    ris = loads(f"TY  - BOOK\nID  - a\n{tags}ER  - \n", "ris")
    bibtex = loads(f"@book{{a, author = {{{' and '.join(names)}}}}}", "bibtex")
    assert changes(ris[0], bibtex[0]) == ()


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("refer", "%0 Book\n%A Falk, Ida, 1848-1914\n"),
        ("ris", "TY  - BOOK\nAU  - Falk, Ida, 1848-1914\nER  - \n"),
        (
            "endnote-xml",
            "<xml><records><record><ref-type>6</ref-type><contributors><authors><author>"
            "Falk, Ida, 1848-1914</author></authors></contributors></record></records></xml>",
        ),
    ],
)
def test_the_years_of_a_person_are_no_part_of_the_name(format_: str, text: str) -> None:
    library = loads(text, format_)
    assert library[0].author == (Name(family="Falk", given="Ida"),)
    assert [problem.code for problem in library.problems] == ["unread-part"]


@pytest.mark.parametrize(
    ("text", "name", "years"),
    [
        ("Falk, Ida, active 1848", "Falk, Ida", "active 1848"),
        ("Falk, Ida, d. 1914", "Falk, Ida", "d. 1914"),
        ("Falk, Ida (1848-1914)", "Falk, Ida (1848-1914)", ""),
        ("Falk, I. D.", "Falk, I. D.", ""),
        ("1848, Falk", "1848, Falk", ""),
        ("Group of 1848", "Group of 1848", ""),
        ("Roe, Ann, 19th century", "Roe, Ann", "19th century"),
        ("Roe, Ann, 1848 or 1849-1914", "Roe, Ann", "1848 or 1849-1914"),
        ("Roe, Ann, 20th Regiment", "Roe, Ann, 20th Regiment", ""),
    ],
)
def test_only_years_behind_a_comma_are_years_of_a_life(text: str, name: str, years: str) -> None:
    assert without_years(text) == (name, years)


@pytest.mark.parametrize("format_", BOTH_WAYS, ids=lambda one: one.name)
@pytest.mark.parametrize("text", ["bell hooks", "e. e. cummings"])
def test_a_name_in_lower_case_comes_back_as_the_same_name(format_: Format, text: str) -> None:
    name = Name.parse(text)
    assert _through(_book(name), format_).author == (name,)


def test_the_hint_of_one_guessed_name_is_the_name_in_its_clear_form() -> None:
    library = loads("TY  - JOUR\nA1  - Brown C D\nER  - \n", "ris")
    assert [problem.hint for problem in library.problems] == ["write 'Brown, C D' if this is right"]

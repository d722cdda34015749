"""Citation keys made from patterns, and the layouts of entries."""

from __future__ import annotations

import pytest

from refcite.dates import Date
from refcite.formats.bibtex import read, write
from refcite.names import Name
from refcite.problems import FormatError
from refcite.record import Record

RECORD = Record(
    id="old",
    type="article-journal",
    title='The <i>Ångström</i> and the <span class="nocase">DNA</span> of l’État',
    author=(
        Name(family="Müller-Straße", given="A.", non_dropping_particle="van"),
        Name(literal="World Health Organization"),
    ),
    et_al=frozenset({"author"}),
    container_title="Journal of the Royal Society",
    issued=Date.parse("2017-01"),
)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{author}{year}{title}", "MullerStrasse2017Angstrom"),
        ("{author:lower}_{year:2}", "mullerstrasse_17"),
        ("{authors}", "MullerStrasseWorldHealthOrganization"),
        ("{authors:1}:{title:3,lower}", "MullerStrasseEtAl:angstromdnaletat"),
        ("{journal}{year}", "JRS2017"),
        ("{id}-{type}", "old-article-journal"),
        ("{author:3,upper}", "MUL"),
    ],
)
def test_a_key_is_made_of_what_the_pattern_names(pattern: str, key: str) -> None:
    assert read(write([RECORD], key_pattern=pattern)).ids == (key,)


SMALL_WORDS = """
    a an the and or as at by for from in of on to upon with is are how what when why
    der die das des ein eine und zur
    le la les une et de du
    el los las y del
    il o
"""
"""Words without a meaning of their own, at the start of titles in several languages."""


@pytest.mark.parametrize("word", SMALL_WORDS.split())
def test_a_key_has_the_first_word_of_a_title_that_means_something(word: str) -> None:
    record = RECORD.replace(title=f"{word.capitalize()} Tides {word} ebb")
    assert read(write([record], key_pattern="{title}")).ids == ("Tides",)
    assert read(write([record], key_pattern="{title:2}")).ids == ("TidesEbb",)


def test_a_record_without_anything_has_a_key() -> None:
    assert read(write([Record()], key_pattern="{author}{year}{title}")).ids == ("anonnd",)
    assert read(write([Record()], key_pattern="{title}")).ids == ("key",)
    before_christ = Record(title="Gallia", issued=Date.parse("-0051"))
    assert read(write([before_christ], key_pattern="{title}{year}")).ids == ("Gallia52BCE",)


def test_equal_keys_are_told_apart_by_letters() -> None:
    library = read(write([RECORD] * 29, key_pattern="{year}"))
    assert library.ids[:3] == ("2017", "2017a", "2017b")
    assert library.ids[-2:] == ("2017aa", "2017ab")
    assert library.problems == []


def test_what_refers_to_a_key_follows_it() -> None:
    library = read(
        "@inbook{c, title = {Part}, crossref = {p}, related = {p, other}}\n"
        "@book{p, title = {Whole}, year = 2001}"
    )
    written = write(library, key_pattern="{title}")
    child, parent = read(written)
    assert (child.id, parent.id) == ("Part", "Whole")
    assert child.extra["crossref"] == "Whole"
    assert child.extra["related"] == "Whole,other"
    assert (child.container_title, child.issued) == ("Whole", Date.of(2001))


def test_an_entry_whose_key_is_right_stays_as_it_was() -> None:
    text = "@book(Whole2001,  title={Whole},year=2001)\n"
    assert write(read(text), key_pattern="{title}{year}") == text


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{autor}", "did you mean 'author'"),
        ("{author:small}", "no option 'small'"),
        ("{author", "cannot be read"),
        ("plain", "has no field"),
    ],
)
def test_a_wrong_pattern_is_refused(pattern: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        write([RECORD], key_pattern=pattern)


def test_layouts() -> None:
    record = Record(id="k", type="book", title="T", publisher="P")
    assert write([record]) == "@book{k,\n  title     = {T},\n  publisher = {P},\n}\n"
    assert write([record], align=False) == "@book{k,\n  title = {T},\n  publisher = {P},\n}\n"
    assert write([record], compact=True) == "@book{k, title = {T}, publisher = {P}}\n"
    assert read(write([record, Record(id="e")], compact=True)).ids == ("k", "e")


# Identifiers


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/xyz(1)",
        "https://doi.org/10.1000/xyz(1)",
        "http://dx.doi.org/10.1000/xyz%281%29",
        "HTTPS://DOI.ORG/10.1000/xyz(1)",
        "doi:10.1000/xyz(1)",
        "DOI: 10.1000/xyz(1)",
        "doi.org/10.1000/xyz(1)",
        "http://doi.acm.org/10.1000/xyz(1)",
    ],
)
def test_a_doi_has_one_spelling(written: str) -> None:
    # A % would start a comment in TeX, so that BibTeX files have it escaped.
    library = read(f"@misc{{k, doi = {{{written.replace('%', chr(92) + '%')}}}}}")
    assert library[0].doi == "10.1000/xyz(1)"
    assert {problem.code for problem in library.problems} <= {"doi-address"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("isbn", "978-0-306-40615-7", None),
        ("isbn", "0-8044-2957-X and 0306406152", None),
        ("isbn", "978-0-306-40615-8", "bad-isbn"),
        ("isbn", "12-34", "bad-isbn"),
        ("issn", "0378-5955", None),
        ("issn", "1050-124x", None),
        ("issn", "0378-5954", "bad-issn"),
        ("issn", "issn", "bad-issn"),
        ("doi", "see the publisher", "bad-doi"),
    ],
)
def test_check_digits_are_checked_and_the_text_is_kept(
    field: str, value: str, code: str | None
) -> None:
    library = read(f"@misc{{k,\n  {field} = {{{value}}}}}")
    assert getattr(library[0], field) == value
    found = [(p.code, p.severity.value, p.line) for p in library.problems]
    assert found == ([(code, "info", 2)] if code else [])

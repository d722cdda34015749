"""EndNote's tagged format: tags mean what EndNote's type says, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given

from refcite.dates import Date
from refcite.formats import guess_format, loads
from refcite.formats.refer import mapping, read, write
from refcite.names import Name
from refcite.record import Record
from tests.formats.strategies import carried_records

ARTICLE = """\
%0 Journal Article
%A Roe, Ann B.
%A Ludwig van Beethoven
%A Lamp Study Group,
%D 2019
%8 March 5
%T Lamps of the harbour:
  a survey
%J Journal of Light
%V 12
%N 3
%P 101-109
%@ 0028-0836
%R https://doi.org/10.1000/lamps.7
%K lamps
%K harbours, old
%X First line.
Second line.
%1 legal note
%F roe2019
"""


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_an_article_is_read_as_endnote_means_it() -> None:
    library = loads(ARTICLE)
    assert not library.problems
    record = library["roe2019"]
    assert record.type == "article-journal"
    assert record.author == (
        Name(family="Roe", given="Ann B."),
        Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
        Name(literal="Lamp Study Group"),
    )
    assert record.issued == Date.of(2019, 3, 5)
    assert record.title == "Lamps of the harbour: a survey"
    assert (record.container_title, record.volume, record.issue) == ("Journal of Light", "12", "3")
    assert (record.doi, record.issn) == ("10.1000/lamps.7", "0028-0836")
    assert record.keyword == "lamps; harbours, old"
    assert record.abstract == "First line.\nSecond line."
    assert record.extra == {"%1": "legal note"}


@pytest.mark.parametrize(
    ("tags", "values"),
    [
        ("%0 Edited Book|%A Roe, Ann", {"editor": (Name(family="Roe", given="Ann"),)}),
        ("%0 Book|%B A Series|%N 4", {"collection_title": "A Series", "collection_number": "4"}),
        ("%0 Book Section|%B A Book|%N 4", {"container_title": "A Book", "collection_number": "4"}),
        ("%0 Report|%N WP 4|%B A Series", {"number": "WP 4", "collection_title": "A Series"}),
        ("%0 Conference Paper|%B The Meeting|%C Oslo", {"event_place": "Oslo"}),
        ("%0 Conference Paper|%B Proceedings", {"container_title": "Proceedings"}),
        ("%0 Conference Paper|%B A|%3 B", {"event_title": "A", "container_title": "B"}),
        ("%0 Conference Paper|%S Proceedings", {"container_title": "Proceedings"}),
        ("%0 Conference Paper|%B A|%S B", {"container_title": "A", "collection_title": "B"}),
        ("%0 Conference Paper|%Y Roe, Ann", {"editor": (Name(family="Roe", given="Ann"),)}),
        ("%0 Journal Article|%P 3|%P pp. 7-9", {"page": "7-9"}),
        (
            "%0 Book|%P 173 s.|%@ 0-306-40615-2 (ib.)",
            {"number_of_pages": "173", "isbn": "0-306-40615-2"},
        ),
        ("%0 Case|%I High Court", {"authority": "High Court", "publisher": None}),
        ("%0 Book|%@ 978-0-8052-1106-4", {"isbn": "978-0-8052-1106-4"}),
        ("%0 Journal Article|%R 10.1000/x", {"doi": "10.1000/x"}),
        ("%0 Journal Article|%B Waves", {"container_title": "Waves"}),
        ("%0 Thesis|%9 PhD thesis", {"genre": "PhD thesis"}),
        ("%0 Thesis|%V Doctorate|%P 9", {"genre": "Doctorate", "volume": None}),
        ("%0 journal article|%D 1998", {"type": "article-journal", "issued": Date.of(1998)}),
        ("%J Waves|%D 1998", {"type": "article-journal"}),
        ("%B Waves and tides|%D 1998", {"type": "chapter"}),
        ("%I Sea Press|%D 1998", {"type": "book"}),
    ],
)
def test_a_tag_means_what_the_type_says(tags: str, values: dict[str, object]) -> None:
    record = read(tags.replace("|", "\n") + "\n%T One")[0]
    assert {name: getattr(record, name) for name in values} == values
    (again,) = read(write([record]))
    assert again == record


@pytest.mark.parametrize("text", ["2", "II", "vol. 2", "B"])
def test_a_number_is_not_the_degree_of_a_thesis(text: str) -> None:
    (record,) = read(f"%0 Thesis\n%T Ebb\n%V {text}\n")
    assert (record.volume, record.genre) == (text, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no tags at all", ["text-outside-entry", "no-entries"]),
        ("%0 Sculpture\n%T One", ["unknown-type"]),
        ("%D 1998\n%T One", ["unknown-type"]),
        ("%0 Book\n%V 1\n%V 2", ["second-value"]),
        ("%0 Book\n%V 1\n%V 1", []),
        ("%0 Book\n%f x", ["unknown-tag"]),
    ],
)
def test_what_is_doubtful_is_reported(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_entries_end_at_an_empty_line_or_another_type() -> None:
    library = read("%0 Book\n%T One\n%0 Book\n%T Two\n\n%T Three\n%J Waves\n")
    assert [record.title for record in library] == ["One", "Two", "Three"]
    assert [record.origin.line for record in library if record.origin] == [1, 3, 6]


def test_what_has_no_variable_is_kept_and_written_again() -> None:
    text = "%0 Electronic Book\n%F k\n%A Roe, Ann\n%T One\n%+ Oslo\n%+ Bergen\n"
    (record,) = read(text)
    assert (record.type, record.extra) == (
        "book",
        {"%0": "Electronic Book", "%+": ["Oslo", "Bergen"]},
    )
    assert write([record]) == text


@pytest.mark.parametrize("own", [row.own for row in mapping().types])
def test_an_editor_of_any_type_comes_back(own: str) -> None:
    # Types of one CSL type may have another meaning for `%E`.
    (record,) = read(f"%0 {own}\n%F k\n%E Poe, Bob\n%T One\n")
    assert list(read(write([record]))) == [record]


def test_a_day_of_another_year_is_kept_and_reported() -> None:
    library = read("%0 Book\n%D 2019\n%8 2018-12-31\n%T One\n")
    assert (library[0].issued, library[0].extra) == (Date.of(2019), {"%8": "2018-12-31"})
    assert [problem.code for problem in library.problems] == ["second-value"]


def test_a_line_that_looks_like_a_tag_stays_text() -> None:
    record = Record(id="k", type="book", abstract="One\n%T Two\n\n%0 Book", title="A\n%X b")
    (again,) = read(write([record]))
    assert (again.title, again.abstract) == ("A %X b", "One\n%T Two\n%0 Book")


def test_a_list_of_names_that_goes_on() -> None:
    (record,) = read("%0 Book\n%F k\n%A Roe, Ann\n%A et al.\n%T One\n")
    assert record.author == (Name(family="Roe", given="Ann"),)
    assert record.et_al == frozenset({"author"})
    assert list(read("%0 Book\n%F k\n%A Roe, Ann, et al.\n%T One\n")) == [record]
    assert list(read(write([record]))) == [record]


TEXTS = {"title", "container_title", "volume", "issue", "publisher", "genre", "note", "abstract"}


@given(carried_records(mapping(), TEXTS, literal="The "))
def test_what_the_table_carries_comes_back(record: Record) -> None:
    (again,) = read(write([record]))
    assert again == record


def test_it_is_known_by_its_ending_and_its_look() -> None:
    assert guess_format(ARTICLE).name == "refer"
    assert guess_format(file="export.enw").name == "refer"

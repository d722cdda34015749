"""Hayagriva: parents, persons and strings are read, and Typst takes what is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import guess_format, loads
from refcite.formats.hayagriva import mapping, read, write
from refcite.names import Name
from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES, VARIABLES, attribute_of
from tests.formats.samples import sample
from tests.formats.strategies import records

FILE = """\
ebb:
  type: Article
  title: Ebb and {NASA} at \\$5
  author: ["van Gogh, Vincent", "Doe, Jan"]
  date: 2020-10-14
  page-range: 165-170
  serial-number: {doi: 10.1000/182, pmid: 012}
  url: {value: "https://example.org/a", date: 2021-01-02}
  parent:
    title: {value: Journal of Water, short: J. Water}
    volume: 102
    issue: 16
    publisher: Quay Press
flow:
  type: chapter
  title: {value: iFlow, verbatim: true}
  author: {name: Watkins, given-name: Gloria Jean, alias: bell hooks}
  affiliated:
    - {role: translator, names: "Ito, Yuki"}
    - {role: foreword, names: "Roe, Ann"}
  parent:
    type: anthology
    title: Tides
    editor: Roe, Ann
    publisher: {name: Quay Press, location: Lund}
    parent: {title: Studies, volume: 7}
talk:
  type: article
  title: A talk
  date: ~1999
  parent:
    - {type: proceedings, title: Proceedings of Flow}
    - {type: conference, title: Flow 1999, location: Lund, organization: The Society}
    - {type: video, runtime: "00:13:42"}
"""


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def compile_with_typst(text: str, folder: Path) -> None:
    typst = pytest.importorskip("typst", reason="typst is not installed")
    (folder / "refs.yml").write_text(text, encoding="utf-8")
    page = '#bibliography("refs.yml", full: true, style: "chicago-author-date")'
    (folder / "page.typ").write_text(page, encoding="utf-8")
    assert typst.compile(str(folder / "page.typ"))


def test_an_article_in_a_periodical() -> None:
    record = loads(FILE)["ebb"]
    assert record.type == "article-journal"
    assert record.title == 'Ebb and <span class="nocase">NASA</span> at $5'
    assert [str(name) for name in record.author] == ["van Gogh, Vincent", "Doe, Jan"]
    assert (record.container_title, record.container_title_short) == (
        "Journal of Water",
        "J. Water",
    )
    assert (record.volume, record.issue, record.page, record.publisher) == (
        "102",
        "16",
        "165-170",
        "Quay Press",
    )
    assert (record.doi, record.pmid, record.url) == ("10.1000/182", "012", "https://example.org/a")
    assert (record.issued, record.accessed) == (Date.of(2020, 10, 14), Date.of(2021, 1, 2))


def test_a_chapter_in_a_book_in_a_series() -> None:
    record = read(FILE)["flow"]
    assert (record.type, record.title) == ("chapter", '<span class="nocase">iFlow</span>')
    assert (record.container_title, record.collection_title, record.collection_number) == (
        "Tides",
        "Studies",
        "7",
    )
    assert (record.publisher, record.publisher_place) == ("Quay Press", "Lund")
    assert (str(record.editor[0]), str(record.translator[0])) == ("Roe, Ann", "Ito, Yuki")
    assert record.extra["affiliated"] == [{"role": "foreword", "names": "Roe, Ann"}]


def test_several_parents() -> None:
    record = read(FILE)["talk"]
    assert (record.type, record.container_title) == ("paper-conference", "Proceedings of Flow")
    assert (record.event_title, record.event_place) == ("Flow 1999", "Lund")
    assert str(record.issued) == "1999~"
    assert [sorted(parent) for parent in record.extra["parent"]] == [
        ["organization", "type"],
        ["runtime", "type"],
    ]


def test_a_file_comes_back_with_what_csl_has_no_place_for(tmp_path: Path) -> None:
    library = read(FILE)
    text = write(library)
    assert list(read(text)) == list(library)
    for kept in ("bell hooks", "foreword", "The Society", "00:13:42"):
        assert kept in text
    compile_with_typst(text, tmp_path)


@pytest.mark.parametrize(
    ("entry", "csl_type"),
    [
        ("type: Book", "book"),
        ("{type: article, parent: {type: newspaper}}", "article-newspaper"),
        ("{type: article, parent: {type: blog}}", "post-weblog"),
        ("{type: article, parent: {type: repository, title: arXiv}}", "article"),
        ("{type: anthos, parent: {title: x}}", "chapter"),
        ("{type: entry, parent: {title: x}}", "entry-encyclopedia"),
        ("{type: video, parent: {title: x}}", "broadcast"),
        ("type: video", "motion_picture"),
        ("type: case", "legal_case"),
        ("type: repository", "software"),
        ("type: thread", "post"),
        ("type: exhibition", "event"),
        ("title: x", "document"),
    ],
)
def test_types(entry: str, csl_type: str) -> None:
    (record,) = read(f"a:\n  {entry}")
    assert record.type == csl_type
    assert read(write([record]))[0].type == csl_type


@pytest.mark.parametrize(
    "name",
    [
        Name(family="Kafka", given="Franz"),
        Name(family="Gogh", given="Vincent", non_dropping_particle="van"),
        Name(family="King", given="Martin Luther", suffix="Jr."),
        Name(family="Cruz", given="Juana", non_dropping_particle="de la"),
        Name(family="Beethoven", given="Ludwig", dropping_particle="van"),
        Name(literal="Ministry of Law, Lund"),
        Name(literal="UNICEF"),
    ],
)
def test_persons_come_back(name: Name) -> None:
    record = Record(id="a", type="book", author=(name,), translator=(name, name))
    assert list(read(write([record]))) == [record]


@pytest.mark.parametrize("title", ["{a}", "5 $ and $6", "a\\b", "}", "\\{", "012", "no", "a: b #c"])
def test_any_title_comes_back_and_is_taken_by_typst(title: str, tmp_path: Path) -> None:
    record = Record(id="a", type="book", title=title, title_short="{", publisher=title)
    text = write([record])
    assert list(read(text)) == [record]
    compile_with_typst(text, tmp_path)


def test_what_typst_would_refuse_is_not_written(tmp_path: Path) -> None:
    record = Record(
        id="a",
        type="book",
        url="example",
        language="The English",
        number_of_volumes="three",
        issued=Date.parse("1998-21/2001"),
        original_date=Date(literal="old"),
    )
    text = write([record, record, Record(title="x")])
    assert read(text).ids == ("a", "a-2", "item-3")
    assert dict(read(text)["a"].variables()) == {"issued": Date.of(1998)}
    compile_with_typst(text, tmp_path)


def test_what_is_wrong_is_reported_with_its_place() -> None:
    library = read("a:\n  type: sculpture\nb: 5\nc:\n  type: book\n  date: x\nd: [\ne:\n  title: E")
    assert library.ids == ("a", "c", "e")
    assert [(p.code, p.key, p.line) for p in library.problems] == [
        ("invalid-yaml", None, 8),
        ("unknown-type", "a", 2),
        ("entry-not-object", "b", 3),
        ("unread-date", "c", 5),
    ]


@pytest.mark.parametrize(
    ("author", "name", "is_reported"),
    [
        ("{name: Falk, given-name: Ida}", Name(family="Falk", given="Ida"), False),
        (
            "[{name: Falk, given-name: Ida, prefix: von, suffix: Jr., alias: Finch}]",
            Name(family="Falk", given="Ida", non_dropping_particle="von", suffix="Jr."),
            False,
        ),
        ("{alias: Finch}", Name(literal="Finch"), False),
        ("[{family: Falk, given: Ida}]", Name(family="Falk", given="Ida"), True),
        ("{family: Falk}", Name(family="Falk"), True),
        ("{literal: Finch House}", Name(literal="Finch House"), True),
        ("{name: Falk, given: Ida}", Name(family="Falk", given="Ida"), True),
        ("[{shoe: Falk}]", None, True),
        ("[[Falk, Ida]]", None, True),
    ],
)
def test_no_person_vanishes_in_silence(author: str, name: Name | None, is_reported: bool) -> None:
    library = read(f"a:\n  type: book\n  author: {author}")
    assert library[0].author == ((name,) if name else ())
    assert [(p.code, p.line) for p in library.problems] == [("invalid-name", 2)] * is_reported
    assert name or library[0].extra["author"]


def test_a_text_with_several_persons_is_split_and_reported() -> None:
    library = read("a:\n  type: book\n  author: Falk, Ida and Roe, Ann")
    assert [str(name) for name in library[0].author] == ["Falk, Ida", "Roe, Ann"]
    assert [problem.code for problem in library.problems] == ["guessed-names"]


@pytest.mark.parametrize(
    ("text", "ids", "problem"),
    [
        ("size: 2\na: {type: book}", ("a",), ("entry-not-object", 1)),
        ("@b:\n  type: book\na:\n  type: book", ("a",), ("not-read", 1)),
        ("a: {type: book}\n---\nb: {type: book}", ("a", "b"), ("not-read", 2)),
        ("a: {type: book}\n---\nlast words", ("a",), ("not-read", 2)),
        ("first words\n---\na: {type: book}", ("a",), ("entry-not-object", 1)),
        ("# words\n---\na: {type: book}\n...", ("a",), None),
    ],
)
def test_nothing_around_the_entries_vanishes_in_silence(
    text: str, ids: tuple[str, ...], problem: tuple[str, int] | None
) -> None:
    library = read(text)
    assert library.ids == ids
    assert [(p.code, p.line) for p in library.problems] == [problem] * bool(problem)


def test_a_parent_that_is_a_text_is_a_title() -> None:
    library = read("a:\n  type: article\n  title: Ebb\n  parent: Journal of Water")
    assert library[0].container_title == "Journal of Water"
    assert [problem.code for problem in library.problems] == ["entry-not-object"]


def test_files_of_older_versions() -> None:
    fields = "doi: 10.1000/1\n  serial-number: v2\n  title: {shorthand: B, value: A}"
    (record,) = read(f"a:\n  type: tweet\n  {fields}")
    assert (record.type, record.doi, record.number) == ("post", "10.1000/1", "v2")
    assert (record.title, record.title_short) == ("A", "B")


@pytest.mark.parametrize(
    "text",
    [
        "a: {parent: {parent: {parent: {title: x}}}}",
        "a: {author: [{}, [x], 5]}",
        "a: {url: [x]}",
        "a: {title: [x], publisher: [y], serial-number: [z], affiliated: x, date: {a: b}}",
        "- a",
    ],
)
def test_odd_values_are_kept_or_reported(text: str) -> None:
    library = read(text)
    assert library.problems or library[0].extra


def test_a_file_is_recognised() -> None:
    assert guess_format(FILE).name == "hayagriva"
    assert guess_format("references:\n- id: a\n").name == "csl-yaml"
    assert guess_format("- id: a\n  type: book\n").name == "csl-yaml"


def test_typst_takes_every_field_of_every_type(tmp_path: Path) -> None:
    values: dict[str, Any] = {attribute_of(name): sample(name) for name in VARIABLES}
    types: tuple[Any, ...] = ITEM_TYPES
    every = [Record(id=csl_type, type=csl_type, **values) for csl_type in types]
    text = write(every)
    for record, back in zip(every, read(text), strict=True):
        for name in mapping().carried(record.type):
            assert getattr(back, attribute_of(name)) == getattr(record, attribute_of(name)), name
    compile_with_typst(text, tmp_path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(records(), max_size=3))
def test_typst_takes_whatever_is_written(some: list[Record], tmp_path: Path) -> None:
    text = write(some)
    once = read(text)
    assert not once.has_errors
    assert [record.type for record in read(write(once))] == [record.type for record in once]
    if text:
        compile_with_typst(text, tmp_path)

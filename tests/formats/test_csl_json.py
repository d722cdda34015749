"""CSL-JSON: read and written without loss, and what is broken costs only itself."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.dates import Bound, Date, Point
from refcite.formats.csl_json import read, write
from refcite.library import Library
from refcite.names import Name
from refcite.problems import FormatError, Severity
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES
from tests.shared import shared_path
from tests.test_dates import dates


def same(one: Any, other: Any) -> bool:
    """Compare as JSON does: 1 is not true, and the order of keys does not count."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def read_one(**item: Any) -> Record:
    return read(json.dumps([{"id": "a", "type": "book", **item}]))[0]


# Reading

ITEM = """
[
  {
    "id": "kafka1926",
    "type": "book",
    "title": "Das Schloss",
    "author": [{"family": "Kafka", "given": "Franz"}],
    "editor": [
      {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
      {"family": "King", "given": "Martin Luther", "suffix": "Jr.", "comma-suffix": true},
      {"literal": "Kurt Wolff Verlag"}
    ],
    "issued": {"date-parts": [[1926, 12]]},
    "number-of-pages": 503,
    "shortTitle": "Schloss",
    "DOI": "10.1000/1",
    "custom": {"shelf": ["A", 3]},
    "x-rating": 4.5
  }
]
"""


def test_reads_every_kind_of_variable() -> None:
    library = read(ITEM)
    assert library.problems == []
    assert library["kafka1926"] == Record(
        id="kafka1926",
        type="book",
        title="Das Schloss",
        author=(Name(family="Kafka", given="Franz"),),
        editor=(
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
            Name(family="King", given="Martin Luther", suffix="Jr.", comma_suffix=True),
            Name(literal="Kurt Wolff Verlag"),
        ),
        issued=Date.of(1926, 12),
        number_of_pages="503",
        title_short="Schloss",
        doi="10.1000/1",
        extra={"custom": {"shelf": ["A", 3]}, "x-rating": 4.5},
    )
    assert same(json.loads(write(library)), json.loads(ITEM))


@pytest.mark.parametrize(
    ("raw", "edtf"),
    [
        ({"date-parts": [[2017]]}, "2017"),
        ({"date-parts": [["2017", "1", 18]]}, "2017-01-18"),
        ({"date-parts": [[2017, 1.0]]}, "2017-01"),
        ({"date-parts": [[2017, 0, 0]]}, "2017"),
        ({"date-parts": [["2017", "", None]]}, "2017"),
        ({"date-parts": [2017, 1]}, "2017-01"),
        ({"date-parts": [[1998], [2001, 5]]}, "1998/2001-05"),
        ({"date-parts": [[1998], [0]]}, "1998/.."),
        ({"date-parts": [[1998], []]}, "1998/.."),
        ({"date-parts": [[0], [1998]]}, "../1998"),
        ({"date-parts": [[-44, 3, 15]]}, "-0043-03-15"),
        ({"date-parts": [[-1]]}, "0000"),
        ({"date-parts": [[170000002]]}, "Y170000002"),
        ({"date-parts": [[1999, 21], [1999, 22]]}, "1999-21/1999-22"),
        ({"date-parts": [[2001]], "season": 1}, "2001-21"),
        ({"date-parts": [[2001, 16]]}, "2001-24"),
        ({"date-parts": [[2001]], "season": "2"}, "2001-22"),
        ({"date-parts": [[2001]], "season": "Autumn"}, "2001-23"),
        ({"date-parts": [[2001, 5]], "season": "22:56:08"}, "2001-05"),
        ({"date-parts": [[2001]], "season": "22:56:08"}, "2001"),
        ({"date-parts": [[2001]], "season": "Michaelmas"}, '2001 "Michaelmas"'),
        ({"date-parts": [[2001], [2002]], "season": "Hilary"}, '2001/2002 "Hilary"'),
        ({"date-parts": [[2001], [2002]], "season": 1}, "2001-21/2002"),
        ({"edtf": "2001?", "season": "Michaelmas"}, '2001? "Michaelmas"'),
        ({"date-parts": [[1950]], "circa": True}, "1950~"),
        ({"date-parts": [[1950], [1960]], "circa": 1}, "1950~/1960~"),
        ({"date-parts": [[1950]], "circa": "0"}, "1950"),
        ({"raw": "18 January 2017"}, "2017-01-18"),
        ({"raw": "c. 1950", "date-parts": []}, "1950~"),
        ({"date-parts": [[2017]], "raw": "2018"}, "2017"),
        ({"date-parts": [[2017]], "literal": "n.d."}, "2017"),
        ({"edtf": "199X", "date-parts": [[1990]]}, "199X"),
        ("2017-01/2018", "2017-01/2018"),
        ("May 1926", "1926-05"),
        (1926, "1926"),
        ({"literal": "n.d."}, "n.d."),
        ({"literal": "2017"}, '"2017"'),
        ({"literal": "maybe around 2000", "date-parts": []}, "maybe around 2000"),
        ({"season": "Trinity term"}, "Trinity term"),
    ],
)
def test_reads_dates_and_writes_them_as_they_were(raw: Any, edtf: str) -> None:
    record = read_one(issued=raw)
    assert str(record.issued) == edtf
    assert same(json.loads(write([record]))[0]["issued"], raw)
    # Without the memory of the source's spelling, the date is the same all the same.
    assert read(write([record.replace(origin=None)]))[0].issued == record.issued


@pytest.mark.parametrize("raw", [None, {}, "", [], {"date-parts": [[None]]}, {"date-parts": []}])
def test_an_empty_date_is_none(raw: Any) -> None:
    record = read_one(issued=raw)
    assert (record.issued, dict(record.extra)) == (None, {})
    assert same(json.loads(write([record]))[0]["issued"], raw)


@pytest.mark.parametrize(
    ("raw", "literal", "code"),
    [
        ({"date-parts": [[2017, 17]]}, "2017-17", "invalid-date"),
        ({"date-parts": [[2017, 2, 31]]}, "2017-2-31", "invalid-date"),
        ({"date-parts": [[2017, 0, 5]]}, "2017-0-5", "invalid-date"),
        ({"date-parts": [[2017, 1, 2, 3]]}, "2017-1-2-3", "invalid-date"),
        ({"date-parts": [["MMXVII"]]}, "MMXVII", "invalid-date"),
        ({"date-parts": [[1], [2], [3]]}, "1/2/3", "invalid-date"),
        ({"date-parts": [[{}]]}, "{}", "invalid-date"),
        ({"date-parts": "2017-13"}, "2017-13", "invalid-date"),
        ({"raw": "01/02/2017"}, "01/02/2017", "ambiguous-date"),
        ({"raw": "Bogus Date"}, "Bogus Date", "unread-date"),
        ({"nonsense": 1}, None, "invalid-date"),
        (True, None, "invalid-date"),
    ],
)
def test_a_date_that_makes_no_sense_is_kept_and_reported(
    raw: Any, literal: str | None, code: str
) -> None:
    library = read(json.dumps([{"id": "a", "type": "book", "issued": raw}]))
    date = library["a"].issued
    assert (date.literal if date else None) == literal
    assert code in codes(library)
    assert same(json.loads(write(library))[0]["issued"], raw)


@pytest.mark.parametrize("part", ["date-parts", "circa", "literal", "raw", "edtf"])
def test_a_date_whose_known_part_is_empty_is_none_and_no_fault(part: str) -> None:
    library = read(json.dumps([{"id": "a", "type": "book", "issued": {part: "", "circa": ""}}]))
    assert library["a"].issued is None
    assert codes(library) == []


def test_day_first_settles_raw_dates() -> None:
    text = '[{"id": "a", "type": "book", "issued": {"raw": "01/02/2017"}}]'
    library = read(text, day_first=True)
    assert library["a"].issued == Date.of(2017, 2, 1)
    assert same(json.loads(write(library)), json.loads(text))


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ([{"literal": "UNHCR", "isInstitution": 1}], [Name(literal="UNHCR")]),
        ([{"name": "WHO", "sequence": "first"}], [Name(literal="WHO")]),
        ([{"family": "King", "comma-suffix": "true"}], [Name(family="King", comma_suffix=True)]),
        ([{"family": "King", "comma-suffix": 0}], [Name(family="King")]),
        ([{"family": "Mao", "static-ordering": True}], [Name(family="Mao", static_ordering=True)]),
        (
            [{"family": "van Gogh", "parse-names": True}],
            [Name(family="Gogh", non_dropping_particle="van")],
        ),
        (
            [{"family": "La Fontaine", "given": "Jean de"}],
            [Name(family="La Fontaine", given="Jean", dropping_particle="de")],
        ),
        (
            [{"family": "van Gogh", "given": "Vincent", "dropping-particle": ""}],
            [Name(family="van Gogh", given="Vincent")],
        ),
        ([{"family": '"de Man"', "given": "Paul"}], [Name(family="de Man", given="Paul")]),
        (
            [{"family": "King", "given": "Martin Luther,! Jr."}],
            [Name(family="King", given="Martin Luther", suffix="Jr.", comma_suffix=True)],
        ),
        ([{"family": "X", "literal": ""}], [Name(family="X")]),
        ([{"literal": "A", "family": "B"}], [Name(literal="A")]),
        ([{"family": "X", "given": 3}], [Name(family="X", given="3")]),
        ([{"family": "X", "given": None}], [Name(family="X")]),
        ([{"family": "X", "given": ["Y"]}], [Name(family="X")]),
        (["Kafka, Franz"], [Name(family="Kafka", given="Franz")]),
        ("Kafka, Franz", [Name(family="Kafka", given="Franz")]),
        ({"family": "Kafka"}, [Name(family="Kafka")]),
        ([None, {"family": "Kafka"}], [Name(family="Kafka")]),
        ([{}], [Name()]),
        ([], []),
        (None, []),
    ],
)
def test_reads_names_and_writes_them_as_they_were(raw: Any, names: list[Name]) -> None:
    record = read_one(author=raw)
    assert list(record.author) == names
    assert same(json.loads(write([record]))[0]["author"], raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (3, "3"),
        (4.5, "4.5"),
        (True, "true"),
        (["1234-5678", "8765-4321"], "1234-5678, 8765-4321"),
        ("", ""),
        (None, None),
        ({"a": 1}, None),
        ([["x"]], None),
    ],
)
def test_reads_texts_that_are_none(raw: Any, text: str | None) -> None:
    record = read_one(issue=raw)
    assert record.issue == text
    assert same(json.loads(write([record]))[0]["issue"], raw)


def test_a_changed_attribute_wins_and_the_untouched_stay_as_they_were() -> None:
    record = read_one(
        volume=3,
        issue=4,
        shortTitle="S",
        issued={"date-parts": [["2017", "1"]]},
        accessed={"raw": "May 2020"},
        author=[{"family": "A", "ORCID": "0000"}, {"family": "B", "ORCID": "1111"}],
    )
    changed = record.replace(
        volume="5",
        title_short="T",
        accessed=Date.of(2021),
        author=(*record.author[1:], Name(family="C")),
        title="New",
    )
    assert json.loads(write([changed])) == [
        {
            "id": "a",
            "type": "book",
            "volume": "5",
            "issue": 4,
            "issued": {"date-parts": [["2017", "1"]]},
            "accessed": {"date-parts": [[2021]]},
            "author": [{"family": "B", "ORCID": "1111"}, {"family": "C"}],
            "title-short": "T",
            "title": "New",
        }
    ]


@pytest.mark.parametrize("unread", [None, []])
def test_a_changed_list_of_names_keeps_each_in_its_place_where_one_was_not_read(
    unread: Any,
) -> None:
    record = read_one(author=[unread, {"family": "A"}, {"family": "B"}])
    changed = record.replace(author=(*record.author, Name(family="C")))
    assert json.loads(write([changed]))[0]["author"] == [
        {"family": "A"},
        {"family": "B"},
        {"family": "C"},
    ]


def test_the_order_of_keys_is_kept() -> None:
    text = '{"title": "T", "custom": {}, "type": "book", "id": 7}\n'
    assert write(read(text)) == text


def test_an_unknown_type_is_a_document_and_written_back() -> None:
    library = read('[{"id": "a", "type": "bok"}]')
    assert (library["a"].type, library["a"].extra) == ("document", {"type": "bok"})
    assert codes(library) == ["unknown-type"]
    assert str(library.problems[0]).endswith("did you mean 'book'? [unknown-type]")
    assert json.loads(write(library)) == [{"id": "a", "type": "bok"}]
    assert json.loads(write([library["a"].replace(type="book")])) == [{"id": "a", "type": "book"}]


@pytest.mark.parametrize("item", [{}, {"id": ""}, {"id": None, "type": None}, {"type": "book"}])
def test_a_missing_id_or_type_is_given_and_reported_but_not_written(item: dict[str, Any]) -> None:
    library = read(json.dumps([item, {"id": "b", "type": "book"}]))
    assert library.ids == ("item-1", "b")
    assert "missing-id" in codes(library)
    assert same(json.loads(write(library))[0], item)
    assert json.loads(write([library[0].replace(id="x")]))[0]["id"] == "x"


def test_an_alias_beside_its_variable_is_kept() -> None:
    text = '[{"id": "a", "type": "book", "shortTitle": "S", "title-short": "T"}]'
    assert read(text)["a"].title_short == "T"
    assert same(json.loads(write(read(text))), json.loads(text))


def test_an_extra_of_the_name_of_a_key_stands_aside_and_comes_back() -> None:
    extra = {"title": "From extra", "note": "From extra", "type": "chapter", "shelf": "K 12"}
    record = Record(id="a", type="book", title="Own", extra=extra)
    (written,) = json.loads(write([record]))
    assert written == {
        "id": "a",
        "type": "book",
        "title": "Own",
        "shelf": "K 12",
        "custom": {"refcite": {"title": "From extra", "note": "From extra", "type": "chapter"}},
    }
    assert read(json.dumps(written))["a"] == record


# Shapes of a text


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]',
        '{"id": "a", "type": "book"}\n{"id": "b", "type": "book"}\n',
        '{"id": "a", "type": "book"}\r\n\r\n{"id": "b", "type": "book"}',
        '{"items": [{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]}',
        '{"references": [\n{"id": "a", "type": "book"}\n, {"id": "b", "type": "book"}]}',
        '\ufeff [{"id": "a", "type": "book"}, {"id": "b", "type": "book"}]',
    ],
)
def test_arrays_lines_and_wrapped_arrays(text: str) -> None:
    library = read(text)
    assert library.ids == ("a", "b")
    assert library.problems == []


def test_a_single_object_is_written_as_one() -> None:
    library = read('{"id": "a", "type": "book"}')
    assert write(library) == '{"id": "a", "type": "book"}\n'
    assert json.loads(write([*library, Record(id="b")]))[0] == {"id": "a", "type": "book"}


def test_lines_and_indent() -> None:
    records = [Record(id="a", type="book", title="Ä\u2028b"), Record(id="b", type="book")]
    lines = write(records, lines=True)
    assert lines.count("\n") == 2
    assert read(lines) == Library(records)
    assert write(records[1:], indent=1) == '[\n {\n  "id": "b",\n  "type": "book"\n }\n]\n'
    assert json.loads(write([])) == []


def test_records_know_their_lines() -> None:
    library = read('[\n{"id": "a", "type": "book"},\n\n{"id": "b",\n "type": "book"}]')
    assert [record.origin.line for record in library if record.origin] == [2, 4]


# Broken text

GOOD = '{"id": "good", "type": "book"}'


@pytest.mark.parametrize(
    ("broken", "line", "column", "says"),
    [
        ('{"id": "x",}', 2, 12, "property name"),
        ('{"id": "x" "type": "book"}', 2, 12, "',' delimiter"),
        ('{"id": x}', 2, 8, "value"),
        ('{"id": "x", "title": "a "quoted" word"}', 2, 26, "',' delimiter"),
        ('{"id": "x", "author": [{"family": "A"}, {"family" "B"}]}', 2, 51, "':' delimiter"),
        ('{"id": "x", "author": [{"family": "A"}', 3, 32, "ends inside"),
        ('{"id": "x", "title": "\\q"}', 2, 23, "escape"),
        ('{"id": "x"]', 2, 11, "delimiter"),
        ("nonsense", 2, 1, "value"),
    ],
)
def test_a_broken_entry_costs_only_itself(broken: str, line: int, column: int, says: str) -> None:
    library = read(f'[{{"id": "first", "type": "book"}},\n{broken},\n{GOOD}]')
    assert library.ids == ("first", "good")
    problem = library.problems[0]
    assert (problem.code, problem.severity) == ("invalid-json", Severity.ERROR)
    assert (problem.line, problem.column) == (line, column)
    assert says in problem.message


def test_a_broken_line_costs_only_itself() -> None:
    library = read(f'{GOOD}\n{{"id": "x", \n{{"id": "y", "type": "book"}}\n')
    assert library.ids == ("good", "y")
    assert [(problem.code, problem.line) for problem in library.problems] == [("invalid-json", 2)]
    assert read(f'{{"id": \n{GOOD}\n{GOOD}').ids == ("good", "good")
    assert read(f'{GOOD}\n{{"id": "x",\n\n').problems[0].line == 2


@pytest.mark.parametrize("cut", range(len(ITEM.rstrip()) - 1))
def test_what_stands_before_a_cut_is_kept(cut: int) -> None:
    text = f"[{GOOD},{ITEM.strip()[1:]}"
    library = read(text[: len(GOOD) + 1 + cut])
    assert library.ids[:1] == ("good",)
    assert library.has_errors


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hello", "invalid-json"),
        ("", "invalid-json"),
        ("{", "invalid-json"),
        ("[", "invalid-json"),
        ('{"id": }', "invalid-json"),
        (f"[{GOOD}] tail", "invalid-json"),
        (f"[{GOOD} {GOOD}]", "invalid-json"),
        (f"[1, null, [], {GOOD}]", "entry-not-object"),
        ('[{"id": "a", "type": "book", "type": "chapter"}]', "duplicate-key"),
        ('[{"id": "a", "type": "book", "issued": {"raw": "1", "raw": "2"}}]', "duplicate-key"),
        ('[{"id": "a", "type": "book", "volume": NaN}]', "not-a-number"),
        ('[{"id": "a", "type": "book", "volume": -Infinity}]', "not-a-number"),
        ('[{"id": "a", "type": "book", "volume": 1e999}]', "number-too-large"),
        (f'[{{"id": "a", "type": "book", "volume": {"9" * 5000}}}]', "number-too-large"),
        ('[{"id": "a", "type": "book", "title": "\\ud800"}]', "lone-surrogate"),
        ('[{"id": "a", "type": "book", "title": "one\ntwo"}]', "control-character"),
        (f'[{GOOD}, {{"id": "x", "y": {"[" * 100_000}]', "too-deep"),
        (f'[{GOOD}, {{"id": "x", "y": {"[" * 300}{"]" * 300}}}]', "too-deep"),
        ("[" * 100_000, "too-deep"),
        ('{"a":' * 100_000, "too-deep"),
        ('{"version": 2, "items": [' + GOOD + "]}", "not-read"),
    ],
)
def test_bad_text_is_a_problem_with_its_line(text: str, code: str) -> None:
    library = read(text)
    assert code in codes(library)
    assert all(problem.line for problem in library.problems)
    assert (library.get("good") is not None) == (GOOD in text)
    written = write(library)
    written.encode()
    assert read(written) == library


@pytest.mark.parametrize(
    "unit",
    [
        *("[", "{", "]", '"', "[{", "{]", "x", "\\", "1,"),
        *('{"a":', '{"id":1,},', '[{"id":', '{"id":"a}', '{"id":"\n"'),
    ],
)
def test_megabytes_on_one_line_do_not_hang(unit: str) -> None:
    for start in ("[", "", "{"):
        read(start + unit * (2_000_000 // len(unit)))


def test_what_json_cannot_say_is_refused_by_name() -> None:
    loop: list[Any] = []
    loop.append(loop)
    for value in (float("nan"), loop, {(1, 2): 3}):
        with pytest.raises(FormatError, match="JSON"):
            write([Record(id="a", extra={"x": value})])


# Properties

_texts = st.text(max_size=12)
_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _texts).filter(
        lambda value: value not in (float("inf"), float("-inf"))
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_texts, inner, max_size=3)
    ),
    max_leaves=6,
)
_optional = st.none() | _texts
_names = st.one_of(
    st.builds(
        Name,
        family=_optional,
        given=_optional,
        dropping_particle=_optional,
        non_dropping_particle=_optional,
        suffix=_optional,
        comma_suffix=st.booleans(),
        static_ordering=st.booleans(),
    ),
    st.builds(Name, literal=_texts, static_ordering=st.booleans()),
)
_values = {
    variable: st.lists(_names, min_size=1, max_size=3).map(tuple)
    if variable in NAME_VARIABLES
    else dates
    if variable in DATE_VARIABLES
    else _texts
    for variable in ATTRIBUTES
}
_foreign = _texts | st.sampled_from(["language", "issued", "author", "id", "shortTitle", "issue"])


@st.composite
def records(draw: st.DrawFn) -> Record:
    variables = draw(st.lists(st.sampled_from(sorted(ATTRIBUTES)), max_size=8, unique=True))
    values: dict[str, Any] = {ATTRIBUTES[name]: draw(_values[name]) for name in variables}
    return Record(
        id=draw(_texts.filter(bool)),
        type=draw(st.sampled_from(ITEM_TYPES)),
        extra=draw(st.dictionaries(_foreign, _json, max_size=3)),
        **values,
    )


@given(st.lists(records(), max_size=3), st.booleans())
def test_every_record_comes_back(written: list[Record], lines: bool) -> None:
    assert list(read(write(written, lines=lines))) == written


_date_parts = st.lists(
    st.lists(st.integers(-1, 2100) | st.sampled_from(["2017", "1", "", None, 21, 5.0]), max_size=4)
    | st.integers(1, 2100),
    max_size=3,
)
_raw_dates = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": _date_parts,
        "season": st.sampled_from([1, "2", "Winter", 9, None]),
        "circa": st.sampled_from([True, 1, "ca.", False, 0]),
        "literal": _texts,
        "raw": st.sampled_from(["May 1926", "01/02/2017", "?", ""]),
        "edtf": st.sampled_from(["199X", "2001/..", "nonsense"]),
        "x": _json,
    },
)
_name_value = st.one_of(_texts, st.integers(), st.none(), st.booleans(), _json)
_raw_names = st.dictionaries(
    st.sampled_from(
        ["family", "given", "suffix", "literal", "name", "comma-suffix", "parse-names"]
    ),
    _name_value,
)
_items = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(_texts, st.integers(), st.none()),
        "type": st.one_of(st.sampled_from(ITEM_TYPES), _texts, _json),
        "title": st.one_of(_texts, _json),
        "volume": st.one_of(_texts, st.integers(), st.floats(allow_nan=False, width=16), _json),
        "shortTitle": st.one_of(_texts, _json),
        "title-short": st.one_of(_texts, _json),
        "author": st.one_of(st.lists(st.one_of(_raw_names, _texts), max_size=3), _raw_names, _json),
        "issued": st.one_of(_raw_dates, _texts, _json),
        "custom": _json,
    },
).filter(lambda item: "Infinity" not in json.dumps(item))


@given(st.lists(_items, max_size=3))
def test_every_item_comes_back(items: list[dict[str, Any]]) -> None:
    library = read(json.dumps(items))
    assert len(library) == len(items)
    assert same(json.loads(write(library)), items)
    # The writer's own spelling says the same.
    bare = [record.replace(origin=None) for record in library]
    if any({"shortTitle", "title-short"} <= item.keys() for item in items):
        return  # one of the two stands in extra, under the name of the other
    assert list(read(write(bare))) == bare


@given(st.text() | st.text('[]{}",:\\ \n1aid"'))
def test_no_text_is_too_odd(text: str) -> None:
    for start in ("", "[", '[{"id":', '{"items": ['):
        write(read(start + text))


# Real files


@pytest.mark.parametrize("folder", ["golden", "csl-suite/fixtures", "corpora/pandoc-biblatex"])
def test_real_files_come_back(folder: str) -> None:
    root = shared_path(folder)
    texts = {path.name: path.read_text(encoding="utf-8") for path in root.glob("*items.json")}
    texts |= {path.name: path.read_text("utf-8") for path in root.glob("*.expected.json")}
    for path in root.glob("*.txt"):
        section = re.search(
            r">>=+ INPUT =+>>(.*)<<=+ INPUT =+<<", path.read_text("utf-8"), re.DOTALL
        )
        if section:
            texts[path.name] = section[1]
    assert texts
    for name, text in texts.items():
        library = read(text)
        assert not library.has_errors, name
        assert same(json.loads(write(library)), json.loads(text)), name
        assert read(write(library)) == library, name


def test_special_dates_keep_date_parts_for_processors_that_know_no_edtf() -> None:
    def written(date: Date) -> Any:
        return json.loads(write([Record(id="a", issued=date)]))[0]["issued"]

    assert written(Date(Point(1990, unspecified_digits=1))) == {
        "edtf": "199X",
        "date-parts": [[1990], [1999]],
    }
    assert written(Date(Point(1984, uncertain=True))) == {"edtf": "1984?", "date-parts": [[1984]]}
    assert written(Date(Bound.OPEN, Point(2001))) == {"edtf": "../2001", "date-parts": [[2001]]}
    assert written(Date(Point(2001), Bound.OPEN)) == {"date-parts": [[2001], [0]]}


def test_parts_of_names_and_dates_that_csl_does_not_know_are_told_once() -> None:
    names = ", ".join(['{"family": "Roe", "ORCID": "0000-0002-1825-0097", "affiliation": []}'] * 3)
    date = '{"date-parts": [[2001]], "by": "hand"}'
    text = f'[{{"id": "a", "type": "book", "author": [{names}], "issued": {date}}}]'
    library = read(text)
    assert [(one.code, one.severity, one.message) for one in library.problems] == [
        ("unread-part", Severity.INFO, "a name has parts that are not read: ORCID"),
        ("unread-part", Severity.INFO, "a date has parts that are not read: by"),
    ]
    assert json.loads(write(library)) == json.loads(text)


def test_an_object_without_variables_is_no_record() -> None:
    library = read('[{"status": "draft", "title": "T"}, {"rows": 3, "cells": []}]')
    assert len(library) == 1
    (problem,) = [one for one in library.problems if one.code == "not-recognised"]
    assert problem.severity is Severity.ERROR
    assert "'rows', 'cells'" in problem.message

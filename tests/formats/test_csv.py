"""Tables: what people and programs export is read, and every record comes back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import dumps, get_format, guess_format, loads
from refcite.formats.csv import read, write
from refcite.names import Name
from refcite.problems import FormatError, Problem
from refcite.record import Record
from tests.formats.strategies import records


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_a_url_that_contains_another_address_comes_back() -> None:
    for url in (
        "https://a.example/1 https://b.example/2",
        "https://a.example/?u=https://b.example",
    ):
        record = Record(id="a", type="webpage", title="T", url=url)
        assert read(write([record]))[0] == record


def test_that_a_list_of_names_goes_on_comes_back() -> None:
    (record,) = read('title,author,editor\nOne,"Roe, Ann; et al.",{et al.}\n')
    assert record.author == (Name(family="Roe", given="Ann"),)
    assert record.et_al == {"author"}
    assert record.editor == (Name(literal="et al."),)
    assert list(read(write([record]))) == [record]


@pytest.mark.parametrize("name", ["ris", "csv", "tsv"])
def test_nul_characters_which_no_file_may_hold_come_back(name: str) -> None:
    """They are possible in JSON, and a reader of a file omits them."""
    record = Record(
        id="a",
        type="book",
        title="Before\0after",
        author=(Name(literal="A\0B"),),
        issued=Date(literal="\0about 2020"),
        extra={"shelf": "1\0"},
    )
    assert loads(dumps([record], name), name)[0] == record


def test_the_name_of_a_field_with_control_characters_is_no_column() -> None:
    record = Record(id="a", type="book", title="One", extra={"shelf\tmark\nroom": "1"})
    assert loads(dumps([record], "csv"))[0] == record


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_delimiter_is_found_out(mark: str, end: str, bom: str) -> None:
    lines = [
        ["id", "type", "title", "author"],
        ["a", "book", '"On, or; off"', '"Roe, Ann; Doe, J"'],
    ]
    text = bom + end.join(mark.join(line) for line in lines) + end
    (record,) = loads(text)
    assert (record.id, record.type, record.title) == ("a", "book", "On, or; off")
    assert [str(name) for name in record.author] == ["Roe, Ann", "Doe, J"]


def test_a_spreadsheet_may_name_its_delimiter() -> None:
    (record,) = read("sep=;\nTitle;Year\nOne, two;1999\n")
    assert (record.title, record.issued) == ("One, two", Date.of(1999))
    with pytest.raises(FormatError, match="one character"):
        read("a", delimiter="::")


def test_what_people_call_their_columns() -> None:
    text = (
        "Title,Authors,Year,Month,DOI,Journal,Vol.,No,Pages,Colour,Link\n"
        'One,"Roe, Ann; {Doe; Sons}",2001,May,https://doi.org/10.1000/1,Waves,3,4,5-6,red,http://a.b\n'
    )
    library = read(text)
    (record,) = library
    assert not library.problems
    assert record.type == "article-journal"
    assert [str(name) for name in record.author] == ["Roe, Ann", "{Doe; Sons}"]
    assert (record.issued, record.doi, record.container_title) == (
        Date.of(2001, 5),
        "10.1000/1",
        "Waves",
    )
    assert (record.volume, record.issue, record.page, record.url) == ("3", "4", "5-6", "http://a.b")
    assert dict(record.extra) == {"Colour": "red"}


def test_zotero() -> None:
    text = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","Date",'
        '"Date Added","Access Date","Num Pages","Short Title","Place","Type","Extra"\n'
        '"AB12","thesis","2011","Roe, Ann","On ebb","","2011-05","2020-01-01 10:00:00",'
        '"2019-03-02 11:22:33","210","Ebb","Lund","PhD thesis","shelf: 3"\n'
    )
    (record,) = read(text)
    assert (record.id, record.type, record.genre, record.title_short) == (
        "AB12",
        "thesis",
        "PhD thesis",
        "Ebb",
    )
    assert (record.issued, record.accessed) == (Date.of(2011, 5), Date.of(2019, 3, 2))
    assert (record.number_of_pages, record.publisher_place) == ("210", "Lund")
    assert dict(record.extra) == {"Date Added": "2020-01-01 10:00:00", "Extra": "shelf: 3"}


def test_pages_in_two_columns_and_a_second_title() -> None:
    text = "Title,Page start,Page end,Article Title\nOne,5,9,Another\n"
    (record,) = read(text)
    assert (record.page, record.title, dict(record.extra)) == (
        "5-9",
        "One",
        {"Article Title": "Another"},
    )


@pytest.mark.parametrize(
    ("year", "month", "issued"),
    [
        ("2019", "3", "2019-03"),
        ("2019", "March", "2019-03"),
        ("2019-05", "3", "2019-05"),
        ("", "3", None),
        ("undated", "3", "undated"),
    ],
)
def test_a_month_in_a_column_of_its_own_needs_a_year(
    year: str, month: str, issued: str | None
) -> None:
    (record,) = read(f"Title,Year,Month\nOne,{year},{month}\n")
    assert (str(record.issued) if record.issued else None) == issued


def test_rows_of_another_length_are_reported_with_their_line() -> None:
    library = read('id,title,note\n\na,"One\nor two",x\nb,Two\nc,Three,z,rest\n')
    assert [record.id for record in library] == ["a", "b", "c"]
    assert [(p.code, p.line, p.key) for p in library.problems] == [
        ("row-length", 5, "b"),
        ("row-length", 6, "c"),
    ]
    assert library["c"].extra["column-4"] == "rest"


def test_a_mark_that_is_never_closed_costs_one_cell() -> None:
    assert read('id,title\na,5" disk\nb,"Two"\n')["a"].title == '5" disk'
    assert read('id,title\na,"One\nb,Two\n').ids == ("a", "b")
    assert codes('id,title\na,"One\nb,Two\n') == ["unclosed-value"]


def test_what_is_unknown_is_reported() -> None:
    assert codes("colour,size\nred,3\n") == ["no-header"]
    assert codes("id,type\na,sculpture\n") == ["unknown-type"]
    assert codes("id,date\na,01/02/2017\n") == ["ambiguous-date"]
    assert read("id,date\na,01/02/2017\n", day_first=True)["a"].issued == Date.of(2017, 2, 1)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "'=x", "''-x", "＝x"])
def test_formulas_are_escaped_and_come_back(value: str) -> None:
    record = Record(id="a", type="book", title=value)
    (row,) = list(csv.reader(io.StringIO(write([record]))))[1:]
    assert row[2] == f"'{value}"
    for escape in (True, False):
        assert list(read(write([record], escape_formulas=escape))) == [record]


def test_options_of_writing() -> None:
    record = Record(id="a", type="book", title="One", author=(Name(literal="A; B"),))
    assert write([record], columns=("Title", "id")) == "title,id\nOne,a\n"
    assert (
        write([record], columns="DOI, title", delimiter=";", bom=True) == "\ufeffDOI;title\n;One\n"
    )
    with pytest.raises(FormatError, match="no column"):
        write([record], columns=["month"])
    assert get_format("tsv").write([record]).startswith("id\ttype\tauthor\ttitle\n")


def test_what_the_columns_leave_out_is_told() -> None:
    record = Record(id="a", type="book", title="One", publisher="P", extra={"shelf": "3"})
    for columns in ("id, type, title, shelf", ["id", "type", "title", "shelf"]):
        lost: list[Problem] = []
        assert dumps([record], "csv", problems=lost, columns=columns) == (
            "id,type,title,shelf\na,book,One,3\n"
        )
        assert [problem.message for problem in lost] == [
            "csv, with these options, cannot hold publisher"
        ]


def test_a_file_is_recognised() -> None:
    assert guess_format(file="a.tsv").name == "tsv"
    assert guess_format('"Key","Item Type","Title"\n').name == "csv"
    assert guess_format("Title, a report, 18 January 2017, available at: x").name == "refworld"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Roe, Ann; World Bank; UNHCR", ["Roe, Ann", "{World Bank}", "UNHCR"]),
        ("World Health Organization", ["{World Health Organization}"]),
        ("Ann Roe; Jan van Dam", ["Roe, Ann", "van Dam, Jan"]),
        ("{Doe, Roe and Co}; Ann Roe", ["{Doe, Roe and Co}", "Roe, Ann"]),
    ],
)
def test_an_organisation_is_not_split_into_a_person(cell: str, names: list[str]) -> None:
    (record,) = read(f'title,authors\nOne,"{cell}"\n')
    assert [str(name) for name in record.author] == names


@given(st.lists(records(), max_size=3), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_any_record_comes_back(some: list[Record], delimiter: str, escape: bool) -> None:
    named = [record.replace(id=f"{place}{record.id}") for place, record in enumerate(some)]
    text = write(named, delimiter=delimiter, escape_formulas=escape)
    library = read(text, delimiter=delimiter)
    assert list(library) == named
    assert not library.has_errors


@given(st.text(alphabet="ab\",;\t\n\r'= {}", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for record in read(f"id,title\n{text}"):
        assert record.variables().keys() <= {"title"}


def test_large_cells_many_rows_and_many_columns() -> None:
    assert len(read("id,title" + "," * 200_000 + "\na,b\n")) == 1
    text = "id,title\n" + f'a,"{"x" * 1_000_000}"\n' + 'b,"' * 50_000
    library = read(text)
    assert len(library["a"].title or "") == 1_000_000

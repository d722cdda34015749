"""Conditions on records: what they choose, and what a wrong one names."""

from __future__ import annotations

import pytest

from refcite import Library, Name, Record
from refcite.collection.where import Condition
from refcite.problems import ConditionError, RecordTypeError

BOOK = Record(
    id="Roe2010",
    type="book",
    title="Asylum <i>and</i> refuge",
    author=[Name(family="Beauvoir", given="Simone", non_dropping_particle="de")],
    issued="2010-05",
    keyword="asylum law; Genève",
    volume="9",
    doi="10.1016/S0140-6736(05)67889-0",
    extra={"rating": "5", "Date Added": "2019-03-01"},
)
ARTICLE = Record(
    id="roe2010",
    type="article-journal",
    author=[Name(literal="UN High Commissioner for Refugees"), Name(family="Łukasz", given="Ann")],
    container_title="The Journal",
    issued="2009/2011",
    volume="12",
    page="12–15",
)
BARE = Record(id="bare", type="paper-conference", issued='"in press"')
LIBRARY = Library([BOOK, ARTICLE, BARE])


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("type=book", "Roe2010"),
        ("type = inproceedings", "bare"),
        ('type="journal article"', "roe2010"),
        ("type~article", "roe2010"),
        ("TYPE!=book AND year>=2000", "roe2010"),
        ("id=roe2010", "roe2010"),
        ("key~ROE", "Roe2010 roe2010"),
        ("title='asylum AND refuge'", "Roe2010"),
        ("title~asylum", "Roe2010"),
        ("title<b", "Roe2010"),
        ("author=Beauvoir", "Roe2010"),
        ('author="de Beauvoir"', "Roe2010"),
        ("author='Simone de Beauvoir'", "Roe2010"),
        ("author=lukasz or author~commissioner", "roe2010"),
        ("author>c", "roe2010"),
        ("keyword=geneve", "Roe2010"),
        ("keywords=asylum", ""),
        ("keywords~asylum", "Roe2010"),
        ("year=2010", "Roe2010"),
        ("year<=2009", "roe2010"),
        ("year!=2010", "roe2010 bare"),
        ("issued=2010", "Roe2010"),
        ("issued>=2010-05", "Roe2010"),
        ("issued>2010", ""),
        ("issued<2010-06-01", "Roe2010"),
        ("issued<=2011", "Roe2010 roe2010"),
        ('date="in press"', "bare"),
        ("issued~05", "Roe2010"),
        ("volume<10", "Roe2010"),
        ("page=12-15", "roe2010"),
        ("doi=10.1016/S0140-6736(05)67889-0", "Roe2010"),
        ("(doi)", "Roe2010"),
        ("has(doi) or has(journal)", "Roe2010 roe2010"),
        ("not doi", "roe2010 bare"),
        ("not not doi", "Roe2010"),
        ("not (doi or journal)", "bare"),
        ("year=2009 or year=2010 and doi", "Roe2010 roe2010"),
        ("(year=2009 or year=2010) and doi", "Roe2010"),
        ("rating>=5", "Roe2010"),
        ("'date added'~2019", "Roe2010"),
    ],
)
def test_records_are_chosen(condition: str, ids: str) -> None:
    assert LIBRARY.where(condition).ids == tuple(ids.split())


@pytest.mark.parametrize(
    ("condition", "place", "reason"),
    [
        ("", 0, "empty"),
        ("yaer>2010", 0, "did you mean 'year'"),
        ("type=book and yaer>2010", 14, "did you mean 'year'"),
        ("raiting=5", 0, "did you mean 'rating'"),
        ("type=bok", 5, "did you mean 'book'"),
        ("type<book", 5, "no order"),
        ("type==book", 4, "write '='"),
        ("type=book && year=2010", 10, "write 'and'"),
        ("type=book year=2010", 10, "'and' or 'or' is missing"),
        ("title~asylum law", 13, "in quotes"),
        ("title~'asylum law", 6, "quotation mark"),
        ("(type=book", 0, "closing bracket"),
        ("type=book)", 9, "opening bracket"),
        ("type=book and", 13, "ends where"),
        ("and type=book", 0, "'and'"),
        ("type=", 5, "value is missing"),
        ("year>=twenty", 6, "a year is a number"),
        ("issued>soon", 7, "cannot be read"),
        ("has(doi", 7, "one field"),
        ("!doi", 0, "write 'not'"),
        ("(" * 1000 + "doi" + ")" * 1000, 100, "nested"),
    ],
)
def test_a_wrong_condition_is_marked(condition: str, place: int, reason: str) -> None:
    with pytest.raises(ConditionError) as caught:
        LIBRARY.where(condition)
    assert caught.value.place == place
    assert reason in caught.value.reason


def test_the_mark_is_under_the_place() -> None:
    with pytest.raises(ConditionError) as caught:
        LIBRARY.where("title=東京 ann yaer=1")
    _, shown, mark = str(caught.value).split("\n")
    assert shown.strip() == "title=東京 ann yaer=1"
    assert mark == "  " + " " * 11 + "^"  # two letters are two columns wide


def test_a_condition_may_be_long() -> None:
    long = Condition.parse(" or ".join(["not (title~a and year>1)"] * 5_000))
    assert (long(BOOK), long(ARTICLE)) == (False, True)
    with pytest.raises(ConditionError):
        Condition.parse("not " * 50_000)


def test_problems_of_omitted_records_are_omitted() -> None:
    doubled = Library([BOOK, BOOK.replace(title="Other"), ARTICLE])
    assert [one.key for one in doubled.problems] == ["Roe2010"]
    assert doubled.where("type=article-journal").problems == []


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ("year", "roe2010 Roe2010 bare"),
        ("-year", "Roe2010 roe2010 bare"),
        ("volume", "Roe2010 roe2010 bare"),
        ("-author, id", "roe2010 Roe2010 bare"),
        ("rating,-id", "Roe2010 roe2010 bare"),
        ("type,-year", "roe2010 Roe2010 bare"),
    ],
)
def test_records_are_sorted_by_several_fields(keys: str, ids: str) -> None:
    assert LIBRARY.sorted(keys).ids == tuple(ids.split())


def test_an_unknown_field_of_an_order_is_an_error() -> None:
    with pytest.raises(RecordTypeError, match="did you mean 'year'"):
        LIBRARY.sorted("yaer")
    with pytest.raises(RecordTypeError):
        LIBRARY.sorted(" , ")


def test_fields_are_dropped_under_all_their_names() -> None:
    found = LIBRARY.drop("keywords,DATE ADDED", "author")
    assert (found[0].keyword, found[0].author, dict(found[0].extra)) == (None, (), {"rating": "5"})
    assert found[2] is LIBRARY[2]
    with pytest.raises(RecordTypeError, match="id and a type"):
        LIBRARY.drop("key")

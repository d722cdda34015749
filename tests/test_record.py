"""Records and libraries."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from refcite import Date, Library, Name, Record, Severity
from refcite.comparison import Change, changes
from refcite.problems import RecordTypeError
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES, VARIABLES

BOOK = Record(
    id="castle",
    type="book",
    title="The Castle",
    author=(Name(family="Kafka", given="Franz"),),
    extra={"shelf": "K 12"},
)


def test_every_csl_variable_is_an_attribute_of_its_kind() -> None:
    empty = Record()
    for variable in VARIABLES:
        default = () if variable in NAME_VARIABLES else None
        assert getattr(empty, ATTRIBUTES[variable]) == default
    assert len(set(VARIABLES)) == len(VARIABLES) == len(ATTRIBUTES)


def test_every_item_type_is_accepted() -> None:
    for item_type in ITEM_TYPES:
        assert Record(type=item_type).type == item_type  # type: ignore[arg-type]  # a plain str


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": 1926}, r"Record\.title must be text or None, not int \(1926\)"),
        ({"volume": 3.5}, r"Record\.volume must be text or a whole number, not float"),
        ({"issued": 20.17}, r"Record\.issued must be a Date, a text such as '2014-03', a year"),
        ({"issued": True}, r"Record\.issued must be a Date, .*, not bool"),
        ({"author": 3}, r"Record\.author must be names, texts such as 'Jane Doe', or a list"),
        ({"editor": {"family": "Kafka"}}, r"Record\.editor must be names, .*, not dict"),
        ({"editor": (Name(), 3)}, r"Record\.editor must hold names or texts .*, not int \(3\)"),
        ({"type": "bok"}, r"Record\.type must be a CSL item type.*did you mean 'book'"),
        ({"id": 7}, r"Record\.id must be text, not int"),
        ({"extra": {1: "x"}}, r"a key of Record\.extra must be text, not int \(1\)"),
    ],
)
def test_a_wrong_type_is_refused_by_the_name_of_the_attribute(
    wrong: dict[str, Any], message: str
) -> None:
    with pytest.raises(RecordTypeError, match=message):
        Record(**wrong)
    with pytest.raises(RecordTypeError, match=message):
        BOOK.replace(**wrong)


def test_every_typed_variable_is_checked() -> None:
    for variable in VARIABLES:
        with pytest.raises(RecordTypeError, match=rf"Record\.{ATTRIBUTES[variable]} must"):
            Record(**{ATTRIBUTES[variable]: 1.5})  # type: ignore[arg-type]  # the mistake tested
    assert set(DATE_VARIABLES) < set(VARIABLES)


def test_an_unknown_attribute_is_named_with_the_one_that_is_meant() -> None:
    assert BOOK.replace(title="The Trial").title == "The Trial"
    for wrong, meant in (("titel", "title"), ("DOI", "doi"), ("year", "issued")):
        with pytest.raises(
            RecordTypeError, match=f"no attribute '{wrong}'; did you mean '{meant}'"
        ):
            Record(**{wrong: "x"})  # type: ignore[arg-type]  # the mistake that is tested
        with pytest.raises(RecordTypeError, match=f"did you mean '{meant}'"):
            BOOK.replace(**{wrong: "x"})
    with pytest.raises(RecordTypeError, match="must be named"):
        Record("castle")  # type: ignore[call-arg]  # the same


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        BOOK.title = "The Trial"  # type: ignore[misc]  # the mistake that is tested
    with pytest.raises(TypeError, match="cannot be changed"):
        BOOK.extra["shelf"] = "L 1"  # type: ignore[index]  # the mistake that is tested


def test_records_are_compared_hashed_copied_and_pickled_by_value() -> None:
    twin = pickle.loads(pickle.dumps(BOOK))
    assert twin == BOOK == copy.deepcopy(BOOK)
    assert len({twin, BOOK}) == 1
    assert BOOK.replace(extra={}) != BOOK


def test_repr_shows_what_is_set() -> None:
    assert repr(Record(id="a", title="One")) == "Record(id='a', type='document', title='One')"


def test_a_library_is_ordered_and_found_by_id() -> None:
    library = Library([BOOK, Record(id="trial", title="The Trial")])
    assert library.ids == ("castle", "trial")
    assert library["trial"] is library[1]
    assert [record.id for record in library[:1]] == ["castle"]
    assert library.get("amerika") is None
    with pytest.raises(KeyError):
        library["amerika"]


def test_a_library_tells_what_is_in_it_by_id_and_by_value() -> None:
    library = Library([Record(id="a", title="One")])
    same, other = Record(id="a", title="One"), Record(id="a", title="Two")
    asked: list[object] = ["a", same, "b", other, 1]
    assert [one for one in asked if one in library] == ["a", same]


def test_records_without_an_id_get_one() -> None:
    library = Library([Record(title="One"), Record(id="item-2"), Record(title="Two")])
    assert library.ids == ("item-1", "item-2", "item-3")


def test_records_of_a_source_without_keys_are_called_by_what_they_say() -> None:
    roe = Record(
        title="The Lamps of Göteborg", author=(Name(family="van Roe"),), issued=Date.of(2019)
    )
    records = [roe, Record(type="book"), roe, Record(id="vanroe2019lampsb"), roe]
    library = Library(records, is_keyed=False)
    assert library.ids == (
        *("vanroe2019lamps", "item-2", "vanroe2019lampsa"),
        *("vanroe2019lampsb", "vanroe2019lampsc"),
    )
    assert not library.problems


def test_a_duplicate_id_is_reported_and_loses_nothing() -> None:
    library = Library([BOOK, Record(id="castle", title="Another"), Record(id="castle")])
    assert [record.title for record in library] == ["The Castle", "Another", None]
    assert library["castle"] is BOOK
    assert [(p.code, p.severity, p.key) for p in library.problems] == [
        ("duplicate-id", Severity.WARNING, "castle")
    ] * 2


def test_a_date_is_an_attribute_like_any_other() -> None:
    assert Record(issued=Date.of(2017, 1, 18)).variables() == {"issued": Date.of(2017, 1, 18)}


ROE = (Name(family="Roe"),)


def test_a_record_says_which_lists_of_names_go_on() -> None:
    record = Record(author=ROE, editor=ROE, et_al=["author"])
    assert record.et_al == frozenset({"author"})
    assert record != record.replace(et_al=())
    assert hash(record) == hash(Record(author=ROE, editor=ROE, et_al={"author"}))
    assert record.replace(title="One").et_al == {"author"}
    assert record.replace(author=()).et_al == frozenset()
    assert "et_al=['author']" in repr(record)
    assert "et_al" not in record.variables()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["autor"], "not 'autor'; did you mean 'author'"),
        (["title"], "attributes with names, not 'title'"),
        ("author", r"must hold names of attributes, as in \{'author'\}, not str"),
        (3, "not int"),
    ],
)
def test_what_is_no_list_of_names_cannot_go_on(value: Any, message: str) -> None:
    with pytest.raises(RecordTypeError, match=message):
        Record(author=ROE, et_al=value)


def test_whether_a_list_goes_on_is_compared() -> None:
    record = Record(author=ROE)
    assert changes(record.replace(et_al=["author"]), record) == (
        Change("author (et al.)", "et al.", None),
    )

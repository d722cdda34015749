"""Libraries that are put together, changed, chosen from and put in order."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from refcite import Library, Name, Problem, Record, Severity
from refcite.problems import RecordTypeError, RecordValueError
from refcite.record import Origin

A, B, C = (Record(id=id_, title=id_.upper()) for id_ in "abc")
OTHER_A = Record(id="a", title="Another")


def _codes(library: Library) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.key) for problem in library.problems]


def _doubt(key: str | None) -> Problem:
    return Problem(severity=Severity.WARNING, code="doubt", message="It is said.", key=key)


# Together


def test_two_libraries_make_a_third() -> None:
    one, two = Library([A, B], [_doubt("a")]), Library([OTHER_A, C, C], [_doubt("c")])
    both = one + two
    assert list(both) == [A, B, OTHER_A, C, C]
    assert both["a"] is A
    assert _codes(both) == [("doubt", "a"), ("doubt", "c"), ("duplicate-id", "a")]
    assert (len(one), len(two), len(one.problems), len(two.problems)) == (2, 3, 1, 1)


def test_what_was_reported_is_not_reported_again() -> None:
    twice = Library([A, OTHER_A])
    assert (
        _codes(twice)
        == _codes(Library() + twice)
        == _codes(twice + Library())
        == [("duplicate-id", "a")]
    )
    assert _codes(twice.sorted("title")) == _codes(twice.filter(bool)) == _codes(twice)


def test_a_library_grows_in_its_place() -> None:
    library = same = Library([A])
    library += [B]
    library.extend(Library([C]))
    library.extend(library)
    assert same is library
    assert library.ids == ("a", "b", "c") * 2
    with pytest.raises(TypeError):
        library + 3  # type: ignore[operator]  # the mistake that is tested


def test_records_without_an_id_get_one_that_is_free() -> None:
    library = Library([Record(title="One")]) + Library([]) + (Record(title="Two"),)
    assert library.ids == ("item-1", "item-2")


@pytest.mark.parametrize("wrong", ["refs.bib", ["a"], [{"id": "a"}], [None]])
def test_a_library_holds_records_alone(wrong: Any) -> None:
    for take in (Library, Library().extend, lambda one: Library() + one):
        with pytest.raises(RecordTypeError, match=r"records are needed, not .*"):
            take(wrong)


def test_an_id_of_two_files_is_reported_with_both() -> None:
    files = [
        Library([A.replace(title=name, origin=Origin(format="ris", line=7, file=name))])
        for name in ("one.ris", "two.ris")
    ]
    (problem,) = (files[0] + files[1]).problems
    assert str(problem).startswith(
        "two.ris:7: warning: the id 'a' is also used in one.ris (line 7);"
    )


# Changed


def test_a_record_is_replaced_under_its_id_or_added() -> None:
    library = Library([A, B])
    library["a"] = OTHER_A
    library["c"] = C
    assert list(library) == [OTHER_A, B, C]
    assert library["a"] is OTHER_A
    assert not library.problems
    with pytest.raises(RecordValueError, match=r"under 'b' must have that id, not 'a'; write rec"):
        library["b"] = A
    with pytest.raises(RecordTypeError, match="records are needed, not str"):
        library["b"] = "One"  # type: ignore[assignment]  # the mistake that is tested


def test_a_record_is_replaced_by_place() -> None:
    library = Library([A, B])
    library[0] = C
    assert (library.ids, library.get("a"), library["c"]) == (("c", "b"), None, C)
    library[-1] = Record(title="Without")
    assert library["b"].title == "Without"
    library[0] = B
    assert _codes(library) == [("duplicate-id", "b")]
    with pytest.raises(IndexError):
        library[2] = A


def test_records_are_taken_out() -> None:
    library = Library([A, B, OTHER_A, C])
    library.remove("a")
    assert (list(library), library["a"]) == ([B, OTHER_A, C], OTHER_A)
    library.remove(Record(id="b", title="B"))
    del library["a"]
    del library[0]
    assert (list(library), library.get("a"), library.get("c")) == ([], None, None)
    with pytest.raises(ValueError, match="'a' is not in the library"):
        library.remove(A)


def test_an_id_that_is_not_there_is_named_with_one_that_is_near() -> None:
    library = Library([Record(id="doe2014")])
    with pytest.raises(KeyError, match="no record has the id 'doe2015'; did you mean 'doe2014'"):
        library["doe2015"]
    with pytest.raises(KeyError, match="no record has the id 'b'"):
        library.remove("b")
    with pytest.raises(KeyError):
        del library["b"]


def test_a_copy_has_its_own_records() -> None:
    library = Library([A])
    twins = [pickle.loads(pickle.dumps(library)), copy.deepcopy(library)]
    for twin in twins:
        twin.append(B)
        assert twin["b"] == B
    assert library.ids == ("a",)


# Chosen and in order


def test_problems_go_with_the_records_that_are_left_out() -> None:
    library = Library([A, B, OTHER_A], [_doubt(None), _doubt("a"), _doubt("b"), _doubt("lost")])
    chosen = library.filter(lambda record: record.title != "B")
    assert list(chosen) == [A, OTHER_A]
    assert [key for _, key in _codes(chosen)] == [None, "a", "lost", "a"]
    assert len(library.filter(lambda record: record is A).problems) == 4


def _titled(*titles: str | None) -> Library:
    return Library(Record(id=f"{place}", title=title) for place, title in enumerate(titles))


def test_texts_are_in_order_without_case_and_accents_and_by_number() -> None:
    titles = ("Ärger 10", None, "arger 9", "Zebra", "Arger 9a", "Öl", "2")
    assert [record.title for record in _titled(*titles).sorted("title")] == [
        *("2", "arger 9", "Arger 9a", "Ärger 10", "Öl", "Zebra", None)
    ]
    figures = "9" * 5000
    assert [record.title for record in _titled(f"1{figures}", figures).sorted("title")] == [
        *(figures, f"1{figures}")
    ]


def test_names_are_in_order_by_family_name() -> None:
    writers = ("{UNHCR}", "Poe, Bob", "Poe, Ann", "van Gogh, Vincent", None)
    library = Library(Record(id=str(author), author=author) for author in writers)
    assert library.sorted("author").ids == (
        *("van Gogh, Vincent", "Poe, Ann", "Poe, Bob", "{UNHCR}", "None"),
    )
    two = Library(
        [Record(id="two", author=["A B", "C D"]), Record(id="one", author=Name(family="B"))]
    )
    assert two.sorted("author").ids == ("one", "two")


def test_what_has_nothing_to_be_sorted_by_is_last_and_what_is_equal_stays() -> None:
    library = Library(
        Record(id=id_, issued=year)
        for id_, year in (("a", None), ("b", 2013), ("c", 2014), ("d", 2013))
    )
    assert library.sorted("issued").ids == ("b", "d", "c", "a")
    assert library.sorted("issued", reverse=True).ids == ("c", "b", "d", "a")
    assert library.sorted(lambda record: record.issued).ids == ("b", "d", "c", "a")
    with pytest.raises(RecordTypeError, match="not sorted by 'isued'; did you mean 'issued'"):
        library.sorted("isued")

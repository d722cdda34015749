"""The merge of records, and of groups in a library."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite import Name, Record, dumps, loads, merge, merge_groups
from refcite.collection.duplicates import Certainty, DuplicateGroup
from refcite.collection.merge import Keep, abbreviates
from refcite.collection.merge.cases import Case, Decided, Decision, Found, decided
from refcite.problems import RecordValueError


def merged(*records: Record) -> Record:
    return merge(records).record


@pytest.mark.parametrize(
    ("field", "values", "better"),
    [
        ("title", ("Lamps", "Lamps: a history of light"), "Lamps: a history of light"),
        ("title", ("LAMPS AND LIGHT", "Lamps and light"), "Lamps and light"),
        ("title", ("[Of lamps and of lights].", "Over lampen"), "Over lampen"),
        ("title", ("Lamps and lights in …", "Lamps"), "Lamps"),
        ("title", ("Lamps", "Lamps [Internet]"), "Lamps"),
        ("page", ("123-5", "123-125"), "123-125"),
        ("page", ("123", "123-5"), "123-5"),
        ("page", ("98-102", "98"), "98-102"),
        ("doi", ("https://doi.org/10.1000/A1", None), "10.1000/A1"),
        ("abstract", ("We lit ten lamps, and...", "We lit ten."), "We lit ten."),
        ("abstract", ("We lit ten.", "We lit ten lamps."), "We lit ten lamps."),
        ("url", ("https://doi.org/10.1000/1", "http://example.org/1"), "http://example.org/1"),
        ("issn", ("1234-5679", "1234-5679; 2345-6781"), "1234-5679; 2345-6781"),
        ("issn", ("12345679 (ISSN)", "1234-5679"), "1234-5679"),
        ("language", ("English", "en-GB"), "en-GB"),
        ("page", ("480‐6", "480‐486"), "480‐486"),
        ("page", ("353 – 366", "353-366"), "353-366"),
        ("type", ("document", "article-journal"), "article-journal"),
        ("keyword", ("light, lamps", "Lamps, night"), "light, lamps, night"),
        ("note", ("With maps.", "In Dutch."), "With maps.; In Dutch."),
        ("volume", (None, "3"), "3"),
    ],
)
def test_the_better_value_is_taken(field: str, values: tuple[Any, ...], better: str) -> None:
    one = Record(id="a")
    records = [one.replace(**{field: value or getattr(one, field)}) for value in values]
    assert getattr(merged(*records), field) == better
    if field not in ("keyword", "note"):
        assert getattr(merged(*reversed(records)), field) == better


@pytest.mark.parametrize(
    ("dates", "better"),
    [
        (("2019", "2019-03-01", "2019-03"), "2019-03-01"),
        (
            ("2020", "2019-12-30", "2020-02"),
            "2020-02",
        ),  # two of the databases have the printed year
        (("n.d.", "2019"), "2019"),
    ],
)
def test_the_most_precise_date_of_the_usual_year(dates: tuple[str, ...], better: str) -> None:
    for order in permutations(dates):
        records = [Record(id=date, title="One", issued=date) for date in order]
        assert str(merged(*records).issued) == better


def test_names_are_completed_from_all_records() -> None:
    initials = Record(author=[Name.parse(one) for one in ("Roe, A. B.", "Doe, J", "Poe, E.A.")])
    full = Record(author=[Name.parse(one) for one in ("Roe, Ann Bea", "Doe, Jo")], et_al=["author"])
    found = merged(initials, full)
    assert [str(name) for name in found.author] == ["Roe, Ann Bea", "Doe, Jo", "Poe, E.A."]
    assert not found.et_al
    choice = next(one for one in merge([initials, full]).choices if one.field == "author")
    assert choice.source is None
    assert choice.others == ((0, initials.author), (1, full.author))


def test_another_person_with_the_same_family_name_changes_nothing() -> None:
    initials = Record(author="Roe, A.", title="Of lamps and lights")
    ann, alan = Record(author="Roe, Ann"), Record(author="Roe, Alan")
    assert str(merged(initials, Record(author="Roe, Bea")).author[0]) == "Roe, Bea"
    found = merge([Record(author=[Name.parse("Roe, A."), Name.parse("Doe, J.")]), ann, alan])
    assert [str(name) for name in found.record.author] == ["Roe, A.", "Doe, J."]


def test_the_title_of_a_journal_is_kept_in_both_forms() -> None:
    short = Record(container_title="J. Biol. Chem.", volume="3", title="One")
    full = Record(container_title="The Journal of Biological Chemistry")
    found = merged(short, full)
    assert found.container_title == "The Journal of Biological Chemistry"
    assert found.container_title_short == "J. Biol. Chem."


def test_other_journals_are_not_abbreviations() -> None:
    assert not abbreviates("J Hist", "Journal of Chemistry")
    assert not abbreviates("Light", "Light and Life")
    assert abbreviates("Dtsch Arztebl", "Deutsches Ärzteblatt") is False  # an umlaut is a letter


RECORDS = st.builds(
    Record,
    id=st.sampled_from("abc"),
    type=st.sampled_from(["book", "article", "document"]),
    title=st.sampled_from([None, "One", "ONE", "One: two", "[One]"]),
    author=st.sampled_from([(), "Roe, A.", "Roe, Ann", "Doe, J."]),
    issued=st.sampled_from([None, "2019", "2019-03", "2020", "n.d."]),
    container_title=st.sampled_from([None, "J. Biol.", "Journal of Biology"]),
    page=st.sampled_from([None, "12", "12-5", "12-15"]),
    doi=st.sampled_from([None, "10.1000/x", "https://doi.org/10.1000/X"]),
    keyword=st.sampled_from([None, "a, b", "B; c"]),
    note=st.sampled_from([None, "n", "m"]),
    extra=st.dictionaries(st.sampled_from(["x", "subtitle", "crossref"]), st.sampled_from("pq")),
)


@given(RECORDS, st.integers(1, 4))
def test_the_merge_of_equal_records_is_the_record(record: Record, count: int) -> None:
    found = merge([record] * count)
    assert found.record == record
    assert found.choices == ()


@given(st.lists(RECORDS, min_size=2, max_size=4), st.sampled_from(["complete", "newest", "order"]))
def test_no_value_is_lost(records: list[Record], keep: str) -> None:
    found = merge(records, keep=keep)
    reported = [(one.field, one.value, [value for _, value in one.others]) for one in found.choices]
    for record in records:
        for attribute, field in (
            *(("title", "title"), ("page", "page"), ("author", "author"), ("issued", "issued")),
            *(("container_title", "container-title"), ("type", "type")),
        ):
            value = getattr(record, attribute)
            if value and value != getattr(found.record, attribute):
                assert any(name == field and value in others for name, _, others in reported)
        for key, value in record.extra.items():
            if found.record.extra.get(key) != value:
                assert any(name == key and value in others for name, _, others in reported)
        ids = [found.record.id, *str(found.record.extra.get("ids", "")).split(",")]
        assert record.id in ids


def test_the_preferred_record_follows_the_rule() -> None:
    first = Record(id="first", title="One")
    most = Record(id="most", title="One", volume="1", issue="2")
    newest = Record(id="newest", title="One", extra={"timestamp": "2021-05-06"})
    records = [first, most, newest]
    assert merge(records).record.id == "most"
    assert merge(records, keep="newest").record.id == "newest"
    assert merge(records, keep="order").record.id == "first"
    assert merge(records, preferred=2).record.id == "newest"
    with pytest.raises(RecordValueError, match="no record 3"):
        merge(records, preferred=3)
    with pytest.raises(RecordValueError, match="no record to merge"):
        merge([])


# Libraries

BIB = """\
% My library
@string{pub = {Press}}
@preamble{"\\hyphenation{refuge}"}

@Book {Roe2019,
   title = "Of {Lamps}" , year=2019, publisher = pub,
}

% another edition of the entry above?
@string{other = "Other"}
@book{roe,
  title = {Of {Lamps}},
  year = {2019},
  publisher = pub,
  address = {Geneva},
}

@incollection{part, title={A part}, crossref={Roe2019}}

@misc{untouched,title=other # { things}} % inline
@comment{jabref-meta: grouping}
"""


def test_bibtex_keeps_everything_else_letter_for_letter() -> None:
    found = merge_groups(loads(BIB, "bibtex"), [(0, 1)])
    written = dumps(found.library, "bibtex")
    assert found.library.ids == ("roe", "part", "untouched")
    assert found.redirected == {"Roe2019": "roe"}
    assert written.startswith('% My library\n@string{pub = {Press}}\n@preamble{"\\hyphen')
    for text in (
        "% another edition of the entry above?\n",
        '@string{other = "Other"}\n',
        "@misc{untouched,title=other # { things}} % inline\n",
        "@comment{jabref-meta: grouping}\n",
    ):
        assert written.count(text) == 1
    again = loads(written, "bibtex")
    assert [again["roe"], again["untouched"]] == [found.library[0], found.library[2]]
    assert not again.problems
    assert again["part"].extra["crossref"] == "roe"
    assert again["part"].publisher_place == "Geneva", "it inherits from the merged entry"
    assert again["untouched"].title == "Other things"


def test_the_texts_before_a_last_entry_are_kept() -> None:
    library = loads("@book{a, title={A}, isbn={1}}\n% note\n@book{b, title={A}}\n% end\n", "bibtex")
    written = dumps(merge_groups(library, [(0, 1)]).library, "bibtex")
    assert written.endswith("}\n% note\n\n% end\n")


@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=8, unique=True), st.data())
def test_records_outside_the_groups_do_not_change(keys: list[str], data: st.DataObject) -> None:
    entries = [f'@Misc{{{key} ,\n  Title={{{key}}},note = "{key}"}}' for key in keys]
    library = loads("\n\n% text\n".join(entries), "bibtex")
    places = data.draw(
        st.lists(st.integers(0, len(keys) - 1), min_size=2, max_size=len(keys), unique=True)
    )
    found = merge_groups(library, [sorted(places)])
    written = dumps(found.library, "bibtex")
    outside = [place for place in range(len(keys)) if place not in places]
    assert [one for one in found.library if one.id in {keys[place] for place in outside}] == [
        library[place] for place in outside
    ]
    for place in outside:
        assert entries[place] in written
    assert written.count("% text\n") == len(keys) - 1


def test_groups_must_be_disjoint() -> None:
    library = [Record(id=one, title="One") for one in "abc"]
    with pytest.raises(RecordValueError, match="in two groups"):
        merge_groups(library, [(0, 1), (1, 2)])
    with pytest.raises(RecordValueError, match="no record 3"):
        merge_groups(library, [(0, 3)])


def test_references_of_containers_are_redirected() -> None:
    library = loads(
        "@book{a, title={A}}\n@book{b, title={A}, year=2001}\n@set{s, entryset={a,b,c}}\n"
        "@book{c, title={C}, related={a}}",
        "bibtex",
    )
    found = merge_groups(library, [(0, 1)]).library
    assert found["c"].extra["related"] == "b"
    assert [one.extra["entryset"] for one in (*found, *found.containers) if one.id == "s"] == [
        "b,c"
    ]


# Decisions about several groups

LAMPS = Record(title="Lamps of old houses", author="Ann Roe", issued=2019)


def _cases(*groups: tuple[int, ...]) -> list[Case]:
    return [
        Case(
            number,
            DuplicateGroup(positions, "", Certainty.POSSIBLE),
            [LAMPS.replace(id=str(place)) for place in positions],
            Keep.ORDER,
        )
        for number, positions in enumerate(groups, 1)
    ]


def test_decisions_about_groups_with_a_record_in_common_are_made_in_their_order() -> None:
    cases = _cases((0, 1), (0, 2), (3, 4))
    for case in cases:
        case.decision = Decision.MERGED
    assert decided(cases) == [Decided((0, 1, 2)), Decided((3, 4))]
    cases[1].decision, cases[1].chosen = Decision.CHOSEN, 1
    assert decided(cases)[0] == Decided((2,), frozenset((0, 1)))
    cases[1].chosen = 0
    assert decided(cases)[0] == Decided((0, 1), frozenset((2,)))
    assert Found(tuple(cases), ()).removed == 3


def test_a_dropped_record_is_removed_with_its_values() -> None:
    works = [LAMPS.replace(id="a"), LAMPS.replace(id="b", note="x"), LAMPS.replace(id="c", page=1)]
    found = merge_groups(works, [(0, 1, 2)], dropped={1})
    (record,) = found.library
    assert (record.id, record.note, record.page) == ("c", None, "1")
    assert found.groups[0].merged.preferred == 2
    assert found.redirected == {"a": "c", "b": "c"}
    assert list(merge_groups(works, [(0, 1)], dropped={1}).library) == [works[0], works[2]]
    with pytest.raises(RecordValueError, match="all records of the group"):
        merge_groups(works, [(0, 1)], dropped={0, 1})

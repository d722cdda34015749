"""`refcite.duplicates`: records of one work in the forms of databases, and similar works."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from refcite import Certainty, Library, Record, duplicates
from refcite.collection.duplicates import Agreement, compare_works, related_works
from refcite.collection.duplicates.judgement import judge
from refcite.collection.duplicates.prepared import prepare
from refcite.collection.duplicates.screening import are_excluded
from tests.collection.variations import OTHERS, SAME, without_identifier, works

ARTICLE = Record(
    type="article-journal",
    title="The slow lamps of Kraków: a history of street light",
    author=["Wójcik, Anna", "de la Cruz, José", "Chaikovskii, Petr"],
    issued=2014,
    container_title="European Journal of Urban History",
    volume=12,
    issue=3,
    page="412-419",
    doi="10.5555/ejuh.2014.0412",
)
WORKS = list(works(60, seed=11))
SURE = (Certainty.CERTAIN, Certainty.LIKELY)


def certainty(one: Record, other: Record) -> Certainty | None:
    return compare_works(one, other).certainty


# One work


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("has_doi", [True, False], ids=["doi", "no-doi"])
def test_the_form_of_a_database_is_the_same_work(name: str, has_doi: bool) -> None:
    for number, work in enumerate(WORKS):
        other = SAME[name](Random(number), work)
        if not has_doi:
            other = without_identifier(Random(number), other)
        assert certainty(work, other) in SURE, (name, work, other)


@pytest.mark.parametrize(
    "changes",
    [
        {"page": "412-9", "doi": None},
        {"container_title": "Eur. J. Urban Hist.", "doi": None},
        {"doi": "https://doi.org/10.5555/EJUH.2014.0412"},
        {"title": "The slow lamps of Krak&oacute;w - a history of street light", "doi": None},
        {"title": "RETRACTED: The slow lamps of Kraków: a history of street light"},
        {"author": ["Wojcik, A", "Cruz, JDL"], "et_al": ["author"], "doi": None},
        {"volume": "12 (3) (no pagination)", "page": None, "doi": None},
        {"issued": "2013-12-30", "volume": None, "issue": None, "page": None, "doi": None},
    ],
    ids=lambda changes: ", ".join(changes),
)
def test_a_known_difference_within_one_work(changes: dict[str, Any]) -> None:
    assert certainty(ARTICLE, ARTICLE.replace(**changes)) in SURE


# Other works


@pytest.mark.parametrize("name", OTHERS)
def test_a_similar_work_is_not_the_same(name: str) -> None:
    for number, work in enumerate(WORKS):
        other = OTHERS[name](Random(number), work)
        assert certainty(work, other) not in SURE, (name, work, other)


@pytest.mark.parametrize(
    ("changes", "relation"),
    [
        ({"container_title": "medRxiv", "doi": "10.1101/2013.11.01.99"}, "preprint and article"),
        ({"title": f"Erratum to: {ARTICLE.title}", "doi": None}, "erratum and article"),
        ({"title": f"Comment on “{ARTICLE.title}”", "doi": None}, "comment and article"),
        ({"type": "thesis", "container_title": None, "doi": None, "page": None, "volume": None},
         "thesis and article"),
        ({"type": "paper-conference", "container_title": "Proceedings of Lamps 2013",
          "page": "1-8", "doi": None}, "conference paper and journal article"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_related_works_are_listed_and_not_grouped(changes: dict[str, Any], relation: str) -> None:
    library = Library([ARTICLE, ARTICLE.replace(**changes)])
    assert duplicates(library) == ()
    (found,) = related_works(library)
    assert (found.positions, found.relation) == ((0, 1), relation)


BOOK = Record(
    type="book", title="Handbook of street light", author="Anna Wójcik", issued=2001, edition="1",
    publisher="Lamp Press",
)  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        BOOK.replace(edition="Second edition", issued=2008),
        BOOK.replace(title="Handbook of street light, volume 2"),
        BOOK.replace(type="chapter", container_title="Handbook of street light", page="3-20"),
        BOOK.replace(type="review-book", container_title="Light Reviews", author="Max Poe"),
    ],
    ids=["edition", "volume", "chapter", "review"],
)
def test_another_part_or_form_of_a_book_is_another_work(other: Record) -> None:
    assert certainty(BOOK, other) not in SURE


def test_reports_of_two_years_or_months_are_different_works() -> None:
    report = Record(type="report", title="Country report on the courts of Lapland",
                    author="{Lamp Institute}", issued="2018-03",
                    url="https://lamp.example/1")  # fmt: skip
    for date in ("2019-03", "2018-09"):
        assert certainty(report, report.replace(issued=date)) not in SURE
    assert certainty(report, report.replace(url="https://mirror.example/1")) in SURE


def test_a_column_with_the_same_title_and_page_in_another_issue_is_another_work() -> None:
    column = Record(type="article-journal", title="From the president", author="Anna Wójcik",
                    issued=1998, container_title="Lamp News", volume=9, issue=1,
                    page="5")  # fmt: skip
    assert certainty(column, column.replace(issue="2")) not in SURE
    assert certainty(column, column.replace(volume="10", issued=1999)) not in SURE
    assert certainty(column, column.replace(page="5-5")) in SURE
    monthly = column.replace(issued="1998-01", author=[])
    assert certainty(monthly, monthly.replace(issue="2", issued="1998-04")) is None
    long = column.replace(title="Report on the lamps of the northern towns", issued="1998-01")
    assert certainty(long, long.replace(issue="2", issued="1998-04", page="44")) is None
    assert certainty(long, long.replace(title="Greetings", issue="2")) is None


def test_one_doi_for_two_titles_of_other_authors_is_an_error_of_the_source() -> None:
    other = ARTICLE.replace(title="Bridges in the north", author="Max Poe", page="1-9", issued=2016)
    assert certainty(ARTICLE, other) is None


# Groups


def test_positions_ascend_and_each_record_is_in_one_group() -> None:
    other = Record(type="book", title="An unrelated and very different book", author="Max Poe")
    library = Library([other, ARTICLE, ARTICLE.replace(doi=None), ARTICLE.replace(page="412-9")])
    (group,) = duplicates(library)
    assert group.positions == (1, 2, 3)
    assert group.certainty is Certainty.CERTAIN


def test_a_record_between_two_works_does_not_unite_them() -> None:
    abstract = ARTICLE.replace(volume="11", page="S77", doi=None, issue=None)
    unplaced = ARTICLE.replace(volume=None, page=None, issue=None, doi=None)
    groups = duplicates([ARTICLE, unplaced, abstract], certainty="likely")
    assert all(not {0, 2} <= set(group.positions) for group in groups)
    assert len(groups) == 1


def test_possible_groups_are_no_chains() -> None:
    # The same title in three journals; the first and the third have different volumes and pages.
    one = ARTICLE.replace(doi=None, container_title="Lamps", volume=1, page="5-9", issue=None)
    two = one.replace(container_title="Light", volume=None, page=None)
    three = one.replace(container_title="Sun", volume=8, page="77")
    groups = duplicates([one, two, three])
    assert [group.positions for group in groups] == [(0, 1), (1, 2)]
    assert {group.certainty for group in groups} == {Certainty.POSSIBLE}
    # If all pairs are possible, the three are one group.
    groups = duplicates([one, two, three.replace(volume=None, page=None)])
    assert [group.positions for group in groups] == [(0, 1, 2)]


def test_pairs_that_are_excluded_by_numbers_are_no_work() -> None:
    library = [one.replace(page=page) for one in WORKS[:20] for page in (one.page, None, "e7")]
    for number, work in enumerate(WORKS[:20]):
        random = Random(number)
        library += [change(random, work) for change in (*SAME.values(), *OTHERS.values())]
    prepared = [prepare(record) for record in library]
    excluded = 0
    for place, one in enumerate(prepared):
        for other in prepared[place + 1 :: 3]:
            if are_excluded(one, other):
                excluded += 1
                verdict = judge(one, other)
                assert verdict is None or not (verdict.certainty or verdict.relation)
    assert excluded > 10_000


def test_the_lowest_certainty_can_be_set() -> None:
    library = [ARTICLE, ARTICLE.replace(doi=None, page=None, volume=None, issue=None)]
    assert [group.certainty for group in duplicates(library)] == [Certainty.LIKELY]
    assert duplicates(library, certainty="certain") == ()
    with pytest.raises(ValueError, match="sure"):
        duplicates(library, certainty="sure")


def test_a_preprint_is_grouped_with_its_article_on_request() -> None:
    preprint = ARTICLE.replace(container_title="medRxiv", doi="10.1101/2013.11.01.99", volume=None)
    assert duplicates([ARTICLE, preprint], preprints=True)


def test_generated_libraries_are_grouped_with_few_errors() -> None:
    library, work_of = _library(count=1200, seed=3)
    groups = [group.positions for group in duplicates(library, certainty="likely")]
    sizes = Counter(work_of)
    needed = {place for place, work in enumerate(work_of) if sizes[work] > 1}
    found = needed.intersection(*[{place for group in groups for place in group}])
    assert len(found) >= 0.97 * len(needed)
    assert [group for group in groups if len({work_of[place] for place in group}) > 1] == []


def _library(count: int, seed: int) -> tuple[list[Record], list[int]]:
    """Return records with the numbers of their works; each has up to two changes."""
    random = Random(seed)
    library: list[Record] = []
    work_of: list[int] = []
    for number, work in enumerate(works(count, seed)):
        library.append(work)
        work_of.append(number)
        for _ in range(random.randrange(3)):
            record = SAME[random.choice(list(SAME))](random, work)
            library.append(without_identifier(random, record) if random.random() < 0.5 else record)
            work_of.append(number)
        if random.random() < 0.5:
            library.append(OTHERS[random.choice(list(OTHERS))](random, work))
            work_of.append(-len(library))
    return library, work_of


def test_many_equal_records_take_a_linear_number_of_comparisons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0

    def counted(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        return judge(*args, **options)

    monkeypatch.setattr("refcite.collection.duplicates.search.judge", counted)
    (group,) = duplicates([ARTICLE] * 400)
    assert len(group.positions) == 400
    small = calls
    calls = 0
    duplicates([ARTICLE] * 800)
    assert calls < 2.5 * small


# Fields


def test_fields_are_compared_side_by_side() -> None:
    other = ARTICLE.replace(
        container_title="Eur J Urban Hist", page="412-9", doi=None, volume="13", issued="2014-05"
    )
    found = {one.field: one for one in compare_works(ARTICLE, other).fields}
    assert found["title"].agreement is Agreement.SAME
    assert found["page"].agreement is Agreement.SAME
    assert found["page"].reason == "written in another form"
    assert found["container-title"].agreement is Agreement.SAME
    assert found["issued"].agreement is Agreement.SIMILAR
    assert found["volume"].agreement is Agreement.DIFFERENT
    assert found["DOI"].agreement is Agreement.MISSING
    assert (found["volume"].before, found["volume"].after) == ("12", "13")


@pytest.mark.parametrize(
    "values", [{}, {"title": "UNKNOWN"}, {"title": "Editorial", "issued": 2001}]
)
def test_records_with_hardly_any_values_are_not_one_work(values: dict[str, Any]) -> None:
    assert duplicates([Record(**values), Record(**values)], certainty="likely") == ()

"""The decision whether two records describe the same work, with the reason in words.

The rules use the fields of which databases give different forms, and never a sum of weights: so
each decision has a reason, and a field that is missing is no evidence.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from refcite.collection.duplicates.evidence import Evidence, evidence_of
from refcite.collection.duplicates.kinds import relation_of_kinds
from refcite.collection.duplicates.numbering import NumberRelation, series_numbers
from refcite.collection.duplicates.people import PeopleRelation
from refcite.collection.duplicates.prepared import Prepared
from refcite.collection.duplicates.screening import have_one_identifier
from refcite.collection.duplicates.titles import TitleRelation, compare_titles
from refcite.collection.duplicates.values import Certainty
from refcite.dates import Date

__all__ = ["Verdict", "judge"]

_DIFFERENT: Final = NumberRelation.DIFFERENT
_MISSING: Final = NumberRelation.MISSING
_SAME: Final = NumberRelation.SAME
_PERIODICAL: Final = frozenset(("article", "conference", "chapter", "preprint", "review", ""))
"""Kinds that are published online and in print, possibly in two years."""
_DATED: Final = frozenset(("news", "web", "report", "law", "recording", "letter", "interview"))
"""Kinds of which several with the same title are published within a year."""
_UNNUMBERED: Final = frozenset(("book", "report", "thesis", "web", "standard", "software"))
"""Kinds without a journal, of which an edition or a volume is another work."""
_LONG_TITLE: Final = 5
"""Content words of a title that other works hardly have."""
_MOST_UPDATES: Final = 2
"""Years between two versions of a Cochrane review that databases list as one."""


class Verdict(NamedTuple):
    """Whether two records describe the same work.

    Attributes:
        certainty: How certain it is that they do; None if they do not.
        relation: The relation of two works that are not the same, otherwise None.
        evidence: How their fields relate to each other.
    """

    certainty: Certainty | None
    relation: str | None
    evidence: Evidence


def judge(one: Prepared, other: Prepared, *, preprints: bool = False) -> Verdict | None:
    """Return whether two records describe the same work; None if nothing suggests it.

    Args:
        one: The first record.
        other: The second record.
        preprints: Whether a preprint and the article are the same work.
    """
    titles = compare_titles(one.titles, other.titles)
    # Neither one work nor related works have titles that are only similar, without a number.
    if titles <= TitleRelation.SIMILAR and not _share_number(one, other):
        return None
    found = evidence_of(one, other, titles)
    relation = _relation(one, other, found, preprints=preprints)
    if relation is not None:
        is_related = titles >= TitleRelation.SHORTENED and found.people >= PeopleRelation.MISSING
        return Verdict(None, relation if is_related else None, found)
    certainty = _certainty(one, other, found, preprints=preprints)
    if certainty is not None and (found.isbns is _DIFFERENT or _series_differ(one, other)):
        certainty = _of_two_books(one, other, found, certainty)
    return Verdict(certainty, None, found)


def _share_number(one: Prepared, other: Prepared) -> bool:
    """Return whether two records have an identifier, or the volume and pages, in common."""
    return have_one_identifier(one, other) or (
        one.pages is not None
        and other.pages is not None
        and one.pages.figure == other.pages.figure
        and one.volume == other.volume
    )


def _relation(one: Prepared, other: Prepared, found: Evidence, *, preprints: bool) -> str | None:
    """Return the relation of two works that are never the same."""
    if one.notice != other.notice:
        first = one.notice or other.notice
        second = other.notice if one.notice else ""
        return f"{first} and {second or 'article'}"
    relation = relation_of_kinds(one.kind, other.kind)
    if relation is None:
        return _parts(one, other, found)
    kinds = {one.kind, other.kind}
    if "preprint" in kinds:
        return (
            None
            if preprints and kinds <= {"preprint", "article", "conference", "chapter"}
            else relation
        )
    if _share_identifier(found) or _agree_in_place(found):
        # A database has another type; but a chapter may have the DOI or the pages of its book.
        return relation if kinds == {"book", "chapter"} and found.pages is _DIFFERENT else None
    if kinds == {"conference", "article"} and found.container is _SAME:
        return None
    if "" in kinds:
        return None
    return relation


def _parts(one: Prepared, other: Prepared, found: Evidence) -> str | None:
    """Return the relation of two editions or volumes of a book, or of versions of another work."""
    if one.kind in _UNNUMBERED or other.kind in _UNNUMBERED:
        if one.edition and other.edition and one.edition != other.edition:
            return "editions of one work"
        if one.volume and other.volume and one.volume != other.volume:
            return "volumes of one work"
    first, second = one.record, other.record
    for attribute in ("number", "part_number", "chapter_number"):
        if (
            one.kind in ("law", "standard", "patent", "report", "preprint", "book")
            and one.kind == other.kind
        ):
            value, partner = getattr(first, attribute), getattr(second, attribute)
            if value and partner and value.casefold() != partner.casefold():
                return "works of one series"
    if (
        (first.version and second.version)
        and first.version != second.version
        and one.kind == "software"
    ):
        return "versions of one work"
    return None


def _share_identifier(found: Evidence) -> bool:
    return found.dois is _SAME or found.pmids is _SAME or found.arxiv is _SAME


def _agree_in_place(found: Evidence) -> bool:
    """Return whether the first page agrees, and the volume is not different."""
    return found.pages is _SAME and found.volumes is not _DIFFERENT


def _certainty(
    one: Prepared, other: Prepared, found: Evidence, *, preprints: bool
) -> Certainty | None:
    is_described = found.people is PeopleRelation.ALL and found.years == 0
    if is_described and found.titles is TitleRelation.SAME and _are_equal(one, other):
        return Certainty.CERTAIN
    if one.is_generic or other.is_generic:
        return _of_generic(found)
    if found.people is PeopleRelation.DIFFERENT:
        return _of_others(one, found)
    if _share_identifier(found):
        return _of_identifier(found)
    if found.dois is _DIFFERENT or found.pmids is _DIFFERENT:
        return _of_two_identifiers(one, other, found, preprints=preprints)
    if _dates_differ(one, other):
        return None
    return _of_description(one, other, found)


def _of_two_books(
    one: Prepared, other: Prepared, found: Evidence, certainty: Certainty
) -> Certainty:
    """Return the certainty of two works with different ISBNs or numbers in a series of books.

    They may be a bound and an electronic copy of one edition, or two editions or volumes.
    """
    if _share_identifier(found):
        return certainty
    highest = Certainty.POSSIBLE if "book" in (one.kind, other.kind) else Certainty.LIKELY
    return min(certainty, highest, key=lambda value: value.rank)


def _series_differ(one: Prepared, other: Prepared) -> bool:
    """Return whether two books or reports have different numbers in a series."""
    if one.kind not in _UNNUMBERED or other.kind not in _UNNUMBERED:
        return False
    first, second = one.record.collection_number, other.record.collection_number
    if not first or not second or first == second:
        return False
    numbers, others = series_numbers(first), series_numbers(second)
    return bool(numbers and others) and numbers != others


def _are_equal(one: Prepared, other: Prepared) -> bool:
    """Return whether two records have the same type and variables; their ids may differ."""
    first, second = one.record, other.record
    return first.type == second.type and first.variables() == second.variables()


def _of_generic(found: Evidence) -> Certainty | None:
    """Return the certainty of two works with a title such as `Editorial`, or without one."""
    if found.titles < TitleRelation.NEAR and found.titles is not TitleRelation.MISSING:
        return None
    if found.people is PeopleRelation.DIFFERENT:
        return None
    if found.dois is _DIFFERENT or found.pmids is _DIFFERENT or found.pages is _DIFFERENT:
        return None
    if found.years > 1 or found.container is _DIFFERENT or found.volumes is _DIFFERENT:
        return None
    if found.titles is TitleRelation.MISSING:
        is_same = _share_identifier(found) and found.people >= PeopleRelation.FIRST
        return Certainty.LIKELY if is_same else None
    if _share_identifier(found):
        return Certainty.CERTAIN if found.people >= PeopleRelation.FIRST else Certainty.LIKELY
    if found.pages is _SAME and found.volumes is _SAME and found.container is _SAME:
        if found.people >= PeopleRelation.FIRST:
            return Certainty.CERTAIN if found.years == 0 else Certainty.LIKELY
        return Certainty.LIKELY if found.years == 0 else Certainty.POSSIBLE
    is_described = found.people >= PeopleRelation.ALL and found.years == 0
    return Certainty.POSSIBLE if is_described and found.container is _SAME else None


def _of_others(one: Prepared, found: Evidence) -> Certainty | None:
    """Return the certainty of two works whose authors differ."""
    if found.titles < TitleRelation.NEAR or len(one.content) < _LONG_TITLE:
        return None
    is_placed = found.pages is _SAME and found.volumes is _SAME and found.years in (0, 1)
    if is_placed and found.container is not _DIFFERENT and found.dois is not _DIFFERENT:
        return Certainty.LIKELY if found.dois is _SAME else Certainty.POSSIBLE
    return Certainty.POSSIBLE if _share_identifier(found) else None


def _of_identifier(found: Evidence) -> Certainty | None:
    """Return the certainty of two works with the same DOI or number in PubMed."""
    is_contradicted = found.dois is _DIFFERENT or found.pmids is _DIFFERENT
    if found.titles >= TitleRelation.SHORTENED:
        return Certainty.LIKELY if is_contradicted else Certainty.CERTAIN
    is_known = found.people >= PeopleRelation.FIRST and found.years in (-1, 0, 1)
    if found.titles is TitleRelation.SIMILAR:
        return (
            Certainty.LIKELY if is_known and found.pages is not _DIFFERENT else Certainty.POSSIBLE
        )
    # A translated title. The DOI of a book or a supplement is also that of its chapters.
    if is_known and _agree_in_place(found):
        return Certainty.LIKELY
    is_possible = found.people is PeopleRelation.ALL and found.pages is not _DIFFERENT
    return Certainty.POSSIBLE if is_possible and found.years == 0 else None


def _of_two_identifiers(
    one: Prepared, other: Prepared, found: Evidence, *, preprints: bool
) -> Certainty | None:
    """Return the certainty of two works with different DOIs or numbers in PubMed."""
    is_known = found.people >= PeopleRelation.FIRST and found.titles >= TitleRelation.NEAR
    if not is_known:
        return None
    if preprints and (one.kind == "preprint") != (other.kind == "preprint"):
        return Certainty.LIKELY if found.years in (-1, 0, 1, 2) else Certainty.POSSIBLE
    if one.cochrane and one.cochrane == other.cochrane:
        return Certainty.LIKELY if 0 <= found.years <= _MOST_UPDATES else None
    if found.years > 1 or found.container is _DIFFERENT:
        return None
    if found.volumes is _SAME and found.pages is _SAME and found.pmids is not _DIFFERENT:
        # Two registrations of one article, such as those of JSTOR and of the publisher.
        return Certainty.LIKELY
    is_different = found.volumes is _DIFFERENT or found.pages is _DIFFERENT
    is_possible = found.container is _SAME and found.years == 0 and not is_different
    return Certainty.POSSIBLE if is_possible else None


def _dates_differ(one: Prepared, other: Prepared) -> bool:
    """Return whether two texts with the same title were published on different days."""
    if one.kind not in _DATED and other.kind not in _DATED:
        return False
    first, second = one.record.issued, other.record.issued
    if first is None or second is None or first.year is None or second.year is None:
        return False
    return any(
        part is not None and partner is not None and part != partner
        for part, partner in zip(_day_of(first), _day_of(second), strict=True)
    )


def _months_differ(one: Prepared, other: Prepared) -> bool:
    """Return whether two works were published in different months."""
    first, second = one.record.issued, other.record.issued
    if first is None or second is None:
        return False
    months = first.month, second.month
    return None not in months and months[0] != months[1]


def _day_of(date: Date) -> tuple[int | None, int | None, int | None]:
    return date.year, date.month, date.day


def _of_description(one: Prepared, other: Prepared, found: Evidence) -> Certainty | None:
    """Return the certainty of two works without an identifier in common."""
    titles, people = found.titles, found.people
    is_placed = _agree_in_place(found)
    is_near = found.years == 0 or (found.years == 1 and _is_periodical(one, other))
    if titles <= TitleRelation.SIMILAR:
        return _of_other_titles(found)
    is_column = found.pages is _DIFFERENT or len(one.content) < _LONG_TITLE
    if is_column and found.issues is _DIFFERENT and _months_differ(one, other):
        return None  # it is in each issue of the journal
    if is_placed and (found.volumes is _SAME or people >= PeopleRelation.FIRST):
        return _of_place(one, other, found, is_near=is_near)
    differences = (found.volumes is _DIFFERENT) + (found.pages is _DIFFERENT)
    if found.container is _DIFFERENT:
        is_possible = not differences and found.years == 0 and people >= PeopleRelation.FIRST
        return Certainty.POSSIBLE if is_possible and titles >= TitleRelation.NEAR else None
    if differences == 2 or found.years > 1:
        return None
    if differences:
        return _of_one_difference(one, found)
    if people < PeopleRelation.FIRST:
        return _of_unknown_people(one, other, found)
    return _of_no_difference(one, other, found, is_near=is_near)


def _is_periodical(one: Prepared, other: Prepared) -> bool:
    return one.kind in _PERIODICAL and other.kind in _PERIODICAL


def _of_other_titles(found: Evidence) -> Certainty | None:
    """Return the certainty if titles differ: one may be a translation."""
    is_described = (
        found.people is PeopleRelation.ALL
        and found.pages is _SAME
        and found.volumes is _SAME
        and found.container is _SAME
        and found.years == 0
    )
    if not is_described:
        return None
    if found.issues is _DIFFERENT:
        return Certainty.POSSIBLE if found.titles is TitleRelation.SIMILAR else None
    return Certainty.LIKELY if found.titles is TitleRelation.SIMILAR else Certainty.POSSIBLE


def _of_place(
    one: Prepared, other: Prepared, found: Evidence, *, is_near: bool
) -> Certainty | None:
    """Return the certainty if the first pages agree, and volumes do not differ."""
    if len(one.content) < _LONG_TITLE and found.issues is _DIFFERENT:
        # A column of a journal, which is on the same page in each issue.
        return Certainty.POSSIBLE if found.years == 0 else None
    is_anonymous = found.people < PeopleRelation.FIRST
    if is_anonymous and (len(one.content) < _LONG_TITLE or found.issues is _DIFFERENT):
        is_possible = found.years == 0 and found.container is not _DIFFERENT
        return Certainty.POSSIBLE if is_possible else None
    is_whole = (
        found.volumes is _SAME
        and found.container is _SAME
        and found.years == 0
        and found.people >= PeopleRelation.FIRST
        and found.titles >= TitleRelation.NEAR
    )
    if is_whole:
        return Certainty.CERTAIN
    if found.container is _DIFFERENT and found.volumes is not _SAME and found.pages is _SAME:
        is_likely = found.people >= PeopleRelation.FIRST and found.years == 0
        is_whole_range = (
            one.pages is not None
            and other.pages is not None
            and (one.pages.last == other.pages.last != "")
        )
        if is_likely and is_whole_range and len(one.content) >= _LONG_TITLE:
            return Certainty.LIKELY
        return Certainty.POSSIBLE if is_likely else None
    if is_near or found.years == -1 or found.volumes is _SAME:
        return Certainty.LIKELY
    return Certainty.POSSIBLE


def _of_one_difference(one: Prepared, found: Evidence) -> Certainty | None:
    """Return the certainty if volumes or pages differ."""
    is_described = (
        found.container is _SAME
        and found.years in (0, 1)
        and found.people >= PeopleRelation.FIRST
        and found.titles >= TitleRelation.NEAR
    )
    if not is_described:
        return None
    if len(one.content) < _LONG_TITLE and (
        found.issues is _DIFFERENT or (found.volumes is _DIFFERENT and found.years != 0)
    ):
        return None
    if found.volumes is _DIFFERENT:
        # The abstract at a conference has another volume than the article, and other pages.
        # A column of a journal may be on the same page each year.
        is_likely = found.pages is _SAME and len(one.content) >= _LONG_TITLE
        return Certainty.LIKELY if is_likely else Certainty.POSSIBLE
    is_same_issue = found.volumes is _SAME and found.issues is _SAME and found.years == 0
    if is_same_issue and found.people is PeopleRelation.ALL and len(one.content) >= _LONG_TITLE:
        return Certainty.LIKELY
    return Certainty.POSSIBLE


def _of_unknown_people(one: Prepared, other: Prepared, found: Evidence) -> Certainty | None:
    """Return the certainty if a list of authors is missing, or few of them agree."""
    if found.titles < TitleRelation.NEAR or found.years != 0:
        return None
    is_long = len(one.content) >= _LONG_TITLE
    if found.container is _SAME and is_long:
        is_placed = found.volumes is _SAME or found.pages is _SAME
        return Certainty.LIKELY if is_placed else Certainty.POSSIBLE
    if _have_one_publisher(one, other) and found.people is PeopleRelation.MISSING:
        return Certainty.LIKELY
    return Certainty.POSSIBLE if is_long else None


def _have_one_publisher(one: Prepared, other: Prepared) -> bool:
    """Return whether neither record has an author, and both the same publisher or URL."""
    if one.people is not None or other.people is not None:
        return False
    first, second = one.record, other.record
    if first.url and second.url and first.url.rstrip("/") == second.url.rstrip("/"):
        return True
    return bool(
        first.publisher
        and second.publisher
        and first.publisher.casefold() == second.publisher.casefold()
    )


def _of_no_difference(
    one: Prepared, other: Prepared, found: Evidence, *, is_near: bool
) -> Certainty | None:
    """Return the certainty if titles and first authors agree, and no other field differs."""
    titles = found.titles
    is_confirmed = found.container is _SAME or found.volumes is _SAME or found.isbns is _SAME
    is_isbn = found.isbns is _SAME and one.kind == other.kind == "book"
    if is_isbn and titles >= TitleRelation.NEAR and found.years == 0:
        return Certainty.CERTAIN
    if one.edition != other.edition and found.years != 0 and one.kind in _UNNUMBERED:
        return Certainty.POSSIBLE
    if (one.volume == "") != (other.volume == "") and one.kind == other.kind == "book":
        return Certainty.POSSIBLE
    if titles is TitleRelation.SAME:
        if found.years == 0:
            return Certainty.LIKELY
        if is_confirmed and (is_near or found.years == -1):
            return Certainty.LIKELY
        return Certainty.POSSIBLE if is_near or found.years == -1 else None
    if titles is TitleRelation.NEAR:
        is_likely = found.people is PeopleRelation.ALL and found.years == 0 and is_confirmed
        return Certainty.LIKELY if is_likely else Certainty.POSSIBLE if is_near else None
    is_likely = found.people is PeopleRelation.ALL and found.years == 0 and is_confirmed
    if is_likely:
        return Certainty.LIKELY
    return Certainty.POSSIBLE if found.years == 0 else None

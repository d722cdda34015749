"""The values that the search for duplicates returns."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from attrs import frozen

__all__ = [
    "Agreement",
    "Certainty",
    "Comparison",
    "DuplicateGroup",
    "FieldComparison",
    "RelatedWorks",
]


class Certainty(StrEnum):
    """How certain it is that records describe the same work; the members are also text.

    - `certain`: an identifier and the description agree, or all of the description.
    - `likely`: the description agrees, and the differences are those of databases.
    - `possible`: some of the description is missing or differs; a person has to look at it.

    Example:
        >>> from refcite.collection.duplicates import Certainty
        >>> Certainty("likely") is Certainty.LIKELY, Certainty.LIKELY == "likely"
        (True, True)
        >>> Certainty.CERTAIN.is_at_least("likely"), Certainty.POSSIBLE.is_at_least("likely")
        (True, False)
        >>> [one.value for one in sorted(Certainty, key=lambda one: one.rank)]
        ['possible', 'likely', 'certain']
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """The place in the order of certainty: 0 for `possible`, 2 for `certain`."""
        return _RANKS[self]

    def is_at_least(self, other: Certainty | str) -> bool:
        """Return whether this certainty is the same as another one or higher.

        Args:
            other: A certainty, or its name.

        Raises:
            ValueError: There is no certainty of this name.

        Example:
            >>> from refcite.collection.duplicates import Certainty
            >>> Certainty.LIKELY.is_at_least("possible")
            True
        """
        return self.rank >= Certainty(other).rank


_RANKS: Final = {Certainty.POSSIBLE: 0, Certainty.LIKELY: 1, Certainty.CERTAIN: 2}


@frozen
class DuplicateGroup:
    """Records of a library that describe the same work.

    Attributes:
        positions: The positions of the records in the library, counted from 0, in ascending order;
            two or more.
        reason: Why they are one work, in words, such as `same DOI`.
        certainty: How certain this is: the lowest certainty that holds the group together.

    Example:
        >>> from refcite import Library, Record, duplicates
        >>> one = Record(id="a", title="The castle", author="Franz Kafka", doi="10.1000/1")
        >>> (group,) = duplicates(Library([one, one.replace(id="b", author="Kafka, F.")]))
        >>> group.positions, group.reason, group.certainty.value
        ((0, 1), 'same DOI, titles and authors agree', 'certain')
    """

    positions: tuple[int, ...]
    reason: str
    certainty: Certainty


class Agreement(StrEnum):
    """How the values of a field in two records relate to each other.

    - `same`: they are equal after normalisation, such as `12-5` and `12–15`.
    - `similar`: they can describe the same work, such as a title with and without subtitle.
    - `different`: they differ.
    - `missing`: one of the records has no value, or neither has one.

    Example:
        >>> from refcite.collection.duplicates import Agreement
        >>> Agreement("same") is Agreement.SAME
        True
    """

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"
    MISSING = "missing"


@frozen
class FieldComparison:
    """A field of two records that are compared.

    Attributes:
        field: CSL's name of the variable, such as `container-title`, or `type`.
        agreement: How the values relate to each other.
        before: The value in the first record, None if it has none.
        after: The value in the second record, None if it has none.
        reason: Why, in words, if the values are not equal as they are; otherwise empty.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.duplicates import compare_works
        >>> found = compare_works(Record(page="12-5"), Record(page="12–15"))
        >>> next(one for one in found.fields if one.field == "page").reason
        'written in another form'
    """

    field: str
    agreement: Agreement
    before: Any
    after: Any
    reason: str = ""


@frozen
class Comparison:
    """The comparison of two records: whether they describe the same work, and why.

    Attributes:
        certainty: How certain it is that they describe the same work; None if they do not.
        reason: The reason in words, also if they are different works.
        relation: The relation of two works that are not the same, such as `preprint and article`;
            otherwise None.
        fields: The compared fields that at least one of the records has.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.duplicates import compare_works
        >>> one = Record(type="book", title="The Castle", author="Franz Kafka", issued=1926)
        >>> found = compare_works(one, one.replace(title="The Trial"))
        >>> found.certainty, found.reason
        (None, 'years and authors agree; titles differ')
    """

    certainty: Certainty | None
    reason: str
    relation: str | None
    fields: tuple[FieldComparison, ...]


@frozen
class RelatedWorks:
    """Two records of a library that describe related works, but not the same work.

    Attributes:
        positions: The positions of the two records in the library, counted from 0, ascending.
        relation: The relation in words, such as `preprint and article`.

    Example:
        >>> from refcite import Library, Record
        >>> from refcite.collection.duplicates import related_works
        >>> article = Record(id="a", type="article-journal", title="Lamps of old houses",
        ...                  author="Ann Roe", issued=2019, container_title="Light")
        >>> erratum = article.replace(id="b", title="Erratum: Lamps of old houses")
        >>> related_works(Library([article, erratum]))
        (RelatedWorks(positions=(0, 1), relation='erratum and article'),)
    """

    positions: tuple[int, int]
    relation: str

"""The contents of a library in numbers: types, years, sources, languages, and missing fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from refcite.record import Record
from refcite.richtext import plain

__all__ = ["NEEDED", "Stats", "stats_of"]

_GENERAL: Final = (("author", "editor"), ("title",), ("issued",))
_IN_CONTAINER: Final = (*_GENERAL, ("container_title",))
_PUBLISHED: Final = (*_GENERAL, ("publisher",))
_ON_THE_WEB: Final = (*_GENERAL, ("url", "doi"))
_SERIAL: Final = (*_IN_CONTAINER, ("doi", "url"))

NEEDED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "article-journal": _SERIAL,
    "article": _ON_THE_WEB,
    "article-magazine": _IN_CONTAINER,
    "article-newspaper": _IN_CONTAINER,
    "book": _PUBLISHED,
    "chapter": _IN_CONTAINER,
    "dataset": _ON_THE_WEB,
    "entry-dictionary": _IN_CONTAINER[1:],
    "entry-encyclopedia": _IN_CONTAINER[1:],
    "legal_case": (("title",), ("issued",)),
    "legislation": (("title",), ("issued",)),
    "paper-conference": _IN_CONTAINER,
    "periodical": (("title",),),
    "post-weblog": _ON_THE_WEB,
    "report": _PUBLISHED,
    "review": _IN_CONTAINER,
    "software": _ON_THE_WEB,
    "thesis": _PUBLISHED,
    "treaty": (("title",), ("issued",)),
    "webpage": (("title",), ("url",)),
}
"""The fields that a record of each type usually has; one of several attributes is enough."""


@frozen
class Stats:
    """The numbers of a library.

    Attributes:
        records: The number of records.
        types: The number of records of each type, the most frequent first.
        years: The number of records of each year in which they were issued, in order.
        without_year: The number of records without a year.
        sources: The number of records of each container, or publisher if they have no container.
        without_source: The number of records with neither.
        languages: The number of records in each language.
        without_language: The number of records whose language is not known.
        missing: For each type, the number of records that lack a usual field of this type.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.stats import stats_of
        >>> stats = stats_of([Record(type="book", title="One", issued=2010, publisher="Orb"),
        ...                   Record(type="book", title="Two")])
        >>> stats.types, stats.years, stats.missing["book"]
        ({'book': 2}, {2010: 1}, {'author/editor': 2, 'issued': 1, 'publisher': 1})
    """

    records: int
    types: dict[str, int]
    years: dict[int, int]
    without_year: int
    sources: dict[str, int]
    without_source: int
    languages: dict[str, int]
    without_language: int
    missing: dict[str, dict[str, int]]

    def to_dict(self) -> dict[str, Any]:
        """Return the numbers as values of JSON.

        Example:
            >>> from refcite.collection.stats import stats_of
            >>> stats_of([]).to_dict()["records"]
            0
        """
        return {
            "records": self.records,
            "types": self.types,
            "years": {str(year): count for year, count in self.years.items()},
            "without_year": self.without_year,
            "sources": self.sources,
            "without_source": self.without_source,
            "languages": self.languages,
            "without_language": self.without_language,
            "missing": self.missing,
        }


def stats_of(records: Iterable[Record]) -> Stats:
    """Count records.

    Args:
        records: The records.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.stats import stats_of
        >>> stats_of([Record(container_title="The Day"), Record(publisher="Orb")]).sources
        {'Orb': 1, 'The Day': 1}
    """
    count = 0
    types: Counter[str] = Counter()
    years: Counter[int | None] = Counter()
    sources: dict[str, Counter[str]] = {}  # databases spell titles in upper and lower case
    without_source = 0
    languages: Counter[str | None] = Counter()
    missing: dict[str, Counter[str]] = {}
    for record in records:
        count += 1
        types[record.type] += 1
        years[record.issued.year if record.issued is not None else None] += 1
        source = record.container_title or record.publisher
        if source:
            text = plain(source)
            sources.setdefault(text.casefold(), Counter())[text] += 1
        else:
            without_source += 1
        languages[record.language or None] += 1
        for names in NEEDED.get(record.type, _GENERAL):
            if not any(getattr(record, name) for name in names):
                label = "/".join(name.replace("_", "-") for name in names)
                missing.setdefault(record.type, Counter())[label] += 1
    without_year = years.pop(None, 0)
    without_language = languages.pop(None, 0)
    ordered = _by_count(types)
    return Stats(
        count,
        ordered,
        dict(sorted((year, number) for year, number in years.items() if year is not None)),
        without_year,
        _by_count(Counter({_usual(texts): texts.total() for texts in sources.values()})),
        without_source,
        _by_count(languages),
        without_language,
        {one: _by_count(missing[one]) for one in ordered if one in missing},
    )


def _usual(texts: Counter[str]) -> str:
    """Return the most frequent of several spellings."""
    return min(texts, key=lambda text: (-texts[text], text))


def _by_count(counts: Counter[Any]) -> dict[Any, int]:
    """Return counts, the greatest first; equal ones are in the order of their names."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))))

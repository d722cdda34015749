"""Retracted works, from a list such as Retraction Watch's, or from a registry."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import frozen

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import Found, LibraryRule
from refcite.identifiers import normal_doi
from refcite.problems import InputError, Severity, near_matches

__all__ = ["FindNotices", "Notice", "read_notices", "retraction_rule"]

_COLUMNS: Final = ("OriginalPaperDOI", "RetractionNature")
_REVOKED: Final = ("retraction", "withdrawal", "removal", "expression of concern")
"""The kinds of notices that are reported; a correction does not make a work invalid."""
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_LONG_TITLE: Final = 30
"""A title with fewer letters does not identify a work."""
_LARGEST_FIELD: Final = 10_000_000


@frozen
class Notice:
    """A notice that a work was retracted, or that it is doubted.

    Attributes:
        nature: The kind of the notice in lower case, such as `retraction`.
        date: Its date as the source writes it; empty if it is not known.
        doi: The DOI of the notice; empty if it is not known.
        reasons: The reasons, as the source names them.
        message: The statement of the source, if it is in words.

    Example:
        >>> from refcite import Library, Record, check
        >>> from refcite.collection.checks import Notice
        >>> notices = {"10.1000/1": Notice("retraction", "2020-01-31")}
        >>> record = Record(id="a", title="Lamps", doi="10.1000/1")
        >>> found = check(Library([record]), find_notices=lambda dois: notices)
        >>> found[0].message
        'the work was retracted on 2020-01-31 (retraction)'
    """

    nature: str
    date: str = ""
    doi: str = ""
    reasons: tuple[str, ...] = ()
    message: str = ""


FindNotices = Callable[[Sequence[str]], Mapping[str, Notice]]
"""A call that returns the notices of works by their DOIs, in lower case."""


@frozen
class _Wanted:
    """The identifiers of the works of a library, with the positions of their entries."""

    dois: dict[str, list[int]]
    pmids: dict[str, list[int]]
    titles: dict[str, list[int]]


def retraction_rule(
    files: Iterable[str | PathLike[str]] = (), find_notices: FindNotices | None = None
) -> LibraryRule:
    """Return the rule that reports retracted works.

    Args:
        files: Lists of retracted works in the columns of Retraction Watch.
        find_notices: A call that finds the notices of DOIs, such as one that uses a registry.
    """
    lists = [Path(file) for file in files]

    def find(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
        wanted = _wanted(entries)
        notices: dict[int, tuple[Notice, str]] = {}
        for path in lists:
            for position, notice, by in _matching(path, wanted):
                notices.setdefault(position, (notice, by))
        if find_notices is not None:
            for doi, notice in find_notices(list(wanted.dois)).items():
                for position in wanted.dois.get(doi.lower(), ()):
                    notices.setdefault(position, (notice, "DOI"))
        for position, (notice, by) in sorted(notices.items()):
            yield entries[position], _found(notice, by)

    return LibraryRule(code="retracted-work", severity=Severity.WARNING, find=find)


def _found(notice: Notice, by: str) -> Found:
    verb = "was doubted" if notice.nature == "expression of concern" else "was retracted"
    when = f" on {notice.date}" if notice.date else ""
    why = f": {', '.join(notice.reasons[:3])}" if notice.reasons else ""
    known = f", found by its {by}" if by != "DOI" else ""
    hint = "read the notice before you cite the work"
    if notice.doi:
        hint = f"read the notice https://doi.org/{notice.doi} before you cite the work"
    message = notice.message or f"the work {verb}{when} ({notice.nature}{known}){why}"
    return Found(message, hint, "doi", (notice.nature, notice.date, notice.doi))


def _wanted(entries: Sequence[Entry]) -> _Wanted:
    wanted = _Wanted({}, {}, {})
    for position, entry in enumerate(entries):
        record = entry.record
        if record.doi:
            wanted.dois.setdefault(normal_doi(record.doi.strip()).lower(), []).append(position)
        if record.pmid:
            wanted.pmids.setdefault(record.pmid.strip(), []).append(position)
        if not record.doi and not record.pmid:
            title = _folded(entry.title)
            if len(title) >= _LONG_TITLE:
                wanted.titles.setdefault(title, []).append(position)
    return wanted


def read_notices(file: str | PathLike[str], dois: Iterable[str]) -> dict[str, Notice]:
    r"""Return the notices in a list about works with these DOIs.

    Args:
        file: A CSV file with the columns of Retraction Watch. It is read row by row.
        dois: The DOIs.

    Raises:
        InputError: The file cannot be read, or a column is missing.

    Example:
        >>> from pathlib import Path
        >>> from refcite.collection.checks import read_notices
        >>> rows = "OriginalPaperDOI,RetractionNature", "10.1000/x,Retraction"
        >>> _ = Path("list.csv").write_text("\n".join(rows))
        >>> read_notices("list.csv", ["10.1000/X"])["10.1000/x"].nature
        'retraction'
    """
    known = [doi.lower() for doi in dois]
    wanted = _Wanted({doi: [place] for place, doi in enumerate(known)}, {}, {})
    return {known[place]: notice for place, notice, _ in _matching(Path(file), wanted)}


def _matching(path: Path, wanted: _Wanted) -> Iterator[tuple[int, Notice, str]]:
    """Yield the last notice about each work, with the position of its entry."""
    last: dict[int, tuple[tuple[int, ...], Notice, str]] = {}
    for row in _rows(path):
        positions, by = _positions(row, wanted)
        if not positions:
            continue
        date = row.get("RetractionDate", "")
        nature = row.get("RetractionNature", "").strip().lower() or "retraction"
        notice = Notice(nature, _day(date), _doi(row.get("RetractionDOI", "")), _reasons(row))
        rank = _rank(date)
        for position in positions:
            before = last.get(position)
            if before is None or before[0] <= rank:
                if nature == "correction" and before is not None:
                    continue  # a corrected work that was retracted before remains so
                last[position] = (rank, notice, by)
    for position, (_, notice, by) in last.items():
        if notice.nature.startswith(_REVOKED):
            yield position, notice, by


def _positions(row: Mapping[str, str], wanted: _Wanted) -> tuple[Sequence[int], str]:
    doi = _doi(row.get("OriginalPaperDOI", ""))
    if doi and doi in wanted.dois:
        return wanted.dois[doi], "DOI"
    pmid = row.get("OriginalPaperPubMedID", "").strip()
    if pmid and pmid != "0" and pmid in wanted.pmids:
        return wanted.pmids[pmid], "PMID"
    if wanted.titles:
        title = _folded(row.get("Title", ""))
        if title in wanted.titles:
            return wanted.titles[title], "title"
    return (), ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_FIELD))
            rows = csv.reader(file)
            header = [name.strip() for name in next(rows, [])]
            for column in _COLUMNS:
                if column not in header:
                    near = near_matches(column, header) or (
                        "; use the CSV file of Retraction Watch, with its first line"
                    )
                    raise InputError(f"{path}: the column {column!r} is missing{near}")
            for row in rows:
                yield dict(zip(header, row, strict=False))
    except OSError as error:
        raise InputError(f"{path}: the list cannot be read: {error.strerror or error}") from error
    except csv.Error as error:
        raise InputError(f"{path}: the list is not a CSV file: {error}") from error


def _doi(text: str) -> str:
    doi = normal_doi(text.strip()).lower()
    return doi if doi.startswith("10.") else ""


def _reasons(row: Mapping[str, str]) -> tuple[str, ...]:
    parts = (part.strip(" +") for part in row.get("Reason", "").split(";"))
    return tuple(part for part in parts if part)


def _rank(date: str) -> tuple[int, ...]:
    """Return the year, month and day of a date such as `1/31/2020 0:00`, for comparison."""
    month, day, year = ([*_figures(date), 0, 0, 0])[:3]
    return (month, day, year) if month > 31 else (year, month, day)


def _figures(date: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d{1,4}", date)[:3]]


def _day(date: str) -> str:
    """Return a date of the list as `2020-01-31`."""
    year, month, day = _rank(date)
    return f"{year:04}-{month:02}-{day:02}" if year and month and day else ""


def _folded(title: str) -> str:
    return _NOT_WORDS.sub(" ", title.casefold()).strip()

"""bib-dedupe on the same records: https://pypi.org/project/bib-dedupe/ is compared if installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from refcite import Library, Record

__all__ = ["groups_of", "is_installed"]


def is_installed() -> bool:
    return find_spec("bib_dedupe") is not None


def groups_of(library: Library) -> list[list[int]]:
    """Return the groups that bib-dedupe finds, as positions."""
    pandas = import_module("pandas")
    program = import_module("bib_dedupe.bib_dedupe")
    table = pandas.DataFrame([_row(place, one) for place, one in enumerate(library)])
    prepared = program.prep(table, verbosity_level=0, cpu=1)
    blocked = program.block(prepared, verbosity_level=0, cpu=1)
    matched = program.match(blocked, verbosity_level=0, cpu=1)
    return [[int(one) for one in group] for group in program.cluster(matched, verbosity_level=0)]


def _row(place: int, record: Record) -> dict[str, Any]:
    names = [
        one.literal or ", ".join(filter(None, [one.family, one.given])) for one in record.author
    ]
    year = record.issued.year if record.issued else None
    return {
        "ID": str(place),
        "ENTRYTYPE": "article" if record.type == "article-journal" else "misc",
        "author": " and ".join(names),
        "title": record.title or "",
        "year": str(year or ""),
        "journal": record.container_title or record.container_title_short or "",
        "volume": record.volume or "",
        "number": record.issue or "",
        "pages": record.page or "",
        "doi": record.doi or "",
        "abstract": record.abstract or "",
        "isbn": record.isbn or record.issn or "",
    }

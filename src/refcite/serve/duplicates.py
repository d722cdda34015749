"""The duplicates among the records of texts, side by side."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from refcite.collection.duplicates import Certainty
from refcite.collection.merge import Keep
from refcite.collection.merge.cases import Case, Row, search
from refcite.library import Library
from refcite.record import Record
from refcite.richtext import plain
from refcite.serve.results import MOST_ENTRIES, TooMuchError, shown_value
from refcite.serve.sent_texts import SentText, SentTexts

__all__ = ["MOST_GROUPS", "duplicate_groups"]

MOST_GROUPS: Final = 500
"""The maximum number of groups, and of related pairs, that are shown."""
_MOST_RECORDS: Final = 20
"""The maximum number of records of a group that are shown."""


def duplicate_groups(sent: SentText | SentTexts) -> dict[str, Any]:
    """Return the groups of records of the same work, with the fields that agree and differ.

    Args:
        sent: The text or texts.

    Raises:
        RefciteError: The text cannot be read, or has more records than a page can show.
    """
    library = sent.read().library
    if len(library) > MOST_ENTRIES:
        raise TooMuchError(
            f"the page compares up to {MOST_ENTRIES:,} records, but there are {len(library):,};"
            " use `refcite dedupe` for any number of records"
        )
    found = search(library, Keep.COMPLETE, preprints=False)
    return {
        "count": len(found.cases),
        "counts": {one.value: found.count(one) for one in Certainty},
        "duplicates": found.duplicates,
        "groups": [_group(case) for case in islice(found.cases, MOST_GROUPS)],
        "related_count": len(found.related),
        "related": [
            {
                "relation": pair.relation,
                "records": [_record(library, place) for place in pair.positions],
            }
            for pair in found.related[:MOST_GROUPS]
        ],
    }


def _group(case: Case) -> dict[str, Any]:
    shown = case.records[:_MOST_RECORDS]
    return {
        "number": case.number,
        "certainty": case.group.certainty.value,
        "reason": case.group.reason,
        "count": len(case.records),
        "kept": case.merged.preferred,
        "records": [_named(record) for record in shown],
        "rows": [_row(case, row) for row in case.rows()],
    }


def _row(case: Case, row: Row) -> dict[str, Any]:
    values = row.values[:_MOST_RECORDS]
    return {
        "field": row.field,
        "agreement": row.agreement.value,
        "values": list(map(shown_value, values)),
        "taken": [case.is_taken(row, place) for place in range(len(values))],
        "combined": shown_value(row.combined),
    }


def _record(library: Library, place: int) -> dict[str, Any]:
    return {**_named(library[place]), "title": plain(library[place].title or "")}


def _named(record: Record) -> dict[str, Any]:
    origin = record.origin
    return {
        "id": record.id,
        "line": origin.line if origin else None,
        "file": origin.file if origin else None,
    }

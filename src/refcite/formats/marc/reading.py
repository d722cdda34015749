"""The records of a text, one by one: those that are not of MARC 21 are reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from refcite.formats.draft import Draft
from refcite.formats.marc.fields import MarcRecord
from refcite.formats.marc.types import fault_of
from refcite.formats.marc.works import draft_of
from refcite.problems import Problem, Severity

__all__ = ["drafts_of"]


def drafts_of(
    records: Iterable[MarcRecord], problems: list[Problem], day_first: bool | None
) -> Iterator[Draft]:
    """Yield the draft of each bibliographic record.

    Args:
        records: The records.
        problems: List to which the problem of each other record is added.
        day_first: How to read `01/02/2017`.
    """
    for record in records:
        fault = fault_of(record)
        if fault:
            problems.append(
                Problem(
                    severity=Severity.ERROR,
                    code="not-recognised",
                    message=f"the record is {fault}; it is not read",
                    line=record.line,
                    hint="export bibliographic records in MARC 21",
                )
            )
        elif record.controls or record.fields:
            yield draft_of(record, day_first)

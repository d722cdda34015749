"""Legal works in the form that the style `oscola-international` requires.

CSL can test whether a variable is set, but not what its text is. Thus the style selects between the
forms `[2014] UKUT 442 (IAC)`, `App no 47940/99 (ECtHR, 20 July 2004)` and `Case C-176/03` by the
variables that are set (docs/how-to/brief.md). Databases and users put all these numbers into the
same variables, and only their text shows which they are. This module distributes them. A record
whose variables are already as the style requires them is not changed.

Sources: OSCOLA, 4th edition (2012), and its section "Citing International Law Sources" (2006).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from refcite.csl.legal.cases import prepared_case
from refcite.csl.legal.documents import prepared_document
from refcite.csl.legal.instruments import (
    prepared_debate,
    prepared_legislation,
    prepared_treaty,
    resolution_of,
)
from refcite.record import Record

__all__ = ["legal_work"]


def legal_work(record: Record) -> Record:
    """Return an item with the variables that `oscola-international` requires.

    Args:
        record: An item for a style.

    Example:
        >>> case = legal_work(Record(type="legal_case", title="Balogh v. Hungary",
        ...     number="Application no. 47940/99", authority="European Court of Human Rights"))
        >>> case.genre, case.number, case.authority
        ('App no', '47940/99', 'ECtHR')
        >>> law = legal_work(Record(type="legislation", number="S/RES/1373 (2001)"))
        >>> law.authority, law.genre, law.number, law.call_number
        ('UNSC', 'Res', '1373', 'UN Doc S/RES/1373')
    """
    prepare = _PREPARED.get(record.type)
    return record if prepare is None else prepare(record)


def _report(record: Record) -> Record:
    return resolution_of(record) or prepared_document(record)


_PREPARED: Final[Mapping[str, Callable[[Record], Record]]] = {
    "legal_case": prepared_case,
    "treaty": prepared_treaty,
    "legislation": prepared_legislation,
    "regulation": prepared_legislation,
    "bill": prepared_legislation,
    "hearing": prepared_debate,
    "report": _report,
    "document": _report,
    "article": _report,
    "webpage": _report,
    "standard": _report,
}

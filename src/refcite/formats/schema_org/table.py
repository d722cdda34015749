"""The tables of types and properties, in the form in which all formats show theirs."""

from __future__ import annotations

from collections.abc import Iterator

from refcite.formats.crosswalk import Row, Spec, TypeRow, gathered
from refcite.formats.schema_org.fields import Kind, rows_of
from refcite.formats.schema_org.types import CSL_TYPES, OWN_TYPES, SECOND_TYPES
from refcite.vocabulary import ITEM_TYPES, VARIABLES

__all__ = ["mapping"]

_PLAIN = (Kind.TEXT, Kind.NAMES)


def mapping() -> Spec:
    """Return schema.org's types and properties beside those of CSL.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "original-title"]
        ['translationOfWork/name']
    """
    return Spec(tuple(_types()), gathered({type_: _fields(type_) for type_ in ITEM_TYPES}))


def _types() -> Iterator[TypeRow]:
    for own, csl_type in OWN_TYPES.items():
        yield TypeRow(own, csl_type, writes=CSL_TYPES[csl_type] == own)
    for csl_type, own in SECOND_TYPES.items():
        yield TypeRow(f"{own}, csl:type", csl_type)


def _fields(csl_type: str) -> Iterator[Row]:
    written: set[str] = set()
    for row in rows_of(csl_type):
        note = "" if row.kind in _PLAIN else row.kind.value
        yield Row(row.own, row.variable, writes=row.writes, note=note)
        if row.writes:
            written.add(row.variable)
    for variable in VARIABLES:
        if variable not in written:
            yield Row(f"csl:{variable}", variable)

"""The table of types and fields, in the form of the tables of all formats."""

from __future__ import annotations

from collections.abc import Iterator

from refcite.formats.bibtex import kinds
from refcite.formats.bibtex.dialect import Dialect
from refcite.formats.bibtex.mapping import DATE_FIELDS, TYPES, entry_type_of, field_names, meanings
from refcite.formats.crosswalk import Row, Spec, TypeRow, gathered
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES

__all__ = ["mapping"]


def mapping(dialect: Dialect = "bibtex") -> Spec:
    """Return the types and fields of a dialect with those of CSL.

    Args:
        dialect: `bibtex` or `biblatex`.

    Example:
        >>> [row.own for row in mapping("biblatex").fields if row.variable == "accessed"]
        ['urldate']
    """
    fields = gathered({type_: _fields(type_, dialect) for type_ in ITEM_TYPES})
    return Spec(tuple(_types(dialect)), fields)


def _types(dialect: Dialect) -> Iterator[TypeRow]:
    written = {type_: entry_type_of(type_, None, dialect) for type_ in ITEM_TYPES}
    for own, csl_type in TYPES.items():
        yield TypeRow(f"@{own}", csl_type, writes=written[csl_type] == (own, None))
    for csl_type, (own, subtype) in written.items():
        if subtype:
            yield TypeRow(f"@{own}, entrysubtype = {subtype}", csl_type)


def _fields(csl_type: str, dialect: Dialect) -> Iterator[Row]:
    names = field_names(csl_type, dialect)
    read = meanings(csl_type)
    for variable, attribute in ATTRIBUTES.items():
        if variable == "issued":
            own = "date" if dialect == "biblatex" else ", ".join(DATE_FIELDS[1:])
            other = ", ".join(DATE_FIELDS[1:]) if dialect == "biblatex" else "date"
            yield Row(own, variable, kinds.DATE)
            yield Row(other, variable, kinds.DATE, writes=False)
            continue
        field, kind = names[attribute]
        yield Row(field, variable, kind)
        for own, meaning in read.items():
            if meaning.attribute == attribute and own != field:
                yield Row(own, variable, kind, writes=False)

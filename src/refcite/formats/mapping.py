"""What a mapping table is: a format's own types and fields beside those of CSL.

Each format has one two-way table, from which its reader and its writer are made. `mapping()` of its
module shows that table in the form that is the same for all formats; the documentation, the command
`refcite formats` and the tests of round trips are made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from attrs import evolve, frozen

from refcite.vocabulary import ITEM_TYPES, VARIABLES, ItemType

__all__ = ["FieldRow", "MappingTable", "TypeRow", "every_type", "every_variable", "gathered"]


@frozen
class TypeRow:
    """A type of the format beside a type of CSL.

    Attributes:
        own: What the format calls the type.
        csl: CSL's item type.
        reads: Whether the format's type is read as CSL's.
        writes: Whether CSL's type is written as the format's.

    Example:
        >>> from refcite.formats import get_format
        >>> next(row for row in get_format("ris").mapping().types if row.csl == "thesis")
        TypeRow(own='THES', csl='thesis', reads=True, writes=True)
    """

    own: str
    csl: str
    reads: bool = True
    writes: bool = True

    @property
    def arrow(self) -> str:
        """`→` where it is only read, `←` only written, `↔` both."""
        return _arrow(self.reads, self.writes)


@frozen
class FieldRow:
    """A field of the format beside a variable of CSL.

    Attributes:
        own: What users of the format call the field; a path where it is nested.
        variable: CSL's variable, in CSL's spelling.
        types: The CSL types in which the field has this meaning; empty for all.
        reads: Whether the field is read into the variable.
        writes: Whether the variable is written to the field.
        note: What is converted, in a few words, where the text is not simply taken.
        beside: Another variable, without which the field cannot be written: the publisher's, where
            its place is a part of it.

    Example:
        >>> from refcite.formats import get_format
        >>> row = next(row for row in get_format("ris").mapping().fields if row.own == "AB")
        >>> row.variable, row.arrow, row.types
        ('abstract', '↔', ())
    """

    own: str
    variable: str
    types: tuple[str, ...] = ()
    reads: bool = True
    writes: bool = True
    note: str = ""
    beside: str = ""

    @property
    def arrow(self) -> str:
        """`→` where it is only read, `←` only written, `↔` both."""
        return _arrow(self.reads, self.writes)

    def is_for(self, csl_type: str) -> bool:
        """Tell whether the field has this meaning in works of a CSL type."""
        return not self.types or csl_type in self.types


@frozen
class MappingTable:
    """All that a format has a place for.

    Attributes:
        types: Its types.
        fields: Its fields.

    Example:
        >>> from refcite.formats.mapping import FieldRow, MappingTable, TypeRow
        >>> table = MappingTable((TypeRow("BOOK", "book"),), (FieldRow("TI", "title"),))
        >>> sorted(table.carried("book")), table.carried("map")
        (['title'], frozenset())
    """

    types: tuple[TypeRow, ...]
    fields: tuple[FieldRow, ...]

    def carried_types(self) -> tuple[ItemType, ...]:
        """Return the CSL types that are written and read back as the same.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("word-xml").mapping()
            >>> "book" in table.carried_types(), "bill" in table.carried_types()
            (True, False)
        """
        both = {row.csl for row in self.types if row.reads} & {
            row.csl for row in self.types if row.writes
        }
        return tuple(csl_type for csl_type in get_args(ItemType) if csl_type in both)

    def carried(self, csl_type: str) -> frozenset[str]:
        """Return the variables that a work of a CSL type has again when it is read back.

        Args:
            csl_type: The work's type, such as `book`.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("word-xml").mapping()
            >>> "volume" in table.carried("book"), table.carried("bill")
            (True, frozenset())
        """
        if csl_type not in self.carried_types():
            return frozenset()
        rows = [row for row in self.fields if row.is_for(csl_type)]
        read = {row.variable for row in rows if row.reads}
        return frozenset(row.variable for row in rows if row.writes and row.variable in read)

    def carried_of(self, csl_type: str, variables: Iterable[str]) -> frozenset[str]:
        """Return the variables that a work has again that has only some of them.

        Args:
            csl_type: The work's type.
            variables: What it has.

        Example:
            >>> from refcite.formats.mapping import FieldRow, MappingTable, TypeRow
            >>> place = FieldRow("publisher/city", "publisher-place", beside="publisher")
            >>> table = MappingTable((TypeRow("BOOK", "book"),), (FieldRow("TI", "title"), place))
            >>> sorted(table.carried_of("book", ["title", "publisher-place"]))
            ['title']
        """
        given = frozenset(variables)
        needs = {
            row.variable: row.beside
            for row in self.fields
            if row.writes and row.beside and row.is_for(csl_type)
        }
        return frozenset(
            name for name in self.carried(csl_type) & given if needs.get(name, name) in given
        )

    def not_carried(self) -> tuple[str, ...]:
        """Return the variables for which the format has no place in any type.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("nbib").mapping()
            >>> "scale" in table.not_carried()
            True
        """
        written = {row.variable for row in self.fields if row.writes}
        return tuple(variable for variable in VARIABLES if variable not in written)

    def types_not_carried(self) -> tuple[str, ...]:
        """Return the CSL types that come back as others.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("word-xml").mapping()
            >>> "bill" in table.types_not_carried()
            True
        """
        carried = self.carried_types()
        return tuple(csl_type for csl_type in ITEM_TYPES if csl_type not in carried)


def _arrow(reads: bool, writes: bool) -> str:
    return "↔" if reads and writes else "→" if reads else "←"


def every_type() -> tuple[TypeRow, ...]:
    """Return the rows of a format whose types are CSL's."""
    return tuple(TypeRow(name, name) for name in ITEM_TYPES)


def every_variable(beside: Iterable[str] = ()) -> tuple[FieldRow, ...]:
    """Return the rows of a format whose fields are CSL's variables.

    Args:
        beside: Variables that the format knows otherwise.
    """
    known = frozenset(beside)
    return tuple(FieldRow(name, name) for name in VARIABLES if name not in known)


def gathered(by_type: Mapping[str, Iterable[FieldRow]]) -> tuple[FieldRow, ...]:
    """Return one row for each meaning of a field, with the types in which it has that meaning.

    Args:
        by_type: For each CSL type the rows that hold in it.

    Example:
        >>> rows = gathered({"book": [FieldRow("SN", "ISBN")], "map": [FieldRow("SN", "ISBN")],
        ...                  "article": [FieldRow("SN", "ISSN")]})
        >>> [(row.variable, row.types) for row in rows]
        [('ISBN', ('book', 'map')), ('ISSN', ('article',))]
    """
    types: dict[FieldRow, list[str]] = {}
    for csl_type, rows in by_type.items():
        for row in rows:
            types.setdefault(row, []).append(csl_type)
    return tuple(
        evolve(row, types=() if len(found) == len(by_type) else tuple(found))
        for row, found in types.items()
    )

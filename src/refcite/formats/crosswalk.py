"""The crosswalk: a format's own types and fields next to those of CSL, as typed rows.

Each format has one table, a `Spec` of `Row`s, which is used in both directions. A row has a key,
which finds the field in the format's texts (`Row.own`), and a label for the documentation. Its
`Codec` converts the field's text to the variable's value and back. `Draft`
(`refcite.formats.draft`) reads fields with this table, and `written` yields the fields to write.
The documentation, the command `refcite formats` and the tests of round trips are generated from the
same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, Literal, get_args

from attrs import define, evolve, field, frozen

from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES, VARIABLES, ItemType, attribute_of

__all__ = [
    "TEXT",
    "Codec",
    "Row",
    "Spec",
    "TypeRow",
    "all_but",
    "every_type",
    "every_variable",
    "gathered",
    "kept",
    "type_rows",
    "written",
]


def _same(text: str, _draft: object) -> str:
    return text


def _as_text(value: Any) -> str:
    return str(value)


@frozen
class Codec:
    """The conversion of the text of a field to the value of a variable, and back.

    In a format whose fields contain more than text, it converts their values.

    Attributes:
        read: Returns the value of a text, or None if the text is not of this kind; the next row of
            the key then reads it. An empty value means that there is none, and nothing is kept. The
            second argument is the `Draft`, which has the options and collects problems and the
            values to keep (`Draft.keep(draft.own, …)`). If fields are not texts, the first argument
            is an element or a JSON value.
        write: Returns the text or other value of a field, or None if the format has no
            form for it.
        join: Joins the values of several fields to one. Without it the first field fills the
            variable, and the others are kept in `extra`.
        adds: Whether its value is also joined with that of earlier rows, if these have
            filled the variable.
        split: Splits a value into parts that are written to separate fields.
        others: The text of a field that states that a list of names continues ("et al."); empty if
            the format has none.
        note: A short description of the conversion, for the documentation.

    Example:
        >>> from refcite.formats.crosswalk import Codec
        >>> upper = Codec(lambda text, draft: text.lower(), str.upper, note="in capitals")
        >>> upper.write("oslo")
        'OSLO'
    """

    read: Callable[[Any, Any], Any] = _same
    write: Callable[[Any], Any] = _as_text
    join: Callable[[list[Any]], Any] | None = None
    split: Callable[[Any], Iterable[Any]] | None = None
    others: str = ""
    note: str = ""
    adds: bool = False


TEXT: Final = Codec()
"""Text that is used unchanged."""


@frozen
class TypeRow:
    """A type of the format next to a type of CSL.

    Attributes:
        own: The name of the type in the format.
        csl: CSL's item type.
        reads: Whether the format's type is read as CSL's.
        writes: Whether CSL's type is written as the format's.
        label: The name of the type for users of the format, if it is not the key.

    Example:
        >>> from refcite.formats import get_format
        >>> next(row for row in get_format("ris").mapping().types if row.csl == "thesis")
        TypeRow(own='THES', csl='thesis', reads=True, writes=True)
    """

    own: str
    csl: str
    reads: bool = True
    writes: bool = True
    label: str = field(default="", repr=False)

    @property
    def arrow(self) -> str:
        """`→` if it is only read, `←` only written, `↔` both."""
        return _arrow(self.reads, self.writes)

    @property
    def shown(self) -> str:
        """The name of the type for users of the format: the label, otherwise the key."""
        return self.label or self.own


@frozen
class Row:
    """A field of the format next to a variable of CSL.

    Attributes:
        own: The key by which the reader finds and under which the writer writes the field: a tag,
            an element, a column.
        variable: The CSL variable.
        kind: The kind of its values.
        types: The types in which the field has this meaning; empty for all. They are CSL's, or the
            format's own if its `Spec` states so.
        path: The fields that contain the field, if a format nests its fields.
        label: The name of the field for users of the format, if it is not path and key.
        reads: Whether the field is read into the variable.
        writes: Whether the variable is written to the field.
        note: A short description of the conversion, if the kind of value does not show it.
        needs: Another variable, without which the field cannot be written: the publisher, if
            its place is a part of it.

    Example:
        >>> from refcite.formats import get_format
        >>> row = next(row for row in get_format("ris").mapping().fields if row.own == "AB")
        >>> row.variable, row.arrow, row.types
        ('abstract', '↔', ())
    """

    own: str
    variable: str
    kind: Codec = TEXT
    types: tuple[str, ...] = ()
    path: str = ""
    label: str = ""
    reads: bool = True
    writes: bool = True
    note: str = ""
    needs: str = ""

    @property
    def arrow(self) -> str:
        """`→` if it is only read, `←` only written, `↔` both."""
        return _arrow(self.reads, self.writes)

    @property
    def shown(self) -> str:
        """The name of the field for users of the format: the label, otherwise path and key."""
        return self.label or (f"{self.path}/{self.own}" if self.path else self.own)

    @property
    def how(self) -> str:
        """A short description of the conversion."""
        return self.note or self.kind.note

    def is_for(self, type_: str) -> bool:
        """Return whether the field has this meaning in works of a type."""
        return not self.types or type_ in self.types


Step = tuple[str, str, Codec, Callable[[Any, Any], Any], Callable[[list[Any]], Any] | None]
"""A row that is read: its key, the attribute of the record, its kind, with its functions.

The functions are used for each field of each entry, so they are looked up once.
"""

_MOST_STEPS: Final = 4096


@define(slots=False)  # for the cached properties
class _Lookups:
    """The indexes of the rows of a `Spec`, built at the first use."""

    types: tuple[TypeRow, ...]
    fields: tuple[Row, ...]
    _rows: dict[tuple[str, str], tuple[Row, ...]] = field(factory=dict, init=False)
    _steps: dict[tuple[str, ...], tuple[Step, ...]] = field(factory=dict, init=False)

    @cached_property
    def read_types(self) -> Mapping[str, str]:
        return {row.own: row.csl for row in reversed(self.types) if row.reads}

    @cached_property
    def written_types(self) -> Mapping[str, str]:
        return {row.csl: row.own for row in reversed(self.types) if row.writes}

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(row.own for row in self.fields)

    def rows(self, type_: str, way: Literal["reads", "writes"]) -> tuple[Row, ...]:
        found = self._rows.get((type_, way))
        if found is None:
            found = tuple(row for row in self.fields if getattr(row, way) and row.is_for(type_))
            self._rows[type_, way] = found
        return found

    def steps(self, type_: str, keys: Iterable[str]) -> tuple[Step, ...]:
        # Most entries of a text have the same keys in the same order.
        found = self._steps.get((type_, *keys))
        if found is None:
            if len(self._steps) >= _MOST_STEPS:
                self._steps.clear()
            known = frozenset(keys)
            found = tuple(
                (row.own, attribute_of(row.variable), row.kind, row.kind.read, row.kind.join)
                for row in self.rows(type_, "reads")
                if row.own in known
            )
            self._steps[type_, *keys] = found
        return found


@frozen
class Spec:
    """The types and fields that a format can hold.

    Attributes:
        types: Its types. Of several rows for one CSL type, the first is written.
        fields: Its fields. Of several rows for one variable, earlier rows take precedence if an
            entry has all of them.
        typed_by: Whether the `types` of the fields are CSL's or the format's own.
        default: The format's type for a CSL type that none of the rows writes; empty if it has
            none.
        known: Keys of the format for which CSL has no variable, which are not reported as unknown.
        is_open: Whether a text may have any other keys, which are not reported as unknown.
        quiet: Keys that often repeat or combine values of other keys. A value of them that fills no
            variable is kept without a report.

    Example:
        >>> from refcite.formats.crosswalk import Row, Spec, TypeRow
        >>> table = Spec((TypeRow("BOOK", "book"),), (Row("TI", "title"),))
        >>> sorted(table.carried("book")), table.carried("map")
        (['title'], frozenset())
    """

    types: tuple[TypeRow, ...]
    fields: tuple[Row, ...]
    typed_by: Literal["csl", "own"] = "csl"
    default: str = ""
    known: frozenset[str] = frozenset()
    is_open: bool = False
    quiet: frozenset[str] = frozenset()
    _lookups: _Lookups = field(init=False, eq=False, hash=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_lookups", _Lookups(self.types, self.fields))

    # Finding

    def type_of(self, own: str) -> str | None:
        """Return the CSL type of one of the format's; None if it is not one of them.

        Example:
            >>> from refcite.formats import get_format
            >>> spec = get_format("nbib").mapping()
            >>> spec.type_of("Journal Article"), spec.type_of("Essay")
            ('article-journal', None)
        """
        return self._lookups.read_types.get(own)

    def own_type(self, csl_type: str) -> str:
        """Return the type of the format that is written for a CSL type.

        Example:
            >>> from refcite.formats import get_format
            >>> get_format("word-xml").mapping().own_type("chapter")
            'BookSection'
        """
        return self._lookups.written_types.get(csl_type, self.default)

    def knows(self, own: str) -> bool:
        """Return whether a key is one of the format's, for any type."""
        return self.is_open or own in self._lookups.keys or own in self.known

    def readers(self, type_: str) -> tuple[Row, ...]:
        """Return the rows by which a work of a type is read, in the order of precedence.

        Args:
            type_: A CSL type, or one of the format's own if its fields are typed by them.
        """
        return self._lookups.rows(type_, "reads")

    def steps(self, type_: str, keys: Iterable[str]) -> tuple[Step, ...]:
        """Return the rows to read for a work of a type with fields of some keys, in order.

        Args:
            type_: As above.
            keys: The keys.
        """
        return self._lookups.steps(type_, keys)

    def writers(self, type_: str) -> tuple[Row, ...]:
        """Return the rows by which a work of a type is written, in the order of the table.

        Args:
            type_: As above.
        """
        return self._lookups.rows(type_, "writes")

    def key_of(self, csl_type: str) -> str:
        """Return the type by which the fields of a work of a CSL type are found."""
        return csl_type if self.typed_by == "csl" else self.own_type(csl_type)

    def types_of(self, row: Row) -> str:
        """Return the types in which a field has its meaning, in words; of most, the others.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("ris").mapping()
            >>> table.types_of(next(row for row in table.fields if row.own == "AB"))
            'all'
        """
        if self.typed_by == "csl":
            every: Iterable[str] = ITEM_TYPES
        else:
            every = dict.fromkeys(type_.own for type_ in self.types)
        others = [name for name in every if not row.is_for(name)]
        if not others:
            return "all"
        is_most = len(others) < len(row.types)
        return f"all but {', '.join(others)}" if is_most else ", ".join(row.types)

    # Types and variables that are preserved

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
        """Return the variables of a work of a CSL type that are preserved in a round trip.

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
        key = self.key_of(csl_type)
        rows = [row for row in self.fields if row.is_for(key)]
        read = {row.variable for row in rows if row.reads and row.variable != "id"}
        return frozenset(row.variable for row in rows if row.writes and row.variable in read)

    def carried_of(self, csl_type: str, variables: Iterable[str]) -> frozenset[str]:
        """Return the variables of a work that are preserved in a round trip.

        Args:
            csl_type: The work's type.
            variables: The variables of the work.

        Example:
            >>> from refcite.formats.crosswalk import Row, Spec, TypeRow
            >>> place = Row("publisher/city", "publisher-place", needs="publisher")
            >>> table = Spec((TypeRow("BOOK", "book"),), (Row("TI", "title"), place))
            >>> sorted(table.carried_of("book", ["title", "publisher-place"]))
            ['title']
        """
        given = frozenset(variables)
        key = self.key_of(csl_type)
        needs = {
            row.variable: row.needs
            for row in self.fields
            if row.writes and row.needs and row.is_for(key)
        }
        return frozenset(
            name for name in self.carried(csl_type) & given if needs.get(name, name) in given
        )

    def not_carried(self) -> tuple[str, ...]:
        """Return the variables that the format cannot hold in any type.

        Example:
            >>> from refcite.formats import get_format
            >>> table = get_format("nbib").mapping()
            >>> "scale" in table.not_carried()
            True
        """
        written = {row.variable for row in self.fields if row.writes}
        return tuple(variable for variable in VARIABLES if variable not in written)

    def types_not_carried(self) -> tuple[str, ...]:
        """Return the CSL types that are read back as others.

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


def every_variable(others: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return the rows of a format whose fields are CSL's variables.

    Args:
        others: Variables that the format holds in another way.
    """
    known = frozenset(others)
    return tuple(Row(name, name) for name in VARIABLES if name not in known)


def gathered(by_type: Mapping[str, Iterable[Row]]) -> tuple[Row, ...]:
    """Return one row for each meaning of a field, with the types in which it has that meaning.

    Args:
        by_type: The rows that apply to each CSL type.

    Example:
        >>> rows = gathered({"book": [Row("SN", "ISBN")], "map": [Row("SN", "ISBN")],
        ...                  "article": [Row("SN", "ISSN")]})
        >>> [(row.variable, row.types) for row in rows]
        [('ISBN', ('book', 'map')), ('ISSN', ('article',))]
    """
    types: dict[Row, list[str]] = {}
    for csl_type, rows in by_type.items():
        for row in rows:
            types.setdefault(row, []).append(csl_type)
    return tuple(
        evolve(row, types=() if len(found) == len(by_type) else tuple(found))
        for row, found in types.items()
    )


def type_rows(types: Iterable[tuple[str, str]]) -> tuple[TypeRow, ...]:
    """Return the rows of types that are all read; the first of each CSL type is written.

    Args:
        types: Each type of the format with that of CSL.

    Example:
        >>> from refcite.formats.crosswalk import type_rows
        >>> rows = type_rows([("Book", "book"), ("Catalog", "book"), ("Map", "map")])
        >>> [row.own for row in rows if row.writes]
        ['Book', 'Map']
    """
    types = tuple(types)
    first = {csl_type: own for own, csl_type in reversed(types)}
    return tuple(TypeRow(own, csl, writes=first[csl] == own) for own, csl in types)


def all_but(*types: str, of: Iterable[str] = ITEM_TYPES) -> tuple[str, ...]:
    """Return types without some of them.

    Args:
        *types: The types that are left out.
        of: All types; by default those of CSL.

    Example:
        >>> from refcite.formats.crosswalk import all_but
        >>> "map" in all_but("map", "book"), "chapter" in all_but("map", "book")
        (False, True)
    """
    return tuple(name for name in of if name not in types)


def written(spec: Spec, record: Record, own_type: str = "") -> Iterator[tuple[Row, Any]]:
    """Yield each row by which a record is written, with the text of its field.

    A variable whose codec splits it has a field for each of its parts.

    Args:
        spec: The format's table.
        record: The record.
        own_type: The type in the format, if it is not that of the record's CSL type.

    Example:
        >>> from refcite import Record
        >>> from refcite.formats.crosswalk import Row, Spec, TypeRow, written
        >>> rows = Row("TI", "title"), Row("CY", "publisher-place")
        >>> spec = Spec((TypeRow("BOOK", "book"),), rows)
        >>> record = Record(type="book", title="One", publisher_place="Oslo")
        >>> [(row.own, text) for row, text in written(spec, record)]
        [('TI', 'One'), ('CY', 'Oslo')]
    """
    for row in spec.writers(own_type or spec.key_of(record.type)):
        value = _VALUE_OF[row.variable](record)
        if not value:
            continue
        codec = row.kind
        for part in (value,) if codec.split is None else codec.split(value):
            text = codec.write(part)
            if text or text == 0:
                yield row, text
        if codec.others and attribute_of(row.variable) in record.et_al:
            yield row, codec.others


def kept(record: Record, is_own: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """Yield the texts that a record's `extra` has under keys of the format.

    Args:
        record: The record.
        is_own: Returns whether the format can have a key.

    Example:
        >>> from refcite import Record
        >>> from refcite.formats.crosswalk import kept
        >>> record = Record(extra={"%F": "17", "shelf": "B", "%3": ["one", "two"]})
        >>> list(kept(record, lambda key: key.startswith("%")))
        [('%F', '17'), ('%3', 'one'), ('%3', 'two')]
    """
    for key, value in record.extra.items():
        if is_own(key):
            texts: Sequence[Any] = value if isinstance(value, list) else (value,)
            yield from ((key, text) for text in texts if isinstance(text, str))


_VALUE_OF: Final = {name: attrgetter(attribute_of(name)) for name in ("id", *VARIABLES)}

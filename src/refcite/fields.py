"""The fields of records under the names that users write: `year`, `container-title`, `keywords`.

Conditions, orders and lists of fields use the same names: those of CSL's variables, of the
attributes of a record, those that other formats have for them, and the source's own names in
`extra`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Literal
from unicodedata import combining, normalize

from attrs import frozen

from refcite.dates import Date
from refcite.hints import OTHER_NAMES
from refcite.names import Name
from refcite.problems import RecordTypeError, near_matches
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, NAME_VARIABLES

__all__ = [
    "Field",
    "Sorting",
    "field_named",
    "listed",
    "near_fields",
    "order_of_text",
    "without_fields",
]

Kind = Literal["id", "type", "names", "date", "year", "keywords", "text"]

_FIGURES: Final = re.compile(r"([0-9]+)")
_KINDS: Final[dict[str, Kind]] = {
    **{ATTRIBUTES[name]: "names" for name in NAME_VARIABLES},
    **{ATTRIBUTES[name]: "date" for name in DATE_VARIABLES},
    "keyword": "keywords",
    "id": "id",
    "type": "type",
}
_OWN: Final[dict[str, str]] = {
    "id": "id",
    "type": "type",
    **{variable.lower(): attribute for variable, attribute in ATTRIBUTES.items()},
    **{attribute: attribute for attribute in ATTRIBUTES.values()},
}
"""CSL's names and the attributes of a record, in lower case, each with the attribute."""
_OTHERS: Final = {
    name: attribute for name, attribute in OTHER_NAMES.items() if name not in {"month", *_OWN}
}
"""The names of other formats; a month is only a part of a date."""


@frozen
class Field:
    """A field of records.

    Attributes:
        name: The name that the user wrote.
        attribute: The attribute of a record; None for a field that only sources have.
        kind: The kind of its values.
        is_own_first: Whether a field of the source with this name is preferred to the attribute.

    Example:
        >>> from refcite import Record
        >>> record = Record(id="a", keyword="asylum; Geneva", extra={"rating": "5"})
        >>> field_named("keywords").value_in(record), field_named("rating").value_in(record)
        ('asylum; Geneva', '5')
    """

    name: str
    attribute: str | None
    kind: Kind
    is_own_first: bool = False

    def value_in(self, record: Record) -> Any:
        """Return the value in a record; None if it has none."""
        attribute = self.attribute
        if attribute is None:
            return self._own_in(record)
        if self.is_own_first and record.extra:
            own = self._own_in(record)
            if own is not None:
                return own
        value = getattr(record, attribute)
        if value is None or value == () or value == "":
            return self._own_in(record) if record.extra and attribute != "id" else None
        if self.kind == "year":
            return value.year
        return value

    def _own_in(self, record: Record) -> Any:
        extra = record.extra
        value = extra.get(self.name)
        if value is None and extra:
            folded = self.name.casefold()
            value = next((extra[key] for key in extra if key.casefold() == folded), None)
        return None if value == "" else value

    def names_in(self, record: Record) -> Iterator[str]:
        """Yield the names in the record's `extra` under which it has the field."""
        folded = self.name.casefold()
        for name in record.extra:
            if name.casefold() == folded:
                yield name


def field_named(name: str) -> Field:
    """Return the field that a name means; any other name is one of the source's own fields.

    Args:
        name: A variable of CSL, an attribute, a usual name of other formats, or a source's name.

    Example:
        >>> field_named("DOI").attribute, field_named("Journal").attribute
        ('doi', 'container_title')
        >>> field_named("year").kind, field_named("rating").attribute
        ('year', None)
    """
    lower = name.lower()
    if lower == "year":
        return Field(name, "issued", "year", is_own_first=False)
    attribute = _OWN.get(lower)
    is_other = attribute is None
    if attribute is None:
        attribute = _OTHERS.get(lower)
    if attribute is None:
        return Field(name, None, "text")
    return Field(name, attribute, _KINDS.get(attribute, "text"), is_own_first=is_other)


def near_fields(name: str, others: Iterable[str] = ()) -> str:
    """Return `; did you mean …?` for a name that no field has, or an empty text.

    Args:
        name: The name.
        others: The names of the fields in `extra`.

    Example:
        >>> near_fields("yaer")
        "; did you mean 'year'?"
    """
    own = (name for name in (*ATTRIBUTES, "id", "type", "year"))
    return near_matches(name, (*own, *_OTHERS, *others), most=2)


def listed(text: str) -> list[str]:
    """Return the names in a text with commas between them.

    Example:
        >>> listed("abstract, note")
        ['abstract', 'note']
    """
    return [name for name in map(str.strip, text.split(",")) if name]


def without_fields(names: Iterable[str]) -> Callable[[Record], Record]:
    """Return a function that removes fields from a record.

    Args:
        names: The names of the fields; a field of the source is found by its own name.

    Raises:
        RecordTypeError: The field cannot be removed: each record has an id and a type.

    Example:
        >>> from refcite import Record
        >>> record = Record(id="a", title="One", note="Read it.", extra={"file": "a.pdf"})
        >>> shorter = without_fields(["note", "file"])(record)
        >>> shorter.note, dict(shorter.extra), shorter.title
        (None, {}, 'One')
    """
    fields = [field_named(name) for name in names]
    for field in fields:
        if field.attribute in {"id", "type"}:
            raise RecordTypeError(
                f"the field {field.name!r} cannot be removed; each record has an id and a type"
            )

    def without(record: Record) -> Record:
        changes: dict[str, Any] = {}
        removed: set[str] = set()
        for field in fields:
            attribute = field.attribute
            if attribute is not None and getattr(record, attribute):
                changes[attribute] = () if field.kind == "names" else None
                if attribute in record.et_al:
                    changes["et_al"] = changes.get("et_al", record.et_al) - {attribute}
            if record.extra:
                removed.update(field.names_in(record))
        if removed:
            changes["extra"] = {
                name: value for name, value in record.extra.items() if name not in removed
            }
        return record.replace(**changes) if changes else record

    return without


# Order


class Sorting:
    """An order of records, such as `year,author` or `-year`.

    Records without a value are at the end, in both directions. Records with equal values keep
    their order.

    Args:
        keys: Names of fields with commas between them; `-` before a name reverses its order.

    Raises:
        RecordTypeError: No name is given.

    Example:
        >>> from refcite import Record
        >>> records = [Record(id="a", issued=2014), Record(id="b"), Record(id="c", issued=2019)]
        >>> [record.id for record in Sorting("-year").of(records)]
        ['c', 'a', 'b']
    """

    def __init__(self, keys: str) -> None:
        names = listed(keys)
        if not names:
            raise RecordTypeError("records are sorted by a field, as in 'year,author' or '-year'")
        self._keys = [(field_named(name.lstrip("-").strip()), name[0] == "-") for name in names]

    def of(self, records: Iterable[Record], *, reverse: bool = False) -> list[Record]:
        """Return records in this order.

        Args:
            records: The records.
            reverse: Whether the whole order is reversed.

        Raises:
            RecordTypeError: No record has a field of this name.
        """
        found = list(records)
        for field, _ in self._keys:
            if field.attribute is None and not any(
                field.value_in(record) is not None for record in found
            ):
                others = {name for record in found for name in record.extra}
                raise RecordTypeError(
                    f"records are not sorted by {field.name!r}{near_fields(field.name, others)}"
                )
        # The sort is stable, so the first key is used last.
        for field, is_descending in reversed(self._keys):
            keyed = [(_order_of(field.value_in(record), field), record) for record in found]
            present = [one for one in keyed if one[0] is not None]
            present.sort(key=lambda one: one[0], reverse=is_descending != reverse)
            found = [record for _, record in present]
            found += [record for order, record in keyed if order is None]
        return found


_Order = tuple[Any, ...]


def _order_of(value: Any, field: Field) -> Any:
    """Return a value in a form that can be compared with those of the same field."""
    if value is None:
        return None
    if field.kind == "date":
        # A field of a source with the name of a date is text, after all dates.
        return (0, value) if isinstance(value, Date) else (1, order_of_text(str(value)))
    if field.kind == "year":
        return (0, value) if isinstance(value, int) else None
    if isinstance(value, tuple):
        return tuple(map(_order_of_name, value))
    if field.kind == "names":
        return ((order_of_text(str(value)), ()),)
    return order_of_text(str(value))


def _order_of_name(name: Name) -> _Order:
    family = name.literal or name.family or ""
    return order_of_text(family), order_of_text(name.given or "")


def order_of_text(text: str) -> _Order:
    """Return a text in a form that can be sorted: without case and accents, `9` before `10`.

    Example:
        >>> sorted(["Zoë 10", "zoe 9", "Åbo"], key=order_of_text)
        ['Åbo', 'zoe 9', 'Zoë 10']
    """
    plain = normalize("NFKD", text.casefold())
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not combining(sign))
    parts = _FIGURES.split(plain)
    # Texts and figures alternate, so that each is compared with the same kind.
    figures = [figures.lstrip("0") for figures in parts[1::2]]
    parts[1::2] = [f"{len(one):09}{one}" for one in figures]
    return tuple(parts)

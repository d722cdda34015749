"""The table of types and roles, in the form in which all formats show theirs."""

from __future__ import annotations

from collections.abc import Iterator

from refcite.formats.crosswalk import Row, Spec, TypeRow, gathered
from refcite.formats.ris.beyond import MARK
from refcite.formats.ris.mapping import code_of, slots_of
from refcite.formats.ris.types import TYPES, Reading
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES

__all__ = ["mapping"]

_PLAIN = (Reading.TEXT, Reading.NAMES)


def mapping() -> Spec:
    """Return the tags of each type beside CSL's variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "DOI"]
        ['DO']
    """
    return Spec(tuple(_types()), gathered({type_: _fields(type_) for type_ in ITEM_TYPES}))


def _types() -> Iterator[TypeRow]:
    for ris_type in TYPES:
        is_written = code_of(ris_type.type) == ris_type.code
        yield TypeRow(ris_type.code, ris_type.type, writes=is_written)
    written = {ris_type.type for ris_type in TYPES if code_of(ris_type.type) == ris_type.code}
    for csl_type in ITEM_TYPES:
        if csl_type not in written:
            yield TypeRow(f"{code_of(csl_type)}, N1 - {MARK}type", csl_type)


def _fields(csl_type: str) -> Iterator[Row]:
    slots = slots_of(code_of(csl_type))
    for variable, attribute in ATTRIBUTES.items():
        if attribute not in slots:
            yield Row(f"N1 - {MARK}{variable}", variable)
        for place, slot in enumerate(slots.get(attribute, ())):
            reading = slot.role.reading
            note = "" if reading in _PLAIN else reading.value.replace("-", " ")
            yield Row(slot.tag, variable, writes=place == 0, note=note)

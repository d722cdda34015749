"""The layout of entries: one field on a line, indentation, delimiters, and the order of fields."""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.bibtex.mapping import VERBATIM_FIELDS
from refcite.formats.bibtex.tidying.entries import Entry, Field, Form
from refcite.formats.bibtex.tidying.options import Tidying

__all__ = ["FIELD_ORDER", "laid_out", "sort_fields", "written_in_case"]

FIELD_ORDER: Final = (
    *("author", "editor", "title", "subtitle", "titleaddon", "booktitle", "booksubtitle"),
    *("maintitle", "journal", "journaltitle", "shortjournal", "series", "edition", "volume"),
    *("number", "issue", "chapter", "pages", "eid", "date", "year", "month", "day", "publisher"),
    *("institution", "school", "organization", "address", "location", "eventtitle", "eventdate"),
    *("type", "howpublished", "isbn", "issn", "doi", "eprint", "eprinttype", "archiveprefix"),
    *("primaryclass", "url", "urldate", "langid", "language", "note", "keywords", "abstract"),
)
"""The order of fields if none is given."""
_DIGITS: Final = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_NOT_WRAPPED: Final = VERBATIM_FIELDS | {"url", "doi"}


def written_in_case(entry: Entry) -> None:
    """Write the type of an entry, and the names of its fields, in lower case."""
    if not entry.type.islower():
        lower = entry.type.lower()
        entry.head = entry.head.replace(entry.type, lower, 1)
        entry.type = lower
    for one in entry.fields:
        if not one.name.islower():
            one.name = one.name.lower()


def sort_fields(entry: Entry, options: Tidying) -> None:
    """Sort the fields of an entry; those that the order does not name are last."""
    places = {name: place for place, name in enumerate(options.field_order or FIELD_ORDER)}
    fields = sorted(entry.fields, key=lambda one: places.get(one.key, len(places)))
    if fields != entry.fields:
        leads = [one.lead for one in entry.fields]
        for one, lead in zip(fields, leads, strict=True):
            one.lead = lead
        entry.fields = fields


def laid_out(entry: Entry, options: Tidying) -> str:
    """Return an entry in the layout of the options."""
    width = max(len(one.name) for one in entry.fields) if options.align else 0
    lines = [f"@{entry.type}{{{entry.key},"]
    for one in entry.fields:
        start = f"{options.indent}{one.name.ljust(width)} = "
        lines.append(f"{start}{_value(one, len(start), options)},")
    if not options.trailing_comma:
        lines[-1] = lines[-1][:-1]
    lines.append("}")
    return "\n".join(lines)


def _value(one: Field, column: int, options: Tidying) -> str:
    delimit(one, options)
    written = one.written()
    if options.wrap is None or len(written) + column < options.wrap or "\n" in written:
        return written
    if not one.is_literal or one.key in _NOT_WRAPPED:
        return written
    return _wrapped(written, column, options.wrap)


def delimit(one: Field, options: Tidying) -> None:
    """Set the delimiters of a value."""
    if not one.is_literal:
        return
    form = one.form
    if options.bare_numbers and _DIGITS.fullmatch(one.text):
        form = Form.NUMBER
    elif options.delimiters == "braces" or (form is Form.NUMBER and options.delimiters != "keep"):
        form = Form.BRACES if options.delimiters == "braces" else Form.QUOTES
    elif options.delimiters == "quotes":
        form = Form.QUOTES
    if form is not one.form:
        one.change(one.text, form)


def _wrapped(text: str, column: int, most: int) -> str:
    """Return a value with line ends for some of its spaces."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and column + len(line) + 1 + len(word) > most and line[-1:] != "\\":
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return ("\n" + " " * (column + 1)).join(lines)

"""The data of a work that a reader collects before it creates a record.

A reader cuts its text into fields: each with a key, a text and a line. A `Draft` reads them by the
format's table, keeps fields without a variable in `extra` under their names in the source, and
reports problems with their location.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.common_problems import first_reported, no_entries
from refcite.formats.crosswalk import Codec, Spec
from refcite.formats.namelists import NamesOfTexts
from refcite.keys import id_by_place
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record, record_of
from refcite.vocabulary import attribute_of

__all__ = [
    "Draft",
    "Field",
    "add_to",
    "grouped",
    "library_of",
    "library_of_drafts",
    "stream_drafts",
]

Field = tuple[str, Any, int]
"""The key of a field, its text (its value, if fields contain more than text), and its line."""

_SHOWN: Final = 40
_LONGEST_TYPE: Final = 60
_PLAIN: Final = (str, int, float, list, tuple, dict, type(None))
"""The kinds of values that JSON can hold."""


def add_to(extra: dict[str, Any], own: str, value: Any) -> None:
    """Add a value to those of a key: a single one unchanged, several as a list.

    Example:
        >>> extra = {"C1": "one"}
        >>> add_to(extra, "C1", "two")
        >>> extra
        {'C1': ['one', 'two']}
    """
    before = extra.get(own)
    if before is None:
        extra[own] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        extra[own] = [before, value]


class Draft:
    """The attributes of a record, before it is created.

    Args:
        spec: The format's table.
        type_: The type by which fields are found: CSL's, or the format's own if the table states
            this.
        day_first: Whether `01/02/2017` is 1 February or 2 January; None if not known.
        line: The line where the entry starts.

    Attributes:
        spec: The format's table.
        values: The attributes, by name.
        extra: The fields without an attribute, under their names in the source.
        problems: The problems, with their lines.
        day_first: The option `day_first`.
        own: The key of the current field.
        attribute: The attribute that it may fill.
        line: The line of the current field.
        start: The line where the entry starts.
        marks: For each attribute, a text such as "et al." in the place of a name.

    Example:
        >>> from refcite.formats.crosswalk import Row, Spec, TypeRow
        >>> from refcite.formats.draft import Draft
        >>> spec = Spec((TypeRow("BOOK", "book"),), (Row("TI", "title"), Row("T1", "title")))
        >>> draft = Draft(spec, "book")
        >>> draft.read([("T1", "First", 2), ("TI", "Best", 3), ("XX", "7", 4)])
        >>> draft.values, draft.extra
        ({'title': 'Best'}, {'T1': 'First', 'XX': '7'})
        >>> [problem.code for problem in draft.problems]
        ['second-value', 'unknown-tag']
    """

    __slots__ = (
        *("_type", "attribute", "day_first", "start", "extra", "line"),
        *("marks", "own", "problems", "spec", "values"),
    )

    def __init__(
        self, spec: Spec, type_: str, *, day_first: bool | None = None, line: int | None = None
    ) -> None:
        self.spec = spec
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.day_first = day_first
        self.own = ""
        self.line = line
        self.attribute = ""
        self.marks: dict[str, str] = {}
        self.start = line
        self._type = type_

    def read(self, fields: Iterable[Field]) -> None:
        """Read fields by the rows of the table; empty ones are ignored.

        Of several rows of one variable, the first in the table takes precedence. If the codec of a
        row rejects a text, or the variable already has another value, the next row of the key is
        tried. A text that no row accepts is kept; it is reported if it is a second value.

        Args:
            fields: The fields of one entry, in its order.

        Example:
            >>> from refcite.formats.crosswalk import Row, Spec
            >>> from refcite.formats.draft import Draft
            >>> draft = Draft(Spec((), (Row("TI", "title"),)), "book")
            >>> draft.read([("TI", "One", 1), ("C1", "7", 2)])
            >>> draft.values["title"], draft.extra["C1"]
            ('One', '7')
        """
        self.read_grouped(grouped(fields))

    def read_grouped(self, pending: dict[str, list[Field]]) -> None:
        """Read fields that are already grouped.

        Args:
            pending: The fields of one entry by key, none of them empty. Those that are read are
                removed.
        """
        second: set[int] = set()  # which fields, by identity: a field may be any value
        values = self.values
        for own, attribute, codec, read, join in self.spec.steps(self._type, pending):
            found = pending.get(own)
            if found is None:
                continue
            self.own, self.attribute = own, attribute
            if len(found) == 1 and attribute not in values:
                # The most frequent case.
                _, text, self.line = found[0]
                value = read(text, self)
                if value:
                    values[attribute] = value if join is None else join([value])
                if value is not None:
                    del pending[own]
                continue
            rest = self._read_several(attribute, codec, found, second)
            if rest:
                pending[own] = rest
            else:
                del pending[own]
        for own, rest in pending.items():
            self._keep_rest(own, rest, second)

    def _read_several(
        self, attribute: str, codec: Codec, found: list[Field], second: set[int]
    ) -> list[Field]:
        """Set an attribute, and return the fields that it cannot hold."""
        join, read = codec.join, codec.read
        before = None if codec.adds else self.values.get(attribute)
        rest: list[Field] = []
        values: list[Any] = []
        for field in found:
            self.line = field[2]
            value = read(field[1], self)
            if not value:
                if value is None:
                    rest.append(field)
            elif before is None and (not values or join is not None):
                values.append(value)
            elif value != (values[0] if before is None else before):
                rest.append(field)
                second.add(id(field))
        if values:
            if codec.adds and attribute in self.values:
                values.insert(0, self.values[attribute])
            self.values[attribute] = values[0] if join is None else join(values)
        return rest

    def mark_et_al(self, attribute: str = "") -> None:
        """Record that the names of an attribute, by default the current one, continue."""
        self.values.setdefault("et_al", set()).add(attribute or self.attribute)

    def read_et_al(self, text: str) -> None:
        """Read "et al." in the place of a name; without other names it is a name itself.

        Args:
            text: The text.

        Example:
            >>> from refcite.formats.crosswalk import Spec
            >>> from refcite.formats.draft import Draft
            >>> draft = Draft(Spec((), ()), "book")
            >>> draft.attribute = "author"
            >>> draft.read_et_al("others")
            >>> draft.record("cards").author
            (Name(literal='others'),)
        """
        self.marks.setdefault(self.attribute, text)
        self.mark_et_al()

    def names(self, found: NamesOfTexts, attribute: str = "") -> tuple[Name, ...]:
        """Return the names in a text, and record the further information in it.

        Args:
            found: The names, with their problems.
            attribute: The attribute of the names; by default that of the current row.
        """
        if found.problems:
            self.doubts(found.problems)
        if found.et_al:
            self.mark_et_al(attribute)
        return found.names

    def _keep_rest(self, own: str, rest: list[Field], second: set[int]) -> None:
        is_known = self.spec.knows(own)
        for field in rest:
            self.line = field[2]
            if own in self.spec.quiet:
                pass
            elif id(field) in second:
                self.second_value(own, field[1])
            elif not is_known:
                self.report(
                    "unknown-tag", f"the tag {own} does not belong to the format; it is kept"
                )
                is_known = True  # stated once
            self.keep(own, field[1])

    def put(self, variable: str, value: Any) -> bool:
        """Set a variable, unless it already has a value.

        Args:
            variable: CSL's variable, in CSL's spelling.
            value: Its value.

        Returns:
            Whether the variable has this value now.
        """
        return bool(self.values.setdefault(attribute_of(variable), value) == value)

    def keep(self, own: str, value: Any) -> None:
        """Keep a value in `extra`: a single one unchanged, several of one key as a list.

        Args:
            own: The key, under the source's own name.
            value: The value; one that JSON cannot hold is kept as its text.

        Example:
            >>> from refcite.formats.crosswalk import Spec
            >>> from refcite.formats.draft import Draft
            >>> draft = Draft(Spec((), ()), "book")
            >>> draft.keep("C1", "one")
            >>> draft.keep("C1", "two")
            >>> draft.extra
            {'C1': ['one', 'two']}
        """
        if not isinstance(value, _PLAIN):
            value = str(value)  # a format's own kind of value, such as the parts of a date
        add_to(self.extra, own, value)

    def place(self) -> tuple[int | None, int | None]:
        """Return the line and the column of the current field."""
        return self.line, 1 if self.line else None

    def report(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.INFO,
        hint: str | None = None,
    ) -> None:
        """Add a problem, at the line of the current field."""
        line, column = self.place()
        self.problems.append(
            Problem(
                severity=severity, code=code, message=message, line=line, column=column, hint=hint
            )
        )

    def unknown_type(
        self, own_type: Any = None, *, of: str = "CSL", missing: str = "", hint: str | None = None
    ) -> None:
        """Report an unknown or missing type; the work is then a document.

        Args:
            own_type: The type in the source, which is kept in `extra`.
            of: The format, or CSL if the type is one of the format's, but not of CSL's.
            missing: The message if the source has no type, so an empty one is missing.
            hint: The repair.

        Example:
            >>> from refcite.formats.crosswalk import Spec
            >>> from refcite.formats.draft import Draft
            >>> draft = Draft(Spec((), ()), "")
            >>> draft.unknown_type("Scroll", of="EndNote")
            >>> draft.values, draft.extra
            ({'type': 'document'}, {'type': 'Scroll'})
            >>> draft.problems[0].message
            "'Scroll' is not a type of EndNote; it is read as document"
        """
        self.values["type"] = "document"
        if own_type or not missing:
            self.extra["type"] = own_type
            shown = (
                repr(own_type[:_LONGEST_TYPE]) if isinstance(own_type, str) else f"{own_type!r:.60}"
            )
            missing = f"{shown} is not a type of {of}"
        message = f"{missing}; it is read as document"
        self.report("unknown-type", message, Severity.WARNING, hint)

    def second_value(self, own: str, value: Any) -> None:
        """Report a field that differs from the value of its variable."""
        text = str(value)
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        self.report("second-value", f"{own} {shown!r} differs from another field; both are kept")

    def doubts(self, problems: Iterable[Problem]) -> None:
        """Add problems that have no location yet, at the line of the current field."""
        for problem in problems:
            line, column = self.place()
            self.problems.append(problem.replace(line=line, column=column))

    def record(self, format: str, verbatim: Mapping[str, Any] | None = None) -> Record:  # noqa: A002 - as in `Origin`
        """Return the record.

        Args:
            format: The format's name, for the record's origin.
            verbatim: The values that the writer needs to write an unchanged entry unchanged.

        Example:
            >>> from refcite.formats.crosswalk import Row, Spec
            >>> from refcite.formats.draft import Draft
            >>> draft = Draft(Spec((), (Row("TI", "title"),)), "book")
            >>> draft.read([("TI", "One", 1)])
            >>> draft.record("cards").title
            'One'
        """
        for attribute, text in self.marks.items():
            # Both may have been replaced since the text was read.
            if attribute in self.values.get("et_al", ()) and attribute not in self.values:
                self.values[attribute] = (Name(literal=text.strip(" ,;")),)
                self.values["et_al"] = set(self.values["et_al"]) - {attribute}
        issued = self.values.get("issued")
        if issued is not None and issued.literal is not None:
            self.read_reissue(issued.literal)
        origin = Origin(
            format=format, verbatim={} if verbatim is None else verbatim, line=self.start
        )
        return record_of({**self.values, "extra": self.extra, "origin": origin})

    def read_reissue(self, text: str) -> None:
        """Read the years of a new edition and of the original, `1994 [1943]`, as two dates."""
        found = _REISSUE.fullmatch(text)
        if found is None or found[2] >= found[1] or "original_date" in self.values:
            return
        self.values["issued"] = Date.of(int(found[1]))
        self.values["original_date"] = Date.of(int(found[2]))
        self.problems[:] = [
            one
            for one in self.problems
            if one.code != "unread-date" or repr(text) not in one.message
        ]


_REISSUE: Final = re.compile(
    r"([0-9]{4})\s?\[(?:(?:originally|orig\.|first)\s)?(?:(?:published|publ\.|pub\.)\s)?(?:in\s)?"
    r"([0-9]{4})\]",
    re.IGNORECASE,
)


def grouped(fields: Iterable[Field]) -> dict[str, list[Field]]:
    """Return fields by key, in the order of the keys; empty ones are ignored.

    Example:
        >>> grouped([("AU", "Roe", 2), ("TI", "", 3), ("AU", "Poe", 4)])
        {'AU': [('AU', 'Roe', 2), ('AU', 'Poe', 4)]}
    """
    groups: dict[str, list[Field]] = {}
    for field in fields:
        if field[1]:
            own = field[0]
            if own in groups:
                groups[own].append(field)
            else:
                groups[own] = [field]
    return groups


def library_of(
    found: Iterable[tuple[Record, Draft]],
    *,
    missing: str = "",
    problems: Iterable[Problem] = (),
    is_keyed: bool = False,
) -> Library:
    """Return a library of the records that a reader has created, with their problems in order.

    Args:
        found: Each record, with its draft.
        missing: The message if there is no record; empty if a text may contain none.
        problems: The problems outside the entries.
        is_keyed: Whether the format names its records.

    Example:
        >>> from refcite.formats.crosswalk import Row, Spec
        >>> from refcite.formats.draft import Draft, library_of
        >>> draft = Draft(Spec((), (Row("TI", "title"),)), "book", line=1)
        >>> draft.read([("TI", "One", 1), ("XX", "7", 2)])
        >>> library = library_of([(draft.record("cards"), draft)])
        >>> library.ids, library.problems[0].line
        (('one',), 2)
    """
    library = Library(is_keyed=is_keyed)
    doubts = [*problems, *_fill(library, found)]
    if missing and not len(library):
        doubts.append(no_entries(missing))
    doubts.sort(key=lambda problem: problem.line or 0)
    library.problems[:0] = doubts
    return library


def library_of_drafts(
    drafts: Iterable[Draft],
    problems: list[Problem],
    format_: str,
    missing: str,
    *,
    is_keyed: bool = False,
) -> Library:
    """Return a library of the records of drafts.

    Args:
        drafts: The drafts.
        problems: The list to which their reader adds problems.
        format_: The name of the format.
        missing: The message if there is no draft, and no problem that explains it.
        is_keyed: Whether the format names its records.
    """
    found = list(drafts)
    if not found and not problems:
        problems.append(no_entries(missing))
    return library_of(
        ((draft.record(format_), draft) for draft in found), problems=problems, is_keyed=is_keyed
    )


def stream_drafts(
    drafts: Iterable[Draft], problems: list[Problem], format_: str, missing: str
) -> Iterator[Record | Problem]:
    """Yield the records and problems of drafts.

    Args:
        drafts: The drafts, one by one.
        problems: The list to which their reader adds problems.
        format_: The name of the format.
        missing: The message if there is no draft.
    """
    reported: set[str] = set()
    count = 0
    for count, draft in enumerate(drafts, 1):
        draft.values.setdefault("id", id_by_place(count))
        record = draft.record(format_)
        if draft.problems:
            key, start = record.id, draft.start
            problems += [one.replace(key=key, line=one.line or start) for one in draft.problems]
        if problems:
            yield from first_reported(problems, reported)
            problems.clear()
        yield record
    if not count and not problems:
        problems.append(no_entries(missing))
    yield from problems


def _fill(library: Library, found: Iterable[tuple[Record, Draft]]) -> Iterator[Problem]:
    reported: set[str] = set()
    for record, draft in found:
        library.adopt(record)
        key = record.id or None
        for problem in first_reported(draft.problems, reported):
            # A problem without a line receives the line of the entry.
            yield problem.replace(key=key, line=problem.line or draft.start)

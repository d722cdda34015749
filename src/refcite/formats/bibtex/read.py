"""Read BibTeX and biblatex files."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any, Final

from attrs import define

from refcite.collector import collector_paused
from refcite.formats.bibtex.blocks import Block, Fault, Kind
from refcite.formats.bibtex.build import build, may_have_entities
from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.inherit import inherit
from refcite.formats.bibtex.journals import spell_out_journal
from refcite.formats.bibtex.keep import FORMAT, Kept, Surroundings
from refcite.formats.bibtex.mapping import CONTAINERS_OF_DATA
from refcite.formats.bibtex.references import Source
from refcite.formats.bibtex.spelling import SPELLINGS
from refcite.formats.bibtex.split import Chunk, split
from refcite.formats.bibtex.values import STANDARD_MACROS, evaluate
from refcite.formats.common_problems import no_entries
from refcite.formats.progress import part, reporting
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record, record_of

__all__ = ["Entry", "Reader", "normalised", "place_of", "read"]

_NO_ENTRIES: Final = no_entries(
    "there is no BibTeX entry in this text", "an entry has the form @book{key, title = {…}}"
)
_REPAIRED: Final = "refcite check --fix may repair it"

# A few lines of @string can require more text than the memory can hold.
_LONGEST_MACRO: Final = 100_000


_SPLITTING: Final = 0.2
"""The share of the time until a file is split into entries."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read a BibTeX or biblatex file.

    Broken entries are read as far as possible, and reported. Fields without a CSL variable are in
    each record's `extra`, under their names in lower case; the original text of the entry is in
    `origin`.

    Args:
        text: The file's text; it may start with a byte-order mark.
        day_first: Whether `01/02/2017` is 1 February (True) or 2 January (False). None keeps
            such a date as text, and reports it.

    Returns:
        The records, in the order of the file, and the problems.

    Example:
        >>> from refcite import loads
        >>> library = loads(r'''
        ... @article{k, author = {Erd{\H o}s, P. and others}, title = {On {DNA}}, journal = {J},
        ...          year = 1950, month = jan, pages = {1--10}, custom = {x}}''', "bibtex")
        >>> record = library["k"]
        >>> record.author[0].family, str(record.issued), record.page, dict(record.extra)
        ('Erdős', '1950-01', '1-10', {'custom': 'x'})
    """
    with collector_paused():
        text = normalised(text)
        with part(0.0, _SPLITTING):
            blocks, faults = split(text) if "@" in text else ([], [])
        reader = Reader(day_first)
        entries = reader.entries(Chunk(text, end=len(text), blocks=blocks, faults=faults))
        inherit([entry.source for entry in entries], reader.report_source)
        with part(_SPLITTING, 1.0):
            records = list(map(reader.record, reporting(entries, len(entries))))
        containers: list[Record] = []
        if any(entry.is_container for entry in entries):
            pairs = list(zip(entries, records, strict=True))
            containers = [one for entry, one in pairs if entry.is_container]
            records = [one for entry, one in pairs if not entry.is_container]
        return Library(records, [*reader.problems(), *reader.last()], containers=containers)


def normalised(text: str) -> str:
    """Return a text without a byte-order mark, with line feeds as its only line ends."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _may_start_entity(text: str) -> bool:
    """Return whether a text has a sign with which an entity or a tag of HTML starts."""
    return "&" in text or "<" in text


@define(eq=False)
class Entry:
    """An entry of a file, whose fields have been read.

    Attributes:
        block: The entry in the text.
        source: Its fields, without macros, and its references to others.
        names: The names of its own fields.
        before: The text between the entry before it and this one.
        index: Its position among the entries of the file.
        macros: The numbers of other blocks before the previous entry, and before this one.
    """

    block: Block
    source: Source
    names: tuple[str, ...]
    before: str
    index: int
    macros: tuple[int, int]

    @property
    def is_container(self) -> bool:
        """Whether it is not a work, but contains data for others."""
        return self.block.type in CONTAINERS_OF_DATA


class Reader:
    """Reads the chunks of a file in their order; macros are defined for the following chunks.

    Args:
        day_first: Whether `01/02/2017` is 1 February (True) or 2 January (False); None if unknown.
        macros: The macros that are defined before the first chunk.

    Attributes:
        macros: The macros that are defined, with their texts.
        surroundings: The contents of the file other than its entries.
    """

    def __init__(self, day_first: bool | None, macros: Mapping[str, str] | None = None) -> None:
        self.macros = {**STANDARD_MACROS, **(macros or {})}
        self._has_macros = bool(macros)
        self._has_signs = any(map(_may_start_entity, (macros or {}).values()))
        self.surroundings = Surroundings()
        self._day_first = day_first
        self._chunk = Chunk("")
        self._text = ""
        self._count = 0
        self._has_blocks = self._has_text = False
        self._between: list[str] = []
        self._macros_before = 0
        self._problems: list[Problem] = []
        self._beyond: list[Problem] = []
        self._line_starts: list[int] = []
        self._line = 1
        self._counted = 0

    def entries(self, chunk: Chunk) -> list[Entry]:
        """Return the entries of the next chunk."""
        self._chunk, self._text = chunk, chunk.text
        self._line_starts = []
        self._line, self._counted = chunk.line, 0
        entries = list(self._entries(chunk))
        self._has_blocks |= bool(chunk.blocks or chunk.faults)
        self._has_text |= not self._has_blocks and bool(chunk.text[chunk.done : chunk.end].strip())
        return entries

    def _entries(self, chunk: Chunk) -> Iterator[Entry]:
        done = chunk.done
        macros = self.surroundings.macros
        for block in chunk.blocks:
            if block.kind is Kind.ENTRY:
                fields = self._fields(block)
                source = Source(block.key, block.type, fields, chunk.start + block.start)
                before = self._text[done : block.start]
                if self._between:
                    before = "".join((*self._between, before))
                    self._between.clear()
                numbers = self._macros_before, len(macros)
                yield Entry(block, source, tuple(fields), before, self._count, numbers)
                self._count += 1
                done, self._macros_before = block.end, len(macros)
            else:
                if block.kind is Kind.STRING:
                    self._define(block)
                macros.append(self._text[block.start : block.end])
        if rest := self._text[done : chunk.end]:
            self._between.append(rest)

    def problems(self) -> list[Problem]:
        """Return the problems of the chunk, whose records have been created, in their order."""
        problems = self._problems
        if self._beyond or self._chunk.faults:
            faults = [*self._beyond, *map(self._problem_of, self._chunk.faults)]
            end = self._place(self._chunk.end)
            # The end of a broken block may be reported where the next chunk starts.
            self._beyond = [one for one in faults if place_of(one) >= end]
            problems += [one for one in faults if place_of(one) < end]
        problems.sort(key=place_of)
        self._problems = []
        return problems

    def last(self) -> list[Problem]:
        """Return the problems at the end of the file."""
        self.surroundings.after = "".join(self._between)
        problems, self._beyond = self._beyond, []
        if self._has_text and not self._has_blocks:
            problems.append(_NO_ENTRIES)
        return problems

    def define_macros(self, chunk: Chunk) -> None:
        """Define the macros of a chunk whose entries are not read."""
        self._chunk, self._text = chunk, chunk.text
        self._line_starts = []
        for block in chunk.blocks:
            if block.kind is Kind.STRING:
                self._define(block)
        self._problems.clear()

    def _define(self, block: Block) -> None:
        self._has_macros = True
        for name, value in block.fields:
            undefined: list[str] = []
            text = evaluate(value, self.macros, undefined)
            if len(text) > _LONGEST_MACRO and type(value) is not str:
                self._report(
                    block.start,
                    Severity.ERROR,
                    "macro-too-long",
                    f"the macro {name!r} grows to {len(text):,} characters; it was not defined",
                    hint="macros that contain macros double in length with each step",
                )
                continue
            self._report_undefined(undefined, block)
            self.macros[name.lower()] = text
            self._has_signs |= _may_start_entity(text)

    def _fields(self, block: Block) -> dict[str, str]:
        fields: dict[str, str] = {}
        repeated: dict[str, None] = {}
        for name, value in block.fields:
            lower = name.lower()
            if lower in fields:
                repeated[lower] = None
            elif type(value) is str:
                fields[lower] = value
            else:
                undefined: list[str] = []
                fields[lower] = evaluate(value, self.macros, undefined)
                if undefined:
                    self._report_undefined(undefined, block)
        spell_out_journal(fields)
        for lower in repeated:
            self._report(
                self._offset_of_field(block, lower, last=True),
                Severity.WARNING,
                "duplicate-field",
                f"the field {lower!r} occurs more than once; the first was read",
                key=block.key,
                hint="remove the others",
            )
        return fields

    def record(self, entry: Entry) -> Record:
        """Return the record of an entry of the chunk, whose inherited fields have been added."""
        block = entry.block
        raw = self._text[block.start : block.end]
        draft = EntryDraft(entry.source.fields, partial(self._place_of, block), self._day_first)
        draft.has_entities = may_have_entities(raw) or (
            # Values of macros and of other entries are not in its text.
            (
                (self._has_macros and (self._has_signs or _may_start_entity(raw)))
                or bool(entry.source.parents)
            )
            and may_have_entities("\n".join(entry.source.fields.values()))
        )
        for spelling in SPELLINGS:
            own = spelling.field
            if own in entry.names and spelling.pattern.match(draft.fields[own]):
                draft.own = own
                draft.report(spelling.code, spelling.found, hint=_REPAIRED)
        draft.own = ""
        build(block.type, draft)
        if draft.problems:
            self._problems += [problem.replace(key=block.key) for problem in draft.problems]
        values = draft.values
        values["id"] = block.key if draft.id is None else draft.id
        values["type"] = draft.type
        values["extra"] = draft.extra
        kept = Kept(
            raw,
            entry.before,
            entry.index,
            entry.macros,
            entry.source.parents,
            self.surroundings,
            values,
        )
        verbatim = {"type": block.type, "fields": entry.names, "entry": kept}
        if entry.source.parents:
            verbatim["parents"] = entry.source.parents
        origin = Origin(format=FORMAT, verbatim=verbatim, line=self._line_of(block.start))
        return record_of({**values, "origin": origin})

    # Places

    def place_of(self, entry: Entry) -> tuple[int, int]:
        """Return the line and the column of an entry of the chunk."""
        return self._place(entry.block.start)

    def _line_of(self, offset: int) -> int:
        if offset < self._counted:
            return self._place(offset)[0]
        self._line += self._text.count("\n", self._counted, offset)
        self._counted = offset
        return self._line

    def _place(self, offset: int) -> tuple[int, int]:
        if not self._line_starts:
            lengths = (len(line) + 1 for line in self._text.split("\n"))
            self._line_starts = [0, *accumulate(lengths)]
        line = bisect_right(self._line_starts, offset)
        before = self._chunk.column - 1 if line == 1 else 0
        return self._chunk.line + line - 1, before + offset - self._line_starts[line - 1] + 1

    def _place_of(self, block: Block, field: str) -> tuple[int, int]:
        return self._place(self._offset_of_field(block, field))

    # Problems

    def _report(
        self, offset: int, severity: Severity, code: str, message: str, **more: Any
    ) -> None:
        line, column = self._place(offset)
        self._problems.append(
            Problem(severity=severity, code=code, message=message, line=line, column=column, **more)
        )

    def _problem_of(self, fault: Fault) -> Problem:
        line, column = self._place(fault.offset)
        return Problem(
            severity=fault.severity,
            code=fault.code,
            message=fault.message,
            line=line,
            column=column,
            hint=fault.hint,
            key=fault.key,
        )

    def report_source(self, source: Source, code: str, message: str, hint: str) -> None:
        """Report a problem of the references of an entry of the chunk."""
        offset = source.start - self._chunk.start
        self._report(offset, Severity.WARNING, code, message, hint=hint, key=source.key)

    def _report_undefined(self, undefined: list[str], block: Block) -> None:
        for name in dict.fromkeys(undefined):
            self._report(
                max(self._text.find(name, block.start, block.end), block.start),
                Severity.WARNING,
                "undefined-macro",
                f"the macro {name!r} is not defined; its name was read as text",
                hint=f"define it with @string{{{name} = {{…}}}}, or put braces around it",
                key=block.key or None,
            )

    def _offset_of_field(self, block: Block, name: str, *, last: bool = False) -> int:
        if name:
            pattern = re.compile(rf"[,\s]({re.escape(name)})\s*=", re.IGNORECASE)
            found = [mark.start(1) for mark in pattern.finditer(self._text, block.start, block.end)]
            if found:
                return found[-1 if last else 0]
        return block.start


def place_of(problem: Problem) -> tuple[int, int]:
    """Return the line and the column of a problem."""
    return problem.line or 0, problem.column or 0

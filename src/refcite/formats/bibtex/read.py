"""Read BibTeX and biblatex files."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from typing import Any, Final

from attrs import define

from refcite.formats.bibtex.blocks import Block, Fault, Kind
from refcite.formats.bibtex.build import build, may_have_entities
from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.inherit import inherit
from refcite.formats.bibtex.journals import spell_out_journal
from refcite.formats.bibtex.keep import FORMAT, Kept, Surroundings
from refcite.formats.bibtex.mapping import CONTAINERS_OF_DATA
from refcite.formats.bibtex.references import Keys, Source, report_pointers
from refcite.formats.bibtex.spelling import SPELLINGS
from refcite.formats.bibtex.split import split
from refcite.formats.bibtex.values import STANDARD_MACROS, evaluate
from refcite.formats.common_problems import no_entries
from refcite.formats.progress import part, reporting
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record, record_of

__all__ = ["read"]

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
    with _collector_paused():
        return _Reader(_normalised(text), day_first).library()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the cyclic garbage collector from checking each new object repeatedly.

    No object that is created here refers back to its container, so there is nothing to collect; the
    checks would take a quarter of the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _normalised(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


@define(eq=False)
class _Entry:
    block: Block
    source: Source
    names: tuple[str, ...]
    before: str
    macros: tuple[int, int]


class _Reader:
    def __init__(self, text: str, day_first: bool | None) -> None:
        self.text = text
        self.day_first = day_first
        self.has_entities = may_have_entities(text)
        self.problems: list[Problem] = []
        self.macros = dict(STANDARD_MACROS)
        self.surroundings = Surroundings()
        self._line_starts: list[int] = []
        self._line = 1
        self._counted = 0

    def library(self) -> Library:
        with part(0.0, _SPLITTING):
            blocks, faults = split(self.text) if "@" in self.text else ([], [])
        entries = list(self._entries(blocks))
        self._follow_references([entry.source for entry in entries])
        with part(_SPLITTING, 1.0):
            numbered = enumerate(reporting(entries, len(entries)))
            records = [self._record(index, entry) for index, entry in numbered]
        containers: list[Record] = []
        if any(entry.block.type in CONTAINERS_OF_DATA for entry in entries):
            pairs = list(zip(entries, records, strict=True))
            containers = [one for entry, one in pairs if entry.block.type in CONTAINERS_OF_DATA]
            records = [one for entry, one in pairs if entry.block.type not in CONTAINERS_OF_DATA]
        for fault in faults:
            self._report_fault(fault)
        if not blocks and not faults and self.text.strip():
            self.problems.append(_NO_ENTRIES)
        self.problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
        return Library(records, self.problems, containers=containers)

    def _follow_references(self, sources: list[Source]) -> None:
        by_key = Keys(sources)
        report_pointers(sources, by_key, self._report_source)
        inherit(sources, by_key, self._report_source)

    def _entries(self, blocks: list[Block]) -> Iterator[_Entry]:
        done = macros_done = 0
        macros = self.surroundings.macros
        for block in blocks:
            if block.kind is Kind.ENTRY:
                fields = self._fields(block)
                source = Source(block.key, block.type, fields, block.start)
                before = self.text[done : block.start]
                yield _Entry(block, source, tuple(fields), before, (macros_done, len(macros)))
                done, macros_done = block.end, len(macros)
            elif block.kind is Kind.STRING:
                self._define(block)
                macros.append(self.text[block.start : block.end])
        self.surroundings.after = self.text[done:]

    def _define(self, block: Block) -> None:
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

    def _record(self, index: int, entry: _Entry) -> Record:
        block = entry.block
        draft = EntryDraft(entry.source.fields, partial(self._place_of, block), self.day_first)
        draft.has_entities = self.has_entities
        for spelling in SPELLINGS:
            own = spelling.field
            if own in entry.names and spelling.pattern.match(draft.fields[own]):
                draft.own = own
                draft.report(spelling.code, spelling.found, hint=_REPAIRED)
        draft.own = ""
        build(block.type, draft)
        if draft.problems:
            self.problems += [problem.replace(key=block.key) for problem in draft.problems]
        values = draft.values
        values["id"] = block.key if draft.id is None else draft.id
        values["type"] = draft.type
        values["extra"] = draft.extra
        kept = Kept(
            self.text[block.start : block.end],
            entry.before,
            index,
            entry.macros,
            entry.source.parents,
            self.surroundings,
            values,
        )
        verbatim = {"type": block.type, "fields": entry.names, "entry": kept}
        origin = Origin(format=FORMAT, verbatim=verbatim, line=self._line_of(block.start))
        return record_of({**values, "origin": origin})

    # Places

    def _line_of(self, offset: int) -> int:
        if offset < self._counted:
            return self._place(offset)[0]
        self._line += self.text.count("\n", self._counted, offset)
        self._counted = offset
        return self._line

    def _place(self, offset: int) -> tuple[int, int]:
        if not self._line_starts:
            lengths = (len(line) + 1 for line in self.text.split("\n"))
            self._line_starts = [0, *accumulate(lengths)]
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _place_of(self, block: Block, field: str) -> tuple[int, int]:
        return self._place(self._offset_of_field(block, field))

    # Problems

    def _report(
        self, offset: int, severity: Severity, code: str, message: str, **more: Any
    ) -> None:
        line, column = self._place(offset)
        self.problems.append(
            Problem(severity=severity, code=code, message=message, line=line, column=column, **more)
        )

    def _report_fault(self, fault: Fault) -> None:
        self._report(
            fault.offset, fault.severity, fault.code, fault.message, hint=fault.hint, key=fault.key
        )

    def _report_source(self, source: Source, code: str, message: str, hint: str) -> None:
        self._report(source.start, Severity.WARNING, code, message, hint=hint, key=source.key)

    def _report_undefined(self, undefined: list[str], block: Block) -> None:
        for name in dict.fromkeys(undefined):
            self._report(
                max(self.text.find(name, block.start, block.end), block.start),
                Severity.WARNING,
                "undefined-macro",
                f"the macro {name!r} is not defined; its name was read as text",
                hint=f"define it with @string{{{name} = {{…}}}}, or put braces around it",
                key=block.key or None,
            )

    def _offset_of_field(self, block: Block, name: str, *, last: bool = False) -> int:
        if name:
            pattern = re.compile(rf"[,\s]({re.escape(name)})\s*=", re.IGNORECASE)
            found = [mark.start(1) for mark in pattern.finditer(self.text, block.start, block.end)]
            if found:
                return found[-1 if last else 0]
        return block.start

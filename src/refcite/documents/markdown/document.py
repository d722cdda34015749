"""A document in pandoc's Markdown, R Markdown or Quarto."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from refcite.csl import Cite, Cluster
from refcite.documents.answers import Answers
from refcite.documents.clusters import CitedKey, DocumentCitation, line_at, line_starts
from refcite.documents.locators import LocatorTerms, split_locator
from refcite.documents.markdown.blocks import Blocks, Region, read_blocks
from refcite.documents.markdown.inlines import (
    FoundCitation,
    FoundCite,
    Inlines,
    NoteReference,
    read_inlines,
)
from refcite.documents.markdown.matter import TEXTS, matter_regions
from refcite.documents.markdown.texts import Kept, csl_text
from refcite.documents.markdown.writing import Writer
from refcite.documents.metadata import Settings
from refcite.formats import yamltext
from refcite.problems import Problem, Severity

__all__ = ["MarkdownDocument", "is_cross_reference"]

_CROSS: Final = re.compile(
    r"(?:fig|tbl|lst|sec|eq|thm|lem|cor|prp|cnj|def|exm|exr|rem|sol|alg|apx|nte|tip|wrn|imp|cau|"
    r"tab|supp|vid|quo|dia|dig)(?:-\w|:\w)",
    re.IGNORECASE,
)
"""Keys of cross-references: those of Quarto have a hyphen, those of pandoc-crossref a colon."""


_NOCITE: Final = re.compile(
    r"^[\"']?nocite[\"']?[ \t]*:([^\n]*(?:\n(?:[ \t][^\n]*|[ \t]*-[^\n]*|(?=\n)))*)", re.MULTILINE
)
"""The text of `nocite` in YAML: the rest of the line, and the indented lines after it."""


def is_cross_reference(key: str) -> bool:
    """Return whether a key is that of a figure, a table or another part of the document.

    Example:
        >>> is_cross_reference("fig-map"), is_cross_reference("figaro")
        (True, False)
    """
    return _CROSS.match(key) is not None


class MarkdownDocument:
    """A document, read.

    Args:
        text: Its text.
        is_pandoc: Whether the results are written in pandoc's Markdown; otherwise with the tags of
            HTML, which all programs read.

    Attributes:
        metadata: The metadata in its YAML blocks.
        problems: The problems of these.
        output: The output format of the processor.
        text: The text.
    """

    output: Final = "markdown"
    _signs: tuple[str, ...] = ("@", "^")
    """A region without any of these has no citations and no notes."""

    def __init__(self, text: str, *, is_pandoc: bool = True) -> None:
        self.text = text
        self._is_pandoc = is_pandoc
        self._blocks = self._read_blocks()
        self._lines = line_starts(text)
        self.problems: list[Problem] = []
        self._metadata: Mapping[str, Any] | None = None
        self._kept = Kept()
        # For each note, and under None for the text outside notes: what is in it, in order.
        self._flows: dict[str | None, list[FoundCitation | NoteReference]] = {None: []}
        self._regions: dict[int, Region] = {}
        self._leaders: set[int] = set()
        # What is in the metadata; citations that are optional are those of known keys only.
        self._matter: list[FoundCitation | NoteReference] = []
        self._optional: set[int] = set()
        self._in_links: set[int] = set()
        if is_pandoc:
            self._read_matter()
        self._read()

    # Reading

    def _read_blocks(self) -> Blocks:
        return read_blocks(self.text)

    def _read_inlines(self, start: int, end: int) -> Inlines:
        return read_inlines(self.text, start, end, self._blocks.links, self._blocks.examples)

    def _read_matter(self) -> None:
        """Read the texts of the metadata, whose citations precede all others, as in pandoc."""
        for key, region in matter_regions(self.text, self._blocks.metadata):
            citations, notes = self._read_inlines(region.start, region.end)
            self._matter += sorted([*citations, *notes], key=lambda one: one.start)
            for citation in citations:
                self._regions[citation.start] = region
                if citation.in_link:
                    self._in_links.add(citation.start)
                if key not in TEXTS:
                    self._optional.add(citation.start)
            self._find_leaders(citations, notes)

    def _read(self) -> None:
        blocks, text = self._blocks, self.text
        in_notes: dict[str, int] = {}
        for region in blocks.regions:
            if region.note is not None:
                in_notes[region.note] = in_notes.get(region.note, 0) + 1
        for region in blocks.regions:
            start, end = region.start, region.end
            if not any(text.find(sign, start, end) >= 0 for sign in self._signs):
                continue
            citations, notes = self._read_inlines(start, end)
            if not citations and not notes:
                continue
            flow: list[FoundCitation | NoteReference] = [*citations, *notes]
            flow.sort(key=lambda one: one.start)
            self._flows.setdefault(region.note, []).extend(flow)
            for citation in citations:
                self._regions[citation.start] = region
                if citation.unclosed >= 0:
                    self.problems.append(self._unclosed(citation))
                if citation.in_link:
                    self._in_links.add(citation.start)
                if region.note is not None and in_notes[region.note] == 1:
                    self._note_leader(citation, start)
            self._find_leaders(citations, notes)

    def _unclosed(self, citation: FoundCitation) -> Problem:
        return Problem(
            severity=Severity.WARNING,
            code="unclosed-bracket",
            message=f"the bracket before the citation of {citation.cites[0].key.key!r} has no end"
            " in its paragraph, so the citation is read as a part of the text",
            line=line_at(self._lines, citation.unclosed),
            key=citation.cites[0].key.key,
        )

    def _find_leaders(
        self, citations: Sequence[FoundCitation], notes: Sequence[NoteReference]
    ) -> None:
        for note in notes:
            if note.label is None:
                inside = (one for one in citations if note.start < one.start < note.end)
                first = next(inside, None)
                if first is not None:
                    self._note_leader(first, note.start + 2)

    def _note_leader(self, citation: FoundCitation, start: int) -> None:
        if not self.text[start : citation.start].strip() and not citation.in_text:
            self._leaders.add(citation.start)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The metadata; of two equal keys, that of the last block is used.

        Raises:
            FormatError: PyYAML is not installed, and there is metadata.
        """
        if self._metadata is None:
            found: dict[str, Any] = {}
            lines: dict[str, int] = {}
            for place, body in self._blocks.metadata:
                problems: list[Problem] = []
                before = line_at(self._lines, place) - 1
                read = yamltext.mapping(body, problems)
                for problem in problems:
                    self.problems.append(problem.replace(line=(problem.line or 1) + before))
                for key, value in read.items():
                    found[key] = value
                    lines[key] = yamltext.line_of_key(read, key) + before
            self._metadata = yamltext.with_lines(yamltext.plain(found), lines)
        return self._metadata

    def references(self) -> str:
        """Return the YAML with references, or nothing."""
        bodies = [body for _, body in self._blocks.metadata if "references" in body]
        return bodies[-1] if bodies else ""

    def nocite(self, settings: Settings) -> Sequence[CitedKey]:
        """Return the keys that are listed and not cited, with their places in the metadata."""
        return [
            evolve(one, is_citation=False)
            for place, body in self._blocks.metadata
            for found in _NOCITE.finditer(body)
            for citation in read_inlines(self.text, place + found.start(1), place + found.end(1))[0]
            for one in self._keys_of(citation)
        ]

    def _keys_of(self, citation: FoundCitation) -> Iterator[CitedKey]:
        for cite in citation.cites:
            key = cite.key
            yield CitedKey(key.key, key.key_start, key.end, line_at(self._lines, key.start))

    def all_citations(self) -> Iterator[FoundCitation]:
        """Yield the citations in the order of the text, also those in notes that are not used."""
        found = [one for flow in self._flows.values() for one in flow]
        found += (one for one in self._matter if one.start not in self._optional)
        found.sort(key=lambda one: one.start)
        return (one for one in found if isinstance(one, FoundCitation))

    def all_keys(self) -> Iterator[CitedKey]:
        """Yield the keys of the citations in the order of the text."""
        for citation in self.all_citations():
            yield from self._keys_of(citation)

    # Citations

    def citations(self, terms: LocatorTerms, known: Container[str]) -> list[DocumentCitation]:
        """Return the citations in the order in which they are numbered.

        A note is where it is referred to, and its citations have its number. Each citation outside
        notes counts as a note, as in pandoc.

        Args:
            terms: The labels of locators in the document's language.
            known: The ids of the references.
        """
        found: list[DocumentCitation] = []
        used: set[str] = set()
        number = 0
        note_start = note_end = -1
        for one in (*self._matter, *self._flows[None]):
            if isinstance(one, FoundCitation):
                in_note = note_start < one.start < note_end
                citation = self._citation(one, terms, known, number + (not in_note), in_note)
                if citation is not None:
                    number = citation.cluster.note or number
                    found.append(citation)
                continue
            number += 1
            if one.label is None:
                note_start, note_end = one.start, one.end
                continue
            if one.label in used:
                continue
            used.add(one.label)
            for inner in self._flows.get(one.label, ()):
                if isinstance(inner, FoundCitation):
                    citation = self._citation(inner, terms, known, number, True)
                    if citation is not None:
                        found.append(citation)
        return found

    def _citation(
        self,
        found: FoundCitation,
        terms: LocatorTerms,
        known: Container[str],
        note: int,
        in_note: bool,
    ) -> DocumentCitation | None:
        """Return a citation, None for cross-references and for names that only look like one."""
        keys = [cite.key.key for cite in found.cites]
        is_optional = found.start in self._optional
        if any(key not in known and (is_optional or is_cross_reference(key)) for key in keys):
            return None
        cites = [self._cite(cite, terms) for cite in found.cites]
        if found.in_text and cites[0].mode == "normal":
            cites[0] = evolve(cites[0], mode="composite")
        return DocumentCitation(
            cluster=Cluster(cites=tuple(cites), note=note),
            start=found.start,
            end=found.end,
            keys=tuple(self._keys_of(found)),
            in_note=in_note,
        )

    def _cite(self, found: FoundCite, terms: LocatorTerms) -> Cite:
        key = found.key
        mode: Any = "suppress-author" if key.suppresses_author else "normal"
        prefix = self.text[slice(*found.prefix)].strip()
        suffix = self.text[slice(*found.suffix)].rstrip()
        if not prefix and not suffix:
            return Cite(key.key, mode=mode)
        located = split_locator(csl_text(suffix, self._kept), terms)
        return Cite(
            key.key,
            mode=mode,
            prefix=f"{csl_text(prefix, self._kept)} " if prefix else "",
            locator=located.locator,
            label="page" if located.label is None else located.label,
            suffix=located.suffix,
        )

    # Writing

    def write(self, answers: Answers) -> str:
        """Return the text with the results at their places."""
        writer = Writer(
            self.text,
            self._regions,
            self._leaders,
            self._kept,
            self._blocks.notes,
            answers,
            is_pandoc=self._is_pandoc,
            in_links=self._in_links,
        )
        return writer.write(self._blocks.refs)

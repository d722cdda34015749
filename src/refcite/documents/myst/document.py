"""A document in MyST Markdown."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from refcite.csl import Cite
from refcite.csl.document.cites import CiteMode
from refcite.documents.answers import Answers
from refcite.documents.clusters import CitedKey, DocumentCitation, line_at
from refcite.documents.locators import LocatorTerms
from refcite.documents.markdown.blocks import Blocks
from refcite.documents.markdown.document import MarkdownDocument
from refcite.documents.markdown.inlines import FoundCitation, FoundCite, FoundKey, Inlines
from refcite.documents.metadata import Settings
from refcite.documents.myst.blocks import BibliographyDirective, MystBlocks
from refcite.documents.myst.inlines import MystInlines, RoleCitation, UnusedRole, doi_in
from refcite.documents.myst.project import is_address
from refcite.documents.myst.writing import MystWriter
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["MystDocument"]

_MODES: Final[Mapping[str, CiteMode]] = {
    "cite:year": "suppress-author",
    "cite:yearpar": "suppress-author",
    "cite:author": "author-only",
    "cite:authors": "author-only",
    "cite:authorpar": "author-only",
    "cite:authorpars": "author-only",
    "cite:cauthor": "author-only",
    "cite:cauthors": "author-only",
}
_OPTIONS: Final = frozenset({"all", "cited", "class", "name", "label"})
_DEFAULT_FILTER: Final = frozenset({"docname in docnames", "cited", "True"})
"""The filters of sphinxcontrib-bibtex that select the works that the document cites."""


class MystDocument(MarkdownDocument):
    """A document, read.

    Args:
        text: Its text.

    Attributes:
        metadata: The metadata at its start, with the files that its directives name.
        problems: The problems of these, of roles and of directives.
    """

    _signs = ("@", "^", "{cite", "{ cite", "{foot", "doi:", "doi.org", "DOI")

    def __init__(self, text: str) -> None:
        self._directives: list[BibliographyDirective] = []
        self._arguments: set[int] = set()
        self._linked: list[FoundKey] = []
        self._unused: list[UnusedRole] = []
        # The ids of works by the DOIs that the document cites, in lower case.
        self._ids: dict[str, str] = {}
        self._defined: Container[str] = ()
        super().__init__(text, is_pandoc=False)
        self.problems += map(self._unused_role, self._unused)
        for number, directive in enumerate(self._directives):
            self.problems += self._about(directive, is_first=not number)

    # Reading

    def _read_blocks(self) -> Blocks:
        reader = MystBlocks(self.text)
        found = reader.read()
        self._directives = reader.directives
        self._arguments = reader.arguments
        return found

    def _read_inlines(self, start: int, end: int) -> Inlines:
        reader = MystInlines(self.text, start, end, self._blocks.links, ())
        found = reader.read()
        self._linked += reader.linked
        self._unused += reader.unused
        return found

    def _warning(self, place: int, message: str, *, code: str, hint: str = "") -> Problem:
        return Problem(
            severity=Severity.WARNING,
            code=code,
            message=message,
            line=line_at(self._lines, place),
            hint=hint or None,
        )

    def _unused_role(self, role: UnusedRole) -> Problem:
        if role.is_empty:
            message = f"the role {{{role.name}}} has no key, and is left as it is"
        else:
            message = f"the role {{{role.name}}} is not supported, and is left as it is"
        return self._warning(role.start, message, code="unused-role")

    def _about(self, directive: BibliographyDirective, *, is_first: bool) -> Iterator[Problem]:
        """Yield the options of a directive that have no effect."""
        place = directive.start
        if not is_first:
            yield self._warning(
                place,
                "the bibliography is put at the first directive {bibliography}, so this one is"
                " removed",
                code="unused-directive-option",
            )
        for name, value in directive.options.items():
            if name in _OPTIONS or (name == "filter" and value in _DEFAULT_FILTER):
                continue
            hint = "name a CSL style with `--style` or `csl`" if name == "style" else ""
            yield self._warning(
                place,
                f"the option {name!r} of the directive {{bibliography}} has no effect",
                code="unused-directive-option",
                hint=hint,
            )

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The metadata, with the bibliography files that directives name.

        Raises:
            FormatError: PyYAML is not installed, and there is metadata.
        """
        is_new = self._metadata is None
        found = dict(super().metadata)
        named = found.get("bibliography")
        files = [*named] if isinstance(named, list) else [named] if named else []
        files += (one for each in self._directives for one in each.argument.split())
        remote = [one for one in files if isinstance(one, str) and is_address(one)]
        if is_new:
            self.problems += (
                Problem(
                    severity=Severity.WARNING,
                    code="missing-bibliography",
                    message=f"the bibliography {one} is an address, which is not downloaded",
                    hint="save the file and name it",
                )
                for one in remote
            )
        files = [one for one in files if one not in remote]
        if files:
            found["bibliography"] = files
        else:
            found.pop("bibliography", None)
        return found

    def nocite(self, settings: Settings) -> Sequence[CitedKey]:
        """Return the keys that are listed and not cited, with their places."""
        found = list(super().nocite(settings))
        found += (
            CitedKey("*", one.start, one.start, line_at(self._lines, one.start), is_citation=False)
            for one in self._directives
            if "all" in one.options
        )
        for key in self._linked:
            id_ = self._ids.get((doi_in(key.key) or "").lower())
            if id_ is not None:
                line = line_at(self._lines, key.start)
                found.append(CitedKey(id_, key.key_start, key.end, line, is_citation=False))
        for one in self.all_citations():
            if isinstance(one, RoleCitation) and one.role == "cite:empty":
                found += (evolve(key, is_citation=False) for key in self._keys_of(one))
        return found

    # DOIs

    def doi_of(self, key: str) -> str | None:
        """Return the DOI that a key is, None for other keys."""
        return doi_in(key)

    def all_dois(self) -> Iterator[CitedKey]:
        """Yield the DOIs that are cited, with their places, in the order of the text."""
        found = [cite.key for one in self.all_citations() for cite in one.cites]
        for key in sorted([*found, *self._linked], key=lambda key: key.key_start):
            doi = doi_in(key.key)
            if doi is not None:
                yield CitedKey(doi, key.key_start, key.end, line_at(self._lines, key.start))

    def identify(self, works: Mapping[str, Record]) -> list[CitedKey]:
        """Find the works of the DOIs that the document cites; return those without a work.

        Args:
            works: The works by id.
        """
        wanted = {one.key.lower(): one for one in reversed(list(self.all_dois()))}
        self._defined = works
        if not wanted:
            return []
        for id_, record in works.items():
            doi = (record.doi or "").lower()
            if doi in wanted:
                self._ids.setdefault(doi, id_)
        missing = [
            one for doi, one in wanted.items() if doi not in self._ids and one.key not in works
        ]
        return sorted(missing, key=lambda one: one.start)

    # Citations

    def _citation(
        self,
        found: FoundCitation,
        terms: LocatorTerms,
        known: Container[str],
        note: int,
        in_note: bool,
    ) -> DocumentCitation | None:
        """Return a citation; None for cross-references, and for DOIs whose works are not known."""
        if isinstance(found, RoleCitation) and found.role == "cite:empty":
            return None
        cites = [self._identified(cite, known) for cite in found.cites]
        if any(cite is None for cite in cites):
            return None
        resolved = evolve(found, cites=tuple(cite for cite in cites if cite is not None))
        citation = super()._citation(resolved, terms, known, note, in_note)
        mode = _MODES.get(found.role) if isinstance(found, RoleCitation) else None
        if citation is None or mode is None:
            return citation
        cluster = citation.cluster
        changed: tuple[Cite, ...] = tuple(evolve(cite, mode=mode) for cite in cluster.cites)
        return evolve(citation, cluster=evolve(cluster, cites=changed))

    def _identified(self, cite: FoundCite, known: Container[str]) -> FoundCite | None:
        """Return a cite whose key is an id; None for a DOI whose work is not known."""
        key = cite.key.key
        doi = None if key in known else doi_in(key)
        if doi is None:
            return cite
        id_ = self._ids.get(doi.lower())
        return None if id_ is None else evolve(cite, key=evolve(cite.key, key=id_))

    # Writing

    def write(self, answers: Answers) -> str:
        """Return the text with the results at their places."""
        roles = {one.start: one for one in self.all_citations() if isinstance(one, RoleCitation)}
        writer = MystWriter(
            self.text,
            self._regions,
            self._leaders,
            self._kept,
            self._blocks.notes,
            answers,
            roles=roles,
            arguments=self._arguments,
        )
        return writer.written([(one.start, one.end) for one in self._directives])

"""What the citation processor answers for a document, which a syntax writes into its text."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from attrs import frozen

from refcite.csl import Bibliography
from refcite.csl.document.cited import Citation
from refcite.documents.clusters import CitedKey, DocumentCitation
from refcite.documents.locators import LocatorTerms
from refcite.documents.metadata import Settings
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["Answers", "CitesByIdentifier", "ReadDocument"]


@frozen(kw_only=True)
class Answers:
    """The results for the citations of a document.

    Attributes:
        citations: The citations of the document, in their order.
        texts: The text of each, in the output format of the syntax.
        bibliography: The bibliography, None if it is not printed.
        settings: The settings of the document.
        is_note_style: Whether the style's citations are notes.
        punctuation_in_quote: Whether the language puts punctuation inside quotation marks.
        conjunction: The word of the language between two works, such as `and`.
    """

    citations: Sequence[DocumentCitation]
    texts: Sequence[Citation]
    bibliography: Bibliography | None
    settings: Settings
    is_note_style: bool
    punctuation_in_quote: bool = False
    conjunction: str = "and"


@runtime_checkable
class CitesByIdentifier(Protocol):
    """A document that can cite works by their DOIs."""

    def identify(self, works: Mapping[str, Record]) -> Sequence[CitedKey]:
        """Find the works of the DOIs that the document cites; return those without a work.

        Args:
            works: The works by id.
        """


class ReadDocument(Protocol):
    """A document in one of the syntaxes."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The metadata, under the keys of pandoc."""

    @property
    def problems(self) -> Sequence[Problem]:
        """The problems of the text."""

    @property
    def output(self) -> str:
        """The output format of the processor for this syntax."""

    def nocite(self, settings: Settings) -> Sequence[CitedKey]:
        """Return the keys that are listed and not cited; `*` is all."""

    def references(self) -> str:
        """Return CSL-YAML with the references that the document itself contains, or nothing."""

    def citations(self, terms: LocatorTerms, known: Container[str]) -> Sequence[DocumentCitation]:
        """Return the citations in the order in which they are numbered.

        Args:
            terms: The labels of locators in the document's language.
            known: The ids of the references; cross-references are not looked up in it.
        """

    def write(self, answers: Answers) -> str:
        """Return the text with the results at their places."""

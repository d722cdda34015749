"""What a processor answers: entries, and the bibliography they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from attrs import field, frozen

from refcite import hooks
from refcite.csl.backends import find_backend
from refcite.csl.backends.base import BibliographyLayout
from refcite.problems import Problem

__all__ = ["Bibliography", "Entry", "RenderedBibliography"]


@frozen
class Entry:
    """One formatted entry of a bibliography.

    Attributes:
        id: The id of its record.
        text: The entry, in the output format of its bibliography, without what stands around it
            there (in HTML, the `div`).
    """

    id: str
    text: str


@frozen(kw_only=True)
class Bibliography(Sequence[Entry]):
    """The formatted entries, in the style's order.

    Attributes:
        entries: The entries.
        output: The format of their text, such as `text` or `html`.
        layout: How the style wants them to look: hanging indent, spacing, alignment.
        problems: What the engine could not do; an entry that failed is named here.
    """

    entries: tuple[Entry, ...]
    output: str = "text"
    layout: BibliographyLayout = field(factory=BibliographyLayout)
    problems: tuple[Problem, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the entries' records, in order."""
        return tuple(entry.id for entry in self.entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self.entries[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __str__(self) -> str:
        """Return all entries as the output format writes a bibliography: text, a line for each."""
        backend = find_backend(self.output)
        entries = [backend.entry(entry.text, entry.id) for entry in self.entries]
        return backend.bibliography(entries, self.layout)

    def _repr_html_(self) -> str:
        shown: str = hooks.resolve("bibliography_as")("html", self)
        return shown

    def _repr_markdown_(self) -> str | None:
        shown: str | None = hooks.resolve("bibliography_as")("markdown", self)
        return shown

    def _repr_latex_(self) -> str | None:
        shown: str | None = hooks.resolve("bibliography_as")("latex", self)
        return shown


@frozen
class RenderedBibliography:
    """What an engine answers: a bibliography whose works are named by keys.

    Attributes:
        entries: Key and text of each.
        layout: The parameters.
        problems: What could not be done; an entry that failed is named by its key.
        left_out: How many works come after those that were asked for.
    """

    entries: tuple[tuple[str, str], ...]
    layout: BibliographyLayout = field(factory=BibliographyLayout)
    problems: tuple[Problem, ...] = ()
    left_out: int = 0

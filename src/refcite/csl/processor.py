"""What a user calls: a processor for one style and one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import Final, Literal, Protocol, get_args, overload

from attrs import evolve, frozen

from refcite.csl.catalogue import StyleSource, find_locale, find_style
from refcite.csl.cites import Cite, Cluster, as_cluster
from refcite.csl.items import csl_item
from refcite.library import Library
from refcite.problems import Problem, RefciteError, near_matches
from refcite.record import Record

__all__ = ["Bibliography", "Engine", "EngineName", "Entry", "Output", "Processor"]

EngineName = Literal["citeproc-py"]
Output = Literal["text", "html"]


@frozen
class Entry:
    """One formatted entry of a bibliography.

    Attributes:
        id: The id of its record.
        text: The entry, in the output format of its bibliography.
    """

    id: str
    text: str


@frozen(kw_only=True)
class Bibliography(Sequence[Entry]):
    """The formatted entries, in the style's order.

    Attributes:
        entries: The entries.
        output: The format of their text, `text` or `html`.
        problems: What the engine could not do; an entry that failed is named here.
    """

    entries: tuple[Entry, ...]
    output: Output = "text"
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
        """Return all entries: a line for each, or a `div` as citeproc-js prints it."""
        if self.output == "html":
            inner = "".join(f'  <div class="csl-entry">{entry.text}</div>\n' for entry in self)
            return f'<div class="csl-bib-body">\n{inner}</div>'
        return "\n".join(entry.text for entry in self)


class Engine(Protocol):
    """What answers a processor: one style, one locale, one output format.

    Works are named by keys, which the processor makes unique.
    """

    @property
    def has_bibliography(self) -> bool:
        """Whether the style says how a bibliography looks."""

    def register(self, key: str, record: Record) -> None:
        """Take a work that may be cited."""

    def cite(self, cluster: Cluster) -> str:
        """Return the next citation of the document; its cites name keys."""

    def bibliography(self, keys: Iterable[str]) -> tuple[list[tuple[str, str]], list[Problem]]:
        """Return key and text of each entry in the style's order, and what went wrong."""


class Processor:
    """Citations and the bibliography of one document in one style.

    Args:
        style: A style's id (`apa`, `chicago-author-date`, `refworld`, any of the published ones,
            dependent ones too), the path of a `.csl` file, or a style's XML.
        locale: Language such as `fr-FR`; by default the style's own, else `en-US`.
        output: `text` or `html`.
        engine: What does the work. `citeproc-py` is the library of that name; what it cannot do
            is listed in the documentation.
        library: Records that may be cited by their ids.
        repeat_publisher: Print a publisher although it is also the only author.

    Raises:
        UnknownStyleError: No style has this id.
        StyleError: The style cannot be read or is broken.

    Example:
        >>> from refcite import Name, Record, Date
        >>> from refcite.csl import Processor
        >>> knuth = Record(id="knuth", type="book", title="The art of computer programming",
        ...                author=(Name.parse("Donald E. Knuth"),), issued=Date.of(1968),
        ...                publisher="Addison-Wesley")
        >>> processor = Processor("apa")
        >>> processor.cite(knuth)
        '(Knuth, 1968)'
        >>> print(processor.bibliography())
        Knuth, D. E. (1968). The art of computer programming. Addison-Wesley.
    """

    def __init__(
        self,
        style: str | PathLike[str],
        *,
        locale: str | None = None,
        output: Output = "text",
        engine: EngineName = "citeproc-py",
        library: Iterable[Record] = (),
        repeat_publisher: bool = False,
    ) -> None:
        if output not in get_args(Output):
            known = get_args(Output)
            raise RefciteError(f"there is no output {output!r}{near_matches(output, known)}")
        self.output: Final[Output] = output
        self._repeat_publisher = repeat_publisher
        language = None if locale is None else find_locale(locale)
        self._engine = _make_engine(engine, find_style(style), language, output)
        self._library = library if isinstance(library, Library) else Library(library)
        self._records: dict[str, Record] = {}
        self._cited: dict[str, None] = {}

    @property
    def has_bibliography(self) -> bool:
        """Whether the style says how a bibliography looks; some footnote styles do not."""
        return self._engine.has_bibliography

    def cite(
        self,
        cluster: Cluster | Cite | Record | str | Iterable[Cite | Record | str],
        *,
        note: int | None = None,
    ) -> str:
        """Return the citation of the next place in the document.

        Args:
            cluster: A work, several of them, a `Cite` with its locator, or a `Cluster`.
            note: Number of the footnote, where the citation stands in one.

        Raises:
            RefciteError: An id is not in the library.
        """
        wanted = as_cluster(cluster, note=note)
        cites = tuple(evolve(cite, record=self._cited_key(cite.record)) for cite in wanted.cites)
        return self._engine.cite(evolve(wanted, cites=cites))

    def nocite(self, records: Iterable[Record | str]) -> None:
        """Put works into the bibliography that the document does not cite."""
        for record in records:
            self._cited_key(record)

    def bibliography(self) -> Bibliography:
        """Return the entries of all works that were cited, in the style's order.

        Raises:
            RefciteError: The style has no bibliography.
        """
        if not self.has_bibliography:
            raise RefciteError("this style has no bibliography; use cite() for each work")
        entries, problems = self._engine.bibliography(self._cited)
        return Bibliography(
            entries=tuple(Entry(self._records[key].id, text) for key, text in entries),
            output=self.output,
            problems=tuple(
                problem.replace(key=self._records[problem.key].id) if problem.key else problem
                for problem in problems
            ),
        )

    def _cited_key(self, record: Record | str) -> str:
        if isinstance(record, str):
            found = self._library.get(record)
            if found is None:
                near = near_matches(record, self._library.ids)
                raise RefciteError(f"there is no record {record!r} in the library{near}")
            record = found
        key = self._key_of(record)
        self._cited[key] = None
        return key

    def _key_of(self, record: Record) -> str:
        """Return the key of a record; two different records of one id have two keys."""
        key, number = record.id, 1
        while self._records.get(key, record) != record:
            number += 1
            key = f"{record.id}#{number}"
        if key not in self._records:
            self._records[key] = record
            item = csl_item(record, repeat_publisher=self._repeat_publisher)
            self._engine.register(key, item)
        return key


def _make_engine(engine: str, source: StyleSource, locale: str | None, output: str) -> Engine:
    if engine not in get_args(EngineName):
        near = near_matches(engine, get_args(EngineName))
        raise RefciteError(f"there is no engine {engine!r}{near}")
    from refcite.csl import citeproc_py  # only the engine that is asked for is loaded

    return citeproc_py.CiteprocPy(citeproc_py.load_style(source, locale), output)

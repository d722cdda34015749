"""The results of a processor: entries and bibliographies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import IO, Protocol, cast, overload

from attrs import field, frozen

from refcite import hooks
from refcite.characters import without_surrogates
from refcite.csl.backends import EXTENSIONS, Backend, find_backend, output_of
from refcite.csl.backends.base import BibliographyLayout, Page
from refcite.csl.document.entries import RenderedBibliography
from refcite.csl.sections import Division
from refcite.problems import Problem, RefciteError, Severity
from refcite.record import Record
from refcite.surrogates import clean_record

__all__ = [
    "Bibliography",
    "BibliographySource",
    "Entry",
    "in_formats",
    "named",
    "with_source",
]


@frozen
class Entry:
    """One formatted entry of a bibliography.

    Attributes:
        id: The id of its record.
        text: The entry, in the output format of its bibliography, without the markup around it
            (in HTML, the `div`).
        section: The heading of its section, None if the bibliography has no sections.

    Example:
        >>> import refcite
        >>> castle = refcite.Record(id="k", type="book", title="The Castle")
        >>> refcite.bibliography([castle], output="html")[0]
        Entry(id='k', text='<i>The Castle</i>. (n.d.).', section=None)
    """

    id: str
    text: str
    section: str | None = None


class BibliographySource(Protocol):
    """The source of a bibliography, from which it can be formatted again."""

    def formatted(self, outputs: Iterable[str]) -> dict[str, Bibliography]:
        """Return the bibliography in several output formats."""


class _WithSource(hooks.Shown):
    """An attribute for a source that is not part of the value: not compared, written or pickled."""

    __slots__ = ("_source",)
    _source: BibliographySource


@frozen(kw_only=True)
class Bibliography(_WithSource, Sequence[Entry]):
    """The formatted entries, in the style's order.

    A notebook shows it as HTML, Markdown and LaTeX, independent of its own format.

    Attributes:
        entries: The entries.
        output: The format of their text, such as `text` or `html`.
        layout: The layout that the style specifies: hanging indent, spacing, alignment.
        language: The language of its locale, such as `de-AT`.
        problems: The problems of the engine, with the entries that could not be formatted.

    Example:
        >>> import refcite
        >>> works = [refcite.Record(id=id, type="book", title=id) for id in ("Trial", "Amerika")]
        >>> bibliography = refcite.bibliography(works, style="ieee")
        >>> bibliography.ids, bibliography.layout.second_field_align
        (('Trial', 'Amerika'), 'flush')
        >>> print(bibliography)
        [1] Trial.
        [2] Amerika.
    """

    entries: tuple[Entry, ...]
    output: str = "text"
    layout: BibliographyLayout = field(factory=BibliographyLayout)
    language: str = "en-US"
    problems: tuple[Problem, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records of the entries, in order."""
        return tuple(entry.id for entry in self.entries)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """The headings of the sections with their entries, in order; empty without sections."""
        found = [(one, tuple(entries)) for one, entries in groupby(self.entries, _section_of)]
        headed = tuple((heading, entries) for heading, entries in found if heading is not None)
        return headed if len(headed) == len(found) else ()

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
        """Return the bibliography in the output format; plain text has one line for each entry.

        RTF is a whole document. In DOCX it is the XML of the paragraphs.
        """
        if find_backend(self.output).is_always_whole:
            return self.document()
        return self._body()

    def _body(self) -> str:
        backend = find_backend(self.output)
        sections = self.sections
        if sections:
            written = backend.in_sections(
                [(heading, _written(entries, backend)) for heading, entries in sections],
                self.layout,
            )
        else:
            written = backend.bibliography(_written(self.entries, backend), self.layout)
        return without_surrogates(written)  # of ids

    def document(self, *, title: str | None = None) -> str:
        r"""Return the bibliography as a whole document in its output format.

        HTML is a page with a style sheet, LaTeX and Typst are documents that can be compiled.
        Text, Markdown and reStructuredText only receive the title.

        Args:
            title: The title, which is printed above the entries too.

        Raises:
            RefciteError: The output format is `docx`, which is no text; use `save`.

        Example:
            >>> import refcite
            >>> castle = refcite.Record(id="k", type="book", title="The Castle")
            >>> page = refcite.bibliography(castle, output="html").document(title="Novels")
            >>> print("\n".join(page.splitlines()[:5]))
            <!DOCTYPE html>
            <html lang="en-US" dir="ltr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
        """
        if self.output == "docx":
            raise RefciteError(
                "a Word document is no text; write it to a file with save('refs.docx')"
            )
        return find_backend(self.output).document(self._body(), self._page(title))

    def _page(self, title: str | None) -> Page:
        title = None if title is None else without_surrogates(title)
        return Page(language=self.language, title=title or None, layout=self.layout)

    def save(
        self,
        target: str | PathLike[str] | IO[bytes],
        output: str | None = None,
        *,
        standalone: bool = False,
        title: str | None = None,
    ) -> None:
        r"""Write the bibliography to a file, in any output format; texts are in UTF-8.

        The format can differ from that of the bibliography. DOCX and RTF are always whole
        documents. DOCX needs the extra `docx`.

        Args:
            target: A path, or a file that is open for bytes.
            output: The output format; by default that of the file extension (`.txt`, `.html`,
                `.md`, `.rst`, `.tex`, `.typ`, `.rtf`, `.docx`), and for an open file that of the
                bibliography.
            standalone: Write a whole document, as `document` does.
            title: The title of a whole document.

        Raises:
            RefciteError: There is no such format, or the file extension is of none; or the
                bibliography was pickled or created by `citeproc-py`, and is available in its own
                format only; or the package for DOCX is not installed.
            OutputError: The file cannot be written.

        Example:
            >>> import io
            >>> import refcite
            >>> castle = refcite.Record(id="k", type="book", title="The Castle")
            >>> file = io.BytesIO()
            >>> refcite.bibliography(castle).save(file, "markdown")
            >>> file.getvalue()
            b'*The Castle*. (n.d.).\n'
        """
        path = Path(target) if isinstance(target, str | PathLike) else None
        if path is None and not hasattr(target, "write"):
            raise RefciteError(f"the target must be a path or an open file, not {target!r}")
        chosen = output or (self.output if path is None else _output_of(path.name))
        find_backend(chosen)
        found = in_formats(self, [chosen]).get(chosen)
        if found is None:
            raise RefciteError(
                f"this bibliography is only available as {self.output}, because it was pickled or"
                f" created by citeproc-py; create it with output={chosen!r}"
            )
        data = found._encoded(standalone, title)
        if path is None:
            cast("IO[bytes]", target).write(data)
        else:
            hooks.resolve("write_file")(path, data)

    def _encoded(self, standalone: bool, title: str | None) -> bytes:
        if self.output == "docx":
            # Loaded only if it is needed.
            from refcite.csl.backends.word_file import word_file

            return word_file(self._body(), self._page(title))
        if standalone or find_backend(self.output).is_always_whole:
            text = self.document(title=title)
        else:
            text = str(self)
        if text and not text.endswith("\n"):
            text += "\n"
        return text.encode(errors="replace")

    def __copy__(self) -> Bibliography:
        return self  # it cannot change, and a copy would have no source

    def __deepcopy__(self, memo: object) -> Bibliography:
        return self


def _output_of(name: str) -> str:
    output = output_of(name)
    if output is None:
        known = ", ".join(EXTENSIONS.values())
        raise RefciteError(
            f"{name}: its file extension is not that of an output format ({known}); set output="
        )
    return output


def _section_of(entry: Entry) -> str | None:
    return entry.section


def _written(entries: Iterable[Entry], backend: Backend) -> list[str]:
    return [backend.entry(entry.text, entry.id) for entry in entries]


def _without_spaces_around(text: str) -> str:
    """Remove the spaces of affixes at the start and the end; those after a line indent a block."""
    bare = text.strip(" ")
    return text if bare.endswith("\n") else bare


def named(
    done: RenderedBibliography,
    works: Mapping[str, Record],
    output: str,
    division: Division | None = None,
) -> Bibliography:
    """Return a bibliography whose works are named by their ids.

    Args:
        done: The result of an engine.
        works: The works by key.
        output: The format of the entries.
        division: The sections of the bibliography, None if it has none.
    """
    # Only then can a work have had half of a surrogate pair.
    replacement = find_backend(output).escape("\ufffd")
    suspects = [works[key] for key, text in done.entries if replacement in text]
    broken = [work for work in suspects if clean_record(work) is not work]
    return Bibliography(
        entries=tuple(
            Entry(
                works[key].id,
                _without_spaces_around(text),
                None if division is None else division.heading_of(key),
            )
            for key, text in done.entries
        ),
        output=output,
        layout=done.layout,
        language=done.language,
        problems=tuple(
            _placed(problem, works[problem.key]) if problem.key else problem
            for problem in done.problems
        )
        + tuple(map(_of_half, broken)),
    )


def _of_half(work: Record) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="lone-surrogate",
        message="the work has half of a surrogate pair, which is not a character;"
        " it is printed as U+FFFD",
        key=work.id or None,
        file=work.origin.file if work.origin else None,
        line=work.origin.line if work.origin else None,
    )


def _placed(problem: Problem, work: Record) -> Problem:
    """Return a problem of a work under its id, with the location of its record."""
    file, line = (work.origin.file, work.origin.line) if work.origin else (None, None)
    return problem.replace(key=work.id, file=file, line=line)


def with_source(bibliography: Bibliography, source: BibliographySource) -> Bibliography:
    """Set the source of a bibliography; return the bibliography."""
    object.__setattr__(bibliography, "_source", source)  # frozen; not a part of the value
    return bibliography


def in_formats(bibliography: Bibliography, outputs: Sequence[str]) -> dict[str, Bibliography]:
    """Return a bibliography in the available output formats.

    Without its source, as after unpickling or from another engine, only its format is available.

    Args:
        bibliography: The bibliography.
        outputs: The requested formats.
    """
    found = {output: bibliography for output in outputs if output == bibliography.output}
    others = [output for output in outputs if output != bibliography.output]
    source: BibliographySource | None = getattr(bibliography, "_source", None)
    return found | source.formatted(others) if source is not None and others else found

"""The functions that format records in one call, without a `Processor` of the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike

from refcite.csl.bibliographies import Bibliography
from refcite.csl.processor import EngineName, Output, Processor
from refcite.csl.sections import Sections
from refcite.csl.style.finder import StyleFolders
from refcite.handwritten import NamesLike
from refcite.library import records_of
from refcite.record import Record

__all__ = ["bibliography", "cite_as"]


def bibliography(
    records: Record | Iterable[Record],
    style: str | PathLike[str] = "apa",
    *,
    locale: str | None = None,
    output: Output = "text",
    engine: EngineName = "refcite",
    repeat_publisher: bool = False,
    derive_short_titles: bool = True,
    manual_wording: bool | None = None,
    links: bool = False,
    abbreviations: Sequence[str | PathLike[str]] = (),
    highlight: NamesLike = (),
    sections: Sections | None = None,
    other_heading: str | None = None,
    styles: StyleFolders | None = None,
) -> Bibliography:
    """Return the bibliography of some records, or of one.

    If the style has no bibliography, each work is printed as in its first citation, and the
    bibliography's `problems` contain an info.

    Args:
        records: A library, any records, or one record.
        style: A style's id, in any case, the path of a `.csl` file, or a style's XML.
        locale: Locale such as `fr-FR`; by default the locale of the style.
        output: `text`, `html`, `markdown`, `rst`, `latex`, `typst`, `rtf` or `docx`.
        engine: The engine: `refcite` or `citeproc-py`.
        repeat_publisher: Print a publisher even if it is also the only author.
        derive_short_titles: Derive short titles, as in `Processor`.
        manual_wording: Use the words of the style's manual, as in `Processor`.
        links: Format URLs, DOIs and PubMed identifiers as links, in formats that have links.
        abbreviations: Abbreviation lists, as for `Processor`.
        highlight: Names that are printed in bold, as for `Processor`.
        sections: Headings with functions of a record, or `type`, `keyword` or `language`, as for
            `Processor.bibliography`.
        other_heading: The heading of the works that fit no section.
        styles: A folder of your own styles and locales, or several, as for `Processor`.

    Raises:
        StyleError: There is no such style, or it is not valid.
        RefciteError: An abbreviation list cannot be read.
        RecordTypeError: Something is no record, or a section is not a heading with a function.
        RecordValueError: A heading or a highlighted name is empty.

    Example:
        >>> import refcite
        >>> library = refcite.Library([refcite.Record(
        ...     id="survey", type="report", title="Freedom in the World 2018",
        ...     author=(refcite.Name(literal="Freedom House"),), publisher="Freedom House",
        ...     issued=refcite.Date.of(2018))])
        >>> print(refcite.bibliography(library, style="apa"))
        Freedom House. (2018). Freedom in the World 2018.
        >>> library.append(refcite.Record(id="k", type="book", title="The Castle"))
        >>> print(refcite.bibliography(library, sections="type", output="markdown",
        ...                            highlight="Freedom House"))
        ## Books
        <BLANKLINE>
        *The Castle*. (n.d.).
        <BLANKLINE>
        ## Reports
        <BLANKLINE>
        **Freedom House**. (2018). *Freedom in the World 2018*.
    """
    given = records_of(records)
    processor = Processor(
        style,
        locale=locale,
        output=output,
        engine=engine,
        repeat_publisher=repeat_publisher,
        derive_short_titles=derive_short_titles,
        manual_wording=manual_wording,
        links=links,
        abbreviations=abbreviations,
        highlight=highlight,
        styles=styles,
    )
    if not processor.has_bibliography:
        return processor.first_citations(given, sections=sections, other_heading=other_heading)
    processor.nocite(given)
    return processor.bibliography(sections=sections, other_heading=other_heading)


def cite_as(
    record: Record, style: str | PathLike[str] = "refworld", *, styles: StyleFolders | None = None
) -> str:
    """Return a record's entry in a style as plain text; see also `Record.cite_as`.

    If the style has no bibliography, the result is the record's citation.

    Args:
        record: The record.
        style: A style's id, in any case, the path of a `.csl` file, or a style's XML.
        styles: A folder of your own styles and locales, or several, as for `Processor`.

    Raises:
        StyleError: There is no such style, or it is not valid.

    Example:
        >>> from refcite import Date, Record
        >>> from refcite.csl import cite_as
        >>> report = Record(type="report", title="Freedom on the Net", publisher="Freedom House",
        ...                 issued=Date.of(2018))
        >>> cite_as(report)
        'Freedom House, Freedom on the Net, 2018'
    """
    processor = Processor(style, styles=styles)
    if not processor.has_bibliography:
        return processor.cite(record)
    processor.nocite([record])
    return str(processor.bibliography())

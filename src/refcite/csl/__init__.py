"""The citation processor: CSL styles, citations, bibliographies."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from refcite.csl.bibliographies import Bibliography, Entry
from refcite.csl.document.cites import Cite, CiteMode, Cluster
from refcite.csl.explain.explanation import (
    ExplainedSpan,
    Explanation,
    Outcome,
    Setting,
    Skipped,
    Where,
)
from refcite.csl.processor import Citable, EngineName, Output, Processor
from refcite.csl.style.finder import StyleFolders
from refcite.csl.style.style_search import search_styles, style_ids
from refcite.csl.style.style_source import style_xml
from refcite.csl.style.style_validation import check_style
from refcite.library import records_of
from refcite.record import Record

__all__ = [
    "Bibliography",
    "Citable",
    "Cite",
    "CiteMode",
    "Cluster",
    "EngineName",
    "Entry",
    "ExplainedSpan",
    "Explanation",
    "Outcome",
    "Output",
    "Processor",
    "Setting",
    "Skipped",
    "Where",
    "bibliography",
    "check_style",
    "cite_as",
    "search_styles",
    "style_ids",
    "style_xml",
]


def bibliography(
    records: Record | Iterable[Record],
    style: str | PathLike[str] = "apa",
    *,
    locale: str | None = None,
    output: Output = "text",
    engine: EngineName = "refcite",
    repeat_publisher: bool = False,
    links: bool = False,
    styles: StyleFolders | None = None,
) -> Bibliography:
    """Return the bibliography of some records, or of one.

    If the style has no bibliography, each work is printed as in its first citation, and the
    bibliography's `problems` contain an info.

    Args:
        records: A library, any records, or one record.
        style: A style's id, in any case, the path of a `.csl` file, or a style's XML.
        locale: Locale such as `fr-FR`; by default the locale of the style.
        output: `text`, `html`, `markdown`, `rst`, `latex` or `typst`.
        engine: The engine: `refcite` or `citeproc-py`.
        repeat_publisher: Print a publisher even if it is also the only author.
        links: Format URLs, DOIs and PubMed identifiers as links, in formats that have links.
        styles: A folder of your own styles and locales, or several, as for `Processor`.

    Raises:
        StyleError: There is no such style, or it is not valid.
        RecordTypeError: Something is no record.

    Example:
        >>> import refcite
        >>> library = refcite.Library([refcite.Record(
        ...     id="survey", type="report", title="Freedom in the World 2018",
        ...     author=(refcite.Name(literal="Freedom House"),), publisher="Freedom House",
        ...     issued=refcite.Date.of(2018))])
        >>> print(refcite.bibliography(library, style="apa"))
        Freedom House. (2018). Freedom in the World 2018.
    """
    given = records_of(records)
    processor = Processor(
        style,
        locale=locale,
        output=output,
        engine=engine,
        repeat_publisher=repeat_publisher,
        links=links,
        styles=styles,
    )
    if not processor.has_bibliography:
        return processor.first_citations(given)
    processor.nocite(given)
    return processor.bibliography()


def cite_as(record: Record, style: str = "refworld") -> str:
    """Return a record's entry in a style as plain text; see also `Record.cite_as`.

    If the style has no bibliography, the result is the record's citation.

    Args:
        record: The record.
        style: A style's id, in any case, the path of a `.csl` file, or a style's XML.

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
    processor = Processor(style)
    if not processor.has_bibliography:
        return processor.cite(record)
    processor.nocite([record])
    return str(processor.bibliography())


def __dir__() -> list[str]:
    return list(__all__)

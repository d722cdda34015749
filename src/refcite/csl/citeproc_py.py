"""The citeproc-py library as an engine.

Its limitations are listed in `docs/citeproc-py.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import Any, Final

from citeproc import VARIABLES, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source import Citation, CitationItem, Locator
from citeproc.source.json import CiteProcJSON
from lxml import etree

from refcite.csl.backends.base import printable
from refcite.csl.document.bibliography_order import SectionOf
from refcite.csl.document.cited import Citation as CitedText
from refcite.csl.document.cited import whole_citation
from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.document.entries import RenderedBibliography
from refcite.csl.style.style_source import StyleSource
from refcite.dates import Date, Point
from refcite.names import Name
from refcite.problems import Problem, RefciteError, Severity, StyleError
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["CiteprocPy", "load_style"]

_CSL: Final = "{http://purl.org/net/xbiblio/csl}"
_FORMATTERS: Final = {"text": formatter.plain, "html": formatter.html}
_MARKUP: Final = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?: [^<>]*)?>")

# citeproc-py warns at variables that it does not support, and prints none of them.
_KNOWN: Final = {
    variable: attribute
    for variable, attribute in ATTRIBUTES.items()
    if variable.replace("-", "_") in VARIABLES
}


@lru_cache(maxsize=8)
def load_style(source: StyleSource, locale: str | None) -> CitationStylesStyle:
    """Return citeproc-py's style object.

    Raises:
        StyleError: The XML is not well-formed, declares entities, or is not a CSL style.
    """
    root = _checked_root(source)
    chosen = locale or source.default_locale or root.get("default-locale")
    chosen = chosen.partition("-u-")[0] if chosen else None
    try:
        return CitationStylesStyle(BytesIO(source.xml), locale=chosen, validate=False)
    except Exception as error:
        # The library has no exception classes; every exception here means an error in the style.
        raise StyleError(f"{source.name}: citeproc-py cannot load this style: {error}") from error


def _checked_root(source: StyleSource) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(source.xml, parser)
    except etree.XMLSyntaxError as error:
        raise StyleError(f"{source.name}: line {error.lineno}: not well-formed: {error}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise StyleError(f"{source.name}: a style may not have a document type declaration")
    if root.tag != f"{_CSL}style":
        raise StyleError(f"{source.name}: line {root.sourceline}: <{root.tag}> is not a CSL style")
    if root.find(f"{_CSL}citation") is None:
        raise StyleError(f"{source.name}: the style has no <citation> element")
    return root


class CiteprocPy:
    """One style of citeproc-py with the works that are cited in it.

    Args:
        style: What `load_style` returned.
        output: `text` or `html`.
    """

    def __init__(self, style: CitationStylesStyle, output: str) -> None:
        if output not in _FORMATTERS:
            raise RefciteError(f"the engine citeproc-py writes text and html, not {output}")
        self._style = style
        self._formatter = _FORMATTERS[output]
        # The library's HTML escapes affixes, but not the values of the record.
        self._escaped = _html if output == "html" else printable
        self._source: dict[str, Any] = {}
        # citeproc-py folds the case of keys; numbers have none.
        self._inner_keys: dict[str, str] = {}
        self._cited: dict[str, None] = {}
        self._section_of: SectionOf | None = None
        self._citations: list[CitedText] = []
        self._document = CitationStylesBibliography(style, self._source, self._formatter)

    @property
    def has_bibliography(self) -> bool:
        """Whether the style has a `<bibliography>`."""
        return bool(self._style.has_bibliography())

    @property
    def locale(self) -> str:
        """The locale of the style object."""
        return str(self._style.root.get("default-locale") or "en-US")

    def divide(self, section_of: SectionOf | None) -> None:
        """Divide the bibliography into sections; numbers follow the order of citing."""
        self._section_of = section_of

    def register(self, key: str, record: Record) -> None:
        """Register a work that may be cited."""
        inner = self._inner_keys[key] = str(len(self._inner_keys))
        self._source.update(CiteProcJSON([_csl_json(inner, record, self._escaped)]))

    def cite(self, cluster: Cluster) -> CitedText:
        """Return the citation of a cluster.

        Raises:
            RefciteError: citeproc-py failed to format it.
        """
        is_note = self._style.root.get("class") == "note"
        text = whole_citation(self._cited_as(cluster), is_note=is_note)
        self._citations.append(text)
        return text

    def _cited_as(self, cluster: Cluster) -> str:
        self._style.root.formatter = self._formatter
        citation = Citation([self._item(cite) for cite in cluster.cites])
        self._document.register(citation)
        self.nocite(cite.id for cite in cluster.cites)
        try:
            return str(self._document.cite(citation, lambda item: None))
        except Exception as error:
            names = ", ".join(cite.id for cite in cluster.cites)
            raise RefciteError(f"citeproc-py cannot cite {names}: {error!r}") from error

    @property
    def citations(self) -> list[CitedText]:
        """The text of all citations; this engine never changes one."""
        return list(self._citations)

    def changes(self) -> dict[int, CitedText]:
        """Return nothing: this engine never changes a citation."""
        return {}

    def insert(self, index: int, cluster: Cluster) -> None:
        """Reject: this engine only appends."""
        raise RefciteError("the engine citeproc-py cannot edit a document; it can only append")

    def replace(self, index: int, cluster: Cluster) -> None:
        """Reject: this engine only appends."""
        self.insert(index, cluster)

    def remove(self, index: int) -> None:
        """Reject: this engine only appends."""
        self.insert(index, Cluster(cites=()))

    def move(self, index: int, to: int) -> None:
        """Reject: this engine only appends."""
        self.insert(index, Cluster(cites=()))

    def nocite(self, keys: Iterable[str]) -> None:
        """Add works to the bibliography."""
        self._cited.update(dict.fromkeys(keys))

    def _item(self, cite: Cite) -> CitationItem:
        affixes = {"prefix": cite.prefix, "suffix": cite.suffix}
        given = {name: self._escaped(text) for name, text in affixes.items() if text}
        if cite.locator:
            given["locator"] = Locator(cite.label, self._escaped(cite.locator))
        return CitationItem(self._inner_keys[cite.id], **given)

    def bibliography(self) -> RenderedBibliography:
        """Return the entries in the style's order, and the problems."""
        self._style.root.formatter = self._formatter
        outer = {self._inner_keys[key]: key for key in self._cited}
        citation = Citation([CitationItem(inner) for inner in outer])
        self._document.register(citation)
        entries: list[tuple[str, str]] = []
        problems: list[Problem] = []
        section_of = self._section_of
        items = self._sorted(citation.cites, problems)
        if section_of is not None:
            items = sorted(items, key=lambda item: section_of(outer[item.key]))
        for item in items:
            key = outer[item.key]
            try:
                # One by one: if the library fails at one record, the others get their entries.
                (text,) = self._style.render_bibliography([item]) or ("",)
                entries.append((key, str(text)))
            except Exception as error:
                message = f"citeproc-py failed at this entry: {error!r}"
                problems.append(_failure(message, key))
        return RenderedBibliography(tuple(entries), problems=tuple(problems))

    def first_citations(self, keys: Iterable[str]) -> RenderedBibliography:
        """Return the citation of each work, and the problems."""
        entries: list[tuple[str, str]] = []
        problems: list[Problem] = []
        for key in dict.fromkeys(keys):
            try:
                entries.append((key, self._cited_as(Cluster(cites=(Cite(record=key),)))))
            except RefciteError as error:
                problems.append(_failure(str(error), key))
        return RenderedBibliography(tuple(entries), problems=tuple(problems))

    def _sorted(self, items: list[CitationItem], problems: list[Problem]) -> Iterable[CitationItem]:
        try:
            return list(self._style.sort_bibliography(items))
        except Exception as error:
            problems.append(_failure(f"citeproc-py failed at sorting the entries: {error!r}"))
            return items


def _html(text: str) -> str:
    return escape(printable(text), quote=False)


def _failure(message: str, key: str | None = None) -> Problem:
    return Problem(severity=Severity.ERROR, code="engine-failure", message=message, key=key)


def _csl_json(key: str, record: Record, escaped: Callable[[str], str]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key, "type": record.type}
    for variable, attribute in _KNOWN.items():
        value = getattr(record, attribute)
        if isinstance(value, Date):
            item[variable] = _date(value, escaped)
        elif isinstance(value, tuple):
            if value:
                item[variable] = [_name(name, escaped) for name in value]
                if attribute in record.et_al:
                    # The library prints "et al." only for names that it omits itself.
                    item[variable].append({"literal": "et al."})
        elif value:
            # The library does not support the markup of CSL-JSON except nocase spans.
            item[variable] = escaped(_MARKUP.sub("", value))
    return item


def _name(name: Name, escaped: Callable[[str], str]) -> dict[str, str]:
    if name.literal is not None:
        return {"literal": escaped(name.literal)}
    parts = {
        "family": name.family or "",
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
    }
    return {part: escaped(text) for part, text in parts.items() if text is not None}


def _date(date: Date, escaped: Callable[[str], str]) -> dict[str, Any]:
    sides = [side for side in (date.start, date.end) if side is not None]
    points = [side for side in sides if isinstance(side, Point)]
    if (
        len(points) < len(sides)
        or not points
        or date.season_name is not None
        or _is_within_a_year(points)
    ):
        # A date that the library would omit is printed in EDTF instead.
        return {"literal": escaped(str(date) if date.literal is None else date.literal)}
    given: dict[str, Any] = {"date-parts": [_date_parts(point) for point in points]}
    if points[0].season:
        given["season"] = points[0].season
    if any(point.approximate or point.uncertain for point in points):
        given["circa"] = 1
    return given


def _is_within_a_year(points: list[Point]) -> bool:
    return len(points) == 2 and points[0].year == points[1].year


def _date_parts(point: Point) -> list[int]:
    # EDTF has a year 0, which is 1 BC; the library does not.
    year = point.year if point.year > 0 else point.year - 1
    return [part for part in (year, point.month, point.day) if part is not None]

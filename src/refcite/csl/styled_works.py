"""Styled works, from which a bibliography can be formatted in several output formats.

A bibliography keeps its styled works, never the rendered streams: the library contains the works
in any case, and streams are many times as large as the formatted entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from os import PathLike

from attrs import evolve, field, frozen

from refcite.csl.backends import find_backend
from refcite.csl.bibliographies import Bibliography, named
from refcite.csl.csl_items import Keys, csl_item
from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.document.engine import Engine
from refcite.csl.document.entries import RenderedBibliography
from refcite.csl.document.renderer import Renderer
from refcite.csl.legal.requirement import requires_legal_works
from refcite.csl.manual_wording import ManualWording, manual_wording
from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.highlight import Highlights
from refcite.csl.sections import Division
from refcite.csl.style.elements import Style
from refcite.csl.style.finder import StyleFolders
from refcite.csl.style.locale_files import find_locale
from refcite.csl.style.style_reader import read_style
from refcite.csl.style.style_source import StyleSource, find_style
from refcite.csl.style.xml import Source
from refcite.record import Record

__all__ = ["StyledWorks", "make_engine", "styled_works", "wording_for"]


@frozen(kw_only=True, eq=False)
class StyledWorks:
    """A style and works, which can be formatted as a bibliography in any output format.

    Attributes:
        style: The style.
        locale: The locale, None for the locale of the style.
        links: Whether addresses and identifiers become links.
        works: The works as items for the style, by key, in the order of citing.
        first_notes: The notes that cite works first, if they disambiguate works.
        cited: The keys of the works in order, if the result is the first citation
            of each and not its entry.
        abbreviations: The abbreviation lists.
        highlights: The names that are printed in bold.
        division: The sections of the bibliography, None if it has none.
        derive_short_titles: Whether citations derive short titles from titles.
    """

    style: StyleSource
    locale: str | None = None
    links: bool = False
    works: Mapping[str, Record]
    first_notes: Mapping[str, int] = field(factory=dict)
    cited: tuple[str, ...] | None = None
    abbreviations: Abbreviations | None = None
    highlights: Highlights | None = None
    division: Division | None = None
    derive_short_titles: bool = True

    def formatted(self, outputs: Iterable[str], most: int | None = None) -> dict[str, Bibliography]:
        """Return the bibliography in several output formats; works are sorted only once.

        Args:
            outputs: The formats.
            most: Maximum number of entries.
        """
        wanted = list(outputs)
        if not wanted:
            return {}
        engine = make_engine(
            self.style,
            self.locale,
            wanted[0],
            links=self.links,
            abbreviations=self.abbreviations,
            highlights=self.highlights,
            derive_short_titles=self.derive_short_titles,
        )
        for key, record in self.works.items():
            engine.register(key, record)
        engine.nocite(self.works)
        for key, note in self.first_notes.items():
            engine.cite(Cluster(cites=(Cite(record=key),), note=note))
        if self.division is not None:
            engine.divide(self.division.section_of)
        return {
            output: named(self._rendered(engine, output, most), self.works, output, self.division)
            for output in wanted
        }

    def _rendered(self, engine: Engine, output: str, most: int | None) -> RenderedBibliography:
        backend = find_backend(output)
        if self.cited is not None:
            return engine.first_citations(self.cited, backend=backend, most=most)
        return engine.bibliography(backend=backend, most=most)


def styled_works(
    records: Iterable[Record],
    style: str | PathLike[str],
    *,
    locale: str | None = None,
    styles: StyleFolders | None = None,
) -> StyledWorks:
    """Return the styled works for a bibliography of some records, with links.

    If the style has no bibliography, each work is formatted as its first citation.

    Args:
        records: The records.
        style: A style's id, path or XML.
        locale: The locale, None for the locale of the style.
        styles: Folders of the user's styles and locales.

    Raises:
        StyleError: There is no such style or locale, or the style is not valid.
    """
    keys = Keys()
    for record in records:
        keys.of(record)
    known = keys.records
    source = find_style(style, styles)
    lists = _read(source).bibliography is not None
    language = None if locale is None else find_locale(locale, source.finder)
    wording = wording_for(source, language)
    works = {key: csl_item(record, wording=wording) for key, record in known.items()}
    if requires_legal_works(source):
        from refcite.csl.legal.works import legal_work

        works = {key: legal_work(item) for key, item in works.items()}
    return StyledWorks(
        style=source,
        locale=language,
        links=True,
        works=works,
        cited=None if lists else tuple(known),
    )


def make_engine(
    source: StyleSource,
    locale: str | None,
    output: str,
    *,
    links: bool,
    links_titles: bool = False,
    abbreviations: Abbreviations | None = None,
    highlights: Highlights | None = None,
    keep_ampersand: bool = False,
    derive_short_titles: bool = False,
) -> Engine:
    """Return an engine for a style, without works.

    Args:
        source: The style.
        locale: The locale, None for the locale of the style.
        output: The output format.
        links: Whether addresses and identifiers become links.
        links_titles: Whether the title of an entry becomes a link if no identifier is printed.
        abbreviations: The abbreviation lists.
        highlights: The names that are printed in bold.
        keep_ampersand: Whether an author in the running text has the "&" of a style of APA.
        derive_short_titles: Whether citations derive short titles from titles.
    """
    renderer = Renderer(
        _read(source),
        locale=locale,
        backend=find_backend(output),
        links=links,
        links_titles=links_titles,
        abbreviations=abbreviations,
        highlights=highlights,
        keep_ampersand=keep_ampersand,
        derive_short_titles=derive_short_titles,
        finder=source.finder,
    )
    return Engine(renderer)


def wording_for(source: StyleSource, locale: str | None) -> ManualWording | None:
    """Return the words of a style's manual, None if there are none.

    Args:
        source: The style.
        locale: The locale, None for the locale of the style.
    """
    style = _read(source)
    return manual_wording(style, locale or style.default_locale or "en-US")


@lru_cache(maxsize=16)
def _read(source: StyleSource) -> Style:
    """Return the tree of a style.

    Raises:
        StyleError: It is broken.
    """
    style = read_style(Source(source.xml, source.name))
    if source.default_locale is None:
        return style
    # A dependent style's locale takes precedence over its parent's ("Dependent Styles").
    return evolve(style, default_locale=source.default_locale)

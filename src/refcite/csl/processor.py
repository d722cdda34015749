"""The processor: the citations and the bibliography of one document in one style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from operator import is_
from os import PathLike
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

from attrs import evolve

from refcite.collector import collector_paused
from refcite.csl.backends import find_backend
from refcite.csl.bibliographies import Bibliography, named, with_source
from refcite.csl.csl_items import Keys, csl_item
from refcite.csl.document.bibliography_order import SectionOf
from refcite.csl.document.cited import Citation
from refcite.csl.document.cites import Cite, Cluster, as_cluster, several
from refcite.csl.document.engine import Engine
from refcite.csl.document.entries import RenderedBibliography
from refcite.csl.legal.requirement import requires_legal_works
from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.highlight import Highlights
from refcite.csl.sections import Division, Sections, divided
from refcite.csl.style.elements import LocaleData
from refcite.csl.style.finder import StyleFolders
from refcite.csl.style.locale_files import find_locale
from refcite.csl.style.style_source import find_style
from refcite.csl.styled_works import StyledWorks, make_engine, wording_for
from refcite.handwritten import NamesLike
from refcite.library import Library, no_record
from refcite.problems import Problem, RefciteError, Severity, near_matches
from refcite.record import Record

if TYPE_CHECKING:
    from refcite.csl.explain.explanation import Explanation

__all__ = ["Citable", "EngineName", "Output", "Processor"]

EngineName = Literal["refcite", "citeproc-py"]
Output = Literal["text", "html", "markdown", "rst", "latex", "typst", "rtf", "docx"]
Citable = Cluster | Cite | Record | str | Iterable[Cite | Record | str]
"""The values that `cite` accepts: a work or its id, a cite, several of these, or a cluster."""


class AnyEngine(Protocol):
    """The engine of a processor: one style, one locale, one output format.

    Works are named by keys, which the processor makes unique.
    """

    @property
    def has_bibliography(self) -> bool:
        """Whether the style defines a bibliography."""

    @property
    def locale(self) -> str:
        """The locale in force."""

    @property
    def citations(self) -> list[Citation]:
        """All citations, in document order."""

    def register(self, key: str, record: Record) -> None:
        """Register a work that may be cited."""

    def nocite(self, keys: Iterable[str]) -> None:
        """Add works to the bibliography."""

    def cite(self, cluster: Cluster) -> Citation:
        """Append a citation, whose cites name keys, to the document; return its output."""

    def insert(self, index: int, cluster: Cluster) -> None:
        """Insert a citation before the one at `index`."""

    def replace(self, index: int, cluster: Cluster) -> None:
        """Replace a citation."""

    def remove(self, index: int) -> None:
        """Remove a citation from the document."""

    def move(self, index: int, to: int) -> None:
        """Move a citation to another place."""

    def changes(self) -> Mapping[int, Citation]:
        """Return, by index, the citations whose text has changed since it was last returned."""

    def divide(self, section_of: SectionOf | None) -> None:
        """Divide the bibliography into sections; None for none."""

    def bibliography(self) -> RenderedBibliography:
        """Return the entries of all works in the document, under their keys."""

    def first_citations(self, keys: Iterable[str]) -> RenderedBibliography:
        """Return the first citation of each work, alone, under its key."""


class Processor:
    """Citations and the bibliography of one document in one style.

    Args:
        style: A style's id in any case (`apa`, `chicago-author-date`, `refworld`, any of the
            published ones, dependent ones too), the path of a `.csl` file, or a style's XML.
        locale: Locale such as `fr-FR`; by default the locale of the style, otherwise `en-US`.
        output: `text`, `html`, `markdown`, `rst`, `latex`, `typst`, `rtf` or `docx`.
        engine: The engine: `refcite`, or the library `citeproc-py`, which supports less of
            CSL and writes only text and HTML.
        library: Records that may be cited by their ids, or one record.
        repeat_publisher: Print a publisher even if it is also the only author.
        keep_ampersand: Print the style's "&" between authors in the running text too, in styles of
            APA (`mode="composite"` and `"author-only"`).
        derive_short_titles: Print the title up to its colon, without an initial article, in
            citations where the style uses the short title and the record has none. The engine
            `citeproc-py` derives none.
        manual_wording: Use the words of the style's manual for kinds of theses, data sets and
            patents that a reader set for the type of an entry, and for publishers in MLA. By
            default not if `repeat_publisher` is set, which is plain CSL.
        links: Format URLs, DOIs and PubMed identifiers as links, in formats that have links.
        links_titles: If `links` is set, the title becomes a link to the DOI, PMCID, PMID or URL of
            the work in entries in which the style prints none of them; without a title, the whole
            entry.
        abbreviations: Paths of abbreviation lists (JSON files of Zotero or Jurism) for journals,
            series, institutions and places, where a style prints their short forms. The first list
            that has a short form gives it. The engine `citeproc-py` does not use them.
        highlight: Names that are printed in bold: a name, a text such as `Roe, Ann`, or several.
            They are compared with the names of the records. The engine `citeproc-py` cannot do
            this.
        link_of: Returns the address of the entry of an id, such as `#ref-smith2001`, to which each
            cite becomes a link, in formats that have links.
        narrates_uncited: Whether `mode="composite"` prints the author in the running text also in
            styles whose citations print none, such as those that cite by number: `Roe [1]`. If it
            is False, such a citation is printed as any other, as pandoc does.
        sorts_affixed: Whether cites are sorted even if one has a prefix or a suffix, as CSL
            specifies. If it is False, none is moved before one with a prefix, or after one with a
            suffix, as in pandoc: these words depend on the order. Such a cite also begins or ends a
            group of cites that are collapsed.
        notes_restart: Whether a note with a smaller number than the one before begins a new
            chapter, in which works are cited as if for the first time.
        writes_whole: Whether the text of a citation with `mode="composite"`, in a style for notes,
            is the whole citation with its author. If it is False, it is the part in the note,
            which takes less time.
        styles: A folder of your own styles (`.csl`) and locales (`locales-xx-XX.xml`), or several.
            They are searched first, then those of the environment variable `REFCITE_STYLES`, then
            the published ones. The engine `citeproc-py` uses only the styles.

    Raises:
        UnknownStyleError: No style has this id.
        UnknownLocaleError: No locale has this language.
        StyleError: The style cannot be read or is not valid; the message names line and element.
        RecordValueError: A highlighted name is empty or may be several names.

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
        engine: EngineName = "refcite",
        library: Record | Iterable[Record] = (),
        repeat_publisher: bool = False,
        keep_ampersand: bool = False,
        derive_short_titles: bool = True,
        manual_wording: bool | None = None,
        links: bool = False,
        links_titles: bool = False,
        abbreviations: Sequence[str | PathLike[str]] = (),
        highlight: NamesLike = (),
        link_of: Callable[[str], str] | None = None,
        narrates_uncited: bool = True,
        sorts_affixed: bool = True,
        notes_restart: bool = True,
        writes_whole: bool = True,
        styles: StyleFolders | None = None,
    ) -> None:
        self.output: Final[Output] = output
        self._repeat_publisher = repeat_publisher
        self._style = find_style(style, styles)
        self._requires_legal_works = requires_legal_works(self._style)
        self._language = None if locale is None else find_locale(locale, self._style.finder)
        self._links = links
        self._links_titles = links_titles
        lists = Abbreviations.read(*abbreviations) if abbreviations else None
        self._abbreviations = lists
        self._highlights = Highlights(highlight) or None
        self._keep_ampersand = keep_ampersand
        self._derive_short_titles = derive_short_titles
        self._engine = self._engine_called(engine)
        self._link_of = link_of
        self._narrates_uncited = narrates_uncited
        self._sorts_affixed = sorts_affixed
        self._notes_restart = notes_restart
        self._writes_whole = writes_whole
        if isinstance(self._engine, Engine):
            self._configure(self._engine)
        # citeproc-py reads styles that refcite's engine may not read.
        worded = not repeat_publisher if manual_wording is None else manual_wording
        reads_style = worded and isinstance(self._engine, Engine)
        self._wording = wording_for(self._style, self._language) if reads_style else None
        self._library = library if isinstance(library, Library) else Library(library)
        self._keys = Keys()
        self._division: Division | None = None

    def _configure(self, engine: Engine) -> None:
        engine.configure(
            link_of=self._link_of,
            narrates_uncited=self._narrates_uncited,
            sorts_affixed=self._sorts_affixed,
            notes_restart=self._notes_restart,
            writes_whole=self._writes_whole,
        )

    def new_document(self, *, link_of: Callable[[str], str] | None = None) -> Processor:
        """Return a processor with the same style, options and library for another document.

        It shares the compiled style, so it is faster than `Processor(...)`: what depends on the
        style alone is done once for all documents.

        Args:
            link_of: The addresses of entries in this document, as for `Processor`; None for those
                of this processor.

        Raises:
            RefciteError: The engine is `citeproc-py`.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Processor
            >>> processor = Processor("ieee", library=[Record(id="a"), Record(id="b")])
            >>> processor.cite("a"), processor.cite("b"), processor.new_document().cite("b")
            ('[1]', '[2]', '[1]')
        """
        if not isinstance(self._engine, Engine):
            raise RefciteError("this engine has one document; use the engine 'refcite'")
        made = copy(self)
        if link_of is not None:
            made._link_of = link_of
        made._engine = engine = Engine(self._engine.renderer)
        made._configure(engine)
        made._keys = Keys()
        made._division = None
        return made

    @property
    def has_bibliography(self) -> bool:
        """Whether the style defines a bibliography; some footnote styles do not."""
        return self._engine.has_bibliography

    @property
    def locale(self) -> str:
        """The locale in force, such as `de-AT`: the requested one, or that of the style."""
        return self._language or self._engine.locale

    @property
    def style_locales(self) -> tuple[LocaleData, ...]:
        """The locales in the style itself, whose terms replace those of the language.

        They are empty for the engine `citeproc-py`.
        """
        return self._engine.style_locales if isinstance(self._engine, Engine) else ()

    @property
    def is_note_style(self) -> bool:
        """Whether citations are notes; False for the engine `citeproc-py`."""
        return isinstance(self._engine, Engine) and self._engine.is_note_style

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The current text of all citations, in document order.

        The index of a citation is its position in this tuple, counted from 0.
        """
        return tuple(self._engine.citations)

    def cite(self, cluster: Citable, *, note: int | None = None) -> Citation:
        """Append a citation to the document and return its text.

        A later citation can change the text, for example by a year suffix; see `changes`. The text
        is a `str` that also has its parts `in_text` and `in_note`, which are two places if the
        mode is `composite` in a style for notes.

        Args:
            cluster: A work, several of them, a `Cite` with its locator, or a `Cluster`.
            note: Number of the footnote, if the citation is in one; a `Cluster` has its own
                number.

        Raises:
            RefciteError: An id is not in the library.
            RecordTypeError: The number of the note is not an int.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Cite, Processor
            >>> processor = Processor("apa", library=[Record(id="k", title="The Castle")])
            >>> processor.cite("k")
            '(The Castle, n.d.)'
            >>> processor.cite(Cite(record="k", locator="12", prefix="see "))
            '(see The Castle, n.d., p. 12)'
        """
        return self._engine.cite(self._keyed(cluster, note))

    def unknown(self, keys: Sequence[Cite | str]) -> Citation:
        """Return what is printed in place of a citation of keys without a record.

        Each key is bold, with a question mark, within the brackets of the style. The text is not a
        part of the document, and has no number.

        Args:
            keys: The keys, or cites of them with their prefixes and suffixes.

        Raises:
            RefciteError: The engine is `citeproc-py`.

        Example:
            >>> from refcite.csl import Processor
            >>> Processor("apa", output="markdown").unknown(["smith2001"])
            '(**smith2001?**)'
        """
        if not isinstance(self._engine, Engine):
            raise RefciteError("this engine cannot print unknown keys; use the engine 'refcite'")
        return self._engine.unknown([one if isinstance(one, Cite) else Cite(one) for one in keys])

    def insert(
        self, index: int, cluster: Citable, *, note: int | None = None
    ) -> Mapping[int, Citation]:
        """Insert a citation before the one at `index`; return all whose text is new or changed.

        Args:
            index: As for `list.insert`: a negative index counts from the end, and an index outside
                the document means its start or its end.
            cluster: What to cite, as for `cite`.
            note: Number of the footnote, as for `cite`.

        Returns:
            The texts, by the indices that the citations have now.

        Raises:
            RefciteError: An id is not in the library, or the engine is `citeproc-py`, which can
                only append.

        Example:
            >>> from refcite import Date, Name, Record
            >>> from refcite.csl import Processor
            >>> one, two = (Record(id=id, type="book", title=id, issued=Date.of(2001),
            ...                    author=(Name(family="Doe"),)) for id in ("A", "B"))
            >>> processor = Processor("apa")
            >>> processor.cite(two)
            '(Doe, 2001)'
            >>> processor.insert(0, one)
            {0: '(Doe, 2001a)', 1: '(Doe, 2001b)'}
        """
        self._engine.insert(index, self._keyed(cluster, note))
        return self._engine.changes()

    def replace(
        self, index: int, cluster: Citable, *, note: int | None = None
    ) -> Mapping[int, Citation]:
        """Replace a citation; return all whose text is new or changed.

        Args:
            index: Index of the citation; a negative index counts from the end.
            cluster: The new citation, as for `cite`.
            note: Number of the footnote, as for `cite`.

        Returns:
            The texts, by index.

        Raises:
            CitationIndexError: There is no such citation.
            RefciteError: An id is not in the library, or the engine is `citeproc-py`, which can
                only append.

        Example:
            >>> from refcite import Date, Name, Record
            >>> from refcite.csl import Processor
            >>> one, two = (Record(id=id, type="book", title=id, issued=Date.of(2001),
            ...                    author=(Name(family="Doe"),)) for id in ("A", "B"))
            >>> processor = Processor("apa")
            >>> processor.cite(one), processor.cite(one)
            ('(Doe, 2001)', '(Doe, 2001)')
            >>> processor.replace(1, two)
            {0: '(Doe, 2001a)', 1: '(Doe, 2001b)'}
        """
        self._engine.replace(index, self._keyed(cluster, note))
        return self._engine.changes()

    def remove(self, index: int) -> Mapping[int, Citation]:
        """Remove a citation from the document; return all whose text changed, by new index.

        Args:
            index: Index of the citation; a negative index counts from the end.

        Returns:
            The texts, by the indices that the citations have now.

        Raises:
            CitationIndexError: There is no such citation.
            RefciteError: The engine is `citeproc-py`, which can only append.

        Example:
            >>> from refcite import Date, Name, Record
            >>> from refcite.csl import Processor
            >>> one, two = (Record(id=id, type="book", title=id, issued=Date.of(2001),
            ...                    author=(Name(family="Doe"),)) for id in ("A", "B"))
            >>> processor = Processor("apa")
            >>> processor.cite(one), processor.cite(two)
            ('(Doe, 2001)', '(Doe, 2001b)')
            >>> processor.remove(0)
            {0: '(Doe, 2001)'}
            >>> processor.remove(7)
            Traceback (most recent call last):
              ...
            refcite.problems.CitationIndexError: there is no citation 7; the document has 1 citation
        """
        self._engine.remove(index)
        return self._engine.changes()

    def move(self, index: int, to: int) -> Mapping[int, Citation]:
        """Move a citation; return all whose text changed, by new index.

        Args:
            index: Its index; a negative index counts from the end.
            to: Its new index, counted in the same way.

        Returns:
            The texts, by the indices that the citations have now.

        Raises:
            CitationIndexError: There is no citation at one of these indices.
            RefciteError: The engine is `citeproc-py`, which can only append.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Processor
            >>> processor = Processor("ieee")
            >>> [processor.cite(Record(id=id, title=id)) for id in ("A", "B", "C")]
            ['[1]', '[2]', '[3]']
            >>> processor.move(2, to=0)
            {0: '[1]', 1: '[2]', 2: '[3]'}
            >>> processor.bibliography().ids
            ('C', 'A', 'B')
        """
        self._engine.move(index, to)
        return self._engine.changes()

    def changes(self) -> Mapping[int, Citation]:
        """Return, by index, the citations whose text has changed since it was last returned.

        Example:
            >>> from refcite import Date, Name, Record
            >>> from refcite.csl import Processor
            >>> one, two = (Record(id=id, type="book", title=id, issued=Date.of(2001),
            ...                    author=(Name(family="Doe"),)) for id in ("A", "B"))
            >>> processor = Processor("apa")
            >>> processor.cite(one), processor.cite(two)
            ('(Doe, 2001)', '(Doe, 2001b)')
            >>> processor.changes()
            {0: '(Doe, 2001a)'}
        """
        return self._engine.changes()

    def nocite(self, records: Record | str | Iterable[Record | str]) -> None:
        """Add works to the bibliography that the document does not cite.

        Args:
            records: The works, or their ids; or one of these.

        Raises:
            RefciteError: An id is not in the library.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Processor
            >>> processor = Processor("apa")
            >>> processor.nocite([Record(id="k", type="book", title="The Castle")])
            >>> print(processor.bibliography())
            The Castle. (n.d.).
        """
        with collector_paused():
            self._engine.nocite([self._key_of(record) for record in several(records)])

    def bibliography(
        self, *, sections: Sections | None = None, other_heading: str | None = None
    ) -> Bibliography:
        """Return the entries of all cited works, in the order of the style.

        With sections, the entries have that order within each section. Numbers and year suffixes
        continue through all sections, in the printed order, so citations can change; see
        `changes`.

        Args:
            sections: Pairs of a heading and a function that returns whether a record belongs to
                the section. A work is in the first section to which it belongs. Pairs with the same
                heading are one section, and an empty section is not printed. `type`, `keyword` or
                `language` forms a section for each value; of several keywords, the first is used.
            other_heading: The heading of the last section, which contains the works that belong to
                no other; by default `Other works`, in English, French, German or Spanish.

        Raises:
            RefciteError: The style has no bibliography.
            RecordTypeError: A section is not a heading with a function.
            RecordValueError: A heading is empty.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Processor
            >>> processor = Processor("ieee")
            >>> processor.cite(Record(id="k", type="book", title="The Castle"))
            '[1]'
            >>> print(processor.bibliography())
            [1] The Castle.
            >>> processor.nocite(Record(id="c", type="legal_case", title="Roe v. Wade"))
            >>> print(processor.bibliography(
            ...     sections=[("Cases", lambda record: record.type == "legal_case")]))
            Cases
            <BLANKLINE>
            [1] Roe v. Wade.
            <BLANKLINE>
            Other works
            <BLANKLINE>
            [2] The Castle.
            >>> processor.changes()
            {0: '[2]'}
        """
        if not self.has_bibliography:
            raise RefciteError("this style has no bibliography; use first_citations()")
        self._divide(sections, other_heading)
        return self._finished(self._engine.bibliography())

    def _divide(self, sections: Sections | None, other_heading: str | None) -> None:
        """Divide the bibliography into sections."""
        if sections is None:
            if self._division is not None:
                self._division = None
                self._engine.divide(None)
            return
        locale = self._language or self._engine.locale
        works = self._keys.records
        self._division = divided(sections, works, other=other_heading, locale=locale)
        self._engine.divide(self._division.section_of)

    def first_citations(
        self,
        works: Record | str | Iterable[Record | str],
        *,
        sections: Sections | None = None,
        other_heading: str | None = None,
    ) -> Bibliography:
        """Return the first citation of each work, for styles that have no bibliography.

        The works are disambiguated as in a document that cites them all. Each is listed once, in
        the given order. The citations of the document do not change. A work that is not in the
        document yet is added, as by `nocite`.

        Args:
            works: Records, or their ids; or one of these.
            sections: The sections, as for `bibliography`.
            other_heading: The heading of the last section, as for `bibliography`.

        Raises:
            RefciteError: An id is not in the library.
            RecordTypeError: A section is not a heading with a function.
            RecordValueError: A heading is empty.

        Example:
            >>> from refcite import Date, Name, Record
            >>> from refcite.csl import Processor
            >>> one, two = (Record(id=title, type="book", title=title, issued=Date.of(2001),
            ...                    author=(Name.parse("Jane Doe"),), publisher="Hive")
            ...             for title in ("Ants", "Bees"))
            >>> processor = Processor("review-of-international-studies")
            >>> processor.has_bibliography
            False
            >>> print(processor.first_citations([one, two]))
            Jane Doe, Ants (Hive, 2001a).
            Jane Doe, Bees (Hive, 2001b).
        """
        keys = tuple(dict.fromkeys(map(self._key_of, several(works))))
        self._divide(sections, other_heading)
        if self._division is not None:
            keys = tuple(sorted(keys, key=self._division.section_of))
        return self._finished(self._engine.first_citations(keys), keys)

    def _finished(
        self, done: RenderedBibliography, cited: tuple[str, ...] | None = None
    ) -> Bibliography:
        names = self._highlights.problems() if self._highlights is not None else ()
        done = evolve(done, problems=(*self._about_style(), *names, *done.problems))
        with collector_paused():
            bibliography = named(done, self._keys.records, self.output, self._division)
        engine = self._engine
        if not isinstance(engine, Engine):
            return bibliography
        styled = StyledWorks(
            style=self._style,
            locale=self._language,
            # Plain text has no links, so it does not show whether the caller requested them.
            links=self._links or self.output == "text",
            works=engine.works,
            first_notes=engine.first_notes,
            cited=cited,
            abbreviations=self._abbreviations,
            highlights=self._highlights,
            division=self._division,
            derive_short_titles=self._derive_short_titles,
        )
        return with_source(bibliography, styled)

    def _about_style(self) -> Iterator[Problem]:
        """Yield the problems of the style that concern its user."""
        source = self._style
        if source.old_name is not None:
            yield Problem(
                severity=Severity.INFO,
                code="renamed-style",
                message=f"the style {source.old_name!r} is now called {source.name!r}",
                hint=f"write {source.name!r}",
            )
        if isinstance(self._engine, Engine):
            yield from self._engine.renderer.style.problems
            yield from self._engine.renderer.locale.problems
        if not self.has_bibliography:
            yield Problem(
                severity=Severity.INFO,
                code="no-bibliography",
                message=f"the style {source.name!r} has no bibliography; each work is printed as in"
                " its first citation",
            )

    def explain(self, work: Record | str, *, citation: bool = False) -> Explanation:
        """Explain how a work's entry is formatted.

        For each piece of the entry: its variable, and the element, macro and line of the style
        that printed it. Also the elements of the style that printed nothing, with the reason.
        A work that is not in the bibliography yet is added, as by `nocite`.

        Args:
            work: The record, or its id.
            citation: Explain the first citation of the work, alone, instead of its entry. If the
                style has no bibliography, the citation is always explained.

        Raises:
            RefciteError: The id is not in the library, or the engine is not `refcite`.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Processor
            >>> processor = Processor("apa")
            >>> explanation = processor.explain(Record(id="k", type="book", title="The Castle"))
            >>> span = explanation.spans[0]
            >>> span.text, span.variable, span.where.tag
            ('The Castle', 'title', '<text variable="title">')
        """
        (explanation,) = self.explanations([work], citation=citation)
        return explanation

    def explanations(
        self, works: Record | str | Iterable[Record | str], *, citation: bool = False
    ) -> tuple[Explanation, ...]:
        """Explain how works are formatted, in the order of the bibliography; see `explain`.

        One call for many works is faster than one call for each.

        Args:
            works: Records, or their ids; or one of these.
            citation: Explain the citations of the works.

        Raises:
            RefciteError: An id is not in the library, or the engine is not `refcite`.

        Example:
            >>> from refcite import Record
            >>> from refcite.csl import Processor
            >>> works = [Record(id="k", title="The Castle"), Record(id="b", title="Bees")]
            >>> [found.text for found in Processor("apa").explanations(works)]
            ['Bees. (n.d.).', 'The Castle. (n.d.).']
        """
        engine = self._engine
        if not isinstance(engine, Engine):
            raise RefciteError("this engine cannot explain its output; use the engine 'refcite'")
        # Loaded only if an explanation is requested, which is rare.
        from refcite.csl.changed_items import with_changes
        from refcite.csl.explain.explainer import explanations_of

        keys = [self._key_of(work) for work in several(works)]
        engine.nocite(keys)
        of_citations = citation or not self.has_bibliography
        try:
            found = explanations_of(engine, keys, self._style.name, of_citations=of_citations)
        except RecursionError:
            # An explanation needs more of Python's stack than rendering, which limits styles.
            raise RefciteError("this style has too many nested elements to be explained") from None
        items = engine.works
        return tuple(
            with_changes(explanation, self._keys.records[key], items[key])
            for key, explanation in found.items()
        )

    def _keyed(self, cluster: Citable, note: int | None) -> Cluster:
        wanted = as_cluster(cluster, note=note)
        cites = tuple(map(self._keyed_cite, wanted.cites))
        if all(map(is_, cites, wanted.cites)):
            return wanted
        return Cluster(cites=cites, note=wanted.note, mode=wanted.mode)

    def _keyed_cite(self, cite: Cite) -> Cite:
        key = self._key_of(cite.record)
        return cite if key == cite.record else evolve(cite, record=key)

    def _key_of(self, record: Record | str) -> str:
        """Return the key of a record; two different records of one id have two keys."""
        if isinstance(record, str):
            found = self._library.get(record)
            if found is None:
                near = near_matches(record, self._library.ids)
                raise RefciteError(f"there is no record {record!r} in the library{near}")
            record = found
        elif not isinstance(record, Record):
            raise no_record(record)
        count = len(self._keys.records)
        key = self._keys.of(record)
        if len(self._keys.records) > count:
            item = csl_item(record, repeat_publisher=self._repeat_publisher, wording=self._wording)
            if self._requires_legal_works:
                from refcite.csl.legal.works import legal_work

                item = legal_work(item)
            self._engine.register(key, item)
        return key

    def _engine_called(self, engine: str) -> AnyEngine:
        find_backend(self.output)
        if engine == "refcite":
            return make_engine(
                self._style,
                self._language,
                self.output,
                links=self._links,
                links_titles=self._links_titles,
                abbreviations=self._abbreviations,
                derive_short_titles=self._derive_short_titles,
                highlights=self._highlights,
                keep_ampersand=self._keep_ampersand,
            )
        if engine != "citeproc-py":
            near = near_matches(engine, get_args(EngineName))
            raise RefciteError(f"there is no engine {engine!r}{near}")
        if self._highlights is not None:
            raise RefciteError(
                "the engine 'citeproc-py' cannot highlight names; use the engine 'refcite'"
            )
        from refcite.csl import citeproc_py  # a slow import, needed only for this engine

        style = citeproc_py.load_style(self._style, self._language)
        return citeproc_py.CiteprocPy(style, self.output)

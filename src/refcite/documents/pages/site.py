"""The citations of a site: its references, its style, and its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from attrs import define, evolve, field, frozen

from refcite.collector import collector_paused
from refcite.csl import Bibliography, Cite, Processor
from refcite.csl.document.cited import Citation
from refcite.csl.style.locale import load_locale
from refcite.documents.answers import Answers
from refcite.documents.clusters import CitedKey, DocumentCitation
from refcite.documents.locators import locator_terms
from refcite.documents.markdown.inlines import read_inlines
from refcite.documents.markdown.writing import Edit
from refcite.documents.metadata import Settings
from refcite.documents.pages.markup import (
    address_of,
    anchor_of,
    bibliography_html,
    capitalised,
    entry_alone,
    plain,
    source_as_html,
    with_addresses,
    without_final_period,
)
from refcite.documents.pages.reading import PageDocument
from refcite.documents.pages.settings import SiteSettings
from refcite.documents.pages.writing import (
    FOOTNOTES,
    MARK,
    SIGN,
    PageWriter,
    Slot,
    Slots,
    number_of,
)
from refcite.documents.rendering import answer, processor_for, read_file
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.union import Union

__all__ = ["PageText", "Site"]

_TAG_WITH_SIGN: Final = re.compile(f"<[^<>]*{MARK}[^<>]*>")
_LINK: Final = re.compile(r"<a\b[^<>]*>(?:(?!</a>).)*</a>", re.DOTALL)
_PARAGRAPH: Final = re.compile(f"<p>\\s*({SIGN.pattern})\\s*</p>")
_CSL_TAG: Final = re.compile(r"(</?(?:i|b|sup|sub)>)|[&<>]")
_SEVERAL: Final = re.compile(r"[-\u2013,&;]")


@frozen
class PageText:
    """The text of a page, with signs at the places of its citations.

    Attributes:
        text: The text.
        problems: The problems of the page, with lines of the text that was read.
        has_footnotes: Whether the text contains footnotes that were added.
    """

    text: str
    problems: tuple[Problem, ...]
    has_footnotes: bool = False


@define(kw_only=True)
class _Page:
    """A page that was read.

    Attributes:
        name: Its name.
        document: Its text, read.
        citations: Its citations.
        nocite: The keys that it lists and does not cite.
        slots: What is at its signs.
        texts: The text of each citation.
        bibliography: The entries that it can print.
        is_listed: Whether it has a bibliography of its own.
        is_full: Whether it has the whole bibliography.
        keys: The keys that its own bibliography has.
    """

    name: str
    document: PageDocument
    citations: Sequence[DocumentCitation]
    nocite: Sequence[CitedKey]
    slots: Slots
    texts: Sequence[Citation] = ()
    bibliography: Bibliography | None = None
    is_listed: bool = False
    is_full: bool = False
    keys: frozenset[str] = frozenset()
    targets: dict[str, str] = field(factory=dict)
    entries: dict[str, str] = field(factory=dict)


class Site:
    """The citations of a site.

    Args:
        settings: The settings.

    Raises:
        UnknownStyleError: The style of the settings is no style.
        UnknownLocaleError: The language of the settings is no language.

    Attributes:
        settings: The settings.
        has_notes: Whether citations are footnotes.

    Example:
        >>> from refcite import Record
        >>> site = Site(SiteSettings(style="apa"))
        >>> site.use([Record(id="a", type="book", title="Oars", author="Ann Ash", issued=2001)])
        >>> page = site.read_page("index.md", "Oars [@a].")
        >>> site.html_of(f"<p>{page.text.splitlines()[0]}</p>", "index.md")
        '<p>Oars (<a href="#ref-a">Ash, 2001</a>).</p>'
    """

    def __init__(self, settings: SiteSettings) -> None:
        self.settings = settings
        self._works: dict[str, Record] = {}
        self._loaded: tuple[object, ...] | None = None
        self._problems: list[Problem] = []
        self._pages: list[_Page] = []
        self._by_name: dict[str, _Page] = {}
        self._reported: set[tuple[str, str]] = set()
        self._address: Callable[[str, str], str] | None = None
        self._processor = self._make_processor()

    # References and style

    def load(self) -> list[Problem]:
        """Read the bibliography files again if one of them has changed; return their problems."""
        files = self.settings.files
        loaded = tuple(map(_state_of, (*files, Path(self.settings.style))))
        if loaded == self._loaded:
            return list(self._problems)
        problems: list[Problem] = []
        works: dict[str, Record] = {}
        union = Union()
        for number, path in enumerate(files):
            library = read_file(path, problems)
            problems += library.problems
            if len(files) > 1:
                union.survey(number, library, is_keyed=library.is_keyed)
                problems += union.problems(number, library)
            for record in library:
                works.setdefault(record.id, record)
        self._works = works
        self._processor = self._make_processor()
        if self.settings.cites_inline is False and not self._processor.has_bibliography:
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    code="no-bibliography",
                    message=f"the style {self.settings.style!r} has no bibliography, so its entries"
                    " cannot be footnotes; citations are as the style specifies",
                )
            )
        self._loaded, self._problems = loaded, problems
        return list(problems)

    def use(self, records: Iterable[Record]) -> None:
        """Use records in place of bibliography files."""
        self._works = {record.id: record for record in records}
        self._processor = self._make_processor()

    def _make_processor(self) -> Processor:
        problems: list[Problem] = []
        return processor_for(
            Settings(),
            self._works,
            output="html",
            problems=problems,
            style=self.settings.style,
            locale=self.settings.locale,
            link_of=address_of if self.settings.link_citations else None,
            narrates_uncited=True,
        )

    @property
    def has_notes(self) -> bool:
        """Whether citations are footnotes."""
        if self.settings.cites_inline is None:
            return self._processor.is_note_style
        return not self.settings.cites_inline

    @property
    def _works_in_notes(self) -> bool:
        return self.settings.cites_inline is False and self._processor.has_bibliography

    # Pages

    def start(self) -> None:
        """Forget all pages: the site is built again."""
        self._pages.clear()
        self._by_name.clear()
        self._reported.clear()

    def read_page(
        self, name: str, text: str, *, nocite: str = "", is_listed: bool | None = None
    ) -> PageText:
        """Read a page, and return its text with signs at the places of citations.

        Args:
            name: The name of the page.
            text: Its text, without metadata.
            nocite: Text with cites of works that are listed and not cited; `@*` is all works.
            is_listed: Whether it has a bibliography at its end; None as the settings specify.
        """
        settings = self.settings
        document = PageDocument(text, has_math=settings.has_math, containers=settings.containers)
        lists = [*document.lists, *document.commands(settings.list_command)]
        full = list(document.commands(settings.full_command))
        problems: list[Problem] = []
        page = _Page(
            name=name,
            document=document,
            citations=self._citations(document, problems),
            nocite=_keys_in(nocite),
            slots=Slots(len(self._pages)),
        )
        at_end = not lists and not full and not self._works_in_notes
        at_end &= settings.lists_by_default if is_listed is None else is_listed
        page.is_listed = (bool(lists) or at_end) and not self._works_in_notes
        page.is_full = bool(full)
        answers = self._answered(page, problems)
        writer = PageWriter(
            document,
            answers,
            page.slots,
            settings.footnote_label,
            self._works,
            self._works_of(page) if self._works_in_notes else None,
        )
        has_list = bool(page.keys) or settings.is_one_document
        edits = self._list_edits(page, lists, full, has_list=has_list)
        end = page.slots.sign(Slot("list")) if at_end and page.is_listed and page.keys else ""
        self._pages.append(page)
        self._by_name[name] = page
        written = writer.page_text(edits, end)
        problems.sort(key=lambda one: one.line or 0)
        return PageText(written, tuple(self._new(problems)), writer.has_notes)

    def _new(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield problems; those of the style and of entries only once for all pages."""
        for one in problems:
            if one.line is None:
                key = (one.code, one.message)
                if key in self._reported:
                    continue
                self._reported.add(key)
            yield one

    def _citations(self, document: PageDocument, problems: list[Problem]) -> list[DocumentCitation]:
        """Return the citations of a page; `@name` without a reference is no citation."""
        found: list[DocumentCitation] = []
        is_note_style = self._processor.is_note_style
        terms = locator_terms(self._processor.locale, self._processor.style_locales)
        for one in document.citations(terms, self._works):
            if document.is_in_text(one.start):
                if not self.settings.cites_in_text:
                    continue
                if one.keys[0].key not in self._works:
                    problems.append(_unknown_name(one.keys[0]))
                    continue
                if self._works_in_notes and not one.in_note:
                    one = _author_only(one)
            if is_note_style and self.settings.cites_inline is True:
                one = evolve(one, in_note=True)
            found.append(one)
        return found

    def _answered(self, page: _Page, problems: list[Problem]) -> Answers:
        """Answer the citations of a page, as a document of its own."""
        is_one = self.settings.is_one_document
        nocite = page.nocite
        if page.is_full and not is_one:
            nocite = (CitedKey("*", 0, 0, 1, is_citation=False),)
        needs_entries = self._works_in_notes or page.is_listed or page.is_full
        answers, found = answer(
            self._processor.new_document(),
            page.citations,
            nocite,
            self._works,
            Settings(suppress_bibliography=is_one or not needs_entries),
        )
        problems += found
        page.texts = answers.texts
        cited = [key.key for one in page.citations for key in one.keys]
        listed = [key.key for key in page.nocite]
        keys = {*cited, *listed}
        page.keys = frozenset(self._works if "*" in keys else keys & self._works.keys())
        if not is_one:
            self._complete(page, answers.bibliography)
        return answers

    def _complete(self, page: _Page, bibliography: Bibliography | None) -> None:
        """Set the entries that a page can print."""
        page.bibliography = bibliography
        if bibliography is None:
            return
        page.entries = {entry.id: entry.text for entry in bibliography}
        printed = set(page.entries) if page.is_full else set()
        if page.is_listed:
            printed |= page.entries.keys() & page.keys
        page.targets = {key: f"#{anchor_of(key)}" for key in printed}

    def _works_of(self, page: _Page) -> Callable[[int], Iterator[tuple[int, str, bool]]]:
        def works(index: int) -> Iterator[tuple[int, str, bool]]:
            for number, cite in enumerate(page.citations[index].cluster.cites):
                if cite.id in self._works:
                    yield number, cite.id, bool(cite.prefix or cite.suffix or cite.locator)

        return works

    def _list_edits(
        self,
        page: _Page,
        lists: Sequence[tuple[int, int]],
        full: Sequence[tuple[int, int]],
        *,
        has_list: bool,
    ) -> list[Edit]:
        text = page.document.text
        edits: list[Edit] = []
        for number, (start, end) in enumerate(lists):
            if self._works_in_notes:
                sign = FOOTNOTES if not number and FOOTNOTES not in text and page.citations else ""
            else:
                sign = page.slots.sign(Slot("list")) if has_list else ""
            edits.append(_block(text, start, end, sign))
        for start, end in full:
            edits.append(_block(text, start, end, page.slots.sign(Slot("full"))))
        return edits

    # One document

    def complete(self, names: Iterable[str], address: Callable[[str, str], str]) -> list[Problem]:
        """Answer the citations of all pages as one document; return new problems.

        Notes of a style for notes are numbered on each page, so their texts remain.

        Args:
            names: The names of the pages in their order; others follow in the order of reading.
            address: Returns the address of a page, relative to another one: of the first name on
                the page of the second.
        """
        self._address = address
        if not self.settings.is_one_document:
            return []
        order = {name: index for index, name in enumerate(names)}
        pages = sorted(self._by_name.values(), key=lambda one: order.get(one.name, len(order)))
        processor = self._processor.new_document()
        nocite = [key for page in pages for key in page.nocite]
        is_per_page = processor.is_note_style
        if is_per_page:
            cited = [key for page in pages for one in page.citations for key in one.keys]
            nocite = [*cited, *nocite]
        citations = [one for page in pages for one in page.citations if not is_per_page]
        with collector_paused():
            answers, problems = answer(processor, citations, nocite, self._works, Settings())
        place = 0
        for page in pages:
            if not is_per_page:
                page.texts = answers.texts[place : place + len(page.citations)]
                place += len(page.citations)
            self._complete(page, answers.bibliography)
        self._link_pages(pages)
        told = [one for one in problems if one.line is None]
        if citations and not any(page.is_full or page.is_listed for page in pages):
            told.append(_without_list(self.settings.full_command))
        return list(self._new(told))

    def _link_pages(self, pages: Sequence[_Page]) -> None:
        """Link citations to the page with the whole bibliography, if theirs has no entry."""
        whole = next((page for page in pages if page.is_full), None)
        if whole is None or self._address is None:
            return
        for page in pages:
            if page is not whole:
                address = self._address(whole.name, page.name)
                for key in page.keys:
                    if key in whole.targets:
                        page.targets.setdefault(key, f"{address}{whole.targets[key]}")

    # HTML

    def anchors_of(self, name: str) -> frozenset[str]:
        """Return the anchors of the entries on a page."""
        page = self._by_name.get(name)
        targets = page.targets.values() if page is not None else ()
        return frozenset(one[1:] for one in targets if one.startswith("#"))

    def html_of(self, html: str, name: str) -> str:
        """Return HTML in which the citations are at the places of their signs.

        Args:
            html: The HTML.
            name: The name of the page that contains it.
        """
        if MARK not in html:
            return html
        at = self._by_name.get(name)
        free = set(at.targets) if at is not None else set()

        def shown(found: re.Match[str]) -> str:
            return self._shown(found, at, free, has_links=True)

        def unlinked(found: re.Match[str]) -> str:
            return self._shown(found, at, free, has_links=False)

        def as_text(found: re.Match[str]) -> str:
            return escape(plain(unlinked(found)))

        html = _TAG_WITH_SIGN.sub(lambda tag: SIGN.sub(as_text, tag[0]), html)
        html = _PARAGRAPH.sub(lambda found: self._paragraph(found, shown), html)
        html = _LINK.sub(
            lambda link: SIGN.sub(unlinked, link[0]) if MARK in link[0] else link[0], html
        )
        return SIGN.sub(shown, html)

    def text_of(self, text: str) -> str:
        """Return the HTML of a text without tags, such as a title, with the citations in it."""
        if MARK not in text:
            return text
        return SIGN.sub(
            lambda found: escape(plain(self._shown(found, None, set(), has_links=False))), text
        )

    def _paragraph(self, found: re.Match[str], shown: Callable[[re.Match[str]], str]) -> str:
        """Return what replaces a paragraph that consists of one sign."""
        slot = self._slot(found[2], found[3])
        if slot is None or slot[1].kind not in ("list", "full"):
            return found[0]
        inner = SIGN.match(found[1])
        return "" if inner is None else shown(inner)

    def _slot(self, page: str, slot: str) -> tuple[_Page, Slot] | None:
        number, index = number_of(page), number_of(slot)
        if number >= len(self._pages) or index >= len(self._pages[number].slots.slots):
            return None
        return self._pages[number], self._pages[number].slots.slots[index]

    def _shown(
        self, found: re.Match[str], at: _Page | None, free: set[str], *, has_links: bool
    ) -> str:
        """Return the HTML of a sign."""
        known = self._slot(found[1], found[2])
        if known is None:
            return found[0]
        page, slot = known
        if slot.kind in ("list", "full"):
            return self._list(page, slot, free if page is at else set())
        if slot.kind == "entry":
            html = self._entry(page, slot)
        else:
            answer_ = page.texts[slot.index]
            html = answer_.in_note if slot.kind == "note" else answer_.in_text
        if slot.is_capitalised:
            html = capitalised(html)
        if slot.ends_without_period:
            html = without_final_period(html)
        html = with_addresses(html, page.targets if has_links and page is at else None)
        return page.document.kept.restored(html, source_as_html)

    def _list(self, page: _Page, slot: Slot, free: set[str]) -> str:
        if page.bibliography is None:
            return ""
        ids = page.keys if slot.kind == "list" else frozenset(page.entries)
        if not ids & page.entries.keys():
            return ""
        return bibliography_html(page.bibliography, ids, free)

    def _entry(self, page: _Page, slot: Slot) -> str:
        """Return the entry of a cite, with the text around the cite."""
        cite = page.citations[slot.index].cluster.cites[slot.cite]
        entry = entry_alone(page.entries.get(cite.id, ""))
        after = self._after_entry(cite)
        if after:
            entry = f"{without_final_period(entry)}{after}."
        before = _csl_as_html(cite.prefix)
        return capitalised(f"{before}{entry}") if before else entry

    def _after_entry(self, cite: Cite) -> str:
        located = ""
        if cite.locator:
            locale = load_locale(self._processor.locale)
            term = locale.find_term(cite.label, "short") if cite.label else None
            word = ""
            if term is not None:
                several = _SEVERAL.search(cite.locator) is not None
                word = (term.multiple if several else term.single) or ""
            located = f", {escape(word)}{chr(0xA0) if word else ''}{_csl_as_html(cite.locator)}"
        return f"{located}{_csl_as_html(cite.suffix)}".rstrip(".")


def _state_of(path: Path) -> tuple[str, int, int]:
    """Return what shows whether a file has changed."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return str(path), 0, -1
    return str(path), found.st_mtime_ns, found.st_size


def _block(text: str, start: int, end: int, sign: str) -> Edit:
    """Return the change of a line to a block of its own."""
    line_start = text.rfind("\n", 0, start) + 1
    indent = text[line_start:start]
    gap_before = ""
    if line_start and not indent.strip():
        before = text[text.rfind("\n", 0, line_start - 1) + 1 : line_start - 1]
        gap_before = f"\n{indent}" if before.strip() else ""
    line_end = text.find("\n", end)
    next_end = text.find("\n", line_end + 1)
    following = text[line_end + 1 : next_end if next_end >= 0 else len(text)]
    gap_after = "\n" if line_end >= 0 and following.strip() else ""
    return Edit(start, end, f"{gap_before}{sign}{gap_after}")


def _keys_in(nocite: str) -> list[CitedKey]:
    """Return the keys in the text of `nocite`."""
    found, _ = read_inlines(nocite, 0, len(nocite))
    return [
        CitedKey(cite.key.key, cite.key.key_start, cite.key.end, 1, is_citation=False)
        for one in found
        for cite in one.cites
    ]


def _author_only(citation: DocumentCitation) -> DocumentCitation:
    first, *rest = citation.cluster.cites
    if first.mode != "composite":
        return citation
    cites = (evolve(first, mode="author-only"), *rest)
    return evolve(citation, cluster=evolve(citation.cluster, cites=cites))


def _unknown_name(key: CitedKey) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="undefined-key",
        message=f"no reference has the key {key.key!r}, so {'@' + key.key!r} is left as it is",
        line=key.line,
        hint="write `&#64;` for the sign if it is no citation",
        key=key.key,
    )


def _without_list(command: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="bibliography-not-printed",
        message="the pages cite works, and no page has a bibliography",
        hint=f"write the line {command} into the page that lists the works",
    )


def _csl_as_html(text: str) -> str:
    """Return a text with the markup of CSL as HTML."""
    return _CSL_TAG.sub(lambda found: found[1] or escape(found[0]), text)

"""The engine: a document's citations and its bibliography in one style and locale.

Works are registered by key. Citations are appended, inserted, replaced and removed. Other parts
that depend on such an edit (positions, numbers, year suffixes) are rendered again when they are
requested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from attrs import evolve

from refcite.collector import collector_paused
from refcite.csl.backends.base import Backend
from refcite.csl.document.bibliography_order import Registry, SectionOf
from refcite.csl.document.cited import Citation, parts_of
from refcite.csl.document.cites import Cite, Cluster, leading_mode
from refcite.csl.document.collapsing import divided_by_affixes
from refcite.csl.document.disambiguation import Disambiguator
from refcite.csl.document.editing import Document, Placed
from refcite.csl.document.entries import (
    RenderedBibliography,
    excluded_entry,
    rendered_entries,
)
from refcite.csl.document.givenname_disambiguation import NameLevels
from refcite.csl.document.listed_works import ListedWorks, WorksToList
from refcite.csl.document.positions import Place
from refcite.csl.document.renderer import Renderer
from refcite.csl.render.context import (
    COMPARED,
    FIRST,
    NEAR_NOTE,
    SUBSEQUENT,
    Context,
    Expansion,
)
from refcite.csl.render.item import Item
from refcite.csl.render.sort_keys import SortKey
from refcite.csl.style.elements import LocaleData, Style
from refcite.record import Record

__all__ = ["Engine"]


class Engine:
    """Contains a document, and renders its citations and its bibliography.

    Args:
        renderer: Renders works in a style, a locale and an output format.

    Attributes:
        renderer: The same.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl.backends import find_backend
        >>> from refcite.csl.style.style_source import find_style
        >>> from refcite.csl.style.style_reader import read_style
        >>> from refcite.csl.style.xml import Source
        >>> source = find_style("apa")
        >>> style = read_style(Source(source.xml, source.name))
        >>> engine = Engine(Renderer(style, backend=find_backend("text")))
        >>> engine.register("a", Record(id="a", type="book", title="The castle"))
        >>> engine.cite(Cluster(cites=(Cite(record="a"),)))
        '(The Castle, n.d.)'
    """

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self._facts = renderer.facts
        self._citation_sorter = renderer.citation_sorter
        self._sorter = renderer.bibliography_sorter
        self._writer = renderer.citation_writer()
        options = renderer.style.citation
        self._levels_names = options.add_givenname and options.givenname_rule != "by-cite"
        self._disambiguator = self._make_disambiguator(renderer.style)
        self._items: dict[str, Item] = {}
        self._section_of: SectionOf | None = None
        # Works that are listed but not cited, and whether they precede the cited works.
        self._uncited: dict[str, bool] = {}
        self._registry = Registry(
            self._sort_key if self._sorter.sorts else None,
            by_number=self._facts.sorts_by_number,
            counts_down=self._facts.counts_down,
        )
        # Later cites that print the numbers of different notes are not identical, so the condition
        # is false for them (specification, "disambiguate" in "Choose").
        self._distinguishes_by_note = self._facts.prints_first_note
        self._to_list = WorksToList(renderer.style, self._items)
        # The works that the bibliography listed last, if the style selects them.
        self._listed = ListedWorks(())
        self._document = Document(
            options.near_note_distance,
            self._facts.uses_position,
            self._to_list.container_of if self._to_list.tracks else None,
        )
        self._sorts_affixed = True
        # The keys of works as they sort within a citation.
        self._cite_keys: dict[str, SortKey] = {}
        # Citations whose text may have changed since it was returned; None for all.
        self._suspects: set[Placed] | None = set()

    def _make_disambiguator(self, style: Style) -> Disambiguator:
        options = style.citation
        levels = None
        if self._levels_names:
            levels = NameLevels(
                options.givenname_rule,
                style.demote_non_dropping_particle == "never",
                self._facts.initializes,
            )
        return Disambiguator(
            options,
            self._facts.tests_disambiguate,
            self._facts.initializes,
            levels,
            self._ambiguous_cite,
            lambda item: self._registry.rank(item.key),
            self._forget_sort_keys,
        )

    def _forget_sort_keys(self, keys: set[str]) -> None:
        """Sort works again: the longer form of a name can change its sort key."""
        self._registry.forget_keys(keys)
        for key in keys:
            self._cite_keys.pop(key, None)

    def _sort_key(self, key: str, number: int) -> SortKey:
        return self._sorter.key_of(Context(self._items[key], number=number))

    # Works

    @property
    def has_bibliography(self) -> bool:
        """Whether the style defines a bibliography."""
        return self.renderer.style.bibliography is not None

    @property
    def locale(self) -> str:
        """The locale in force."""
        return self.renderer.locale.tag

    @property
    def style_locales(self) -> tuple[LocaleData, ...]:
        """The locales that the style contains."""
        return self.renderer.style.locales

    def register(self, key: str, record: Record) -> None:
        """Register a work that may be cited."""
        item = self._items[key] = Item(key, record, len(self._items))
        self.renderer.shapes.add(item)

    def nocite(self, keys: Iterable[str]) -> None:
        """Add works to the bibliography, cited or not.

        Works that are added before the first citation also precede it in the order of citing.
        """
        keys = list(keys)
        is_first = not self._document
        for key in keys:
            self._uncited.setdefault(key, is_first)
        if is_first:
            self._reorder(self._take(keys))
        else:
            self._reorder(self._enter(self._registry.add_late(keys)))

    def _take(self, keys: Iterable[str]) -> set[str]:
        """Add works to the bibliography and to disambiguation; return the renamed."""
        new, moved = self._registry.add(keys)
        if moved:
            # They were listed after all cited works.
            self._disambiguator.refresh(moved)
            self._suspects = None
        return self._enter(new)

    def _enter(self, new: list[str]) -> set[str]:
        """Add new works to disambiguation; return the renamed."""
        if not new:
            return set()
        if self._facts.cites_by_number and self._registry.sorts:
            self._suspects = None
        return self._disambiguator.add([self._items[key] for key in new])

    def divide(self, section_of: SectionOf | None) -> None:
        """Divide the bibliography into sections.

        Numbers and year suffixes are assigned in the printed order, so citations can change.

        Args:
            section_of: Returns the section of a work; None for a bibliography without sections.
        """
        self._section_of = section_of
        self._registry.divide(section_of)
        self._disambiguator.rerank()
        self._suspects = None
        self._place_all()

    def section_of(self, key: str) -> int:
        """Return the section of a work; the same for all works if there are no sections."""
        return 0 if self._section_of is None else self._section_of(key)

    # Citations

    def configure(
        self,
        *,
        link_of: Callable[[str], str] | None,
        narrates_uncited: bool,
        sorts_affixed: bool,
        notes_restart: bool = True,
        writes_whole: bool = True,
    ) -> None:
        """Set what is not the style's; see `Processor` and `CitationWriter.configure`."""
        self._sorts_affixed = sorts_affixed
        self._document.restart_notes(notes_restart)
        self._writer.configure(
            link_of=link_of,
            narrates_uncited=narrates_uncited,
            divides_affixed=not sorts_affixed,
            writes_whole=writes_whole,
        )

    def unknown(self, cites: Sequence[Cite]) -> Citation:
        """Return a citation of keys that name no work; it is not part of the document."""
        return self._writer.unknown(cites)

    def cite(self, cluster: Cluster) -> Citation:
        """Append a citation to the document; return its text."""
        placed, noted = self._document.append(cluster)
        renamed = self._take(cite.id for cite in cluster.cites)
        if self._distinguishes_by_note:
            self._disambiguator.refresh(noted)
        self._document.place(placed, self._sorted)
        self._reorder(renamed)
        text = self._text(placed)
        placed.returned = text
        return text

    def insert(self, index: int, cluster: Cluster) -> None:
        """Insert a citation before the one at `index`."""
        self._document.insert(index, cluster)
        self._follow_edit()

    def replace(self, index: int, cluster: Cluster) -> None:
        """Replace a citation."""
        self._document.replace(index, cluster)
        self._follow_edit()

    def remove(self, index: int) -> None:
        """Remove a citation from the document."""
        self._document.remove(index)
        self._follow_edit()

    def move(self, index: int, to: int) -> None:
        """Move a citation to another place."""
        self._document.move(index, to)
        self._follow_edit()

    def set_document(self, clusters: Iterable[Cluster]) -> None:
        """Replace the whole document."""
        self._document.rewrite(clusters)
        self._follow_edit()

    @property
    def is_note_style(self) -> bool:
        """Whether the style's citations are notes."""
        return self.renderer.style.class_ == "note"

    @property
    def order(self) -> list[str]:
        """The keys of the bibliography's works, in its order."""
        return self._registry.order

    @property
    def listed(self) -> list[str]:
        """The keys of the works that the bibliography lists, in its order."""
        return self._select(self._registry.order)

    def _select(self, keys: list[str]) -> list[str]:
        """Return the works that the bibliography lists; all of them, except in CSL-M."""
        if not self._to_list.selects:
            return keys
        self._listed = self._to_list.select(keys)
        return list(self._listed.keys)

    @property
    def works(self) -> dict[str, Record]:
        """The bibliography's works by key, in the order of citing."""
        return {key: self._items[key].record for key in self._registry.cited}

    @property
    def first_notes(self) -> dict[str, int]:
        """The notes that cite works first, if the style distinguishes works by them."""
        return dict(self._document.first_notes) if self._distinguishes_by_note else {}

    @property
    def citations(self) -> list[Citation]:
        """The text of all citations, in document order."""
        return [self._text(placed) for placed in self._document]

    def changes(self) -> dict[int, Citation]:
        """Return, by index, the citations whose text has changed since it was last returned."""
        touched = self._disambiguator.take_touched()
        suspects = self._suspects
        if suspects is not None:
            suspects |= self._document.citing(touched)
        self._suspects = set()
        changed: dict[int, Citation] = {}
        if suspects is not None and not suspects:
            return changed
        for index, placed in enumerate(self._document):
            if suspects is None or placed in suspects:
                text = self._text(placed)
                if parts_of(text) != parts_of(placed.returned):
                    placed.returned = changed[index] = text
        return changed

    def cite_alone(self, cluster: Cluster, places: Sequence[Place] | None = None) -> Citation:
        """Return a citation that is not part of the document, with the given positions."""
        self._reorder(self._take(cite.id for cite in cluster.cites))
        cites = self._sorted(cluster)
        by_cite = dict(zip(map(id, cluster.cites), places or (), strict=False))
        found = [by_cite.get(id(cite), Place(FIRST)) for cite in cites]
        return self._write(cluster, cites, found)

    def _follow_edit(self) -> None:
        """Find the effects of an edit: on works, their order, first notes and positions."""
        first = [key for key, is_first in self._uncited.items() if is_first]
        cited = self._document.cited()
        changed, reordered, gone = self._registry.arrange([*first, *cited], self._uncited)
        if reordered or (changed and self._facts.cites_by_number):
            self._suspects = None
        noted = self._document.find_first_notes()
        self._disambiguator.remove(gone)
        self._disambiguator.add([self._items[key] for key in self._registry.cited])
        if self._distinguishes_by_note:
            self._disambiguator.refresh(noted)
        self._disambiguator.rerank()
        self._place_all()

    def _reorder(self, renamed: Iterable[str]) -> None:
        """Sort the citations again in which names show more."""
        if not self._citation_sorter.sorts:
            return
        moved = [
            placed
            for placed in self._document.citing(renamed)
            if self._sorted(placed.cluster) != placed.sorted
        ]
        if moved and self._facts.uses_position:
            self._place_all()
            return
        for placed in moved:
            self._document.place(placed, self._sorted)
            if self._suspects is not None:
                self._suspects.add(placed)

    def _place_all(self) -> None:
        """Find the positions of all cites again."""
        moved = self._document.place_all(self._sorted)
        if self._suspects is not None:
            self._suspects.update(moved)

    def _text(self, placed: Placed) -> Citation:
        rests_on = [self._ground_of(cite.id) for cite in placed.sorted]
        if placed.text is None or placed.rests_on != rests_on:
            placed.rests_on = rests_on
            placed.text = self._write(placed.cluster, placed.sorted, placed.places)
        return placed.text

    def _ground_of(self, key: str) -> tuple[object, ...]:
        """Return the parts of a cite that depend on other cites: number, suffix, names."""
        number = self._registry.number(key) if self._facts.cites_by_number else 0
        levels = self._items[key].levels if self._levels_names else ()
        return number, self._disambiguator.verdict(key), levels

    def _sorted(self, cluster: Cluster) -> tuple[Cite, ...]:
        sorter, cites = self._citation_sorter, cluster.cites
        if not sorter.sorts or len(cites) < 2:
            return cites

        def key(cite: Cite) -> tuple[SortKey, int]:
            # Cites with equal keys are in the order of the bibliography.
            number = self._registry.number(cite.id)
            found = None if self._facts.sorts_by_number else self._cite_keys.get(cite.id)
            if found is None:
                ctx = Context(self._items[cite.id], number=number, position=FIRST)
                found = self._cite_keys[cite.id] = sorter.key_of(ctx)
            return found, number

        # A year that follows an author in the running text is that of this author; numbers are not.
        leads = leading_mode(cluster) == "composite" and not self._facts.cites_by_number
        fixed = cites[:leads]
        others = cites[len(fixed) :]
        if self._sorts_affixed:
            return (*fixed, *sorted(others, key=key))
        parts = (sorted(part, key=key) for part in divided_by_affixes(others, lambda one: one))
        return (*fixed, *(cite for part in parts for cite in part))

    def _write(self, cluster: Cluster, cites: Sequence[Cite], places: Sequence[Place]) -> Citation:
        place_of = {id(cite): place for cite, place in zip(cites, places, strict=True)}
        return self._writer.write(
            cluster, cites, lambda cite: self._context(cite, place_of[id(cite)])
        )

    def _context(self, cite: Cite, place: Place) -> Context:
        item = self._items[cite.id]
        verdict = self._disambiguator.verdict(cite.id)
        ctx = Context(
            item,
            expansion=verdict.expansion,
            position=place.position,
            locator=cite.locator,
            label=cite.label,
            number=self._registry.number(cite.id) if self._facts.cites_by_number else 0,
            year_suffix=verdict.suffix,
            first_note=place.first_note,
        )
        if place.first_container_note is not None:
            ctx.first_container_note = place.first_container_note
        return ctx

    def _ambiguous_cite(self, item: Item, expansion: Expansion) -> tuple[str, Context]:
        """Return the text of an item's subsequent cite, without year suffix and number."""
        ctx = Context(
            item,
            expansion=expansion,
            position=SUBSEQUENT | NEAR_NOTE | COMPARED,
            first_note=self._document.first_notes.get(item.key)
            if self._distinguishes_by_note
            else None,
        )
        ctx.lists = []
        return self.renderer.cite_text(ctx), ctx

    def first_context(self, key: str) -> Context:
        """Return a new context for a work that is cited for the first time, without other cites."""
        return self._context(Cite(record=key), Place(FIRST))

    def same_cites(self, key: str) -> list[str]:
        """Return the ids of the works that differ from one only by the year suffix."""
        return [item.record.id for item in self._disambiguator.same_cites(key)]

    # Bibliography

    def entry_context(self, key: str) -> Context:
        """Return a new context for a work's entry in the bibliography."""
        verdict = self._disambiguator.verdict(key)
        return Context(
            self._items[key],
            expansion=verdict.expansion,
            position=self._listed.places.get(key, 0),
            number=self._registry.number(key),
            year_suffix=verdict.suffix,
        )

    def bibliography(
        self, *, sort: bool = True, backend: Backend | None = None, most: int | None = None
    ) -> RenderedBibliography:
        """Return the entries of all works in the document, cited or not.

        Args:
            sort: Whether the style's order is used; otherwise the document's.
            backend: Writes the entries, if it is not the document's.
            most: Maximum number of entries.
        """
        writer = self.renderer.entry_writer(backend)
        if writer is None:
            return RenderedBibliography((), language=self.renderer.locale.tag)
        with collector_paused():
            keys = self._select(self._registry.order if sort else self._registry.cited)

        def write(key: str) -> str:
            return writer.write(partial(self.entry_context, key))

        def write_in_section(key: str) -> str:
            writer.enter_section(self.section_of(key))
            return write(key)

        rendered = rendered_entries(
            keys, write if self._section_of is None else write_in_section, most
        )
        return evolve(
            rendered,
            layout=writer.layout,
            language=self.renderer.locale.tag,
            problems=(*map(excluded_entry, self._listed.excluded), *rendered.problems),
        )

    def first_citations(
        self, keys: Iterable[str], *, backend: Backend | None = None, most: int | None = None
    ) -> RenderedBibliography:
        """Return the first citation of each work, without other cites, after adding all works.

        Args:
            keys: The works, in the required order.
            backend: Writes the citations, if it is not the document's.
            most: Maximum number of citations.
        """
        keys = list(dict.fromkeys(keys))
        self.nocite(keys)
        writer = self.renderer.citation_writer(backend)

        def write(key: str) -> str:
            cluster = Cluster(cites=(Cite(record=key),))
            text = writer.write(cluster, cluster.cites, lambda _cite: self.first_context(key))
            return str(text)

        rendered = rendered_entries(keys, write, most)
        return evolve(rendered, language=self.renderer.locale.tag)

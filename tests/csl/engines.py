"""The engines that are compared: refcite's own and citeproc-py, behind one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, field, frozen

from refcite.csl.backends import find_backend
from refcite.csl.document.cites import Cluster
from refcite.csl.document.engine import Engine
from refcite.csl.document.positions import Place
from refcite.csl.document.renderer import Renderer
from refcite.csl.processor import Processor
from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.context import FIRST, IBID, IBID_WITH_LOCATOR, NEAR_NOTE, SUBSEQUENT
from refcite.csl.style.elements import Style
from refcite.csl.style.style_reader import read_style
from refcite.csl.style.style_source import find_style
from refcite.csl.style.xml import Source
from refcite.record import Record

__all__ = ["ENGINES", "Job", "Render", "Rendering"]


@frozen(kw_only=True)
class Job:
    """What an engine is asked.

    Attributes:
        style: A style's id or XML.
        records: The works, in the order in which the document knows them, cited or not.
        clusters: What is cited.
        forced: For each cite of each cluster its position (`first`, `subsequent`, `ibid`,
            `ibid-with-locator`) and whether it is near its note; None lets the engine find out.
        output: `text` or `html`.
        sorts: Whether the bibliography is sorted.
        abbreviations: The contents of an abbreviation list.
        in_order: Whether the cites of a cluster stand in the order of the bibliography.
    """

    style: str
    records: Sequence[Record]
    clusters: Sequence[Cluster] = ()
    forced: Sequence[Sequence[tuple[str, bool]]] | None = None
    output: str = "html"
    sorts: bool = True
    in_order: bool = False
    abbreviations: dict[str, Any] | None = None


@frozen(kw_only=True)
class Rendering:
    """What an engine printed.

    Attributes:
        citations: One string a cluster.
        ids: The ids of the bibliography's entries, in order.
        entries: Those entries.
        start: What stands before the entries.
        end: What stands after them.
        layout: The bibliography's parameters, as citeproc-js names them.
    """

    citations: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    layout: dict[str, object] = field(factory=dict)

    @property
    def bibliography(self) -> str:
        """The whole bibliography."""
        return self.start + "".join(self.entries) + self.end


_POSITIONS: Final = {
    "first": FIRST,
    "subsequent": SUBSEQUENT,
    "ibid": SUBSEQUENT | IBID,
    "ibid-with-locator": SUBSEQUENT | IBID | IBID_WITH_LOCATOR,
}


def _refcite(job: Job) -> Rendering:
    backend = find_backend(job.output)
    lists = Abbreviations(job.abbreviations) if job.abbreviations else None
    engine = Engine(Renderer(_style(job.style), backend=backend, abbreviations=lists))
    for record in job.records:
        engine.register(record.id, record)
    if job.forced is None:
        engine.set_document(job.clusters)
        citations = engine.citations
    else:
        # What CITATION-ITEMS cite is no document: each citation is rendered for itself.
        engine.nocite(record.id for record in job.records)
        place = {key: number for number, key in enumerate(engine.order)}
        clusters = job.clusters
        if job.in_order:
            clusters = [_in_order(cluster, place) for cluster in clusters]
        citations = [
            engine.cite_alone(cluster, [_place(*position) for position in forced])
            for cluster, forced in zip(clusters, job.forced, strict=True)
        ]
    if not engine.has_bibliography:
        return Rendering(citations=tuple(citations))
    done = engine.bibliography(sort=job.sorts)
    layout = done.layout
    return Rendering(
        citations=tuple(citations),
        ids=tuple(key for key, _ in done.entries),
        entries=tuple(backend.entry(text, key) for key, text in done.entries),
        start='<div class="csl-bib-body">\n',
        end="</div>",
        layout={
            "entryspacing": layout.entry_spacing,
            **({"hangingindent": "true"} if layout.hanging_indent else {}),
            "linespacing": layout.line_spacing,
            "maxoffset": layout.max_offset,
            "second-field-align": layout.second_field_align or "false",
        },
    )


def _place(position: str, near_note: bool) -> Place:
    return Place(_POSITIONS[position] | (NEAR_NOTE if near_note else 0))


@lru_cache(maxsize=4)
def _style(style: str) -> Style:
    source = find_style(style)
    return read_style(Source(source.xml, source.name))


def _in_order(cluster: Cluster, place: dict[str, int]) -> Cluster:
    return evolve(cluster, cites=tuple(sorted(cluster.cites, key=lambda cite: place[cite.id])))


def _citeproc_py(job: Job) -> Rendering:
    processor = Processor(
        job.style,
        output="html" if job.output == "html" else "text",
        engine="citeproc-py",
        library=job.records,
        repeat_publisher=True,
        derive_short_titles=False,
        manual_wording=False,
        keep_ampersand=True,
    )
    processor.nocite(job.records)
    citations = tuple(map(processor.cite, job.clusters))
    if not processor.has_bibliography:
        return Rendering(citations=citations)
    entries = processor.bibliography().entries
    return Rendering(
        citations=citations,
        ids=tuple(entry.id for entry in entries),
        entries=tuple(
            f'  <div class="csl-entry">{entry.text}</div>\n' if job.output == "html" else entry.text
            for entry in entries
        ),
        start='<div class="csl-bib-body">\n',
        end="</div>",
    )


Render = Callable[[Job], Rendering]
"""An engine."""

ENGINES: Final[dict[str, Render]] = {
    "refcite": _refcite,
    "citeproc-py": _citeproc_py,
}
"""The engines by name."""

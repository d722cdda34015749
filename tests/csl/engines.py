"""The engines that are compared: refcite's own and citeproc-py, behind one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import field, frozen

from refcite.csl.cites import Cluster
from refcite.csl.processor import Processor
from refcite.record import Record

__all__ = ["ENGINES", "Job", "Rendering"]


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
    """

    style: str
    records: Sequence[Record]
    clusters: Sequence[Cluster] = ()
    forced: Sequence[Sequence[tuple[str, bool]]] | None = None
    output: str = "html"
    sorts: bool = True


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


def _refcite(job: Job) -> Rendering:
    from refcite.csl.engine import Engine

    engine = Engine(job.style, output=job.output, repeat_publisher=True)
    done = engine.render(job.records, job.clusters, forced=job.forced, sorts=job.sorts)
    return Rendering(
        citations=tuple(done.citations),
        ids=tuple(id_ for id_, _ in done.entries),
        entries=tuple(text for _, text in done.entries),
        start='<div class="csl-bib-body">\n',
        end="</div>",
    )


def _citeproc_py(job: Job) -> Rendering:
    processor = Processor(
        job.style,
        output="html" if job.output == "html" else "text",
        engine="citeproc-py",
        library=job.records,
        repeat_publisher=True,
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


ENGINES: Final[dict[str, Callable[[Job], Rendering]]] = {
    "refcite": _refcite,
    "citeproc-py": _citeproc_py,
}
"""The engines by name."""

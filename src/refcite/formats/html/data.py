"""Structured data: JSON-LD, microdata, RDFa."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import frozen

from refcite.formats.html.authors import is_inverted, names_in_byline
from refcite.formats.html.items import items_of
from refcite.formats.html.metadata import Metadata, language_code
from refcite.formats.html.page import Page, Script
from refcite.formats.html.text import is_placeholder, letters, tidy
from refcite.formats.htmltext import web_address
from refcite.formats.jsonld import Graph, Node, Work, chosen_type, types_of, values_of
from refcite.formats.namelists import ET_AL
from refcite.formats.schema_org import build, name_values
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.vocabulary import VARIABLE_OF

__all__ = ["Data", "read_data"]

# Comments and CDATA sections in comments, which hid scripts from old browsers.
_BEFORE: Final = re.compile(r"<!--|(?://|/\*)?\s{0,9}<!\[CDATA\[\s{0,9}(?:\*/)?")
_BEHIND: Final = re.compile(r"(?:(?://|/\*)?\s{0,9}\]\]>\s{0,9}(?:\*/)?|-->)\Z")
_LONGEST_END: Final = 40
_END_COMMA: Final = re.compile(r",(?=\s*[\]}])")
_MEDIA: Final = frozenset({"VideoObject", "AudioObject", "ImageObject", "PodcastEpisode"})
_SITES: Final = frozenset({"WebSite", "Organization", "NewsMediaOrganization", "Newspaper"})
_WEAK: Final = frozenset({"webpage", "document"})
# A page that lists many works does not describe one of them.
_MOST_WORKS: Final = 3


@frozen
class Data:
    """The contents of the structured data.

    Attributes:
        sources: The metadata of the page's work in each kind of data.
        site_names: The names of the site.
        problems: The problems of the data.
    """

    sources: tuple[Metadata, ...]
    site_names: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_data(page: Page, day_first: bool | None = None) -> Data:
    """Return the contents of the structured data of a page.

    Args:
        page: The page.
        day_first: The reading of `01/02/2017`.

    Example:
        >>> from refcite.formats.html.page import page_of
        >>> page = page_of('<script type="application/ld+json">{"@type": "Book", "name": "A"}'
        ...                "</script>")
        >>> [(one.source, one.values) for one in read_data(page).sources]
        [('JSON-LD', {'title': 'A'})]
    """
    problems: list[Problem] = []
    sources: list[Metadata] = []
    names: list[str] = []
    for source, graph in _graphs(page, problems):
        works = graph.works()
        work = _main(works, page)
        names += _site_names(graph, works)
        if work is not None:
            one = _read(source, work, graph, page, day_first)
            sources += [one] if one.values else []
    return Data(tuple(sources), tuple(names), tuple(problems))


def _graphs(page: Page, problems: list[Problem]) -> Iterator[tuple[str, Graph]]:
    if page.scripts:
        graph = Graph()
        for script in page.scripts:
            problems.extend(_add(graph, script))
        yield "JSON-LD", graph
    kinds = (("microdata", "microdata", page.has_microdata), ("rdfa", "RDFa", page.has_rdfa))
    for kind, source, is_there in kinds:
        items = items_of(page.root, kind) if is_there and page.root is not None else []
        if items:
            graph = Graph()
            for item in items:
                graph.add(item)
            yield source, graph


def _add(graph: Graph, script: Script) -> Iterator[Problem]:
    text = _unwrapped(script.text.strip())
    before = script.text.count("\n", 0, max(script.text.find(text[:40]), 0))
    problems: list[Problem] = []
    trial: list[Problem] = []
    if _END_COMMA.search(text):
        # A comma before a closing bracket is the most common error of pages.
        Graph().add_text(text, trial)
        if any(problem.severity is Severity.ERROR for problem in trial):
            text = _END_COMMA.sub("", text)
    graph.add_text(text, problems)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            yield problem.replace(
                severity=Severity.WARNING,
                message=f"JSON-LD: {problem.message}",
                line=script.line + before + (problem.line or 1) - 1,
                column=None,
                hint="the other data of the page are read",
            )


def _unwrapped(text: str) -> str:
    before = _BEFORE.match(text)
    text = text[before.end() :] if before else text
    start = max(len(text) - _LONGEST_END, 0)
    return (text[:start] + _BEHIND.sub("", text[start:])).strip().rstrip(";")


def _main(works: Sequence[Work], page: Page) -> Work | None:
    """Return the work that the page describes."""
    if len(works) <= 1:
        return works[0] if works else None
    titles = {letters(tidy(text)) for text in (page.first("og:title"), *page.headings[:3]) if text}
    whole = letters(tidy(page.title))
    addresses = {page.canonical, page.first("og:url"), page.base} - {""}
    ranked = [(_rank(work, titles, whole, addresses), -place) for place, work in enumerate(works)]
    rank, place = max(ranked)
    if rank < 3 and len(works) > _MOST_WORKS:
        return None
    return works[-place]


def _rank(work: Work, titles: set[str], whole: str, addresses: set[str]) -> int:
    node = work.node
    rank = 0
    for key in ("headline", "name"):
        for value in values_of(node.get(key)):
            name = letters(tidy(value)) if isinstance(value, str) else ""
            if name and (name in titles or (len(name) > 8 and whole.startswith(name))):
                rank = 4
    for key in ("url", "@id", "mainEntityOfPage"):
        for value in values_of(node.get(key)):
            address = value.get("@id") if isinstance(value, dict) else value
            if isinstance(address, str) and address.partition("#")[0] in addresses:
                rank += 3
                break
    names = set(types_of(node))
    own = chosen_type(names)
    if own not in {"WebPage", "WebSite", "CollectionPage", "CreativeWork", None}:
        rank += 2
    return rank - 2 if names & _MEDIA else rank


def _site_names(graph: Graph, works: Sequence[Work]) -> Iterator[str]:
    for work in works[:20]:
        for key in ("publisher", "provider", "isPartOf", "sourceOrganization"):
            for value in values_of(work.node.get(key)):
                node = graph.node(value)
                if node is None:
                    continue
                for name in values_of(node.get("name")):
                    if isinstance(name, str) and (
                        key != "isPartOf" or _SITES.intersection(types_of(node))
                    ):
                        yield tidy(name)
        if "WebSite" in types_of(work.node):
            yield from (tidy(n) for n in values_of(work.node.get("name")) if isinstance(n, str))


_PEOPLE: Final = ("author", "creator", "editor", "contributor")


def _take_people_apart(node: Node, graph: Graph) -> None:
    """Return a node for each person in a node that names several: `"name": "Ann Doe and Bo Li"`."""
    for key in _PEOPLE:
        if key in node:
            values = values_of(node[key])[:_MOST_PEOPLE]
            node[key] = [one for value in values for one in _people(value, graph)]


def _people(value: Any, graph: Graph) -> list[Any]:
    person = graph.node(value)
    text = value if person is None else person.get("name")
    if person is not None and (types_of(person) != ["Person"] or "familyName" in person):
        return [value]
    if not isinstance(text, str) or is_inverted(text):
        return [value]
    names = names_in_byline(text)
    if not names or names[0].literal is not None:
        return [value]
    found = name_values(names)
    return found if isinstance(found, list) else [found]


_MOST_PEOPLE: Final = 2_000
_STAMP: Final = re.compile(r"\s*(\d{4}-\d\d-\d\d)[T ]+\d")


def _cut_stamps(node: Node) -> str:
    """Reduce time stamps to their day, since the time may have any form; return the first."""
    stamps: list[str] = []
    for key in ("datePublished", "dateCreated", "dateModified"):
        value = node.get(key)
        found = _STAMP.match(value) if isinstance(value, str) else None
        if found and isinstance(value, str):
            node[key] = found[1]
            stamps.append(value.strip())
    return stamps[0] if stamps else ""


def _read(source: str, work: Work, graph: Graph, page: Page, day_first: bool | None) -> Metadata:
    _take_people_apart(work.node, graph)
    stamp = _cut_stamps(work.node)
    record, problems = build(work, graph, day_first)
    values = dict(_values(record, page))
    section = record.extra.get("articleSection")
    section = next(iter(values_of(section)), None)
    if isinstance(section, str) and section.strip():
        values.setdefault("section", tidy(section))
    doubts = tuple(p.replace(key=None) for p in problems if p.code != "unknown-type")
    return Metadata(
        source=source,
        values=values,
        csl_type=record.type,
        is_sure=record.type not in _WEAK,
        doubts={"issued": doubts},
        stamp=stamp if stamp.startswith(str(values.get("issued"))) else "",
    )


def _values(record: Record, page: Page) -> Iterator[tuple[str, Any]]:
    for attribute, value in record.variables().items():
        variable = VARIABLE_OF[attribute]
        if attribute in record.et_al:
            value = (*value, Name(literal=ET_AL))
        if variable == "URL":
            value = web_address(value, page.base)
        elif variable == "language":
            value = language_code(value)
        elif isinstance(value, str):
            value = tidy(value)
            value = None if is_placeholder(value) else value
        if value:
            yield variable, value

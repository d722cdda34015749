"""Reading schema.org's JSON-LD."""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.jsontext import Entry, Reader
from refcite.formats.schema_org.build import build
from refcite.formats.schema_org.graph import Graph
from refcite.formats.schema_org.terms import Terms
from refcite.library import Library
from refcite.problems import Problem, Severity

__all__ = ["add_text", "read"]

# A context and a graph: its nodes are read one by one, so that a broken one costs only itself.
_WRAPPED: Final = re.compile(
    r'\s*\{\s*"@context"\s*:\s*(?P<context>"[^"\\]*"|\[[^\[\]]{0,4096}\]|\{[^{}]{0,4096}\})'
    r'\s*,\s*"@graph"\s*:\s*(?=\[)'
)
_END: Final = re.compile(r"\}\s*\Z")


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read schema.org's JSON-LD: an object, an array, objects in a row, or a graph.

    Each work is a record; what it is part of, its publisher and its page are not, where another
    work refers to them. Nothing is fetched.

    Args:
        text: The JSON-LD.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems: `unknown-type`, `no-entries`,
        those of JSON and of `Date.parse`. One broken node does not hinder the others.

    Source: JSON-LD 1.1 (W3C), §§ 3 and 4; the vocabulary of schema.org.

    Example:
        >>> from refcite import loads
        >>> library = loads('''{"@context": "https://schema.org", "@type": "NewsArticle",
        ...     "headline": "A Verdict", "author": {"@type": "Person", "name": "Ann Doe"},
        ...     "datePublished": "2017-07-25T10:00:00Z"}''', "schema-org")
        >>> library[0].type, library[0].author[0].family, str(library[0].issued)
        ('article-newspaper', 'Doe', '2017-07-25')
    """
    problems: list[Problem] = []
    graph = Graph()
    add_text(graph, text.removeprefix("\ufeff"), problems)
    found = [build(work, graph, day_first) for work in graph.works()]
    for _, doubts in found:
        problems.extend(doubts)
    if not found and not any(problem.severity is Severity.ERROR for problem in problems):
        problems.append(_nothing(graph))
    return Library((record for record, _ in found), problems, is_keyed=False)


def add_text(graph: Graph, text: str, problems: list[Problem]) -> None:
    """Add the nodes of a JSON text to a graph.

    Args:
        graph: The graph.
        text: The JSON.
        problems: List to which is added what is wrong with it.
    """
    terms = None
    wrapped = _WRAPPED.match(text)
    end = _END.search(text, len(text) - 200 if len(text) > 200 else 0) if wrapped else None
    if wrapped and end:
        context = [entry.value for entry in _entries(f'{{"@context": {wrapped["context"]}}}', [])]
        terms = Terms(context[0]["@context"]) if context else None
        # The lines stay what they are.
        text = "\n" * text.count("\n", 0, wrapped.end()) + text[wrapped.end() : end.start()]
        if terms is not None and not terms.is_schema_org:
            graph.is_foreign = True
            return
    for entry in _entries(text, problems):
        graph.add(entry.value, entry.line, terms)


def _entries(text: str, problems: list[Problem]) -> list[Entry]:
    return list(Reader(text, problems).entries())


def _nothing(graph: Graph) -> Problem:
    if graph.is_foreign:
        message = "the context names another vocabulary than schema.org"
    else:
        message = "the text was read to its end, and no work of schema.org was found"
    return Problem(
        severity=Severity.ERROR,
        code="no-entries",
        message=message,
        hint="a work is a node whose @type is CreativeWork or one of its subtypes",
    )

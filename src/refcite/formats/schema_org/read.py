"""Reading schema.org's JSON-LD."""

from __future__ import annotations

from refcite.formats.jsonld import Graph
from refcite.formats.schema_org.build import build
from refcite.library import Library
from refcite.problems import Problem, Severity

__all__ = ["read"]


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read schema.org's JSON-LD: an object, an array, objects in a row, or a graph.

    Each work is a record. Its containers, its publisher and its page are not records if another
    work refers to them. Nothing is fetched.

    Args:
        text: The JSON-LD.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library: `unknown-type`, `no-entries`,
        those of JSON and of `Date.parse`. One broken node does not affect the others.

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
    graph.add_text(text.removeprefix("\ufeff"), problems)
    found = [build(work, graph, day_first) for work in graph.works()]
    for _, doubts in found:
        problems.extend(doubts)
    if not found and not any(problem.severity is Severity.ERROR for problem in problems):
        problems.append(_nothing(graph))
    return Library((record for record, _ in found), problems, is_keyed=False)


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

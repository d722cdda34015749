"""The order of precedence of the sources, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from refcite.formats.dateparts import agree
from refcite.formats.html.metadata import Metadata
from refcite.formats.html.text import letters
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.richtext import plain

__all__ = ["RANKS", "candidates", "disagreements"]


def _sources(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


_USUAL: Final = """
    site Highwire EPrints PRISM JSON-LD COinS microdata RDFa Dublin_Core OpenGraph Twitter meta page
    seen
"""

RANKS: Final[dict[str, tuple[str, ...]]] = {
    # Sources for citations come first. Sources for search engines come before those for social
    # networks. Visible text is last, since only its layout shows its meaning.
    "": _sources(_USUAL),
    # The heading is the work's own; "title" is that of the browser's window.
    "title": _sources(
        """site Highwire EPrints JSON-LD COinS microdata RDFa Dublin_Core OpenGraph heading Twitter
        meta page"""
    ),
    # Dublin Core's dates are often those of the database.
    "issued": _sources(
        """site Highwire EPrints PRISM JSON-LD COinS microdata RDFa OpenGraph Dublin_Core meta
        seen"""
    ),
    # The page's own URL, from any vocabulary.
    "URL": _sources("site canonical OpenGraph JSON-LD Highwire microdata EPrints RDFa PRISM meta"),
    # OpenGraph's keywords and descriptions are teasers.
    "abstract": _sources(
        """site Highwire EPrints Dublin_Core JSON-LD microdata RDFa OpenGraph Twitter meta"""
    ),
}
"""The sources of each variable, in order of precedence; the usual order has an empty name."""

_TOLD: Final = (
    "title",
    "author",
    "issued",
    "container-title",
    "publisher",
    "volume",
    "issue",
    "page",
    "DOI",
    "ISBN",
    "language",
)
"""Variables whose disagreements are reported."""
_MOST_REPORTED: Final = 3


def candidates(variable: str, sources: Sequence[Metadata]) -> Iterator[tuple[Metadata, Any]]:
    """Yield the values of a variable in the sources, in order of precedence.

    Example:
        >>> sources = [Metadata(source="meta", values={"title": "B"}),
        ...            Metadata(source="Highwire", values={"title": "A"})]
        >>> [value for _, value in candidates("title", sources)]
        ['A', 'B']
    """
    order = RANKS.get(variable, RANKS[""])
    found = [one for one in sources if variable in one.values and one.source in order]
    for one in sorted(found, key=lambda one: order.index(one.source)):
        yield one, one.values[variable]


def disagreements(found: Mapping[str, Sequence[tuple[Metadata, Any]]]) -> Iterator[Problem]:
    """Yield a problem for each variable that has different values in two sources.

    Args:
        found: For each variable the sources with their values; the used source is first.

    Example:
        >>> first, second = Metadata(source="JSON-LD"), Metadata(source="meta")
        >>> print(next(disagreements({"title": [(first, "A b"), (second, "A c")]})))
        info: the title is 'A b' (JSON-LD) and 'A c' (meta); the first was used [disagreement]
    """
    for variable in filter(found.__contains__, _TOLD):
        (first, value), *others = found[variable]
        told: list[Any] = [value]
        for one, other in others:
            if (
                any(_agree(variable, before, other) for before in told)
                or len(told) > _MOST_REPORTED
            ):
                continue
            if variable == "title" and one.source in _SEEN and _contains(value, other):
                continue
            told.append(other)
            yield Problem(
                severity=Severity.INFO,
                code="disagreement",
                message=f"the {_CALLED.get(variable, variable)} is {_shown(value)} ({first.source})"
                f" and {_shown(other)} ({one.source}); the first was used",
            )


_SEEN: Final = frozenset({"heading", "page"})


def _contains(one: str, other: str) -> bool:
    """Return whether a heading is only a part of the title, or contains it with other text."""
    short, long = sorted((letters(one), letters(other)), key=len)
    return short in long


_CALLED: Final = {"issued": "date"}


def _agree(variable: str, one: Any, other: Any) -> bool:
    if variable == "issued":
        return bool(one == other or (None not in {one.year, other.year} and agree(one, other)))
    if variable == "author":
        return _same_names(one, other)
    if variable == "language":
        return str(one)[:2].lower() == str(other)[:2].lower()
    if variable == "ISBN":
        return str(one).replace("-", "")[-10:-1] == str(other).replace("-", "")[-10:-1]
    return letters(plain(str(one))).removeprefix("the") == letters(plain(str(other))).removeprefix(
        "the"
    )


def _same_names(one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Return whether two lists name the same persons; given names may be initials."""
    families = [[letters(n.literal or n.family or "") for n in names] for names in (one, other)]
    return families[0] == families[1]


def _shown(value: Any) -> str:
    text = " and ".join(map(_name, value)) if isinstance(value, tuple) else str(value)
    return repr(text if len(text) <= 80 else f"{text[:79]}…")


def _name(name: Name) -> str:
    parts = (name.given, name.dropping_particle, name.non_dropping_particle, name.family)
    return name.literal or " ".join(filter(None, parts))

"""Values from responses, for any structure of the data."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any, Final

from attrs import field, frozen

from refcite.dates import Date
from refcite.formats.refworld import is_person
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.web.cache import Response
from refcite.web.failures import UnusableResponseError

__all__ = [
    "Found",
    "clean",
    "clean_paragraphs",
    "date_of",
    "joined",
    "json_of",
    "mapping",
    "mappings",
    "people",
    "person_or_body",
    "text_of",
    "texts",
    "titled",
]


@frozen
class Found:
    """The record of a work from a source.

    Attributes:
        record: The work.
        problems: Its problems.
    """

    record: Record
    problems: list[Problem] = field(factory=list)


def json_of(response: Response) -> Any:
    """Return a response's JSON.

    Raises:
        UnusableResponseError: The response is not JSON.
    """
    start = response.body[:200].lstrip().lower()
    if response.media_type in {"text/html", "application/xhtml+xml"} or start.startswith(b"<"):
        raise UnusableResponseError("the response is a page or XML, not JSON")
    if not start:
        raise UnusableResponseError("the response is empty")
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        raise UnusableResponseError("the response is not valid JSON") from None


def mapping(value: Any) -> dict[str, Any]:
    """Return a value that is an object; for any other value an empty object."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; a single object is read as a list of it."""
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """Return the texts and numbers of a list, as clean texts; a single value is a list of one."""
    values = value if isinstance(value, list) else [value]
    plain = [str(one) for one in values if type(one) in {str, int, float}]
    return [text for text in map(clean, plain) if text]


def text_of(value: Any) -> str | None:
    """Return a text, or the first of a list, or None."""
    return next(iter(texts(value)), None)


# Text

_SPACE: Final = re.compile(r"\s+")
_ITALIC: Final = re.compile(r"<(/?)(?:em|italic|jats:italic)>", re.IGNORECASE)
_BOLD: Final = re.compile(r"<(/?)(?:strong|bold|jats:bold)>", re.IGNORECASE)
_JATS: Final = re.compile(r"<(/?)jats:(su[bp]|sc)>", re.IGNORECASE)
_OTHER_TAG: Final = re.compile(r"</?(?!/?(?:i|b|su[bp]|sc)>)[A-Za-z][^<>]*>")
_PARAGRAPH: Final = re.compile(r"</(?:jats:)?p>|<br ?/?>", re.IGNORECASE)
_HEADING: Final = re.compile(
    r"<(?:jats:)?title>\s*(?:abstract|summary)\s*</(?:jats:)?title>", re.IGNORECASE
)


def clean(text: str) -> str:
    r"""Return a text in one line, with only the markup that a record can contain.

    Example:
        >>> clean("Growth of\n <em>E. coli</em> &amp; <mml:math><mml:mi>x</mml:mi></mml:math>")
        'Growth of <i>E. coli</i> & x'
    """
    if "<" in text:
        text = _JATS.sub(r"<\1\2>", _BOLD.sub(r"<\1b>", _ITALIC.sub(r"<\1i>", text)))
        text = _OTHER_TAG.sub("", text)
    if "&" in text:
        text = html.unescape(html.unescape(text) if "&amp;" in text else text)
    return _SPACE.sub(" ", text).strip()


def clean_paragraphs(text: Any) -> str | None:
    """Return an abstract, its paragraphs on separate lines, without the heading "Abstract"."""
    if not isinstance(text, str):
        return None
    pieces = _PARAGRAPH.split(_HEADING.sub("", text))
    return "\n".join(filter(None, map(clean, pieces))) or None


def titled(title: str | None, subtitle: str | None) -> str | None:
    """Return a title with its subtitle, unless the title contains it."""
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ":?!—–" else f"{title}: {subtitle}"


# Names and dates

_BODY: Final = re.compile(
    r"\b(?:collaboration|consortium|team|working group|editors?|press|publishing|publications?"
    r"|verlag|inc|ltd|llc|gmbh|s\.a\.)\b",
    re.IGNORECASE,
)


def person_or_body(text: str) -> Name:
    """Read a name that is one text in the source; an organisation's is not split.

    Example:
        >>> for name in ("Donald E. Knuth", "The CMS Collaboration"):
        ...     print(person_or_body(name))
        Knuth, Donald E.
        {The CMS Collaboration}
    """
    if not _BODY.search(text) and (is_person(text) or text.count(",") == 1):
        return Name.parse(text)
    return Name(literal=text)


def people(names: Iterable[str], problems: list[Problem]) -> tuple[Name, ...]:
    """Read names that are one text each in the source, and report that they were split."""
    found = tuple(map(person_or_body, names))
    if any(name.literal is None for name in found):
        problems.append(
            Problem(
                severity=Severity.INFO,
                code="guessed-names",
                message="the source does not divide names; the start of the family name is guessed",
                hint="check the names",
            )
        )
    return found


def date_of(text: str | None, problems: list[Problem]) -> Date | None:
    """Read a date, if there is one."""
    return Date.parse(text, problems=problems) if text else None


def joined(values: Iterable[str], separator: str = ", ") -> str | None:
    """Return texts joined to one, without duplicates, or None."""
    return separator.join(dict.fromkeys(values)) or None

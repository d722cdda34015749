"""Lists of results: several documents, each with its title and a line of metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.refworld.document import Document
from refcite.formats.refworld.fields import Context, keyword_of
from refcite.formats.refworld.lines import Line
from refcite.formats.refworld.publishers import Publisher, is_country
from refcite.formats.refworld.symbols import is_date
from refcite.problems import Problem, Severity

__all__ = ["read_results"]

_FIELD: Final = re.compile(
    r"^(?P<label>Publisher|Judicial Body|Document type|Legal Instrument(?:\(s\)|s)?|Topic\(s\)"
    r"|Topics|Countries|Country): ?(?P<value>.*)$"
)
_HEAD: Final = re.compile(
    r"^(?:Last Update ?d\b|Selected filters|Filter:|Showing \d|Sort by|Results per page"
    r"|Search Refworld|View with description)",
    re.IGNORECASE,
)


def read_results(
    lines: Sequence[Line], context: Context, problems: list[Problem]
) -> Iterator[Document]:
    """Read the items of a list of results.

    Args:
        lines: The page.
        context: The additional data.
        problems: List to which items without a title are added.
    """
    above: list[Line] = []
    for line in lines:
        fields = _fields_of(line.text)
        if not fields:
            # Text at the head of the list is not the title of its first item.
            if _HEAD.match(line.text):
                above.clear()
            else:
                above.append(line)
            continue
        titles = [held for held in above if held.text.strip("- ")]
        above.clear()
        if titles:
            yield _said(titles[0], fields, context)
        else:
            problems.append(_no_title(line))


def _fields_of(text: str) -> dict[str, str]:
    """Return the fields of `7 July 2022 | Judicial Body: … | Document type: Case Law`."""
    date, *rest = (part.strip() for part in text.split(" | ", 20))
    found = [_FIELD.match(part) for part in rest]
    if not rest or not is_date(date) or found[0] is None:
        return {}
    return {"date": date, **{field["label"]: field["value"] for field in found if field}}


def _said(title: Line, fields: dict[str, str], context: Context) -> Document:
    problems: list[Problem] = []
    name = fields.get("Judicial Body") or fields.get("Publisher")
    publisher = (context.publishers.find(name) or Publisher(name, "unknown")) if name else None
    return Document(
        title=title.text,
        publisher=publisher,
        leads=False,
        issued=Date.parse(fields["date"], day_first=context.day_first, problems=problems),
        keyword=keyword_of(fields.get("Topic(s)") or fields.get("Topics")),
        named=fields.get("Document type") or ("Case Law" if "Judicial Body" in fields else None),
        extra=_extra(fields),
        line=title.number,
        problems=tuple(problems),
    )


def _extra(fields: dict[str, str]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    instrument = next((fields[key] for key in fields if key.startswith("Legal Instrument")), None)
    if instrument:
        extra["instrument"] = instrument
    # These are the countries that a document concerns, not the country of the court.
    countries = fields.get("Countries") or fields.get("Country")
    if countries and all(is_country(country) for country in countries.split(" - ")):
        extra["countries"] = countries
    return extra


def _no_title(line: Line) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="no-title",
        message="an item of this list has no title and was omitted",
        line=line.number,
    )

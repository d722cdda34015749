"""arXiv's API (https://info.arxiv.org/help/api/user-manual.html), which responds in Atom."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from refcite.dates import Date
from refcite.formats.jatstext import clean, clean_paragraphs
from refcite.formats.jsonvalues import joined
from refcite.identifier_kinds import Identifier
from refcite.problems import Problem, Severity
from refcite.record import Record
from refcite.web.cache import Response
from refcite.web.failures import NotFoundError, UnusableResponseError
from refcite.web.sources.values import Found, people

__all__ = ["read_arxiv"]

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ARXIV: Final = "{http://arxiv.org/schemas/atom}"
_ID: Final = re.compile(r"https?://arxiv\.org/abs/(.+?)(v\d+)?")


def read_arxiv(response: Response, identifier: Identifier) -> Found:
    """Read a response of arXiv's `query?id_list=…`: a feed with one entry.

    Args:
        response: The response.
        identifier: The identifier; its version is in the record only if it is in the identifier.
    """
    entry = _feed(response).find(f"{_ATOM}entry")
    if entry is None:
        raise NotFoundError("arXiv has no work with this identifier")
    found = _ID.fullmatch(_text(entry, f"{_ATOM}id") or "")
    title = _text(entry, f"{_ATOM}title")
    if found is None or not title:
        # arXiv reports an error as an entry.
        message = _text(entry, f"{_ATOM}summary") or "no entry"
        raise NotFoundError(f"arXiv has no work with this identifier ({message})")
    number, version = found[1], found[2]
    is_version_asked = "v" in identifier.value.rpartition("/")[2]
    published, problems = _published(entry)
    record = Record(
        id="found",
        type="article",
        genre="Preprint",
        title=title,
        author=people(_texts(entry, f"{_ATOM}author/{_ATOM}name"), problems),
        issued=_date(entry, "updated" if is_version_asked else "published"),
        publisher="arXiv",
        number=f"arXiv:{number}",
        version=version.removeprefix("v") if version and is_version_asked else None,
        keyword=joined(term.get("term", "") for term in entry.findall(f"{_ATOM}category")),
        abstract=clean_paragraphs(_text(entry, f"{_ATOM}summary")),
        # arXiv registers this DOI for each of its papers (info.arxiv.org/help/doi.html).
        doi=f"10.48550/arXiv.{number}",
        url=f"https://arxiv.org/abs/{number}{version if is_version_asked and version else ''}",
        extra=published,
    )
    return Found(record, problems)


def _feed(response: Response) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        feed = etree.fromstring(response.body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnusableResponseError("the response is not well-formed XML") from None
    if feed.tag != f"{_ATOM}feed":
        raise UnusableResponseError("the response is not an Atom feed")
    return feed


def _text(entry: etree._Element, path: str) -> str | None:
    return clean(entry.findtext(path) or "") or None


def _texts(entry: etree._Element, path: str) -> list[str]:
    return [clean(one.text) for one in entry.findall(path) if one.text and one.text.strip()]


def _date(entry: etree._Element, which: str) -> Date | None:
    stamp = _text(entry, f"{_ATOM}{which}")
    return Date.parse(stamp) if stamp else None


def _published(entry: etree._Element) -> tuple[dict[str, str], list[Problem]]:
    """Return arXiv's data about the paper's publication elsewhere, and a hint to it."""
    known = {"published-doi": f"{_ARXIV}doi", "journal-ref": f"{_ARXIV}journal_ref"}
    found = {name: text for name, path in known.items() if (text := _text(entry, path))}
    doi = found.get("published-doi")
    if doi is None:
        return found, []
    notices = Problem(
        severity=Severity.INFO,
        code="published-version",
        message=f"the preprint was published as {doi}",
        hint="look that DOI up to cite the published version",
    )
    return found, [notices]

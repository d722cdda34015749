"""Reading web pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from refcite.dates import Date
from refcite.formats.access import Accessed, day_of
from refcite.formats.detection import is_refworld_page
from refcite.formats.html.authors import Site
from refcite.formats.html.data import read_data
from refcite.formats.html.kinds import kind_of
from refcite.formats.html.merge import merge
from refcite.formats.html.metadata import Metadata, text_among
from refcite.formats.html.metas import read_metas
from refcite.formats.html.page import Page, page_of
from refcite.formats.html.seen import Seen, read_seen
from refcite.formats.html.sites import id_of_document, read_site
from refcite.formats.html.text import letters, tidy
from refcite.formats.htmltext import web_address
from refcite.formats.references import without_half_references
from refcite.keys import made_key
from refcite.library import Library
from refcite.problems import FormatError, Problem, Severity
from refcite.record import Origin
from refcite.vocabulary import VARIABLE_OF

__all__ = ["read"]

_TODAY: Final = "today"
_HEAD: Final = 65_536


def read(
    text: str,
    *,
    url: str | None = None,
    accessed: Accessed = _TODAY,
    day_first: bool | None = None,
    publishers: Iterable[str] = (),
) -> Library:
    """Read a web page from its HTML, offline: nothing is fetched.

    The page's own metadata are ranked field by field (`refcite.formats.html.ranks`): Highwire
    Press, EPrints and PRISM tags, JSON-LD, COinS, microdata, RDFa, Dublin Core, OpenGraph,
    Twitter cards, then the visible text. Pages of Refworld are passed to the reader of
    `refworld`.

    Args:
        text: The HTML.
        url: The URL of the page; relative URLs in the page are resolved with it.
        accessed: The date of access: a date, or None for none. By default it is today. On a page of
            Refworld, the cite-as line contains it, unless it is set here.
        day_first: Whether `01/02/2017` is 1 February or 2 January.
        publishers: For pages of Refworld, the names of further publishers.

    Returns:
        The record. The library's problems contain its doubtful values: `disagreement` if two
        sources differ, `invalid-json` for broken JSON-LD, `not-recognised` for a page without even
        a title, and the problems of `Date.parse`.

    Raises:
        RecordTypeError: An option is of the wrong type.
        FormatError: `accessed` is not a date, or `url` is not a URL of the web.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<html lang="en"><title>Border reopened | Daily Planet</title>
        ...     <meta property="og:site_name" content="Daily Planet">
        ...     <meta property="article:published_time" content="2017-07-25T08:00:00Z">
        ...     <meta name="author" content="By Ann Doe">''', "html", accessed=None)
        >>> record = library[0]
        >>> record.title, record.author[0].family, str(record.issued), record.container_title
        ('Border reopened', 'Doe', '2017-07-25', 'Daily Planet')
    """
    if url is not None and (not isinstance(url, str) or web_address(url) is None):
        raise FormatError(f"url must be a URL of the web (https://…), not {url!r}")
    day = day_of(accessed)
    met: list[Problem] = []
    text = without_half_references(text, met)
    library = _read_any(text, url, accessed, day, day_first, publishers)
    library.problems[:0] = met
    return library


def _read_any(
    text: str,
    url: str | None,
    accessed: Accessed,
    day: Date | None,
    day_first: bool | None,
    publishers: Iterable[str],
) -> Library:
    if is_refworld_page(text[:_HEAD]):
        library = _read_refworld(text, accessed, day, day_first, publishers)
        if library:
            return library
    return _read_page(text, url, day, day_first)


def _read_refworld(
    text: str,
    accessed: Accessed,
    day: Date | None,
    day_first: bool | None,
    publishers: Iterable[str],
) -> Library:
    from refcite.formats.refworld import read as read_refworld

    library = read_refworld(text, publishers=publishers, day_first=day_first)
    if accessed == _TODAY:
        return library
    return Library((record.replace(accessed=day) for record in library), library.problems)


def _read_page(text: str, url: str | None, day: Date | None, day_first: bool | None) -> Library:
    page = page_of(text, url)
    data = read_data(page, day_first)
    site_name = _site_name(page, data.site_names)
    address = _address(page, url)
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    site = Site(host, frozenset(_site_letters(page, site_name, data.site_names)))
    sources = [
        *read_metas(page, day_first),
        *data.sources,
        *_read_coins(page, text),
        *read_seen(page, site),
    ]
    own = read_site(page, host, site_name)
    if own is not None:
        sources.append(own)
    days = frozenset({Date.today()} | ({day} if day else set()))
    seen = Seen(page, text, address, day_first, days)
    sources = list(seen.in_own_time(sources))
    sources += filter(None, (seen.date(sources), seen.authors(sources, site)))
    csl_type = kind_of(sources, page, site_name, address)
    record, doubts = merge(sources, csl_type, site, site_name, days)
    if not record.title and not record.author:
        return Library(problems=[*data.problems, _NOT_RECOGNISED])
    record = record.replace(
        id=id_of_document(address, page) or made_key(record),
        url=record.url or url,
        accessed=day,
        origin=Origin(format="html"),
    )
    problems = [problem.replace(key=record.id) for problem in (*data.problems, *doubts)]
    return Library([record], problems, is_keyed=False)


_NOT_RECOGNISED: Final = Problem(
    severity=Severity.ERROR,
    code="not-recognised",
    message="the page has no title and no metadata",
    hint="check whether it is the page itself, and not an error message or a request for consent",
)


# The site


def _site_name(page: Page, names: Iterable[str]) -> str:
    given = (
        page.first("og:site_name"),
        page.first("application-name"),
        *names,
        page.first("apple-mobile-web-app-title"),
    )
    return (
        text_among(name for name in given if "://" not in name and not name.startswith("@")) or ""
    )


def _site_letters(page: Page, site_name: str, names: Iterable[str]) -> Iterator[str]:
    handle = page.first("twitter:site").lstrip("@")
    for name in (
        site_name,
        *names,
        handle,
        page.first("application-name"),
        page.first("dc.publisher"),
    ):
        bare = letters(tidy(name)).removeprefix("the")
        if len(bare) > 1:
            yield bare


def _address(page: Page, url: str | None) -> str:
    for given in (url or "", page.canonical, page.first("og:url"), page.base):
        whole = web_address(given, page.base) if given else None
        if whole:
            return whole
    return ""


def _read_coins(page: Page, text: str) -> Iterator[Metadata]:
    if not page.has_coins:
        return
    from refcite.formats.coins import read as read_coins

    found = read_coins(text)
    if len(found) == 1:
        values = {VARIABLE_OF[name]: value for name, value in found[0].variables().items()}
        values.pop("source", None)
        yield Metadata(source="COinS", values=values, csl_type=found[0].type, is_sure=True)

"""Sites whose metadata are not sufficient for a citation: RFE/RL and ecoi.net."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from refcite.formats.html.authors import Site, accepted, names_in_byline
from refcite.formats.html.metadata import Metadata, date_among, language_code
from refcite.formats.html.page import Page
from refcite.formats.html.text import letters, tidy
from refcite.formats.htmlread import lines_of
from refcite.formats.htmltext import web_address
from refcite.names import Name, is_organisation

__all__ = ["id_of_document", "read_site", "without_bodies"]

_RFERL: Final = "Radio Free Europe/Radio Liberty"
_RFERL_NAMES: Final = frozenset({"radiofreeeuroperadioliberty", "rferl", "radiofreeeurope"})


def read_site(page: Page, host: str, site_name: str) -> Metadata | None:
    """Return the data about a page of RFE/RL or of ecoi.net, or None for other pages.

    Args:
        page: The page.
        host: Its host, without `www.`.
        site_name: The name of the site.
    """
    if host == "rferl.org" or host.endswith(".rferl.org") or letters(site_name) in _RFERL_NAMES:
        return _rferl()
    if host == "ecoi.net" or host.endswith(".ecoi.net") or letters(site_name) == "ecoinet":
        return _ecoi(page)
    return None


def _rferl() -> Metadata:
    values = {"container-title": _RFERL, "publisher": _RFERL}
    return Metadata(source="site", values=values, csl_type="article-newspaper", is_sure=True)


def without_bodies(names: Sequence[Name], metadata: Metadata | None) -> tuple[Name, ...]:
    """Return the persons among the authors of a news agency's page.

    RFE/RL names its services (`RFE/RL's Tajik Service`) and other agencies as authors, typed as
    persons. They are not authors in a citation.
    """
    if metadata is None or metadata.values.get("publisher") != _RFERL:
        return tuple(names)
    return tuple(
        name for name in names if name.literal is None and not is_organisation(name.family or "")
    )


# ecoi.net

_LABELS: Final = {
    "author": r"Authors?|Autor(?:/in|en)?",
    "source": r"Sources?|Quellen?|Publisher|Herausgeber",
    "published": r"Published(?: on)?|Publication date|Date of publication|Veröffentlicht(?: am)?"
    r"|Erscheinungsdatum|Publikationsdatum",
    "original": r"Original link|Originallink|Link to original|Original (?:document|source)",
    "type": r"Document type|Type of document|Dokumenttyp|Dokumentart",
    "country": r"Countr(?:y|ies)|L(?:and|änder)",
    "language": r"Language|Sprache|Original language",
    "title": r"Title|Titel|Original title",
    "cite": r"Cite as|Citation|Zitiervorschlag|Zitieren als",
    "id": r"Document ID|ID|Dokument-ID",
}
_LABEL: Final = re.compile(
    "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _LABELS.items()), re.IGNORECASE
)
_BESIDE: Final = re.compile(rf"(?:{'|'.join(_LABELS.values())})\s*:\s*(?P<value>.*)", re.IGNORECASE)
_HEADING: Final = re.compile(r"(?:Document|Dokument)\s*+(?:#\s*+)?\d+|ecoi\.net.*", re.IGNORECASE)
_SOURCE_LINE: Final = re.compile(
    r"(?P<name>[^()]{2,300}?)\s*\((?:Author|Autor|Publisher|Herausgeber|Verfasser)[^()]*\)"
    r"(?:[,;]?\s*(?:published by|veröffentlicht von)\s+(?P<publisher>[^;]+))?",
    re.IGNORECASE,
)
_ACRONYM: Final = re.compile(r"[A-Z][\w.&/-]{0,19}\s+[–—-]\s+(?=\S)")
_CITED: Final = re.compile(
    r"(?P<names>[^:]{2,300}?)\s*(?:\([^()]*\)\s*)?:\s+(?P<title>.{3,600}?),\s+"
    r"(?P<date>(?:\d{1,2}\.?\s+)?[A-Z]\w+\s+\d{4})\b"
)
_KINDS: Final = (
    (r"query response|anfragebeantwortung|response to information", "report", "Query response"),
    (r"news|media|meldung|nachricht|article|artikel", "article-newspaper", None),
    (r"law|legislation|decree|gesetz|rechtsvorschrift|constitution", "legislation", None),
    (r"map|landkarte", "map", None),
    (r"decision|judgment|case law|urteil|entscheidung", "legal_case", None),
)


def _ecoi(page: Page) -> Metadata:
    lines = [] if page.root is None else lines_of(page.root, tidy).split("\n")
    labels = _labels(lines)
    title, title_source = _heads(page, lines)
    cited = _CITED.match(labels.get("cite", ""))
    source = labels.get("source") or title_source or labels.get("author") or ""
    if not source and cited:
        source = cited["names"]
    bodies, publisher = _bodies(source)
    author = labels.get("author", "")
    authors = bodies
    if author and author != source:
        authors = accepted(names_in_byline(author), Site("ecoi.net")) or bodies
    date, doubts = date_among(
        [labels.get("published", ""), cited["date"] if cited else "", page.first("dcterms.issued")]
    )
    csl_type, genre = _kind(labels.get("type", ""))
    values: dict[str, Any] = {
        "title": labels.get("title") or title or (cited["title"] if cited else None),
        "author": authors,
        "publisher": publisher,
        "issued": date,
        "language": language_code(labels.get("language", "")),
        "genre": genre,
        "source": "ecoi.net",
        "original-link": web_address(labels.get("original", "")),
    }
    if csl_type == "article-newspaper":
        values |= {"author": (), "container-title": publisher}
    return Metadata(
        source="site",
        values={variable: value for variable, value in values.items() if value},
        csl_type=csl_type,
        is_sure=True,
        doubts={"issued": doubts},
    )


def id_of_document(address: str, page: Page) -> str | None:
    """Return `ecoi-` and the number that a document has at ecoi.net; None for other pages.

    Args:
        address: The page's URL.
        page: The page.

    Example:
        >>> from refcite.formats.html.page import page_of
        >>> id_of_document("https://www.ecoi.net/de/dokument/2044999.html", page_of("<p>A"))
        'ecoi-2044999'
    """
    found = _ECOI_ADDRESS.match(address)
    if found is None and letters(page.first("og:site_name")) == "ecoinet":
        found = next(filter(None, map(_NUMBER.match, map(tidy, page.headings))), None)
    return f"ecoi-{found[1]}" if found else None


_ECOI_ADDRESS: Final = re.compile(
    r"https?://(?:www\.)?ecoi\.net/(?:[a-z]{2}/)?(?:document|dokument)/(\d{1,12})", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:Document|Dokument)\s*+(?:#\s*+)?(\d{1,12})$", re.IGNORECASE)


def _kind(named: str) -> tuple[str, str | None]:
    for pattern, csl_type, genre in _KINDS:
        if re.search(pattern, named, re.IGNORECASE):
            return csl_type, genre
    return "report", None


def _labels(lines: Sequence[str]) -> dict[str, str]:
    """Return the values after labels, on their line or on the next."""
    found: dict[str, str] = {}
    waiting = ""
    for line in lines:
        if not line:
            continue
        label = _LABEL.fullmatch(line.rstrip(": "))
        beside = None if label else _BESIDE.fullmatch(line)
        if label:
            waiting = str(label.lastgroup)
        elif beside:
            name = _LABEL.match(line)
            if name and beside["value"]:
                found.setdefault(str(name.lastgroup), beside["value"])
            waiting = ""
        elif waiting:
            found.setdefault(waiting, line)
            waiting = ""
    return found


def _heads(page: Page, lines: Sequence[str]) -> tuple[str, str]:
    """Return the document's own title, which is not its number, and the line of its source."""
    titles = [tidy(heading) for heading in page.headings]
    own = [title for title in titles if title and not _HEADING.fullmatch(title)]
    sources = [line for line in lines if _SOURCE_LINE.fullmatch(line)]
    title = next((title for title in own if not _SOURCE_LINE.fullmatch(title)), "")
    return title or _described(page), sources[0] if sources else ""


def _described(page: Page) -> str:
    title = tidy(page.first("og:title", "dcterms.title", "dc.title"))
    return "" if _HEADING.match(title) else title


def _bodies(source: str) -> tuple[tuple[Name, ...], str | None]:
    """Return the organisations of a source line, and the publisher of the document."""
    names: list[str] = []
    publisher = None
    for part in map(str.strip, source.split(";")):
        found = _SOURCE_LINE.match(part)
        name = found["name"] if found else part
        name = _ACRONYM.sub("", name.strip(" ,:"))
        if name:
            names.append(name)
        if found and found["publisher"]:
            publisher = _ACRONYM.sub("", found["publisher"].strip(" ,."))
    if publisher is None or letters(publisher) == "ecoinet":
        publisher = names[0] if names else None
    return tuple(Name(literal=name) for name in dict.fromkeys(names)), publisher

"""Read Dublin Core."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from refcite.formats.common_problems import not_read
from refcite.formats.draft import Draft, Field, library_of, stream_drafts
from refcite.formats.jatstext import clean, clean_paragraphs
from refcite.formats.numbers import is_isbn, is_issn, read_doi
from refcite.formats.oai_dc.table import SPEC, type_of
from refcite.formats.preprints import arxiv_number, read_preprint
from refcite.formats.xmlread import Entry, XmlElement, child, children, entries, local_name
from refcite.formats.xmlstream import stream_entries
from refcite.library import Library
from refcite.names.shapes import has_words_of_organisation
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["read", "read_stream"]

_FORMAT: Final = "oai-dc"
_OF_OAI: Final = ("record", "error", "resumptionToken")
_ALONE: Final = ("dc", "qualifieddc", "qdc", "dcterms")
_RECORD: Final = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?(?:record|OAI-PMH|error)[\s>]")
_MISSING: Final = "there is no Dublin Core in this text: no element <dc> and no <record> of OAI-PMH"
_DUBLIN_CORE: Final = ("http://purl.org/dc/elements/1.", "http://purl.org/dc/terms/")
_HEAD: Final = 65_536


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read Dublin Core: alone, or in the records of a response of OAI-PMH.

    Deleted records of OAI-PMH, and errors of the service, are reported. An element that CSL has no
    variable for is in the record's `extra` under its name, and the header of OAI-PMH under
    `header/identifier`, `header/datestamp` and `header/setSpec`.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<oai_dc:dc xmlns:dc="http://purl.org/dc/elements/1.1/"
        ...     xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"><dc:title>On lamps
        ...     </dc:title><dc:creator>Ferran, Ada</dc:creator><dc:date>2021</dc:date>
        ...     <dc:type>info:eu-repo/semantics/doctoralThesis</dc:type></oai_dc:dc>''', "oai-dc")
        >>> library[0].type, library[0].title, library[0].author[0].family
        ('thesis', 'On lamps', 'Ferran')
    """
    problems: list[Problem] = []
    found = entries(text, _names_in(text), problems, "record")
    drafts = list(_drafts(found, problems, day_first))
    return library_of(
        ((draft.record(_FORMAT), draft) for draft in drafts),
        missing="" if problems and not drafts else _MISSING,
        problems=problems,
    )


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    """Yield the records and problems of a text in blocks; a record has an id by its place.

    Args:
        blocks: The XML, in pieces of any length.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.
    """
    rest = iter(blocks)
    head = ""
    for block in rest:
        head += block
        if len(head) >= _HEAD:
            break
    problems: list[Problem] = []
    found = stream_entries(chain([head], rest), _names_in(head), problems, "record")
    drafts = _drafts(found, problems, day_first)
    yield from stream_drafts(drafts, problems, _FORMAT, _MISSING)


def _names_in(text: str) -> tuple[str, ...]:
    return _OF_OAI if _RECORD.search(text, 0, _HEAD) else _ALONE


def _drafts(
    found: Iterable[Entry], problems: list[Problem], day_first: bool | None
) -> Iterator[Draft]:
    deleted = 0
    others: dict[str, int] = {}
    for entry in found:
        element, name = entry.element, local_name(entry.element)
        if name == "error":
            problems.append(_error(entry))
        elif name == "resumptionToken":
            if _text_of(element):
                problems.append(_continued(entry))
        elif _is_deleted(element):
            deleted += 1
        elif (core := _core_of(element)) is None:
            own = _own_name(element)
            others[own] = others.get(own, 0) + 1
        else:
            yield _draft(entry, core, day_first)
    if deleted:
        problems.append(not_read("deleted", "the metadata", deleted))
    problems.extend(_of_another_kind(own, count) for own, count in others.items())


def _own_name(element: XmlElement) -> str:
    """Return the name of the element with the metadata of a record."""
    data = child(element, "metadata")
    first = next(children(data), None) if data is not None else None
    return local_name(first) if first is not None else ""


def _of_another_kind(own: str, count: int) -> Problem:
    works = "1 work" if count == 1 else f"{count} works"
    what = f"are in the element {own[:60]!r}" if own else "are missing"
    return Problem(
        severity=Severity.ERROR,
        code="not-read",
        message=f"{works} of the response {'is' if count == 1 else 'are'} not read: the metadata"
        f" {what}",
        hint="request them as Dublin Core: metadataPrefix=oai_dc",
    )


def _error(entry: Entry) -> Problem:
    code = str(entry.element.get("code") or "error")
    return Problem(
        severity=Severity.ERROR,
        code="no-entries",
        message=f"the service returned the error {code!r}: {_text_of(entry.element)[:200]}",
        line=entry.line,
        hint="change the request",
    )


def _continued(entry: Entry) -> Problem:
    return Problem(
        severity=Severity.INFO,
        code="not-read",
        message="the list of records continues in another response, whose resumption token is"
        f" {_text_of(entry.element)[:100]!r}",
        line=entry.line,
    )


def _is_deleted(element: XmlElement) -> bool:
    header = child(element, "header")
    return header is not None and header.get("status") == "deleted"


def _core_of(element: XmlElement) -> XmlElement | None:
    """Return the element whose children are of Dublin Core; None if there is none."""
    for one in element.iter():
        if any(_is_core(inner) for inner in children(one)):
            return one
    return element if local_name(element) in _ALONE else None


def _is_core(element: XmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag[1:].startswith(_DUBLIN_CORE)


def _text_of(element: XmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


# Records


def _draft(entry: Entry, core: XmlElement, day_first: bool | None) -> Draft:
    texts: dict[str, list[str]] = {}
    for one in children(core):
        if text := _text_of(one):
            texts.setdefault(local_name(one), []).append(text)
    csl_type, others = _type(texts.pop("type", []))
    csl_type = _narrowed(csl_type, texts)
    draft = Draft(SPEC, csl_type or "document", day_first=day_first, line=entry.line)
    header = child(entry.element, "header")
    if header is not None:
        for one in children(header):
            draft.keep(f"header/{local_name(one)}", _text_of(one))
    if csl_type is None:
        draft.unknown_type(missing="no type states the kind of the work")
    else:
        draft.values["type"] = csl_type
    for text in others:
        draft.keep("dc:type", text)
    fields: list[Field] = []
    for name, values in texts.items():
        read = _ORDERED.get(name)
        for text in read(values) if read is not None else values:
            fields += ((key, value, entry.line) for key, value in _fields(name, text, draft))
    draft.read(fields)
    read_preprint(draft.values["type"], draft.values, draft.extra, "source", "publisher")
    return draft


def _type(texts: list[str]) -> tuple[str | None, list[str]]:
    """Return the type of the first value that states one, and the other values."""
    for place, text in enumerate(texts):
        csl_type = type_of(text)
        if csl_type is not None:
            return csl_type, texts[:place] + texts[place + 1 :]
    return None, texts


def _narrowed(csl_type: str | None, texts: dict[str, list[str]]) -> str | None:
    """Return the type of a work whose other elements state it."""
    numbers = texts.get("identifier", [])
    if csl_type in (None, "article-journal") and any(map(_arxiv, numbers)):
        return "article"
    if csl_type is None and any(map(_JOURNAL.fullmatch, texts.get("source", []))):
        return "article-journal"
    return csl_type


def _dates(texts: list[str]) -> list[str]:
    """Return dates with those first that have no time of day.

    Repositories write the day when a record came to them, with its time, next to the date of issue.
    """
    return sorted(texts, key=lambda text: "T" in text)


_ORDERED: Final = {"date": _dates}
_SCHEME: Final = re.compile(
    r"(?:urn:|info:)?(doi|isbn|issn|pmid|pmcid|pmc|arxiv|hdl|handle)\s?[:/]\s?", re.IGNORECASE
)
_ALTERNATIVE: Final = re.compile(
    r"info:eu-repo/semantics/altIdentifier/(doi|isbn|issn|eissn|pissn|pmid|arxiv)/", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://\S+")
_JOURNAL: Final = re.compile(
    r"(?P<journal>[^;]{2,300});\s*(?=\D{0,40}\d)"
    r"(?:(?:v(?:ol)?\.?|volume|bd\.?|tomo|núm\.?)\s*(?P<volume>[\w/-]{1,20}))?,?\s*"
    r"(?:(?:no?\.?|núm\.?|issue|n[.º°]|nr\.?|iss\.?)\s*(?P<issue>[\w/-]{1,20}))?\s*"
    r"\((?P<year>[0-9]{4})\)(?::\s*(?P<title>[^;]{0,300}))?(?:;\s*(?P<page>[\w–—, -]{1,40}))?",
    re.IGNORECASE,
)
"""The `source` of Open Journal Systems: journal, volume, number, year, issue's title, pages."""
_RIGHTS: Final = re.compile(
    r"info:eu-repo/semantics/|(?:open|restricted|closed)[ _]?access\Z", re.IGNORECASE
)
_CODES: Final = re.compile(r"info:eu-repo/classification/|(?:ddc|lcc|jel|udc)[:/ ]", re.IGNORECASE)


def _fields(name: str, text: str, draft: Draft) -> Iterator[tuple[str, str]]:
    if name == "identifier":
        yield from _identifier(text, draft)
    elif name == "source":
        yield from _source(text, draft)
    elif name == "relation":
        yield from _relation(text, draft)
    elif name == "creator" and ";" in text:
        yield from _creator(text, draft)
    elif name in ("title", "alternative"):
        yield name, clean(text)
    elif name in ("description", "abstract"):
        yield name, clean_paragraphs(text) or ""
    elif name == "rights" and _RIGHTS.match(text):
        draft.keep("rights", text)
    elif name == "subject" and _CODES.match(text):
        draft.keep("subject", text)
    elif name == "format" and "/" not in text:
        yield "extent", text
    elif name == "bibliographicCitation":
        yield from _citation(text, draft)
    else:
        yield name, text


def _creator(text: str, draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield a person without the organisation that Open Journal Systems writes after the name."""
    person, _, organisation = (part.strip() for part in text.partition(";"))
    if "," in person and has_words_of_organisation(organisation):
        draft.keep("creator affiliation", organisation)
        yield "creator", person
    else:
        yield "creator", text


def _identifier(text: str, draft: Draft) -> Iterator[tuple[str, str]]:
    scheme = _SCHEME.match(text)
    kind = scheme[1].casefold() if scheme else ""
    bare = text[scheme.end() :].strip() if scheme else text
    if number := _arxiv(text):
        if draft.values["type"] == "article":
            yield "identifier arxiv", number
        else:
            draft.keep("identifier", number)
        if text.startswith("http"):
            yield "identifier url", text
    elif (doi := read_doi(text)) is not None:
        yield "identifier doi", doi
    elif _ADDRESS.fullmatch(text):
        yield "identifier url", text
    elif kind == "isbn" or is_isbn(text):
        yield "identifier isbn", bare
    elif kind == "issn" or is_issn(text):
        yield "identifier issn", bare
    elif kind in ("pmid", "pmcid"):
        yield f"identifier {kind}", bare
    elif _JOURNAL.fullmatch(text):
        yield from _citation(text, draft)
    else:
        draft.keep("identifier", text)


def _arxiv(text: str) -> str | None:
    """Return the number of arXiv in an identifier: `oai:arXiv.org:0704.0001`, or an address."""
    _, sign, number = text.partition("arxiv.org/abs/")
    return arxiv_number(f"arXiv:{number}") if sign else arxiv_number(text)


def _source(text: str, draft: Draft) -> Iterator[tuple[str, str]]:
    if is_issn(text):
        yield "source issn", text
    elif _JOURNAL.fullmatch(text):
        yield from _citation(text, draft)
    elif draft.values["type"].startswith(("article", "review")) and _is_name(text):
        yield "source journal", text
    else:
        draft.keep("source", text)


def _is_name(text: str) -> bool:
    return len(text) <= 200 and not any(sign.isdigit() for sign in text) and "://" not in text


def _citation(text: str, draft: Draft) -> Iterator[tuple[str, str]]:
    found = _JOURNAL.fullmatch(text)
    if found is None:
        draft.keep("bibliographicCitation", text)
        return
    for name in ("journal", "volume", "issue", "page"):
        if found[name]:
            yield f"source {name}", found[name].strip()
    if found["title"]:
        draft.keep("source", text)  # with the title of the issue
    yield "date", found["year"]


def _relation(text: str, draft: Draft) -> Iterator[tuple[str, str]]:
    found = _ALTERNATIVE.match(text)
    if found is None:
        draft.keep("relation", text)
        return
    kind, bare = found[1].casefold(), text[found.end() :]
    if kind == "doi":
        yield "relation doi", bare
    elif kind == "arxiv":
        draft.keep("relation", text)
    else:
        yield f"identifier {'issn' if kind.endswith('issn') else kind}", bare

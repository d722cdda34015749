"""Read JATS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.citationtext import text_between, whole_text
from refcite.formats.draft import Draft, library_of
from refcite.formats.jats.books import Books, read_book, read_part
from refcite.formats.jats.elements import Work, read_front
from refcite.formats.jats.table import SPEC
from refcite.formats.preprints import read_preprint
from refcite.formats.statuses import read_status
from refcite.formats.typenames import type_named
from refcite.formats.xmlread import Entry, XmlElement, children, entries, local_name
from refcite.library import Library
from refcite.problems import Problem

__all__ = ["read"]

_FORMAT: Final = "jats"
_CITATIONS: Final = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_PROSE: Final = ("mixed-citation", "citation", "note")
_BOOKS: Final = ("book-meta", "book-part-meta")
_ENTRIES: Final = ("front", "article-meta", *_BOOKS, "ref", *_CITATIONS)
_START: Final = re.compile(
    r"<(?:[A-Za-z_][\w.-]{0,60}:)?(front|article-meta|book-meta|book-part-meta|ref)(?=[\s>])"
)
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_MISSING: Final = (
    "there is no article, book or reference of JATS in this text: no element <article-meta>,"
    " <book-meta> or <ref>"
)
_WRAPPERS: Final = frozenset(
    ("person-group", "name", "string-name", "italic", "bold", "sup", "sub", "sc", "underline",
     "named-content", "styled-content", "institution-wrap")
)  # fmt: skip
_LONGEST: Final = 60


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read an article of JATS, and the works in its list of references; or such a list alone.

    The first record is the article itself; of a book (BITS), the first ones are the book and its
    parts. A citation of prose (`mixed-citation`) is read by the elements in it; if it has none, or
    has text in none of them, the whole is in `extra`. An element that CSL has no variable for is
    in `extra` under its name.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<ref-list><ref id="r1"><element-citation publication-type="journal">
        ...     <name><surname>Ferran</surname><given-names>A</given-names></name><article-title>On
        ...     <italic>lamps</italic></article-title><source>J Lamps</source><year>2021</year>
        ...     <fpage>12</fpage><lpage>34</lpage></element-citation></ref></ref-list>''', "jats")
        >>> library["r1"].title, library["r1"].container_title, library["r1"].page
        ('On <i>lamps</i>', 'J Lamps', '12-34')
    """
    problems: list[Problem] = []
    found = _entries(text, problems)
    drafts = _drafts(found, day_first)
    return library_of(
        ((draft.record(_FORMAT), draft) for draft in drafts), missing=_MISSING, problems=problems
    )


def _entries(text: str, problems: list[Problem]) -> list[Entry]:
    """Return the elements of works; of a broken text, those that do not contain each other."""
    doubts: list[Problem] = []
    found = entries(text, _ENTRIES, doubts, "reference")
    if any(problem.code == "broken-xml" for problem in doubts):
        names = {one[1] for one in _START.finditer(text)}
        outer = [
            *(("front",) if "front" in names else ("article-meta",)),
            *(name for name in _BOOKS if name in names),
            *(("ref",) if "ref" in names else _CITATIONS),
        ]
        doubts = []
        found = entries(text, outer, doubts, "reference")
    problems += doubts
    return found


def _drafts(found: Iterable[Entry], day_first: bool | None) -> Iterator[Draft]:
    books: Books = {}
    for entry in found:
        name = local_name(entry.element)
        if name in ("front", "article-meta"):
            yield _article(entry, day_first)
        elif name in _BOOKS:
            yield from _of_book(entry, books, day_first)
        elif name == "ref":
            yield from _reference(entry, day_first)
        else:
            yield _citation(entry.element, Work(entry.line), day_first)


# Citations


def _reference(entry: Entry, day_first: bool | None) -> Iterator[Draft]:
    """Yield the works of a `ref`: usually one, in one form or in two."""
    key = str(entry.element.get("id") or "")
    citations = list(_citations(entry.element))
    marked = [one for one in citations if local_name(one) not in _PROSE]
    prose = [one for one in citations if local_name(one) in _PROSE]
    works = marked or prose or list(children(entry.element, "note"))
    if not works and whole_text(entry.element):
        works = [entry.element]
    for place, element in enumerate(works):
        work = Work(entry.line)
        own = str(element.get("id") or "")
        work.add("@id", own or (f"{key}-{place + 1}" if place and key else key))
        draft = _citation(element, work, day_first)
        if marked and len(marked) == len(prose):
            # The same citation as prose.
            draft.keep("mixed-citation", whole_text(prose[place]))
        yield draft


def _citations(element: XmlElement) -> Iterator[XmlElement]:
    for one in children(element):
        if local_name(one) == "citation-alternatives":
            yield from list(_citations(one))[:1]
        elif local_name(one) in _CITATIONS:
            yield one


def _citation(element: XmlElement, work: Work, day_first: bool | None) -> Draft:
    is_prose = local_name(element) in (*_PROSE, "ref")
    work.read_citation(element)
    stated = _stated_type(element, work)
    work.finish(is_article=stated == "article-journal")
    csl_type = _narrowed(stated, work) if stated else _guessed_type(work)
    draft = Draft(SPEC, csl_type or "document", day_first=day_first, line=work.line)
    draft.extra.update(work.extra)
    if csl_type is None:
        draft.unknown_type(missing="no publication type or title states the type of the work")
    else:
        draft.values["type"] = csl_type
    language = str(element.get(_LANGUAGE) or "")
    if language and local_name(element) == "element-citation":
        work.add("@xml:lang", language)
    _fill(draft, work)
    if is_prose:
        _keep_text(element, draft)
    return draft


def _fill(draft: Draft, work: Work) -> None:
    arxiv = [value for key, value, _ in work.fields if key == "arxiv"]
    draft.read(field for field in work.fields if field[0] != "arxiv")
    for number in arxiv:
        if draft.values["type"] != "article" or not draft.put("number", number):
            draft.keep("pub-id[pub-id-type=arxiv]", number)
    read_status(draft.values)
    read_preprint(draft.values["type"], draft.values, draft.extra, "source", "publisher-name")


def _keep_text(element: XmlElement, draft: Draft) -> None:
    """Keep a citation of prose whose text is not only in its elements."""
    between = text_between(element, _WRAPPERS)
    if not between:
        return
    draft.keep("mixed-citation", whole_text(element))
    draft.line = draft.start
    shown = between if len(between) <= _LONGEST else f"{between[: _LONGEST - 1]}…"
    draft.report(
        "unread-text",
        f"the text {shown!r} is in no element that states its meaning;"
        " the citation is kept as text",
    )


# Types


def _stated_type(element: XmlElement, work: Work) -> str | None:
    given = str(element.get("publication-type") or element.get("citation-type") or "").strip()
    folded = given.casefold()
    if not folded or folded in ("other", "undeclared", "unknown", "misc", "none"):
        return None
    known = SPEC.type_of(folded) or SPEC.type_of(given) or type_named(given)
    if known is None:
        work.keep("publication-type", given)
    return known


def _narrowed(csl_type: str, work: Work) -> str:
    """Return the type of a work in a book if the citation is that of a book with two titles."""
    keys = {key for key, _, _ in work.fields}
    if csl_type == "book" and ("source" in keys or "chapter-title" in keys):
        return "chapter"
    return csl_type


def _guessed_type(work: Work) -> str | None:
    keys = {key for key, _, _ in work.fields}
    if "chapter-title" in keys or "part-title" in keys:
        return "chapter"
    if "data-title" in keys:
        return "dataset"
    if "patent" in keys:
        return "patent"
    if "conf-name" in keys:
        return "paper-conference"
    if {"article-title", "source"} <= keys:
        if keys & {"publisher-name", "isbn", "person-group[person-group-type=editor]"}:
            return "chapter" if "issue" not in keys else "article-journal"
        return "article-journal"
    if keys & {"publisher-name", "isbn", "edition"}:
        return "book"
    if "ext-link" in keys:
        return "webpage"
    return None


# The article itself

_REVIEWS: Final = {
    "book-review": "review-book",
    "product-review": "review",
    "preprint": "article",
    "news": "article-newspaper",
    "dissertation": "thesis",
}


def _article(entry: Entry, day_first: bool | None) -> Draft:
    element = entry.element
    work = Work(entry.line)
    read_front(work, element)
    article = next(
        (one for one in element.iterancestors() if local_name(one) in ("article", "sub-article")),
        None,
    )
    given = str(article.get("article-type") or "") if article is not None else ""
    csl_type = _REVIEWS.get(given, "article-journal")
    if given and given not in ("research-article", "preprint"):
        work.keep("article-type", given)
    language = str(article.get(_LANGUAGE) or "") if article is not None else ""
    if language:
        work.add("@xml:lang", language)
    work.finish(is_article=True)
    draft = Draft(SPEC, csl_type, day_first=day_first, line=entry.line)
    draft.values["type"] = csl_type
    draft.extra.update(work.extra)
    _fill(draft, work)
    return draft


def _of_book(entry: Entry, books: Books, day_first: bool | None) -> Iterator[Draft]:
    """Yield a book, or a part of a book with a title."""
    is_part = local_name(entry.element) == "book-part-meta"
    work = Work(entry.line)
    element = entry.element
    is_own = read_part(work, element, books) if is_part else read_book(work, element)
    if not is_own:
        return
    holder = element.getparent()
    language = str(holder.get(_LANGUAGE) or "") if holder is not None else ""
    if language:
        work.add("@xml:lang", language)
    work.finish(is_article=is_part)
    csl_type = "chapter" if is_part else "book"
    draft = Draft(SPEC, csl_type, day_first=day_first, line=entry.line)
    draft.values["type"] = csl_type
    draft.extra.update(work.extra)
    _fill(draft, work)
    yield draft

"""Read TEI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.formats.citationtext import has_et_al, text_between, whole_text
from refcite.formats.draft import Draft, library_of
from refcite.formats.preprints import read_preprint
from refcite.formats.tei.elements import Work, line_of, prose_of
from refcite.formats.tei.table import ANALYTIC, HOST, SPEC
from refcite.formats.typenames import type_named
from refcite.formats.xmlread import Entry, XmlElement, child, children, entries, local_name
from refcite.library import Library
from refcite.problems import Problem

__all__ = ["read"]

_FORMAT: Final = "tei"
_ENTRIES: Final = ("biblStruct", "bibl")
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_MISSING: Final = "there is no reference in this text: no element <biblStruct> or <bibl>"
_POINTING: Final = ("target", "when", "from", "to", "notBefore", "notAfter", "value")
"""Attributes that contain data also if there is no text."""
_CONFERENCE: Final = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|congress|tagung|actes du)",
    re.IGNORECASE,
)
_THESIS: Final = re.compile(r"thesis|dissertation|thèse|habilitation|tesi\b", re.IGNORECASE)
_REPORT: Final = re.compile(r"report|rapport|bericht|working paper", re.IGNORECASE)
_WRAPPERS: Final = (
    "imprint",
    "bibl",
    "monogr",
    "analytic",
    "relatedItem",
    "hi",
    "emph",
    "seg",
    "q",
)


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read the references in TEI: `biblStruct` and `bibl`, anywhere in a document.

    In what GROBID makes of a PDF, the first record is the article itself, and the others are the
    works that it cites. An element that CSL has no variable for is in the record's `extra` under
    its path, such as `monogr/idno[type=OCLC]`.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<listBibl><biblStruct xml:id="b0"><analytic>
        ...     <title level="a">On lamps</title><author><persName><forename>Ada</forename>
        ...     <surname>Ferran</surname></persName></author></analytic><monogr>
        ...     <title level="j">Journal of Lamps</title><imprint><date when="2021"/>
        ...     <biblScope unit="page" from="12" to="34"/></imprint></monogr></biblStruct>
        ...     </listBibl>''', "tei")
        >>> library["b0"].container_title, library["b0"].page, library["b0"].author[0].family
        ('Journal of Lamps', '12-34', 'Ferran')
    """
    problems: list[Problem] = []
    found = entries(text, _ENTRIES, problems, "reference")
    drafts = (_draft(entry, day_first) for entry in found if not _is_empty(entry.element))
    return library_of(
        ((draft.record(_FORMAT), draft) for draft in drafts), missing=_MISSING, problems=problems
    )


def _is_empty(element: XmlElement) -> bool:
    if element.get("type") or any(str(text).strip() for text in element.itertext()):
        return False
    return not any(one.get(name) for one in element.iter() for name in _POINTING)


def _draft(entry: Entry, day_first: bool | None) -> Draft:
    element = entry.element
    work = Work(entry.line)
    work.add("@xml:id", str(element.get(_XML_ID) or "").strip())
    stated = _stated_type(element, work)
    is_prose = local_name(element) == "bibl"
    if is_prose:
        _read_prose(element, work, stated)
    else:
        _read_structure(element, work, stated)
    _read_header(element, work)
    work.finish()
    csl_type = stated or _guessed_type(work)
    draft = Draft(SPEC, csl_type or "document", day_first=day_first, line=entry.line)
    draft.extra.update(work.extra)
    for name, people in work.people.items():
        draft.extra[name] = people
    if csl_type is None:
        draft.unknown_type(missing="no type, title or container states the type of the work")
    else:
        draft.values["type"] = csl_type
    arxiv = [field for field in work.fields if field[0] == "idno[type=arXiv]"]
    draft.read(field for field in work.fields if field[0] != "idno[type=arXiv]")
    for _, number, _ in arxiv:
        if draft.values["type"] != "article" or not draft.put("number", number):
            draft.keep("idno[type=arXiv]", number)
    read_preprint(
        draft.values["type"], draft.values, draft.extra, f"{HOST}/title", "imprint/publisher"
    )
    if is_prose:
        _keep_text(element, draft)
    return draft


def _keep_text(element: XmlElement, draft: Draft) -> None:
    """Keep a reference of prose whose text is not only in its elements."""
    between = text_between(element, _WRAPPERS)
    if "author" in draft.values and has_et_al(" ".join(_tails(element))):
        draft.mark_et_al("author")
    if not between:
        return
    draft.keep("bibl", whole_text(element))
    draft.line = draft.start
    draft.report(
        "unread-text",
        f"the text {_shown(between)!r} is in no element that states its meaning;"
        " the reference is kept as text",
    )


_LONGEST: Final = 60


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _tails(element: XmlElement) -> Iterator[str]:
    return (str(one.tail or "") for one in element)


# The parts of a reference


def _read_structure(element: XmlElement, work: Work, stated: str | None) -> None:
    analytic = child(element, "analytic")
    has_text = analytic is not None and not _is_empty(analytic)
    work.has_container = has_text or (analytic is not None and stated is not None)
    is_first = True
    for one in children(element):
        name = local_name(one)
        if name == "monogr" and is_first:
            is_first = False
            is_journal = not work.has_container and _is_journal(one, stated)
            for inner in children(one):
                # The names in the `monogr` of such an article are its own.
                is_host = work.has_container or (is_journal and local_name(inner) == "title")
                work.read_one(inner, HOST if is_host else "")
        elif name == "monogr" or (name == "analytic" and one is not analytic):
            work.keep_element(one, "")  # another printing, or another part
        elif name == "analytic":
            work.read_level(one, "")
        else:
            work.read_one(one, "")


def _is_journal(monogr: XmlElement, stated: str | None) -> bool:
    """Return whether the only title is that of the journal of an article."""
    if not any(one.get("level") == "j" for one in children(monogr, "title")):
        return False
    if stated is not None:
        return stated in ANALYTIC
    is_part = any(_is_page(one) for one in monogr.iter() if local_name(one) == "biblScope")
    return is_part or child(monogr, "author") is not None


def _is_page(scope: XmlElement) -> bool:
    return str(scope.get("unit") or scope.get("type") or "").startswith(("page", "pp"))


def _read_prose(element: XmlElement, work: Work, stated: str | None) -> None:
    titles = list(children(element, "title"))
    levels = {str(one.get("level") or "") for one in titles}
    inner = any(True for _ in children(element, "bibl"))
    work.has_container = "a" in levels or inner or len(levels & {"", "m", "j"}) > 1
    has_pages = any(map(_is_page, children(element, "biblScope")))
    is_article = levels == {"j"} and (
        stated in ANALYTIC if stated else has_pages or child(element, "author") is not None
    )
    own = "a" if "a" in levels else "" if "" in levels else "m"
    for one in children(element):
        level = str(one.get("level") or "")
        is_host = (
            local_name(one) == "title"
            and level in ("j", "m")
            and (is_article or inner or (work.has_container and level != own))
        )
        work.read_one(one, HOST if is_host else "")
    work.has_container = work.has_container or is_article


def _read_header(element: XmlElement, work: Work) -> None:
    """Read the abstract and the keywords of the document that a reference describes.

    They are in the header of a document of GROBID, and in the `biblFull` of HAL.
    """
    source = element.getparent()
    if source is None or local_name(source) != "sourceDesc" or len(source) > 1:
        return
    header = next(
        (one for one in element.iterancestors() if local_name(one) in ("teiHeader", "biblFull")),
        None,
    )
    profile = child(header, "profileDesc") if header is not None else None
    if profile is None or header is None:
        return
    programs = (one.get("ident") for one in header.iter() if local_name(one) == "application")
    if local_name(header) != "biblFull" and "GROBID" not in programs:
        return
    for one in children(profile, "abstract"):
        work.add("note[type=abstract]", prose_of(one))
    for one in profile.iter():
        if local_name(one) == "term":
            work.add("note[type=keyword]", line_of(one))


# Types


def _stated_type(element: XmlElement, work: Work) -> str | None:
    given = str(element.get("type") or "").strip()
    if not given:
        return None
    known = SPEC.type_of(given) or type_named(given)
    if known == "article" and given.casefold() == "article":
        known = "article-journal"
    if known is None:
        work.keep("@type", given)
    return known


def _guessed_type(work: Work) -> str | None:
    found: dict[str, str] = {}
    for key, value, _ in work.fields:
        if isinstance(value, str):
            found.setdefault(key, value)
    genre = found.get("note[type=report_type]") or found.get("note[type=thesisType]") or ""
    if _THESIS.search(genre):
        return "thesis"
    container = found.get(f"{HOST}/title", "")
    if work.has_container or container:
        return _type_in(container, work, found)
    if _REPORT.search(genre):
        return "report"
    if "j" in work.levels:
        return "periodical"
    if "u" in work.levels:
        return "manuscript"
    if "idno[type=arXiv]" in found and "idno[type=ISBN]" not in found:
        return "article"
    of_book = ("idno[type=ISBN]", "imprint/publisher", "imprint/pubPlace", "edition")
    if any(key in found for key in of_book):
        return "book"
    if "ptr" in found or "idno[type=URL]" in found:
        return "webpage"
    return "book" if "m" in work.levels or "title" in found else None


def _type_in(container: str, work: Work, found: dict[str, str]) -> str | None:
    if "j" in work.levels:
        return "article-journal"
    has_meeting = any(key.startswith("meeting/") for key, _, _ in work.fields)
    if has_meeting or _CONFERENCE.search(container):
        return "paper-conference"
    if container:
        return "chapter"
    if "idno[type=arXiv]" in found:
        return "article"
    return "webpage" if "ptr" in found else None

"""The elements of a record of PubMed as fields, with the texts of those that contain others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from attrs import Factory, define

from refcite.formats.draft import Field, add_to
from refcite.formats.xmlread import XmlElement
from refcite.names import Name

__all__ = ["Work", "marked_text", "work_of"]

_SPACES: Final = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_MARKUP: Final = {"i": "i", "b": "b", "sup": "sup", "sub": "sub", "em": "i", "strong": "b"}


@define
class Work:
    """The data of a record before it is read by the table.

    Attributes:
        line: The line where it starts.
        fields: Its fields.
        types: Its publication types.
        names: The names of each list: authors and editors, of the work and of its book.
        beside: The affiliations and the identifiers of each author.
        extra: Values that are kept, by the name of their element.
        is_partial: Whether the list of authors contains only some of them.
        is_chapter: Whether the work is a part of a book.
        is_of_book: Whether the work is a book, or a part of one.
        in_book: Whether the current element describes the book.
    """

    line: int
    fields: list[Field] = Factory(list)
    types: list[str] = Factory(list)
    names: dict[tuple[str, bool], list[Name]] = Factory(dict)
    beside: dict[str, list[list[str]]] = Factory(dict)
    extra: dict[str, Any] = Factory(dict)
    is_partial: bool = False
    is_chapter: bool = False
    is_of_book: bool = False
    in_book: bool = False

    def keep_all(self, key: str, texts: list[str]) -> None:
        """Keep the texts of one key."""
        if len(texts) > 1 and key not in self.extra:
            self.extra[key] = texts
            return
        for text in texts:
            self.keep(key, text)

    def keep(self, key: str, text: str) -> None:
        """Keep a text; several of one key are a list."""
        if text:
            add_to(self.extra, key, text)


def marked_text(element: XmlElement) -> str:
    """Return the text of an element with the markup of CSL; that of formulas is plain.

    Example:
        >>> from lxml import etree
        >>> marked_text(etree.fromstring("<t>On <i>E. coli</i> in <u>H<sub>2</sub>O</u></t>"))
        'On <i>E. coli</i> in H<sub>2</sub>O'
    """
    text = "".join(_pieces(element)) if len(element) else element.text or ""
    if "\n" in text or "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    return text.strip()


def _pieces(element: XmlElement) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name in _MARKUP:
            tag = _MARKUP[name]
            yield f"<{tag}>"
            yield from _pieces(child)
            yield f"</{tag}>"
        elif name.endswith("}math"):
            yield "".join("".join(map(str, child.itertext())).split())
        else:
            yield from _pieces(child)
        if child.tail:
            yield child.tail


def work_of(element: XmlElement, line: int) -> Work:
    """Return the data of an element `PubmedArticle`, `PubmedBookArticle`, or a part of one.

    Args:
        element: The element.
        line: Its line, which is that of its fields.
    """
    work = Work(line)
    handler = _HANDLERS.get(_name(element))
    if handler is not None:
        handler(element, work)
    return work


def _name(element: XmlElement) -> str:
    tag = element.tag
    return tag if isinstance(tag, str) else ""


def _text(element: XmlElement) -> str:
    """Return the text of an element without white space around it; most have no markup."""
    text = element.text
    # The length of an element is that of a search for its children; most texts have no line ends.
    if text is None or "\n" in text or len(element):
        return marked_text(element)
    return text.strip()


def _descend(element: XmlElement, work: Work) -> None:
    handlers, add, line = _HANDLERS.get, work.fields.append, work.line
    for child in element:
        tag: Any = child.tag
        handler = handlers(tag)
        if handler is not None:
            handler(child, work)
            continue
        text = child.text
        # Most elements contain only a short text.
        if text is None or len(child) or "\n" in text:
            text = marked_text(child)
        if not text:
            continue
        if tag in _KEPT:
            work.keep(tag, text)
        else:
            add((tag, text.strip(), line))


def _by(attribute: str, default: str = "") -> Callable[[XmlElement, Work], None]:
    """Return the handler of an element whose attribute determines its meaning."""

    def handle(element: XmlElement, work: Work) -> None:
        if text := _text(element):
            kind = element.get(attribute) or default
            work.fields.append((f"{_name(element)} {kind}", text, work.line))

    return handle


def _identifier(element: XmlElement, work: Work) -> None:
    """Read the identifiers of the work; that of PubMed is its number again."""
    for one in element:
        kind = one.get("IdType")
        if kind != "pubmed" and (text := _text(one)):
            work.fields.append((f"ArticleId {kind}", text, work.line))


def _joined(separator: str) -> Callable[[XmlElement, Work], None]:
    """Return the handler that keeps the texts in an element with a separator between them."""

    def handle(element: XmlElement, work: Work) -> None:
        texts = (str(text).strip() for text in element.itertext())
        work.keep(_name(element), separator.join(filter(None, texts)))

    return handle


def _headings(element: XmlElement, work: Work) -> None:
    """Keep headings in MEDLINE's form: `*Knee/surgery`; the asterisk marks a main topic."""
    headings: list[str] = []
    for part in element.iter("DescriptorName", "QualifierName"):
        text = f"*{part.text}" if part.get("MajorTopicYN") == "Y" else part.text or ""
        if part.tag == "DescriptorName" or not headings:
            headings.append(text)
        else:
            headings[-1] += f"/{text}"
    work.keep_all("MeshHeading", headings)


def _keyword(element: XmlElement, work: Work) -> None:
    text = _text(element).rstrip(".")
    if text:
        work.fields.append(("Keyword", text, work.line))


def _type(element: XmlElement, work: Work) -> None:
    if text := _text(element):
        work.types.append(text)


def _date(element: XmlElement) -> Any:
    """Return the year, month or season, and day; or the text that is in their place."""
    year = month = day = ""
    for part in element:
        tag = part.tag
        if tag == "Year":
            year = part.text or ""
        elif tag == "Month" or tag == "Season":
            month = month or part.text or ""
        elif tag == "Day":
            day = part.text or ""
        elif tag == "MedlineDate" and part.text:
            return part.text.strip()
    return year.strip(), month.strip(), day.strip()


def _day(element: XmlElement) -> str:
    """Return a day as text; its elements have a fixed order."""
    return "-".join([part.text or "" for part in islice(element, 3)])


def _pub_date(element: XmlElement, work: Work) -> None:
    parts = _date(element)
    if any(parts):
        work.fields.append(("PubDate", parts, work.line))


def _article_date(element: XmlElement, work: Work) -> None:
    kind = element.get("DateType") or "Electronic"
    work.fields.append((f"ArticleDate {kind}", _date(element), work.line))


def _history(element: XmlElement, work: Work) -> None:
    events = []
    for event in element:
        status = event.get("PubStatus")
        if status == "received":
            work.fields.append(("History received", _date(event), work.line))
        else:
            events.append(f"{status} {_day(event)}")
    work.keep_all("History", events)


def _kept_day(element: XmlElement, work: Work) -> None:
    work.keep(_name(element), _day(element))


def _abstract(element: XmlElement, work: Work) -> None:
    """Join the sections of an abstract, each with its label."""
    sections = []
    for part in element:
        if part.tag != "AbstractText":
            work.keep(_name(part), _text(part))
            continue
        text, label = _text(part), part.get("Label")
        if text:
            sections.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    whole = " ".join(sections)
    if whole and element.tag == "Abstract":
        work.fields.append(("AbstractText", whole, work.line))
    else:
        work.keep(_name(element), whole)


def _pagination(element: XmlElement, work: Work) -> None:
    found = {_name(part): (part.text or "").strip() for part in element}
    pages, start, end = (found.get(name, "") for name in ("MedlinePgn", "StartPage", "EndPage"))
    if pages:
        work.fields.append(("MedlinePgn", pages, work.line))
    elif start:
        whole = f"{start}-{end}" if end and end != start else start
        work.fields.append(("StartPage", whole, work.line))


def _people(element: XmlElement, work: Work) -> None:
    """Read the names of a list, with the affiliations and identifiers of each."""
    is_editors = (element.get("Type") or "").startswith("editor")
    role = "editor" if is_editors else "author"
    names = work.names.setdefault((role, work.in_book), [])
    is_own = role == "author" and not work.in_book
    if element.get("CompleteYN") == "N" and role == "author":
        work.is_partial = True
    all_affiliations = work.beside.setdefault("Affiliation", []) if is_own else []
    all_identifiers = work.beside.setdefault("Identifier", []) if is_own else []
    for author in element:
        last = fore = suffix = group = initials = ""
        affiliations: list[str] = []
        identifiers: list[str] = []
        for part in author:
            tag, text = part.tag, part.text
            if text is None or "\n" in text or len(part):
                text = marked_text(part) if tag != "AffiliationInfo" else ""
            if tag == "LastName":
                last = text
            elif tag == "ForeName" or tag == "FirstName":
                fore = fore or text
            elif tag == "Initials":
                initials = text
            elif tag == "AffiliationInfo":
                affiliations += [_text(one) for one in part if one.tag == "Affiliation"]
            elif tag == "Suffix":
                suffix = text
            elif tag == "CollectiveName":
                group = text
            elif tag == "Affiliation":
                affiliations.append(text.strip())
            elif tag == "Identifier":
                identifiers.append(f"{part.get('Source') or ''}: {text}")
        name = _name_of(last, fore or " ".join(initials), suffix, group)
        if name is None:
            continue
        if author.get("ValidYN") == "N":
            work.keep("Author", name.literal or name.inverted())  # a corrected name follows
            continue
        names.append(name)
        all_affiliations.append(affiliations)
        all_identifiers.append(identifiers)


@lru_cache(maxsize=8192)
def _name_of(last: str, fore: str, suffix: str, group: str) -> Name | None:
    last, fore = last.strip(), fore.strip()
    if last:
        return Name.of_parts(last, fore, suffix.strip())
    text = group.strip() or fore
    return Name(literal=text) if text else None


def _others(element: XmlElement, work: Work) -> None:
    """Keep the names of people that are not authors."""
    for person in element:
        texts = {_name(part): marked_text(part) for part in person}
        name = [texts.get("LastName", ""), texts.get("ForeName") or texts.get("Initials", "")]
        work.keep(_name(person), ", ".join(filter(None, name)) or texts.get("CollectiveName", ""))


def _comment(element: XmlElement, work: Work) -> None:
    """Keep a reference to another article, such as the notice of its retraction."""
    texts = {_name(part): marked_text(part) for part in element}
    pmid = texts.get("PMID")
    words = [texts.get("RefSource", ""), texts.get("Note", ""), f"PMID: {pmid}" if pmid else ""]
    kind = element.get("RefType") or "CommentsCorrections"
    work.keep("CommentsCorrections", f"{kind}: {' '.join(filter(None, words))}")


def _references(element: XmlElement, work: Work) -> None:
    """Keep the works of the list of references, with their identifiers."""
    found: list[str] = []
    words: list[str] = []
    for part in element.iter("Reference", "Citation", "ArticleId"):
        tag, text = part.tag, part.text
        if tag == "ArticleId":
            words.append(f"{part.get('IdType')}:{text}")
        elif tag == "Citation":
            if text is None or "\n" in text or len(part):
                text = marked_text(part)
            words.append(text)
        elif words:  # the reference before this one
            found.append(" ".join(filter(None, words)))
            words = []
    if words:
        found.append(" ".join(filter(None, words)))
    work.keep_all("Reference", list(filter(None, found)))


def _book(element: XmlElement, work: Work) -> None:
    work.in_book = True
    _descend(element, work)
    work.in_book = False


def _book_document(element: XmlElement, work: Work) -> None:
    work.is_of_book = True
    work.is_chapter = element.find("ArticleTitle") is not None
    _descend(element, work)


def _sections(element: XmlElement, work: Work) -> None:
    for title in element.iter("SectionTitle"):
        work.keep("SectionTitle", marked_text(title))


_CONTAINERS: Final = (
    "PubmedArticle", "MedlineCitation", "Article", "Journal", "JournalIssue", "MedlineJournalInfo",
    "PubmedData", "PubmedBookArticle", "PubmedBookData", "Publisher", "PublicationTypeList",
    "KeywordList", "ChemicalList", "GrantList", "DataBankList", "CommentsCorrectionsList",
    "GeneSymbolList", "SupplMeshList",
)  # fmt: skip
_DAYS: Final = (
    "DateCompleted", "DateCreated", "DateRevised", "ContributionDate", "BeginningDate",
    "EndingDate",
)  # fmt: skip
_KEPT: Final = frozenset(
    ("CitationSubset", "CoiStatement", "CopyrightInformation", "Country", "GeneSymbol",
     "ISSNLinking", "NlmUniqueID", "NumberOfReferences", "OtherID", "PublicationStatus",
     "SpaceFlightMission", "SupplMeshName", "CitationString")
)  # fmt: skip
"""Elements without a variable, which contain only a text."""
_HANDLERS: Final[dict[str, Callable[[XmlElement, Work], None]]] = {
    **dict.fromkeys(_CONTAINERS, _descend),
    **dict.fromkeys(_DAYS, _kept_day),
    "Book": _book,
    "BookDocument": _book_document,
    "Sections": _sections,
    "AuthorList": _people,
    "InvestigatorList": _others,
    "PersonalNameSubjectList": _others,
    "Abstract": _abstract,
    "OtherAbstract": _abstract,
    "Pagination": _pagination,
    "PubDate": _pub_date,
    "ArticleDate": _article_date,
    "History": _history,
    "ELocationID": _by("EIdType"),
    "ArticleIdList": _identifier,
    "LocationLabel": _by("Type"),
    "PublicationType": _type,
    "Keyword": _keyword,
    "MeshHeadingList": _headings,
    "Chemical": _joined(" "),
    "Grant": _joined("/"),
    "DataBank": _joined("/"),
    "CommentsCorrections": _comment,
    "ReferenceList": _references,
    "ItemList": _joined("; "),
    "ObjectList": _joined(" "),
}

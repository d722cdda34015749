"""The elements of a citation, or of the article itself, as fields with the keys of the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from attrs import Factory, define
from lxml import etree

from refcite.formats.citationtext import has_et_al
from refcite.formats.draft import Field, add_to
from refcite.formats.jats.table import AS_TITLE, GROUP, ROLES, XLINK, DateParts
from refcite.formats.jatstext import clean_paragraphs, titled
from refcite.formats.namelists import NamesOfTexts, names_of
from refcite.formats.numbers import read_doi
from refcite.formats.people import name_of_text
from refcite.formats.preprints import arxiv_number
from refcite.formats.xmlmarkup import marked_text
from refcite.formats.xmlread import XmlElement, child, children, local_name
from refcite.names import Name
from refcite.richtext import Kind

__all__ = ["Work", "line_of", "read_front"]

_KINDS: Final[dict[str, Kind]] = {
    "italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "sc": "sc",
}  # fmt: skip
_XLINK: Final = f"{{{XLINK}}}href"
_TITLES: Final = ("article-title", "chapter-title", "part-title", "data-title")
_NUMBERS: Final = {
    "doi": "doi", "pmid": "pmid", "pubmed": "pmid", "medline": "pmid", "pmc": "pmcid",
    "pmcid": "pmcid", "accession": "accession", "other": "other", "patent": "other",
    "std-designation": "other", "report": "other",
}  # fmt: skip
_EDITORS: Final = re.compile(r"\b(?:eds?|editors?|edited|hrsg|dirs?|coords?)\b", re.IGNORECASE)
_TRANSLATORS: Final = re.compile(r"\b(?:trans|translators?|translated|übers)\b", re.IGNORECASE)
_IN: Final = re.compile(r"\bin\b\s*:?\s*$", re.IGNORECASE)
_PMC: Final = re.compile(r"(?:PMC)?([0-9]+)", re.IGNORECASE)
_AROUND: Final = " ,;:"
_EACH: Final = "use a separate element <name> for each name"
_ACCESSED: Final = frozenset(
    ("", "access-date", "access", "accessed", "date-accessed", "acess-date", "cited")
)
_KNOWN_DAYS: Final = frozenset(("original-date", "available-date", "submitted"))


def line_of(element: XmlElement | None) -> str:
    """Return the text in an element as one line."""
    if element is None:
        return ""
    return " ".join("".join(map(str, element.itertext())).split())


def _title_of(element: XmlElement) -> str:
    return marked_text(element, lambda one: _KINDS.get(local_name(one)))


def _prose_of(element: XmlElement) -> str:
    source = etree.tostring(element, encoding=str, with_tail=False)
    return clean_paragraphs(str(source)) or ""


@define
class Work:
    """The data of a work before it is read by the table.

    Attributes:
        line: The line where it starts.
        fields: Its fields.
        extra: Values that are kept, by their element.
        titles: Its own titles, by their element.
        source: The `source` and those in other languages or forms.
        parts: The parts of the date.
        pages: The first and the last page.
    """

    line: int
    fields: list[Field] = Factory(list)
    extra: dict[str, Any] = Factory(dict)
    titles: dict[str, str] = Factory(dict)
    source: str = ""
    parts: dict[str, str] = Factory(dict)
    pages: dict[str, str] = Factory(dict)

    def add(self, key: str, value: Any) -> None:
        """Add a field."""
        if value:
            self.fields.append((key, value, self.line))

    def keep(self, key: str, value: str) -> None:
        """Keep a text; several of one key are a list."""
        if value:
            add_to(self.extra, key, value)

    def add_names(self, role: str, names: NamesOfTexts) -> None:
        """Add names; those of a role that CSL does not have are kept."""
        variable = ROLES.get(role.casefold())
        if variable is not None:
            self.add(GROUP.format(variable), names)
        else:
            for name in names.names:
                self.keep(GROUP.format(role), str(name))

    def read_citation(self, element: XmlElement) -> None:
        """Read the children of a citation."""
        self._read_names(element)
        for one in children(element):
            name = local_name(one)
            read = _READERS.get(name)
            if read is not None:
                read(self, one)
            elif name in _SIMPLE:
                self.add(name, line_of(one).strip(_AROUND))
            elif name not in _NAMES and name not in _SILENT:
                self.keep(name, line_of(one))

    def _read_names(self, element: XmlElement) -> None:
        """Read the names that are in no group; those after the title can be of the editors."""
        is_after = False
        authors: list[XmlElement] = []
        others: list[XmlElement] = []
        before = ""
        for one in children(element):
            name = local_name(one)
            if name in _TITLES:
                is_after = True
            elif name in _NAMES:
                is_others = is_after and (bool(authors) or bool(_IN.search(before)))
                (others if is_others else authors).append(one)
            before = str(one.tail or "") or before
        after = " ".join(str(one.tail or "") for one in others)
        role = "translator" if _TRANSLATORS.search(after) else "editor"
        first = " ".join(str(one.tail or "") for one in authors)
        has_title = any(True for name in _TITLES for _ in children(element, name))
        of_first = "editor" if not has_title and _EDITORS.search(first) else "author"
        for one in authors:
            self.add_names(of_first, _names_in(one))
        if authors and has_et_al(first):
            self.add_names(of_first, NamesOfTexts(et_al=True))
        for one in others:
            self.add_names(role, _names_in(one))

    def finish(self, *, is_article: bool = False) -> None:
        """Add the titles, the date and the pages.

        Args:
            is_article: Whether the source is that of an article, so it is never the title.
        """
        found = [(name, self.titles[name]) for name in _TITLES if self.titles.get(name)]
        if len(found) > 1 and found[0][0] == "article-title" and not self.source:
            # A chapter of a book whose title is in `article-title`, or the other way round.
            self.source = found.pop()[1]
        for name, text in found[:1]:
            self.add(name, text)
        for name, text in found[1:]:
            self.keep(name, text)
        if self.source:
            is_container = bool(found) or is_article
            self.add("source" if is_container else AS_TITLE, self.source)
        if self.parts:
            self.add("date", DateParts(**self.parts))
        first, last = self.pages.get("fpage", ""), self.pages.get("lpage", "")
        pages = f"{first}-{last}" if first and last and first != last else first or last
        range_ = self.pages.get("page-range", "")
        self.add("fpage", range_ or pages)


_NAMES: Final = frozenset(
    ("name", "string-name", "collab", "etal", "anonymous", "name-alternatives",
     "collab-alternatives", "institution-wrap")
)  # fmt: skip
_SILENT: Final = frozenset(("label", "x", "role", "aff", "xref", "fn", "break"))
"""Elements that contain no data of the work: numbers in the list, punctuation."""
_SIMPLE: Final = frozenset(
    ("volume", "issue", "issue-title", "supplement", "edition", "publisher-name", "publisher-loc",
     "conf-name", "conf-loc", "conf-date", "isbn", "issn", "version", "institution", "patent",
     "std", "elocation-id")
)  # fmt: skip


def _names_in(element: XmlElement) -> NamesOfTexts:
    """Return the name in an element; the mark for more names of an empty `etal`."""
    name = local_name(element)
    if name == "etal":
        return NamesOfTexts(et_al=True)
    if name in ("name-alternatives", "collab-alternatives"):
        first = next(children(element), None)
        return _names_in(first) if first is not None else NamesOfTexts()
    if name == "anonymous":
        return NamesOfTexts((Name(literal="Anonymous"),))
    family, given, suffix = (
        line_of(child(element, tag)) for tag in ("surname", "given-names", "suffix")
    )
    if family or given:
        return NamesOfTexts((Name.of_parts(family, given, suffix),))
    if name == "collab":
        found = _organisation(element)
        # A group without a name of its own is known by its members.
        members = [] if found else [one for one in element.iter() if local_name(one) == "name"]
        names = [name for one in members for name in _names_in(one).names]
        return NamesOfTexts((Name(literal=found),) if found else tuple(names))
    text = line_of(element).strip(_AROUND)
    if not text:
        return NamesOfTexts()
    if name in ("institution", "institution-wrap"):
        return NamesOfTexts((Name(literal=text),))
    read = Name.of_inverted if "," in text else name_of_text
    return names_of([text], _EACH, read, is_straight=True)


def _organisation(element: XmlElement) -> str:
    """Return the name of a group, without its members and addresses."""
    pieces = [str(element.text or "")]
    for one in element:
        if local_name(one) not in ("contrib-group", "aff", "address", "xref", "fn", "on-behalf-of"):
            pieces.append("".join(map(str, one.itertext())))
        pieces.append(str(one.tail or ""))
    return " ".join("".join(pieces).split()).strip(_AROUND)


def _read_group(work: Work, element: XmlElement) -> None:
    use = str(element.get("specific-use") or "")
    role = str(element.get("person-group-type") or (use if use in ROLES else "author"))
    found = [_names_in(one) for one in children(element) if local_name(one) in _NAMES]
    for names in found:
        work.add_names(role, names)
    text = line_of(element).strip(_AROUND)
    if not found and text:
        read = Name.of_inverted if "," in text else name_of_text
        work.add_names(role, names_of([text], _EACH, read, is_straight=True))
    elif found and has_et_al(" ".join(str(one.tail or "") for one in element)):
        work.add_names(role, NamesOfTexts(et_al=True))


def _read_title(work: Work, element: XmlElement) -> None:
    name = local_name(element)
    text = _title_of(element).strip(" ,")
    if work.titles.setdefault(name, text) != text:
        work.keep(name, text)


def _read_source(work: Work, element: XmlElement) -> None:
    text = _title_of(element).strip(" ,")
    if element.get("content-type") == "abbreviated":
        work.add("source[content-type=abbreviated]", text)
    elif not work.source:
        work.source = text
    elif text != work.source:
        work.keep("source", text)


def _read_part_of_date(work: Work, element: XmlElement) -> None:
    name = local_name(element)
    key = "month" if name == "season" else name
    iso = element.get("iso-8601-date")
    if name == "year" and iso:
        work.parts.setdefault("iso", str(iso).strip())
    text = line_of(element).strip("() .,;:")
    if text:
        work.parts.setdefault(key, text)


def _read_date(work: Work, element: XmlElement) -> None:
    kind = str(element.get("date-type") or element.get("content-type") or "")
    parts = _date_parts(element)
    if kind in ("", "pub", "published") and not work.parts:
        work.parts.update(parts)
    else:
        work.keep(f"date[date-type={kind}]", _text_of_date(parts))


def _date_parts(element: XmlElement) -> dict[str, str]:
    parts = {
        name: text for name in ("year", "month", "day") if (text := line_of(child(element, name)))
    }
    season = line_of(child(element, "season"))
    if season and "month" not in parts:
        parts["month"] = season
    if iso := element.get("iso-8601-date"):
        parts["iso"] = str(iso).strip()
    if not parts and (text := line_of(child(element, "string-date")) or line_of(element)):
        parts["year"] = text
    return parts


def _text_of_date(parts: dict[str, str]) -> str:
    return parts.get("iso") or "-".join(
        parts[name] for name in ("year", "month", "day") if name in parts
    )


def _read_day(work: Work, element: XmlElement) -> None:
    kind = str(element.get("content-type") or "").casefold()
    text = str(element.get("iso-8601-date") or "") or _day_text(element)
    if local_name(element) == "access-date" or kind in _ACCESSED:
        work.add("date-in-citation[content-type=access-date]", text)
    elif kind in _KNOWN_DAYS:
        work.add(f"date-in-citation[content-type={kind}]", text)
    else:
        work.keep(f"date-in-citation[content-type={kind}]", text)


_BEFORE_DAY: Final = re.compile(
    r"\A(?:last )?(?:accessed|cited|retrieved|consulted|acceso|acesso em|consulté le|visited)"
    r"(?: on)?[: ]{0,3}",
    re.IGNORECASE,
)


def _day_text(element: XmlElement) -> str:
    parts = _date_parts(element)
    if "day" in parts and "month" in parts and "year" in parts:
        return " ".join((parts["day"], parts["month"], parts["year"]))
    return _BEFORE_DAY.sub("", line_of(element).strip("() .,;:[]"))


def _read_page(work: Work, element: XmlElement) -> None:
    text = line_of(element).strip(_AROUND).rstrip(".")
    if text:
        work.pages.setdefault(local_name(element), text)


def _read_number(work: Work, element: XmlElement) -> None:
    own = f"{local_name(element)}-type"
    given = str(element.get("pub-id-type") or element.get(own) or "")
    target = str(element.get(_XLINK) or "").strip()
    add_number(work, given.casefold(), line_of(element) or target, given)
    if target.startswith(("http://", "https://")) and read_doi(target) is None:
        work.add("ext-link", target)


def add_number(work: Work, kind: str, text: str, given: str) -> None:
    """Add an identifier of the work, or keep it if CSL has no variable for its kind.

    Args:
        work: The work.
        kind: Its kind, in small letters.
        text: The identifier.
        given: Its kind as the source writes it.
    """
    text = text.strip()
    known = _NUMBERS.get(kind)
    if kind == "arxiv" or (kind in ("", "other") and arxiv_number(text)):
        work.add("arxiv", arxiv_number(text) or f"arXiv:{text}")
    elif known == "pmcid":
        found = _PMC.fullmatch(text)
        work.add("pub-id[pub-id-type=pmcid]", f"PMC{found[1]}" if found else text)
    elif known is not None:
        work.add(f"pub-id[pub-id-type={known}]", text)
    elif not kind and read_doi(text):
        work.add("pub-id[pub-id-type=doi]", text)
    else:
        work.keep(f"pub-id[pub-id-type={given}]" if given else "pub-id", text)


def _read_link(work: Work, element: XmlElement) -> None:
    target = str(element.get(_XLINK) or "").strip() or line_of(element)
    kind = str(element.get("ext-link-type") or "").casefold()
    if kind in ("pmid", "pmcid", "doi", "pubmed"):
        add_number(work, kind, line_of(element) or target, kind)
    elif (doi := read_doi(target)) is not None:
        work.add("pub-id[pub-id-type=doi]", doi)
    elif target:
        work.add("ext-link", target)


def _read_comment(work: Work, element: XmlElement) -> None:
    for one in element.iter():
        name = local_name(one)
        if name in ("ext-link", "uri"):
            _read_link(work, one)
        elif name == "pub-id":
            _read_number(work, one)
    kind = str(element.get("content-type") or "")
    text = line_of(element)
    if any(local_name(one) in ("ext-link", "uri", "pub-id") for one in element):
        # The words before an address, such as "Available from:".
        text = " ".join([str(element.text or ""), *(str(one.tail or "") for one in element)])
        text = "" if len(text.split()) < 4 else line_of(element)
    key = f"comment[content-type={kind}]" if kind else "comment"
    work.add("comment[content-type=annote]" if local_name(element) == "annotation" else key, text)


def _read_size(work: Work, element: XmlElement) -> None:
    units = str(element.get("units") or "page").casefold().rstrip("s")
    if units == "page":
        work.add("size[units=page]", line_of(element) or str(element.get("count") or ""))
    else:
        work.keep(f"size[units={units}]", line_of(element))


def _read_series(work: Work, element: XmlElement) -> None:
    work.add("series", _title_of(element).strip(" ,"))


_READERS: Final[dict[str, Callable[[Work, XmlElement], None]]] = {
    "person-group": _read_group,
    **dict.fromkeys(_TITLES, _read_title),
    "source": _read_source,
    **dict.fromkeys(("year", "month", "day", "season"), _read_part_of_date),
    "date": _read_date,
    "date-in-citation": _read_day,
    "access-date": _read_day,
    **dict.fromkeys(("fpage", "lpage", "page-range"), _read_page),
    "pub-id": _read_number,
    "object-id": _read_number,
    "article-id": _read_number,
    "ext-link": _read_link,
    "uri": _read_link,
    "comment": _read_comment,
    "annotation": _read_comment,
    "size": _read_size,
    "page-count": _read_size,
    "series": _read_series,
}

# The article itself


def read_front(work: Work, front: XmlElement) -> None:
    """Read the data of the article: `journal-meta` and `article-meta`.

    Args:
        work: The work.
        front: The element `front`, or `article-meta` alone.
    """
    journal = child(front, "journal-meta")
    if journal is not None:
        _read_journal(work, journal)
    meta = front if local_name(front) == "article-meta" else child(front, "article-meta")
    if meta is not None:
        read_meta(work, meta)


def read_meta(work: Work, meta: XmlElement) -> None:
    """Read the data of an article, a book or a part of a book.

    Args:
        work: The work.
        meta: The element `article-meta`, `book-meta` or `book-part-meta`.
    """
    dates: dict[str, dict[str, str]] = {}
    for one in children(meta):
        name = local_name(one)
        if name in _IDENTIFIERS:
            _read_number(work, one)
        elif name in ("title-group", "book-title-group"):
            _read_titles(work, one)
        elif name == "contrib-group":
            _read_contributors(work, one)
        elif name == "pub-date":
            dates.setdefault(_medium(one), _date_parts(one))
        elif name == "pub-date-not-available":
            continue
        elif name == "history":
            _read_history(work, one)
        elif name in ("self-uri", "ext-link", "uri"):
            _read_address(work, one)
        elif name == "permissions":
            _read_permissions(work, one)
        elif name == "abstract":
            _read_abstract(work, one)
        elif name == "kwd-group":
            _read_keywords(work, one)
        elif name in ("conference", "publisher"):
            work.read_citation(one)
        elif name == "book-volume-number":
            work.add("volume", line_of(one))
        elif name in ("fpage", "lpage", "page-range"):
            _read_page(work, one)
        elif name in _SIMPLE:
            work.add(name, line_of(one))
        elif name == "article-categories":
            for subject in one.iter():
                if local_name(subject) == "subject":
                    work.keep("subject", line_of(subject))
        elif name == "related-article":
            kind = str(one.get("related-article-type") or "")
            work.keep(f"related-article[{kind}]", str(one.get(_XLINK) or "") or line_of(one))
        elif name == "funding-group":
            for source in one.iter():
                if local_name(source) == "funding-source":
                    work.keep("funding-source", line_of(source))
        elif name not in _NOT_KEPT:
            work.keep(name, line_of(one))
    _choose_date(work, dates)


_IDENTIFIERS: Final = ("article-id", "book-id", "book-part-id")
_OWN_TITLES: Final = ("article-title", "book-title", "title")
_NOT_KEPT: Final = frozenset(
    ("aff", "aff-alternatives", "author-notes", "counts", "custom-meta-group", "label", "x",
     "supplementary-material", "product")
)  # fmt: skip
"""Elements of the article that do not describe it as a cited work."""


def _read_journal(work: Work, journal: XmlElement) -> None:
    titles = [*_all(journal, "journal-title")]
    if titles:
        work.source = _title_of(titles[0])
    short = [*_all(journal, "abbrev-journal-title")]
    for one in _all(journal, "journal-id"):
        kind = str(one.get("journal-id-type") or "")
        if kind in ("iso-abbrev", "nlm-ta") and not short:
            work.add("source[content-type=abbreviated]", line_of(one))
        else:
            work.keep(f"journal-id[journal-id-type={kind}]", line_of(one))
    for one in short[:1]:
        work.add("source[content-type=abbreviated]", line_of(one))
    for tag in ("issn", "isbn", "publisher-name", "publisher-loc"):
        for one in _all(journal, tag):
            work.add(tag, line_of(one))


def _all(element: XmlElement, name: str) -> Iterator[XmlElement]:
    return (one for one in element.iter() if local_name(one) == name)


def _read_titles(work: Work, group: XmlElement) -> None:
    title = next((one for name in _OWN_TITLES for one in children(group, name)), None)
    subtitles = [_title_of(one) for one in children(group, "subtitle")]
    text = titled(_title_of(title) if title is not None else None, ". ".join(subtitles) or None)
    work.titles["article-title"] = text or ""
    for one in children(group, "trans-title-group"):
        work.keep("trans-title", line_of(child(one, "trans-title")))
    for name in ("label", "trans-title", "alt-title"):
        for one in children(group, name):
            work.keep(name, line_of(one))


def _read_contributors(work: Work, group: XmlElement) -> None:
    for one in children(group):
        if local_name(one) != "contrib":
            continue
        role = str(one.get("contrib-type") or group.get("content-type") or "author")
        names = [_names_in(inner) for inner in children(one) if local_name(inner) in _NAMES]
        for found in names[:1]:
            work.add_names(role if role.casefold() in ROLES or role else "author", found)
        beside = {
            f"contrib-id[contrib-id-type={inner.get('contrib-id-type') or ''}]": line_of(inner)
            for inner in children(one, "contrib-id")
        }
        affiliations = [line_of(inner) for inner in children(one, "aff")]
        if names and names[0].names and (beside or affiliations):
            person = str(names[0].names[0])
            data = {**beside, **({"aff": "; ".join(affiliations)} if affiliations else {})}
            work.extra.setdefault("contrib", {})[person] = data


def _medium(date: XmlElement) -> str:
    """Return the medium of a publication date: `ppub`, `epub`, `collection` or another."""
    kind = str(date.get("pub-type") or "")
    if kind:
        return kind
    medium = str(date.get("publication-format") or "")
    type_ = str(date.get("date-type") or "pub")
    if type_ == "collection":
        return type_
    if type_ in ("pub", "publication", ""):
        return {"print": "ppub", "electronic": "epub"}.get(medium, "pub")
    return type_


def _choose_date(work: Work, dates: dict[str, dict[str, str]]) -> None:
    """Add the date of the issue; that of the electronic publication is `available-date`."""
    epub = dates.pop("epub", None)
    ranked = ("ppub", "epub-ppub", "pub", "collection")
    issued = next((dates.pop(name) for name in ranked if name in dates), None)
    if issued is None or (
        epub is not None
        and issued.get("year") == epub.get("year")
        and "month" not in issued
        and "month" in epub
    ):
        issued, epub = epub, None
    if issued:
        work.parts.update(issued)
    if epub:
        work.add("date-in-citation[content-type=available-date]", _text_of_date(_padded(epub)))
    for name, parts in dates.items():
        work.keep(f"pub-date[date-type={name}]", _text_of_date(_padded(parts)))


def _padded(parts: dict[str, str]) -> dict[str, str]:
    return {name: text.zfill(2) if text.isdecimal() else text for name, text in parts.items()}


def _read_history(work: Work, history: XmlElement) -> None:
    for one in _all(history, "date"):
        kind = str(one.get("date-type") or "")
        text = _text_of_date(_padded(_date_parts(one)))
        if kind == "received":
            work.add("date-in-citation[content-type=submitted]", text)
        else:
            work.keep(f"history[date-type={kind}]", text)


def _read_address(work: Work, element: XmlElement) -> None:
    if str(element.get("content-type") or "").casefold() not in ("pdf", "application/pdf", "xml"):
        target = str(element.get(_XLINK) or "")
        if target.startswith(("http://", "https://")) or local_name(element) != "self-uri":
            _read_link(work, element)


def _read_permissions(work: Work, permissions: XmlElement) -> None:
    for one in children(permissions, "license"):
        reference = next(iter(_all(one, "license_ref")), None)
        target = str(one.get(_XLINK) or "") or line_of(reference)
        work.add("comment[content-type=license]", target or line_of(one))
    for name in ("copyright-statement", "copyright-holder", "copyright-year"):
        for one in children(permissions, name):
            work.keep(name, line_of(one))


def _read_abstract(work: Work, abstract: XmlElement) -> None:
    kind = str(abstract.get("abstract-type") or "")
    text = _prose_of(abstract)
    if kind:
        work.keep(f"abstract[abstract-type={kind}]", text)
    else:
        work.add("comment[content-type=abstract]", text)


def _read_keywords(work: Work, group: XmlElement) -> None:
    kind = str(group.get("kwd-group-type") or "")
    is_own = "abbr" not in kind.casefold()
    for one in _all(group, "kwd"):
        if is_own:
            work.add("comment[content-type=keyword]", line_of(one))
        else:
            work.keep(f"kwd[kwd-group-type={kind}]", line_of(one))

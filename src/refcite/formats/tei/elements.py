"""The elements of a reference as fields, whose keys are those of the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from attrs import Factory, define

from refcite.formats.draft import Field, add_to
from refcite.formats.jatstext import titled
from refcite.formats.namelists import NamesOfTexts
from refcite.formats.numbers import read_doi
from refcite.formats.preprints import arxiv_number
from refcite.formats.tei.people import held_name, names_in, others_of, variable_of
from refcite.formats.tei.table import HOST, DateParts
from refcite.formats.xmlmarkup import marked_text
from refcite.formats.xmlread import XmlElement, children, local_name
from refcite.names import Name
from refcite.richtext import Kind

__all__ = ["Work", "line_of", "prose_of", "title_of"]

_KINDS: Final[dict[str, Kind]] = {
    "italic": "i", "italics": "i", "i": "i", "it": "i", "bold": "b", "b": "b", "sup": "sup",
    "super": "sup", "superscript": "sup", "sub": "sub", "subscript": "sub", "sc": "sc",
    "smallcaps": "sc", "small-caps": "sc",
}  # fmt: skip
_SUBTITLES: Final = frozenset(("sub", "subordinate", "subtitle"))
_SHORT: Final = frozenset(("short", "abbr", "abbrev", "abbreviated"))
_MAIN: Final = frozenset(("", "main"))
_UNITS: Final = {
    "vol": "volume", "volume": "volume", "volumes": "volume", "bd": "volume", "tome": "volume",
    "issue": "issue", "no": "issue", "nb": "issue", "number": "issue", "num": "issue",
    "fasc": "issue", "heft": "issue",
    "pp": "page", "p": "page", "page": "page", "pages": "page", "pg": "page",
    "chap": "chapter", "chapter": "chapter", "part": "part", "section": "section", "sec": "section",
    "supplement": "supplement", "suppl": "supplement",
}  # fmt: skip
_NUMBERS: Final = {
    "doi": "DOI", "isbn": "ISBN", "isbn10": "ISBN", "isbn13": "ISBN", "isbn-10": "ISBN",
    "isbn-13": "ISBN", "issn": "ISSN", "eissn": "ISSN", "e-issn": "ISSN", "issne": "ISSN",
    "pissn": "ISSN", "pmid": "PMID", "pubmed": "PMID", "pmcid": "PMCID", "pmc": "PMCID",
    "url": "URL", "uri": "URL", "citekey": "citekey", "number": "number",
    "reportnumber": "number", "report": "number", "patentnumber": "number", "docnumber": "number",
    "localref": "number",
}  # fmt: skip
_DATES: Final = {
    "": "", "published": "", "publication": "", "datepub": "", "issued": "", "when": "",
    "accessed": "accessed", "access": "accessed", "urldate": "accessed", "retrieved": "accessed",
    "original": "original", "first": "original", "available": "available",
    "epublished": "available", "online": "available", "submitted": "submitted",
    "received": "submitted",
}  # fmt: skip
_PLACES: Final = frozenset(
    ("placeName", "address", "settlement", "country", "region", "addrLine", "pubPlace", "location")
)
_ARTICLE_NUMBER: Final = "article"
_BEFORE: Final = re.compile(
    r"\A(?:(?:vol(?:ume)?s?|no|nr|issue|num(?:ber)?|n°|Bd|t)\b\.?|n°|№)\s*(?=\S*\d)", re.IGNORECASE
)
_AROUND: Final = " ,;:"


def line_of(element: XmlElement) -> str:
    """Return the text in an element as one line."""
    if not len(element):
        return " ".join(str(element.text or "").split())
    return " ".join("".join(map(str, element.itertext())).split())


def _kind_of(element: XmlElement) -> Kind | None:
    name = local_name(element)
    if name in ("emph", "mentioned"):
        return "i"
    if name != "hi":
        return None
    words = str(element.get("rend") or element.get("rendition") or "").casefold()
    return next((_KINDS[word] for word in re.split(r"[\s#:;]+", words) if word in _KINDS), None)


def title_of(element: XmlElement) -> str:
    """Return a title with the markup of CSL.

    Example:
        >>> from lxml import etree
        >>> title_of(etree.fromstring("<title>On <hi rend='italic'>E. coli</hi></title>"))
        'On <i>E. coli</i>'
    """
    return marked_text(element, _kind_of)


def prose_of(element: XmlElement) -> str:
    r"""Return a text of paragraphs, one a line.

    Example:
        >>> from lxml import etree
        >>> prose_of(etree.fromstring("<abstract><div><p>One.</p><p>Two.</p></div></abstract>"))
        'One.\nTwo.'
    """
    parts = [line_of(one) for one in element.iter() if local_name(one) in ("p", "head", "ab")]
    if any(parts):
        return "\n".join(filter(None, parts))
    lines = "".join(map(str, element.itertext())).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


@define
class Work:
    """The data of a reference before it is read by the table.

    Attributes:
        line: The line where it starts.
        fields: Its fields.
        extra: Values that are kept, by their path.
        levels: The values of the attribute `level` of titles.
        titles: The titles of each level: main title, subtitle.
        people: Other data of a person, by the role and the name.
        has_container: Whether the work is in another: `analytic` is used.
    """

    line: int
    fields: list[Field] = Factory(list)
    extra: dict[str, Any] = Factory(dict)
    levels: set[str] = Factory(set)
    titles: dict[str, list[str]] = Factory(dict)
    people: dict[str, dict[str, dict[str, list[str]]]] = Factory(dict)
    has_container: bool = False

    def add(self, key: str, value: Any) -> None:
        """Add a field."""
        if value:
            self.fields.append((key, value, self.line))

    def keep(self, key: str, value: str) -> None:
        """Keep a text; several of one key are a list."""
        if value:
            add_to(self.extra, key, value)

    def read_level(self, element: XmlElement, level: str) -> None:
        """Read the children of an element.

        Args:
            element: `analytic`, `monogr`, `series`, `imprint` or another.
            level: An empty text for the work, `monogr` for its container, or `series`.
        """
        for one in children(element):
            self.read_one(one, level)

    def read_one(self, element: XmlElement, level: str) -> None:
        """Read an element by its name; one without a variable is kept.

        Args:
            element: The element.
            level: As above.
        """
        read = _READERS.get(local_name(element))
        if read is not None:
            read(self, element, level)
        else:
            self.keep_element(element, level)

    def keep_element(self, element: XmlElement, level: str) -> None:
        """Keep an element without a variable: its text, or the address to which it points."""
        text = line_of_parts(element) if len(element) else line_of(element)
        text = text or str(element.get("target") or "")
        name = local_name(element)
        kind = element.get("type") or element.get("unit")
        self.keep(_path(level, f"{name}[type={kind}]" if kind else name), text)

    def finish(self) -> None:
        """Add the titles, each with its subtitle."""
        for level, parts in self.titles.items():
            title = titled(parts[0] or None, parts[1] or None)
            # A title of another kind is used if there is no main title.
            self.add(_path(level, "title"), title or parts[2])
            if title and parts[2]:
                self.keep(_path(level, f"title[type={parts[3]}]"), parts[2])

    def add_names(self, found: NamesOfTexts, variable: str, level: str) -> None:
        """Add names with the role of a variable."""
        if variable == "author":
            key = "series/author" if level == "series" else _path(level, "author")
        elif variable == "editor":
            key = "series/editor" if level == "series" else f"{HOST}/editor"
        elif variable == "collection-editor":
            key = "series/editor"
        elif variable == "container-author":
            key = f"{HOST}/author"
        else:
            key = f"editor[role={variable}]"
        if key == "series/author":
            self.keep(key, "; ".join(map(str, found.names)))
        else:
            self.add(key, found)

    def simple(self, key: str, element: XmlElement) -> None:
        """Add the text of an element."""
        self.add(key, line_of(element).strip(_AROUND))


# Elements


def _read_title(work: Work, element: XmlElement, level: str) -> None:
    text = title_of(element).strip(" ,")
    given = str(element.get("level") or "")
    if given:
        work.levels.add(given)
    if given == "s" and level != "series":
        level = "series"
    kind = str(element.get("type") or "").casefold()
    if not text:
        return
    if kind in _SHORT:
        short = "abbreviated" if level == HOST else "short"
        work.add(_path(level, f"title[type={short}]"), text)
        return
    parts = work.titles.setdefault(level, ["", "", "", ""])
    if kind in _SUBTITLES:
        parts[1] = f"{parts[1]}. {text}" if parts[1] else text
    elif kind not in _MAIN:
        if parts[2]:
            work.keep(_path(level, f"title[type={kind}]"), text)
        else:
            parts[2:] = [text, kind]
    elif not parts[0]:
        parts[0] = text
    else:
        work.keep(_path(level, "title"), text)


def _read_person(work: Work, element: XmlElement, level: str) -> None:
    name = local_name(element)
    role = str(element.get("role") or "")
    variable = variable_of(role, name)
    if name == "author" and variable is None:
        variable = name  # `corresp` of GROBID is no other role
    found = names_in(element)
    if variable is None or not (found.names or found.et_al):
        if found.names:
            work.keep(_path(level, f"{name}[role={role}]"), "; ".join(map(str, found.names)))
        return
    work.add_names(found, variable, level)
    for key, text in others_of(element):
        if found.names:
            beside = work.people.setdefault(name, {}).setdefault(str(found.names[0]), {})
            beside.setdefault(key, []).append(text)


def _read_statement(work: Work, element: XmlElement, level: str) -> None:
    """Read `respStmt`: responsibilities with names."""
    role = " ".join(line_of(one) for one in children(element, "resp"))
    variable = variable_of(role, "")
    holders = [one for one in children(element) if local_name(one) != "resp"]
    names = [name for one in holders if (name := held_name(one)) is not None]
    if not role and any(local_name(one) == "orgName" for one in holders):
        # GROBID writes the institution of a thesis or report in this way.
        work.add("imprint/publisher", "; ".join(map(line_of, holders)))
    elif not variable:
        work.keep(_path(level, "respStmt"), line_of_parts(element))
    elif names:
        work.add_names(NamesOfTexts(tuple(names)), variable, level)


def _read_organisation(work: Work, element: XmlElement, level: str) -> None:
    """Read an `orgName` that is not in an author: of a collaboration, or an institution."""
    text = line_of(element)
    if text and element.get("type") == "collaboration":
        work.add_names(NamesOfTexts((Name(literal=text),)), "author", level)
    elif text:
        work.add("imprint/publisher", text)


def _read_meeting(work: Work, element: XmlElement, level: str) -> None:
    names: list[str] = [str(element.text or "")]
    for one in children(element):
        name = local_name(one)
        if name in _PLACES:
            place = ", ".join(filter(None, (" ".join(str(t).split()) for t in one.itertext())))
            work.add("meeting/placeName", place)
        elif name == "date":
            work.add("meeting/date", _date_parts(one))
        else:
            names.append(line_of(one))
        names.append(str(one.tail or ""))
    work.add("meeting/name", " ".join(" ".join(names).split()).strip(f"{_AROUND}()."))


def _read_date(work: Work, element: XmlElement, level: str) -> None:
    kind = str(element.get("type") or "").casefold()
    parts = _date_parts(element)
    known = _DATES.get(kind)
    if parts is None:
        return
    if known is None:
        text = parts.when or parts.text or "/".join((parts.start, parts.end))
        work.keep(f"imprint/date[type={kind}]", text)
    else:
        work.add(f"imprint/date[type={known}]" if known else "imprint/date", parts)


def _read_scope(work: Work, element: XmlElement, level: str) -> None:
    given = str(element.get("unit") or element.get("type") or "").casefold().rstrip(".")
    unit = _UNITS.get(given)
    start, end = str(element.get("from") or ""), str(element.get("to") or "")
    text = line_of(element).strip(_AROUND)
    if start:
        text = f"{start}-{end}" if end and end != start else start
    if given == _ARTICLE_NUMBER:
        work.add("idno[type=number]", text)
    elif unit is None:
        key = "biblScope" + (f"[unit={given}]" if given else "")
        work.keep(f"{'series' if level == 'series' else 'imprint'}/{key}", text)
    elif level == "series" and unit in ("volume", "issue", "part"):
        work.add("series/biblScope[unit=volume]", _BEFORE.sub("", text))
    else:
        text = text if unit == "page" else _BEFORE.sub("", text)
        work.add(f"imprint/biblScope[unit={unit}]", text)


def _read_number(work: Work, element: XmlElement, level: str) -> None:
    text = line_of(element)
    given = str(element.get("type") or "")
    kind = _NUMBERS.get(given.casefold())
    if not text:
        return
    if not given:
        kind = "DOI" if read_doi(text) else "URL" if text.startswith("http") else None
    if given.casefold() == "callnumber":
        work.add("note[type=call-number]", text)
    elif given.casefold() == "arxiv" or (not given and arxiv_number(text)):
        work.add("idno[type=arXiv]", arxiv_number(text) or f"arXiv:{text}")
    elif kind is None:
        work.keep(_path(level, f"idno[type={given}]" if given else "idno"), text)
    elif kind == "DOI" and level == HOST and "j" not in work.levels:
        work.keep(f"{HOST}/idno[type=DOI]", text)  # that of the book, not of the chapter
    else:
        work.add(f"idno[type={kind}]", text)


def _read_pointer(work: Work, element: XmlElement, level: str) -> None:
    target = str(element.get("target") or "").strip()
    text = line_of(element)
    if not target and text.startswith(("http://", "https://")):
        target = text
    if not target.startswith(("http://", "https://", "ftp://")):
        for kept in dict.fromkeys((text, target)):
            work.keep(_path(level, local_name(element)), kept)
    elif (doi := read_doi(target)) is not None:
        work.add("idno[type=DOI]", doi)
    else:
        work.add("ptr", target)


def _read_note(work: Work, element: XmlElement, level: str) -> None:
    kind = str(element.get("type") or "")
    inner = list(children(element, "note"))
    if kind in ("tags", "keywords") and inner:
        for one in inner:
            work.add("note[type=keyword]", line_of(one))
    elif kind in ("tag", "keyword", "keywords"):
        work.add("note[type=keyword]", line_of(element))
    elif not kind:
        work.add("note", prose_of(element))
    elif kind in ("abstract", "annote"):
        work.add(f"note[type={kind}]", prose_of(element))
    else:
        work.add(f"note[type={kind}]", line_of(element))


def _read_availability(work: Work, element: XmlElement, level: str) -> None:
    licences = [one for one in element.iter() if local_name(one) in ("licence", "license")]
    for one in licences:
        work.add("availability/licence", str(one.get("target") or "") or line_of(one))
    if not licences:
        work.keep(_path(level, "availability"), line_of(element))


def _read_language(work: Work, element: XmlElement, level: str) -> None:
    work.add("textLang", str(element.get("mainLang") or "") or line_of(element))


def _read_related(work: Work, element: XmlElement, level: str) -> None:
    """Read the work that contains another; other related works are kept."""
    works = [one for one in children(element) if local_name(one) in ("bibl", "biblStruct")]
    if str(element.get("type") or "").casefold() in ("host", "in", "partof") and works:
        work.read_level(works[0], HOST)
    else:
        work.keep_element(element, "")


def _read_nested(work: Work, element: XmlElement, level: str) -> None:
    """Read a `bibl` in another: the work that contains it."""
    work.read_level(element, HOST)


def _read_same_level(work: Work, element: XmlElement, level: str) -> None:
    work.read_level(element, level)


def _read_series(work: Work, element: XmlElement, level: str) -> None:
    if len(element):
        work.read_level(element, "series")
    else:
        work.titles.setdefault("series", [line_of(element), "", "", ""])


def line_of_parts(element: XmlElement) -> str:
    """Return the texts in an element with spaces between them."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def _path(level: str, name: str) -> str:
    return f"{level}/{name}" if level else name


def _date_parts(element: XmlElement) -> DateParts | None:
    def of(*names: str) -> str:
        return next((text for name in names if (text := str(element.get(name) or ""))), "")

    parts = DateParts(
        of("when", "when-iso", "value"),
        of("from", "from-iso", "notBefore"),
        of("to", "to-iso", "notAfter"),
        line_of(element),
    )
    return parts if any((parts.when, parts.start, parts.end, parts.text)) else None


def _simple(key: str) -> Callable[[Work, XmlElement, str], None]:
    return lambda work, element, level: work.simple(key, element)


_READERS: Final[dict[str, Callable[[Work, XmlElement, str], None]]] = {
    "title": _read_title,
    "author": _read_person,
    "editor": _read_person,
    "respStmt": _read_statement,
    "orgName": _read_organisation,
    "meeting": _read_meeting,
    "imprint": _read_same_level,
    "analytic": _read_same_level,
    "monogr": _read_same_level,
    "publisher": _simple("imprint/publisher"),
    "pubPlace": _simple("imprint/pubPlace"),
    "edition": _simple("edition"),
    "extent": _simple("extent"),
    "date": _read_date,
    "biblScope": _read_scope,
    "idno": _read_number,
    "ptr": _read_pointer,
    "ref": _read_pointer,
    "note": _read_note,
    "availability": _read_availability,
    "textLang": _read_language,
    "relatedItem": _read_related,
    "bibl": _read_nested,
    "series": _read_series,
}

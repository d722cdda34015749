"""The elements of a reference in TEI next to CSL's variables.

A row's key is the path of an element in `biblStruct`, with the attribute that defines its meaning:
`imprint/biblScope[unit=volume]`. A path without a level (`title`, `author`, `idno[type=DOI]`) is
that of the work itself: in `analytic`, or in `monogr` if there is no `analytic`.

Sources: TEI P5 Guidelines 3.12 (Bibliographic Citations and References); GROBID's documentation
(TEI encoding of results); the elements that Zotero exports.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve, frozen

from refcite.dates import Bound, Date, Point
from refcite.formats import codecs
from refcite.formats.codecs import with_edition_number
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow
from refcite.formats.draft import Draft
from refcite.formats.iso639 import tag_of_code
from refcite.formats.namelists import NamesOfTexts
from refcite.formats.numbers import bare_isbns, bare_issns, bare_pages, split_range
from refcite.formats.xmlmarkup import marked_element
from refcite.formats.xmlwrite import Element
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.richtext import Kind, plain
from refcite.vocabulary import ITEM_TYPES, NAME_VARIABLES

__all__ = [
    "ANALYTIC", "ET_AL", "HOST", "NAMES", "RENDS", "ROLES", "SPEC", "TITLE", "DateParts", "mapping",
]  # fmt: skip

HOST: Final = "monogr"
"""The level of the work that contains another."""

ANALYTIC: Final = (
    "article", "article-journal", "article-magazine", "article-newspaper", "chapter", "entry",
    "entry-dictionary", "entry-encyclopedia", "figure", "paper-conference", "post", "post-weblog",
    "review", "review-book", "webpage",
)  # fmt: skip
"""Types whose title is written in `analytic`, also if they have no container."""

ET_AL: Final = "et al."

RENDS: Final[dict[Kind, str]] = {
    "i": "italic",
    "b": "bold",
    "sup": "superscript",
    "sub": "subscript",
    "sc": "smallcaps",
}
"""The values of `rend` for the markup of a record."""

# Values


@frozen
class DateParts:
    """The attributes and the text of a `date`.

    Attributes:
        when: The attribute `when`.
        start: The attribute `from`, or `notBefore`.
        end: The attribute `to`, or `notAfter`.
        text: The text.
    """

    when: str = ""
    start: str = ""
    end: str = ""
    text: str = ""

    def __str__(self) -> str:
        """Return its text, or else its attributes."""
        return self.text or self.when or f"{self.start}/{self.end}"


_SURELY: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_TIME: Final = re.compile(r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})T.*")
_AROUND: Final = " .,;:()"


def _read_date(parts: DateParts, draft: Draft) -> Date | None:
    text = parts.text.strip(_AROUND)
    if parts.when:
        date = _whole(parts.when, draft)
        other = Date.parse(text) if text and text != parts.when else None
        return other if other is not None and _is_better(other, date) else date
    if parts.start or parts.end:
        sides = [_whole(side, draft) if side else Bound.OPEN for side in (parts.start, parts.end)]
        if not any(isinstance(side, Date) and _is_no_day(side) for side in sides):
            return Date.between(*sides)
    return _whole(text, draft) if text else None


def _whole(text: str, draft: Draft) -> Date:
    date: Date = codecs.DATE.read(_TIME.sub("", text), draft)
    return date


def _is_no_day(date: Date) -> bool:
    return date.literal is not None or date.is_range or date.season_name is not None


def _is_better(other: Date, date: Date) -> bool:
    """Return whether the text of a date contains more than its attribute `when`."""
    if other.literal is not None or other.year != date.year or date.month is not None:
        return False
    start = other.start
    is_unsure = isinstance(start, Point) and (start.approximate or start.uncertain)
    return is_unsure or other.month is not None or other.season is not None


def _write_date(date: Date) -> Element:
    attributes: dict[str, str] = {}
    literal = date.literal
    text = literal if literal and Date.parse(literal) == date else str(date)
    sides = text.split("/")
    if literal is None and all(map(_SURELY.fullmatch, sides)) and date.season is None:
        names = ("when",) if len(sides) == 1 else ("from", "to")
        attributes = dict(zip(names, sides, strict=False))
    return Element(attributes=attributes, text=text)


_DATE: Final = Codec(_read_date, _write_date, note="when, from and to; otherwise the text, EDTF")


def _read_names(found: NamesOfTexts, draft: Draft) -> tuple[Name, ...]:
    names = draft.names(found)
    if not names and found.et_al:
        draft.read_et_al(ET_AL)
    return names


def _write_name(names: tuple[Name, ...]) -> Element | None:
    name = names[0]
    if name.literal is not None:
        return Element(children=[Element("orgName", text=name.literal)])
    parts = name.parts()
    texts = {"forename": parts.given, "surname": parts.family, "genName": parts.suffix}
    inner = [Element(tag, text=text) for tag, text in texts.items() if text]
    return Element(children=[Element("persName", children=inner)]) if inner else None


NAMES: Final = evolve(
    codecs.NAMES,
    read=_read_names,
    write=_write_name,
    others=ET_AL,
    note="persName with forename, surname, genName; orgName",
)


def _rendered(kind: Kind) -> Element | None:
    return Element("hi", {"rend": RENDS[kind]}) if kind in RENDS else None


def _write_title(text: str) -> Element:
    return marked_element(text, "", _rendered, {})


TITLE: Final = Codec(write=_write_title, note="with its subtitle; markup as hi")


def _write_pages(text: str) -> Element:
    start, end = split_range(text)
    attributes: dict[str, str] = {} if end is None else {"from": start, "to": end}
    is_valid = not any(re.search(r"\s", side) for side in attributes.values())
    return Element(attributes=attributes if is_valid else {}, text=plain(text))


_PAGES: Final = Codec(
    lambda text, draft: bare_pages(text), _write_pages, note="from and to, or the text"
)


def _counted(words: str, after: str) -> Codec:
    pattern = re.compile(rf"([0-9ivxlc][\w, +\[\]]{{0,40}}?)\s*\b(?:{words})\b\.?", re.IGNORECASE)

    def read(text: str, draft: Draft) -> str | None:
        found = pattern.fullmatch(text)
        return found[1] if found else None

    return Codec(read, lambda number: f"{plain(number)} {after}", note=f"with {after}")


_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://[\w.~:/?#@!$&'()*+,;=%-]{1,4000}", re.ASCII)


def _write_language(text: str) -> Element:
    if _TAG.fullmatch(text):
        return Element(attributes={"mainLang": text})
    return Element(text=plain(text))


_LANGUAGE: Final = Codec(
    lambda text, draft: tag_of_code(text) or text, _write_language, note="in mainLang"
)


def _write_address(text: str) -> Element:
    if _ADDRESS.fullmatch(text):
        return Element("ptr", {"target": text})
    return Element("idno", {"type": "URL"}, text)


_KIND: Final = Codec(
    # GROBID puts any text into this note that it reads as the kind of a report.
    lambda text, draft: text if draft.values.get("type") in ("report", "thesis") else None,
    note="of a report or thesis",
)
_URL: Final = Codec(write=_write_address, note="in target")
_DOI: Final = Codec(lambda text, draft: normal_doi(text))
_ISBN: Final = Codec(lambda text, draft: bare_isbns(text))
_ISSN: Final = Codec(lambda text, draft: bare_issns(text))
_PLAIN: Final = codecs.PLAIN
_KEYWORDS: Final = codecs.KEYWORDS

# The table

ROLES: Final = {
    "author": "author authors auteur autor verfasser",
    "editor": "editor editors edited ed eds edidit hrsg hg herausgeber herausgegeben éditeur édité"
    " directeur dir cura curatore editado edición",
    "translator": "translator translators trl trans transl translated traducteur traductrice"
    " traduit trad übersetzer übersetzt übers übertragen traductor traducido traduttore tradotto",
    "illustrator": "illustrator illustrated ill illustrations illustrateur illustriert",
    "compiler": "compiler compiled comp com compilateur",
    "collection-editor": "series serieseditor series-editor collection",
    "container-author": "container-author bookauthor",
    "contributor": "contributor ctb contributeur introduction foreword afterword preface préface"
    " advisor",
    "reviewed-author": "reviewed-author reviewedauthor",
    "original-author": "original-author",
    "interviewer": "interviewer ivr",
    "composer": "composer cmp compositeur",
    "director": "director drt réalisateur regie",
    "performer": "performer prf",
    "producer": "producer pro",
    "recipient": "recipient rcp addressee",
    "curator": "curator cur",
    "narrator": "narrator nrt",
    "organizer": "organizer orm",
    "chair": "chair moderator",
    "guest": "guest",
    "host": "host hst",
    "script-writer": "script-writer scriptwriter aus",
    "editorial-director": "editorial-director",
    "executive-producer": "executive-producer",
    "series-creator": "series-creator",
    "editor-translator": "editor-translator",
}
"""The words of `role` and `resp` for each variable; the first of them is written."""

_TEXTS: Final = (
    "annote", "archive", "archive-place", "archive_collection", "archive_location", "authority",
    "call-number", "citation-key", "dimensions", "division", "event", "genre", "jurisdiction",
    "medium", "original-publisher", "original-publisher-place", "original-title", "part-title",
    "printing-number", "references", "reviewed-genre", "reviewed-title", "scale", "source",
    "status", "version", "volume-title",
)  # fmt: skip
"""Variables without an element of TEI, which are notes with CSL's name as their type."""


def _read(own: str, variable: str, kind: Codec = TEXT) -> Row:
    """Return a row that is only read, if there is no better value."""
    return Row(own, variable, kind, writes=False)


_NAMED: Final = ("author", "editor", "container-author", "collection-editor")


SPEC: Final = Spec(
    types=(
        *(TypeRow("preprint" if name == "article" else name, name) for name in ITEM_TYPES),
        TypeRow("journalArticle", "article-journal", writes=False),
        TypeRow("bookSection", "chapter", writes=False),
    ),
    fields=(
        Row("@xml:id", "id"),
        _read("idno[type=citekey]", "id"),
        Row("title", "title", TITLE),
        Row("title[type=short]", "title-short", TITLE),
        Row("author", "author", NAMES),
        *(
            Row(f"editor[role={name}]", name, NAMES)
            for name in NAME_VARIABLES
            if name not in _NAMED
        ),
        Row(f"{HOST}/title", "container-title", TITLE),
        Row(f"{HOST}/title[type=abbreviated]", "container-title-short", TITLE),
        Row(f"{HOST}/author", "container-author", NAMES),
        Row(f"{HOST}/editor", "editor", NAMES),
        Row("meeting/name", "event-title", _PLAIN),
        Row("meeting/placeName", "event-place", _PLAIN),
        Row("meeting/date", "event-date", _DATE),
        Row("edition", "edition", with_edition_number(_PLAIN)),
        Row("imprint/publisher", "publisher", _PLAIN),
        Row("imprint/pubPlace", "publisher-place", _PLAIN),
        Row("imprint/biblScope[unit=volume]", "volume", _PLAIN),
        Row("imprint/biblScope[unit=issue]", "issue", _PLAIN),
        Row("imprint/biblScope[unit=supplement]", "supplement-number", _PLAIN),
        Row("imprint/biblScope[unit=chapter]", "chapter-number", _PLAIN),
        Row("imprint/biblScope[unit=part]", "part-number", _PLAIN),
        Row("imprint/biblScope[unit=section]", "section", _PLAIN),
        Row("imprint/biblScope[unit=page]", "page", _PAGES),
        Row("imprint/date", "issued", _DATE),
        Row("imprint/date[type=original]", "original-date", _DATE),
        Row("imprint/date[type=available]", "available-date", _DATE),
        Row("imprint/date[type=submitted]", "submitted", _DATE),
        Row("imprint/date[type=accessed]", "accessed", _DATE),
        _read("note[type=accessed]", "accessed", codecs.DATE),
        Row("extent", "number-of-volumes", _counted("v|vols?|volumes?|Bde?|Bände", "vols.")),
        Row("extent", "number-of-pages", _counted("p|pp|pages?|S|Seiten|leaves", "p.")),
        Row("series/title", "collection-title", TITLE),
        Row("series/editor", "collection-editor", NAMES),
        Row("series/biblScope[unit=volume]", "collection-number", _PLAIN),
        Row("textLang", "language", _LANGUAGE),
        Row("idno[type=DOI]", "DOI", _DOI),
        Row("idno[type=ISBN]", "ISBN", _ISBN, label=f"{HOST}/idno[type=ISBN]"),
        Row("idno[type=ISSN]", "ISSN", _ISSN, label=f"{HOST}/idno[type=ISSN]"),
        Row("idno[type=PMID]", "PMID"),
        Row("idno[type=PMCID]", "PMCID"),
        Row("idno[type=number]", "number", _PLAIN),
        Row("ptr", "URL", _URL),
        _read("idno[type=URL]", "URL"),
        _read("note[type=url]", "URL"),
        Row("availability/licence", "license", _PLAIN),
        _read("note[type=thesisType]", "genre"),
        _read("note[type=report_type]", "genre", _KIND),
        Row("note[type=abstract]", "abstract", _PLAIN, note="of GROBID: abstract in profileDesc"),
        Row("note[type=keyword]", "keyword", _KEYWORDS, note="of GROBID: term in profileDesc"),
        Row("note", "note", codecs.NOTES),
        *(Row(f"note[type={name}]", name, _PLAIN) for name in _TEXTS),
    ),
    is_open=True,
    quiet=frozenset(("idno[type=citekey]", "idno[type=ISSN]", "idno[type=ISBN]",
                     "note[type=accessed]", "note[type=report_type]", "note[type=thesisType]")),
)  # fmt: skip


def mapping() -> Spec:
    """Return the elements of TEI next to CSL's types and variables.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "container-title"]
        ['monogr/title']
    """
    return SPEC

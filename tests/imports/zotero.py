"""Records as items of Zotero's data model.

Source: Zotero's published schema (https://api.zotero.org/schema): the types of items with their
fields, the fields that are forms of one base field, and the types, fields and creators of CSL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from refcite import Record
from refcite.formats.zotero.table import BASE_OF, PRIMARY
from refcite.vocabulary import attribute_of

__all__ = ["base_field", "creators_of", "item_of"]

_ITEM_TYPES: Final = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "bill": "bill",
    "book": "book",
    "broadcast": "tvBroadcast",
    "chapter": "bookSection",
    "dataset": "dataset",
    "document": "document",
    "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle",
    "graphic": "artwork",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "case",
    "legislation": "statute",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "film",
    "paper-conference": "conferencePaper",
    "patent": "patent",
    "personal_communication": "letter",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "report": "report",
    "software": "computerProgram",
    "song": "audioRecording",
    "speech": "presentation",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "webpage",
    # Types that CSL has and Zotero has not.
    "article-review": "journalArticle",
    "review": "journalArticle",
    "review-book": "journalArticle",
    "classic": "book",
    "collection": "book",
    "periodical": "book",
    "pamphlet": "book",
    "musical_score": "book",
    "entry": "encyclopediaArticle",
    "figure": "artwork",
    "treaty": "statute",
    "regulation": "statute",
    "event": "presentation",
    "performance": "presentation",
}
_FIELDS: Final = {
    "title": "title",
    "title-short": "shortTitle",
    "abstract": "abstractNote",
    "container-title": "publicationTitle",
    "container-title-short": "journalAbbreviation",
    "collection-title": "series",
    "collection-number": "seriesNumber",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "number-of-pages": "numPages",
    "number-of-volumes": "numberOfVolumes",
    "number": "number",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "place",
    "event-title": "conferenceName",
    "event-place": "place",
    "DOI": "DOI",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "PMID": "PMID",
    "PMCID": "PMCID",
    "URL": "url",
    "language": "language",
    "genre": "type",
    "medium": "medium",
    "license": "rights",
    "archive": "archive",
    "archive_location": "archiveLocation",
    "call-number": "callNumber",
    "source": "libraryCatalog",
    "version": "versionNumber",
    "note": "extra",
    "authority": "authority",
}
"""CSL's variables with Zotero's base fields; of two with one field, the first is used."""
_CREATORS: Final = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "collection-editor": "seriesEditor",
    "container-author": "bookAuthor",
    "contributor": "contributor",
    "composer": "composer",
    "director": "director",
    "performer": "performer",
    "producer": "producer",
    "interviewer": "interviewer",
    "recipient": "recipient",
    "reviewed-author": "reviewedAuthor",
    "compiler": "contributor",
    "illustrator": "contributor",
    "organizer": "contributor",
}


def base_field(own: str) -> str:
    """Return the base field of a field: `publicationTitle` of `bookTitle`."""
    return BASE_OF.get(own, own)


def item_of(record: Record) -> dict[str, Any]:
    """Return a record as an item of Zotero, under the names of base fields."""
    item: dict[str, Any] = {"itemType": _ITEM_TYPES.get(record.type, record.type)}
    for variable, field in _FIELDS.items():
        value = getattr(record, attribute_of(variable))
        if value and field not in item:
            item[field] = value
    if record.issued is not None:
        item["date"] = record.issued
    item["creators"] = [
        (name.inverted() if name.literal is None else name.literal, role)
        for variable, role in _CREATORS.items()
        for name in getattr(record, attribute_of(variable)) or ()
    ]
    return item


def creators_of(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and role of the creators of an expected item; an inventor is an author."""
    for creator in item["creators"]:
        parts = (creator.get("lastName"), creator.get("firstName"))
        name = creator.get("name") or ", ".join(filter(None, parts))
        role = creator["creatorType"]
        is_author = PRIMARY.get(item["itemType"]) == role
        yield name, "author" if is_author else role

"""The elements of Crossref's deposit schema, which are read by the table of Crossref's JSON.

Source: the metadata deposit schema 5.4 (https://www.crossref.org/documentation/schema-library/),
and the query output schemas for Unixref (https://www.crossref.org/schema/unixref1.1.xsd).
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from refcite.formats.crossref import NAMES
from refcite.formats.crossref import SPEC as OF_JSON
from refcite.formats.crosswalk import Row, Spec, TypeRow

__all__ = ["BOOK_TYPES", "COMPONENT_TYPES", "SPEC", "TYPES"]

TYPES: Final = {
    "journal_article": "journal-article",
    "journal_issue": "journal-issue",
    "journal_volume": "journal-volume",
    "journal": "journal",
    "conference_paper": "proceedings-article",
    "conference": "proceedings",
    "dissertation": "dissertation",
    "report-paper": "report",
    "standard": "standard",
    "database": "database",
    "dataset": "dataset",
    "posted_content": "posted-content",
    "peer_review": "peer-review",
    "component": "component",
    "pending_publication": "journal-article",
    "grant": "grant",
}
"""Elements of works, with Crossref's type in its JSON."""

BOOK_TYPES: Final = {
    "edited_book": "edited-book",
    "monograph": "monograph",
    "reference": "reference-book",
    "other": "book",
}
COMPONENT_TYPES: Final = {
    "chapter": "book-chapter",
    "section": "book-section",
    "part": "book-part",
    "track": "book-track",
    "reference_entry": "reference-entry",
    "other": "book-chapter",
}

_PATHS: Final = {
    "title": "titles/title",
    "subtitle": "titles/subtitle",
    "original-title": "titles/original_language_title",
    "author": "contributors/person_name, organization [author]",
    "editor": "contributors/person_name, organization [editor]",
    "translator": "contributors/person_name, organization [translator]",
    "chair": "contributors/person_name, organization [chair]",
    "reviewer": "contributors/person_name, organization [reviewer]",
    "container-title/series": "series_metadata/titles/title",
    "container-title": "full_title, proceedings_title, book_metadata/titles/title",
    "short-container-title": "journal_metadata/abbrev_title",
    "institution/name": "institution/institution_name",
    "institution/place": "institution/institution_place",
    "publisher": "publisher/publisher_name",
    "publisher-location": "publisher/publisher_place",
    "group-title": "group_title",
    "standards-body/name": "standards_body/standards_body_name",
    "published-print": "publication_date [print]",
    "published-online": "publication_date [online]",
    "posted": "posted_date",
    "published-other": "publication_date [other], review_date",
    "approved": "approval_date",
    "content-created": "creation_date",
    "volume": "volume",
    "issue": "issue",
    "page": "pages/first_page, last_page, other_pages",
    "article-number": "item_number [article-number]",
    "report-number": "item_number [report-number]",
    "edition-number": "edition_number",
    "part-number": "part_number",
    "special-numbering": "special_numbering",
    "degree": "degree",
    "subtype": "posted_content/@type",
    "review/type": "peer_review/@type",
    "event/name": "event_metadata/conference_name",
    "event/location": "event_metadata/conference_location",
    "event/dates": "event_metadata/conference_date",
    "DOI": "doi_data/doi",
    "resource/primary/URL": "doi_data/resource",
    "ISBN": "isbn",
    "ISSN": "issn",
    "abstract": "abstract",
    "language": "@language",
    "license": "license_ref",
}
"""The keys of the JSON, with the elements or attributes from which they are read."""

SPEC: Final = Spec(
    types=(
        *(
            TypeRow(own, OF_JSON.type_of(json) or "document", writes=False)
            for own, json in TYPES.items()
        ),
        *(
            TypeRow(f"book/{own}", OF_JSON.type_of(json) or "book", writes=False)
            for own, json in BOOK_TYPES.items()
        ),
        *(
            TypeRow(f"content_item/{own}", OF_JSON.type_of(json) or "chapter", writes=False)
            for own, json in COMPONENT_TYPES.items()
        ),
    ),
    fields=(
        *(
            evolve(row, label=_PATHS[row.own])
            for row in OF_JSON.fields
            if row.own in _PATHS
        ),
        Row("container-author", "container-author", NAMES,
            label="book_metadata/contributors [author]", note="of a part of a book"),
        Row("collection-editor", "collection-editor", NAMES,
            label="series_metadata/contributors [editor]"),
        Row("series-number", "collection-number", label="series_number"),
    ),
    is_open=True,
    quiet=OF_JSON.quiet,
)  # fmt: skip
"""The table: that of Crossref's JSON with the names of the elements."""

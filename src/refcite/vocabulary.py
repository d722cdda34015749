"""CSL's item types and variables with their kinds.

The lists are those of the CSL 1.0.2 schema (`csl-types.rnc`, `csl-variables.rnc`). A variable's
attribute on `refcite.Record` is its CSL name in snake_case: `container-title` is
`container_title`, `DOI` is `doi`.
"""

from __future__ import annotations

from sys import intern
from typing import Final, Literal, get_args

__all__ = [
    "ATTRIBUTES",
    "DATE_VARIABLES",
    "ITEM_TYPES",
    "NAME_VARIABLES",
    "NUMBER_VARIABLES",
    "STRING_VARIABLES",
    "TITLE_VARIABLES",
    "VARIABLES",
    "VARIABLE_OF",
    "ItemType",
    "attribute_of",
]

ItemType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
"""The item types of CSL 1.0.2."""

ITEM_TYPES: Final[tuple[str, ...]] = get_args(ItemType)

NAME_VARIABLES: Final = (
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
)

DATE_VARIABLES: Final = (
    "accessed",
    "available-date",
    "event-date",
    "issued",
    "original-date",
    "submitted",
)

NUMBER_VARIABLES: Final = (
    "chapter-number",
    "citation-number",
    "collection-number",
    "edition",
    "first-reference-note-number",
    "issue",
    "locator",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "page",
    "page-first",
    "part-number",
    "printing-number",
    "section",
    "supplement-number",
    "version",
    "volume",
)

TITLE_VARIABLES: Final = (
    "collection-title",
    "container-title",
    "container-title-short",
    "original-title",
    "part-title",
    "reviewed-title",
    "title",
    "title-short",
    "volume-title",
)

STRING_VARIABLES: Final = (
    "abstract",
    "annote",
    "archive",
    "archive_collection",
    "archive_location",
    "archive-place",
    "authority",
    "call-number",
    "citation-key",
    "citation-label",
    "dimensions",
    "division",
    "DOI",
    "event",
    "event-place",
    "event-title",
    "genre",
    "ISBN",
    "ISSN",
    "jurisdiction",
    "keyword",
    "language",
    "license",
    "medium",
    "note",
    "original-publisher",
    "original-publisher-place",
    "PMCID",
    "PMID",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "scale",
    "source",
    "status",
    "URL",
    "year-suffix",
)

VARIABLES: Final = (
    NAME_VARIABLES + DATE_VARIABLES + TITLE_VARIABLES + NUMBER_VARIABLES + STRING_VARIABLES
)


def attribute_of(variable: str) -> str:
    """Return the attribute of `refcite.Record` that holds a CSL variable.

    Example:
        >>> attribute_of("publisher-place"), attribute_of("DOI")
        ('publisher_place', 'doi')
    """
    # Interned, since a call with so many keywords compares their names one by one.
    return intern(variable.replace("-", "_").lower())


ATTRIBUTES: Final[dict[str, str]] = {variable: attribute_of(variable) for variable in VARIABLES}
"""Each CSL variable with the attribute of `refcite.Record` that holds it."""

VARIABLE_OF: Final[dict[str, str]] = {
    attribute: variable for variable, attribute in ATTRIBUTES.items()
}
"""The attributes of `refcite.Record`, each with the CSL variable that it holds."""

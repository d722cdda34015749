"""DataCite's `resourceTypeGeneral` (schema 4.6, appendix 1) with CSL's types."""

from __future__ import annotations

from typing import Any, Final

from refcite.formats.crosswalk import TypeRow
from refcite.formats.jsonvalues import text_of
from refcite.formats.typenames import type_named
from refcite.vocabulary import ITEM_TYPES

__all__ = ["DEFAULT_TYPE", "TYPES", "divided", "genre_of", "type_of"]

_GENERAL: Final = {
    "Audiovisual": "motion_picture",
    "Award": "document",
    "Book": "book",
    "BookChapter": "chapter",
    "Collection": "collection",
    "ComputationalNotebook": "software",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "DataPaper": "article-journal",
    "Dataset": "dataset",
    "Dissertation": "thesis",
    "Event": "event",
    "Image": "graphic",
    "Instrument": "document",
    "InteractiveResource": "webpage",
    "Journal": "periodical",
    "JournalArticle": "article-journal",
    "Model": "document",
    "OutputManagementPlan": "report",
    "PeerReview": "review",
    "PhysicalObject": "document",
    "Poster": "speech",
    "Preprint": "article",
    "Presentation": "speech",
    "Project": "document",
    "Report": "report",
    "Service": "document",
    "Software": "software",
    "Sound": "song",
    "Standard": "standard",
    "StudyRegistration": "document",
    "Workflow": "document",
}
_VAGUE: Final = frozenset(
    {"audiovisual", "image", "interactiveresource", "other", "sound", "text", ""}
)
"""Types that `resourceType` specifies."""
_WRITTEN: Final = {
    "article": "Preprint", "article-journal": "JournalArticle", "book": "Book",
    "broadcast": "Audiovisual/Broadcast", "chapter": "BookChapter", "collection": "Collection",
    "dataset": "Dataset", "event": "Event", "figure": "Image/Figure", "graphic": "Image",
    "map": "Image/Map", "motion_picture": "Audiovisual", "paper-conference": "ConferencePaper",
    "performance": "Audiovisual/Performance", "periodical": "Journal", "report": "Report",
    "review": "PeerReview", "software": "Software", "song": "Sound", "standard": "Standard",
    "thesis": "Dissertation", "document": "Other",
}  # fmt: skip


def _own(csl_type: str) -> str:
    return _WRITTEN.get(csl_type) or f"Text/{_words(csl_type)}"


def _words(csl_type: str) -> str:
    return csl_type.replace("_", " ").replace("-", " ").capitalize()


TYPES: Final = (
    *(TypeRow(_own(csl_type), csl_type) for csl_type in ITEM_TYPES),
    *(
        TypeRow(own, csl_type, writes=False)
        for own, csl_type in _GENERAL.items()
        if _own(csl_type) != own
    ),
)
"""The types; one of a general type and its `resourceType` has a slash between them."""

DEFAULT_TYPE: Final = "Other"
_BY_NAME: Final = {own.casefold(): csl_type for own, csl_type in _GENERAL.items()}


def divided(own: str) -> tuple[str, str]:
    """Return the general type and the `resourceType` of a row.

    Example:
        >>> divided("Image/Map"), divided("Dataset")
        (('Image', 'Map'), ('Dataset', ''))
    """
    general, _, named = own.partition("/")
    return general, named


def type_of(types: dict[str, Any], container: str) -> str | None:
    """Return the CSL type of a work; None if nothing states it.

    Args:
        types: The object `types`.
        container: The general type of the work that contains it, or an empty text.
    """
    general = (text_of(types.get("resourceTypeGeneral")) or "").casefold()
    known = _BY_NAME.get(general)
    if known is not None and general not in _VAGUE:
        return known
    named = type_named(text_of(types.get("resourceType")) or "")
    if named is not None and (known is None or named != "document"):
        return named
    if known is not None:
        return known
    citeproc = text_of(types.get("citeproc"))
    if container.casefold() == "journal":
        return "article-journal"
    if container.casefold() == "book":
        return "chapter"
    if citeproc in ITEM_TYPES and citeproc != "article":
        return citeproc
    return "document" if general else None


def genre_of(types: dict[str, Any], csl_type: str) -> str | None:
    """Return the `resourceType`, if it specifies the CSL type."""
    general = text_of(types.get("resourceTypeGeneral")) or ""
    named = text_of(types.get("resourceType"))
    if general.casefold() == "preprint" and (not named or named.casefold() == "preprint"):
        return "Preprint"
    if not named or named.casefold() == general.casefold():
        return None
    called = type_named(named.removesuffix("s")) or type_named(named)
    if csl_type == "article" and called == "article-journal":
        return "Preprint"
    return None if called == csl_type else named

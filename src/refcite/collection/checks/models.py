"""The fields that each type of work requires, in BibTeX, in biblatex and in other formats.

Sources: "BibTeXing" (btxdoc), § 3.1; the biblatex manual, § 2.1.1, with the types of § 2.1.2 that
replace those of BibTeX. CSL requires nothing: the fields are those without which the styles of
journals print an incomplete entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ATTRIBUTES", "BIBLATEX", "BIBTEX", "CSL", "Model", "model_of"]

Need = tuple[str, ...]
"""Fields of which one is needed."""
Model = tuple[tuple[Need, ...], tuple[Need, ...]]
"""The required and the recommended fields of a type."""

ATTRIBUTES: Final[Mapping[str, str]] = {
    "author": "author",
    "editor": "editor",
    "title": "title",
    "journal": "container_title",
    "journaltitle": "container_title",
    "booktitle": "container_title",
    "container-title": "container_title",
    "year": "issued",
    "date": "issued",
    "issued": "issued",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "volume": "volume",
    "number": "number",
    "pages": "page",
    "page": "page",
    "chapter": "chapter_number",
    "note": "note",
    "url": "url",
    "URL": "url",
    "doi": "doi",
    "urldate": "accessed",
    "accessed": "accessed",
    "type": "genre",
    "event": "event_title",
}
"""Fields with the attributes of a record that contain them."""


def _needs(text: str) -> tuple[Need, ...]:
    return tuple(tuple(word.split("/")) for word in text.split())


def _models(text: str) -> dict[str, Model]:
    """Return the models in lines of the form `types: required | recommended`."""
    models: dict[str, Model] = {}
    for line in text.strip().splitlines():
        types, _, fields = line.partition(":")
        required, _, recommended = fields.partition("|")
        for type_ in types.split():
            models[type_] = (_needs(required), _needs(recommended))
    return models


BIBTEX: Final = _models("""
    article: author title journal year | volume pages/eid/articleno/doi/url
    book: author/editor title publisher year |
    booklet: title | author year
    conference inproceedings: author title booktitle year | pages/articleno/eid/doi/url
    inbook: author/editor title chapter/pages publisher year |
    incollection: author title booktitle publisher year | pages/chapter editor
    manual: title | author/organization year
    mastersthesis phdthesis: author title school year |
    misc: |
    proceedings: title year | editor/organization publisher/organization
    techreport: author title institution year | number/url/doi
    unpublished: author title note | year
""")
"""BibTeX's types."""

BIBLATEX: Final = _models("""
    article: author title journaltitle/journal date/year | volume/number pages/eid/doi/url
    book mvbook: author title date/year | publisher
    booklet: author/editor title date/year |
    collection mvcollection reference mvreference: editor title date/year | publisher
    dataset: author/editor title date/year | doi/url
    inbook bookinbook suppbook: author title booktitle date/year | publisher pages/chapter
    incollection suppcollection inreference: author title booktitle date/year | editor pages
    conference inproceedings: author title booktitle date/year | pages/eid/doi/url
    manual: author/editor title date/year |
    misc: author/editor title date/year |
    online electronic www: author/editor title date/year doi/eprint/url | urldate/doi/eprint
    patent: author title number date/year |
    periodical: editor title date/year |
    proceedings mvproceedings: title date/year | editor publisher/organization
    report: author title type institution date/year | number/url/doi
    techreport: author title institution date/year | number/url/doi
    software: author/editor title date/year | version url/doi
    thesis: author title type institution/school date/year |
    mastersthesis phdthesis: author title institution/school date/year |
    unpublished: author title date/year |
""")
"""biblatex's types."""

CSL: Final = _models("""
    article-journal: title container-title issued | author/editor volume/issue page/doi/number
    article-magazine article-newspaper: title container-title issued | author
    book: title issued | author/editor publisher
    chapter: title container-title issued | author/editor publisher page
    dataset: title issued | author publisher/doi/url
    entry-dictionary entry-encyclopedia: title container-title issued | author
    paper-conference: title issued | author container-title/event
    patent: title number issued | author
    report: title issued | author/editor/publisher publisher
    thesis: author title publisher issued |
    webpage post-weblog: title url | author/container-title/publisher issued accessed
""")
"""CSL's types."""

_MODELS: Final = {"bibtex": BIBTEX, "biblatex": BIBLATEX, None: CSL}


def model_of(dialect: str | None, type_: str) -> Model | None:
    """Return the required and the recommended fields of a type; None if it has no model.

    Args:
        dialect: `bibtex`, `biblatex`, or None for CSL.
        type_: The type, in lower case.

    Example:
        >>> required, recommended = model_of("bibtex", "booklet")
        >>> required, recommended
        ((('title',),), (('author',), ('year',)))
    """
    return _MODELS[dialect].get(type_)

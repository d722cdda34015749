"""The variables that a cite-as string can hold."""

from __future__ import annotations

from refcite.formats.crosswalk import Row, Spec, TypeRow

__all__ = ["mapping"]

_READ_ONLY = (
    ("news item", "article-newspaper"),
    ("case law, decision", "legal_case"),
    ("national legislation, resolution", "legislation"),
    ("convention, treaty", "treaty"),
)


def mapping() -> Spec:
    """Return the parts of a page and of a cite-as string with CSL's variables.

    A string does not contain the kind of work. A reader infers the kind from the words of the title
    and from the publisher, so only reports are certain to be read as their original type.

    Example:
        >>> mapping().carried_types()
        ('report',)
    """
    return Spec(
        types=(
            TypeRow("report", "report"),
            *(TypeRow(own, csl, writes=False) for own, csl in _READ_ONLY),
        ),
        fields=(
            Row("Author, or the publisher of a report", "author", writes=False),
            Row("Publisher", "publisher"),
            Row("Title", "title"),
            Row("Publication Date", "issued", note="18 January 2017"),
            Row("Citation / Document Symbol", "number"),
            Row("Judicial Body", "authority", types=("legal_case", "legislation"), writes=False),
            Row("Country", "jurisdiction", types=("legal_case", "legislation"), writes=False),
            Row("Publisher of a news item", "container-title", writes=False),
            Row("kind of resolution", "genre", types=("legislation",), writes=False),
            Row("after the URL", "note", writes=False),
            Row("available at:", "URL"),
            Row("[accessed …]", "accessed", note="18 January 2017"),
        ),
    )

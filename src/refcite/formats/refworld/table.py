"""What a cite-as string has a place for."""

from __future__ import annotations

from refcite.formats.mapping import FieldRow, MappingTable, TypeRow

__all__ = ["mapping"]

_READ_ONLY = (
    ("news item", "article-newspaper"),
    ("case law, decision", "legal_case"),
    ("national legislation, resolution", "legislation"),
    ("convention, treaty", "treaty"),
)


def mapping() -> MappingTable:
    """Return the parts of a page and of a cite-as string beside CSL's variables.

    A string does not say what kind of work it is. A reader infers the kind from the words of the
    title and from who published it, so only reports are sure to come back as what they were.

    Example:
        >>> mapping().carried_types()
        ('report',)
    """
    return MappingTable(
        types=(
            TypeRow("report", "report"),
            *(TypeRow(own, csl, writes=False) for own, csl in _READ_ONLY),
        ),
        fields=(
            FieldRow("Author, or the publisher of a report", "author", writes=False),
            FieldRow("Publisher", "publisher"),
            FieldRow("Title", "title"),
            FieldRow("Publication Date", "issued", note="18 January 2017"),
            FieldRow("Citation / Document Symbol", "number"),
            FieldRow("Judicial Body", "authority", ("legal_case", "legislation"), writes=False),
            FieldRow("Country", "jurisdiction", ("legal_case", "legislation"), writes=False),
            FieldRow("Publisher of a news item", "container-title", writes=False),
            FieldRow("kind of resolution", "genre", ("legislation",), writes=False),
            FieldRow("behind the address", "note", writes=False),
            FieldRow("available at:", "URL"),
            FieldRow("[accessed …]", "accessed", note="18 January 2017"),
        ),
    )

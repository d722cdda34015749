"""The output of a citation: its text, and the parts that belong in the text and in a note."""

from __future__ import annotations

__all__ = ["Citation", "parts_of", "whole_citation"]


class Citation(str):
    """The text of a citation, with its parts for the running text and for a note.

    As a string it is the whole citation, for one place. The parts have two places if the style is
    one for notes and the mode is `composite`: the author is in the running text, and the note does
    not repeat it. Otherwise one of the parts is empty and the other is the whole citation. A caller
    that prints `in_text`, and `in_note` in a note unless it is empty, prints every citation right.

    Args:
        text: The whole citation.
        in_text: The part in the running text.
        in_note: The part in a footnote or endnote.

    Attributes:
        in_text: The part in the running text.
        in_note: The part in a footnote or endnote.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl import Cite, Cluster, Processor
        >>> castle = Record(id="k", type="book", title="The Castle", author="Franz Kafka")
        >>> cited = Cluster(cites=(Cite(castle, locator="12"),), note=1, mode="composite")
        >>> citation = Processor("chicago-notes-bibliography").cite(cited)
        >>> citation
        'Franz Kafka, The Castle (n.d.), 12.'
        >>> citation.in_text, citation.in_note
        ('Franz Kafka', 'The Castle (n.d.), 12.')
        >>> Processor("apa").cite(Cluster(cites=(Cite(castle),), mode="composite")).in_text
        'Kafka (n.d.)'
    """

    __slots__ = ("in_note", "in_text")
    in_text: str
    in_note: str

    def __new__(cls, text: str = "", *, in_text: str = "", in_note: str = "") -> Citation:
        """Return a citation."""
        self = super().__new__(cls, text)
        self.in_text = in_text
        self.in_note = in_note
        return self


def whole_citation(text: str, *, is_note: bool) -> Citation:
    """Return a citation that is in one place.

    Args:
        text: Its text.
        is_note: Whether the style is one for notes.

    Example:
        >>> whole_citation("Kafka, The Castle.", is_note=True).in_note
        'Kafka, The Castle.'
    """
    return Citation(text, in_note=text) if is_note else Citation(text, in_text=text)


def parts_of(citation: Citation | None) -> tuple[str, str, str] | None:
    """Return all that a citation prints, to be compared with another.

    Example:
        >>> parts_of(whole_citation("(Kafka, 1926)", is_note=False))
        ('(Kafka, 1926)', '(Kafka, 1926)', '')
    """
    return None if citation is None else (str(citation), citation.in_text, citation.in_note)

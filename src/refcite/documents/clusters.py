"""The citations of a document, with their places in its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from attrs import frozen

from refcite.csl import Cluster

__all__ = ["CitedKey", "CitedKeys", "DocumentCitation", "line_at", "line_starts"]


@frozen
class CitedKey:
    """A key at a place of a document.

    Attributes:
        key: The key, without the signs of the syntax around it.
        start: Where the key starts in the text, with its braces if it has any, but without the
            sign or the command before it.
        end: Where it ends.
        line: Its line, counted from 1.
        is_citation: False for a key that is only listed in the bibliography (`nocite`).

    Example:
        >>> from refcite.documents import find_syntax
        >>> find_syntax("markdown").cited_keys("See @smith2001.").keys[0]
        CitedKey(key='smith2001', start=5, end=14, line=1, is_citation=True)
    """

    key: str
    start: int
    end: int
    line: int
    is_citation: bool = True


@frozen(kw_only=True)
class CitedKeys:
    r"""The keys that a document uses, and its bibliography files.

    Attributes:
        keys: The keys in the order of the text, each as often as it occurs.
        cites_all: Whether all entries of the bibliography are listed (`@*`, `\nocite{*}`).
        bibliographies: The bibliography files that the document names, as they are written there.
        defined: The ids of references that the document itself contains.
        dois: The DOIs that are cited in place of keys, each as often as it occurs.

    Example:
        >>> from refcite.documents import find_syntax
        >>> find_syntax("latex").cited_keys(r"\nocite{*} \bibliography{refs}").bibliographies
        ('refs.bib',)
    """

    keys: tuple[CitedKey, ...] = ()
    cites_all: bool = False
    bibliographies: tuple[str, ...] = ()
    defined: frozenset[str] = frozenset()
    dois: tuple[CitedKey, ...] = ()


@frozen(kw_only=True)
class DocumentCitation:
    """A citation at a place of a document.

    Attributes:
        cluster: Its cites, with keys for records. The mode of the first cite is `composite` if
            its author is in the running text. `cluster.note` is the number of the note that the
            citation is in, or that it becomes in a style for notes.
        start: Where the citation starts in the text.
        end: Where it ends.
        keys: The places of the keys, one for each cite.
        in_note: Whether it is inside a note of the document, so that it does not become one.
    """

    cluster: Cluster
    start: int
    end: int
    keys: tuple[CitedKey, ...] = ()
    in_note: bool = False


def line_starts(text: str) -> list[int]:
    r"""Return where each line of a text starts.

    Example:
        >>> line_starts("one\ntwo")
        [0, 4]
    """
    starts = [0]
    place = text.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = text.find("\n", place + 1)
    return starts


def line_at(starts: Sequence[int], place: int) -> int:
    r"""Return the line of a place, counted from 1.

    Args:
        starts: The starts of the lines, from `line_starts`.
        place: The place.

    Example:
        >>> line_at(line_starts("one\ntwo"), 5)
        2
    """
    return bisect_right(starts, place)

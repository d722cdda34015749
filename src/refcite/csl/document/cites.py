"""The input of the citation processor: cites, and the clusters that contain them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

from attrs import field, frozen
from attrs.converters import optional

from refcite.characters import plain_text, without_surrogates
from refcite.csl.style.schema import LOCATORS, SHORT_LOCATORS
from refcite.library import no_record
from refcite.problems import RecordTypeError, RecordValueError, near_matches
from refcite.record import Record

__all__ = ["Cite", "CiteMode", "Cluster", "as_cluster", "leading_mode", "several"]

_Cited = TypeVar("_Cited")

CiteMode = Literal["normal", "suppress-author", "author-only", "composite"]
"""How much of a cite is printed.

`composite` is the author in the running text and the rest in brackets or, in a style for notes, in
the note.
"""


def _printable(text: str) -> str:
    """Return a text as it can be printed; a value that is not text is not checked here."""
    return without_surrogates(plain_text(text)) if isinstance(text, str) else text


def _locator_text(locator: str | int) -> str:
    """Return a locator as text; a number is one page.

    Raises:
        RecordTypeError: It is neither a text nor a number.
    """
    if isinstance(locator, str):
        return _printable(locator)
    if isinstance(locator, int) and not isinstance(locator, bool):
        return str(locator)
    kind = type(locator).__name__
    raise RecordTypeError(f"Cite.locator has to be a text such as '12-15' or a number, not {kind}")


def _note_number(note: int | None) -> int | None:
    """Return the number of a note.

    Raises:
        RecordTypeError: It is not an int.
    """
    if note is None or (isinstance(note, int) and not isinstance(note, bool)):
        return note
    raise RecordTypeError(
        f"the number of a note has to be an int, such as 1, not {type(note).__name__}"
    )


def _locator_term(label: str) -> str:
    """Return the term of CSL for the label of a locator.

    Raises:
        RecordValueError: CSL has no such locator.
    """
    if label == "":
        return label  # no term is printed
    term = "-".join(str(label).split())
    term = SHORT_LOCATORS.get(term, term)
    if term in LOCATORS:
        return term
    near = near_matches(str(label), [*LOCATORS, *SHORT_LOCATORS])
    raise RecordValueError(
        f"Cite.label: CSL has no locator {label!r}{near}; other labels can be written in the"
        " locator, such as 'subsec. 3'"
    )


@frozen
class Cite:
    """One reference to a work, with its locator and the text around it.

    Attributes:
        record: The work, or its id if the processor has a library. Only this argument can be
            positional.
        locator: The place in the work: `12`, `12-15`, `3 and 4`. It may be an int.
        label: The unit of the locator, a term of CSL's locator list (`page`, `chapter`,
            `paragraph`, `sub-verbo`, …). `article` and `title` are the locators with these names,
            which CSL calls `article-locator` and `title-locator`. An empty text is a locator
            without a term, such as a part with a name of its own.
        prefix: Text before the cite: `see `.
        suffix: Text after the cite: ` and elsewhere`.
        mode: How much of the cite is printed.

    Raises:
        RecordValueError: CSL has no such label.
        RecordTypeError: The locator is neither a text nor an int.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl import Cite
        >>> Cite(Record(id="a", title="One"), locator="12").label
        'page'
        >>> Cite("a", locator="3", label="article").label
        'article-locator'
    """

    record: Record | str
    locator: str | None = field(default=None, kw_only=True, converter=optional(_locator_text))
    label: str = field(default="page", kw_only=True, converter=_locator_term)
    prefix: str = field(default="", kw_only=True, converter=_printable)
    suffix: str = field(default="", kw_only=True, converter=_printable)
    mode: CiteMode = field(default="normal", kw_only=True)

    @property
    def id(self) -> str:
        """The id of the work."""
        return self.record if isinstance(self.record, str) else self.record.id


@frozen(kw_only=True)
class Cluster:
    """The cites in one place of the document.

    Attributes:
        cites: The cites, in the writer's order.
        note: Number of the footnote or endnote, counted from 1; None for a place in the text.
        mode: Applied to the cluster's first cite (`author-only`, `composite`) or to each
            (`suppress-author`), in addition to the mode of each cite. A first cite whose author is
            in the running text remains the first, also if the style sorts cites.

    Raises:
        RecordTypeError: The note is not an int.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl import Cite, Cluster, Processor
        >>> castle = Record(id="k", type="book", title="The Castle")
        >>> note = Cluster(cites=(Cite(record=castle, locator="12"),), note=1)
        >>> Processor("chicago-notes-bibliography").cite(note)
        'The Castle (n.d.), 12.'
    """

    cites: tuple[Cite, ...]
    note: int | None = field(default=None, converter=_note_number)
    mode: CiteMode = "normal"


def as_cluster(
    cluster: Cluster | Cite | Record | str | Iterable[Cite | Record | str],
    *,
    note: int | None = None,
) -> Cluster:
    """Return a work, a cite, several of them or a cluster as a cluster.

    Example:
        >>> as_cluster("smith2001", note=3).cites[0].id
        'smith2001'
    """
    if isinstance(cluster, Cluster):
        return cluster
    cites = (cluster,) if isinstance(cluster, Cite) else several(cluster)
    return Cluster(
        cites=tuple(cite if isinstance(cite, Cite) else Cite(cite) for cite in cites),
        note=note,
    )


def leading_mode(cluster: Cluster) -> CiteMode:
    """Return the mode of a cluster that concerns its first cite: its own, or that of this cite.

    Example:
        >>> leading_mode(Cluster(cites=(Cite("smith2001", mode="composite"),)))
        'composite'
    """
    if cluster.mode in ("author-only", "composite") or not cluster.cites:
        return cluster.mode
    return cluster.cites[0].mode


def several(
    works: Record | str | Iterable[_Cited | Record | str],
) -> Iterable[_Cited | Record | str]:
    """Return one work or several works as a sequence of works.

    Raises:
        RecordTypeError: It is neither one work nor several; each work is not checked.

    Example:
        >>> several("smith2001"), several(["smith2001"])
        (('smith2001',), ['smith2001'])
    """
    if isinstance(works, Record | str):
        return (works,)
    if isinstance(works, Mapping) or not isinstance(works, Iterable):
        raise no_record(works)
    return works

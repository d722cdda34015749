"""The right end of a cite-as string: URL, notes and date of access."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from refcite.dates import Date
from refcite.formats.refworld.symbols import is_date
from refcite.formats.refworld.urls import read_address
from refcite.problems import Problem, Severity

__all__ = ["ACCESSED", "ACCESSED_BARE", "Availability", "read_availability"]

# Without a bracket, `seen` and `read` are words of a sentence.
_PLAIN_VERB: Final = r"(?:accessed|consulted|retrieved|visited)"
_VERB: Final = (
    r"(?:accessed|consulted|retrieved|visited|viewed|checked|opened|downloaded|seen|read"
    r"|access|consult[ée]e?s?|consultation|acc[èe]s|consultad[oa]|consulta|acceso|visitad[oa]"
    r"|acc?esad[oa]|acc[ée]d[ée]e?s?"
    r"|abgerufen|besucht|aufgerufen|eingesehen|zugriff)"
)
_QUALIFIER: Final = (
    r"(?:last|latest|most recently|date|date of|date d['’]|page|site|website|lien|derni[èe]re?"
    r"|fecha de|[úu]ltim[oa]|zuletzt|letzter)"
)
_ACCESS: Final = (
    rf"(?:{_QUALIFIER} ?){{0,3}}{_VERB}\b(?: (?:date|on|at|as of|le|el|am|en|der)\b)?(?: the)?"
)
ACCESSED: Final = re.compile(
    rf"[\[(][^\[\]()]{{0,20}}\b{_VERB}\b[^\[\]()\d]{{0,20}}\d[^\[\]()]{{0,40}}[\])]",
    re.IGNORECASE,
)
"""The bracket with the day of access, at any position."""
ACCESSED_BARE: Final = re.compile(
    rf"(?<=[\w/>)])[,;.]? (?:{_QUALIFIER} ?){{0,3}}{_VERB}\b[^\[\]()\d;]{{0,20}}"
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}[^\[\]();\d]{2,20}\d{4})"
    r"\b(?! ?[)\]])",
    re.IGNORECASE,
)
"""The day of access without a bracket."""


@frozen(kw_only=True)
class Availability:
    """The right end of a string, and the text to its left.

    Attributes:
        head: The text before it.
        url: The URL.
        note: Text in brackets after the URL; several notes are joined by semicolons.
        remark: Other text after the URL or after the date of access.
        accessed: The day on which the page was printed; a literal if it is not a date.
        is_announced: Whether the string has "available at" or similar words, even without a URL.
        is_open: Whether the string ends inside a bracket or before the date of access, so that the
            next text may belong to it.
        problems: The text that could not be read.
    """

    head: str
    url: str | None = None
    note: str | None = None
    remark: str | None = None
    accessed: Date | None = None
    is_announced: bool = False
    is_open: bool = False
    problems: tuple[Problem, ...] = ()


_AT_END: Final = re.compile(
    rf"[\[(] ?{_ACCESS} ?:? ?(?P<date>[^\[\]()]{{0,60}}?) ?"
    rf"(?:[\])](?P<rest>(?:(?!\b{_VERB}).){{0,80}})|(?P<cut>))$",
    re.IGNORECASE,
)
_AT_END_BARE: Final = re.compile(
    rf"(?P<joint>[,;.]?) \(?{_ACCESS} ?:?(?: (?P<date>[^\[\]()]{{1,40}}))?$",
    re.IGNORECASE,
)
_WHOLE_DATE: Final = re.compile(r"(?<!\d)\d{4}$|^\d{4}-")
_URL: Final = r"(?:https?: ?//|www\.)"
_URL_START: Final = re.compile(rf"(?:(?<![\w/=%&?#+.:-])|(?<= at)|(?<=:)){_URL}", re.IGNORECASE)
_URL_AT_END: Final = re.compile(rf"(?:{_URL}|/)\S*$|\.(?:html?|pdf)\W?$", re.IGNORECASE)
_NOT_OF_URL: Final = re.compile(r"[\[\]<>\"“”]")
_AROUND_URL: Final = " <>()[]\"'“”.,;"
_NOTE: Final = re.compile(
    r"(?<=\S) ?(?:\[(?P<square>[^\[\]]{1,300})\]|\((?P<round>[^()]{1,300})\))[.,;]?$"
)
_MOST_NOTES: Final = 12
_MOST_PIECES: Final = 4
_CUT: Final = re.compile(r" [\[(][^\[\]()]{0,60}$")
_ANNOUNCED: Final = re.compile(
    r"(?:^|[ ,;.(])(?:(?:(?:is |also )?available|accessible|retrieved|found)(?: online)?"
    r"(?: at| from| on| in| here)?|available online|online(?: at)?:|online at|at|url:|link:"
    r"|disponible(?: en ligne)?(?: sur| [àa](?: l['’]adresse(?: suivante)?)?"
    r"| en(?: l[íi]nea| (?:esta|la) direcci[óo]n)?(?: en)?)?"
    r"|accesible en|verf[üu]gbar unter|abrufbar unter)\s?:?$",
    re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(
    r"\b(?:Inc|Ltd|Co|Corp|al|Jr|Sr|etc|[A-Z](?:\.[A-Z])+|[nNsSoO]\. ?[dDfFjJ])\.[\])]?$"
)


def read_availability(text: str, *, day_first: bool | None = None) -> Availability:
    """Read a string from its right end.

    Args:
        text: One string, its white space collapsed.
        day_first: The reading of `01/02/2017`.

    Example:
        >>> found = read_availability("UNHCR, Title, 2018, available at: [accessed 1 May 2019]")
        >>> found.head, str(found.accessed), found.is_announced
        ('UNHCR, Title, 2018', '2019-05-01', True)
        >>> found = read_availability("UNHCR, A, https://www.refworld.org [French] [Arabic]")
        >>> found.url, found.note
        ('https://www.refworld.org', 'French; Arabic')
    """
    availability = _read_address(_read_accessed(_without_stop(text), day_first))
    head = availability.head
    announced = _ANNOUNCED.search(head)
    if announced and (availability.url or availability.accessed or announced[0].endswith(":")):
        head = head[: announced.start()]
    return evolve(
        availability,
        head=_without_stop(head),
        is_announced=announced is not None and len(head) == announced.start(),
    )


def _without_stop(text: str) -> str:
    text = text.rstrip(" ,;|")
    if text.endswith(".") and not _ABBREVIATION.search(text[-12:]):
        return text[:-1].rstrip(" ,;")
    return text


def _read_accessed(text: str, day_first: bool | None) -> Availability:
    found = _AT_END.search(text) or _AT_END_BARE.search(text)
    if not found:
        return Availability(head=text)
    head, said = text[: found.start()].rstrip(" ,;"), (found["date"] or "").strip(" .,;|")
    met: list[Problem] = []
    date = Date.parse(said, day_first=day_first, problems=met) if said else None
    is_read = date is not None and date.literal is None
    is_cut = found.groupdict().get("cut") is not None
    is_bare = found.re is _AT_END_BARE
    # The word may belong to a title.
    is_plain = is_read and (
        not is_bare or (found["joint"] and re.search(_PLAIN_VERB, found[0], re.IGNORECASE))
    )
    if not (_is_end(head, is_bare=is_bare) or is_plain):
        return Availability(head=text)
    is_cut = is_cut or (is_bare and not is_read)
    if is_cut and date is not None and not (is_read and _WHOLE_DATE.search(said)):
        date, met = Date(literal=said), [_cut_off(text[found.start() :].strip())]
    if is_cut and date is None:
        met.append(_cut_off(text[found.start() :].strip()))
    behind, notes = _split_notes(f"]{found.groupdict().get('rest') or ''}".rstrip(" .,;|"))
    return Availability(
        head=head,
        accessed=date,
        note="; ".join(notes) or None,
        remark=behind.strip("] .,;|") or None,
        is_open=is_cut,
        problems=tuple(met),
    )


def _is_end(head: str, *, is_bare: bool) -> bool:
    """Return whether a text ends as before a date of access."""
    if _URL_START.search(head) and _URL_AT_END.search(head[-200:]):
        return True
    return not is_bare and (bool(_ANNOUNCED.search(head)) or _has_date(head))


def _read_address(availability: Availability) -> Availability:
    """Read the URL, and the notes after it."""
    text = availability.head
    start = _start_of_address(text)
    if start is None:
        return availability
    head, behind = text[:start].rstrip(' <([“"'), text[start:]
    behind, notes = _split_notes(behind)
    problems, is_open = availability.problems, availability.is_open
    cut = None if notes else _CUT.search(behind)
    if cut:
        behind, is_open = behind[: cut.start()], True
        problems = (*problems, _cut_off(cut[0].strip()))
    url, rest = _split_address(behind)
    # In Markdown, the URL may follow itself.
    notes = [note for note in notes if note != url]
    if not _has_date(head):
        # The document's date may be after its URL.
        moved, rest = _split_date(rest)
        head = f"{head.rstrip(' ,')}, {moved}" if moved else head
    return evolve(
        availability,
        head=head,
        url=url,
        note="; ".join(filter(None, [*notes, availability.note])) or None,
        remark="; ".join(part for part in (rest, availability.remark) if part) or None,
        is_open=is_open,
        problems=problems,
    )


def _start_of_address(text: str) -> int | None:
    """Return the start of the first URL after a date, otherwise of the first URL."""
    starts = [found.start() for found in _URL_START.finditer(text)]
    if not starts:
        return None
    end = 0
    for part in text.split(", "):
        end += len(part)
        if is_date(part):
            return next((start for start in starts if start >= end), starts[0])
        end += len(", ")
    return starts[0]


def _has_date(text: str) -> bool:
    return any(map(is_date, text.split(", ")))


def _split_date(text: str) -> tuple[str, str]:
    """Return the parts of a text that has a date apart from its URLs, and the others."""
    if not _has_date(text):
        return "", text
    parts = text.split(", ")
    moved = [part for part in parts if not _URL_START.search(part)]
    rest = [part for part in parts if _URL_START.search(part)]
    return ", ".join(moved), ", ".join(rest)


def _split_notes(text: str) -> tuple[str, Sequence[str]]:
    notes: list[str] = []
    while len(notes) < _MOST_NOTES:
        found = _NOTE.search(text)
        if not found:
            break
        notes.insert(0, (found["square"] or found["round"]).strip())
        text = text[: found.start()].rstrip(" ,;")
    return text, notes


def _split_address(text: str) -> tuple[str, str]:
    """Return a URL, broken at line ends or not, and the text after it."""
    pieces = text.split()
    ends = [len(pieces), *range(1, min(len(pieces), _MOST_PIECES) + 1)]
    end = next((end for end in ends if _is_whole("".join(pieces[:end]))), 1)
    address, rest = "".join(pieces[:end]), " ".join(pieces[end:])
    bracket = _NOT_OF_URL.search(address)
    if bracket:
        address, rest = address[: bracket.start()], f"{address[bracket.start() :]} {rest}"
    address = address.rstrip(_AROUND_URL.replace(")", ""))
    if address.endswith(")") and address.count("(") < address.count(")"):
        address = address.rstrip(")").rstrip(_AROUND_URL)
    rest = rest.strip(_AROUND_URL)
    return address, "" if rest == address else rest


def _is_whole(address: str) -> bool:
    """Return whether a URL is completely that of a document of Refworld."""
    address = address.rstrip(_AROUND_URL)
    is_page = address.endswith((".html", ".htm", ".pdf"))
    if not (is_page or address[-1:].isdigit()):
        return False
    known = read_address(address)
    return known is not None and known.docid is not None and (is_page or known.is_new)


def _cut_off(text: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="cut-off",
        message=f"the string ends at {text!r}, before its end",
        hint="use the complete string",
    )

"""The right end of a cite-as string: address, note and day of access."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from refcite.dates import Date
from refcite.formats.refworld.urls import read_address
from refcite.problems import Problem, Severity

__all__ = ["Tail", "read_tail"]


@frozen(kw_only=True)
class Tail:
    """What stands at the right of a string, and what it leaves at the left.

    Attributes:
        head: All that stands before.
        url: The address.
        note: What stands in brackets behind the address, or loosely behind the day of access.
        accessed: The day on which the page was printed.
        is_announced: Whether "available at" or its like stands there, with an address or not.
        problems: What could not be read.
    """

    head: str
    url: str | None = None
    note: str | None = None
    accessed: Date | None = None
    is_announced: bool = False
    problems: tuple[Problem, ...] = ()


_ACCESSED: Final = re.compile(
    r"[\[(] ?(?:(?:last|date) )?accessed(?: on| at)?:? ?(?P<date>[^\[\]()]{0,60}?) ?"
    r"(?:[\])](?P<rest>.{0,80})|(?P<cut>))$",
    re.IGNORECASE,
)
_ACCESSED_BARE: Final = re.compile(
    r"[,;.] (?:last )?accessed(?: on)? (?P<date>[^\[\]()]{6,40})$", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"(?<=\S) ?(?:\[(?P<square>[^\[\]]{1,300})\]|\((?P<round>[^()]{1,300})\))\.?$"
)
_CUT: Final = re.compile(r" \[[^\[\]]{0,60}$")
_URL_START: Final = re.compile(r"(?:^|(?<=[\s<(:,]))<?(?:https?: ?//|www\.)", re.IGNORECASE)
_ANNOUNCED: Final = re.compile(
    r"(?:^|[ ,;.(])(?:(?:available|accessible|retrieved|found)(?: online)?(?: at| from| on| in)?"
    r"|available online|online at|at)\s?:?$",
    re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(r"\b(?:Inc|Ltd|Co|Corp|al|Jr|Sr|etc|[A-Z](?:\.[A-Z])+)\.$")


def read_tail(text: str) -> Tail:
    """Read a string from its right end.

    Args:
        text: One string, its white space collapsed.

    Example:
        >>> tail = read_tail("Freedom House, Title, 2018, available at: [accessed 1 May 2019]")
        >>> tail.head, str(tail.accessed), tail.is_announced
        ('Freedom House, Title, 2018', '2019-05-01', True)
    """
    head, accessed, loose, problems = _read_accessed(_without_stop(text))
    head, url, bracket = _read_url(head)
    announced = _ANNOUNCED.search(head)
    if announced and (url or accessed or announced[0].endswith(":")):
        head = head[: announced.start()]
    return Tail(
        head=_without_stop(head),
        url=url,
        note=bracket or loose,
        accessed=accessed,
        is_announced=announced is not None and len(head) == announced.start(),
        problems=tuple(problems),
    )


def _without_stop(text: str) -> str:
    text = text.rstrip(" ,;|")
    if text.endswith(".") and not _ABBREVIATION.search(text[-12:]):
        return text[:-1].rstrip(" ,;")
    return text


def _read_accessed(text: str) -> tuple[str, Date | None, str | None, list[Problem]]:
    found = _ACCESSED.search(text) or _ACCESSED_BARE.search(text)
    if not found:
        return text, None, None, []
    head, rest = text[: found.start()], found.groupdict().get("rest") or ""
    problems: list[Problem] = []
    date = Date.parse(found["date"], problems=problems) if found["date"] else None
    if date is not None and date.literal is not None:
        if found.re is _ACCESSED_BARE:
            return text, None, None, []
        problems.append(
            Problem(
                severity=Severity.WARNING,
                code="unread-date",
                message=f"the day of access {found['date']!r} could not be read",
            )
        )
        date = None
    return head.rstrip(" ,;"), date, rest.strip(" .,;|") or None, problems


def _read_url(text: str) -> tuple[str, str | None, str | None]:
    """Return what stands before the address, the address, and the note behind it."""
    starts = list(_URL_START.finditer(text))
    if not starts:
        return text, None, None
    start = starts[-1]
    head, address = text[: start.start()].rstrip(), text[start.start() :]
    note = _NOTE.search(address)
    if note:
        address = address[: note.start()]
    elif _CUT.search(address):
        # The capture ends inside a bracket that can no longer be read.
        address = _CUT.sub("", address)
    url = _joined(address.strip(" <>.,;"))
    if url is None:
        return text, None, None
    return head, url, (note["square"] or note["round"]) if note else None


def _joined(address: str) -> str | None:
    """Return an address that was broken at line ends in one piece."""
    whole = "".join(address.split())
    if whole.endswith(")") and whole.count("(") < whole.count(")"):
        whole = whole[:-1]
    if " " not in address:
        return whole
    known = read_address(whole)
    is_whole = known is not None and known.docid is not None
    return whole if is_whole and re.search(r"\.(?:html?|pdf)$|/\d+$", whole) else None

"""The labels of Refworld's metadata, in all their forms on saved pages."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

__all__ = ["Label", "is_label", "label_at"]


@frozen(kw_only=True)
class Label:
    """A label found at the start of a line.

    Attributes:
        name: Its name here: `publisher`, `date`, `cite-as`.
        value: The text after it on its line.
        is_marked: Whether there is a colon or a table's bar between them.
    """

    name: str
    value: str
    is_marked: bool


_LABELS: Final = {
    "title": r"Title",
    "publisher": r"Publishers?(?:\(s\))?",
    "author": r"Authors?(?:\(s\))?",
    "date": r"Publication Date|Date of Publication",
    "country": r"Country|Countries",
    "topics": r"Topics?(?:\(s\))?",
    "symbol": r"Citation ?/ ?Document(?: Symbol(?:\(s\))?)?|Document Symbol",
    "reference": r"Reference",
    "languages": r"Other Languages ?/ ?Attachments?",
    "related": r"Related Documents?(?:\(s\))?",
    "cite-as": r"Cite as",
    "comments": r"Comments?",
    "disclaimer": r"Disclaimer",
    "court": r"Judicial Body",
    "instrument": r"Legal Instruments?(?:\(s\))?",
    "document-type": r"Document type",
}
# These are common words: only a colon or a bar makes labels of them.
_MARKED_ONLY: Final = {
    "story-date": r"Story date",
    "plain-date": r"Date",
    "language": r"Language",
    "source": r"Document source",
}
# Most lines of a page are body text, which their first letter shows for most of them.
_INITIALS: Final = frozenset("ACDJLOPRSTacdjlprst")
# Possessive: a row of marks has one reading only.
_START: Final = r"^(?:[-–•*|] ?)*+"


def _either(labels: dict[str, str]) -> str:
    return "|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in labels.items())


_MARKED: Final = re.compile(
    rf"{_START}(?:{_either({**_LABELS, **_MARKED_ONLY})})(?:\*\*)? ?[:|](?:\*\*)? ?(?P<value>.*)$",
    re.IGNORECASE,
)
# Without a mark, the value begins in upper case or with a sign: `Publishers` and `Titles of`
# are words of a text, `DisclaimerThis` is a label glued to its text.
_BARE: Final = re.compile(
    rf"{_START}(?:{_either(_LABELS)})(?:\*\*)?"
    r"(?: ?(?P<value>(?:[^\W\d_a-zà-öø-ÿ]|[\d\"“‘«'(\[/]).*)| (?P<low>\S.*)|(?P<nothing>))$"
)
_PARTICLE: Final = re.compile(r"(?:al|bin|da|de|del|der|di|dos|el|ibn|van|von)[ -]")


def label_at(line: str) -> Label | None:
    """Return the label at the start of a line.

    Example:
        >>> label_at("Publisher | Freedom House |").value
        'Freedom House'
        >>> label_at("DisclaimerThis is not a UNHCR publication.").name
        'disclaimer'
        >>> label_at("Publishers met in Geneva")
    """
    if line.lstrip("-–•*| ")[:1] not in _INITIALS:
        return None
    found = _MARKED.match(line)
    if found:
        return Label(name=_name(found), value=_value(found["value"]), is_marked=True)
    found = _BARE.match(line)
    if not found:
        return None
    name = _name(found)
    low = found["low"]
    is_allowed = name == "cite-as" or (name == "author" and _PARTICLE.match(low or ""))
    if low and not is_allowed:
        return None
    value = found["value"] or found["low"] or ""
    return Label(name=name, value=_value(value), is_marked=False)


def is_label(text: str) -> bool:
    """Return whether a text is only a label, as in the first cell of a table row.

    Example:
        >>> is_label("Citation / Document Symbol"), is_label("Country Reports")
        (True, False)
    """
    label = label_at(text.rstrip(": ") + " |")
    return label is not None and not label.value


def _name(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return next(key for key in (*_LABELS, *_MARKED_ONLY) if groups.get(key.replace("-", "_")))


def _value(text: str) -> str:
    text = text.strip()
    return text.removesuffix("|").rstrip() if text != "|" else ""

"""The words for works that are not published yet, or not in their final form.

`in press` as a year, `advance online publication` as a note: CSL has the variable `status`.
"""

from __future__ import annotations

import re
from typing import Any, Final

__all__ = ["is_status", "read_status", "without_status"]

_STATUSES: Final = frozenset(
    [
        *("in press", "forthcoming", "to appear", "to be published", "in preparation"),
        *("submitted", "accepted", "under review", "in review", "in revision"),
        *("accepted manuscript", "author manuscript", "corrected proof", "uncorrected proof"),
        *("manuscript submitted for publication", "manuscript in preparation"),
        *(
            "advance online publication",
            "advance access publication",
            "online first",
            "early access",
        ),
        *("advance access", "early view", "published online ahead of print", "ahead of print"),
        *("epub ahead of print", "online ahead of print", "publish ahead of print"),
        *("prepublished", "pre published", "article in press"),
        *("im druck", "im erscheinen", "erscheint", "in vorbereitung", "eingereicht"),
        *("sous presse", "à paraître", "en préparation", "soumis"),
        *("en prensa", "en preparación", "in corso di stampa", "in stampa", "no prelo"),
    ]
)
_WITH_YEAR: Final = re.compile(r"([0-9]{4})\b(\D+)|(\D+)\b([0-9]{4})\W?")
_NO_NUMBERS: Final = frozenset({"n/a", "N/A"})
_LONGEST: Final = max(map(len, _STATUSES)) + 4


def is_status(text: str) -> bool:
    """Return whether a text is only the status of a work before its publication.

    Example:
        >>> [is_status(text) for text in ("In press.", "(forthcoming)", "In press, vol. 2", "2019")]
        [True, True, False, False]
    """
    if len(text) > _LONGEST or text[:1].isdigit():
        return False
    return " ".join(text.casefold().replace("-", " ").split()).strip(" .()[]") in _STATUSES


def without_status(text: str) -> tuple[str, str]:
    """Return the text of a year, and the status that is next to it, which may be empty.

    Example:
        >>> without_status("2020, in press"), without_status("Forthcoming (2024)")
        (('2020', 'in press'), ('2024', 'Forthcoming'))
        >>> without_status("2020"), without_status("in press")
        (('2020', ''), ('in press', ''))
    """
    found = _WITH_YEAR.fullmatch(text) if len(text) <= _LONGEST + 8 else None
    if found is not None:
        status = (found[2] or found[3]).strip(" ,;()[]")
        if is_status(status):
            return found[1] or found[4], status
    return text, ""


def read_status(values: dict[str, Any]) -> None:
    """Read a status, such as `in press`, in the place of a year, a note or a number.

    In the place of a year it is kept there too, so that styles print it as the year.

    Args:
        values: The attributes of a work, which are changed.

    Example:
        >>> values = {"title": "T", "volume": "Advance online publication"}
        >>> read_status(values)
        >>> values
        {'title': 'T', 'status': 'Advance online publication'}
    """
    if "status" in values:
        note = values.get("note")
        if note and note.casefold() == values["status"].casefold():
            del values["note"]  # stated twice
        return
    issued = values.get("issued")
    if issued is not None and issued.literal is not None and is_status(issued.literal):
        values["status"] = issued.literal
        return
    for name in ("note", "issue", "volume", "page", "number"):
        text = values.get(name)
        if not text or text[0].isdigit():
            continue
        if text in _NO_NUMBERS:
            del values[name]  # Wiley has it before an article is in an issue
        elif is_status(text) and values.setdefault("status", text).casefold() == text.casefold():
            del values[name]

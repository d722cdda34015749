"""The words for works that are not published yet, or not in their final form.

`in press` as a year, `advance online publication` as a note: CSL has the variable `status`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["is_status"]

_STATUSES: Final = frozenset(
    [
        *("in press", "forthcoming", "to appear", "to be published", "in preparation"),
        *(
            "submitted",
            "accepted",
            "under review",
            "in review",
            "in revision",
            "accepted manuscript",
        ),
        *("manuscript submitted for publication", "manuscript in preparation"),
        *(
            "advance online publication",
            "advance access publication",
            "online first",
            "early access",
        ),
        *("advance access", "early view", "published online ahead of print", "ahead of print"),
        *("epub ahead of print", "prepublished", "pre-published", "article in press"),
        *("im druck", "im erscheinen", "erscheint", "in vorbereitung", "eingereicht"),
        *("sous presse", "à paraître", "en préparation", "soumis"),
        *("en prensa", "en preparación", "in corso di stampa", "in stampa", "no prelo"),
    ]
)
_LONGEST: Final = max(map(len, _STATUSES)) + 4


def is_status(text: str) -> bool:
    """Return whether a text is only the status of a work before its publication.

    Example:
        >>> [is_status(text) for text in ("In press.", "(forthcoming)", "In press, vol. 2", "2019")]
        [True, True, False, False]
    """
    if len(text) > _LONGEST or text[:1].isdigit():
        return False
    return " ".join(text.casefold().split()).strip(" .()[]") in _STATUSES

"""Roles of names: MARC's relators, and CSL's variables.

Source: MARC Code List for Relators. A CSL variable that no relator means is written as a role of
CSL's own name.
"""

from __future__ import annotations

from typing import Final

from refcite.vocabulary import NAME_VARIABLES

__all__ = ["RELATORS", "variable_of_role"]

RELATORS: Final[dict[str, tuple[str, str]]] = {
    "author": ("aut", "author"),
    "compiler": ("com", "compiler"),
    "composer": ("cmp", "composer"),
    "contributor": ("ctb", "contributor"),
    "curator": ("cur", "curator"),
    "director": ("drt", "director"),
    "editor": ("edt", "editor"),
    "host": ("hst", "host"),
    "illustrator": ("ill", "illustrator"),
    "interviewer": ("ivr", "interviewer"),
    "narrator": ("nrt", "narrator"),
    "organizer": ("orm", "organizer"),
    "performer": ("prf", "performer"),
    "producer": ("pro", "producer"),
    "recipient": ("rcp", "addressee"),
    "script-writer": ("aus", "screenwriter"),
    "translator": ("trl", "translator"),
}
"""Code and term of the relator that is written for each variable."""

_READ: Final[dict[str, tuple[str, ...]]] = {
    "author": (
        "art", "artist", "ctg", "cartographer", "cre", "creator", "dis", "dissertant", "inv",
        "inventor", "ive", "interviewee", "lyr", "lyricist", "pht", "photographer", "prg",
        "programmer", "scl", "sculptor", "spk", "speaker",
    ),
    "chair": ("mod", "moderator"),
    "contributor": ("ths", "thesis advisor", "dgs", "degree supervisor"),
    "director": ("fmd", "film director"),
    "editor": ("edc", "editor of compilation", "edm"),
    "organizer": ("organizer of meeting",),
    "performer": ("act", "actor", "sng", "singer"),
    "producer": ("fmp", "film producer"),
    "recipient": ("recipient",),
    "script-writer": ("sce", "scenarist"),
}  # fmt: skip
"""Other relators that are read as a variable."""

_VARIABLES: Final[dict[str, str]] = {
    **{name: name for name in NAME_VARIABLES},
    **{term: variable for variable, terms in _READ.items() for term in terms},
    **{term: variable for variable, terms in RELATORS.items() for term in terms},
}


def variable_of_role(term: str) -> str | None:
    """Return the CSL variable of a relator's code or term; None for one that CSL has not.

    Example:
        >>> variable_of_role("aut"), variable_of_role("Film director"), variable_of_role("bkd")
        ('author', 'director', None)
    """
    text = " ".join(term.strip().rstrip(".").casefold().split())
    return _VARIABLES.get(text) or _VARIABLES.get(text.replace(" ", "-"))
